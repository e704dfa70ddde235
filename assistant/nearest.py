"""The real sentence that comes nearest to altered words, and what differs, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.answer import Quote
from assistant.normal import fold
from index.articles import Article
from index.passages import sentences

LONGEST = 6  # words by which the place in an article is found
PAIRS = 14  # pairs of successive words by which it is found
PARAGRAPH = 2_000  # code points on either side in which the ends of a sentence are looked for

_TOKEN = re.compile(r"[^ ]+")
_EDGES = "'\".,:;!?()[]{}-"


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that differ; empty where the other text has nothing in their place."""

    given: str
    real: str


@dataclass(frozen=True, slots=True)
class Near:
    """A real stretch of an article and its likeness to the given words: 1 means the same words in the same order."""

    quote: Quote
    likeness: float
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        return self.text.strip(_EDGES).lower() or self.text


def nearest(words: str, article: Article) -> Near | None:
    """The sentences of an article nearest to some words in normal form; None where they share none."""
    given = _tokens(words)
    keys = [t.key for t in given]
    normal = fold(article.text, *_neighbourhood(keys, len(words), article.text))
    real = _tokens(normal.text)
    matcher = SequenceMatcher(None, keys, [t.key for t in real], autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    if not blocks:
        return None
    blocks = _dense(blocks)
    # Words before the first shared one and after the last stand against as many real ones.
    first, last = blocks[0], blocks[-1]
    start = max(first.b - first.a, 0)
    end = min(last.b + last.size + len(given) - last.a - last.size, len(real))
    likeness = 2 * sum(b.size for b in blocks) / (len(given) + end - start)
    differences = _differences(given, real[start:end])
    span = normal.span(real[first.b].start, real[last.b + last.size - 1].end)
    return Near(Quote(article, *_sentences(article.text, *span)), likeness, differences)


def _neighbourhood(words: Sequence[str], length: int, text: str) -> tuple[int, int]:
    """The stretch of a text, about three times as long as the given words, that shares most of the rare ones with them.

    Each of the longest words and pairs of words counts one, shared out over its places in the text.
    """
    lower = text.lower()
    if len(lower) != len(text):
        lower = text
    pairs = {f"{one} {other}" for one, other in zip(words, words[1:], strict=False)}
    hits: list[tuple[int, float]] = []
    for sought in sorted(set(words), key=len)[-LONGEST:] + sorted(pairs, key=len)[-PAIRS:]:
        places = list(_occurrences(lower, sought))
        hits += [(place, 1 / len(places)) for place in places]
    hits.sort()
    best, best_sum, total, right = 0, 0.0, 0.0, 0
    for left, (place, weight) in enumerate(hits):
        while right < len(hits) and hits[right][0] < place + length + length // 4:
            total += hits[right][1]
            right += 1
        if total > best_sum:
            best, best_sum = left, total
        total -= weight
    place = hits[best][0] if hits else 0
    start, end = max(place - length, 0), place + 2 * length
    end = text.find(" ", end)
    return text.rfind(" ", 0, start) + 1, end if end >= 0 else len(text)


def _occurrences(text: str, sought: str) -> Iterator[int]:
    at = text.find(sought)
    while at >= 0:
        yield at
        at = text.find(sought, at + len(sought))


def _dense(blocks: list) -> list:
    """Without single words at the ends that match by chance, further away than the words between are many."""
    while len(blocks) > 1 and blocks[0].size == 1 and blocks[1].b - blocks[0].b > 2 + blocks[1].a - blocks[0].a:
        blocks = blocks[1:]
    while len(blocks) > 1 and blocks[-1].size == 1 and blocks[-1].b - blocks[-2].b > 2 + blocks[-1].a - blocks[-2].a:
        blocks = blocks[:-1]
    return blocks


def _differences(given: list[_Token], real: list[_Token]) -> tuple[Difference, ...]:
    found: list[Difference] = []
    matcher = SequenceMatcher(None, [t.key for t in given], [t.key for t in real], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "replace" and b - a != d - c:
            found.append(Difference(_said(given[a:b]), _said(real[c:d])))
            continue
        for i in range(max(b - a, d - c)):
            one, other = _said(given[a:b][i : i + 1]), _said(real[c:d][i : i + 1])
            if one != other:
                found.append(Difference(one, other))
    return tuple(d for i, d in enumerate(found) if not _only_ends(d, i == 0, i == len(found) - 1, given, real))


def _only_ends(difference: Difference, first: bool, last: bool, given: list[_Token], real: list[_Token]) -> bool:
    """Does it differ only in what is tolerated at a quote's two ends: punctuation, and the case of the first letter?"""
    one, other = difference.given.strip(_EDGES), difference.real.strip(_EDGES)
    if last and difference.given == given[-1].text and one == other:
        return True
    at_start = first and difference.given == given[0].text and difference.real == real[0].text
    return at_start and one[1:] == other[1:] and one[:1].lower() == other[:1].lower()


def _said(tokens: list[_Token]) -> str:
    return " ".join(t.text for t in tokens)


def _tokens(text: str) -> list[_Token]:
    return [_Token(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text)]


def _sentences(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences that a stretch lies in, without the white space round them."""
    low, high = max(start - PARAGRAPH, 0), min(end + PARAGRAPH, len(text))
    low = max(text.rfind("\n\n", low, start), low)
    high = text.find("\n\n", end, high) if "\n\n" in text[end:high] else high
    inside = [(low + a, low + b) for a, b in sentences(text[low:high]) if low + b > start and low + a < end]
    first, last = inside[0][0], inside[-1][1]
    stretch = text[first:last]
    return last - len(stretch.lstrip()), first + len(stretch.rstrip())
