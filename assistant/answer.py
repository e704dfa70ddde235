"""What the assistant says: quotes first, then words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.articles import Article
from index.scope import Scope

Stance = Literal["stated", "attributed", "hedged", "denied"]
Status = Literal["answered", "not_found"]
Reading = Literal["alone", "after"]  # of a question: by its own words, or after the turn before it


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of one article. Its words are the article's by construction: there is nowhere else to put any."""

    article: Article
    start: int
    end: int
    speaker: str | None = None  # in the article's own words; None where it is the article's own voice
    stance: Stance = "stated"
    hedge: str | None = None  # the words that hedge, e.g. "if confirmed"
    via: str | None = None  # who passes on what the speaker says: the paper that quotes the officer
    also_in: tuple[Article, ...] = ()  # copies that carry the same sentence

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.article.text):
            raise ValueError(f"{self.start}:{self.end} is no stretch of article {self.article.id}")

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Side:
    """One of several answers to a question, with the quotes that give it."""

    answer: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Sources that say different things: corrected in the text, said on another day, or a conflict."""

    kind: Literal["correction", "later", "conflict"]
    sides: tuple[Side, ...]  # newest first


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that was understood: the person's words, what they mean, and the scope that they alone make."""

    words: str
    meaning: str  # "only Coast Today", "published since 11 March 2025, counted from today"
    scope: Scope


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things that a question may mean: how it is named, and the ids of the articles about it."""

    words: str
    articles: tuple[str, ...]
    name: str | None = None  # in full, of somebody asked about by the last word of it


@dataclass(frozen=True, slots=True)
class Terms:
    """What the person has settled about a question that could be understood otherwise."""

    reading: Reading | None = None  # None: the surer one
    lifted: frozenset[str] = frozenset()  # words of limits that don't count
    choice: Choice | None = None  # which of the things that were asked back is meant


AS_ASKED = Terms()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that a chat model wrote, and the quotes that bear it out."""

    words: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What a chat model had to do with an answer."""

    model: str  # "provider:name"
    sentences: tuple[Sentence, ...] = ()
    dropped: int = 0  # sentences that no quote bears out
    repaired: int = 0  # sentences that got another mark, or their real sentence's words
    tokens: tuple[int, int] | None = None  # read and written; None where the provider doesn't count them
    trouble: str | None = None  # why it isn't the model's whole answer, as a sentence
    kept: bool = False  # what it wrote when it was asked the same before: nothing was read or written for it now


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question. `quotes` is empty only where the status is `not_found` or no claim is made."""

    question: str
    status: Status
    words: str  # the sentence shown above the quotes
    short: str | None = None  # a stretch of the first quote, or yes / no / not settled
    alternatives: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    disagreement: Disagreement | None = None
    confidence: float = 0.0  # that the articles answer the question, also where they don't
    looked_at: tuple[Quote, ...] = ()  # the passages read, in final order
    left_open: tuple[Quote, ...] = ()  # sentences of the quoted articles that leave open what is asked
    unsaid: tuple[str, ...] = ()  # of a question that asks two things, those that the articles don't say
    newest: Article | None = None  # on this story, where the question is about now
    limits: tuple[Limit, ...] = ()  # what the question's words limit it to
    reading: Reading | None = None  # how the question was understood; None where there was but one way
    choices: tuple[Choice, ...] = ()  # what to choose from, where the question is asked back
    meant: str | None = None  # the question that was answered: the one that a doubt, a choice or a limit is about
    listed: bool = False  # are the quotes a list of articles, each by its beginning?
    written: Written | None = None  # by a chat model; its sentences are `words`, each with its marks


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and the short answer it got."""

    question: str
    answer: str  # empty where there was none
    articles: tuple[str, ...] = ()  # ids of the articles that it quoted, in order
    choices: tuple[Choice, ...] = ()  # that were asked back
    shown: tuple[Quote, ...] = ()  # all that it quoted, in order
    listed: bool = False  # was it a list of articles, of which one may be named by its place?


def turn_of(answer: Answer) -> Turn:
    """What is remembered of an answer, for the questions after it."""
    sides = answer.disagreement.sides if answer.disagreement else ()
    quotes = [*answer.quotes, *(quote for side in sides for quote in side.quotes)]
    articles = dict.fromkeys(quote.article.id for quote in quotes)
    asked = answer.meant or answer.question
    return Turn(asked, answer.short or "", tuple(articles), answer.choices, tuple(quotes), answer.listed)


@dataclass(frozen=True, slots=True)
class Writing:
    """An answer while a chat model writes it: what has passed the gate so far, and is never taken back."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Found:
    """What search found, in its order, before anything was read."""

    looked_at: tuple[Quote, ...]
