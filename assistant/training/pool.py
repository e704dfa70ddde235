"""The pool: every training example as word pieces, made once by assistant.training.prepare and read by each run.

An example is a question and one or two stretches of texts, so that a paragraph stands in the pool
once however often it is asked about, cut short, or joined with its neighbour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

WINDOW = 352  # word pieces of question, text and three marks
QUESTION = 80  # word pieces
CLS, SEP = 101, 102
NONE = -1
# The columns of a row. A stretch is a text's number and its first and last piece but one; `start` and `end` are the
# answer's first and last piece, counted from the first of the first stretch; `changed` bounds the pieces of the
# question that the text contradicts: 0, 0 where none are, -1, -1 where it isn't known which.
COLUMNS = "question text lo hi text2 lo2 hi2 start end changed changed_end kind".split()
Q, TEXT, LO, HI, TEXT2, LO2, HI2, START, END, CHANGED, CHANGED_END, KIND = range(12)


@dataclass(frozen=True)
class Pool:
    """Examples as arrays."""

    pieces: np.ndarray  # of all texts, one after the other: uint16
    bounds: np.ndarray  # text i is pieces[bounds[i] : bounds[i + 1]]
    rows: np.ndarray  # (examples, 12), int32: see COLUMNS
    kinds: tuple[str, ...]

    @classmethod
    def load(cls, path: Path) -> Pool:
        with np.load(path) as held:
            return cls(held["pieces"], held["bounds"], held["rows"], tuple(held["kinds"].tolist()))

    def save(self, path: Path) -> None:
        np.savez_compressed(path, pieces=self.pieces, bounds=self.bounds, rows=self.rows, kinds=np.array(self.kinds))

    @cached_property
    def lengths(self) -> np.ndarray:
        """Word pieces of each example, marks included."""
        rows = self.rows
        asked = self.bounds[rows[:, Q] + 1] - self.bounds[rows[:, Q]]
        return asked + (rows[:, HI] - rows[:, LO]) + (rows[:, HI2] - rows[:, LO2]) + 3

    @property
    def answerable(self) -> np.ndarray:
        return self.rows[:, START] != NONE


def batches(pool: Pool, chosen: np.ndarray, tokens: int, chance: np.random.Generator) -> Iterator[np.ndarray]:
    """The chosen rows in random batches of like length, each of about `tokens` word pieces with padding."""
    lengths = pool.lengths
    chosen = chance.permutation(chosen)
    chunk = max(4096, tokens // 8)
    made = []
    for at in range(0, len(chosen), chunk):
        rows = chosen[at : at + chunk]
        rows = rows[np.argsort(lengths[rows] + chance.random(len(rows)), kind="stable")]
        batch: list[int] = []
        for row in rows:
            if batch and (len(batch) + 1) * padded(lengths[row]) > tokens:
                made.append(np.array(batch))
                batch = []
            batch.append(row)
        made.append(np.array(batch))
    for i in chance.permutation(len(made)):
        yield made[i]


def padded(length: int) -> int:
    """A length in whole steps of 32: few different shapes, each of which keeps a kernel in memory."""
    return -(-int(length) // 32) * 32


def collate(pool: Pool, batch: np.ndarray) -> dict[str, np.ndarray]:
    """A batch as arrays: ids, types, mask, doubt of (examples, pieces); start, end, answerable of (examples,).

    `doubt` is 1 for a piece of the question that the text contradicts, 0 for another one, -1 where it doesn't count.
    """
    pieces, bounds = pool.pieces, pool.bounds
    rows = pool.rows[batch]
    width = padded(pool.lengths[batch].max())
    ids, types, mask = (np.zeros((len(rows), width), np.int64) for _ in range(3))
    doubt = np.full((len(rows), width), NONE, np.int8)
    start, end = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
    for i, row in enumerate(rows.tolist()):
        at, until = bounds[row[Q]], bounds[row[Q] + 1]
        asked = int(until - at)
        first = asked + 2
        one, two = row[HI] - row[LO], row[HI2] - row[LO2]
        length = first + one + two + 1
        ids[i, 0], ids[i, asked + 1], ids[i, length - 1] = CLS, SEP, SEP
        ids[i, 1 : asked + 1] = pieces[at:until]
        at = bounds[row[TEXT]]
        ids[i, first : first + one] = pieces[at + row[LO] : at + row[HI]]
        if two:
            at = bounds[row[TEXT2]]
            ids[i, first + one : length - 1] = pieces[at + row[LO2] : at + row[HI2]]
        types[i, first:length] = 1
        mask[i, :length] = 1
        if row[CHANGED] != NONE:
            doubt[i, 1 : asked + 1] = 0
            doubt[i, 1 + row[CHANGED] : 1 + row[CHANGED_END]] = 1
        if row[START] != NONE:
            start[i], end[i] = first + row[START], first + row[END]
    answerable = (start > 0).astype(np.float32)
    return {
        "ids": ids,
        "types": types,
        "mask": mask,
        "doubt": doubt,
        "start": start,
        "end": end,
        "answerable": answerable,
    }
