"""Word shingles: which articles hold the words of a quote, also a quote with a word or two changed.

A shingle is a hash of three successive words, without regard to case, punctuation or typesetting. With a window of w,
only the smallest of each w successive shingles is kept (winnowing: Schleimer, Wilkerson and Aiken 2003), which costs
about 2/(w+1) of the room and still keeps a shingle of every run of w+2 words that two texts share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize
from zlib import crc32

import numpy as np

from index.articles import Article

WORDS = 3  # in a shingle
_JOINED = re.compile(  # what parts a word in one typesetting and not in another
    r"(?<=\w)[-‐‑](?:\s*[\r\n]\s*)?(?=\w)|\u00ad\s*[\r\n]\s*|['’‘\u00ad\u200b-\u200f\u2060\ufeff]"
)
_WORD = re.compile(r"\w+")
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)


def shingles(text: str, window: int = 1) -> np.ndarray:
    """The sorted shingles of a text as uint32, each once, the same in every process; none for under three words."""
    if not text.isascii():
        text = normalize("NFKC", text)
    codes = np.fromiter((_code(w) for w in _WORD.findall(_JOINED.sub("", text.lower()))), np.uint64)
    if len(codes) < WORDS:
        return np.zeros(0, np.uint32)
    mixed = sum(codes[i : len(codes) - WORDS + 1 + i] * _MIX[i] for i in range(WORDS))
    hashes = ((mixed ^ (mixed >> np.uint64(29))) >> np.uint64(16)).astype(np.uint32)
    if len(hashes) > window > 1:
        hashes = np.lib.stride_tricks.sliding_window_view(hashes, window).min(axis=1)
    return np.unique(hashes)


class ArticleIndex:
    """The shingles of a set of articles in memory: 8 bytes for each, about as much as the text itself."""

    def __init__(self, articles: Iterable[Article], window: int = 1):
        self._articles = list(articles)
        self._numbers = {a.id: number for number, a in enumerate(self._articles)}
        sets = [shingles(a.text, window) for a in self._articles]
        hashes = np.concatenate(sets) if sets else np.zeros(0, np.uint32)
        owners = np.repeat(np.arange(len(sets), dtype=np.int32), [len(s) for s in sets])
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._owners = hashes[order], owners[order]

    def __len__(self) -> int:
        return len(self._articles)

    def article(self, id: str) -> Article | None:
        number = self._numbers.get(id)
        return None if number is None else self._articles[number]

    def quote_candidates(self, words: str, limit: int) -> list[Article]:
        """The articles that share most shingles with the words, rare ones counting more; at most `limit`, best first.

        Words too few for a shingle are looked for in every article as they stand.
        """
        asked = shingles(words)
        if not len(asked):
            bare = words.strip(" '\"‘’“”.,;:!?")
            return [a for a in self._articles if bare in a.text][:limit]
        firsts = np.searchsorted(self._hashes, asked, "left")
        lasts = np.searchsorted(self._hashes, asked, "right")
        counts = lasts - firsts
        scores = np.zeros(len(self._articles))
        for first, last, count in zip(firsts.tolist(), lasts.tolist(), counts.tolist(), strict=True):
            scores[self._owners[first:last]] += np.log1p(len(self._articles) / max(count, 1))
        found = np.flatnonzero(scores)
        best = found[np.argsort(-scores[found], kind="stable")[:limit]]
        return [self._articles[number] for number in best.tolist()]


@lru_cache(maxsize=100_000)
def _code(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))
