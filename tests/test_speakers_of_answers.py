"""An answer is its own speaker's, also where its sentence has two; and its words are dated where a report is newer."""

from __future__ import annotations

import pytest

from assistant.agreement import copied
from assistant.answer import Answer, Disagreement, Quote, Side
from assistant.excerpts import quote as voiced
from assistant.phrasing import words_for
from assistant.quoting import aside, cue, spoken, unhedged
from index.articles import Article
from ui.render import markdown


def article(text: str, **more: str) -> Article:
    return Article(more.pop("id", "a"), text, **more)


@pytest.mark.parametrize(
    ("text", "answer", "speaker"),
    [
        ("Keller said the plan was good, but Holm called it a disaster.", "a disaster", "Holm"),
        ("Keller said the plan was good, but Holm called it a disaster.", "good", "Keller"),
        ("Police said 20 people marched, while organisers said there were 900.", "900", "organisers"),
        ("Police said 20 people marched, while organisers said there were 900.", "20", "Police"),
        (
            "Correction: An earlier version of this article said that the library cost 4 million euros."
            " It cost 6 million euros.",
            "6 million euros",
            None,
        ),
        ("Two boats sank in the night, the coastguard said.", "Two boats", "the coastguard"),
    ],
)
def test_an_answer_has_the_speaker_of_its_own_words(text, answer, speaker):
    """Not the one who says the most of the sentence that is quoted, or of the two."""
    at = text.index(answer)
    assert spoken(article(text), 0, len(text), answer, at).speaker == speaker


def test_who_somebody_is_is_not_what_he_said():
    """What stands beside the speaker's name is the article's own word."""
    text = "Daniel Marsh, the goalkeeper and captain, said that the players had learned of it from their telephones."
    quote = Quote(article(text), 0, len(text), "Daniel Marsh", "attributed")
    assert aside(quote, "goalkeeper and captain").speaker is None
    assert aside(quote, "from their telephones").speaker == "Daniel Marsh"


def test_a_yes_or_no_is_looked_for_in_no_name():
    """A "no" by the account of Arno Pell is his."""
    text = "Arno Pell said the ferry did not sail on Monday."
    quote = Quote(article(text), 0, len(text), "Arno Pell", "attributed")
    assert aside(quote, "no").speaker == "Arno Pell" and cue(quote, "no") is None


def test_an_answer_in_a_hedged_sentence_is_hedged():
    """The words of the answer alone would be the bare claim."""
    text = "Two boats reportedly sank in the night, the coastguard said."
    assert spoken(article(text), 0, len(text), "Two boats", 0).stance == "hedged"


CAPTAIN = "The captain, Rolf Eide, has not been arrested and is said to be cooperating."
CAUSE = "Five people died in the fire, but its cause is not known."


@pytest.mark.parametrize(
    ("text", "short", "question", "stance"),
    [
        (CAPTAIN, "Rolf Eide", "Who is the captain of the Alma?", "stated"),
        (CAPTAIN, "no", "Was the captain arrested?", "stated"),
        (CAPTAIN, "Rolf Eide", "Who is cooperating?", "hedged"),
        (CAPTAIN, "yes", "Is the captain cooperating?", "hedged"),
        ("Eide is said to be cooperating and has not been arrested.", "no", "Was Eide arrested?", "stated"),
        ("Eide is said to be cooperating and has not been arrested.", "yes", "Is Eide cooperating?", "hedged"),
        (CAUSE, "Five", "How many people died in the fire?", "stated"),
        (CAUSE, "not known", "What was the cause of the fire?", "hedged"),
        ("Thieves took the bell and reportedly sold it.", "the bell", "What did the thieves take?", "stated"),
        ("Thieves reportedly took the bell and sold it.", "the bell", "What did the thieves take?", "hedged"),
        ("Five people died and two were hurt, it is believed.", "Five", "How many people died?", "hedged"),
        ("It is believed that five died and two were hurt.", "two", "How many were hurt?", "hedged"),
        ("The owner and the mate are believed to have fled.", "The owner", "Who has fled?", "hedged"),
        ("Eide, police said, was held on Monday and may have fled.", "Monday", "When was Eide held?", "attributed"),
    ],
)
def test_a_hedge_in_one_predicate_leaves_the_other_as_it_is_told(text, short, question, stance):
    """ "Is said to be cooperating" hedges neither who the captain is nor that he hasn't been arrested."""
    whole = voiced(article(text), 0, len(text))
    assert whole.stance == "hedged" and unhedged(whole, short, question).stance == stance


@pytest.mark.parametrize(
    ("lead", "other", "said"),
    [
        ("2025-04-03", "2025-04-01", "An earlier report, of 1 April 2025, says otherwise."),
        ("2025-04-01", "2025-04-03", "A newer report, of 3 April 2025, says otherwise."),
    ],
)
def test_what_was_said_on_another_day_is_dated(lead, other, said):
    """And it is said whether that is newer."""
    quotes = [
        Quote(article(f"{count} boats sank.", id=count, published=day), 0, len(f"{count} boats sank."))
        for count, day in (("Two", lead), ("Three", other))
    ]
    sides = tuple(Side(f"{quote.article.id} boats", (quote,)) for quote in quotes)
    assert words_for(quotes[0], "Two boats", Disagreement("later", sides)).endswith(said)


def test_the_sides_that_are_copied_out_keep_voice_outlet_and_day():
    """A side by itself would be a bare claim."""
    text = "Two boats sank, the coastguard said."
    echo = article(text, outlet="The Echo", published="2025-04-01")
    quote = Quote(echo, 0, len(text), "the coastguard", "attributed")
    sides = (Side("Two boats", (quote,)), Side("Three", (Quote(article("Three boats sank.", id="b"), 0, 17),)))
    apart = Disagreement("conflict", sides)
    lines = markdown(Answer("How many?", "answered", "x", quotes=(quote,), disagreement=apart)).splitlines()
    line = next(line for line in lines if line.startswith("- Two boats"))
    assert "coastguard" in line and "The Echo" in line and "1 April 2025" in line


def test_an_agencys_dateline_is_no_difference_between_copies():
    """The words after it are the same."""
    told = "Fourteen miners died when water broke into the pit at Varnholm on Monday."
    one, other = article(f"VARNHOLM (NPA) – {told}", id="a"), article(told, id="b")
    assert copied(Quote(one, 0, len(one.text)), Quote(other, 0, len(other.text)))
