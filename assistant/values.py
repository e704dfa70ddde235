"""What a short answer means: an amount by its value, a day by its date, anything else by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from unicodedata import combining, normalize

from assistant.amounts import SMALL, Amount, amount, same_amount
from assistant.lexicon import MONTHS, NEGATIONS, WEEKDAYS
from assistant.namesakes import same_speaker


@dataclass(frozen=True, slots=True)
class Day:
    """A day as far as it is told. A weekday alone lies within a week of the day it was written on."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # Monday is 0
    written: date | None = None  # the article's day
    hour: Fraction | None = None  # 0 to 24


@dataclass(frozen=True, slots=True)
class Words:
    """A name, a phrase or a clause."""

    tokens: tuple[str, ...]  # folded, without leading little words
    negated: bool
    name: str | None = None  # as written, where all of its weighty words are capitalised
    exact: frozenset[str] = frozenset()  # the tokens that no other may stand for: with capitals or figures


Meaning = Amount | Day | Words

_ORDINALS = {
    w: i
    for i, w in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
        fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split(),
        1,
    )
} | {"thirtieth": 30}

_MONTHS = {short: i for i, name in enumerate(MONTHS, 1) for short in (name, name[:3])} | {"sept": 9}
_WEEKDAYS = {name: i for i, name in enumerate(WEEKDAYS)}
_SHIFTS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}

_LITTLE = frozenset(
    """a an the its his her their our my your this that these those at in on of to by from near for into with and up
    down under as was were is are been be has have had only just""".split()
)
_TITLES = frozenset("mr mrs ms miss dr sir dame lord lady president mayor minister captain professor prof".split())
_INNER_CAPITAL = re.compile(r"(?<=[\w,;:)’”\"'] )[\"'“‘(]?([A-Z][\w'’-]*)")
LONGEST_VALUE = 10  # words; a longer answer says more than its day or number
PARAPHRASED = 0.75  # the share of a longer phrase's words that another way to say it keeps
LONGEST_NAME = 5  # words; a longer run of capitals is a headline or a list
_CLOCK = re.compile(
    r"\b(?P<h>\d\d?)(?:[:.](?P<m>[0-5]\d))? ?(?P<half>[ap])\.?m\b|\b(?P<h24>\d\d?):(?P<m24>[0-5]\d)\b"
    r"|\b(?P<word>\w+)(?: o['’]clock)? (?:in the (?P<part>morning|afternoon|evening)|at (?P<night>night))\b"
    r"|\b(?P<named>noon|midday|midnight)\b",
    re.I,
)
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>1\d{3}|2[01]\d\d)"
_DAY = r"(?P<day>\d\d?)(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(form, re.I)
    for form in (
        rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)\b",
        rf"\b{_DAY} (?:of )?{_MONTH}(?!\w)(?:,? {_YEAR}\b)?",
        rf"\b{_MONTH} (?:the )?{_DAY}\b(?![:,.]?\d)(?:,? {_YEAR}\b)?",
        rf"\b{_MONTH},? (?:of )?{_YEAR}\b",
        rf"^(?:(?:in|by|until|before|after|since|from|early|late|the|start|beginning|middle|end|of) |mid-)*{_MONTH}$",
        rf"^(?:in |by |since |from |until |about |around |circa |c\. ?|the year |early |late |mid-)*{_YEAR}"
        rf"(?= ?(?:$|[-–—,(]|to |until |till |and |or ))(?! ?%)",
    )
)  # fmt: skip
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)}|{'|'.join(_SHIFTS)})\b", re.I)
_ORDINAL = re.compile(rf"\b(?:(twenty|thirty)[- ])?({'|'.join(_ORDINALS)})\b", re.I)


@lru_cache(maxsize=4096)
def meaning(answer: str, published: str | None = None, before: str = "") -> Meaning:
    """What an answer means, said in an article of the day `published`, after the words `before` in its sentence."""
    text = " ".join(answer.split()).strip(" .,;:!?\"'“”‘’()[]`^")
    written = date.fromisoformat(published) if published else None
    short = len(text.split()) <= LONGEST_VALUE
    return (short and (_day(text, written) or amount(text, before))) or _words(text)


def same(one: Meaning, other: Meaning) -> bool:
    """Do two answers mean the same, or is one of them the other in a fuller or a more exact form?"""
    match one, other:
        case Amount(), Amount():
            return same_amount(one, other)
        case Day(), Day():
            return _same_day(one, other)
        case Words(), Words():
            return _same_words(one, other)
        case (Day(), Amount()) | (Amount(), Day()):  # "1413" and "in 1413"
            year, number = (one, other) if isinstance(one, Day) else (other, one)
            return year.year == number.value and number.unit is None
    return False


def names_in(text: str) -> frozenset[str]:
    """The words that have a capital where no sentence begins."""
    return frozenset(_folded(m[1]) for m in _INNER_CAPITAL.finditer(text))


def fullness(meant: Meaning) -> int:
    """How much a day tells, or a name: "Maria Lind" more than "Lind". Other answers gain nothing by their length."""
    match meant:
        case Day():
            return sum(field is not None for field in (meant.year, meant.month, meant.day, meant.hour))
        case Words(tokens, _, str()) if len(tokens) <= LONGEST_NAME:
            return len(tokens)
    return 0


def negations(text: str) -> int:
    """How often a text negates."""
    return sum(w in NEGATIONS or w.endswith("n't") for w in _folded(text).split())


def content(text: str) -> tuple[str, ...]:
    """The words of a text that carry its meaning, without case, accents, plural endings and little words."""
    tokens = (_stem(t.removesuffix("'s")) for t in re.findall(r"[\w]+(?:'\w+)*", _folded(text)))
    return tuple(t for t in tokens if t not in _LITTLE)


def _folded(text: str) -> str:
    plain = normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(c for c in plain if not combining(c))


def _stem(token: str) -> str:
    return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith(("ss", "us", "is")) else token


# Days


def _day(text: str, written: date | None) -> Day | None:
    """The first day or time of day in a short text, in the year nearest to the article's where it names none."""
    text = _ORDINAL.sub(lambda m: str({"t": 20, "T": 20}.get((m[1] or " ")[0], 0) + _ORDINALS[m[2].casefold()]), text)
    hour = _hour(text)
    for form in _DATES:
        if found := form.search(text):
            told = found.groupdict()
            month = told.get("month") and (_MONTHS.get(told["month"].casefold()) or int(told["month"]))
            day, year = told.get("day"), told.get("year")
            return _in_year(Day(year and int(year), month, day and int(day), hour=hour), written)
    if found := _WEEKDAY.search(text):
        word = found[1].casefold()
        if word in _WEEKDAYS:
            return Day(weekday=_WEEKDAYS[word], written=written, hour=hour)
        if written:
            on = written + timedelta(_SHIFTS[word])
            return Day(on.year, on.month, on.day, hour=hour)
    return Day(hour=hour) if hour is not None else None


def _in_year(day: Day, written: date | None) -> Day | None:
    if day.day is None or day.month is None:
        return day
    years = [day.year] if day.year else [written.year + i for i in (0, -1, 1)] if written else [2000]
    dates = [d for y in years if (d := _date(y, day.month, day.day))]
    if not dates:
        return None
    if day.year or not written:
        return day
    return replace(day, year=min(dates, key=lambda d: abs(d - written)).year)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 31 February
        return None


def _hour(text: str) -> Fraction | None:
    found = _CLOCK.search(text)
    if not found:
        return None
    if found["named"]:
        return Fraction(0 if found["named"].casefold() == "midnight" else 12)
    if found["h24"]:
        return int(found["h24"]) + Fraction(int(found["m24"]), 60)
    word = found["h"] or found["word"]
    hour = int(word) if word.isdecimal() else SMALL.get(word.casefold(), 99)
    if not 1 <= hour <= 12:
        return None
    late = (
        (found["half"] or "").casefold() == "p"
        or found["part"] in ("afternoon", "evening")
        or (found["night"] and hour > 5)
    )
    return hour % 12 + (12 if late else 0) + Fraction(int(found["m"] or 0), 60)


def _same_day(one: Day, other: Day) -> bool:
    """Equal in all that both tell, which must be something: 2024 and 3 May 2024 are, 2024 and May are not."""
    if one.weekday is not None or other.weekday is not None:
        return _same_weekday(one, other)
    told = [(getattr(one, f), getattr(other, f)) for f in ("year", "month", "day", "hour")]
    both = [(a, b) for a, b in told if a is not None and b is not None]
    return bool(both) and all(a == b for a, b in both)


def _same_weekday(one: Day, other: Day) -> bool:
    if one.weekday is None:
        one, other = other, one
    if other.weekday is not None:
        near = not (one.written and other.written) or abs((one.written - other.written).days) < 7
        return one.weekday == other.weekday and near
    if not (other.year and other.month and other.day):
        return False
    on = date(other.year, other.month, other.day)
    return on.weekday() == one.weekday and (one.written is None or abs((on - one.written).days) <= 7)


# Words


def _words(text: str) -> Words:
    tokens = content(text)
    weighty = [w for w in re.findall(r"[\w.'’-]*\w", text) if _folded(w) not in _LITTLE]
    name = text if weighty and all(w[0].isupper() or w[0].isdecimal() for w in weighty) else None
    exact = frozenset(w for m in re.finditer(r"\w*[A-Z0-9]\w*", text) for w in content(m[0]))
    return Words(tuple(t for t in tokens if t not in _TITLES) or tokens, negations(text) % 2 == 1, name, exact)


def _same_words(one: Words, other: Words) -> bool:
    if one.negated != other.negated or not one.tokens or not other.tokens:
        return False
    if one.tokens == other.tokens or (
        one.name and other.name and (same_speaker(one.name, other.name) or _acronym(one, other))
    ):
        return True
    short, full = sorted((one, other), key=lambda w: len(w.tokens))
    if _figures(short) != _figures(full):
        return False
    if _stands_in(short.tokens, full.tokens):
        return True
    said, shared = set(short.tokens), set(short.tokens) & set(full.tokens)
    return len(said) > 2 and len(shared) >= PARAPHRASED * len(said) and short.exact <= shared


def _stands_in(part: Sequence[str], whole: Sequence[str]) -> bool:
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def _figures(words: Words) -> set[str]:
    return {t for t in words.tokens if any(c.isdecimal() for c in t) or (t in SMALL and t != "one")}


def _acronym(one: Words, other: Words) -> bool:
    short, full = sorted((one, other), key=lambda w: len(w.tokens))
    return len(full.tokens) > 1 and short.tokens == ("".join(t[0] for t in full.tokens),)
