"""When things happened, by the articles: a timeline, and what they tell of a day or a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from assistant.answer import Answer
from assistant.days import Period, period, yearless
from assistant.limits import narrow
from assistant.request import Request, beginning, dated, listed, nothing, quoted
from assistant.timeline import Moment, timeline
from assistant.timeline import named as named_period
from assistant.topics import first_of, found_about, meant_articles, which_article
from index.articles import Article
from index.scope import Scope

MOST_ARTICLES = 150  # looked through for a day
BEFORE, AFTER = 7, 45  # days before and after which an article still tells of it
SOON = 3  # days after which most do
MOST_ON_DAY = 8


def chronology(request: Request) -> Answer | None:
    articles = meant_articles(request)
    if not articles:
        return which_article(request)
    moments = timeline(articles)
    if not moments:
        return nothing(request, "These articles date nothing that they tell.")
    return _told(request, f"When things happened, by the articles: {_lines(moments)}.", moments)


def day(request: Request) -> Answer | None:
    """What the articles tell of a day, a week or a month: the sentences that name it, and what was published then.

    A weekday or "yesterday" is that of the story spoken of, counted from its newest article; before any, from today.
    """
    named = request.asked.when or ""
    counted_from, asked = _period(request, named)
    if asked is None:
        return None
    when = f"{named_period(asked)}{counted_from}"
    about = f" about {request.asked.topic}" if request.asked.topic else ""
    moments = timeline(_around(request, asked), MOST_ON_DAY, asked)
    if moments:
        return _told(request, f"What the articles{about} tell of {when}: {_lines(moments)}.", moments)
    published = _in_days(request, asked, 0, 0)
    if published:
        words = f"No sentence here{about} names a day of {when}. Published then: {listed(published).lower()}."
        return quoted(request, words, [beginning(article) for article in published[:MOST_ON_DAY]])
    return nothing(request, f"The articles{about} tell nothing of {when}.")


def _period(request: Request, named: str) -> tuple[str, Period | None]:
    """The days that are meant, and from what they were counted, in words."""
    if period(named, date.min + timedelta(800)) == period(named, request.today):
        return "", period(named, request.today)  # it carries its year
    before = next((turn.articles for turn in reversed(request.history) if turn.articles), ())
    spoken = [request.library.article(id) for id in before]
    days = [a.published for a in spoken if a and a.published]
    if days:
        newest = date.fromisoformat(max(days))
        return f", counted from the articles of {dated(max(days))}", period(named, newest)
    last = request.library.facts().last
    if yearless(named) and last:
        return "", period(named, min(request.today, date.fromisoformat(last)))
    return ", counted from today", period(named, request.today)


def _around(request: Request, asked: Period) -> list[Article]:
    """The articles near enough to a period to tell of it, first those of its own days and the next ones."""
    near = (_in_days(request, asked, 0, SOON), _in_days(request, asked, BEFORE, AFTER))
    found = {article.id: article for articles in near for article in articles}
    return list(found.values())[:MOST_ARTICLES]


def _in_days(request: Request, asked: Period, before: int, after: int) -> list[Article]:
    first, last = asked.first - timedelta(before), asked.last + timedelta(after)
    within = narrow(request.scope, Scope(since=first.isoformat(), until=last.isoformat()))
    if request.asked.topic:
        return found_about(request.library, request.asked.topic, within, MOST_ARTICLES)
    return first_of(request.library.articles(within), MOST_ARTICLES)


def _told(request: Request, words: str, moments: Sequence[Moment]) -> Answer:
    if any(m.relative for m in moments):
        words += " Days without a year are counted from the day on which the article was published."
    return quoted(request, words, [m.quote for m in moments])


def _lines(moments: Sequence[Moment]) -> str:
    """Each day with the marks of the quotes that name it, and in which words where they count from their article's."""
    lines = []
    for day, told in groupby(enumerate(moments, 1), key=lambda numbered: numbered[1].named):
        numbered = list(told)
        words = dict.fromkeys(f"“{m.when}”" for _, m in numbered if m.relative and m.when not in day)
        marks = "".join(f" [{n}]" for n, _ in numbered)
        lines.append(f"{day}{marks}" + (f" ({' / '.join(words)})" if words else ""))
    return "; ".join(lines)
