"""Which way a day lies that a sentence names: it was, or it will be. The verb nearest before it says so."""

from __future__ import annotations

import re

from assistant.cues import IRREGULAR, words
from assistant.lexicon import one_of

_PAST = frozenset(past for lemma, (past, _) in IRREGULAR.items() if past != lemma and not past.endswith("ed")) | {
    *words("""
    was were had did wasn't weren't hadn't didn't went came became began broke built bought caught drew drove ate fell
    fought flew fled got grew hung kept knew led left lost lit met paid ran rang rode rose sang sank sat slept sold
    spent stole struck stuck swam swept took tore threw won woke wore
    """)
}
_NOT_PAST = frozenset(words("need speed indeed feed seed breed exceed proceed succeed hundred embed"))
# Verbs whose present tense, beside a day, tells a plan: "opens on Friday".
_STARTS = words("""
    open reopen begin start resume close end finish conclude launch meet vote play host face return arrive depart
    sail appear expire apply convene
    """)
_PLANS = r"(?:plan|hope|promise|agree|vow|pledge|intend|aim|want|expect|prepare|mean)"
# "expects the ferry to sail". A past form may be a participle, so an object must follow it at once.
_OBJECT = r"(?:the|an?|its|his|her|their|him|it|them|us|me|you|people)"
_WISHES = rf"(?:(?:expect|want)(?:s|ing)?|(?:expected|wanted)(?=\ {_OBJECT}\b))"
# After these a verb without an ending is no present tense: "fans watched Lowe play Tarn", "failed to meet and begin".
_GOVERNS = (
    r"to|do|does|did|not|will|would|could|can|may|might|should|must|let|lets|makes?|made|help(?:s|ed)?|saw|see|sees|seen"
    r"|watch(?:ed|es)?|heard|hears?"
)
# What is held on a day that was set before: beside "a hearing on Friday" the verb after it says when that was.
_OCCASION = (
    r"(?:hearing|meeting|vote|election|trial|match|game|final|concert|talks|summit|conference|referendum|rally|march"
    r"|inquest|session|ceremony|funeral|service|auction|launch|opening|deadline|poll|ballot|debate|strike)s?"
)
_CUE = re.compile(
    rf"""
    (?P<past>\b(?:(?:would|could|should|may|might|must)\ (?:not\ )?have\b|(?:could\ not|couldn['’]t)\b
        |(?:was|were)\ to\ have\b|had\ been\ (?:due|expected|scheduled|set|planned)\b
        |had\ (?:planned|hoped|expected|wanted)\ to\b|(?:has|have)\ (?:\w+ly\ )?(?:been\b|\w+ed\b)))
  | (?P<ahead>\b(?:will|won['’]t|would|shall|must|should|may|might|could|can)\b|['’]ll\b
        |\b(?:is|are|was|were|been|be|['’]s|['’]re)\ (?:now\ |not\ |also\ )?
            (?:to|due|set|expected|scheduled|planned|likely|going\ to|hoping)\b
        |\b{_PLANS}(?:s|d|ed|ned)?\ to\b
        |\b{_WISHES}\ (?:(?!(?:{_GOVERNS})\b)[\w’'-]+\ ){{1,5}}to\ (?!(?:the|an?|his|her|its|their)\b)(?=[a-z])
        |\b(?:starting|beginning|opening|due|scheduled|planned)\ (?:on|in|from|for|at|to)\b
        |\bahead\ of\b|\b(?:is|are)\ (?:(?:shut|closed|open)\ )?(?=(?:in|on|for|at)\ $))
  | (?P<plan>\b(?:{"|".join(verb + ("es" if verb.endswith("sh") else "s") for verb in _STARTS)}
            |goes\ (?:to\ the\ polls|on\ \w+)|runs|takes\ (?:effect|place)|comes\ into\ force|falls\ due|applies)\b
        |(?<=s\ )(?:{"|".join(_STARTS)}|run|take\ (?:effect|place)|come\ into\ force)\b
        |\bgo\ (?:to\ the\ polls|on\ \w+)\b)
  | (?P<bare>(?<=\band\ )(?:resume|reopen|begin|meet|arrive|depart|expire|convene)\b
        |\b[A-Z][\w’'-]+\ (?:face|play|meet|visit|take\ on|travel\ to)\ (?=[A-Z]))
  | (?<!\bbe\ )(?<!\bbeen\ )(?<!\bbeing\ )(?<!\bthe\ )(?<!\ba\ )(?<!\ban\ )(?<!\bto\ )(?<!\bis\ )(?<!\bare\ )
    (?:(?P<was>\b(?:{one_of(_PAST)})\b)|(?P<ed>\b(?!(?:{one_of(_NOT_PAST)})\b)[a-z]{{2,}}ed\b))
    """,
    re.VERBOSE,
)
_GOVERNED = re.compile(rf"\b(?:{_GOVERNS})\b")
_CLAUSE = re.compile(
    r"[;:]| [–—] |, (?=(?:and|but|when|after|where|while|who|which|as)\b)"
    r"| (?=(?:after|but|because|although|though|while|when|that|which|who) )"
)
_LEADS = re.compile(
    r"\W*(?:and |but |so |then )?(?:(?:on|in|by|from|at|late|early|until|till|next|this|last|the) ?)*", re.I
)
_OF_OCCASION = re.compile(rf"\b{_OCCASION} (?:(?:on|in|at|for|from|of|next) )?$")
_ITS_OCCASION = re.compile(rf"['’]s (?:\w+ )?{_OCCASION}\b")
_IF = re.compile(r" (?:if|unless) ")
_UNTIL = re.compile(r"\b(?:until|till) $", re.I)
_BY = re.compile(r"\b(?:by|for) $", re.I)
_TO_BE_FROM = re.compile(r"\bto [a-z]+ (?:[a-z]+ ){0,3}from $")  # "voted to strike from"
_DEFERRED = re.compile(
    r"\b(?:put off|postpon\w+|adjourn\w+|delay\w+|suspend\w+|remand\w+|bann\w+|extend\w+|gave|given|ha(?:s|ve) been)\b"
)
_SET = re.compile(
    r"\b(?:promis|order|told|gave|given|demand|ask|urg|want|vow|pledg|agree|aim|hop|plann|expect|due|warn|call|set\b"
    r"|schedul|fix|summon|arrang|postpon|adjourn|book|forecast)\w*(?!.*\bhad\b)"
)


def ahead(text: str, start: int, end: int) -> bool | None:
    """Does the day named in `text[start:end]` lie after that of writing? None where the sentence doesn't tell."""
    opened = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    closed = next((m.start() for m in _CLAUSE.finditer(text, end)), len(text))
    before = text[opened:start]
    if (condition := _IF.search(before)) and _last(before[: condition.start()]):
        return True  # "it would stop if she won in May"
    told = _last(before)
    if re.search(r"\bsince $", before, re.I):
        return False
    if _UNTIL.search(before):
        return told is not False or bool(_DEFERRED.search(before))
    if (_BY.search(before) and _SET.search(before)) or _TO_BE_FROM.search(before):
        return True
    if not told and (_OF_OCCASION.search(before) or _ITS_OCCASION.match(text, end)):
        return _first(told, text[end:closed])
    if told is None and _LEADS.fullmatch(before):
        return _first(None, text[end:closed])
    return told


def _last(words: str) -> bool | None:
    """What the last verb of some words says. A participle behind a verb that looks ahead leaves that as it is."""
    nearest: re.Match[str] | None = None
    for cue in _CUE.finditer(words):
        if cue.lastgroup == "bare" and _GOVERNED.search(words, 0, cue.start()):
            continue
        held = cue.lastgroup == "ed" and nearest and nearest.lastgroup == "ahead"
        if not held or re.search(r"[,“”\"–—]", words[nearest.end() : cue.start()]):
            nearest = cue
    return _looks_ahead(nearest)


def _first(otherwise: bool | None, words: str) -> bool | None:
    """What the first verb of some words says."""
    cue = _CUE.search(words)
    return _looks_ahead(cue) if cue else otherwise


def _looks_ahead(cue: re.Match[str] | None) -> bool | None:
    return cue and cue.lastgroup in ("ahead", "plan", "bare")
