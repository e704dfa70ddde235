"""What the README says is run: its commands parse, its Python executes, its tree is the tree."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import parser

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ (onrecord .+)$", README, re.M)


def test_the_readme_shows_every_verb():
    """No command is left out of the README."""
    shown = {shlex.split(command)[1] for command in COMMANDS}
    assert shown >= {"sync", "articles", "search", "ask", "find-quote", "evaluate", "doctor"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs(command, sample_library, tmp_path):
    """Each command runs on the sample set, and ends with 0 or with 1 for "not found"."""
    assert parser().parse_args(shlex.split(command)[1:])
    words = shlex.split(command.replace("--out results", f"--out {tmp_path}"))[1:]
    if words[0] != "evaluate":
        words += ["--library", str(sample_library)]
    run = subprocess.run(
        [sys.executable, "-m", "assistant.cli", *words], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert run.returncode in (0, 1) and "Traceback" not in run.stderr, run.stderr


def test_the_python_of_the_readme_executes(sample_library, monkeypatch):
    """The examples of use as a library work as they stand."""
    blocks = re.findall(r"```python\n(.*?)```", README, re.S)
    assert blocks
    monkeypatch.chdir(ROOT)
    names: dict = {}
    for block in blocks:
        exec(block.replace('Path("library")', f"Path({str(sample_library)!r})"), names)


def test_the_tree_of_the_readme_is_the_tree():
    """Every folder and file named in the README's tree is there."""
    tree = re.search(r"```\n(assistant/.*?)```", README, re.S)
    assert tree
    for line in tree.group(1).splitlines():
        name = line.split()[0]
        assert (ROOT / name).exists(), name


def test_links_inside_the_repository_lead_somewhere():
    """No document links to a file that isn't there."""
    for document in ROOT.glob("*.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
