"""Whose view a sentence gives without saying that anybody said it: according to, in the words of, as X sees it."""

from __future__ import annotations

import re

from assistant.clauses import Sentence
from assistant.cues import MEASURES
from assistant.extents import Statement, clausal, end_of, frames_of, group, said_from, speech
from assistant.phrases import Span, opening_subject, right_noun, subject


def according(sentence: Sentence, index: int) -> Statement | None:
    """“According to X, …” and “…, according to X”."""
    tags = sentence.tags
    source = right_noun(sentence, index + 2) if tags[index + 1 : index + 2] == "o" else None
    if source is None or sentence.tokens[source[0]].word in MEASURES:
        return None
    if tags[source[1] : source[1] + 1] == "o" and (more := right_noun(sentence, source[1] + 1)):
        source = (source[0], more[1])  # “a letter to parents”
    cue = (index, index + 2)
    if index > 3:
        start = said_from(sentence, index, quoted=False)
        end = index - (tags[index - 1] == ",")
        tail = source[1] + 1 if tags[source[1] : source[1] + 1] == "," else len(tags)
        if clausal(tags[tail:]) and not clausal(tags[start:end]):
            end = len(tags) - (tags[-1] == ".")
        return Statement((start, end), cue, source) if end > start else None
    comma = tags.find(",", index + 3)
    if comma < 0 or not tags[comma + 1 :].strip("."):
        return None
    return Statement((comma + 1, end_of(sentence, comma + 1, "say")), cue, (index + 2, comma))


def in_the_words(sentence: Sentence, index: int) -> Statement | None:
    """“It was, in the words of X, …”: the whole sentence is theirs."""
    tags = sentence.tags
    before, the, _, of = ([t.word for t in sentence.tokens[max(0, index - 2) : index + 2]] + [""] * 4)[:4]
    if before not in ("in", "by", "on", "to") or the != "the" or of != "of":
        return None
    source = right_noun(sentence, index + 2)
    start = 0 if index > 2 else tags.find(",", index) + 1
    end = len(tags) - (tags[-1] == ".")
    return Statement((start, end), (index - 2, index + 2), source) if source and start < end else None


_SEEING = frozenset("see sees saw put puts tell tells told has describes described".split())  # with "it"


def as_seen(sentence: Sentence, start: int) -> Statement | None:
    """“…, as X sees it”, “As X tells it, …”, “…, as X remembers, …”: the whole sentence is theirs."""
    tags, tokens = sentence.tags, sentence.tokens
    end = next((i for i in range(start + 2, min(len(tags), start + 10)) if tags[i] in ",."), len(tags))
    verb = end - 1
    if verb > start and tokens[verb].word == "it" and tokens[verb - 1].word in _SEEING:
        verb -= 1
    elif tags[verb] != "V" or not frames_of(tokens[verb]) & {"say", "think"}:
        return None
    source = right_noun(sentence, start + 1)
    if source is None or source[1] < verb or not (start == 0 or tags[start - 1] == ","):
        return None
    if any(tags[i] == "V" and speech(tokens[i]) for i in range(start)):
        return None  # "the Courier reported that …, as the mayor says": the paper says most of it
    content = (end + 1, len(tags) - (tags[-1] == ".")) if start == 0 else (0, start - 1)
    return Statement(content, (start, end), (source[0], verb)) if content[0] < content[1] else None


def estimated(sentence: Sentence, put: int) -> Statement | None:
    """“X put the number of the dead at 58”, “X put the defeat down to …”."""
    tags, tokens = sentence.tags, sentence.tokens
    near = range(put + 2, min(len(tags), put + 16))
    at = next((i for i in near if tokens[i].word == "at" and re.match("[IRDN]{0,3}U", tags[i + 1 :])), None)
    down = next((i for i in near if tokens[i].word == "down" and tags[i + 1 : i + 2] == "o"), None)
    source = subject(sentence, group(tags, put))
    if (at is None and down is None) or source is None:
        return None
    return Statement((put + 1, end_of(sentence, put + 1, "judge")), (put, put + 1), source)


def in_view(sentence: Sentence, noun: int) -> Statement | None:
    """“In X's view, …”"""
    tags = sentence.tags
    source = _possessor(sentence, noun)
    start = noun + 1 + (tags[noun + 1 : noun + 2] == ",")
    if source is None or source[0] != 1 or sentence.tokens[0].word not in ("in", "by") or start >= len(tags):
        return None
    if start == noun + 1 and tags[start] not in "DCNP":
        return None
    end = end_of(sentence, start, "say")
    return Statement((start, end), (0, noun + 1), source) if end > start else None


_OF_IT = re.compile(r"((?:f|I)[DCNGU]+)?(X)(?:T|(?=R?N?:))")
_COLON = re.compile(r"(?:XR?N)?:(?=[^Q:.])")


def held(sentence: Sentence, noun: int) -> Statement | None:
    """“X's account is that …”, “the view among X is that …”, “X's verdict: …”"""
    tags, tokens = sentence.tags, sentence.tokens
    colon = _COLON.match(tags, noun + 1)
    said = _OF_IT.match(tags, noun + 1)
    if not colon and not (said and tags[said.end() - 1] == "T" and tokens[said.start(2)].word in _IS):
        return None
    of = said and said.span(1)[0] > 0 and tokens[said.start(1)].word in ("of", "among", "from", "at", "in")
    source = (said.start(1) + 1, said.end(1)) if of else _possessor(sentence, noun)
    start = colon.end() if colon else said.end() - 1
    end = end_of(sentence, start, "say") if start < len(tags) - 1 else 0
    return Statement((start, end), (noun, start), source) if source and end > start else None


_IS = frozenset("is was has remains".split())


def summed_up(sentence: Sentence, how: int) -> Statement | None:
    """““Never again,” was how X put it”"""
    source = right_noun(sentence, how + 1)
    if source is None or not re.fullmatch("Q,?X", sentence.tags[:how]):
        return None
    return Statement((0, 1), (how, how + 1), source, direct=True)


def nominal(sentence: Sentence, noun: int) -> Statement | None:
    """“X's claim that …”: told of, so no claim that the sentence makes."""
    source = _possessor(sentence, noun)
    end = end_of(sentence, noun + 1, "judge", aside=True)
    return Statement((noun + 1, end), (noun, noun + 1), source, "about") if source and end > noun + 1 else None


def _possessor(sentence: Sentence, noun: int) -> Span | None:
    """Whose a noun is: “X's long-held”, “their”."""
    tags = sentence.tags
    at = noun
    while at and tags[at - 1] in "NRU":
        at -= 1
    if at and tags[at - 1] == "G":
        before = subject(sentence, at - 1)
        return before and (before[0] + (tags[before[0]] == "I"), at)
    mine = at and sentence.tokens[at - 1].word in ("his", "her", "their", "its", "my", "our", "your")
    return (at - 1, at) if mine else None


def captioned(sentence: Sentence, colon: int) -> Statement | None:
    """“Smith: ‘…’”"""
    clause = clausal(sentence.tags[:colon])
    source = opening_subject(sentence, colon) if clause else subject(sentence, colon)
    return Statement((colon + 1, colon + 2), (colon, colon + 1), source, direct=True) if source else None
