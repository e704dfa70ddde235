"""Dated statements in the order of what they tell."""

from __future__ import annotations

from assistant.timeline import timeline
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


def test_a_long_timeline_keeps_what_stands_first():
    """Of too many moments those nearest their article's beginning stay, in order of time."""
    many = Article("many", " ".join(f"Item {n} came in {2020 - n}." for n in range(10)), published="2025-01-01")
    assert [m.named for m in timeline([many], most=3)] == ["2018", "2019", "2020"]
