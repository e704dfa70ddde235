"""Passages: stretches of an article that are embedded, found and read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """`article.text[start:end]`, the ordinal-th stretch of its article, counted from 0."""

    article_id: str
    ordinal: int
    start: int
    end: int
    text: str
