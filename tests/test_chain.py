"""On Record's parts in LangChain: embeddings, retriever, chain, and what a LangChain user sees of them."""

from __future__ import annotations

import asyncio
import json
import math
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.tools import create_retriever_tool
from langchain_core.vectorstores import InMemoryVectorStore

from assistant.answer import Answer
from assistant.chain import LibraryEmbeddings, LibraryRetriever
from assistant.pipeline import Question, QuestionUnfit
from index.scope import Scope

BRIDGE = "Who closed the bridge?"
FIRE = "How many people died in the harbour fire?"


def test_the_embeddings_serve_another_vector_store(assistant):
    """LangChain's own store, filled through them, finds the text that means the same."""
    texts = ["The harbour burned all night.", "The council sets its budget.", "A ferry company made an offer."]
    store = InMemoryVectorStore.from_texts(texts, LibraryEmbeddings(assistant.library.embedder))
    assert store.similarity_search("fire at the port", 1)[0].page_content == texts[0]


def test_a_query_is_embedded_as_a_document_is(assistant):
    """Both ways give the same vector of unit length, as plain numbers."""
    embeddings = LibraryEmbeddings(assistant.library.embedder)
    [document], query = embeddings.embed_documents([BRIDGE]), embeddings.embed_query(BRIDGE)
    assert query == pytest.approx(document, abs=0.01) and type(query[0]) is float
    assert math.hypot(*query) == pytest.approx(1, abs=0.01)


def test_a_document_knows_its_place_and_source(assistant):
    """A retrieved document is a stretch of an article; its metadata say which, and where it comes from."""
    documents = LibraryRetriever(library=assistant.library, count=4).invoke("bridge repairs")
    assert len(documents) == 4
    for document in documents:
        place = document.metadata
        article = assistant.library.article(place["article"])
        assert article.text[place["start"] : place["end"]] == document.page_content
        for name in ("title", "outlet", "author", "published", "url"):
            assert place[name] == getattr(article, name)
    scores = [document.metadata["score"] for document in documents]
    assert scores == sorted(scores, reverse=True) and scores[0] > scores[-1]


def test_a_document_is_plain_data(assistant):
    """It can be written as JSON, stored and read back by LangChain's own means."""
    [document] = LibraryRetriever(library=assistant.library, count=1).invoke("bridge repairs")
    assert json.loads(json.dumps(document.metadata)) == document.metadata
    assert type(document)(**json.loads(document.model_dump_json())) == document


def test_the_retriever_serves_a_chain_of_ones_own(assistant):
    """Its passages go into another prompt and model, or are an agent's tool."""
    retriever = LibraryRetriever(library=assistant.library, count=2)
    prompt = ChatPromptTemplate.from_template("{passages}")
    own = {"passages": retriever | (lambda found: found[0].page_content)} | prompt | (lambda said: said.to_string())
    assert "bridge" in own.invoke("bridge repairs").lower()
    tool = create_retriever_tool(retriever, "news", "Searches the news.")
    assert "bridge" in tool.invoke({"query": "bridge repairs"}).lower()


@pytest.mark.parametrize("given", [BRIDGE, {"question": BRIDGE}, {"words": BRIDGE, "history": []}, Question(BRIDGE)])
def test_the_chain_takes_a_question_in_any_form(given, assistant):
    """Words, a mapping, or a Question."""
    assert assistant.chain.invoke(given)["answer"] == assistant.answer(BRIDGE)


@pytest.mark.parametrize("given", [{}, {"question": BRIDGE, "colour": "red"}, {"question": 7}, " "])
def test_what_is_no_question_gets_a_sentence(given, assistant):
    """And no traceback from within."""
    with pytest.raises(QuestionUnfit):
        assistant.chain.invoke(given)


def test_the_chain_is_a_tool(assistant):
    """An agent's model is told of one argument, and calls it by its name."""
    tool = (assistant.chain | (lambda state: state["answer"].words)).as_tool(name="news", description="Answers.")
    assert list(tool.args) == ["question"]
    assert tool.invoke({"question": BRIDGE}) == assistant.answer(BRIDGE).words


def test_the_retriever_keeps_its_scope(assistant):
    """With a scope nothing outside it is found, and something inside it is."""
    only = LibraryRetriever(library=assistant.library, scope=Scope(outlets=frozenset({"Coast Today"})))
    assert {d.metadata["outlet"] for d in only.invoke("fire")} == {"Coast Today"}


def test_the_retriever_prefers_what_is_recent_on_the_day_of_the_question(assistant):
    """With a day, an article of that day scores higher than without one."""
    plain = LibraryRetriever(library=assistant.library).invoke(FIRE)[0]
    dated = LibraryRetriever(library=assistant.library, as_of=plain.metadata["published"]).invoke(FIRE)
    same = next(d for d in dated if d.id == plain.id)
    assert same.metadata["score"] > plain.metadata["score"]


def test_the_chain_answers_as_the_assistant_does(assistant):
    """`invoke` gives question, what was found, and the answer."""
    asked = Question(BRIDGE)
    state = assistant.chain.invoke(asked)
    assert set(state) == {"question", "found", "answer"}
    assert state["question"] == asked
    assert state["answer"] == assistant.answer(BRIDGE)


def test_a_stream_gives_what_was_found_before_the_answer(assistant):
    """The sources come first, so that a page can show them while the passages are read."""
    parts = [name for part in assistant.chain.stream(Question(BRIDGE)) for name in part]
    assert parts == ["question", "found", "answer"]


def test_a_batch_answers_in_order(assistant):
    """Each question of a batch gets its own answer."""
    states = assistant.chain.batch([Question(BRIDGE), Question(FIRE)])
    assert [state["answer"] for state in states] == [assistant.answer(BRIDGE), assistant.answer(FIRE)]


def test_an_empty_question_never_reaches_the_chain():
    """A question is fit to be asked, or isn't made."""
    with pytest.raises(QuestionUnfit):
        Question("  ")


class Listener(BaseCallbackHandler):
    """Notes what a tracer is told of the retriever."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Any]] = []

    def on_retriever_start(self, serialized: Any, query: str, **more: Any) -> None:
        self.heard.append(("start", query))

    def on_retriever_end(self, documents: Any, **more: Any) -> None:
        self.heard.append(("end", len(documents)))


def test_callbacks_hear_the_search(assistant):
    """A callback handler given to the chain is told of the retriever inside it, with its question and documents."""
    listener = Listener()
    assistant.chain.invoke(Question(BRIDGE), {"callbacks": [listener]})
    (begun, query), (ended, count) = listener.heard
    assert (begun, query, ended) == ("start", BRIDGE, "end") and count > 0


def test_events_show_the_search_inside_the_chain(assistant):
    """`astream_events` names the steps and the retriever in them. (A streamed step starts before it has its input.)"""

    async def events() -> list[tuple[str, str]]:
        return [(e["event"], e["name"]) async for e in assistant.chain.astream_events(Question(BRIDGE), version="v2")]

    seen = asyncio.run(events())
    order = [
        ("on_chain_start", "find"),
        ("on_retriever_start", "LibraryRetriever"),
        ("on_retriever_end", "LibraryRetriever"),
        ("on_chain_end", "read"),
    ]
    assert [step for step in seen if step in order] == order


def test_the_chain_goes_on_into_another_runnable(assistant):
    """It is composed with `|` like any other."""
    words = (assistant.chain | (lambda state: state["answer"])).invoke(Question(BRIDGE))
    assert isinstance(words, Answer)
