"""Where do these words come from? The chat asks the gate."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.kinds import recognise
from index.library import Library
from index.scope import Scope

WATCH = "the flames were already coming through the roof"


@pytest.fixture(scope="module")
def assistant(sample_library) -> Assistant:
    """The sample library, asked without a trained reader."""
    return Assistant(Library.open(sample_library))


@pytest.mark.parametrize(
    "form",
    [
        "Where does “{}” come from?",
        'Where does "{}" come from?',
        "Who said “{}”?",
        'Who said: "{}"?',
        "Which article says “{}”?",
        "Is “{}” a real quote?",
        'Is this quote real: "{}"?',
        "Is this a real quote: “{}”?",
        "Please check “{}”",
        "Did anyone really say “{}”?",
        "“{}”: where does this come from?",
        "In which article does “{}” appear?",
    ],
)
def test_a_question_of_where_words_come_from_is_recognised(form):
    """Four words in quotation marks and a question of their source, in its whole form."""
    asked = recognise(form.format("We saw it on Tuesday, he's sure"))
    assert asked and (asked.kind, asked.topic) == ("quotation", "We saw it on Tuesday, he's sure")


@pytest.mark.parametrize(
    "question",
    [
        "Who said “no”?",
        "Who said “we saw the ship sink” about the ferry?",
        "Who wrote “The Gulls of Harrowmouth” and when?",
    ],
)
def test_a_question_of_fact_with_a_quotation_is_none(question):
    """A title, a word or a further question is searched as ever."""
    asked = recognise(question)
    assert asked is None or asked.kind != "quotation"


def test_exact_words_are_shown_in_their_sentence_with_outlet_day_and_voice(assistant):
    """The answer names the article and its day, says who speaks, and quotes the whole sentence."""
    answer = assistant.answer(f"Where does “{WATCH}” come from?")
    assert answer.status == "answered"
    assert answer.words.startswith("Exact, said by Ingrid Sollace")
    assert WATCH in answer.quotes[0].text and "said Ingrid Sollace" in answer.quotes[0].text
    assert str(answer.quotes[0].article.outlet) in answer.words and answer.quotes[0].also_in


def test_words_in_marks_are_taken_as_they_are():
    """No "hey" is politely left out of a "they"."""
    asked = recognise("Who said “They were tested on Friday and they worked”?")
    assert asked and asked.topic == "They were tested on Friday and they worked"


def test_altered_words_are_told_word_by_word_and_invented_ones_are_not_found(assistant):
    """What differs is said; a limit of time within the quotation is none of the question's."""
    answer = assistant.answer("Who said “the flames were already coming through the wall since Tuesday”?")
    assert answer.words.startswith("Altered") and "“roof”" in answer.words and not answer.limits
    answer = assistant.answer("Is “my cat has eaten seven blue umbrellas” a real quote?")
    assert answer.status == "not_found"


def test_words_given_to_another_speaker_are_told_whose_they_are(assistant):
    """A claimed speaker who didn't say so is corrected."""
    answer = assistant.answer(f"Did Peter Oakes say “{WATCH}”?")
    assert "the speaker is not" in answer.words and "Sollace" in answer.words
    assert assistant.answer(f"Did Ingrid Sollace say “{WATCH}”?").words.startswith("Exact")


def test_a_limited_chat_looks_for_words_in_its_articles_alone(assistant):
    """Words of an article outside the scope are not found in it."""
    scope = Scope(articles=frozenset({"harbour-fire-coast-today"}))
    answer = assistant.answer(f"Who said “{WATCH}”?", scope=scope)
    assert {q.article.id for q in answer.quotes} == {"harbour-fire-coast-today"}
