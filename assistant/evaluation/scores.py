"""The scores of each question, and what a set's questions come to together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.evaluation.measures import (
    Point,
    auroc,
    average_precision,
    contains,
    exact_match,
    hit,
    ndcg,
    only_wrong,
    ranked,
    reciprocal_rank,
    risk_area,
    risk_coverage,
    shows_evidence,
    token_f1,
    valid_answers,
)
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.sets import Case

if TYPE_CHECKING:
    import numpy as np

RESAMPLES = 1000
SEED = 1

# Name in measures.json: what it is. The order is the report's.
MEASURES = {
    "exact_match": "EM, answerable questions (not found: 0)",
    "token_f1": "token F1, answerable questions (not found: 0)",
    "exact_match_all": "EM, all questions (unanswerable: 1 where refused)",
    "token_f1_all": "token F1, all questions (unanswerable: 1 where refused)",
    "contains": "a right answer stands in the short answer (at most 12 words)",
    "evidence_hit_at_1": "evidence hit@1 (first quote, at most 60 words)",
    "evidence_hit": "evidence hit, any quote",
    "refused": "not found, all questions",
    "refused_answerable": "not found, answerable questions (lower is better)",
    "refusal_precision": "refusal precision",
    "refusal_recall": "refusal recall",
    "refusal_balanced_accuracy": "refusal balanced accuracy",
    "confidence_auroc": "AUROC of confidence",
    "risk_coverage_area": "mean risk over the coverage reached (lower is better)",
    "valid_precision": "valid-answer precision",
    "valid_recall": "valid-answer recall",
    "only_wrong": "only a wrong source's answer given (lower is better)",
    "disagreement_found": "disagreement reported where there is one",
    "disagreement_imagined": "disagreement reported where there is none (lower is better)",
    "disagreement_balanced_accuracy": "disagreement balanced accuracy",
    "hit_at_1": "retrieval hit@1",
    "hit_at_5": "retrieval hit@5",
    "hit_at_10": "retrieval hit@10",
    "mrr_at_10": "retrieval MRR@10",
    "ndcg_at_10": "retrieval nDCG@10",
    "map": "retrieval MAP",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure over n questions, with its bootstrap 95 % interval; None for the bounds of a single question."""

    value: float
    n: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What a run over a set came to."""

    name: str
    questions: int
    answered: int
    not_found: int
    errors: tuple[str, ...]  # ids of questions that crashed; in no figure
    false_quotes: tuple[str, ...]  # a sentence each; their questions are in no figure
    unquoted: tuple[str, ...]  # ids of answers that aren't a span of a quote
    figures: Mapping[str, Figure]
    tags: Mapping[str, Mapping[str, Figure]]
    curve: tuple[Point, ...]
    seconds: Mapping[str, float]  # p50, p95, mean, total
    attributions: Mapping[str, float | None] | None = None  # of an attribution set


def empty(name: str) -> Results:
    """The results of a set without questions."""
    return measure(name, (), (), {}, ())


def score(case: Case, p: Prediction) -> dict[str, float | None]:
    """A question's scores; None where a measure doesn't apply. Not for a crashed question."""
    gold, refused = case.gold, p.status == "not_found"
    scores: dict[str, float | None] = {"refused": float(refused)}
    if gold.answerable is not None:
        if refused:
            scores["refusal_precision"] = float(not gold.answerable)
        scores["refused_answerable" if gold.answerable else "refusal_recall"] = float(refused)
    if gold.answerable is False:
        scores["exact_match_all"] = scores["token_f1_all"] = float(refused)
    else:
        scores |= _answer_scores(case, p)
    if gold.disagreement is not None:
        name = "disagreement_found" if gold.disagreement else "disagreement_imagined"
        scores[name] = float(p.disagreement)
    found = ranked(p.retrieved)
    scores |= {f"hit_at_{k}": hit(found, gold.relevant, k) for k in (1, 5, 10)}
    scores["mrr_at_10"] = reciprocal_rank(found, gold.relevant)
    scores["ndcg_at_10"] = ndcg(found, gold.relevant)
    scores["map"] = average_precision(found, gold.relevant)
    return scores


def _answer_scores(case: Case, p: Prediction) -> dict[str, float | None]:
    """Scores of what was said to a question that isn't known to be unanswerable."""
    gold, said = case.gold, p.answer or ""
    scores: dict[str, float | None] = {}
    if gold.answers:
        right = p.answer is not None
        scores["exact_match"] = scores["exact_match_all"] = exact_match(said, gold.answers) if right else 0.0
        scores["token_f1"] = scores["token_f1_all"] = token_f1(said, gold.answers) if right else 0.0
        scores["contains"] = contains(said, gold.answers)
    if gold.answers or gold.evidence:
        shown = [shows_evidence(q.span, q.text, gold.evidence, gold.answers) for q in p.quotes]
        answered = p.status == "answered"
        scores["evidence_hit_at_1"] = shown[0] if answered and shown else 0.0
        scores["evidence_hit"] = max(shown) if answered and shown else 0.0
    if gold.groups is not None or gold.wrong is not None:
        given = [said, *p.alternatives] if p.answer is not None else []
        groups = gold.groups if gold.groups is not None else [(a,) for a in dict.fromkeys(gold.answers)]
        scores["valid_precision"], scores["valid_recall"] = valid_answers(given, groups)
        scores["only_wrong"] = only_wrong(given, groups, gold.wrong or ())
    return scores


def loss(case: Case, p: Prediction) -> float | None:
    """What answering cost: 1 minus token F1, 1 for an unanswerable question; None where not answered or not known."""
    if p.status != "answered":
        return None
    if case.gold.answerable is False:
        return 1.0
    return 1 - token_f1(p.answer or "", case.gold.answers) if case.gold.answers else None


def measure(
    name: str,
    cases: Sequence[Case],
    predictions: Sequence[Prediction],
    false_quotes: Mapping[str, str],
    unquoted: Sequence[str],
) -> Results:
    """Measure predictions, in the order of their cases.

    A crashed question, and one with a false quote, is counted and in no figure: a broken run must not look
    like a weak or a cautious assistant.
    """
    pairs = list(zip(cases, predictions, strict=True))
    sound = [(c, p) for c, p in pairs if p.status != "error" and p.id not in false_quotes]
    tags = sorted({t for c in cases for t in c.tags})
    parts = {t: [(c, p) for c, p in sound if t in c.tags] for t in tags}
    return Results(
        name,
        len(pairs),
        sum(p.status == "answered" for _, p in sound),
        sum(p.status == "not_found" for _, p in sound),
        tuple(p.id for p in predictions if p.status == "error"),
        tuple(false_quotes.values()),
        tuple(unquoted),
        figures(sound),
        {tag: figures(part) for tag, part in parts.items() if part},
        tuple(_curve(sound)),
        _seconds([p.seconds for _, p in sound]),
    )


def figures(pairs: Collection[tuple[Case, Prediction]]) -> dict[str, Figure]:
    """Every measure that applies to these questions, in the order of MEASURES."""
    rows = [score(c, p) for c, p in pairs]
    values = {name: [row[name] for row in rows if row.get(name) is not None] for name in MEASURES}
    found = {name: _mean(v) for name, v in values.items() if v}
    for name, right, wrong in (
        ("refusal_balanced_accuracy", "refusal_recall", "refused_answerable"),
        ("disagreement_balanced_accuracy", "disagreement_found", "disagreement_imagined"),
    ):
        if values[right] and values[wrong]:
            found[name] = _balanced(values[right], values[wrong])
    known = [(p.confidence, c.gold.answerable) for c, p in pairs if c.gold.answerable is not None]
    yes, no = [s for s, t in known if t], [s for s, t in known if not t]
    if yes and no:
        found["confidence_auroc"] = _separated(yes, no)
    curve = _curve(pairs)
    if curve:
        answered = sum(loss(c, p) is not None for c, p in pairs)
        found["risk_coverage_area"] = Figure(risk_area(curve), answered)
    return {name: found[name] for name in MEASURES if name in found}


def _curve(pairs: Collection[tuple[Case, Prediction]]) -> list[Point]:
    """The risk-coverage curve over the questions whose right answer, or whose having none, is known."""
    known = [(c, p) for c, p in pairs if c.gold.answers or c.gold.answerable is False]
    answered = [(p.confidence, lost) for c, p in known if (lost := loss(c, p)) is not None]
    return risk_coverage([s for s, _ in answered], [lost for _, lost in answered], len(known))


def _mean(values: Sequence[float]) -> Figure:
    import numpy as np

    return _figure(sum(values) / len(values), len(values), _resampled_means(values, np.random.default_rng(SEED)))


def _balanced(right: Sequence[float], wrong: Sequence[float]) -> Figure:
    """The mean of the two classes' accuracies; each class is resampled by itself."""
    import numpy as np

    random = np.random.default_rng(SEED)
    value = (sum(right) / len(right) + 1 - sum(wrong) / len(wrong)) / 2
    resamples = (_resampled_means(right, random) + 1 - _resampled_means(wrong, random)) / 2
    return _figure(value, len(right) + len(wrong), resamples)


def _separated(yes: Sequence[float], no: Sequence[float]) -> Figure:
    """AUROC; each class is resampled by itself."""
    import numpy as np

    random = np.random.default_rng(SEED)
    above, below, areas = np.asarray(yes), np.asarray(no), np.empty(RESAMPLES)
    for i in range(RESAMPLES):
        high = above[random.integers(len(above), size=len(above))]
        low = np.sort(below[random.integers(len(below), size=len(below))])
        ranks = np.searchsorted(low, high, "left") + np.searchsorted(low, high, "right")
        areas[i] = ranks.mean() / 2 / len(low)
    value = auroc([*yes, *no], [True] * len(yes) + [False] * len(no))
    return _figure(value, len(yes) + len(no), areas)


def _resampled_means(values: Sequence[float], random: np.random.Generator) -> np.ndarray:
    """The means of RESAMPLES samples drawn with replacement: how often each value comes is multinomial."""
    import numpy as np

    different, counts = np.unique(values, return_counts=True)
    return random.multinomial(len(values), counts / len(values), RESAMPLES) @ different / len(values)


def _figure(value: float, n: int, resamples: np.ndarray) -> Figure:
    """A value between the 2.5th and the 97.5th percentile of its seeded resamples (Efron 1979)."""
    import numpy as np

    if n < 2:
        return Figure(value, n)
    low, high = np.percentile(resamples, [2.5, 97.5])
    return Figure(value, n, float(low), float(high))


def _seconds(seconds: Sequence[float]) -> dict[str, float]:
    if not seconds:
        return {}
    ordered = sorted(seconds)

    def percentile(share: float) -> float:
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]

    return {"p50": percentile(0.5), "p95": percentile(0.95), "mean": sum(ordered) / len(ordered), "total": sum(ordered)}
