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

from assistant.cues import FORMS, GERUND_NOUNS, Cue

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
    **_tagged("P", "i he she they we you it i'm he's she's they're we're you're it's i've they've we've you've i'd he'd she'd"
                   " they'd we'd you'd i'll he'll she'll they'll we'll you'll it'll"),
    **_tagged("O", "him them us me himself herself themselves itself myself ourselves themself"),
    **_tagged("D", "the a an this these those his her its their our my your some any no every each both all another such"
                   " many several most few more other certain half either neither much whose"),
    **_tagged("X", "is are was were be been being am has have had having do does did will would can could may might must"
                   " shall should ought isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't"
                   " wouldn't can't cannot couldn't mightn't mustn't shouldn't ain't gets got getting"),
    **_tagged("R", "not never also just still now then already ever often once again even only too soon later earlier here"
                   " there perhaps maybe instead meanwhile however moreover furthermore nevertheless nonetheless therefore"
                   " thus indeed further always sometimes long far rather quite very almost nearly yet today tonight"
                   " yesterday tomorrow previously recently reportedly finally first privately publicly simply n't twice"
                   " otherwise elsewhere hence likewise besides anyway together away up down out back off over forth"),
    **_tagged("I", "in on at by for from with without about against between among through during over under into onto"
                   " within across behind beyond near toward towards upon amid amidst despite via per like unlike alongside"
                   " including regarding concerning throughout around above below outside inside beside following"),
    "of": "f", "to": "o", "and": "J", "or": "J", "nor": "J", "&": "J", "but": "B", "that": "T",
    **_tagged("S", "because although though while whilst when whenever if unless until till since as after before whether"
                   " than where wherever why how what whereas once lest"),
    **_tagged("W", "who whom which"),
    **_tagged("t", "monday tuesday wednesday thursday friday saturday sunday january february march april june july august"
                   " september october november december mon tue tues wed thu thurs fri sat sun jan feb mar apr jun jul aug"
                   " sept sep oct nov dec week month year day morning afternoon evening night weekend hour hours minutes"
                   " days weeks months years ago last next"),
    **_tagged("F", "went came took made gave began became kept left led held ran sat stood fell grew lost won paid met sent"
                   " spent built bought brought caught drew drove ate fought flew broke rose chose threw wore woke shook"
                   " let seems seemed appears appeared remains remained goes comes takes makes gives gets keeps runs wants"
                   " became becomes helped started stopped tried used turned moved worked lived died returned arrived"
                   " followed paused nodded smiled laughed walked looked happened"),
}  # fmt: skip
_WORDS = re.compile(
    r"""
    (?P<quote>[“”"]|''|``)
  | (?P<word>(?:[A-Z]\.){2,} | (?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Sgt|Capt|Rev|St|Jr|Sr|Prof|Hon|No|Vol|Co|Inc|Ltd|[A-Z])\.(?=[\s,])
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
_GENITIVE = re.compile(r"(?:'s|s')$")
_CREDITS = frozenset(
    [
        "said",
        "says",
        "added",
        "adds",
        "wrote",
        "writes",
        "told",
        "tells",
        "asked",
        "asks",
        "tweeted",
        "continued",
        "explained",
        "noted",
        "recalled",
        "replied",
        "responded",
        "declared",
        "joked",
        "quipped",
        "argued",
        "insisted",
        "concluded",
        "announced",
        "shouted",
    ]
)
_MARKS = {"[": "(", "]": ")"}


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text, in order; a quotation is never cut by a sentence end inside it."""
    paragraph = 0
    for piece in _paragraphs(text):
        quotes = _quotations(text, *piece)
        tokens = list(_tokens(text, *piece, quotes))
        for part in _split(text, piece, tokens):
            yield Sentence(tuple(part), _tags(text, part), paragraph)
        paragraph += 1


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


def _tags(text: str, tokens: list[Token]) -> str:
    """One letter a token."""
    tags: list[str] = []
    for index, token in enumerate(tokens):
        tags.append(_tag(text, tokens, index, "".join(tags[-6:])))
    return "".join(tags)


def _tag(text: str, tokens: list[Token], index: int, behind: str) -> str:
    token = tokens[index]
    before = behind[-1:]
    word = token.word
    first = word[0]
    if first == '"':
        return "Q"
    if word == "'s":
        following = tokens[index + 1].word if index + 1 < len(tokens) else ""
        return "X" if following in CLOSED and CLOSED[following] in "RDX" else "G"
    if not first.isalnum() and first not in "@#$£€":
        return "-" if first in "—–―-" else "." if first in ".?!…" else _MARKS.get(first, first)
    upper = text[token.start].isupper()
    if first.isdigit() or first in "$£€":
        return "U"
    closed = CLOSED.get(word)
    if word == "may" and upper and index:
        return "t"
    if word == "march" and not upper:
        closed = None
    if (
        upper
        and index
        and closed in ("F", "R", "D", "I", "N", "t")
        and word not in ("the", "a", "an")
        and closed != "t"
    ):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if closed == "F" or (following is not None and text[following.start].isupper()):
            return "C"
    if closed == "D" and word == "her":
        following = tokens[index + 1].word if index + 1 < len(tokens) else "."
        return "O" if CLOSED.get(following, "N") not in "N" and following not in FORMS else "D"
    if closed == "T" and before in ("I", "f", "V", "g"):
        following = tokens[index + 1].word if index + 1 < len(tokens) else "."
        return "T" if before in "Vg" else "D"
    if token.cues and (not upper or index == 0 or _headline(text, tokens)):
        verb = _verb(text, tokens, index, behind)
        if verb:
            return verb
    if closed and closed != "F":
        return closed
    if closed == "F":
        return "F" if before not in ("D", "I", "f") else "N"
    if upper and (index or _name(text, tokens)):
        return "C"
    if word.endswith("ed") and not upper and "-" not in word and len(word) > 4 and not token.cues:
        following = tokens[index + 1].word if index + 1 < len(tokens) else "."
        if before in "CP" or (before in "NR" and CLOSED.get(following, "N") in "DPO"):
            return "F"
    if (
        word.endswith("ly")
        and len(word) > 4
        and word not in ("family", "early", "only", "reply", "italy", "ally", "july")
    ):
        return "R"
    return "C" if upper and index else "N"


def _headline(text: str, tokens: list[Token]) -> bool:
    """Are most of the words capitalised, as in some headlines?"""
    words = [t for t in tokens if text[t.start].isalpha()]
    return len(words) > 3 and sum(text[t.start].isupper() for t in words) > 0.7 * len(words)


def _name(text: str, tokens: list[Token]) -> bool:
    """Does the sentence open with a name rather than with a word that is capitalised for its place?"""
    if len(tokens) < 2:
        return False
    return True


def _verb(text: str, tokens: list[Token], index: int, behind: str) -> str | None:
    """V, g or None for a form in the cue list, by its neighbours."""
    token = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    next_word = following.word if following else "."
    after = CLOSED.get(next_word, "N")
    before = behind[-1:]
    word = token.word
    kinds = set().union(*(c.forms for c in token.cues))
    word_is_noun = token.word in GERUND_NOUNS
    noun = any(c.noun for c in token.cues)
    if kinds == {"adjective"}:
        return "V" if before == "X" or (before in "RP" and index > 1) else None
    if kinds == {"participle"} and "X" not in behind[-2:]:
        return None
    if kinds == {"ing"}:
        if before in ("X", "P") or (before == "R" and "X" in behind):
            return "V"
        if before in ("D", "G", "f", "U") or (before in "CNt" and word_is_noun and after not in "TQ"):
            return None
        return "g"
    if before in ("P", "X", "o", "W", "R") and not (before in ("X", "o") and kinds == {"s"}):
        return "V"
    if before in ("D", "G", "f", "U"):
        return None
    if before == "I":
        return None
    if not noun:
        return "V" if not (kinds == {"base"} and before in ("I", "")) else None
    if kinds & {"base", "s"} and not kinds & {"past"}:
        if before not in ("C", "N", "J", "T", ",", "Q", "", "B", "S", "t", "O"):
            return None
        previous = tokens[index - 1].word if index else ""
        if tokens[0].word[0] == '"' and next_word in (".", ",") and index < 6 and before in "CN" and kinds == {"s"}:
            return "V"
        if previous.endswith("ing"):
            return None
        if (
            next_word in (".", ",")
            and re.search(r",[DCN]{1,4}$", behind)
            and ("base" in kinds) == previous.endswith("s")
        ):
            return "V"
        plural = previous.endswith("s") or previous in ("people", "men", "women", "police", "who", "others")
        if "base" in kinds and "s" not in kinds and before in "CN" and not plural:
            return None
        return "V" if next_word in ("that", "to", '"', '",', ":") or after in ("D", "P", "O", "S") or (
            before in ("C", "N") and word not in ("states", "state") and after == "N" and following is not None and (text[following.start].isupper() or next_word.endswith("s"))
        ) or (before in "CN" and after == "I") else None  # fmt: skip
    return "V"
