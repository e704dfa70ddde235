"""Folding: what copies of a story say in the same words is told once, by the earliest dated of them.

Sentence by sentence: a figure, a name or a "not" that an edit changed makes another sentence, which is never folded
away. White space, case, the shape of quotation marks and dashes, and commas and full stops outside numbers don't count.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from index.articles import Article
from index.passages import Passage, sentences
from index.search import Hit

MATES = 20  # earlier copies that a passage is looked for in
# Numbers with their signs, words, and the marks that mean something: "£", "%", "?".
_TOKEN = re.compile(
    r"(?<!\w)[-\u2212]?\d+(?:[.,]\d+)*\w*|\w+"
    r"|[^\w\s.,;:!'\"()\[\]\u2010-\u2015\u2018-\u201f\u2026\u00ab\u00bb-]"
)

Span = tuple[int, int]
Words = tuple[str, ...]


class Wording:
    """An article by the words of its sentences, to find those of its copies among them."""

    def __init__(self, article: Article):
        self.article = article
        self._told = list(_told(article.text, article.language))
        self._at: dict[Words, list[int]] = defaultdict(list)
        for number, (words, _) in enumerate(self._told):
            self._at[words].append(number)

    def places(self, text: str) -> list[Span]:
        """Where the article says each of a text's sentences; empty where it doesn't say one of them."""
        found = [self._at.get(words) for words, _ in _told(text, self.article.language)]
        return [self._told[numbers[0]][1] for numbers in found] if found and all(found) else []

    def place(self, text: str) -> Span | None:
        """Where the article says a text's sentences one after the other."""
        sought = [words for words, _ in _told(text, self.article.language)]
        for first in self._at.get(sought[0], ()) if sought else ():
            if [words for words, _ in self._told[first : first + len(sought)]] == sought:
                return self._told[first][1][0], self._told[first + len(sought) - 1][1][1]
        return None


@lru_cache(maxsize=256)
def wording(article: Article) -> Wording:
    """An article's wording, parsed once."""
    return Wording(article)


def fold(
    hits: Iterable[Hit],
    families: Mapping[str, Sequence[str]],
    article: Callable[[str], Article | None],
    passages: Callable[[str], Sequence[Passage]],
) -> list[Hit]:
    """The hits, best first, without those whose every sentence stands in an earlier copy of their article.

    That copy's passage stands in for them, and names their articles. A family is the copies of an article's story, by
    id, the earliest dated first.
    """
    kept: dict[tuple[str, int], Hit] = {}
    for hit in hits:
        own = hit.passage.article_id
        for id in families.get(own, ())[:MATES]:
            if id == own:
                break
            mate = article(id)
            if mate and (places := wording(mate).places(hit.passage.text)):
                hit = replace(hit, passage=_around(places, passages(id)), copies=(own,))
                break
        key = hit.passage.article_id, hit.passage.ordinal
        copies = (*kept[key].copies, *hit.copies) if key in kept else hit.copies
        kept[key] = replace(kept.get(key, hit), copies=tuple(dict.fromkeys(copies)))
    return list(kept.values())


def _around(places: Iterable[Span], passages: Sequence[Passage]) -> Passage:
    """The passage in which most of these stretches lie."""
    lies: Counter[Passage] = Counter()
    for start, end in places:
        for passage in passages:
            lies[passage] += max(0, min(end, passage.end) - max(start, passage.start))
    return max(lies, key=lambda passage: lies[passage])


def _told(text: str, language: str | None) -> Iterator[tuple[Words, Span]]:
    """Each sentence's words, and its span without the space after it; sentences without words are left out."""
    for start, end in sentences(text, language):
        words = tuple(m.group().casefold() for m in _TOKEN.finditer(text, start, end))
        if words:
            yield words, (start, start + len(text[start:end].rstrip()))
