"""Days as people name them: "yesterday", "on Tuesday", "last week", "3 May", resolved from the day of writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.lexicon import MONTHS, WEEKDAYS
from assistant.tense import ahead as lies_ahead

_NUMBERS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}
_MONTH = rf"(?:(?:{'|'.join(MONTHS)})\b|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20)\d\d"
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_COUNT = rf"(?:\d{{1,3}}|an?|{'|'.join(_NUMBERS)})"

# Alternatives in order: the longer form first. Each names what it found by its group.
_FORMS = rf"""
    (?P<iso>{_YEAR}-\d\d-\d\d)
  | (?P<dmy>{_DAY}\ (?:of\ )?{_MONTH}(?:,?\ {_YEAR})?(?!\d))
  | (?P<mdy>{_MONTH}\ {_DAY}\b(?!\ (?:per\ cent|million|people))(?:,?\ {_YEAR})?(?!\d))
  | (?P<my>{_MONTH},?\ (?:of\ )?{_YEAR}(?!\d))
  | (?P<ago>{_COUNT}\ (?:day|week|month|year)s?\ ago)
  | (?P<past>(?:the\ )?(?:last|past)\ {_COUNT}\ (?:day|week|month|year)s)
  | (?P<unit>(?:the\ )?(?:last|past|this|next|previous|coming)\ (?:week|month|year))
  | (?P<near>yesterday|today|tomorrow|tonight|last\ night|this\ (?:morning|afternoon|evening))
  | (?P<weekday>(?:last\ |next\ |this\ )?{_WEEKDAY})
  | (?P<month>(?:last\ |next\ |this\ )?{_MONTH}(?!\ \d\d?-))
  | (?P<year>{_YEAR})
"""
_EXACT = re.compile(_FORMS, re.VERBOSE | re.IGNORECASE)
# In running text a bare month or year needs the word before it: "may" is a verb, 1998 a number.
_RUNNING = re.compile(rf"(?<![\w.,£$€-])(?:{_FORMS})(?![\w-]|\.\d)", re.VERBOSE | re.IGNORECASE)
_LED = re.compile(r"\b(?:in|since|until|till|by|from|of|during|before|after|to|early|late|mid|between|and)[ -]$", re.I)
_AND = re.compile(r",? (?:and|or) |, ")  # between days that lie the same way; "from 3 to 9 May" may not
_OF_A_LEAP_YEAR = date(2024, 12, 31)
_LEADS = frozenset("on by since until from before after late early and but for through".split())


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Mention:
    """A day or period named in `text[start:end]`; `relative` where it was counted from the day of writing."""

    start: int
    end: int
    period: Period
    relative: bool


def period(words: str, today: date, ahead: bool = False) -> Period | None:
    """The days that an expression names, or None where it names none.

    A weekday or a day without its year is the latest that isn't after `today`; with `ahead` the next that isn't before.
    """
    match = _EXACT.fullmatch(words.strip())
    return _resolve(match, today, ahead) if match else None


def names_days(words: str) -> bool:
    """Does an expression name days, on whatever day it is said? "29 February" does, though not each year has it."""
    return period(words, _OF_A_LEAP_YEAR) is not None


def yearless(words: str) -> bool:
    """Does an expression name a day or month that comes every year ("3 May", "November")?"""
    match = _EXACT.fullmatch(words.strip())
    named = match is not None and match.lastgroup in ("dmy", "mdy", "month")
    return named and not re.search(rf"^(?:last|next|this) |{_YEAR}$", words.strip(), re.IGNORECASE)


def spoken(words: str) -> bool:
    """Is an expression counted from the day on which it is said ("yesterday", "this week", "last Tuesday")?

    A mere "Tuesday" may be that of a story.
    """
    match = _EXACT.fullmatch(words.strip())
    if match is None:
        return False
    return match.lastgroup in ("ago", "past", "unit", "near") or bool(
        re.match(r"(?:last|next|this) ", words.strip(), re.I)
    )


def mentions(text: str, written: str | None) -> Iterator[Mention]:
    """The days named in a sentence. Without the day of writing (YYYY-MM-DD), those that carry their year."""
    today = date.fromisoformat(written) if written else None
    before, ahead = None, None  # the day before, and which way it lies
    for match in _RUNNING.finditer(text):
        kind = match.lastgroup
        if (kind in ("month", "year") and not _led(text, match)) or _part_of_name(text, match):
            continue
        relative = kind not in ("iso", "my", "year") and not re.search(rf"{_YEAR}$", match.group())
        if today is None and relative:
            continue
        if before is None or not _joined(text, before, match):
            ahead = lies_ahead(text, *match.span())
        before = match
        if found := _resolve(match, today or date.min, ahead):
            yield Mention(match.start(), match.end(), found, relative)


def _joined(text: str, before: re.Match[str], match: re.Match[str]) -> bool:
    """ "Monday and Tuesday", "on Friday, Saturday or Sunday"; but not "closed on Friday, Saturday's concert"."""
    alike = before.lastgroup == match.lastgroup and not text.startswith(("'s", "’s"), match.end())
    return alike and bool(_AND.fullmatch(text, before.end(), match.start()))


def _led(text: str, match: re.Match[str]) -> bool:
    named = match.group()
    if match.lastgroup == "month" and not named.split()[-1][0].isupper():
        return False
    return bool(_LED.search(text, 0, match.start())) or named.lower().startswith(("last ", "next ", "this "))


def _part_of_name(text: str, match: re.Match[str]) -> bool:
    """“Black Friday” and “USA TODAY” are no days."""
    if match.lastgroup not in ("weekday", "near"):
        return False
    before = re.search(r"([A-Z]\w*) $", text[: match.start()])
    return match.group().isupper() or (before is not None and before[1].lower() not in _LEADS)


def _resolve(match: re.Match[str], today: date, ahead: bool | None) -> Period | None:
    words = match.group().lower().replace(",", "").replace(".", "")
    try:
        return _RESOLVERS[match.lastgroup or ""](words.split(), today, ahead)
    except (ValueError, OverflowError):  # 31 February, a week before the first year
        return None


def _iso(words: list[str], today: date, ahead: bool | None) -> Period:
    day = date.fromisoformat(words[0])
    return Period(day, day)


def _day_and_month(words: list[str], today: date, ahead: bool | None) -> Period:
    words = [w for w in words if w != "of"]
    number = next(w for w in words if re.fullmatch(_DAY, w))
    month = _month_number(next(w for w in words if w[0].isalpha()))
    years = [int(w) for w in words if re.fullmatch(_YEAR, w)]
    day = int(re.match(r"\d+", number)[0])  # type: ignore[index]
    year = years[0] if years else _year_of(lambda y: (date(y, month, day),) * 2, today, ahead)
    return Period(date(year, month, day), date(year, month, day))


def _month_and_year(words: list[str], today: date, ahead: bool | None) -> Period:
    return _month_of(int(words[-1]), _month_number(words[0]))


def _month(words: list[str], today: date, ahead: bool | None) -> Period:
    month = _month_number(words[-1])
    ahead = ahead if len(words) == 1 else words[0] == "next"
    return _month_of(_year_of(lambda y: _ends(_month_of(y, month)), today, ahead), month)


def _year(words: list[str], today: date, ahead: bool | None) -> Period:
    return Period(date(int(words[0]), 1, 1), date(int(words[0]), 12, 31))


def _ago(words: list[str], today: date, ahead: bool | None) -> Period:
    return _unit_around(_back(today, _count(words[0]), words[1]), words[1])


def _past(words: list[str], today: date, ahead: bool | None) -> Period:
    count, unit = words[-2], words[-1]
    return Period(_back(today, _count(count), unit), today)


def _unit(words: list[str], today: date, ahead: bool | None) -> Period:
    which, unit = words[-2], words[-1]
    steps = {"last": 1, "past": 1, "previous": 1, "this": 0, "next": -1, "coming": -1}[which]
    return _unit_around(_back(today, steps, unit), unit)


def _near(words: list[str], today: date, ahead: bool | None) -> Period:
    steps = {"yesterday": -1, "last": -1, "tomorrow": 1}.get(words[0], 0)
    day = today + timedelta(steps)
    return Period(day, day)


def _weekday(words: list[str], today: date, ahead: bool | None) -> Period:
    wanted = WEEKDAYS.index(words[-1])
    if len(words) == 2:
        day = today + timedelta(1) if words[0] == "next" else today - timedelta(1) if words[0] == "last" else today
        ahead = words[0] == "next" or (words[0] == "this" and ahead)
    else:
        day = today
    steps = (wanted - day.weekday()) % 7 if ahead else -((day.weekday() - wanted) % 7)
    return Period(day + timedelta(steps), day + timedelta(steps))


_RESOLVERS = {
    "iso": _iso, "dmy": _day_and_month, "mdy": _day_and_month, "my": _month_and_year, "ago": _ago, "past": _past,
    "unit": _unit, "near": _near, "weekday": _weekday, "month": _month, "year": _year,
}  # fmt: skip


def _ends(period: Period) -> tuple[date, date]:
    return period.first, period.last


def _year_of(days, today: date, ahead: bool | None) -> int:
    """The year in which a day or month lies next to `today`: before it; with `ahead` after it; for None either way."""
    if ahead is None:
        return min((today.year, today.year + 1, today.year - 1), key=lambda y: _apart(days, y, today))
    first, last = days(today.year)
    if ahead:
        return today.year if last >= today else today.year + 1
    return today.year if first <= today else today.year - 1


def _apart(days, year: int, today: date) -> int:
    """Days between `today` and a day or month of a year; a year too many for one that the year lacks."""
    try:
        first, last = days(year)
    except ValueError:  # 29 February, the year before the first
        return 400
    return max((first - today).days, (today - last).days, 0)


def _month_number(word: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(word[:3]))


def _month_of(year: int, month: int) -> Period:
    following = date(year + month // 12, month % 12 + 1, 1)
    return Period(date(year, month, 1), following - timedelta(1))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.get(word, 1)


def _back(day: date, count: int, unit: str) -> date:
    """A day `count` units earlier; the 31st becomes the month's last day."""
    if unit.startswith("day"):
        return day - timedelta(count)
    if unit.startswith("week"):
        return day - timedelta(7 * count)
    months = day.year * 12 + day.month - 1 - count * (12 if unit.startswith("year") else 1)
    last = _month_of(months // 12, months % 12 + 1).last
    return last.replace(day=min(day.day, last.day))


def _unit_around(day: date, unit: str) -> Period:
    """The day, or the week (from Monday), month or year that it lies in."""
    if unit.startswith("day"):
        return Period(day, day)
    if unit.startswith("week"):
        monday = day - timedelta(day.weekday())
        return Period(monday, monday + timedelta(6))
    return _month_of(day.year, day.month) if unit.startswith("month") else _year([str(day.year)], day, False)


def named(day: date) -> str:
    """A day in words: 3 May 2024."""
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"
