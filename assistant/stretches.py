"""Stretches: passages that search found, joined with their neighbours for reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from index.articles import Article
from index.library import Library
from index.scope import EVERYTHING, Scope
from index.search import Hit

LONGEST = 1600  # characters: what the reader takes in one window
MOST_COPIES = 20  # of a story that are looked at, the earliest


@dataclass(frozen=True, slots=True)
class Stretch:
    """`article.text[start:end]`, one passage or several that follow each other."""

    article: Article
    start: int
    end: int
    score: float  # the best of its passages', by search
    meaning: float  # likewise, the cosine
    family: tuple[Article, ...] = ()  # where the story has copies: all of it, the earliest dated first

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


def join(hits: Sequence[Hit], library: Library, scope: Scope = EVERYTHING, longest: int = LONGEST) -> list[Stretch]:
    """The hits as stretches, best first; those that follow each other become one, up to `longest` characters."""
    by_article: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_article[hit.passage.article_id].append(hit)
    stretches, families = [], library.families(by_article, scope)
    article_of = cache(library.article)
    for id, found in by_article.items():
        article = article_of(id)
        if article is None:  # removed since it was found
            continue
        mates = [article_of(mate) for mate in families.get(id, ())[:MOST_COPIES] if mate != id]
        family = tuple(sorted(filter(None, [article, *mates]), key=_age)) if mates else ()
        runs: list[list[Hit]] = []
        for hit in sorted(found, key=lambda h: h.passage.start):
            follows = runs and runs[-1][-1].passage.end == hit.passage.start
            if follows and hit.passage.end - runs[-1][0].passage.start <= longest:
                runs[-1].append(hit)
            else:
                runs.append([hit])
        for run in runs:
            span = run[0].passage.start, run[-1].passage.end
            stretches.append(Stretch(article, *span, max(h.score for h in run), max(h.meaning for h in run), family))
    return sorted(stretches, key=lambda s: -s.score)


def _age(article: Article) -> tuple[str, str]:
    return article.published or "9999", article.id
