"""Copies of articles made from a seed, with a known share of their words or sentences edited."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from index.passages import sentences

SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)


def cut_down(text: str, share: float, others: Sequence[str], chance: random.Random) -> str:
    """A share of the sentences is left out."""
    told = _sentences(text)
    left = sorted(chance.sample(range(len(told)), max(1, round(len(told) * (1 - share)))))
    return " ".join(told[i] for i in left)


def replaced(text: str, share: float, others: Sequence[str], chance: random.Random) -> str:
    """A share of the sentences makes way for sentences of other articles."""
    told = _sentences(text)
    for i in chance.sample(range(len(told)), round(len(told) * share)):
        told[i] = chance.choice(_sentences(chance.choice(others)))
    return " ".join(told)


def reworded(text: str, share: float, others: Sequence[str], chance: random.Random) -> str:
    """A share of the words makes way for other words, spread evenly: harder than any editor would make it."""
    stock = chance.choice(others).split()
    return " ".join(chance.choice(stock) if chance.random() < share else word for word in text.split())


EDITS: dict[str, Callable[[str, float, Sequence[str], random.Random], str]] = {
    "cut down": cut_down,
    "replaced": replaced,
    "reworded": reworded,
}


def _sentences(text: str) -> list[str]:
    return [text[a:b].strip() for a, b in sentences(text)]
