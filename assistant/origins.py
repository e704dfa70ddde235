"""Where a report comes from: the agency that it credits, and which of several quotes have one origin.

An outlet that reworks an agency's story is no second witness, however many words it changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Quote
from assistant.values import content
from index.articles import Article

RUN = 3  # words of a run by which two sentences are compared
SHARED = 0.5  # share of the shorter one's runs that a sentence in the same words has
LEAST_RUNS = 6  # runs in the shorter one; fewer may be alike by chance
_OPENING, _CLOSING = 120, 120  # characters of an article in which a dateline or a credit stands

_AGENCIES = (
    "Reuters|Associated Press|AP|AFP|Agence France-Presse|dpa|UPI|PA Media|Press Association|APA|ANSA|EFE|TASS|Xinhua"
    "|Bloomberg|Interfax|Anadolu|Kyodo|AAP"
)
_SHORT = r"[A-Z]{2,5}"  # an agency by its initials
_AGENCY = rf"(?:{_AGENCIES}|{_SHORT}|(?:[A-Z][\w-]+ ){{1,3}}(?:[Aa]gency|Agencies|News Service|Newswire))"
_BYLINE = re.compile(rf"\b({_AGENCIES}|{_SHORT})\b|\b((?:[A-Z][\w-]+ ){{0,3}}(?:[Aa]genc(?:y|ies)|[Ww]ires?))\b")
_DATELINE = re.compile(rf"^[^\n.]{{0,60}}\(({_AGENCY})\)\s*[–—-]")
_CREDIT = re.compile(
    r"(?:[–—-]\s*|\(|\b[Rr]eporting by |\b[Ss]ource: |\b[Ww]ith (?:material|reports?|reporting) (?:from|by) )"
    rf"({_AGENCY})\)?\W*$"
)
_PASSED_ON = re.compile(
    rf"\b(?:according to|told|reported by|citing) (?:the )?(?:news )?(?:agency )?({_AGENCY})\b|\b({_AGENCY}) reported\b"
)
_UNNAMED = re.compile(r"\baccording to (?:the|a|an) (?:\w+ )?(?:news )?agency\b")
_WIRE = re.compile(r"\bagenc(?:y|ies)\b|\bwires?\b|\bnews ?wire\b|\bnews service\b|\bpress association\b", re.I)
ANY = "an agency"


@dataclass(frozen=True, slots=True)
class Sources:
    """Who gives an answer: how many outlets, how many of them independently, and whose report the others carry."""

    outlets: int
    independent: int
    after: int = 0  # of the outlets, those that carry the agency's report
    agency: str | None = None  # as the articles name it


def one_origin(one: Quote, other: Quote) -> bool:
    """Do two quotes come from one hand: one outlet, one agency, or sentences in much the same words?"""
    return (
        _outlet(one.article) == _outlet(other.article)
        or _carries(one, other)
        or _carries(other, one)
        or _reworded(one.text, other.text)
    )


def sources_of(quotes: Sequence[Quote]) -> Sources:
    """How many outlets give the quotes, and how many of them speak for themselves."""
    firsts: list[Quote] = []
    for quote in quotes:
        if not any(one_origin(quote, first) for first in firsts):
            firsts.append(quote)
    outlets = {_outlet(q.article): q for q in quotes}
    if len(outlets) == len(firsts):
        return Sources(len(outlets), len(firsts))
    carried = [
        names for q in outlets.values() if (names := _credited(q) | _passed_on(q)) and not _own(q) & _keys(names)
    ]
    named = sorted({name for names in carried for name in names if name != ANY})
    agency = named[0] if len(named) == 1 else ANY if carried else None
    return Sources(len(outlets), len(firsts), len(carried), agency)


def _carries(one: Quote, other: Quote) -> bool:
    """Does one carry the report of the agency that the other is from, or carries too?"""
    source = _own(other) | _keys(_credited(other))
    return bool((_own(one) | _keys(_credited(one) | _passed_on(one))) & source) or (
        ANY in _credited(one) | _passed_on(one) and bool(source)
    )


def _credited(quote: Quote) -> frozenset[str]:
    """The agencies that a report names as where it comes from; ANY for one without a name."""
    author, text = quote.article.author or "", quote.article.text
    found = [m[1] or m[2] for m in _BYLINE.finditer(author) if not author.isupper() or author == m[0]]
    found += [m[1] for m in (_DATELINE.match(text[:_OPENING]), _CREDIT.search(text[-_CLOSING:].rstrip())) if m]
    return frozenset(ANY if _WIRE.fullmatch(name) else name for name in found)


def _passed_on(quote: Quote) -> frozenset[str]:
    """The agencies to whom a sentence owes what it says: "told NPA", "according to the agency"."""
    found = frozenset(m[1] or m[2] for m in _PASSED_ON.finditer(quote.text))
    return found | {ANY} if _UNNAMED.search(quote.text) else found


def _own(quote: Quote) -> frozenset[str]:
    """The names of the outlet, where it is an agency."""
    outlet = quote.article.outlet or ""
    if _WIRE.search(outlet) or re.fullmatch(rf"{_AGENCIES}|{_SHORT}", outlet):
        return frozenset({outlet.casefold(), _initials(outlet)})
    return frozenset()


def _keys(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names if name != ANY)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper()).casefold()


def _outlet(article: Article) -> tuple[str, str]:
    """An article without an outlet is its own."""
    return ("outlet", article.outlet.casefold()) if article.outlet else ("article", article.id)


def _reworded(one: str, other: str) -> bool:
    first, second = _runs(one), _runs(other)
    least = min(len(first), len(second))
    return least >= LEAST_RUNS and len(first & second) >= SHARED * least


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = content(text)
    return frozenset(tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
