"""Measures agreement: python -m tests.benchmarks.bench_agreement RAMDOCS [--weights FILE] [--read FILE]

RAMDOCS is the folder of that question set. `--read` keeps what was found and read, so that a second run takes seconds.
The pairs of articles in tests/data/pairs.jsonl are measured first: with their answers as marked, then as read.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.agreement import Agreement, Statement, agree
from assistant.evaluation.measures import only_wrong, valid_answers
from assistant.evaluation.sets import Case, half, read_set
from assistant.excerpts import quote as voiced
from assistant.pipeline import PASSAGES, Question, Sought, find, quote_of, read
from assistant.reader import WEIGHTS, Reader
from assistant.stretches import Stretch
from index.articles import Article
from index.library import Library
from index.passages import sentences
from index.sync import sync

Pair = dict[str, Any]  # a row of the file, as tests/data/README.md describes it
PAIRS = Path(__file__).parents[1] / "data" / "pairs.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure agreement.")
    parser.add_argument("set", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="of the reader")
    parser.add_argument("--read", type=Path, help="a file to keep what was found and read in")
    parser.add_argument("--verbose", action="store_true", help="print the pairs that are wrong")
    asked = parser.parse_args()
    reader = Reader(asked.weights)
    report_pairs("pairs as marked", as_marked, asked.verbose)
    report_pairs("pairs as read", partial(as_read, reader=reader), asked.verbose)
    if asked.read and asked.read.exists():
        cases = pickle.loads(asked.read.read_bytes())
    else:
        cases = list(statements(asked.set, reader))
        if asked.read:
            asked.read.write_bytes(pickle.dumps(cases))
    columns = f"{'precision':>11}{'recall':>8}{'only wrong':>12}{'found':>7}{'imagined':>10}{'balanced':>10}"
    print(f"{'RAMDocs':<10}{'n':>5}{columns}")
    for part in ("fit", "check", None):
        report(part or "all", [(c, s) for c, s in cases if part is None or half(c) == part])


def statements(folder: Path, reader: Reader) -> Iterable[tuple[Case, list[Statement]]]:
    """Each question of a set with the statements that the reader finds for it."""
    with TemporaryDirectory() as made:
        sync([folder / "articles.jsonl"], Path(made))
        library = Library.open(Path(made))
        search = partial(library.search, count=PASSAGES)
        for case in read_set(folder).cases:
            seen = read(reader, find(search, library, Question(case.question.text, case.question.scope)))
            yield case, [Statement(c.text, quote_of(c), c.score) for c in seen.candidates]


def report(part: str, cases: Sequence[tuple[Case, Sequence[Statement]]]) -> None:
    """One line of the table: means over the questions that a measure is for."""
    values: dict[str, list[float]] = defaultdict(list)
    for case, held in cases:
        agreed = agree(case.question.text, held)
        given = [s.answer for s in agreed.sides]
        groups = [(a,) for a in dict.fromkeys(case.gold.answers)]
        precision, recall = valid_answers(given, groups)
        values["precision"] += [precision] if precision is not None else []
        values["recall"].append(recall or 0.0)
        if case.gold.disagreement is not None:
            values["found" if case.gold.disagreement else "imagined"].append(float(agreed.disagreement is not None))
        if "conflict" in case.tags:
            values["wrong"].append(only_wrong(given, groups, case.gold.wrong or ()) or 0.0)
    mean = {name: sum(v) / len(v) for name, v in values.items()}
    balanced = (mean["found"] + 1 - mean["imagined"]) / 2
    print(
        f"{part:<10}{len(cases):>5}{mean['precision']:>11.3f}{mean['recall']:>8.3f}{mean['wrong']:>12.3f}"
        f"{mean['found']:>7.3f}{mean['imagined']:>10.3f}{balanced:>10.3f}"
    )


def report_pairs(kind: str, statements_of: Callable[[Pair], list[Statement]], verbose: bool) -> None:
    """How often the made pairs are told apart, by their relation; even rows were tuned on, odd ones check."""
    right, asked = Counter(), Counter()
    for row in map(json.loads, PAIRS.read_text(encoding="utf-8").splitlines()):
        part = "odd" if int(row["id"][1:]) % 2 else "even"
        agreed = agree(row["question"], statements_of(row))
        for key in ((part, row["relation"]), (part, "all")):
            asked[key] += 1
            right[key] += relation(agreed) == row["relation"]
        if verbose and relation(agreed) != row["relation"]:
            sides = " / ".join(side.answer for side in agreed.sides)
            print(f"{row['id']} is {row['relation']}, told as {relation(agreed)}: {row['answers']}, read as {sides}")
    print(f"{kind:<20}{'even':>12}{'odd':>12}")
    for name in ("agreement", "later", "correction", "conflict", "all"):
        cells = [f"{right[part, name]} of {asked[part, name]}" for part in ("even", "odd")]
        print(f"{name:<20}{cells[0]:>12}{cells[1]:>12}")
    print()


def articles(row: Pair) -> list[Article]:
    return [
        Article(f"{row['id']}-{side}", row[side]["text"], outlet=row[side]["outlet"], published=row[side]["published"])
        for side in ("first", "second")
    ]


def as_marked(row: Pair) -> list[Statement]:
    """What the two articles of a pair say, as a reader would give it that finds both answers."""
    return [_marked(article, answer) for article, answer in zip(articles(row), row["answers"], strict=True)]


def _marked(article: Article, answer: str) -> Statement:
    at = article.text.index(answer)
    start, end = next((a, b) for a, b in sentences(article.text) if a <= at < b)
    return Statement(answer, voiced(article, start, end), 10.0)


def as_read(row: Pair, reader: Reader) -> list[Statement]:
    """What the reader finds in the two articles of a pair."""
    stretches = tuple(Stretch(article, 0, len(article.text), 1.0, 0.5) for article in articles(row))
    seen = read(reader, [Sought(row["question"], stretches)])
    return [Statement(c.text, quote_of(c), c.score) for c in seen.candidates]


def relation(agreed: Agreement) -> str:
    if agreed.disagreement:
        return agreed.disagreement.kind
    return "agreement" if len(agreed.sides) == 1 else "neither"


if __name__ == "__main__":
    main()
