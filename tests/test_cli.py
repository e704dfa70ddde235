"""The command line, run as a person runs it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import main, parser

ROOT = Path(__file__).parents[1]
VERBS = re.findall(r"^    ([a-z-]+)\b", parser().format_help(), re.M)  # each verb that the help lists


def test_the_help_lists_the_verbs():
    """What the tests of every verb go through is not empty."""
    assert {"sync", "articles", "search", "ask", "find-quote", "chat", "evaluate", "doctor"} <= set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help_with_an_example_that_parses(verb, capsys):
    """Help shows an example, and the example is a command that the parser takes."""
    import shlex

    with pytest.raises(SystemExit) as ended:
        parser().parse_args([verb, "--help"])
    assert ended.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    example = said.split("Example: onrecord ", 1)[1]
    assert parser().parse_args(shlex.split(example)).run


def ask(library: Path, *words: str, capsys) -> tuple[int, str, str]:
    code = main([*words, "--library", str(library)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_articles_are_listed_and_shown(sample_library, capsys):
    """The list names every article; show prints one with its text."""
    code, out, _ = ask(sample_library, "articles", "list", "--json", capsys=capsys)
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and len(rows) == 16
    code, out, _ = ask(sample_library, "articles", "show", rows[0]["id"], capsys=capsys)
    assert code == 0 and rows[0]["title"] in out


def test_an_answer_as_json_is_a_prediction_with_sources(sample_library, capsys):
    """`ask --json` prints the record of the file formats; each quote carries headline, outlet and date."""
    code, out, _ = ask(sample_library, "ask", "How much will the bridge repairs cost?", "--json", capsys=capsys)
    record = json.loads(out)
    assert code == 0 and record["status"] == "answered"
    assert {
        "id",
        "status",
        "answer",
        "alternatives",
        "disagreement",
        "confidence",
        "quotes",
        "retrieved",
        "seconds",
    } <= set(record)
    assert all(
        {"article", "start", "end", "text", "speaker", "stance", "title", "outlet", "published"} <= set(q)
        for q in record["quotes"]
    )


def test_not_found_is_an_exit_code(sample_library, capsys):
    """A question that the articles don't answer ends with 1, and says what was looked at."""
    code, out, _ = ask(sample_library, "ask", "Which enzyme does the kidney of a penguin lack?", capsys=capsys)
    assert code == 1 and "don’t say" in out and "looked at" in out


def test_a_quote_is_found_exact_and_altered(sample_library, capsys):
    """Words of an article are exact; with another number they are altered, and the number is named."""
    words = "put the damage at about £3.5 million"
    code, out, _ = ask(sample_library, "find-quote", words, capsys=capsys)
    assert code == 0 and out.startswith("Exact")
    code, out, _ = ask(sample_library, "find-quote", words.replace("3.5", "8.5"), capsys=capsys)
    assert code == 1 and "3.5" in out


@pytest.mark.parametrize("question", ["", "   ", "\n"])
def test_an_empty_question_gets_a_sentence(sample_library, question, capsys):
    """An empty question is an error with the way out."""
    code, _, err = ask(sample_library, "ask", question, capsys=capsys)
    assert code == 2 and "empty" in err and len(err.splitlines()) == 1


def test_a_very_long_question_gets_a_sentence(sample_library, capsys):
    """A hundred thousand characters are refused, not cut off in silence."""
    code, _, err = ask(sample_library, "ask", "why " * 25_000, capsys=capsys)
    assert code == 2 and "100,000 characters" in err


@pytest.mark.parametrize(
    "question", ['"unclosed NEAR( AND *', "<script>alert(1)</script> ${x} {{y}}", "🔥 \u202e \u0000?", "x" * 3999]
)
def test_an_odd_question_is_answered_or_not_found(sample_library, question, capsys):
    """Syntax of any kind in a question is only words."""
    code, _, err = ask(sample_library, "ask", question, capsys=capsys)
    assert code in (0, 1) and not err


def test_errors_are_one_sentence_with_the_way_out(tmp_path, capsys):
    """A library, a source, an article or a day that isn't there: one line, exit code 2."""
    library = tmp_path / "nothing"
    for words in (["ask", "Who?"], ["sync", str(tmp_path / "no-folder")], ["articles", "show", "x"], ["doctor"]):
        code, _, err = ask(library, *words, capsys=capsys)
        assert code == 2 and len(err.splitlines()) == 1, words


def test_strict_turns_an_unread_file_into_an_exit_code(tmp_path, capsys):
    """Without --strict the rest is read and 0 returned; with it, 1. Either way the file is named."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "broken.json").write_text("{")
    (tmp_path / "articles" / "good.json").write_text('{"title": "Ferry late", "text": "The ferry was late on Monday."}')
    library = tmp_path / "library"
    code, _, err = ask(library, "sync", str(tmp_path / "articles"), capsys=capsys)
    assert code == 0 and "broken.json" in err
    code, _, err = ask(library, "sync", str(tmp_path / "articles"), "--strict", capsys=capsys)
    assert "broken.json" in err and code == 1


def test_output_to_a_closed_pipe_is_quiet(sample_library):
    """`onrecord articles list | head -1` prints no traceback."""
    command = f"{sys.executable} -m assistant.cli articles list --library {sample_library} | head -1"
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.stdout and not run.stderr


@pytest.mark.parametrize("words", [[], ["ask"], ["search"]])
def test_a_wrong_setting_leaves_help_alone(words, monkeypatch, capsys):
    """Help comes whatever the environment holds."""
    monkeypatch.setenv("ONRECORD_THRESHOLD", "abc")
    monkeypatch.setenv("ONRECORD_READER", "nonsense")
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0 and "usage: onrecord" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "value"),
    [("ONRECORD_THRESHOLD", v) for v in ("abc", "nan", "7", "-1")]
    + [("ONRECORD_READER", v) for v in (str(ROOT), str(ROOT / "README.md"), "no-such-file")],
)
def test_a_wrong_setting_gets_a_sentence(name, value, sample_library, monkeypatch, capsys):
    """It is named where it is used, on one line with the way out."""
    monkeypatch.setenv(name, value)
    code, _, err = ask(sample_library, "ask", "Who closed the bridge?", capsys=capsys)
    assert code == 2 and name in err and "unset it" in err and len(err.splitlines()) == 1


def test_weights_of_another_model_are_no_reader(sample_library, monkeypatch, capsys):
    """A safetensors file that isn't a reader's is refused before it is used."""
    from index.embedder import model_folder

    monkeypatch.setenv("ONRECORD_READER", str(model_folder() / "model.safetensors"))
    code, _, err = ask(sample_library, "ask", "Who closed the bridge?", capsys=capsys)
    assert code == 2 and "names no reader" in err


@pytest.mark.parametrize("words", [["articles"], ["search", "fire"], ["doctor"], ["sync", str(ROOT / "README.md")]])
def test_a_catalog_that_is_none_gets_a_sentence(words, tmp_path, capsys):
    """A file that SQLite can't read ends in one line, not in a traceback."""
    (tmp_path / "library.sqlite").write_bytes(b"This is no database. " * 500)
    code, _, err = ask(tmp_path, *words, capsys=capsys)
    assert code == 2 and len(err.splitlines()) == 1 and "catalog" in err


def test_a_file_that_cannot_be_written_gets_a_sentence(tmp_path, capsys):
    """An error of the disk names the file."""
    (tmp_path / "taken").write_text("a file where a folder should be")
    code, _, err = ask(tmp_path / "taken" / "library", "sync", str(ROOT / "README.md"), capsys=capsys)
    assert code == 2 and len(err.splitlines()) == 1 and "taken" in err


@pytest.mark.parametrize("words", ["", "  "])
def test_a_search_for_nothing_gets_a_sentence(sample_library, words, capsys):
    """No words are no search."""
    code, _, err = ask(sample_library, "search", words, capsys=capsys)
    assert code == 2 and "nothing to look for" in err and len(err.splitlines()) == 1


def test_an_answer_as_json_says_how_long_it_took(sample_library, capsys):
    """The seconds are measured."""
    _, out, _ = ask(sample_library, "ask", "Who closed the bridge?", "--json", capsys=capsys)
    assert 0 < json.loads(out)["seconds"] < 300


def test_how_a_question_was_read_is_said(sample_library, capsys):
    """A limit in a question's words is named before the answer."""
    _, out, _ = ask(sample_library, "ask", "How many people died in the fire, only Coast Today?", capsys=capsys)
    assert out.startswith("Limited to: only Coast Today.\n")


def test_a_question_may_follow_others(sample_library, capsys):
    """`--after` gives the questions before it, answered first; `--reading` takes it one way."""
    asked = ("ask", "And why?", "--after", "Hello", "--after", "Who closed Ostley Bridge?")
    code, out, _ = ask(sample_library, *asked, "--reading", "after", capsys=capsys)
    assert code == 0 and out.startswith("Understood after the previous question.") and "cracks" in out
    _, out, _ = ask(sample_library, *asked, "--reading", "alone", capsys=capsys)
    assert "Understood after" not in out


def test_what_is_asked_back_is_numbered(sample_library, capsys):
    """The choices stand in the answer, and the number of one, asked after it, takes it."""
    said = ("ask", "What did Daniel Marsh say?")
    code, out, _ = ask(sample_library, *said, capsys=capsys)
    assert code == 1 and "  2. Daniel Marsh, the goalkeeper and captain" in out
    code, out, _ = ask(sample_library, "ask", "2", "--after", said[1], capsys=capsys)
    assert code == 0 and "Limited to: about: Daniel Marsh, the goalkeeper and captain." in out


def test_a_crash_is_no_answer(sample_library, monkeypatch, capsys):
    """A fault of ours has an exit code of its own, with its trace; none that a script would read as a no."""
    monkeypatch.setattr("assistant.cli._library", lambda options: 1 / 0)
    code, _, err = ask(sample_library, "search", "bridge", capsys=capsys)
    assert code == 70 and "ZeroDivisionError" in err and "Please report it" in err.splitlines()[-1]


def test_no_words_are_no_quotation(sample_library, capsys):
    """To look for nothing is an error, as to ask or to search for nothing is."""
    code, _, err = ask(sample_library, "find-quote", " ", capsys=capsys)
    assert code == 2 and "Give a quotation" in err


def test_a_removed_article_can_be_restored(tmp_path, capsys):
    """The report names what stays away and how to let it in; the next sync does."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "dam.txt").write_text("The dam at Osby held through the night, the mayor said.")
    library = tmp_path / "library"
    ask(library, "sync", str(tmp_path / "articles"), capsys=capsys)
    ask(library, "articles", "remove", "dam", capsys=capsys)
    _, out, _ = ask(library, "sync", capsys=capsys)
    assert "Left out, as removed by hand: dam. To let one in again: onrecord articles restore ID" in out
    assert ask(library, "articles", "restore", "dam", capsys=capsys)[0] == 0
    assert "1 new" in ask(library, "sync", capsys=capsys)[1]
    assert ask(library, "articles", "restore", "dam", capsys=capsys)[0] == 2
