"""From one file to its articles. Structured files give the record and the text as it is; the others are cleaned."""

from __future__ import annotations

import gzip
import os
import re
import stat
import unicodedata
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from index.articles import Article
from index.clean import clean, dateline
from index.dates import record_day
from index.errors import Unreadable
from index.fields import plain_fields
from index.limits import FIELD_CHARACTERS, RECORD_BYTES
from index.records import READABLE, GivenUp, Problems, Record, records

ARTICLES = 200_000  # of one file


@dataclass(frozen=True, slots=True)
class Reading:
    """The articles of one file, and a sentence for each part of it that could not be read as one."""

    articles: tuple[Article, ...]
    problems: tuple[str, ...] = ()


def read_file(path: Path, name: str) -> Reading:
    """The articles of one file. `name`, its path below the source's folder, gives the ids that the file doesn't.

    Raises Unreadable, one sentence, where nothing in the file can be read.
    """
    try:
        with _open_regular(path) as source:
            return read_stream(source, name)
    except OSError as error:
        raise Unreadable(f"{shown(name)} cannot be read: {error.strerror or error}.") from None


def read_stream(source: BinaryIO, name: str) -> Reading:
    """The articles of a stream of bytes; the suffix of its name says what they are. Raises Unreadable."""
    suffix = suffix_of(name)
    problems = Problems()
    articles: list[Article] = []
    try:
        if suffix not in READABLE:
            raise Unreadable(f"is of a kind that is not read; those that are: {' '.join(sorted(READABLE))}")
        with suppress(GivenUp):
            for record in records(_unpacked(source, suffix), suffix.removesuffix(".gz"), problems):
                if len(articles) == ARTICLES:
                    problems.append(f"from {record.place} on it is more than {ARTICLES:,} articles; split it")
                    break
                try:
                    articles.append(_article(record, name, problems))
                    problems.in_a_row = 0
                except Unreadable as problem:
                    problems.append(f"{record.place or 'it'} {problem}")
        if not articles:
            first = next(iter(problems.sentences()), "holds no article")
            raise Unreadable(first.removeprefix("it "))
    except Unreadable as error:
        what = str(error)
        separator = ": " if what.startswith(("line ", "row ", "article ")) else " "
        raise Unreadable(f"{shown(name)}{separator}{what}.") from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise Unreadable(f"{shown(name)} is a broken gzip file; pack it again.") from None
    return Reading(tuple(articles), problems.sentences())


def suffix_of(name: str) -> str:
    """The suffix in lower case: `.jsonl.gz` of `a/b.JSONL.gz`."""
    stem, suffix = os.path.splitext(name.lower())
    return os.path.splitext(stem)[1] + suffix if suffix == ".gz" else suffix


def id_of(name: str) -> str:
    """An id from a path: no suffix, slashes kept; what is not plain text in it, and every `..`, is %-escaped.

    >>> id_of("2024/Harbour bridge.txt")
    '2024/Harbour bridge'
    """
    name = unicodedata.normalize("NFC", name.replace("\\", "/"))
    suffix = suffix_of(name)
    name = name[: -len(suffix)] if suffix in READABLE else name
    parts = [_escape("%2E" * len(part) if set(part) == {"."} else part) for part in name.split("/") if part]
    return "/".join(parts) or "article"


def shown(name: str) -> str:
    """A name without anything that would move a cursor, break a line or turn the writing round."""
    return _escape(name)


def _escape(name: str) -> str:
    return "".join(
        "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "surrogatepass")) if _is_unseen(c) else c for c in name
    )


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


# Bytes


def _open_regular(path: Path) -> BinaryIO:
    """A file opened for reading; raises OSError for folders, pipes and devices, which could block for ever."""
    try:
        source = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    except ValueError:  # a NUL in the name
        raise OSError("its name is no file name") from None
    if not stat.S_ISREG(os.fstat(source.fileno()).st_mode):
        source.close()
        raise OSError("it is no regular file")
    return source


def _unpacked(source: BinaryIO, suffix: str) -> BinaryIO:
    return gzip.GzipFile(fileobj=source) if suffix.endswith(".gz") else source


# From a record to an article

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)


def _article(record: Record, name: str, problems: Problems) -> Article:
    """Raises Unreadable with a predicate where the record is none of an article."""
    fields = plain_fields(record.fields)
    place = record.place or "it"
    text = fields.pop("text", "")
    if not text.strip():
        raise Unreadable("has no text")
    if len(text) > RECORD_BYTES:
        raise Unreadable(f"has a text of more than {RECORD_BYTES >> 20} million characters; split it")
    for field in [f for f in fields if len(fields[f]) > FIELD_CHARACTERS]:
        problems.append(f"{place} has a {field} of more than {FIELD_CHARACTERS:,} characters, which was left out")
        del fields[field]
    days = {field: _day(fields.pop(field, None), field, place, problems) for field in ("published", "updated")}
    title, author, source = fields.get("title"), fields.get("author"), "record" if days["published"] else None
    if record.kind == "data":
        shown_days = {"dateline": dateline(text)}
    else:
        cleaned = clean(text, title, parsed=record.kind == "parsed")
        text, title, author = cleaned.text, title or cleaned.title, author or cleaned.author
        days["updated"] = days["updated"] or cleaned.updated
        shown_days = {
            "text": record.fields.get("shown") or cleaned.published,
            "dateline": cleaned.dateline,
        }
    if not days["published"]:
        source, days["published"] = next(((s, day) for s, day in shown_days.items() if day), (None, None))
    article = Article(
        id=fields.get("id") or _made_id(name, record.place),
        text=text,
        title=title,
        outlet=fields.get("outlet"),
        author=author,
        published=days["published"],
        updated=days["updated"],
        url=_link(fields.get("url")),
        language=_language(fields.get("language")),
        section=fields.get("section"),
        date_source=source,
    )
    _check_storable(article)
    return article


def _day(value: str | None, field: str, place: str, problems: Problems) -> str | None:
    day = record_day(value) if value else None
    if value and day is None:
        problems.append(f"{place} gives no calendar day in its {field} date, which was left out")
    return day


def _link(value: str | None) -> str | None:
    try:
        return value if value and urlsplit(value).scheme in ("http", "https") else None
    except ValueError:
        return None


def _language(value: str | None) -> str | None:
    code = (value or "").replace("_", "-")
    return code if _LANGUAGE.fullmatch(code) else None


def _made_id(name: str, place: str) -> str:
    number = place.rpartition(" ")[2]
    return f"{id_of(name)}#{number}" if number else id_of(name)


def _check_storable(article: Article) -> None:
    """Raises Unreadable for what can't be written down: half of a surrogate pair."""
    for value in (
        article.id,
        article.text,
        article.title,
        article.outlet,
        article.author,
        article.url,
        article.section,
    ):
        if value and not _is_utf8(value):
            raise Unreadable("holds half a character, which is no text")


def _is_utf8(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
