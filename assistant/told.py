"""A sentence as one line of tagged words: where a verb group begins, a clause ends, and what a noun is there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.amounts import numbers
from assistant.clauses import sentences
from assistant.closed import BE
from assistant.cues import FORMS
from assistant.lexicon import NEGATIONS, SCARCELY
from assistant.roots import PAST, is_done

STAYS = frozenset("remain remains remained stay stays stayed became become becomes".split())
DECLINE = frozenset("refuse refuses refused fail fails failed decline declines declined".split())
ACHIEVE = frozenset("managed began begun started went continued came able helped used".split())
_NOT_OF = frozenset([("rather", "than"), ("instead", "of"), ("none", "of"), ("neither", "of")])
_STATES = frozenset(
    "alive dead unhurt unharmed guilty open shut safe unconscious outright overnight abroad online".split()
)  # after an object
_OF_THEM = frozenset("none neither all both each".split())


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence as one line of tagged words, quotation marks left out."""

    words: tuple[str, ...]  # lower case
    tags: str
    around: str = ""  # what its article is about, in its own words


@lru_cache(maxsize=1024)
def told_in(sentence: str, around: str = "") -> Told | None:
    """A sentence as it is told; None where it has no words."""
    parts = list(sentences(re.sub(r"[“”\"«»]", " ", sentence)))
    words = tuple(token.word for part in parts for token in part.tokens)
    return Told(words, "".join(part.tags for part in parts), around) if words else None


def group_of(told: Told, at: int) -> int:
    """Where the verb group that ends at a word begins: "has not yet been *released*", "is a *ferry*"."""
    start = at
    while start and (
        told.tags[start - 1] in "XRo"
        or told.words[start - 1] in STAYS
        or told.words[start - 1] in NEGATIONS | SCARCELY
        or (told.words[start] == "to" and told.words[start - 1] in DECLINE | ACHIEVE)
    ):
        start -= 1
    if start < at:
        return start
    near = start
    while near and at - near < 5 and told.tags[near - 1] in "DNRUI" and told.words[near - 1] not in BE | STAYS:
        near -= 1
    if near and near < at and told.words[near - 1] in BE | STAYS and not any(map(is_done, told.words[near:at])):
        return group_of(told, near - 1) if told.tags[near - 1] != "X" else _first_of_group(told, near - 1)
    return start


def _first_of_group(told: Told, verb: int) -> int:
    while verb and told.tags[verb - 1] in "XR":
        verb -= 1
    return verb


def outside_asides(told: Told, start: int, end: int) -> list[int]:
    """The places of a stretch without those between two commas in it."""
    commas = [i for i in range(start, end) if told.tags[i] == ","]
    aside = {i for a, b in list(pairwise(commas))[::2] for i in range(a, b + 1)}
    return [i for i in range(start, end) if i not in aside]


def clause_start(told: Told, group: int) -> int:
    """Where the clause of a verb group begins."""
    for i in range(group - 1, -1, -1):
        tag = told.tags[i]
        if tag in ";:-.(S":
            return i + 1
        if tag in "JB" and i + 1 < group and _finite(told, _back_to_mark(told, i), i):
            return i + 1
    return 0


def _back_to_mark(told: Told, i: int) -> int:
    return max((k + 1 for k in range(i) if told.tags[k] in ";:-.S"), default=0)


def clause_end(told: Told, at: int) -> int:
    """Where the clause of a verb ends."""
    for i in range(at + 1, len(told.words)):
        tag = told.tags[i]
        if tag in ";:.W" or (tag == "S" and _opens_clause(told, i)):
            return i
        if tag in "JB" and told.tags[i + 1 : i + 2] != "R" and _finite(told, i + 1, _next_mark(told, i + 1)):
            return i
    return len(told.words)


def _opens_clause(told: Told, i: int) -> bool:
    """Does a conjunction stand before a clause, rather than before a noun as in "after the vote"?"""
    if told.words[i] in ("after", "before", "until", "since"):
        return _finite(told, i + 1, _next_mark(told, i + 1))
    return told.words[i] not in ("than", "as")


def _next_mark(told: Told, start: int) -> int:
    return next((i for i in range(start, len(told.words)) if told.tags[i] in ",;:.SW"), len(told.words))


def _finite(told: Told, start: int, end: int) -> bool:
    """Is there a verb? A past form that the tags take for a noun counts."""
    return any(told.tags[i] in "XVF" or is_past(told, i) for i in range(start, end))


def is_past(told: Told, i: int) -> bool:
    """Is it a past form that the tags take for a noun: "closed", "sank", but not "strike"?"""
    return told.tags[i] == "N" and (told.words[i].endswith("ed") or told.words[i] in PAST)


def antecedent(told: Told, i: int) -> int | None:
    """The noun that a relative pronoun stands for: "the *plan*, which"; None where it may be another's."""
    noun = i - 2 if told.tags[i - 1 : i] == "," else i - 1
    first = noun
    while first > 0 and told.tags[first - 1] in "DNCU" and not is_past(told, first - 1):
        first -= 1
    return noun if noun >= 0 and told.tags[noun] in "NC" and told.tags[first - 1 : first] not in ("f", "I") else None


def heads(told: Told, i: int, left: int, group: int) -> bool:
    """Does a noun head a phrase that is no part of another, unlike "the *mayor*'s wife" and "of the *mayor*"?"""
    if i + 1 < group and told.tags[i + 1] in "GNC" and not _verb_follows(told, i + 1):
        return False
    start = i
    while start > left and told.tags[start - 1] in "DNCUR" and not is_past(told, start - 1):
        if told.tags[start] == "D" and told.tags[start - 1] != "D":
            break
        if told.tags[start - 2 : start + 1] == "CNC":  # "Doe *beat* Roe"
            break
        start -= 1
    if start == left or told.tags[start - 1] in ",TtSJB:;-QW(":
        return True
    if told.tags[start - 1] == "f":
        counted = numbers(told.words[start - 2]) and not numbers(" ".join(told.words[start:i]))
        return told.words[start - 2] in _OF_THEM or bool(counted)
    if told.tags[start - 1] == "V":  # "said *the firm* paid", but not "took *the hostages* and fled"
        return any(cue.frame in ("say", "think") for cue in FORMS.get(told.words[start - 1], ()))
    return told.tags[start - 1] in "CU" and "I" in told.tags[max(left, start - 4) : start - 1]


def is_followed_by_noun(told: Told, i: int) -> bool:
    """Does a noun only say of which kind the next is: "the *fire* service", but not "found the *boy* alive"?"""
    after = told.words[i + 1 : i + 2]
    return told.tags[i + 1 : i + 2] in ("N", "C") and not _verb_follows(told, i + 1) and after[0] not in _STATES


def _verb_follows(told: Told, i: int) -> bool:
    return is_past(told, i) and told.tags[i + 1 : i + 2] not in ("N", "C")


def refused(told: Told, i: int, after: int = 0) -> bool:
    """Does a negation stand right before a phrase: "no *witnesses*", "not by *arson*", "rather than *arson*"?"""
    start = i
    least = max(after, i - 4)
    while start > least and told.tags[start - 1] in "DNCUI" and told.words[start - 1] not in NEGATIONS:
        start -= 1
    before = told.words[max(after, start - 2) : start]
    return bool(before) and (before[-1] in NEGATIONS or before in _NOT_OF)
