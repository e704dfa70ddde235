"""The furniture of a page off its article: what is dropped is whole lines, what stays keeps every character.

Nothing here knows a particular site. A line is judged by its shape (length, final punctuation, repetition), by its
place (before, among or after the paragraphs) and by how much of it is the vocabulary of web pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from index.dates import find_day, whole_day
from index.vocabulary import ADDRESS, COMMENTS, CREDIT, FURNITURE, MORE, NOTICE, SERVICE, SMALL_WORDS

Kind = Literal["prose", "short", "furniture", "comments", "more"]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article's words, and what its page said about it in words."""

    text: str
    title: str | None = None
    author: str | None = None
    published: str | None = None  # YYYY-MM-DD
    updated: str | None = None  # YYYY-MM-DD
    dateline: str | None = None  # YYYY-MM-DD, from the first paragraph


@dataclass(frozen=True, slots=True)
class Line:
    """`text[start:end]`: a line, or a paragraph that was wrapped at a column."""

    start: int
    end: int  # with its line break
    words: str  # without white space at its ends and without Markdown's heading marks
    tokens: tuple[str, ...]  # case-folded
    kind: Kind = "short"


def clean(text: str, title: str | None = None) -> Cleaned:
    """The article in a text that was copied from a page, or that never had any furniture.

    Where nothing looks like an article's paragraph, everything but the headline is kept; a text of more lines than any
    article has is left as it is.
    """
    if text.count("\n") > _MOST_LINES:
        return Cleaned(text, title)
    lines = judge(without_mail_head(list(split(text))))
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
    kept = [line for line in head if _is_standfirst(line, title)] + without_furniture(without_tail(body), title)
    if not kept:
        kept = [line for line in lines if line.words != title] or lines
    opening = next((line.words for line in body if line.kind == "prose"), "")
    published, updated = _days(head)
    return Cleaned(
        text=join(text, kept),
        title=title,
        author=next(filter(None, map(_byline, head)), None),
        published=published,
        updated=updated,
        dateline=dateline(opening),
    )


# Lines and what they look like

_MOST_LINES = 20_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
# Accents and vowel signs that stand as characters of their own belong to their word: Hebrew, Arabic, the Indic scripts.
_MARK = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0dff"
_TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{_MARK}])*(?:['’][^\W_]+)*")
_ELISION = re.compile(r"^(?:l|d|s|n|j|m|t|c|qu|un|all|dell|nell|sull)['’]")
_SENTENCE_END = re.compile(r"[.!?…:。！？।॥؟۔]\s*(?:[\])\"'”’»›“*†]|\[\d+\])*$")
# Thai, Lao, Burmese, Khmer, Japanese, Chinese: words stand without spaces between them.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_QUOTED = re.compile(r"[\"“„«»][^\"“”„«»]*[\"”“»«]")
_OPENS_QUOTE = re.compile(r"[\"“„«»‘'–—]")
_BULLET = re.compile(r"(?:[-*•▪‣·]|\d{1,2}[.)])\s")
_TWO_SENTENCES = re.compile(r"\w[.!?] [A-ZÀ-ÖØ-ÞА-Я]")
_LINK = re.compile(r"(?:https?://|www\.)\S+|[^\s@]{1,64}@[^\s@.]{1,64}\.\w+|(?<!\S)@\w{2,}")
_CLOCK = re.compile(r"\b\d\d?[:.h]\d\d\b")
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
        yield Line(start, end, words, _tokens(words))


def _tokens(words: str) -> tuple[str, ...]:
    """Case-folded, without elided articles: "l'informativa" is "informativa"."""
    return tuple(_ELISION.sub("", token.casefold()) for token in _TOKEN.findall(words))


def _is_wrapped(lines: list[str]) -> bool:
    """Full lines of nearly one length, most of which stop in mid-sentence, and a last one that is no longer."""
    full = lines[:-1]
    width = max(map(len, full))
    even = min(map(len, full)) >= 45 and width <= 110 and width - min(map(len, full)) <= 30
    even = even and len(lines[-1]) <= width + 10
    broken = sum(not _SENTENCE_END.search(line) for line in full)
    return even and broken * 2 > len(full) and not any(_BULLET.match(line) for line in lines)


def judge(lines: list[Line]) -> list[Line]:
    """Each line with the kind that it has by itself; repeated short lines are furniture, embedded posts left out."""
    times = Counter(line.tokens for line in lines)
    embedded = _embedded_posts(lines)
    judged = []
    for i, line in enumerate(lines):
        if i in embedded:
            continue
        kind = _kind(line)
        if kind == "short" and times[line.tokens] > 1 and not _BULLET.match(line.words) and ":" not in line.words:
            kind = "furniture" if judged else kind
        judged.append(Line(line.start, line.end, line.words, line.tokens, kind))
    return judged


_HANDLE = re.compile(r"@\w{2,30}")


def _embedded_posts(lines: list[Line]) -> set[int]:
    """The lines of posts from a network that stand in an article: a name, a handle, some words, a time and a day."""
    posts: set[int] = set()
    for i, line in enumerate(lines):
        if _HANDLE.fullmatch(line.words):
            below = (j for j in range(i + 1, min(i + 7, len(lines))) if _is_stamp(lines[j]))
            if (end := next(below, None)) is not None:
                while end + 1 < len(lines) and len(lines[end + 1].tokens) <= 5 and _kind(lines[end + 1]) != "prose":
                    end += 1  # how often it was liked and answered
                posts |= set(range(max(i - 1, 0), end + 1))
    return posts


def _is_stamp(line: Line) -> bool:
    """A line that is a time and a day and little else."""
    return len(line.tokens) <= 10 and bool(_CLOCK.search(line.words)) and find_day(line.words) is not None


def _kind(line: Line) -> Kind:
    words, tokens = line.words, line.tokens
    if len(words) > 3_000:
        return "prose"  # and no pattern is tried on a line of megabytes
    count = _word_count(line)
    if all(token.isdecimal() for token in tokens) or NOTICE.fullmatch(words[:400]):
        return "furniture"
    ends = bool(_SENTENCE_END.search(words)) or (words[0] in "([" and words[-1] in ")]")
    if count <= 10 and not (ends and words[-1] in ".。"):
        telling = [token for token in tokens if token not in SMALL_WORDS and not token.isdecimal()]
        of_pages = sum(token in FURNITURE or token in MORE for token in telling)
        if any(token in COMMENTS for token in tokens) and all(token in FURNITURE for token in telling):
            return "comments"
        if any(token in MORE for token in tokens) and of_pages * 2 > len(telling):
            return "more"
    if _is_interface(line, count, ends) or _speaks_to_the_reader(words):
        return "furniture"
    if count >= 25 or (ends and (count >= 5 or (count >= 2 and words[0].isupper()) or _OPENS_QUOTE.match(words))):
        return "prose"
    return "short"


def _word_count(line: Line) -> int:
    return len(line.tokens) + len(_UNSPACED.findall(line.words)) // 2


def _is_interface(line: Line, count: int, ends: bool) -> bool:
    """Buttons, menus, counters, links, photo credits and the like."""
    words, tokens = line.words, line.tokens
    if (
        "©" in words
        or tokens[0] == "copyright"
        or (_LINK.search(words) and len(_TOKEN.findall(_LINK.sub(" ", words))) <= 3)
    ):
        return True
    parts = [part for part in _SEPARATOR.split(words) if part.strip()]
    if not ends and len(parts) >= (2 if "›" in words else 3) and count <= 6 * len(parts):
        return True
    if count <= 40 and CREDIT.search(words):
        return True
    label, colon, _ = words.partition(":")
    head = _TOKEN.findall(label.casefold())
    of_pages = all(token in FURNITURE or token in MORE or token in SMALL_WORDS for token in head)
    of_pages = of_pages and any(token not in SMALL_WORDS for token in head)  # the A: of an answer is no label
    told = ends or (count > 20 and _TWO_SENTENCES.search(words))
    if colon and 1 <= len(head) <= 3 and of_pages and (count <= 6 or not told):
        return True
    page_words = sum(token in FURNITURE for token in tokens)
    telling = sum(token not in SMALL_WORDS for token in tokens)
    return page_words * 2 >= len(tokens) or (count <= 12 and not ends and page_words * 5 >= telling * 2)


def _speaks_to_the_reader(words: str) -> bool:
    """A sentence of the page itself: "we use cookies", "sign up for our newsletter"; speech in quotes is not."""
    unquoted = _tokens(_QUOTED.sub(" ", words).replace("US", ""))  # the country is no pronoun
    services = sum(token in SERVICE for token in unquoted)
    if _OPENS_QUOTE.match(words) or services <= len(unquoted) // 30:
        return False
    density = sum(token in FURNITURE for token in unquoted) / len(unquoted)
    addressed = any(token in ADDRESS for token in unquoted)
    if _LINK.search(words) and len(unquoted) <= 25:
        return True
    if addressed:
        return density >= 0.12
    first = next((token for token in unquoted if token not in SMALL_WORDS), "")
    return density >= 0.25 and first in FURNITURE


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
_UPDATED = re.compile(r"updated|modified|aktualisiert|mis à jour|actualizad|aggiornat|atualizad|uppdaterad|päivitetty|"
                      r"bijgewerkt|opdateret|oppdatert|обновлено|zaktualizowano", re.IGNORECASE)  # fmt: skip
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
    taken = {i: _taken_up(lines[i], told) for i in head if 3 <= _word_count(lines[i]) <= 30}
    sure = next((i for i, (count, share) in taken.items() if count >= 2 and share >= 0.3), None)
    if (below := _below_a_greeting(lines, body_from, sure is not None)) is not None:
        return below
    likely = max(taken, key=lambda i: taken[i][0] * taken[i][1], default=head[0] if head[:1] == [0] else None)
    return likely if sure is None else sure


def _below_a_greeting(lines: list[Line], first: int, is_titled: bool) -> int | None:
    """The headline below a sentence or two that speak to the reader, such as "Good morning. Here is your news."."""
    for i in range(first, min(first + 16, len(lines) - 1)):
        line = lines[i]
        if line.kind == "prose":
            speaks = not _OPENS_QUOTE.match(line.words) and any(token in ADDRESS for token in line.tokens)
            if len(line.tokens) >= 15 or (is_titled and not speaks):
                return None
        elif i > first and _could_be_headline(line) and _word_count(line) >= 3:
            count, share = _taken_up(line, _told(lines[i + 1 :]))
            if count >= 2 and share >= 0.5:
                return i
    return None


def _told(lines: list[Line]) -> set[str]:
    """The stems of the words of the first paragraphs."""
    paragraphs = [line for line in lines if line.kind == "prose"][:12]
    return {_stem(token) for line in paragraphs for token in line.tokens}


_SLUG = re.compile(r"\b(?:[A-Z]{2,}-){2,}[A-Z]|\b[A-Z]{2,}\d{3}")  # what an agency calls a story: BC-HARBOUR-FIRE


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
    """A byline, or a line that is little more than a date."""
    if _byline(line):
        return True
    other = [t for t in line.tokens if t[0].isalpha() and t not in FURNITURE and t not in SMALL_WORDS and len(t) > 2]
    return find_day(line.words) is not None and len(other) <= 5


def _byline(line: Line) -> str | None:
    match = _BY.fullmatch(line.words)
    if not match or len(line.tokens) > 14 or _SENTENCE_END.search(line.words):
        return None
    name = re.split(r"\s*[|•·–—(]\s*|,? \d|,\s+(?=[a-zà-ÿ])|,\s+(?:[^,]*\b(?:19|20)\d\d)", match["name"])[0].strip(" ,")
    capital = [word[:1].isupper() for word in name.split()]
    return name if capital and capital[0] and sum(capital) * 2 > len(capital) else None


def _is_standfirst(line: Line, title: str | None) -> bool:
    """A summary below the headline that ends without a full stop."""
    return line.kind == "short" and _word_count(line) >= 9 and line.words != title and not _is_record_line(line)


def _days(head: list[Line]) -> tuple[str | None, str | None]:
    """Published and updated, as lines above the first paragraph say; a line may say both."""
    published = updated = None
    for line in head:
        if len(line.tokens) > 20:
            continue
        mark = _UPDATED.search(line.words)
        before, after = (line.words[: mark.start()], line.words[mark.start() :]) if mark else (line.words, "")
        published = published or find_day(before)
        updated = updated or find_day(after)
    return published, updated


def dateline(text: str) -> str | None:
    """The day in the dateline with which a text begins: "HELSINKI, 3 May 2024 (Coastwire) —"."""
    opening = text[:400].lstrip()[:160]
    for match in filter(None, (form.match(opening) for form in _DATELINES)):
        lifetime = find_day(opening[match.end() :][:20])  # Ann Lee, 3 May 1960 – 4 June 2020
        day = whole_day(match["day"].strip(" .,"))
        if day and not lifetime and _is_place(match["place"]):
            return day
    return None


def _is_lone_dateline(line: Line) -> bool:
    """A line such as "KIVI (NPA) —" above the first paragraph."""
    return line.words[-1] in "—–" and len(line.tokens) <= 8 and line.words[0].isupper()


def _is_place(words: str) -> bool:
    """At most five words, capital but for small ones in the middle, and none that a sentence begins with."""
    parts = words.split()
    first = parts[0].casefold() if parts else ""
    large = [part for part in parts if not part[0].islower()]
    return 0 < len(parts) <= 5 and parts[0] in large and first not in SMALL_WORDS and len(large) * 2 > len(parts)


# The body and what comes after it


def without_tail(lines: list[Line]) -> list[Line]:
    """The lines before readers' comments, and without lists of other articles and calls to subscribe."""
    total = sum(line.kind == "prose" for line in lines)
    kept: list[Line] = []
    prose = i = 0
    while i < len(lines):
        line = lines[i]
        if _begins_comments(lines, i, prose, total):
            break
        if line.kind == "more" and prose:
            i = _after_teasers(lines, i + 1)
            continue
        if not _is_blurb(lines, i, prose, total):
            prose += line.kind == "prose"
            kept.append(line)
        i += 1
    while kept and not _belongs_at_the_end(kept):
        kept.pop()
    return kept


def _begins_comments(lines: list[Line], i: int, prose: int, total: int) -> bool:
    """A heading such as "3 comments" with more of the page below it, or the time stamp of a comment."""
    line = lines[i]
    if line.kind == "comments" and (prose >= 3 or prose * 2 >= total):
        below = lines[i + 1 : i + 5]
        return len(below) < 4 or any(line.kind in ("furniture", "comments", "more") for line in below)
    return line.kind in ("short", "furniture") and prose >= 3 and prose * 2 >= total and _is_stamp(line)


def _is_blurb(lines: list[Line], i: int, prose: int, total: int) -> bool:
    """Late in the page, a sentence between a call to subscribe and more furniture: what the subscriber gets."""
    if i == 0 or lines[i].kind != "prose" or prose * 2 < total or _OPENS_QUOTE.match(lines[i].words):
        return False
    call = lines[i - 1].kind == "furniture" and len(lines[i - 1].tokens) > 1
    called = call and any(token in SERVICE for token in lines[i - 1].tokens)
    below = lines[i + 1].kind if i + 1 < len(lines) else "furniture"
    speaks = any(token in ADDRESS or token in SERVICE for token in lines[i].tokens)
    return called and speaks and below not in ("prose", "short") and any(t in FURNITURE for t in lines[i].tokens)


def _after_teasers(lines: list[Line], start: int) -> int:
    """Where the article goes on after a list of other articles: headlines, or pairs of a headline and a sentence."""
    after = start
    while [line.kind for line in lines[after : after + 2]] == ["short", "prose"]:
        after += 2
    if after >= start + 4:
        return after
    after = start
    while after < len(lines) and (lines[after].kind in ("short", "furniture", "more") or _is_question(lines[after])):
        after += 1
    return after


def _is_question(line: Line) -> bool:
    return line.words[-1] in "?!" and len(line.tokens) <= 12


def _belongs_at_the_end(kept: list[Line]) -> bool:
    last = kept[-1]
    if last.kind == "prose":
        return len(last.tokens) > 3 or not last.words.endswith(":")  # "Gwen says:"
    if last.kind != "short":
        return False
    if _OPENS_QUOTE.match(last.words) or _BULLET.match(last.words):
        return True
    introduced = len(kept) > 1 and kept[-2].kind == "prose" and kept[-2].words.endswith(":")
    return introduced or ": " in last.words or any(token[0].isdecimal() for token in last.tokens)


def without_furniture(lines: list[Line], title: str | None) -> list[Line]:
    """The paragraphs, sub-headings and lists."""
    return [line for line in lines if line.kind in ("prose", "short") and line.words != title]


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
