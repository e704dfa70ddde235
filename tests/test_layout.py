"""The layout: imports go one way, and heavy packages wait until they are used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BELOW = {"ui": {"ui", "assistant", "index"}, "assistant": {"assistant", "index"}, "index": {"index"}}


def imports(file: Path) -> set[str]:
    """The packages that a module names in its imports, wherever they stand."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("package", BELOW)
def test_imports_go_one_way(package):
    """ui → assistant → index, never back. The one door upwards is the command that opens the chat."""
    wrong = {
        str(file.relative_to(ROOT)): above
        for file in (ROOT / package).rglob("*.py")
        if (above := imports(file) & set(BELOW) - BELOW[package]) and file.name != "cli.py"
    }
    assert not wrong


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("chromadb", {"index/vectors.py"}),
        ("gradio", {"ui/app.py", "ui/server.py"}),
        ("langchain", {"assistant/writer.py"}),
        ("mcp", {"assistant/tools.py"}),
        ("xllamacpp", {"assistant/local.py"}),
    ],
)
def test_a_framework_is_imported_in_one_place(library, rooms):
    """Each has its rooms, so that it can be swapped or watched there; only the writer's knows model providers."""
    files = [f for p in BELOW for f in (ROOT / p).rglob("*.py")]
    assert {str(f.relative_to(ROOT)) for f in files if library in imports(f)} <= rooms


def test_help_loads_no_heavy_package():
    """`onrecord --help` imports neither models nor frameworks."""
    code = (
        "import sys\n"
        "from assistant.cli import parser\n"
        "parser().format_help()\n"
        "print(*sorted({m.split('.')[0] for m in sys.modules}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    heavy = {"torch", "transformers", "sentence_transformers", "chromadb", "gradio", "langchain_core", "numpy", "tqdm"}
    assert not heavy & set(run.stdout.split())
