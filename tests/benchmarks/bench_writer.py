"""What a writer's answers are worth: how much of them passes the gate, and whether a quote that isn't one is shown.

    python -m tests.benchmarks.bench_writer --library LIBRARY [--questions FILE] [--limit N] [--room N]

Without ONRECORD_MODEL it starts the small local model. A quote is checked anew here, by comparing characters: the
shown words against their article's, and each quotation within the prose against its sentence's quotes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.local import NAME, ROOM, SECONDS, running
from assistant.settings import SAMPLE
from assistant.writer import Writer, load, writer
from index.library import Library

_QUOTATION = re.compile(r"“([^“”]+)”")


@dataclass(frozen=True, slots=True)
class Line:
    """One question's outcome."""

    question: str
    answer: Answer
    seconds: float


def unverified(answer: Answer, library: Library) -> list[str]:
    """What stands in quotation marks and is not the words of an article of the library, or of its sentence's quotes."""
    quotes = [*answer.quotes, *(q for side in _sides(answer) for q in side.quotes)]
    wrong = [q.text for q in quotes if library.article(q.article.id) != q.article or _slice(q) not in q.article.text]
    for sentence in answer.written.sentences if answer.written else ():
        held = "\n".join(q.text for q in sentence.quotes)
        wrong += [words for words in _QUOTATION.findall(sentence.words) if words not in held]
    return wrong


def _slice(quote) -> str:
    return quote.article.text[quote.start : quote.end]


def _sides(answer: Answer):
    return answer.disagreement.sides if answer.disagreement else ()


def ask(assistant: Assistant, questions: Sequence[str]) -> Iterator[Line]:
    for question in questions:
        begun = perf_counter()
        answer = assistant.answer(question)
        yield Line(question, answer, perf_counter() - begun)


def report(lines: Sequence[Line], library: Library) -> dict[str, float]:
    """The figures over all questions."""
    written = [line.answer.written for line in lines if line.answer.written]
    tokens = [w.tokens for w in written if w.tokens]
    return {
        "questions": len(lines),
        "not found, so not written": sum(line.answer.status != "answered" for line in lines),
        "answered with prose": sum(bool(w.sentences) for w in written),
        "answered by the reader alone": sum(not w.sentences for w in written),
        "sentences shown": sum(len(w.sentences) for w in written),
        "of these put right": sum(w.repaired for w in written),
        "sentences dropped": sum(w.dropped for w in written),
        "unverified quotes shown": sum(len(unverified(line.answer, library)) for line in lines),
        "tokens read, mean": sum(t[0] for t in tokens) / len(tokens) if tokens else 0,
        "tokens written, mean": sum(t[1] for t in tokens) / len(tokens) if tokens else 0,
        "seconds, median": sorted(line.seconds for line in lines)[len(lines) // 2],
    }


@contextmanager
def chosen(room: int) -> Iterator[Writer]:
    """The writer of the environment, or the local model's."""
    if made := writer():
        yield made
        return
    with running(threads=int(os.environ.get("OMP_NUM_THREADS", "1"))) as (address, _):
        yield load(f"openai:{NAME}", address, seconds=SECONDS, room=room)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--questions", type=Path, default=SAMPLE.parent / "questions.jsonl")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--room", type=int, default=ROOM, help="characters of passages for the local model")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines()]
    questions = [row["question"] for row in rows if not row.get("history")][: options.limit]
    library = Library.open(options.library)
    with chosen(options.room) as over:
        lines = []
        for line in ask(Assistant(library, writer=over), questions):
            lines.append(line)
            w = line.answer.written
            print(f"{line.seconds:6.1f} s  {line.question}\n          {line.answer.words}", w and w.trouble, flush=True)
    for name, value in report(lines, library).items():
        print(f"{name}: {value:.6g}")


if __name__ == "__main__":
    main()
