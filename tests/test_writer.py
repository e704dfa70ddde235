"""A chat model as writer: a real client of OpenAI's protocol, over a server on loopback that does what a test wants."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from dataclasses import replace
from threading import Event, Thread
from typing import Any

import pytest

from assistant.answer import Answer, Found, Turn, Writing
from assistant.assistant import Assistant
from assistant.cli import main
from assistant.drafts import Drafts
from assistant.phrasing import told
from assistant.pipeline import Question
from assistant.prompt import messages
from assistant.settings import SAMPLE
from assistant.writer import ATTEMPTS, KEYS, ModelUnfit, load, read_keys, trouble, writer
from tests.chat_server import ChatServer, chat_server

BRIDGE = "How much will the bridge repairs cost?"
FIRE = "How many people died in the harbour fire?"
COST = "The repairs will cost £4.2 million, according to Wray."
FALSE = "The repairs will cost £9 million, according to Wray."
CLOSED = "The bridge was closed on Saturday after divers saw the cracks during a routine inspection."
SECRET = "sk-proj-NEVERSHOWN1234567890abcdef"


@pytest.fixture(autouse=True)
def keyless(monkeypatch, tmp_path):
    """No key of the person's own, and no .env file."""
    for names in KEYS.values():
        for name in names:
            monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def written_by(assistant):
    """The real assistant, with a writer over a server."""

    def made(server: ChatServer, **options) -> Assistant:
        over = load("openai:toy", server.address, **{"seconds": 90, **options})
        return Assistant(assistant.library, assistant.reader, assistant.threshold, over)

    return made


def test_sources_come_first_then_each_sentence_that_passes(written_by):
    """What was found, then an answer that grows by a sentence and never loses one, then the whole of it."""
    with chat_server(says=[f"{COST} [1.1] ", f"{FALSE} [1.1] ", f"{CLOSED} [1.2]"]) as server:
        found, *parts, last = written_by(server).stream(BRIDGE)
    assert isinstance(found, Found) and len(parts) == 2 and isinstance(last, Answer)
    answers = [p.answer for p in parts if isinstance(p, Writing)] + [last]
    for before, after in zip(answers, answers[1:], strict=False):
        assert after.words.startswith(before.words)
        assert after.quotes[: len(before.quotes)] == before.quotes
    assert COST in last.words and CLOSED in last.words and "£9" not in last.words


def test_each_sentence_names_its_quotes(written_by):
    """The number after a sentence is its quote's on the page, and the quote holds what it says."""
    with chat_server(says=[f"{CLOSED} [1.1] {COST} [9.9]"]) as server:
        answer = written_by(server).answer(BRIDGE)
    assert answer.words.startswith(f"{CLOSED} [1] {COST} [2]")
    assert CLOSED in answer.quotes[0].text and "£4.2 million" in answer.quotes[1].text
    assert answer.written.repaired >= 1


def test_the_number_of_dropped_sentences_is_told(written_by):
    """What no quote bears out is left out, counted, and said."""
    with chat_server(says=[f"{COST} [1.1] The moon is made of cheese. [1.1] Elvis lives. [2]"]) as server:
        answer = written_by(server).answer(BRIDGE)
    assert answer.written.dropped == 2 and "cheese" not in answer.words
    assert "2 sentences were dropped: no quote bears them out." in told(answer.written)


def test_where_nothing_passes_the_reader_answers(assistant, written_by):
    """No quote, no prose: the answer is the one that there is without a model, and says why."""
    with chat_server(says=["The moon is made of cheese. [1.1]"]) as server:
        answer = written_by(server).answer(BRIDGE)
    plain = assistant.answer(BRIDGE)
    assert (answer.words, answer.quotes, answer.short) == (plain.words, plain.quotes, plain.short)
    assert "the reader’s" in answer.written.trouble and answer.written.dropped == 1


def test_where_what_passes_leaves_the_answer_out_the_reader_gives_it(assistant, written_by):
    """Sentences that all had to be put right, and that rest on other quotes than the answer's, are no answer."""
    with chat_server(says=[CLOSED.replace("Saturday", "Sunday")]) as server:
        answer = written_by(server).answer(BRIDGE)
    assert answer.words.startswith(f"“{CLOSED}” [1]") and answer.words.endswith(assistant.answer(BRIDGE).words)
    assert "leaves the answer out" in answer.written.trouble


def test_the_model_is_not_asked_what_the_articles_do_not_say(written_by):
    """The reader decides what isn't found; no passage is sent and no token spent."""
    with chat_server() as server:
        answer = written_by(server).answer("Which enzyme does the kidney of a penguin lack?")
    assert answer.status == "not_found" and answer.written is None and server.asked == []


@pytest.mark.parametrize(
    "question",
    ["How old is Daniel Marsh?", "How many people died in the harbour fire and who is the king of the penguins?"],
)
def test_a_question_with_two_answers_gets_both_from_the_reader(question, assistant, written_by):
    """Of two people of a name, or two questions in one, a writer answers neither alone."""
    with chat_server(says=[f"{COST} [1.1]"]) as server:
        answer = written_by(server).answer(question)
    assert answer == assistant.answer(question) and server.asked == []


def test_a_disagreement_is_still_shown(assistant, written_by):
    """Prose that takes one side doesn't hide the other."""
    with chat_server(says=["The death toll of the harbour fire rose to three on Wednesday. [1.1]"]) as server:
        answer = written_by(server).answer(FIRE)
    assert answer.written.sentences
    assert answer.disagreement == assistant.answer(FIRE).disagreement is not None
    assert "otherwise on another day" in answer.words


def test_a_summary_is_written_too(written_by):
    """What an article is about can be told in prose; its sentences are held to the article's."""
    with chat_server(says=["Ostley Bridge will reopen in December. [1.1]"]) as server:
        written_by(server).answer("Summarise the article about the bridge.")
    assert "Summarise" in server.prompt


def test_a_model_that_breaks_off_is_completed_by_the_reader(assistant, written_by):
    """What had passed stays, the reader's answer follows, and the page says so."""
    with chat_server(says=[f"{COST} [1.1] ", f"{CLOSED} [1.2] ", "And"], breaks_after=2) as server:
        answer = written_by(server).answer(BRIDGE)
    assert answer.words.startswith(COST) and answer.words.endswith(assistant.answer(BRIDGE).words)
    assert "What follows its sentences is the reader’s." in answer.written.trouble
    assert len(server.asked) == 1  # nothing is tried again once something was said


def test_a_slow_model_has_its_time_and_no_more(written_by):
    """After its seconds the reader's answer stands."""
    with chat_server(says=[f"{COST} [1.1] "] + ["word "] * 100, pause=0.3) as server:
        begun = time.monotonic()
        answer = written_by(server, seconds=4).answer(BRIDGE)
        assert time.monotonic() - begun < 25
        assert "took more than 4 s" in answer.written.trouble and COST in answer.words
        time.sleep(1.5)
        sent = server.given
        time.sleep(1.5)
        assert server.given <= sent + 1 < 100  # the connection was closed: nobody pays for the rest


def test_stop_ends_the_writing(written_by):
    """When it is stopped, the stream ends without another word, and the server is let go."""
    stop = Event()
    with chat_server(says=[f"{COST} [1.1] ", f"{CLOSED} [1.2] "] + ["word "] * 200, pause=0.2) as server:
        parts = []
        for part in written_by(server).stream(BRIDGE, stop=stop):
            parts.append(part)
            if isinstance(part, Writing):
                stop.set()
        assert isinstance(parts[-1], Writing) and COST in parts[-1].answer.words
        time.sleep(0.8)
        sent = server.given
        time.sleep(0.8)
        assert server.given <= sent + 1 < 200


def test_a_server_that_is_busy_is_asked_again(written_by):
    """A failure that may pass is tried again before the first word, a few times."""
    with chat_server(says=[f"{COST} [1.1]"], failing=[503, 429]) as server:
        answer = written_by(server).answer(BRIDGE)
    assert COST in answer.words and answer.written.trouble is None
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "refused the key"), (403, "may not use it"), (404, "check its name"), (500, "failed"), (429, "too much")],
)
def test_a_failure_is_a_sentence_without_the_key(status, said, written_by, monkeypatch):
    """The page says what went wrong in our own words: what the provider says may hold a part of the key."""
    monkeypatch.setenv("ONRECORD_MODEL_KEY", SECRET)
    with chat_server(failing=[status] * 20) as server:
        answer = written_by(server).answer(BRIDGE)
    assert server.keys[0] == f"Bearer {SECRET}" and len(server.asked) <= 2 * ATTEMPTS
    assert said in answer.written.trouble and answer.quotes
    assert SECRET not in repr(answer) and "Bearer" not in repr(answer)


def test_a_failure_is_tried_again_by_one_layer_alone(written_by):
    """A few requests, not a few by the client for each of ours."""
    with chat_server(failing=[503] * 20) as server:
        written_by(server).answer(BRIDGE)
    assert len(server.asked) == ATTEMPTS


@pytest.mark.parametrize("ended", ["stopped", "out of time"])
def test_nothing_is_asked_once_nobody_waits(ended, written_by):
    """After "Stop", or when the time is up, no further attempt is begun."""
    stop = Event()
    with chat_server(failing=[503] * 20) as server:
        over = written_by(server, seconds=90 if ended == "stopped" else 1.5)
        over.answer(BRIDGE)  # its libraries are loaded now
        server.asked.clear()
        asked = Thread(target=lambda: list(over.stream(BRIDGE, stop=stop)))
        asked.start()
        while not server.asked and asked.is_alive():
            time.sleep(0.01)
        stop.set() if ended == "stopped" else asked.join()
        asked.join()
        count = len(server.asked)
        time.sleep(5)
        assert len(server.asked) == count < ATTEMPTS


def test_an_answer_that_its_server_cut_short_is_not_whole(assistant, written_by, tmp_path):
    """What passed stays, the reader completes it, and it isn't kept for the next time."""
    with chat_server(says=[f"{COST} [1.1] "], ends="length") as server:
        made = written_by(server, kept=Drafts(tmp_path / "drafts.sqlite"))
        answer = made.answer(BRIDGE)
        assert answer.words.startswith(COST) and answer.words.endswith(assistant.answer(BRIDGE).words)
        assert "stopped at the length" in answer.written.trouble
        made.answer(BRIDGE)
        assert len(server.asked) == 2


def test_a_sentence_told_twice_is_not_called_false(written_by):
    """What another sentence rests on already is left out, and nothing is said of it."""
    with chat_server(says=[f"{COST} [1.1] The repairs will cost about £4.2 million, says Wray. [1.1]"]) as server:
        answer = written_by(server).answer(BRIDGE)
    assert answer.written.dropped == 0 and len(answer.written.sentences) == 1 and "dropped" not in told(answer.written)


def test_tokens_that_are_not_counted_are_said_not_to_be(written_by):
    """Where the provider doesn't tell, or the answer broke off."""
    with chat_server(says=[f"{COST} [1.1] ", "And"], breaks_after=1) as server:
        answer = written_by(server).answer(BRIDGE)
    assert answer.written.tokens is None and "Its tokens were not counted." in told(answer.written)


def test_an_address_where_nobody_is(written_by):
    """Without a server the reader answers, within the time."""
    nobody = ChatServer(address="http://127.0.0.1:9/v1")
    answer = written_by(nobody).answer(BRIDGE)
    assert "can't be reached" in answer.written.trouble and answer.quotes


def test_a_server_that_knows_no_schemas_is_asked_without_one(written_by):
    """Constrained output is used where it is understood."""
    from assistant.writer import CONSTRAINTS

    with chat_server(says=[f"{COST} [1.1]"], refuses_schemas=True) as server:
        made = written_by(server)
        held = made.writer
        made.writer = type(held)(held.model, held.name, held.address, CONSTRAINTS["openai"], 90)
        answer = made.answer(BRIDGE)
    assert ["response_format" in asked for asked in server.asked] == [True, False]
    assert COST in answer.words


def test_constrained_output_can_only_name_marks_that_there_are(written_by):
    """The schema lists the marks of the passages that were given."""
    from assistant.writer import CONSTRAINTS

    with chat_server(says=['{"sentences": [{"marks": ["1.1"], ', f'"text": "{COST}"}}]}}']) as server:
        made = written_by(server)
        held = made.writer
        made.writer = type(held)(held.model, held.name, held.address, CONSTRAINTS["openai"], 90)
        answer = made.answer(BRIDGE)
    form = server.asked[0]["response_format"]["json_schema"]["schema"]
    marks = form["properties"]["sentences"]["items"]["properties"]["marks"]["items"]["enum"]
    assert all(f"[{mark}] " in server.prompt for mark in marks) and COST in answer.words


def test_tokens_are_counted(written_by):
    """What the provider counts is told."""
    with chat_server(says=[f"{COST} [1.1]"]) as server:
        assert written_by(server).answer(BRIDGE).written.tokens == (90, 7)


def test_the_conversation_is_told_and_bounded(written_by):
    """The last questions and answers go along; older ones don't."""
    history = [Turn(f"Question {n}?", f"Answer {n}.") for n in range(6)]
    with chat_server(says=[f"{COST} [1.1]"]) as server:
        written_by(server).answer(BRIDGE, history=history)
    assert "Question 5?" in server.prompt and "Question 1?" not in server.prompt


def test_the_chain_streams_what_is_written(written_by):
    """As a LangChain runnable: `invoke` gives the whole answer, `stream` each step of it."""
    with chat_server(says=[f"{COST} [1.1] ", f"{CLOSED} [1.2]"]) as server:
        chain = written_by(server).chain
        kinds = [type(part["answer"]).__name__ for part in chain.stream(Question(BRIDGE)) if "answer" in part]
        state = chain.invoke(Question(BRIDGE))
    assert kinds == ["Writing", "Writing", "Answer"]
    assert set(state) == {"question", "found", "answer"} and COST in state["answer"].words


def test_the_chain_streams_asynchronously_too(written_by):
    """`astream`, `astream_events` and `ainvoke` give the same as their twins."""
    asked: list[Any] = []

    async def hear(chain) -> None:
        asked.extend([type(part["answer"]).__name__ async for part in chain.astream(BRIDGE) if "answer" in part])
        asked.append(
            [e["name"] async for e in chain.astream_events(BRIDGE, version="v2") if e["event"] == "on_chain_end"]
        )
        asked.append((await chain.ainvoke(BRIDGE))["answer"].words)

    with chat_server(says=[f"{COST} [1.1] ", f"{CLOSED} [1.2]"]) as server:
        asyncio.run(hear(written_by(server).chain))
    assert asked[:3] == ["Writing", "Writing", "Answer"] and "read" in asked[3] and asked[4].startswith(COST)


def test_a_stream_that_nobody_reads_any_more_lets_the_model_go(written_by):
    """Left in the middle of an answer, it closes the connection."""

    async def leave(chain) -> None:
        parts = chain.astream(BRIDGE)
        async for part in parts:
            if isinstance(part.get("answer"), Writing):
                break
        await parts.aclose()

    with chat_server(says=[f"{COST} [1.1] ", f"{CLOSED} [1.2] "] + ["word "] * 200, pause=0.2) as server:
        asyncio.run(leave(written_by(server).chain))
        time.sleep(0.8)
        sent = server.given
        time.sleep(0.8)
        assert server.given <= sent + 1 < 200


def test_a_callback_hears_the_model(written_by):
    """A tracer that is given to the chain sees the model's call inside it."""
    from langchain_core.callbacks import BaseCallbackHandler

    class Listener(BaseCallbackHandler):
        heard: list = []

        def on_chat_model_start(self, serialized, messages, **more) -> None:
            self.heard.append(messages)

    with chat_server(says=[f"{COST} [1.1]"]) as server:
        written_by(server).chain.invoke(Question(BRIDGE), {"callbacks": [Listener()]})
    assert len(Listener.heard) == 1


# What is kept


def test_the_same_question_is_not_paid_for_twice(written_by, tmp_path):
    """Its answer is kept and claims no tokens; another question, conversation or set of passages is asked anew."""
    kept = Drafts(tmp_path / "drafts.sqlite")
    with chat_server(says=[f"{COST} [1.1]"]) as server:
        made = written_by(server, kept=kept)
        first, second = made.answer(BRIDGE), made.answer(BRIDGE)
        assert first == replace(second, written=first.written) and len(server.asked) == 1
        assert first.written == replace(second.written, tokens=(90, 7), kept=False) and second.written.kept
        assert "no tokens were spent" in told(second.written) and "90 tokens read" in told(first.written)
        made.answer(BRIDGE, history=[Turn("Who?", "Wray")])
        assert len(server.asked) == 2
        made.answer("How much will the repairs of the bridge cost?")
        assert len(server.asked) == 3
        written_by(server, kept=kept, room=700).answer(BRIDGE)
        assert len(server.asked) == 4


def test_a_kept_answer_goes_through_the_gate_again(written_by, tmp_path):
    """What is kept is what the model wrote; what is shown is what passes now."""
    kept = Drafts(tmp_path / "drafts.sqlite")
    with chat_server(says=[f"{COST} [1.1] {FALSE} [1.1] Cheese. [1.1]"]) as server:
        made = written_by(server, kept=kept)
        assert made.answer(BRIDGE).written.dropped == made.answer(BRIDGE).written.dropped > 0


def test_an_answer_that_broke_off_is_not_kept(written_by, tmp_path):
    """The next time the model is asked again."""
    with chat_server(says=[f"{COST} [1.1] ", "And"], breaks_after=1) as server:
        made = written_by(server, kept=Drafts(tmp_path / "drafts.sqlite"))
        made.answer(BRIDGE)
        server.breaks_after = None
        assert made.answer(BRIDGE).written.trouble is None


def test_what_is_kept_is_bounded_and_private(tmp_path):
    """The oldest go first; the file is its owner's alone, and holds no question and no passage."""
    kept = Drafts(tmp_path / "sub" / "drafts.sqlite", most=3)
    for n in range(5):
        kept.put(kept.key("question", str(n)), f"answer {n}")
    held = [kept.get(kept.key("question", str(n))) for n in range(5)]
    assert held == [None, None, "answer 2", "answer 3", "answer 4"]
    assert kept.file.stat().st_mode & 0o077 == 0
    assert b"question" not in kept.file.read_bytes()


def test_a_file_that_is_no_database_is_made_anew(tmp_path):
    """It is worth no error."""
    file = tmp_path / "drafts.sqlite"
    file.write_bytes(b"This is no database. " * 100)
    kept = Drafts(file)
    kept.put("a", "text")
    assert kept.get("a") == "text"


@pytest.mark.parametrize("what", ["a folder", "a file above it", "another table", "busy"])
def test_what_cannot_be_kept_costs_no_answer(what, written_by, tmp_path):
    """The model is asked and answers, nobody is blamed, and a file that is a database stays as it is."""
    file = tmp_path / "drafts.sqlite"
    db = None
    if what == "a folder":
        file.mkdir()
    elif what == "a file above it":
        file.write_text("x")
        file = file / "drafts.sqlite"
    else:
        db = sqlite3.connect(file, isolation_level=None)
        db.execute("CREATE TABLE draft (key TEXT)")
        db.execute("BEGIN EXCLUSIVE" if what == "busy" else "SELECT 1")
    with chat_server(says=[f"{COST} [1.1]"]) as server:
        answer = written_by(server, kept=Drafts(file)).answer(BRIDGE)
    assert answer.words.startswith(COST) and answer.written.trouble is None
    if db:
        assert db.execute("SELECT sql FROM sqlite_master").fetchall() == [("CREATE TABLE draft (key TEXT)",)]
        db.close()


def test_requests_that_differ_in_a_number_are_kept_apart():
    """Nothing of a request is left out of what its answer is found by but the boundary that is new each time."""
    one, other = (
        [text for _, text in messages(f"Who owns account {number}1234567890123456?", (), [], boundary="")]
        for number in (0, 9)
    )
    assert Drafts.key(*one) != Drafts.key(*other) and one == [
        text for _, text in messages("Who owns account 01234567890123456?", (), [], boundary="")
    ]


def test_many_threads_may_keep_answers(tmp_path):
    """Nothing is lost when several write at once."""
    kept = Drafts(tmp_path / "drafts.sqlite")
    threads = [Thread(target=kept.put, args=(str(n), f"text {n}")) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(kept.get(str(n)) == f"text {n}" for n in range(16))


# Which model


@pytest.mark.parametrize(
    ("name", "address", "said"),
    [
        ("gpt-5", None, "Write provider:name"),
        ("openai:", None, "Write provider:name"),
        ("nobody:x", None, "no provider nobody"),
        ("openai:gpt-5", None, "Set OPENAI_API_KEY in the environment"),
        ("openai:gpt-5", "ftp://me:secret@somewhere", "address is none"),
        ("openai:gpt-5", "me:secret@127.0.0.1/v1", "address is none"),
        ("openai:gpt-5", "http://[bad", "address is none"),
        ("openai:gpt-5", "http://127.0.0.1:secret/v1", "address is none"),
        ("openai:gpt-5", "http://me:secret@127.0.0.1/v1", "Put the key in ONRECORD_MODEL_KEY"),
        ("openai:gpt-5", "http://127.0.0.1/v1?key=secret", "Put the key in ONRECORD_MODEL_KEY"),
    ],
)
def test_a_model_that_cannot_be_used_gets_a_sentence(name, address, said):
    """What is wrong, and the way out; no password is repeated."""
    with pytest.raises(ModelUnfit, match=said) as error:
        load(name, address)
    assert "secret" not in str(error.value)


def test_a_provider_s_key_goes_nowhere_else(written_by, monkeypatch):
    """An address of one's own gets the key that is meant for it, or none."""
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    with chat_server() as server:
        written_by(server).answer(BRIDGE)
    assert SECRET not in str(server.keys) and server.keys


def test_keys_are_read_from_a_file_and_nothing_else_is(monkeypatch, tmp_path):
    """A .env file gives keys that the environment lacks; it can't choose a model, or change another setting."""
    monkeypatch.setenv("MISTRAL_API_KEY", "of the environment")
    for name in ("LANGSMITH_TRACING", "HTTP_PROXY", "ONRECORD_MODEL", "ONRECORD_MODEL_URL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".env").write_text(
        f"OPENAI_API_KEY={SECRET}\nMISTRAL_API_KEY=other\nONRECORD_MODEL=openai:x\nONRECORD_MODEL_URL=http://evil.example\n"
        "LANGSMITH_TRACING=true\nHTTP_PROXY=http://evil.example\n"
    )
    import os

    read_keys(tmp_path / ".env")
    assert os.environ["OPENAI_API_KEY"] == SECRET and os.environ["MISTRAL_API_KEY"] == "of the environment"
    assert not {"LANGSMITH_TRACING", "HTTP_PROXY", "ONRECORD_MODEL", "ONRECORD_MODEL_URL"} & set(os.environ)
    monkeypatch.delenv("OPENAI_API_KEY")
    assert writer() is None


def test_a_writer_does_not_show_its_key(monkeypatch):
    """Not in what it prints of itself."""
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    assert SECRET not in repr(load("openai:gpt-5"))


def test_an_unknown_failure_is_named_by_its_kind_alone():
    """What a library says of it may hold anything."""
    assert trouble(RuntimeError(SECRET), "openai:x", 5) == "openai:x failed (RuntimeError)."


# At the command line


def test_the_command_asks_a_model(sample_library, monkeypatch, tmp_path, capsys):
    """`ask --json` tells what it wrote, what was dropped and what it cost; the environment may name it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with chat_server(says=[f"{COST} [1.1] The moon is made of cheese."]) as server:
        monkeypatch.setenv("ONRECORD_MODEL", "openai:toy")
        monkeypatch.setenv("ONRECORD_MODEL_URL", server.address)
        assert main(["ask", BRIDGE, "--json", "--library", str(sample_library)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["words"].startswith(COST) and said["quotes"]
    written = said["written"]
    assert (written["model"], written["dropped"], written["tokens"]) == ("openai:toy", 1, [90, 7])
    assert written["sentences"] == [COST] and written["trouble"] is None


def test_an_evaluation_takes_a_model(sample_library, monkeypatch, tmp_path, capsys):
    """Its run is another than one without, and no file of it holds the key."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("ONRECORD_MODEL_KEY", SECRET)
    out = tmp_path / "results"
    with chat_server(says=[f"{COST} [1.1]"]) as server:
        words = ["evaluate", str(SAMPLE.parent), "--library", str(sample_library), "--out", str(out), "--limit", "2"]
        assert main([*words, "--model", "openai:toy", "--model-url", server.address]) == 0
        assert server.asked and server.keys[0] == f"Bearer {SECRET}"
    assert "openai:toy" in json.loads((out / "run.json").read_text())["model"]
    files = [f for f in tmp_path.rglob("*") if f.is_file()]
    assert len(files) > 3 and not any(SECRET.encode() in f.read_bytes() for f in files)
    assert SECRET not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("name", "value"), [("ONRECORD_MODEL_SECONDS", "soon"), ("ONRECORD_MODEL_ROOM", "-1"), ("ONRECORD_MODEL", "gpt")]
)
def test_a_wrong_setting_of_a_model_gets_a_sentence(name, value, sample_library, monkeypatch, capsys):
    """On one line, with exit code 2."""
    monkeypatch.setenv(name, value)
    assert main(["ask", BRIDGE, "--library", str(sample_library)]) == 2
    said = capsys.readouterr().err
    assert value in said and len(said.splitlines()) == 1
