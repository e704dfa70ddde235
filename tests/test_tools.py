"""The tools of the Model Context Protocol: the real command, in a process of its own, under the official client."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def called(sample_library) -> dict[str, Any]:
    """What one session of a client heard: the tools, and what each call gave."""
    from mcp import Client
    from mcp.client.stdio import StdioServerParameters, stdio_client

    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistant.cli", "mcp", "--library", str(sample_library)],
        cwd=str(ROOT),
    )
    calls = {
        "search": ("search", {"words": "bridge repairs", "count": 2}),
        "search in": ("search", {"words": "fire", "outlets": ["Coast Today"]}),
        "ask": ("ask", {"question": "How many people died in the harbour fire?"}),
        "ask in vain": ("ask", {"question": "Which enzyme does the kidney of a penguin lack?"}),
        "exact": ("find_quote", {"words": "put the damage at about £3.5 million"}),
        "altered": ("find_quote", {"words": "put the damage at about £8.5 million"}),
        "article": ("article", {"id": "harbour-fire-agency"}),
        "rest": ("article", {"id": "harbour-fire-agency", "start": 100}),
        "no article": ("article", {"id": "../../etc/passwd"}),
        "no question": ("ask", {"question": "  "}),
        "no day": ("search", {"words": "fire", "since": "yesterday"}),
    }

    async def session() -> dict[str, Any]:
        async with Client(stdio_client(command)) as client:
            heard: dict[str, Any] = {"tools": (await client.list_tools()).tools}
            for name, (tool, arguments) in calls.items():
                heard[name] = await client.call_tool(tool, arguments)
        return heard

    return asyncio.run(session())


def test_the_tools_only_read(called):
    """There are four, each is marked as one that only reads, and says that articles are data."""
    assert {tool.name for tool in called["tools"]} == {"search", "ask", "find_quote", "article"}
    for tool in called["tools"]:
        assert tool.annotations.read_only_hint and not tool.annotations.open_world_hint
        assert "no" in tool.description and "data" in tool.description


def test_search_gives_passages_with_their_source(called):
    """A passage, its place, outlet and day; limited as it was asked."""
    first, second = called["search"].structured_content["passages"]
    assert first["score"] >= second["score"] and first["outlet"] and first["published"]
    within = called["search in"].structured_content["passages"]
    assert within and {p["outlet"] for p in within} == {"Coast Today"}


def test_an_answer_is_quotes_with_who_says_them(called, assistant):
    """The same as the assistant gives: quotes, speakers, disagreement."""
    said = called["ask"].structured_content
    answer = assistant.answer("How many people died in the harbour fire?")
    assert said["status"] == "answered" and said["words"] == answer.words
    assert [q["text"] for q in said["quotes"]] == [q.text for q in answer.quotes]
    assert said["disagreement"]["kind"] == answer.disagreement.kind
    assert called["ask in vain"].structured_content["status"] == "not_found"


def test_a_quote_is_checked(called):
    """Exact or altered, and what differs."""
    assert called["exact"].structured_content["kind"] == "exact"
    altered = called["altered"].structured_content
    assert altered["kind"] == "altered" and {"given": "£8.5", "real": "£3.5"} in altered["differences"]


def test_an_article_is_read_whole_or_from_a_place(called, assistant):
    """Its text is the library's."""
    text = assistant.library.article("harbour-fire-agency").text
    assert called["article"].structured_content["text"] == text
    assert called["rest"].structured_content["text"] == text[100:]


@pytest.mark.parametrize(
    ("call", "said"), [("no article", "There is no article"), ("no question", "is empty"), ("no day", "is no day")]
)
def test_what_cannot_be_done_is_a_sentence(called, call, said):
    """An error that the caller can mend is told to it, and the session goes on."""
    assert called[call].is_error and said in called[call].content[0].text


def test_without_the_package_the_command_says_how_to_get_it(sample_library):
    """One sentence with the way out."""
    import subprocess

    code = (
        "import sys; sys.modules['mcp'] = None\n"
        f"from assistant.cli import main; sys.exit(main(['mcp', '--library', {str(sample_library)!r}]))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 2 and "pip install 'on-record[mcp]'" in run.stderr
