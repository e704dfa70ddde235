"""Rebuild: all articles embedded anew, also by another model, beside what is asked and synced meanwhile."""

import pytest

from index.doctor import examine
from index.errors import LibraryMissing
from index.library import Library, ModelChanged
from index.rebuild import rebuild
from index.sync import sync
from tests.toys import WordEmbedder, write_articles

STORIES = [
    {"id": f"s{i}", "title": f"Story {i}", "text": f"Ferry number {i} is late. The harbour master is not amused."}
    for i in range(6)
]


class OtherEmbedder(WordEmbedder):
    """Another model: other vectors, and texts in smaller pieces, so that it cuts more passages."""

    name = "toy-letters"
    dimensions = 64

    def offsets(self, texts):
        return [[(i, i + 1) for i, letter in enumerate(text) if letter != " "] for text in texts]


class Interrupted(WordEmbedder):
    """A model that is stopped by Ctrl+C after some texts."""

    def __init__(self, after):
        super().__init__()
        self.after = after

    def embed(self, texts):
        if len(self.embedded) >= self.after:
            raise KeyboardInterrupt
        return super().embed(texts)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Six articles, and the library synced from them without a vector index."""
    with monkeypatch.context() as quick:
        quick.setattr("index.sync.renew_vectors", lambda *_: False)
        write_articles(tmp_path / "articles" / "all.jsonl", *STORIES)
        sync([tmp_path / "articles"], tmp_path / "library", WordEmbedder())
    return tmp_path


@pytest.fixture
def no_generation(monkeypatch):
    """Where only the catalog matters: a vector index takes two processes and plays no part."""
    from index.generations import Generation

    monkeypatch.setattr("index.sync.renew_vectors", lambda *_: False)
    monkeypatch.setattr("index.rebuild.new_generation", lambda *_: Generation("none", 0, 0))


def ids(library, question):
    return {hit.passage.article_id for hit in library.search(question)}


def test_another_model_takes_over_in_one_step(place):
    """Passages are cut and embedded by the new model, found by it, and indexed; the articles stay as they are."""
    before = [(a.id, a.digest) for a in Library.open(place / "library", WordEmbedder()).articles()]
    reader = Library.open(place / "library", WordEmbedder())
    cut = len(reader.passages("s0"))
    assert rebuild(place / "library", OtherEmbedder()) == reader.facts().passages
    with pytest.raises(ModelChanged, match="rebuilt with the embedding model toy-letters. Open it again"):
        reader.search("ferry")
    library = Library.open(place / "library", OtherEmbedder())
    assert [(a.id, a.digest) for a in library.articles()] == before
    assert len(library.passages("s0")) >= cut and "s3" in ids(library, "ferry number 3")
    assert all(finding.ok for finding in examine(place / "library"))
    assert sync([], place / "library", OtherEmbedder()).unchanged == len(STORIES)


def test_a_changed_model_is_said_with_the_way_out(place):
    """Opening and syncing with another model name the command that changes it."""
    for action in (Library.open, lambda folder, model: sync([], folder, model)):
        with pytest.raises(ModelChanged, match="toy-words, not toy-letters.*: onrecord rebuild --embedder toy-letters"):
            action(place / "library", OtherEmbedder())


def test_an_interrupted_rebuild_goes_on_where_it_stopped(place, monkeypatch, no_generation):
    """What was embedded before the interruption isn't embedded again, and until the end the old passages are found."""
    monkeypatch.setattr("index.rebuild.GROUP", 2)
    with pytest.raises(KeyboardInterrupt):
        rebuild(place / "library", Interrupted(after=4))
    library = Library.open(place / "library", WordEmbedder())
    assert "s5" in ids(library, "ferry number 5")
    embedder = WordEmbedder()
    rebuild(place / "library", embedder)
    assert len(embedder.embedded) == 2
    assert library.facts().passages == 6 and "s5" in ids(library, "ferry number 5")
    assert library.catalog.connection.execute("SELECT count(*) FROM rebuilt").fetchone() == (0,)


def test_what_a_sync_changes_between_is_seen_to(place, monkeypatch, no_generation):
    """An article edited, one removed and one added after the interruption are as a rebuild without one has them."""
    monkeypatch.setattr("index.rebuild.GROUP", 2)
    with pytest.raises(KeyboardInterrupt):
        rebuild(place / "library", Interrupted(after=4))
    edited = STORIES[0] | {"text": "The lighthouse was sold."}
    write_articles(
        place / "articles" / "all.jsonl", edited, *STORIES[2:], {"id": "new", "text": "A story that came later."}
    )
    sync([], place / "library", WordEmbedder())
    rebuild(place / "library", WordEmbedder())
    library = Library.open(place / "library", WordEmbedder())
    assert {a.id for a in library.articles()} == {"s0", "s2", "s3", "s4", "s5", "new"}
    assert library.facts().passages == 6
    assert [hit.passage.article_id for hit in library.search("lighthouse sold", count=1)] == ["s0"]


def test_another_model_begins_anew(place, monkeypatch, no_generation):
    """What one model embedded before it was interrupted is of no use to another."""
    monkeypatch.setattr("index.rebuild.GROUP", 2)
    with pytest.raises(KeyboardInterrupt):
        rebuild(place / "library", Interrupted(after=4))
    rebuild(place / "library", OtherEmbedder())
    lengths = "SELECT DISTINCT length(vector) FROM passages"
    catalog = Library.open(place / "library", OtherEmbedder()).catalog
    assert catalog.connection.execute(lengths).fetchall() == [(4 * OtherEmbedder.dimensions,)]


def test_there_must_be_something_to_rebuild(tmp_path):
    """No library, and one without articles, are said with the way out."""
    for make in (lambda: None, lambda: sync([write_articles(tmp_path / "none.jsonl")], tmp_path / "library")):
        make()
        with pytest.raises(LibraryMissing, match="onrecord sync"):
            rebuild(tmp_path / "library", WordEmbedder())
