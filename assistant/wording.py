"""What the words around an answer do with it: correct an earlier report, or name the answer only to reject it."""

from __future__ import annotations

import re

NEAR = 250  # characters around a sentence in which its article says that it corrects

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
    r"|\binaccurate(?:ly)?\b|\bincorrect(?:ly)?\b|\bamended\b|\btoo (?:high|low|early|late|many|few)\b|\bwithdrawn\b"
    r"|\bretract(?:s|ed|ion)?\b|\binstead of\b|\bcontrary to\b|\bnot\b[^.]{1,60}\bas\b",
    re.I,
)
_OWN_REPORT = re.compile(
    r"\b(?:we|us|our|ours|article|story|paper|newspaper|edition|issue|version|bulletin|broadcast|misprint|readers|headline|caption|column|reporter|printed|published)\b"
    r"|\b(?:as|was|been|earlier|previous|first) report(?:ed)?\b|\bthis report\b"
    r"|\b(?:yesterday|today|week|month|\w+day)['’]s (?:report|figure|number|name|date|article|story|paper|edition)\b",
    re.I,
)
_REJECTED = re.compile(
    r"\b(?:not|instead of|rather than|contrary to)(?: (?:on|in|at|by|to|from|for|into|with|the|a|an))*\s+$", re.I
)


def corrects(text: str, start: int, end: int) -> bool:
    """Does an article say, in or near `text[start:end]`, that it corrects what was reported?

    A word such as "wrong" counts only beside one for the outlet's own report, since people are wrong too.
    """
    around = text[max(0, start - NEAR) : end + NEAR]
    return bool(_CORRECTION.search(around) or (_FAULT.search(around) and _OWN_REPORT.search(around)))


def rejects(sentence: str, answer: str) -> bool:
    """Is an answer named only to say that it isn't so ("85 per cent and not 58")?"""
    return bool(_REJECTED.search(sentence.partition(answer)[0]))
