"""The confidence: how it is fitted, and that what is packaged was fitted so."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from assistant.confidence import FITTED, NO_EVIDENCE, Evidence, confidence, default_threshold
from assistant.pipeline import Question
from assistant.training.confidence import Asked, Seen, _best_threshold, _weights, read_own
from index.read import read_file
from tests.test_sample import SAMPLE, read_lines

DATA = Path(__file__).parent / "data"


def seen(way: str, weight: float, truth: list[bool]) -> Seen:
    """A toy set, all of it to fit on."""
    asked = tuple(Asked(Question("Who?"), answerable, True) for answerable in truth)
    return Seen("toy", way, weight, asked, np.zeros((len(truth), 1)))


def test_of_each_way_of_asking_both_kinds_weigh_the_same():
    """A set without unanswerable questions adds to the others' weight, and the mean is 1."""
    sets = [
        seen("several texts", 1, [True] * 3),
        seen("several texts", 1, [True, False]),
        seen("one text", 1, [True, False]),
    ]
    weights = _weights(sets)
    assert weights.mean() == pytest.approx(1)
    assert weights[:4].sum() == pytest.approx(weights[4]) and weights[:3].sum() == pytest.approx(weights[3])
    assert weights[5] == pytest.approx(weights[6]) == pytest.approx(weights[3])


def test_the_threshold_is_the_one_that_errs_least():
    """By weight: one heavy mistake counts for more than two light ones."""
    scores, truth = np.array([0.1, 0.4, 0.6, 0.8]), np.array([False, True, False, True])
    assert _best_threshold(scores, truth, np.array([1.0, 1, 3, 1])) == 0.8
    assert _best_threshold(scores, truth, np.array([1.0, 3, 1, 1])) == 0.4


def test_what_is_packaged_fits_the_inputs():
    """Weights for each input, in their order; and nothing found is refused."""
    fitted = json.loads(FITTED.read_text())
    assert fitted["inputs"] == [f.name for f in fields(Evidence)] and len(fitted["weights"]) == len(fitted["inputs"])
    assert 0.3 < default_threshold() < 0.7 and confidence(NO_EVIDENCE) < 0.05


def test_own_questions_are_none_that_measure():
    """Each names an article of the sample, stands there once, and is no question that the sample or a test asks."""
    own = read_own(DATA / "asked.txt")
    articles = {a.id for path in (SAMPLE / "articles").iterdir() for a in read_file(path, path.name).articles}
    questions = [question.lower() for _, question, _ in own]
    assert len(set(questions)) == len(questions) and {article for *_, article in own} <= articles
    measured = {row["question"].lower() for row in read_lines(SAMPLE / "questions.jsonl")}
    measured |= {line.split("\t")[0].lower() for line in (DATA / "premises.txt").read_text("utf-8").splitlines()}
    assert measured.isdisjoint(questions)
    assert [sum(answered is kind for answered, *_ in own) for kind in (True, False)] == [118, 110]
