"""On which day a thing of a kind happened: two reports of "a fire" on days apart tell of two fires, however alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from assistant.days import Period, mentions
from assistant.excerpts import dateline, sentences_of
from assistant.people import BODIES, names_a_person
from assistant.stories import keys
from index.articles import Article

OPENING = 2  # sentences in which an article says what it is about, beside its headline
_KIND = re.compile(r"\bthe ((?:[a-z-]+ ){0,2}?[a-z-]{3,})(?=\?| [a-z]+|$)", re.IGNORECASE)
_INTRODUCED = re.compile(
    r"\b(?:an?|another|one|two|three|four|several)(?: (?:first|second|third|fourth|new|fresh))? (\w+(?: [\w-]+){0,3})",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:^|\b(?:when|as|after|where|and|that) )([\w-]+)", re.IGNORECASE)  # "when fire swept through"
_APART = timedelta(1)  # by which reports of one night's event may differ in its day


def kinds(question: str) -> list[frozenset[str]]:
    """The things of a kind that a question names ("the rescue helicopter"), each by its words, longest first.

    People and bodies aren't told apart by the story that they are in: the mayor is in many.
    """
    found = []
    for match in _KIND.finditer(question):
        words = match[1].split()
        for length in range(len(words), 0, -1):
            phrase = words[:length]
            if not names_a_person(phrase[-1]) and phrase[-1].lower() not in BODIES:
                found.append(keys(" ".join(phrase)))
    return [kind for kind in dict.fromkeys(found) if kind]


def introduces(kind: frozenset[str], sentence: str) -> bool:
    """Does a sentence bring up a thing of a kind as a new one: "a fire", "a second fire"?"""
    return any(kind <= keys(words) for words in _INTRODUCED.findall(sentence))


def happened(kind: frozenset[str], article: Article) -> Period | None:
    """The days on which an article's opening says that a thing of a kind happened, as it brings it up."""
    begins = dateline(article.text)
    for start, end in sentences_of(article)[:OPENING]:
        sentence = article.text[max(start, begins) : end]
        if introduces(kind, sentence) or any(kind <= keys(word) for word in _BARE.findall(sentence)):
            return next((m.period for m in mentions(sentence, article.published)), None)
    return None


def two_occasions(kinds: Iterable[frozenset[str]], one: Article, other: Article) -> bool:
    """Do two articles tell of two things of one kind, each on its own day?"""
    for kind in kinds:
        first, second = happened(kind, one), happened(kind, other)
        if first and second and max(first.first, second.first) - min(first.last, second.last) > _APART:
            return True
    return False
