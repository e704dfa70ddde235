"""The furniture of a page off its article: what is dropped is whole lines, what stays keeps every character.

Nothing here knows a particular site. A line is judged by its shape (length, final punctuation, repetition), by its
place (before, among or after the paragraphs) and by how much of it is the vocabulary of web pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from index.body import article, without_comments
from index.dates import DAY_WORDS, UPDATED, beside_days, days_in, find_day, whole_day
from index.lines import OPENS_QUOTE, SENTENCE_END, Line, is_stamp, judge, judge_parsed, split, tokens_of, word_count
from index.vocabulary import ADDRESS, CREDIT, FURNITURE, OF_EVENTS, PICTURED, PUBLISHED, SMALL_WORDS

_MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article's words, and what its page said about it in words."""

    text: str
    title: str | None = None
    author: str | None = None
    published: str | None = None  # YYYY-MM-DD
    updated: str | None = None  # YYYY-MM-DD
    dateline: str | None = None  # YYYY-MM-DD, from the first paragraph


def clean(text: str, title: str | None = None, *, parsed: bool = False) -> Cleaned:
    """The article in a text that was copied from a page, or that never had any furniture.

    Of one that a parser of its format took out of a page or document (`parsed`), little is furniture any more.

    Where nothing looks like an article's paragraph, everything but the headline is kept; a text of more lines than any
    article has is left as it is.
    """
    if text.count("\n") > _MOST_LINES:
        return Cleaned(text, title)
    lines = list(split(text))
    lines = judge_parsed(lines) if parsed else judge(without_mail_head(lines))
    body_from = next((i for i, line in enumerate(lines) if line.kind == "prose"), 0)
    headline = None if title else find_headline(lines, body_from)
    if headline is not None:
        paragraphs = (i for i, line in enumerate(lines) if i > headline > body_from and line.kind == "prose")
        body_from = max(body_from, next(paragraphs, headline + 1))
        title = lines[headline].words
    if 0 < body_from < len(lines) and _is_lone_dateline(lines[body_from - 1]):
        body_from -= 1
    head, body = lines[:body_from], lines[body_from:]
    below = _record_below(body)
    head, body = head + below, [line for line in body if line not in below]
    author = next(filter(None, map(_byline, head)), None)
    above = [line for line in head if (_is_kept_above if parsed else _is_standfirst)(line, title)]
    kept = above + (without_comments(body, title) if parsed else article(body, title, author))
    if not kept:
        kept = [line for line in lines if line.words != title] or lines
    opening = next((line.words for line in body if line.kind == "prose"), "")
    published, updated = _days(head, title)
    return Cleaned(
        text=join(text, kept),
        title=title,
        author=author,
        published=published,
        updated=updated,
        dateline=dateline(opening),
    )


# The head: headline, byline, dates

_MAIL_HEAD = re.compile(
    r"(?:from|to|cc|date|sent|subject|von|an|gesendet|betreff|datum|de|à|envoyé|objet|para|asunto|fecha|от|кому|дата|тема)"
    r"\s*:\s.*|-{3,}.{0,60}-{3,}",
    re.IGNORECASE,
)


def without_mail_head(lines: list[Line]) -> list[Line]:
    """The lines without the head of an e-mail in which an article was sent on: its date isn't the article's."""
    marked = [bool(_MAIL_HEAD.fullmatch(line.words[:300])) for line in lines[:40]]
    runs = {i for i in range(len(marked)) if sum(marked[max(0, i - 2) : i + 3]) >= 3 and marked[i]}
    return [line for i, line in enumerate(lines) if i not in runs]


def _record_below(body: list[Line]) -> list[Line]:
    """Bylines and dates that stand below the first paragraph, which then is a summary, with the labels among them."""
    second = next((i for i, line in enumerate(body[:9]) if i and line.kind == "prose"), 6)
    gap = body[1:second]
    if any(_is_record_line(line) and find_day(line.words) for line in gap):
        return [line for line in gap if line.kind != "short" or len(line.tokens) <= 5 or _is_record_line(line)]
    return [line for line in body[:6] if line.kind != "prose" and _is_record_line(line)]


_BY = re.compile(
    r"(?:(?:written |words |text |story |report(?:ed)? )?by|von|par|por|di|door|av|af|tekst|text|teksti|texte|texto|"
    r"автор|autor|author|autore|toimittaja)\b\s*:?\s+(?P<name>.+)",
    re.IGNORECASE,
)
_PLACE = r"(?P<place>[^,()—–:;.!?]{2,60}?)"
_DAY = r"(?:(?:le|el|den|am|il|em|dnia) )?(?P<day>[^\W_][^()—–:;!?]{4,30}?)"
_AGENCY = r"(?:\s*\([^()]{2,40}\)|\s+/?[A-Z]{2,8}/?)?"
_DATELINES = (
    re.compile(rf"{_PLACE}{_AGENCY}(?:, ?| ?\(){_DAY}\)?{_AGENCY}\s*(?:\.?\s?[-–—]|:|\|)\s"),  # KIVI, 3 May 2024 —
    re.compile(rf"{_PLACE} ?[-–—] ?{_DAY}{_AGENCY} ?[-–—]\s"),  # KIVI — 3 May 2024 —
    re.compile(rf"{_DAY},? ?[-–—|] ?{_PLACE}{_AGENCY}\s*[-–—:]\s"),  # 3 May 2024 — KIVI —
)


def find_headline(lines: list[Line], body_from: int) -> int | None:
    """The line before the paragraphs whose words they take up most; else the first that could be a headline."""
    head = [i for i in range(body_from or 1) if lines[i : i + 1] and _could_be_headline(lines[i])]
    head = [i for i in head if not (i and _byline(lines[i - 1]) and len(lines[i].tokens) <= 4)]  # the writer's house
    if body_from == 0 and lines and lines[0].kind == "prose" and _asks_or_breaks_off(lines):
        return 0
    told = _told(lines[body_from:])
    taken = {i: _taken_up(lines[i], told) for i in head if 3 <= word_count(lines[i]) <= 30}
    telling = (i for i, (count, share) in taken.items() if count >= 2 and share >= 0.3 and word_count(lines[i]) >= 4)
    sure = next(telling, None)
    if sure is not None and taken.get(sure - 1, (0, 0))[0] and _is_worded(lines[sure - 1]):
        sure -= 1  # what takes up more of the story is the summary below its headline
    if (below := _below_a_greeting(lines, body_from, sure is not None)) is not None:
        return below
    likely = max(taken, key=lambda i: taken[i][0] * taken[i][1], default=head[0] if head[:1] == [0] else None)
    return likely if sure is None else sure


def _is_worded(line: Line) -> bool:
    """Four words, apart from initials and figures."""
    return sum(len(token) > 1 and not token.isdecimal() for token in line.tokens) + word_count(line) >= 8


def _below_a_greeting(lines: list[Line], first: int, is_titled: bool) -> int | None:
    """The headline below a sentence or two that speak to the reader, such as "Good morning. Here is your news."."""
    for i in range(first, min(first + 16, len(lines) - 1)):
        line = lines[i]
        if line.kind == "prose":
            speaks = not OPENS_QUOTE.match(line.words) and any(token in ADDRESS for token in line.tokens)
            if len(line.tokens) >= 15 or (is_titled and not speaks):
                return None
        elif i > first and _could_be_headline(line) and word_count(line) >= 3:
            count, share = _taken_up(line, _told(lines[i + 1 :]))
            if count >= 2 and share >= 0.5:
                return i
    return None


def _told(lines: list[Line]) -> set[str]:
    """The stems of the words of the first paragraphs."""
    paragraphs = [line for line in lines if line.kind == "prose"][:12]
    return {_stem(token) for line in paragraphs for token in line.tokens}


# What an agency calls a story: BC-HARBOUR-FIRE, (NPA) Harbour Fire
_SLUG = re.compile(r"\b(?:[A-Z]{2,}-){2,}[A-Z]|\b[A-Z]{2,}\d{3}|^\([A-Z]{2,6}\) ")


def _could_be_headline(line: Line) -> bool:
    ends_open = line.words[-1] in "-–—:"
    return line.kind == "short" and not (ends_open or _is_record_line(line) or _SLUG.search(line.words))


def _asks_or_breaks_off(lines: list[Line]) -> bool:
    """A first line such as "Who owns the harbour?" or "Harbour owner says ..." above a longer paragraph."""
    first, below = lines[0], lines[1:5]
    sentence = re.search(r"(?:[^.]\.|[。:])[\"'”’)]*$", first.words)
    return not sentence and len(first.tokens) <= 20 and any(len(line.tokens) > len(first.tokens) for line in below)


def _taken_up(line: Line, told: set[str]) -> tuple[int, float]:
    """How many of a line's telling words stand in the paragraphs, and what share of them."""
    telling = {_stem(token) for token in line.tokens if token not in SMALL_WORDS and len(token) > 2}
    return len(telling & told), len(telling & told) / max(len(telling), 1)


def _stem(token: str) -> str:
    return token[:5]


def _is_record_line(line: Line) -> bool:
    """A byline, or a line that is nothing but when the article came out, and perhaps where and by whom."""
    return _byline(line) is not None or _is_day_line(line)


_PARTS = re.compile(r"\s*[|•·]\s*")
# Posted on 3 May 2024 by Staff; 来源：…; [NPA]
_BY_WHOM = re.compile(
    r"\b[Bb][Yy] [^\W\d_a-zà-ÿ][^,|]{1,40}?(?= [Oo][Nn]\b|$)|[\[(][A-Z]{2,8}[\])]"
    r"|(?:来源|來源|作者|记者|記者)\s*[:：]\s*\S+"
)


def _is_day_line(line: Line) -> bool:
    """A line with a day beside which nothing tells of anything: of an event's day it is told what happens on it."""
    words = line.words
    if len(words) > 300 or len(line.tokens) > 20 or CREDIT.search(words) or not PICTURED.isdisjoint(line.tokens):
        return False
    if name := _byline(line):
        words = words[words.index(name) + len(name) :]
    place, comma, rest = words.partition(",")
    if comma and is_stamp(line) and _is_place(place) and find_day(rest):  # Kivi, 3 May 2024 - 23:48
        words = rest
    dated = [part for part in _PARTS.split(words) if find_day(part)]
    return bool(dated) and not any(
        map(_tells, tokens_of(UPDATED.sub(" ", _BY_WHOM.sub(" ", beside_days(" ".join(dated))))))
    )


def _tells(token: str) -> bool:
    """A word that is none of those that stand beside a day of publication."""
    of_days = token in DAY_WORDS or token in PUBLISHED
    of_pages = (token in FURNITURE or token in SMALL_WORDS) and token not in OF_EVENTS
    short = len(token) <= 2 and token.isascii() and token not in OF_EVENTS
    return token[0].isalpha() and not (of_days or of_pages or short)


def _byline(line: Line) -> str | None:
    match = _BY.fullmatch(line.words)
    if not match or len(line.tokens) > 14 or SENTENCE_END.search(line.words):
        return None
    name = re.split(r"\s*[|•·–—(]\s*|,? \d|,\s+(?=[a-zà-ÿ])|,\s+(?:[^,]*\b(?:19|20)\d\d)", match["name"])[0].strip(" ,")
    capital = [word[:1].isupper() for word in name.split()]
    return name if capital and capital[0] and sum(capital) * 2 > len(capital) else None


def _is_standfirst(line: Line, title: str | None) -> bool:
    """A summary below the headline that ends without a full stop."""
    return line.kind == "short" and word_count(line) >= 9 and line.words != title and not _is_record_line(line)


def _is_kept_above(line: Line, title: str | None) -> bool:
    """What a parser found above the first paragraph, but for what the record says."""
    return line.kind == "short" and line.words != title and not _is_record_line(line)


def _days(head: list[Line], title: str | None) -> tuple[str | None, str | None]:
    """Published and updated, as lines above the first paragraph say; a line may say both.

    A day that is said to be that of publication goes before one that only stands there; of several there is none.
    """
    said, bare, updated = [], [], None
    for line in head:
        if line.words == title or not _is_day_line(line):
            continue
        mark = UPDATED.search(line.words)
        before, after = (line.words[: mark.start()], line.words[mark.start() :]) if mark else (line.words, "")
        is_said = _byline(line) or not PUBLISHED.isdisjoint(tokens_of(before))
        (said if is_said else bare).extend(days_in(before))
        updated = updated or find_day(after)
    days = set(said or bare)
    return (days.pop() if len(days) == 1 else None), updated


def dateline(text: str) -> str | None:
    """The day in the dateline with which a text begins: "HELSINKI, 3 May 2024 (Coastwire) —"."""
    opening = text[:400].lstrip()[:160]
    for match in filter(None, (form.match(opening) for form in _DATELINES)):
        lifetime = find_day(opening[match.end() :][:20])  # Ann Lee, 3 May 1960 – 4 June 2020
        day = whole_day(match["day"].strip(" .,"))
        if day and not lifetime and _is_place(match["place"]):
            return day
    return None


_PLACE_AND_AGENCY = re.compile(r"(?P<place>[^()]{2,40}?)\s\(\w{2,12}\)")


def _is_lone_dateline(line: Line) -> bool:
    """A line such as "KIVI (NPA) —" or "Kivi (npa)" above the first paragraph."""
    if line.words[-1] in "—–":
        return len(line.tokens) <= 8 and line.words[0].isupper()
    found = _PLACE_AND_AGENCY.fullmatch(line.words)
    return line.kind == "short" and found is not None and _is_place(found["place"])


def _is_place(words: str) -> bool:
    """At most five words, capital but for small ones in the middle, and none that a sentence begins with."""
    parts = words.split()
    first = parts[0].casefold() if parts else ""
    large = [part for part in parts if not part[0].islower()]
    return 0 < len(parts) <= 5 and parts[0] in large and first not in SMALL_WORDS and len(large) * 2 > len(parts)


# The text


def join(text: str, kept: list[Line]) -> str:
    """The kept lines as they stood; where lines between them were dropped, the break after the first stays."""
    pieces = []
    for line, after in zip_longest(kept, kept[1:]):
        pieces.append(text[line.start : line.end])
        if after is not None:
            gap = text[line.end : after.start]
            pieces.append(gap if not gap.strip() else _blank_lines(gap))
    return "".join(pieces).rstrip("\r\n")


def _blank_lines(gap: str) -> str:
    """The white space before the first word of what was dropped, or after its last where there is none."""
    before = gap[: len(gap) - len(gap.lstrip())]
    after = gap[len(gap.rstrip()) :]
    return max((_breaks(before), _breaks(after)), key=len)


def _breaks(space: str) -> str:
    return space[: max(space.rfind("\n"), space.rfind("\r")) + 1]
