"""Watch: run a sync whenever something changes among its sources."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from index.errors import LibraryBusy
from index.sources import lies_in
from index.sync import SyncReport

PATIENCE = 1000  # milliseconds that pass before what is waiting is tried again
SETTLING = 400  # milliseconds without a change after which changes count as one


def watch(sources: Sequence[Path], sync: Callable[[], SyncReport]) -> Iterator[SyncReport]:
    """Sync, and again after each change below these files and folders; one report for each sync, without end.

    The first sync starts when watching has begun, so that no change falls between. One that another process's writing
    prevents is tried again until it can be done.
    """
    from watchfiles import watch as changes

    roots = [str(source.resolve()) for source in sources]
    places = {root if os.path.isdir(root) else os.path.dirname(root) for root in roots}
    waiting = True
    for changed in changes(
        *places,
        watch_filter=lambda _, path: lies_in(path, roots),
        step=SETTLING,
        rust_timeout=PATIENCE,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        if not changed and not waiting:
            continue
        try:
            yield sync()
            waiting = False
        except LibraryBusy:
            waiting = True
