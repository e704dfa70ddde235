"""Evaluation: from a question set to predictions and measures, with a toy assistant that can be made to misbehave."""

from __future__ import annotations

import argparse
import gzip
import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from assistant.answer import Answer, Quote, Turn
from assistant.evaluation.predictions import read_predictions
from assistant.evaluation.run import EARLIER, PREDICTIONS, RUN, add_arguments, evaluate, main, score
from assistant.evaluation.sets import (
    Part,
    Question,
    UnusableSet,
    read_set,
)
from index.scope import EVERYTHING, Scope
from index.sync import sync

SHARED = Path(__file__).parents[1].parent / "shared"
GOLD = (
    "answers",
    "answerable",
    "evidence",
    "relevant",
    "tags",
    "choices",
    "wrong_answers",
    "answer_groups",
    "disagreement",
)

ARTICLES = [
    {
        "id": "quay",
        "title": "Quay closed",
        "outlet": "Marlow Gazette",
        "author": None,
        "published": "2025-03-04",
        "url": None,
        "text": "The north quay was closed on Monday. Harbour master Ida Roe said 14 boats had to move 😀 at once.",
    },
    {
        "id": "orchard",
        "title": "Orchard sold",
        "outlet": "Marlow Gazette",
        "author": None,
        "published": "2025-03-09",
        "url": None,
        "text": "The orchard at Pell Lane was sold for 90,000 crowns. The buyer is a school.",
    },
    {
        "id": "orchard-later",
        "title": "Orchard price",
        "outlet": "Pell Courier",
        "author": None,
        "published": "2025-03-11",
        "url": None,
        "text": "The orchard at Pell Lane went for 70,000 crowns, the Courier has learned.",
    },
]


def evidence(article: str, quote: str) -> dict:
    text = next(a["text"] for a in ARTICLES if a["id"] == article)
    return {"article": article, "start": text.index(quote), "end": text.index(quote) + len(quote), "quote": quote}


QUESTIONS = [
    {
        "id": "boats",
        "question": "How many boats had to move?",
        "answers": ["14", "fourteen"],
        "answerable": True,
        "evidence": [evidence("quay", "14 boats had to move 😀")],
        "relevant": ["quay"],
        "tags": ["numbers"],
    },
    {
        "id": "buyer",
        "question": "Who is the buyer?",
        "answers": ["a school"],
        "answerable": True,
        "evidence": [],
        "relevant": ["orchard"],
        "articles": ["orchard", "orchard-later"],
        "history": [{"question": "What was sold?", "answer": "The orchard"}],
        "as_of": "2025-03-12",
        "tags": ["follow-up"],
    },
    {
        "id": "moon",
        "question": "Which rocket reached the Moon?",
        "answers": [],
        "answerable": False,
        "evidence": [],
        "relevant": [],
        "tags": ["nowhere"],
    },
    {
        "id": "price",
        "question": "What was the orchard at Pell Lane sold for?",
        "answers": ["90,000 crowns"],
        "answerable": True,
        "evidence": [evidence("orchard", "sold for 90,000 crowns")],
        "relevant": ["orchard"],
        "wrong_answers": ["70,000 crowns"],
        "disagreement": True,
        "tags": ["numbers"],
    },
]


def write_lines(path: Path, rows: list[dict]) -> None:
    text = "".join(json.dumps(r) + "\n" for r in rows)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text)


class Toy:
    """Quotes the sentence that shares most words with the question; records what it was asked."""

    def __init__(self, library, crash: str | None = None):
        self.library, self.crash = library, crash
        self.asked: list[tuple] = []

    def __call__(self, question, history, **limits) -> Answer:
        scope = limits["scope"]
        self.asked.append((question, history, limits))
        if self.crash and self.crash in question:
            raise RuntimeError("the toy is broken")
        wanted = set(re.findall(r"\w+", question.lower()))
        sentences = [
            Quote(article, m.start(), m.end())
            for article in self.library.articles(scope)
            for m in re.finditer(r"\S[^.]*\.", article.text)
        ]
        shared = {id(q): len(wanted & set(re.findall(r"\w+", q.text.lower()))) for q in sentences}
        sentences.sort(key=lambda q: (-shared[id(q)], q.article.id))
        best = sentences[0]
        confidence = shared[id(best)] / len(wanted)
        if confidence < 0.4:
            return Answer(question, "not_found", "Not there.", confidence=confidence, looked_at=tuple(sentences))
        figure = re.search(r"\d[\d,]*(?: crowns)?", best.text)
        short = figure.group() if figure else best.text
        return Answer(
            question, "answered", short, short=short, quotes=(best,), confidence=confidence, looked_at=tuple(sentences)
        )


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory) -> Path:
    """Libraries of sets are made in a folder of the tests, once for all of them."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="module")
def toyset(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("sets") / "toyset"
    folder.mkdir()
    write_lines(folder / "articles.jsonl", ARTICLES)
    write_lines(folder / "questions.jsonl.gz", QUESTIONS)
    return folder


@pytest.fixture
def run(toyset, tmp_path):
    """Evaluate the made set; gives the toy, the results and the folder."""

    def evaluated(part: Part = Part(), **behaviour):  # noqa: B008
        toys = []

        def assistant(library) -> Toy:
            toys.append(Toy(library, **behaviour))
            return toys[0]

        results = evaluate(read_set(toyset), tmp_path, part=part, assistant=assistant)
        return SimpleNamespace(toy=toys[0], results=results, out=tmp_path)

    return evaluated


# The round trip


def test_the_measures_of_the_made_set_are_those_worked_out_by_hand(run):
    """Boats and price are right, the buyer's quote is a whole sentence, the Moon is refused."""
    results = run().results
    assert (results.questions, results.answered, results.not_found, results.errors) == (4, 3, 1, ())
    value = {name: (f.value, f.n) for name, f in results.figures.items()}
    assert value["exact_match"] == (pytest.approx(2 / 3), 3)
    # "The buyer is a school." against "a school": 1 shared of 3 and 1
    assert value["token_f1"] == (pytest.approx((1 + 2 / 4 + 1) / 3), 3)
    assert value["exact_match_all"] == (pytest.approx(3 / 4), 4)
    assert value["contains"] == (1.0, 3)
    assert value["evidence_hit_at_1"] == (1.0, 3)
    assert value["refusal_precision"] == value["refusal_recall"] == (1.0, 1)
    assert value["refusal_balanced_accuracy"] == value["confidence_auroc"] == (1.0, 4)
    assert value["only_wrong"] == (0.0, 1)
    assert value["disagreement_found"] == (0.0, 1)
    assert "disagreement_balanced_accuracy" not in value  # no question says that there is none
    assert value["hit_at_1"] == value["mrr_at_10"] == (1.0, 3)
    assert results.tags["nowhere"]["refused"].value == 1.0
    assert "exact_match" not in results.tags["nowhere"]


def test_predictions_are_written_as_the_format_says(run, toyset):
    """Every field is there, in the questions' order, and every quote is a slice of its article."""
    rows = [json.loads(line) for line in (run().out / PREDICTIONS).read_text().splitlines()]
    assert [r["id"] for r in rows] == [q["id"] for q in QUESTIONS]
    fields = ["id", "status", "answer", "alternatives", "disagreement", "confidence", "quotes", "retrieved", "seconds"]
    assert all(list(r) == fields for r in rows)
    texts = {a["id"]: a["text"] for a in ARTICLES}
    quotes = [q for r in rows for q in r["quotes"]]
    assert len(quotes) == 3
    for quote in quotes:
        assert list(quote) == ["article", "start", "end", "text", "speaker", "stance"]
        assert quote["text"] == texts[quote["article"]][quote["start"] : quote["end"]]
    assert (rows[2]["status"], rows[2]["answer"], rows[2]["quotes"]) == ("not_found", None, [])
    assert rows[2]["confidence"] > 0 and rows[2]["retrieved"]


def test_the_report_shows_each_figure_with_its_n(run):
    """Tables, tags and the curve stand in the folder, and the SVG is well-formed."""
    out = run().out
    report = (out / "report.md").read_text()
    assert re.search(r"\| EM, answerable .*\| +0\.667 \| 0\.000 to 1\.000 \| +3 \|", report)
    assert re.search(r"\| numbers +\| +1\.000 \(2\)", report)
    assert "risk-coverage.svg" in report
    ElementTree.fromstring((out / "risk-coverage.svg").read_text())


def test_gold_never_reaches_what_answers(run):
    """The assistant is given the question, its scope, its history and its day, and nothing else."""
    toy, plain = run().toy, {"scope": EVERYTHING, "as_of": None}
    assert toy.asked == [
        ("How many boats had to move?", (), plain),
        (
            "Who is the buyer?",
            (Turn("What was sold?", "The orchard"),),
            {"scope": Scope(articles=frozenset({"orchard", "orchard-later"})), "as_of": "2025-03-12"},
        ),
        ("Which rocket reached the Moon?", (), plain),
        ("What was the orchard at Pell Lane sold for?", (), plain),
    ]
    assert not set(Question.__dataclass_fields__) & set(GOLD)


def test_the_library_of_a_set_lies_outside_it(run, toyset, cache):
    """Evaluating writes nothing into the set."""
    run()
    assert sorted(p.name for p in toyset.iterdir()) == ["articles.jsonl", "questions.jsonl.gz"]
    assert [p.name.startswith("toyset-") for p in (cache / "on-record" / "evaluation").iterdir()] == [True]


# Interrupted, crashed, measured again


def test_a_killed_run_goes_on_where_it_stopped(run, toyset, tmp_path):
    """What was asked isn't asked again, and a line that the kill cut short is."""
    code = f"""
import os, signal, sys
from pathlib import Path
from assistant.evaluation.run import evaluate
from assistant.evaluation.sets import read_set
from tests.test_evaluation import Toy

class Killed(Toy):
    def __call__(self, question, history, **limits):
        if "Moon" in question:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(question, history, **limits)

evaluate(read_set(Path({str(toyset)!r})), Path({str(tmp_path)!r}), assistant=Killed)
"""
    killed = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[1], timeout=200, capture_output=True
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()

    resumed = run()
    assert [asked[0] for asked in resumed.toy.asked] == [q["question"] for q in QUESTIONS[2:]]
    assert resumed.results.questions == 4

    file = resumed.out / PREDICTIONS
    file.write_bytes(file.read_bytes()[:-20])
    again = run()
    assert [asked[0] for asked in again.toy.asked] == [QUESTIONS[3]["question"]]
    assert again.results.figures == resumed.results.figures


def test_another_runs_predictions_are_set_aside_and_not_measured(run):
    """A run of other questions, or by an assistant since changed, starts over."""
    run(part=Part(limit=2))
    run(part=Part(tag="numbers"))
    out = run(part=Part(tag="numbers")).out
    assert [p.id for p in read_predictions(out / PREDICTIONS)] == ["boats", "price"]
    assert [p.id for p in read_predictions(out / EARLIER)] == ["boats", "buyer"]

    state = json.loads((out / RUN).read_text())
    (out / RUN).write_text(json.dumps(state | {"assistant": "another"}))
    assert len(run(part=Part(tag="numbers")).toy.asked) == 2


def test_a_crash_is_counted_apart_and_never_as_a_refusal(run):
    """One broken question doesn't end the run, enters no figure, and leaves its traceback."""
    done = run(crash="Moon")
    assert done.results.errors == ("moon",)
    assert done.results.not_found == 0
    assert "refusal_recall" not in done.results.figures
    assert read_predictions(done.out / PREDICTIONS)[2].status == "error"
    assert "the toy is broken" in (done.out / "errors.log").read_text()
    assert "moon" in (done.out / "report.md").read_text()


def test_measuring_again_gives_the_same_measures(run, toyset, tmp_path, monkeypatch):
    """Predictions and the set hold all that the measures need; nothing is asked, and no library made."""
    done = run()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "none"))
    assert score(read_set(toyset), done.out / PREDICTIONS) == done.results
    assert not (tmp_path / "none").exists()


def test_a_part_can_be_measured_from_the_predictions_of_the_whole(run, toyset):
    """Predictions for other questions are left aside; a missing one is an error, never a smaller n."""
    file = run().out / PREDICTIONS
    assert score(read_set(toyset), file, part=Part(tag="numbers")).questions == 2
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:3]))
    with pytest.raises(UnusableSet, match="lacks 1 of 4 questions, 'price'"):
        score(read_set(toyset), file)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "15 boats had to move 😀 at once."},
        {"start": 0},
        {"article": "nowhere"},
        {"start": -5, "end": -1},
    ],
)
def test_a_quote_that_is_not_its_articles_words_is_an_error(run, toyset, change):
    """A changed word, another place or no such article: said, and in no figure."""
    file = run().out / PREDICTIONS
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    rows[0]["quotes"][0] |= change
    write_lines(file, rows)
    results = score(read_set(toyset), file)
    assert len(results.false_quotes) == 1 and "boats" in results.false_quotes[0]
    assert results.figures["exact_match"].n == 2


def test_a_quote_from_outside_the_scope_is_an_error(run, toyset):
    """A question's articles are a limit, not a hint."""
    file = run().out / PREDICTIONS
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    rows[1]["quotes"] = rows[0]["quotes"]
    write_lines(file, rows)
    assert "outside" in score(read_set(toyset), file).false_quotes[0]


def test_an_attribution_set_is_attributed_and_measured(tmp_path):
    """Every attribution found is a line with its spans, speaker and stance; no question is needed."""
    text = "Ida Roe said that the quay was closed."
    made = tmp_path / "voices"
    made.mkdir()
    write_lines(made / "articles.jsonl", [{"id": "a", "text": text}])
    content = [text.index("the quay"), len(text) - 1]
    write_lines(made / "attributions.jsonl", [{"article": "a", "content": content, "cue": [8, 12], "source": [0, 7]}])
    results = evaluate(read_set(made), tmp_path / "out")
    assert (results.questions, results.attributions["recall"], results.attributions["precision"]) == (0, 1.0, 1.0)
    (row,) = [json.loads(line) for line in (tmp_path / "out" / "attributions.jsonl").read_text().splitlines()]
    assert list(row) == ["article", "content", "cue", "source", "speaker", "stance"]
    assert (row["source"], row["speaker"]) == ([0, 7], "Ida Roe")
    assert "| recall" in (tmp_path / "out" / "report.md").read_text()
    with pytest.raises(UnusableSet, match="no questions"):
        score(read_set(made), tmp_path / "out" / "attributions.jsonl")


# The command


def options(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--library", type=Path, default=Path("library"))
    add_arguments(parser)
    return parser.parse_args(list(arguments))


@pytest.fixture
def toy_assistant(monkeypatch):
    monkeypatch.setattr("assistant.evaluation.run.the_assistant", Toy)


def test_the_command_evaluates_and_scores(toyset, tmp_path, capsys, toy_assistant):
    """Exit code 0 and JSON on standard output; scoring prints the same."""
    assert main(options(str(toyset), "--out", str(tmp_path), "--json")) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed)["figures"]["exact_match"]["n"] == 3
    assert json.loads(printed) == json.loads((tmp_path / "measures.json").read_text())
    assert main(options(str(toyset), "--score", str(tmp_path / PREDICTIONS), "--json")) == 0
    assert capsys.readouterr().out == printed


def test_a_bare_evaluation_asks_without_the_turns_before(toyset, tmp_path, monkeypatch):
    """`--bare` leaves out the conversation, and is another run than one with it."""
    toys: list[Toy] = []
    monkeypatch.setattr("assistant.evaluation.run.the_assistant", lambda library: toys.append(Toy(library)) or toys[-1])
    main(options(str(toyset), "--out", str(tmp_path)))
    main(options(str(toyset), "--out", str(tmp_path), "--bare"))
    told, bare = ([history for _, history, _ in toy.asked] for toy in toys)
    assert any(told) and len(bare) == len(told) and not any(bare)
    with pytest.raises(UnusableSet, match="Leave out --bare"):
        main(options(str(toyset), "--score", str(tmp_path / PREDICTIONS), "--bare"))


def test_a_false_quote_ends_the_command_with_1(toyset, tmp_path, capsys, toy_assistant):
    """A script notices, and the quote is printed."""
    main(options(str(toyset), "--out", str(tmp_path)))
    file = tmp_path / PREDICTIONS
    file.write_text(file.read_text().replace("The buyer is", "The seller is"))
    assert main(options(str(toyset), "--score", str(file))) == 1
    assert "question buyer: the quote orchard" in capsys.readouterr().out


def test_several_sets_are_written_into_a_folder_each(toyset, tmp_path, capsys, toy_assistant):
    """FOLDER/<set>/, and sets of one name are refused before anything is asked."""
    other = tmp_path / "other"
    other.mkdir()
    write_lines(other / "articles.jsonl.gz", ARTICLES[:1])
    write_lines(other / "questions.jsonl", QUESTIONS[:1])
    assert main(options(str(toyset), str(other), "--out", str(tmp_path / "out"))) == 0
    assert {p.parent.name for p in (tmp_path / "out").glob("*/predictions.jsonl")} == {"toyset", "other"}
    with pytest.raises(UnusableSet, match="one name"):
        main(options(str(toyset), str(toyset), "--out", str(tmp_path / "out")))


def test_a_part_that_one_set_lacks_is_refused_before_another_is_asked(toyset, tmp_path, toy_assistant):
    """With a tag that only the first set has, no question of the first is asked."""
    other = tmp_path / "other"
    other.mkdir()
    write_lines(other / "articles.jsonl", ARTICLES[:1])
    write_lines(other / "questions.jsonl", [{**QUESTIONS[0], "tags": ["rare"]}])
    with pytest.raises(UnusableSet, match="'rare'"):
        main(options(str(other), str(toyset), "--tag", "rare", "--out", str(tmp_path / "out")))
    assert not (tmp_path / "out").exists()


def test_a_persons_own_library_is_asked(tmp_path, capsys, toy_assistant):
    """A CSV of bare questions against a library: predictions, and no measure that needs gold."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "quay.txt").write_text(ARTICLES[0]["text"])
    sync([articles], tmp_path / "library")
    (tmp_path / "mine.csv").write_text("question\nHow many boats had to move?\n")
    with pytest.raises(UnusableSet, match="--library"):
        main(options(str(tmp_path / "mine.csv"), "--out", str(tmp_path / "out")))
    assert (
        main(
            options(str(tmp_path / "mine.csv"), "--out", str(tmp_path / "out"), "--library", str(tmp_path / "library"))
        )
        == 0
    )
    assert read_predictions(tmp_path / "out" / PREDICTIONS)[0].answer == "14"
    assert "1 questions: 1 answered" in capsys.readouterr().out


def test_a_set_can_hold_its_articles_as_files(tmp_path, toy_assistant, capsys):
    """A folder `articles` beside the questions is read as any folder is."""
    (tmp_path / "files" / "articles").mkdir(parents=True)
    (tmp_path / "files" / "articles" / "quay.txt").write_text(ARTICLES[0]["text"])
    write_lines(
        tmp_path / "files" / "questions.jsonl", [{"question": "How many boats had to move?", "answers": ["14"]}]
    )
    assert main(options(str(tmp_path / "files"), "--out", str(tmp_path / "out"), "--json")) == 0
    assert json.loads(capsys.readouterr().out)["figures"]["exact_match"]["value"] == 1.0


def test_the_command_says_what_is_missing(toyset):
    """Without a folder to write to, and for numbers that are none."""
    with pytest.raises(UnusableSet, match="--out"):
        main(options(str(toyset)))
    with pytest.raises(SystemExit):
        options(str(toyset), "--limit", "0")
