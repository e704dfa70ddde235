"""Do two answers to a question contradict each other, or does one only add to the other?

Two days, figures or names that are given for one thing exclude each other. Clauses seldom do: of two reasons for one
event both may be true, unless one sentence denies what the other says or gives another figure for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from assistant.amounts import Amount, numbers
from assistant.answer import Disagreement, Quote, Side
from assistant.claims import Claim, kinship
from assistant.clauses import sentences
from assistant.expected import asks_past, asks_who, counted, leaves_open
from assistant.extents import clausal
from assistant.namesakes import same_speaker
from assistant.occasions import kinds, two_occasions
from assistant.roots import same as same_root
from assistant.settling import NEGATION, is_contrary, judged
from assistant.stories import ASKING, keys, other_stories, same_story
from assistant.subjects import names
from assistant.values import Day, Words
from assistant.wording import corrects
from index.search import STOP_WORDS

_HAPPENED = re.compile(
    r"^(?:and |but |so )?(?:what (?:has |had )?(?:happen(?:s|ed|ing)?|is (?:happening|going on)|went on)\b"
    r"|how (?:did|does|do|was|were|is|are|has|have|can|could|will|would)\b)",
    re.I,
)

ABOUT_ONE = 0.3  # kinship from which one sentence can deny another
AKIN = 0.5  # from which two sentences are about one thing though one has no word of the question
_OF_MANY = re.compile(  # what one does or thinks doesn't keep another from it
    r"\b(?:oppos\w+|support\w*|back(?:s|ed)|against|for it|criticis\w+|prais\w+|promis\w+|welcom\w+|condemn\w*"
    r"|demand\w*|fear\w*|warn\w*|accus\w+|blam\w+|complain\w*)\b",
    re.I,
)
_COUNTED = re.compile(r"\bhow many ([\w-]+)", re.I)


def contradict(question: str, ones: Sequence[Claim], others: Sequence[Claim]) -> bool:
    """Can the best of two groups of claims, each of which means one thing, not both be so?"""
    one, other = ones[0], others[0]
    if _of_other_things(question, one, other):
        return False
    if one.corrected or other.corrected:
        return True
    if _on_other_stories(question, ones, others) or _says_another_thing(question, one, other):
        return False
    if isinstance(one.meaning, Day) and isinstance(other.meaning, Day) and _tell_apart(one.meaning, other.meaning):
        return False
    if asks_who(question) and _both_say_it(one, other):
        return False
    if two_occasions(kinds(question), one.quote.article, other.quote.article):
        return False
    if asks_who(question) and _OF_MANY.search(question):
        return False
    if leaves_open(question) and (_HAPPENED.search(question) or is_clause(one) or is_clause(other)):
        return any(_deny(question, a, b) for a in ones for b in others)
    return True


def _of_other_things(question: str, one: Claim, other: Claim) -> bool:
    """Are two numbers of different units, or one of things that weren't asked for: goals and spectators?"""
    if not (isinstance(one.meaning, Amount) and isinstance(other.meaning, Amount)):
        return False
    if one.meaning.unit != other.meaning.unit:
        return True
    asked = _COUNTED.search(question)
    things = [_things(claim) for claim in (one, other)] if asked else []
    named = [any(same_root(asked[1], word) for word in words) for words in things if words] if asked else []
    return len(named) == 2 and named[0] != named[1]


def _things(claim: Claim) -> list[str]:
    """The words after a number up to the next small word: what it counts."""
    after = claim.quote.text.partition(claim.answer)[2]
    words = re.match(r"((?: [a-z-]+){0,3})", after)[1].split()
    return words[: next((i for i, w in enumerate(words) if w in STOP_WORDS), len(words))]


def _on_other_stories(question: str, ones: Sequence[Claim], others: Sequence[Claim]) -> bool:
    """Do all articles of two sides tell different stories, and not of one thing that the question names?"""
    pairs = [(a, b) for a in ones for b in others]
    if names(question) and any(a.named == b.named == 1 for a, b in pairs):
        return False
    return all(other_stories(a.quote.article, b.quote.article) for a, b in pairs)


def _says_another_thing(question: str, one: Claim, other: Claim) -> bool:
    """In one article: has one sentence words of the question and the other none, and are they not about one thing?

    Another article may well put the same in other words, and a number says by itself what it counts.
    """
    if one.quote.article.id != other.quote.article.id or counted(question) or kinship(one, other, question) >= AKIN:
        return False
    return _has_word(question, one) != _has_word(question, other)


def _has_word(question: str, claim: Claim) -> bool:
    """Has a sentence a word of the question, or one for the same, beside what is counted?"""
    number = _COUNTED.search(question)
    little = STOP_WORDS | ASKING | ({number[1].lower()} if number else set())
    asked = [w for w in re.findall(r"[\w-]+", question.lower()) if w not in little]
    return any(same_root(a, b) for a in asked for b in re.findall(r"[\w-]+", claim.quote.text.lower()))


def disagreement(sides: Sequence[Side]) -> Disagreement:
    """Sides that contradict each other: the one that corrects first, else the newest."""
    held = sorted(sides, key=_newest, reverse=True)
    kind = _kind(held)
    if kind == "correction":
        held.sort(key=lambda side: not any(map(_corrects, side.quotes)))
    return Disagreement(kind, tuple(held))


def for_and_against(question: str, quotes: Sequence[Quote], about: str = "") -> Disagreement | None:
    """The quotes that say yes to a closed question and those that say no; None where they don't stand on one story."""
    said = {"yes": [], "no": []}
    for quote in quotes:
        if (settled := judged(question, quote.article, quote.start, quote.end, about)) in said:
            said[settled].append(quote)
    pairs = [(a.article, b.article) for a in said["yes"] for b in said["no"]]
    one_story = any(same_story(a, b) and not two_occasions(kinds(question), a, b) for a, b in pairs)
    return disagreement([Side(answer, tuple(held)) for answer, held in said.items()]) if one_story else None


def _kind(sides: Sequence[Side]) -> Literal["correction", "later", "conflict"]:
    """Of sides that disagree, newest first. Later: said only after all that the older side said."""
    if any(_corrects(q) for s in sides for q in s.quotes):
        return "correction"
    days = [[q.article.published for q in s.quotes] for s in sides]
    if any(None in told for told in days):
        return "conflict"
    return "later" if all(min(new) > max(old) for new, old in zip(days, days[1:], strict=False)) else "conflict"


def _newest(side: Side) -> str:
    return max(q.article.published or "" for q in side.quotes)


def _corrects(quote: Quote) -> bool:
    return corrects(quote.article, quote.start, quote.end)


def of_another_event(question: str, day: Claim, reported: Claim) -> bool:
    """Asked when something happened: was it reported before that day? Then that day is another event's."""
    if not asks_past(question) or not same_story(day.quote.article, reported.quote.article):
        return False
    if two_occasions(kinds(question), day.quote.article, reported.quote.article):
        return False  # of its own: it is shown, too
    published, first = reported.quote.article.published, earliest(day.meaning)
    told = earliest(reported.meaning)
    return bool(published and first and told) and told <= date.fromisoformat(published) < first


def earliest(meant: object) -> date | None:
    """The day that is meant, of a weekday the last one before the article; None where no day can be told."""
    if not isinstance(meant, Day):
        return None
    if meant.year and meant.month and meant.day:
        return date(meant.year, meant.month, meant.day)
    if meant.weekday is not None and meant.written:
        return meant.written - timedelta((meant.written.weekday() - meant.weekday) % 7)
    return None


def _tell_apart(one: Day, other: Day) -> bool:
    """Does one tell only the hour and the other only the day?"""
    return (one.hour is None) != (other.hour is None) and not all(
        any((d.day, d.month, d.year, d.weekday)) or d.weekday == 0 for d in (one, other)
    )


def _both_say_it(one: Claim, other: Claim) -> bool:
    """Are both only who says something? What one says doesn't keep the other from saying it."""
    return all(c.quote.speaker and same_speaker(c.answer, c.quote.speaker) for c in (one, other))


def is_clause(claim: Claim) -> bool:
    """Does an answer say something by itself, with a verb, rather than name a thing?"""
    return isinstance(claim.meaning, Words) and any(clausal(s.tags) for s in sentences(claim.answer))


def _deny(question: str, one: Claim, other: Claim) -> bool:
    """Are two sentences about one thing, and does one negate what the other says or give another figure for it?"""
    if kinship(one, other, question) < ABOUT_ONE and not same_story(one.quote.article, other.quote.article):
        return False
    if (one.quote.stance == "denied") != (other.quote.stance == "denied"):
        denied, claimed = (one, other) if one.quote.stance == "denied" else (other, one)
        return not keys(denied.answer).isdisjoint(keys(claimed.quote.text) - keys(question))
    first, second = one.quote.text, other.quote.text
    if is_contrary(first, second) and (_negated(first) & keys(second) or _negated(second) & keys(first)):
        return True
    figures = numbers(one.answer), numbers(other.answer)
    return len(figures[0]) == len(figures[1]) == 1 and figures[0] != figures[1]


def _negated(sentence: str) -> frozenset[str]:
    """What the negations of a sentence bear on: the words after them, up to the next mark."""
    return keys(" ".join(re.split(r"[,;:.]", sentence[m.end() :])[0] for m in NEGATION.finditer(sentence)))
