"""The form in which quotes are compared: the same words, whatever the typesetting, with the way back to each offset.

Folded: white space, the shape of quotation marks and dashes, ligatures and full-width forms, composed and
decomposed letters, soft hyphens, zero-width characters, a word broken at a line's end. Nothing else: case, digits,
superscripts, fractions, accents and punctuation stay, since each can change what is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

BREAK = "\t"  # a hyphen at a line's end: part of the word, or not. No other tab is left in a normal form

_INVISIBLE = "\u00ad\u200b-\u200f\u2060\u202a-\u202c\u2066-\u2069\ufe0e\ufe0f\ufeff"
_MARKS = "\u0300-\u036f\u064b-\u065f\u1161-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u3099\u309a\ufe20-\ufe2f"
_SHAPES = (  # ligatures, digraphs, Roman numerals, letterlike units, presentation, full-width and mathematical forms
    "\u0132\u0133\u01c4-\u01cc\u01f1-\u01f3\u2126\u212a\u212b\u2160-\u217f"
    "\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufdfb\ufe70-\ufefc\uff01-\uffdc\U0001d400-\U0001d7ff"
)
_SAME_LENGTH = {
    **dict.fromkeys("‘’‚‛′`´ʹʼ‹›", "'"),
    **dict.fromkeys("“”„‟″«»〝〞", '"'),
    **dict.fromkeys("‐‑⁃−﹣", "-"),
    **dict.fromkeys("‒–―﹘", "—"),
}
_LETTER = r"[^\W\d_]"

_GONE = re.compile(rf"[{_INVISIBLE}]+(?:(?<=\u00ad)\s*[\r\n]\s*)?")
_MARK = re.compile(rf"[{_MARKS}]")
_COMPOSED = re.compile(rf"[^\s{_MARKS}][{_MARKS}]+")
_SHAPED = re.compile(rf"[{_SHAPES}]")
_SPACE = re.compile(r"\s(?:\s+|(?<![ \n]))")
_BROKEN = re.compile(rf"-\n(?<={_LETTER}-\n)(?={_LETTER})")
_DASH = re.compile(r" [-—](?: ?[-—])* ?|[-—](?: ?[-—])+ ?|[-—] |—")
_FIGURE = re.compile(r"[.$£€¥]?\d")
_HYPHEN_BREAK = re.compile(r"-\s*[\r\n]")
_RESHAPED = re.compile(rf"[{_INVISIBLE}{_MARKS}{_SHAPES}]")
_DOTS = re.compile(r"…|\.(?: ?\.){2,}")
_TWO_MARKS = re.compile(r"''")
_QUOTED = re.compile(r'"(?<!\d")')
_PER_CENT = re.compile(r"(?<=\d) (?=%)")


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in the form that is compared; `origin[i]` is where the i-th code point came from in the source.

    `origin` has one entry more than the text: where the folded part of the source ends.
    """

    source: str
    text: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the source that `text[start:end]` stands for."""
        return self.origin[start], self.origin[end]


def fold(source: str, start: int = 0, end: int | None = None) -> Normal:
    """The normal form of `source[start:end]`. Each step works on what the one before it left."""
    end = len(source) if end is None else end
    folded = Normal(source, source[start:end], range(start, end + 1))
    if not folded.text.isascii():
        folded = _replace(folded, _GONE, lambda m: "")
        if _MARK.search(folded.text):
            folded = _replace(folded, _COMPOSED, lambda m: normalize("NFC", m[0]))
        folded = _replace(folded, _SHAPED, lambda m: normalize("NFKC", m[0]))
        folded = replace(folded, text=_same_length(folded.text))
    folded = _replace(folded, _SPACE, lambda m: "\n" if "\n" in m[0] or "\r" in m[0] else " ")
    folded = _replace(folded, _BROKEN, lambda m: BREAK)
    folded = replace(folded, text=folded.text.replace("\n", " "))
    folded = _replace(folded, _DASH, _dash)
    folded = _replace(folded, _DOTS, lambda m: "...")
    folded = _replace(folded, _TWO_MARKS, lambda m: '"')
    folded = _replace(folded, _PER_CENT, lambda m: "")
    # Nested quotes change their marks, but after a digit the mark may be a unit: 6' is not 6".
    return replace(folded, text=_QUOTED.sub("'", folded.text))


def reshaped(source: str) -> bool:
    """Are there letters that fold to others, so that a word of the normal form may not stand in the source?"""
    return bool(_HYPHEN_BREAK.search(source) or (not source.isascii() and _RESHAPED.search(source)))


def _same_length(text: str) -> str:
    for character in _SAME_LENGTH.keys() & set(text):
        text = text.replace(character, _SAME_LENGTH[character])
    return text


def _dash(match: re.Match[str]) -> str:
    """Spaces round a dash are typesetting, except before a figure, where the dash may be a minus sign."""
    if _FIGURE.match(match.string, match.end()):
        return " " * (match[0][0] == " ") + "-" + " " * (match[0][-1] == " ")
    return "-"


def _replace(old: Normal, pattern: re.Pattern[str], form: Callable[[re.Match[str]], str]) -> Normal:
    text: list[str] = []
    origin: list[int] = []
    at = 0
    for match in pattern.finditer(old.text):
        new = form(match)
        start, end = match.span()
        text += old.text[at:start], new
        origin += old.origin[at:start]
        # Where the length stays, each code point keeps its place; otherwise all stand for the whole.
        origin += old.origin[start:end] if len(new) == end - start else [old.origin[start]] * len(new)
        at = end
    if not text:
        return old
    text.append(old.text[at:])
    origin += old.origin[at:]
    return Normal(old.source, "".join(text), origin)
