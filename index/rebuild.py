"""Rebuild: cut and embed all articles anew, also with another model, beside the running readers."""

from __future__ import annotations

from pathlib import Path

from index import rebuilt
from index.embedder import Embedder
from index.errors import LibraryMissing
from index.generations import new_generation, sweep
from index.sync import GROUP, groups, prepared, shown
from index.writing import existing, writing


def rebuild(folder: Path, embedder: Embedder | None = None) -> int:
    """Embed every article of a library anew, without an embedder by its own model; the number of passages.

    What is done waits in a table of its own until all is, and is then switched to in one step. Interrupted, the next
    rebuild with the same model goes on from there, whatever a sync brought, edited or removed meanwhile.
    Raises LibraryMissing, LibraryBusy, ModelUnusable.
    """
    existing(folder).close()
    with writing(folder) as catalog:
        made_with = catalog.state("model")
        if made_with is None or not catalog.facts().articles:
            raise LibraryMissing(
                f"The library at {folder} is empty. Fill it: onrecord sync ARTICLES --library {folder}"
            )
        embedder = embedder or Embedder(made_with)
        rebuilt.begin(catalog, embedder.name)
        waiting = shown(rebuilt.waiting(catalog), "Embedding")
        for group in groups((article for id in waiting if (article := catalog.article(id))), GROUP):
            rows = [(article.id, prepared(article, embedder)) for article in group]
            vectors = iter(embedder.embed([text for _, cut in rows for _, _, text in cut]))
            with catalog.transaction():
                for id, cut in rows:
                    rebuilt.put(catalog, id, [(passage, key, next(vectors).tobytes()) for passage, key, _ in cut])
        made = new_generation(catalog, folder, "rebuilt")
        with catalog.transaction():
            rebuilt.adopt(catalog, embedder.name)
            catalog.set_generation(made.name, made.last, made.count)
        sweep(folder, made.name)
        return made.count
