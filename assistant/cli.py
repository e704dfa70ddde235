"""The command `onrecord`. Each verb is a function from its options to an exit code.

Exit codes: 0 done; 1 done, and the answer is no (nothing found, a quote not exact, a library not whole, a question that
crashed in an evaluation, something not read where --strict asked); 2 an error that a sentence explains.
Heavy packages are imported by the verbs that use them, so that help comes at once.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from assistant import console, settings
from assistant.options import day, whole_number
from index.errors import OnRecordError, in_words

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from index.embedder import Embedder
    from index.library import Library
    from index.scope import Scope
    from index.sync import SyncReport


SAMPLE_QUESTIONS = (
    "How many people died in the harbour fire?",
    "Was the helicopter in the rebels' film a Russian one?",
    "How much will the bridge repairs cost?",
    "Who is Daniel Marsh?",
    "What does a season ticket for the Rovers cost?",
)
FIRST_QUESTIONS = ("What do I have?", "What is the newest article about?", "Summarise the newest article.")
UNDATED_QUESTIONS = ("What do I have?", "Summarise these articles.")
CRASHED = 70  # as sysexits.h has it: an internal error


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    for name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING"):
        os.environ.pop(name, None)  # set for other programs, it would send questions and answers elsewhere
    try:
        if not (sys.argv[1:] if arguments is None else arguments):
            parser().print_help()
            return 0
        options = parser().parse_args(arguments)
        return options.run(options)
    except KeyboardInterrupt:
        print("onrecord: stopped. What was done is kept; the same command goes on from there.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        words, code = in_words(error), 2
        if words is None:  # a fault of ours: its trace is what we need to mend it, and no code that means "no"
            traceback.print_exc()
            code = CRASHED
            words = "that should not have happened, and nothing was lost. Please report it with the lines above."
        print(f"onrecord: {words}", file=sys.stderr)
        return code


def parser() -> argparse.ArgumentParser:
    """All verbs with their options and examples."""
    whole = argparse.ArgumentParser(
        prog="onrecord", description="Ask news articles, and get verbatim quotes that can be checked in place."
    )
    whole.add_argument("--version", action="version", version=f"onrecord {version('on-record')}")
    verbs = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def verb(name: str, run: Callable[[argparse.Namespace], int], help: str, example: str) -> argparse.ArgumentParser:
        made = verbs.add_parser(
            name, help=help, description=f"{help[0].upper()}{help[1:]}.", epilog=f"Example: onrecord {example}"
        )
        made.set_defaults(run=run)
        made.add_argument(
            "--library",
            type=Path,
            default=settings.library(),
            metavar="FOLDER",
            help="the library (ONRECORD_LIBRARY; now %(default)s)",
        )
        return made

    v = verb(
        "sync",
        _sync,
        "make the library hold exactly the articles of its sources",
        "sync articles/ 'archive/**/*.html' https://news.example/feed.xml",
    )
    v.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help="a file, a folder, a glob in quotes, an https link to a page or to an RSS or Atom feed, or - for standard"
        " input; none: all that were synced before, links fetched again",
    )
    v.add_argument(
        "--stdin-name",
        default="stdin",
        metavar="NAME",
        help="what standard input is remembered as; its suffix says what it is (notes.md), else its beginning does",
    )
    v.add_argument("--only", action="store_true", help="remove what the library holds from other sources")
    v.add_argument("--dry-run", action="store_true", help="only say what would be done")
    v.add_argument("--strict", action="store_true", help="exit with 1 where something was not read")
    v.add_argument("--watch", action="store_true", help="go on, and sync after each change, until Ctrl+C")
    v.add_argument("--json", action="store_true", help="print the report as JSON")

    v = verb("articles", _articles, "list, show, remove or restore articles", "articles show harbour-fire")
    v.add_argument("action", choices=["list", "show", "remove", "restore"], nargs="?", default="list")
    v.add_argument("id", nargs="?", help="the article's id, as the list gives it")
    v.add_argument(
        "--version",
        metavar="DIGEST",
        dest="digest",
        help="show the article as it was quoted: the digest of that version",
    )
    _limits(v)
    v.add_argument("--json", action="store_true", help="print JSON, one article a line")

    v = verb("search", _search, "find passages", 'search "harbour fire" --count 5')
    v.add_argument("words", help="what to look for")
    v.add_argument("--count", type=whole_number(1), default=10, help="number of passages (%(default)s)")
    _limits(v)
    v.add_argument("--json", action="store_true", help="print JSON, one passage a line")

    v = verb("ask", _ask, "ask a question and get a quoted answer", 'ask "Who says they destroyed the helicopter?"')
    v.add_argument("question")
    v.add_argument(
        "--after",
        action="append",
        default=[],
        metavar="QUESTION",
        help="asked before it in the same conversation; may be given again, oldest first",
    )
    v.add_argument("--reading", choices=["alone", "after"], help="how a question after others is understood")
    _limits(v)
    v.add_argument(
        "--as-of", metavar="DAY", type=day, help="the day on which the question is asked, YYYY-MM-DD; else today"
    )
    v.add_argument("--json", action="store_true", help="print the prediction record, quotes with their sources")
    _model(v)

    v = verb(
        "find-quote",
        _find_quote,
        "find where a quote stands, and whether its words are exact",
        'find-quote "We saw the flames from the bridge"',
    )
    v.add_argument("words", help="the words in question")
    v.add_argument("--article", metavar="ID", help="the article that they are said to stand in")
    v.add_argument("--speaker", metavar="NAME", help="who is said to have said them")
    v.add_argument("--json", action="store_true", help="print JSON")

    v = verb("chat", _chat, "open the web chat on this machine", "chat --port 7860")
    v.add_argument("--port", type=whole_number(1, 65_535), help="the port; without it the first free one from 7860")
    v.add_argument("--no-browser", action="store_true", help="don't open a browser")
    _model(v)

    verb("mcp", _mcp, "offer search, ask, find-quote and articles to other programs, over standard input", "mcp")

    v = verb(
        "evaluate", _evaluate, "run question sets and measure the answers", "evaluate assistant/sample --out results"
    )
    from assistant.evaluation.run import add_arguments

    add_arguments(v)
    _model(v)

    v = verb(
        "rebuild", _rebuild, "embed all articles anew, also with another model", "rebuild --embedder all-MiniLM-L6-v2"
    )
    v.add_argument(
        "--embedder",
        metavar="NAME",
        help="a sentence-transformers model, by name or folder; else the library's own",
    )

    v = verb("compact", _compact, "leave nothing of removed articles on disk", "compact --versions")
    v.add_argument("--versions", action="store_true", help="nor of what edits replaced")

    v = verb("doctor", _doctor, "check the library, and repair what can be", "doctor --repair")
    v.add_argument("--repair", action="store_true", help="build the vector index anew and compact the catalog")
    v.add_argument("--json", action="store_true", help="print JSON")
    return whole


def _limits(v: argparse.ArgumentParser) -> None:
    v.add_argument("--outlet", action="append", metavar="NAME", help="only this outlet; may be given again")
    v.add_argument("--article", action="append", metavar="ID", help="only this article; may be given again")
    v.add_argument("--since", type=day, metavar="DAY", help="only articles of this day or later, YYYY-MM-DD")
    v.add_argument("--until", type=day, metavar="DAY", help="only articles of this day or earlier")


def _model(v: argparse.ArgumentParser) -> None:
    v.add_argument(
        "--model",
        metavar="PROVIDER:NAME",
        help="a chat model that writes the answers, held to the quotes, e.g. openai:gpt-5 or ollama:llama3.2"
        " (ONRECORD_MODEL; none without it)",
    )
    v.add_argument(
        "--model-url", metavar="URL", help="its address, for any OpenAI-compatible server (ONRECORD_MODEL_URL)"
    )


def _scope(options: argparse.Namespace, library: Library) -> Scope:
    from index.scope import chosen

    return chosen(library, options.article or (), options.outlet or (), options.since, options.until)


def _library(options: argparse.Namespace) -> Library:
    from index.library import Library

    return Library.open(options.library, _embedder())


def _embedder(name: str | None = None) -> Embedder | None:
    """The embedding model of this name, or the one that is set; None for a library's own."""
    from index.embedder import Embedder

    name = name or settings.settings().embedder
    return Embedder(name) if name else None


def _assistant(options: argparse.Namespace) -> Assistant:
    from assistant.assistant import Assistant
    from assistant.reader import load
    from assistant.writer import writer

    chosen = settings.settings()
    return Assistant(_library(options), load(chosen.reader), chosen.threshold, writer(options.model, options.model_url))


def _sync(options: argparse.Namespace) -> int:
    from index.sync import sync

    embedder = _embedder()

    def run() -> SyncReport:
        return sync(
            options.sources,
            options.library,
            embedder,
            only=options.only,
            dry_run=options.dry_run,
            stdin_name=options.stdin_name,
        )

    if options.watch:
        return _watch(options, run)
    report = run()
    _tell(report, options)
    return 1 if options.strict and report.problems else 0


def _tell(report: SyncReport, options: argparse.Namespace) -> None:
    if options.json:
        print(console.as_json(asdict(report)), flush=True)
        return
    print(console.report(report, options.dry_run), flush=True)
    for problem in report.problems:
        print(f"Not read: {problem}", file=sys.stderr)


def _watch(options: argparse.Namespace, run: Callable[[], SyncReport]) -> int:
    """Print the report of the first sync and of each that changed something, until interrupted."""
    from index.watch import watch

    told = None
    for report in watch(options.sources, options.library, run):
        if told is None or report.changed or report.problems != told.problems:
            _tell(report, options)
        told = report
    return 0


def _articles(options: argparse.Namespace) -> int:
    if options.action == "list":
        library = _library(options)
        for article in library.articles(_scope(options, library)):
            print(
                console.as_json(console.record(article)) if options.json else f"{article.id}  {console.source(article)}"
            )
        return 0
    if options.id is None:
        raise OnRecordError(f"Which article? Name its id: onrecord articles {options.action} ID")
    if options.action == "remove":
        from index.sync import dismiss

        there = dismiss(options.library, options.id)
    elif options.action == "restore":
        from index.sync import readmit

        if not readmit(options.library, options.id):
            raise OnRecordError(f"No article {options.id} was removed by hand. `onrecord sync` names those that were.")
        print("The next sync lets it in again: onrecord sync")
        return 0
    else:
        library = _library(options)
        article = library.version(options.id, options.digest) if options.digest else library.article(options.id)
        if options.digest and article is None and library.article(options.id):
            raise OnRecordError(
                f"No version {options.digest} of {options.id} is kept. Show it as it is now, without --version."
            )
        there = article is not None
        if article is not None and options.json:
            print(console.as_json(console.record(article) | {"text": article.text}))
        elif article is not None:
            print(f"{console.source(article)}\n{article.url or ''}\n{console.dated(article)}\n{article.text}")
    if not there:
        raise OnRecordError(f"There is no article {options.id}. See which there are: onrecord articles list")
    return 0


def _search(options: argparse.Namespace) -> int:
    if not options.words.strip():
        raise OnRecordError('There is nothing to look for. Give some words: onrecord search "harbour fire"')
    library = _library(options)
    hits = library.search(options.words, _scope(options, library), options.count)
    for hit in hits:
        if article := library.article(hit.passage.article_id):
            found = console.hit_record(hit, article) if options.json else None
            print(console.as_json(found) if found else f"{console.hit(hit, article)}\n")
    return 0 if hits else 1


def _ask(options: argparse.Namespace) -> int:
    from assistant.answer import Terms, Turn, turn_of

    assistant = _assistant(options)
    scope, today = _scope(options, assistant.library), options.as_of or date.today().isoformat()
    history: list[Turn] = []
    for question in options.after:
        history.append(turn_of(assistant.answer(question, history, scope=scope, as_of=today)))
    begun = perf_counter()
    answer = assistant.answer(options.question, history, scope=scope, as_of=today, terms=Terms(options.reading))
    if options.json:
        print(console.as_json(console.answer_record(answer, perf_counter() - begun)))
    else:
        print(console.answer(answer))
    return 0 if answer.status == "answered" else 1


def _find_quote(options: argparse.Namespace) -> int:
    from assistant.excerpts import voice_of
    from assistant.quotes import find

    if not options.words.strip():
        raise OnRecordError('There are no words to look for. Give a quotation: onrecord find-quote "their words"')
    library = _library(options)
    if options.article is not None and library.article(options.article) is None:
        raise OnRecordError(f"There is no article {options.article}. See which there are: onrecord articles list")

    verdict = find(options.words, library, options.article, options.speaker, voice_of)
    print(console.as_json(console.verdict_record(verdict)) if options.json else console.verdict(verdict))
    return 0 if verdict.kind == "exact" else 1


def _chat(options: argparse.Namespace) -> int:
    from ui.server import serve

    assistant = _assistant(options)
    serve(assistant, _first_questions(assistant.library), options.port, not options.no_browser)
    return 0


def _first_questions(library: Library) -> tuple[str, ...]:
    """Questions to click that this library can answer."""
    if library.article("harbour-fire-agency"):
        return SAMPLE_QUESTIONS
    return FIRST_QUESTIONS if library.facts().first else UNDATED_QUESTIONS


def _mcp(options: argparse.Namespace) -> int:
    from assistant.assistant import Assistant
    from assistant.reader import load
    from assistant.tools import server

    chosen = settings.settings()
    server(Assistant(_library(options), load(chosen.reader), chosen.threshold)).run()
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from assistant.evaluation.run import main as evaluate

    return evaluate(options)


def _rebuild(options: argparse.Namespace) -> int:
    from index.rebuild import rebuild

    count = rebuild(options.library, _embedder(options.embedder))
    print(f"Done: {count} passages embedded.")
    return 0


def _compact(options: argparse.Namespace) -> int:
    from index.doctor import compact

    print(f"Done: {compact(options.library, options.versions) / 1e6:.1f} MB less on disk.")
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from index.doctor import examine, repair

    if options.repair:
        repair(options.library)
    findings = examine(options.library)
    for finding in findings:
        print(console.as_json(asdict(finding)) if options.json else f"{'ok ' if finding.ok else 'NOT'}  {finding.what}")
    return 0 if all(finding.ok for finding in findings) else 1


if __name__ == "__main__":
    sys.exit(main())
