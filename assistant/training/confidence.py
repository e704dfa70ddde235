"""Fit the confidence: one logistic regression over what speaks for an answer.

    python -m assistant.training.confidence SET [SET ...] [--sample 1500]

Each set's questions are split by article: the fit half gives weights and threshold, the check half
the figures. Every set weighs the same, and so do its answerable and unanswerable questions. Questions of one set
that search all its articles are a set of their own beside those that are given the texts to read.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from functools import partial
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from assistant.confidence import FITTED, Evidence
from assistant.evaluation.measures import auroc
from assistant.evaluation.run import open_library
from assistant.evaluation.sets import half, read_set
from assistant.pipeline import PASSAGES, Question, find, read
from assistant.reader import Reader
from index.scope import EVERYTHING


def main() -> None:
    p = argparse.ArgumentParser(description="Fit the confidence.")
    p.add_argument("sets", nargs="+", type=Path)
    p.add_argument("--sample", type=int, default=1500, help="questions of each set, drawn with a fixed seed")
    p.add_argument("--threshold", type=float, help="set by hand, instead of by the best balanced accuracy")
    options = p.parse_args()

    rows = {name: found for folder in options.sets for name, found in _evidence(folder, options.sample)}
    fit = [(x, y, w) for found in rows.values() for x, y, w in _weighted([r for r in found if r[2]])]
    inputs, truth, weights = (np.array(column) for column in zip(*fit, strict=True))
    weights /= weights.mean()  # what the regression's own term weighs depends on it
    regression = LogisticRegression(C=10.0, max_iter=5000).fit(inputs, truth, sample_weight=weights)
    scores = regression.predict_proba(inputs)[:, 1]
    threshold = _best_threshold(scores, truth, weights) if options.threshold is None else options.threshold
    fitted = {
        "inputs": [f.name for f in fields(Evidence)],
        "weights": [round(float(w), 4) for w in regression.coef_[0]],
        "bias": round(float(regression.intercept_[0]), 4),
        "threshold": round(float(threshold), 4),
        "check": {},
    }
    for name, found in rows.items():
        held = [(x, y) for x, y, in_fit in found if not in_fit]
        scores = regression.predict_proba(np.array([x for x, _ in held]))[:, 1]
        answered = scores >= threshold
        truth = np.array([y for _, y in held])
        fitted["check"][name] = {
            "n": len(held),
            "auroc": auroc(scores.tolist(), truth.tolist()),
            "answered of answerable": float(answered[truth].mean()),
            "refused of unanswerable": float((~answered[~truth]).mean()) if (~truth).any() else None,
        }
    FITTED.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(fitted, indent=2))


_Row = tuple[tuple[float, ...], bool, bool]  # evidence, can it be answered, is it of the fit half


def _evidence(folder: Path, sample: int) -> Iterator[tuple[str, list[_Row]]]:
    """A set's questions, and apart from them those that search the whole set where others don't: a name, and the rows.

    `sample` questions of each are drawn. Where a question's half isn't known, it is that of the same question with its
    text given.
    """
    questions = read_set(folder)
    cases = [case for case in questions.cases if case.gold.answerable is not None]
    halves = {case.question.text: half(case) for case in cases if half(case)}
    library, reader = open_library(questions, None), Reader()
    given = [case for case in cases if case.question.scope != EVERYTHING]
    searched = [case for case in cases if case.question.scope == EVERYTHING]
    apart = f"{folder.name}, searched" if given else folder.name
    for name, part in ((folder.name, given), (apart, searched)):
        rows = []
        for case in tqdm(random.Random(1).sample(part, min(sample, len(part))), desc=name):
            asked = Question(case.question.text, case.question.scope, case.question.history, case.question.as_of)
            search = partial(library.search, count=PASSAGES, as_of=asked.as_of)
            evidence = read(reader, find(search, library, asked)).evidence
            rows.append((astuple(evidence), bool(case.gold.answerable), halves.get(case.question.text) == "fit"))
        if rows:
            yield name, rows


def _weighted(rows: Sequence[_Row]) -> list[tuple[tuple[float, ...], bool, float]]:
    """One set's rows, each kind of question weighing half (a set of one kind weighs half in all)."""
    counts = {kind: sum(truth == kind for _, truth, _ in rows) for kind in (True, False)}
    return [(inputs, truth, 0.5 / counts[truth]) for inputs, truth, _ in rows]


def _best_threshold(scores: np.ndarray, truth: np.ndarray, weights: np.ndarray) -> float:
    """The threshold with the best balanced accuracy over all sets."""
    options = np.unique(np.round(scores, 3))
    right = [(weights * ((scores >= t) == truth)).sum() for t in options]
    return float(options[int(np.argmax(right))])


if __name__ == "__main__":
    main()
