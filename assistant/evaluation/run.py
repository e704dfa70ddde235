"""`onrecord evaluate`: ask a question set, write down what was said, and measure it."""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Protocol

from assistant.answer import Answer, Turn
from assistant.evaluation.predictions import (
    Prediction,
    crashed,
    false_quotes,
    predict,
    read_predictions,
    to_line,
    unquoted,
)
from assistant.evaluation.report import CURVE, as_record, curve_svg, report, summary
from assistant.evaluation.scores import Results, empty, measure
from assistant.evaluation.sets import WHOLE, Case, Part, Question, QuestionSet, UnusableSet, bare, read_lines, read_set
from assistant.options import whole_number
from index.library import Library
from index.scope import Scope

PREDICTIONS = "predictions.jsonl"
EARLIER = "predictions.earlier.jsonl"
ATTRIBUTIONS = "attributions.jsonl"
RUN = "run.json"  # which questions, articles and assistant the predictions are of
PACKAGES = Path(__file__).parents[2]


class Answering(Protocol):
    """What is asked: the question as a person gives it, and nothing of what would be right."""

    def __call__(self, question: str, history: Sequence[Turn], *, scope: Scope, as_of: str | None) -> Answer: ...


def evaluate(
    questions: QuestionSet,
    out: Path,
    library: Path | None = None,
    part: Part = WHOLE,
    assistant: Callable[[Library], Answering] | None = None,
    model: str | None = None,
    address: str | None = None,
) -> Results:
    """Ask the questions of a set, or of a person's own library, and measure the answers.

    Writes predictions, measures and a report into `out`. Interrupted, it goes on where it stopped.
    Raises UnusableSet, LibraryMissing.
    """
    out.mkdir(parents=True, exist_ok=True)
    cases = part.of(questions.cases)
    results = empty(questions.name)
    if cases:
        held = open_library(questions, library)
        warn_of_unknown(cases, held)
        asked = assistant or (
            partial(the_assistant, model=model, address=address) if model or address else the_assistant
        )
        said = ask(
            cases, asked(held), out, fingerprint(cases, held) | {"model": f"{model or ''} {address or ''}".strip()}
        )
        results = check(questions, cases, said, library)
    if questions.attributions:
        results = replace(results, attributions=attribute(questions, out / ATTRIBUTIONS))
    write(results, out)
    return results


def score(questions: QuestionSet, predictions: Path, library: Path | None = None, part: Part = WHOLE) -> Results:
    """Measure predictions again, without asking. Raises UnusableSet where one is missing for a question."""
    if not questions.cases:
        raise UnusableSet(
            f"{questions.name} has no questions; attributions are measured as they are found. Leave out --score."
        )
    cases = part.of(questions.cases)
    said = {p.id: p for p in read_predictions(predictions)}
    missing = [c.question.id for c in cases if c.question.id not in said]
    if missing:
        raise UnusableSet(
            f"{predictions} lacks {len(missing)} of {len(cases)} questions, {missing[0]!r} first."
            " Choose the part of the set that was asked, with --tag, --half, --limit or --sample and --seed."
        )
    return check(questions, cases, [said[c.question.id] for c in cases], library)


def check(
    questions: QuestionSet, cases: Sequence[Case], predictions: Sequence[Prediction], library: Path | None
) -> Results:
    """Hold the quotes against the articles, then measure."""
    false = false_quotes(cases, predictions, texts(questions, library))
    return measure(questions.name, cases, predictions, false, unquoted(predictions))


def texts(questions: QuestionSet, library: Path | None) -> Callable[[str], str | None]:
    """An article's text by its id: as the set's own file gives it, else as the library that was asked does."""
    if library is None and (own := article_texts(questions.articles)) is not None:
        return own.get
    held = open_library(questions, library)

    def text_of(id: str) -> str | None:
        article = held.article(id)
        return article and article.text

    return text_of


# The library


def open_library(questions: QuestionSet, library: Path | None) -> Library:
    """The library to ask: the person's own, or one of the set's articles, kept outside the set and synced."""
    if library is not None:
        return Library.open(library)
    folder = set_library(questions)
    if folder is None:
        raise UnusableSet(f"{questions.name} has questions alone. Say which library to ask: --library FOLDER")
    from index.sync import sync

    for problem in sync([questions.articles], folder).problems:
        print(f"Not read: {problem}", file=sys.stderr)
    return Library.open(folder)


def set_library(questions: QuestionSet) -> Path | None:
    """Where the library of a set's articles is kept: in the person's cache, by where the articles lie."""
    if questions.articles is None:
        return None
    from platformdirs import user_cache_path

    place = sha256(str(questions.articles.resolve()).encode()).hexdigest()[:12]
    return user_cache_path("on-record") / "evaluation" / f"{questions.name}-{place}"


def article_texts(articles: Path | None) -> dict[str, str] | None:
    """The texts of an articles.jsonl by id; None where the articles are files that must be read."""
    if articles is None or articles.is_dir():
        return None
    rows = (row for _, row in read_lines(articles))
    return {
        row["id"]: row["text"] for row in rows if isinstance(row.get("id"), str) and isinstance(row.get("text"), str)
    }


def warn_of_unknown(cases: Sequence[Case], library: Library) -> None:
    """Say which articles the questions name though the library doesn't hold them."""
    named = {id for c in cases for id in (c.question.scope.articles or ())}
    named |= {id for c in cases for id in (*c.gold.relevant, *(s.article for s in c.gold.evidence))}
    unknown = sorted(id for id in named if library.article(id) is None)
    if unknown:
        print(
            f"The questions name {len(unknown)} articles that the library lacks, {unknown[0]!r} first.", file=sys.stderr
        )


def the_assistant(library: Library, model: str | None = None, address: str | None = None) -> Answering:
    from assistant.assistant import Assistant
    from assistant.reader import load
    from assistant.settings import settings
    from assistant.writer import writer

    chosen = settings()
    assistant = Assistant(library, load(chosen.reader), chosen.threshold, writer(model, address))
    assistant.warm()  # no question's seconds are those of loading
    return assistant.answer


# Asking


def ask(cases: Sequence[Case], answering: Answering, out: Path, run: Mapping[str, str]) -> list[Prediction]:
    """A prediction for each case, in order; each is on disk before the next question is asked."""
    from tqdm import tqdm

    said = resume(out, [c.question.id for c in cases], run)
    # A lone surrogate, which UTF-8 can't hold, is written as the JSON escape that it came from.
    with (out / PREDICTIONS).open("a", encoding="utf-8", errors="backslashreplace") as file:
        for case in tqdm(cases[len(said) :], "Asking", len(cases), initial=len(said), unit="question", disable=None):
            said.append(ask_one(case.question, answering, out / "errors.log"))
            file.write(to_line(said[-1]))
            file.flush()
    return said


def ask_one(question: Question, answering: Answering, log: Path) -> Prediction:
    """The prediction for one question. A crash is written to the log; it must not end the run of hours."""
    begun = perf_counter()
    try:
        answer = answering(question.text, question.history, scope=question.scope, as_of=question.as_of)
        return predict(question.id, answer, perf_counter() - begun)
    except Exception:
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"Question {question.id}\n{traceback.format_exc()}\n")
        return crashed(question.id, perf_counter() - begun)


def resume(out: Path, ids: Sequence[str], run: Mapping[str, str]) -> list[Prediction]:
    """What an interrupted run of the same questions, articles and assistant said; another run's is set aside."""
    file, state, wanted = out / PREDICTIONS, out / RUN, json.dumps(run, indent=1) + "\n"
    if file.exists() and state.exists() and state.read_text(encoding="utf-8") == wanted:
        data = file.read_bytes()
        os.truncate(file, data.rfind(b"\n") + 1)  # a line that a kill cut short is asked again
        said = read_predictions(file)
        if [p.id for p in said] == list(ids[: len(said)]):
            if said:
                print(f"{len(said)} of {len(ids)} questions were asked before; going on from {file}.", file=sys.stderr)
            return said
    if file.exists():
        file.replace(out / EARLIER)
    (out / "errors.log").unlink(missing_ok=True)
    state.write_text(wanted, encoding="utf-8")
    return []


def fingerprint(cases: Sequence[Case], library: Library) -> dict[str, str]:
    """Hashes of all that decides what is said: the questions, the articles, the assistant's code and weights."""
    files = (p for name in ("assistant", "index") for p in sorted((PACKAGES / name).rglob("*")) if p.is_file())
    apart = {"evaluation", "training", "sample", "__pycache__"}
    code = (p for p in files if apart.isdisjoint(p.relative_to(PACKAGES).parts))
    settings = sorted((k, v) for k, v in os.environ.items() if k.startswith("ONRECORD_") and not k.endswith("_KEY"))
    return {
        "questions": _digest(_as_asked(c.question) for c in cases),
        "articles": _digest(sorted(f"{a.id} {a.digest}" for a in library.articles())),
        "assistant": _digest(sha256(p.read_bytes()).hexdigest() for p in code),
        "settings": _digest(map(repr, settings)),
    }


def _as_asked(q: Question) -> str:
    scope = None if q.scope.articles is None else sorted(q.scope.articles)  # a set has no order of its own
    return repr((q.id, q.text, scope, q.history, q.as_of))


def _digest(parts: Iterable[str]) -> str:
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


# Attributions


def attribute(questions: QuestionSet, file: Path) -> dict[str, float | None]:
    """Find every attribution in a set's articles, write them to the file, and measure them."""
    from tqdm import tqdm

    from assistant.evaluation.attributions import measure as measure_attributions
    from assistant.evaluation.attributions import read_marked, rows

    articles = article_texts(questions.articles) or {}
    with file.open("w", encoding="utf-8", errors="backslashreplace") as lines:
        for id, text in tqdm(articles.items(), "Attributing", unit="article", disable=None):
            lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(id, text))
    return asdict(measure_attributions(articles, read_marked(questions.attributions)))


# What is written


def write(results: Results, out: Path) -> None:
    """`measures.json`, `report.md`, and the curve that it shows."""
    out.mkdir(parents=True, exist_ok=True)
    measures = json.dumps(as_record(results), indent=1, ensure_ascii=False)
    (out / "measures.json").write_text(measures + "\n", encoding="utf-8")
    (out / "report.md").write_text(report(results, version("on-record")), encoding="utf-8")
    if results.curve:
        (out / CURVE).write_text(curve_svg(results.curve, results.name), encoding="utf-8")


# The command line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `evaluate`, beside the `--library` of every command, which has no default here."""
    parser.set_defaults(library=None, model=None, model_url=None)  # the command adds the options of a model
    parser.description = (
        "Ask fixed questions, write down what was said, and measure it. A set is a folder with questions.jsonl and"
        " articles.jsonl (or a folder of articles); a file of questions, JSONL or CSV, asks the library given."
        " Without --library, the set's own articles are asked. Exit code 1: a question crashed, or a quote was false."
    )
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET", help="a question set, or a file of questions")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where predictions, measures and report go")
    parser.add_argument("--score", type=Path, metavar="PREDICTIONS", help="measure these again, without asking")
    parser.add_argument("--limit", type=whole_number(1), metavar="N", help="the first N questions")
    parser.add_argument("--sample", type=whole_number(1), metavar="N", help="N random questions, in the set's order")
    parser.add_argument(
        "--seed", type=int, default=0, metavar="S", help="of the sample; the same seed, the same sample"
    )
    parser.add_argument("--tag", metavar="T", help="the questions with this tag")
    parser.add_argument(
        "--half", choices=("fit", "check"), help="of a development set: the half to fit on, or to check"
    )
    parser.add_argument(
        "--bare", action="store_true", help="ask without the turns before a question, to see what these are worth"
    )
    parser.add_argument("--json", action="store_true", help="print the measures as JSON, one set a line")


def main(options: argparse.Namespace) -> int:
    """Exit code 0; 1 where a question crashed or a quote was false. Raises OnRecordError."""
    if options.out is None and options.score is None:
        raise UnusableSet("Say where the predictions and the report should go: --out FOLDER")
    if options.score is not None and len(options.sets) > 1:
        raise UnusableSet("Predictions are of one set. Name the one to score them by.")
    if options.bare and options.score:
        raise UnusableSet("What was said is measured as it was asked. Leave out --bare, or --score.")
    sets = [bare(questions) if options.bare else questions for questions in map(read_set, options.sets)]
    if len({s.name for s in sets}) < len(sets):
        raise UnusableSet("Two of the sets bear one name. Evaluate them one by one, into folders of their own.")
    part = Part(options.tag, options.half, options.limit, options.sample, options.seed)
    for questions in sets:
        part.of(questions.cases)  # what is wrong with the last set is said before the first is asked for hours
    sound = True
    for questions in sets:
        if options.score:
            out = options.out
            results = score(questions, options.score, options.library, part)
            if out:
                write(results, out)
        else:
            out = options.out / questions.name if len(sets) > 1 else options.out
            results = evaluate(questions, out, options.library, part, model=options.model, address=options.model_url)
        if options.json:
            print(json.dumps(as_record(results), ensure_ascii=False))
        else:
            print(f"{summary(results)}\n" + (f"\nThe whole report: {out / 'report.md'}" if out else ""))
        sound &= not results.errors and not results.false_quotes
    return 0 if sound else 1
