"""The margins of agreement: how far answers may lie apart in log-odds and still stand beside each other.

Fitted by `python -m tests.benchmarks.bench_agreement SET --fit` to the reader's weights; they lie in margins.json.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FITTED = Path(__file__).with_name("margins.json")


@dataclass(frozen=True, slots=True)
class Margins:
    """All in log-odds of the reader."""

    likely: float  # what an answer needs to stand beside the best one
    slope: float  # what it loses for each unit that it lies below the best
    kin: float  # what it gains where its sentence is about the same thing as the best one's
    value: float  # and that much more where both are numbers or days, as was asked
    story: float  # and where their articles tell one story
    support: float  # what an answer gains each time its independent sources grow e-fold
    said: float  # what a statement gains whose sentence has all words of the question
    nameless: float  # what it loses whose article has none of the question's names
    unfit: float  # what an answer loses that is of another kind than the question asks for
    close: float  # below the best answer, within which a newer one takes its place
    far: float  # below the best statement, at which one counts for nothing
    given_up: float  # below the best statement, at which another is no answer where that one can't be meant


@cache
def fitted() -> Margins:
    """The margins that the package was fitted with."""
    return Margins(**json.loads(FITTED.read_text(encoding="utf-8"))["margins"])
