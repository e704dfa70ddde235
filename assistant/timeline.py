"""Timelines: dated statements in the order of what they tell, apart from the days on which they were published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Quote
from assistant.days import Period, mentions
from assistant.days import named as day_named
from assistant.excerpts import quote, sentences_of, words_of
from index.articles import Article

MOST = 12  # moments; beyond, those nearest their article's beginning stay


@dataclass(frozen=True, slots=True)
class Moment:
    """A statement and when it happened: the period that its words `when` name.

    A relative one is counted from the day on which the article was published.
    """

    quote: Quote
    period: Period
    when: str  # a stretch of the quote
    relative: bool

    @property
    def named(self) -> str:
        return named(self.period)


def named(period: Period) -> str:
    """A period's day, month, year or first and last day in words."""
    first, last = period.first, period.last
    if first == last:
        return day_named(first)
    if first.day == 1 and (last - first).days in range(27, 31):
        return day_named(first).split(" ", 1)[1]
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year)
    return f"{day_named(first)} to {day_named(last)}"


def timeline(articles: Sequence[Article], most: int = MOST, within: Period | None = None) -> list[Moment]:
    """The dated statements of some articles, earliest event first; the same words in two articles stand once.

    `within` takes those alone that name a day, or days, in that period.
    """
    found: dict[tuple[str, ...], tuple[int, Moment]] = {}
    for article in sorted(articles, key=lambda a: (a.published or "9999", a.id)):
        for ordinal, (start, end) in enumerate(sentences_of(article)):
            words = article.text[start:end]
            found_here = mentions(words, article.published)
            mention = next((m for m in found_here if within is None or lies_in(m.period, within)), None)
            if mention is None:
                continue
            key = words_of(words)
            if key in found:
                place, first = found[key]
                copies = (*first.quote.also_in, article)
                found[key] = place, replace(first, quote=replace(first.quote, also_in=copies))
                continue
            when = words[mention.start : mention.end]
            found[key] = ordinal, Moment(quote(article, start, end), mention.period, when, mention.relative)
    kept = [moment for _, moment in sorted(found.values(), key=lambda row: row[0])[:most]]
    return sorted(kept, key=lambda m: (m.period.first, m.period.last, m.quote.article.published or "", m.quote.start))


def lies_in(period: Period, whole: Period) -> bool:
    """Are all days of a period days of another?"""
    return whole.first <= period.first and period.last <= whole.last
