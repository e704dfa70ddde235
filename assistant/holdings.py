"""What the library has: how many articles of which outlets and days, lists, the newest, what is new; and courtesies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.answer import Answer
from assistant.limits import narrow
from assistant.request import LISTED, Request, beginning, counted, dated, listed, nothing, plain, quoted
from assistant.topics import first_of, found_about
from index.articles import Article
from index.catalog import Facts
from index.library import Library
from index.scope import EVERYTHING, Scope


def greeting(request: Request) -> Answer:
    return plain(request, f"Hello. {_holding(facts_of(request.library, request.scope))} What would you like to know?")


def thanks(request: Request) -> Answer:
    return plain(request, "You’re welcome.")


def farewell(request: Request) -> Answer:
    thanked = re.search(r"\b(?:thank\w*|thx|cheers)\b", request.question, re.IGNORECASE)
    return plain(request, "You’re welcome. Goodbye." if thanked else "Goodbye.")


def nod(request: Request) -> Answer:
    """A word that asks nothing: what was asked back is offered again, otherwise what can be done next."""
    before = request.history[-1] if request.history else None
    if before and before.choices:
        words = tuple(choice.words for choice in before.choices)
        asked = Answer(request.question, "not_found", "Which one? Choose, or type its number.", alternatives=words)
        return replace(asked, choices=before.choices, meant=before.question)
    if any(turn.shown for turn in request.history):
        return plain(request, "Ask on, or say “tell me more” for more of what these articles say.")
    return plain(request, "Ask me anything about these articles, or “what do I have?”.")


def help_(request: Request) -> Answer:
    """What this is, and what can be asked of it."""
    held = _holding(facts_of(request.library, request.scope))
    ask = "Ask who, what, where, when, how many; for a summary, a timeline, a list; who somebody is, or what they said."
    return plain(request, f"I answer from these articles alone, in their own words. {held} {ask}")


def unlisted(request: Request) -> Answer:
    """What can be listed, where a list is asked for that can't be made."""
    kept = "articles, outlets, who is quoted, what somebody said, and what happened when"
    return nothing(request, f"That can’t be listed. I can list {kept}; or ask who somebody is.")


def insult(request: Request) -> Answer:
    return plain(request, "I can do no more than quote these articles. Ask what they say, or “what do I have?”.")


def holdings(request: Request) -> Answer:
    return plain(request, _holding(facts_of(request.library, request.scope)))


def facts_of(library: Library, scope: Scope) -> Facts:
    """What a scope holds, in numbers; the passages of a part are nobody's question, and aren't counted."""
    if scope == EVERYTHING:
        return library.facts()
    articles = list(library.articles(scope))
    outlets = Counter(a.outlet for a in articles if a.outlet)
    days = sorted(a.published for a in articles if a.published)
    ordered = tuple(sorted(outlets.items(), key=lambda row: (-row[1], row[0])))
    return Facts(len(articles), 0, ordered, days[0] if days else None, days[-1] if days else None)


def _holding(facts: Facts) -> str:
    if not facts.articles:
        return "There are no articles here."
    named = [f"{name} ({count})" for name, count in facts.outlets[:LISTED]]
    more = f" and {len(facts.outlets) - LISTED} more" if len(facts.outlets) > LISTED else ""
    outlets = f" from {counted(len(facts.outlets), 'outlet')}: {', '.join(named)}{more}" if named else ""
    days = f" The oldest is of {dated(facts.first)}, the newest of {dated(facts.last)}." if facts.first else ""
    there = "There is" if facts.articles == 1 else "There are"
    return f"{there} {counted(facts.articles, 'article')}{outlets}.{days}"


def articles(request: Request) -> Answer:
    if request.asked.topic:
        found = found_about(request.library, request.asked.topic, request.scope, LISTED + 1)
        number = listed(found)
        found = sorted(found[:LISTED], key=lambda a: a.published or "", reverse=True)
        words = f"{number} about {request.asked.topic}, newest first, each by its beginning."
    else:
        facts = facts_of(request.library, request.scope)
        found = first_of(request.library.articles(request.scope), LISTED)
        shown = f" The newest {len(found)} are shown" if facts.articles > len(found) else " Newest first"
        words = f"{_holding(facts)}{shown}, each by its beginning."
    return _list(request, words, found)


def _list(request: Request, words: str, found: Sequence[Article]) -> Answer:
    """Articles, each by its beginning; "the second one" is one of these."""
    return replace(quoted(request, words, [beginning(article) for article in found]), listed=bool(found))


def newest(request: Request) -> Answer:
    return _extreme(request, newest=True)


def oldest(request: Request) -> Answer:
    return _extreme(request, newest=False)


def _extreme(request: Request, newest: bool) -> Answer:
    library, topic = request.library, request.asked.topic
    if topic:
        found = found_about(library, topic, request.scope, LISTED)
        days = sorted(a.published for a in found if a.published)
    else:
        facts = facts_of(library, request.scope)
        days = [day for day in (facts.first, facts.last) if day]
        day = days[-1 if newest else 0] if days else None
        found = first_of(library.articles(narrow(request.scope, Scope(since=day, until=day))), LISTED)
    if not days:
        return nothing(request, f"No dated article here is about {topic}." if topic else "No article here has a date.")
    day = days[-1 if newest else 0]
    chosen = [a for a in found if a.published == day]
    which = "newest" if newest else "oldest"
    about = f" about {topic}" if topic else ""
    of = f"{which} article{about} is" if len(chosen) == 1 else f"{which} {len(chosen)} articles{about} are"
    return _list(request, f"The {of} of {dated(day)}.", chosen)


def new(request: Request) -> Answer:
    """What was published in the days asked about; without any, in the last week, or on the library's newest day."""
    library, topic, scope = request.library, request.asked.topic, request.scope
    since = scope.since
    when = f"since {dated(since)}" if since else ""
    if since is None:
        week = (request.today - timedelta(7)).isoformat()
        newest = next((a.published for a in library.articles(scope) if a.published), None)
        if newest is None:
            return nothing(request, "No article here has a date.")
        since = min(week, newest)
        when = f"since {dated(since)}" if since == week else f"on {dated(since)}, the newest day"
    within = narrow(scope, Scope(since=since))
    found = found_about(library, topic, within, LISTED) if topic else first_of(library.articles(within), LISTED + 1)
    found.sort(key=lambda a: a.published or "", reverse=True)
    until = f" until {dated(scope.until)}" if scope.until else ""
    about = f" about {topic}" if topic else ""
    if not found:
        return nothing(request, f"Nothing was published{about} {when}{until}.")
    words = f"Published{about} {when}{until}: {listed(found).lower()}, newest first."
    return _list(request, words, found[:LISTED])
