"""Measures keeping and searching as a library grows: python -m tests.benchmarks.bench_scale LIBRARY [--passages N ...]

LIBRARY is a library of real articles. Its articles are repeated, with every other word replaced so that they are no
copies of each other, and its vectors, with small noise, until there are N passages. What embeds them gives out those
vectors, so that the times are of everything else: reading, cutting, clustering, storing; the real model is loaded
beside it, so that the memory is a sync's. One row for each step of articles, then one for each share that a filter
leaves.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.articles import Article
from index.library import Library
from index.scope import EVERYTHING, Scope
from index.search import CANDIDATES
from index.sync import sync

NOISE = 0.15  # the length of what is added to a unit vector: as near as the passages of one story
OUTLETS = {"0.1 %": 0.001, "1 %": 0.01, "10 %": 0.1, "50 %": 0.5}  # the share of the articles that each has
QUESTIONS = 100


class Given:
    """An embedder that gives out real vectors with noise, and counts word pieces as the real one does."""

    def __init__(self, library: Library, chance: np.random.Generator):
        self.real = library.embedder
        self.name, self.dimensions = self.real.name, self.real.dimensions
        vectors = [v for _, v in library.catalog.vectors(EVERYTHING)]
        self.vectors = np.frombuffer(b"".join(vectors), np.float32).reshape(len(vectors), -1)
        self.chance = chance
        self.seconds = 0.0
        self.real.embed(["The model is loaded, as it is in a sync."])

    def offsets(self, texts: list[str]) -> list[list[tuple[int, int]]]:
        return self.real.offsets(texts)

    def embed(self, texts: list[str]) -> np.ndarray:
        begun = time.process_time()
        chosen = self.vectors[self.chance.integers(len(self.vectors), size=len(texts))]
        noise = self.chance.standard_normal(chosen.shape, np.float32) * (NOISE / self.dimensions**0.5)
        made = chosen + noise
        self.seconds += time.process_time() - begun
        return made / np.linalg.norm(made, axis=1, keepdims=True)

    embed_few = embed


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure keeping and searching as a library grows.")
    parser.add_argument("library", type=Path)
    parser.add_argument("--passages", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--step", type=int, default=1000, help="articles in a row of the table (%(default)s)")
    parser.add_argument("--plot", type=Path, help="an SVG file for the cost of an article")
    asked = parser.parse_args()
    real = Library.open(asked.library)
    given = Given(real, np.random.default_rng(2022))
    costs: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory() as place:
        articles = repeated(list(real.articles()), random.Random(2022))
        for wanted in asked.passages:
            grow(Path(place), articles, given, wanted, asked.step, costs)
            measure(Library.open(Path(place) / "library", given), given)
        unchanged(Path(place), given)
    if asked.plot:
        asked.plot.write_text(plot(costs), encoding="utf-8")


def repeated(articles: list[Article], chance: random.Random) -> Iterator[dict[str, str | None]]:
    """The articles again and again, each time other ones: every other word is one of another article's."""
    stock = [word for article in articles for word in article.text.split()]
    outlets, shares = [*OUTLETS, "others"], [*OUTLETS.values(), 1 - sum(OUTLETS.values())]
    number = 0
    while True:
        for article in articles:
            words = article.text.split()
            words[::2] = chance.choices(stock, k=len(words[::2]))
            outlet = chance.choices(outlets, shares)[0]
            number += 1
            yield {"id": f"a{number}", "title": article.title, "outlet": outlet, "text": " ".join(words)}


def grow(
    place: Path, articles: Iterator[dict], given: Given, wanted: int, step: int, costs: list[tuple[int, float]]
) -> None:
    """Sync some articles at a time until there are so many passages; a row for each."""
    held, passages = costs[-1][0] if costs else 0, 0
    print(
        f"{'articles':>9}{'passages':>10}{'ms an article':>15}{'ms a passage':>14}{'of it, index':>14}{'MB':>7}",
        flush=True,
    )
    while passages < wanted:
        rows = [json.dumps(next(articles)) + "\n" for _ in range(step)]
        file = place / "articles" / f"{held}.jsonl"
        file.parent.mkdir(exist_ok=True)
        file.write_text("".join(rows), encoding="utf-8")
        before, given.seconds = passages, 0.0
        begun, children = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
        sync([place / "articles"], place / "library", given)
        own = time.process_time() - begun - given.seconds
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        index = after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime
        facts = Library.open(place / "library", given).facts()
        held, passages = facts.articles, facts.passages
        costs.append((held, 1000 * own / step))
        print(
            f"{held:>9}{passages:>10}{1000 * own / step:>15.1f}{1000 * own / max(1, passages - before):>14.2f}"
            f"{1000 * index / step:>14.1f}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:>7.0f}",
            flush=True,
        )


def measure(library: Library, given: Given) -> None:
    """Whole searches, timed, and whether the ten nearest of each are those that an exact comparison gives."""
    rows = library.catalog.connection.execute(
        "SELECT p.number, p.vector, a.outlet FROM passages p JOIN articles a ON a.number = p.article"
    ).fetchall()
    numbers = np.array([number for number, *_ in rows])
    matrix = np.frombuffer(b"".join(vector for _, vector, _ in rows), np.float32).reshape(len(rows), -1)
    outlets = np.array([outlet for *_, outlet in rows])
    titles = [a.title for a, _ in zip(library.articles(), range(QUESTIONS * 3), strict=False) if a.title][:QUESTIONS]
    print(
        f"{len(rows)} passages, {len(titles)} questions\n{'filter':<9}{'p50 ms':>8}{'p95 ms':>8}{'recall@10':>11}",
        flush=True,
    )
    for name in ("none", *OUTLETS):
        scope = EVERYTHING if name == "none" else Scope(outlets=frozenset([name]))
        inside = np.ones(len(rows), bool) if name == "none" else outlets == name
        if not inside.any():
            continue
        times, found = [], []
        for title in titles:
            begun = time.perf_counter()
            library.search(title, scope)
            times.append(1000 * (time.perf_counter() - begun))
            vector = given.embed([title])[0]
            cosines = np.where(inside, matrix @ vector, -2)
            exact = set(numbers[np.argsort(-cosines)[:10]].tolist())
            nearest = library._nearest(vector, scope, CANDIDATES)
            found.append(len(exact & set(sorted(nearest, key=nearest.get, reverse=True)[:10])) / min(10, inside.sum()))
        p95 = sorted(times)[int(0.95 * len(times))]
        print(f"{name:<9}{statistics.median(times):>8.1f}{p95:>8.1f}{statistics.mean(found):>11.4f}", flush=True)


def unchanged(place: Path, given: Given) -> None:
    """Five thousand files of one article each, synced again."""
    for n in range(5000):
        file = place / "many" / str(n // 500) / f"{n}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Story {n}\n\nThe ferry number {n} is late again today, and so is the next one.\n")
    sync([place / "many"], place / "again", given)
    begun, used = time.perf_counter(), time.process_time()
    report = sync([place / "many"], place / "again", given)
    assert (report.unchanged, report.changed) == (5000, 0)
    print(
        f"again over 5,000 unchanged: {time.perf_counter() - begun:.2f} s, processor {time.process_time() - used:.2f} s"
    )


def plot(costs: list[tuple[int, float]]) -> str:
    """Milliseconds an article over the number of articles held, as SVG."""
    width, height, most = 640, 240, max(cost for _, cost in costs) * 1.2
    last = costs[-1][0]
    points = " ".join(
        f"{40 + n / last * (width - 60):.1f},{height - 30 - c / most * (height - 50):.1f}" for n, c in costs
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif"
  font-size="11"><rect width="{width}" height="{height}" fill="white"/>
<polyline points="{points}" fill="none" stroke="black"/>
<text x="40" y="14">processor ms an article, without the embedding model; at the top {most:.0f}</text>
<text x="{width - 110}" y="{height - 8}">{last} articles</text><text x="28" y="{height - 28}">0</text></svg>
"""


if __name__ == "__main__":
    main()
