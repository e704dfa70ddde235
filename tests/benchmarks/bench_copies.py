"""Measures copies: python -m tests.benchmarks.bench_copies ARTICLES [--sample 300]

ARTICLES is a JSONL file of articles, plain or gzipped. Of a seeded sample copies are made with 0 to 60 % of their
sentences or words edited. Recall: the share of copies that share a cluster with their original. Precision: of all pairs
of articles in one cluster, the share that is an original and its copy, or that by exact count shares at least as many
runs as the clustering is after; in the next column also those that share fewer and most of their words. The first row
is the articles without any made copies.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from index import copies
from index.catalog import Catalog
from index.read import read_file
from tests.made_copies import EDITS, SHARES


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the clustering of copies.")
    parser.add_argument("articles", type=Path)
    parser.add_argument("--sample", type=int, default=300, help="articles of which copies are made (%(default)s)")
    asked = parser.parse_args()
    articles = read_file(asked.articles, asked.articles.name).articles
    texts = list(dict.fromkeys(a.text for a in articles if len(a.text) > 800))
    chance = random.Random(2022)
    originals = chance.sample(range(len(texts)), asked.sample)
    print(f"{len(texts)} different texts; copies of {len(originals)} of them at each share")
    print(f"{'edit':<10}{'share':>6}{'recall':>8}{'precision':>11}{'or words':>10}{'pairs':>7}{'ms an article':>15}")
    with tempfile.TemporaryDirectory() as place:
        db = Catalog.create(Path(place) / "library.sqlite").connection
        db.execute("PRAGMA foreign_keys = OFF")  # clusters alone, without the articles that they are of
        db.execute("BEGIN")
        put(db, texts, 0)
        db.execute("COMMIT")
        report("none", 0, db, texts, [], 0)
        for name, edit in EDITS.items():
            for share in SHARES:
                made = [edit(texts[i], share, texts, chance) for i in originals]
                db.execute("BEGIN")
                took = put(db, made, len(texts))
                report(name, share, db, [*texts, *made], originals, took)
                db.execute("ROLLBACK")


def put(db: sqlite3.Connection, texts: Sequence[str], first: int) -> float:
    """Put these in, numbered from `first`; the processor seconds that it took."""
    begun = time.process_time()
    for number, text in enumerate(texts, first):
        copies.add(db, number, text)
    return time.process_time() - begun


def report(
    name: str, share: float, db: sqlite3.Connection, whole: Sequence[str], originals: Sequence[int], took: float
) -> None:
    """One row: the copies stand behind all other texts, in the order of their originals."""
    cluster = dict(db.execute("SELECT article, cluster FROM copies").fetchall())
    made = range(len(whole) - len(originals), len(whole))
    known = set(zip(originals, made, strict=True))
    recall = sum(cluster[a] == cluster[b] for a, b in known) / len(known) if known else float("nan")
    members = defaultdict(list)
    for number, held in sorted(cluster.items()):
        members[held].append(number)
    together = [pair for part in members.values() for pair in combinations(part, 2)]
    counted = [(1.0, 1.0) if (a, b) in known else shared(whole[a], whole[b]) for a, b in together]
    right = sum(common >= copies.ALIKE for common, _ in counted)
    either = sum(
        common >= copies.ALIKE or (common >= copies.SOME and words >= copies.WORDED) for common, words in counted
    )
    each = 1000 * took / len(originals) if originals else float("nan")
    precision = f"{right / len(together):>11.3f}{either / len(together):>10.3f}"
    print(f"{name:<10}{share:>6.0%}{recall:>8.3f}{precision}{len(together):>7}{each:>15.2f}", flush=True)


def shared(one: str, other: str) -> tuple[float, float]:
    """The share of the runs of words of either that both have, counted, and of the words."""
    first, second = runs(one), runs(other)
    return tuple(len(a & b) / len(a | b) for a, b in zip(first, second, strict=True))


@lru_cache(maxsize=5000)
def runs(text: str) -> tuple[frozenset[str], frozenset[str]]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(" ".join(words[i : i + copies.RUN]) for i in range(len(words))), frozenset(words)


if __name__ == "__main__":
    main()
