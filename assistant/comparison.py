"""What two outlets say, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Quote
from assistant.excerpts import figures, quote, sentences_of, words_of
from assistant.holdings import facts_of
from assistant.limits import narrow, outlets_named
from assistant.request import LISTED, Request, counted, nothing, quoted
from assistant.stories import same_story
from assistant.topics import cited, first_of, found_about
from index.articles import Article
from index.library import Library
from index.scope import Scope

ALIKE = 0.5  # cosine from which two outlets' sentences are set side by side
REWORDED = 0.75  # of the words, from which a sentence with the same figures is the same one
PAIRS = 3  # of sentences that a comparison shows


def compare(request: Request) -> Answer | None:
    """What two outlets say, side by side: sentences that are alike, those with other figures first."""
    outlets = [o for o, _ in request.library.facts().outlets]
    if request.asked.names:
        sides = [outlets_named(name, outlets) for name in request.asked.names]
    else:
        spoken = dict.fromkeys(a.outlet for a in cited(request) if a.outlet)
        held = [outlet for outlet, _ in facts_of(request.library, request.scope).outlets]
        sides = [frozenset({outlet}) for outlet in (list(spoken) if len(spoken) > 1 else held)[:2]]
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
    quotes, shared = _side_by_side(request.library, *lines)
    alike = f" In the same words in both: {counted(shared, 'sentence')}." if shared else ""
    if not quotes:
        return nothing(request, f"{names[0]} and {names[1]}{about} tell nothing here that differs.{alike}")
    return quoted(request, f"{names[0]} and {names[1]}{about}, side by side.{alike}", quotes)


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


def _same(one: str, other: str) -> bool:
    a, b = set(words_of(one)), set(words_of(other))
    return figures(one) == figures(other) and len(a & b) > REWORDED * max(len(a), len(b))


def _differ(one: str, other: str, shared: int) -> bool:
    """May two sentences stand against each other? One that both outlets have needs another figure on the other side."""
    return shared == 0 or (shared == 1 and figures(one) != figures(other))
