"""Doctor: is a library whole, and if not, make it so."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from index.catalog import Catalog
from index.errors import OnRecordError
from index.generations import OUT_OF_DATE, VECTORS, renew_vectors, sweep
from index.vectors import VectorsBroken, check, is_there
from index.writing import existing, writing


class CatalogDamaged(OnRecordError):
    """A catalog from which the rest can't be built anew."""


class NotCompacted(OnRecordError):
    """A library of which an open reader keeps an old state on disk."""


@dataclass(frozen=True, slots=True)
class Finding:
    ok: bool
    what: str  # one sentence


def examine(folder: Path) -> list[Finding]:
    """What is right and wrong with a library. Raises LibraryMissing; changes nothing."""
    catalog = existing(folder)
    findings = examine_catalog(catalog)
    return findings if len(findings) == 1 else [*findings, _vectors_whole(catalog, folder)]


def examine_catalog(catalog: Catalog) -> list[Finding]:
    """What is right and wrong with a catalog; one finding where it is damaged, as nothing else is sure to be read."""
    whole = _catalog_whole(catalog.connection)
    if not whole.ok:
        return [whole]
    facts = catalog.facts()
    return [
        Finding(True, f"{facts.articles} articles in {facts.passages} passages."),
        whole,
        _passages_whole(catalog.connection),
        _words_whole(catalog.connection),
    ]


def repair(folder: Path) -> None:
    """Build the word and the vector index anew from the catalog, and compact it.

    Raises LibraryMissing, LibraryBusy, CatalogDamaged, NotCompacted.
    """
    existing(folder).close()
    with writing(folder) as catalog:
        if not (whole := _catalog_whole(catalog.connection)).ok:
            raise CatalogDamaged(whole.what)
        catalog.index_words()
        _compact(catalog, folder)


def compact(folder: Path, versions: bool = False) -> int:
    """Leave nothing of removed articles on disk, and with `versions` nothing that edits replaced; the bytes it saved.

    Raises LibraryMissing, LibraryBusy, NotCompacted.
    """
    existing(folder).close()
    with writing(folder) as catalog:
        before = _size(folder)
        if versions:
            catalog.drop_versions()
        _compact(catalog, folder)
        return before - _size(folder)


def _compact(catalog: Catalog, folder: Path) -> None:
    """Chroma never forgets a vector and SQLite keeps freed pages and its log, so all of them are written anew."""
    db = catalog.connection
    renew_vectors(catalog, folder, force=True)
    sweep(folder, catalog.state("generation"))
    db.execute("INSERT INTO words(words) VALUES ('optimize')")
    db.execute("VACUUM")
    busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise NotCompacted(
            "A reader holds on to what was removed. Close what uses this library, and try again: onrecord compact"
        )


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _catalog_whole(db: sqlite3.Connection) -> Finding:
    try:
        said = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        said = error
    if said == "ok":
        return Finding(True, "The catalog is undamaged.")
    return Finding(False, f"The catalog is damaged ({said}). Move it away and sync again.")


def _passages_whole(db: sqlite3.Connection) -> Finding:
    """Each article's passages follow each other from its first character to its last."""
    broken = db.execute(
        """SELECT count(*) FROM (
               SELECT a.number, characters(a.text) AS whole, count(p.number) AS n,
                      min(p.start) AS first, max(p.end) AS last, sum(p.end - p.start) AS covered
               FROM articles a LEFT JOIN passages p ON p.article = a.number GROUP BY a.number)
           WHERE n = 0 OR first <> 0 OR last <> whole OR covered <> whole"""
    ).fetchone()[0]
    if broken:
        return Finding(False, f"{broken} articles have lost passages. Cut and embed them anew: onrecord rebuild")
    return Finding(True, "Every article is held whole.")


def _words_whole(db: sqlite3.Connection) -> Finding:
    passages, words = (db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("passages", "words_docsize"))
    if passages != words:
        return Finding(False, f"The word index has {words} of {passages} passages. Mend it: onrecord doctor --repair")
    return Finding(True, "The word index is complete.")


def _vectors_whole(catalog: Catalog, folder: Path) -> Finding:
    generation = catalog.state("generation")
    way_out = "Build it anew: onrecord doctor --repair"
    if not catalog.last_passage():
        return Finding(True, "There is nothing to index yet.")
    if generation is None or not is_there(folder / VECTORS / generation):
        return Finding(False, f"The vector index is missing. {way_out}")
    try:
        count = check(folder / VECTORS / generation)
    except VectorsBroken:
        return Finding(False, f"The vector index is damaged. {way_out}")
    if count != int(catalog.state("generation_count") or 0):
        return Finding(False, f"The vector index has {count} passages, not what it was built with. {way_out}")
    if catalog.drift() > OUT_OF_DATE:
        return Finding(False, f"The vector index is out of date. {way_out}")
    return Finding(True, f"The vector index holds {count} passages.")
