"""On which day a thing of a kind happened: two reports of "a fire" on days apart tell of two fires, however alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from assistant.amounts import SMALL
from assistant.clauses import CLOSED
from assistant.days import Period, mentions
from assistant.excerpts import dateline, sentences_of, voices_of
from assistant.people import BODIES, names_a_person
from assistant.roots import is_done
from assistant.stories import keys
from index.articles import Article

OPENING = 2  # sentences in which an article says what it is about, beside its headline
_THE = re.compile(r"(?P<auxiliary>\b\w+ )?\bthe (?=(?P<words>[a-z][\w-]+(?: [a-z][\w-]+)*))", re.IGNORECASE)
_BE = frozenset("is are was were".split())
_HELPS = frozenset("do does did has have had will would can could may might must should".split())
_INTRODUCED = re.compile(
    r"\b(?:an?|another|one|two|three|four|several)(?: (?:first|second|third|fourth|new|fresh))? (\w+(?: [\w-]+){0,3})",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:^|\b(?:when|as|after|where|and|that) )([\w-]+)", re.IGNORECASE)  # "when fire swept through"
# Between a day and a thing that is then brought up: the day is that of another deed.
_OF_OTHER = re.compile(r"\b(?:into|over|about|for|of|since|from|how|why|whether|what|who|which|that)\b", re.IGNORECASE)
_APART = timedelta(1)  # by which reports of one night's event may differ in its day


def kinds(question: str) -> list[frozenset[str]]:
    """The things of a kind that a question names, each by its head noun: a helicopter, of "the rescue helicopter".

    People and bodies aren't told apart by the story that they are in: the mayor is in many.
    """
    heads = (_head(match["words"].split(), (match["auxiliary"] or "").strip()) for match in _THE.finditer(question))
    found = (keys(head) for head in heads if not names_a_person(head) and head.lower() not in BODIES)
    return [kind for kind in dict.fromkeys(found) if kind]


def _head(words: list[str], auxiliary: str) -> str:
    """The head noun of the words after "the": a fire, of "did | the mill fire destroy homes" and "in the mill fire"."""
    end = next((i for i, w in enumerate(words) if w.lower() in CLOSED or w.lower() in SMALL), len(words))
    phrase, last = words[:end] or words[:1], end == len(words)
    if auxiliary.lower() in _HELPS:  # a verb follows, and what it is done to
        bare = len(phrase) > 2 and re.search(r"[^s]s$|^people$", phrase[-1])
        phrase = phrase[: -2 if bare else -1] or phrase
    elif auxiliary.lower() in _BE and (last or is_done(phrase[-1]) or phrase[-1].endswith("ing")):
        phrase = phrase[:-1] or phrase
    common = [w for w in phrase if w[0].islower()]
    return (phrase if phrase[-1][0].islower() else common or phrase)[-1]  # "the ferry Alma" is a ferry


def introduces(kind: frozenset[str], sentence: str) -> bool:
    """Does a sentence bring up a thing of a kind as a new one: "a fire", "a second fire"?"""
    return any(kind <= keys(match[1]) for match in _INTRODUCED.finditer(sentence))


def happened(kind: frozenset[str], article: Article) -> Period | None:
    """The days on which an article's opening says that a thing of a kind happened, as it brings it up."""
    begins = dateline(article.text)
    for start, end in sentences_of(article)[:OPENING]:
        start = max(start, begins)
        sentence = article.text[start:end]
        brought_up = (m for form in (_INTRODUCED, _BARE) for m in form.finditer(sentence) if kind <= keys(m[1]))
        if place := next(brought_up, None):
            return _its_day(article, start, end, start + place.start())
    return None


def _its_day(article: Article, start: int, end: int, at: int) -> Period | None:
    """The day, in the sentence from `start` to `end`, of the thing that is brought up at `at`.

    Not the day on which somebody says so, nor that of another deed: "an inquiry opened on Friday into a fire in March".
    """
    said = [a.content for a in voices_of(article).said if a.claim and a.content[0] <= at < a.content[1]]
    first, last = max(said, key=lambda content: content[0]) if said else (start, end)
    first, last = max(start, first), min(end, last)
    before = article.text[first:at]
    days = list(mentions(article.text[first:last], article.published))
    after = [day.period for day in days if first + day.start >= at]
    own = [day.period for day in days if first + day.start < at and not _OF_OTHER.search(before, day.end)]
    return own[-1] if own and not after else next(iter(after), None)


def two_occasions(kinds: Iterable[frozenset[str]], one: Article, other: Article) -> bool:
    """Do two articles tell of two things of one kind, each on its own day?"""
    for kind in kinds:
        first, second = happened(kind, one), happened(kind, other)
        if first and second and max(first.first, second.first) - min(first.last, second.last) > _APART:
            return True
    return False
