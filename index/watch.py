"""Watch: run a sync whenever something changes among its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from index.errors import LibraryBusy, OnRecordError
from index.places import is_local, lies_in
from index.sources import followed, root_of
from index.sync import SyncReport

PATIENCE = 1000  # milliseconds that pass before what is waiting is tried again
SETTLING = 400  # milliseconds without a change after which changes count as one


class NothingToWatch(OnRecordError):
    """Sources that can't be watched."""


def watch(sources: Sequence[Path | str], library: Path, sync: Callable[[], SyncReport]) -> Iterator[SyncReport]:
    """Sync, and again after each change among these files, folders and globs; one report for each sync, without end.

    The first sync starts when watching has begun, so that no change falls between. One that another process's writing
    prevents is tried again until it can be done. The library's own folder may lie among the sources: what changes there
    is none of their changes. Raises NothingToWatch, and what `root_of` and `sync` raise.
    """
    from watchfiles import watch as changes

    roots = [root_of(source) for source in sources]
    if not roots or not all(map(is_local, roots)):
        raise NothingToWatch("Only files and folders can be watched. Name them alone: onrecord sync articles/ --watch")
    own = [str(library.resolve())]
    waiting = True
    for changed in changes(
        *{followed(root) for root in roots},
        watch_filter=lambda _, path: not lies_in(path, own),
        step=SETTLING,
        rust_timeout=PATIENCE,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        if changed or waiting:
            try:
                report = sync()
            except LibraryBusy:
                waiting = True
            else:
                waiting = False
                yield report
