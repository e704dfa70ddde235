"""The page: the conversation on the left, the article beside it. What is asked and answered stays on the server."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr

from assistant.answer import Answer, Found, Turn
from assistant.pipeline import LONGEST_QUESTION
from index.errors import OnRecordError
from index.scope import EVERYTHING, Scope
from ui import render

if TYPE_CHECKING:
    from assistant.assistant import Assistant

LONGEST_CONVERSATION = 100  # questions; each keeps the articles that it was answered from
HIDDEN = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what came of it: an answer, or a sentence that says why there is none."""

    question: str
    scope: Scope = EVERYTHING
    answer: Answer | None = None
    notice: str = "Stopped before there was an answer."


Session = tuple[Exchange, ...]


def build(assistant: Assistant, examples: Sequence[str] = ()) -> gr.Blocks:
    """The page over an assistant, with questions to click at the start."""
    with gr.Blocks(title="On Record", analytics_enabled=False, fill_width=True) as page:
        session = gr.State(())
        masthead = gr.HTML(_masthead(assistant), elem_id="masthead", js_on_load=None)
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="conversation", scale=3, min_width=0):
                chat = gr.Chatbot(
                    elem_id="chat",
                    label="Conversation",
                    show_label=False,
                    container=False,
                    layout="panel",
                    autoscroll=False,
                    height=None,
                    buttons=[],
                    latex_delimiters=[],
                    feedback_options=None,
                    allow_tags=False,
                    placeholder=WELCOME,
                    examples=[{"text": example} for example in examples],
                )
                question = gr.Textbox(
                    elem_id="question",
                    label="Question",
                    placeholder="Ask about the articles",
                    show_label=False,
                    container=False,
                    autofocus=True,
                    lines=1,
                    max_lines=5,
                    submit_btn="Ask",
                )
                with gr.Row(elem_id="tools"):
                    with gr.Accordion("Limit to outlets or days", open=False, elem_id="limits"), gr.Row():
                        outlets = gr.Dropdown(_outlets(assistant), multiselect=True, label="Outlets", elem_id="outlets")
                        days = {"include_time": False, "type": "string", "min_width": 120}
                        since = gr.DateTime(None, label="From", elem_id="since", **days)
                        until = gr.DateTime(None, label="To", elem_id="until", **days)
                    clear = gr.Button("New conversation", elem_id="new", size="sm", variant="secondary", scale=0)
            with gr.Column(elem_id="beside", scale=2, min_width=0):
                beside = gr.HTML(render.no_article(), elem_id="article", js_on_load=_script())

        async def ask(
            asked: str, past: Session, names: list[str], first: str | None, last: str | None
        ) -> AsyncIterator[tuple]:
            async for step in _ask(assistant, asked, past, names, first, last):
                yield step

        asks = {"fn": ask, "inputs": [question, session, outlets, since, until], "concurrency_limit": 2}
        shown = [chat, session, question, beside]
        asking = question.submit(**asks, outputs=shown, **HIDDEN)
        example = chat.example_select(_chosen, None, question, **HIDDEN).then(**asks, outputs=shown, **HIDDEN)
        question.stop(_stopped, session, [chat, question], cancels=[asking, example], **HIDDEN)
        clear.click(_cleared, None, shown, cancels=[asking, example], **HIDDEN)
        beside.click(_opened, session, beside, trigger_mode="always_last", queue=False, **HIDDEN)
        page.load(lambda: (_masthead(assistant), gr.Dropdown(_outlets(assistant))), None, [masthead, outlets], **HIDDEN)
    return page.queue(max_size=16, default_concurrency_limit=4, api_open=False)


WELCOME = (
    '<div class="welcome"><h2>Ask about the articles</h2><p>Each answer is made of quotes from them, word for word. '
    "Click a quote to see where it stands. Where the articles don’t say, the answer says so.</p></div>"
)


async def _ask(
    assistant: Assistant, asked: str, past: Session, names: list[str], first: str | None, last: str | None
) -> AsyncIterator[tuple]:
    """Each step of an answer as (conversation, session, question box, article).

    The assistant works in a thread, so that "Stop" takes effect at once and not after its next step.
    """
    asked = (asked or "").strip()
    refused = _refusal(asked, past, first, last)
    if refused:
        now = (*past, Exchange(asked[:200], notice=refused))
        yield _messages(now), past, gr.Textbox(submit_btn="Ask", stop_btn=False), gr.skip()
        return
    scope = Scope(outlets=frozenset(names) if names else None, since=first or None, until=last or None)
    now = (*past, Exchange(asked, scope))
    yield _messages(now, render.searching()), now, gr.Textbox("", submit_btn=False, stop_btn="Stop"), gr.skip()
    try:
        history = tuple(_turn(e.question, e.answer) for e in past if e.answer)
        events = iter(assistant.stream(asked, scope, history, date.today().isoformat()))
        while event := await asyncio.to_thread(next, events, None):
            if isinstance(event, Found):
                yield _messages(now, render.found(event)), now, gr.skip(), gr.skip()
                continue
            for part in _unfolding(event):
                yield _messages(now, render.card(part, len(past), scope)), now, gr.skip(), gr.skip()
            now = (*past, Exchange(asked, scope, event))
    except OnRecordError as error:
        now = (*past, Exchange(asked, scope, notice=str(error)))
    box = gr.Textbox(submit_btn="Ask", stop_btn=False)
    first_quote = f"{len(past)}-0" if now[-1].answer and now[-1].answer.quotes else ""
    yield _messages(now), now, box, _article(now, first_quote) or render.no_article()


def _turn(question: str, answer: Answer) -> Turn:
    """What the assistant is told of an earlier exchange; "the second article" is the second of those it quoted."""
    articles = dict.fromkeys(quote.article.id for quote in render.cited(answer))
    return Turn(question, answer.short or answer.words, tuple(articles))


def _refusal(asked: str, past: Session, first: str | None, last: str | None) -> str | None:
    """Why a question can't be asked, with the way out; None where it can."""
    if not asked:
        return "There is no question. Type one and press Enter."
    if len(asked) > LONGEST_QUESTION:
        return f"The question has {len(asked):,} characters. Ask it in {LONGEST_QUESTION:,} or fewer."
    if len(past) >= LONGEST_CONVERSATION:
        return "This conversation is full. Start a new one with the button below."
    for given in (first, last):
        if given and not _is_day(given):
            return f"“{given[:40]}” is no day. Write it as YYYY-MM-DD, e.g. 2026-03-31."
    if first and last and first > last:
        return f"No day lies from {first} to {last}. Swap the two."
    return None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _unfolding(answer: Answer) -> Iterator[Answer]:
    """An answer as it appears: its words, a few at a time, then its quotes one by one."""
    bare = replace(answer, quotes=(), disagreement=None, looked_at=(), alternatives=())
    words = answer.words.split(" ")
    for end in range(3, len(words), 3):
        yield replace(bare, words=" ".join(words[:end]))
    for end in range(len(answer.quotes)):
        yield replace(bare, quotes=answer.quotes[:end])
    yield answer


def _messages(session: Session, unfinished: str | None = None) -> list[gr.MessageDict]:
    """The conversation as HTML; `unfinished` stands for the last answer while it comes."""
    messages = []
    for turn, exchange in enumerate(session):
        if unfinished and turn == len(session) - 1:
            said = unfinished
        elif exchange.answer:
            said = render.card(exchange.answer, turn, exchange.scope)
        else:
            said = render.notice(exchange.notice)
        if exchange.question:
            messages.append({"role": "user", "content": render.question(exchange.question)})
        messages.append({"role": "assistant", "content": said})
    return messages


def _article(session: Session, key: str) -> str | None:
    """The article that a quote's link names; None for a name that no quote of this conversation has.

    A key is "turn-number" or, for a copy of the quoted story, "turn-number-copy", all counted from 0.
    """
    named = re.fullmatch(r"([0-9]{1,3})-([0-9]{1,3})(?:-([0-9]{1,3}))?", key)
    if named is None:
        return None
    turn, number, copy = (int(part) if part else None for part in named.groups())
    answer = session[turn].answer if turn < len(session) else None
    quotes = render.reachable(answer) if answer else ()
    if number >= len(quotes):
        return None
    quote = quotes[number]
    if copy is None:
        others = [(q.start, q.end) for q in render.cited(answer) if q.article == quote.article]
        return render.article(quote.article, (quote.start, quote.end), others, key)
    if copy >= len(quote.also_in):
        return None
    article = quote.also_in[copy]
    at = article.text.find(quote.text)
    return render.article(article, (at, at + len(quote.text)) if at >= 0 else None, key=key)


def _opened(session: Session, click: gr.EventData) -> str | dict:
    """The article for a click that the page's script reports as {"quote": key}."""
    key = click._data.get("quote") if isinstance(click._data, dict) else None
    return (_article(session, key) if isinstance(key, str) else None) or gr.skip()


def _chosen(example: gr.SelectData) -> str:
    return str(example.value["text"])


def _stopped(session: Session) -> tuple:
    return _messages(session), gr.Textbox(submit_btn="Ask", stop_btn=False)


def _cleared() -> tuple:
    return [], (), gr.Textbox("", submit_btn="Ask", stop_btn=False), render.no_article()


def _masthead(assistant: Assistant) -> str:
    facts = assistant.library.facts()
    return render.header(facts.articles, len(facts.outlets), facts.first, facts.last)


def _outlets(assistant: Assistant) -> list[tuple[str, str]]:
    return [(f"{name} ({count})", name) for name, count in assistant.library.facts().outlets]


def _script() -> str:
    return Path(__file__).with_name("page.js").read_text("utf-8")
