"""Several people of one name: a question about the name is answered for each of them, or asked back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Choice
from assistant.kinds import as_written
from assistant.people import bare_name, content_of, of_a_person, people
from assistant.speakers import names as names_of
from assistant.spelling import mentioning
from assistant.subjects import names
from index.articles import Article
from index.library import Library
from index.scope import Scope

FEW = 12  # articles with the name; of one that is in more, roles that don't meet are mostly one person's
MOST = 4  # people of one name
_JOINS = frozenset(["and", "for", "of", "the"])  # "Ada Holm and Ben Holm" is no name


@dataclass(frozen=True, slots=True)
class Bearer:
    """One of several people of a name: the role that tells them apart, and the ids of the articles about this one."""

    name: str
    role: str
    articles: tuple[str, ...]

    @property
    def choice(self) -> Choice:
        return Choice(f"{self.name}, {self.role}", self.articles)


def bearers(name: str, library: Library, scope: Scope) -> list[Bearer]:
    """The people of a name in a scope, where they are two or more and can be told apart; otherwise none."""
    articles = mentioning(name, library, scope)
    if not 1 < len(articles) <= FEW:
        return []
    found = people(articles, bare_name(name))
    told_apart = 1 < len(found) <= MOST and all(of_a_person(person.roles[0].text) for person in found)
    return [Bearer(name, person.roles[0].text, person.articles) for person in found] if told_apart else []


def of_a_family(name: str, library: Library, scope: Scope) -> list[Choice]:
    """The people whom a family name alone may mean, by their names in full and who they are; none but for one word.

    Who one is must stand in one of the first `FEW` articles that have the name in full.
    """
    if " " in name or not as_written(name):
        return []
    naming: dict[str, list[Article]] = defaultdict(list)
    for article in mentioning(name, library, scope):
        forms = {bare_name(form): None for form in names_of(article.text).forms if form.split()[-1] == name}
        for full in forms:
            if " " in full and full[0].isupper() and _JOINS.isdisjoint(full.split()):
                naming[full].append(article)
    found = []
    for full, articles in naming.items():
        if given := next(filter(None, (people([article], full) for article in articles[:FEW])), None):
            ids = tuple(article.id for article in articles)
            found.append(Choice(f"{full}, {given[0].roles[0].text}", ids, full))
    return found


def asked_about(question: str, library: Library, scope: Scope) -> list[Bearer]:
    """The people whom a name in a question may mean; none where its other words say which."""
    for name in names(question):
        if " " in name and (found := bearers(name, library, scope)):
            said = content_of(question) - content_of(name)
            return [] if any(said & content_of(bearer.role) for bearer in found) else found
    return []


def for_each(answer: Answer, found: Sequence[Bearer], ask: Callable[[Bearer], Answer]) -> Answer:
    """An answer about one of several people of a name, with what is said of the others; `ask` gives that."""
    meant = next((b for b in found if answer.quotes and answer.quotes[0].article.id in b.articles), None)
    if meant is None:
        return answer
    told = [(meant, ask(meant)), *((bearer, ask(bearer)) for bearer in found if bearer is not meant)]
    said = [(bearer, each) for bearer, each in told if each.short and each.quotes]
    if not said or said[0][0] is not meant:
        return answer
    return replace(
        said[0][1],
        words="; ".join(f"{bearer.name}, {bearer.role}: {each.words.rstrip('.')}" for bearer, each in told) + ".",
        alternatives=tuple(dict.fromkeys(each.short for _, each in said[1:] if each.short)),
        quotes=(*said[0][1].quotes, *(each.quotes[0] for _, each in said[1:])),
        confidence=answer.confidence,
        choices=tuple(bearer.choice for bearer in found),
    )


def which_of_a_family(question: str, name: str, found: Sequence[Choice]) -> Answer:
    """The question asked back, with the people of a family name to choose from."""
    words = f"{len(found)} people are called {name} here. Which one?"
    return Answer(question, "not_found", words, alternatives=tuple(c.words for c in found), choices=tuple(found))


def which(question: str, found: Sequence[Bearer]) -> Answer:
    """The question asked back."""
    choices = tuple(bearer.choice for bearer in found)
    words = f"{len(found)} people are called {found[0].name} here, or one in roles that don’t meet. Which one?"
    return Answer(question, "not_found", words, alternatives=tuple(c.words for c in choices), choices=choices)
