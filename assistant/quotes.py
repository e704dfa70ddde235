"""The gate: the only door through which words reach quotation marks.

Given words, it answers where they stand, or what differs. Words are compared in the normal form of `assistant.normal`,
exactly: no score ever makes a quote. Beyond typesetting it tolerates the case of the first letter, punctuation and
quotation marks round the whole, and an ellipsis or a [bracket], which splits a quote into pieces that must stand in
that order, near each other. A piece begins and ends with a word: 500 is no quote from 1,500, nor nuclear from
non-nuclear. A quotation is always made of the article's own words, never of those given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal, Protocol

from assistant.answer import Quote
from assistant.attribution import Voice
from assistant.denials import denies
from assistant.edges import ACROSS, across, adds, begins_sentence, editorial, ends_sentence, goes_on, torn, turns
from assistant.excerpts import whole
from assistant.namesakes import same_speaker
from assistant.nearest import Difference, Near, nearest
from assistant.normal import BREAK, Normal, fold, reshaped
from index.articles import Article

WINDOW = 600  # code points in which the pieces of one quote stand
CANDIDATES = 1_000  # articles at most in which a quote is looked for, so many may be copies of one text
MISSES = 8  # candidates without the quote, one after the other, after which the others don't have it either
LONG_WORDS = 8  # words of a quote that are looked for before an article is folded
NEAREST = 2  # candidates at least in which altered words are looked for
SHORTEST = 12  # code points of a quote of under three words that is looked for in a library
SHORT_PIECE = 8  # code points under which a single word is too little of a piece
LIKENESS = 0.4  # share of words that an altered quote has in common with the real one
LIKE_BY_WORDS = 0.6  # the same, where it shares no run of words with any article
SHUFFLED = 6  # words at least that may stand in another order and still be an altered quote
CLOSE, FEW = 0.8, 2  # share and number of differences beyond which the real one may stand in the next candidate

Kind = Literal["exact", "altered", "another article", "another speaker", "not found"]
VoiceOf = Callable[[Article, int, int], Voice]


class Findable(Protocol):
    """A set of articles in which quotes can be looked for."""

    def article(self, id: str) -> Article | None:
        """The article with this id."""

    def quote_candidates(self, words: str, limit: int) -> Iterable[Article]:
        """The articles that share most with the words, best first; made one by one where that is cheaper."""

    def word_candidates(self, words: str) -> Iterable[Article]:
        """A few articles that share most single words with them, in whatever order."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of some words.

    `quotes` are the article's own words: those asked for, in pieces where an ellipsis or a bracket splits them,
    or, for altered ones, the nearest real sentences. Only "exact" may be shown as what was asked for.
    """

    kind: Kind
    quotes: tuple[Quote, ...] = ()
    differences: tuple[Difference, ...] = ()
    reason: str | None = None  # why not, where the differences don't say it; of an exact one, that it has brackets

    @property
    def also_in(self) -> tuple[Article, ...]:
        """The other articles with the same words."""
        return self.quotes[0].also_in if self.quotes else ()


def check(words: str, article: Article, claimed_speaker: str | None = None, voice_of: VoiceOf | None = None) -> Verdict:
    """Do these words stand in this article, and does this speaker say them?

    Where `voice_of` gives the voice of a stretch of an article, the quotes have it, and pieces of two speakers are no
    quote. The article's own voice is not the claimed speaker's, nor is what he denies.
    """
    asked = _read(words)
    if not asked.pieces:
        return Verdict("not found", reason="There are no words to look for.")
    places = _places(asked, article)
    if places:
        return _attributed(asked, places, claimed_speaker, voice_of)
    return _altered(asked, [article], LIKENESS)


def find(
    words: str,
    articles: Findable,
    claimed_article: str | None = None,
    claimed_speaker: str | None = None,
    voice_of: VoiceOf | None = None,
) -> Verdict:
    """Where do these words come from?

    Of several articles with the same words the claimed one is quoted, else the earliest; the others are `also_in`.
    Under three words and 12 code points are looked for only in a claimed article.
    """
    asked = _read(words)
    claimed = articles.article(claimed_article) if claimed_article is not None else None
    long_enough = len(asked.text.split()) >= 3 or len(asked.text) >= SHORTEST
    if not asked.pieces or not (long_enough or claimed):
        return Verdict("not found", reason="These are too few words to look for: give at least three.")
    candidates = iter(articles.quote_candidates(asked.text, CANDIDATES) if long_enough else ())
    holders, others = _holders(asked, candidates, claimed)
    if not holders:
        near = _altered(asked, others, LIKENESS)
        if near.kind == "not found" and long_enough:
            near = _altered(asked, list(articles.word_candidates(asked.text)), LIKE_BY_WORDS)
        return _with_copies(near, chain(others, candidates))
    if holders[0][0] is not claimed:
        holders.sort(key=lambda holder: _age(holder[0]))
    verdicts = (_attributed(asked, places, claimed_speaker, voice_of) for _, places in holders)  # one parse for each
    best = next(verdicts)
    if claimed_article is None and best.kind != "exact":
        best = next((v for v in verdicts if v.kind == "exact"), best)
    elif claimed_article is not None and holders[0][0] is not claimed:
        best = replace(best, kind="another article")
    return _also_in(best, [a for a, _ in holders])


def _holders(
    asked: _Asked, candidates: Iterable[Article], claimed: Article | None
) -> tuple[list[tuple[Article, list[tuple[Quote, ...]]]], list[Article]]:
    """The articles that have the words, with the places, the claimed one first; and the best of those that haven't."""
    holders, others, misses = [], [], 0
    for article in chain([claimed] if claimed else [], (a for a in candidates if not claimed or a.id != claimed.id)):
        places = _places(asked, article, thorough=not misses)
        if places:
            holders.append((article, places))
            misses = 0
        else:
            others.append(article)
            misses += article is not claimed
        if misses > MISSES:
            break
    return holders, others


def _with_copies(verdict: Verdict, candidates: Iterable[Article]) -> Verdict:
    """An altered quote's real sentence may stand in several articles too: in those that share its other words."""
    if verdict.kind != "altered":
        return verdict
    holders, _ = _holders(_read(verdict.quotes[0].text), candidates, verdict.quotes[0].article)
    return _also_in(verdict, [a for a, _ in holders])


def _also_in(verdict: Verdict, holders: Sequence[Article]) -> Verdict:
    copies = tuple(a for a in holders if a.id != verdict.quotes[0].article.id)
    return replace(verdict, quotes=tuple(replace(q, also_in=copies) for q in verdict.quotes))


def _age(article: Article) -> tuple[str, str]:
    return article.published or "9999", article.id


# What was asked


@dataclass(frozen=True, slots=True)
class _Piece:
    core: str  # normal form, from its first word to its last
    before: str  # punctuation that stood round it
    after: str
    inserted: str = ""  # what a bracket before it says

    @property
    def short(self) -> bool:
        return " " not in self.core and len(self.core) < SHORT_PIECE


@dataclass(frozen=True, slots=True)
class _Asked:
    words: str
    whole: _Piece | None  # brackets and ellipses taken as the article's own
    pieces: tuple[_Piece, ...]
    behind: str = ""  # what a bracket behind the last piece says

    @property
    def text(self) -> str:
        return " ".join(p.core for p in self.pieces)


_ROUND = "'\",:;!?()[]{}*•·|►¿¡"  # punctuation round a quote that doesn't belong to its words
_BEFORE = re.compile(rf"(?:[ {re.escape(_ROUND)}]|\.(?!\d)|-(?![.$£€¥]?\d))*")  # a number's sign and point belong to it
_AFTER = _ROUND + " .-"
_ENCLOSED = re.compile(r"(['\"])([^'\"]*(?:\w'\w[^'\"]*)*)\1$")
_FIRST_LETTER = re.compile(r"\[(\w)\](?=\w)")
_GAP = re.compile(r"[\[(]?\.{3}[\])]?|\w*\[([^\[\]]*)\]\w*|\x00")


def _read(words: str) -> _Asked:
    normal = fold(words).text.strip()
    if enclosed := _ENCLOSED.match(normal):
        normal = enclosed[2]
    pieces: list[_Piece] = []
    inserted, at = "", 0
    split = _FIRST_LETTER.sub("\x00\\1", normal.replace("\x00", ""))
    for gap in [*_GAP.finditer(split), None]:
        piece = _piece(split[at : gap.start() if gap else len(split)], inserted)
        if piece:
            pieces.append(piece)
            inserted = ""
        if gap:
            inserted += " " + ("" if gap[1] is None else re.sub(r"[\[\]]", "", gap[0]))
            at = gap.end()
    whole = _piece(normal)
    if whole and not pieces:  # all of it is one bracket, as a caption may be
        return _Asked(words, whole, (whole,))
    return _Asked(words, whole, tuple(pieces), inserted)


def _piece(text: str, inserted: str = "") -> _Piece | None:
    before = _BEFORE.match(text)[0]
    core = text[len(before) :].rstrip(_AFTER)
    after = text[len(before) + len(core) :]
    return _Piece(core, before.strip(), after.strip(), inserted) if re.search(r"\w", core) else None


# Where it stands


def _places(asked: _Asked, article: Article, thorough: bool = True) -> list[tuple[Quote, ...]]:
    """Every place of the quote in an article; unless thorough, not where all of its longest words are in odd shapes."""
    places = [p for part in _parts(article.text, asked) for p in _places_in(asked, article, fold(article.text, *part))]
    if not places and thorough and reshaped(article.text):
        places = _places_in(asked, article, fold(article.text))
    return places


_PLAIN_WORD = re.compile(r"(?<= )[A-Za-z]{4,}(?=[ .,;:!?])")


def _parts(text: str, asked: _Asked) -> list[tuple[int, int]]:
    """The parts of a text round the quote's longest word, cut between words; none where a long word is missing."""
    words = sorted({w for piece in asked.pieces for w in _PLAIN_WORD.findall(piece.core)}, key=len)[-LONG_WORDS:]
    if not words:
        return [(0, len(text))]
    if not all(word in text for word in words):
        return []
    reach = 2 * len(asked.text) + (WINDOW if len(asked.pieces) > 1 else 0)
    parts: list[tuple[int, int]] = []
    for match in re.finditer(words[-1], text):
        start, end = max(match.start() - reach, 0), min(match.end() + reach, len(text))
        start, end = text.rfind(" ", 0, start) + 1, text.find(" ", end)
        start = parts.pop()[0] if parts and start <= parts[-1][1] else start
        parts.append((start, end if end >= 0 else len(text)))
    return parts


def _places_in(asked: _Asked, article: Article, normal: Normal) -> list[tuple[Quote, ...]]:
    if asked.whole and (spans := [s for s in _stretches(normal, asked.whole.core) if not torn(normal, *s)]):
        return [(_quote(article, normal, asked.whole, asked.whole, *span),) for span in spans]
    if len(asked.pieces) == 1 and asked.pieces[0] == asked.whole:
        return []
    anchor = max(range(len(asked.pieces)), key=lambda i: len(asked.pieces[i].core))
    places = []
    for span in _stretches(normal, asked.pieces[anchor].core):
        spans = _around(normal, asked.pieces, anchor, span)
        if spans and _holds_together(normal, asked, spans):
            places.append(_quotes(article, normal, asked.pieces, spans))
    return places


def _stretches(normal: Normal, core: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Where a piece stands in a normal form, from word to word, its first letter in either case."""
    text, end = normal.text, len(normal.text) if end is None else end
    first = {core[0], core[0].lower(), core[0].upper()}
    for rest_start, rest_end in _rest(text, core[1:], start + 1, end):
        at = rest_start - 1
        if text[at] in first and _begins(normal, at) and _ends(normal, rest_end):
            yield at, rest_end


def _rest(text: str, rest: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if BREAK in text or BREAK in rest:
        for match in _hyphens_free(rest).finditer(text, start, end):
            yield match.span()
        return
    at = text.find(rest, start, end)
    while at >= 0:
        yield at, at + len(rest)
        at = text.find(rest, at + 1, end)


def _hyphens_free(rest: str) -> re.Pattern[str]:
    """A pattern in which a hyphen at a line's end may be a hyphen of the word or none."""
    parts = []
    for left, right in zip(rest, f"{rest} "[1:], strict=True):
        form = f"[-{BREAK}]?" if left == BREAK else f"[-{BREAK}]" if left == "-" else re.escape(left)
        parts.append(form + f"{BREAK}?" * (left.isalpha() and right.isalpha()))
    return re.compile("".join(parts))


def _begins(normal: Normal, at: int) -> bool:
    """Does a word begin here? What stands before it must be what is stripped from a quote's own beginning."""
    text, edge = normal.text, at
    while edge and text[edge - 1] in _AFTER and text[edge - 1] != " ":
        edge -= 1
    if edge == 0 or text[edge - 1] == " ":
        return _BEFORE.match(text, edge).end() >= at
    return _parted(normal, edge, at)


def _ends(normal: Normal, at: int) -> bool:
    """Does a word end here?"""
    text, edge = normal.text, at
    while edge < len(text) and text[edge] in _AFTER and text[edge] != " ":
        edge += 1
    if edge == len(text) or text[edge] == " ":  # a per cent sign may stand apart, as in 5 %
        return not (text[at - 1].isdigit() and edge == at and text[edge + 1 : edge + 2] in ("%", "°", "‰"))
    return _parted(normal, at, edge)


def _parted(normal: Normal, start: int, end: int) -> bool:
    """Do these marks, with no space left round them, stand between two words or sentences, not within a word?"""
    text = normal.text
    if any(text[i] == "-" and _dash_between_words(normal, i) for i in range(start, end)):
        return True
    # Two sentences that lack the space between them, as in "the end.Then" or "why?:Then", but not U.S. or 1.5.
    marks, two_letters = set(text[start:end]), start > 1 and text[start - 2 : start].isalnum()
    return bool(marks & set("!?;:)]") or ("." in marks and two_letters)) and (text[end].isupper() or text[end] in "@#")


def _dash_between_words(normal: Normal, at: int) -> bool:
    """A dash between two words, not a hyphen within one, a range or a sign."""
    source = normal.source[normal.origin[at] : normal.origin[at + 1]]
    around = normal.text[at - 1 : at] + normal.text[at + 1 : at + 2]
    return (len(source) > 1 or source in ("—", "―")) and not (len(source) == 1 and around.isdigit())


def _around(
    normal: Normal, pieces: Sequence[_Piece], anchor: int, span: tuple[int, int]
) -> list[tuple[int, int]] | None:
    """The places of all pieces, each the nearest to the one before it, outwards from the anchor."""
    spans = [span]
    for piece in pieces[anchor + 1 :]:
        edge = spans[-1][1]
        after = next(_stretches(normal, piece.core, edge, edge + WINDOW), None)
        if after is None:
            return None
        spans.append(after)
    for piece in reversed(pieces[:anchor]):
        edge = spans[0][0]
        before = list(_stretches(normal, piece.core, max(edge - WINDOW, 0), edge))
        if not before:
            return None
        spans.insert(0, before[-1])
    return spans


def _holds_together(normal: Normal, asked: _Asked, spans: Sequence[tuple[int, int]]) -> bool:
    """Are the pieces near each other, each enough to be known by, and is nothing left out or put in that turns them?"""
    pieces = asked.pieces
    elided = [normal.text[a:b] for (_, a), (b, _) in zip(spans, spans[1:], strict=False)]
    quoted = sum(b - a for a, b in spans)
    if spans[-1][1] - spans[0][0] > WINDOW and sum(map(len, elided)) * 2 > quoted:
        return False
    joined = [not re.search(r"\w", gap) for gap in elided]
    if torn(normal, spans[0][0], spans[-1][1]):
        return False
    if adds(normal, spans[0][0], pieces[0].inserted) or goes_on(normal, spans[-1][1], asked.behind):
        return False
    complete = [begins_sentence(normal, a) and ends_sentence(normal, b) for a, b in spans]
    long_enough = [c or len(p.core.split()) >= ACROSS for c, p in zip(complete, pieces, strict=True)]
    for i, (left, right) in enumerate(zip(spans, spans[1:], strict=False)):
        if not joined[i] and across(normal, left[1], right[0]) and not (long_enough[i] and long_enough[i + 1]):
            return False
    for i, piece in enumerate(pieces):
        if piece.short and not any(joined[max(i - 1, 0) : i + 1]):
            return False
    joints = zip(spans, spans[1:], pieces[1:], strict=False)
    return not any(turns(normal, left, right, piece.inserted) for left, right, piece in joints)


def _quotes(
    article: Article, normal: Normal, pieces: Sequence[_Piece], spans: Sequence[tuple[int, int]]
) -> tuple[Quote, ...]:
    """Quotes of the pieces; those with nothing left out between them are one."""
    runs = [[0, 0]]
    for i in range(1, len(spans)):
        if re.search(r"\w", normal.text[spans[i - 1][1] : spans[i][0]]):
            runs.append([i, i])
        runs[-1][1] = i
    return tuple(_quote(article, normal, pieces[a], pieces[b], spans[a][0], spans[b][1]) for a, b in runs)


def _quote(article: Article, normal: Normal, first: _Piece, last: _Piece, start: int, end: int) -> Quote:
    """The stretch of the article, with the punctuation at its ends that both have."""
    for mark in reversed(first.before):
        if start and normal.text[start - 1] == mark:
            start -= 1
    for mark in last.after:
        if normal.text[end : end + 1] == mark:
            end += 1
    return Quote(article, *normal.span(start, end))


# Who says it


def _attributed(
    asked: _Asked, places: list[tuple[Quote, ...]], claimed: str | None, voice_of: VoiceOf | None
) -> Verdict:
    brackets = [asked.behind, *(piece.inserted for piece in asked.pieces)]
    note = None if all(map(editorial, brackets)) else "The words in brackets are not the article's."
    if voice_of is None:
        return Verdict("exact", places[0], reason=note)
    voiced = [[_voiced(quote, voice_of) for quote in quotes] for quotes in places]
    places = [tuple(quote for quote, _ in pieces) for pieces in voiced]
    if all(any(_denied_around(*piece) for piece in pieces) for pieces in voiced):
        return Verdict("altered", places[0], reason=f"It {_said_by(places[0][0])} in the sentence that it is cut from.")
    fair = [quotes for quotes, pieces in zip(places, voiced, strict=True) if _of_one(pieces)]
    if not fair:
        whose = "; ".join(f"“{quote.text}” {_said_by(quote)}" for quote in places[0])
        return Verdict("altered", places[0], reason=f"The pieces are not one speaker's: {whose}.")
    if claimed is None:
        return Verdict("exact", fair[0], reason=note)
    for quotes in fair:
        if all(q.speaker is not None and q.stance != "denied" and same_speaker(claimed, q.speaker) for q in quotes):
            return Verdict("exact", quotes, reason=note)
    return Verdict("another speaker", fair[0], reason=f"It {_said_by(fair[0][0])}.")


def _denied_around(quote: Quote, own: bool) -> bool:
    """Does the sentence that a quote is cut from deny it, with words that the quote leaves out?"""
    if quote.stance != "denied" or own or denies(quote.text):
        return False
    return whole(quote.article, quote.start, quote.end)[0] < quote.start


def _voiced(quote: Quote, voice_of: VoiceOf) -> tuple[Quote, bool]:
    """A quote in its voice, and whether the words that say so are its own."""
    voice = voice_of(quote.article, quote.start, quote.end)
    own = voice.cue is not None and voice.cue in quote.text
    return replace(quote, speaker=voice.speaker, stance=voice.stance, hedge=voice.hedge, via=voice.via), own


def _of_one(pieces: Sequence[tuple[Quote, bool]]) -> bool:
    """May pieces be one speaker's words? The article's own voice counts as another in another sentence alone."""
    for (one, said_there), (other, said_here) in zip(pieces, pieces[1:], strict=False):
        if said_there and said_here:
            continue
        if one.speaker and other.speaker and not (said_here or same_speaker(one.speaker, other.speaker)):
            return False
        across = re.search(r"[.!?][\"'”’]* |\n", one.article.text[one.end - 1 : other.start])
        if across and (one.speaker is None) != (other.speaker is None) and not (said_there or said_here):
            return False
    return True


def _said_by(quote: Quote) -> str:
    if quote.speaker is None:
        return "is said in the article's own voice" if quote.stance != "denied" else "is denied"
    return f"is {'denied' if quote.stance == 'denied' else 'said'} by {quote.speaker}"


# What differs


def _closeness(near: Near) -> tuple[float, int]:
    """More words in common, then fewer differences of case and punctuation."""
    return near.likeness, -len(near.differences)


def _same_words(given: str, real: str) -> bool:
    """Are nearly all of the given words in the real ones, be it in another order?"""
    words = re.findall(r"\w+", given.lower())
    held = set(re.findall(r"\w+", real.lower()))
    return len(words) >= SHUFFLED and sum(w in held for w in words) >= CLOSE * len(words)


def _altered(asked: _Asked, pool: Sequence[Article], least: float) -> Verdict:
    """The nearest real sentences, of that likeness at least; of equal ones those of the first article, which may be the
    claimed one."""
    best: Near | None = None
    for number, article in enumerate(pool):
        if number >= NEAREST and best and best.likeness >= CLOSE and len(best.differences) <= FEW:
            break
        near = nearest(asked.text, article)
        if near and (best is None or _closeness(near) > _closeness(best)):
            best = near
    if best is None or (best.likeness < least and not _same_words(asked.text, best.quote.text)):
        return Verdict("not found", reason="No article has these words or nearly these.")
    reason = None
    if not best.differences:
        reason = (
            "The words are cut off from what turns them, or a piece is too short or too far from the others, or what is"
            " left out or put in turns what is said."
        )
    return Verdict("altered", (best.quote,), best.differences, reason)
