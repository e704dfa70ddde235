"""Several things of one kind: where articles tell of two fires, a question about "the fire" is answered for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Answer, Choice, Quote
from assistant.days import mentions, named
from assistant.excerpts import dateline, sentences_of
from assistant.occasions import OPENING, happened, introduces, kinds, two_occasions
from assistant.phrasing import words_for
from assistant.stories import keys, likeness, other_stories, same_story, says_enough
from assistant.subjects import names
from index.articles import Article
from index.scope import Scope

MOST = 3  # that are answered for; of more, it is asked which
OFFERED = 5  # when it is asked
ARTICLES = 12  # of those found, that are looked at
_PLACE = re.compile(r"\b(?:in|at|near|off|over|outside|from) (?:the )?([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})")


@dataclass(frozen=True, slots=True)
class Event:
    """One of several things of a kind: what sets it apart from the others, and the articles that tell of it."""

    apart: str  # "Harrowmouth, 11 March 2025"
    articles: tuple[Article, ...]

    @property
    def choice(self) -> Choice:
        title = self.articles[0].title
        words = f"{self.apart}: {title}" if title and title not in self.apart else self.apart
        return Choice(words, tuple(article.id for article in self.articles))


def asked_about(answer: Answer) -> list[Event]:
    """The things that a question about "the fire" may mean; none where it says which, or the articles tell of one."""
    question = answer.question
    if answer.status != "answered" or not kinds(question) or next(mentions(question, None), None):
        return []
    cited = [quote.article for quote in (*answer.quotes, *answer.looked_at)]
    found = list({article.id: article for article in cited}.values())[:ARTICLES]
    named = [name.casefold() for name in names(question)]  # which says which is meant, but of two in one town
    for kind in kinds(question):
        about = [article for article in found if _tells_of(kind, article)]
        stories = _stories(about, kind, by_day=bool(named))
        if any(name not in f"{article.title} {article.text}".casefold() for name in named for article in about):
            continue
        if len(stories) > 1 and answer.quotes[0].article in about:
            return _apart(stories)
    return []


def for_each(
    answer: Answer, found: Sequence[Event], ask: Callable[[Event], Answer], spoken: frozenset[str] = frozenset()
) -> Answer:
    """An answer about one of several things, with what is said of the others; `ask` gives that.

    Where there are too many to ask about each, and the answer mixes them, they are offered to choose from. The one that
    was `spoken` of, by the ids of its articles, is meant without asking.
    """
    choices = tuple(event.choice for event in found[:OFFERED])
    meant = next((event for event in found if not spoken.isdisjoint(event.choice.articles)), None)
    if meant:
        return replace(
            _about(meant, answer, ask(meant)), question=answer.question, reading=answer.reading, choices=choices
        )
    if len(found) > MOST:
        mixed = sum(any(_of(event, quote) for quote in answer.quotes) for event in found) > 1
        return _which(answer, len(found), choices) if mixed else answer
    told = [(event, _about(event, answer, ask(event))) for event in found]
    said = [each for _, each in told if each.quotes]
    first = next((each for event, each in told if _of(event, answer.quotes[0])), None)
    if first is None or not first.quotes:
        return answer
    others = [each for each in said if each is not first]
    alternatives = dict.fromkeys(each.short for each in others if each.short and each.short != first.short)
    return replace(
        first,
        question=answer.question,
        words=" ".join(f"{event.apart}: {_sentence(each.words)}" for event, each in told),
        alternatives=tuple(alternatives),
        quotes=(*first.quotes, *(each.quotes[0] for each in others)),
        confidence=answer.confidence,
        choices=choices,
        reading=answer.reading,
    )


def part_of(answer: Answer, scope: Scope, alone: Answer) -> Answer:
    """What an answer about several things says of one, by its articles, where nothing was found of it `alone`."""
    quotes = tuple(quote for quote in answer.quotes if quote.article.id in (scope.articles or ()))
    given = (short for short in (answer.short, *answer.alternatives) if short)
    short = next((short for short in given if quotes and short in quotes[0].text), None)
    if short is None:
        return alone
    return replace(alone, status="answered", words=words_for(quotes[0], short), short=short, quotes=quotes)


def _about(event: Event, answer: Answer, asked: Answer) -> Answer:
    """What was found of one thing, when it was asked about alone, or else as a part of the answer about all."""
    if asked.short and asked.quotes:
        return asked
    return part_of(answer, Scope(frozenset(event.choice.articles)), asked)


def _of(event: Event, quote: Quote) -> bool:
    return quote.article in event.articles


def _which(answer: Answer, found: int, choices: tuple[Choice, ...]) -> Answer:
    """The question asked back."""
    asked = Answer(answer.question, "not_found", f"The articles tell of {found} that this may mean. Which one?")
    named = tuple(choice.words for choice in choices)
    return replace(asked, alternatives=named, confidence=answer.confidence, choices=choices, reading=answer.reading)


def _tells_of(kind: frozenset[str], article: Article) -> bool:
    """Is an article about a thing of a kind: does its headline name it, or its opening introduce it?"""
    if kind <= keys(article.title or ""):
        return True
    opening = " ".join(article.text[start:end] for start, end in sentences_of(article)[:OPENING])
    return introduces(kind, opening)


def _stories(articles: Sequence[Article], kind: frozenset[str], by_day: bool) -> list[list[Article]]:
    """The articles by the story that they tell, in their order; none where two may well tell the same one.

    A short one says too little to join two stories, or to be told from them: it belongs to the likest one. `by_day`:
    it isn't enough that they are about other things, each must tell of its own day.
    """
    stories: list[list[Article]] = []
    long = [article for article in articles if says_enough(article) or happened(kind, article)]
    for article in long:
        own = [s for s in stories if any(same_story(article, a) and not two_occasions([kind], article, a) for a in s)]
        merged = [*(a for story in own for a in story), article]
        stories = (
            [merged if story is own[0] else story for story in stories if story not in own[1:]]
            if own
            else [*stories, [article]]
        )
    apart = all(
        two_occasions([kind], a, b) or (not by_day and other_stories(a, b))
        for i, one in enumerate(stories)
        for other in stories[i + 1 :]
        for a in one
        for b in other
    )
    if not apart:
        return []
    for article in articles:
        if stories and article not in long:
            nearest = max(stories, key=lambda story: max(likeness(article, other) for other in story))
            nearest.append(article)
    return stories


def _apart(stories: Sequence[Sequence[Article]]) -> list[Event]:
    """What sets each story apart: its place, as no other has it, and its first day."""
    places = [_places(story) for story in stories]
    events = []
    for i, story in enumerate(stories):
        others = {place for j, found in enumerate(places) if j != i for place in found}
        place = next((p for p in places[i] if p not in others), None)
        days = sorted(article.published for article in story if article.published)
        day = named(date.fromisoformat(days[0])) if days else None
        events.append(Event(", ".join(filter(None, (place or story[0].title, day))) or story[0].id, tuple(story)))
    return events


def _places(story: Sequence[Article]) -> list[str]:
    """Where a story takes place: its datelines, then the places that its headlines and its openings name."""
    lines = [article.text[: dateline(article.text)].strip() for article in story]
    found = [re.split(r" \(|,| [–—-]", line)[0].title() for line in lines if line]
    openings = [article.text[a:b] for article in story for a, b in sentences_of(article)[:OPENING]]
    for text in (*(article.title or "" for article in story), *openings):
        found += [match[1] for match in _PLACE.finditer(text)]
    return list(dict.fromkeys(found))


def _sentence(words: str) -> str:
    return words if words.rstrip("”")[-1:] in (".", "!", "?") else f"{words}."
