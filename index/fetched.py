"""What doesn't lie here as a file: links, feeds and standard input, brought as files into a folder of passing ones."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import BinaryIO
from urllib.parse import urlsplit

from index.catalog import UNREAD, Catalog
from index.errors import Unreadable
from index.feeds import Entry, read_feed
from index.limits import FILE_BYTES
from index.links import FEED, Fetched, LinkFailed, Validators, Web, named
from index.places import STDIN, is_link
from index.read import READABLE, shown, suffix_of
from index.sources import File, Scan

AT_A_TIME = 4  # links

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A link to be fetched."""

    path: str  # under which it is remembered
    url: str
    entry: Entry | None = None  # that names it, in a feed


@dataclass(frozen=True, slots=True)
class Got:
    """What came of it."""

    path: str
    file: File | None = None  # None where it couldn't be had
    problem: str = ""
    entries: tuple[Entry, ...] = ()  # of a feed


@dataclass(frozen=True, slots=True)
class Fetching:
    """The links of one sync. `held` has the stamps of what was read before, by path; `validators` go with them."""

    folder: Path  # where the files go
    web: Web
    held: Mapping[str, Stamp]
    validators: Mapping[str, Validators]

    def fetch(self, links: Sequence[str]) -> Scan:
        """Fetch links, and the articles that those of them which are feeds name.

        What can't be reached, and what a feed no longer names, is unseen: what it gave is kept.
        """
        until = monotonic() + self.web.altogether
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            pages = list(pool.map(lambda asked: self._get(asked, until), [Asked(link, link) for link in links]))
            entries = list(pool.map(lambda asked: self._get(asked, until), self._named_by(pages)))
        missed = {_link(got.path) for got in entries if got.file is None}
        files = {got.path: got.file for got in entries if got.file}
        for got in pages:  # a feed comes after its articles: once it counts as read, so do they
            if got.file:
                files[got.path] = replace(got.file, validators=Validators()) if got.path in missed else got.file
        return Scan(
            files,
            tuple(path for path in self.held if _link(path) in links and path not in files),
            tuple(got.problem for got in (*pages, *entries) if got.problem),
        )

    def _named_by(self, pages: Sequence[Got]) -> Iterable[Asked]:
        """What the feeds among the pages name; an article of two feeds, or that is a source of its own, once."""
        known = {path.rpartition(" ")[2]: path for path in self.held if is_link(path)}
        known |= {got.path: got.path for got in pages}
        asked = {}
        for feed in pages:
            for entry in feed.entries:
                path = known.setdefault(entry.url, f"{feed.path} {entry.url}")
                if path != entry.url:
                    asked.setdefault(path, Asked(path, entry.url, entry))
        return asked.values()

    def _get(self, asked: Asked, until: float) -> Got:
        path, stamp = asked.path, self.held.get(asked.path)
        kept = "; what was read from it earlier is kept." if stamp else "."
        try:
            if monotonic() > until:
                raise LinkFailed(f"{named(asked.url)} wasn't asked: the {self.web.altogether:g} s of a sync were up.")
            fetched = self.web.fetch(asked.url, self._held_of(path))
            if fetched is None:
                return Got(path, File(path, "", _link(path), *stamp, url=asked.url))
            if fetched.kind != FEED:
                return Got(path, self._put(path, fetched, asked.entry))
            if asked.entry:
                raise Unreadable("is a feed where an article should be")
            entries = read_feed(fetched.data, fetched.url)
            return Got(path, self._put(path, fetched), entries=tuple(entries))
        except LinkFailed as error:
            return Got(path, problem=str(error).removesuffix(".") + kept)
        except Unreadable as error:
            return Got(path, problem=f"{named(asked.url)} {error}{kept}")

    def _held_of(self, path: str) -> Validators:
        """The validators of what is held; none where something of it is still to be read."""
        again = any(stamp == UNREAD for held, stamp in self.held.items() if path in (held, _link(held)))
        return Validators() if again else self.validators.get(path, Validators())

    def _put(self, path: str, fetched: Fetched, entry: Entry | None = None) -> File:
        """Fetched bytes as a file; a feed's own are of no more use."""
        digest = sha256(fetched.data)
        at = self.folder / digest.hexdigest()
        if fetched.kind != FEED:
            at.write_bytes(fetched.data)
        return File(
            path,
            name_of(fetched.url, fetched.kind),
            _link(path),
            len(fetched.data),
            int.from_bytes(digest.digest()[:7], "big"),
            at=str(at) if fetched.kind != FEED else None,
            url=fetched.url,
            record=entry.record if entry else {},
            validators=fetched.validators,
        )


def elsewhere(roots: Sequence[str], named: Sequence[str], catalog: Catalog, folder: Path, web: Web) -> Scan:
    """What the roots give that are links, and standard input where that is `named`; its files go into the folder."""
    found = Scan({}, (), ())
    if links := [root for root in roots if is_link(root)]:
        validators = {path: Validators(*given) for path, given in catalog.validators().items()}
        found = Fetching(folder, web, catalog.files(), validators).fetch(links)
    for root in named:
        if root.startswith(STDIN):
            found = found.plus(piped(sys.stdin.buffer, root, folder))
    return found


def name_of(url: str, kind: str) -> str:
    """The name of what a link leads to, as if it were a file in a folder named after its host.

    >>> name_of("https://news.example/2024/ferry.html?page=2", ".html")
    'news.example/2024/ferry.html?page=2.html'
    """
    parts = urlsplit(url)
    path = parts.path.strip("/") or "index"
    name = f"{parts.hostname}/{path}" + (f"?{parts.query}" if parts.query else "")
    return name if suffix_of(name) == kind else name + kind


def piped(stream: BinaryIO, root: str, folder: Path) -> Scan:
    """What comes through standard input, as a file. Its suffix says what it is, or else its beginning."""
    name = root.removeprefix(STDIN)
    at, digest, size = folder / "stdin", sha256(), 0
    with at.open("wb") as file:
        while piece := stream.read(1 << 20):
            size += len(piece)
            if size > FILE_BYTES:
                return Scan({}, (root,), (f"Standard input gives more than {FILE_BYTES >> 30} GiB; split it.",))
            digest.update(piece)
            file.write(piece)
    with at.open("rb") as file:
        name = name if suffix_of(name) in READABLE else name + kind_of(file.read(1 << 16))
    stamp = size, int.from_bytes(digest.digest()[:7], "big")
    return Scan({root: File(root, shown(name), root, *stamp, at=str(at))}, (), ())


def kind_of(head: bytes) -> str:
    """The suffix that fits what begins like this; JSONL only where a whole first line is seen."""
    marks = {b"%PDF": ".pdf", b"PK\x03\x04": ".docx", b"<": ".html", b"[": ".json"}
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{"):
        return next((suffix for mark, suffix in marks.items() if head.startswith(mark)), ".txt")
    line, _, more = head.partition(b"\n")
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return ".json"
    return ".jsonl" if more.strip() else ".json"


def _link(path: str) -> str:
    """The link that a person named: of a feed's article, the feed."""
    return path.partition(" ")[0]
