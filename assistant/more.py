"""“Tell me more”: what else the articles of the last answer say of the question."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Answer, Quote
from assistant.conversation import said
from assistant.excerpts import quote, sentences_of, words_of
from assistant.request import Request, counted, headed, nothing, plain, quoted

ARTICLES = 4  # of the last answer, that are gone on with
SENTENCES = 4  # shown at a time
SHORTEST = 5  # words in a sentence that is worth showing


def more(request: Request) -> Answer:
    """The sentences nearest to the last question that weren't shown yet, as they stand in their articles."""
    before = next((turn for turn in reversed(said(request.history)) if turn.articles), None)
    if before is None:
        return plain(request, "More of what? Ask a question first, or “what do I have?”.")
    shown = [quote for turn in request.history for quote in turn.shown]
    articles = [a for id in before.articles[:ARTICLES] if (a := request.library.article(id))]
    left = [
        (article, start, end)
        for article in articles
        for start, end in sentences_of(article)
        if len(words_of(article.text[start:end])) >= SHORTEST
        and not any(_stands_in(article.text[start:end], other) for other in shown)
    ]
    named = "; ".join(headed(article) for article in articles)
    if not left:
        return replace(nothing(request, f"That is all that these articles say: {named}."), meant=before.question)
    embedder = request.library.embedder
    vectors = embedder.embed_few([f"{before.question} {before.answer}", *(a.text[s:e] for a, s, e in left)])
    near = vectors[1:] @ vectors[0]
    distinct: dict[tuple[str, ...], int] = {}
    for i in sorted(range(len(left)), key=lambda i: -near[i]):
        article, start, end = left[i]
        distinct.setdefault(words_of(article.text[start:end]), i)
    chosen = sorted(list(distinct.values())[:SENTENCES])
    quotes = [quote(*left[i]) for i in chosen]
    words = f"More on “{before.question}”: {counted(len(quotes), 'sentence')} of the same articles."
    return replace(quoted(request, words, quotes), meant=before.question)


def _stands_in(words: str, other: Quote) -> bool:
    """Was a sentence shown already, or one with its words in a copy?"""
    return words in other.text or words_of(words) == words_of(other.text)
