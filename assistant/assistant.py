"""The assistant: a library and a reader, ready for questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.answer import AS_ASKED, Answer, Found, Terms, Turn
from assistant.confidence import default_threshold
from assistant.conversation import chosen, doubted
from assistant.limits import limited
from assistant.overview import respond
from assistant.phrasing import doubting
from assistant.pipeline import Question, looked_at
from assistant.reader import Reader
from index.library import Library
from index.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable


class Assistant:
    """Answers questions about a library's articles in their own words."""

    def __init__(self, library: Library, reader: Reader | None = None, threshold: float | None = None):
        self.library = library
        self.reader = reader or Reader()
        self.threshold = default_threshold() if threshold is None else threshold  # below it: not found

    def answer(
        self,
        question: str,
        scope: Scope = EVERYTHING,
        history: Sequence[Turn] = (),
        as_of: str | None = None,
        terms: Terms = AS_ASKED,
    ) -> Answer:
        """The quoted answer to a question, or `not_found`. Raises QuestionUnfit."""
        *_, answer = self.stream(question, scope, history, as_of, terms)
        return answer

    def stream(
        self,
        question: str,
        scope: Scope = EVERYTHING,
        history: Sequence[Turn] = (),
        as_of: str | None = None,
        terms: Terms = AS_ASKED,
    ) -> Iterator[Found | Answer]:
        """What was found, as soon as it is; then the answer. Raises QuestionUnfit.

        Limits in the question's words narrow the scope. A question that is no search for a fact (a summary, a
        timeline, what the library has) is answered without one, and nothing is found before. A doubt asks the question
        that it doubts again; a choice of those asked back, the question that it is about.
        """
        if again := doubted(question, history):
            for event in self.stream(again[0], scope, again[1], as_of):
                yield doubting(event, question) if isinstance(event, Answer) else event
            return
        if choice := chosen(question, history):
            about = replace(terms, choice=None if choice.words in terms.lifted else choice)
            for event in self.stream(history[-1].question, scope, history[:-1], as_of, about):
                yield replace(event, question=question, meant=event.question) if isinstance(event, Answer) else event
            return
        asked = Question(question, scope, tuple(history), as_of, terms.reading)
        cited = history[-1].articles if history else ()
        limits = limited(question, scope, self.library, history, as_of, cited, terms)
        if answer := respond(self.library, limits.question, limits.scope, history, as_of):
            yield replace(answer, question=question, limits=limits.limits)
            return
        asked = replace(asked, words=limits.question, scope=limits.scope)
        for part in self.chain.stream(asked):
            if "found" in part:
                yield Found(looked_at(part["found"][0].stretches))
            if "answer" in part:
                yield replace(part["answer"], question=question, limits=limits.limits)

    @cached_property
    def chain(self) -> Runnable[Question, dict[str, Any]]:
        """The same as a LangChain runnable, with its retriever: see assistant/chain.py."""
        from assistant.chain import chain

        return chain(self)
