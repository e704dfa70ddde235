"""Results as a report for people: tables in Markdown, the risk-coverage curve as SVG, and JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import escape
from typing import Any

from assistant.evaluation.measures import Point
from assistant.evaluation.scores import MEASURES, Figure, Results

CURVE = "risk-coverage.svg"
MOST_POINTS = 200
LISTED = 20
# What the tables by tag show: one figure of each kind, the rest is in measures.json.
BY_TAG = (
    "exact_match",
    "token_f1",
    "contains",
    "evidence_hit_at_1",
    "refused",
    "valid_recall",
    "only_wrong",
    "mrr_at_10",
)


def as_record(results: Results) -> dict[str, Any]:
    """Results as plain values for `measures.json`; of the curve at most 200 points."""
    record = asdict(results)
    record["curve"] = [asdict(p) for p in _thinned(results.curve)]
    return record


def summary(results: Results) -> str:
    """What stands on the terminal: the counts, what went wrong, and every figure."""
    return "\n\n".join([results.name, *_figures(results)])


def report(results: Results, version: str) -> str:
    """The report in Markdown."""
    parts = [f"# {results.name}", f"On Record {version}.", *_figures(results)]
    if results.tags:
        parts += ["## By tag", "Each figure with its number of questions in brackets.", tags_table(results)]
    if results.curve:
        parts += [
            "## Risk and coverage",
            "Were only the questions of the highest confidence answered: their share of all, and the mean loss"
            " over them (1 minus token F1; 1 for an unanswerable question). The dot is all that were answered.",
            f"![Risk over coverage]({CURVE})",
        ]
    return "\n\n".join(parts) + "\n"


def _figures(results: Results) -> list[str]:
    parts = []
    if results.questions:
        parts += [_counts(results), *_faults(results)]
    if results.figures:
        parts.append(figures_table(results.figures))
    if results.attributions is not None:
        rows = [(name.replace("_", " "), _plain(value)) for name, value in results.attributions.items()]
        parts.append(table([("attributions", "value"), *rows]))
    return parts


def figures_table(figures: Mapping[str, Figure]) -> str:
    """Each figure with its 95 % interval and its n."""
    rows = [("measure", "value", "95 % interval", "n")]
    for name, f in figures.items():
        interval = "" if f.low is None else f"{f.low:.3f} to {f.high:.3f}"
        rows.append((MEASURES[name], f"{f.value:.3f}", interval, str(f.n)))
    return table(rows)


def tags_table(results: Results) -> str:
    """A row a tag, with the number of questions beside each figure."""
    names = [n for n in BY_TAG if any(n in figures for figures in results.tags.values())]
    rows = [("tag", *names)]
    for tag, figures in results.tags.items():
        rows.append((tag, *(f"{figures[n].value:.3f} ({figures[n].n})" if n in figures else "" for n in names)))
    return table(rows)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows, the first of them the heads, as a Markdown table with aligned columns, the numbers to the right."""
    cells = [[c.replace("|", "\\|").replace("\n", " ") for c in row] for row in rows]
    widths = [max(3, *(len(row[i]) for row in cells)) for i in range(len(cells[0]))]

    def line(row: Sequence[str]) -> str:
        first, *rest = (
            f"{c:<{w}}" if i == 0 else f"{c:>{w}}" for i, (c, w) in enumerate(zip(row, widths, strict=True))
        )
        return "| " + " | ".join([first, *rest]) + " |"

    rule = "|" + "|".join("-" * (w + 2) if i == 0 else "-" * (w + 1) + ":" for i, w in enumerate(widths)) + "|"
    return "\n".join([line(cells[0]), rule, *map(line, cells[1:])])


def curve_svg(points: Sequence[Point], name: str) -> str:
    """The risk-coverage curve as a self-contained SVG of 560 by 360, both axes from 0 to 1."""
    left, top, width, height = 56, 32, 480, 272

    def x(share: float) -> float:
        return round(left + share * width, 1)

    def y(share: float) -> float:
        return round(top + (1 - share) * height, 1)

    marks = []
    for tenths in range(0, 11, 2):
        share = tenths / 10
        marks.append(f'<path class="grid" d="M{left} {y(share)}H{left + width}M{x(share)} {top}V{top + height}"/>')
        marks.append(f'<text x="{left - 8}" y="{y(share) + 4}" text-anchor="end">{share:.1f}</text>')
        marks.append(f'<text x="{x(share)}" y="{top + height + 18}" text-anchor="middle">{share:.1f}</text>')
    line = " ".join(f"{x(p.coverage)},{y(p.risk)}" for p in _thinned(points))
    last = points[-1]
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 360" width="560" height="360" role="img">
<title>{escape(name)}: risk over coverage</title>
<style>text {{ font: 12px sans-serif; fill: #333 }} .grid {{ stroke: #ddd; fill: none }}</style>
<rect width="560" height="360" fill="#fff"/>
{chr(10).join(marks)}
<polyline points="{line}" fill="none" stroke="#1f5fa8" stroke-width="2"/>
<circle cx="{x(last.coverage)}" cy="{y(last.risk)}" r="4" fill="#1f5fa8"/>
<text x="{left}" y="20">{escape(name[:60])}</text>
<text x="{left + width / 2}" y="346" text-anchor="middle">coverage: share of the questions answered</text>
<text transform="translate(16 {top + height / 2}) rotate(-90)" text-anchor="middle">risk</text>
</svg>
"""


def _plain(value: float | None) -> str:
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"


def _counts(results: Results) -> str:
    counts = (
        f"{results.questions} questions: {results.answered} answered, {results.not_found} not found, "
        f"{len(results.errors)} crashed, {len(results.false_quotes)} with a false quote."
    )
    if results.seconds:
        counts += " Seconds a question: p50 {p50:.3f}, p95 {p95:.3f}.".format(**results.seconds)
    return counts


def _faults(results: Results) -> list[str]:
    """What must be mended before the figures are trusted; nothing where all is well."""
    faults = []
    if results.errors:
        faults.append(f"Crashed, and in no figure (see errors.log): {_listed(results.errors)}.")
    if results.false_quotes:
        faults.append(
            "False quotes; their questions are in no figure:\n\n"
            + "\n".join(f"- {s}" for s in results.false_quotes[:LISTED])
        )
    if results.unquoted:
        faults.append(f"Short answers that no quote holds ({len(results.unquoted)}): {_listed(results.unquoted)}.")
    return faults


def _listed(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - LISTED} more" if len(ids) > LISTED else ""
    return ", ".join(ids[:LISTED]) + more


def _thinned(points: Sequence[Point]) -> list[Point]:
    """At most 200 of the points, evenly, with the first and the last."""
    if len(points) <= MOST_POINTS:
        return list(points)
    return [points[round(i * (len(points) - 1) / (MOST_POINTS - 1))] for i in range(MOST_POINTS)]
