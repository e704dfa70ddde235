"""Who may write: one process at a time, held by a lock of the operating system."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from index.catalog import CATALOG, Catalog, LibraryOutdated
from index.errors import LibraryBusy, OnRecordError

CACHE = (
    64 << 10
)  # KiB of SQLite's pages: each article goes to many places of its tables, and its own 2 MB are soon full


@contextmanager
def writing(folder: Path) -> Iterator[Catalog]:
    """The catalog, held by this process alone until the block ends. Raises LibraryBusy, LibraryTooNew, OnRecordError.

    It is made where there is none, and brought up to date where an older release made it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "writing.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise LibraryBusy(f"Another process is writing to the library at {folder}. Wait until it is done.") from None
    except OSError as error:
        raise OnRecordError(
            f"No library can be written at {folder} ({error.strerror or error}). Name another folder with --library."
        ) from error
    try:
        catalog = Catalog.create(folder / CATALOG)
        try:
            catalog.connection.execute(f"PRAGMA cache_size = -{CACHE}")
            yield catalog
        finally:
            catalog.close()
    finally:
        lock.release()


@contextmanager
def trying(folder: Path) -> Iterator[Catalog]:
    """The catalog for a dry run: where there is none yet an empty one elsewhere, of which nothing stays."""
    if (folder / CATALOG).exists():
        with writing(folder) as catalog:
            yield catalog
    else:
        with TemporaryDirectory() as elsewhere, writing(Path(elsewhere)) as catalog:
            yield catalog


def existing(folder: Path) -> Catalog:
    """The catalog of a library that is there, brought up to date where an older release made it.

    Raises LibraryMissing, LibraryTooNew; LibraryBusy where it is outdated and another process writes.
    """
    try:
        return Catalog.open(folder / CATALOG)
    except LibraryOutdated:
        with writing(folder):
            return Catalog.open(folder / CATALOG)
