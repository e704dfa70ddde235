"""A sentence settles a closed question only where it says just that, or just not that."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.predicates import says
from assistant.settling import verdict

CLOSED = [row.split(" | ") for row in (Path(__file__).parent / "data" / "closed.txt").read_text("utf-8").splitlines()]


def test_no_sentence_settles_what_it_doesnt_say():
    """Of pairs of a question and a sentence none gets a yes or a no that the sentence doesn't give."""
    wrong = [(q, s, said) for q, s, told in CLOSED if (said := verdict(q, s)) not in (told, "not settled")]
    assert len(CLOSED) >= 500
    assert wrong == []


def test_most_sentences_that_settle_a_question_are_known_to():
    """Of those that say yes or no nine in ten are understood: silence is no way to be right."""
    telling = [(q, s, told) for q, s, told in CLOSED if told != "not settled"]
    assert sum(verdict(q, s) == told for q, s, told in telling) >= 0.95 * len(telling) >= 150


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("Was the man freed?", "The man who was held last week was freed without bail on Monday.", "yes"),
        (
            "Did two sailors die?",
            "The storm that killed two sailors on 15 May came from the west and not the east.",
            "yes",
        ),
        (
            "Was the blaze caused by arson?",
            "The blaze that killed two men was caused by a wire, and not by arson.",
            "no",
        ),
        ("Was the mill warned?", "The mill denied that it had been warned.", "no"),
    ],
)
def test_a_negation_counts_only_where_it_governs_what_is_asked(question, sentence, said):
    """ "Without bail" and "not by arson" deny neither that he was freed nor that they died."""
    assert says(question, sentence) == said


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Did 40 people die?", "40 people were hurt and two died."),
        ("Did 40 people die?", "Two of the 40 people on board died."),
        ("Did five people die in the fire?", "A guard was killed and five people were injured when a fire began."),
        ("Did Lowe City beat Tarn Town?", "Ivo Reed scored as Tarn Town beat Lowe City 2-1 on Saturday."),
        ("Was it a chip pan?", "“We are looking at a chip pan,” said Ines Holt, the chief fire officer."),
        ("Did the mayor die?", "The mayor's wife died on Friday."),
        ("Has the firm been sold?", "Northlake bought the Danish firm in 2021 and sold its offices two years later."),
    ],
)
def test_who_did_it_and_to_whom_must_be_the_same(question, sentence):
    """The question's words alone are no yes: they must stand in the same places of the deed."""
    assert says(question, sentence) is None


def test_it_may_stand_only_for_what_was_spoken_of():
    """After a question on operations, a number of appointments says neither yes nor no."""
    before = "How many operations were cancelled? 34"
    assert says("Was it 340?", "In May 340 operations were cancelled.", before) == "yes"
    assert says("Was it 340?", "In May 340 appointments were cancelled.", before) is None


def test_he_is_only_who_was_spoken_of():
    """ "Did he resign?", asked of the bishop, isn't answered by the mayor's going."""
    assert says("Did he resign?", "The bishop resigned.", "Who was accused? The bishop") == "yes"
    assert says("Did he resign?", "The mayor resigned.", "Who was accused? The bishop") is None


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("Did the club fire its coach?", "The club sacked its coach.", "yes"),
        ("Was Reed fired?", "Reed was dismissed on Monday.", "yes"),
        ("Did the board dismiss Reed?", "The board fired Reed.", "yes"),
        ("Did troops fire on the crowd?", "Troops dismissed the crowd.", None),
        ("Did the army fire the rocket?", "The army dismissed the rocket.", None),
        ("Was the claim dismissed?", "The claim was dismissed.", "yes"),
        ("Was the claim dismissed?", "The claim was fired.", None),
    ],
)
def test_only_people_are_fired_where_they_are_dismissed(question, sentence, said):
    """To sack, to dismiss and to fire are one where it is done to somebody; a claim is dismissed, a shot fired."""
    assert says(question, sentence) == said


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Did the dog bite the postman?", "The dog bit the postman's hand."),
        ("Did the firm pay the fine?", "The firm paid half of the fine."),
        ("Did rebels attack the port?", "Rebels attacked the road to the port."),
        ("Did the fire start in the kitchen?", "The fire started near the kitchen."),
        ("Did the strike begin on Monday?", "The strike began after Monday's vote."),
        ("Did the talks break down?", "The talks broke up."),
        ("Did the plane take off?", "The plane took on fuel."),
        ("Did the orchestra play in Osby?", "The orchestra played in Tarn and slept in Osby."),
        ("Did the bank rob customers?", "The bank reported that thieves robbed customers."),
        ("Did all the crew survive?", "Several of the crew survived."),
        ("Did both pilots die?", "One pilot died."),
        ("Did the rebels free Holm?", "The rebels freed all but Holm."),
        ("Did 12 people die?", "More than 12 people died."),
        ("Did 40 people die?", "40 people died or were hurt."),
        ("Was anyone hurt?", "No children were hurt."),
        ("Is Jane Holm the mayor?", "Jane Holm, the deputy mayor, spoke."),
        ("Is the bridge closed?", "The bridge closed in 1988 and reopened in 2001."),
        ("Does the mayor support the tram?", "The mayor supported the tram until May."),
        ("Will the ferry run?", "The ferry would run if money were found."),
    ],
)
def test_what_is_said_of_another_thing_settles_nothing(question, sentence):
    """A part, another preposition, deed, time or condition make another thing of the same words."""
    assert says(question, sentence) is None


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("Did the strike end?", "The strike finally ended after a deal.", "yes"),
        ("Did the storm flood the town?", "The storm flooded the town.", "yes"),
        ("Did voters back the plan?", "Voters backed the plan by a narrow margin.", "yes"),
        ("Did the troops march to the border?", "The troops marched to the border at dawn.", "yes"),
        ("Did the union call off the strike?", "The strike was called off by the union.", "yes"),
        ("Did the council close the bridge?", "Fearing a collapse, the council closed the bridge at once.", "yes"),
        ("Did the council close the bridge?", "The bridge, which the council closed in May, is old.", "yes"),
        ("Were nine people injured?", "Two people were killed and nine injured.", "yes"),
        ("Was the teacher sacked?", "The teacher was suspended but not sacked.", "no"),
        ("Was the boy found?", "A farmer found the boy alive in a shed.", "yes"),
        ("Did the club fund the pool?", "The club did not fund the pool.", "no"),
    ],
)
def test_what_a_reader_would_accept_at_once_is_accepted(question, sentence, said):
    """An adverb, a clause beside it, a relative clause or a shared auxiliary hides nothing."""
    assert says(question, sentence) == said
