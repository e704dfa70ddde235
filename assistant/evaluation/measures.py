"""Measures as small pure functions: short answers, evidence, several answers, retrieval, confidence.

A measure that doesn't apply is None and falls out of its mean; what wasn't found counts zero.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import log2

from assistant.evaluation.sets import Span

SHORT_ANSWER = 12  # words; a longer one is no short answer, whatever stands in it
SHORT_QUOTE = 60  # words; a longer quote doesn't point at its evidence
PUNCTUATION = str.maketrans("", "", string.punctuation)


# Short answers


def normalise(text: str) -> str:
    """Lower case, no ASCII punctuation, no articles, single spaces (SQuAD's evaluation script)."""
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text.lower().translate(PUNCTUATION)).split())


def exact_match(answer: str, right: Sequence[str]) -> float:
    """1.0 where the answer equals a right one after normalisation (Rajpurkar et al. 2016)."""
    return float(any(normalise(answer) == normalise(r) for r in right))


def token_f1(answer: str, right: Sequence[str]) -> float:
    """The best F1 over shared tokens with a right answer (Rajpurkar et al. 2016)."""
    return max((_f1(_tokens(answer), _tokens(r)) for r in right), default=0.0)


def contains(answer: str, right: Sequence[str], most: int | None = SHORT_ANSWER) -> float:
    """1.0 where a right answer's tokens stand together in an answer of at most `most` words.

    Whole tokens: 12 doesn't stand in 120. A right answer of nothing but articles and punctuation stands nowhere.
    """
    if most is not None and len(answer.split()) > most:
        return 0.0
    tokens = _tokens(answer)
    return float(any(_stands_in(_tokens(r), tokens) for r in right))


def _tokens(text: str) -> list[str]:
    return normalise(text).split()


def _f1(found: list[str], wanted: list[str]) -> float:
    if not found or not wanted:
        return float(found == wanted)
    shared = sum((Counter(found) & Counter(wanted)).values())
    return 2 * shared / (len(found) + len(wanted))


def _stands_in(part: list[str], whole: list[str]) -> bool:
    return bool(part) and any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


# Evidence


def shows_evidence(quote: Span, words: str, gold: Sequence[Span], right: Sequence[str]) -> float | None:
    """1.0 where a quote of at most 60 words overlaps a gold span; without gold spans, where a right answer is in it.

    None where neither is known.
    """
    if not gold and not right:
        return None
    if len(words.split()) > SHORT_QUOTE:
        return 0.0
    if gold:
        return float(any(overlap(quote, span) for span in gold))
    return contains(words, right, most=None)


def overlap(one: Span, other: Span) -> bool:
    """Do two spans share a character? Spans that only touch don't."""
    return one.article == other.article and one.start < other.end and other.start < one.end


# Several right answers


def stands_for(answer: str, right: str) -> bool:
    """Does a given answer mean this right one?

    It holds all the right one's tokens together; or it is the larger part of them, in one piece, with every
    figure ("3,559" for "3,559 people", never "February 1900" for "8 February 1900").
    """
    given, wanted = _tokens(answer), _tokens(right)
    if contains(answer, [right]):
        return True
    figures = {t for t in wanted if any(c.isdigit() for c in t)}
    return _stands_in(given, wanted) and figures <= set(given) and _f1(given, wanted) >= 2 / 3


def valid_answers(given: Sequence[str], groups: Sequence[Sequence[str]]) -> tuple[float | None, float | None]:
    """Precision and recall of the answers given, over groups of spellings that mean the same.

    Precision is the share of different answers that stand for a group, None where none is given; recall
    the share of groups that an answer stands for, None where there is no group. One answer that names
    several groups finds them all.
    """
    if not groups:
        return None, None
    different = list({normalise(g): g for g in given}.values())
    valid = [g for g in different if any(stands_for(g, r) for group in groups for r in group)]
    found = [group for group in groups if any(stands_for(g, r) for g in different for r in group)]
    return (len(valid) / len(different) if different else None), len(found) / len(groups)


def only_wrong(given: Sequence[str], groups: Sequence[Sequence[str]], wrong: Sequence[str]) -> float | None:
    """1.0 where a known wrong answer is given and no right one; None where no wrong answer is known."""
    if not wrong:
        return None
    if any(stands_for(g, r) for g in given for group in groups for r in group):
        return 0.0
    return float(any(stands_for(g, w) for g in given for w in wrong))


# Retrieval: articles in the order of their first passage


def ranked(passages: Sequence[Span]) -> list[str]:
    """The articles of passages, each at the rank of its first."""
    return list(dict.fromkeys(p.article for p in passages))


def hit(found: Sequence[str], relevant: AbstractSet[str], depth: int) -> float | None:
    """1.0 where a relevant article is among the first `depth`; None where the question has none."""
    if not relevant:
        return None
    return float(not relevant.isdisjoint(found[:depth]))


def reciprocal_rank(found: Sequence[str], relevant: AbstractSet[str], depth: int = 10) -> float | None:
    """1/rank of the first relevant article within `depth`; None where the question has none (Voorhees 1999)."""
    if not relevant:
        return None
    return next((1 / rank for rank, id in enumerate(found[:depth], 1) if id in relevant), 0.0)


def ndcg(found: Sequence[str], relevant: AbstractSet[str], depth: int = 10) -> float | None:
    """Discounted gain over the best possible, each relevant article worth 1 (Järvelin and Kekäläinen 2002)."""
    if not relevant:
        return None
    gain = sum(1 / log2(rank + 1) for rank, id in enumerate(found[:depth], 1) if id in relevant)
    return gain / sum(1 / log2(rank + 1) for rank in range(1, min(len(relevant), depth) + 1))


def average_precision(found: Sequence[str], relevant: AbstractSet[str]) -> float | None:
    """Mean over the relevant articles of the precision at their rank (Buckley and Voorhees 2000).

    0 for one that wasn't found; None where the question has none.
    """
    if not relevant:
        return None
    ranks = [rank for rank, id in enumerate(found, 1) if id in relevant]
    return sum(n / rank for n, rank in enumerate(ranks, 1)) / len(relevant)


# Confidence


def auroc(scores: Sequence[float], truth: Sequence[bool]) -> float | None:
    """How often a true case scores above a false one, ties half (Mann and Whitney 1947)."""
    order = sorted(range(len(scores)), key=scores.__getitem__)
    ranks = [0.0] * len(scores)
    i = 0
    while i < len(order):
        j = i
        while j + 1 < len(order) and scores[order[j + 1]] == scores[order[i]]:
            j += 1
        for k in range(i, j + 1):
            ranks[order[k]] = (i + j) / 2 + 1
        i = j + 1
    positive = sum(truth)
    negative = len(truth) - positive
    if not positive or not negative:
        return None
    return (sum(r for r, t in zip(ranks, truth, strict=True) if t) - positive * (positive + 1) / 2) / (
        positive * negative
    )


@dataclass(frozen=True, slots=True)
class Point:
    """Were only questions of at least this confidence answered: their share of all, and the mean loss over them."""

    confidence: float
    coverage: float
    risk: float


def risk_coverage(confidence: Sequence[float], loss: Sequence[float], questions: int) -> list[Point]:
    """The curve over the answered ones of so many questions, from the surest down (El-Yaniv and Wiener 2010).

    Equal confidences make one point: no threshold could part them.
    """
    order = sorted(zip(confidence, loss, strict=True), key=lambda pair: -pair[0])
    points, total = [], 0.0
    for n, (sure, lost) in enumerate(order, 1):
        total += lost
        if n == len(order) or order[n][0] != sure:
            points.append(Point(sure, n / questions, total / n))
    return points


def risk_area(points: Sequence[Point]) -> float | None:
    """Mean risk over the coverage that the curve reaches, lower is better; None without a point.

    The area of steps (Geifman and El-Yaniv 2019), divided by the width, as refused questions have no loss.
    """
    if not points:
        return None
    before = [0.0, *(p.coverage for p in points)]
    return sum(p.risk * (p.coverage - b) for p, b in zip(points, before, strict=False)) / points[-1].coverage
