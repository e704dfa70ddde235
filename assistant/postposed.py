"""What is said first: “…,” Smith said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.clauses import Sentence
from assistant.cues import OF_WHOM
from assistant.extents import ADJUNCT, Statement, clausal, frames_of, group, passive, said_from, says, speech
from assistant.phrases import Span, right_noun, subject
from assistant.viewpoints import according, as_seen, in_the_words

_TOLD = re.compile(r"(?:R|O|D?t++|U|\([^)]*\)|[Iof]?[DCNU][DCNUGRJft-]*+|[Iof])*+")  # and to whom
_APPOSED = re.compile("[DCNG]*[CN],[DCNGUf]*[CN],")
_TIME = re.compile("[DR]t")


def postposed(sentence: Sentence) -> Iterator[Statement]:
    """“content, X said” and “content, said X”, with the rest of what is said behind it."""
    for index, tag in enumerate(sentence.tags):
        made = None
        if tag == "V":
            made = _credited(sentence, index)
        elif sentence.tokens[index].word == "according" and index > 3 and sentence.tags[index - 2 : index] != "T,":
            made = according(sentence, index)
        elif sentence.tokens[index].word in OF_WHOM:
            made = in_the_words(sentence, index)
        elif sentence.tokens[index].word == "as":
            made = as_seen(sentence, index)
        if made is not None:
            yield made


def _credited(sentence: Sentence, index: int) -> Statement | None:
    """The statement before “, X said” at a verb."""
    tags, tokens = sentence.tags, sentence.tokens
    left = group(tags, index)
    source = subject(sentence, left)
    rest = index + 1
    if passive(sentence, index) and left and tokens[left - 1].word == "it":  # “…, it was claimed by X”
        agent = right_noun(sentence, rest + 1) if tokens[min(rest, len(tags) - 1)].word == "by" else None
        if agent is None:
            return None
        return Statement((said_from(sentence, left - 1, False), left - 2), (left, rest + 1), agent)
    edge = source[0] if source else 0
    quoted = left > 0 and tags[left - 1] == "Q"
    apposed = _APPOSED.fullmatch(tags, 0, left)  # "The mayor, Jane Doe, promised an inquiry"
    if left == index and left and tags[left - 1] in "Q,-" and not apposed and _inverts(sentence, index, quoted):
        inverted = _said_by(sentence, index + 1)
        last = inverted[1] if inverted else 0
        # “The plan, say critics, is …”
        inserted = tags[last : last + 1] == "," and tags[last + 1 : last + 2] in ("X", "V", "F")
        if quoted or source is None or (inverted and (inserted or last >= len(tags.rstrip(".")))):
            source = inverted
            edge, rest = left, source[1] if source else 0
    if edge > 1 and tokens[edge - 1].word == "as":
        edge -= 1  # “…, as Smith put it”
    if source is None or not edge or tags[edge - 1] not in "Q,-" or tags[source[0]] in "WT":
        return None
    quoted = tags[edge - 1] == "Q" or tags[max(0, edge - 2) : edge] in ("Q,", "Q-")
    if not speech(tokens[index]) and not (quoted and re.compile("R?[.,]").match(tags, index + 1)):
        return None
    stop = (_TOLD if "tell" in frames_of(tokens[index]) else ADJUNCT).match(tags, rest).end()
    if not _closes(sentence, edge, stop, quoted):
        return None
    start = said_from(sentence, edge, quoted)
    end = edge
    while end > start and tags[end - 1] in ",-":
        end -= 1
    said = tags[start:end]
    aside = tags[stop : stop + 1] == "," and tags[stop + 1 : stop + 2] != "Q"
    if not said or (not quoted and said[0] in "SIgV" and "," not in said and stop < len(tags) - 1 and not aside):
        return None  # “When the talks ended, X said that …”
    tail = _tail(sentence, stop, quoted, whole=clausal(said) and said[0] not in "SI")
    if not quoted and not tail and not clausal(said) and (stop < len(tags) - 1 or len(said) < 4 or said[0] in "IR"):
        return None
    return Statement((start, max(end, tail)), (left, index + 1), source, direct=quoted)


def _said_by(sentence: Sentence, start: int) -> Span | None:
    """The noun phrase after “…, said”, with a relative clause that ends the sentence: “a woman who lives nearby”."""
    source = right_noun(sentence, start)
    clause = re.compile(r"W[^,.;:Q]*(?=\.?$)").match(sentence.tags, source[1]) if source else None
    return (source[0], clause.end()) if source and clause else source


_SHOWING = frozenset("shows showed finds found indicates indicated".split())  # what stands after them is shown


_ASIDE = frozenset("say claim argue warn insist believe report".split())  # "The plan, say critics, is …"


def _inverts(sentence: Sentence, index: int, quoted: bool) -> bool:
    """May this verb stand before who says it: said, says, wrote, …"""
    tags = sentence.tags
    if sentence.tokens[index].word in _SHOWING:
        return False
    following = tags[index + 1 : index + 2]
    if following not in tuple("CDNURP") or (following == "P" and not quoted) or _TIME.match(tags, index + 1):
        return False
    aside = tags[index - 1] == "," and sentence.tokens[index].word in _ASIDE
    return aside or any(c.frame == "say" and c.forms & {"past", "s"} for c in sentence.tokens[index].cues)


def _closes(sentence: Sentence, edge: int, stop: int, quoted: bool) -> bool:
    """Is “X said on Tuesday” at an end here, rather than followed by what X said?"""
    tags, tokens = sentence.tags, sentence.tokens
    if stop == len(tags):
        return True
    if tags[edge - 1] == "Q" and tokens[edge - 1].word == '",' and (edge == 1 or tags[edge - 2] in ",:;-"):
        return tags[stop] not in ("Q:" if edge == 1 else "TQ:")
    if quoted:
        return tags[stop] in ".,;-QgSJ"
    if tags[stop] == "S":
        return tokens[stop].word in ("after", "before", "when", "as")
    return tags[stop] in ".,;-"


def _tail(sentence: Sentence, stop: int, quoted: bool, whole: bool) -> int:
    """The end of what is said after “…, she said, …”; 0 where nothing follows. `whole`: what came was a clause."""
    tags, tokens = sentence.tags, sentence.tokens
    if tags[stop : stop + 2] == ".Q":
        return stop + 2 if quoted else 0
    if stop >= len(tags) or tags[stop] not in ",;-Q" or (tags[stop] == "Q" and tags[stop - 1] not in "VPCN"):
        return 0
    start = stop if tags[stop] == "Q" else stop + 1
    if start == len(tags) or tags[start] == "g":
        return 0
    if quoted:
        last = tags.rfind("Q", start)
        return last + 1 if last >= 0 and not says(sentence, start, last) else 0
    if tags[stop] == ";" or says(sentence, start, len(tags)):
        return 0
    if whole and not (clausal(tags[start:]) and (tags[start] in "JBSTWR" or tokens[start].word == "so")):
        return 0
    return len(tags) - (tags[-1] == ".")
