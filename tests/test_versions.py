"""What an edit replaced, what a removal leaves on disk, and libraries of other releases. A toy embedder."""

import sqlite3

import pytest

from index import schema
from index.catalog import CATALOG, Catalog, LibraryOutdated, LibraryTooNew
from index.doctor import compact, examine
from index.library import Library
from index.sync import dismiss, sync
from index.writing import existing
from tests.toys import WordEmbedder, write_articles

TOLL = {"id": "fire", "title": "Fire", "text": "Two people died in the fire. The quay is shut."}
LATER = TOLL | {"text": "Three people died in the fire. The quay is shut."}
GOAL = {"id": "goal", "text": "The zebrafinch scored in the last minute. It won the match for the visitors."}


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Two articles, and the library synced from them. A vector index is made where compaction makes one."""
    monkeypatch.setattr("index.sync.renew_vectors", lambda *_: False)
    return synced(tmp_path, TOLL, GOAL)


def synced(place, *articles):
    write_articles(place / "articles" / "news.jsonl", *articles)
    sync([place / "articles"], place / "library", WordEmbedder())
    return place


def opened(place):
    return Library.open(place / "library", WordEmbedder())


def on_disk(place, words):
    return any(words.encode() in f.read_bytes() for f in (place / "library").rglob("*") if f.is_file())


def test_an_edited_article_still_says_what_was_quoted_of_it(place):
    """By the digest that stands with a quote, or its beginning, the article is had as it was; the id stays."""
    quoted = opened(place).article("fire")
    synced(place, LATER, GOAL)
    library = opened(place)
    assert library.article("fire").text == LATER["text"]
    assert library.version("fire", quoted.digest) == library.version("fire", quoted.digest[:10]) == quoted
    assert library.version("fire", library.article("fire").digest).text == LATER["text"]
    assert library.version("fire", "0" * 64) is None and library.version("goal", quoted.digest) is None
    assert all("Two people" not in hit.passage.text for hit in library.search("people died in the fire"))


def test_a_version_that_comes_back_is_kept_once(place):
    """An edit that is taken back makes the first version today's, and the second an earlier one."""
    synced(place, LATER, GOAL)
    synced(place, TOLL, GOAL)
    db = opened(place).catalog.connection
    assert db.execute("SELECT text FROM versions").fetchall() == [(LATER["text"],)]


def test_versions_go_only_where_that_is_asked_for(place, monkeypatch):
    """Compaction keeps what edits replaced, unless it is told not to; then it is gone from disk."""
    quoted = opened(place).article("fire")
    synced(place, LATER, GOAL)
    compact(place / "library")
    assert opened(place).version("fire", quoted.digest) == quoted
    monkeypatch.setattr("index.doctor.renew_vectors", lambda *_, **__: False)  # it holds no text
    compact(place / "library", versions=True)
    assert opened(place).version("fire", quoted.digest) is None
    assert not on_disk(place, "Two people died") and on_disk(place, "Three people died")


@pytest.mark.parametrize("way", ["sync", "dismiss"])
def test_a_removed_article_is_gone_from_disk_with_its_earlier_versions(place, way):
    """After compaction no file holds its words, not even one of them in the word index, nor those it had before."""
    synced(place, TOLL, GOAL | {"text": "A wallaby scored. It won the match for the visitors."})
    synced(place, TOLL) if way == "sync" else dismiss(place / "library", "goal")
    compact(place / "library")
    for words in ("zebrafinch", "wallaby", "for the visitors", "wallabi"):
        assert not on_disk(place, words)
    assert on_disk(place, "quay") and all(finding.ok for finding in examine(place / "library"))


def test_compaction_says_so_where_a_reader_holds_on_to_what_was_removed(place, monkeypatch):
    """A reader in the middle of a question keeps SQLite's log: that is an error, not a silent half."""
    from index.doctor import NotCompacted

    reader = sqlite3.connect(place / "library" / CATALOG, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM articles").fetchone()
    dismiss(place / "library", "goal")
    monkeypatch.setattr("index.catalog.WAIT", 0.1)
    monkeypatch.setattr("index.doctor.renew_vectors", lambda *_, **__: False)  # it holds no text
    with pytest.raises(NotCompacted, match="onrecord compact"):
        compact(place / "library")
    reader.close()
    compact(place / "library")
    assert not on_disk(place, "zebrafinch")


def older(place, version=1):
    """Put the library back to an earlier schema."""
    with sqlite3.connect(place / "library" / CATALOG) as db:
        since_3 = (("dismissed", "digest"), ("dismissed", "source"), ("articles", "given"))
        for table, column in since_3 if version < 3 else ():
            db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        db.execute("UPDATE copies SET signature = substr(signature, 1, 512), cluster = article")
        for table in ("copies", "bands", "versions", "rebuilt") if version < 2 else ():
            db.execute(f"DROP TABLE {table}")
        db.execute(f"PRAGMA user_version = {version}")


def tables(file):
    with sqlite3.connect(file) as db:
        return db.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'words%' ORDER BY 1").fetchall()


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_library_of_an_older_release_is_brought_up_to_date(place, tmp_path, version):
    """Opened, it has today's tables, its copies are clustered, and nothing was embedded."""
    synced(place, TOLL, GOAL, TOLL | {"id": "copy"})
    older(place, version)
    with pytest.raises(LibraryOutdated, match="Bring it up to date: onrecord doctor --repair"):
        Catalog.open(place / "library" / CATALOG)
    library = opened(place)
    assert library.families(["copy"])["copy"] == ("copy", "fire")
    Catalog.create(tmp_path / "new.sqlite").close()
    assert tables(place / "library" / CATALOG) == tables(tmp_path / "new.sqlite")


def test_a_sync_brings_an_older_library_up_to_date(place):
    """What was edited since is read; the rest is neither read nor embedded again."""
    older(place)
    embedder = WordEmbedder()
    write_articles(place / "articles" / "news.jsonl", LATER, GOAL)
    assert sync([], place / "library", embedder).edited == 1
    assert len(embedder.embedded) == 1
    assert existing(place / "library").connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)


@pytest.mark.parametrize("action", [opened, synced, lambda place: compact(place / "library")])
def test_a_library_of_a_newer_release_is_refused_and_left_alone(place, action):
    """Reading, syncing and compacting say how to update, and write nothing."""
    with sqlite3.connect(place / "library" / CATALOG) as db:
        db.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
        before = db.execute("SELECT * FROM articles").fetchall()
    with pytest.raises(LibraryTooNew, match="newer On Record. Update: pip install"):
        action(place)
    with sqlite3.connect(place / "library" / CATALOG) as db:
        assert db.execute("SELECT * FROM articles").fetchall() == before
