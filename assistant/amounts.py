"""Numbers in figures or words, by value and unit: "1,200", "twelve hundred", "€1.2m", "two thirds", "90 minutes"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, in the base unit of what is measured; `unit` is None where things are counted or it isn't told."""

    value: Fraction
    unit: str | None = None
    about: bool = False  # "some 1,200", "nearly half"


ONES = tuple(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen""".split()
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL = {w: n for n, w in enumerate(ONES)} | {w: 10 * n for n, w in enumerate(TENS, 2)}
_TIMES = {"dozen": 12, "hundred": 100}
_SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "k": 10**3, "mn": 10**6, "bn": 10**9, "tn": 10**12, "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
_PARTS = {
    "half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10,
}  # fmt: skip
_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}
_MONEY_SCALES = {"m": 10**6, "b": 10**9}  # "m" alone is a metre

_UNITS: dict[str, tuple[str, Fraction]] = {
    form: (unit, Fraction(factor))
    for unit, forms in {
        "share": {"%": "1/100"},
        "metre": {
            "km kilometre kilometer": 1000, "m metre meter": 1, "cm centimetre centimeter": "1/100",
            "mm millimetre millimeter": "1/1000", "mile mi": "1609.344", "yard yd": "0.9144",
            "foot feet ft": "0.3048", "inch inches": "0.0254",
        },
        "square metre": {"km²": 10**6, "hectare ha": 10**4, "acre": "4046.86"},
        "kilogram": {
            "tonne": 1000, "ton": "907.2", "kg kilo kilogram": 1, "g gram gramme": "1/1000", "lb": "0.4536",
            "ounce oz": "0.02835",
        },
        "litre": {"litre liter": 1, "ml millilitre": "1/1000", "gallon": "4.546", "pint": "0.568"},
        "day": {
            "second sec": "1/86400", "minute min": "1/1440", "hour hr": "1/24", "day": 1, "week": 7, "fortnight": 14,
            "month": "30.4375", "year yr": "365.25", "decade": "3652.5", "century centuries": "36525",
        },
        "degree": {"degree °c celsius °": 1},
        "metre a second": {"kph": "10/36", "mph": "0.44704"},
        "megawatt": {"gw gigawatt": 1000, "mw megawatt": 1, "kw kilowatt": "1/1000"},
        "euro": {"€ euro": 1, "cent": "1/100"},
        "dollar": {"$ dollar": 1},
        "pound": {"£ pound": 1, "penny pence": "1/100"},
        "yen": {"¥ yen": 1},
        "franc": {"franc": 1},
        "crown": {"krona kronor krone kroner crown": 1},
    }.items()
    for names, factor in forms.items()
    for form in names.split()
}  # fmt: skip
_SPELLINGS = tuple(
    (re.compile(form, re.I), short)
    for form, short in (
        (r"\bper[ -]?cent(?:age points?)?\b|\bpct\b", "%"),
        (r"\bmiles? (?:an|per) hour\b", "mph"),
        (r"\bkilomet(?:re|er)s? (?:an|per) hour\b|\bkm/h\b", "kph"),
        (r"\bsquare kilomet(?:re|er)s?\b|\bsq\.? km\b", "km²"),
        (r"\b(?:us|u\.s\.|american) dollars?\b|\bus\$", "$"),
        (r"\bpounds? sterling\b", "£"),
    )
)
_TOKEN = re.compile(r"[€$£¥%½¼¾⅓⅔]|°[cC]?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)*²?")
_ROUGHLY = frozenset(
    """about around some roughly approximately nearly almost circa estimated over least most than more under""".split()
)
_BEFORE_A_NUMBER = _ROUGHLY | frozenset("up down to at an the a of only just".split())


def amount(text: str, before: str = "") -> Amount | None:
    """The number that a short text begins with, after the words `before`; None where a name follows it.

    "10 Downing Street" is a name, "about 10 streets" a number.
    """
    for form, short in _SPELLINGS:
        text = form.sub(short, text)
    tokens = _TOKEN.findall(text)
    led_by = before.casefold().split()[-2:]
    sign = None
    for at, token in enumerate(tokens):
        value, after = _number(tokens, at)
        word = token.casefold()
        if value is not None:
            return _measured(value, tokens[after] if after < len(tokens) else "", sign, not _ROUGHLY.isdisjoint(led_by))
        if word in _UNITS and not word.isalpha():
            sign = _UNITS[word][0]
        elif word not in _BEFORE_A_NUMBER:
            return None
        led_by.append(word)
    return None


def numbers(text: str) -> tuple[Fraction, ...]:
    """All numbers of a text by value, in their order."""
    tokens = _TOKEN.findall(text)
    found: list[Fraction] = []
    at = 0
    while at < len(tokens):
        value, after = _number(tokens, at)
        found += [] if value is None else [value]
        at = max(after, at + 1)
    return tuple(found)


def same_amount(one: Amount, other: Amount) -> bool:
    """Equal, or equal to the places that a rough one gives: "some 1,200" and 1,187, but not 1,200 and 1,187."""
    if one.unit and other.unit and one.unit != other.unit:
        return False
    if one.value == other.value or one.about == other.about:
        return one.value == other.value
    rough, exact = (one.value, other.value) if one.about else (other.value, one.value)
    places = len(str(rough)) - len(str(rough).rstrip("0")) if rough.denominator == 1 else 0
    return places > 0 and rough == round(exact, -places)


def _measured(value: Fraction, following: str, sign: str | None, about: bool) -> Amount | None:
    """A number with its unit: the sign before it or the word after it."""
    word = following.casefold()
    if sign:
        return Amount(value * _MONEY_SCALES.get(word, 1), sign, about)
    if unit := _UNITS.get(word) or _UNITS.get(word.removesuffix("s")):
        return Amount(value * unit[1], unit[0], about)
    return None if following[:1].isupper() else Amount(value, None, about)


def _number(tokens: Sequence[str], start: int) -> tuple[Fraction | None, int]:
    """The number that begins at a token, and the place after it; (None, start) where none does."""
    total, current, at, joined = Fraction(0), None, start, False
    while at < len(tokens):
        word = tokens[at].casefold()
        following = tokens[at + 1].casefold() if at + 1 < len(tokens) else ""
        if _joins(word, following, total + (current or 0), at > start):
            joined = True
        elif word in _SCALES and (current is not None or joined):
            total, current = total + (1 if current is None else current) * _SCALES[word], None
        elif (grown := _grown(word, current, joined)) is not None:
            current = grown
        else:
            break
        at += 1
    return (None, start) if current is None and not total else (total + (current or 0), at)


def _joins(word: str, following: str, so_far: Fraction, begun: bool) -> bool:
    """Is it an "a" or "and" within a number ("half a million", "one hundred and five", "one and a half")?"""
    if word in ("a", "an"):
        return following in _SCALES or following in _TIMES or following in _PARTS or (begun and following in _UNITS)
    if word == "and" and begun:
        return following in ("a", "half") or (so_far >= 100 and following in SMALL)
    return False


def _grown(word: str, current: Fraction | None, joined: bool) -> Fraction | None:
    """A number with one more word; None where the word doesn't go on with it."""
    if word[0].isdecimal():
        return Fraction(word.replace(",", "")) if current is None else None
    if word in _VULGAR or word in SMALL:
        return (current or 0) + Fraction(_VULGAR.get(word, SMALL.get(word)))
    if word in _TIMES and (current is not None or joined):
        return (1 if current is None else current) * Fraction(_TIMES[word])
    if word == "half":
        return (current or 0) + Fraction(1, 2)
    if word in _PARTS and (current is not None or joined):
        return Fraction(1 if current is None else current) / _PARTS[word]
    return None
