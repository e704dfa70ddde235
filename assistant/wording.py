"""What the words around an answer do with it: correct an earlier report, repeat what it said, or reject it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from index.articles import Article

NEAR = 250  # characters around a sentence in which its article says that it corrects
BESIDE = 130  # characters between a word such as "wrong" and one for the outlet's own report
REACH = 160  # characters between a word for "wrong" or "right" and what it says so of

Told = Literal["withdrawn", "right"]

_CORRECTION = re.compile(
    r"\bcorrections?\b|\berrat(?:um|a)\b|\bclarif(?:ies|ied|ication)\b|\beditor['’]s note\b"
    r"|\b(?:an|our|the) earlier version\b|\bmis(?:stated|print|printed|reported|spelled|spelt|identified|quoted)\b"
    r"|\brecord straight\b|\bcontrary to what (?:we|our|this)\b|\bshould have (?:read|said)\b"
    r"|\bregrets? (?:the|this|our) (?:error|mistake)\b",
    re.I,
)
_FAULT = re.compile(
    r"\bcorrect(?:s|ed|ing)?\b|\bwrong(?:ly)?\b|\berrors?\b|\berroneous(?:ly)?\b|\bmis(?:took|read|taken|takenly)\b"
    r"|\bmistakes?\b|\bconfused\b|\bmix(?:ed |-)up\b|\bslip\b|\bapolog(?:ise|ize|ises|izes|y|ies)\b|\bin fact\b"
    r"|\binaccurate(?:ly)?\b|\bincorrect(?:ly)?\b|\bamended\b|\btoo (?:high|low|many|few)\b|\bwithdrawn\b"
    r"|\bretract(?:s|ed|ion)?\b|\binstead of\b|\bcontrary to\b"
    r"|\bnot\b[^.]{1,60}\bas (?:we|i|(?:(?:was|were|had been|previously|earlier|first) )?(?:reported|stated|said"
    r"|printed))\b",
    re.I,
)
_OWN_REPORT = re.compile(
    r"\b(?:we|us|our|ours|article|story|paper|newspaper|edition|issue|version|bulletin|broadcast|misprint|readers|headline|caption|column|reporter|printed|published)\b"
    r"|\b(?:as|was|been|earlier|previous|first) report(?:ed)?\b|\bthis report\b"
    r"|\b(?:yesterday|today|week|month|\w+day)['’]s (?:report|figure|number|name|date|article|story|paper|edition)\b",
    re.I,
)
_NOTE = re.compile(r"\W*(?:corrections?|clarifications?|errat(?:um|a)|editor['’]s note)\b", re.I)  # begins a headline
_QUOTATION = re.compile(r"“[^”\n]*”?|\"[^\"\n]*\"?")
_FIRST_THOUGHT = (
    r"(?:(?:was|were|had been|is|are|we|police|officials|investigators|many|some) )?(?:at )?"
    r"(?:first|initially|originally|earlier|previously) (?:been )?"
    r"(?:suspected|thought|believed|assumed|feared|supposed|reported|announced|stated|said|claimed)"
)
_REVISED = re.compile(  # a sentence that sets another account in the place of the first one
    rf"\b(?:not|rather than|instead of|contrary to)\b[^.;]{{0,40}}?\b(?:as|what) {_FIRST_THOUGHT}\b"
    rf"|\b(?:not|rather than|instead of)\b[^.;]{{1,60}}, as {_FIRST_THOUGHT}\b"
    r"|\bcontrary to (?:the )?(?:first|early|earlier|initial|previous) (?:reports?|accounts?|suspicions?)\b",
    re.I,
)
_REJECTED = re.compile(
    r"\b(?:not|instead of|rather than|contrary to)(?:, [^,.;]{1,40},)?"
    r"(?: (?:on|in|at|by|to|from|for|into|with|the|a|an))*\s+$",
    re.I,
)
_REJECTED_ASIDE = re.compile(r"\b(?:not|instead of|rather than), (?:as|like) [^,.;]{0,40}$", re.I)  # begun in the aside
_ITS_REPORT = (
    r"(?:we|it|us|i|our (?:report|reporter|article|story|paper)|the (?:\w+ )?(?:report|article|story|piece|version"
    r"|headline|caption|paper|edition|column|bulletin)|an? (?:\w+ )?(?:report|article|story|version|headline|caption)"
    r"|\w+day['’]s (?:\w+ )?(?:report|article|story|paper|edition))"
)
# Before an answer: it is what was said before, or what is said now. The cue nearest to the answer decides.
_BEFORE = re.compile(
    rf"(?P<withdrawn>\b{_ITS_REPORT}\b[^.,;:]{{0,60}}?\b(?:said|wrote|gave|stated|reported|put|printed|named|called"
    r"|claimed|published|had|quoted|told)\b"
    r"|\b(?:wrong|incorrect|mistaken|erroneous|mis(?:stated|printed|reported|spelled|spelt|identified|quoted))(?:ly)?\b"
    r"|\b(?:instead of|rather than|contrary to|not)(?: (?:on|in|at|by|to|from|for|into|with|as|the|a|an|some|about))*"
    r"(?=\s*$))"
    r"|(?P<right>\b(?:correct|right|true|actual|real|proper)\b(?: [\w’'-]+){0,6} (?:is|was|are|were)\b"
    r"|\b(?:in fact|really|actually|in truth|should have (?:read|said|been)|should (?:be|read)|corrected to"
    r"|changed to|amended to|but)\b|\b(?:is|was|are|were)\b(?=[^.,;:]*$))",
    re.I,
)
_AFTER = re.compile(
    r"^[^.;]{0,40}?,? (?:(?P<withdrawn>(?:was|is|were|are) (?:wrong|incorrect|too (?:high|low|many|few)|a misprint"
    r"|an error|mistaken)|as (?:we |was |had been |first )?(?:reported|stated|printed|wrote|said|published|given)"
    r"|by mistake|in error)|(?P<right>,? ?(?:and )?(?:not|instead of|rather than)\b))",
    re.I,
)


def corrects(article: Article, start: int, end: int) -> bool:
    """Does an article say, in its headline or near `text[start:end]`, that it corrects what was reported or thought?

    A word such as "wrong" counts only beside one for the outlet's own report, since people are wrong too, and none
    within quotation marks.
    """
    if (article.title and _NOTE.match(article.title)) or _REVISED.search(article.text, start, end):
        return True
    around = _unquoted(article.text)[max(0, start - NEAR) : end + NEAR]
    return bool(_CORRECTION.search(around)) or any(
        _OWN_REPORT.search(around, max(0, fault.start() - BESIDE), fault.end() + BESIDE)
        for fault in _FAULT.finditer(around)
    )


@lru_cache(maxsize=256)
def _unquoted(text: str) -> str:
    """The text with spaces for all that stands in quotation marks."""
    return _QUOTATION.sub(lambda m: " " * len(m[0]), text)


def rejects(sentence: str, answer: str) -> bool:
    """Is an answer named only to say that it isn't so ("and not 58", "not, as was first thought, there")?"""
    before = sentence.partition(answer)[0]
    return bool(_REJECTED.search(before) or _REJECTED_ASIDE.search(before))


def told(quote: str, answer: str) -> Told | None:
    """What a note that corrects makes of an answer: what was said before or what is right; None if it can't be told.

    "It said that 340 …" is withdrawn, "The correct number is 34" right.
    """
    before, _, after = quote.partition(answer)
    before = re.split(r"(?<=[.?!]) ", before)[-1][-REACH:]
    cues = [m.lastgroup for m in _BEFORE.finditer(before)]
    following = _AFTER.match(after)
    if following:
        return following.lastgroup  # type: ignore[return-value]
    return cues[-1] if cues else None  # type: ignore[return-value]
