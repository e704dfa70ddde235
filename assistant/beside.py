"""What stands beside an answer: what its articles leave open, and the newest article on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from assistant.amounts import numbers
from assistant.answer import Quote
from assistant.excerpts import quote, sentences_of
from assistant.expected import asks_amount, asks_when, counted
from assistant.lexicon import MONTHS, WEEKDAYS
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
_TIME = re.compile(
    rf"\b(?:when|times?|dates?|days?|weeks?|months?|years?|hours?|today|tomorrow|yesterday"
    rf"|{'|'.join(name.title() for name in MONTHS + WEEKDAYS)}|\d{{4}})\b"
)
_NUMBER = re.compile(r"\b(?:how (?:many|much)|numbers?|figures?|amounts?|costs?|prices?|tolls?|sums?|totals?)\b", re.I)


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
        and _of_its_kind(question, article.text[start:end])
        and not any(q.article.id == article.id and q.start < end and start < q.end for q in quotes)
    )
    told: dict[str, Quote] = {}
    for one in islice(found, 4 * MOST_OPEN):
        told.setdefault(one.text, one)
    return tuple(told.values())[:MOST_OPEN]


def _of_its_kind(question: str, sentence: str) -> bool:
    """Asked for a day or a number, does a sentence speak of such?"""
    if asks_when(question):
        return bool(_TIME.search(sentence))
    return not (counted(question) or asks_amount(question)) or bool(_NUMBER.search(sentence) or numbers(sentence))


def newest(question: str, first: Quote, seen: Sequence[Quote]) -> Article | None:
    """The newest of the articles that were found on the first quote's story, where the question is about now."""
    if not _NOW.search(question):
        return None
    told = {q.article.id: q.article for q in (first, *seen) if same_story(first.article, q.article)}
    return max((a for a in told.values() if a.published), key=lambda a: (a.published or "", a.id), default=None)
