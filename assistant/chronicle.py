"""When things happened, by the articles: a timeline, and what they tell of a day or a month."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, product

from assistant.answer import Answer, Quote, Turn
from assistant.days import Period, names_days, period, spoken, yearless
from assistant.excerpts import voiced
from assistant.kinds import Asked, recognise
from assistant.limits import narrow
from assistant.request import Request, beginning, dated, listed, nothing, quoted
from assistant.threads import story
from assistant.timeline import Moment, foremost, timeline
from assistant.timeline import named as named_period
from assistant.topics import first_of, found_about, meant_articles, which_article
from assistant.typed import bare
from index.articles import Article
from index.scope import EVERYTHING, Scope

MOST = 20  # moments that a timeline shows
MOST_ARTICLES = 150  # looked through for a day
AROUND = ((0, 3), (7, 14), (45, 45))  # days before and after it within which articles tell of it, the nearest first
LONG_BEFORE = ((366, 0),)  # within which they tell what is to come then
MOST_ON_DAY = 8
_TO_COME = re.compile(r"\b(?:will|going to|coming up|happens|happening|planned|scheduled)\b", re.IGNORECASE)
_AND_ON = re.compile(
    r"(?:(?:and|but)(?: what about| how about)?|what about|how about)(?: (?:on|in|during))?(?: the)? (?P<when>\w.*)",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:all(?! (?:of )?(?:it|th\w+))|everything|every)\b", re.IGNORECASE)


def chronology(request: Request) -> Answer | None:
    articles = _of_the_story(request) or meant_articles(request)
    if not articles:
        return which_article(request)
    moments = timeline(articles)
    if not moments:
        return nothing(request, "These articles date nothing that they tell.")
    return _told(request, "When things happened, by the articles", moments, MOST)


def _of_the_story(request: Request) -> list[Article]:
    """The articles on the story spoken of, where a timeline is asked for and it isn't said of what; or all of them."""
    asked, scope = request.asked, request.scope
    if not request.history or asked.topic or asked.one or scope != EVERYTHING:
        return []
    if _ALL.search(request.question):
        return first_of(request.library.articles(scope), MOST_ARTICLES)
    thread = story(
        [turn for turn in request.history if not _of_a_day(turn)],
        request.library,
        lambda words: request.library.search(words, scope),
    )
    return first_of(request.library.articles(narrow(scope, Scope(thread))), MOST_ARTICLES) if thread else []


def day(request: Request) -> Answer | None:
    """What the articles tell of a day, a week or a month: the sentences that name it, and what was published then.

    "Yesterday" and "this week" are the asker's. A weekday is that of the story spoken of, counted from its newest
    article, or else the asker's too.
    """
    meant = list(_meant(request, request.asked.when or ""))
    if not meant:
        return None
    about = f" about {request.asked.topic}" if request.asked.topic else ""
    to_come = _TO_COME.search(request.question)
    for within, (counted_from, asked) in product([AROUND + LONG_BEFORE] if to_come else [AROUND, LONG_BEFORE], meant):
        if moments := timeline(_around(request, asked, within), asked):
            words = f"What the articles{about} tell of {named_period(asked)}{counted_from}"
            return _told(request, words, moments, MOST_ON_DAY if asked.first == asked.last else MOST)
    for counted_from, asked in meant:
        if published := _in_days(request, asked, 0, 0):
            when = f"{named_period(asked)}{counted_from}"
            words = f"No sentence here{about} names a day of {when}. Published then: {listed(published).lower()}."
            return quoted(request, words, [beginning(article) for article in published[:MOST_ON_DAY]])
    counted_from, asked = meant[0]
    newest = request.library.facts().last
    older = newest and newest < asked.first.isoformat() and f" The newest article is of {dated(newest)}."
    return nothing(request, f"The articles{about} tell nothing of {named_period(asked)}{counted_from}.{older or ''}")


def another_day(question: str, before: Asked) -> Asked | None:
    """What was asked of a day, asked of another: "and on Wednesday?", "what about last week?"."""
    named = _AND_ON.fullmatch(bare(question))
    if not named or not names_days(named["when"]):
        return None
    return replace(before, when=named["when"])


def _meant(request: Request, words: str) -> Iterator[tuple[str, Period]]:
    """The days that may be meant, the likeliest first, each with what it was counted from, in words."""
    for counted_from, start, ahead in _starts(request, words):
        if meant := period(words, start, ahead):
            yield counted_from, meant


def _starts(request: Request, words: str) -> Iterator[tuple[str, date, bool]]:
    """What an expression may be counted from: how that is said, the day, and whether it lies ahead of it."""
    today, to_come = request.today, bool(_TO_COME.search(request.question))
    if period(words, date.min + timedelta(800)) == period(words, today):
        yield "", today, False  # it carries its year
        return
    from_today = (", counted from today", today)
    if spoken(words):
        yield *from_today, to_come
        return
    newest, last = _newest_of_the_story(request), request.library.facts().last
    from_story = [(f", counted from the articles of {dated(newest)}", date.fromisoformat(newest))] if newest else []
    if yearless(words):
        from_today = ("", today if to_come or not last else min(today, date.fromisoformat(last)))
        from_story = [("", day) for _, day in from_story]
    for start in (from_today, *from_story) if to_come else (*from_story, from_today):
        yield *start, to_come
    for start in (*from_story, from_today) if yearless(words) else from_story:
        yield *start, True  # an article of November says what will be on 3 December, or on Thursday


def _newest_of_the_story(request: Request) -> str | None:
    """The day of the newest article that the last answer on a story quoted.

    What a list or an answer about a day quotes is none, so that days don't drift from one such answer to the next.
    """
    for turn in reversed(request.history):
        if turn.articles and not turn.listed and not _of_a_day(turn):
            quoted = (request.library.article(id) for id in turn.articles)
            return max((a.published for a in quoted if a and a.published), default=None)
    return None


def _of_a_day(turn: Turn) -> bool:
    """Did a turn ask what happened on a day, perhaps on another after one: "and on Tuesday?"."""
    asked = recognise(turn.question)
    return asked.kind == "day" if asked else another_day(turn.question, Asked("day")) is not None


def _around(request: Request, asked: Period, within: Sequence[tuple[int, int]]) -> list[Article]:
    """The articles near enough to a period to tell of it, those nearest to it first."""
    found = {a.id: a for before, after in within for a in _in_days(request, asked, before, after)}
    return list(found.values())[:MOST_ARTICLES]


def _in_days(request: Request, asked: Period, before: int, after: int) -> list[Article]:
    first, last = asked.first - timedelta(before), asked.last + timedelta(after)
    within = narrow(request.scope, Scope(since=first.isoformat(), until=last.isoformat()))
    if request.asked.topic:
        return found_about(request.library, request.asked.topic, within, MOST_ARTICLES)
    return first_of(request.library.articles(within), MOST_ARTICLES)


def _told(request: Request, head: str, moments: Sequence[Moment], most: int) -> Answer:
    """The foremost moments after some words, and how many there are beside them."""
    shown = foremost(moments, most)
    quotes = list(dict.fromkeys(m.quote for m in shown))
    words = f"{head}: {_lines(shown, quotes)}."
    left = [m for m in moments if m not in shown]
    if left:
        words += f" {len(left)} more {'is' if len(left) == 1 else 'are'} left out."
        day = next(
            (m.named for m in left if m.period.first == m.period.last and request.asked.kind == "timeline"), None
        )
        words += f" Those of a day: “What happened on {day}?”" if day else ""
    if any(m.relative for m in shown):
        words += " Days without a year are counted from the day on which the article was published."
    return quoted(request, words, [voiced(quote) for quote in quotes])


def _lines(moments: Sequence[Moment], quotes: Sequence[Quote]) -> str:
    """Each day with the marks of the quotes that name it, and in which words where they count from their article's."""
    lines = []
    for day, told in groupby(moments, key=lambda moment: moment.named):
        of_day = list(told)
        words = dict.fromkeys(f"“{m.when}”" for m in of_day if m.relative and m.when not in day)
        marks = "".join(f" [{n}]" for n in dict.fromkeys(quotes.index(m.quote) + 1 for m in of_day))
        lines.append(f"{day}{marks}" + (f" ({' / '.join(words)})" if words else ""))
    return "; ".join(lines)
