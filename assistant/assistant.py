"""The assistant: from a question to a quoted answer. `find`, `read` and `reply` are the whole program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Found, Quote, Turn
from assistant.confidence import Evidence, confidence, coverage, default_threshold
from assistant.conversation import readings
from assistant.reader import Reader, Span
from assistant.stretches import Stretch, join
from index.errors import OnRecordError
from index.library import Library
from index.passages import sentences
from index.scope import EVERYTHING, Scope
from index.search import STOP_WORDS

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

PASSAGES = 100  # that search hands on
READ = 10  # stretches that the reader reads
SEARCH_WEIGHT = 4.0  # of search's score (0 to 1) against the reader's log-odds, when they order the spans
LONGEST_QUESTION = 2000  # characters


class QuestionUnfit(OnRecordError):
    """A question that can't be asked: empty, or far too long."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is asked: its words, its limits, what was said before, and on which day."""

    words: str
    scope: Scope = EVERYTHING
    history: tuple[Turn, ...] = ()
    as_of: str | None = None  # YYYY-MM-DD

    def __post_init__(self) -> None:
        if not self.words.strip():
            raise QuestionUnfit("The question is empty. Ask something, for example: who said it?")
        if len(self.words) > LONGEST_QUESTION:
            raise QuestionUnfit(f"The question has {len(self.words):,} characters; ask it in {LONGEST_QUESTION:,} or fewer.")


@dataclass(frozen=True, slots=True)
class Sought:
    """What one way of understanding a question found."""

    question: str
    stretches: tuple[Stretch, ...]  # best first


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer: a span of a stretch, and what speaks for it."""

    stretch: Stretch
    span: Span  # offsets in the stretch
    answerable: float  # the reader's log-odds that the stretch answers
    score: float  # orders the candidates

    @property
    def text(self) -> str:
        return self.stretch.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Read:
    """What reading found: candidates, best first, and how surely the best one answers."""

    sought: Sought
    candidates: tuple[Candidate, ...]
    confidence: float


class Assistant:
    """Answers questions about a library's articles in their own words."""

    def __init__(self, library: Library, reader: Reader | None = None, threshold: float | None = None):
        self.library = library
        self.reader = reader or Reader()
        self.threshold = default_threshold() if threshold is None else threshold  # below it: not found

    def answer(
        self, question: str, scope: Scope = EVERYTHING, history: Sequence[Turn] = (), as_of: str | None = None
    ) -> Answer:
        """The quoted answer to a question, or `not_found`. Raises QuestionUnfit."""
        return self.chain.invoke(Question(question, scope, tuple(history), as_of))["answer"]

    def stream(
        self, question: str, scope: Scope = EVERYTHING, history: Sequence[Turn] = (), as_of: str | None = None
    ) -> Iterator[Found | Answer]:
        """What was found, as soon as it is; then the answer. Raises QuestionUnfit."""
        for part in self.chain.stream(Question(question, scope, tuple(history), as_of)):
            if "found" in part:
                yield Found(looked_at(part["found"][0].stretches))
            if "answer" in part:
                yield part["answer"]

    @cached_property
    def chain(self) -> Runnable[Question, dict[str, Any]]:
        """The pipeline as a LangChain runnable: a Question to {"question", "found", "answer"}, streamed in this order."""
        from langchain_core.runnables import RunnableLambda, RunnablePassthrough

        found = RunnableLambda(lambda state: find(self.library, state["question"])).with_config(run_name="find")
        answer = RunnableLambda(lambda state: reply(read(self.reader, state["found"]), state["question"], self.threshold))
        return (
            RunnableLambda(lambda question: {"question": question})
            | RunnablePassthrough.assign(found=found)
            | RunnablePassthrough.assign(answer=answer.with_config(run_name="read"))
        )


def find(library: Library, question: Question) -> list[Sought]:
    """Search for each way of understanding the question; the plain one stands first."""
    return [
        Sought(words, tuple(join(library.search(words, question.scope, PASSAGES), library)))
        for words in readings(question.words, question.history)
    ]


def read(reader: Reader, found: Sequence[Sought]) -> Read:
    """Read the best stretches for each understanding and keep the surest; the plain one wins ties."""
    return max((_read(reader, sought) for sought in found), key=lambda r: r.confidence)


def _read(reader: Reader, sought: Sought) -> Read:
    stretches = sought.stretches[:READ]
    read = reader.read(sought.question, [s.text for s in stretches])
    candidates = sorted(
        (
            Candidate(stretch, span, reading.answerable, span.score + reading.answerable + SEARCH_WEIGHT * stretch.score)
            for stretch, reading in zip(stretches, read, strict=True)
            for span in reading.spans
        ),
        key=lambda c: -c.score,
    )
    return Read(sought, tuple(candidates), confidence(evidence(sought.question, candidates)) if candidates else 0.0)


def evidence(question: str, candidates: Sequence[Candidate]) -> Evidence:
    """What speaks for the best candidate."""
    best = candidates[0]
    rival = next((c.score for c in candidates if c.stretch.article is not best.stretch.article), best.score - 10)
    text = f"{best.stretch.article.title or ''} {best.stretch.text}"
    lead = max(0.0, min(10.0, best.score - rival))
    return Evidence(best.span.score, best.answerable, lead, best.stretch.meaning, *coverage(question, text, STOP_WORDS))


def reply(read: Read, question: Question, threshold: float) -> Answer:
    """Put what was read into an answer: quotes, who says them, and what else is said."""
    if not read.candidates or read.confidence < threshold:
        return Answer(
            question.words,
            "not_found",
            "The articles don't say.",
            confidence=read.confidence,
            looked_at=looked_at(read.sought.stretches, read.candidates),
        )
    best = read.candidates[0]
    quote = quote_of(best)
    return Answer(
        question.words,
        "answered",
        f"“{best.text}”",
        short=best.text,
        quotes=(quote,),
        confidence=read.confidence,
        looked_at=looked_at(read.sought.stretches, read.candidates),
    )


def quote_of(candidate: Candidate) -> Quote:
    """The whole sentence around a span; two where the span crosses their border."""
    article, at = candidate.stretch.article, candidate.stretch.start
    start, end = at + candidate.span.start, at + candidate.span.end
    held = [(a, b) for a, b in sentences(article.text, article.language) if a < end and b > start]
    a, b = held[0][0], held[-1][1]
    words = article.text[a:b]
    return Quote(article, a + len(words) - len(words.lstrip()), a + len(words.rstrip()))


def looked_at(stretches: Sequence[Stretch], candidates: Sequence[Candidate] = ()) -> tuple[Quote, ...]:
    """The stretches in final order: those that were read by their best span, then the rest as search ordered them."""
    order = {id(s): i for i, s in enumerate(dict.fromkeys(c.stretch for c in candidates))}
    ordered = sorted(stretches, key=lambda s: order.get(id(s), len(order)))
    return tuple(Quote(s.article, s.start, s.end) for s in ordered)
