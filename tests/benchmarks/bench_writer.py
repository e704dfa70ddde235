"""What a writer's answers are worth: how much passes the gate, and whether a word that isn't a quote's is shown.

    python -m tests.benchmarks.bench_writer --gate                       the gate alone, on labelled sentences
    python -m tests.benchmarks.bench_writer --library LIBRARY [--questions FILE] [--limit N] [--room N]

Without ONRECORD_MODEL it starts the small local model. What is shown is checked anew here, without the gate: each
quote against the library's article, and each sentence's words against those of its quotes, in their order.
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

from assistant.answer import Answer, Quote, Sentence
from assistant.assistant import Assistant
from assistant.local import NAME, ROOM, SECONDS, running
from assistant.marks import Draft
from assistant.prompt import blocks, sources
from assistant.prose import Passed, gate
from assistant.settings import SAMPLE
from assistant.writer import Writer, load, writer
from index.articles import Article
from index.library import Library

LABELLED = Path(__file__).parents[1] / "data" / "prose.jsonl"
_WORD = re.compile(r"\w+")
_OURS = frozenset(["according", "to", "said", "says", "that", "and", "but"])


@dataclass(frozen=True, slots=True)
class Line:
    """One question's outcome."""

    question: str
    answer: Answer
    seconds: float


def unverified(answer: Answer, library: Library) -> list[str]:
    """What is shown and is not an article's: quotes, and sentences with a word that their quotes don't have there."""
    quotes = [*answer.quotes, *(q for side in _sides(answer) for q in side.quotes)]
    quotes += [q for s in _sentences(answer) for q in s.quotes]
    wrong = [
        q.text for q in quotes if (a := library.article(q.article.id)) is None or a.text[q.start : q.end] != q.text
    ]
    return wrong + [s.words for s in _sentences(answer) if not _in_order(s)]


def _in_order(sentence: Sentence) -> bool:
    """Are a sentence's words those of its quotes, one quote after the other? Who says so may stand in front."""
    real = [word for quote in sentence.quotes for word in _WORD.findall(quote.text.lower())]
    speakers = {word for quote in sentence.quotes for word in _WORD.findall((quote.speaker or "").lower())}
    following = iter(real)
    shown = _WORD.findall(sentence.words.lower())
    begun = next((i for i, word in enumerate(shown) if word not in speakers | _OURS), 0)
    return all(word in _OURS or any(word == r for r in following) for word in shown[begun:])


def _sides(answer: Answer):
    return answer.disagreement.sides if answer.disagreement else ()


def _sentences(answer: Answer) -> tuple[Sentence, ...]:
    return answer.written.sentences if answer.written else ()


def judged() -> dict[str, str]:
    """How the gate takes the labelled sentences: false ones that pass, true ones that are replaced or lost."""
    said: dict[tuple[str, str], list[Passed | None]] = {}
    for row in map(json.loads, LABELLED.read_text(encoding="utf-8").splitlines()):
        article = Article("labelled", row["text"], "Notes", "Post")
        given = sources(blocks([Quote(article, 0, len(article.text))], room=20_000))
        over = gate(given, article.text, [])
        for kind in ("false", "honest"):
            drafts = [Draft(words, tuple(marks)) for marks, words in row[kind]]
            said.setdefault((row["set"], kind), []).extend(map(over.passes, drafts))
    return {
        f"{name}, {kind}: as written / replaced by the article's words / dropped": " / ".join(
            str(sum(map(test, passed)))
            for test in (
                lambda p: p is not None and not p.repaired,
                lambda p: p is not None and p.repaired,
                lambda p: p is None,
            )
        )
        + f" of {len(passed)}"
        for (name, kind), passed in said.items()
    }


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
        "shown and not an article's": sum(len(unverified(line.answer, library)) for line in lines),
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
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--gate", action="store_true", help="judge the labelled sentences, without a model")
    which.add_argument("--library", type=Path)
    parser.add_argument("--questions", type=Path, default=SAMPLE.parent / "questions.jsonl")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--room", type=int, default=ROOM, help="characters of passages for the local model")
    options = parser.parse_args()
    if options.gate:
        for name, counts in judged().items():
            print(f"{name}: {counts}")
        return
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
