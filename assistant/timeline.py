"""Timelines: dated statements in the order of what they tell, apart from the days on which they were published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answer import Quote
from assistant.days import Mention, Period, mentions
from assistant.days import named as day_named
from assistant.excerpts import sentences_of, words_of
from index.articles import Article

READ = 1024  # articles whose moments are kept: a question for a day looks at many of them several times
_FOR_A_DAY = re.compile(r"\bwhen\b|\b(?:what|which) (?:\w+ )?(?:day|date|month|year|week)\b|\bsince\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """A statement and when it happened: the period that its words `when` name. Its quote has no voice yet.

    A relative one is counted from the day on which the article was published.
    """

    quote: Quote
    period: Period
    when: str  # a stretch of the quote
    relative: bool
    place: int  # of its sentence among those of its article

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


def timeline(articles: Sequence[Article], within: Period | None = None) -> list[Moment]:
    """The dated statements of some articles, earliest event first: one for each day that a sentence names.

    The same words in two articles stand once. `within` takes those alone that name a day, or days, in that period.
    """
    found: dict[tuple[tuple[str, ...], int], Moment] = {}
    for article in sorted(articles, key=lambda a: (a.published or "9999", a.id)):
        for nth, moment in moments_of(article):
            if within is not None and not lies_in(moment.period, within):
                continue
            key = words_of(moment.quote.text), nth
            if first := found.get(key):
                copies = (*first.quote.also_in, article)
                found[key] = replace(first, quote=replace(first.quote, also_in=copies))
            else:
                found[key] = moment
    return sorted(
        found.values(), key=lambda m: (m.period.first, m.period.last, m.quote.article.published or "", m.quote.start)
    )


@lru_cache(maxsize=READ)
def moments_of(article: Article) -> tuple[tuple[int, Moment], ...]:
    """The moments of one article, in its order, each with its place among those of its sentence."""
    found = []
    for place, (start, end) in enumerate(sentences_of(article)):
        words = article.text[start:end]
        for nth, mention in enumerate(_apart(mentions(words, article.published))):
            when = words[mention.start : mention.end]
            told = Quote(article, start, end)
            found.append((nth, Moment(told, mention.period, when, mention.relative, place)))
    return tuple(found)


def _apart(named: Iterable[Mention]) -> list[Mention]:
    """Each period that a sentence names, by its first mention."""
    return list({mention.period: mention for mention in reversed(list(named))}.values())[::-1]


def foremost(moments: Sequence[Moment], most: int) -> list[Moment]:
    """As many moments as may be shown, in their order.

    One of each day comes before a second of any, a day before a month or a year, and of two the one that stands nearer
    to its article's beginning.
    """
    of_day: Counter[Period] = Counter()
    ranked = []
    for i, moment in sorted(enumerate(moments), key=lambda numbered: numbered[1].place):
        of_day[moment.period] += 1
        longer = moment.period.first != moment.period.last
        ranked.append((of_day[moment.period], longer, moment.place, i))
    return [moments[i] for i in sorted(i for *_, i in sorted(ranked)[:most])]


def dated(question: str, words: Quote, answer: str) -> str:
    """The day in full that an answer to a question for a day names in other words, as a sentence; else nothing.

    `answer` is a stretch of the quote: "Tuesday night" of an article of 18 November was 17 November.
    """
    at = words.text.find(answer)
    if at < 0 or not _FOR_A_DAY.search(question):
        return ""
    within = (m for m in mentions(words.text, words.article.published) if m.start < at + len(answer) and m.end > at)
    said = ((words.text[m.start : m.end], named(m.period)) for m in _apart(within) if m.relative)
    year = (words.article.published or "")[:4]
    meant = [f"“{when}” is {day}" for when, day in said if not (when in day and day.endswith(year))]
    return f"{'; '.join(meant)}, counted from the day of its article." if meant else ""


def lies_in(period: Period, whole: Period) -> bool:
    """Are all days of a period days of another?"""
    return whole.first <= period.first and period.last <= whole.last
