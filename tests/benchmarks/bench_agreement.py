"""Measures agreement, and fits its margins: python -m tests.benchmarks.bench_agreement RAMDOCS [--fit] [--read FILE]

RAMDOCS is the folder of that question set. The pairs of articles in tests/data/pairs.jsonl are measured too: with their
answers as marked, then as read. `--fit` first looks for the margins that serve the fit half and the even pairs best and
writes them to assistant/margins.json: run it whenever the reader's weights or what orders the candidates has changed.
`--read` keeps what was found and read, so that a second run takes seconds; remove that file when the weights change.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from assistant.agreement import Agreement, settle
from assistant.claims import Claims, Statement, claims_of
from assistant.evaluation.measures import only_wrong, valid_answers
from assistant.evaluation.sets import Case, half, read_set
from assistant.excerpts import quote as voiced
from assistant.margins import FITTED, Margins, fitted
from assistant.pipeline import PASSAGES, Question, Sought, find, read, statement_of
from assistant.reader import WEIGHTS, Reader
from assistant.stretches import Stretch
from index.articles import Article
from index.library import Library
from index.passages import sentences
from index.sync import sync

Pair = dict[str, Any]  # a row of the file, as tests/data/README.md describes it
PAIRS = Path(__file__).parents[1] / "data" / "pairs.jsonl"
TRIED = {  # values of each margin that a fit goes through
    "likely": (5, 6, 7, 8, 9, 10, 11, 12, 13, 14),
    "slope": (0.2, 0.3, 0.4, 0.5, 0.6),
    "kin": (2, 3, 4, 5, 6),
    "value": (1, 2, 3, 4, 5),
    "story": (0, 1, 2, 3, 4, 5, 6),
    "support": (1, 2, 3.5, 5),
    "said": (1, 2, 3, 4),
    "nameless": (3, 6, 9),
    "unfit": (3, 6, 9),
    "far": (12, 16, 20),
}
STARTS = 120  # random ones, of a fit
GAIN = 0.004  # of the objective, that a change of a margin must bring; less is chance


@dataclass(frozen=True, slots=True)
class Asked:
    """What the margins are measured on."""

    cases: tuple[tuple[Case, Claims], ...]
    marked: tuple[tuple[Pair, Claims], ...]
    read: tuple[tuple[Pair, Claims], ...]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure agreement, or fit its margins.")
    parser.add_argument("set", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="of the reader")
    parser.add_argument("--read", type=Path, help="a file to keep what was found and read in")
    parser.add_argument("--fit", action="store_true", help="fit the margins first, and write them")
    parser.add_argument("--verbose", action="store_true", help="print the pairs that are wrong")
    options = parser.parse_args()
    if options.read and options.read.exists():
        asked = pickle.loads(options.read.read_bytes())
    else:
        asked = ask(options.set, Reader(options.weights))
        if options.read:
            options.read.write_bytes(pickle.dumps(asked))
    margins = fit(asked, fitted()) if options.fit else fitted()
    if options.fit:
        FITTED.write_text(json.dumps({"margins": asdict(margins)}, indent=2) + "\n", encoding="utf-8")
    print(margins)
    report_pairs("pairs as marked", asked.marked, margins, options.verbose)
    report_pairs("pairs as read", asked.read, margins, options.verbose)
    columns = f"{'precision':>11}{'recall':>8}{'only wrong':>12}{'found':>7}{'imagined':>10}{'balanced':>10}"
    print(f"{'RAMDocs':<10}{'n':>5}{columns}")
    for part in ("fit", "check", None):
        report(part or "all", [(c, s) for c, s in asked.cases if part is None or half(c) == part], margins)


def ask(folder: Path, reader: Reader) -> Asked:
    """Read everything once: claims don't depend on the margins."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    return Asked(
        tuple((case, claims_of(case.question.text, held)) for case, held in statements(folder, reader)),
        tuple((row, claims_of(row["question"], as_marked(row))) for row in rows),
        tuple((row, claims_of(row["question"], as_read(row, reader))) for row in rows),
    )


def fit(asked: Asked, margins: Margins) -> Margins:
    """Coordinate search from the best of some random starts, until no margin's best value brings more."""
    random = Random(1)
    starts = [margins, *(_start(random, margins) for _ in range(STARTS))]
    best, margins = max(((objective(asked, m), m) for m in starts), key=lambda scored: scored[0])
    print(f"of {len(starts)} starts: {best:.4f}", flush=True)
    changed = True
    while changed:
        changed = False
        for name, values in TRIED.items():
            tried = {value: objective(asked, replace(margins, **{name: float(value)})) for value in values}
            value = max(tried, key=lambda v: tried[v])
            if tried[value] > best + GAIN:
                margins, best, changed = replace(margins, **{name: float(value)}), tried[value], True
                print(f"{name} {value}: {best:.4f}", flush=True)
    return margins


def _start(random: Random, margins: Margins) -> Margins:
    return replace(margins, **{name: float(random.choice(values)) for name, values in TRIED.items()})


def objective(asked: Asked, margins: Margins) -> float:
    """The mean of what is wanted on the fit half, and of the even pairs that are right."""
    mean = means([(c, s) for c, s in asked.cases if half(c) == "fit"], margins)
    even = [
        relation(settle(row["question"], claims, margins)) == row["relation"]
        for row, claims in (*asked.marked, *asked.read)
        if int(row["id"][1:]) % 2 == 0
    ]
    balanced = (mean["found"] + 1 - mean["imagined"]) / 2
    wanted = (mean["recall"], mean["precision"], balanced, 1 - mean["wrong"], sum(even) / len(even))
    return sum(wanted) / len(wanted)


def statements(folder: Path, reader: Reader) -> Iterable[tuple[Case, list[Statement]]]:
    """Each question of a set with the statements that the reader finds for it."""
    with TemporaryDirectory() as made:
        sync([folder / "articles.jsonl"], Path(made))
        library = Library.open(Path(made))
        search = partial(library.search, count=PASSAGES)
        for case in read_set(folder).cases:
            seen = read(reader, find(search, library, Question(case.question.text, case.question.scope)))
            yield case, [statement_of(c) for c in seen.candidates]


def means(cases: Sequence[tuple[Case, Claims]], margins: Margins) -> dict[str, float]:
    """The means of each measure over the questions that it is for."""
    values: dict[str, list[float]] = defaultdict(list)
    for case, claims in cases:
        agreed = settle(case.question.text, claims, margins)
        given = [s.answer for s in agreed.sides]
        groups = [(a,) for a in dict.fromkeys(case.gold.answers)]
        precision, recall = valid_answers(given, groups)
        values["precision"] += [precision] if precision is not None else []
        values["recall"].append(recall or 0.0)
        if case.gold.disagreement is not None:
            values["found" if case.gold.disagreement else "imagined"].append(float(agreed.disagreement is not None))
        if "conflict" in case.tags:
            values["wrong"].append(only_wrong(given, groups, case.gold.wrong or ()) or 0.0)
    return {name: sum(v) / len(v) for name, v in values.items()}


def report(part: str, cases: Sequence[tuple[Case, Claims]], margins: Margins) -> None:
    """One line of the table."""
    mean = means(cases, margins)
    balanced = (mean["found"] + 1 - mean["imagined"]) / 2
    print(
        f"{part:<10}{len(cases):>5}{mean['precision']:>11.3f}{mean['recall']:>8.3f}{mean['wrong']:>12.3f}"
        f"{mean['found']:>7.3f}{mean['imagined']:>10.3f}{balanced:>10.3f}"
    )


def report_pairs(kind: str, pairs: Sequence[tuple[Pair, Claims]], margins: Margins, verbose: bool) -> None:
    """How often the made pairs are told apart, by their relation; even rows are fitted to, odd ones check."""
    right, asked = Counter(), Counter()
    for row, claims in pairs:
        part = "odd" if int(row["id"][1:]) % 2 else "even"
        agreed = settle(row["question"], claims, margins)
        for key in ((part, row["relation"]), (part, "all")):
            asked[key] += 1
            right[key] += relation(agreed) == row["relation"]
        if verbose and relation(agreed) != row["relation"]:
            sides = " / ".join(side.answer for side in agreed.sides)
            print(f"{row['id']} is {row['relation']}, told as {relation(agreed)}: {row['answers']}, read as {sides}")
    print(f"{kind:<20}{'even':>12}{'odd':>12}")
    for name in ("agreement", "later", "correction", "conflict", "all"):
        cells = [f"{right[part, name]} of {asked[part, name]}" for part in ("even", "odd")]
        print(f"{name:<20}{cells[0]:>12}{cells[1]:>12}")
    print()


def articles(row: Pair) -> list[Article]:
    return [
        Article(f"{row['id']}-{side}", row[side]["text"], outlet=row[side]["outlet"], published=row[side]["published"])
        for side in ("first", "second")
    ]


def as_marked(row: Pair) -> list[Statement]:
    """What the two articles of a pair say, as a reader would give it that finds both answers."""
    return [_marked(article, answer) for article, answer in zip(articles(row), row["answers"], strict=True)]


def _marked(article: Article, answer: str) -> Statement:
    at = article.text.index(answer)
    start, end = next((a, b) for a, b in sentences(article.text) if a <= at < b)
    return Statement(answer, voiced(article, start, end), 10.0)


def as_read(row: Pair, reader: Reader) -> list[Statement]:
    """What the reader finds in the two articles of a pair."""
    stretches = tuple(Stretch(article, 0, len(article.text), 1.0, 0.5) for article in articles(row))
    seen = read(reader, [Sought(row["question"], stretches)])
    return [statement_of(c) for c in seen.candidates]


def relation(agreed: Agreement) -> str:
    if agreed.disagreement:
        return agreed.disagreement.kind
    return "agreement" if len(agreed.sides) == 1 else "neither"


if __name__ == "__main__":
    main()
