"""Sources: what a library is made of. A root is a file, a folder, a glob, a link or standard input, written as text.

/home/ada/articles                    a file or folder
glob:/home/ada/articles/**/*-uk.txt   a pattern, of which the files that match at each sync count
https://news.example/feed.xml         a link: a page, a file, or a feed with the articles that it names
stdin:notes.md                        what was once piped in
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from glob import has_magic
from pathlib import Path
from urllib.parse import urldefrag

from index.articles import Article
from index.dates import record_day
from index.errors import OnRecordError
from index.links import Validators, check
from index.places import STDIN, Places, glob_root, is_local, leads_to, matches, split
from index.read import READABLE, Reading, read_file, suffix_of
from index.read import shown as plain

KINDS = " ".join(sorted(kind for kind in READABLE if not kind.endswith(".gz")))
NAMED = 50  # files that one sentence names
Miss = Callable[[OSError], None]
Leave = Callable[[str, str], None]  # a path, and why nothing is read there
OTHER_KIND = "of a kind that is not read"
LINKED = "linked from elsewhere, and not followed: name such folders as sources"
NO_FILE = "no regular file"


class SourceMissing(OnRecordError):
    """A file or folder to sync that isn't there."""


@dataclass(frozen=True, slots=True)
class File:
    """A file among the sources; what was fetched or piped in lies in a folder of passing files as one."""

    path: str  # absolute; of a link the link, of a feed's article the feed and the link with a space between
    name: str  # relative to its root
    root: str
    size: int  # bytes
    changed: int  # nanoseconds, or a number that stands for what was fetched
    at: str | None = None  # where its bytes lie, where that isn't its path
    url: str | None = None  # where it was found
    record: Mapping[str, str] = field(default_factory=dict)  # what its feed says of it
    validators: Validators = Validators()

    @property
    def stamp(self) -> tuple[int, int]:
        return self.size, self.changed


@dataclass(frozen=True, slots=True)
class Scan:
    """What there is among the sources."""

    files: dict[str, File]  # by path, in order
    unseen: tuple[str, ...]  # files and folders that couldn't be reached: what they gave isn't known to be gone
    problems: tuple[str, ...]

    def plus(self, other: Scan) -> Scan:
        return Scan(self.files | other.files, self.unseen + other.unseen, self.problems + other.problems)


def root_of(source: Path | str, stdin_name: str = "stdin") -> str:
    """The root that a source stands for, as a person writes it. Raises SourceMissing, LinkFailed."""
    written = os.fspath(source)
    if written == "-":
        return STDIN + stdin_name
    if "://" in written and isinstance(source, str):
        return urldefrag(check(written).url).url
    path = Path(written).expanduser().resolve()
    if path.exists():
        return str(path)
    if not has_magic(written):
        raise SourceMissing(f"There is no file or folder {path}. Name sources that are there.")
    root = glob_root(Path(written).expanduser())
    if not any(_paths(root, lambda _: None, lambda *_: None)):
        raise SourceMissing(f"No file that can be read matches {plain(written)}. Name sources that are there.")
    return root


def followed(root: str) -> str:
    """The folder in which a change of a local root shows."""
    base, _ = split(root)
    return base if os.path.isdir(base) else os.path.dirname(base)


def scan(roots: Iterable[str], homes: Places, library: Path, remembered: bool = False) -> Scan:
    """Look for the readable files of this machine among the sources; every other one but hidden ones is a problem.

    Each lies in one of `homes`, to which its name is relative. What was piped in is not asked for again. The library's
    own folder is none of the sources, even where it lies among them. A remembered folder with nothing to read in it is
    taken for one whose disk isn't there: what was read from it isn't known to be gone.
    """
    files: dict[str, File] = {}
    unseen: list[str] = []
    problems: list[str] = []
    left: dict[str, list[str]] = {}
    own = Places([str(library.resolve())])

    def miss(error: OSError) -> None:
        unseen.append(error.filename)
        reason = error.strerror or error
        problems.append(f"{plain(error.filename)} can't be reached ({reason}); what was read from it earlier is kept.")

    def leave(path: str, why: str) -> None:
        if own.holding(path) is None:
            left.setdefault(why, []).append(plain(path if path == base else os.path.relpath(path, base)))

    for root in roots:
        if not is_local(root):
            unseen += [root] if root.startswith(STDIN) else []
            continue
        home = homes.holding(root) or root
        base, _ = split(home)
        missed = len(unseen)
        paths = [path for path in _paths(root, miss, leave) if own.holding(path) is None]
        if not paths and len(unseen) == missed and remembered and os.path.isdir(root):
            unseen.append(root)
            problems.append(
                f"{plain(root)} holds nothing to read now; what was read from it earlier is kept."
                f" If it is meant to be empty: onrecord sync {plain(root)}"
            )
        elif not paths and len(unseen) == missed:
            problems.append(f"{plain(root)} holds no file of a kind that is read: {KINDS}.")
        for path in paths:
            try:
                path.encode()
                status = os.stat(path)
            except UnicodeEncodeError:
                problems.append(f"{plain(path)} has a name that isn't UTF-8; rename it.")
            except OSError as error:
                miss(error)
            else:
                if stat.S_ISREG(status.st_mode):
                    name = os.path.basename(path) if path == base else os.path.relpath(path, base)
                    files[path] = File(path, name, home, status.st_size, status.st_mtime_ns)
                else:
                    leave(path, NO_FILE)
    problems += (f"{_listed(names)} {why}." for why, names in left.items())
    return Scan(files, tuple(unseen), tuple(problems))


def _listed(names: Sequence[str]) -> str:
    more = [f"{len(names) - NAMED:,} more"] if len(names) > NAMED else []
    return ", ".join((*names[:NAMED], *more)) + (" is" if len(names) == 1 else " are")


def read(file: File) -> Reading:
    """The articles of a file among the sources; what was fetched is filled up from its link and its feed.

    A feed itself gives none. Raises Unreadable.
    """
    if file.url is None:
        return read_file(Path(file.at or file.path), file.name)
    if file.at is None:
        return Reading(())
    reading = read_file(Path(file.at), file.name)
    return replace(reading, articles=tuple(_filled(article, file) for article in reading.articles))


def _filled(article: Article, file: File) -> Article:
    """An article with what only its link and its feed say of it."""
    given = {"url": file.url, **file.record}
    given |= {name: record_day(given[name]) for name in ("published", "updated") if name in given}
    known = {name for name in given if getattr(article, name)}
    if article.date_source != "record" and given.get("published"):  # a day that only stands in the text counts less
        known.discard("published")
        given["date_source"] = "feed"
    return replace(article, **{name: value for name, value in given.items() if value and name not in known})


def _paths(root: str, miss: Miss, leave: Leave) -> Iterator[str]:
    """The files in a root whose names say that they can be read, in order.

    `miss` is told of unreadable folders, `leave` of what is passed by and isn't hidden.
    """
    base, pattern = split(root)
    if not pattern and not os.path.isdir(base):
        yield base
        return
    for folder, folders, names in os.walk(base, onerror=miss):  # doesn't follow links to folders: no loops
        within = Path(folder).relative_to(base).parts
        aside = {stem + ending for stem in _pages(names) for ending in _PAGE_FOLDERS}
        wanted = (f for f in folders if not f.startswith(".") and f not in aside)
        folders[:] = sorted(f for f in wanted if leads_to((*within, f), pattern))
        for name in folders:
            if os.path.islink(os.path.join(folder, name)):
                leave(os.path.join(folder, name), LINKED)
        for name in sorted(names):
            if name.startswith(".") or not matches((*within, name), pattern):
                continue
            if suffix_of(name) in READABLE:
                yield os.path.join(folder, name)
            else:
                leave(os.path.join(folder, name), OTHER_KIND)


# What browsers call the folder of a saved page's pictures, scripts and frames, after the name of the page.
_PAGE_FOLDERS = (
    "_files", "-files", "-Dateien", "_fichiers", "-fichiers", "_archivos", "_arquivos", "_ficheiros", "_file",
    "_bestanden", "_filer", "-filer", "_tiedostot", "_pliki", "_soubory", "_elemei", "_файлы",
)  # fmt: skip


def _pages(names: Iterable[str]) -> Iterator[str]:
    return (stem for stem, suffix in map(os.path.splitext, names) if suffix.lower() in (".html", ".htm"))
