"""Copies: articles that share much of their wording, clustered as they come in.

Agency copy in many outlets, a repost, an edited version. Each article has a MinHash signature of its runs of three
words (Broder 1997), and one of its words; two articles are linked where the first says that they share at least `ALIKE`
of the runs that either has, or at least `SOME` of them and `WORDED` of the words: a change here and there breaks most
runs and leaves most words. A cluster is what links connect, so it doesn't depend on the order in which articles came.
That two articles are copies says nothing about any one sentence: `index/folding.py` looks at those.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from datasketch import MinHash

RUN = 3  # words
HASHES = 128  # of each signature; the share of equal ones estimates the share of what is shared within 0.04
ALIKE, SOME, WORDED = 0.2, 0.08, 0.47  # fitted on made copies: EVALUATION.md
ROWS = 2  # hashes of a band: two articles that share 0.2 of their runs share a band in 93 % of cases, 0.3 in 99.8 %
MOST = 1000  # articles that a new one is compared with, those with the most bands in common first
_UNPARTED = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
_WORD = re.compile(rf"{_UNPARTED}|(?:(?!{_UNPARTED})\w)+")  # scripts that don't part their words: each character


def signature(text: str) -> np.ndarray:
    """The MinHashes of a text's runs of words and of its words: twice HASHES numbers of 32 bits."""
    import numpy as np

    words = _WORD.findall(text.casefold()) or [text]
    runs = {" ".join(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))}
    return np.concatenate([_minhash(runs), _minhash(set(words))])


def _minhash(things: set[str]) -> np.ndarray:
    import numpy as np

    made = _empty().copy()
    made.update_batch([thing.encode("utf-8", "surrogatepass") for thing in things])
    return made.hashvalues.astype(np.uint32)


@cache
def _empty() -> MinHash:
    """A MinHash of nothing: its permutations are drawn once and not for every text."""
    from datasketch import MinHash

    return MinHash(HASHES, seed=1)


def bands(signature: np.ndarray) -> list[int]:
    """Numbers of 64 bits, one for each ROWS hashes of the runs: articles that share none are not compared."""
    parts = signature[:HASHES].reshape(-1, ROWS)
    keyed = (blake2b(part.tobytes(), digest_size=8, key=bytes([n])) for n, part in enumerate(parts))
    return [int.from_bytes(key.digest(), "big", signed=True) for key in keyed]


def add(db: sqlite3.Connection, article: int, text: str) -> None:
    """Put a new article, by its number, into the cluster of those that it is a copy of; they become one."""
    import numpy as np

    own = signature(text)
    marks = bands(own)
    query = """SELECT article FROM bands WHERE band IN (SELECT value FROM json_each(?))
               GROUP BY article ORDER BY count(*) DESC, article LIMIT ?"""
    near = [n for (n,) in db.execute(query, (json.dumps(marks), MOST))]
    query = "SELECT cluster, signature FROM copies WHERE article IN (SELECT value FROM json_each(?))"
    compared = db.execute(query, (json.dumps(near),)).fetchall()
    clusters = set()
    if compared:
        held = np.frombuffer(b"".join(signature for _, signature in compared), np.uint32).reshape(len(compared), -1)
        clusters = {cluster for (cluster, _), same in zip(compared, linked(held, own), strict=True) if same}
    cluster = min(clusters, default=article)
    query = "UPDATE copies SET cluster = ? WHERE cluster IN (SELECT value FROM json_each(?))"
    db.execute(query, (cluster, json.dumps(sorted(clusters - {cluster}))))
    db.execute("INSERT INTO copies VALUES (?, ?, ?)", (article, own.tobytes(), cluster))
    db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, article) for band in marks])


def remove(db: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Take articles out of their clusters, which may fall apart without them.

    Each cluster is looked at once, however many go: one by one, a story's thousands of copies would take hours.
    """
    import numpy as np

    gone = json.dumps(list(articles))
    query = "DELETE FROM copies WHERE article IN (SELECT value FROM json_each(?)) RETURNING article, signature, cluster"
    taken = db.execute(query, (gone,)).fetchall()
    marks = ((band, article) for article, held, _ in taken for band in bands(np.frombuffer(held, np.uint32)))
    db.executemany("DELETE FROM bands WHERE band = ? AND article = ?", marks)
    for cluster in sorted({cluster for *_, cluster in taken}):
        query = "SELECT article, signature FROM copies WHERE cluster = ? ORDER BY article"
        left = db.execute(query, (cluster,)).fetchall()
        if left:
            signatures = np.stack([np.frombuffer(held, np.uint32) for _, held in left])
            for part in components(signatures):
                numbers = [left[i][0] for i in part]
                query = """UPDATE copies SET cluster = ?1
                           WHERE article IN (SELECT value FROM json_each(?2)) AND cluster <> ?1"""
                db.execute(query, (numbers[0], json.dumps(numbers)))


def linked(some: np.ndarray, one: np.ndarray) -> np.ndarray:
    """Which of some signatures (..., 2 * HASHES) are those of copies of one: alike, and with a band in common."""
    same = some == one
    runs, words = same[..., :HASHES], same[..., HASHES:]
    band = runs.reshape(*runs.shape[:-1], HASHES // ROWS, ROWS).all(axis=-1).any(axis=-1)
    alike = runs.mean(axis=-1)
    return band & ((alike >= ALIKE) | ((alike >= SOME) & (words.mean(axis=-1) >= WORDED)))


def components(signatures: np.ndarray) -> list[list[int]]:
    """The rows of an array (n, 2 * HASHES) that links connect, each part in order."""
    import numpy as np

    left = np.arange(len(signatures))
    parts = []
    while left.size:
        part, waiting, left = [], [int(left[0])], left[1:]
        while waiting:
            one = waiting.pop()
            part.append(one)
            alike = linked(signatures[left], signatures[one])
            waiting += left[alike].tolist()
            left = left[~alike]
        parts.append(sorted(part))
    return parts
