"""Measures the gate on a set of articles: python -m tests.benchmarks.bench_quotes SET [--count 2000]

SET is a folder with articles.jsonl or articles.jsonl.gz. Honest variants that are refused and dishonest ones that
pass are printed, so that each can be looked at.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from assistant.evaluation import variants
from assistant.evaluation.variants import Variant
from assistant.quotes import Verdict, find
from index.articles import Article
from index.shingles import ArticleIndex


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the gate on a set of articles.")
    parser.add_argument("set", type=Path)
    parser.add_argument("--count", type=int, default=2_000, help="honest and dishonest variants; half as many excerpts")
    parser.add_argument("--seed", type=int, default=2022)
    asked = parser.parse_args()
    articles = read(asked.set)
    started = perf_counter()
    index = ArticleIndex(articles)
    print(f"{len(articles)} articles, indexed in {perf_counter() - started:.1f} s\n")
    print(f"{'measure':<46}{'share':>8}{'n':>7}{'ms':>8}{'p95':>8}")
    half = asked.count // 2
    report("honest, refused", variants.honest(articles, asked.count, asked.seed), index, refused)
    report("dishonest, passed", variants.dishonest(articles, asked.count, asked.seed), index, passed)
    exact = variants.excerpts(articles, half, asked.seed)
    report("excerpt, not exact in the right article", exact, index, lambda v, verdict: not right(v, verdict, "exact"))
    light = variants.lightly_altered(articles, half, asked.seed)
    report("lightly altered, not the right article", light, index, lambda v, verdict: not of(v, verdict))
    report("lightly altered, not said to be altered", light, index, lambda v, verdict: verdict.kind != "altered")


def read(folder: Path) -> list[Article]:
    """The articles of a question set."""
    file = next(f for f in (folder / "articles.jsonl", folder / "articles.jsonl.gz") if f.exists())
    with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8") as lines:
        return [Article(**json.loads(line)) for line in lines]


def refused(variant: Variant, verdict: Verdict) -> bool:
    return not right(variant, verdict, "exact")


def passed(variant: Variant, verdict: Verdict) -> bool:
    return verdict.kind == "exact"


def right(variant: Variant, verdict: Verdict, kind: str) -> bool:
    return verdict.kind == kind and of(variant, verdict)


def of(variant: Variant, verdict: Verdict) -> bool:
    """Is the verdict about the article that the words come from, be it as a copy that is named?"""
    return variant.article.id in {q.article.id for q in verdict.quotes} | {a.id for a in verdict.also_in}


def judge(variant: Variant, index: ArticleIndex) -> Verdict:
    return find(variant.words, index, variant.claimed_article, variant.claimed_speaker, variants.said_by)


def report(
    name: str, made: Sequence[Variant], index: ArticleIndex, wrong: Callable[[Variant, Verdict], bool]
) -> None:
    """One line of the table, then the variants that it counts."""
    kinds, counted, times = Counter(v.kind for v in made), Counter(), []
    shown = []
    for variant in made:
        started = perf_counter()
        verdict = judge(variant, index)
        times.append((perf_counter() - started) * 1_000)
        if wrong(variant, verdict):
            counted[variant.kind] += 1
            shown.append(f"    {variant.kind}: {verdict.kind}: {variant.words!r}")
    mean, p95 = sum(times) / len(times), sorted(times)[int(len(times) * 0.95)]
    print(f"{name:<46}{counted.total() / len(made):>8.2%}{len(made):>7}{mean:>8.2f}{p95:>8.2f}")
    for kind, count in sorted(counted.items()):
        print(f"  {kind:<44}{count:>8}{kinds[kind]:>7}")
    print("\n".join(shown[:20]) if shown else "", end="\n" if shown else "")


if __name__ == "__main__":
    main()
