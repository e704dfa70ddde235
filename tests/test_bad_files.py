"""Bad and hostile files: none crashes, hangs, or hides the others. ONRECORD_SOAK=1 reads a thousand."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from index.catalog import CATALOG, Catalog
from index.errors import Unreadable
from index.limits import Apart
from index.read import Reading, id_of, read_file
from index.sync import sync
from tests.bad_files import SENTENCES, WORD, bad_files, docx, good_line, pdf
from tests.toys import WordEmbedder

COUNT = 1_000 if os.environ.get("ONRECORD_SOAK") == "1" else 100


@pytest.mark.timeout(3_000)
def test_a_bad_file_is_read_or_refused_in_one_sentence(tmp_path):
    """Each ends in articles that can be stored or in one sentence that can be shown; a good file is read throughout."""
    good = tmp_path / "good.html"
    good.write_text(f"<html><body><article><h1>Ferry stays in harbour</h1><p>{SENTENCES}</p></article></body></html>")
    refused = 0
    for number, path in enumerate(bad_files(tmp_path, seed=20240503, count=COUNT)):
        reading = _read(path, tmp_path)
        refused += isinstance(reading, str)
        for sentence in [reading] if isinstance(reading, str) else reading.problems:
            assert 10 < len(sentence) < 600, (path, sentence)
            assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in sentence), (path, sentence)
        for article in [] if isinstance(reading, str) else reading.articles:
            assert article.text.strip() and ("\0" not in article.text or path.suffix == ".json")  # data stays as it is
            article.text.encode()
            article.id.encode()
        if path.is_file() and not path.is_symlink():
            path.unlink()  # a thousand of them would fill the disk
        if number % 20 == 0:
            assert SENTENCES.strip() in read_file(good, "good.html").articles[0].text
    assert 0.5 * COUNT < refused < COUNT


def test_bad_files_in_a_folder_hide_none_of_the_others(tmp_path, monkeypatch):
    """A sync of a hundred takes in every good file among them, names each that it didn't read, and ends."""
    monkeypatch.setattr("index.sync.renew_vectors", lambda *_: False)  # two processes, of no use here
    good = set()
    for number, path in enumerate(bad_files(tmp_path, seed=7, count=100)):
        if path.is_file() and path.stat().st_size > 30 << 20:
            path.unlink()  # the large ones have the test above
        (path.parent / "good.jsonl").write_bytes(good_line(number))
        good.add(f"good-{number}")
    report = sync([tmp_path], tmp_path / "library", WordEmbedder())
    held = {article.id for article in Catalog.open(tmp_path / "library" / CATALOG).articles()}
    assert good <= held
    assert len(report.problems) > 30 and all(problem.isprintable() for problem in report.problems)
    again = sync([], tmp_path / "library", WordEmbedder())
    assert (again.new, again.edited, again.removed, again.unchanged) == (0, 0, 0, report.new)


def _read(path: Path, folder: Path) -> Reading | str:
    try:
        return read_file(path, str(path.relative_to(folder)))
    except Unreadable as error:
        return str(error)


@pytest.mark.parametrize(
    ("parser", "reason"),
    [
        ("hang", "takes more than 1 s to read"),
        ("crash", "crashes its parser"),
        ("swallow_memory", "needs more memory than one file may have"),
        ("recurse", "is nested too deeply"),
        ("refuse", "is refused"),
    ],
)
def test_a_parser_that_fails_fails_alone(parser, reason):
    """The child process is given up or answers; the next file is parsed all the same."""
    apart = Apart("tests.failing_parsers", seconds=1, memory=1 << 30)
    with pytest.raises(Unreadable, match=reason):
        apart.parse(parser, b"x")
    assert apart.parse("shout", b"still here") == {"text": "still here"}


def test_a_long_line_does_not_hide_the_others(tmp_path):
    """Of a JSONL file with a 100 MB line and broken lines, the other lines are read and the bad ones named."""
    path = tmp_path / "mixed.jsonl"
    with path.open("wb") as out:
        out.write(good_line(1))
        for _ in range(100):
            out.write(b"x" * (1 << 20))
        out.write(b"\n{broken\n" + b'{"text": "  "}\n' + b"[1]\n" + b"\xff\xfe\n" + good_line(2))
    reading = read_file(path, "mixed.jsonl")
    assert [article.id for article in reading.articles] == ["good-1", "good-2"]
    assert reading.problems == (
        "line 2 is longer than 8 MiB",
        "line 3 is not JSON in UTF-8",
        "line 4 has no text",
        "line 5 is not an object with a text field",
        "line 6 is not JSON in UTF-8",
    )


def test_a_file_with_a_problem_in_each_line_is_told_of_in_few(tmp_path):
    """The first hundred problems are said, then how many more; articles among them are all read."""
    good = good_line(1)
    path = tmp_path / "dates.jsonl"
    path.write_bytes(b"".join(b"x\n" + good.replace(b"good-1", b"good-%d" % n) for n in range(500)))
    reading = read_file(path, path.name)
    assert len(reading.articles) == 500 and len(reading.problems) == 101
    assert reading.problems[-1] == "there are 400 more such problems"


def test_a_file_that_goes_on_and_on_without_an_article_is_given_up(tmp_path):
    """What was read before is kept."""
    path = tmp_path / "endless.jsonl"
    path.write_bytes(good_line(1) + b"x\n" * 100_000 + good_line(2))
    reading = read_file(path, path.name)
    assert [article.id for article in reading.articles] == ["good-1"]
    assert "after 10,000 parts in a row that couldn't be read the rest wasn't tried" in reading.problems
    path.write_bytes(b"x\n" * 100_000)
    assert str(_read(path, tmp_path)) == "endless.jsonl: line 1 is not JSON in UTF-8."


def test_a_json_file_that_would_fill_the_memory_is_refused(tmp_path):
    """Fifteen megabytes of brackets are more than a gigabyte of lists."""
    path = tmp_path / "brackets.json"
    path.write_bytes(b"[" + b"[]," * 5_000_000 + b"[]]")
    assert "holds too many parts" in str(_read(path, tmp_path))


@pytest.mark.parametrize("package", ["pypdf", "docx"])
def test_the_makers_make_files_that_can_be_read_undamaged(tmp_path, package):
    """A damaged file is only a test where the whole one can be read."""
    pytest.importorskip(package)
    if package == "pypdf":
        path = tmp_path / "whole.pdf"
        path.write_bytes(pdf(SENTENCES.encode()))
    else:
        paragraph = b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % SENTENCES.encode()
        path = docx(tmp_path / "whole.docx", WORD % paragraph)
    assert "Nobody could say why." in read_file(path, path.name).articles[0].text


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("2024/Harbour bridge.txt", "2024/Harbour bridge"),
        ("../../etc/passwd.txt", "%2E%2E/%2E%2E/etc/passwd"),
        ("/etc/passwd.txt", "etc/passwd"),
        ("a\\b.txt", "a/b"),
        ("a\u202eb\n.html", "a%E2%80%AEb%0A"),
        ("///", "article"),
        ("x.tar.jsonl.gz", "x.tar"),
        ("caf\udce9.txt", "caf%ED%B3%A9"),
    ],
)
def test_an_id_made_from_a_name_can_go_nowhere(name, id):
    """No `..`, no root, nothing unseen."""
    assert id_of(name) == id
