"""Answers to questions that are no search for a fact: summaries, timelines, people, lists, what the library has.

All of it is quoted from the articles or counted in the library; there is no model behind it but the embedder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import Answer, Choice, Turn
from assistant.bearers import of_a_family, which_of_a_family
from assistant.carried import carried
from assistant.chronicle import another_day, chronology, day
from assistant.comparison import compare
from assistant.conversation import said as said_before
from assistant.excerpts import once, quote, whole
from assistant.holdings import (
    articles,
    farewell,
    greeting,
    help_,
    holdings,
    insult,
    new,
    newest,
    nod,
    oldest,
    thanks,
    unlisted,
)
from assistant.kinds import Asked, as_written, recognise
from assistant.limits import narrow
from assistant.more import more
from assistant.people import bare_name, people
from assistant.request import Request, beginning, counted, dates, headed, quoted
from assistant.sayings import ELSE, on_topic, speakers, statements
from assistant.spelling import mentioning, spelled
from assistant.subjects import names as names_in
from assistant.summary import summarise
from assistant.threads import story
from assistant.topics import content_of, last_quoted, meant_articles, which_article
from assistant.typed import bare
from assistant.whence import whence
from index.articles import Article
from index.library import Library
from index.scope import EVERYTHING, Scope

OF_IT = "What is this article about?"
ROLES = 6  # shown of a name
REMEMBERED = 4  # turns through which "and Ada Brenner?" goes back
LISTED_BEFORE = 8  # turns through which "the third one" goes back to a list of articles
_EXTREMES = ("newest", "oldest")
_ABOUT_ARTICLES = ("holdings", "articles", "newest", "oldest")  # kinds of question
_ANOTHER = re.compile(r"(?:and|and what about|what about|how about) (?P<name>\S.*)", re.IGNORECASE)
_OF_IT = re.compile(
    r"(.+?) (?:about|on|of|regarding|for|over|in)"
    r" (?:it|this|that|them|these|(?:this|that|the)(?: same)? (?:story|affair|case))",
    re.IGNORECASE,
)
_AND_ANOTHER = re.compile(
    r"(?:and|what about|how about|and what about) (?P<one>the one )?(?:(?P<on>on|in|about|during) )?(?P<rest>\S.*)",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"(?:what|which|who else|what other|which other)(?: (?:outlets|papers|newspapers|sources|articles|stories|media))?"
    r"(?: have| has)? (?:reported|report|covered|cover|wrote|write|written|carried|mention|mentioned)(?: (?:about|on))?"
    r" (?:it|this|that|the story)",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    r"(?:and )?(?:(?:is|was) (?:it|this|that|the story) (?:also )?(?:reported |told |covered )?(?:in|by)"
    r" (?P<name>\S.{1,50}?)"
    r"|(?:does|did|has|do) (?P<other>(?:the )?\S.{1,50}?) (?:also )?(?:report(?:ed)?|cover(?:ed)?|carr(?:y|ied)|have)"
    r" (?:it|this|that|the story))(?: too| as well| also)?",
    re.IGNORECASE,
)
_DIFFER = re.compile(
    r"compare (?:these|those|both|them|the (?:two )?(?:outlets|articles|reports))"
    r"|(?:how|where|(?:on|in|about) what) do (?:they|(?:the|these|those|both) (?:two )?\w+s) (?:differ|disagree)"
    r"|what do (?:they|(?:the|these|those|both) (?:two )?\w+s) (?:disagree|differ) (?:on|about|over|in)",
    re.IGNORECASE,
)
_NTH = re.compile(
    r"(?:(?:and|show|open|read|see|summari[sz]e|what about|how about|tell me about)(?: me)? )?"
    r"(?:the )?(first|second|third|fourth|fifth|last)(?: (?:one|article|story|report))?",
    re.IGNORECASE,
)
_PLACES = ("first", "second", "third", "fourth", "fifth")
_OF_A_STORY = ("articles", "newest", "oldest", "new", "summary", "timeline", "speakers")  # kinds of question
_THEM = re.compile(r"\b(?:he|she|they|him|her|them)\b", re.IGNORECASE)


def respond(library: Library, question: str, scope: Scope, history: Sequence[Turn], as_of: str | None) -> Answer | None:
    """The answer to a question of another kind than facts, or None: then search and read.

    Also None where a kind was recognised and the library has nothing of it, such as a name whose role no article gives.
    A doubt ("are you sure?") is None too: `conversation.readings` asks the doubted question again.
    """
    if chosen := _of_a_list(question, library, history):
        about = respond(library, OF_IT, Scope(articles=frozenset({chosen})), (), as_of)
        return about and replace(about, question=question, meant=OF_IT)
    asked = _recognised(question, library, history)
    of_it = asked is None and bool(history)
    asked = _of_it(question) if of_it else asked
    if asked is None or asked.kind not in _ANSWERS or (asked.leans and history and not _of_articles(history)):
        return None
    today = date.fromisoformat(as_of) if as_of else date.today()
    request = Request(question, asked, library, scope, history, today)
    if history and (of_it or _in_the_story(question, asked)):
        thread = story(history, library, lambda words: library.search(words, scope))
        there = replace(request, scope=narrow(scope, Scope(thread))) if thread else request
        return _ANSWERS[asked.kind](there) or _ANSWERS[asked.kind](request)
    return _ANSWERS[asked.kind](request)


def _of_a_list(question: str, library: Library, history: Sequence[Turn]) -> str | None:
    """The id of an article of the list before: "the third one", "open the first article"."""
    named = _NTH.fullmatch(bare(question))
    listed = (turn.articles for turn in reversed(said_before(history)[-LISTED_BEFORE:]) if turn.listed)
    articles = next(listed, ()) if named else ()
    if not named or not articles:
        return None
    place = len(articles) - 1 if named[1].lower() == "last" else _PLACES.index(named[1].lower())
    return articles[place] if place < len(articles) and library.article(articles[place]) else None


def _in_the_story(question: str, asked: Asked) -> bool:
    """Is somebody asked about whom the story spoken of tells apart: "he", "the company"?"""
    name = asked.names[0] if asked.names else ""
    return asked.kind in ("who", "said") and (bool(_THEM.search(question)) or name.lower() == name)


def _of_it(question: str) -> Asked | None:
    """What is asked of the story spoken of: "what's the latest on this?", "which outlets reported it?"."""
    if _REPORTED.fullmatch(bare(question)):
        return Asked("articles")
    if _DIFFER.fullmatch(bare(question)):
        return Asked("compare")
    if outlet := _CARRIED.fullmatch(bare(question)):
        return Asked("carried", names=(outlet["name"] or outlet["other"],))
    whole = _OF_IT.fullmatch(bare(question))
    asked = recognise(whole[1]) if whole else None
    return asked if asked and asked.kind in _OF_A_STORY and not asked.topic else None


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
    if held and held.kind == "speakers" and ELSE.fullmatch(bare(question)):
        return replace(held, one=False)
    if held and (meant := _another_of_the_kind(question, held)):
        return meant
    if held and held.kind in ("who", "said") and (another := _ANOTHER.fullmatch(bare(question))):
        name = written(another["name"])
        if name and mentioning(bare_name(name), library, EVERYTHING):
            return replace(held, names=(name,))
    if asked:
        return asked
    if held and held.kind in _ABOUT_ARTICLES:
        meant = recognise(f"{bare(question).removesuffix(' one')} article")
        return meant if meant and meant.kind in ("newest", "oldest") else None
    for turn in reversed(said_before(history)[-REMEMBERED:]):
        if named := _named(turn, written):
            meant = recognise(_THEM.sub(named, question, count=1), written)
            return meant if meant and meant.kind in ("who", "said") and meant.names[0] == named else None
    return None


def _another_of_the_kind(question: str, held: Asked) -> Asked | None:
    """The same kind of question about another day or topic: "and on Tuesday?", "and about the fire?", "and the one
    about the ferry?"."""
    if held.kind == "day":
        return another_day(question, held)
    said = _AND_ANOTHER.fullmatch(bare(question))
    if said is None:
        return None
    if said["one"]:
        return recognise(f"what is the article about {said['rest']} about") if said["on"] == "about" else None
    return replace(held, topic=said["rest"]) if held.topic and said["on"] in ("on", "about") else None


def _named(turn: Turn, written: Callable[[str], str | None]) -> str | None:
    """Whom a turn is about: its answer, if that is a name in full, or a name in its question."""
    if " " in turn.answer and as_written(turn.answer):
        return turn.answer
    held = recognise(turn.question, written)
    return next(iter([*(held.names if held else ()), *names_in(turn.question)]), None)


def _of_articles(history: Sequence[Turn]) -> bool:
    """Was the last question answered with one article, so that "it" is that one?"""
    before = said_before(history)[-1:]
    if not before or len(before[0].articles) != 1:
        return bool(before) and (asked := recognise(before[0].question)) is not None and asked.kind in _EXTREMES
    return recognise(before[0].question) is not None


def _summary(request: Request) -> Answer | None:
    return _summarised(request, 5)


def _gist(request: Request) -> Answer | None:
    return _summarised(request, 3 if len(request.scope.articles or ()) == 1 or request.asked.one else 5)


def _summarised(request: Request, most: int) -> Answer | None:
    articles = meant_articles(request)
    if not articles:
        return which_article(request)
    if request.asked.topic and not any(_is_about(request.asked.topic, article) for article in articles):
        return on_topic(request)
    quotes = summarise(articles, request.library.embedder, most)
    if not quotes:
        return None
    number = counted(len(quotes), "sentence")
    if len(articles) == 1:
        return quoted(request, f"{headed(articles[0])}, in {number} of its own.", quotes)
    return quoted(request, f"{counted(len(articles), 'article')}{dates(articles)}, in {number} of their own.", quotes)


def _source(request: Request) -> Answer | None:
    """Who published the article of the last answer, and when, by its record."""
    chosen = len(request.scope.articles or ()) == 1  # "who wrote the second one?"
    article = last_quoted(request) if request.history and not chosen else next(iter(meant_articles(request)), None)
    if article is None:
        return None
    author = f" By {article.author}." if article.author else " It names no author."
    return quoted(request, f"{headed(article)}.{author}", [beginning(article)])


def _is_about(topic: str, article: Article) -> bool:
    """Does an article's headline or first sentence have a word of a topic? Else it speaks of it by the way."""
    return not content_of(topic).isdisjoint(content_of(f"{article.title or ''} {beginning(article).text}"))


def _who(request: Request) -> Answer | None:
    name = bare_name(request.asked.names[0])
    family = of_a_family(name, request.library, request.scope)
    if len(family) > 1:
        return which_of_a_family(request.question, name, family)
    name = family[0].name or name if family else name
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
    "greeting": greeting, "thanks": thanks, "farewell": farewell, "help": help_, "insult": insult, "nod": nod,
    "unlisted": unlisted,
    "holdings": holdings, "articles": articles, "newest": newest, "oldest": oldest, "new": new,
    "about": _gist, "happened": _gist, "source": _source, "quotation": whence, "summary": _summary, "topic": on_topic,
    "timeline": chronology, "day": day, "who": _who, "said": statements, "speakers": speakers,
    "compare": compare, "carried": carried, "more": more,
}  # fmt: skip
