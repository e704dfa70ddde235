"""Sources: what a library is made of, and the files that there are among them."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.errors import OnRecordError
from index.read import READABLE, suffix_of
from index.read import shown as plain


class SourceMissing(OnRecordError):
    """A file or folder to sync that isn't there."""


@dataclass(frozen=True, slots=True)
class File:
    """A file among the sources, as the file system describes it."""

    path: str  # absolute
    name: str  # relative to its root
    root: str  # the file or folder that was named
    size: int  # bytes
    changed: int  # nanoseconds

    @property
    def stamp(self) -> tuple[int, int]:
        return self.size, self.changed


@dataclass(frozen=True, slots=True)
class Scan:
    """What there is among the sources."""

    files: dict[str, File]  # by path, in order
    unseen: tuple[str, ...]  # files and folders that couldn't be reached: what they gave isn't known to be gone
    problems: tuple[str, ...]


def scan(roots: Sequence[str], homes: Sequence[str]) -> Scan:
    """Look for the readable files among the sources; each lies in one of `homes`, to which its name is relative."""
    files: dict[str, File] = {}
    unseen: list[str] = []
    problems: list[str] = []

    def miss(error: OSError) -> None:
        unseen.append(error.filename)
        reason = error.strerror or error
        problems.append(f"{plain(error.filename)} can't be reached ({reason}); what was read from it earlier is kept.")

    for root in roots:
        home = next(home for home in homes if lies_in(root, [home]))
        for path in _paths(root, miss):
            try:
                path.encode()
                status = os.stat(path)
            except UnicodeEncodeError:
                problems.append(f"{plain(path)} has a name that isn't UTF-8; rename it.")
            except OSError as error:
                miss(error)
            else:
                if stat.S_ISREG(status.st_mode):
                    name = os.path.basename(path) if path == home else os.path.relpath(path, home)
                    files[path] = File(path, name, home, status.st_size, status.st_mtime_ns)
    return Scan(files, tuple(unseen), tuple(problems))


def _paths(root: str, miss: Callable[[OSError], None]) -> Iterator[str]:
    """The files in a root whose names say that they can be read, in order; `miss` is told of unreadable folders."""
    if not os.path.isdir(root):
        yield root
        return
    for folder, folders, names in os.walk(root, onerror=miss):  # doesn't follow links to folders: no loops
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and suffix_of(name) in READABLE:
                yield os.path.join(folder, name)


def lies_in(path: str, places: Iterable[str]) -> bool:
    """Is the path one of these files and folders, or in one of them?"""
    return any(path == place or path.startswith(os.path.join(place, "")) for place in places)


def outermost(places: Iterable[str]) -> list[str]:
    """Those of the files and folders that lie in no other one, in order."""
    kept: list[str] = []
    for place in sorted(places):  # a folder sorts before what is in it
        if not lies_in(place, kept):
            kept.append(place)
    return kept
