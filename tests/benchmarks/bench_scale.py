"""Measures keeping and searching as a library grows: python -m tests.benchmarks.bench_scale LIBRARY PLACE [...]

LIBRARY is a library of real articles. They are repeated, with every other word replaced so that they are no copies of
each other, into a folder in PLACE (15 GB for a million passages), and synced step by step. What embeds them gives out
LIBRARY's vectors with small noise, so that the times are of everything else: reading, cutting, clustering, storing.
The real model is loaded in each sync and embeds one group of its articles, so that the memory is a sync's. The vector
index is built where searches are measured and not in between. The steps that PLACE holds already are not taken again.
`--characters` cuts the articles short: what an article costs goes with its length, and 50,000 whole ones take long.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from index import sync as syncing
from index.articles import Article
from index.embedder import Embedder
from index.generations import renew_vectors
from index.library import Library
from index.scope import EVERYTHING, Scope
from index.search import CANDIDATES

NOISE = 0.15  # the length of what is added to a unit vector: as near as the passages of one story
OUTLETS = {"0.1 %": 0.001, "1 %": 0.01, "10 %": 0.1, "50 %": 0.5}  # the share of the articles that each has
QUESTIONS = 50
PER_FILE = 1000  # articles
STEPS = [1000, 2000, 4000, 7700, 12_000, 20_000, 30_000, 40_000, 50_000]  # articles


@dataclass(frozen=True, slots=True)
class Step:
    """What one sync cost. Times are of the processor; a megabyte is 2 ** 20 bytes."""

    articles: int  # held after it
    passages: int
    new: int  # articles
    own: float  # seconds in the sync's own process, without those of the embedder
    index: float  # seconds in the processes that build and check the vector index
    memory: int  # MB, the most that the sync's own process had
    index_memory: int  # MB, likewise the processes of the vector index


class Given:
    """An embedder that gives out real vectors with noise, and counts word pieces as the real one does."""

    def __init__(self, vectors: Path, seed: int):
        self.real = Embedder()
        self.name, self.dimensions = self.real.name, self.real.dimensions
        self.vectors = np.load(vectors, mmap_mode="r")
        self.chance = np.random.default_rng(seed)
        self.seconds = 0.0
        self.has_embedded = False

    def offsets(self, texts: list[str]) -> list[list[tuple[int, int]]]:
        return self.real.offsets(texts)

    def embed(self, texts: list[str]) -> np.ndarray:
        begun = time.process_time()
        if not self.has_embedded:
            self.real.embed(texts)
            self.has_embedded = True
        chosen = self.vectors[self.chance.integers(len(self.vectors), size=len(texts))]
        noise = self.chance.standard_normal(chosen.shape, np.float32) * (NOISE / self.dimensions**0.5)
        made = chosen + noise
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        self.seconds += time.process_time() - begun
        return made


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure keeping and searching as a library grows.")
    parser.add_argument("library", type=Path)
    parser.add_argument("place", type=Path)
    parser.add_argument("--steps", type=int, nargs="+", default=STEPS, help="articles to hold after each sync")
    parser.add_argument("--searches", type=int, nargs="*", default=[800, 7700], help="articles at which to search")
    parser.add_argument("--characters", type=int, default=1 << 30, help="of an article (all)")
    parser.add_argument("--plot", type=Path, help="an SVG file for the cost of an article")
    asked = parser.parse_args()
    place: Path = asked.place
    place.mkdir(parents=True, exist_ok=True)
    real = Library.open(asked.library)
    if not (place / "vectors.npy").exists():
        np.save(place / "vectors.npy", _matrix([v for _, v in real.catalog.vectors(EVERYTHING)]))
    log = place / "steps.jsonl"
    steps = [Step(**json.loads(line)) for line in log.read_text().splitlines()] if log.exists() else []
    articles = repeated(list(real.articles()), asked.characters, random.Random(2022))
    held = 0
    for wanted in sorted({*asked.steps, *asked.searches}):
        write(place / "articles", list(islice(articles, wanted - held)), held)
        held = wanted
        if not any(step.articles >= wanted for step in steps):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
                steps.append(apart.submit(take, place, wanted, wanted in asked.searches).result())
            with log.open("a") as out:
                print(json.dumps(asdict(steps[-1])), file=out)
        if wanted in asked.searches and steps[-1].articles == wanted:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
                apart.submit(measure, place).result()
    print(table(steps))
    if asked.plot:
        asked.plot.write_text(plot(steps), encoding="utf-8")


def repeated(articles: list[Article], characters: int, chance: random.Random) -> Iterator[dict[str, str | None]]:
    """The articles again and again, each time other ones: every other word is one of another article's."""
    stock = [word for article in articles for word in article.text.split()]
    outlets, shares = [*OUTLETS, "others"], [*OUTLETS.values(), 1 - sum(OUTLETS.values())]
    number = 0
    while True:
        for article in articles:
            words = article.text[:characters].split()
            words[::2] = chance.choices(stock, k=len(words[::2]))
            outlet = chance.choices(outlets, shares)[0]
            number += 1
            yield {"id": f"a{number}", "title": article.title, "outlet": outlet, "text": " ".join(words)}


def write(folder: Path, articles: list[dict[str, str | None]], held: int) -> None:
    """Files of some articles each; one that is there is the same one and stays."""
    folder.mkdir(exist_ok=True)
    for first in range(0, len(articles), PER_FILE):
        file = folder / f"{held + first:07}.jsonl"
        if not file.exists():
            rows = (json.dumps(article) + "\n" for article in articles[first : first + PER_FILE])
            file.write_text("".join(rows), encoding="utf-8")


def take(place: Path, articles: int, index: bool) -> Step:
    """Sync what the folder holds, in a process of its own; with or without the vector index."""
    given = Given(place / "vectors.npy", seed=articles)
    given.real.embed(["The model is loaded, as it is in a sync."])
    syncing.renew_vectors = renew_vectors if index else lambda *_: False
    largest = Largest()
    begun = time.process_time()
    report = syncing.sync([place / "articles"], place / "library", given)
    own = time.process_time() - begun - given.seconds
    largest.stop()
    facts = Library.open(place / "library", given).facts()
    assert facts.articles == articles and not report.problems, report.problems
    mine, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return Step(
        facts.articles,
        facts.passages,
        report.new,
        own,
        children.ru_utime + children.ru_stime,
        mine.ru_maxrss >> 10,
        largest.megabytes,
    )


class Largest:
    """Watches how much memory the child processes of this one take; what the system adds up counts the fork too."""

    def __init__(self) -> None:
        self.megabytes = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._done.wait(0.5):
            for status in Path("/proc").glob("[0-9]*/status"):
                with suppress(OSError):  # it has ended
                    held = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
                    if held["PPid"] == str(os.getpid()) and "VmHWM" in held:
                        self.megabytes = max(self.megabytes, int(held["VmHWM"].split()[0]) >> 10)

    def stop(self) -> None:
        self._done.set()
        self._thread.join()


def measure(place: Path) -> None:
    """Whole searches, timed, and whether the ten nearest of each are those that an exact comparison gives.

    Times are by the clock and, for a machine that does other work, of the processor.
    """
    library = Library.open(place / "library")
    db = library.catalog.connection
    count = db.execute("SELECT count(*) FROM passages").fetchone()[0]
    matrix, numbers = np.empty((count, library.embedder.dimensions), np.float32), np.empty(count, np.int64)
    outlets = np.empty(count, "U8")
    rows = db.execute("SELECT p.number, p.vector, a.outlet FROM passages p JOIN articles a ON a.number = p.article")
    for i, (number, vector, outlet) in enumerate(rows):
        matrix[i], numbers[i], outlets[i] = np.frombuffer(vector, np.float32), number, outlet
    titles = [a.title for a in islice(library.articles(), QUESTIONS * 3) if a.title][:QUESTIONS]
    library.search(titles[0])
    print(f"{count} passages, {len(titles)} questions; ms by the clock, of the processor")
    print(f"{'filter':<9}" + "".join(f"{name:>9}" for name in ("p50", "p95", "p50", "p95", "recall@10")))
    for name in ("none", *OUTLETS):
        scope = EVERYTHING if name == "none" else Scope(outlets=frozenset([name]))
        inside = np.ones(count, bool) if name == "none" else outlets == name
        clock, processor, found = [], [], []
        for title in titles:
            begun, used = time.perf_counter(), time.process_time()
            library.search(title, scope)
            clock.append(1000 * (time.perf_counter() - begun))
            processor.append(1000 * (time.process_time() - used))
            vector = library.embedder.embed_few([title])[0]
            cosines = np.where(inside, matrix @ vector, -2)
            exact = set(numbers[np.argpartition(-cosines, 10)[:10]].tolist())
            nearest = library._nearest(vector, scope, CANDIDATES)
            found.append(len(exact & set(sorted(nearest, key=nearest.get, reverse=True)[:10])) / min(10, inside.sum()))
        cells = [quantile(times, share) for times in (clock, processor) for share in (0.5, 0.95)]
        print(f"{name:<9}" + "".join(f"{cell:>9.1f}" for cell in cells) + f"{statistics.mean(found):>9.4f}", flush=True)


def quantile(times: list[float], share: float) -> float:
    return sorted(times)[int(share * len(times))]


def _matrix(vectors: list[bytes]) -> np.ndarray:
    return np.frombuffer(b"".join(vectors), np.float32).reshape(len(vectors), -1)


def table(steps: list[Step]) -> str:
    names = ("articles", "passages", "ms an article", "ms a passage", "MB", "index: s", "index: MB")
    rows = [" ".join(f"{name:>13}" for name in names)]
    for before, step in zip([None, *steps], steps, strict=False):
        passages = step.passages - (before.passages if before else 0)
        cells = (1000 * step.own / step.new, 1000 * step.own / passages)
        shown = (step.articles, step.passages, *(f"{c:.2f}" for c in cells), step.memory)
        rows.append(" ".join(f"{cell:>13}" for cell in (*shown, f"{step.index:.1f}", step.index_memory)))
    return "\n".join(rows)


def plot(steps: list[Step]) -> str:
    """Milliseconds an article over the number of articles held, as SVG."""
    width, height, left, below = 640, 260, 44, 40
    last, most = steps[-1].articles, max(1000 * step.own / step.new for step in steps) * 1.25

    def at(articles: float, cost: float) -> tuple[float, float]:
        return left + articles / last * (width - left - 20), height - below - cost / most * (height - below - 34)

    points = [at(step.articles, 1000 * step.own / step.new) for step in steps]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)
    marks = []
    for cost in range(0, int(most) + 1, max(1, round(most / 5))):
        x, y = at(0, cost)
        marks.append(f'<path d="M{x} {y:.1f}H{width - 20}" stroke="#ddd"/><text x="8" y="{y + 4:.1f}">{cost}</text>')
    for articles in (1000, *range(10_000, last + 1, 10_000)):
        x, y = at(articles, 0)
        marks.append(f'<text x="{x:.1f}" y="{y + 18:.1f}" text-anchor="middle">{articles:,}</text>')
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif"
font-size="11"><rect width="{width}" height="{height}" fill="white"/>
<text x="8" y="18">Milliseconds of a processor for one article: reading, cutting, clustering, storing</text>
{"".join(marks)}
<polyline points="{line}" fill="none" stroke="black"/>{dots}
<text x="{width - 20}" y="{height - 6}" text-anchor="end">articles held</text></svg>
"""


if __name__ == "__main__":
    main()
