"""Two fires in two towns: a question about "the fire" is answered for each, never as a disagreement."""

from __future__ import annotations

import pytest

from assistant.answer import Terms, turn_of
from assistant.assistant import Assistant
from assistant.settings import SAMPLE
from index.library import Library
from index.sync import sync

MILL = """---
id: osby-mill-fire
title: Flour mill at Osby gutted by fire
outlet: Osby Weekly
published: 2025-09-02
---

A fire destroyed the old flour mill at Osby on Monday night and killed the watchman, a man of 61, the police said.

It broke out in the grain dryer at about eleven and spread to the wooden silos. Forty firefighters worked until dawn. \
The mill, which stood empty on its upper floors, had been due to be turned into flats.

“There was nothing left to save when we came,” said Berta Lind, who led the crews. The owner, Karl Auer, put the \
damage at £900,000.
"""
FOUGHT = "How many firefighters fought the fire?"


@pytest.fixture(scope="module")
def two_fires(tmp_path_factory) -> Assistant:
    """The sample's articles, and one on a fire in another town."""
    folder = tmp_path_factory.mktemp("fires")
    (folder / "articles").mkdir()
    (folder / "articles" / "mill.md").write_text(MILL, "utf-8")
    assert not sync([SAMPLE, folder / "articles"], folder / "library").problems
    return Assistant(Library.open(folder / "library"))


def test_a_question_about_two_fires_is_answered_for_each(two_fires):
    """Each answer stands after what sets its fire apart; they don't disagree, and a button leaves one."""
    both = two_fires.answer(FOUGHT)
    assert (both.short, both.alternatives, both.disagreement) == ("60", ("Forty",), None)
    assert (
        both.words.startswith("Harrowmouth, 11 March 2025: “60”.") and "Osby, 2 September 2025: “Forty”." in both.words
    )
    assert {quote.article.id for quote in both.quotes} == {"harbour-fire-agency", "osby-mill-fire"}
    assert [choice.words.partition(":")[0] for choice in both.choices] == [
        "Harrowmouth, 11 March 2025",
        "Osby, 2 September 2025",
    ]
    assert "harbour-fire-update" in both.choices[0].articles


def test_one_of_two_fires_can_be_chosen(two_fires):
    """By a click or by typing which; what was shown of it before is found again."""
    both = two_fires.answer(FOUGHT)
    clicked = two_fires.answer(FOUGHT, terms=Terms(choice=both.choices[1]))
    typed = two_fires.answer("the second one", history=[turn_of(both)])
    for one in (clicked, typed):
        assert one.short == "Forty" and {quote.article.id for quote in one.quotes} == {"osby-mill-fire"}


def test_the_fire_that_was_spoken_of_is_meant(two_fires):
    """After a question about one fire, "the fire" is that one; the other is still offered."""
    shown = turn_of(two_fires.answer("How many people died in the harbour fire?"))
    answer = two_fires.answer(FOUGHT, history=[shown])
    assert answer.short == "60" and "osby-mill-fire" not in {quote.article.id for quote in answer.quotes}
    assert len(answer.choices) == 2


@pytest.mark.parametrize(
    "question", ["How many firefighters fought the fire in Osby?", "How much will the bridge cost?"]
)
def test_a_question_that_says_which_is_not_asked_back(two_fires, question):
    """A place tells which fire is meant, and of one bridge there is no other."""
    assert two_fires.answer(question).choices == ()


def test_one_story_in_two_articles_is_one_thing(two_fires):
    """Two outlets on one bridge disagree: they are not about two bridges."""
    answer = two_fires.answer("How much will the bridge cost?")
    assert answer.disagreement is not None and {"£6.8 million", "£4.2 million"} == {answer.short, *answer.alternatives}
