"""The catalog: the SQLite file that holds everything a library knows.

Articles, passages, their vectors, the full-text index and the state of the sources live here and
only here; the vector index is derived from it. Readers and the one writer use it at the same time
(write-ahead log); each read sees whole articles.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from index import copies, schema
from index.articles import Article
from index.errors import LibraryMissing, OnRecordError
from index.identity import Held
from index.passages import Passage
from index.scope import EVERYTHING, Scope
from index.search import spaced

CATALOG = "library.sqlite"  # the file in a library's folder
WAIT = 30  # seconds, for another connection's lock
UNREAD = (-1, -1)  # the size and time of change of a file that is still to be read
FORGOTTEN = 500  # files that are gone, taken out in one transaction
RECORD = tuple(f.name for f in fields(Article))


class LibraryTooNew(OnRecordError):
    """A library that a newer release wrote."""


class LibraryOutdated(OnRecordError):
    """A library that an older release wrote, in tables of its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """A passage in the catalog: its number stands for it in every index."""

    number: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Facts:
    """What a library holds, in numbers."""

    articles: int
    passages: int
    outlets: tuple[tuple[str, int], ...]  # by number of articles, most first
    first: str | None  # the earliest day of publication
    last: str | None


class Catalog:
    """An open catalog. Each thread reads through a connection of its own."""

    def __init__(self, file: Path):
        self.file = file
        self._local = threading.local()

    @classmethod
    def open(cls, file: Path) -> Catalog:
        """Raises LibraryMissing where there is none; LibraryTooNew, LibraryOutdated where another release made it."""
        if not file.exists():
            raise LibraryMissing(
                f"No library at {file.parent}. Make one: onrecord sync ARTICLES --library {file.parent}"
            )
        catalog = cls(file)
        try:
            version = catalog.connection.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise OnRecordError(f"{file} is no library ({error}). Move it away and sync again.") from error
        catalog._check_known(version)
        if version == 0:
            raise LibraryMissing(
                f"The library at {file.parent} was never finished."
                f" Make it: onrecord sync ARTICLES --library {file.parent}"
            )
        if version < schema.VERSION:
            raise LibraryOutdated(
                f"{file.parent} was written by an older On Record. Bring it up to date: onrecord doctor --repair"
            )
        return catalog

    @classmethod
    def create(cls, file: Path) -> Catalog:
        """The catalog in a file, made with its tables where it isn't there."""
        file.touch()
        catalog = cls(file)
        version = catalog.connection.execute("PRAGMA user_version").fetchone()[0]
        catalog._check_known(version)
        if not version:
            schema.create(catalog.connection)
        elif version < schema.VERSION:
            with catalog.transaction() as db:
                schema.migrate(db)
                catalog.make_words()  # as this release cuts words
        return catalog

    def _check_known(self, version: int) -> None:
        if version > schema.VERSION:
            raise LibraryTooNew(
                f"{self.file.parent} was written by a newer On Record. Update: pip install --upgrade on-record"
            )

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, made at its first use."""
        if not hasattr(self._local, "connection"):
            # Never made here: a library that was moved away must not come back empty.
            db = sqlite3.connect(
                f"{self.file.resolve().as_uri()}?mode=rw", uri=True, timeout=WAIT, isolation_level=None
            )
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")  # a committed article outlives a power cut
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA secure_delete = ON")
            # SQLite's own substr() and length() stop at a NUL, which a text given as data may hold.
            db.create_function("slice", 3, lambda text, start, end: text[start:end], deterministic=True)
            db.create_function("spaced", 1, spaced, deterministic=True)
            db.create_function("characters", 1, len, deterministic=True)
            self._local.connection = db
        return self._local.connection

    def close(self) -> None:
        if hasattr(self._local, "connection"):
            self._local.connection.close()
            del self._local.connection

    @contextmanager
    def transaction(self, kind: str = "IMMEDIATE") -> Iterator[sqlite3.Connection]:
        """All or nothing; `DEFERRED` gives a reader one unchanging view."""
        db = self.connection
        db.execute(f"BEGIN {kind}")
        try:
            yield db
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:  # some errors, a full disk among them, make SQLite roll back by itself
                db.execute("ROLLBACK")
            raise

    # What is there

    def state(self, key: str) -> str | None:
        row = self.connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return row and row[0]

    def set_state(self, key: str, value: str) -> None:
        self.connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))

    def article(self, id: str) -> Article | None:
        row = self.connection.execute(f"SELECT {', '.join(RECORD)} FROM articles WHERE id = ?", (id,)).fetchone()
        return row and Article(*row)

    def version(self, id: str, digest: str) -> Article | None:
        """The article as it was when it had this digest, or one that begins so: as it is now, or before an edit."""
        names = ", ".join(RECORD)
        query = f"""SELECT {names} FROM articles WHERE id = ?1 AND digest GLOB ?2 || '*'
                    UNION ALL SELECT {names} FROM versions WHERE id = ?1 AND digest GLOB ?2 || '*'"""
        row = self.connection.execute(query, (id, re.sub(r"[^0-9a-f]", "x", digest))).fetchone()
        return row and Article(*row)

    def articles(self, scope: Scope = EVERYTHING) -> Iterator[Article]:
        """The articles in a scope, newest first."""
        where, values = within(scope)
        columns = ", ".join(f"a.{name}" for name in RECORD)
        query = f"""SELECT {columns} FROM articles a WHERE {where}
                    ORDER BY published IS NULL, published DESC, id"""
        return (Article(*row) for row in self.connection.execute(query, values))

    def facts(self) -> Facts:
        db = self.connection
        outlets = db.execute(
            "SELECT outlet, count(*) FROM articles WHERE outlet IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return Facts(
            db.execute("SELECT count(*) FROM articles").fetchone()[0],
            db.execute("SELECT count(*) FROM passages").fetchone()[0],
            tuple(outlets.fetchall()),
            *db.execute("SELECT min(published), max(published) FROM articles").fetchone(),
        )

    def rows(self, numbers: Sequence[int]) -> dict[int, Row]:
        """The passages with these numbers; those removed meanwhile drop out."""
        query = """SELECT p.number, a.id, p.ordinal, p.start, p.end, slice(a.text, p.start, p.end)
                   FROM passages p JOIN articles a ON a.number = p.article
                   WHERE p.number IN (SELECT value FROM json_each(?))"""
        found = self.connection.execute(query, (json.dumps(list(numbers)),))
        return {number: Row(number, Passage(*rest)) for number, *rest in found}

    def passages(self, article_id: str) -> list[Passage]:
        """An article's passages, in order."""
        query = """SELECT a.id, p.ordinal, p.start, p.end, slice(a.text, p.start, p.end)
                   FROM passages p JOIN articles a ON a.number = p.article WHERE a.id = ? ORDER BY p.ordinal"""
        return [Passage(*row) for row in self.connection.execute(query, (article_id,))]

    def count(self, scope: Scope, most: int) -> int:
        """How many passages a scope holds, counted up to `most`."""
        where, values = within(scope)
        query = f"""SELECT count(*) FROM (
                        SELECT 1 FROM articles a JOIN passages p ON p.article = a.number WHERE {where} LIMIT ?)"""
        return self.connection.execute(query, (*values, most)).fetchone()[0]

    def vectors(self, scope: Scope, after: int = 0) -> Iterator[tuple[int, bytes]]:
        """Number and vector of the scope's passages numbered above `after`, in order of number."""
        where, values = within(scope)
        return self.connection.execute(
            f"""SELECT p.number, p.vector FROM articles a JOIN passages p ON p.article = a.number
                WHERE {where} AND p.number > ? ORDER BY p.number""",
            (*values, after),
        )

    def vectors_of(self, numbers: Sequence[int]) -> list[tuple[int, bytes]]:
        query = "SELECT number, vector FROM passages WHERE number IN (SELECT value FROM json_each(?))"
        return self.connection.execute(query, (json.dumps(list(numbers)),)).fetchall()

    def days(self, numbers: Sequence[int]) -> dict[int, str | None]:
        """The day on which each passage's article was published."""
        query = """SELECT p.number, a.published FROM passages p JOIN articles a ON a.number = p.article
                   WHERE p.number IN (SELECT value FROM json_each(?))"""
        return dict(self.connection.execute(query, (json.dumps(list(numbers)),)).fetchall())

    def inside(self, numbers: Sequence[int], scope: Scope) -> set[int]:
        """Those of the passages that are still there and in scope."""
        where, values = within(scope)
        query = f"""SELECT p.number FROM passages p JOIN articles a ON a.number = p.article
                    WHERE p.number IN (SELECT value FROM json_each(?)) AND {where}"""
        return {n for (n,) in self.connection.execute(query, (json.dumps(list(numbers)), *values))}

    def match(self, query: str, scope: Scope, limit: int, title_weight: float) -> list[tuple[int, float]]:
        """Passages by BM25 (Robertson and Zaragoza 2009, as FTS5 computes it), best first; higher is better."""
        where, values = within(scope)
        joined = (
            "" if where == "1" else "JOIN passages p ON p.number = words.rowid JOIN articles a ON a.number = p.article"
        )
        sql = f"""SELECT words.rowid, -bm25(words, ?, 1.0) AS score FROM words {joined}
                  WHERE words MATCH ? AND {where} ORDER BY score DESC LIMIT ?"""
        return self.connection.execute(sql, (title_weight, query, *values, limit)).fetchall()

    def families(self, ids: Iterable[str], scope: Scope) -> dict[str, tuple[str, ...]]:
        """For each article that has copies in scope, and for those: all of them, by id, the earliest dated first."""
        where, values = within(scope)
        query = f"""SELECT c.cluster, a.id FROM copies c JOIN articles a ON a.number = c.article
                    WHERE c.cluster IN (SELECT cluster FROM copies JOIN articles ON number = article
                                        WHERE id IN (SELECT value FROM json_each(?))) AND {where}
                    ORDER BY c.cluster, a.published IS NULL, a.published, a.id"""
        rows = self.connection.execute(query, (json.dumps(sorted(ids)), *values))
        found = [tuple(id for _, id in members) for _, members in groupby(rows, key=itemgetter(0))]
        return {id: family for family in found if len(family) > 1 for id in family}

    def sharing(self, phrases: Sequence[str], limit: int) -> list[str]:
        """Ids of the articles that hold most of these FTS5 phrases; a phrase that many articles hold counts less."""
        query = """SELECT DISTINCT a.id FROM words JOIN passages p ON p.number = words.rowid
                   JOIN articles a ON a.number = p.article WHERE words MATCH ? LIMIT ?"""
        votes: Counter[str] = Counter()
        for phrase in phrases:
            ids = [id for (id,) in self.connection.execute(query, (f"text : {phrase}", limit))]
            votes.update(dict.fromkeys(ids, 1 / max(1, len(ids))))
        return sorted(votes, key=lambda id: (-votes[id], id))[:limit]

    # The state of the sources

    def roots(self) -> list[str]:
        """The files and folders that the library was synced from."""
        return [root for (root,) in self.connection.execute("SELECT DISTINCT root FROM sources ORDER BY 1")]

    def files(self) -> dict[str, tuple[int, int]]:
        """The files that the library was made from, each with its size and time of change when it was read."""
        found = self.connection.execute("SELECT path, size, changed FROM sources")
        return {path: (size, changed) for path, size, changed in found}

    def validators(self) -> dict[str, tuple[str, str]]:
        """ETag and Last-Modified of what was fetched, by path."""
        found = self.connection.execute("SELECT path, etag, modified FROM validators")
        return {path: (etag, modified) for path, etag, modified in found}

    def held(self, paths: Iterable[str]) -> list[Held]:
        """The articles held from these files, in the order in which they came."""
        query = """SELECT id, digest, given FROM articles WHERE source IN (SELECT value FROM json_each(?))
                   ORDER BY number"""
        return [Held(*row) for row in self.connection.execute(query, (json.dumps(sorted(paths)),))]

    def count_articles(self, paths: Iterable[str]) -> int:
        query = "SELECT count(*) FROM articles WHERE source IN (SELECT value FROM json_each(?))"
        return self.connection.execute(query, (json.dumps(sorted(paths)),)).fetchone()[0]

    def problems(self, paths: Iterable[str]) -> list[str]:
        """What was not read of these files when they were read."""
        query = """SELECT problems FROM sources
                   WHERE problems <> '' AND path IN (SELECT value FROM json_each(?)) ORDER BY path"""
        found = self.connection.execute(query, (json.dumps(sorted(paths)),))
        return [problem for (problems,) in found for problem in problems.splitlines()]

    def source_of(self, article_id: str) -> str | None:
        """The file that an article was read from."""
        row = self.connection.execute("SELECT source FROM articles WHERE id = ?", (article_id,)).fetchone()
        return row and row[0]

    def embedded(self, hashes: Iterable[str]) -> dict[str, bytes]:
        """The vectors that are already there for texts with these hashes."""
        query = "SELECT embedded, vector FROM passages WHERE embedded IN (SELECT value FROM json_each(?))"
        return dict(self.connection.execute(query, (json.dumps(list(hashes)),)).fetchall())

    def dismissed(self) -> list[str]:
        """The ids of the articles that were removed by hand, so that no sync brings them back."""
        return [id for (id,) in self.connection.execute("SELECT id FROM dismissed ORDER BY id")]

    def is_dismissed(self, article: Article) -> bool:
        """Was this article removed by hand? It is known by its id and, should that have changed, by its words."""
        query = "SELECT 1 FROM dismissed WHERE id = ? OR digest = ?"
        return bool(self.connection.execute(query, (article.id, article.digest)).fetchone())

    def last_passage(self, table: str = "passages") -> int:
        return self.connection.execute(f"SELECT coalesce(max(number), 0) FROM {table}").fetchone()[0]

    def drift(self) -> float:
        """By what share of its passages the vector index differs from the catalog."""
        built, last = int(self.state("generation_count") or 0), int(self.state("generation_last") or 0)
        newer = self.connection.execute("SELECT count(*) FROM passages WHERE number > ?", (last,)).fetchone()[0]
        kept = self.connection.execute("SELECT count(*) FROM passages WHERE number <= ?", (last,)).fetchone()[0]
        return (newer + built - kept) / max(built, 1)

    # What changes it

    def clear_generation(self) -> None:
        """Note that there is no vector index."""
        self.connection.execute("DELETE FROM state WHERE key LIKE 'generation%'")

    def set_generation(self, name: str, last: int, count: int) -> None:
        """Note the vector index that readers are to use: its folder's name, its highest number, its passages."""
        for key, value in (("generation", name), ("generation_last", last), ("generation_count", count)):
            self.set_state(key, str(value))

    def begin_file(self, path: str, root: str) -> None:
        """Note a file as being read: should the work end here, the next sync reads it again."""
        self.connection.execute(
            """INSERT INTO sources VALUES (?, ?, ?, ?, '')
               ON CONFLICT (path) DO UPDATE SET changed = excluded.changed, root = excluded.root""",
            (path, *UNREAD, root),
        )

    def finish_file(self, path: str, stamp: tuple[int, int], problems: Iterable[str]) -> None:
        """Note a file as read, or with the stamp `UNREAD` as one to try again."""
        values = (*stamp, "\n".join(problems), path)
        self.connection.execute("UPDATE sources SET size = ?, changed = ?, problems = ? WHERE path = ?", values)

    def set_validators(self, path: str, etag: str, modified: str) -> None:
        self.connection.execute("INSERT OR REPLACE INTO validators VALUES (?, ?, ?)", (path, etag, modified))

    def set_roots(self, roots: Mapping[str, str]) -> None:
        """Count each file, by path, as read from its root: `only` may have made that narrower, or another one wider."""
        query = "UPDATE sources SET root = ? WHERE path = ? AND root <> ?"
        with self.transaction() as db:
            db.executemany(query, [(root, path, root) for path, root in roots.items()])

    def forget(self, paths: Iterable[str]) -> None:
        """Remove files and every article still held from them, `FORGOTTEN` files at a time."""
        left = sorted(paths)
        for first in range(0, len(left), FORGOTTEN):
            some = left[first : first + FORGOTTEN]
            with self.transaction() as db:
                self.remove([article.id for article in self.held(some)])
                db.executemany("DELETE FROM sources WHERE path = ?", [(path,) for path in some])

    def dismiss(self, article_id: str) -> bool:
        """Remove an article for good: no sync brings it back. Was it there?"""
        with self.transaction() as db:
            db.execute(
                "INSERT OR IGNORE INTO dismissed SELECT id, digest, source FROM articles WHERE id = ?", (article_id,)
            )
            return bool(self.remove([article_id]))

    def readmit(self, article_id: str) -> bool:
        """Let the next sync bring back an article that was removed by hand. Was it one?"""
        with self.transaction() as db:
            row = db.execute("DELETE FROM dismissed WHERE id = ? RETURNING source", (article_id,)).fetchone()
            if row:  # of an older release it isn't known from where: then all sources are read again
                query = "UPDATE sources SET size = ?, changed = ? WHERE path = coalesce(?, path)"
                db.execute(query, (*UNREAD, *row))
            return bool(row)

    def name(self, given: Mapping[str, str]) -> None:
        """Note by what their file now names these articles, by id."""
        query = "UPDATE articles SET given = ? WHERE id = ? AND given IS NOT ?"
        self.connection.executemany(query, [(name, id, name) for id, name in given.items()])

    def put(
        self,
        articles: Sequence[tuple[Article, Iterable[tuple[Passage, str, bytes]]]],
        source: str,
        given: Mapping[str, str],
    ) -> None:
        """Hold articles with their passages, each with the hash of what was embedded and its vector.

        `given` is by what their file names them, by id. What they replace under their ids is kept as earlier versions.
        """
        for article, _ in articles:
            self._keep_version(article)
        self._take_out([article.id for article, _ in articles])
        for article, passages in articles:
            self._put_in(article, source, given[article.id], passages)

    def _put_in(
        self, article: Article, source: str, given: str, passages: Iterable[tuple[Passage, str, bytes]]
    ) -> None:
        db = self.connection
        names = ", ".join((*RECORD, "digest", "source", "given"))
        marks = ", ".join("?" * (len(RECORD) + 3))
        values = (*(getattr(article, f) for f in RECORD), article.digest, source, given)
        number = db.execute(f"INSERT INTO articles ({names}) VALUES ({marks})", values).lastrowid
        for passage, embedded, vector in passages:
            row = db.execute(
                "INSERT INTO passages (article, ordinal, start, end, embedded, vector) VALUES (?, ?, ?, ?, ?, ?)",
                (number, passage.ordinal, passage.start, passage.end, embedded, vector),
            ).lastrowid
            db.execute(
                "INSERT INTO words (rowid, title, text) VALUES (?, spaced(?), spaced(?))",
                (row, article.title or "", passage.text),
            )
        copies.add(db, number, article.text)

    def _keep_version(self, article: Article) -> None:
        """Keep the article that another one with its id is about to replace."""
        names, db = ", ".join(RECORD), self.connection
        db.execute(
            f"""INSERT OR IGNORE INTO versions (digest, {names})
                SELECT digest, {names} FROM articles WHERE id = ? AND digest <> ?""",
            (article.id, article.digest),
        )
        db.execute("DELETE FROM versions WHERE id = ? AND digest = ?", (article.id, article.digest))

    def drop_versions(self) -> int:
        """Forget what edits replaced; the number of earlier versions there were."""
        return self.connection.execute("DELETE FROM versions").rowcount

    def index_words(self) -> None:
        """Make the word index anew from the articles: what is missing or damaged in it isn't in its own tables."""
        with self.transaction():
            self.make_words()

    def make_words(self) -> None:
        """The same, for the caller's transaction."""
        db = self.connection
        db.execute("DROP TABLE words")
        db.execute(schema.WORDS)
        db.execute(
            """INSERT INTO words (rowid, title, text)
               SELECT p.number, spaced(coalesce(a.title, '')), spaced(slice(a.text, p.start, p.end))
               FROM passages p JOIN articles a ON a.number = p.article ORDER BY p.number"""
        )

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove articles with their passages, vectors, words and earlier versions; the number that were there."""
        ids = list(article_ids)
        self.connection.executemany("DELETE FROM versions WHERE id = ?", [(id,) for id in ids])
        return self._take_out(ids)

    def _take_out(self, ids: Sequence[str]) -> int:
        db = self.connection
        rows = [row for id in ids for row in db.execute("SELECT number FROM articles WHERE id = ?", (id,))]
        copies.remove(db, [number for (number,) in rows])
        db.executemany("DELETE FROM words WHERE rowid IN (SELECT number FROM passages WHERE article = ?)", rows)
        db.executemany("DELETE FROM articles WHERE number = ?", rows)
        return len(rows)


def within(scope: Scope) -> tuple[str, tuple[str, ...]]:
    """A scope as an SQL condition over `articles a`, and its values."""
    conditions, values = [], []
    for column, chosen in (("id", scope.articles), ("outlet", scope.outlets)):
        if chosen is not None:
            conditions.append(f"a.{column} IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(sorted(chosen)))
    for sign, day in ((">=", scope.since), ("<=", scope.until)):
        if day is not None:
            conditions.append(f"a.published {sign} ?")
            values.append(day)
    return " AND ".join(conditions) or "1", tuple(values)
