"""What a chat model writes, read as sentences with marks, in whatever shape and in whatever pieces it comes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.marks import LONGEST, Draft, drafts

TOLL = Draft("Three people died.", ("1.1",))
HURT = Draft("Two were hurt.", ("2",))
SHAPES = {
    "after the full stop": "Three people died. [1.1] Two were hurt. [2]",
    "before the full stop": "Three people died [1.1]. Two were hurt [2].",
    "at a line's beginning": "[1.1] Three people died.\n[2] Two were hurt.",
    "at a sentence's beginning": "[1.1] Three people died. [2] Two were hurt.",
    "in a list": "- Three people died. [1.1]\n- Two were hurt. [2]",
    "in a numbered list": "1. Three people died. [1.1]\n2. Two were hurt. [2]",
    "with a word": "Three people died [sentence 1.1]. Two were hurt (passage 2).",
    "in other brackets": "Three people died.【1.1】 Two were hurt.【2】",
    "with emphasis": "**Three** people died. [1.1] *Two* were hurt. [2]",
    "after thoughts": "<think>Two? [9]\nNo.</think>Three people died. [1.1] Two were hurt. [2]",
    "as JSON": json.dumps(
        {"sentences": [{"marks": ["1.1"], "text": "Three people died."}, {"marks": ["2"], "text": "Two were hurt."}]}
    ),
    "as a fenced list": '```json\n[{"text": "Three people died.", "mark": 1.1}, {"text": "Two were hurt. [2]"}]\n```',
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", [1, 3, 10_000])
def test_a_mark_is_read_in_each_of_its_shapes(shape, size):
    """The same two sentences come of it, however it is written and however it is cut into chunks."""
    text = SHAPES[shape]
    assert list(drafts(text[i : i + size] for i in range(0, len(text), size))) == [TOLL, HURT]


def test_a_sentence_comes_as_soon_as_the_next_one_has_begun():
    """Nothing waits for the end of the answer."""
    heard = []

    def chunks():
        for chunk in ("Three people died. [1.1] Two ", "were hurt. [2] ", "One is missing. [3.2]"):
            heard.append(chunk)
            yield chunk

    first = next(drafts(chunks()))
    assert first == TOLL and len(heard) == 2


def test_an_abbreviation_ends_no_sentence():
    """A full stop within a name or a time of day is none."""
    text = "Mr. Smith rang at 4.40 a.m. on Tuesday. [1.2] He left. [1.3]"
    assert [d.words for d in drafts(text)] == ["Mr. Smith rang at 4.40 a.m. on Tuesday.", "He left."]


@pytest.mark.parametrize("text", ["In (2015) he left.", "It rose by (8) points.", "He paid [sic] for it."])
def test_what_only_looks_like_a_mark_is_none(text):
    """A year in brackets or a word in square ones is a part of the sentence."""
    assert list(drafts([text])) == [Draft(text)]


def test_several_marks_of_a_sentence_are_all_read():
    """In one bracket or several."""
    assert list(drafts(["It rose. [1.1, 2][3.4]"])) == [Draft("It rose.", ("1.1", "2", "3.4"))]


def test_json_that_breaks_off_gives_what_was_whole():
    """The objects before the break count."""
    text = '{"sentences": [{"marks": ["1.1"], "text": "Three people died."}, {"marks": ["2"], "te'
    assert list(drafts([text])) == [TOLL]


def test_an_endless_answer_is_read_to_a_limit():
    """A model that never stops is not read for ever."""

    def endless():
        while True:
            yield "And so on. "

    assert sum(len(d.words) for d in drafts(endless())) <= LONGEST


@given(st.lists(st.text(), max_size=20))
def test_no_text_breaks_the_parser(chunks):
    """Whatever a model writes, sentences on one line come of it, or none."""
    for draft in drafts(chunks):
        assert draft.words and "\n" not in draft.words
