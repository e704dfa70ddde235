"""What the README says is run: its commands and its Python give the output beside them, its tree is the tree."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from assistant.cli import main, parser

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
# A command with the lines that stand below it, up to the next command or the end of the block.
SHOWN = dict(re.findall(r"^\$ (onrecord .+)\n((?:(?!\$ |```).*\n)*)", README, re.M))
PYTHON = re.findall(r"```python\n(.*?)```\n\n```\n(.*?)```", README, re.S)


def test_the_readme_shows_every_verb():
    """No command is left out of the README, and all but those that go on have their output beside them."""
    shown = {shlex.split(command)[1] for command in SHOWN}
    verbs = set(re.findall(r"^    ([a-z-]+)\b", parser().format_help(), re.M))
    assert verbs - shown == {"chat", "mcp"}
    assert all(output.strip() for output in SHOWN.values())
    assert [verb for verb in verbs if f"onrecord {verb}" not in README] == []


@pytest.fixture(scope="module")
def outputs(tmp_path_factory) -> Iterator[dict[str, str]]:
    """What each command really prints, run in the README's order on a library of its own."""
    folder = tmp_path_factory.mktemp("readme")
    said = {}
    with pytest.MonkeyPatch.context() as here:
        here.chdir(ROOT)
        here.setenv("ONRECORD_LIBRARY", str(folder / "library"))
        for command in SHOWN:
            words = shlex.split(command.replace("--out results", f"--out {folder / 'results'}"))[1:]
            with redirect_stdout(StringIO()) as out:
                assert main(words) in (0, 1), command
            said[command] = out.getvalue().replace(str(folder / "results"), "results")
    yield said


@pytest.mark.parametrize("command", SHOWN)
def test_a_command_of_the_readme_prints_what_stands_beside_it(command, outputs):
    """Each line shown is printed, in this order; … stands for what is left out."""
    assert_prints(outputs[command], SHOWN[command])


def test_the_python_of_the_readme_prints_what_stands_beside_it(sample_library, monkeypatch):
    """The examples of use as a library work as they stand."""
    assert len(PYTHON) == README.count("```python")
    monkeypatch.chdir(ROOT)
    names: dict = {}
    for code, shown in PYTHON:
        with redirect_stdout(StringIO()) as out:
            exec(code.replace('Path("library")', f"Path({str(sample_library)!r})"), names)
        assert_prints(out.getvalue(), shown)


def assert_prints(said: str, shown: str) -> None:
    at = 0
    for part in re.split(r"[…\n]", shown):
        part = part.strip()
        assert part in said[at:], part
        at = said.index(part, at) + len(part)


def test_the_tree_of_the_readme_is_the_tree():
    """Every folder that the README's tree names is there, and every package is named, tests' own aside."""
    tree = re.search(r"```\n(assistant/.*?)```", README, re.S)
    assert tree
    named = {line.split()[0].rstrip("/") for line in tree.group(1).splitlines()}
    assert [name for name in named if not (ROOT / name).is_dir()] == []
    packages = (path.parent.relative_to(ROOT) for path in ROOT.glob("[a-z]*/**/__init__.py"))
    assert {str(p) for p in packages if p.parts[0] != "build" and p.parts[:2] != ("tests", "benchmarks")} <= named


def test_links_inside_the_repository_lead_somewhere():
    """No document links to a file that isn't there."""
    for document in ROOT.glob("*.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
