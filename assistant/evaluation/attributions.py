"""How well attributions are found: the measures of an attribution set (QUESTION_SETS.md, `attributions.jsonl`).

Only attributions with a source count, marked or found. A found one that names a speaker where the set marks the same
words as said by nobody named is therefore wrong: it put words into somebody's mouth.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import sentencex

from assistant.attribution import Attribution, Voices, attributions
from assistant.evaluation.measures import token_f1

Span = tuple[int, int]
ENOUGH = 0.5  # content token F1 from which two attributions are the same


@dataclass(frozen=True, slots=True)
class Marked:
    """One attribution marked by hand; spans are code points of the article's text."""

    article: str
    content: Span
    cue: Span | None
    source: Span | None


@dataclass(frozen=True, slots=True)
class Measures:
    """Recall and precision with their counts; None where nothing was there to be measured."""

    recall: float | None
    precision: float | None
    content_f1: float | None  # mean over the matched
    given_speaker: float | None  # own-voice sentences that overlap what a speaker is found to say
    voiced: float | None  # own-voice sentences whose voice is a speaker's, as a quote of them would show it
    marked: int
    found: int
    matched: int
    own_voice: int


def read_marked(path: Path) -> list[Marked]:
    """The marked attributions of a set's `attributions.jsonl`, plain or gzipped."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [Marked(r["article"], _span(r["content"]), _optional(r["cue"]), _optional(r["source"])) for r in rows]


def _span(pair: Sequence[int]) -> Span:
    return pair[0], pair[1]


def _optional(pair: Sequence[int] | None) -> Span | None:
    return None if pair is None else _span(pair)


def rows(article: str, text: str) -> list[dict[str, object]]:
    """An article's attributions as lines of a predictions file."""
    return [
        {
            "article": article,
            "content": a.content,
            "cue": a.cue,
            "source": a.source,
            "speaker": a.speaker,
            "stance": a.stance,
        }
        for a in attributions(text)
    ]


def match(text: str, found: Sequence[Attribution], marked: Sequence[Marked]) -> list[tuple[int, int, float]]:
    """Pairs (found, marked, content token F1), one to one, the best first: sources overlap and the F1 is enough."""
    pairs = []
    for i, f in enumerate(found):
        for j, m in enumerate(marked):
            if f.source and m.source and _overlap(f.source, m.source):
                f1 = token_f1(text[slice(*f.content)], [text[slice(*m.content)]])
                if f1 >= ENOUGH:
                    pairs.append((i, j, f1))
    pairs.sort(key=lambda p: (-p[2], p[0], p[1]))
    taken_found: set[int] = set()
    taken_marked: set[int] = set()
    kept = []
    for i, j, f1 in pairs:
        if i not in taken_found and j not in taken_marked:
            taken_found.add(i)
            taken_marked.add(j)
            kept.append((i, j, f1))
    return kept


def own_voice(text: str, marked: Sequence[Marked]) -> list[Span]:
    """The sentences that hold nothing marked as said by anybody, named or not; headings count too."""
    spans = [
        (b["start_index"], b["end_index"])
        for b in sentencex.get_sentence_boundaries("en", text)
        if text[b["start_index"] : b["end_index"]].strip()
    ]
    return [s for s in spans if not any(_overlap(s, m.content) for m in marked)]


def measure(texts: Mapping[str, str], marked: Iterable[Marked]) -> Measures:
    """Find the attributions of every article and compare them with the marked ones."""
    by_article: dict[str, list[Marked]] = {article: [] for article in texts}
    for m in marked:
        by_article[m.article].append(m)
    n_found = n_marked = n_own = given = voiced = 0
    f1s: list[float] = []
    for article, text in texts.items():
        found = [a for a in attributions(text) if a.source]
        gold = [m for m in by_article[article] if m.source]
        f1s += [f1 for _, _, f1 in match(text, found, gold)]
        n_found += len(found)
        n_marked += len(gold)
        voices = Voices(text, tuple(found))
        for sentence in own_voice(text, by_article[article]):
            n_own += 1
            given += any(_overlap(sentence, a.content) for a in found)
            voiced += voices.of(*sentence).speaker is not None
    return Measures(
        recall=len(f1s) / n_marked if n_marked else None,
        precision=len(f1s) / n_found if n_found else None,
        content_f1=fmean(f1s) if f1s else None,
        given_speaker=given / n_own if n_own else None,
        voiced=voiced / n_own if n_own else None,
        marked=n_marked,
        found=n_found,
        matched=len(f1s),
        own_voice=n_own,
    )


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
