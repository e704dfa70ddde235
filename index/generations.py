"""Generations of the vector index: built beside the running readers, then switched to in one step."""

from __future__ import annotations

import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

from index.catalog import Catalog

OUT_OF_DATE = 0.1  # the share of passages by which a generation may differ from the catalog
VECTORS = "vectors"  # the folder of the generations, in a library's folder


@dataclass(frozen=True, slots=True)
class Generation:
    """A vector index that has been built."""

    name: str  # its folder's
    last: int  # the highest number of its passages
    count: int


def renew_vectors(catalog: Catalog, folder: Path, force: bool = False) -> bool:
    """Build a new generation where the current one is missing or a tenth out of date. Was one built?

    Readers of the old one go on with it and move over at their next question.
    """
    from index.vectors import is_there

    current = catalog.state("generation")
    there = current is not None and is_there(folder / VECTORS / current)
    if there and not force and catalog.drift() <= OUT_OF_DATE:
        return False
    if not catalog.last_passage():
        catalog.clear_generation()
        shutil.rmtree(folder / VECTORS, ignore_errors=True)
        return False
    made = new_generation(catalog, folder)
    with catalog.transaction():
        catalog.set_generation(made.name, made.last, made.count)
    sweep(folder, made.name, current)
    return True


def new_generation(catalog: Catalog, folder: Path, table: str = "passages") -> Generation:
    """Build a generation of the vectors in a table; nothing reads it before it is switched to."""
    from index.vectors import build

    name = uuid.uuid4().hex[:12]
    last = catalog.last_passage(table)
    return Generation(name, last, build(catalog.file, folder / VECTORS / name, table))


def sweep(folder: Path, *kept: str | None) -> None:
    """Remove all generations but these."""
    for old in (folder / VECTORS).glob("*"):
        if old.name not in kept:
            shutil.rmtree(old, ignore_errors=True)
