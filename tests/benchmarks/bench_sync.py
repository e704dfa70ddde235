"""Measures what a sync costs beside its embedding model: python -m tests.benchmarks.bench_sync ARTICLES [--count N]

ARTICLES is a JSONL file of articles, of which a seeded sample is synced into a new library. Three ratios, each within
one run: what reading, cutting, clustering and storing take on top of the embedding model; passages a second against
sentence-transformers with its defaults; and a sync over 5,000 files that haven't changed. Times are of the processor,
and by the clock where that is said: on a machine that does other work only the first can be compared.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from index.embedder import Embedder, cores, model_folder
from index.library import Library
from index.sync import sync

ROUNDS = 3
COMPARED = 256  # passages that both ways embed in each round


class Timed(Embedder):
    """The real embedder, which remembers what it embedded and how long that took."""

    def __init__(self):
        super().__init__()
        self.embedded: list[str] = []
        self.seconds = self.clock = 0.0

    def embed(self, texts: list[str], batch: int = 32) -> np.ndarray:
        begun, clock = time.process_time(), time.perf_counter()
        made = super().embed(texts, batch)
        self.seconds += time.process_time() - begun
        self.clock += time.perf_counter() - clock
        self.embedded += texts
        return made


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what a sync costs beside its embedding model.")
    parser.add_argument("articles", type=Path)
    parser.add_argument("--count", type=int, default=300, help="articles of the sample (%(default)s)")
    asked = parser.parse_args()
    opened = gzip.open if asked.articles.suffix == ".gz" else open
    with opened(asked.articles, "rt", encoding="utf-8") as file:
        lines = random.Random(2022).sample(file.readlines(), asked.count)
    with tempfile.TemporaryDirectory() as place:
        texts = syncing(lines, Path(place))
        embedding(random.Random(2022).sample(texts, min(COMPARED, len(texts))))
        unchanged(Path(place))


def syncing(lines: list[str], place: Path) -> list[str]:
    """One sync, its time split; what was embedded."""
    embedder = Timed()
    embedder.embed(["The model is loaded before the clock starts."])
    embedder.seconds = embedder.clock = 0.0
    (place / "articles.jsonl").write_text("".join(lines), encoding="utf-8")
    begun, clock = time.process_time(), time.perf_counter()
    report = sync([place / "articles.jsonl"], place / "library", embedder)
    own, clock = time.process_time() - begun - embedder.seconds, time.perf_counter() - clock
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    index = children.ru_utime + children.ru_stime
    passages = Library.open(place / "library", embedder).facts().passages
    print(
        f"{report.new} articles, {passages} passages: embedding {embedder.seconds:.1f} s of the processor;"
        f" on top of it reading, cutting, clustering and storing {own:.1f} s ({own / embedder.seconds:.1%}),"
        f" building the vector index in processes of its own {index:.1f} s ({index / embedder.seconds:.1%});"
        f" by the clock {embedder.clock:.1f} s of {clock:.1f} s",
        flush=True,
    )
    return embedder.embedded


def embedding(texts: list[str]) -> None:
    """Passages a second against sentence-transformers' defaults with the same model, in turns, and the vectors."""
    import torch
    from sentence_transformers import SentenceTransformer

    ours = Embedder()
    ours.embed(texts[:32])
    plain = SentenceTransformer(str(model_folder()), device="cpu", local_files_only=True)

    def theirs() -> np.ndarray:
        torch.set_num_threads(cores())
        try:
            return plain.encode(texts, show_progress_bar=False)
        finally:
            torch.set_num_threads(1)

    processor, clock = [], []
    for _ in range(ROUNDS):
        wanted, *default = _timed(theirs)
        made, *fast = _timed(lambda: ours.embed(texts))
        processor.append(default[0] / fast[0])
        clock.append(default[1] / fast[1])
    cosines = (made * wanted).sum(axis=1) / np.linalg.norm(wanted, axis=1)
    print(
        f"embedding {len(texts)} passages, {ROUNDS} times in turns: {statistics.median(processor):.2f} times the"
        f" default's passages in a second of the processor ({min(processor):.2f} to {max(processor):.2f}),"
        f" {statistics.median(clock):.2f} times by the clock ({min(clock):.2f} to {max(clock):.2f});"
        f" lowest cosine to it {cosines.min():.5f}; load {os.getloadavg()[0]:.1f} on {cores()} cores",
        flush=True,
    )


def _timed(work: Callable[[], np.ndarray]) -> tuple[np.ndarray, float, float]:
    begun, clock = time.process_time(), time.perf_counter()
    made = work()
    return made, time.process_time() - begun, time.perf_counter() - clock


def unchanged(place: Path) -> None:
    """Five thousand files of one article each, synced again: the sync itself, and the whole command."""
    embedder = Timed()
    vector = np.eye(1, embedder.dimensions, dtype=np.float32)
    embedder.embed = lambda texts: np.repeat(vector, len(texts), 0)  # the first sync is not what is measured
    for n in range(5000):
        file = place / "many" / str(n // 500) / f"{n}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Story {n}\n\nThe ferry number {n} is late again today, and so is the next one.\n")
    sync([place / "many"], place / "again", embedder)
    embedder = Timed()
    begun, clock = time.process_time(), time.perf_counter()
    report = sync([place / "many"], place / "again", embedder)
    used, clock = time.process_time() - begun, time.perf_counter() - clock
    assert (report.unchanged, report.changed, embedder.embedded) == (5000, 0, [])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "assistant.cli", "sync", str(place / "many"), "--library", str(place / "again")]
    whole = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    whole = time.perf_counter() - whole
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"again over 5,000 unchanged files: {used:.2f} s of the processor, {clock:.2f} s by the clock;"
        f" the whole command {processor:.2f} s, {whole:.2f} s by the clock"
    )


if __name__ == "__main__":
    main()
