"""Whole sentences of articles as quotes, each with the voice that it has in its article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from assistant.answer import Quote
from assistant.attribution import Voice, Voices, voices
from index.articles import Article
from index.passages import sentences

_POINTERS = frozenset(
    ["he", "she", "it", "they", "this", "that", "these", "those", "but", "and", "his", "her", "its", "their"]
)
_NUMBERS = re.compile(
    r"\d+(?:[.,]\d+)*"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|half)\b"
)

_DATELINE = re.compile(r"\s*[A-Z][A-Z .'’-]*[A-Z](?:, [A-Z][\w .]{2,20})?(?: \([^()\n]{2,30}\))? ?[–—-]+\s")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)

_voices = lru_cache(maxsize=128)(voices)


def voices_of(article: Article) -> Voices:
    """Who says what in an article; parsed once."""
    return _voices(article.text)


def sentences_of(article: Article) -> list[tuple[int, int]]:
    """The sentences of an article without the space around them; a quotation in marks is not cut.

    A comment in HTML's form, which no reader of the article saw, is a part of none.
    """
    text = article.text
    spans: list[tuple[int, int]] = []
    for start, end in _shown(text, sentences(text, article.language)):
        words = text[start:end]
        start, end = end - len(words.lstrip()), start + len(words.rstrip())
        if start >= end:
            continue
        if spans and _open(text[slice(*spans[-1])]) and "\n" not in text[spans[-1][1] : start]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _shown(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans without the comments in them."""
    for comment in _COMMENT.finditer(text):
        a, b = comment.span()
        spans = [part for s, e in spans for part in ((s, min(e, a)), (max(s, b), e)) if part[0] < part[1]]
    return spans


def _open(words: str) -> bool:
    return words.count("“") > words.count("”") or words.count('"') % 2 == 1


def whole(article: Article, start: int, end: int) -> tuple[int, int]:
    """The sentences that a stretch touches."""
    touched = [(a, b) for a, b in sentences_of(article) if a < end and b > start]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)


def dateline(text: str) -> int:
    """Where the dateline with which a text begins ends ("HARROWMOUTH (NPA) – "); 0 where there is none."""
    found = _DATELINE.match(text)
    return found.end() if found else 0


def voice_of(article: Article, start: int, end: int) -> Voice:
    """Who says a stretch, and how surely."""
    return voices_of(article).of(start, end)


def quote(article: Article, start: int, end: int) -> Quote:
    """A stretch as a quote, with who says it and how surely."""
    voice = voice_of(article, start, end)
    return Quote(article, start, end, voice.speaker, voice.stance, voice.hedge, voice.via)


def voiced(made: Quote) -> Quote:
    """A quote that was made without its voice, with it."""
    return replace(quote(made.article, made.start, made.end), also_in=made.also_in)


def once(quotes: Iterable[Quote]) -> list[Quote]:
    """Quotes without repetition: the same words in another article are noted in the first one's `also_in`."""
    kept: dict[tuple[str, ...], Quote] = {}
    for made in quotes:
        key = words_of(made.text)
        first = kept.get(key)
        if first is None:
            kept[key] = made
        elif made.article.id not in (first.article.id, *(a.id for a in first.also_in)):
            kept[key] = replace(first, also_in=(*first.also_in, made.article))
    return list(kept.values())


def words_of(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.lower()))


def figures(text: str) -> frozenset[str]:
    """The numbers in a text, in digits or words."""
    return frozenset(_NUMBERS.findall(text.lower()))


def points_back(sentence: str, ordinal: int) -> bool:
    """Does a sentence begin with a word that means something in the sentence before it?"""
    return ordinal > 0 and words_of(sentence)[:1] != () and words_of(sentence)[0] in _POINTERS
