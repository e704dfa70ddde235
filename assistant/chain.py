"""On Record as LangChain knows it: an Embeddings, a retriever, and the chain from a question to an answer.

Imported where it is used: langchain-core takes half a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from threading import Event
from typing import TYPE_CHECKING, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda, RunnablePassthrough
from pydantic import ConfigDict, PrivateAttr
from typing_extensions import TypedDict  # pydantic asks for this one

from assistant.pipeline import ARTICLES, PASSAGES, Question, QuestionUnfit, find, read, reply
from index.embedder import Embedder
from index.library import Library
from index.scope import EVERYTHING, Scope
from index.search import Hit

if TYPE_CHECKING:
    from assistant.assistant import Assistant


class LibraryEmbeddings(Embeddings):
    """A library's embedding model, for other LangChain parts."""

    def __init__(self, embedder: Embedder):
        self.embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self.embedder.embed(texts).tolist()

    def embed_query(self, text: str) -> list[float]:
        return self.embedder.embed_few([text])[0].tolist()


class LibraryRetriever(BaseRetriever):
    """A library's search as a retriever: passages with their place, score and source in the metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    scope: Scope = EVERYTHING
    count: int = 10
    as_of: str | None = None  # YYYY-MM-DD
    articles: int = 0  # that the passages are to come from, beyond `count` if need be

    _hits: tuple[Hit, ...] = PrivateAttr(())

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What the last search found, as the library gave it; a document's metadata hold but plain values."""
        return self._hits

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self.library.search(query, self.scope, self.count, self.as_of, self.articles)
        self._hits = tuple(hits)
        return [self._document(hit) for hit in hits]

    def _document(self, hit: Hit) -> Document:
        p, article = hit.passage, self.library.article(hit.passage.article_id)
        names = ("title", "outlet", "author", "published", "url")
        source = {name: getattr(article, name) for name in names} if article else {}
        place = {"article": p.article_id, "start": p.start, "end": p.end, "score": hit.score}
        return Document(p.text, id=f"{p.article_id}:{p.start}", metadata=place | source)


class Asked(TypedDict):
    """What the chain takes, as a tool's caller sees it; a Question's other fields may be given too."""

    question: str


def question_of(given: str | Mapping[str, Any] | Question) -> Question:
    """A question as it is asked in other people's chains. Raises QuestionUnfit."""
    if isinstance(given, Question):
        return given
    fields = {"question": given} if isinstance(given, str) else dict(given)
    words = fields.pop("question", None) or fields.pop("words", "")
    if not isinstance(words, str) or not set(fields) <= {"scope", "history", "as_of", "reading"}:
        raise QuestionUnfit('A question is words, or {"question": words} with scope, history, as_of or reading.')
    return Question(words, **fields | {"history": tuple(fields.get("history", ()))})


def chain(assistant: Assistant) -> Runnable[Any, dict[str, Any]]:
    """The pipeline: a question to {"question", "found", "answer"}. Streamed, it gives what was found first.

    A question is a string, a mapping {"question": …} with a Question's other fields, or a Question. Questions of fact
    are answered; summaries, timelines, limits in words and what is asked back are `Assistant`'s.

    With a writer, streaming gives `Writing` under "answer" for each sentence that has passed, and the whole `Answer`
    last. A threading.Event in the config, as {"configurable": {"stop": event}}, ends the writing when it is set.
    """

    def found(state: dict[str, Any], config: RunnableConfig) -> Any:
        asked: Question = state["question"]

        def search(words: str, scope: Scope) -> list[Hit]:
            wanted = {"scope": scope, "count": PASSAGES, "articles": ARTICLES, "as_of": asked.as_of}
            retriever = LibraryRetriever(library=assistant.library, **wanted)
            retriever.invoke(words, config)
            return list(retriever.hits)

        return find(search, assistant.library, asked)

    def answer(state: dict[str, Any]) -> Any:
        return reply(read(assistant.reader, state["found"]), state["question"], assistant.threshold)

    def written(state: dict[str, Any], config: RunnableConfig) -> Iterator[Any]:
        asked, read_answer = state["question"], answer(state)
        if read_answer.status != "answered" or assistant.writer is None:  # the reader decides what isn't found
            yield read_answer
            return
        stop = (config.get("configurable") or {}).get("stop")
        yield from assistant.writer.write(asked.words, asked.history, read_answer, stop, config)

    async def awritten(state: dict[str, Any], config: RunnableConfig) -> AsyncIterator[Any]:
        """The same in a thread, which is told to stop when nobody waits for it any more."""
        configurable = config.get("configurable") or {}
        stop = configurable.get("stop") or Event()
        parts = written(state, config | {"configurable": configurable | {"stop": stop}})
        try:
            while (part := await asyncio.to_thread(next, parts, None)) is not None:
                yield part
        except BaseException:
            stop.set()
            raise

    last = RunnableLambda(written, awritten) if assistant.writer else RunnableLambda(answer)
    asked = RunnableLambda(lambda given: {"question": question_of(given)}).with_types(input_type=Asked)
    return (
        asked
        | RunnablePassthrough.assign(found=RunnableLambda(found).with_config(run_name="find"))
        | RunnablePassthrough.assign(answer=last.with_config(run_name="read"))
    )
