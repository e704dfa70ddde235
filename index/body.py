"""What stays of the lines below a headline: the paragraphs, their sub-headings and lists, up to where the article ends.

A line is judged by its place: before, among or after the paragraphs, and by what stands beside it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from index.lines import (
    BULLET,
    LINK,
    OPENS_QUOTE,
    REPORTED,
    Line,
    is_stamp,
    own_words,
    tokens_of,
    word_count,
)
from index.vocabulary import ADDRESS, ASKING, CALLS, FURNITURE, INVITES, MORE, NETWORKS, SERVICE, WE, YOU

TITLES = 6  # of a list of other articles that nothing announces
VERSES = 2  # short lines that begin in lower case: a poem has more
_COLONS = (":", "：")
HOUSE = 4  # paragraphs that a sender has about itself
LISTED = 60  # short lines: a page that is a list has more


def article(lines: list[Line], title: str | None, author: str | None) -> list[Line]:
    """The lines of the article itself, of all those below its headline."""
    while lines and _is_about_the_writer(lines[0], author):
        lines = lines[1:]
    kept = without_tail(_without_titles(_before_the_house(lines)), author)
    return [line for line in kept if line.kind in ("prose", "short") and line.words != title]


def without_comments(lines: list[Line], title: str | None) -> list[Line]:
    """The lines of an article that a parser took out of its page, up to where readers' comments begin."""
    total = sum(line.kind == "prose" for line in lines)
    kept: list[Line] = []
    prose = 0
    for i, line in enumerate(lines):
        if _begins_comments(lines, i, prose, total):
            break
        prose += line.kind == "prose"
        if line.kind in ("prose", "short") and line.words != title:
            kept.append(line)
    return kept


def _before_the_house(lines: list[Line]) -> list[Line]:
    """The lines above what a press release says of its sender: "About Kessel County", "Kessel County is ..."."""
    named = [i for i, (line, below) in enumerate(pairwise(lines)) if _names_what_follows(line, below)]
    if len(named) != 1:
        return lines
    paragraphs = [sum(line.kind == "prose" for line in part) for part in (lines[: named[0]], lines[named[0] :])]
    return lines[: named[0]] if paragraphs[0] >= max(2, paragraphs[1]) and paragraphs[1] <= HOUSE else lines


def _names_what_follows(line: Line, below: Line) -> bool:
    """A word and a name, above a paragraph that begins with that name."""
    name, words = line.tokens[1:], line.words.split()
    if line.kind != "short" or below.kind != "prose" or len(name) < 2 or not line.tokens[0].isalpha():
        return False
    return below.tokens[: len(name)] == name and words[-1][:1].isupper() and words[-2][:1].isupper()


def _without_titles(lines: list[Line]) -> list[Line]:
    """The lines, those marked as furniture that furniture holds between it: titles of other articles, captions.

    A sub-heading stands alone above a paragraph, a list below a paragraph that ends with a colon.
    """
    bare = [line for line in lines if _is_bare(line)]
    if len(bare) > LISTED or sum(line.words[0].islower() for line in bare) > VERSES:
        return lines
    lines = [replace(line, kind="more") if _offers_more(lines, i) else line for i, line in enumerate(lines)]
    first = 0
    while first < len(lines):
        after = first
        while after < len(lines) and _is_bare(lines[after]):
            after += 1
        above = lines[first - 1] if first else None
        below = lines[after] if after < len(lines) else None
        introduced = above is None or (above.kind == "prose" and above.words.endswith(_COLONS))
        held = sum(line is not None and line.kind != "prose" for line in (above, below))
        run = lines[first:after]
        if not introduced and (held == 2 and not _are_headings(run) or held == 1 and _are_titles(run)):
            end = after - (below is None or below.kind == "prose")  # the last may be a sub-heading
            lines[first:end] = [replace(line, kind="furniture") for line in lines[first:end]]
        first = max(after, first + 1)
    return lines


def _are_headings(run: list[Line]) -> bool:
    """One line, numbered or in capitals: a sub-heading with a picture's credit below it."""
    return len(run) == 1 and (run[0].words.isupper() or run[0].words[0].isdecimal())


def _are_titles(run: list[Line]) -> bool:
    return 2 <= len(run) <= TITLES and all(word_count(line) >= 3 for line in run)


def _is_bare(line: Line) -> bool:
    """A short line that is no item of a list, no speech and no name with what is said of it."""
    return line.kind == "short" and not (BULLET.match(line.words) or OPENS_QUOTE.match(line.words) or ":" in line.words)


def _offers_more(lines: list[Line], i: int) -> bool:
    """A few words to the reader above titles: "You might also be interested in:"."""
    line, below = lines[i], lines[i + 1 : i + 2]
    ends = line.words.endswith(_COLONS)
    if not (line.kind == "short" or ends) or OPENS_QUOTE.match(line.words) or len(line.tokens) > 8:
        return False
    titled = any(_is_bare(line) or _is_question(line) for line in below)
    offers = any(token in MORE - ADDRESS or token in SERVICE for token in line.tokens)  # "What we know:" doesn't
    return titled and offers and line.tokens[0] not in ASKING and not ADDRESS.isdisjoint(line.tokens)


def without_tail(lines: list[Line], author: str | None) -> list[Line]:
    """The lines before readers' comments, and without lists of other articles and calls to subscribe."""
    lines = _before_line_ups(lines)
    total = sum(line.kind == "prose" for line in lines)
    kept: list[Line] = []
    prose = i = 0
    while i < len(lines):
        line = lines[i]
        if _begins_comments(lines, i, prose, total):
            break
        if line.kind == "comments" and prose and [below.kind for below in lines[i + 1 : i + 2]] == ["prose"]:
            line = replace(line, kind="short")  # a sub-heading
        if line.kind == "more" and prose:
            i = _after_teasers(lines, i + 1)
            continue
        if not _is_blurb(lines, i, prose, total):
            prose += line.kind == "prose"
            kept.append(line)
        i += 1
    speaking = sum(_is_the_page_s(line) for line in kept) > 2  # an essay's voice, not the page's
    loose = _loose(lines)
    dropped = False
    while kept and (kept[-1].start in loose or not _belongs_at_the_end(kept, dropped, author, speaking)):
        dropped |= kept.pop().kind != "short"
    return kept


def _loose(lines: list[Line]) -> set[int]:
    """Where sentences start that stand among short lines, in a text whose paragraphs have blank lines between them."""
    apart = [line.end < below.start for line, below in pairwise(lines)]
    prose = [gap for line, gap in zip(lines, apart, strict=False) if line.kind == "prose"]
    if sum(prose) < 3 or sum(prose) * 2 < len(prose):
        return set()
    loose, above = set(), 0  # short lines since the last blank one
    for i, line in enumerate(lines):
        above = 0 if i and apart[i - 1] else above
        if line.kind == "prose" and above >= 2 and apart[i : i + 1] != [True]:
            loose.add(line.start)
        above += line.kind != "prose"
    return loose


def _is_the_page_s(line: Line) -> bool:
    """A sentence in which a "we" speaks to a "you", or one of them stands beside an address: "Write to us at ..."."""
    if line.kind != "prose" or OPENS_QUOTE.match(line.words) or REPORTED.search(line.words):
        return False
    parties = [not party.isdisjoint(own_words(line.words)) for party in (WE, YOU)]
    return sum(parties) + (any(parties) and bool(LINK.search(line.words))) >= 2


def _is_about_the_writer(line: Line, author: str | None) -> bool:
    """Who the writer is: a line that begins with the name in the byline, or a title and the last part of it."""
    name = tokens_of(author) if author else ()
    if len(name) < 2 or len(line.tokens) > 60:
        return False
    told = line.tokens[:1] == name[:1] and line.tokens[1:2] and line.tokens[1] in _IS
    return line.tokens[: len(name)] == name or told or (line.tokens[1:2] == name[-1:] and len(line.tokens[0]) <= 4)


_IS = frozenset("is was covers writes has joined reports ist est es è é är er on jest".split())
_WRITES = re.compile(
    r"(?P<name>(?:[^\W\d_a-zß-ÿ][\w.'’-]* ){1,3}[^\W\d_a-zß-ÿ][\w'’-]+),? (?:(?:who )?lives .{3,80} and )?"
    r"(?:(?:is|was) (?:an?|the|our|\w+['’]s) (?:[\w-]+ ){0,5}?"
    r"(?:writer|reporter|journalist|editor|correspondent|columnist|author|producer|critic|freelancer|contributor)\b"
    r"|(?:covers (?!\d|(?:the|an?) (?![\w ’'-]+ (?:for|at) )[a-z])"
    r"|reports (?:on|from)|writes (?:about|for)|joined the \w+ (?:as|in)|has (?:covered|reported))"
    r"|ist (?:[\w-]+ ){0,4}?(?i:redakteur|reporter|korrespondent|autor|journalist)(?:in)?\b"
    r"|est (?:[\w-]+ ){0,3}?journaliste\b|es (?:[\w-]+ ){0,3}?(?:periodista|redactora?)\b"
    r"|è (?:[\w-]+ ){0,3}?giornalista\b|is (?:[\w-]+ ){0,3}?(?:verslaggever|redacteur)\b"
    r"|är (?:[\w-]+ ){0,3}?(?:reporter|journalist)\b).{0,200}"
)
# What happened, or belongs to somebody: no life in a line. "... covers her face when", "... the only one who swam".
_HAPPENED = re.compile(
    r"\b(?:when|while|because|after|before|until|where|which|her|his|their|whose"
    r"|who (?!(?:covers|writes|lives|reports|has|specialis|focus)))\b"
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_SITES = frozenset(
    "site website web sitio página sito strona seite webseite sivusto webbplats nettsted websted".split()
)


def _is_about_a_writer(line: Line, kept: list[Line]) -> bool:
    """Who somebody is that writes and of whom the article doesn't tell: "Ada Lie covers ports and rail freight."."""
    written = _WRITES.fullmatch(line.words[:400]) if len(line.tokens) <= 60 else None
    if written is None or _HAPPENED.search(_SENTENCES.split(line.words)[0]):
        return False
    last = tokens_of(written["name"])[-1]
    return not any(last in other.tokens for other in kept[:-1] if other.kind == "prose")


def _calls_in(line: Line) -> bool:
    """A sentence or two that tell the reader to join, write or subscribe, and speak of the page, not only of a "we"."""
    if len(line.tokens) > 30 or OPENS_QUOTE.match(line.words) or "\n" in line.words:
        return False
    if any("cookie" in token for token in line.tokens) and not _SITES.isdisjoint(line.tokens[:3]):  # This site uses ...
        return True
    if REPORTED.search(line.words):
        return False
    first = {part[0] for part in map(tokens_of, _SENTENCES.split(line.words)) if part}
    own = own_words(line.words)
    speaks = [not party.isdisjoint(own) for party in (YOU, SERVICE - WE)] + [bool(LINK.search(line.words))]
    return not first.isdisjoint(INVITES | CALLS) and sum(speaks) + (not WE.isdisjoint(own)) >= 2 and any(speaks)


def _is_form(line: Line) -> bool:
    """A sentence half of whose words are those of pages, names of companies apart."""
    return sum(token in FURNITURE - NETWORKS for token in line.tokens) * 2 >= len(line.tokens)


_SHIRT = re.compile(r"\d{1,2}[^\W\d_a-z][^\W\d_A-Z][\w .'’-]{1,30}")


def _before_line_ups(lines: list[Line]) -> list[Line]:
    """The lines above what stands below a match report: "Formation 4-3-3", "1Aune", "2Moe"."""
    shirts = [i for i, line in enumerate(lines) if _SHIRT.fullmatch(line.words)]
    if len(shirts) < 3:
        return lines
    first = shirts[0]
    while first and lines[first - 1].kind != "prose":
        first -= 1
    return lines[:first]


def _begins_comments(lines: list[Line], i: int, prose: int, total: int) -> bool:
    """A heading such as "3 comments" with more of the page below it, or the time stamp of a comment."""
    line = lines[i]
    if line.kind == "comments" and (prose >= 3 or prose * 2 >= total):
        return any(token.isdecimal() for token in line.tokens) or _are_comments(lines[i + 1 : i + 5])
    return line.kind in ("short", "furniture") and prose >= 3 and prose * 2 >= total and is_stamp(line)


def _are_comments(below: list[Line]) -> bool:
    """Nothing, or few lines that aren't all paragraphs, or more of what stands round comments: no sub-heading."""
    if len(below) < 4:
        return not below or any(line.kind != "prose" for line in below)
    return any(line.kind in ("furniture", "comments") or is_stamp(line) for line in below)


def _is_blurb(lines: list[Line], i: int, prose: int, total: int) -> bool:
    """Late in the page, a sentence between a call to subscribe and more furniture: what the subscriber gets."""
    if i == 0 or lines[i].kind != "prose" or prose * 2 < total or OPENS_QUOTE.match(lines[i].words):
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


def _belongs_at_the_end(kept: list[Line], dropped: bool, author: str | None, speaking: bool) -> bool:
    """May the last of these lines end the article? `dropped`: below it stood what is no part of it."""
    last = kept[-1]
    if last.kind == "prose":
        introduces = last.words.endswith(_COLONS)  # "Gwen says:", or what was dropped
        if introduces and (len(last.tokens) <= 3 or dropped):
            return False
        if _is_about_the_writer(last, author) or _is_about_a_writer(last, kept) or _calls_in(last) or _is_form(last):
            return False
        return not (_is_the_page_s(last) and not speaking)
    contact = LINK.search(last.words) and word_count(last) <= 12
    if last.kind != "short" or contact or is_stamp(last):
        return False
    if OPENS_QUOTE.match(last.words) or BULLET.match(last.words) or _is_word_of_prose(last):
        return True
    if _is_introduced(kept):
        return True
    if len(kept) > 2 and all(line.kind == "short" and ": " in line.words for line in kept[-3:]):
        return True
    above = next((line.kind for line in kept[-2 : -LISTED - 1 : -1] if line.kind != "short"), "prose")
    return above == "prose" and (": " in last.words or any(token[0].isdecimal() for token in last.tokens))


def _is_introduced(kept: list[Line]) -> bool:
    """The last line is of a list below a line that ends with a colon."""
    above = next(
        (line for line in kept[: -LISTED - 1 : -1] if line.kind != "short" or line.words.endswith(_COLONS)), None
    )
    return above is not None and above.words.endswith(_COLONS)


def _is_word_of_prose(line: Line) -> bool:
    """A sentence of one word: "No."."""
    return len(line.tokens) == 1 and line.words[0].isupper() and line.words[-1] in ".!?"
