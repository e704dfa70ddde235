"""Noun phrases of a tagged sentence: what stands before a verb, after it, or in its place earlier on.

Positions are of tokens, ends exclusive. No function looks more than `REACH` tokens back.
"""

from __future__ import annotations

import re

from assistant.clauses import Sentence

Span = tuple[int, int]
REACH = 45  # tokens that a subject may lie before its verb

_NOUN = re.compile(r"R?(?:[DCNUGR()]|f|J(?=[CDN])|I(?=[CDNU]))+")
_APPOSITION = re.compile(r",(?:[DCNUGRfIJt()-]|W[^,Q.]*|,(?=[UfIC]))+(?=[,.;]|$)")
_INTRODUCTION = re.compile(r"[If](?:[tU]+|[DNCUG]+?(?=D|P|$))")  # "on Monday" in "On Monday the mayor said"
_PLACE = re.compile(r"I[DU]?N{1,3}(?=C+$)")  # "In his memoir Holm writes"
_TO_WHOM = frozenset(  # that a noun phrase may go on with "to": "sources close to the club"
    """close closest near loyal opposed linked tied sympathetic allied adviser advisers advisor advisors aide aides
    ambassador envoy envoys party parties witness witnesses heir heirs assistant secretary delegate delegates visitors
    contributor contributors successor""".split()
)
_OPENINGS = tuple(
    re.compile(introduction + r"((?:[DCNUGf]|J(?=C))+|P)") for introduction in (r"[BRt,]*(?:[IfSg][^,]*,)?", "[BRtS,]*")
)
_FINITE = re.compile("[VFX]")


def right_noun(sentence: Sentence, start: int) -> Span | None:
    """The noun phrase that starts here, with its apposition: “Smith, the mayor”."""
    tags = sentence.tags
    if tags[start : start + 1] == "P":
        return start, start + 1
    match = _NOUN.match(tags, start)
    if not match:
        return None
    apposition = _APPOSITION.match(tags, match.end())
    return start, (apposition or match).end()


def subject(sentence: Sentence, verb: int) -> Span | None:
    """The noun phrase before a verb group, with its appositions and relative clauses."""
    tags = sentence.tags
    at = verb
    while at and tags[at - 1] == "R":
        at -= 1
    if at == 0:
        return None
    if tags[at - 1] in "PWT":
        return at - 1, at
    if tags[at - 1] == ",":
        return _apposed(sentence, at)
    start = _run(sentence, at)
    return (start, at) if start is not None else None


def opening_subject(sentence: Sentence, before: int) -> Span | None:
    """The subject of the first verb before a place, or the noun phrase that the sentence opens with."""
    tags = sentence.tags[:before]
    for match in _FINITE.finditer(tags):
        found = subject(sentence, match.start())
        if found is not None:
            return found
    for opening in _OPENINGS:
        match = opening.match(tags)
        if match:
            return match.span(1)
    return None


def antecedent(sentence: Sentence, source: Span) -> Span:
    """What “who”, “which” or “that” stands for: the noun phrase before it."""
    tags = sentence.tags
    if tags[source[0]] not in "WT" or not source[0]:
        return source
    end = source[0] - (tags[source[0] - 1] == ",")
    start = _run(sentence, end) if end else None
    return (start, end) if start is not None else source


def _run(sentence: Sentence, end: int) -> int | None:
    """Where the noun phrase that ends here begins."""
    tags, tokens = sentence.tags, sentence.tokens
    join: int | None = None  # after an "and", which joins nouns only if no verb stands before it
    at = end
    while at > max(0, end - REACH):
        tag = tags[at - 1]
        if tag == "o" and at < end and tags[at] in "DCNU" and tokens[at - 2].word in _TO_WHOM:
            at -= 1
            continue
        if tag in "VFXgo":
            who = _relative(tags, at - 1)
            if who is None:
                at = at if join is None else join
                break
            at = who
            continue
        if tag == "J" and at < end:
            join = at
        elif not (
            tag in "DCNUGfIt()O"
            or (tag == "R" and at < end)
            or (tag == "Q" and at < end and tags[at - 2 : at - 1] in ("D", "C") and tokens[at - 1].word == '"')
            or (tag == "W" and at < end and tags[at - 2 : at - 1] in tuple("CNGU") and tokens[at].word.endswith("ed"))
        ):
            break
        at -= 1
    while at < end and (tags[at] in "RJt(,)G" or tokens[at].word == "by"):
        at += 1
    introduction = _INTRODUCTION.match(tags, at, end)
    if introduction and introduction.end() < end:
        at = introduction.end()
    elif at == 0 and tokens[0].word in ("in", "at", "on") and (place := _PLACE.match(tags[:end])):
        at = place.end()
    return at if at < end else None


def _relative(tags: str, verb: int) -> int | None:
    """Where the “who” of a relative clause around this verb stands, if it has a noun before it."""
    for i in range(verb - 1, max(-1, verb - 7), -1):
        if tags[i] == "W":
            return i if i and tags[i - 1] in "CNGU" else None
        if tags[i] not in "XRPDCNGV":
            return None
    return None


def _apposed(sentence: Sentence, verb: int) -> Span | None:
    """“Smith, 42, a teacher from Flint, [said]”: from the head noun to before the last comma."""
    tags = sentence.tags
    start = max(*(tags.rfind(mark, 0, verb - 1) + 1 for mark in ";Q:"), verb - REACH, 0)
    pieces = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^,]+", tags[start : verb - 1])]
    if len(pieces) > 1:
        del pieces[-1]  # the apposition itself
    turns = [i for i, (first, _) in enumerate(pieces) if tags[first] in "BJS"]
    for first, last in pieces[turns[-1] if turns else 0 :]:
        head = first
        while head < last and tags[head] in "RJBSt":
            head += 1
        if head == last or tags[first] in "IogStf":
            continue
        if _FINITE.search(tags, head, last):
            clause, head = head, _run(sentence, last) or first  # “…, and later Smith, the mayor, said”
            if not re.search("[JBST]", tags[clause:head]):
                continue  # what is said, before who says it: “Profits rose, its chairman, Smith, [said]”
        noun = head >= first and tags[head] in "CDNUP" and not _FINITE.search(tags, head, last)
        return (head, verb - 1) if noun else None
    return None
