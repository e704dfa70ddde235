"""Who agrees with whom: answers that mean the same as one, copies of a story as one source, and what disagrees.

`agree` is the whole of it. What counts is how many independent outlets say a thing, never how many passages do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from math import log
from typing import Literal

from assistant.answer import Disagreement, Quote, Side
from assistant.namesakes import same_speaker
from assistant.subjects import namesakes
from assistant.values import Amount, Day, Meaning, Words, content, meaning, negations, numbers, same

MARGIN = 8.0  # log-odds below the best answer at which another is no alternative; fitted: EVALUATION.md
SUPPORT = 2.0  # log-odds that an answer gains each time its independent sources grow e-fold; fitted likewise
UNFIT = 6.0  # log-odds that an answer of another kind than the question asks for loses; fitted likewise
ALTERNATIVES = 5
SHORTEST_COPY = 6  # words; shorter sentences may be alike by chance
COPIED = 0.8  # the share of like words, in order, from which sentences are copies


@dataclass(frozen=True, slots=True)
class Statement:
    """One candidate answer with the sentence that holds it."""

    answer: str
    quote: Quote
    score: float  # the reader's and search's log-odds together; higher is better


@dataclass(frozen=True, slots=True)
class Agreement:
    """The different answers that were given, best first, and what disagrees among them."""

    sides: tuple[Side, ...]
    disagreement: Disagreement | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement and what its answer means."""

    statement: Statement
    meaning: Meaning
    score: float

    @property
    def article(self) -> str:
        return self.statement.quote.article.id


Group = list[Claim]  # that mean the same, best first


def agree(question: str, statements: Sequence[Statement]) -> Agreement:
    """The answers that are left when all that is said twice is said once, and how those that are left disagree."""
    claims = sorted((_claim(question, s) for s in statements if not _rejected(s)), key=lambda c: -c.score)
    groups = _alternatives(_groups(claims))
    sides = [Side(_fullest(g), _quotes(g)) for g in groups]
    disagreement = _disagreement(question, sides)
    if disagreement and disagreement.kind != "conflict":  # the corrected or the newer answer is the answer
        sides = [*disagreement.sides, *(s for s in sides if s not in disagreement.sides)]
    return Agreement(tuple(sides), disagreement)


# Answers that mean the same


def _claim(question: str, statement: Statement) -> Claim:
    quote = statement.quote
    before = quote.text.partition(statement.answer)[0]
    meant = meaning(statement.answer, quote.article.published, before)
    return Claim(statement, meant, statement.score - (0.0 if _fits(question, meant) else UNFIT))


_DAY_ASKED = re.compile(r"^(?:since |until |by )?when\b|\bwhat (?:year|day|date|month|time)\b|\bwhich (?:year|day|date|month)\b|\bdate\b", re.I)
_COUNT_ASKED = re.compile(r"\bhow many\b|\bpopulation\b|\bnumber of\b", re.I)
_AMOUNT_ASKED = re.compile(
    r"\bhow (?:much|long|tall|high|deep|far|old|heavy|big|large|wide|fast|strong|hot|cold)\b"
    r"|\bwhat (?:percentage|share|proportion|price|sum|magnitude)\b|\bper cent\b|\bcost\b",
    re.I,
)
_NAME_ASKED = re.compile(r"\bwho(?:m|se)?\b|^(?:\w+ )?where\b|\bwhat (?:is|was) the name\b", re.I)


def _fits(question: str, meant: Meaning) -> bool:
    """Is this the kind of answer that the question asks for?"""
    if _DAY_ASKED.search(question):
        return isinstance(meant, Day)
    year = isinstance(meant, Day) and meant == Day(meant.year)  # or a number of four digits
    if _COUNT_ASKED.search(question):
        return year or (isinstance(meant, Amount) and (meant.unit is None or bool(re.search("how many", question, re.I))))
    if _AMOUNT_ASKED.search(question):
        return year or isinstance(meant, Amount)
    if _NAME_ASKED.search(question):
        return isinstance(meant, Words)
    return True


def _groups(claims: Iterable[Claim]) -> list[Group]:
    """Claims that mean the same as the best of their group; best group first, by its score and its sources."""
    groups: list[Group] = []
    for claim in claims:
        for group in groups:
            if same(group[0].meaning, claim.meaning):
                group.append(claim)
                break
        else:
            groups.append([claim])
    return sorted(groups, key=lambda g: -_weight(g))


def _weight(group: Group) -> float:
    """The best score of a group, and what its independent sources add."""
    return group[0].score + SUPPORT * log(_sources(group))


def _sources(group: Group) -> int:
    """How many independent outlets say it: copies of one sentence are one, whoever publishes them."""
    stories: list[Quote] = []
    for claim in group:
        quote = claim.statement.quote
        if not any(_source(quote) == _source(s) or copied(quote, s) for s in stories):
            stories.append(quote)
    return len(stories)


def _source(quote: Quote) -> str:
    return quote.article.outlet or f"article {quote.article.id}"


def _alternatives(groups: Sequence[Group]) -> list[Group]:
    """The best group, and those near it, of its kind, from another article or another speaker in the same."""
    kept: list[Group] = []
    for group in groups:
        if kept and (_weight(group) < _weight(kept[0]) - MARGIN or not _comparable(kept[0][0].meaning, group[0].meaning)):
            continue
        others = [c for c in group if not any(_supersedes(k, c) for g in kept for k in g)]
        if others and (not kept or _weight(others) >= _weight(kept[0]) - MARGIN):
            kept.append(others)
        if len(kept) > ALTERNATIVES:
            break
    return kept


def _supersedes(kept: Claim, claim: Claim) -> bool:
    """Does an article that has given its answer give this one only by the way, with no other speaker?"""
    one, other = kept.statement.quote, claim.statement.quote
    if one.article.id != other.article.id:
        return False
    return not (one.speaker and other.speaker and not same_speaker(one.speaker, other.speaker))


def _comparable(one: Meaning, other: Meaning) -> bool:
    """Are two answers of one kind, so that one could stand for the other?"""
    if isinstance(one, Amount) and isinstance(other, Amount):
        return one.unit == other.unit or not (one.unit and other.unit)
    bare = [m for m in (one, other) if isinstance(m, Day) and m == Day(m.year)]
    return type(one) is type(other) or (bool(bare) and not any(isinstance(m, Words) for m in (one, other)))


def _fullest(group: Group) -> str:
    return group[0].statement.answer


# Copies


def _quotes(group: Group) -> tuple[Quote, ...]:
    """One quote for each article of a group, best first; copies of one sentence under the earliest of them."""
    stories: list[list[Quote]] = []
    seen: set[str] = set()
    for claim in group:
        quote = claim.statement.quote
        if quote.article.id in seen:
            continue
        seen.add(quote.article.id)
        story = next((s for s in stories if copied(quote, s[0])), None)
        if story is None:
            stories.append([quote])
        else:
            story.append(quote)
    return tuple(map(_folded, stories))


def _folded(story: Sequence[Quote]) -> Quote:
    first = min(story, key=lambda q: (q.article.published or "9999", q.article.id))
    others = sorted((q.article for q in story if q is not first), key=lambda a: (a.published or "9999", a.id))
    known = {a.id for a in first.also_in}
    return replace(first, also_in=(*first.also_in, *(a for a in others if a.id not in known)))


def copied(one: Quote, other: Quote) -> bool:
    """Do two sentences of different articles agree in words, numbers, names and negation?"""
    if one.article.id == other.article.id:
        return False
    first, second = content(one.text), content(other.text)
    if min(len(first), len(second)) < SHORTEST_COPY:
        return False
    return (
        numbers(one.text) == numbers(other.text)
        and negations(one.text) == negations(other.text)
        and _names(one.text) == _names(other.text)
        and SequenceMatcher(None, first, second, autojunk=False).ratio() >= COPIED
    )


def _names(text: str) -> frozenset[str]:
    """The words with a capital that no sentence's beginning asks for."""
    return frozenset(m[0] for m in re.finditer(r"(?<=[\w,;:)’”\"'] )[\"'“‘(]?[A-Z][\w'’-]*", text))


# Disagreement


_CORRECTS = re.compile(
    r"\bcorrect(?:s|ed|ion|ions|ing)?\b|\bclarif(?:ies|ied|ication)\b|\beditor['’]s note\b|\b(?:an|our|the) earlier version\b"
    r"|\bwrong(?:ly)?\b|\berror\b|\berroneous(?:ly)?\b|\bmis(?:stated|took|print|reported|spelled|spelt|identified|quoted|read|takenly)\b"
    r"|\bmistake\b|\bconfused\b|\bmixed up\b|\bapolog(?:ise|ize|ises|izes|y|ies)\b|\bregret\b|\bcontrary to what\b|\binaccurate(?:ly)?\b"
    r"|\bwithdrawn\b|\bretract(?:s|ed|ion)?\b|\brecord straight\b|\bshould have (?:read|said|been)\b|\bas (?:we |was )?(?:first |previously )?(?:reported|stated|printed)\b",
    re.I,
)
_DENIED = re.compile(r"\b(?:not(?: (?:on|in|at|by|to|from|for|the|into))*|instead of|rather than|contrary to)\s+(?:the |a |an )?$", re.I)
_SEVERAL = re.compile(r"\b(?:which|what) (?:\w+ )?\w+s (?:are|were|have|had|claim|did|do)\b|\bwho (?:are|were)\b", re.I)
_NEAR = 250  # characters around a sentence in which its article says that it corrects


def _rejected(statement: Statement) -> bool:
    """Is the answer named only to say that it isn't so ("85 and not 58")?"""
    before = statement.quote.text.partition(statement.answer)[0]
    return bool(_DENIED.search(before))


def _disagreement(question: str, sides: Sequence[Side]) -> Disagreement | None:
    """How the other sides disagree with the first, if any is about the same thing."""
    if len(sides) < 2 or _SEVERAL.search(question):
        return None
    best = sides[0]
    against = [s for s in sides[1:] if not namesakes(question, _articles(best), _articles(s), (best.answer, s.answer))]
    if not against:
        return None
    held = sorted([best, *against], key=_newest, reverse=True)
    kind = _kind(held)
    if kind == "correction":
        held.sort(key=lambda s: not any(map(_corrects, s.quotes)))
    return Disagreement(kind, tuple(held))


def _kind(sides: Sequence[Side]) -> Literal["correction", "later", "conflict"]:
    """Of sides that disagree, newest first."""
    if any(_corrects(q) for s in sides for q in s.quotes):
        return "correction"
    days = [{q.article.published for q in s.quotes} for s in sides]
    if any(None in d for d in days) or any(min(new) <= max(old) for new, old in zip(days, days[1:], strict=False)):
        return "conflict"
    return "later"


def _newest(side: Side) -> str:
    return max(q.article.published or "" for q in side.quotes)


def _corrects(quote: Quote) -> bool:
    """Does the article say, near the quote, that it corrects?"""
    return bool(_CORRECTS.search(quote.article.text, max(0, quote.start - _NEAR), quote.end + _NEAR))


def _articles(side: Side) -> list:
    return [q.article for q in side.quotes]
