"""The lines of a text and what each looks like by itself: a paragraph, a short line, furniture of the page.

A line is judged by its shape (length, final punctuation, repetition) and by how much of it is the vocabulary of web
pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from index.dates import DAY_WORDS, find_day
from index.vocabulary import (
    ADDRESS,
    ASKING,
    CALLS,
    COMMENTS,
    CREDIT,
    CREDITED,
    FURNITURE,
    MORE,
    MORE_FROM,
    NETWORKS,
    NOTICE,
    SERVICE,
    SMALL_WORDS,
)

Kind = Literal["prose", "short", "furniture", "comments", "more"]


@dataclass(frozen=True, slots=True)
class Line:
    """`text[start:end]`: a line, or a paragraph that was wrapped at a column."""

    start: int
    end: int  # with its line break
    words: str  # without white space at its ends and without Markdown's heading marks
    tokens: tuple[str, ...]  # case-folded
    kind: Kind = "short"


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
# Accents and vowel signs that stand as characters of their own belong to their word: Hebrew, Arabic, the Indic scripts.
_MARK = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0dff"
_TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{_MARK}])*(?:['’][^\W_]+)*")
_ELISION = re.compile(r"^(?:l|d|s|n|j|m|t|c|qu|un|all|dell|nell|sull)['’]")
SENTENCE_END = re.compile(r"[.!?…:。！？।॥؟۔]\s*(?:[\])\"'”’»›“*†]|\[\d+\])*$")
# Thai, Lao, Burmese, Khmer, Japanese, Chinese: words stand without spaces between them.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
QUOTED = re.compile(r"[\"“„«»][^\"“”„«»]*[\"”“»«]")
_COUNTRY = re.compile(r"\bU\.? ?S\b")
_FULL_STOP = re.compile(r"[.!?。！？।॥؟۔]\s*(?:[\])\"'”’»›“*†]|\[\d+\])*$")
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_CLAUSES = re.compile(r"(?<=[.!?])\s+|:\s*")
REPORTED = re.compile(  # what somebody asked of somebody, told without quotes: "..., the minister told citizens."
    r", (?:\w+ ){0,5}(?:said|says|told|asked|added|warned|sagte|dit|dijo|disse|zei|sa|sade|sanoi|сказал|сказала)\b"
)
# Whose the rights are: the mark with a year or at the beginning, but not the law of copyright.
_RIGHTS = re.compile(r"^\W*©|(?:©|\(c\)|\bcopyright)\s*(?:©|\(c\))?\s*(?:by\b|(?:19|20)\d\d)", re.IGNORECASE)
# What may be done with the text: no part may be reproduced; may not be published, broadcast, rewritten or copied.
_PERMITTED = re.compile(
    r"may not be (?:\w+,? (?:or )?){0,3}(?:published|broadcast|copied),? (?:or )?(?:broadcast|rewritten|copied)\b"
    r"|no part (?:of this \w+ )?may be reproduced|^this \w+ is subject to copyright|all rights reserved"
    r"|(?:riproduzione riservata|reproduction interdite|alle rechte vorbehalten|todos los derechos reservados"
    r"|prohibida su reproducción|alle rechten voorbehouden|wszelkie prawa zastrzeżone|все права защищены)",
    re.IGNORECASE,
)
OPENS_QUOTE = re.compile(r"[\"“„«»‘'–—]")
BULLET = re.compile(r"(?:[-*•▪‣·]|\d{1,2}[.)])\s")
_TWO_SENTENCES = re.compile(r"\w[.!?] [A-ZÀ-ÖØ-ÞА-Я]")
LINK = re.compile(r"(?:https?://|www\.)\S+|[^\s@]{1,64}@[^\s@.]{1,64}\.\w+|(?<!\S)@\w{2,}")
_CLOCK = re.compile(r"\b\d\d?[:.h]\d\d\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SEPARATOR = re.compile(r"\s[|›»·•>/]\s|\s?[|›]\s?")


def split(text: str) -> Iterator[Line]:
    """The lines that hold something; the lines of a paragraph wrapped at a column come as one."""
    paragraph: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        if match.group().strip():
            paragraph.append(match.span())
        else:
            yield from _lines(text, paragraph)
            paragraph = []
    yield from _lines(text, paragraph)


def _lines(text: str, spans: list[tuple[int, int]]) -> Iterator[Line]:
    if len(spans) > 1 and _is_wrapped([text[start:end].strip() for start, end in spans]):
        spans = [(spans[0][0], spans[-1][1])]
    for start, end in spans:
        words = text[start:end].strip()
        words = re.sub(r"^#{1,6}\s+", "", words)
        yield Line(start, end, words, tokens_of(words))


def tokens_of(words: str) -> tuple[str, ...]:
    """Case-folded, without elided articles: "l'informativa" is "informativa"."""
    return tuple(_ELISION.sub("", token.casefold()) for token in _TOKEN.findall(words))


def own_words(words: str) -> tuple[str, ...]:
    """The tokens of a line that stand in no quotes; the United States are no pronoun."""
    return tokens_of(_COUNTRY.sub(" ", QUOTED.sub(" ", words)))


def _is_wrapped(lines: list[str]) -> bool:
    """Full lines of nearly one length, most of which stop in mid-sentence, and a last one that is no longer."""
    full = lines[:-1]
    width = max(map(len, full))
    even = min(map(len, full)) >= 45 and width <= 110 and width - min(map(len, full)) <= 30
    even = even and len(lines[-1]) <= width + 10
    broken = sum(not SENTENCE_END.search(line) for line in full)
    if len(lines) == 2 and not _goes_on(*lines):
        return False
    return even and broken * 2 > len(full) and not any(BULLET.match(line) for line in lines)


def _goes_on(line: str, below: str) -> bool:
    """Of two lines alone: is the second the first one's end, and no paragraph under a caption or a call?"""
    last = (_TOKEN.findall(line.casefold()) or [""])[-1]
    return line[-1] in ",;-–—" or not below[0].isupper() or last in SMALL_WORDS


def judge(lines: list[Line]) -> list[Line]:
    """Each line with the kind that it has by itself; repeated short lines are furniture, embedded posts left out."""
    times = Counter(line.tokens for line in lines)
    embedded = _embedded_posts(lines)
    judged: list[Line] = []
    for i, line in enumerate(lines):
        if i in embedded:
            continue
        kind = _kind(line)
        if kind == "short" and times[line.tokens] > 1 and not _is_listed(line):
            kind = "furniture" if judged else kind
        judged.append(replace(line, kind=kind))
    return [_among_paragraphs(judged, i) if line.kind == "furniture" else line for i, line in enumerate(judged)]


def judge_parsed(lines: list[Line]) -> list[Line]:
    """The lines of a page or document whose furniture was taken off by its marks: its lists and tables are its own."""
    judged = [replace(line, kind="short" if _is_cell(line) else _kind(line)) for line in lines]
    return [_among_paragraphs(judged, i) if line.kind == "furniture" else line for i, line in enumerate(judged)]


def _is_cell(line: Line) -> bool:
    """An item of a list, a row of a table, figures."""
    row = " | " in line.words and not _is_of_pages(line)
    return bool(BULLET.match(line.words)) or row or all(token.isdecimal() for token in line.tokens)


def _is_listed(line: Line) -> bool:
    """An item of a list, a speaker's name, or a name and a figure: "Kivi 2"."""
    figures = sum(token.isdecimal() for token in line.tokens)
    result = 0 < figures < len(line.tokens) and FURNITURE.isdisjoint(line.tokens)
    return bool(BULLET.match(line.words)) or ":" in line.words or result


def _among_paragraphs(lines: list[Line], i: int) -> Line:
    """A line that would be furniture elsewhere, and isn't alone between two paragraphs.

    Such are a sentence about what pages are made of, figures, a sub-heading.
    """
    line, around = lines[i], [lines[j].kind for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    if not line.tokens:  # a rule
        return line
    if NETWORKS.issuperset(line.tokens) and _are_told_of(lines, i):
        return replace(line, kind="short")
    figures = all(token.isdecimal() for token in line.tokens)
    if figures and i and lines[i - 1].kind == "prose" and lines[i - 1].words.endswith((":", "：")):
        return replace(line, kind="short")
    if around != ["prose", "prose"] or NOTICE.fullmatch(line.words[:400]) or _is_marked(line, word_count(line)):
        return line
    if figures:
        counts = len(line.tokens) > 1 or len(line.words) > 3  # a page's number has fewer digits
        return replace(line, kind="short") if counts else line
    if is_sentence(line, 6) and not _calls(line.words):
        return replace(line, kind="prose")
    if len(line.tokens) > 6 or (_calls(line.words) and line.tokens[0] not in ASKING):
        return line
    tells = any(
        not (t in FURNITURE or t in MORE or t in SMALL_WORDS or t in DAY_WORDS or t.isdecimal()) for t in line.tokens
    )
    return replace(line, kind="short") if tells and ":" not in line.words else line


def _are_told_of(lines: list[Line], i: int) -> bool:
    """Names of companies below a paragraph that ends with a colon and calls for nothing."""
    above = (line for line in lines[max(i - 12, 0) : i][::-1] if not NETWORKS.issuperset(line.tokens))
    line = next(above, None)
    if line is None or line.kind != "prose" or not line.words.endswith((":", "：")):
        return False
    return ADDRESS.isdisjoint(line.tokens)


def is_sentence(line: Line, words: int) -> bool:
    """At least so many words that end as a sentence does."""
    return word_count(line) >= words and bool(_FULL_STOP.search(line.words))


def _calls(words: str) -> bool:
    """A sentence of it tells the reader to do something, or that he may, or there is an address to do it at."""
    return bool(LINK.search(words)) or any(_first_telling(part) in CALLS for part in _CLAUSES.split(words))


def _first_telling(words: str) -> str:
    spoken_to = ("can", "may", "please")
    tokens = (t for t in tokens_of(words) if t not in SMALL_WORDS and t not in ADDRESS and t not in spoken_to)
    return next(tokens, "")


_HANDLE = re.compile(r"@\w{2,30}")


def _embedded_posts(lines: list[Line]) -> set[int]:
    """The lines of posts from a network that stand in an article: a name, a handle, some words, a time and a day."""
    posts: set[int] = set()
    for i, line in enumerate(lines):
        if _HANDLE.fullmatch(line.words):
            below = (j for j in range(i + 1, min(i + 7, len(lines))) if is_stamp(lines[j]))
            if (end := next(below, None)) is not None:
                while end + 1 < len(lines) and len(lines[end + 1].tokens) <= 5 and _kind(lines[end + 1]) != "prose":
                    end += 1  # how often it was liked and answered
                posts |= set(range(max(i - 1, 0), end + 1))
    return posts


def is_stamp(line: Line) -> bool:
    """A line that is a time and a day and little else."""
    if len(line.tokens) > 10 or not _CLOCK.search(line.words):
        return False
    return find_day(line.words) is not None or bool(_YEAR.search(line.words))


def _kind(line: Line) -> Kind:
    words, tokens = line.words, line.tokens
    if len(words) > 3_000:
        return "prose"  # and no pattern is tried on a line of megabytes
    count = word_count(line)
    if all(token.isdecimal() for token in tokens) or NOTICE.fullmatch(words[:400]):
        return "furniture"
    if count <= 10 and MORE_FROM.fullmatch(words):
        return "more"
    if is_stamp(line) and not OPENS_QUOTE.match(words):  # "3 May 2024 at 6:00 a.m."
        return "short"
    if count <= 15 and tokens[0] in CALLS and not NETWORKS.isdisjoint(tokens) and not REPORTED.search(words):
        return "furniture"
    ends = bool(SENTENCE_END.search(words)) or (words[0] in "([" and words[-1] in ")]")
    if count <= 10 and not (ends and words[-1] in ".。"):
        telling = [token for token in tokens if token not in SMALL_WORDS and not token.isdecimal()]
        of_pages = sum(token in FURNITURE or token in MORE for token in telling)
        if any(token in COMMENTS for token in tokens) and all(token in FURNITURE for token in telling):
            return "comments"
        if any(token in MORE for token in tokens) and of_pages * 2 > len(telling):
            return "more"
    if _is_interface(line, count, ends) or _speaks_to_the_reader(words):
        return "furniture"
    if count >= 25 or (ends and (count >= 5 or (count >= 2 and words[0].isupper()) or OPENS_QUOTE.match(words))):
        return "prose"
    return "short"


def word_count(line: Line) -> int:
    return len(line.tokens) + len(_UNSPACED.findall(line.words)) // 2


def _is_interface(line: Line, count: int, ends: bool) -> bool:
    """Buttons, menus, counters, links, photo credits and the like."""
    words, tokens = line.words, line.tokens
    if _is_marked(line, count):
        return True
    parts = [part for part in _SEPARATOR.split(words) if part.strip()]
    if not ends and len(parts) >= (2 if "›" in words else 3) and count <= 6 * len(parts):
        return True
    label, colon, _ = words.partition(":")
    head = _TOKEN.findall(label.casefold())
    of_pages = all(token in FURNITURE or token in MORE or token in SMALL_WORDS for token in head)
    of_pages = of_pages and any(token not in SMALL_WORDS for token in head)  # the A: of an answer is no label
    told = ends or (count > 20 and _TWO_SENTENCES.search(words))
    if colon and 1 <= len(head) <= 3 and of_pages and (count <= 6 or not told):
        return True
    if is_sentence(line, 6) and ADDRESS.isdisjoint(own_words(words)) and not _calls(words):
        return False
    page_words = sum(token in FURNITURE for token in tokens)
    telling = sum(token not in SMALL_WORDS for token in tokens)
    named = sum(token not in SMALL_WORDS and not token.isdecimal() for token in tokens)
    if named < telling and count <= 6 and not ends and page_words * 2 >= named:  # "Updated at 21.20 GMT"
        return True
    return _is_of_pages(line) or (count <= 12 and not ends and page_words * 5 >= telling * 2)


def _is_of_pages(line: Line) -> bool:
    return sum(token in FURNITURE for token in line.tokens) * 2 >= len(line.tokens)


def _is_marked(line: Line, count: int) -> bool:
    """A copyright, a lone link, a picture's credit: one mark is enough."""
    words = line.words
    if _PERMITTED.search(unquoted := QUOTED.sub(" ", words)) and not REPORTED.search(words):
        return True
    if _RIGHTS.search(unquoted) or ("©" in words and not is_sentence(line, 8)):
        return True
    if LINK.search(words) and len(_TOKEN.findall(LINK.sub(" ", words))) <= 3:
        return True
    return _is_credit(line, count)


def _is_credit(line: Line, count: int) -> bool:
    """A picture's credit, or a sentence with one behind it; no sentence that only speaks of pictures."""
    words = line.words
    if count <= 40 and CREDITED.search(words):
        return True
    if is_sentence(line, 8):
        words = _SENTENCES.split(words)[-1]
        count = len(tokens_of(words))
        return count <= 4 and bool(CREDIT.search(words))
    return count <= 40 and bool(CREDIT.search(words))


def _speaks_to_the_reader(words: str) -> bool:
    """A sentence of the page: "we use cookies", "sign up for our newsletter"; speech is not, quoted or told."""
    unquoted = own_words(words)
    services = sum(token in SERVICE for token in unquoted)
    if OPENS_QUOTE.match(words) or REPORTED.search(words) or services <= len(unquoted) // 30:
        return False
    density = sum(token in FURNITURE for token in unquoted) / len(unquoted)
    addressed = any(token in ADDRESS for token in unquoted)
    if LINK.search(words) and len(unquoted) <= 25:
        return True
    if addressed:
        return density >= 0.12
    first = next((token for token in unquoted if token not in SMALL_WORDS), "")
    is_told = len(unquoted) >= 6 and _FULL_STOP.search(words) and not _calls(words)
    return density >= 0.25 and first in FURNITURE and not is_told
