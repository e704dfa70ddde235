"""From one file to its articles. Structured files give the record and the text as it is; the others are cleaned."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import stat
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal
from urllib.parse import urlsplit

from index.articles import Article
from index.clean import clean, dateline
from index.dates import record_day
from index.documents import read_document
from index.errors import Unreadable
from index.limits import DOCUMENT_BYTES, FIELD_CHARACTERS, FILE_BYTES, RECORD_BYTES, read_capped
from index.text import decode

_PLAIN = (".txt", ".text", ".md", ".markdown")
_PAGES = (".html", ".htm", ".xhtml")
_ARCHIVES = (".mhtml", ".mht", ".webarchive")  # a page with its pictures, as browsers save it
_RECORDS = (".json", ".jsonl", ".ndjson", ".csv", ".tsv")
READABLE = frozenset(
    (*_PLAIN, *_PAGES, *_RECORDS, *_ARCHIVES, ".pdf", ".docx")
    + tuple(suffix + ".gz" for suffix in (*_PLAIN, *_PAGES, *_RECORDS))
)


ARTICLES = 200_000  # of one file
PARTS = 4_000_000  # brackets and commas of a JSON file: what it takes in memory goes with them
SAID = 100  # problems of one file that are told one by one
IN_A_ROW = 10_000  # problems without an article between them, after which a file is given up


@dataclass(frozen=True, slots=True)
class Reading:
    """The articles of one file, and a sentence for each part of it that could not be read as one."""

    articles: tuple[Article, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What a file says of one article, still in its own terms."""

    place: str  # "line 3"; empty where the file is one article
    fields: Mapping[str, object]
    kind: Literal["data", "parsed", "text"]  # `text` is kept as it is, or cleaned of little, or of all furniture


class _GivenUp(Exception):
    """A file of which so much is unreadable that the rest isn't tried."""


class Problems:
    """What couldn't be read of a file: the first sentences, and how many more there would be."""

    def __init__(self) -> None:
        self.in_a_row = 0  # without an article between them
        self._said: list[str] = []
        self._more = 0

    def append(self, sentence: str) -> None:
        """Raises _GivenUp where too many came in a row."""
        self.in_a_row += 1
        if len(self._said) < SAID:
            self._said.append(sentence)
        else:
            self._more += 1
        if self.in_a_row >= IN_A_ROW:
            self._said.append(f"after {IN_A_ROW:,} parts in a row that couldn't be read the rest wasn't tried")
            raise _GivenUp

    def sentences(self) -> tuple[str, ...]:
        more = (f"there are {self._more:,} more such problems",) if self._more else ()
        return (*self._said, *more)


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
        with suppress(_GivenUp):
            for record in _records(_unpacked(source, suffix), suffix.removesuffix(".gz"), problems):
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


# Records


def _records(source: BinaryIO, suffix: str, problems: Problems) -> Iterator[Record]:
    """What a file says of each of its articles; the parts that say nothing go into `problems`."""
    if suffix in (".jsonl", ".ndjson"):
        return _json_lines(source, problems)
    data = read_capped(source, DOCUMENT_BYTES if suffix not in (".json", ".csv", ".tsv") else 4 * DOCUMENT_BYTES)
    match suffix:
        case ".json":
            return _json(data, problems)
        case ".csv" | ".tsv":
            return _table(data, problems)
        case ".pdf" | ".docx":
            return iter([Record("", read_document(suffix[1:], data), "parsed" if suffix == ".docx" else "text")])
        case suffix if suffix in _PAGES:
            return iter([Record("", read_document("html", data), "parsed")])
        case suffix if suffix in _ARCHIVES:
            kind = "webarchive" if suffix == ".webarchive" else "mhtml"
            return iter([Record("", read_document(kind, data), "parsed")])
        case _:
            return iter([Record("", _front_matter(decode(data), problems), "text")])


def _json_lines(source: BinaryIO, problems: Problems) -> Iterator[Record]:
    number = total = 0
    while line := source.readline(RECORD_BYTES + 1):
        number += 1
        total += len(line)
        if total > FILE_BYTES:
            problems.append(f"from line {number} on it is more than {FILE_BYTES >> 30} GiB; split it")
            return
        if len(line) > RECORD_BYTES:
            problems.append(f"line {number} is longer than {RECORD_BYTES >> 20} MiB")
            total += _skip_line(source, FILE_BYTES - total)
        elif line.strip():
            try:
                value = json.loads(line.decode("utf-8-sig"))
            except (ValueError, RecursionError):
                problems.append(f"line {number} is not JSON in UTF-8")
                continue
            yield from _objects([value], problems, lambda _, number=number: f"line {number}")


def _skip_line(source: BinaryIO, limit: int) -> int:
    """Read on to the next line; gives the number of bytes."""
    skipped = 0
    while skipped <= limit and (piece := source.readline(1 << 20)):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped


def _json(data: bytes, problems: Problems) -> Iterator[Record]:
    if sum(map(data.count, (b"[", b"{", b","))) > PARTS:
        raise Unreadable("holds too many parts for one piece; write it as JSONL, an article a line")
    try:
        value = json.loads(decode(data))
    except json.JSONDecodeError as error:
        raise Unreadable(f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except ValueError:  # a number of more digits than Python reads
        raise Unreadable("is not JSON that can be read: it holds a number without end") from None
    except RecursionError:
        raise Unreadable("is nested too deeply") from None
    if isinstance(value, dict) and isinstance(value.get("articles"), list):
        value = value["articles"]
    many = isinstance(value, list)
    return _objects(value if many else [value], problems, lambda n: f"article {n}" if many else "")


def _objects(values: Iterable[object], problems: Problems, place: Callable[[int], str]) -> Iterator[Record]:
    for number, value in enumerate(values, 1):
        if isinstance(value, dict):
            yield Record(place(number), value, "data")
        else:
            problems.append(f"{place(number) or 'it'} is not an object with a text field")


def _table(data: bytes, problems: Problems) -> Iterator[Record]:
    import csv

    text = decode(data)
    header = text[: text.find("\n")] if "\n" in text else text
    csv.field_size_limit(RECORD_BYTES)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t|", key=header.count))
    number = 1
    while True:
        number += 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            problems.append(f"row {number} is not CSV: {error}")
            continue
        if row is None:
            return
        yield Record(f"row {number}", {str(k).strip(): v for k, v in row.items()}, "data")


_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n.{0,16384}?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def _front_matter(text: str, problems: Problems) -> Mapping[str, object]:
    """Front matter and the text below it, where a text begins with some."""
    matter = _FRONT_MATTER.match(text)
    if not matter:
        return {"text": text}
    import frontmatter
    from yaml import YAMLError

    body = text[matter.end() :]
    try:
        record, _ = frontmatter.parse(matter.group())
    except (YAMLError, ValueError, RecursionError):
        problems.append("its front matter is not YAML and was left out")
        record = {}
    return {**record, "text": body}


# From a record to an article

_NAMES = {
    "id": ("id", "_id", "article_id", "guid", "uuid"),
    "text": ("text", "body", "content", "articleBody", "article_body", "maintext", "full_text"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "publication", "newspaper", "site_name", "sitename"),
    "author": ("author", "authors", "byline", "creator"),
    "published": (
        "published", "date", "published_at", "publishedAt", "date_published", "datePublished", "pub_date", "pubDate",
        "publication_date", "published_date", "publish_date", "date_publish",
    ),
    "updated": ("updated", "modified", "updated_at", "dateModified", "date_modified", "last_modified"),
    "url": ("url", "link", "canonical", "permalink", "source_url"),
    "language": ("language", "lang", "inLanguage"),
    "section": ("section", "category", "articleSection"),
}  # fmt: skip
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)


def _article(record: Record, name: str, problems: Problems) -> Article:
    """Raises Unreadable with a predicate where the record is none of an article."""
    fields = {field: value for field, names in _NAMES.items() if (value := _first(record.fields, names))}
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
            "text": record_day(_first(record.fields, ("shown",))) or cleaned.published,
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


def _first(fields: Mapping[str, object], names: tuple[str, ...]) -> str:
    """The first of these fields that says something; names are compared without case."""
    folded = {key.casefold(): value for key, value in fields.items() if isinstance(key, str)}
    for name in names:
        value = _plain(folded.get(name.casefold()))
        if value.strip():
            return value if name in _NAMES["text"] or name in _NAMES["id"] else " ".join(value.split())
    return ""


def _plain(value: object) -> str:
    """A string as it is; a number or a day as one; a thing's name; several of these joined by commas."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_one, value[:20])))
    return _one(value)


def _one(value: object) -> str:
    value = value.get("name") if isinstance(value, dict) else value
    if isinstance(value, int) and (isinstance(value, bool) or value.bit_length() > 64):
        return ""
    return str(value) if isinstance(value, str | int | float | date) else ""


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
