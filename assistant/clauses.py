"""Sentences as tagged tokens: the little grammar that attribution needs, from closed word classes and the cue list.

A sentence's tags are one string with a letter a token, so that patterns of words are patterns of letters:

    P he, they      O him, them     D the, his     C Capitalised    N any other word   U 12        G 's
    X is, has, may  R also, -ly     I in, for      f of             o to               J and, or   B but
    S if, as, when  W who, which    T that         t Monday, year   V cue verb         g cue -ing  F other verb
    Q a quotation   , ; : - ( ) .   themselves
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sentencex

from assistant.cues import ABOUT, FORMS, GERUND_NOUNS, Cue, words

LONGEST = 300  # tokens; a longer "sentence" is cut, which bounds the work on text that isn't prose
WIDEST = 20_000  # characters of a paragraph; sentencex takes time quadratic in a paragraph's open quotation marks


@dataclass(frozen=True, slots=True)
class Token:
    """`text[start:end]`; a whole quotation is one token."""

    start: int
    end: int
    word: str  # lower case, typographic apostrophes as '
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens with their tags; `paragraph` counts from 0."""

    tokens: tuple[Token, ...]
    tags: str
    paragraph: int

    def span(self, positions: tuple[int, int]) -> tuple[int, int]:
        """Token positions, end exclusive, as characters of the text."""
        return self.tokens[positions[0]].start, self.tokens[positions[1] - 1].end


def _tagged(letter: str, words: str) -> dict[str, str]:
    return dict.fromkeys(words.split(), letter)


CLOSED: dict[str, str] = {
    **_tagged("P", """
        i he she they we you it i'm he's she's they're we're you're it's i've they've we've you've i'd he'd
        she'd they'd we'd you'd i'll he'll she'll they'll we'll you'll it'll
    """),
    **_tagged("O", "him them us me himself herself themselves itself myself ourselves themself"),
    **_tagged("D", """
        the a an this these those his her its their our my your some any no every each both all another such
        many several most few more other certain half either neither much whose
    """),
    **_tagged("X", """
        is are was were be been being am has have had having do does did will would can could may might must
        shall should ought isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't
        can't cannot couldn't mightn't mustn't shouldn't ain't gets got getting
    """),
    **_tagged("R", """
        not never also just still now then already ever often once again even only too soon later earlier here
        there perhaps maybe instead meanwhile however moreover furthermore nevertheless nonetheless therefore
        thus indeed further always sometimes long far rather quite very almost nearly yet today tonight
        yesterday tomorrow previously recently reportedly finally first privately publicly simply n't twice
        otherwise elsewhere afterwards hence likewise besides anyway together away up down out back off over forth
    """),
    **_tagged("I", """
        in on at by for from with without about against between among through during over under into onto within
        across behind beyond near toward towards upon amid amidst despite via per like unlike alongside
        including regarding concerning throughout around above below outside inside beside following
    """),
    **_tagged("S", """
        because although though while whilst when whenever if unless until till since as after before whether
        than where wherever why how what whereas once lest
    """),
    **_tagged("W", "who whom which"),
    **_tagged("t", """
        monday tuesday wednesday thursday friday saturday sunday january february march april june july august
        september october november december mon tue tues wed thu thurs fri sat sun jan feb mar apr jun jul aug
        sept sep oct nov dec week month year day morning afternoon evening night weekend hour hours minutes days
        weeks months years ago last next
    """),
    **_tagged("F", """
        went came took made gave began became kept left led held ran sat stood fell grew lost won paid met sent
        spent built bought brought caught drew drove ate fought flew broke rose chose threw wore woke shook let
        seem seems seemed appear appears appeared remains remained goes comes takes makes gives gets keeps runs wants
        becomes helped started stopped tried used turned moved worked lived died returned arrived followed
        paused nodded smiled laughed walked looked happened
    """),
    "of": "f", "to": "o", "and": "J", "or": "J", "nor": "J", "&": "J", "but": "B", "that": "T",
}  # fmt: skip
_WORDS = re.compile(
    r"""
    (?P<quote>[“”"]|''|``)
  | (?P<word>(?:[A-Z]\.){2,} | [A-Z]-[A-Z][a-z]+\.?(?=[)\],]) | [A-Z]-(?:[A-Z]\.)+
      | (?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Sgt|Capt|Rev|St|Jr|Sr|Prof|Hon|No|Vol|Co|Inc|Ltd|[A-Z])\.(?=[\s,])
      | (?:[^\W_]|[@\#$£€](?=[^\W_]))(?:[^\W_]|[-.,:/&](?=\d)|[-.&/](?=[^\W_])|['’](?!['’])(?=[^\W\d_]))*%?)
  | (?P<dash>—|–|―|--+|(?<=\s)-(?=\s))
  | (?P<end>[.?!…]+)
  | (?P<mark>[,;:()\[\]])
    """,
    re.VERBOSE,
)
_ABBREVIATION = re.compile(
    r"(?:mr|mrs|ms|dr|sen|rep|gov|gen|lt|col|sgt|capt|rev|st|prof|hon|[a-z])\.|(?:sens|reps|gov)\."
)
_ASIDE = re.compile(r",[DCN][DCNIf]{0,5}$")  # ", records show,", ", figures seen by the paper show."
_BEFORE_NOUNS = frozenset(
    words("recent new old past previous public final latest major private political national federal general great big"
          " early initial good bad strong clear similar different possible own official full")
)  # fmt: skip
_NOT_ADVERBS = frozenset(words("family reply italy ally july supply"))
_GENITIVE = re.compile(r"(?:'s|s')$")
_SOME = frozenset(words("some many most few several both half others"))
_CREDITS = frozenset(
    words("""
    said says added adds wrote writes told tells asked asks tweeted continued explained noted recalled replied
    responded declared joked quipped argued insisted concluded announced shouted
    """)
)
_MARKS = {"[": "(", "]": ")"}


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text, in order; a quotation is never cut by a sentence end inside it."""
    for paragraph, piece in enumerate(_paragraphs(text)):
        quotes = _quotations(text, *piece)
        tokens = list(_tokens(text, *piece, quotes))
        for part in _split(text, piece, tokens):
            yield Sentence(tuple(part), _tags(text, part), paragraph)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Stretches between line breaks; a break inside a sentence, as in hard-wrapped text, doesn't count."""
    for match in re.finditer(r"[^\n]+(?:(?<![.?!:”\"’')\s])\n(?!\s*\n)[^\n]+)*", text):
        for start in range(match.start(), match.end(), WIDEST):
            yield start, min(start + WIDEST, match.end())


def _quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where double quotation marks open and close in a paragraph; one that stays open runs to its end."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for match in re.compile(r"[“”„\"]|''|``").finditer(text, start, end):
        mark = match.group()
        before = text[match.start() - 1] if match.start() > start else " "
        opens = mark in ("“", "„", "``") or (mark in ('"', "''") and (before.isspace() or before in "([—–-‘'"))
        if opened is None:
            opens = opens or match.start() == start
            after = text[match.end() : match.end() + 1]
            if opens or (mark != "”" and after and not after.isspace() and after not in ".,;:?!"):
                opened = match.start()
        elif not (opens and mark in ("“", "„", "``")):
            spans.append((opened, match.end()))
            opened = None
    if opened is not None:
        spans.append((opened, end))
    return spans


def _tokens(text: str, start: int, end: int, quotes: list[tuple[int, int]]) -> Iterator[Token]:
    """Words, marks and whole quotations of a paragraph."""
    at = start
    for quote in [*quotes, (end, end)]:
        for match in _WORDS.finditer(text, at, quote[0]):
            word = match.group().lower().replace("’", "'")
            genitive = _GENITIVE.search(word) if match["word"] else None
            if genitive and word not in CLOSED and len(word) > 2:
                cut = match.end() - (2 if genitive.group() == "'s" else 1)
                yield Token(match.start(), cut, word[: cut - match.start()])
                yield Token(cut, match.end(), "'s")
            elif not match["quote"]:
                yield Token(match.start(), match.end(), word, FORMS.get(word, ()))
        if quote[1] > quote[0]:
            yield Token(quote[0], quote[1], '",' if text[quote[1] - 2] in ",?!" else '"')
        at = quote[1]


def _split(text: str, piece: tuple[int, int], tokens: list[Token]) -> Iterator[list[Token]]:
    """Tokens by sentence. A quotation that ends with its sentence closes the sentence around it."""
    ends = [piece[0] + b["end_index"] for b in sentencex.get_sentence_boundaries("en", text[slice(*piece)])]
    part: list[Token] = []
    at = 0
    for index, token in enumerate(tokens):
        while at < len(ends) and ends[at] <= token.start:
            at += 1
        part.append(token)
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is None:
            break
        done = at < len(ends) and ends[at] <= following.start
        if token.word[0] == '"':
            closing = text[token.end - 2 : token.end - 1]
            done = (done or closing in (".", "?", "!", "…")) and not text[following.start].islower()
            done = done and not _credits(tokens, index + 1, strict=closing == ".")
        elif done and _ABBREVIATION.fullmatch(token.word):
            done = False
        if token.word in ("—", "–", "-", "--") and len(part) <= 12 and _dateline(text, part):
            part = []
        if part and (done or len(part) >= LONGEST):
            yield part
            part = []
    if part:
        yield part


def _dateline(text: str, part: list[Token]) -> bool:
    """“WASHINGTON, July 25 (UPI) —”"""
    place = text[part[0].start : part[0].end]
    return (place.isupper() and len(place) > 3) or (len(part) > 1 and part[-2].word == ")")


def _credits(tokens: list[Token], start: int, strict: bool) -> bool:
    """Does “Smith said” follow here? Where the quotation ends in a full stop, only if nothing else does."""
    for index in range(start, min(start + 9, len(tokens))):
        if tokens[index].word in _CREDITS:
            after = tokens[index + 1].word if index + 1 < len(tokens) else "."
            return not strict or after == "." or CLOSED.get(after) == "t"
        if tokens[index].word in (".", ",", ";", ":", '"', '",', "?", "!"):
            return False
    return False


@dataclass(frozen=True, slots=True)
class _Place:
    """A token among its neighbours; a missing neighbour is a full stop."""

    token: Token
    index: int
    behind: str  # the tags of up to six tokens before
    upper: bool
    first: str  # the first word of the sentence
    previous: str
    following: str
    following_upper: bool
    headline: bool  # most words of the sentence are capitalised

    @property
    def before(self) -> str:
        return self.behind[-1:]

    @property
    def after(self) -> str:
        return CLOSED.get(self.following, "N")


def _tags(text: str, tokens: list[Token]) -> str:
    """One letter a token, each in the light of those before it and of the next word."""
    uppers = [text[t.start].isupper() for t in tokens]
    lettered = sum(text[t.start].isalpha() for t in tokens)
    headline = lettered > 3 and sum(uppers) > 0.7 * lettered
    words_ = [t.word for t in tokens]
    tags: list[str] = []
    for i, token in enumerate(tokens):
        more = i + 1 < len(tokens)
        place = _Place(
            token=token,
            index=i,
            behind="".join(tags[-6:]),
            upper=uppers[i],
            first=words_[0],
            previous=words_[i - 1] if i else ".",
            following=words_[i + 1] if more else ".",
            following_upper=more and uppers[i + 1],
            headline=headline,
        )
        tags.append(_mark(place) or _ambiguous(place) or _plain(place))
    return "".join(tags)


def _mark(place: _Place) -> str | None:
    """The tags that a token's characters settle."""
    word, first = place.token.word, place.token.word[0]
    if first == '"':
        return "Q"
    if word == "'s":
        return "X" if CLOSED.get(place.following, "") in tuple("RDX") else "G"
    if first.isdigit() or first in "$£€":
        return "U"
    if first.isalnum() or first in "@#":
        return None
    return "-" if first in "—–―-" else "." if first in ".?!…" else _MARKS.get(first, first)


def _ambiguous(place: _Place) -> str | None:
    """The tags of words that are now one thing, now another: may, her, that, names like Will, verbs like report."""
    word, closed = place.token.word, CLOSED.get(place.token.word)
    if word == "may" and place.upper and place.index:
        return "t"
    if word == "march" and not place.upper:
        return "N"
    if word == "since" and place.before == "X":
        return "R"
    named = closed == "F" or (closed in tuple("RDI") and place.following_upper and word not in ("the", "a", "an"))
    if named and place.upper and place.index and not place.headline:
        return "C"
    if word == "her":
        return "D" if place.after == "N" or place.following in FORMS else "O"
    if word == "that" and place.before in tuple("IfVg"):
        return "T" if place.before in "Vg" else "D"
    if place.token.cues and (not place.upper or place.index == 0 or place.headline):
        return _verb(place)
    return None


def _plain(place: _Place) -> str:
    """The tags of closed classes, names, and what is left."""
    word, closed = place.token.word, CLOSED.get(place.token.word)
    if closed:
        return closed if closed != "F" or place.before not in tuple("DIf") else "N"
    if place.upper:
        return "C"
    if word.endswith("ed") and len(word) > 4 and "-" not in word and not place.token.cues:
        object_follows = place.before in tuple("NR") and place.after in "DPO"
        if place.before in tuple("CP") or object_follows:
            return "F"
    return "R" if word.endswith("ly") and len(word) > 4 and word not in _NOT_ADVERBS else "N"


def _verb(place: _Place) -> str | None:
    """V or g for a form in the cue list that its neighbours let be a verb."""
    before, behind = place.before, place.behind
    kinds = {kind for cue in place.token.cues for kind in cue.forms}
    if kinds == {"adjective"}:
        return "V" if before == "X" or (before in tuple("RP") and place.index > 1) else None
    if kinds == {"participle"} and (before not in tuple("XR") or "X" not in behind):
        return None
    if kinds == {"ing"}:
        if before in tuple("XP") or (before == "R" and "X" in behind):
            return "V"
        noun = place.token.word in GERUND_NOUNS and before in tuple("CNt") and place.after not in "TQ"
        return None if noun or before in tuple("DGfU") else "g"
    if before in tuple("PXoWR") and not (before in "Xo" and kinds == {"s"}):
        return "V"
    some = place.previous in _SOME or (before == "U" and (place.after == "P" or place.following == "that"))
    if some and kinds & {"base", "past"} and not any(cue.noun for cue in place.token.cues):
        return "V"  # “Some say …”, “42% say they …”
    if before in tuple("DGfI") or (before == "U" and "past" not in kinds):
        return None
    if not any(cue.noun for cue in place.token.cues):
        return None if kinds == {"base"} and not before else "V"
    if "past" in kinds or not kinds & {"base", "s"}:
        return "V"
    return "V" if _present(place, kinds) else None


def _present(place: _Place, kinds: set[str]) -> bool:
    """Is a form like “claims” or “report”, which is a noun as well, a verb here?"""
    before, following, after = place.before, place.following, place.after
    if before not in "CNJT,QBStO" or (not before and kinds == {"s"}):
        return False
    if place.previous.endswith("ing") or place.previous in _BEFORE_NOUNS:
        return False
    if before in tuple("CNJ") and any(following in ABOUT.get(cue.lemma, ()) for cue in place.token.cues):
        return True
    plural = place.previous.endswith("s") or place.previous in ("people", "men", "women", "police", "others")
    if following in (".", ","):  # “…,” Smith notes.
        quoted = place.first[0] == '"' and place.index < 6 and before in tuple("CN") and kinds == {"s"}
        aside = _ASIDE.search(place.behind)
        return quoted or (aside is not None and ("base" in kinds) == (plural or "I" in aside[0]))
    if "base" in kinds and "s" not in kinds and before in tuple("CN") and not plural and following != "that":
        return False
    if following in ("that", "to", ":") or following[0] == '"' or after in "DPOS":
        return True
    if before not in tuple("CN"):
        return False
    noun = after == "N" and (place.following_upper or following.endswith("s"))
    return after == "I" or (noun and place.token.word not in ("states", "state"))
