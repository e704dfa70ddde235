"""The assistant: a library and a reader, ready for questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant import bearers, events
from assistant.answer import AS_ASKED, Answer, Found, Terms, Turn, Writing, turn_of
from assistant.confidence import default_threshold
from assistant.conversation import before_courtesies, chosen, doubted, the_other
from assistant.kinds import quotation, recognise
from assistant.limits import Limited, limited, narrow
from assistant.overview import respond
from assistant.parts import Part, joined, parts
from assistant.phrasing import doubting
from assistant.pipeline import Question, looked_at
from assistant.reader import Reader
from index.library import Library
from index.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from threading import Event

    from langchain_core.runnables import Runnable

    from assistant.writer import Writer


class Assistant:
    """Answers questions about a library's articles in their own words; with a writer, in prose that rests on them."""

    def __init__(
        self,
        library: Library,
        reader: Reader | None = None,
        threshold: float | None = None,
        writer: Writer | None = None,
    ):
        self.library = library
        self.reader = reader or Reader()
        self.threshold = default_threshold() if threshold is None else threshold  # below it: not found
        self.writer = writer  # a chat model: see assistant/writer.py

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        scope: Scope = EVERYTHING,
        as_of: str | None = None,
        terms: Terms = AS_ASKED,
    ) -> Answer:
        """The quoted answer to a question, or `not_found`. Raises QuestionUnfit."""
        *_, answer = self.stream(question, history, scope=scope, as_of=as_of, terms=terms)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        scope: Scope = EVERYTHING,
        as_of: str | None = None,
        terms: Terms = AS_ASKED,
        stop: Event | None = None,
    ) -> Iterator[Found | Writing | Answer]:
        """What was found, as soon as it is; what a writer has written so far; then the answer. Raises QuestionUnfit.

        Limits in the question's words narrow the scope. A question that is no search for a fact (a summary, a
        timeline, what the library has) is answered without one, and nothing is found before. A doubt asks the question
        that it doubts again; a choice of those asked back, the question that it is about. When `stop` is set, a writer
        ends, and no answer comes after what it had written.
        """
        history = before_courtesies(history)
        if again := doubted(question, history):
            for event in self.stream(*again, scope=scope, as_of=as_of, stop=stop):
                yield _with(event, lambda answer: doubting(answer, question))
            return
        choice = chosen(question, history)
        if other := None if choice else the_other(question, history):
            choice, history = other
        if choice:
            about = replace(terms, choice=None if choice.words in terms.lifted else choice)
            asked_back, before = history[-1].question, history[:-1]
            for event in self.stream(asked_back, before, scope=scope, as_of=as_of, terms=about, stop=stop):
                yield _with(
                    event, lambda answer: replace(answer, question=question, meant=answer.meant or answer.question)
                )
            return
        asked = Question(question, scope, tuple(history), as_of, terms.reading, scope if terms.choice else None)
        cited = history[-1].articles if history else ()
        limits = limited(question, scope, self.library, history, as_of, cited, terms)
        if quotation(question):  # whose words are not the person's: no limit is read in them
            limits = Limited(question, scope)
        asked = replace(asked, words=limits.question, scope=limits.scope)
        if said := respond(self.library, limits.question, limits.scope, history, as_of):
            parts = ({"answer": part} for part in self._worded(asked, said, stop))
        else:
            parts = self._searched(asked, stop)
        for part in parts:
            if "found" in part:
                yield Found(looked_at(part["found"][0].stretches))
            if answer := part.get("answer"):
                yield _with(answer, lambda answer: _as_typed(answer, question, limits))

    def warm(self) -> None:
        """Load all that a first question would wait for."""
        question = "What happened?"
        self.library.search(question, count=1)
        self.reader.read(question, [question])
        _ = self.chain

    def _searched(self, asked: Question, stop: Event | None) -> Iterator[dict[str, Any]]:
        """What the chain gives. Several questions in one, or one about several things of a name, are answered for each.

        Those the reader answers alone: a writer's sentences, which are never taken back, would be of the first.
        """
        if self.writer and not asked.history and self._several(asked):
            yield from Assistant(self.library, self.reader, self.threshold)._searched(asked, stop)
            return
        for part in self.chain.stream(asked, {"configurable": {"stop": stop}}):
            whole = "answer" in part and not self.writer
            yield part | {"answer": self._of_each(asked, part["answer"])} if whole else part

    def _several(self, asked: Question) -> bool:
        return len(parts(asked.words)) > 1 or bool(bearers.asked_about(asked.words, self.library, asked.scope))

    def _of_each(self, asked: Question, answer: Answer) -> Answer:
        def ask(one: bearers.Bearer | events.Event) -> Answer:
            within = narrow(asked.scope, Scope(articles=frozenset(one.choice.articles)))
            return self.chain.invoke(replace(asked, scope=within, history=()))["answer"]

        if asked.wider and answer.status == "not_found":
            return events.part_of(self.chain.invoke(replace(asked, scope=asked.wider))["answer"], asked.scope, answer)
        if things := events.asked_about(answer):
            return events.for_each(answer, things, ask, _spoken_of(asked.history))
        if asked.history:
            return answer
        if people := bearers.asked_about(asked.words, self.library, asked.scope):
            return bearers.for_each(answer, people, ask)
        several = parts(asked.words)
        apart = self._of_all(asked, several) if len(several) > 1 else answer
        return answer if apart.status == "not_found" and answer.status == "answered" else apart

    def _of_all(self, asked: Question, several: Sequence[Part]) -> Answer:
        """Each part of a question by itself; after the one before, where it may lean on it."""
        parted: list[tuple[Part, Answer]] = []
        for part in several:
            history = (turn_of(parted[-1][1]),) if part.leans else ()
            parted.append((part, self.chain.invoke(replace(asked, words=part.question, history=history))["answer"]))
        return joined(asked.words, parted)

    def _worded(self, asked: Question, said: Answer, stop: Event | None) -> Iterator[Writing | Answer]:
        """A summary in a writer's words, if there is one; other kinds of answers have no need of prose."""
        kind = recognise(asked.words)
        if self.writer and said.quotes and kind and kind.kind in ("about", "summary"):
            yield from self.writer.write(asked.words, asked.history, said, stop)
        else:
            yield said

    @cached_property
    def chain(self) -> Runnable[Question, dict[str, Any]]:
        """The same as a LangChain runnable, with its retriever: see assistant/chain.py."""
        from assistant.chain import chain

        return chain(self)


def _as_typed(answer: Answer, question: str, limits: Limited) -> Answer:
    """The answer to a question as typed, with the limits in it; where these were all, with the question meant."""
    meant = answer.meant or (limits.question if limits.another else None)
    return replace(answer, question=question, limits=limits.limits, meant=meant)


def _spoken_of(history: Sequence[Turn]) -> frozenset[str]:
    """The ids of the articles that the last answer with any quoted."""
    return next((frozenset(turn.articles) for turn in reversed(history) if turn.articles), frozenset())


def _with(event: Found | Writing | Answer, change: Callable[[Answer], Answer]) -> Found | Writing | Answer:
    """An event with its answer changed, if it has one."""
    if isinstance(event, Writing):
        return Writing(change(event.answer))
    return change(event) if isinstance(event, Answer) else event
