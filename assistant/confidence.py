"""Confidence: one probability that the articles answer a question, from everything that was seen on the way.

A logistic regression, fitted by `python -m assistant.training.confidence` on the fit halves of the
development sets; its weights and the threshold lie in confidence.json with the figures of the check halves.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

FITTED = Path(__file__).with_name("confidence.json")
NAME = re.compile(r"\b[A-Z][\w’'-]+")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best candidate answer; the fields are the regression's inputs, in order."""

    span: float  # the reader's log-odds of the span
    lead: float  # its log-odds, joined with search's score, over those of another article's best span, at most 10
    ahead: float  # search's score of the stretch over the mean of those of other articles that were read
    covered: float  # of one article alone: share of the question's content words in the stretch or its headline
    names: float  # share of its names and numbers that don't
    support: float  # number of other articles read that hold the answer's words, at most 3
    share: float  # share of the other articles read that do, of three or more: what all hold is the topic's own name
    agreeing: float  # the reader's log-odds of the surest span in another article that says the same, at least -12
    others: float  # the reader's log-odds that other articles' texts answer, their mean: on one topic, all seem to
    single: float  # 1 where a single article was read
    long: float  # of several articles: the logarithm of 1 and the question's content words; long ones score lower
    alone: float  # the reader's log-odds when it reads nothing but the answer's sentence
    contrary: float  # 1 where question or sentence is negated and the other isn't


NO_EVIDENCE = Evidence(-20.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, -12.0, 0.0, 0.0, 0.0, -20.0, 0.0)  # nothing was found


@cache
def _fitted() -> dict:
    return json.loads(FITTED.read_text())


def default_threshold() -> float:
    """The confidence below which the assistant says that the articles don't answer."""
    return _fitted()["threshold"]


def confidence(evidence: Evidence) -> float:
    """The probability, in (0, 1), that the articles answer the question."""
    fitted = _fitted()
    z = fitted["bias"] + sum(w * x for w, x in zip(fitted["weights"], astuple(evidence), strict=True))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, z))))


def coverage(question: str, text: str, stop_words: frozenset[str]) -> tuple[float, float]:
    """Share of the question's content words that the text has, and share of its names and numbers that it hasn't.

    Words count as the same when their first five letters are ("bombed", "bombing").
    """
    here = {w[:5] for w in re.findall(r"\w+", text.lower())}
    content = content_words(question, stop_words)
    marked = [m.group().lower() for m in NAME.finditer(question) if m.start() > 0] + NUMBER.findall(question)
    marked = [w for name in marked for w in re.findall(r"\w+", name)]
    covered = sum(w[:5] in here for w in content) / len(content) if content else 1.0
    missing = sum(w[:5] not in here for w in marked) / len(marked) if marked else 0.0
    return covered, missing


def content_words(question: str, stop_words: frozenset[str]) -> list[str]:
    return [w for w in re.findall(r"\w+", question.lower()) if w not in stop_words]
