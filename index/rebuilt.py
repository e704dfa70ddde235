"""A rebuild under way: passages in a table of their own, which goes on from where it was interrupted."""

from __future__ import annotations

from collections.abc import Iterable

from index.catalog import Catalog
from index.passages import Passage


def begin(catalog: Catalog, model: str) -> None:
    """Begin, or go on where one with this model was interrupted."""
    with catalog.transaction() as db:
        if catalog.state("rebuild_model") != model:
            db.execute("DELETE FROM rebuilt")
            catalog.set_state("rebuild_model", model)


def waiting(catalog: Catalog) -> list[str]:
    """The articles that are still to be embedded, by id."""
    query = "SELECT id FROM articles WHERE number NOT IN (SELECT article FROM rebuilt) ORDER BY number"
    return [id for (id,) in catalog.connection.execute(query)]


def put(catalog: Catalog, article_id: str, passages: Iterable[tuple[Passage, str, bytes]]) -> None:
    """Keep an article's new passages until all articles have theirs. Their numbers are never given again."""
    db = catalog.connection
    article = db.execute("SELECT number FROM articles WHERE id = ?", (article_id,)).fetchone()[0]
    reserve = "UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'passages' RETURNING seq"
    for passage, embedded, vector in passages:
        row = (article, passage.ordinal, passage.start, passage.end, embedded, vector)
        db.execute("INSERT INTO rebuilt VALUES (?, ?, ?, ?, ?, ?, ?)", (*db.execute(reserve).fetchone(), *row))


def adopt(catalog: Catalog, model: str) -> None:
    """Put the new passages in the place of the old ones. For the caller's transaction."""
    db = catalog.connection
    db.execute("DELETE FROM passages")
    db.execute("INSERT INTO passages SELECT * FROM rebuilt")
    db.execute("DELETE FROM rebuilt")
    db.execute("DELETE FROM state WHERE key = 'rebuild_model'")
    catalog.set_state("model", model)
    catalog.make_words()
