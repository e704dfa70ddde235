"""Days as people name them, counted from Wednesday 12 March 2025 by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.days import Period, mentions, named, period, yearless

DATA = Path(__file__).parent / "data"
TODAY = date(2025, 3, 12)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("today", "2025-03-12", "2025-03-12"),
        ("yesterday", "2025-03-11", "2025-03-11"),
        ("Wednesday", "2025-03-12", "2025-03-12"),
        ("Thursday", "2025-03-06", "2025-03-06"),
        ("last Wednesday", "2025-03-05", "2025-03-05"),
        ("next Wednesday", "2025-03-19", "2025-03-19"),
        ("last week", "2025-03-03", "2025-03-09"),
        ("this month", "2025-03-01", "2025-03-31"),
        ("last month", "2025-02-01", "2025-02-28"),
        ("last year", "2024-01-01", "2024-12-31"),
        ("the past 3 days", "2025-03-09", "2025-03-12"),
        ("two weeks ago", "2025-02-24", "2025-03-02"),
        ("November", "2024-11-01", "2024-11-30"),
        ("March", "2025-03-01", "2025-03-31"),
        ("February 2024", "2024-02-01", "2024-02-29"),
        ("3 May", "2024-05-03", "2024-05-03"),
        ("May 3rd, 2023", "2023-05-03", "2023-05-03"),
        ("2025-01-31", "2025-01-31", "2025-01-31"),
        ("2019", "2019-01-01", "2019-12-31"),
    ],
)
def test_an_expression_names_its_days(words, first, last):
    """A weekday, day or month without its year is the latest that isn't after today."""
    assert period(words, TODAY) == Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("words", ["31 February", "2025-13-01", "the fire", "", "0 May", "Fridays", "twelve"])
def test_what_names_no_day_is_none(words):
    """A day that there is not, and words that are no day, are nothing."""
    assert period(words, TODAY) is None


def test_looking_ahead():
    """Of what is to come, a weekday or month is the next one."""
    assert period("Thursday", TODAY, ahead=True).first == date(2025, 3, 13)
    assert period("January", TODAY, ahead=True).first == date(2026, 1, 1)


def found(text: str, written: str | None = "2025-03-12") -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.period.first.isoformat()) for m in mentions(text, written)]


def test_the_tense_says_which_way_a_day_lies():
    """“Closed on Saturday” is the last one; “will open on Saturday” the next; each clause has its own tense."""
    assert found("The bridge closed on Saturday.") == [("Saturday", "2025-03-08")]
    assert found("The bridge will open on Saturday.") == [("Saturday", "2025-03-15")]
    assert found("The board will decide in July, but it met on Monday.") == [
        ("July", "2025-07-01"),
        ("Monday", "2025-03-10"),
    ]


def dated() -> list[list[str]]:
    lines = (DATA / "days.txt").read_text("utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("written", "sentence", "days"), dated())
def test_a_sentence_names_its_days(written, sentence, days):
    """A day lies where the verb nearest before it puts it: “will close, she said on Monday” was the Monday before."""
    told = [(sentence[m.start : m.end], m.period) for m in mentions(sentence, written)]
    spans = [(p.first.isoformat(), p.last.isoformat()) for _, p in told]
    named = [f"{words}={a}" if a == b else f"{words}={a}..{b}" for (words, _), (a, b) in zip(told, spans, strict=True)]
    assert "; ".join(named) == days


def test_a_day_without_year_or_verb_is_the_nearest():
    """“Concert on 3 January”, written at the end of December, is a week ahead; 20 December was just before."""
    assert found("Concert on 3 January", "2025-12-27") == [("3 January", "2026-01-03")]
    assert found("Concert on 20 December", "2025-12-27") == [("20 December", "2025-12-20")]
    assert found("Leap day, 29 February", "2025-03-12") == [("29 February", "2024-02-29")]


def test_only_what_is_led_in_as_a_month_or_year_is_one():
    """“May” the verb, a number of four digits and a repeated weekday are no days."""
    assert found("They may sell 1998 boats on Fridays, she said.") == []
    assert found("This may not last, USA TODAY wrote, and Black Friday came.") == []
    assert found("In January 340 people came.") == [("January", "2025-01-01")]
    assert found("It opened in May 1998.") == [("May 1998", "1998-05-01")]


def test_without_the_articles_day_only_full_dates_count():
    """“On Tuesday” means nothing in an article without a date."""
    assert found("It sank on Tuesday, not on 3 May 2019.", None) == [("3 May 2019", "2019-05-03")]


def test_a_mention_says_whether_it_was_counted():
    """A date with its year stands by itself; others are counted from the day of writing."""
    assert [m.relative for m in mentions("On Monday, not on 3 May 2019 or 4 June", "2025-03-12")] == [True, False, True]


def test_days_that_come_every_year():
    """“3 May” and “November” lack a year; “last November”, “Tuesday” and “May 2024” don't."""
    assert [w for w in ("3 May", "November", "last November", "Tuesday", "May 2024") if yearless(w)] == [
        "3 May",
        "November",
    ]


def test_a_day_in_words():
    """A day is written without leading zeros."""
    assert named(date(2024, 5, 3)) == "3 May 2024"


@given(st.text(max_size=60), st.dates())
def test_any_words_are_days_or_not(words, today):
    """No words raise, and a period never ends before it begins."""
    span = period(words, today)
    assert span is None or span.first <= span.last
    assert all(0 <= m.start < m.end <= len(words) for m in mentions(words, today.isoformat()))
