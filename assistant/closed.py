"""A closed question cut into whom it asks about and what it asks of him."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.amounts import numbers
from assistant.clauses import CLOSED
from assistant.lexicon import HONORIFICS, MONTHS, NEGATIONS, NOBODY, WEEKDAYS
from assistant.roots import WORD, is_done, is_value, root

BE = frozenset("is are was were be been being am".split())
_HAVE = frozenset("has have had having".split())
WILL = frozenset("will would shall 'll".split())
_DO = frozenset("do does did".split())
PRONOUNS = frozenset("he she it they there this that these those you we i".split())
ANYBODY = frozenset("anyone anybody someone somebody anything something everyone everybody nobody".split())
_BETWEEN = frozenset("going to be been being have not n't also already really actually ever still now just yet".split())
_STATES = frozenset("off on out up down back away over".split())  # "is it off?"
_VERBS = frozenset("back march last".split())  # which the tags take for adverbs and times
_GO = {"up": "rise", "down": "fall"}  # after "go"


@dataclass(frozen=True, slots=True)
class Asked:
    """A closed question in one of the ways to cut it: "did | two men | die | in the fire"."""

    kind: str  # of its first word: be, do, have, will or may
    being: bool  # is something said to be, rather than to do: "is he ill", "was he released", "has it been sold"
    subject: tuple[str, ...]
    head: str  # the word of what is asked that carries it: "die", "arson", "against"
    rest: tuple[str, ...]  # the words after it
    passive: bool  # "was he released", "has the club been sold"
    future: bool
    negated: bool
    first: str  # "did"

    @property
    def now(self) -> bool:
        """Is it asked of now, unlike "was", "did" and "will"?"""
        return self.first in ("is", "are", "am", "do", "does") and not self.future


def cuts(question: str) -> Iterator[Asked]:
    """The ways to tell apart whom a closed question asks about from what it asks of him."""
    words = [w.replace("’", "'") for w in WORD.findall(question)]
    while words and words[0].lower() in ("and", "but", "so", "or"):
        words = words[1:]
    if len(words) < 2:
        return
    kind = _kind(words[0].lower())
    negated = sum(w.lower() in NEGATIONS | NOBODY | {"n't"} for w in words) % 2 == 1
    words = [words[0], *(w for w in words[1:] if w.lower() not in ("not", "n't"))]
    for cut in range(2, len(words)):
        last, first = words[cut - 1].lower(), words[cut].lower()
        if cut > 2 and _closes(words[1:cut]):
            return
        if words[cut][0].isupper() and (kind != "be" or words[cut - 1][0].isupper()):
            continue  # one name, or a name that would be done
        if last in CLOSED and not (last in PRONOUNS and cut == 2) or last == "'s" or first in ("'s", "of"):
            continue
        yield from _asked(words[0].lower(), tuple(words[1:cut]), words[cut:], negated)


def _closes(subject: Sequence[str]) -> bool:
    """Can no further word be one of the subject's?"""
    first = subject[0].lower()
    return (
        first in PRONOUNS | ANYBODY
        and not (first in CLOSED and CLOSED[first] == "D")
        or any(CLOSED.get(w.lower()) in ("I", "S", "o", "W") for w in subject[1:])
    )


def _kind(word: str) -> str:
    return next(
        (kind for kind, words in (("be", BE), ("do", _DO), ("have", _HAVE), ("will", WILL)) if word in words), "may"
    )


def _asked(first: str, subject: tuple[str, ...], words: list[str], negated: bool) -> Iterator[Asked]:
    kind = _kind(first)
    lower = [w.lower() for w in words]
    at = 0
    while at < len(words) and (lower[at] in _BETWEEN or (CLOSED.get(lower[at]) == "R" and lower[at] not in _VERBS)):
        at += 1
    before = lower[:at]
    being = (kind == "be" and "going" not in before) or not BE.isdisjoint(before)
    while being and at < len(words) - 1 and CLOSED.get(lower[at]) == "D":
        at += 1
    if at == len(words) and lower[-1] in _STATES:
        at -= 1
    if at == len(words):
        return
    verb = words[at] in _VERBS or CLOSED.get(lower[at], "F") == "F"
    if not being and (not verb or numbers(lower[at])):
        return
    passive = being and is_done(lower[at])
    if CLOSED.get(lower[at]) == "I" and any(map(is_value, words[at + 1 : at + 2])):
        at += 1
    head, rest = words[at], tuple(words[at + 1 :])
    if lower[at] == "go" and rest and rest[0].lower() in _GO:
        head, rest = _GO[rest[0].lower()], rest[1:]
    yield Asked(kind, being, subject, head, rest, passive, kind == "will" or "going" in before, negated, first)


def has_exact(question: str, sentence: str, around: str = "") -> bool:
    """Has a sentence every number, day and month of the question, and it or its article, `around`, every name?"""
    if not set(numbers(question)) <= set(numbers(sentence)):
        return False
    said = {root(w) for w in WORD.findall(sentence)}
    names = [w for w in WORD.findall(question)[1:] if w[0].isupper() and w not in HONORIFICS]
    days = {w for w in WORD.findall(question.lower()) if w in MONTHS + WEEKDAYS}
    return days <= said and {root(w) for w in names} <= said | {root(w) for w in WORD.findall(around)}


def noun_of(subject: Sequence[str]) -> str:
    """The noun of a subject: "men" of "two men", "workers" of "the workers at the mill"."""
    before = next((i for i, w in enumerate(subject) if i and CLOSED.get(w.lower()) in ("I", "f")), len(subject))
    return subject[before - 1]


def agent_of(rest: Sequence[str]) -> str | None:
    """Who does it, of "closed by the council": "council"."""
    for i, word in enumerate(rest):
        if word.lower() == "by":
            return next((w for w in rest[i + 1 :] if w.lower() not in CLOSED), None)
    return None
