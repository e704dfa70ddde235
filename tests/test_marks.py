"""What a chat model writes, read as sentences with marks, in whatever shape and in whatever pieces it comes."""

from __future__ import annotations

import json
import time

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
    "as a passage and a sentence": "Three people died [Passage 1, Sentence 1]. Two were hurt [Passage 2].",
    "in round brackets": "Three people died (1.1). Two were hurt. [2]",
    "with a colon": "Three people died. [source: 1.1] Two were hurt. [Source: 2]",
    "in two brackets": "Three people died [[1.1]]. Two were hurt [[2]].",
    "after thoughts whose beginning is not told": "</think>\n\nThree people died. [1.1] Two were hurt. [2]",
    "as JSON of texts": json.dumps({"sentences": ["Three people died. [1.1]", "Two were hurt. [2]"]}),
    "as a list of texts": json.dumps(["Three people died. [1.1]", "Two were hurt. [2]"]),
    "as one text": json.dumps({"answer": "Three people died. [1.1] Two were hurt. [2]"}),
    "as a text with marks in it": json.dumps([{"text": "Three people died. [1.1]"}, {"text": "Two were hurt. [2]"}]),
    "as lines of JSON": '{"text": "Three people died.", "marks": ["1.1"]}\n{"text": "Two were hurt.", "marks": ["2"]}',
    "as marks first": '{"marks": ["1.1"], "text": "Three people died."}\n{"marks": ["2"], "text": "Two were hurt."}',
    "as a fence": "```\nThree people died. [1.1]\nTwo were hurt. [2]\n```",
    "as a fenced list": '```json\n[{"text": "Three people died.", "mark": 1.1}, {"text": "Two were hurt. [2]"}]\n```',
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", [1, 3, 10_000])
def test_a_mark_is_read_in_each_of_its_shapes(shape, size):
    """The same two sentences come of it, however it is written and however it is cut into chunks."""
    text = SHAPES[shape]
    assert list(drafts(text[i : i + size] for i in range(0, len(text), size))) == [TOLL, HURT]


def test_json_after_a_word_of_introduction_is_read():
    """A chatty model's fence is found below its greeting."""
    text = 'Here is the answer:\n```json\n{"sentences": [{"marks": ["1.1"], "text": "Three people died."}]}\n```'
    for size in (1, 3, 1000):
        assert list(drafts(text[i : i + size] for i in range(0, len(text), size)))[-1] == TOLL


def test_a_range_of_marks_is_all_of_them():
    """From the first sentence to the last."""
    assert (
        list(drafts(["It rose. [1.1-1.3]"]))
        == list(drafts(["It rose [1.1–3]."]))
        == [Draft("It rose.", ("1.1", "1.2", "1.3"))]
    )


def test_long_thoughts_cost_no_more_than_their_length():
    """Twice as long takes about twice as long."""

    def seconds(length: int) -> float:
        text = "<think>" + "so the passage says a < b and so on. " * (length // 37) + "</think>Three people died. [1.1]"
        begun = time.process_time()
        assert list(drafts(text[i : i + 4] for i in range(0, len(text), 4))) == [TOLL]
        return time.process_time() - begun

    assert seconds(400_000) < 6 * seconds(100_000) + 0.5


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
