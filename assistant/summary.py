"""Extractive summaries: the sentences that stand for the rest, in the articles' own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answer import Quote
from assistant.excerpts import figures, points_back, quote, sentences_of, words_of
from index.articles import Article
from index.embedder import Embedder

if TYPE_CHECKING:
    import numpy as np

MOST_ARTICLES = 60  # read for a summary, newest first
MOST_SENTENCES = 100  # compared; more would take longer than a person waits
LEAD = 0.5  # what a first sentence is worth, against standing for all others; news puts the gist first
UNCLEAR = 0.3  # taken from a sentence whose first word points to the one before it
SHORTEST = 8  # words in a sentence that is worth choosing
NEAR = 0.8  # cosine above which two sentences say the same, where their figures agree


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence of an article; ordinal counts from 0."""

    article: Article
    ordinal: int
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


def summarise(articles: Sequence[Article], embedder: Embedder, most: int = 5) -> list[Quote]:
    """Three to `most` sentences that stand for the articles, by date and place; fewer where there are no more.

    Chosen one by one for what each adds to the covering of all sentences by their nearest chosen one (facility
    location: Lin and Bilmes 2011), with a bonus for leads. Of many articles only the first sentences are read.
    """
    lines = _lines(sorted(articles[:MOST_ARTICLES], key=lambda a: (a.published or "9999", a.id)))
    copies: dict[tuple[str, ...], list[_Line]] = {}  # a sentence counts once, however many articles carry it
    for line in lines:
        copies.setdefault(words_of(line.text), []).append(line)
    lines = [same[0] for same in copies.values()]
    if len(lines) > 1:
        chosen = _chosen(lines, embedder.embed_few([line.text for line in lines]), min(most, 3 + len(lines) // 12))
        lines = [lines[i] for i in sorted(chosen)]  # by date and place, as they stood
    return [_quote(copies[words_of(line.text)]) for line in lines]


def _quote(same: Sequence[_Line]) -> Quote:
    first = same[0]
    others = dict.fromkeys(line.article for line in same[1:] if line.article is not first.article)
    return replace(quote(first.article, first.start, first.end), also_in=tuple(others))


def _lines(articles: Sequence[Article]) -> list[_Line]:
    each = max(1, MOST_SENTENCES // max(1, len(articles))) if len(articles) < 20 else 1
    lines = []
    for article in articles:
        spans = [s for s in sentences_of(article) if len(words_of(article.text[slice(*s)])) >= SHORTEST]
        lines += [_Line(article, i, *span) for i, span in enumerate(spans[:each])]
    return lines


def _chosen(lines: Sequence[_Line], vectors: np.ndarray, wanted: int) -> list[int]:
    """The indices of the chosen lines, best first."""
    import numpy as np

    near = np.maximum(vectors @ vectors.T, 0)
    distinct = [i for i in range(len(lines)) if not any(_repeats(lines, near, i, j) for j in range(i))]
    near = near[:, distinct]  # an edited copy doesn't make a sentence more central
    worth = np.array([LEAD / (1 + line.ordinal) - UNCLEAR * points_back(line.text, line.ordinal) for line in lines])
    covered = np.zeros(len(distinct))
    chosen: list[int] = []
    most = near.sum(axis=1).max()
    while len(chosen) < wanted:
        gain = (np.maximum(near, covered).sum(axis=1) - covered.sum()) / most + worth
        best = max((i for i in distinct if i not in chosen), key=lambda i: gain[i], default=None)
        if best is None:
            break
        chosen.append(best)
        covered = np.maximum(covered, near[best])
    return chosen


def _repeats(lines: Sequence[_Line], near: np.ndarray, one: int, other: int) -> bool:
    """Does a line say what an earlier one says? A figure of its own makes it another statement."""
    a, b = lines[one].text, lines[other].text
    shared = len(set(words_of(a)) & set(words_of(b))) / max(1, len(set(words_of(a))))
    return (near[one, other] > NEAR or shared > NEAR) and figures(a) <= figures(b)
