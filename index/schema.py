"""The tables of the catalog, and how those of an older release become today's."""

from __future__ import annotations

import sqlite3

from index import copies

VERSION = 4
TABLES = """
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, root TEXT NOT NULL, problems TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE articles (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL,
    title TEXT, outlet TEXT, author TEXT, published TEXT, updated TEXT, url TEXT, language TEXT, section TEXT,
    date_source TEXT, digest TEXT NOT NULL, source TEXT NOT NULL REFERENCES sources(path)
);
CREATE INDEX articles_by_source ON articles(source);
CREATE INDEX articles_by_outlet ON articles(outlet);
CREATE INDEX articles_by_date ON articles(published);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, embedded TEXT NOT NULL, vector BLOB NOT NULL
);
CREATE INDEX passages_by_article ON passages(article, ordinal);
CREATE INDEX passages_by_embedded ON passages(embedded);
CREATE TABLE dismissed (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""
# Since 2: copies of a story, the texts that edits replaced, the passages of a rebuild under way, and what servers say
# to know a fetched page again by.
SINCE_2 = """
CREATE TABLE copies (
    article INTEGER PRIMARY KEY REFERENCES articles(number) ON DELETE CASCADE,
    signature BLOB NOT NULL, cluster INTEGER NOT NULL
);
CREATE INDEX copies_by_cluster ON copies(cluster);
CREATE TABLE bands (band INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (band, article)) WITHOUT ROWID;
CREATE TABLE versions (
    id TEXT NOT NULL, digest TEXT NOT NULL, text TEXT NOT NULL,
    title TEXT, outlet TEXT, author TEXT, published TEXT, updated TEXT, url TEXT, language TEXT, section TEXT,
    date_source TEXT, PRIMARY KEY (id, digest)
) WITHOUT ROWID;
CREATE TABLE rebuilt (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, embedded TEXT NOT NULL, vector BLOB NOT NULL
);
CREATE INDEX rebuilt_by_article ON rebuilt(article);
CREATE TABLE IF NOT EXISTS validators (
    path TEXT PRIMARY KEY REFERENCES sources(path) ON DELETE CASCADE, etag TEXT NOT NULL, modified TEXT NOT NULL
) WITHOUT ROWID;
"""
# Since 3: by what its file named an article; one removed by hand is known again by its words, also in a file of another
# name, and its source is read again when it may come back.
SINCE_3 = """
ALTER TABLE articles ADD COLUMN given TEXT;
ALTER TABLE dismissed ADD COLUMN digest TEXT;
ALTER TABLE dismissed ADD COLUMN source TEXT;
"""
WORDS = 'CREATE VIRTUAL TABLE words USING fts5(title, text, tokenize = "porter unicode61 remove_diacritics 2");'


def create(db: sqlite3.Connection) -> None:
    """Make all tables."""
    db.executescript(f"BEGIN; {TABLES} {SINCE_2} {SINCE_3} {WORDS} PRAGMA user_version = {VERSION}; COMMIT;")


def migrate(db: sqlite3.Connection) -> None:
    """Bring the tables of an older release up to date, all or nothing: to be called within a transaction."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    missing = (SINCE_2 if version < 2 else "") + (SINCE_3 if version < 3 else "")
    for statement in filter(str.strip, missing.split(";")):
        db.execute(statement)
    db.execute("DELETE FROM copies")  # since 4 they are told by their words too
    db.execute("DELETE FROM bands")
    for (number,) in db.execute("SELECT number FROM articles ORDER BY number").fetchall():
        copies.add(db, number, *db.execute("SELECT text FROM articles WHERE number = ?", (number,)).fetchone())
    db.execute(f"PRAGMA user_version = {VERSION}")
