"""What two outlets say, side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.amounts import ONES, TENS, amount
from assistant.answer import Answer, Quote
from assistant.excerpts import figures, quote, sentences_of, words_of
from assistant.holdings import facts_of
from assistant.lexicon import MONTHS
from assistant.limits import narrow, outlets_named
from assistant.request import LISTED, Request, counted, nothing, quoted
from assistant.stories import same_story
from assistant.topics import cited, first_of, found_about
from index.articles import Article
from index.library import Library
from index.scope import Scope
from index.search import STOP_WORDS

ALIKE = 0.5  # cosine from which two outlets' sentences are set side by side
REWORDED = 0.75  # of the words, from which a sentence with the same figures is the same one
AT_ODDS = 4  # outlets among which disagreements are looked for
PAIRS = 3  # of sentences that a comparison shows


def compare(request: Request) -> Answer | None:
    """What two outlets say, side by side: sentences that are alike, those with other figures first."""
    outlets = [o for o, _ in request.library.facts().outlets]
    disagree = re.search(r"\bdisagree", request.question, re.IGNORECASE)
    if request.asked.names:
        sides = [outlets_named(name, outlets) for name in request.asked.names]
    else:
        spoken = dict.fromkeys(a.outlet for a in cited(request) if a.outlet)
        held = [outlet for outlet, _ in facts_of(request.library, request.scope).outlets]
        told = list(spoken) if len(spoken) > 1 else held
        sides = [frozenset({outlet}) for outlet in told[: AT_ODDS if disagree else 2]]
    if len(sides) < 2:
        return nothing(request, "Only one outlet here tells of it, so there is nothing to compare.")
    unknown = [name for name, side in zip(request.asked.names, sides, strict=False) if not side]
    if len(unknown) == 1:
        named = ", ".join(outlets[:LISTED])
        return nothing(request, f"No outlet here is called {unknown[0]}. There are: {named}.")
    if any(len(side) != 1 for side in sides) or sides[0] == sides[1]:
        return None
    topic, scope = request.asked.topic, request.scope
    lines = []
    for side in sides:
        within = narrow(scope, Scope(outlets=side))
        articles = (
            found_about(request.library, topic, within, 4) if topic else first_of(request.library.articles(within), 8)
        )
        lines.append([(a, *span) for a in articles for span in sentences_of(a)][:80])
    names = [next(iter(side)) for side in sides]
    about = f" about {topic}" if topic else ""
    silent = [name for name, found in zip(names, lines, strict=True) if not found]
    if silent:
        return nothing(request, f"No article here{about} is from {' or '.join(silent)}.")
    if disagree:
        both = f"{', '.join(names[:-1])} and {names[-1]}"
        if not (quotes := _conflicts(request.library, lines)):
            return nothing(request, f"I find no figure or month{about} in which {both} contradict each other.")
        return quoted(request, f"{both}{about}, where they give different figures or months.", quotes)
    quotes, shared = _side_by_side(request.library, *lines)
    alike = f" In the same words in both: {counted(shared, 'sentence')}." if shared else ""
    if not quotes:
        return nothing(request, f"{names[0]} and {names[1]}{about} tell nothing here that differs.{alike}")
    return quoted(request, f"{names[0]} and {names[1]}{about}, side by side.{alike}", quotes)


_NUMBER = re.compile(
    rf"(?:[£$€¥]\d[\d,.]*|\b(?:\d[\d,.]*|(?:{'|'.join((*ONES, *TENS))})\b))"
    r"(?: (?:hundred|thousand|million|billion))?(?P<things>(?:[ -][A-Za-z%’'-]+){0,4})",
    re.IGNORECASE,
)
_Line = tuple[Article, int, int]


def _side_by_side(library: Library, one: Sequence[_Line], other: Sequence[_Line]) -> tuple[list[Quote], int]:
    """Sentences of two outlets in pairs, those nearest in meaning, other figures first; and how many they share.

    Shared are those that say the same in the same words, in any order. Only sentences on one story are set together.
    """
    texts = [a.text[start:end] for a, start, end in (*one, *other)]
    pairs = [(i, j) for i in range(len(one)) for j in range(len(one), len(texts))]
    same = [(i, j) for i, j in pairs if _same(texts[i], texts[j])]
    common = {i for pair in same for i in pair}
    lines = (*one, *other)
    vectors = library.embedder.embed_few(texts)
    near = vectors @ vectors.T
    alike = [(i, j) for i, j in pairs if near[i, j] >= ALIKE and same_story(lines[i][0], lines[j][0])]
    ranked = sorted(
        ((i, j) for i, j in alike if _differ(texts[i], texts[j], (i in common) + (j in common))),
        key=lambda ij: (figures(texts[ij[0]]) == figures(texts[ij[1]]), -near[ij]),
    )
    chosen: list[int] = []
    for i, j in ranked:
        if i not in chosen and j not in chosen and len(chosen) < 2 * PAIRS:
            chosen += [i, j]
    return [quote(*lines[i]) for i in chosen], len({i for i, _ in same})


def _conflicts(library: Library, sides: Sequence[Sequence[_Line]]) -> list[Quote]:
    """Sentences of different outlets on one story in pairs that give other figures for one thing, the likest first."""
    lines = [(side, line, said) for side, own in enumerate(sides) for line in own if (said := _told(_text(line)))]
    odd = [
        (i, j)
        for i, (side, one, said) in enumerate(lines)
        for j, (other_side, other, others) in enumerate(lines[:i])
        if side != other_side and _at_odds(said, others) and same_story(one[0], other[0])
    ]
    if not odd:
        return []
    vectors = library.embedder.embed_few([_text(line) for _, line, _ in lines])
    near = vectors @ vectors.T
    chosen: list[int] = []
    for i, j in sorted(odd, key=lambda ij: -near[ij]):
        if near[i, j] >= ALIKE and i not in chosen and j not in chosen and len(chosen) < 2 * PAIRS:
            chosen += [j, i]
    return [quote(*lines[i][1]) for i in chosen]


def _text(line: _Line) -> str:
    article, start, end = line
    return article.text[start:end]


def _told(sentence: str) -> dict[str, set[str]]:
    """What numbers a sentence gives, by unit or by what is counted, and which months."""
    told: dict[str, set[str]] = {}
    for match in _NUMBER.finditer(sentence):
        given = amount(match.group())
        if given is None:
            continue
        things = [given.unit] if given.unit else [w for w in words_of(match["things"]) if w not in STOP_WORDS]
        for thing in things[:1]:
            told.setdefault(thing.removesuffix("s"), set()).add(str(given.value))
    if months := {m for m in MONTHS if re.search(rf"\b{m.title()}\b", sentence)}:
        told["month"] = months
    return told


def _at_odds(one: dict[str, set[str]], other: dict[str, set[str]]) -> bool:
    """Does each give a number of one thing that the other doesn't give?"""
    return any(one[thing] - other[thing] and other[thing] - one[thing] for thing in one.keys() & other.keys())


def _same(one: str, other: str) -> bool:
    a, b = set(words_of(one)), set(words_of(other))
    return figures(one) == figures(other) and len(a & b) > REWORDED * max(len(a), len(b))


def _differ(one: str, other: str, shared: int) -> bool:
    """May two sentences stand against each other? One that both outlets have needs another figure on the other side."""
    return shared == 0 or (shared == 1 and figures(one) != figures(other))
