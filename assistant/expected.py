"""Which kind of answer a question asks for: a day, a number of things, an amount, a name."""

from __future__ import annotations

import re

from assistant.amounts import Amount
from assistant.excerpts import figures
from assistant.lexicon import MONTHS
from assistant.values import Day, Meaning, Words
from index.search import STOP_WORDS

_DAY = re.compile(r"^(?:since |until |by )?when\b|\b(?:what|which) (?:year|day|date|month|time)\b|\bdate of\b", re.I)
_COUNT = re.compile(r"\bhow many\b|\bpopulation\b|\bnumber of\b", re.I)
_AMOUNT = re.compile(
    r"\bhow (?:much|long|tall|high|deep|far|old|heavy|big|large|wide|fast|strong|hot|cold)\b"
    r"|\bwhat (?:percentage|share|proportion|price|sum|magnitude)\b",
    re.I,
)
_NAME = re.compile(r"\bwho(?:m|se)?\b|^(?:\w+ )?where\b|\bthe name of\b", re.I)
_WHICH_ONES = re.compile(
    r"^(?:and |but )?(?:which|what) (?:of the )?(?:(?!(?:is|was|are|were|does|do|did|has|have|had)\b)[\w’'-]+ ){0,2}?"
    r"(?!(?:is|was|does|has|its|his|this)\b)[a-z]+(?<![su])s\b",
    re.I,
)
_SEVERAL = re.compile(
    r"\b(?:which|what) (?:\w+ )?[a-z]+(?<![su])s (?:are|were|have|had|do|did|sent|won|said|[a-z]+ed)\b"
    r"|\bwho (?:are|were)\b",
    re.I,
)
_SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id)|tell|tells|told|announce\w*|claim\w*|report\w*|confirm\w*|den(?:y|ies|ied)|warn\w*|publish\w*|wr[io]te"
    r"|written|quoted|accus\w+|blam\w+|according|tweet\w*|speak\w*|spoke|testif\w+|statement|apologi\w+|express\w*"
    r"|describ\w+|argu\w+|believ\w+|think\w*|thought|call\w*|ask\w*|promis\w+|disput\w+|admit\w*|criticis\w+|reject\w*"
    r"|interview\w*|comment\w*|predict\w*|propos\w+|suggest\w*|demand\w*|urg\w+|prais\w+|want\w*)\b",
    re.I,
)
_WHO = re.compile(r"\bwho(?:m|se)?\b", re.I)
_WHY = re.compile(r"\b(?:why|how come|what for|for what reason)\b", re.I)
_REASON = re.compile(
    r"\b(?:because|since|as|after|due to|owing to|thanks to|so that|in order to|for fear|reasons?|caus\w+|blam\w+"
    r"|result\w*|led to|over|amid|fault|why)\b",
    re.I,
)
_PARTED = re.compile(r"\b(\w+) (?:it|them|this|that|him|her|these|those) (out|off|up|down|over|away|back)\b", re.I)
_UNIT_OF_TIME = re.compile(r"(?:year|month|week|day|hour|minute|second|centur|decade)\w*")
_SHARE = re.compile(r" ?(?:%|per ?cent\b|percent)", re.I)
_AGE = re.compile(r"\bhow old\b", re.I)
_NO_AGE = re.compile(r"(?:1\d|20)\d\d|\d+(?:st|nd|rd|th)")  # a year, a place
_SOME_YEARS = re.compile(r"[ -]years?\b")
_WITH_WHAT = re.compile(r"(?:and |but )?with what\W*", re.I)
_WITH = re.compile(r"\b(?:with|using|use[sd]?(?: of)?)(?: [\w’'-]+){0,4} ?$", re.I)
_DONE_WITH = re.compile(  # what stands after "were at war with" or "shares a border with" was not used
    r"\b(?:us(?:ing|e[sd]?)(?: of)?|(?:was|were|been|being)(?: \w+ly)? (?:\w+ed|shot|hit|cut|struck|beaten|built) with)"
    r"(?: [\w’'-]+){0,4} ?$",
    re.I,
)
_TIME = re.compile(r"\bhow (?:old|long)\b", re.I)
_WILL = re.compile(r"\bwhen (?:will|is .* (?:due|expected)|are .* (?:due|expected))\b", re.I)
_DID = re.compile(r"\b(?:did|was|were|had)\b", re.I)
_ABOUT_A_TIME = frozenset(
    """after before during since until century week month year summer winter spring autumn morning afternoon evening
    night christma easter decade recently soon now ago later early late day hour minute season term""".split()
)
_OF_A_UNIT = re.compile(r"\bhow many\b", re.I)  # years, kilometres


def fits(question: str, meant: Meaning) -> bool:
    """Is an answer of the kind that the question asks for? True where the question leaves it open."""
    if _DAY.search(question):
        return isinstance(meant, Day) or (isinstance(meant, Words) and not _ABOUT_A_TIME.isdisjoint(meant.tokens))
    if _COUNT.search(question):
        whole = isinstance(meant, Amount) and meant.value.denominator == 1
        return _year(meant) or (whole and (meant.unit is None or bool(_OF_A_UNIT.search(question))))
    if _AMOUNT.search(question):
        return _year(meant) or isinstance(meant, Amount)
    if _WHICH_ONES.search(question):
        return not _bare(meant)
    return isinstance(meant, Words) if _NAME.search(question) else True


def leaves_open(question: str) -> bool:
    """Does it ask for no day, number or name, so that anything that can be said may answer it?"""
    return not any(kind.search(question) for kind in (_DAY, _COUNT, _AMOUNT, _NAME))


def only_counts(question: str, meant: Meaning) -> bool:
    """Asked which ones, does it say no more than how many?"""
    return bool(_WHICH_ONES.search(question)) and _bare(meant)


def counted(question: str) -> bool:
    """Does it ask for a number of things?"""
    return bool(_COUNT.search(question))


def asks_amount(question: str) -> bool:
    """Does it ask how much, how long, how high?"""
    return bool(_AMOUNT.search(question))


def asks_when(question: str) -> bool:
    return bool(_DAY.search(question))


def asks_who(question: str) -> bool:
    return bool(_WHO.search(question))


def asks_why(question: str) -> bool:
    return bool(_WHY.search(question))


def gives_reason(sentence: str) -> bool:
    """Has a sentence a word that gives a reason or a purpose?"""
    return bool(_REASON.search(sentence))


def asks_with_what(question: str) -> bool:
    """Does it ask for the means, and nothing more: "with what?"?"""
    return bool(_WITH_WHAT.fullmatch(question))


def names_means(answer: str, before: str) -> bool:
    """Do the words before an answer make it a means: "with a US …", "using the …"?

    A name alone is one only after what was done: "was poisoned with Novichok", and not "the border with Sudan".
    """
    thing = any(word[0].islower() for word in re.findall(r"\w{3,}", answer))
    return bool((_WITH if thing else _DONE_WITH).search(before))


def has_half(question: str, sentence: str) -> bool:
    """Has a sentence but the verb of a question's verb and particle: "put" of "put it out"?"""
    parted = _PARTED.search(question)
    said = re.findall(r"\w+", sentence.lower())
    return parted is not None and parted[1].lower() in said and parted[2].lower() not in said


def measures_others(question: str, answer: str, after: str) -> bool:
    """Is an answer no age where one is asked for, or a number of what stands after it ("86 pupils", "8 per cent")?"""
    if _COUNT.search(question) and _SHARE.match(after):
        return True
    if _AGE.search(question) and _NO_AGE.fullmatch(answer) and not _SOME_YEARS.match(after):
        return True
    if not _TIME.search(question):
        return False
    if re.fullmatch(r"[\d.,]+", answer):
        thing = re.match(r" ([a-z]+ )??([a-z]+s)\b", after)
        words = {w.strip() for w in thing.groups() if w} if thing else set()
        return bool(words) and words.isdisjoint(STOP_WORDS) and not any(map(_UNIT_OF_TIME.fullmatch, words))
    dated = any(month in answer.lower() for month in MONTHS)
    return bool(_AGE.search(question)) and (dated or not figures(answer))


def asks_future(question: str) -> bool:
    """Does it ask when something will be?"""
    return bool(_WILL.search(question))


def asks_past(question: str) -> bool:
    """Does it ask when something was? Such a day doesn't change with later reports."""
    return asks_when(question) and bool(_DID.search(question))


def of_saying(question: str) -> bool:
    """Does it ask for something said, so that its speaker or the day of saying may be the answer?"""
    return bool(_SAYING.search(question))


def comparable(one: Meaning, other: Meaning) -> bool:
    """Are two answers of one kind, so that one could stand for the other?"""
    if isinstance(one, Amount) and isinstance(other, Amount):
        return one.unit == other.unit or not (one.unit and other.unit)
    mixed = isinstance(one, Amount | Day) and isinstance(other, Amount | Day)
    return type(one) is type(other) or (mixed and (_year(one) or _year(other)))


def several(question: str) -> bool:
    """Does a question ask for all of several, so that different answers need not disagree?"""
    return bool(_SEVERAL.search(question))


def _year(meant: Meaning) -> bool:
    """Is it a year and no more, which may as well be a number of four digits?"""
    return isinstance(meant, Day) and meant == Day(meant.year)


def _bare(meant: Meaning) -> bool:
    """Is it a number of nothing: no sum, no measure?"""
    return isinstance(meant, Amount) and meant.unit is None
