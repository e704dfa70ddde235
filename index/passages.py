"""Passages: stretches of an article that are embedded, found and read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from sentencex import get_sentence_boundaries

from index.articles import Article

# Headline and passage together fit the default model's window of 256 word pieces, two of which are its own.
MOST_PIECES = 160
HEADLINE_PIECES = 64  # a longer headline is embedded by its beginning


@dataclass(frozen=True, slots=True)
class Passage:
    """`article.text[start:end]`, the ordinal-th stretch of its article, counted from 0."""

    article_id: str
    ordinal: int
    start: int
    end: int
    text: str


class Pieces(Protocol):
    """Counts word pieces as the embedding model does."""

    def offsets(self, texts: list[str]) -> list[list[tuple[int, int]]]:
        """For each text the character offsets of its word pieces."""


def sentences(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """The sentences of a text as half-open spans, without gaps: spaces belong to the sentence before them."""
    spans: list[tuple[int, int]] = []
    for boundary in get_sentence_boundaries((language or "en").split("-")[0].lower(), text):
        start, end = boundary["start_index"], boundary["end_index"]
        if text[start:end].isspace() and spans:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    if len(spans) > 1 and text[slice(*spans[0])].isspace():
        spans[:2] = [(spans[0][0], spans[1][1])]
    return spans


def cut(article: Article, pieces: Pieces, most: int = MOST_PIECES) -> list[Passage]:
    """Cut an article on sentence ends into passages of at most `most` word pieces.

    The passages have no gaps and don't overlap: joined, they are the article's text. A sentence
    longer than a passage is split between word pieces.
    """
    spans = sentences(article.text, article.language)
    counted = pieces.offsets([article.text[a:b] for a, b in spans])
    parts = [part for span, offsets in zip(spans, counted, strict=True) for part in _split(span, offsets, most)]
    bounds: list[tuple[int, int]] = []
    held = 0
    for start, end, count in parts:
        if bounds and held + count <= most:
            bounds[-1] = (bounds[-1][0], end)
            held += count
        else:
            bounds.append((start, end))
            held = count
    return [Passage(article.id, i, a, b, article.text[a:b]) for i, (a, b) in enumerate(bounds)]


def headline(title: str | None, pieces: Pieces) -> str:
    """A headline as it is embedded: its first HEADLINE_PIECES word pieces."""
    if not title:
        return ""
    offsets = pieces.offsets([title])[0]
    return title if len(offsets) <= HEADLINE_PIECES else title[: offsets[HEADLINE_PIECES - 1][1]]


def embedded_text(headline: str, passage: str) -> str:
    """The words that stand for a passage in the vector index: its article's headline, then its own."""
    return f"{headline}\n{passage}" if headline else passage


def _split(span: tuple[int, int], offsets: list[tuple[int, int]], most: int) -> Iterator[tuple[int, int, int]]:
    """A sentence in parts of at most `most` word pieces, each with its count, cut between words if possible."""
    start, end = span
    at, first = start, 0
    while len(offsets) - first > most:
        latest = first + most
        gaps = (i for i in range(latest, first + most // 2, -1) if offsets[i][0] > offsets[i - 1][1])
        following = next(gaps, latest)
        while (
            following > first + 1 and start + offsets[following][0] <= at
        ):  # pieces of one character share its offsets
            following -= 1
        cut_at = max(start + offsets[following][0], at + 1)
        yield at, cut_at, following - first
        at, first = cut_at, following
    if at < end:
        yield at, end, len(offsets) - first
