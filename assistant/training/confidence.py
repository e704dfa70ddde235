"""Fit the confidence: one logistic regression over what speaks for an answer.

    python -m assistant.training.confidence SQUAD2-DEV RGB-DEV RAMDOCS-DEV NEWS-2022 --own tests/data/asked.txt

Each set's questions are split by article: the fit half gives weights and threshold, the check half the figures, at
that threshold. A set's questions that search all its articles are a set of their own beside those that are given the
texts to read. Every set weighs the same, the project's own questions half, and so do the answerable and the
unanswerable questions of each way of asking (of one text, of several, of all).
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from assistant.confidence import FITTED, Evidence
from assistant.evaluation.measures import auroc
from assistant.evaluation.run import open_library
from assistant.evaluation.sets import Case, fit_half, half, read_set
from assistant.pipeline import PASSAGES, Question, find, read
from assistant.reader import Reader
from index.library import Library
from index.scope import EVERYTHING, Scope

SAMPLE = Path(__file__).parents[1] / "sample"
OWN = 0.5  # weight of the project's own questions beside a set
TELLING = 6  # characters of an answer that doesn't stand in an article by chance

Way = Literal["one text", "several texts", "all texts"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to fit or check on."""

    question: Question
    answerable: bool
    fit: bool  # of the half to fit on


@dataclass(frozen=True, slots=True)
class Seen:
    """The questions of a set that are asked in one way, with the evidence for an answer to each."""

    name: str
    way: Way
    weight: float
    asked: tuple[Asked, ...]
    evidence: np.ndarray  # (questions, inputs)

    @property
    def answerable(self) -> np.ndarray:
        return np.array([a.answerable for a in self.asked])

    @property
    def fit(self) -> np.ndarray:
        return np.array([a.fit for a in self.asked])


def main() -> None:
    p = argparse.ArgumentParser(description="Fit the confidence.")
    p.add_argument("sets", nargs="+", type=Path)
    p.add_argument("--own", type=Path, help="the project's own questions, over its sample articles")
    p.add_argument("--sample", type=int, default=400, help="questions of each set, drawn with a fixed seed")
    p.add_argument("--out", type=Path, default=FITTED)
    options = p.parse_args()

    seen = [one for folder in options.sets for one in _set(folder, options.sample)]
    seen += _own(options.own) if options.own else []
    inputs = np.concatenate([s.evidence[s.fit] for s in seen])
    truth = np.concatenate([s.answerable[s.fit] for s in seen])
    weights = _weights(seen)
    regression = LogisticRegression(C=10.0, max_iter=8000).fit(inputs, truth, sample_weight=weights)
    threshold = _best_threshold(regression.predict_proba(inputs)[:, 1], truth, weights)
    fitted = {
        "inputs": [f.name for f in fields(Evidence)],
        "weights": [round(float(w), 4) for w in regression.coef_[0]],
        "bias": round(float(regression.intercept_[0]), 4),
        "threshold": threshold,
        "check": {s.name: _check(s, regression, threshold) for s in seen},
    }
    options.out.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(fitted, indent=2))


def _set(folder: Path, sample: int) -> Iterator[Seen]:
    """A set's questions, those that search the whole set apart; `sample` of each are drawn.

    Where a question's half isn't known, it is that of the same question with its text given.
    """
    questions = read_set(folder)
    cases = [case for case in questions.cases if case.gold.evidence or case.gold.answerable is False]
    halves = {case.question.text: half(case) for case in cases if half(case)}
    library, reader = open_library(questions, None), Reader()
    given = [case for case in cases if case.question.scope != EVERYTHING]
    searched = [case for case in cases if case.question.scope == EVERYTHING]
    for name, part in ((folder.name, given), (f"{folder.name}, searched", searched)):
        drawn = random.Random(1).sample(part, min(sample, len(part)))
        if not drawn:
            continue
        asked = [_asked(case, halves.get(case.question.text) == "fit") for case in drawn]
        if part is searched and all(a.answerable for a in asked):
            asked = [*asked, *_unanswered(drawn, asked, library)]
        way = "all texts" if part is searched else "several texts" if _of_several(drawn) else "one text"
        yield Seen(name, way, 1.0, tuple(asked), _evidence(name, asked, library, reader))


def _of_several(cases: Sequence[Case]) -> bool:
    return any(len(case.question.scope.articles or ()) > 1 for case in cases)


def _asked(case: Case, fit: bool) -> Asked:
    q = case.question
    return Asked(Question(q.text, q.scope, q.history, q.as_of), bool(case.gold.answerable), fit)


def _unanswered(cases: Sequence[Case], asked: Sequence[Asked], library: Library) -> Iterator[Asked]:
    """The questions once more, of all articles but those that hold their answers."""
    texts = {article.id: f"{article.title or ''} {article.text}".casefold() for article in library.articles()}
    for case, one in zip(cases, asked, strict=True):
        answers = [answer.casefold() for answer in case.gold.answers if len(answer) >= TELLING]
        if answers:
            holding = {id for id, text in texts.items() if any(answer in text for answer in answers)}
            left = frozenset(texts) - holding - case.gold.relevant - {span.article for span in case.gold.evidence}
            question = replace(one.question, scope=Scope(articles=left))
            yield Asked(question, False, one.fit)


def _own(file: Path) -> Iterator[Seen]:
    """The project's own questions: of all sample articles, of the one that answers, and of one on something else."""
    library, reader = open_library(read_set(SAMPLE), None), Reader()
    searched, given = [], []
    for answerable, question, article in read_own(file):
        fit = fit_half(article)
        searched.append(Asked(Question(question), answerable, fit))
        given.append(Asked(Question(question, Scope(articles=frozenset([article]))), answerable, fit))
        if answerable:
            found = (hit.passage.article_id for hit in library.search(question, count=PASSAGES))
            others = [id for id in dict.fromkeys(found) if id != article]
            other = Scope(articles=frozenset([others[len(others) // 2]]))  # the nearest may tell the same story
            given.append(Asked(Question(question, other), False, fit))
    for name, way, asked in ((f"{file.stem}, searched", "all texts", searched), (file.stem, "one text", given)):
        yield Seen(name, way, OWN, tuple(asked), _evidence(name, asked, library, reader))


def read_own(file: Path) -> list[tuple[bool, str, str]]:
    """Is a question answered, the question, and the id of the article that answers it or comes nearest to it."""
    answered, rows = False, []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            answered = line == "[answered]"
        elif line and not line.startswith("#"):
            rows.append((answered, *line.split("\t")))
    return rows


def _evidence(name: str, asked: Sequence[Asked], library: Library, reader: Reader) -> np.ndarray:
    rows = []
    for one in tqdm(asked, desc=name, mininterval=10):
        search = partial(library.search, count=PASSAGES, as_of=one.question.as_of)
        rows.append(astuple(read(reader, find(search, library, one.question)).evidence))
    return np.array(rows)


def _weights(seen: Sequence[Seen]) -> np.ndarray:
    """Of the questions to fit on, in order; their mean is 1, as the regression's own term weighs against them."""
    totals: dict[tuple[Way, bool], float] = defaultdict(float)
    parts = []
    for s in seen:
        truth = s.answerable[s.fit]
        part = np.zeros(len(truth))
        for kind in (True, False):
            if (truth == kind).any():
                part[truth == kind] = s.weight / 2 / (truth == kind).sum()
                totals[s.way, kind] += s.weight / 2
        parts.append(part)
    for s, part in zip(seen, parts, strict=True):
        part[~s.answerable[s.fit]] *= totals[s.way, True] / (totals[s.way, False] or 1)
    weights = np.concatenate(parts)
    return weights / weights.mean()


def _best_threshold(scores: np.ndarray, truth: np.ndarray, weights: np.ndarray) -> float:
    """The threshold with the best balanced accuracy over all questions."""
    options = np.unique(np.round(scores, 3))
    right = [(weights * ((scores >= t) == truth)).sum() for t in options]
    return float(options[int(np.argmax(right))])


def _check(seen: Seen, regression: LogisticRegression, threshold: float) -> dict[str, float | int | None]:
    """What the check half of a set says, an answer given from the threshold on."""
    scores, truth = regression.predict_proba(seen.evidence[~seen.fit])[:, 1], seen.answerable[~seen.fit]
    answered = scores >= threshold
    return {
        "n": len(truth),
        "auroc": _rounded(auroc(scores.tolist(), truth.tolist())),
        "answered of answerable": _rounded(answered[truth].mean()),
        "refused of unanswerable": _rounded((~answered[~truth]).mean() if (~truth).any() else None),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)


if __name__ == "__main__":
    main()
