"""No request leaves the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from assistant.settings import SAMPLE

ROOT = Path(__file__).parents[1]
GUARDED = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "tests" / "offline"), str(ROOT)])}
CHAT = """
import sys, httpx
from pathlib import Path
from assistant.assistant import Assistant
from index.library import Library
from ui.server import start
assistant = Assistant(Library.open(Path(sys.argv[1])))
page = start(assistant)
print(httpx.get(page.local_url).status_code)
print([type(part).__name__ for part in assistant.stream("Who closed the bridge?")][0])
page.close()
"""


def run(*command: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *command], env=GUARDED, capture_output=True, text=True, cwd=ROOT, check=False
    )


def test_the_guard_refuses_a_foreign_address():
    """The net of these tests has no hole: a connection elsewhere raises."""
    tried = run("-c", "import socket; socket.create_connection(('192.0.2.1', 80), 1)")
    assert "left the machine" in tried.stderr


def test_sync_ask_and_chat_open_no_connection(tmp_path):
    """Reading articles, asking, and serving the chat work with every socket but loopback's refused."""
    library = str(tmp_path / "library")
    synced = run("-m", "assistant.cli", "sync", str(SAMPLE), "--library", library)
    assert synced.returncode == 0, synced.stderr
    asked = run("-m", "assistant.cli", "ask", "Who closed the bridge?", "--library", library)
    assert asked.returncode in (0, 1) and "left the machine" not in asked.stderr, asked.stderr
    chatted = run("-c", CHAT, library)
    assert chatted.stdout.split() == ["200", "Found"], chatted.stderr
