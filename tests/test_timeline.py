"""Dated statements in the order of what they tell."""

from __future__ import annotations

import pytest

from assistant.answer import Quote
from assistant.timeline import dated, foremost, timeline
from index.articles import Article

FIRST = Article(
    "first",
    "The dam broke on Monday. It will be mended by July. Nobody was hurt. It was built in 1931.",
    outlet="The Echo",
    published="2025-03-12",
)
LATER = Article("later", "The dam broke on 10 March. Yesterday the mayor resigned.", published="2025-03-20")
COPY = Article("copy", "The dam broke on Monday.", published="2025-03-13")


def told(*articles: Article) -> list[tuple[str, str, str | None]]:
    return [(m.named, m.quote.text, m.quote.article.published) for m in timeline(articles)]


def test_events_stand_in_the_order_in_which_they_happened():
    """The event's day is told apart from the article's, whichever came first; what has no day is left out."""
    assert told(LATER, FIRST) == [
        ("1931", "It was built in 1931.", "2025-03-12"),
        ("10 March 2025", "The dam broke on Monday.", "2025-03-12"),
        ("10 March 2025", "The dam broke on 10 March.", "2025-03-20"),
        ("19 March 2025", "Yesterday the mayor resigned.", "2025-03-20"),
        ("July 2025", "It will be mended by July.", "2025-03-12"),
    ]


def test_the_words_that_date_an_event_are_the_articles():
    """Each moment shows the words it was dated by and whether they had to be counted."""
    assert [(m.when, m.relative) for m in timeline([FIRST])] == [("1931", False), ("Monday", True), ("July", True)]
    assert all(m.when in m.quote.text for m in timeline([FIRST, LATER]))


def test_a_copied_statement_stands_once():
    """The same words in another article are noted with the earliest."""
    monday = [m for m in timeline([COPY, FIRST]) if m.when == "Monday"]
    assert [(m.quote.article.id, [a.id for a in m.quote.also_in]) for m in monday] == [("first", ["copy"])]


def test_an_article_without_a_day_gives_full_dates_only():
    """What would have to be counted from an unknown day is left out."""
    undated = Article("undated", "It sank on Monday. It was raised on 3 May 2024.")
    assert told(undated) == [("3 May 2024", "It was raised on 3 May 2024.", None)]


def test_a_sentence_is_told_on_each_day_that_it_names():
    """One that tells of an arrest and of a release stands on both days; a day that it names twice is one moment."""
    both = Article("both", "Held on Monday, he was freed on Tuesday; on Tuesday he wept.", published="2025-03-12")
    assert [(m.named, m.when) for m in timeline([both])] == [("10 March 2025", "Monday"), ("11 March 2025", "Tuesday")]


def test_of_too_many_moments_each_day_keeps_one():
    """A second moment of a day is left out before the only one of another, a year before a day, late before early."""
    text = "It broke on Monday. It leaked on Monday. It was built in 1931. It shut on Sunday. It failed on Saturday."
    moments = timeline([Article("many", text, published="2025-03-12")])
    assert [m.when for m in moments] == ["1931", "Saturday", "Sunday", "Monday", "Monday"]
    assert [m.when for m in foremost(moments, 4)] == ["1931", "Saturday", "Sunday", "Monday"]
    assert [m.when for m in foremost(moments, 3)] == ["Saturday", "Sunday", "Monday"]
    assert [m.quote.text for m in foremost(moments, 1)] == ["It broke on Monday."]


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("When did it sink?", "Tuesday night", "“Tuesday” is 18 November 2025, counted from the day of its article."),
        (
            "What date was that?",
            "on Tuesday",
            "“Tuesday” is 18 November 2025, counted from the day of its article.",
        ),
        ("When will it be raised?", "February", "“February” is February 2026, counted from the day of its article."),
        ("When was it built?", "May 1931", ""),
        ("When was it launched?", "3 June", ""),
        ("What sank?", "The barge sank on Tuesday", ""),
    ],
)
def test_a_day_in_other_words_is_told_in_full(question, answer, told):
    """“Tuesday night” is said to be 18 November; a day that names itself is not repeated, nor one not asked for."""
    text = "The barge sank on Tuesday night; built in May 1931 and launched on 3 June, it will be raised in February."
    barge = Article("barge", text, published="2025-11-19")
    assert dated(question, Quote(barge, 0, len(text)), answer) == told
