"""Two things of one kind in one place: each has its own day, and none is hidden behind the other."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.occasions import happened, kinds, two_occasions
from index.articles import Article
from index.library import Library
from index.sync import sync
from tests.statements import agree, in_article

MARCH, APRIL = (
    f"{dead} people were killed when a fire broke out in a {kind} warehouse on Mill Street in Lowbridge on {day}, the "
    f"fire service said. {crew} firefighters fought the blaze until {end}. The cause is not yet known. Police closed "
    "Mill Street and told people in Lowbridge to keep their windows shut."
    for dead, kind, day, crew, end in (
        ("Two", "paper", "Tuesday", "Forty", "midday"),
        ("Five", "furniture", "Wednesday", "Sixty", "the evening"),
    )
)
FIRST = Article(
    "first", MARCH, title="Two dead as warehouse burns in Lowbridge", outlet="Courier", published="2025-03-11"
)
SECOND = Article(
    "second", APRIL, title="Second warehouse burns in Lowbridge, five dead", outlet="Courier", published="2025-04-02"
)
UPDATE = Article(
    "update", "The fire’s toll rose to three on Thursday, when a man died. A fire destroyed a warehouse on Tuesday.",
    outlet="Star", published="2025-03-13",
)  # fmt: skip
OTHER = Article(
    "library", "The council of Lowbridge plans to build a library by the station. It will cost nine million pounds.",
    title="Lowbridge plans a library", outlet="Courier", published="2025-04-05",
)  # fmt: skip
FIRE = kinds("How many people died in the fire?")


def test_reports_of_a_fire_on_days_apart_tell_of_two_fires():
    """However alike their words; a later report of the same fire names its day, or brings up no fire of its own."""
    assert two_occasions(FIRE, FIRST, SECOND)
    assert not two_occasions(FIRE, FIRST, UPDATE)
    assert happened(FIRE[-1], FIRST) and not two_occasions(kinds("How many died?"), FIRST, SECOND)


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("Did the rescue helicopter crash?", "helicopter"),
        ("When did the harbour fire break out?", "fire"),
        ("How many died in the old mill fire?", "fire"),
        ("Did the fire destroy homes?", "fire"),
        ("Was the new trial delayed?", "trial"),
        ("Who owns the ferry Alma?", "ferry"),
    ],
)
def test_a_thing_is_of_the_kind_that_its_head_noun_names(question, head):
    """A harbour fire is a fire, however it is called in the question; a harbour is not asked about."""
    assert kinds(question) == kinds(f"Where is the {head}?")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("An inquiry opened on Friday into how a fire killed two on 3 March.", "2025-03-03"),
        ("An inquiry opened on Friday into how a fire killed two.", None),
        ("A fire killed two on Tuesday, police said on Wednesday.", "2025-03-25"),
        ("A fire killed two, police said on Wednesday.", None),
        ("Two people died on Tuesday when a fire broke out.", "2025-03-25"),
    ],
)
def test_the_day_of_a_thing_is_that_of_its_own_clause(text, day):
    """Neither that on which somebody speaks of it nor that of an inquiry into it."""
    found = happened(FIRE[0], Article("a", text, published="2025-03-28"))
    assert (found and found.first.isoformat()) == day


def test_two_fires_dont_disagree_and_both_days_are_shown():
    """Five dead in April are no later count of March's two; and Wednesday is the day of the second fire."""
    two = in_article("Two", MARCH, outlet="Courier", published="2025-03-11")
    five = in_article("Five", APRIL, outlet="Courier", published="2025-04-02")
    agreed = agree("How many people died in the fire?", [five, two])
    assert {side.answer for side in agreed.sides} == {"Two", "Five"} and agreed.disagreement is None
    days = [
        in_article("Tuesday", MARCH, outlet="Courier", published="2025-03-11"),
        in_article("Wednesday", APRIL, outlet="Courier", published="2025-04-02"),
    ]
    agreed = agree("When did the fire break out?", days)
    assert {side.answer for side in agreed.sides} == {"Tuesday", "Wednesday"} and agreed.disagreement is None


@pytest.fixture(scope="module")
def lowbridge(tmp_path_factory) -> Assistant:
    """A library of two warehouse fires on one street, and of something else."""
    folder = tmp_path_factory.mktemp("lowbridge")
    for article in (FIRST, SECOND, OTHER):
        head = f"title: {article.title}\noutlet: Courier\npublished: {article.published}"
        (folder / f"{article.id}.md").write_text(f"---\n{head}\n---\n\n{article.text}\n", "utf-8")
    assert not sync([folder], folder / "library").problems
    return Assistant(Library.open(folder / "library"))


def test_the_answer_says_which_of_two_fires_it_means(lowbridge):
    """Each count stands after the day of its fire, though the question names the town of both."""
    answer = lowbridge.answer("How many people were killed in the warehouse fire in Lowbridge?")
    assert "11 March 2025: The fire service said: “Two”." in answer.words
    assert "2 April 2025: The fire service said: “Five”." in answer.words
    assert answer.disagreement is None and len(answer.choices) == 2
