"""“Tell me more”: what else the articles of the last answer say of the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from assistant.answer import Answer, Quote
from assistant.conversation import said
from assistant.excerpts import quote, sentences_of, words_of
from assistant.request import Request, counted, headed, nothing, plain, quoted
from index.articles import Article

ARTICLES = 4  # that are gone on with at a time
SENTENCES = 4  # shown at a time
SHORTEST = 3  # words in a sentence that is worth showing


def more(request: Request) -> Answer:
    """The sentences nearest to the last question that weren't shown yet, as they stand in their articles."""
    before = next((turn for turn in reversed(said(request.history)) if turn.articles), None)
    if before is None and said(request.history):
        return nothing(request, "There is no more to tell: nothing was found. Ask another question.")
    if before is None:
        return plain(request, "More of what? Ask a question first, or “what do I have?”.")
    shown = [quote for turn in request.history for quote in turn.shown]
    on_it = [turn for turn in said(request.history) if turn.question == before.question]  # "more" remembers of what
    ids = dict.fromkeys(id for turn in on_it for id in turn.articles)
    articles = [a for id in ids if (a := request.library.article(id))]
    unshown = [rest for article in articles if (rest := _unshown(article, shown))]
    left = list(chain.from_iterable(unshown[:ARTICLES]))
    named = "; ".join(headed(article) for article in articles)
    if not left:
        return replace(nothing(request, f"That is all that these articles say: {named}."), meant=before.question)
    embedder = request.library.embedder
    vectors = embedder.embed_few([f"{before.question} {on_it[0].answer}", *(a.text[s:e] for a, s, e in left)])
    near = vectors[1:] @ vectors[0]
    distinct: dict[tuple[str, ...], int] = {}
    for i in sorted(range(len(left)), key=lambda i: -near[i]):
        article, start, end = left[i]
        distinct.setdefault(words_of(article.text[start:end]), i)
    chosen = sorted(list(distinct.values())[:SENTENCES])
    quotes = [quote(*left[i]) for i in chosen]
    words = f"More on “{before.question}”: {counted(len(quotes), 'sentence')} of the same articles."
    return replace(quoted(request, words, quotes), meant=before.question)


def _unshown(article: Article, shown: Sequence[Quote]) -> list[tuple[Article, int, int]]:
    """The sentences of an article that weren't shown yet."""
    return [
        (article, start, end)
        for start, end in sentences_of(article)
        if len(words_of(article.text[start:end])) >= SHORTEST
        and not any(_stands_in(article.text[start:end], other) for other in shown)
    ]


def _stands_in(words: str, other: Quote) -> bool:
    """Was a sentence shown already, or one with its words in a copy?"""
    return words in other.text or words_of(words) == words_of(other.text)
