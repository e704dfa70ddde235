"""A statement in a sentence, and how far what is said reaches: to its end, the next statement or the next clause."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.clauses import Sentence, Token
from assistant.cues import BE, CONCURRENT, Frame
from assistant.phrases import Span

_SPEAKER = re.compile(r"[PDCNGUfR]{1,8}?X?R?V")
_VERB = re.compile(r"R?[VXF]")
_NEW_VERB = re.compile(r"R?X*R?V")
_NEW_CLAUSE = re.compile(r"R?X*R?V[TQ]")
_SEGMENT = re.compile("[^,;:W]*")
ADJUNCT = re.compile(r"(?:R|D?t++|U|\([^)]*\)|[Iof][DCNUGRJft-]*+)*+")  # "on Tuesday", "in a statement", "of the plan"


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution in one sentence, in token positions, ends exclusive."""

    content: Span
    cue: Span
    source: Span
    frame: Frame = "say"
    direct: bool = False  # words in quotation marks, which the next sentence may go on with


def frames_of(token: Token) -> set[Frame]:
    return {c.frame for c in token.cues}


def speech(token: Token) -> bool:
    return not frames_of(token).isdisjoint(("say", "tell"))


def clausal(tags: str) -> bool:
    """Is there a finite verb?"""
    return any(t in "XVF" for t in tags)


def clause_follows(sentence: Sentence, start: int) -> bool:
    """Does a finite verb follow before the next comma or relative clause?"""
    return clausal(_SEGMENT.match(sentence.tags, start).group())


def speaks(sentence: Sentence, start: int) -> bool:
    """Does a subject with a verb of speech begin here?"""
    match = _SPEAKER.match(sentence.tags, start)
    return match is not None and speech(sentence.tokens[match.end() - 1])


def says(sentence: Sentence, start: int, end: int) -> bool:
    """Does any verb of speech stand here?"""
    return any(sentence.tags[i] in "Vg" and speech(sentence.tokens[i]) for i in range(start, end))


def end_of(sentence: Sentence, start: int, frame: Frame, aside: bool = False, opening: bool = False) -> int:
    """Where what is said ends: the sentence, the next statement, or for a thing the next clause.

    `aside`: said in a relative clause or a participle, which the main verb ends. `opening`: in a clause before the main
    one, which the next comma ends.
    """
    tags = sentence.tags
    last = len(tags)
    while last > start and tags[last - 1] in ".;:,":
        last -= 1
    for i in range(start + 1, last):
        end = _stops(sentence, i, frame, aside, opening, i > start + 2)
        if end is not None:
            return end
    return last


def _stops(sentence: Sentence, i: int, frame: Frame, aside: bool, opening: bool, far: bool) -> int | None:
    """The end of what is said, if the token at `i` ends it."""
    tags, tokens = sentence.tags, sentence.tokens
    tag, word, following = tags[i], tokens[i].word, tags[i + 1 : i + 2]
    thing = frame in ("judge", "about")
    if tag == ",":
        ends = (
            following == "g"
            or tokens[i + 1].word == "according"
            or speaks(sentence, i + 1)
            or (following in tuple("JSI") and speaks(sentence, i + 2))
            or (aside and _VERB.match(tags, i + 1))
            or ((thing or frame == "want") and following in tuple("JSRtIWgVD"))
            or (opening and following in tuple("PDCNU"))
        )
        return i if ends and following != "B" and (far or tags[i - 1] != "T") else None
    if tag == "Q":
        ends = word == '",' and (
            following == "g" or speaks(sentence, i + 1) or (opening and following in tuple("PDCN"))
        )
        return i + 1 if ends else None
    turned = tag == "B" and (
        thing or _NEW_VERB.match(tags, i + 1) or (tags[i - 1] == "," and following in tuple("PDCNI"))
    )
    contrasted = (
        tag == "S"
        and tags[i - 1] != "T"
        and word in ("while", "whereas", "although", "though")
        and _SPEAKER.match(tags, i + 1)
    )
    if turned or contrasted:
        return i - (tags[i - 1] == ",")
    ends = (
        tag == ";"
        or (tag == "-" and (thing or "-" not in tags[i + 1 :]))
        or (tag == "J" and _NEW_CLAUSE.match(tags, i + 1))
        or (tag in "JB" and thing and (following == "I" or _VERB.match(tags, i + 1)))
        or (tag in "XVF" and thing and aside and tags[i - 1] not in "WTPJoRX")
        or (tag == "S" and thing and word in CONCURRENT)
        or (tag in "SJ" and frame != "say" and speaks(sentence, i + 1))
        or (tag in "SI" and far and following == "g" and word in ("while", "before", "after", "by", "without"))
    )
    return i if ends else None


def group(tags: str, verb: int) -> int:
    """Where the verb group of a verb begins: “has not yet said”."""
    left = verb
    while left and tags[left - 1] in "XR":
        left -= 1
    while left < verb and tags[left] == "R":
        left += 1
    return left


def said_from(sentence: Sentence, edge: int, quoted: bool) -> int:
    """Where the clause before “…, she said” begins."""
    tags = sentence.tags
    start = max(tags.rfind(";", 0, edge), tags.rfind(":", 0, edge)) + 1
    last = tags.rfind("Q", start, edge) if quoted else -1
    if last > start and "V" in tags[start:last]:
        return last
    while start < edge and tags[start] in "B,":
        start += 1
    return start


def passive(sentence: Sentence, index: int) -> bool:
    """Is the participle at `index` governed by a form of “to be”?"""
    cues = sentence.tokens[index].cues
    if any(c.frame == "feel" for c in cues) or not any("participle" in c.forms for c in cues):
        return False
    at = index - 1
    while at >= 0 and sentence.tags[at] == "R":
        at -= 1
    word = sentence.tokens[at].word
    return at >= 0 and (word in BE or (sentence.tags[at] == "P" and word.endswith(("'s", "'re", "'m"))))
