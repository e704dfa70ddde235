"""Measures the gate on a set of articles: python -m tests.benchmarks.bench_quotes SET [--count 2000]

SET is a folder with articles.jsonl or articles.jsonl.gz; its library is the one that `onrecord evaluate` asks. Honest
variants that are refused and dishonest ones that pass are printed, so that each can be looked at.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from time import process_time

from assistant.attribution import Voice, Voices, voices
from assistant.evaluation import dishonest, variants
from assistant.evaluation.run import open_library
from assistant.evaluation.sets import read_set
from assistant.evaluation.variants import Variant
from assistant.quotes import Verdict, find
from index.articles import Article
from index.library import Library

PIECES = re.compile(r"…|\.\s?\.\s?\.|\[")  # that need a voice each
SHOWN = 12  # variants that are printed of each measure


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the gate on a set of articles.")
    parser.add_argument("set", type=Path)
    parser.add_argument("--count", type=int, default=2_000, help="honest and dishonest variants; half as many excerpts")
    parser.add_argument("--part", choices=("honest", "dishonest", "excerpts", "altered"), help="this measure alone")
    parser.add_argument("--seed", type=int, default=2022)
    asked = parser.parse_args()
    library = open_library(read_set(asked.set), None)
    articles = sorted(library.articles(), key=lambda a: a.id)
    print(f"{len(articles)} articles\n\n{'measure':<46}{'share':>8}{'n':>7}", flush=True)
    half = asked.count // 2
    if asked.part in (None, "honest"):
        judged = judge("honest variants", variants.honest(articles, asked.count, asked.seed), library)
        report("refused, or in the wrong article", judged, lambda v, w: w.kind != "exact" or not right(v, w))
    if asked.part in (None, "dishonest"):
        judged = judge("dishonest variants", dishonest.dishonest(articles, asked.count, asked.seed), library)
        report("passed as exact", judged, lambda v, w: w.kind == "exact")
    if asked.part in (None, "excerpts"):
        judged = judge("excerpts", variants.excerpts(articles, half, asked.seed), library)
        report("not exact in the right article", judged, lambda v, w: w.kind != "exact" or not right(v, w))
    if asked.part in (None, "altered"):
        judged = judge("lightly altered excerpts", dishonest.lightly_altered(articles, half, asked.seed), library)
        report("not in the right article", judged, lambda v, w: not right(v, w))
        report("not said to be altered", judged, lambda v, w: w.kind != "altered")


def right(variant: Variant, verdict: Verdict) -> bool:
    """Is the verdict about the article that the words come from, be it as a copy that is named?"""
    return variant.article.id in {q.article.id for q in verdict.quotes} | {a.id for a in verdict.also_in}


@lru_cache(maxsize=1_000)
def parsed(article: Article) -> Voices:
    return voices(article.text)


def voice_of(article: Article, start: int, end: int) -> Voice:
    return parsed(article).of(start, end)


def judge(name: str, made: Sequence[Variant], library: Library) -> list[tuple[Variant, Verdict]]:
    """The gate's verdicts, and a line with the processor time that they took. Articles are parsed beforehand."""
    judged, times = [], []
    for v in made:
        voiced = voice_of if v.claimed_speaker or PIECES.search(v.words) else None
        if voiced:
            parsed(v.article)
        started = process_time()
        verdict = find(v.words, library, v.claimed_article, v.claimed_speaker, voiced)
        times.append((process_time() - started) * 1_000)
        judged.append((v, verdict))
    slow = sorted(times)[len(times) * 95 // 100]
    print(f"{name}: {sum(times) / len(times):.2f} ms a quote, 95 in 100 within {slow:.2f} ms", flush=True)
    return judged


def report(name: str, judged: Sequence[tuple[Variant, Verdict]], wrong: Callable[[Variant, Verdict], bool]) -> None:
    """One line of the table, then the kinds and the first variants that it counts."""
    made = Counter(v.kind for v, _ in judged)
    counted = [(v, verdict) for v, verdict in judged if wrong(v, verdict)]
    print(f"  {name:<44}{len(counted) / len(judged):>8.2%}{len(judged):>7}")
    for kind, count in sorted(Counter(v.kind for v, _ in counted).items()):
        print(f"    {kind:<42}{count:>8}{made[kind]:>7}")
    for v, verdict in counted[:SHOWN]:
        print(f"      {v.kind}: {verdict.kind}: {v.words!r}", flush=True)


if __name__ == "__main__":
    main()
