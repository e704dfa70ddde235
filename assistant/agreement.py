"""Who agrees with whom: answers that mean the same are one, copies of a story are one source.

What counts is how many independent outlets say a thing, never how many passages do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from math import log

from assistant.amounts import numbers
from assistant.answer import Disagreement, Quote, Side
from assistant.claims import Claim, Claims, Statement, brings_up_to_date, claims_of, kinship, weighed
from assistant.contradictions import contradict, disagreement, of_another_event
from assistant.corrections import corrected
from assistant.excerpts import dateline
from assistant.expected import asks_past, comparable, several
from assistant.margins import Margins, fitted
from assistant.namesakes import same_speaker
from assistant.origins import one_origin
from assistant.stories import same_story
from assistant.subjects import namesakes
from assistant.values import content, fullness, names_in, negations, same
from index.articles import Article

MOST_SOURCES = 3  # that are counted: many sources may outweigh one that is as likely, but never hide it
ALTERNATIVES = 5
SHORTEST_COPY = 4  # words with a meaning of their own; shorter sentences may be alike by chance
MENTIONED = 8.0  # so far below an article's own answer (in log-odds), one that is another's is a mention of it
COPIED = 0.8  # the share of like words, in order, from which sentences are copies


@dataclass(frozen=True, slots=True)
class Agreement:
    """The different answers that were given, best first, and what disagrees among them."""

    sides: tuple[Side, ...]
    disagreement: Disagreement | None = None


NOTHING = Agreement(())

Group = list[Claim]  # claims that mean the same, best first


def agree(question: str, statements: Sequence[Statement]) -> Agreement:
    """What is left when all that is said twice is said once, and how those answers disagree.

    The best answer leads, unless it has been corrected or a newer one is about as likely. No sides: nothing that was
    found can be meant.
    """
    return settle(question, claims_of(question, statements), fitted())


def settle(question: str, claims: Claims, margins: Margins) -> Agreement:
    """The same, of claims that are known, with any margins."""
    groups = _alternatives(question, _groups(corrected(question, weighed(question, claims, margins)), margins), margins)
    sides = [_side(group, margins) for group in groups]
    apart = _disagreement(question, groups, sides)
    if apart and _newer_leads(question, apart):
        leads = sides.index(apart.sides[0])
        to_date = any(brings_up_to_date(claim, groups[0][0]) for claim in groups[leads])
        if to_date or groups[leads][0].score >= groups[0][0].score - margins.close:
            sides.insert(0, sides.pop(leads))
    return Agreement(tuple(sides), apart)


def _newer_leads(question: str, disagreement: Disagreement) -> bool:
    """Does a newer report change the answer? The day on which something happened stays the same."""
    return disagreement.kind == "correction" or (disagreement.kind == "later" and not asks_past(question))


# Answers that mean the same


def _groups(claims: Iterable[Claim], margins: Margins) -> list[Group]:
    """Each claim joins the first group whose best claim means the same. Best group first, its sources counted."""
    groups: list[Group] = []
    for claim in claims:
        group = next((g for g in groups if same(g[0].meaning, claim.meaning)), None)
        if group is None:
            groups.append([claim])
        else:
            group.append(claim)
    return sorted(groups, key=lambda g: -_weight(g, margins))


def _weight(group: Group, margins: Margins) -> float:
    """The score of a group's best claim, and what its independent sources add."""
    return group[0].score + margins.support * log(min(_sources(group), MOST_SOURCES))


def _sources(group: Group) -> int:
    """How many independent outlets say it. Copies of one sentence are one source, whoever publishes them."""
    counted: list[Quote] = []
    for claim in group:
        if not any(one_origin(claim.quote, q) or copied(claim.quote, q) for q in counted):
            counted.append(claim.quote)
    return len(counted)


def _alternatives(question: str, groups: Sequence[Group], margins: Margins) -> list[Group]:
    """The best group, and those near it that could stand for it.

    An article that has given its answer gives another only where another speaker says it.
    """
    kept: list[Group] = []
    for group in groups:
        own = [c for c in group if not any(_by_the_way(c, k) for g in kept for k in g)]
        if own and (not kept or _rivals(question, own, kept[0], margins)):
            kept.append(own)
        if len(kept) > ALTERNATIVES:
            break
    return kept


def _rivals(question: str, group: Group, best: Group, margins: Margins) -> bool:
    """May a group stand for the best one?

    It needs to be likely itself; the more so, the further it lies below the best, and the less their sentences are
    about one thing. That their articles tell one story speaks for it as far as its sentence has the question's words:
    of one fire, not every number is a number of the dead.
    """
    if not comparable(best[0].meaning, group[0].meaning) or best[0].fit > group[0].fit:
        return False
    if any(c.corrected or brings_up_to_date(c, best[0]) for c in group):
        return True
    if all(of_another_event(question, c, b) for c in group[:3] for b in best[:1]):
        return False
    kin = max(kinship(b, c, question) for b in best[:3] for c in group[:3])
    values = best[0].value and group[0].value
    together = any(same_story(b.quote.article, c.quote.article) for b in best[:3] for c in group[:3])
    akin = (margins.kin + margins.value * values) * kin + margins.story * together * max(c.said for c in group[:3])
    below = _weight(best, margins) - _weight(group, margins)
    return _weight(group, margins) + akin - margins.slope * below >= margins.likely


def _by_the_way(claim: Claim, kept: Claim) -> bool:
    """Has the article of a claim given its answer in another that is kept, and not only mentioned it far below?"""
    one, other = kept.quote.speaker, claim.quote.speaker
    own = claim.quote.article.id == kept.quote.article.id and kept.score >= claim.score - MENTIONED
    return own and not claim.corrected and not (one and other and not same_speaker(one, other))


# Sides and their copies


def _side(group: Group, margins: Margins) -> Side:
    """The fullest form of an answer among the likely ones, then one quote for each other source."""
    likely = [c for c in group if c.score >= group[0].score - margins.close]
    first = max(likely, key=lambda c: fullness(c.meaning))
    stories: list[list[Quote]] = []
    seen: set[str] = set()
    for claim in [first, *(c for c in group if c is not first)]:
        quote = claim.quote
        if quote.article.id in seen:
            continue
        seen.add(quote.article.id)
        story = next((s for s in stories if copied(quote, s[0])), None)
        if story is None:
            stories.append([quote])
        else:
            story.append(quote)
    return Side(first.answer, tuple(_told_once(story, first.answer) for story in stories))


def _told_once(story: Sequence[Quote], answer: str) -> Quote:
    """The earliest of several copies that hold the answer's words, with the articles that carry the others."""
    holding = [q for q in story if answer in q.text] if answer in story[0].text else story
    first = min(holding, key=lambda q: _age(q.article))
    others = {a.id: a for q in story for a in (q.article, *q.also_in) if a.id != first.article.id}
    return replace(first, also_in=tuple(sorted(others.values(), key=_age)))


def _age(article: Article) -> tuple[str, str]:
    return article.published or "9999", article.id


def copied(one: Quote, other: Quote) -> bool:
    """Do sentences of two articles agree in words, numbers, names and negation?"""
    texts = [quote.text[max(0, dateline(quote.article.text) - quote.start) :] for quote in (one, other)]
    first, second = map(content, texts)
    return (
        one.article.id != other.article.id
        and min(len(first), len(second)) >= SHORTEST_COPY
        and all(len(set(map(found, texts))) == 1 for found in (numbers, negations, names_in))
        and SequenceMatcher(None, first, second, autojunk=False).ratio() >= COPIED
    )


# Disagreement


def _disagreement(question: str, groups: Sequence[Group], sides: Sequence[Side]) -> Disagreement | None:
    """How other sides disagree with the first; None where none can't be true beside it, or several were asked for.

    Where the articles correct something, what disagrees is the corrected answer and the right one.
    """
    if len(sides) < 2 or several(question):
        return None
    best = sides[0]
    against = [
        (group, side)
        for group, side in zip(groups[1:], sides[1:], strict=True)
        if not _another_thing(question, best, side) and contradict(question, groups[0], group)
    ]
    if not against:
        return None
    withdrawn = [side for group, side in against if any(c.corrected for c in group)]
    if withdrawn and not any(c.corrected for c in groups[0]):
        return disagreement([best, *withdrawn])
    return disagreement([best, *(side for _, side in against)])


def _another_thing(question: str, one: Side, other: Side) -> bool:
    return namesakes(
        question, [q.article for q in one.quotes], [q.article for q in other.quotes], [one.answer, other.answer]
    )
