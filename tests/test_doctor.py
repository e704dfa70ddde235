"""Doctor: what is lost or damaged is found, named, and mended where it can be."""

import os

import pytest

from index.catalog import CATALOG, Catalog
from index.doctor import CatalogDamaged, examine, repair
from index.rebuild import rebuild
from index.sync import dismiss, sync
from index.writing import writing
from tests.toys import WordEmbedder, write_articles

STORIES = [{"id": f"story{i}", "title": f"Story {i}", "text": f"The ferry number {i} is late again."} for i in range(9)]


@pytest.fixture
def library(tmp_path):
    """A library of nine articles."""
    write_articles(tmp_path / "articles.jsonl", *STORIES)
    sync([tmp_path / "articles.jsonl"], tmp_path / "library", WordEmbedder())
    return tmp_path / "library"


def wrong(library):
    return [finding.what for finding in examine(library) if not finding.ok]


def matches(library, word):
    db = Catalog.open(library / CATALOG).connection
    return db.execute("SELECT count(*) FROM words WHERE words MATCH ?", (word,)).fetchone()[0]


@pytest.mark.parametrize("lost", ["words", "words_docsize", "words_content"])
def test_a_word_index_with_gaps_is_mended_from_the_articles(tmp_path, monkeypatch, lost):
    """Rows that the word index lost, in any of its tables, are found again after repair, titles too."""
    monkeypatch.setattr("index.sync.renew_vectors", lambda *_, **__: False)  # only the words matter here
    monkeypatch.setattr("index.doctor.renew_vectors", lambda *_, **__: False)
    library = tmp_path / "library"
    sync([write_articles(tmp_path / "articles.jsonl", *STORIES)], library, WordEmbedder())
    with writing(library) as catalog:
        column = "rowid" if lost == "words" else "id"
        catalog.connection.execute(f"DELETE FROM {lost} WHERE {column} <= 4")
    repair(library)
    assert not any("word index" in what for what in wrong(library))
    assert (matches(library, "text : ferry"), matches(library, "title : story")) == (9, 9)


def test_missing_words_are_a_finding(tmp_path, monkeypatch):
    """A word index with fewer passages than the catalog is named, with the way out."""
    monkeypatch.setattr("index.sync.renew_vectors", lambda *_: False)
    library = tmp_path / "library"
    sync([write_articles(tmp_path / "articles.jsonl", *STORIES)], library, WordEmbedder())
    with writing(library) as catalog:
        catalog.connection.execute("DELETE FROM words WHERE rowid <= 4")
    assert "The word index has 5 of 9 passages. Mend it: onrecord doctor --repair" in wrong(library)


def test_a_library_stays_whole_while_articles_are_dismissed(library):
    """Removing articles by hand renews the vector index where it falls behind; an emptied library is whole."""
    assert dismiss(library, "story0") and dismiss(library, "story1")
    assert wrong(library) == []
    for story in STORIES[2:]:
        dismiss(library, story["id"])
    assert wrong(library) == []
    assert Catalog.open(library / CATALOG).state("generation") is None
    assert not (library / "vectors").exists()


def test_lost_passages_are_cut_and_embedded_anew(library):
    """Some or all of them gone: doctor says how many articles are not whole, and what it names mends them."""
    for lost in ("article <= 3", "1"):
        with writing(library) as catalog:
            catalog.connection.execute(f"DELETE FROM passages WHERE {lost}")
        count = 3 if lost != "1" else 9
        assert f"{count} articles have lost passages. Cut and embed them anew: onrecord rebuild" in wrong(library)
        assert rebuild(library, WordEmbedder()) == 9
        assert wrong(library) == []


def test_a_damaged_catalog_is_one_finding(library):
    """Where SQLite's file is damaged that is all that is said, and repair refuses with the same sentence."""
    Catalog.open(library / CATALOG).close()
    file = library / CATALOG
    with file.open("r+b") as pages:
        pages.seek(4096)
        pages.write(os.urandom(file.stat().st_size - 4096))
    findings = examine(library)
    assert [finding.ok for finding in findings] == [False]
    assert findings[0].what.startswith("The catalog is damaged")
    with pytest.raises(CatalogDamaged, match="Move it away and sync again"):
        repair(library)
