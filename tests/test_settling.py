"""Yes or no: what a sentence makes of a question is decided by its words alone."""

from __future__ import annotations

import pytest

from assistant.reader import Reader
from assistant.settling import is_closed, settle, verdict
from assistant.stretches import Stretch
from index.articles import Article


@pytest.mark.parametrize(
    ("question", "closed"),
    [
        ("Was the strike confirmed?", True),
        ("And did she resign?", True),
        ("Isn't the bridge open?", True),
        ("Who confirmed the strike?", False),
        ("What was confirmed?", False),
        ("Washington's mayor?", False),
    ],
)
def test_a_closed_question_begins_with_an_auxiliary(question, closed):
    """Only such a question is answered by yes or no."""
    assert is_closed(question) == closed


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("Did the mayor open the bridge?", "The mayor opened the bridge on Friday.", "yes"),
        ("Did the mayor open the bridge?", "The mayor did not open the bridge on Friday.", "no"),
        ("Is the contract decided?", "The board will decide on the contract in July.", "not settled"),
        ("Will the board decide in July?", "The board will decide on the contract in July.", "yes"),
        ("Has the club been sold?", "The club is expected to be sold in May.", "not settled"),
        ("Will council tax go up?", "Council tax will rise by 4.5 per cent.", "yes"),
        ("Will council tax go down?", "Council tax will rise by 4.5 per cent.", "not settled"),
        ("Has nobody seen the mayor?", "Nobody has seen the mayor.", "yes"),
        ("Did the mayor not open the bridge?", "The mayor did not open the bridge.", "yes"),
        ("Did the mayor open the bridge?", "It is unclear whether the mayor opened the bridge.", "not settled"),
        ("Did the mayor open the bridge?", "The mayor reportedly opened the bridge.", "not settled"),
        ("Did the mayor open the bridge?", "The mayor cut a ribbon.", "not settled"),
        ("Was it a ship or a ferry?", "It was a ferry.", None),
        ("Was it a ship or a ferry?", "It is unclear whether it was a ship or a ferry.", "not settled"),
    ],
)
def test_a_sentence_settles_a_question_only_with_its_words(question, sentence, said):
    """Negation turns yes to no, an open word leaves the matter open, and other words settle nothing."""
    assert verdict(question, sentence) == said


def test_what_settles_is_a_whole_sentence_without_the_space_around_it():
    """The sentence is given by its place in the article, wherever the stretch begins."""
    text = "Fog lay on the sound.\n\n The mayor opened the bridge on Friday.\nA band played."
    article = Article("a", text)
    settled = settle("Did the mayor open the bridge?", [Stretch(article, 21, len(text), 1.0, 0.5)], Reader())
    assert settled and settled.verdict == "yes"
    assert text[settled.start : settled.end] == "The mayor opened the bridge on Friday."
