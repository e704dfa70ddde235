"""The chat over HTTP: what it answers, and what it refuses. The browser's side is in test_browser."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from threading import Event

import gradio as gr
import httpx
import pytest

from assistant.answer import AS_ASKED, Answer, Found, Limit, Sentence, Terms, Writing, Written, turn_of
from index.scope import Scope
from tests.newsroom import (
    ABOARD,
    ABOARD_Q,
    ANSWERS,
    CHOICES,
    COURIER,
    MAYOR_Q,
    RADAR,
    TREATED_Q,
    WHICH,
    WHICH_Q,
    WHY_Q,
    Newsroom,
)
from tests.tab import Tab
from ui import app, render
from ui.server import PortTaken, start


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
def page(newsroom: Newsroom) -> Iterator[gr.Blocks]:
    page = start(newsroom, [ABOARD_Q, MAYOR_Q])
    yield page
    page.close(verbose=False)


@pytest.fixture
def url(page: gr.Blocks) -> str:
    return page.local_url


def test_an_answer_comes_in_steps_sources_first(url):
    """The line of sources, the words, then the quotes: each step adds to what is there."""
    sent = Tab(url).ask(WHY_Q)
    order = [sent.index(part) for part in ("Searching", "Reading 3 passages", "Nordline denied it", "#quote-0-1")]
    assert order == sorted(order)


def test_the_assistant_gets_question_limits_and_conversation(newsroom, url):
    """Outlets and days become a scope, earlier questions a history, held by the server for this tab alone."""
    tab = Tab(url)
    tab.ask(ABOARD_Q)
    tab.ask(f"  {TREATED_Q} ", ["Evening Ledger"], "2026-03-01", "2026-03-04")
    Tab(url).ask(MAYOR_Q)
    limits = Scope(outlets=frozenset({"Evening Ledger"}), since="2026-03-01", until="2026-03-04")
    assert newsroom.asked == [
        (ABOARD_Q, Scope(), ()),
        (TREATED_Q, limits, (turn_of(ANSWERS[ABOARD_Q]),)),
        (MAYOR_Q, Scope(), ()),
    ]


@pytest.mark.parametrize(
    ("question", "days", "said"),
    [
        ("", (None, None), "There is no question"),
        (" \n\t ", (None, None), "There is no question"),
        ("x" * 4_001, (None, None), "has 4&#44;001 characters"),
        ("x" * 100_000, (None, None), "has 100&#44;000 characters"),
        ("Who?", ("31/12/2026", None), "is no day"),
        ("Who?", ("2026-03-04", "2026-03-03"), "Swap the two"),
    ],
)
def test_a_question_that_cannot_be_asked_gets_a_sentence(newsroom, url, question, days, said):
    """The server refuses it, whatever the browser let through, and the assistant is not troubled."""
    sent = Tab(url).ask(question, None, *days)
    assert said in sent
    assert len(sent) < 5_000
    assert newsroom.asked == []


def test_a_question_is_asked_today(newsroom, url):
    """The assistant is told the day, so that recent articles are preferred and "yesterday" means something."""
    before = date.today().isoformat()
    Tab(url).ask(ABOARD_Q)
    assert before <= newsroom.days[0] <= date.today().isoformat()


def test_an_error_of_the_assistant_is_one_sentence(url):
    """What a person can mend is said on the page, and the next question is answered."""
    tab = Tab(url)
    assert words("The library is gone. Make one: onrecord sync articles/") in tab.ask("Fail.")
    assert words("214 people") in tab.ask(ABOARD_Q)


def test_the_page_is_ready_again_after_an_error_that_nobody_foresaw(newsroom, url, monkeypatch, capfd):
    """A sentence stands where the answer would be, the terminal has the trace, and the next question is answered."""
    tab, answer = Tab(url), newsroom.stream
    monkeypatch.setattr(newsroom, "stream", lambda *_, **__: 1 / 0)
    assert words("That should not have happened.") in tab.ask(ABOARD_Q)
    assert "ZeroDivisionError" in capfd.readouterr().err
    monkeypatch.setattr(newsroom, "stream", answer)
    assert words("214 people") in tab.ask(ABOARD_Q)


def test_a_click_opens_the_quoted_article(url):
    """The key of a quote gives its article with the quote marked."""
    tab = Tab(url)
    tab.ask(WHY_Q)
    [[opened]] = tab.call("article", "click", [None], {"quote": "0-0"})
    assert f'<mark class="here">{words(RADAR.text)}</mark>' in opened


@pytest.mark.parametrize(
    "key", ["0-9", "1-0", "0-0-0", "-1-0", "0", "", "0-0-0-0", "٠-٠", "../../etc/passwd", "9" * 50, None, 3, {"a": 1}]
)
def test_a_key_that_no_quote_has_opens_nothing(url, key):
    """What a click reports is the browser's word, and is looked up, never believed."""
    tab = Tab(url)
    tab.ask(ABOARD_Q)
    steps = tab.call("article", "click", [None], {"quote": key})
    assert "paper" not in json.dumps(steps)


def test_a_conversation_is_its_tabs_own(url):
    """Another tab's quotes can't be opened."""
    Tab(url).ask(ABOARD_Q)
    assert "paper" not in json.dumps(Tab(url).call("article", "click", [None], {"quote": "0-0"}))


def test_a_new_conversation_forgets(newsroom, url):
    """After "New conversation" no quote opens and no history is passed on."""
    tab = Tab(url)
    tab.ask(ABOARD_Q)
    tab.call("new", "click", [])
    assert "paper" not in json.dumps(tab.call("article", "click", [None], {"quote": "0-0"}))
    tab.ask(MAYOR_Q)
    assert newsroom.asked[-1] == (MAYOR_Q, Scope(), ())


def test_the_conversation_is_never_read_back_from_the_browser(url):
    """No function takes the chat as an input: what it holds could be forged, and could name files of this machine."""
    tab = Tab(url)
    chat, article = tab.id_of("chat"), tab.id_of("article")
    for dependency in tab.config["dependencies"]:
        assert not {chat, article} & set(dependency["inputs"])


@pytest.mark.parametrize(
    ("clicked", "terms"),
    [
        ("lift-1-0", Terms(lifted=frozenset({COURIER.words}))),
        ("choose-1-1", Terms(choice=CHOICES[1])),
        ("reread-1", Terms(reading="alone")),
    ],
)
def test_a_question_can_be_asked_again_on_other_terms(newsroom, url, clicked, terms):
    """A limit is taken away, a choice made, the reading changed: the same question after the same turns."""
    newsroom.answers[WHICH_Q] = WHICH
    tab = Tab(url)
    tab.ask(ABOARD_Q)
    tab.ask(WHICH_Q)
    tab.ask(MAYOR_Q)
    tab.call("article", "select", [None], {"otherwise": clicked})
    assert newsroom.asked[-1] == (WHICH_Q, Scope(), (turn_of(ANSWERS[ABOARD_Q]),))
    assert newsroom.terms == [AS_ASKED, AS_ASKED, AS_ASKED, terms]
    tab.ask(TREATED_Q)  # the answer took the place of the earlier one: no turn was added
    assert [turn.question for turn in newsroom.asked[-1][2]] == [ABOARD_Q, WHICH_Q, MAYOR_Q]


@pytest.mark.parametrize(
    "clicked", ["lift-1-0", "lift-0-1", "choose-0-2", "reread-9", "lift", "", "choose-0", "x" * 99, "reread-٠", None, 7]
)
def test_what_no_button_says_asks_nothing(newsroom, url, clicked):
    """What a click reports is looked up among what was offered."""
    newsroom.answers[WHICH_Q] = replace(WHICH, reading=None, choices=())
    tab = Tab(url)
    tab.ask(WHICH_Q)
    tab.call("article", "select", [None], {"otherwise": clicked})
    assert len(newsroom.asked) == 1


def test_a_choice_that_is_taken_away_is_asked_back():
    """A choice stands as a limit; without it the question is open again."""
    chosen = Limit(CHOICES[0].words, "about: the ferry Solveig", Scope())
    made = app.Exchange(WHICH_Q, terms=Terms(choice=CHOICES[0]), answer=replace(WHICH, limits=(chosen,)))
    assert app._otherwise((made,), "lift-0-0") == (0, Terms(lifted=frozenset({CHOICES[0].words})))


def test_a_full_conversation_is_refused():
    """A session can't grow without end."""
    full = tuple(app.Exchange(str(n)) for n in range(app.LONGEST_CONVERSATION))
    assert "Start a new one" in app._refusal("Who?", full, None, None)


def test_the_page_allows_no_foreign_code_or_content(url):
    """Each response carries the policy, and the policy names this server alone."""
    for path in ("/", "/config", "/gradio_api/queue/data?session_hash=none", "/missing"):
        with httpx.stream("GET", url + path.lstrip("/")) as response:
            policy = response.headers["content-security-policy"]
            assert response.headers["x-content-type-options"] == "nosniff"
    assert "http" not in policy and "*" not in policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["script-src"] == "'self' 'unsafe-eval'"  # and not 'unsafe-inline'
    assert rules["form-action"] == rules["frame-ancestors"] == "'none'"


def test_only_this_machine_is_served(page, url):
    """The server listens on the loopback address and answers no other host name (DNS rebinding)."""
    listening = [s.getsockname()[0] for server in page.server.servers for s in server.sockets]
    assert listening == ["127.0.0.1"]
    assert httpx.get(url, headers={"Host": "evil.example"}).status_code == 400
    assert httpx.get(url, headers={"Host": "localhost"}).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/file=/etc/passwd", "/gradio_api/file=ui/app.py", "/gradio_api/file=http://127.0.0.1/", "/docs"],
)
def test_no_file_is_served(url, path):
    """Neither files of the machine nor the program's own, nor a page that lists the functions."""
    assert httpx.get(url + path.lstrip("/")).status_code in (400, 403, 404)


def test_nothing_can_be_uploaded(url):
    """The chat takes text alone."""
    files = {"files": ("a.txt", b"x" * 2_000)}
    assert httpx.post(url + "gradio_api/upload", files=files).status_code == 413


def test_no_function_is_listed_for_programs(url):
    """The page's functions are for the page."""
    assert httpx.get(url + "gradio_api/info").json()["named_endpoints"] == {}


def test_gradio_reports_and_records_nothing(url):
    """No analytics, no history of runs in the browser, no monitoring."""
    config = Tab(url).config
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert config["analytics_enabled"] is False
    assert config["run_history"] is False
    assert httpx.get(url + "monitoring/summary").status_code in (403, 404)


def test_no_connection_leaves_the_machine(monkeypatch):
    """Starting, asking and opening an article connect to the loopback address alone."""
    asked_for = []
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def watched_connect(self, address):
        asked_for.append(address[0] if isinstance(address, tuple) else address)
        return connect(self, address)

    def watched_resolve(host, *rest, **more):
        asked_for.append(host)
        return resolve(host, *rest, **more)

    monkeypatch.setattr(socket.socket, "connect", watched_connect)
    monkeypatch.setattr(socket, "getaddrinfo", watched_resolve)
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.invalid:3128")
    monkeypatch.setenv("ALL_PROXY", "http://proxy.invalid:3128")
    page = start(Newsroom())
    try:
        tab = Tab(page.local_url)
        tab.ask(ABOARD_Q)
        tab.call("article", "click", [None], {"quote": "0-0"})
    finally:
        page.close(verbose=False)
    assert set(asked_for) <= {"127.0.0.1", b"127.0.0.1", "localhost", None}
    assert "127.0.0.1" in asked_for


def test_a_taken_port_is_said():
    """A port in use is one sentence with the way out."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} is taken. Choose another: onrecord chat --port"):
            start(Newsroom(), port=port)


def test_every_step_of_an_answer_is_part_of_it():
    """While an answer appears, no step shows what the whole does not."""
    whole = Newsroom().answers[WHY_Q]
    *parts, last = app._unfolding(whole)
    assert last == whole
    assert len(parts) > 3
    for part in parts:
        assert whole.words.startswith(part.words)
        assert whole.quotes[: len(part.quotes)] == part.quotes
    assert ABOARD not in parts[0].quotes


def words(text: str) -> str:
    """Some text as the page's HTML holds it."""
    return render.escape(text)


class Writers(Newsroom):
    """An assistant whose answers a chat model writes, in two steps, with `pause` seconds before the second."""

    first = replace(ANSWERS[ABOARD_Q], words="214 people were on board. [1]", written=Written("test:model"))

    def stream(self, *_: object, stop: Event, **__: object) -> Iterator[Found | Writing | Answer]:
        self.stop = stop
        yield Found(self.first.looked_at)
        yield Writing(self.first)
        self.stop.wait(self.pause)
        if not self.stop.is_set():
            written = replace(self.first.written, sentences=(Sentence("It ran aground.", (ABOARD,)),), dropped=1)
            yield replace(self.first, words="214 people were on board. [1] It ran aground. [1]", written=written)


def test_prose_appears_as_it_passes_with_what_was_dropped():
    """Each sentence is added to those before it; who wrote it, and what was dropped of it, stand under the prose."""
    page = start(Writers())
    try:
        steps = Tab(page.local_url).call("question", "submit", [ABOARD_Q, None, None, None, None])
    finally:
        page.close(verbose=False)
    told = [json.dumps(step) for step in steps]
    assert any(words("on board.") in step and words("It ran aground") not in step for step in told)
    assert words("It ran aground.") in told[-1]
    assert words("Written by test:model") in told[-1] and words("1 sentence was dropped") in told[-1]


@pytest.mark.parametrize("turn", [0, 3, 7])
def test_the_other_turns_are_rendered_once_while_an_answer_comes(monkeypatch, turn):
    """A long chat costs no more at each step, and stands as it does when all of it is rendered."""
    cards, render_card = [], render.card
    monkeypatch.setattr(
        app.render, "card", lambda answer, at, *rest: cards.append(at) or render_card(answer, at, *rest)
    )
    told = tuple(app.Exchange(WHY_Q, answer=ANSWERS[WHY_Q]) for _ in range(8))

    async def asked() -> list[tuple]:
        return [step async for step in app._answered(Newsroom(), told, turn, gr.Textbox())]

    steps = asyncio.run(asked())
    assert len(steps) > 5 and cards.count(turn) > 3
    assert all(cards.count(other) == 1 for other in range(8) if other != turn)
    assert steps[-1][0] == app._messages(steps[-1][1])


def test_what_was_written_before_a_stop_stays():
    """A stopped answer keeps the sentences that had passed, and the model is told to stop."""
    writers = Writers(pause=30)
    steps = app._answered(writers, (app.Exchange(ABOARD_Q),), 0, gr.Textbox())

    async def stopped() -> app.Session:
        for _ in range(3):
            _, session, *_ = await anext(steps)
        await steps.aclose()
        return session

    session = asyncio.run(stopped())
    assert session[0].answer == Writers.first
    messages, _ = app._stopped(session)
    assert words(" were on board. ") in json.dumps(messages) and writers.stop.is_set()


def test_markup_in_a_model_s_words_is_shown_and_does_nothing():
    """Links, images and HTML in prose are characters on the page."""
    prose = "![x](https://evil.example/x.png) [a](https://evil.example) <img src=x> https://evil.example"
    card = render.card(replace(Writers.first, words=prose, written=Written("<b>model</b>")), 0)
    assert "<img" not in card and "<b>model" not in card and "evil.example" not in card
