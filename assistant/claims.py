"""Claims: the candidate answers, weighed by what their sentences make of the question.

The reader takes a name for another role's and the day of saying for the day of the deed; what a sentence's grammar
shows is looked at here, so that no score makes an answer of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.amounts import SMALL
from assistant.answer import Quote
from assistant.excerpts import voices_of
from assistant.expected import asks_future, asks_when, asks_who, counted, fits, of_saying
from assistant.margins import Margins
from assistant.stories import KEY, keys, other_stories, same_story
from assistant.subjects import names
from assistant.values import Amount, Day, Meaning, content, meaning
from assistant.wording import Told, corrects, rejects, told
from index.articles import Article

AKIN = 0.5  # from which sentences in articles on other stories are about one thing all the same
LEAST = 3  # words by which two sentences are held to be about one thing


@dataclass(frozen=True, slots=True)
class Statement:
    """One candidate answer with the sentence that holds it."""

    answer: str
    quote: Quote
    score: float  # the reader's and search's log-odds together; higher is better
    start: int | None = None  # of the answer in the article; None: where the quote first has it

    @property
    def span(self) -> tuple[int, int]:
        """The answer in the article."""
        at = self.quote.start + max(0, self.quote.text.find(self.answer)) if self.start is None else self.start
        return at, at + len(self.answer)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement, with what its answer means and what its sentence makes of the question."""

    answer: str
    quote: Quote
    score: float
    meaning: Meaning
    fit: bool  # of the kind that the question asks for
    said: float  # share of the question's words that the sentence has
    named: float  # share of the question's names that the article has
    keys: frozenset[str]  # of the sentence's words, without the answer's
    corrects: bool  # does its article say, near it, that it corrects?
    told: Told | None = None  # what such an article makes of it
    updates: bool = False  # does it say to what a count that was asked for has risen or fallen since?
    corrected: bool = False  # does another article correct it?

    @property
    def value(self) -> bool:
        """Is it a number or a day, as was asked for?"""
        return self.fit and isinstance(self.meaning, Amount | Day)


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims that can be meant, and the score of the best statement, be it one that can't."""

    claims: tuple[Claim, ...]
    best: float


def claims_of(question: str, statements: Iterable[Statement]) -> Claims:
    """The statements as claims, without those that their sentences show not to be meant."""
    statements = [_counted(question, s) for s in statements if not rejects(s.quote.text, s.answer)]
    kept = tuple(_claim(question, s) for s in statements if not _void(question, s))
    return Claims(kept, max((s.score for s in statements if not _no_cause(question, s)), default=0.0))


def weighed(question: str, claims: Claims, margins: Margins) -> list[Claim]:
    """The claims that may count, best first.

    A question that names nothing ("when was the fire?") means one thing, that of the best claim's story. Where
    the best statement can't be meant, another is an answer only if it comes near that one and its sentence has a
    word of the question.
    """
    found = claims.claims
    if found and max(c.score for c in found) < claims.best:
        found = tuple(c for c in found if c.said > 0 and c.score >= claims.best - margins.given_up)
    kept = sorted((replace(c, score=_weight(c, margins)) for c in found), key=lambda c: -c.score)
    return [
        c
        for c in kept
        if (c.score >= kept[0].score - margins.far or brings_up_to_date(c, kept[0]))
        and (names(question) or _about_it(question, c, kept[0]))
    ]


def brings_up_to_date(claim: Claim, other: Claim) -> bool:
    """Does one say what another's count has come to since, in a newer report on its story?"""
    newer, older = claim.quote.article, other.quote.article
    return claim.updates and same_story(newer, older) and (newer.published or "") > (older.published or "9999")


def _about_it(question: str, claim: Claim, best: Claim) -> bool:
    return not other_stories(best.quote.article, claim.quote.article) or kinship(best, claim, question) >= AKIN


def _weight(claim: Claim, margins: Margins) -> float:
    lost = margins.nameless * (1 - claim.named) + (0.0 if claim.fit else margins.unfit)
    return claim.score + margins.said * claim.said - lost


def _claim(question: str, statement: Statement) -> Claim:
    quote, answer = statement.quote, statement.answer
    before = quote.text.partition(answer)[0]
    meant = meaning(answer, quote.article.published, before)
    fit = fits(question, meant) and not set(content(answer)) <= set(content(question))
    if counted(question) and _A_YEAR.search(before) and isinstance(meant, Day):
        fit = False
    if asks_future(question) and isinstance(meant, Day):
        fit = fit and speaks_of_future(quote.text)
    noted = corrects(quote.article, quote.start, quote.end)
    return Claim(
        answer,
        quote,
        statement.score,
        meant,
        fit,
        _said(question, quote),
        _named(question, quote.article),
        keys(quote.text) - keys(answer),
        noted,
        told(quote.text, answer) if noted else None,
        _updates(question, before, quote.text),
    )


_RISEN = re.compile(
    r"\b(?:r[io]se[ns]?|rising|climb(?:ed|s|ing)?|increas(?:e|es|ed|ing)|w[eo]nt up|gone up|f[ea]ll(?:s|en)?|dropped"
    r"|raised|lowered|revised|brought|bringing|now stands|stands|stood) (?:[\w’'-]+ ){0,4}?(?:to|at)\s*$",
    re.I,
)


def _updates(question: str, before: str, sentence: str) -> bool:
    return counted(question) and bool(_RISEN.search(before) and _befell(question) & _befell(sentence))


def _said(question: str, quote: Quote) -> float:
    """The share of the question's words that the sentence has; "killed" is had by a death toll, too."""
    asked, held = keys(question), keys(quote.text)
    for kind in _befell(question) & _befell(quote.text):
        held |= keys(" ".join(m[0] for m in re.finditer(_SUFFERED[kind], question, re.I)))
    return len(asked & held) / len(asked) if asked else 1.0


def _named(question: str, article: Article) -> float:
    """The share of the question's names that an article has; one whose words stand apart counts half."""
    asked = names(question)
    if not asked:
        return 1.0
    held = f"{article.title or ''} {article.text}".casefold()
    return sum(_has(held, name.casefold()) for name in asked) / len(asked)


def _has(text: str, name: str) -> float:
    if name in text:
        return 1.0
    words = content(name)
    return 0.5 * (bool(words) and all(w in text for w in words))


def kinship(one: Claim, other: Claim, question: str) -> float:
    """How far two sentences are about one thing: the share of the shorter's words that other or question has."""
    least = min(len(one.keys), len(other.keys), max(LEAST, len(keys(question))))
    shared = len(other.keys & (one.keys | keys(question)))
    return min(1.0, shared / least) if least else 0.0


# What a sentence's grammar shows

_HOW_MANY_DID = re.compile(
    r"\bhow many (?:[\w’'-]+ ){0,5}?(?:(?:were|was|are|have|had|has|been|got) )*(\w{3,}ed|hurt|shot|dead|missing)\b",
    re.I,
)
_NUMBER = rf"(?:\d[\d,.]*|{'|'.join(SMALL)})"


def _counted(question: str, statement: Statement) -> Statement:
    """Of "two were killed and nine injured", nine are the injured: the number that stands with the question's verb."""
    asked = _HOW_MANY_DID.search(question)
    if asked is None:
        return statement
    verb = re.escape(asked[1][: KEY + 1])
    if part := _part_of_all(statement, verb):
        return part
    both = re.search(rf"\band ({_NUMBER})$", statement.answer, re.I)
    if both:
        return replace(statement, answer=both[1], start=statement.span[0] + both.start(1))
    between = rf"(?:(?!\b{verb})[^,.;])*"
    end = statement.span[1]
    after = statement.quote.text[end - statement.quote.start :]
    better = re.match(rf"{between}\band (?:\w+ )?(?P<number>{_NUMBER}) (?:\w+ ){{0,3}}{verb}", after, re.I)
    if better is None:
        return statement
    return replace(statement, answer=better["number"], start=end + better.start("number"))


def _part_of_all(statement: Statement, verb: str) -> Statement | None:
    """Of "three of the five piers are cracked", three are cracked."""
    text, start = statement.quote.article.text, statement.span[0]
    part = re.search(rf"\b({_NUMBER}) of (?:the |its |their |his |her )?$", text[statement.quote.start : start], re.I)
    if part is None or not re.search(rf"\b{verb}", statement.quote.text, re.I):
        return None
    return replace(statement, answer=part[1], start=statement.quote.start + part.start(1))


_A_YEAR = re.compile(r"(?:\(|©|\b(?:in|since|of|year|until|by|from))\s*$", re.I)
_OF_THEM = re.compile(rf" of (?:the|whom|these|those|its|their)\b(?! (?:{_NUMBER})\b)", re.I)
_SUFFERED = {  # what befalls people in the news, each counted by itself
    "died": r"\bdie[ds]?\b|\bdying\b|\bdead\b|\bdeaths?\b|\bkill(?:s|ed|ing)\b|\bfatal|\bvictims?\b|\blives\b"
    r"|\bbodies\b|\btoll\b",
    "hurt": r"\binjur(?:ed|ies|y)\b|\bwound(?:ed|s)\b|\bhurt\b|\bcasualties\b|\bburns\b",
    "missing": r"\bmissing\b|\bunaccounted\b",
    "saved": r"\bpulled (?:[\w’'-]+ ){1,4}(?:out|from|free)\b|\bfreed\b"
    r"|\brescued?\b|\bsaved\b|\bsurviv(?:ed|ors?)\b|\bevacuated\b",
}
_CLAUSE_ENDS = re.compile(r"[,;:.]|\b(?:and|but|while|when|after|as)\b")
_SAID_ON = re.compile(
    r"\b(?:said|says|told|announced|wrote|added|reported|warned|confirmed|testified|tweeted|posted)\b"
    r"(?: [\w’'-]+){0,5}?,? (?:on|in|at|late|early)?(?: (?:late|early|a|the))* ?$"
)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|may|might|could|should|expect(?:s|ed)?|due"
    r"|plan(?:s|ned)?|to be|(?:is|are) to|until|till|before|by"
    r"|going to|next|scheduled|set (?:to|for)|hopes?|aims?|promise[sd]?)\b|['’]ll\b",
    re.I,
)
_WHO_DID = re.compile(r"^who (?:has |have |had )?(?:\w+ly )?(\w+)\b", re.I)
_AUXILIARIES = frozenset(
    "is are was were be been am does did do has have had can could will would may might must should s else".split()
)


def speaks_of_future(sentence: str) -> bool:
    return bool(_FUTURE.search(sentence))


def _void(question: str, statement: Statement) -> bool:
    """Does the sentence show that its stretch isn't what was asked for?"""
    return (
        (not of_saying(question) and _aside(question, statement))
        or _suffers(question, statement)
        or _denies(question, statement)
        or _counts_others(question, statement)
        or _part(question, statement)
        or _no_cause(question, statement)
    )


_ASKS_CAUSE = re.compile(
    r"^(?:and |but |so )?what (?:has |had )?(?:caused?|started|triggered|sparked|set off|led to)\b|\bthe cause of\b",
    re.I,
)
_CAUSE = re.compile(
    r"\bcaus|\bstart|\bbeg[aiu]n|\bbroke out|\btrigger|\bspark|\bignit|\bbecause\b|\bdue to\b|\bblam|\bresult|\borigin"
    r"|\bled to\b|\bset off\b|\bfault|\bfail|\breason|\bsuspect|\barson",
    re.I,
)
_WHERE = re.compile(r"\b(?:through|across|into|over|in|at|near|on)\s*$", re.I)


def _no_cause(question: str, statement: Statement) -> bool:
    """Asked what caused it: is it what it went through or did to people, in a sentence that speaks of no cause?"""
    if not _ASKS_CAUSE.search(question) or _CAUSE.search(statement.quote.text):
        return False
    before = statement.quote.article.text[statement.quote.start : statement.span[0]]
    return bool(_WHERE.search(before) or _befell(statement.answer))


_DENYING = re.compile(r"\b(?:den(?:y|ies|ied)|reject|disput|dismiss|refut|contradict)", re.I)


def _denies(question: str, statement: Statement) -> bool:
    """Asked who says something: is it who denies it?"""
    if not (asks_who(question) and of_saying(question)) or _DENYING.search(question):
        return False
    denied = [a for a in voices_of(statement.quote.article).said if a.stance == "denied" and a.source]
    return any(_within(*statement.span, a.source) for a in denied)


_AGED = re.compile(r"\b(?:aged?|age of)\s*$", re.I)


def _counts_others(question: str, statement: Statement) -> bool:
    """Asked how many were hurt: is it how many died, by the words of its clause, or how old somebody is?"""
    asked = _befell(question)
    if not asked or not counted(question):
        return False
    text, at = statement.quote.text, statement.span[0] - statement.quote.start
    if _AGED.search(text, 0, max(0, at)):
        return True
    start = max((m.end() for m in _CLAUSE_ENDS.finditer(text, 0, max(0, at))), default=0)
    end = _CLAUSE_ENDS.search(text, max(0, at) + len(statement.answer))
    told = _befell(text[start : end.start() if end else len(text)])
    return bool(told) and not told & asked


def _befell(text: str) -> set[str]:
    return {kind for kind, form in _SUFFERED.items() if re.search(form, text, re.I)}


def _part(question: str, statement: Statement) -> bool:
    """Asked how many: is it only how many of them ("four of the injured")?"""
    after = statement.quote.article.text[statement.span[1] :][:30]
    return counted(question) and " of " not in question and bool(_OF_THEM.match(after))


def _aside(question: str, statement: Statement) -> bool:
    """Is an answer the day on which something is said, or only who says it, though nobody asked for that?"""
    article, (start, end) = statement.quote.article, statement.span
    said = [a for a in voices_of(article).said if a.claim]
    if any(a.content[0] <= start and end <= a.content[1] for a in said):
        return False
    if asks_when(question):
        return bool(_SAID_ON.search(article.text[max(0, start - 60) : start]))
    if not asks_who(question):
        return False
    sources = [article.text[slice(*a.source)] for a in said if a.source and _within(start, end, a.source)]
    return any(not keys(question) & keys(source) for source in sources)


def _within(start: int, end: int, span: tuple[int, int]) -> bool:
    return span[0] <= start and end <= span[1]


def _suffers(question: str, statement: Statement) -> bool:
    """Asked who did it: is it told in the passive, without "by" before the answer?"""
    asked = _WHO_DID.match(question.strip())
    if asked is None or asked[1].lower() in _AUXILIARIES or not asked[1].lower().endswith("ed"):
        return False
    verb = re.escape(asked[1])
    sentence, (start, _) = statement.quote.text, statement.span
    passive = re.search(
        rf"\b(?:was|were|is|are|been|being|be|got) (?:\w+ly |also |not |never )*{verb}\b", sentence, re.I
    )
    if passive is None:
        return False
    between = sentence[passive.end() : max(passive.end(), start - statement.quote.start)]
    return not re.search(r"\bby\b[^,;.]*$", between)
