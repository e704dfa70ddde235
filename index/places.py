"""Places: which of the files, folders, globs and links that a library is synced from a path lies in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from glob import escape, has_magic
from pathlib import Path

GLOB = "glob:"
STDIN = "stdin:"


class Places:
    """Files, folders, globs and links. A path asks its own parents and the globs, however many places there are."""

    def __init__(self, places: Iterable[str] = ()):
        self.plain: set[str] = set()
        self.globs: list[str] = []
        for place in places:
            self.add(place)

    def add(self, place: str) -> None:
        if place.startswith(GLOB):
            self.globs.append(place)
        else:
            self.plain.add(place)

    def holding(self, path: str) -> str | None:
        """The place that the path is or lies in, if there is one. A feed's article lies in the feed."""
        if is_link(path):
            return next((part for part in (path, path.partition(" ")[0]) if part in self.plain), None)
        if path.startswith(GLOB):
            return path if path in self.globs else self._above(split(path)[0])
        return self._above(path) or next((glob for glob in self.globs if _matched(path, glob)), None)

    def _above(self, path: str) -> str | None:
        while path not in self.plain:
            above = os.path.dirname(path)
            if above == path:
                return None
            path = above
        return path


def lies_in(path: str, places: Iterable[str]) -> bool:
    """Is the path one of these files, folders, globs and links, or in one of them?"""
    return Places(places).holding(path) is not None


def outermost(places: Iterable[str]) -> list[str]:
    """Those of the files, folders, globs and links that lie in no other one, in order."""
    kept, held = [], Places()
    for place in sorted(places):  # a folder sorts before what is in it
        if held.holding(place) is None:
            kept.append(place)
            held.add(place)
    return kept


def is_link(path: str) -> bool:
    return path.startswith("https://")


def is_local(root: str) -> bool:
    """Is this a file, a folder or a glob?"""
    return not (is_link(root) or root.startswith(STDIN))


# Globs


def glob_root(glob: Path) -> str:
    """The root of a glob: absolute, whatever folder it was written in."""
    parts = glob.parts
    first = next(number for number, part in enumerate(parts) if has_magic(part))
    return GLOB + os.path.join(escape(str(Path(*parts[:first]).resolve())), *parts[first:])


def split(root: str) -> tuple[str, tuple[str, ...]]:
    """The folder that a root lies in or is, and the pattern below it; a file's or folder's own has no parts."""
    if not root.startswith(GLOB):
        return root, ()
    parts = Path(root.removeprefix(GLOB)).parts
    first = next(number for number, part in enumerate(parts) if has_magic(part))
    return os.path.join(*parts[:first]), parts[first:]


def matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Does a path match the pattern, or lie in a folder that does?

    >>> [matches(path.split("/"), ("**", "20*")) for path in ("2024", "uk/2024/a.txt", "uk/a.txt")]
    [True, True, False]
    """
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(matches(parts[skipped:], pattern[1:]) for skipped in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and matches(parts[1:], pattern[1:])


def leads_to(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """May something in this folder match the pattern?"""
    if not parts or not pattern or pattern[0] == "**":
        return True
    return fnmatchcase(parts[0], pattern[0]) and leads_to(parts[1:], pattern[1:])


def _matched(path: str, glob: str) -> bool:
    base, pattern = split(glob)
    return path.startswith(os.path.join(base, "")) and matches(Path(path).relative_to(base).parts, pattern)
