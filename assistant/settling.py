"""Yes-or-no and either-or questions: the sentence that settles them, or those that bear on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.lexicon import NEGATIONS, NOBODY, SCARCELY, one_of
from assistant.reader import Reader
from assistant.stretches import Stretch
from index.passages import sentences
from index.search import STOP_WORDS

SETTLES = 0.65  # share of the question's words that a sentence must have to settle it: EVALUATION.md
READ = 4  # stretches whose sentences are weighed
COVERAGE_WEIGHT = 6.0  # of the share of the question's words that a sentence has, against the reader's log-odds
OPEN_BONUS = 5.0  # log-odds for a sentence that says that the matter is open, and has the question's words

ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|s|d|e)$")
AUXILIARY = re.compile(
    r"(?:and |but |so )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
    r"(?:n['’]t)?\b",
    re.I,
)
OPEN = re.compile(
    r"\b(?:unclear|not (?:yet )?(?:clear|known|confirmed|verified|decided|certain)|unconfirmed|unverified|unknown"
    r"|undecided|if (?:[\w’'-]+ ){1,4}(?:is|are|was|were) (?:confirmed|true)|if confirmed"
    r"|yet to (?:be )?(?:confirm|decide)\w*|reportedly|allegedly|alleged|could not be (?:confirmed|verified)|whether"
    r"|neither confirmed|may have|might have|remains? to be seen)\b",
    re.I,
)
TO_COME = re.compile(  # what somebody may do, and the three words after it: "will probably decide"
    r"\b(?:will|would|shall|should|could|may|might|must|(?:is|are|was|were) (?:expected |due |set |likely |about )?to"
    r"|(?:plan|want|hope|intend|expect|mean|threaten)(?:s|ed)? to)((?: [\w’'-]+){1,3})",
    re.I,
)
NEGATION = re.compile(
    rf"\b(?:{one_of(NEGATIONS | NOBODY | SCARCELY)}|den(?:y|ies|ied|ying)|reject(?:s|ed)?|refus(?:es|ed)"
    r"|rul(?:es|ed) out|fail(?:s|ed)? to|false|untrue)\b|n['’]t\b",
    re.I,
)
_BY_THE_WAY = re.compile(r",? without \w+ing\b[^,;.]*")  # negates another deed than the one that is told


@dataclass(frozen=True, slots=True)
class Settled:
    """The sentence that bears most on a yes-or-no question, and what it makes of it."""

    verdict: str | None  # "yes", "no" or "not settled"; None where one of the things named in the question is it
    stretch: Stretch
    start: int  # of the sentence, in the article
    end: int
    score: float  # the reader's log-odds that the sentence answers


def is_closed(question: str) -> bool:
    """Can the question be answered by yes, no, or one of the things that it names?"""
    return bool(AUXILIARY.match(question.strip()))


def settle(question: str, stretches: Sequence[Stretch], reader: Reader) -> Settled | None:
    """Weigh every sentence of the best stretches; None where they hold none."""
    bearing = [
        (stretch, stretch.start + a, stretch.start + b)
        for stretch in stretches[:READ]
        for a, b in sentences(stretch.text, stretch.article.language)
        if stretch.text[a:b].strip()
    ]
    if not bearing:
        return None
    texts = [stretch.article.text[a:b] for stretch, a, b in bearing]
    weighed = []
    for i, (text, reading) in enumerate(zip(texts, reader.read(question, texts, spans=1), strict=True)):
        covered = shared(question, text)
        opened = OPEN_BONUS * covered if is_open(question, text) else 0.0
        weighed.append((reading.score + COVERAGE_WEIGHT * covered + opened, i))
    score, best = max(weighed)
    stretch, a, b = bearing[best]
    words = stretch.article.text[a:b]
    a, b = b - len(words.lstrip()), a + len(words.rstrip())
    return Settled(verdict(question, words), stretch, a, b, score)


def shared(question: str, sentence: str) -> float:
    """The share of the question's content words that the sentence has, in any form ("open", "opened")."""
    here = _roots(sentence)
    asked = _roots(question, STOP_WORDS)
    return sum(root in here for root in asked) / len(asked) if asked else 1.0


def _roots(text: str, without: frozenset[str] = frozenset()) -> list[str]:
    return [ENDING.sub("", word)[:5] for word in re.findall(r"\w+", text.lower()) if word not in without]


def is_open(question: str, sentence: str) -> bool:
    """Does the sentence leave open what the question asks? A question that asks just that is answered by it."""
    return bool(OPEN.search(sentence)) and not OPEN.search(question) or is_to_come(question, sentence)


def is_to_come(question: str, sentence: str) -> bool:
    """Is what the question takes as past or present only planned? "Will it …?" asks for just that."""
    if re.match(r"(?:and |but |so )?(?:will|would|shall|should|could|may|might|must)\b", question.strip(), re.I):
        return False
    asked = set(_roots(question, STOP_WORDS))
    return any(asked.intersection(_roots(planned)) for planned in TO_COME.findall(sentence))


def verdict(question: str, sentence: str) -> str | None:
    """What a sentence makes of a closed question; None for an either-or question that isn't left open.

    Only a sentence with most of the question's words settles it: from "they were shot" no rule
    concludes that they didn't survive, and a wrong yes is worse than the sentence alone.
    """
    if is_open(question, sentence):
        return "not settled"
    if re.search(r"\bor\b", question):
        return None
    if shared(question, sentence) < SETTLES:
        return "not settled"
    return "no" if is_contrary(question, _BY_THE_WAY.sub("", sentence)) else "yes"


def is_contrary(question: str, sentence: str) -> bool:
    """Is one of the two negated and the other not?"""
    return len(NEGATION.findall(sentence)) % 2 != len(NEGATION.findall(question)) % 2
