"""Predictions: from an answer to a line of the file, and back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.answer import Answer, Disagreement, Quote, Side
from assistant.evaluation.predictions import Prediction, Quoted, predict, read_predictions, to_line
from assistant.evaluation.sets import Span, UnusableSet
from index.articles import Article

PREDICTION = Prediction("q", "answered", "14", (), False, 0.9, (), (), 0.1)


def test_an_answer_becomes_the_record_of_the_format():
    """Ids for articles, five alternatives at most, and the flag for what disagrees but not for a correction."""
    article = Article("a", "Ida Roe said 14 boats moved.")
    quote = Quote(article, 0, 28, speaker="Ida Roe", stance="attributed")
    sides = (Side("14", (quote,)), Side("15", (quote,)))
    for kind, flag in (("conflict", True), ("later", True), ("correction", False)):
        said = Answer(
            "?",
            "answered",
            "14",
            "14",
            tuple("123456"),
            (quote,),
            Disagreement(kind, sides),
            0.75,
            (Quote(article, 0, 4),),
        )
        assert predict("q", said, 0.5) == Prediction(
            "q",
            "answered",
            "14",
            tuple("12345"),
            flag,
            0.75,
            (Quoted("a", 0, 28, article.text, "Ida Roe", "attributed"),),
            (Span("a", 0, 4),),
            0.5,
        )


@pytest.mark.parametrize("confidence", [1.2, -0.1, float("nan")])
def test_a_confidence_outside_0_to_1_is_refused(confidence):
    """A score that is no probability is a fault, not something to clip."""
    with pytest.raises(ValueError, match="confidence"):
        predict("q", Answer("?", "not_found", "", confidence=confidence), 0.1)


def test_predictions_are_read_back_as_they_were_written(tmp_path):
    """Any text survives the file, line separators, emoji and lone surrogates included."""
    text = 'a\u2028b "c" 😀 \ud800 é'
    made = replace(
        PREDICTION, answer=text, quotes=(Quoted("a", 0, len(text), text, None, "hedged"),), retrieved=(Span("a", 0, 9),)
    )
    file = tmp_path / "p.jsonl"
    file.write_text(to_line(made), encoding="utf-8", errors="backslashreplace")
    assert read_predictions(file) == [made]


@pytest.mark.parametrize(
    "change", [{"status": "maybe"}, {"confidence": 2}, {"quotes": [{}]}, {"alternatives": list("123456")}]
)
def test_a_prediction_that_breaks_the_format_is_named(tmp_path, change):
    """The line is given; nothing is guessed."""
    row = json.loads(to_line(PREDICTION)) | change
    (tmp_path / "p.jsonl").write_text(json.dumps(row))
    with pytest.raises(UnusableSet, match="line 1"):
        read_predictions(tmp_path / "p.jsonl")
