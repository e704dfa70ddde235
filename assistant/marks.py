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
from itertools import chain

from index.passages import sentences

LONGEST = 6_000  # characters that are read of one answer
BEGUN = 8  # characters of the next sentence, from which the one before it is whole

_WORD = r"(?:passages?|sources?|sentences?|quotes?|no\.?|and|#|\^|§)"
_ONE = rf"(?:{_WORD}\s*:?)?\s*\d{{1,3}}(?:\.\d{{1,3}})?"
_SEVERAL = rf"{_ONE}(?:(?:\s*[,;&–-]|\s)\s*{_ONE})*"
MARK = re.compile(
    rf"\s*[\[【]{{1,2}}\s*({_SEVERAL})\s*[\]】]{{1,2}}"
    rf"|\s*\(\s*(\d{{1,3}}\.\d{{1,3}}(?:\s*[,;&–-]\s*{_ONE})*|(?:passage|source|sentence)s?\s*:?\s*{_SEVERAL})\s*\)",
    re.IGNORECASE,
)
_PAIR = re.compile(r"passage\s*:?\s*(\d{1,3})\s*,?\s*sentence\s*:?\s*(\d{1,3})(?![.\d])", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,3})\.(\d{1,3})\s*[–-]\s*(?:\1\.)?(\d{1,3})(?![.\d])")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})?")
_THOUGHT = re.compile(r"<(/?)think(?:ing)?>", re.IGNORECASE)
_HALF_TAG = re.compile(r"<[^>\n]{0,12}\Z")  # may become a tag with the next chunk
_HALF_MARK = re.compile(r"[\[【(][^\])】\n]{0,40}\Z")
_FENCE = re.compile(r"\s*`{3}\w*\s*")
_JSON = re.compile(r"\s*(?:`{3}\s*(?:json)?\s*)?(?:\{\s*\"|\[\s*[{\"])", re.IGNORECASE)
_UNDECIDED = re.compile(r"\s*(?:`{1,2}|`{3}\s*(?:j|js|jso|json)?\s*)?[\[{]?\s*", re.IGNORECASE)  # may become JSON
_LIST = re.compile(r"^\s*(?:[-*•–]\s+|\d{1,2}[.)]\s+(?=\D))")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.,;!?])[*_](?!\w)|`")
_TEXT_KEYS, _MARK_KEYS = ("text", "sentence", "words"), ("marks", "mark", "citations", "sources", "passages")
# Where the next value of a list may begin: after what opens the list, or at the value itself.
_VALUE = re.compile(rf'(\{{\s*"(?!(?:{"|".join(_MARK_KEYS)})")\w+"\s*:\s*\[\s*(?=[{{"])|\[\s*(?=[{{"]))|[{{"]')


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as a model wrote it, not yet checked, and the marks it gave."""

    words: str
    marks: tuple[str, ...] = ()


def drafts(chunks: Iterable[str]) -> Iterator[Draft]:
    """The sentences of an answer that comes in chunks, each as soon as it is whole."""
    text, more = "", _unthought(chunks)
    while True:
        if not _UNDECIDED.fullmatch(text):
            if _JSON.match(text):
                yield from _objects(text, more)
                return
            line, newline, rest = text.partition("\n")
            found, text = (_line(line), rest) if newline else _begun(text)
            yield from found
            if newline:
                continue
        chunk = next(more, None)
        if chunk is None:
            yield from _line(text)
            return
        text += chunk


def _unthought(chunks: Iterable[str]) -> Iterator[str]:
    """The chunks without what a model thinks aloud, up to LONGEST characters."""
    rest, thinking, left = "", False, LONGEST
    for chunk in chain(chunks, [None]):
        rest += chunk or ""
        shown = []
        while tag := _THOUGHT.search(rest):
            if not thinking and not tag[1]:
                shown.append(rest[: tag.start()])
            elif not thinking:  # it had begun without a tag
                shown.append("\n")
            rest, thinking = rest[tag.end() :], not tag[1]
        half = _HALF_TAG.search(rest) if chunk is not None else None
        end = half.start() if half else len(rest)
        if not thinking:
            shown.append(rest[:end])
        rest = rest[end:]
        if text := "".join(shown)[:left]:
            yield text
            left -= len(text)
        if left == 0:
            return


# JSON


def _objects(text: str, more: Iterator[str]) -> Iterator[Draft]:
    """The values of a list of sentences, or of several lines, each when it is whole."""
    decoder, at = json.JSONDecoder(strict=False), 0
    while True:
        while value := _VALUE.search(text, at):
            if value[1]:
                at = value.end()
                continue
            try:
                found, at = decoder.raw_decode(text, value.start())
            except (ValueError, RecursionError):  # not whole yet, or never
                break
            yield from _values(found)
        chunk = next(more, None)
        if chunk is None:
            return
        text += chunk


def _values(value: object) -> Iterator[Draft]:
    """The sentences in a JSON value: a text with its marks, or texts that hold their own."""
    if isinstance(value, str):
        for line in value.splitlines():
            yield from _line(line)
    elif isinstance(value, list):
        for item in value:
            yield from _values(item)
    elif isinstance(value, dict):
        words = next((value[k] for k in _TEXT_KEYS if isinstance(value.get(k), str)), None)
        if words is None:
            yield from _values([v for k, v in value.items() if k not in _MARK_KEYS])
            return
        marks = next((value[k] for k in _MARK_KEYS if k in value), [])
        given = [n for mark in (marks if isinstance(marks, list) else [marks]) for n in _numbers(str(mark))]
        inner = [n for m in MARK.finditer(words) for n in _numbers(m[1] or m[2])]
        if words := _plain(MARK.sub("", words)):
            yield Draft(words, tuple(dict.fromkeys(given + inner)))


# Prose


def _line(line: str) -> list[Draft]:
    """All sentences of a whole line."""
    return [] if _FENCE.fullmatch(line) else [draft for draft, _ in _cut(line)]


def _begun(text: str) -> tuple[list[Draft], str]:
    """The sentences of a line that goes on after which another has clearly begun, and what is left of the line."""
    cut = _cut(text)
    whole = [(draft, end) for draft, end in cut[:-1] if len(MARK.sub("", text[end:]).strip()) >= BEGUN]
    if not whole or _HALF_MARK.search(text):
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
            marks.append((len(plain), mark.end(), _numbers(mark[1] or mark[2])))
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


def _numbers(mark: str) -> list[str]:
    """The numbers in a mark: "passage 1, sentence 2" is 1.2, and "1.1-1.3" are three."""
    mark = _RANGE.sub(lambda r: " ".join(f"{r[1]}.{n}" for n in range(int(r[2]), int(r[3]) + 1)), mark)
    return _NUMBER.findall(_PAIR.sub(r"\1.\2", mark))


def _plain(words: str) -> str:
    """A sentence without Markdown's emphasis, on one line."""
    return " ".join(_EMPHASIS.sub("", words).lstrip("#> ").split())
