"""Hard negatives from search: passages that lie nearest to a question in meaning and don't hold its answer."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from assistant.training.examples import Example

NEAREST = 10  # passages that search finds for a question
HARDEST = 2  # of those without the answer, the nearest, of which one is taken
BLOCK = 512  # questions that are searched for at once


class Embeds(Protocol):
    def embed(self, texts: list[str]) -> np.ndarray:
        """Vectors of length 1, a row a text."""


def found_by_search(
    examples: Sequence[Example], embedder: Embeds, chance: random.Random, share: float
) -> Iterator[Example]:
    """For a share of a source's questions, a passage of the same source that search finds and that doesn't answer.

    A passage that holds the answer's words may answer: it is none. Passages are the source's own contexts.
    """
    contexts = list(dict.fromkeys(e.context for e in examples))
    lowered = [context.lower() for context in contexts]
    asked = chance.sample(list(examples), int(share * len(examples)))
    passages = embedder.embed(contexts)
    for at in range(0, len(asked), BLOCK):
        some = asked[at : at + BLOCK]
        questions = embedder.embed([e.question for e in some])
        found = np.argsort(-(questions @ passages.T), axis=1, kind="stable")[:, : NEAREST + 1]
        for e, nearest in zip(some, found.tolist(), strict=True):
            without = [i for i in nearest if contexts[i] != e.context and e.answer.lower() not in lowered[i]]
            if without:
                yield Example(e.question, contexts[chance.choice(without[:HARDEST])], None, None, "found by search")
