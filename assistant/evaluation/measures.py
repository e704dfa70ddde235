"""Measures as small pure functions: SQuAD's exact match and token F1, refusal, retrieval.

A measure that doesn't apply is None and falls out of its mean; what wasn't found counts zero.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence


def normalise(text: str) -> str:
    """Lower case, no punctuation, no articles, single spaces (SQuAD's evaluation script)."""
    text = "".join(" " if c in "‘’“”" else c for c in text.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def exact_match(answer: str, right: Sequence[str]) -> float:
    """1.0 where the answer equals a right one after normalisation (Rajpurkar et al. 2016)."""
    return float(any(normalise(answer) == normalise(r) for r in right))


def token_f1(answer: str, right: Sequence[str]) -> float:
    """The best F1 over shared tokens with a right answer (Rajpurkar et al. 2016)."""
    return max((_f1(normalise(answer).split(), normalise(r).split()) for r in right), default=0.0)


def _f1(found: list[str], wanted: list[str]) -> float:
    if not found or not wanted:
        return float(found == wanted)
    shared = sum((Counter(found) & Counter(wanted)).values())
    return 2 * shared / (len(found) + len(wanted))


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
    return (sum(r for r, t in zip(ranks, truth, strict=True) if t) - positive * (positive + 1) / 2) / (positive * negative)
