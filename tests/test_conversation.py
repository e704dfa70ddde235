"""What a question means after the turns before it, and what in a conversation is no question."""

from __future__ import annotations

import pytest

from assistant.answer import Choice, Turn
from assistant.conversation import (
    Sense,
    chosen,
    courtesy,
    doubted,
    leans,
    leant_on,
    names_another,
    readings,
    stands_alone,
)

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
        ("Bye!", "farewell"),
        ("thanks, bye", "farewell"),
        ("ok", "nod"),
        ("yes please", "nod"),
        ("I see, interesting", "nod"),
        ("Can you help me?", "help"),
        ("who says that?", "doubt"),
        ("ok, see you later", "farewell"),
        ("help", "help"),
        ("Who are you?", "help"),
        ("how does this work?", "help"),
        ("are you a robot", "help"),
        ("You are so stupid!", "insult"),
        ("WTF", "insult"),
        ("what a useless bot", "insult"),
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
        "Who helped the crew?",
        "Are you a member of the council, he asked",
        "Who called the mayor stupid?",
        "Is this rubbish burned or buried?",
        "What is this bridge?",
        "",
    ],
)
def test_a_courtesy_with_a_question_is_a_question(words):
    """Where anything is asked as well, it isn't swallowed."""
    assert courtesy(words) is None


def test_the_first_question_has_one_reading():
    """Without turns before it a question means what it says."""
    assert readings("Why?", ()) == [Sense("Why?")]


def test_a_question_is_read_alone_first():
    """After a turn a question is read alone, then after the last question and its answer; no word is changed."""
    after = Sense("Who runs the ferry? Brightwater Lines Since when?", "after")
    assert readings("Since when?", [FIRST]) == [Sense("Since when?"), after]


@pytest.mark.parametrize(
    ("question", "in_many", "in_one"),
    [
        ("How old is Maren Voss?", True, True),
        ("How much will the new ferry terminal cost?", True, True),
        ("How old is the driver?", False, True),
        ("How old is he?", False, False),
        ("And how old is Maren Voss?", False, False),
        ("Who else works for Brightwater Lines?", False, False),
        ("Why?", False, False),
        ("For how many years, Brightwater Lines said?", False, False),
    ],
)
def test_a_question_that_says_all_is_never_bent(question, in_many, in_one):
    """What names all that it is about is read alone unless the person wants it otherwise; else both ways."""
    assert [stands_alone(question, one) for one in (False, True)] == [in_many, in_one]
    assert len(readings(question, [FIRST])) == (1 if in_many else 2)
    assert [sense.reading for sense in readings(question, [FIRST], "after")] == ["after"]


def test_the_person_can_choose_the_reading():
    """A reading that is chosen is the only one."""
    assert readings("Since when?", [FIRST], "alone") == [Sense("Since when?")]
    assert [sense.reading for sense in readings("Since when?", [FIRST], "after")] == ["after"]


def test_courtesies_are_no_turns_to_lean_on():
    """After "Thanks!" a follow-up still means the question before it; after nothing else it has one reading."""
    assert readings("Since when?", [FIRST, Turn("Thanks!", "")]) == readings("Since when?", [FIRST])
    assert readings("Since when?", [Turn("Hello", "")]) == [Sense("Since when?")]


def test_a_doubt_is_about_the_last_question_and_the_turns_before_it():
    """“Are you sure?” is the question before it, past other courtesies, understood as it was then."""
    history = [FIRST, SECOND, Turn("Thanks!", "")]
    assert doubted("Are you sure?", history) == ("Since when?", [FIRST])
    assert doubted("Since when?", history) is None


def test_a_doubt_of_nothing_stays_itself():
    """Where only courtesies were said, there is no question to ask again."""
    assert doubted("Really?", [Turn("Hello", "")]) is None


ASKED_BACK = Turn(
    "What is this article about?",
    "",
    choices=(Choice("Ferry aground off Lindholm", ("a",)), Choice("Ferry bids are in", ("b", "c"))),
)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Ferry bids are in", 1),
        ("the second one", 1),
        ("2", 1),
        ("first", 0),
        ("number one", 0),
        ("the one about the bids", 1),
        ("lindholm please", 0),
        ("The third", None),
        ("ferry", None),
        ("the", None),
        ("", None),
        ("Who pays for the bids?", None),
    ],
)
def test_a_choice_can_be_typed(words, place):
    """By its number, its words, or a word that no other choice has; anything else is a new question."""
    assert chosen(words, [FIRST, ASKED_BACK]) == (None if place is None else ASKED_BACK.choices[place])
    assert chosen(words, [ASKED_BACK, FIRST]) is None


def test_a_question_of_two_parts_is_also_read_by_its_first():
    """ "How much, and since when?" is asked as it stands and by its first part; one part stays as it is."""
    both = "How much has the price risen, and since when?"
    assert [sense.words for sense in readings(both, [])] == [both, "How much has the price risen?"]
    assert readings("Who lives in Bath and Wells?", []) == [Sense("Who lives in Bath and Wells?")]


@pytest.mark.parametrize(
    ("question", "so"),
    [
        ("Why?", True),
        ("Who put it out?", True),
        ("And the mayor?", True),
        ("What is his job?", True),
        ("Who is the mayor?", False),
        ("How many people left their homes?", False),
    ],
)
def test_what_points_back_leans(question, so):
    """A question leans that points to what was said, or says nothing itself; "their homes" points to its own people."""
    assert leans(question) is so


@pytest.mark.parametrize(
    ("question", "so"),
    [("and the council?", True), ("what about the jet?", True), ("and who pays?", False), ("and is it shut?", False)],
)
def test_another_thing_is_named(question, so):
    """ "And the council?" asks the same about another; "and who pays?" asks something else."""
    assert names_another(question) is so


def test_a_question_leans_on_what_was_found():
    """A follow-up that found nothing says nothing of what is spoken of, and the turn before it does."""
    lost = Turn("Why?", "")
    assert leant_on([FIRST, lost]) == FIRST
    assert leant_on([FIRST, Turn("Who won the Osby election?", "")]) == Turn("Who won the Osby election?", "")
    assert leant_on([]) is None
