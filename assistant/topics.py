"""Which articles a question is about: a topic's, "this article", those of the last answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answer import Answer, Choice
from assistant.excerpts import words_of
from assistant.limits import holds
from assistant.request import Request, nothing
from assistant.summary import MOST_ARTICLES
from index.articles import Article
from index.library import Library
from index.scope import EVERYTHING, Scope
from index.search import STOP_WORDS, Hit

_POINTING = re.compile(r"\b(?:it|this|that|these|those|them|both)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:these|those|them|both)\b", re.IGNORECASE)
_PLURAL = re.compile(r"(?<=\w{2}[^su])s$")
ON_TOPIC = 8  # articles read about a topic
PASSAGES = 60  # found for a topic
CLOSE = 0.45  # cosine from which an article is about a topic without having all its words
SHARE = 0.6  # of the best article's score, that another needs to be about the topic too


def meant_articles(request: Request) -> list[Article]:
    """The articles that "this article", "these articles" or a topic means; none where that can't be told."""
    library, asked = request.library, request.asked
    if asked.topic:
        return found_about(library, asked.topic, request.scope, 1 if asked.one else ON_TOPIC)
    found = first_of(library.articles(request.scope), MOST_ARTICLES)
    if len(found) > 1 and (asked.one or (request.history and not _all_of_a_part(request))):
        if _SEVERAL.search(request.question) and (before := cited(request)):
            return before
        last = last_quoted(request)
        return [last] if last else [] if asked.one else found
    return found


def _all_of_a_part(request: Request) -> bool:
    """Is all that a limit leaves meant: "summarise everything from the Courier", "a timeline of this week"?"""
    return request.scope != EVERYTHING and not _POINTING.search(request.question)


def cited(request: Request) -> list[Article]:
    """The articles that the last answer with any quoted: "these"."""
    ids = next((turn.articles for turn in reversed(request.history) if turn.articles), ())
    found = (request.library.article(id) for id in ids[:MOST_ARTICLES])
    return [article for article in found if article and holds(request.scope, article)]


def last_quoted(request: Request) -> Article | None:
    """The article that the last answer quoted first; where only its words are known, the one that they stand in.

    None where it lies outside the limits of the question.
    """
    for turn in reversed(request.history):
        if turn.articles:
            quoted = request.library.article(turn.articles[0])
            return quoted if quoted and holds(request.scope, quoted) else None
        if not turn.answer.strip():
            continue
        for hit in request.library.search(f"{turn.question} {turn.answer}", request.scope, 5):
            if turn.answer in hit.passage.text:
                return request.library.article(hit.passage.article_id)
    return None


def found_about(library: Library, topic: str, scope: Scope, most: int) -> list[Article]:
    """The articles that have a word of the topic and are found nearly as well as the best one, best first."""
    best: dict[str, Hit] = {}
    for hit in library.search(topic, scope, PASSAGES):
        if hit.words > 0:
            for id in (hit.passage.article_id, *hit.copies):  # search folds copies; a summary names them
                best.setdefault(id, hit)
    least = SHARE * max((hit.score for hit in best.values()), default=0.0)
    asked = content_of(topic)
    found = []
    for id, hit in best.items():
        article = library.article(id) if hit.score >= least else None
        if article and (hit.meaning >= CLOSE or asked <= content_of(f"{article.title or ''} {article.text}")):
            found.append(article)
    return found[:most]


def content_of(words: str) -> set[str]:
    """Content words without a plural's s, by their first five letters: "tram" finds "trams"."""
    return {_PLURAL.sub("", w)[:5] for w in words_of(words) if w not in STOP_WORDS and len(w) > 2}


def first_of(articles: Iterable[Article], most: int) -> list[Article]:
    return [article for article, _ in zip(articles, range(most), strict=False)]


def which_article(request: Request) -> Answer:
    """Ask back, with headlines to choose from."""
    if request.asked.topic:
        return nothing(request, f"No article here is about {request.asked.topic}.")
    choices = tuple(Choice(a.title or a.id, (a.id,)) for a in first_of(request.library.articles(request.scope), 5))
    if not choices:
        return nothing(request, "There are no articles here.")
    words = "Which article? Choose one, or name what it is about."
    titles = tuple(choice.words for choice in choices)
    return Answer(request.question, "not_found", words, alternatives=titles, choices=choices)
