"""The page: the conversation on the left, the article beside it. What is asked and answered stays on the server."""

from __future__ import annotations

import asyncio
import re
import threading
import traceback
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr

from assistant.answer import AS_ASKED, Answer, Found, Terms, Writing, turn_of
from assistant.pipeline import LONGEST_QUESTION
from index.errors import in_words
from index.scope import EVERYTHING, Scope
from ui import render

if TYPE_CHECKING:
    from assistant.assistant import Assistant

LONGEST_CONVERSATION = 100  # questions; each keeps the articles that it was answered from
UNFORESEEN = "That should not have happened. Ask in other words; the terminal shows what to report."
HIDDEN = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what came of it: an answer, or a sentence that says why there is none."""

    question: str
    scope: Scope = EVERYTHING
    terms: Terms = AS_ASKED
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

        async def ask_again(past: Session, click: gr.EventData) -> AsyncIterator[tuple]:
            async for step in _ask_again(assistant, past, click):
                yield step

        asks = {"fn": ask, "inputs": [question, session, outlets, since, until], "concurrency_limit": 2}
        shown = [chat, session, question, beside]
        asking = question.submit(**asks, outputs=shown, **HIDDEN)
        example = chat.example_select(_chosen, None, question, **HIDDEN).then(**asks, outputs=shown, **HIDDEN)
        again = beside.select(ask_again, session, shown, concurrency_limit=2, **HIDDEN)
        running = [asking, example, again]
        question.stop(_stopped, session, [chat, question], cancels=running, **HIDDEN)
        clear.click(_cleared, None, shown, cancels=running, **HIDDEN)
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
    """Each step of an answer as (conversation, session, question box, article)."""
    asked = (asked or "").strip()
    refused = _refusal(asked, past, first, last)
    if refused:
        now = (*past, Exchange(asked[:200], notice=refused))
        yield _messages(now), past, gr.Textbox(submit_btn="Ask", stop_btn=False), gr.skip()
        return
    scope = Scope(outlets=frozenset(names) if names else None, since=first or None, until=last or None)
    box = gr.Textbox("", submit_btn=False, stop_btn="Stop")
    async for step in _answered(assistant, (*past, Exchange(asked, scope)), len(past), box):
        yield step


async def _ask_again(assistant: Assistant, past: Session, click: gr.EventData) -> AsyncIterator[tuple]:
    """The steps of a question asked again on other terms; its answer takes the place of the one before."""
    wanted = click._data.get("otherwise") if isinstance(click._data, dict) else None
    changed = _otherwise(past, wanted) if isinstance(wanted, str) else None
    if changed is None:
        return
    turn, terms = changed
    exchange = replace(past[turn], terms=terms)
    box = gr.Textbox(submit_btn=False, stop_btn="Stop")  # what is being typed stays
    async for step in _answered(assistant, (*past[:turn], exchange, *past[turn + 1 :]), turn, box):
        yield step


def _otherwise(session: Session, wanted: str) -> tuple[int, Terms] | None:
    """The question that a button is about, and its terms when it is asked again; None for what no button says."""
    named = re.fullmatch(r"(lift|choose|reread)-([0-9]{1,3})(?:-([0-9]{1,2}))?", wanted)
    if named is None or int(named[2]) >= len(session):
        return None
    turn, number = int(named[2]), int(named[3] or 0)
    answer, terms = session[turn].answer, session[turn].terms
    if answer is None:
        return None
    if named[1] == "reread":
        other = {"alone": "after", "after": "alone"}.get(answer.reading)
        return (turn, replace(terms, reading=other)) if other else None
    offered = answer.limits if named[1] == "lift" else answer.choices
    if number >= len(offered):
        return None
    if named[1] == "choose":
        return turn, replace(terms, choice=answer.choices[number])
    words = answer.limits[number].words
    choice = None if terms.choice and terms.choice.words == words else terms.choice
    return turn, replace(terms, lifted=terms.lifted | {words}, choice=choice)


async def _answered(assistant: Assistant, now: Session, turn: int, box: gr.Textbox) -> AsyncIterator[tuple]:
    """Each step of the answer to one question of a conversation, which leans on those before it.

    The assistant works in a thread, so that "Stop" takes effect at once and not after its next step. The other turns,
    which don't change meanwhile, are rendered once.
    """
    exchange = now[turn]
    before, after = now[:turn], now[turn + 1 :]
    above, below = _messages(before), _messages(after, turn + 1)

    def shown(unfinished: str | None = None) -> list[gr.MessageDict]:
        return [*above, *_said(now[turn], turn, unfinished), *below]

    scope = exchange.scope
    yield shown(render.searching()), now, box, gr.skip()
    stop = threading.Event()
    try:
        history = tuple(turn_of(earlier.answer) for earlier in before if earlier.answer)
        today = date.today().isoformat()
        asked = {"scope": scope, "as_of": today, "terms": exchange.terms, "stop": stop}
        events = iter(assistant.stream(exchange.question, history, **asked))
        while event := await asyncio.to_thread(next, events, None):
            if isinstance(event, Found):
                yield shown(render.found(event)), now, gr.skip(), gr.skip()
                continue
            if isinstance(event, Writing):  # kept as it is, if it is stopped here
                now = (*before, replace(exchange, answer=event.answer), *after)
                yield shown(), now, gr.skip(), gr.skip()
                continue
            for part in _unfolding(event):
                yield shown(render.card(part, turn, scope)), now, gr.skip(), gr.skip()
            now = (*before, replace(exchange, answer=event), *after)
    except Exception as error:  # whatever happens, the page must be ready for the next question
        now = (*before, replace(exchange, answer=None, notice=in_words(error) or UNFORESEEN), *after)
        if in_words(error) is None:
            traceback.print_exc()
    finally:
        stop.set()  # a chat model writes no further for nobody
    box = gr.Textbox(submit_btn="Ask", stop_btn=False)
    first_quote = f"{turn}-0" if now[turn].answer and now[turn].answer.quotes else ""
    yield shown(), now, box, _article(now, first_quote) or render.no_article()


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
    if answer.written and answer.written.sentences:  # it has appeared already
        yield answer
        return
    bare = replace(answer, quotes=(), disagreement=None, looked_at=(), alternatives=())
    words = answer.words.split(" ")
    for end in range(3, len(words), 3):
        yield replace(bare, words=" ".join(words[:end]))
    for end in range(len(answer.quotes)):
        yield replace(bare, quotes=answer.quotes[:end])
    yield answer


def _messages(session: Session, first: int = 0) -> list[gr.MessageDict]:
    """The turns of a conversation as HTML, counted from `first`."""
    return [message for turn, exchange in enumerate(session, first) for message in _said(exchange, turn)]


def _said(exchange: Exchange, turn: int, unfinished: str | None = None) -> list[gr.MessageDict]:
    """One question and its answer as HTML; `unfinished` stands for the answer while it comes."""
    if unfinished:
        said = unfinished
    elif exchange.answer:
        said = render.card(exchange.answer, turn, exchange.scope)
    else:
        said = render.notice(exchange.notice)
    asked = [{"role": "user", "content": render.question(exchange.question)}] if exchange.question else []
    return [*asked, {"role": "assistant", "content": said}]


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
