"""What a question means after the turns before it, and what in a conversation is no question."""

from __future__ import annotations

import pytest

from assistant.answer import Turn
from assistant.conversation import courtesy, readings

FIRST = Turn("Who runs the ferry?", "Brightwater Lines")
SECOND = Turn("Since when?", "2019")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Hi", "greeting"),
        ("Hello there!", "greeting"),
        ("good evening", "greeting"),
        ("Thank you very much!", "thanks"),
        ("OK, thanks", "thanks"),
        ("thanks for your help", "thanks"),
        ("Are you really sure about that?", "doubt"),
        ("Is that right?", "doubt"),
        ("Really?", "doubt"),
        ("Can you double-check that?", "doubt"),
    ],
)
def test_courtesies_are_known(words, kind):
    """Greetings, thanks and doubts are known whatever their marks and case."""
    assert courtesy(words) == kind


@pytest.mark.parametrize(
    "words",
    [
        "Hi, who runs the ferry?",
        "Thanks to whom did they win?",
        "Are you sure he resigned?",
        "Is that bridge shut?",
        "",
    ],
)
def test_a_courtesy_with_a_question_is_a_question(words):
    """Where anything is asked as well, it isn't swallowed."""
    assert courtesy(words) is None


def test_the_first_question_has_one_reading():
    """Without turns before it a question means what it says."""
    assert readings("Why?", ()) == ["Why?"]


def test_a_question_is_read_alone_first():
    """After a turn a question is read alone, then after the last question and its answer; no word is changed."""
    assert readings("Since when?", [FIRST]) == ["Since when?", "Who runs the ferry? Brightwater Lines Since when?"]


def test_a_doubt_asks_the_last_question_again():
    """“Are you sure?” is the question before it, past other courtesies."""
    history = [FIRST, SECOND, Turn("Thanks!", "")]
    assert readings("Are you sure?", history) == ["Since when?"]


def test_a_doubt_of_nothing_stays_itself():
    """Where only courtesies were said, there is no question to ask again."""
    assert readings("Really?", [Turn("Hello", "")]) == ["Really?"]


def test_a_question_of_two_parts_is_also_read_by_its_first():
    """ "How much, and since when?" is asked as it stands and by its first part; one part stays as it is."""
    both = "How much has the price risen, and since when?"
    assert readings(both, []) == [both, "How much has the price risen?"]
    assert readings("Who lives in Bath and Wells?", []) == ["Who lives in Bath and Wells?"]
