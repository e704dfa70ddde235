"""Bad input to the command itself: a clear sentence, the rest of the work done, nothing lost."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from assistant.cli import main

GOOD = "The ferry to Skerrow was late on Monday because of fog. Nobody was hurt, the harbour master said."
LINES = [{"id": "one", "text": "The pier opened on Friday."}, {"id": "two", "text": "The mill closed in May."}]
BAD = {
    "empty.txt": b"",
    "blank.md": b" \n\n\t\n",
    "no-text.json": b'{"title": "A headline and no more"}',
    "broken.json": b'{"title": "Cut off',
    "bytes.txt": bytes(range(256)) * 40,
    "picture.html": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
}


def run(library: Path, *words: str, capsys) -> tuple[int, str, str]:
    code = main([*words, "--library", str(library)])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with one good article, and every kind of bad file beside it."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text(f"Ferry late in fog\n\n{GOOD}\n", encoding="utf-8")
    for name, data in BAD.items():
        (folder / name).write_bytes(data)
    lines = [json.dumps(line) for line in LINES]
    (folder / "lines.jsonl").write_text("\n".join([lines[0], '{"id": "cut off', lines[1]]), encoding="utf-8")
    (folder / "torn.html").write_text(
        f"<html><head><title>Torn</title><body><article><h1>Torn page</h1><p>{GOOD}<p <b>{GOOD}</p", encoding="utf-8"
    )
    return folder


def test_bad_files_are_named_and_the_rest_is_read(folder, tmp_path, capsys):
    """Each bad file, and the bad line of a good one, is named in one sentence; every article around them is there."""
    code, out, err = run(tmp_path / "library", "sync", str(folder), capsys=capsys)
    problems = err.splitlines()
    assert code == 0 and "Done:" in out
    for name in (*BAD, "lines.jsonl: line 2"):
        named = [p for p in problems if name in p]
        assert len(named) == 1 and named[0].startswith("Not read: ") and named[0].endswith("."), (name, problems)
    assert len(problems) == len(BAD) + 1
    code, out, _ = run(tmp_path / "library", "articles", "list", "--json", capsys=capsys)
    assert {json.loads(line)["id"] for line in out.splitlines()} == {"good", "one", "two", "torn"}
    code, out, _ = run(tmp_path / "library", "articles", "show", "good", capsys=capsys)
    assert GOOD in out


def test_a_good_file_that_turns_bad_loses_nothing(folder, tmp_path, capsys):
    """What was read from a file before it was overwritten with no text is still there, and the file is named."""
    run(tmp_path / "library", "sync", str(folder), capsys=capsys)
    (folder / "good.txt").write_bytes(BAD["bytes.txt"])
    code, _, err = run(tmp_path / "library", "sync", str(folder), capsys=capsys)
    assert code == 0 and "good.txt" in err and "is kept" in err
    code, out, _ = run(tmp_path / "library", "articles", "show", "good", capsys=capsys)
    assert code == 0 and GOOD in out


def test_a_missing_folder_changes_nothing(folder, tmp_path, capsys):
    """A source that isn't there is an error before anything is done, whatever stands beside it."""
    run(tmp_path / "library", "sync", str(folder / "good.txt"), capsys=capsys)
    for words in (["sync", str(folder), str(tmp_path / "mistyped")], ["sync", str(tmp_path / "mistyped"), "--only"]):
        code, _, err = run(tmp_path / "library", *words, capsys=capsys)
        assert code == 2 and len(err.splitlines()) == 1 and "mistyped" in err
        code, out, _ = run(tmp_path / "library", "articles", "list", capsys=capsys)
        assert len(out.splitlines()) == 1


def test_a_folder_with_nothing_to_read_says_so(tmp_path, capsys):
    """An empty folder, or one of other files, is no silent success: what is read is named."""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "dog.jpeg").write_bytes(b"\xff\xd8")
    code, _, err = run(tmp_path / "library", "sync", str(tmp_path / "pictures"), capsys=capsys)
    assert code == 0 and "pictures holds no file of a kind that is read" in err and ".html" in err


def test_a_sync_of_nothing_into_nothing_is_an_error(tmp_path, capsys):
    """Without a source and without a library there is nothing to do, and no library is made."""
    code, _, err = run(tmp_path / "library", "sync", capsys=capsys)
    assert code == 2 and "onrecord sync" in err and not (tmp_path / "library").exists()


def test_a_file_that_cannot_be_read_is_named(folder, tmp_path, capsys):
    """A file whose bytes the system doesn't give is named with the system's reason; the others are read."""
    if os.geteuid():
        (folder / "secret.txt").write_text("Nobody may read this.")
        (folder / "secret.txt").chmod(0)
    elif Path("/proc/self/mem").exists():
        (folder / "secret.txt").symlink_to("/proc/self/mem")  # root may read any file, but nobody what lies at 0
    else:
        pytest.skip("root may read any file here")
    code, _, err = run(tmp_path / "library", "sync", str(folder), capsys=capsys)
    named = [line for line in err.splitlines() if "secret.txt" in line]
    assert code == 0 and len(named) == 1 and any(why in named[0] for why in ("Permission denied", "Input/output error"))
    code, out, _ = run(tmp_path / "library", "articles", "list", capsys=capsys)
    assert len(out.splitlines()) == 4


@pytest.mark.parametrize(
    "limit",
    [["--outlet", "Nobody's News"], ["--article", "nothing"], ["--since", "2025-03-12", "--until", "2025-03-11"]],
)
@pytest.mark.parametrize("words", [["ask", "Who closed the bridge?"], ["search", "bridge"], ["articles", "list"]])
def test_a_limit_that_nothing_can_be_within_gets_a_sentence(words, limit, sample_library, capsys):
    """An outlet, article or time that isn't there is an error with the way out, never "the articles don't say"."""
    code, out, err = run(sample_library, *words, *limit, capsys=capsys)
    assert code == 2 and not out and len(err.splitlines()) == 1
    assert any(way in err for way in ("There are Harrowmouth Courier", "onrecord articles list", "Swap the two"))


def test_an_outlet_may_be_named_in_any_case(sample_library, capsys):
    """The name is matched without regard to capitals."""
    code, out, _ = run(sample_library, "articles", "list", "--outlet", "coast today", capsys=capsys)
    assert code == 0 and len(out.splitlines()) == 2


@pytest.mark.parametrize(
    "words", [["search", "fire", "--count", "0"], ["search", "fire", "--count", "-3"], ["chat", "--port", "99999"]]
)
def test_a_number_out_of_range_gets_a_sentence(words, capsys):
    """It is refused by the command's options, with the range."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2 and "is no whole number from 1" in capsys.readouterr().err


def test_the_command_alone_prints_its_help(capsys):
    """Who types `onrecord` sees what it can do."""
    assert main([]) == 0
    assert "find-quote" in capsys.readouterr().out
