"""Corrections: what a note withdraws, what it puts in its place, and the report that it corrects."""

from __future__ import annotations

import pytest

from assistant.agreement import agree
from assistant.answer import Quote
from assistant.claims import Statement
from assistant.wording import corrects, told
from index.articles import Article
from tests.statements import WHEN, in_article, said


def test_a_correction_leads_and_is_called_one():
    """Where the text says that it corrects, the corrected answer is given, whatever its day."""
    note = Article(
        "note", "An earlier version of this report gave a wrong figure. It was 142 nurses who left.", outlet="Post",
        published=WHEN,
    )  # fmt: skip
    agreed = agree(
        "How many nurses left?",
        [
            said("412", "Last year 412 nurses left.", "Post", WHEN, 13.0),
            said("142", "It was 142 nurses who left.", article=note),
        ],
    )
    assert agreed.disagreement and agreed.disagreement.kind == "correction"
    assert [s.answer for s in agreed.sides] == ["142", "412"]


def test_what_a_correction_repeats_is_no_source_for_it():
    """An article that repeats the old answer to correct it speaks for the new one alone."""
    old = said("Friday", "The actor died on Friday.", "Post", "2024-05-04", 13.0)
    text = "We wrote that the actor had died on Friday, and regret the error. He died on Thursday."
    note = Article("note", text, outlet="Post", published=WHEN)
    repeated = said("Friday", text.split(". ")[0], article=note, score=12.5)
    new = said("Thursday", "He died on Thursday.", article=note, score=11.0)
    agreed = agree("When did the actor die?", [old, repeated, new])
    assert agreed.disagreement and agreed.disagreement.kind == "correction"
    assert [(s.answer, [q.article.id for q in s.quotes]) for s in agreed.sides] == [
        ("Thursday", ["note"]),
        ("Friday", [old.quote.article.id]),
    ]


def test_people_who_are_wrong_are_no_correction():
    """ "Wrong" corrects an outlet's report only where it speaks of that."""
    text = "The minister said the union had been wrong about the mine. It has 33 workers."
    assert not corrects(Article("a", text), 59, len(text))
    assert corrects(Article("b", "We were wrong about the mine. It has 33 workers."), 30, 48)


WRONG = "The clinic called off 340 operations in January because it had no beds, figures seen by us show."
NOTE = (
    "An article on 3 February about the clinic gave a wrong figure. It said that 340 operations had been called off in"
    " January. The correct number is 34. Our reporter misread a table."
)
CALLED_OFF = "How many operations were called off?"


def test_a_note_that_repeats_the_wrong_figure_gives_the_right_one():
    """Though the note's sentence with the old figure reads best, the right one leads, and the old report is shown."""
    old = in_article("340", WRONG, 6.0, "Clinic called off 340 operations", outlet="Post", published="2026-02-03")
    note = Article("note", NOTE, "Correction: the clinic", "Post", published="2026-02-05")
    at = NOTE.index("340")
    repeated = Statement("340", Quote(note, NOTE.index("It said"), NOTE.index(" The correct")), 22.0, at)
    right = Statement("34", Quote(note, NOTE.index("The correct"), NOTE.index(" Our")), 12.0, NOTE.index("34."))
    agreed = agree(CALLED_OFF, [repeated, right, old])
    assert [(s.answer, s.quotes[0].article.id) for s in agreed.sides] == [("34", "note"), ("340", old.quote.article.id)]
    assert agreed.disagreement and agreed.disagreement.kind == "correction"


def test_a_correction_without_its_report_quotes_the_note_for_both():
    """Where the library lacks the report that is corrected, the note's own words stand for the old answer."""
    note = Article("note", NOTE, "Correction: the clinic", "Post", published="2026-02-05")
    repeated = Statement("340", Quote(note, NOTE.index("It said"), NOTE.index(" The correct")), 22.0, NOTE.index("340"))
    right = Statement("34", Quote(note, NOTE.index("The correct"), NOTE.index(" Our")), 12.0, NOTE.index("34."))
    agreed = agree(CALLED_OFF, [repeated, right])
    assert [s.answer for s in agreed.sides] == ["34", "340"]
    assert agreed.disagreement and agreed.disagreement.kind == "correction"


@pytest.mark.parametrize(
    ("quote", "answer", "verdict"),
    [
        ("It said that 340 operations had been called off.", "340", "withdrawn"),
        ("The correct number is 34.", "34", "right"),
        ("Instead of 60 centimetres there were 16 centimetres.", "60 centimetres", "withdrawn"),
        ("The figure of 412 was wrong.", "412", "withdrawn"),
        ("The share is 85 per cent and not 58.", "85 per cent", "right"),
        ("The wall runs past the mill.", "the mill", None),
    ],
)
def test_a_notes_words_tell_old_from_right(quote, answer, verdict):
    """What a correction withdraws and what it puts in its place is told by the words beside it."""
    assert told(quote, answer) == verdict


def test_what_people_say_of_each_other_corrects_no_report():
    """ "We came too late" in a fire officer's mouth makes no correction of an article."""
    text = "The roof fell in. “We pulled seven out, and for two we were wrong to wait,” she said. A mistake, he said."
    assert not corrects(Article("a", text), 0, 17)


# A sentence that sets another account in the place of the first one


@pytest.mark.parametrize(
    "sentence",
    [
        "Investigators now think that it began in the kitchen and not, as was first suspected, in a cold store.",
        "It began in the kitchen, not in a cold store, as was at first reported.",
        "Contrary to first reports it began in the kitchen rather than in a cold store.",
    ],
)
def test_what_is_put_in_the_place_of_a_first_suspicion_leads(sentence):
    """The later account leads, though the first one reads better, and the first is shown as corrected."""
    first = in_article(
        "in a cold store", "The fire in the mill may have begun in a cold store, the chief said.", 20.0, "Mill burns",
        outlet="Post", published="2025-03-11",
    )  # fmt: skip
    revised = in_article("in the kitchen", sentence, 12.0, "Mill fire: the cause", outlet="Sun", published="2025-03-12")
    agreed = agree("Where did the fire begin?", [first, revised])
    assert [side.answer for side in agreed.sides] == ["in the kitchen", "in a cold store"]
    assert agreed.disagreement and agreed.disagreement.kind == "correction"


def test_how_a_mistake_was_made_is_no_answer_that_corrects():
    """A clause of a note tells how the figure went wrong; asked why, it doesn't lead over the report."""
    old = in_article(
        "it had no beds", WRONG, 16.0, "Clinic called off operations", outlet="Post", published="2026-02-03"
    )
    note = Article("note", NOTE, "Correction: the clinic", "Post", published="2026-02-05")
    at = NOTE.index("Our reporter")
    misread = Statement("Our reporter misread a table", Quote(note, at, len(NOTE)), 15.0, at)
    agreed = agree("Why were the operations called off?", [old, misread])
    assert agreed.sides[0].answer == "it had no beds"
    assert agreed.disagreement is None


def test_a_suspicion_alone_corrects_nothing():
    """ "Was first suspected" without what it was put aside for is no correction."""
    text = "The fault was first suspected in May, and it is in the kitchen."
    assert not corrects(Article("a", text), 0, len(text))
