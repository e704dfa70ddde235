"""What a chat model writes, read as sentences with their marks, while it comes.

A mark is a passage's number or a sentence's, "[2]" or "[2.3]". Models, small ones above all, write marks before or
after the full stop, at a line's beginning, in other brackets, or as JSON; all of these are read. What is no mark that
was given is left to the gate, which knows which ones there are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.passages import sentences

LONGEST = 6_000  # characters that are read of one answer
BEGUN = 8  # characters of the next sentence, from which the one before it is whole

_ONE = r"(?:passages?|sources?|sentences?|quotes?|no\.?|and|#|\^|§)?\s*\d{1,3}(?:\.\d{1,3})?"
MARK = re.compile(
    rf"\s*[\[【]\s*({_ONE}(?:\s*[,;&]?\s*{_ONE})*)\s*[\]】]|\s*\(\s*((?:passage|source|sentence)s?\s+{_ONE}"
    rf"(?:\s*[,;&]\s*{_ONE})*)\s*\)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})?")
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_HALF_TAG = re.compile(r"<[^>\n]{0,12}\Z")  # may become a tag with the next chunk
_JSON = re.compile(r"[\s`]*(?:json)?\s*(?:\{|\[\s*\{)")
_UNDECIDED = re.compile(r"[\s`]*(?:j|js|jso|json)?\s*\[?\s*")  # so far it may be JSON or prose
_LIST = re.compile(r"^\s*(?:[-*•–]\s+|\d{1,2}[.)]\s+(?=\D))")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.,;!?])[*_](?!\w)|`")
_TEXT_KEYS, _MARK_KEYS = ("text", "sentence", "words"), ("marks", "mark", "citations", "sources", "passages")


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as a model wrote it, not yet checked, and the marks it gave."""

    words: str
    marks: tuple[str, ...] = ()


def drafts(chunks: Iterable[str]) -> Iterator[Draft]:
    """The sentences of an answer that comes in chunks, each as soon as it is whole."""
    written = _unthought(chunks)
    text = ""
    for chunk in written:
        text += chunk
        if not _UNDECIDED.fullmatch(text):
            break
    yield from _objects(text, written) if _JSON.match(text) else _prose(text, written)


def _unthought(chunks: Iterable[str]) -> Iterator[str]:
    """The chunks without what a model thinks aloud, up to LONGEST characters."""
    text, given = "", 0
    for chunk in chunks:
        text += chunk
        shown = _THOUGHT.sub("", text)
        shown = _HALF_TAG.sub("", shown)[:LONGEST]
        if len(shown) > given:
            yield shown[given:]
            given = len(shown)
        if given >= LONGEST:
            return
    shown = _THOUGHT.sub("", text)[:LONGEST]
    if len(shown) > given:
        yield shown[given:]


# JSON


def _objects(text: str, more: Iterator[str]) -> Iterator[Draft]:
    """The objects of a list of sentences, each when its closing brace is there."""
    decoder, at = json.JSONDecoder(), text.find("[") + 1
    while True:
        if at == 0:
            at = text.find("[") + 1
        while at and (start := text.find("{", at)) >= 0:
            try:
                value, at = decoder.raw_decode(text, start)
            except ValueError:  # not whole yet, or never
                break
            if draft := _draft(value):
                yield draft
        chunk = next(more, None)
        if chunk is None:
            return
        text += chunk


def _draft(value: dict) -> Draft | None:
    words = next((value[k] for k in _TEXT_KEYS if isinstance(value.get(k), str)), "")
    marks = next((value[k] for k in _MARK_KEYS if k in value), [])
    given = [n for mark in (marks if isinstance(marks, list) else [marks]) for n in _NUMBER.findall(str(mark))]
    inner = [n for m in MARK.finditer(words) for n in _numbers(m)]
    words = _plain(MARK.sub("", words))
    return Draft(words, tuple(dict.fromkeys(given + inner))) if words else None


# Prose


def _prose(text: str, more: Iterator[str]) -> Iterator[Draft]:
    """The sentences of running text; the last one of a line is whole when the line ends."""
    while True:
        line, newline, rest = text.partition("\n")
        if newline:
            yield from _line(line)
            text = rest
            continue
        found, text = _begun(text)
        yield from found
        chunk = next(more, None)
        if chunk is None:
            yield from _line(text)
            return
        text += chunk


def _line(line: str) -> list[Draft]:
    """All sentences of a whole line."""
    return [draft for draft, _ in _cut(line)]


def _begun(text: str) -> tuple[list[Draft], str]:
    """The sentences of a line that goes on after which another has clearly begun, and what is left of the line."""
    cut = _cut(text)
    whole = [(draft, end) for draft, end in cut[:-1] if len(MARK.sub("", text[end:]).strip()) >= BEGUN]
    if not whole or text.rstrip()[-1:] == "[":
        return [], text
    return [draft for draft, _ in whole], text[whole[-1][1] :]


def _cut(line: str) -> list[tuple[Draft, int]]:
    """The sentences of a line with their marks, and where each ends in the line, its marks included."""
    bullet = _LIST.match(line)
    at = bullet.end() if bullet else 0
    leading = MARK.match(line, at) is not None
    plain, origin, marks = "", [], []
    for mark in [*MARK.finditer(line, at), None]:
        plain += line[at : mark.start() if mark else len(line)]
        origin += range(at, mark.start() if mark else len(line))
        if mark:
            marks.append((len(plain), mark.end(), _numbers(mark)))
            at = mark.end()
    spans = _spans(plain)
    owners = [_owner(place, spans, leading) for place, *_ in marks]
    found = []
    for i, (start, end) in enumerate(spans):
        own = [mark for mark, owner in zip(marks, owners, strict=True) if owner == i]
        words = _plain(re.sub(r"\s+([.,;:!?])", r"\1", plain[start:end]))
        stop = max([origin[end - 1] + 1, *(after for _, after, _ in own)])
        found.append((Draft(words, tuple(dict.fromkeys(n for _, _, numbers in own for n in numbers))), stop))
    return [(draft, stop) for draft, stop in found if draft.words]


def _spans(text: str) -> list[tuple[int, int]]:
    """The sentences of a text without the space around them."""
    spans = [(a, b, text[a:b]) for a, b in sentences(text)] if text.strip() else []
    return [(b - len(s.lstrip()), a + len(s.rstrip())) for a, b, s in spans if re.search(r"\w", s)]


def _owner(place: int, spans: list[tuple[int, int]], leading: bool) -> int:
    """The sentence of a mark: the one before it; in a line that begins with a mark, the one after it."""
    if leading:
        return next((i for i, (_, end) in enumerate(spans) if place < end), len(spans) - 1)
    return max((i for i, (start, _) in enumerate(spans) if start < place), default=0)


def _numbers(mark: re.Match[str]) -> list[str]:
    return _NUMBER.findall(mark[1] or mark[2])


def _plain(words: str) -> str:
    """A sentence without Markdown's emphasis, on one line."""
    return " ".join(_EMPHASIS.sub("", words).lstrip("#> ").split())
