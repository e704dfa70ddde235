"""How long things take on this machine: reports, never a pass or a fail.

    python -m tests.benchmarks.bench_speed [SET]

With a question set, its library is asked too. Times depend on the machine and on what else it does;
the ratios, taken in one run, don't.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from assistant.settings import SAMPLE
from tests.benchmarks.bench_sync import embedding

QUESTIONS = (
    "How many people died in the harbour fire?",
    "How much will the bridge repairs cost?",
    "Who won the ferry contract?",
    "Was the helicopter in the rebels' film a Russian one?",
    "Who is the president of France?",
)


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        library = Path(place) / "library"
        command = [sys.executable, "-m", "assistant.cli"]
        report("sync, sample set, new library", seconds(command + ["sync", str(SAMPLE), "--library", str(library)], 1))
        report("sync again, nothing changed", seconds(command + ["sync", str(SAMPLE), "--library", str(library)], 3))
        report("onrecord --help", seconds(command + ["--help"], 5))
        report("onrecord ask, cold", seconds(command + ["ask", QUESTIONS[0], "--library", str(library)], 3))
        warm(library, QUESTIONS, "warm question, sample set")
        in_the_chat(library)
    if len(sys.argv) > 1:
        from assistant.evaluation.run import set_library
        from assistant.evaluation.sets import read_set

        questions = read_set(Path(sys.argv[1]))
        asked = [case.question.text for case in questions.cases[:100]]
        warm(set_library(questions), asked, f"warm question, {questions.name}")
    embedding(passages())


def passages() -> list[str]:
    """Stretches of the sample articles."""
    from index.read import read_file

    texts = [article.text for f in sorted(SAMPLE.iterdir()) for article in read_file(f, f.name).articles]
    return [text[i : i + 700] for text in texts for i in range(0, len(text), 350)]


def seconds(command: list[str], times: int) -> list[float]:
    """Wall time of each run of a command."""
    return [timed(lambda: subprocess.run(command, capture_output=True, check=False)) for _ in range(times)]


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def report(what: str, times: list[float]) -> None:
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    print(f"{what:<44} p50 {statistics.median(times):7.3f} s   p95 {p95:7.3f} s   n {len(times)}", flush=True)


def warm(library: Path, questions: tuple[str, ...] | list[str], what: str) -> None:
    """Questions to an assistant that has answered one already."""
    from assistant import Assistant
    from index.library import Library

    assistant = Assistant(Library.open(library))
    assistant.answer(questions[0])
    report(what, [timed(lambda q=question: assistant.answer(q)) for question in questions])


def in_the_chat(library: Path) -> None:
    """Questions to the chat over HTTP, as its page asks them, from the click to the last word."""
    from assistant import Assistant
    from index.library import Library
    from tests.tab import Tab
    from ui.server import start

    assistant = Assistant(Library.open(library))
    assistant.warm()
    page = start(assistant)
    tab = Tab(page.local_url)
    tab.ask(QUESTIONS[0])
    report("warm question in the chat, sample set", [timed(lambda q=q: tab.ask(q)) for q in QUESTIONS])
    page.close(verbose=False)


if __name__ == "__main__":
    main()
