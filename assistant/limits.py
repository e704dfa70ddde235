"""Limits in words: "only the Courier", "since Tuesday", "in the first article" become a scope.

Only an explicit limiting form counts, at the beginning or the end of a question; an outlet or a month that is part of
what is asked stays where it is. In doubt nothing is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, islice

from assistant.answer import AS_ASKED, Limit, Terms, Turn
from assistant.days import Period, named, period, yearless
from assistant.kinds import recognise
from index.articles import Article
from index.errors import OnRecordError
from index.library import Library
from index.scope import Scope

FEW = 50  # articles among which the second or third can be told by date
LONGEST = 12  # words in a limit


class NoOrder(OnRecordError):
    """The newest or the oldest of articles none of which has a date."""


@dataclass(frozen=True, slots=True)
class Limited:
    """A question without the words that were pure limits, and the scope that they leave."""

    question: str
    scope: Scope
    limits: tuple[Limit, ...] = ()
    another: bool = False  # is it another than was typed: the one before a mere limit, or one with the chosen name?


_REPORTS = r"(?:reports?|reporting|articles?|stor(?:y|ies)|coverage|pieces?|accounts?|news)"
_SINGLE = r"(?:news )?(?:articles?|reports?|story|stories)"
_NAME = r"(?P<outlet>(?:the )?\w.{1,50}?)"
_WHEN = (
    r"(?:between (?P<a>.{3,20}) and (?P<b>.{3,20})|from (?P<c>.{3,20}) (?:to|until|till) (?P<d>.{3,20})"
    r"|(?P<how>since|after|before|until|till|up to|in|on|during|from|of|dated)? ?(?P<day>[\w].{2,30}))"
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_NTH = (
    rf"the (?P<nth>{'|'.join(_ORDINALS)}|last|newest|latest|oldest|earliest)"
    r" (?:of (?:the|these|those) )?(?:articles?|reports?|story|stories|one)"
)


_NUMBERS = ("two", "three", "four", "five")
_FEW = re.compile(
    rf"the (?P<end>first|last|newest|latest|oldest) (?P<few>{'|'.join(_NUMBERS)})\b"
    r"(?: (?:articles|reports|stories|ones))?",
    re.IGNORECASE,
)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# Forms that limit wherever they open or close a question.
_CLEAR = (
    _form(rf"(?:only|just) (?:from )?{_NAME}"),
    _form(rf"(?:(?:restrict|limit)(?:ed)?(?: (?:it|this|that))?|narrow(?: (?:it|this|that))?(?: down)?) to {_NAME}"),
    _form(rf"according to {_NAME}"),
    _form(rf"(?P<no>(?:but )?not|without|except(?: for)?|excluding)(?: from| in)? {_NAME}"),
    _form(rf"(?:only )?(?:in|from) {_NAME}(?:'s|') {_REPORTS}"),
    _form(rf"(?:only )?(?:in|from) (?:the )?{_SINGLE} (?:of|by|from|in) {_NAME}"),
    _form(rf"(?:only )?(?:in|from) (?:the )?{_SINGLE} (?:published |written )?{_WHEN}"),
    _form(rf"(?:only )?(?:in|from) (?P<day>.{{3,20}}?)(?:'s|') {_REPORTS}"),
    _form(rf"(?:only )?(?:in|from|according to) {_NTH}"),
)
# Forms that could belong to what is asked, unless a comma, a bracket or a new sentence sets them off.
_SET_OFF = (
    _form(rf"only (?:in|by|according to) {_NAME}"),
    _form(rf"{_NAME} only"),
    _form(rf"only {_WHEN}"),
    _form(rf"{_WHEN} only"),
)
# Forms that limit a request for news, a list, a summary or a timeline, which has no other use for them.
_OF_NEWS = (
    _form(rf"(?:from|by|in) {_NAME}"),
    _form(rf"(?:published |reported |written |that (?:was|were) (?:published|reported) )?{_WHEN}"),
)
_POSSESSIVE = _form(
    r"(?P<day>(?:last|this|past|yesterday|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day).{0,8}?)(?:'s|’s)"
    r" (?=(?:articles|news|reports|stories|coverage)\W*$)"
)
_NEWS = frozenset("holdings articles newest oldest new about summary topic timeline speakers compare".split())
_ABOUT_OUTLET = _form(r"(?:what|how) about ((?:the )?[A-Z].*)")
_APART = _form(r",? (?:and|or|nor) |, ")
_NAMED = re.compile(r"(?:[Tt]he )?[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,3}")
_LED = _form(r"(?:since|after|before|until|till|up to|in|on|during|from|by) ")
_PLEASE = _form(r",? (?:please|pls|plz|thanks)([ .?!]*)$")
# A cheap first look: a question with none of these has no limit.
_HINT = _form(
    r"\b(?:only|just|restrict|limit|narrow|according to|articles?|report\w*|stor(?:y|ies)|coverage|pieces?|accounts?"
    r"|published|written|news|new|list|summ\w+|sum up|recap|outline|timeline|chronology|overview|latest|happened"
    r"|compare|which|what do|how many|without|except|excluding|not)\b"
    r"|\bthe (?:first|second|third|fourth|fifth|last|newest|latest|oldest) \w"
    r"|^(?:(?:and|but),? )?(?:since|after|before|until|till|up to|in|on|during|from|by|what about|how about) "
)


def limited(
    question: str,
    scope: Scope,
    library: Library,
    history: Sequence[Turn] = (),
    as_of: str | None = None,
    cited: Sequence[str] = (),
    terms: Terms = AS_ASKED,
) -> Limited:
    """Take the limits out of a question and narrow the scope by them.

    Relative days count from `as_of` (YYYY-MM-DD), otherwise from today. `cited` are the ids of the articles that the
    last answer showed, in order: "the second article" is among these, or by date where none was shown. Where nothing
    but a limit is said ("only the Courier"), it limits the last question of the history. What `terms` lift is
    taken out of the question and left unused; what they choose is a limit too.
    """
    choice = terms.choice
    chosen = [Limit(choice.words, f"about: {choice.words}", Scope(frozenset(choice.articles)))] if choice else []
    scope = _narrowed(scope, chosen)
    rest, limits, another = _PLEASE.sub(r"\1", " ".join(question.split())), [], False
    if choice and choice.name and choice.name not in rest:
        rest, another = re.sub(rf"(?<!\w){re.escape(choice.name.split()[-1])}(?!\w)", choice.name, rest, count=1), True
    while _HINT.search(rest):
        reader = _Reader(_narrowed(scope, limits), library, as_of, cited)
        found = (next(_whole(rest, reader), None) if not limits else None) or next(_taken(rest, reader), None)
        if found is None:
            break
        rest, limit = found
        limits.append(limit)
        if not rest and not history:
            return Limited(question, scope, tuple(chosen))
        another = another or not rest
        rest = rest or history[-1].question
    kept = [limit for limit in limits if limit.words not in terms.lifted]
    return Limited(rest if limits or another else question, _narrowed(scope, kept), (*chosen, *kept), another)


def narrow(one: Scope, other: Scope) -> Scope:
    """What lies in both scopes."""
    return Scope(
        _both(one.articles, other.articles),
        _both(one.outlets, other.outlets),
        max(filter(None, (one.since, other.since)), default=None),
        min(filter(None, (one.until, other.until)), default=None),
    )


def holds(scope: Scope, article: Article) -> bool:
    """Does an article lie in a scope?"""
    day = article.published
    return (
        (scope.articles is None or article.id in scope.articles)
        and (scope.outlets is None or article.outlet in scope.outlets)
        and (scope.since is None or (day is not None and day >= scope.since))
        and (scope.until is None or (day is not None and day <= scope.until))
    )


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _narrowed(scope: Scope, limits: Sequence[Limit]) -> Scope:
    for limit in limits:
        scope = narrow(scope, limit.scope)
    return scope


@dataclass(frozen=True, slots=True)
class _Reader:
    """What the words of a limit are read against."""

    scope: Scope
    library: Library
    as_of: str | None
    cited: Sequence[str]


def _taken(question: str, reader: _Reader) -> Iterator[tuple[str, Limit]]:
    """Each way to take one limit out of the question: what is left, and the limit."""
    for rest, words, set_off in _stretches(question):
        for form in (*_CLEAR, *_SET_OFF) if set_off else _CLEAR:
            if limit := _limit(form, words, reader):
                yield rest, limit
        for form in () if _cuts_a_name(rest, words, reader) else _OF_NEWS:
            if (limit := _limit(form, words, reader)) and _asks_for_news(rest, reader):
                yield rest, limit
    for match, left in (
        (re.search(_NTH, question, re.IGNORECASE), "this article"),
        (_FEW.search(question), "these articles"),
        (_POSSESSIVE.search(question), "the "),
    ):
        if match:
            rest = question[: match.start()] + left + question[match.end() :]
            limit = _meant(match, match.group().strip(), reader) if recognise(rest) else None
            if limit:
                yield rest, limit


def _cuts_a_name(rest: str, words: str, reader: _Reader) -> bool:
    """Do the words end an outlet's name that begins before them: "Today" of "Coast Today"?"""
    whole = f"{rest.rstrip(' .?!')} {words}".casefold()
    return any(
        len(words) < len(outlet) and whole.endswith(outlet.casefold()) for outlet, _ in reader.library.facts().outlets
    )


def _whole(question: str, reader: _Reader) -> Iterator[tuple[str, Limit]]:
    """A question that is nothing but a limit; "only in May?" may well ask something."""
    words = re.sub(r"^(?:and|but|now|ok|please),? ", "", question, flags=re.IGNORECASE).rstrip(" .!?")
    if (about := _ABOUT_OUTLET.fullmatch(words)) and (limit := _limit(_OF_NEWS[0], f"from {about[1]}", reader)):
        yield "", replace(limit, words=question.rstrip(" .!?"))
    led = _LED.match(words) is not None  # "since Tuesday"; a day alone may be an answer
    for form in _CLEAR if question.endswith("?") else (*_CLEAR, *_SET_OFF, *(_OF_NEWS if led else ())):
        if limit := _limit(form, words, reader):
            yield "", limit


def _asks_for_news(question: str, reader: _Reader) -> bool:
    """Is it a kind of question that limits belong to, perhaps after more of them?"""
    asked = recognise(question)
    if asked is not None:
        return asked.kind in _NEWS
    return any(
        _limit(form, words, reader) and _asks_for_news(rest, reader)
        for rest, words, _ in _stretches(question)
        for form in _OF_NEWS
    )


def _stretches(question: str) -> Iterator[tuple[str, str, bool]]:
    """The ends and beginnings of a question that may be limits: what is left, the words, and whether set off."""
    mark = question[len(question.rstrip(" .?!")) :].strip() or ""
    body = question.rstrip(" .?!")
    bare = body.rstrip(" )")
    starts = [m.start() for m in re.finditer(r"(?<=\s)\(?\w", bare)]
    for start in starts[-LONGEST:]:
        before = bare[:start].rstrip()
        left = before.rstrip(" ,;:–—-(")
        yield (
            f"{left}{'' if left[-1:] in '.?!' else mark}",
            bare[start:].lstrip("("),
            before[-1:] in ",;:–—-.?!(" or bare[start] == "(",
        )
    opening = re.match(r"([^,:]{6,80})[,:] (?=\w)", question)
    if opening:
        rest = question[opening.end() :]
        yield rest[0].upper() + rest[1:], opening[1], True


def _limit(form: re.Pattern[str], words: str, reader: _Reader) -> Limit | None:
    match = form.fullmatch(words.replace("’", "'"))
    return _meant(match, words, reader) if match else None


def _meant(match: re.Match[str], words: str, reader: _Reader) -> Limit | None:
    found = match.groupdict()
    if found.get("few"):
        return _few(found["end"].lower(), _NUMBERS.index(found["few"].lower()) + 2, words, reader)
    if found.get("nth"):
        return _by_order(found["nth"].lower(), words, reader)
    if found.get("outlet"):
        name = found["outlet"]
        # "only the courier" means an outlet, whatever letters it is typed in; "according to the courier" may be a man.
        said_so = re.match(r"(?:only|just|restrict|limit|narrow)", words, re.IGNORECASE)
        name = name.title() if said_so and name.islower() else name
        return _by_outlet(name, words, reader.library, without=bool(found.get("no")))
    return _by_day(found, words, reader.library, reader.as_of)


def _by_order(which: str, words: str, reader: _Reader) -> Limit | None:
    ordinal = which in (*_ORDINALS, "last")
    chosen = _shown(which, reader) if reader.cited and ordinal else _by_date(which, reader)
    if not chosen:
        return None
    among = "of those shown" if reader.cited and ordinal else "by date"
    if len(chosen) == 1:
        meaning = f"the {which} article {among}: {chosen[0].title or chosen[0].id}"
    else:
        meaning = f"the {which} {len(chosen)} articles, of {named(date.fromisoformat(chosen[0].published or ''))}"
    return Limit(words, meaning, Scope(articles=frozenset(article.id for article in chosen)))


def _few(end: str, count: int, words: str, reader: _Reader) -> Limit | None:
    """The first or last few of those shown; by date where none were, or the newest or oldest are meant."""
    shown = bool(reader.cited) and end in ("first", "last")
    ids = list(dict.fromkeys(reader.cited)) if shown else [a.id for a in reader.library.articles(reader.scope)]
    if shown:
        ids = ids[:count] if end == "first" else ids[-count:]
    else:
        ids = ids[-count:] if end in ("first", "oldest") else ids[:count]
    among = "of those shown" if shown else "by date"
    return Limit(words, f"the {end} {len(ids)} articles {among}", Scope(frozenset(ids))) if len(ids) > 1 else None


def _shown(which: str, reader: _Reader) -> list[Article]:
    """The article of this place among those that the last answer showed."""
    distinct = list(dict.fromkeys(reader.cited))
    place = _ORDINALS.index(which) if which in _ORDINALS else -1
    found = reader.library.article(distinct[place]) if place < len(distinct) else None
    return [found] if found else []


def _by_date(which: str, reader: _Reader) -> list[Article]:
    """The articles of the newest or the oldest day; the second, third, … among a few of different days."""
    if which in _ORDINALS[1:]:
        few = list(islice(reader.library.articles(reader.scope), FEW + 1))
        dated = [article for article in reversed(few) if article.published]  # oldest first
        days, place = [article.published for article in dated], _ORDINALS.index(which)
        apart = len(few) <= FEW and place < len(days) and days.count(days[place]) == 1
        return [dated[place]] if apart else []
    found: list[Article] = []
    for day, articles in groupby(reader.library.articles(reader.scope), lambda article: article.published):
        if found and day is None:  # those without a date stand last
            break
        found = list(articles)
        if which not in ("first", "oldest", "earliest"):
            break
    if len(found) > 1 and found[0].published is None:
        raise NoOrder(f"No article here has a date, so none is the {which}. Name it by words of its headline.")
    return found


def outlets_named(words: str, outlets: Sequence[str]) -> frozenset[str]:
    """The outlets that a name means: its own, or the one that has these words in it, or all that begin with them.

    "NPA" is the Northern Press Agency, by its initials.
    """
    asked = _words(words)
    initials = asked[0] if len(asked) == 1 and words.split()[-1].isupper() and len(asked[0]) > 1 else None
    whole = {o for o in outlets if _words(o) == asked or initials == "".join(w[0] for w in _words(o))}
    if whole or not asked or not any(w[0].isupper() for w in re.findall(r"\w+", words) if w.lower() != "the"):
        return frozenset(whole)
    inside = {o for o in outlets if any(_words(o)[i : i + len(asked)] == asked for i in range(len(_words(o))))}
    return frozenset(inside) if len(inside) == 1 else frozenset(o for o in inside if _words(o)[: len(asked)] == asked)


def _words(name: str) -> list[str]:
    words = re.findall(r"\w+", name.lower())
    return words[1:] if words[:1] == ["the"] and len(words) > 1 else words


def _by_outlet(name: str, words: str, library: Library, without: bool = False) -> Limit | None:
    """An outlet, or several ("the Courier and the Post"); or all but these."""
    outlets = [outlet for outlet, _ in library.facts().outlets]
    whole = outlets_named(name, outlets)
    names = [name] if whole else _APART.split(name)
    parts = [outlets_named(part, outlets) for part in names]
    chosen = frozenset[str]().union(*parts)
    unknown = [part for part, found in zip(names, parts, strict=True) if not found]
    if not chosen or not all(map(_NAMED.fullmatch, unknown)):
        return None
    aside = f"; no outlet here is called {' or '.join(unknown)}" if unknown else ""
    if without:
        return Limit(words, f"not {', '.join(sorted(chosen))}{aside}", Scope(outlets=frozenset(outlets) - chosen))
    return Limit(words, f"only {', '.join(sorted(chosen))}{aside}", Scope(outlets=chosen))


def _by_day(found: dict[str, str | None], words: str, library: Library, as_of: str | None) -> Limit | None:
    today = date.fromisoformat(as_of) if as_of else date.today()
    first, last = found.get("a") or found.get("c"), found.get("b") or found.get("d")
    if first and last:
        begin, end = _period(first, today, library), _period(last, today, library)
        span = Period(begin.first, end.last) if begin and end and begin.first <= end.last else None
        how = "in"
    else:
        span, how = _period(found.get("day") or "", today, library), (found.get("how") or "in").lower()
    if span is None:
        return None
    since: date | None = span.first
    until: date | None = span.last
    if how == "since":
        until = None
    elif how == "after":
        since, until = span.last + timedelta(1), None
    elif how == "before":
        since, until = None, span.first - timedelta(1)
    elif how in ("until", "till", "up to"):
        since = None
    meaning = " ".join(
        part for part in (f"since {named(since)}" if since else "", f"until {named(until)}" if until else "") if part
    )
    if since and since == until:
        meaning = f"on {named(since)}"
    counted = "" if re.search(r"\b(?:19|20)\d\d\b", words) else f", counted from {named(today) if as_of else 'today'}"
    return Limit(
        words,
        f"published {meaning}{counted}",
        Scope(since=since and since.isoformat(), until=until and until.isoformat()),
    )


def _period(words: str, today: date, library: Library) -> Period | None:
    """The days meant. A day or month without its year is the last that the library can hold."""
    words = re.sub(r"^the (?=\d)", "", words.strip())
    span = period(words, today)
    if span is None or not yearless(words):
        return span
    last = library.facts().last
    return period(words, min(today, date.fromisoformat(last))) if last else span
