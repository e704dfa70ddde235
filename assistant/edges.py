"""Where a quote may begin, end or leave something out without turning what is said.

The words can all be an article's and the quote false: "he would resign" out of "he did not say he would resign",
"hundred people fled" out of "three hundred people fled", "the mayor … was arrested" out of two sentences.
"""

from __future__ import annotations

import re

from assistant.amounts import SMALL
from assistant.lexicon import MONTHS, NEGATIONS, NOBODY, SCARCELY, WEEKDAYS, one_of
from assistant.normal import Normal
from assistant.speakers import names, resolve

REACH = 60  # characters behind a quote that are looked at
SENTENCE = 400  # characters before a quote in which its sentence begins, and behind it in which it ends
ACROSS = 4  # words that a piece needs on each side of a gap over a sentence's end, unless it is whole; else on one
ASIDE = 4  # words up to which what is left out may be the one that counts: it must stand between two commas then

_SCALES = "hundred thousand million billion trillion dozen bn mn tn k m"
_WORDED = rf"\b(?:{one_of(frozenset(SMALL))}|{'|'.join(_SCALES.split()[:6])}|half)\b"
_NUMBER = rf"(?:\d[\d.,]*|\b(?:{one_of(frozenset(SMALL))}|{'|'.join(_SCALES.split()[:6])}|half))"
_UNITS = (
    r"(?:per ?cent|percent|percentage|%|°|degrees|points?|(?:kilo|centi|milli)?met(?:re|er)s?|miles?|km|kg|feet|foot"
    r"|inch(?:es)?|yards?|tons?|tonnes?|pounds?|kilos?|(?:kilo)?grams?|grammes?|lit(?:re|er)s?|gallons?|acres?|hectares?|euros?"
    r"|dollars?|pence|cents?|hours?|minutes?|seconds?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|mph|kph|a\.?m\b|p\.?m\b)"
)
_SAID_NO = one_of(NEGATIONS | NOBODY | SCARCELY | {"rarely", "seldom"})
_CLAIM = (
    r"(?:claims?|allegations?|accusations?|charges?|reports?|rumou?rs?|suggestions?|assertions?|statements?|stor(?:y|ies)"
    r"|theor(?:y|ies)|idea|notion|view|evidence|proof|signs?|indications?|chances?|hopes?|likelihood|prospects?"
    r"|possibility|reasons?|grounds|doubts?)"
)
_DENY = (
    r"(?:den(?:y|ies|ied|ying)|disput(?:es?|ed|ing)|refut(?:es?|ed|ing)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?"
    r"|rebut(?:s|ted|ting)?|contradict(?:s|ed|ing)?|rul(?:e|es|ed|ing) out|contrary to)"
)
_SHOWS = (
    r"(?:prov|think|believ|sa(?:y|id)|claim|know|show|confirm|suggest|mean|expect|find|found|demonstrat|establish)\w*"
)
_WRONGLY = r"(?:falsely|wrongly|mistakenly|incorrectly|wrong to)"
_ROUGHLY = (
    r"(?:(?:more|less|fewer|other|rather|higher|lower|better|worse) than|over|under|above|below|nearly|almost|up to"
    r"|at least|at most|as (?:many|much|few|little) as|close to|about|around|some|roughly|approximately|only|just|not"
    r"|no|minus)"
)
_BEFORE = (  # what stands before a quote, and how the quote begins, where the two belong together
    (
        rf"(?:\b(?:{_SAID_NO})|n['’]t)(?: (?:be|been|have|has|had|even|yet|to|say|think|believe|claim|know))*"
        r"(?: that)?$",
        "",
    ),
    (
        r"\b(?:false|untrue|unlikely|doubt(?:s|ed|ful)?"
        rf"|(?:{_SAID_NO})(?: \w+)? (?:thinks?|believes?|says?|said|claims?|knows?)|if|unless|whether)(?: that)?$",
        "",
    ),
    (rf"\b{_DENY}(?: \w+){{0,2}}(?: {_CLAIM})?(?: (?:that|of))?$", ""),
    # Up to "that" all of the clause may turn what follows: "No evidence was found that", "few believe the tale that".
    (
        rf"(?:\b(?:{_SAID_NO}|(?-i:[Ff]ew|little|scant)|{_DENY}|{_WRONGLY}|fail(?:s|ed|ing)? to|veto\w*|scrap\w*)\b"
        r"|n['’]t\b)"
        r"(?:(?!\bbut\b|\band (?!that))[^,])*\bthat$",
        "",
    ),
    (rf"\b(?:{_SAID_NO}|few|little|scant)(?: \w+)? {_CLAIM}(?: \w+){{0,3}}$", ""),
    (
        rf"\b(?:{_WRONGLY}|pretend(?:s|ed|ing)?|fail(?:s|ed|ing)? to|refus(?:es|ed|ing) to)(?: \w+){{0,3}}(?: that)?$",
        "",
    ),
    (rf"(?:\b(?:{_SAID_NO})|n['’]t)(?: \w+){{0,2}} {_SHOWS}(?: \w+)?(?: that)?$", ""),
    (r"\b(?:falsely|wrongly|mistakenly|incorrectly), that$", ""),
    (r"\b(?:accus|suspect|acquit|clear)\w*(?: [\w.'’-]+){0,4} of$", ""),
    (r"\b(?:accused|accuses|accusing)$", ""),
    (r"\b(?:scorn|doubts?|cold water) on\b[^,]*$", ""),
    (r"\b(?:myth|hoax|lie|fiction|falsehood|fallacy|misconception|conspiracy theory)(?: that)?$", ""),
    (r"\b(?:far from|nowhere near|anything but|yet to|little to|short of|instead of|rather than)(?: \w+ing)?$", ""),
    (r"\b(?:almost|nearly|virtually|only|least|less|at most)$", ""),
    (
        r"\b(?:supposedly|allegedly|reportedly|apparently|possibly|perhaps|probably|(?-i:may|might|could))(?: have)?$",
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
_CONDITION = re.compile(r"(?: \w+){0,4},? (?:if|unless|provided|except|only if|only when|but only)\b", re.I)
_UNDER = re.compile(  # "If it rains,"
    r"['\"“”‘’]*(?:(?:and|but) )?(?:if|unless|should|had|were|provided|assuming|suppose|in the (?:\w+ )?event)\b.*,"
    r"(?: then)?$",
    re.I,
)
_DENIED_AFTER = re.compile(
    r"['\"“”‘’]*(?:,['\"“”‘’]*(?: [\w.'’-]+){1,4}?)?"
    r" (?:(?:falsely|wrongly|mistakenly|incorrectly) (?:claim|sa[iy]|believ|report|assert|stat|suggest|alleg)"
    r"|(?:is|was|are|were) (?:false\b|untrue|wrong\b|baseless|unfounded|a lie\b|a myth|a hoax|not true|nonsense))",
    re.I,
)

_TURNING = re.compile(  # left out of a sentence, these words change what is said of the rest
    rf"\b(?:false|untrue|not true|{_DENY}|accus\w+|alleged(?:ly)?|reportedly|supposedly|falsely|wrongly|mistakenly"
    r"|would-be|pretend(?:s|ed)?|fail(?:s|ed)? to|refus(?:es|ed) to|yet to|far from|anything but|if|unless|whether)\b",
    re.I,
)
_PIVOT = re.compile(  # the first or last word of what is left out, these too
    r"(?:may|might|could|allegedly|reportedly|possibly|perhaps|probably|nearly|almost|least|most|less|more|fewer|only"
    r"|rarely|seldom|far|anything|wrong|hardly|barely|scarcely|few|little)",
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
    r"(?:he|she|it|they|we|i|you|him|her|them|us|me|his|hers|its|their|our|my|your|this|that|these|those|who)", re.I
)
_PERSON = re.compile(r"(?:he|she|him|her|his|hers)", re.I)
_NOUN = re.compile(r"the [a-z]\w+", re.I)
_NAMED = re.compile(r"\b(?!(?:The|A|An|His|Her|Its|Their|Our|My|This|That)\b)[A-Z][\w’'-]+")
_PREFIX = re.compile(r"(?:un|in|im|il|ir|dis|non-?|mis|anti-?|ex-?)(?=\w{3})", re.I)
_ENDING = re.compile(r"(?:ies|es|ed|ing|s|d|e)$")
_WHOM = re.compile(r"(?:the|an?|its|his|her|their|our|my|this|that|these|those) \w|[A-Z]|\w+s$|people\b")
_DETERMINER = re.compile(r"(?:the|an?|its|his|her|their|our|my|this|that) ", re.I)
_NEGATION = re.compile(rf"\b(?:{_SAID_NO})\b|n't\b", re.I)
_STOP = re.compile(r"[.?!]['\"”’)]* |\n")
_CLOSED = re.compile(r"\s*([,(-]).*\1\s*|\s*\(.*\)\s*", re.S)
_RELATIVE = re.compile(r"[\s,(-]*(?:who|which|whose|where)\b", re.I)


def torn(normal: Normal, start: int, end: int) -> bool:
    """Do the words before or after a stretch, in its sentence, belong to it: a negation, half a number, "if"?"""
    first, last = normal.span(start, end)
    sentence = _before(normal.source, first)
    before = re.split(r"[;:\"“”—–…] ", sentence)[-1]
    return (
        bool(_UNDER.match(sentence.strip()))
        or _led(before, normal.text[start:end])
        or _followed(normal.text[start:end], normal.source[last : last + REACH].replace("\u00a0", " "))
    )


def _before(source: str, at: int) -> str:
    """The words of a sentence before a place in it."""
    return _STOP.split(source[max(0, at - SENTENCE) : at])[-1].rstrip(" '’‘“\"(")


def _led(before: str, words: str) -> bool:
    return any(led.search(before) and begins.match(words) for led, begins in _TORN_BEFORE)


def _followed(words: str, after: str) -> bool:
    goes_on = _ENDS_IN_NUMBER.search(words) and _GOES_ON.match(after)
    return bool(goes_on or _CONDITION.match(after) or _DENIED_AFTER.match(after))


def across(normal: Normal, start: int, end: int) -> bool:
    """Does a sentence end between these places, or a paragraph?"""
    if re.search(r"[.!?]['\")]* ", normal.text[start:end]):
        return True
    return bool(re.search(r"\n\s*\n|\n(?=\W*[A-Z])", normal.source[normal.origin[start] : normal.origin[end] + 1]))


def begins_sentence(normal: Normal, at: int) -> bool:
    """Does a sentence begin here, or a paragraph?"""
    return not _before(normal.source, normal.origin[at]).strip(" -–—•*")


def ends_sentence(normal: Normal, at: int) -> bool:
    """Does a sentence end here, or a paragraph?"""
    source = normal.source[normal.origin[at] :]
    return bool(re.match(r"['\"”’,)]*(?:[.?!]|\s*(?:\n|\Z))", source))


def editorial(inserted: str) -> bool:
    """Is a bracket empty, or does it speak of the quote alone, as "sic" does?"""
    return bool(_EDITORIAL.fullmatch(inserted))


def adds(normal: Normal, start: int, inserted: str) -> bool:
    """Does a bracket before a quote say what its sentence doesn't? It may name whom the pronoun before it means."""
    if editorial(inserted):
        return False
    inserted = inserted.strip()
    at = normal.origin[start]
    lead = _before(normal.source, at).rstrip(" ,")
    if not lead:
        return bool(_DETERMINER.sub("", inserted).count(" ") > 1 or _replaces(normal.source, at, "", inserted))
    noun = _DETERMINER.sub("", inserted)
    if re.search(rf"(?:^|\b(?:the|an?|its|his|her|their|our) ){re.escape(noun)}$", lead, re.I):
        return False
    last = lead.split()[-1]
    return not _PRONOUN.fullmatch(last) or _replaces(normal.source, at - len(last), last, inserted)


def goes_on(normal: Normal, end: int, inserted: str) -> bool:
    """Does a bracket behind a quote stand for words of its sentence, or say what they don't?"""
    if editorial(inserted):
        return False
    at = normal.origin[end]
    left = "" if ends_sentence(normal, end) else _STOP.split(normal.source[at : at + SENTENCE] + " ")[0].strip(" .!?,")
    return _replaces(normal.source, at, left, inserted.strip()) or bool(not left and _NAMED.search(inserted))


def turns(normal: Normal, left: tuple[int, int], right: tuple[int, int], inserted: str) -> bool:
    """Does what is left out between two pieces, or what a bracket puts in, change what they say?

    A bracket may say whom a pronoun means, and "sic"; not another figure, day, unit, modal, comparison or name. What
    is left out without one is an aside between two commas, over four words of a sentence, or goes on to the beginning
    of another sentence.
    """
    gap = normal.text[left[1] : right[0]]
    words = re.findall(r"[\w'%-]*\w[\w'%-]*", gap)
    if not editorial(inserted):
        bare = gap.strip(" ,'\"[]()-")
        return bool(_TURNING.search(bare)) or _replaces(normal.source, normal.origin[right[0]], bare, inserted.strip())
    if not words:
        return False
    first, second = normal.text[slice(*left)], normal.text[slice(*right)]
    if _followed(first, gap):
        return True
    if across(normal, left[1], right[0]):
        return not begins_sentence(normal, right[0])
    if _CLOSED.fullmatch(gap):
        if denied := _TURNING.search(gap):
            return not _RELATIVE.match(gap) or _same_deed(gap[denied.end() :], f"{first} {second}")
    elif len(words) <= ASIDE or _TURNING.search(gap) or max(len(first.split()), len(second.split())) < ACROSS:
        return True
    turned = _PIVOT.fullmatch, _NEGATION.search
    return any(turn(word) for turn in turned for word in (words[0], words[-1])) or _led(gap.rstrip(" '\"("), second)


def _same_deed(denied: str, said: str) -> bool:
    """May what a relative clause denies be what the rest of the sentence says? Only a "that" tells otherwise."""
    _, that, deed = denied.partition(" that ")
    return not that or bool(set(re.findall(r"\w{4,}", deed.lower())) & set(re.findall(r"\w{4,}", said.lower())))


def _replaces(source: str, at: int, gap: str, inserted: str) -> bool:
    """Does a bracket say something else than the words that it stands for, which may be none?"""
    weighty = {m[0].lower() for m in _WEIGHTY.finditer(inserted)}
    if not weighty <= {m[0].lower() for m in _WEIGHTY.finditer(gap)}:
        return True
    if bool(_NEGATION.search(inserted)) != bool(_NEGATION.search(gap)) or re.search(r"[a-z]ly\b", inserted):
        return True
    if _PRONOUN.fullmatch(gap):
        return not _WHOM.match(inserted) or not _meant(source, at, gap, inserted)
    if not gap:
        before = re.findall(r"[\w'’]+$", source[max(0, at - 30) : at].rstrip())
        if before and _PRONOUN.fullmatch(before[0]):
            return not _meant(source, at, before[0], inserted)
        return bool(before and _NAMED.search(inserted)) and not _together(source, before[0], inserted)
    if _NOUN.fullmatch(gap) and _NAMED.search(inserted):
        return not _meant(source, at, gap, inserted)
    if _PREFIX.sub("", inserted, count=1).lower() != inserted.lower() or " " in gap:
        return gap.lower() != inserted.lower()
    return _ENDING.sub("", gap) != _ENDING.sub("", inserted)


def _meant(source: str, at: int, word: str, inserted: str) -> bool:
    """May the name in a bracket be whom a word means? One that the article has; for "he", the only one that fits."""
    named = _NAMED.findall(inserted)
    if not named:
        return True
    if not _PERSON.fullmatch(word):
        return named[-1] in source[:at]
    form, _ = resolve(word, at, names(source), [])
    return named[-1] in form.split()


def _together(source: str, noun: str, inserted: str) -> bool:
    """Does the article put the name in a bracket beside the word that it explains: "Colonel Lund", "Lund, a cook"?"""
    name, noun = re.escape(_NAMED.findall(inserted)[-1]), re.escape(noun)
    return bool(re.search(rf"\b(?i:{noun})\b[^.]{{0,40}}\b{name}\b|\b{name}\b[^.]{{0,40}}\b(?i:{noun})\b", source))
