"""No request leaves the machine, from any Python socket. (Native code of a library has sockets that this can't see.)"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import SAMPLE
from tests.chat_server import chat_server

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
page.close(verbose=False)
"""
ATTEMPTS = [
    "socket.create_connection(('192.0.2.1', 80), 1)",
    "socket.socket().connect_ex(('192.0.2.1', 80))",
    "socket.socket(socket.AF_INET6).connect(('2001:db8::1', 80))",
    "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendmsg([b'x'], [], 0, ('192.0.2.1', 53))",
    "socket.getaddrinfo('news.example', 80)",
    "socket.gethostbyname('news.example')",
]


@pytest.fixture
def refused(tmp_path) -> Path:
    """The file in which the guard notes what it refused."""
    return tmp_path / "refused.txt"


def run(refused: Path, *command: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *command],
        env=GUARDED | {"ONRECORD_REFUSED": str(refused)},
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_guard_notes_what_it_refuses_even_where_the_program_swallows_it(attempt, refused):
    """The net of these tests has no hole: a connection, datagram or look-up elsewhere is refused and written down."""
    tried = run(refused, "-c", f"import socket\ntry: {attempt}\nexcept OSError as error: print(error)")
    assert refused.read_text().strip() == tried.stdout.strip() != ""


def test_sync_ask_and_chat_open_no_connection(tmp_path, refused):
    """Reading articles, asking, and serving the chat work with every socket but loopback's refused, and try none."""
    library = str(tmp_path / "library")
    synced = run(refused, "-m", "assistant.cli", "sync", str(SAMPLE), "--library", library)
    assert synced.returncode == 0, synced.stderr
    asked = run(refused, "-m", "assistant.cli", "ask", "Who closed the bridge?", "--library", library)
    assert asked.returncode in (0, 1), asked.stderr
    chatted = run(refused, "-c", CHAT, library)
    assert chatted.stdout.split() == ["200", "Found"], chatted.stderr
    assert not refused.exists(), refused.read_text()


def test_a_chat_model_is_the_only_one_that_is_asked(tmp_path, refused, sample_library, monkeypatch):
    """With a model the command connects to that model's address and to no other, also where tracing is switched on."""
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setitem(GUARDED, name, "true")
    monkeypatch.setitem(GUARDED, "LANGSMITH_API_KEY", "lsv2_not_a_key")
    monkeypatch.setitem(GUARDED, "XDG_CACHE_HOME", str(tmp_path))
    with chat_server(says=["The repairs will cost £4.2 million, according to Wray. [1.1]"]) as server:
        model = ("--model", "openai:toy", "--model-url", server.address)
        question = ("ask", "How much will the bridge repairs cost?", "--library", str(sample_library))
        asked = run(refused, "-m", "assistant.cli", *question, *model)
    assert asked.returncode == 0 and "Written by openai:toy" in asked.stdout, asked.stderr
    assert len(server.asked) == 1 and not refused.exists()
