"""Which kind of answer a question asks for: a day, a number of things, an amount, a name."""

from __future__ import annotations

import re

from assistant.amounts import Amount
from assistant.values import Day, Meaning, Words

_DAY = re.compile(r"^(?:since |until |by )?when\b|\b(?:what|which) (?:year|day|date|month|time)\b|\bdate of\b", re.I)
_COUNT = re.compile(r"\bhow many\b|\bpopulation\b|\bnumber of\b", re.I)
_AMOUNT = re.compile(
    r"\bhow (?:much|long|tall|high|deep|far|old|heavy|big|large|wide|fast|strong|hot|cold)\b"
    r"|\bwhat (?:percentage|share|proportion|price|sum|magnitude)\b",
    re.I,
)
_NAME = re.compile(r"\bwho(?:m|se)?\b|^(?:\w+ )?where\b|\bthe name of\b", re.I)
_SEVERAL = re.compile(
    r"\b(?:which|what) (?:\w+ )?[a-z]+(?<![su])s (?:are|were|have|had|do|did|sent|won|said|[a-z]+ed)\b"
    r"|\bwho (?:are|were)\b",
    re.I,
)
_OF_A_UNIT = re.compile(r"\bhow many\b", re.I)  # years, kilometres


def fits(question: str, meant: Meaning) -> bool:
    """Is an answer of the kind that the question asks for? True where the question leaves it open."""
    if _DAY.search(question):
        return isinstance(meant, Day)
    if _COUNT.search(question):
        whole = isinstance(meant, Amount) and meant.value.denominator == 1
        return _year(meant) or (whole and (meant.unit is None or bool(_OF_A_UNIT.search(question))))
    if _AMOUNT.search(question):
        return _year(meant) or isinstance(meant, Amount)
    return isinstance(meant, Words) if _NAME.search(question) else True


def comparable(one: Meaning, other: Meaning) -> bool:
    """Are two answers of one kind, so that one could stand for the other?"""
    if isinstance(one, Amount) and isinstance(other, Amount):
        return one.unit == other.unit or not (one.unit and other.unit)
    mixed = isinstance(one, Amount | Day) and isinstance(other, Amount | Day)
    return type(one) is type(other) or (mixed and (_year(one) or _year(other)))


def several(question: str) -> bool:
    """Does a question ask for all of several, so that different answers need not disagree?"""
    return bool(_SEVERAL.search(question))


def _year(meant: Meaning) -> bool:
    """Is it a year and no more, which may as well be a number of four digits?"""
    return isinstance(meant, Day) and meant == Day(meant.year)
