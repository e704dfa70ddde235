"""Answers to questions that are no search for a fact: summaries, timelines, people, lists, what the library has.

All of it is quoted from the articles or counted in the library; there is no model behind it but the embedder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Answer, Choice, Turn
from assistant.comparison import compare
from assistant.conversation import said as said_before
from assistant.excerpts import once, quote, whole
from assistant.holdings import articles, farewell, greeting, help_, holdings, insult, new, newest, oldest, thanks
from assistant.kinds import Asked, as_written, recognise
from assistant.people import bare_name, people
from assistant.request import Request, counted, dates, headed, nothing, quoted
from assistant.sayings import statements
from assistant.spelling import mentioning, spelled
from assistant.subjects import names as names_in
from assistant.summary import summarise
from assistant.timeline import timeline
from assistant.topics import meant_articles, which_article
from assistant.typed import bare
from index.library import Library
from index.scope import EVERYTHING, Scope

ROLES = 6  # shown of a name
REMEMBERED = 4  # turns through which "and Ada Brenner?" goes back
_ABOUT_ARTICLES = ("holdings", "articles", "newest", "oldest")  # kinds of question
_ANOTHER = re.compile(r"(?:and|and what about|what about|how about) (?P<name>\S.*)", re.IGNORECASE)
_THEM = re.compile(r"\b(?:he|she|they|him|her|them)\b", re.IGNORECASE)


def respond(library: Library, question: str, scope: Scope, history: Sequence[Turn], as_of: str | None) -> Answer | None:
    """The answer to a question of another kind than facts, or None: then search and read.

    Also None where a kind was recognised and the library has nothing of it, such as a name whose role no article gives.
    A doubt ("are you sure?") is None too: `conversation.readings` asks the doubted question again.
    """
    asked = _recognised(question, library, history)
    if asked is None or asked.kind not in _ANSWERS or (asked.leans and history and not _of_articles(history)):
        return None
    today = date.fromisoformat(as_of) if as_of else date.today()
    return _ANSWERS[asked.kind](Request(question, asked, library, scope, history, today))


def _recognised(question: str, library: Library, history: Sequence[Turn]) -> Asked | None:
    """A question's kind, which the turn before may complete.

    "She" in "what did she say?" is the one whom it named; "and Ada Brenner?" asks the same about another; "and the
    newest?" is an article after a question about articles.
    """

    def written(name: str) -> str | None:
        return as_written(name) or spelled(name, library)

    asked = recognise(question, written)
    before = said_before(history)[-1:]
    if not before or (asked and not asked.leans):
        return asked
    held = _recognised(before[0].question, library, said_before(history)[-REMEMBERED:-1])
    if held and held.kind in ("who", "said") and (another := _ANOTHER.fullmatch(bare(question))):
        name = written(another["name"])
        if name and mentioning(bare_name(name), library, EVERYTHING):
            return replace(held, names=(name,))
    if asked:
        return asked
    if held and held.kind in _ABOUT_ARTICLES:
        meant = recognise(f"{bare(question).removesuffix(' one')} article")
        return meant if meant and meant.kind in ("newest", "oldest") else None
    answered = [before[0].answer] if " " in before[0].answer and as_written(before[0].answer) else []
    named = [*answered, *(held.names if held else ()), *names_in(before[0].question)][:1]
    meant = recognise(_THEM.sub(named[0], question, count=1), written) if named else None
    return meant if meant and meant.kind in ("who", "said") and meant.names[0] == named[0] else None


def _of_articles(history: Sequence[Turn]) -> bool:
    """Did the last question ask for an article, so that "it" is one?"""
    asked = recognise(said_before(history)[-1].question) if said_before(history) else None
    return asked is not None and asked.kind in ("newest", "oldest")


def _summary(request: Request) -> Answer | None:
    return _summarised(request, 5)


def _gist(request: Request) -> Answer | None:
    return _summarised(request, 3 if len(request.scope.articles or ()) == 1 or request.asked.one else 5)


def _summarised(request: Request, most: int) -> Answer | None:
    articles = meant_articles(request)
    if not articles:
        return which_article(request)
    quotes = summarise(articles, request.library.embedder, most)
    if not quotes:
        return None
    number = counted(len(quotes), "sentence")
    if len(articles) == 1:
        return quoted(request, f"{headed(articles[0])}, in {number} of its own.", quotes)
    return quoted(request, f"{counted(len(articles), 'article')}{dates(articles)}, in {number} of their own.", quotes)


def _timeline(request: Request) -> Answer | None:
    articles = meant_articles(request)
    if not articles:
        return which_article(request)
    moments = timeline(articles)
    if not moments:
        return nothing(request, "These articles date nothing that they tell.")
    lines = [f"{m.named} [{n}]" + (f" (“{m.when}”)" if m.relative else "") for n, m in enumerate(moments, 1)]
    words = f"When things happened, by the articles: {'; '.join(lines)}."
    if any(m.relative for m in moments):
        words += " Days without a year are counted from the day on which the article was published."
    return quoted(request, words, [m.quote for m in moments])


def _who(request: Request) -> Answer | None:
    name = bare_name(request.asked.names[0])
    found = people(mentioning(name, request.library, request.scope), name)
    if not found:
        return None
    shown = [role for person in found for role in person.roles[: max(1, ROLES // len(found))]]
    quotes = [quote(role.article, *whole(role.article, role.start, role.end)) for role in shown]
    said = "; ".join(" / ".join(f"“{r.text}”" for r in p.roles[:3]) for p in found)
    words = f"{name}: {said}."
    if len(found) > 1:
        words = f"The articles name {len(found)} people called {name}, or one in roles that don’t meet: {said}."
    answer = quoted(request, words, once(quotes), found[0].roles[0].text, tuple(p.roles[0].text for p in found[1:6]))
    choices = tuple(Choice(f"{name}, {p.roles[0].text}", p.articles) for p in found[:6])
    return replace(answer, choices=choices if len(found) > 1 else ())


_ANSWERS: dict[str, Callable[[Request], Answer | None]] = {
    "greeting": greeting, "thanks": thanks, "farewell": farewell, "help": help_, "insult": insult,
    "holdings": holdings, "articles": articles, "newest": newest, "oldest": oldest, "new": new,
    "about": _gist, "summary": _summary, "timeline": _timeline, "who": _who, "said": statements, "compare": compare,
}  # fmt: skip
