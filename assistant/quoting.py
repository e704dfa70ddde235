"""Quoting: the sentence that stands for an answer, in whose voice, and under which of its copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Quote
from assistant.excerpts import points_back, sentences_of, voices_of, whole
from assistant.excerpts import quote as voiced
from assistant.hedges import reach
from assistant.phrasing import VERDICTS
from assistant.reader import Span
from assistant.stories import keys
from assistant.stretches import Stretch
from index.articles import Article
from index.folding import wording

LONGEST_QUOTE = 50  # words, of a sentence with the one before it


def distinct(quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes without those that lie within an earlier one."""
    kept: list[Quote] = []
    for quote in quotes:
        if not any(q.article == quote.article and q.start < quote.end and quote.start < q.end for q in kept):
            kept.append(quote)
    return kept


def quote_of(stretch: Stretch, span: Span) -> Quote:
    """The whole sentence around a span, or two where it crosses their border; and the one that it leans on.

    "He said so on Monday." is quoted with the sentence before it, as long as the two stay short.
    """
    article, at = stretch.article, stretch.start
    start, end = whole(article, at + span.start, at + span.end)
    before = [(a, b) for a, b in sentences_of(article) if b <= start][-1:]
    if before and points_back(article.text[start:end], 1) and "\n" not in article.text[before[0][1] : start]:
        together = article.text[before[0][0] : end]
        if len(together.split()) <= LONGEST_QUOTE:
            start = before[0][0]
    answer = stretch.text[span.start : span.end]
    return told_first(spoken(article, start, end, answer, at + span.start), answer, stretch.family)


def spoken(article: Article, start: int, end: int, answer: str, at: int) -> Quote:
    """A stretch as a quote in the voice of the answer that begins at `at`, unless all of it is hedged or denied.

    "Police said 20 marched, while organisers said there were 900" has two speakers, and each answer one of them.
    """
    quote, own = voiced(article, start, end), voices_of(article).of(at, at + len(answer))
    if quote.stance in ("hedged", "denied"):
        return quote
    return replace(quote, speaker=own.speaker, stance=own.stance, hedge=own.hedge, via=own.via)


def told_first(quote: Quote, answer: str, family: Sequence[Article]) -> Quote:
    """The earliest dated copy's quote of the same words, naming the other copies that hold them.

    An edited copy, whose words differ, is none of them.
    """
    quotes = []
    for article in family:
        own = article.id == quote.article.id
        place = (quote.start, quote.end) if own else wording(article).place(quote.text)
        if place:
            quotes.append(Quote(article, *place))
    first = next((q for q in quotes if answer in q.text), quote)
    if len(quotes) < 2 or first is quote:
        return quote
    also_in = tuple(q.article for q in quotes if q is not first)
    at = first.start + first.text.index(answer)
    return replace(spoken(first.article, first.start, first.end, answer, at), also_in=also_in)


def aside(quote: Quote, short: str) -> Quote:
    """A quote as the source of an answer: in the article's own voice where the answer tells who speaks.

    "Daniel Marsh, the captain, said …" is no word of his about what he is.
    """
    if short in VERDICTS or short not in quote.text:  # "no" isn't to be looked for in a name
        return quote
    at = quote.start + quote.text.find(short)
    span = (at, at + len(short))
    said = [a for a in voices_of(quote.article).said if a.claim]
    if quote.stance != "attributed" or any(_meets(a.content, span) for a in said):
        return quote
    of_speaker = any(_meets(a.source, span) for a in said if a.source)
    return replace(quote, speaker=None, stance="stated", via=None) if of_speaker else quote


def unhedged(quote: Quote, short: str, question: str) -> Quote:
    """A hedged quote as the source of an answer: not hedged where its hedge is another predicate's.

    "The captain, Rolf Eide, has not been arrested and is said to be cooperating" leaves open neither who he is nor
    whether he was arrested, but who cooperates.
    """
    part = reach(quote.text) if quote.stance == "hedged" else None
    if part is None:
        return quote
    at = -1 if short in VERDICTS else quote.text.find(short)
    if at >= 0 and _meets((at, at + len(short)), part):
        return quote
    asked, within = keys(question), keys(quote.text[slice(*part)])
    sure = asked & keys(f"{quote.text[: part[0]]} {quote.text[part[1] :]}")
    if not sure or 2 * len(sure) < len(asked) or not asked & within <= sure:
        return quote
    return replace(quote, stance="attributed" if quote.speaker else "stated", hedge=None)


def _meets(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def cue(quote: Quote, short: str) -> str | None:
    """The article's own verb for how the answer is said."""
    if short in VERDICTS or short not in quote.text:
        return None
    at = quote.start + quote.text.find(short)
    return voices_of(quote.article).of(at, at + len(short)).cue
