"""A question of another kind than facts, and how its answer is put: quoted, counted, or that there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Answer, Quote, Turn
from assistant.days import named
from assistant.excerpts import quote, sentences_of
from assistant.kinds import Asked
from index.articles import Article
from index.library import Library
from index.scope import Scope

LISTED = 10  # articles that a list shows


@dataclass(frozen=True, slots=True)
class Request:
    """A recognised question and all that it is answered from."""

    question: str
    asked: Asked
    library: Library
    scope: Scope
    history: Sequence[Turn]
    today: date


def quoted(
    request: Request, words: str, quotes: Sequence[Quote], short: str | None = None, others: tuple[str, ...] = ()
) -> Answer:
    if not quotes:
        return nothing(request, "No article here is about that.")
    shown = tuple(quotes)
    return Answer(request.question, "answered", words, short, others, shown, confidence=1.0, looked_at=shown)


def plain(request: Request, words: str) -> Answer:
    """Words that claim nothing about the news."""
    return Answer(request.question, "answered", words, confidence=1.0)


def nothing(request: Request, words: str) -> Answer:
    return Answer(request.question, "not_found", words)


def beginning(article: Article) -> Quote:
    """An article's first sentence."""
    start, end = next(iter(sentences_of(article)), (0, len(article.text)))
    return quote(article, start, end)


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(found: Sequence[Article]) -> str:
    """How many articles were found, looking for one more than a list shows."""
    return f"More than {LISTED} articles" if len(found) > LISTED else counted(len(found), "article")


def dated(day: str | None) -> str:
    return named(date.fromisoformat(day)) if day else "an unknown day"


def dates(articles: Sequence[Article]) -> str:
    days = sorted(a.published for a in articles if a.published)
    if not days:
        return ""
    return f" of {dated(days[0])}" if days[0] == days[-1] else f" of {dated(days[0])} to {dated(days[-1])}"


def headed(article: Article) -> str:
    day = article.published and dated(article.published)
    return ", ".join(part for part in (article.title or article.id, article.outlet, day) if part)
