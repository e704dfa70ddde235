"""Do two articles tell one story?"""

from __future__ import annotations

from functools import lru_cache

from assistant.values import content
from index.articles import Article

BEGINNING = 800  # characters of an article, beside its headline, in which news says what it is about
ALIKE = 0.23  # share of their words of substance; unrelated articles had at most 0.21, those on one story at least 0.24
ENOUGH = 25  # words of substance in a beginning by which it can be told that it is about something else
SHORTEST_KEY = 3  # letters of a word that may tell what a text is about
KEY = 4  # letters by which such words are compared: "mine" and "miners"

ASKING = frozenset("how many much who whom whose what which when where why did does will would can could there".split())


def keys(text: str) -> frozenset[str]:
    """The first letters of a text's words of substance."""
    return frozenset(w[:KEY] for w in content(text) if len(w) >= SHORTEST_KEY and w not in ASKING)


@lru_cache(maxsize=512)
def _beginning(article: Article) -> frozenset[str]:
    return keys(f"{article.title or ''} {article.text[:BEGINNING]}")


def same_story(one: Article, other: Article) -> bool:
    """Do the beginnings of two articles share enough words?"""
    return likeness(one, other) >= ALIKE


def likeness(one: Article, other: Article) -> float:
    """The share of words that the beginnings of two articles have in common, of the one that has fewer."""
    first, second = _beginning(one), _beginning(other)
    return len(first & second) / max(1, min(len(first), len(second)))


def says_enough(article: Article) -> bool:
    """Is an article's beginning long enough to tell that it is about something else?"""
    return len(_beginning(article)) >= ENOUGH


def other_stories(one: Article, other: Article) -> bool:
    """Are two articles long enough to say that they tell different stories?"""
    return says_enough(one) and says_enough(other) and not same_story(one, other)
