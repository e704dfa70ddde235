"""The record of one article. Everything that is quoted, found or counted refers to it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

DATE_SOURCES = {
    "record": "declared by the file or page",
    "feed": "declared by the feed that names the article",
    "text": "written beside the headline",
    "dateline": "written in the dateline",
}  # best first


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its source gives it; what the source doesn't give is None, never guessed."""

    id: str
    text: str  # body without page furniture; every offset counts code points of exactly this
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None  # YYYY-MM-DD
    updated: str | None = None  # YYYY-MM-DD
    url: str | None = None
    language: str | None = None  # BCP 47, e.g. "en"
    section: str | None = None
    date_source: str | None = None  # where `published` stood: see DATE_SOURCES

    @property
    def digest(self) -> str:
        """SHA-256 over all that is stored, so that an edit of any field is noticed."""
        fields = (
            self.text, self.title, self.outlet, self.author, self.published, self.updated,
            self.url, self.language, self.section, self.date_source,
        )  # fmt: skip
        return sha256(
            "\x1f".join("\x1e" if f is None else f for f in fields).encode("utf-8", "surrogatepass")
        ).hexdigest()
