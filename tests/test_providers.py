"""Each provider's own package as a writer, against a server on loopback that speaks as the provider's does."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from assistant import writer
from assistant.answer import Answer, Quote
from assistant.writer import ATTEMPTS, EXTRAS, KEYS, Writer, load
from index.articles import Article
from tests.chat_server import ChatServer, chat_server
from tests.protocols import READ, WRITTEN

ROOF = Article("roof", "The roof fell on Monday. It was old.")
SENTENCE = ROOF.text[:24]
READ_ANSWER = Answer(
    "When did the roof fall?",
    "answered",
    "“Monday”",
    short="Monday",
    quotes=(Quote(ROOF, 0, 24),),
    looked_at=(Quote(ROOF, 0, len(ROOF.text)),),
)
SAID = ['{"sentences": [{"marks": ["1.1"], ', f'"text": "{SENTENCE}"}}]}}']
SECRET = "sk-proj-NEVERSHOWN1234567890abcdef"
GOOGLE = int(version("langchain-google-genai").partition(".")[0])  # the fourth release has another client
SPOKEN = {"google": "google" if GOOGLE < 4 else "google events"}
SCHEMAS = {
    "openai": lambda sent: sent["response_format"]["json_schema"]["schema"],
    "mistral": lambda sent: sent["response_format"]["json_schema"]["schema"],
    "anthropic": lambda sent: sent["output_config"]["format"]["schema"],
    "google": lambda sent: sent["generationConfig"]["responseJsonSchema"],
    "ollama": lambda sent: sent["format"],
}


@pytest.fixture(autouse=True)
def keys(monkeypatch, tmp_path):
    """A key for each provider, no .env file, and no waiting between attempts."""
    for names in KEYS.values():
        for name in names:
            monkeypatch.setenv(name, SECRET)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(writer.WAIT, "initial", 0.01)
    monkeypatch.setitem(writer.WAIT, "jitter", 0.01)


def over(provider: str, server: ChatServer) -> Writer:
    """The writer as `--model` makes it, its provider's class pointed at the server."""
    held, root = load(f"{provider}:toy", seconds=60.0), server.address.removesuffix("/v1")
    elsewhere = {
        "openai": {"base_url": server.address, "stream_usage": True},
        "anthropic": {"anthropic_api_url": root},
        "google": {"base_url": root} | ({"transport": "rest"} if GOOGLE < 4 else {}),
        "mistral": {"endpoint": server.address},
        "ollama": {"base_url": root},
    }
    arguments = {"model": "toy"} | ({} if provider == "ollama" else {"max_retries": 0})
    return replace(held, model=type(held.model)(**arguments | elsewhere[provider]))


def written(provider: str, server: ChatServer) -> Answer:
    *_, last = over(provider, server).write(READ_ANSWER.question, (), READ_ANSWER)
    return last


def server_of(provider: str, **behaviour):
    return chat_server(speaks=SPOKEN.get(provider, provider), **{"says": SAID, **behaviour})


@pytest.mark.parametrize("provider", SCHEMAS)
def test_a_provider_is_held_to_the_schema_and_its_tokens_are_counted(provider):
    """The request has the schema where its package sends it, with the key; what comes back passes, and is counted."""
    with server_of(provider) as server:
        answer = written(provider, server)
    assert answer.words.startswith(SENTENCE) and answer.written.trouble is None
    assert answer.written.tokens == (READ, WRITTEN)
    marks = SCHEMAS[provider](server.asked[0])["properties"]["sentences"]["items"]["properties"]["marks"]["items"]
    assert marks["enum"] == ["1.1", "1.2"]
    assert provider == "ollama" or SECRET in server.keys[0]


def test_anthropic_s_schema_says_nothing_that_it_refuses():
    """It takes no schema with a greatest number of items."""
    with server_of("anthropic") as server:
        written("anthropic", server)
    assert "maxItems" not in json.dumps(SCHEMAS["anthropic"](server.asked[0])) and len(server.asked) == 1


@pytest.mark.parametrize("provider", SCHEMAS)
def test_a_busy_server_is_asked_again(provider):
    """By us, a few times, whichever package reports it; then the answer is the model's."""
    with server_of(provider, failing=[503, 429]) as server:
        answer = written(provider, server)
    assert answer.words.startswith(SENTENCE) and len(server.asked) == ATTEMPTS


@pytest.mark.parametrize(
    ("status", "said", "asked"),
    [
        (401, "refused the key", 1),
        (403, "may not use it", 1),
        (404, "check its name", 1),
        (429, "too much at the moment", ATTEMPTS),
        (500, "failed at its own end", ATTEMPTS),
        (400, "did not take the request", 2),  # once with the schema, once without
    ],
)
@pytest.mark.parametrize("provider", SCHEMAS)
def test_a_failure_is_one_sentence_without_the_key(provider, status, said, asked, caplog):
    """The same for all, with the reader's answer in its place; the key is in no answer, log or name."""
    caplog.set_level(logging.DEBUG)
    with server_of(provider, failing=[status] * 20) as server:
        answer = written(provider, server)
        named = repr(over(provider, server))
    assert said in answer.written.trouble and len(answer.written.trouble.split(". ")) == 2
    assert answer.words == READ_ANSWER.words and answer.quotes == READ_ANSWER.quotes
    refreshed = provider == "google" and GOOGLE < 4 and status == 401  # its client asks for another key by itself
    assert len(server.asked) == asked or refreshed
    assert SECRET not in f"{answer!r} {named} {caplog.text}"


@pytest.mark.parametrize("provider", SCHEMAS)
def test_an_answer_without_an_end_is_not_whole(provider):
    """A connection that closes in the middle isn't taken for the answer's end."""
    with server_of(provider, says=[f"{SENTENCE} [1.1] It was old. [1.2] ", "And"], breaks_after=1) as server:
        answer = written(provider, server)
    assert answer.written.trouble and answer.words.endswith(READ_ANSWER.words)


@pytest.mark.parametrize("provider", SCHEMAS)
def test_an_answer_that_was_cut_is_told(provider):
    """Each says in its own way that it reached its length."""
    with server_of(provider, ends="length") as server:
        assert "stopped at the length" in written(provider, server).written.trouble


def test_a_missing_package_names_the_command():
    """Each provider is an extra, and the sentence says which; the key isn't in it."""
    loading = f"""
import sys
for extra in {sorted(set(EXTRAS.values()) - {"openai"})!r}:
    module = {{"google": "google_genai", "mistral": "mistralai"}}.get(extra, extra)
    sys.modules[f"langchain_{{module}}"] = None  # as if it weren't installed
    from assistant.writer import ModelUnfit, load
    try:
        load(f"{{extra}}:x")
    except ModelUnfit as error:
        print(error)
"""
    here = Path(__file__).parents[1]
    said = subprocess.run([sys.executable, "-c", loading], capture_output=True, text=True, check=True, cwd=here).stdout
    for extra in ("anthropic", "google", "mistral", "ollama"):
        assert f"pip install 'on-record[{extra}]'" in said
    assert len(said.splitlines()) == 4 and SECRET not in said
