"""A feed, RSS or Atom: which articles it names. Run as a module, it is the child process that parses it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from index.errors import Unreadable
from index.fields import is_link
from index.limits import Apart, serve

ENTRIES = 500  # of a feed; the first, which are the newest

_apart = Apart("index.feeds")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a feed names."""

    url: str
    record: Mapping[str, str]  # what the feed says of it: title, author, published, updated


def read_feed(data: bytes, url: str) -> list[Entry]:
    """The articles that a feed names, parsed in the child process; `url` is where it was found.

    Raises Unreadable with a predicate ("is no feed").
    """
    record = _apart.parse("feed", data)
    return [Entry(_absolute(url, entry.pop("link")), entry) for entry in record["entries"]]


def _absolute(url: str, link: str) -> str:
    """An entry's link; one that is no link stays as it is, and is refused when it is asked for."""
    try:
        return urljoin(url, link)
    except ValueError:
        return link


def parse_feed(data: bytes) -> dict[str, list[dict[str, str]]]:
    """The child's side: each entry with a link as a record of strings."""
    import feedparser

    feed = feedparser.parse(io.BytesIO(data))  # never a string, which it would take for a link or a file's name
    if not feed.version:
        raise Unreadable("is no feed; a page or a text is sent under another type")
    entries = [record for entry in feed.entries[:ENTRIES] if (record := _record(entry)).get("link")]
    if not entries:
        raise Unreadable("is a feed that names no article")
    return {"entries": entries}


def _record(entry: Mapping[str, object]) -> dict[str, str]:
    from lxml.html import fromstring

    title = entry.get("title")
    names = {
        "link": entry.get("feedburner_origlink") or entry.get("link"),
        "title": fromstring(f"<p>{title}</p>").text_content() if title else None,  # it may hold marks of emphasis
        "author": None if is_link(entry.get("author") or "") else entry.get("author"),
        "published": entry.get("published"),
        "updated": dict(entry).get("updated"),  # its own get() falls back to published
    }
    return {name: " ".join(value.split()) for name, value in names.items() if isinstance(value, str) and value.strip()}


if __name__ == "__main__":
    serve({"feed": parse_feed})
