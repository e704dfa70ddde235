"""What stands beside an answer: how many sources say it, what their articles leave open, the newest article on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from assistant.answer import Quote
from assistant.excerpts import quote, sentences_of
from assistant.settling import is_open
from assistant.stories import keys, same_story
from index.articles import Article

MOST_OPEN = 2  # sentences that say that something is open
ABOUT = 0.5  # share of the question's words that such a sentence has
_NOW = re.compile(
    r"\b(?:now|currently|current|today|latest|newest|still|so far|yet|at (?:present|the moment)|these days"
    r"|recent(?:ly)?)\b",
    re.I,
)


def independent(quotes: Sequence[Quote]) -> int:
    """How many independent sources give an answer; its quotes are of different stories, an outlet counts once."""
    return len({q.article.outlet or q.article.id for q in quotes})


def left_open(question: str, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Sentences of the quoted articles that leave open what is asked, and aren't quoted already."""
    asked = keys(question)
    articles = {q.article.id: q.article for q in quotes}.values()
    found = (
        quote(article, start, end)
        for article in articles
        for start, end in sentences_of(article)
        if is_open(question, article.text[start:end])
        and len(asked & keys(article.text[start:end])) >= ABOUT * max(1, len(asked))
        and not any(q.article.id == article.id and q.start < end and start < q.end for q in quotes)
    )
    told: dict[str, Quote] = {}
    for one in islice(found, 4 * MOST_OPEN):
        told.setdefault(one.text, one)
    return tuple(told.values())[:MOST_OPEN]


def newest(question: str, first: Quote, seen: Sequence[Quote]) -> Article | None:
    """The newest of the articles that were found on the first quote's story, where the question is about now."""
    if not _NOW.search(question):
        return None
    told = {q.article.id: q.article for q in (first, *seen) if same_story(first.article, q.article)}
    return max((a for a in told.values() if a.published), key=lambda a: (a.published or "", a.id), default=None)
