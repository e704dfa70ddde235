"""Where a quote may begin, end or leave something out without turning what is said.

The words can all be an article's and the quote false: "he would resign" out of "he did not say he would resign",
"hundred people fled" out of "three hundred people fled", "the mayor … was arrested" out of two sentences.
"""

from __future__ import annotations

import re

from assistant.amounts import SMALL
from assistant.lexicon import MONTHS, NEGATIONS, NOBODY, SCARCELY, WEEKDAYS, one_of
from assistant.normal import Normal

REACH = 60  # characters on either side of a quote that are looked at
ACROSS = 4  # words that a piece needs on each side of a gap which goes over a sentence's end

_SCALES = "hundred thousand million billion trillion dozen bn mn tn k m"
_WORDED = rf"\b(?:{one_of(frozenset(SMALL))}|{'|'.join(_SCALES.split()[:6])}|half)\b"
_NUMBER = rf"(?:\d[\d.,]*|\b(?:{one_of(frozenset(SMALL))}|{'|'.join(_SCALES.split()[:6])}|half))"
_UNITS = (
    r"(?:per ?cent|percent|percentage|%|°|degrees|points?|(?:kilo|centi|milli)?met(?:re|er)s?|miles?|km|kg|feet|foot"
    r"|inch(?:es)?|yards?|tons?|tonnes?|pounds?|kilos?|(?:kilo)?grams?|grammes?|lit(?:re|er)s?|gallons?|acres?|hectares?|euros?"
    r"|dollars?|pence|cents?|hours?|minutes?|seconds?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|mph|kph|a\.?m\b|p\.?m\b)"
)
_SAID_NO = one_of(NEGATIONS | NOBODY | SCARCELY)
_ROUGHLY = (
    r"(?:(?:more|less|fewer|other|rather|higher|lower|better|worse) than|over|under|above|below|nearly|almost|up to"
    r"|at least|at most|about|around|some|roughly|approximately|only|just|not|no|minus)"
)
_BEFORE = (  # what stands before a quote, and how the quote begins, where the two belong together
    (
        rf"(?:\b(?:{_SAID_NO})|n['’]t)(?: (?:be|been|have|has|had|even|yet|to|say|think|believe|claim|know))*"
        r"(?: that)?$",
        "",
    ),
    (
        r"\b(?:den(?:y|ies|ied|ying)|disput(?:es|ed?|ing)|refut(?:es|ed?)|false|untrue|unlikely|doubt(?:s|ed|ful)?"
        rf"|(?:{_SAID_NO})(?: \w+)? (?:thinks?|believes?|says?|said|claims?|knows?)|if|unless|whether)(?: that)?$",
        "",
    ),
    (r"\b(?:vice|former|ex|acting|deputy|alleged|suspected|so-called|would-be|self-styled|supposed|fake|mock)-?$", ""),
    (rf"{_NUMBER}(?:-| and)?$", rf"(?:{_WORDED}|(?:{_SCALES.replace(' ', '|')}|{_UNITS})\b|half\b|%)"),
    (r"(?<![\d.,])\d{1,3}$", r"\d{3}(?![\d.,])"),  # 10 000
    (rf"\b{_ROUGHLY}$", _NUMBER),
)
_TORN_BEFORE = tuple((re.compile(before, re.I), re.compile(begins, re.I)) for before, begins in _BEFORE)
_ENDS_IN_NUMBER = re.compile(rf"{_NUMBER}$", re.I)
_GOES_ON = re.compile(rf"[ -](?:{_WORDED}|(?:{_SCALES.replace(' ', '|')})\b|{_UNITS}(?!\w)|and a half\b|%)", re.I)
_CONDITION = re.compile(r",? (?:if|unless|provided|except|only if|only when|but only)\b", re.I)

_TURNING = re.compile(  # left out of a sentence, these words change what is said of the rest
    r"\b(?:false|untrue|not true|den(?:y|ies|ied|ying)|disput(?:es|ed)|refut(?:es|ed)|reject(?:s|ed)|accus\w+ of"
    r"|alleged(?:ly)?|reportedly|supposedly|falsely|wrongly|mistakenly|would-be|pretend(?:s|ed)?|fail(?:s|ed)? to"
    r"|refus(?:es|ed) to|if|unless|whether)\b",
    re.I,
)
_WEIGHTY = re.compile(  # at the edge of what is left out, or put into a bracket
    rf"(?:{_NUMBER}|\b(?:may|might|could|should|would|will|must|can|allegedly|reportedly|possibly|perhaps|probably|likely"
    r"|nearly|almost|only|more|less|fewer|most|least|over|under|up|down|before|after|above|below|than|if|unless|until"
    rf"|{one_of(WEEKDAYS)}|{one_of(frozenset(MONTHS) - {'may', 'march'})}|{_SCALES.replace(' ', '|')}"
    rf"|{_UNITS})\b)",
    re.I,
)
_EDITORIAL = re.compile(r"\s*(?:sic|emphasis (?:added|mine|ours|in the original)|…|\.\.\.)?\s*", re.I)
_PRONOUN = re.compile(
    r"(?:he|she|it|they|we|i|you|him|her|them|us|me|his|hers|its|their|our|my|your|this|that|these|those|who|the \w+)",
    re.I,
)
_PREFIX = re.compile(r"(?:un|in|im|il|ir|dis|non-?|mis|anti-?|ex-?)(?=\w{3})", re.I)


def torn(normal: Normal, start: int, end: int) -> bool:
    """Do the words before or after a stretch, in its sentence, belong to it: a negation, half a number, "if"?"""
    words, (first, last) = normal.text[start:end], normal.span(start, end)
    before = re.split(r"[.?!;:\"“”—–…] |\n", normal.source[max(0, first - REACH) : first])[-1].rstrip(" '’‘“\"(")
    if any(led.search(before) and begins.match(words) for led, begins in _TORN_BEFORE):
        return True
    after = normal.source[last : last + REACH].replace("\u00a0", " ")
    return bool((_ENDS_IN_NUMBER.search(words) and _GOES_ON.match(after)) or _CONDITION.match(after))


def adds(inserted: str, behind: bool) -> bool:
    """Does a bracket before a quote, or behind it, add what its words don't say? Before it, a name may stand."""
    if _EDITORIAL.fullmatch(inserted):
        return False
    return bool(_WEIGHTY.search(inserted) or _NEGATION.search(inserted) or (behind and re.search(r"[A-Z]", inserted)))


def turns(gap: str, inserted: str) -> bool:
    """Does what is left out within a sentence, or what a bracket puts in, change what the rest says?

    A bracket may say whom a pronoun means, and "sic"; not another figure, day, unit, modal, comparison or name.
    """
    gap, inserted = gap.strip(" ,'\""), inserted.strip()
    if _TURNING.search(gap) and not re.search(r"[.!?] ", gap):
        return True
    words = re.findall(r"[\w'%-]+", gap)
    if words and not inserted and any(_MODAL.fullmatch(w) for w in (words[0], words[-1])):
        return True
    return bool(inserted) and not _EDITORIAL.fullmatch(inserted) and _replaces(gap, inserted)


_NEGATION = re.compile(rf"\b(?:{_SAID_NO})\b|n't\b", re.I)
_MODAL = re.compile(r"(?:may|might|could|allegedly|reportedly|possibly|perhaps|probably|nearly|almost)", re.I)


def _replaces(gap: str, inserted: str) -> bool:
    """Does a bracket say something else than the words that it stands for?"""
    weighty = {m[0].lower() for m in _WEIGHTY.finditer(inserted)}
    if not weighty <= {m[0].lower() for m in _WEIGHTY.finditer(gap)}:
        return True
    if _WEIGHTY.search(gap) and not weighty and len(gap.split()) <= 3:
        return True  # "[many] goats" for "3 goats"
    if _PREFIX.sub("", inserted, count=1).lower() == _PREFIX.sub("", gap, count=1).lower() != "":
        return inserted.lower() != gap.lower()
    named = re.findall(r"\b[A-Z][\w’'-]+", inserted)
    another = bool(named) and set(named).isdisjoint(gap.split())
    return another and bool(re.search(r"\b[A-Z]", gap)) and not _PRONOUN.fullmatch(gap)
