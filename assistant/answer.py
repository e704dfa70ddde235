"""What the assistant says: quotes first, then words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.articles import Article

Stance = Literal["stated", "attributed", "hedged", "denied"]
Status = Literal["answered", "not_found"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of one article. Its words are the article's by construction: there is nowhere else to put any."""

    article: Article
    start: int
    end: int
    speaker: str | None = None  # in the article's own words; None where it is the article's own voice
    stance: Stance = "stated"
    hedge: str | None = None  # the words that hedge, e.g. "if confirmed"
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
    limits: tuple[str, ...] = ()  # what the question's words limit it to, e.g. "only Coast Today"
    follows: bool = False  # was the question understood together with the turn before it?


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and the short answer it got."""

    question: str
    answer: str
    articles: tuple[str, ...] = ()  # ids of the articles that it quoted, in order


@dataclass(frozen=True, slots=True)
class Found:
    """What search found, in its order, before anything was read."""

    looked_at: tuple[Quote, ...]
