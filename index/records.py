"""What a file says of each of its articles, in its own terms: by lines, rows, objects, front matter or labels."""

from __future__ import annotations

import io
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO, Literal

from index.documents import read_document
from index.errors import Unreadable
from index.fields import NAMES, field_of, known
from index.limits import DOCUMENT_BYTES, FILE_BYTES, RECORD_BYTES, read_capped
from index.text import decode

_PLAIN = (".txt", ".text", ".md", ".markdown")
_PAGES = (".html", ".htm", ".xhtml")
_ARCHIVES = (".mhtml", ".mht", ".webarchive")  # a page with its pictures, as browsers save it
_RECORDS = (".json", ".jsonl", ".ndjson", ".csv", ".tsv")
READABLE = frozenset(
    (*_PLAIN, *_PAGES, *_RECORDS, *_ARCHIVES, ".pdf", ".docx")
    + tuple(suffix + ".gz" for suffix in (*_PLAIN, *_PAGES, *_RECORDS))
)

PARTS = 4_000_000  # brackets and commas of a JSON file: what it takes in memory goes with them
SAID = 100  # problems of one file that are told one by one
IN_A_ROW = 10_000  # problems without an article between them, after which a file is given up


@dataclass(frozen=True, slots=True)
class Record:
    """What a file says of one article, still in its own terms."""

    place: str  # "line 3"; empty where the file is one article
    fields: Mapping[str, object]
    kind: Literal["data", "parsed", "text"]  # `text` is kept as it is, or cleaned of little, or of all furniture


class GivenUp(Exception):
    """A file of which so much is unreadable that the rest isn't tried."""


class Problems:
    """What couldn't be read of a file: the first sentences, and how many more there would be."""

    def __init__(self) -> None:
        self.in_a_row = 0  # without an article between them
        self._said: list[str] = []
        self._more = 0

    def append(self, sentence: str) -> None:
        """Raises GivenUp where too many came in a row."""
        self.in_a_row += 1
        if len(self._said) < SAID:
            self._said.append(sentence)
        else:
            self._more += 1
        if self.in_a_row >= IN_A_ROW:
            self._said.append(f"after {IN_A_ROW:,} parts in a row that couldn't be read the rest wasn't tried")
            raise GivenUp

    def sentences(self) -> tuple[str, ...]:
        more = (f"there are {self._more:,} more such problems",) if self._more else ()
        return (*self._said, *more)


def records(source: BinaryIO, suffix: str, problems: Problems) -> Iterator[Record]:
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
            return iter([Record("", _plain(decode(data), problems), "text")])


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
    value = _articles_in(value)
    many = isinstance(value, list)
    return _objects(value if many else [value], problems, lambda n: f"article {n}" if many else "")


def _objects(values: Iterable[object], problems: Problems, place: Callable[[int], str]) -> Iterator[Record]:
    for number, value in enumerate(values, 1):
        if isinstance(value, dict):
            yield Record(place(number), value, "data")
        else:
            problems.append(f"{place(number) or 'it'} is not an object with a text field")


def _articles_in(value: object) -> object:
    """The list of articles in what wraps one: under `articles`, else the only list within it that has texts."""
    if not isinstance(value, dict) or _has_text(value):
        return value
    if isinstance(value.get("articles"), list):
        return value["articles"]
    lists = list(_lists_of_texts(value))
    return lists[0] if len(lists) == 1 else value


def _lists_of_texts(value: dict[str, object], depth: int = 3) -> Iterator[list[object]]:
    for part in value.values():
        if isinstance(part, list) and any(isinstance(one, dict) and _has_text(one) for one in part):
            yield part
        elif isinstance(part, dict) and depth:
            yield from _lists_of_texts(part, depth - 1)


def _has_text(value: dict[str, object]) -> bool:
    """Has it a field named as the text, that is no list of articles?"""
    return any(field_of(name) == "text" and not _are_articles(part) for name, part in value.items())


def _are_articles(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) and {"title", "text"} <= known(one) for one in value)


_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)  # as spreadsheets write and want it


def _table(data: bytes, problems: Problems) -> Iterator[Record]:
    """A record a row; a row of more or fewer cells than there are columns is torn, and none.

    Raises Unreadable where no column is named as one of texts.
    """
    import csv

    text = decode(data)
    told = _SEPARATOR_LINE.match(text)
    text = text[told.end() :] if told else text
    header = text[: text.find("\n")] if "\n" in text else text
    mark = told[1] if told else max(",;\t|", key=header.count)
    csv.field_size_limit(RECORD_BYTES)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    columns: list[str] = []
    number = 1
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            problems.append(f"row {number} is not CSV: {error}")
            number += 1
            continue
        if row is None:
            return
        if not row:
            continue
        if not columns:
            columns = _columns(row, problems)
        elif len(row) < len(columns) or any(cell.strip() for cell in row[len(columns) :]):
            problems.append(f"row {number} has {len(row)} cells, not {len(columns)}; put its text in quotes")
        else:
            yield Record(f"row {number}", dict(zip(columns, row, strict=False)), "data")
        number += 1


def _columns(row: list[str], problems: Problems) -> list[str]:
    columns = [cell.strip() for cell in row]
    fields = known(columns)
    found = ", ".join(filter(None, columns))[:200]
    if "text" not in fields:
        raise Unreadable(f"has no column for the text, but {found}; name it text")
    if fields == {"text"} and len(columns) > 1:
        problems.append(f"its columns are {found}, of which only the text's is known; name them {', '.join(NAMES)}")
    return columns


# Plain text: front matter, labels

_FRONT_MATTER = re.compile(
    r"\A(?P<mark>---|\+\+\+)[ \t]*\r?\n(?P<matter>.{0,16384}?)\n(?:(?P=mark)|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_LABEL = re.compile(r"(?P<label>\w[\w .-]{0,29}?)\s*[:：]\s*(?P<value>\S.{0,1000})")
_MAIL = tuple(
    "from to cc sent subject an gesendet betreff à objet para asunto oggetto aan onderwerp till ämne тема".split()
)
_BY = ("by", "von", "par", "por", "di", "door", "av", "af", "автор")


def _plain(text: str, problems: Problems) -> Mapping[str, object]:
    """Front matter or labels, and the text below them, where a text begins with some."""
    matter = _FRONT_MATTER.match(text)
    if not matter:
        return _labelled(text)
    what = matter["matter"]
    record = _toml(what, problems) if matter["mark"] == "+++" else _yaml(what)
    if record is None:  # a rule above a paragraph
        return {"text": text}
    return {**record, "text": text[matter.end() :]}


def _toml(matter: str, problems: Problems) -> Mapping[str, object]:
    try:
        return tomllib.loads(matter)
    except (tomllib.TOMLDecodeError, RecursionError):
        problems.append("its front matter is not TOML and was left out")
        return {}


def _yaml(matter: str) -> Mapping[str, object] | None:
    """YAML's keys and values, all as strings ("no" is a language); what is not quite YAML is read key by key."""
    record = _loaded(matter)
    if record is None:
        starts = [match.start() for match in re.finditer(r"^(?=[\w-]{1,40}:(?:\s|$))", matter, re.MULTILINE)]
        record = {}
        for start, end in pairwise([*starts, len(matter)]):
            key, _, value = matter[start:end].partition(":")
            record |= _loaded(matter[start:end]) or {key: value.split("\n")[0].strip(" \t\r\"'")}
    return {k: v for k, v in record.items() if v not in ("~", "null")} if known(map(str, record)) else None


def _loaded(matter: str) -> Mapping[str, object] | None:
    import yaml

    try:
        record = yaml.load(matter, Loader=yaml.BaseLoader)  # which makes strings, lists and dicts alone
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _labelled(text: str) -> Mapping[str, object]:
    """The record in lines such as "Title: ..." with which a text begins, where two of their labels are known.

    A label that isn't stays in the text; the head of an e-mail is no record.
    """
    record: dict[str, str] = {}
    others = []
    at = len(text) - len(text.lstrip())
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        line = _LABEL.fullmatch(text[at : min(end, at + 1200)].strip())
        label = line["label"].casefold() if line else ""
        if line is None or label in _MAIL:
            break
        field = "author" if label in _BY else field_of(label)
        if field == "text":
            at += text[at:end].index(line["value"])
            break
        if field is None or field == "id" or field in record:
            others.append(text[at:end])
        else:
            record[field] = line["value"]
        at = end
    if len(record) < 2 or label in _MAIL:
        return {"text": text}
    return {**record, "text": "".join(others) + text[at:]}
