"""Statements made by hand, for the tests of agreement."""

from __future__ import annotations

from itertools import count

from assistant.agreement import agree
from assistant.answer import Quote
from assistant.claims import Statement
from index.articles import Article

NUMBERS = count()
WHEN = "2024-05-06"
MARCH = "How many people marched?"


def said(
    answer: str,
    text: str,
    outlet: str | None = None,
    published: str | None = None,
    score: float = 12.0,
    speaker: str | None = None,
    article: Article | None = None,
) -> Statement:
    """A statement whose article is the sentence, or one sentence of `article`."""
    article = article or Article(f"a{next(NUMBERS)}", text, outlet=outlet, published=published)
    start = article.text.index(text)
    return Statement(answer, Quote(article, start, start + len(text), speaker), score)


def answers(question: str, *statements: Statement) -> list[str]:
    return [side.answer for side in agree(question, statements).sides]


def in_article(answer: str, text: str, score: float = 15.0, title: str | None = None, **record: str) -> Statement:
    """A statement in one of the sentences of an article."""
    article = Article(f"a{next(NUMBERS)}", text, title=title, **record)
    at = text.index(answer)
    start = max((text.rfind(mark, 0, at) + 2 for mark in (". ", "\n\n") if mark in text[:at]), default=0)
    end = text.find(". ", at)
    return Statement(answer, Quote(article, start, end + 1 if end >= 0 else len(text)), score, at)
