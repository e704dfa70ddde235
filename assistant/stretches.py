"""Stretches: passages that search found, joined with their neighbours for reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.articles import Article
from index.library import Library
from index.search import Hit

LONGEST = 2400  # characters; about the reader's window and a half


@dataclass(frozen=True, slots=True)
class Stretch:
    """`article.text[start:end]`, one passage or several that follow each other."""

    article: Article
    start: int
    end: int
    score: float  # the best of its passages', by search
    meaning: float  # likewise, the cosine

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


def join(hits: Sequence[Hit], library: Library, longest: int = LONGEST) -> list[Stretch]:
    """The hits as stretches, best first: neighbours among them become one while it stays short enough."""
    articles: dict[str, Article] = {}
    stretches: list[Stretch] = []
    for hit in hits:
        p = hit.passage
        if p.article_id not in articles:
            article = library.article(p.article_id)
            if article is None:  # removed since it was found
                continue
            articles[p.article_id] = article
        article = articles[p.article_id]
        for i, s in enumerate(stretches):
            touches = s.article is article and p.start <= s.end and s.start <= p.end
            if touches and max(s.end, p.end) - min(s.start, p.start) <= longest:
                stretches[i] = Stretch(article, min(s.start, p.start), max(s.end, p.end), s.score, max(s.meaning, hit.meaning))
                break
        else:
            stretches.append(Stretch(article, p.start, p.end, hit.score, hit.meaning))
    return stretches
