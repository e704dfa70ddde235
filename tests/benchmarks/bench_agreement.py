"""Measures agreement: python -m tests.benchmarks.bench_agreement RAMDOCS [--weights FILE] [--read FILE]

RAMDOCS is the folder of that question set. `--read` keeps what was found and read, so that a second run takes seconds.
The pairs of articles in tests/data/pairs.jsonl are measured first: they need no reader.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.agreement import Agreement, Statement, agree
from assistant.answer import Quote
from assistant.evaluation.measures import only_wrong, valid_answers
from assistant.evaluation.sets import Case, half, read_set
from assistant.pipeline import PASSAGES, Question, find, quote_of, read
from assistant.reader import WEIGHTS, Reader
from index.articles import Article
from index.library import Library
from index.passages import sentences
from index.sync import sync

PAIRS = Path(__file__).parents[1] / "data" / "pairs.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure agreement.")
    parser.add_argument("set", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="of the reader")
    parser.add_argument("--read", type=Path, help="a file to keep what was found and read in")
    parser.add_argument("--verbose", action="store_true", help="print the pairs that are wrong")
    asked = parser.parse_args()
    report_pairs(asked.verbose)
    if asked.read and asked.read.exists():
        cases = pickle.loads(asked.read.read_bytes())
    else:
        cases = list(statements(asked.set, asked.weights))
        if asked.read:
            asked.read.write_bytes(pickle.dumps(cases))
    columns = f"{'precision':>11}{'recall':>8}{'only wrong':>12}{'found':>7}{'imagined':>10}{'balanced':>10}"
    print(f"\n{'RAMDocs':<10}{'n':>5}{columns}")
    for part in ("fit", "check", None):
        report(part or "all", [(c, s) for c, s in cases if part is None or half(c) == part])


def statements(folder: Path, weights: Path) -> Iterable[tuple[Case, list[Statement]]]:
    """Each question of a set with the statements that the reader finds for it."""
    reader = Reader(weights)
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


def report_pairs(verbose: bool = False) -> None:
    """How often the made pairs are told apart, by their relation; even rows were tuned on, odd ones check."""
    right, asked = Counter(), Counter()
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        part = "odd" if int(row["id"][1:]) % 2 else "even"
        told = relation(agreed_on(row))
        for key in ((part, row["relation"]), (part, "all")):
            asked[key] += 1
            right[key] += told == row["relation"]
        if verbose and told != row["relation"]:
            print(f"{row['id']} is {row['relation']}, told as {told}: {row['answers']}")
    print(f"{'pairs':<14}{'even':>12}{'odd':>12}")
    for kind in ("agreement", "later", "correction", "conflict", "all"):
        cells = [f"{right[p, kind]} of {asked[p, kind]}" for p in ("even", "odd")]
        print(f"{kind:<14}{cells[0]:>12}{cells[1]:>12}")


def agreed_on(row: dict[str, Any]) -> Agreement:
    return agree(row["question"], [statement(row, side, i) for i, side in enumerate(("first", "second"))])


def statement(row: dict[str, Any], side: str, place: int) -> Statement:
    """What one article of a pair says, as a reader that finds the answer would give it."""
    told, answer = row[side], row["answers"][place]
    article = Article(f"{row['id']}-{side}", told["text"], outlet=told["outlet"], published=told["published"])
    at = told["text"].index(answer)
    start, end = next((a, b) for a, b in sentences(told["text"]) if a <= at < b)
    end -= len(told["text"][start:end]) - len(told["text"][start:end].rstrip())
    return Statement(answer, Quote(article, start, end), 10.0)


def relation(agreed: Agreement) -> str:
    if agreed.disagreement:
        return agreed.disagreement.kind
    return "agreement" if len(agreed.sides) == 1 else "neither"


if __name__ == "__main__":
    main()
