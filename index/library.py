"""A library: the articles a person has, searchable."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from index.articles import Article
from index.catalog import Catalog, Facts
from index.embedder import Embedder
from index.errors import LibraryMissing, OnRecordError
from index.folding import fold
from index.passages import Passage
from index.scope import EVERYTHING, Scope
from index.search import CANDIDATES, TITLE_WEIGHT, Hit, freshness, fuse, runs, spread, words_query
from index.writing import existing

if TYPE_CHECKING:
    import numpy as np

    from index.vectors import Vectors

FEW = 20  # passages looked through for a quotation that shares no run of words with any
EXACTLY = 20_000  # passages that are compared one by one rather than through Chroma's graph
ENOUGH = 30  # passages in scope that the graph must give, or all in scope are compared
BLOCK = 10_000  # vectors in memory at once: 15 MiB of 384 dimensions

_OPENING = threading.Lock()  # two threads that open Chroma's clients at once crash in it, whichever library's


class ModelChanged(OnRecordError):
    """A library whose vectors another embedding model made."""


class Library:
    """An open library. Made by `open`; safe to use from many threads."""

    def __init__(self, folder: Path, catalog: Catalog, embedder: Embedder):
        self.folder = folder
        self.catalog = catalog
        self.embedder = embedder
        self._vectors: Vectors | None = None

    @classmethod
    def open(cls, folder: Path, embedder: Embedder | None = None) -> Library:
        """Raises LibraryMissing where there is none, ModelChanged where another model made its vectors."""
        catalog = existing(folder)
        made_with = catalog.state("model")
        if made_with is None:
            raise LibraryMissing(
                f"The library at {folder} is empty. Fill it: onrecord sync ARTICLES --library {folder}"
            )
        embedder = embedder or Embedder(made_with)
        if made_with != embedder.name:
            raise ModelChanged(
                f"The library at {folder} was made with the embedding model {made_with}, not {embedder.name}."
                f" Open it with that model, or rebuild it: onrecord rebuild --embedder {embedder.name}"
            )
        return cls(folder, catalog, embedder)

    def article(self, id: str) -> Article | None:
        return self.catalog.article(id)

    def version(self, id: str, digest: str) -> Article | None:
        """The article as it was when it had this digest, or one that begins so; None where that isn't kept."""
        return self.catalog.version(id, digest)

    def articles(self, scope: Scope = EVERYTHING) -> Iterator[Article]:
        """The articles in a scope, newest first."""
        return self.catalog.articles(scope)

    def passages(self, article_id: str) -> list[Passage]:
        return self.catalog.passages(article_id)

    def facts(self) -> Facts:
        return self.catalog.facts()

    def search(
        self,
        question: str,
        scope: Scope = EVERYTHING,
        count: int = 10,
        as_of: str | None = None,
        articles: int = 0,
    ) -> list[Hit]:
        """The passages that fit a question best, best first; none for a question without words.

        What copies of a story say in the same words is found once: index/folding.py.

        With `articles`, the best passages of further ones follow until so many articles are among them.

        With `as_of`, the day on which the question is asked, what is recent on that day is preferred.
        """
        query = words_query(question)
        if not query:
            return []
        vector = self.embedder.embed_few([question])[0]
        with self.catalog.transaction("DEFERRED"):  # one view of the library for all that follows
            if (model := self.catalog.state("model")) != self.embedder.name:
                raise ModelChanged(f"The library was rebuilt with the embedding model {model}. Open it again.")
            words = self.catalog.match(query, scope, CANDIDATES, TITLE_WEIGHT)
            meaning = self._nearest(vector, scope, CANDIDATES)
            meaning |= self._cosines(vector, [n for n, _ in words if n not in meaning])
            days = self.catalog.days(list(meaning)) if as_of else {}
            fresh = {number: freshness(day, as_of) for number, day in days.items()} if as_of else {}
            fused = fuse(meaning, words, fresh)
            hits = self._hits(fused[:count])
            named = {hit.passage.article_id for hit in hits}
            families = self.catalog.families(named, scope)
            if not families and (len(named) >= articles or len(fused) <= count):
                return hits
            hits = self._hits(fused)  # those that stand behind folded ones move up
            families = self.catalog.families({hit.passage.article_id for hit in hits}, scope)
            return spread(fold(hits, families, self.article, self.passages), count, articles)

    def _hits(self, fused: Sequence[tuple[int, float, float, float]]) -> list[Hit]:
        rows = self.catalog.rows([number for number, *_ in fused])
        return [Hit(rows[number].passage, *scores) for number, *scores in fused if number in rows]

    def families(self, ids: Iterable[str], scope: Scope = EVERYTHING) -> dict[str, tuple[str, ...]]:
        """For each article that has copies in scope: all of them, by id, the earliest dated first."""
        return self.catalog.families(ids, scope)

    def quote_candidates(self, words: str, limit: int) -> Iterator[Article]:
        """Articles that may hold these words, likeliest first: by shared runs of words, else by single words."""
        if ids := self.catalog.sharing(runs(words), limit):
            return (article for id in ids if (article := self.article(id)))
        return self.word_candidates(words)

    def word_candidates(self, words: str) -> Iterator[Article]:
        """Articles that share most single words with a quotation, likeliest first; a few."""
        query = words_query(words)
        numbers = [n for n, _ in self.catalog.match(query, EVERYTHING, FEW, TITLE_WEIGHT)] if query else []
        rows = self.catalog.rows(numbers)
        ids = dict.fromkeys(rows[n].passage.article_id for n in numbers if n in rows)
        return (article for id in ids if (article := self.article(id)))

    def _nearest(self, vector: np.ndarray, scope: Scope, count: int) -> dict[int, float]:
        """The passages nearest in meaning, with their cosine."""
        from index.vectors import VectorsBroken

        generation = self.catalog.state("generation")
        few = scope != EVERYTHING and self.catalog.count(scope, EXACTLY + 1) <= EXACTLY
        if few or generation is None:
            return _best(_scored(vector, self.catalog.vectors(scope)), count)
        try:
            found = self._opened(generation).nearest(vector, count if scope == EVERYTHING else count * 10)
        except VectorsBroken:  # slower, but a question is answered; the next sync or doctor mends it
            return _best(_scored(vector, self.catalog.vectors(scope)), count)
        inside = self.catalog.inside([n for n, _ in found], scope)
        if scope != EVERYTHING and len(inside) < ENOUGH:  # what is in scope lies far from the question
            return _best(_scored(vector, self.catalog.vectors(scope)), count)
        newer = _scored(vector, self.catalog.vectors(scope, after=int(self.catalog.state("generation_last") or 0)))
        return _best(chain(((n, s) for n, s in found if n in inside), newer), count)

    def _cosines(self, vector: np.ndarray, numbers: list[int]) -> dict[int, float]:
        return dict(_scored(vector, self.catalog.vectors_of(numbers)))

    def _opened(self, generation: str) -> Vectors:
        from index.vectors import Vectors

        folder = self.folder / "vectors" / generation
        with _OPENING:
            if self._vectors is None or self._vectors.folder != folder:
                self._vectors = Vectors(folder)
            return self._vectors


def _scored(vector: np.ndarray, rows: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, float]]:
    """Each row's number and cosine with a unit vector; read a block at a time, so that memory stays bounded."""
    import numpy as np

    rows = iter(rows)
    while block := list(islice(rows, BLOCK)):
        matrix = np.frombuffer(b"".join(v for _, v in block), np.float32).reshape(len(block), -1)
        yield from zip((n for n, _ in block), (matrix @ vector).tolist(), strict=True)


def _best(scored: Iterable[tuple[int, float]], count: int) -> dict[int, float]:
    return dict(nlargest(count, scored, key=itemgetter(1)))
