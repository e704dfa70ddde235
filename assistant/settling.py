"""Yes-or-no and either-or questions: the sentence that settles them, or those that bear on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.amounts import SMALL, numbers
from assistant.excerpts import voices_of
from assistant.lexicon import NEGATIONS, NOBODY, SCARCELY, one_of
from assistant.occasions import kinds, two_occasions
from assistant.reader import Reader
from assistant.stories import same_story
from assistant.stretches import Stretch
from assistant.subjects import names
from index.articles import Article
from index.passages import sentences
from index.search import STOP_WORDS

SETTLES = 0.65  # share of the question's words that a sentence must have to settle it: EVALUATION.md
SETTLES_OPEN = 0.75  # the same, of a newer report's that settles what an older one leaves open
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
    r"|neither confirmed|may have|might have|remains? to be seen"
    r"|(?:dispute|row|argument|disagreement) (?:\w+ ){0,4}(?:over|about))\b",
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
DENYING = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed)|dismiss(?:es|ed)|disput(?:es|ed))\b", re.I)
_KILLED = re.compile(r"\b(?:was|were|been|being) killed\b", re.I)
_FIGURE = re.compile(
    rf"(?:\d[\d,.]*\d|\d|\b(?:{'|'.join(SMALL)})\b)"
    rf"(?:[ -](?:{'|'.join(SMALL)}|hundred|thousand|million|billion)\b)*",
    re.I,
)
_ROUGH = re.compile(
    r"\b(?:at least|at most|more than|fewer than|less than|over|under|up to|about|some|nearly)\s*$", re.I
)
_AGED = re.compile(r"\baged?\s*$", re.I)
_LITTLE = STOP_WORDS | frozenset(["per", "when", "while", "after", "before"])
_CONTRAST = re.compile(r"(?:,| and| but) not\b(?! only)", re.I)
_BY_THE_WAY = re.compile(r",? without \w+ing\b[^,;.]*")  # negates another deed than the one that is told


@dataclass(frozen=True, slots=True)
class Settled:
    """The sentence that bears most on a yes-or-no question, and what it makes of it."""

    verdict: str | None  # "yes", "no" or "not settled"; None where one of the things named in the question is it
    stretch: Stretch
    start: int  # of the sentence, in the article
    end: int
    score: float  # the reader's log-odds that the sentence answers
    others: tuple[Settled, ...] = ()  # what other sentences make of it that say yes or no, best first

    @property
    def sentence(self) -> str:
        return self.stretch.article.text[self.start : self.end]


def is_closed(question: str) -> bool:
    """Can the question be answered by yes, no, or one of the things that it names?"""
    return bool(AUXILIARY.match(question.strip()))


def settle(question: str, stretches: Sequence[Stretch], reader: Reader) -> Settled | None:
    """Weigh every sentence of the best stretches; None where they hold none.

    The best one leads, unless a newer report on its story, which nobody merely denies, settles what that one leaves
    open or says the contrary of it.
    """
    weighed = sorted(_weighed(question, stretches, reader), key=lambda settled: -settled.score)
    if not weighed:
        return None
    best = weighed[0]
    said = [one for one in weighed if one.verdict in ("yes", "no")]
    open_ = best.verdict == "not settled" and is_open(question, best.sentence)
    if open_ or best.verdict in ("yes", "no"):
        newer = (one for one in said if one.verdict != best.verdict and _supersedes(question, one, best))
        best = next((one for one in newer if not open_ or shared(question, one.sentence) >= SETTLES_OPEN), best)
    told: dict[str, Settled] = {}
    for one in said:
        if one.stretch.article.id != best.stretch.article.id or one.verdict != best.verdict:
            told.setdefault(f"{one.stretch.article.id} {one.verdict}", one)
    return replace(best, others=tuple(told.values()))


def _supersedes(question: str, one: Settled, other: Settled) -> bool:
    """Is one a newer report on the other's event, and more than a denial?"""
    newer, older = one.stretch.article, other.stretch.article
    later = bool(newer.published and older.published and newer.published > older.published)
    if not later or not same_story(newer, older) or two_occasions(kinds(question), newer, older):
        return False
    return not DENYING.search(one.sentence)


def _weighed(question: str, stretches: Sequence[Stretch], reader: Reader) -> Iterator[Settled]:
    """Each sentence, what it makes of the question, and how likely it answers."""
    bearing = [
        (stretch, stretch.start + a, stretch.start + b)
        for stretch in stretches[:READ]
        for a, b in sentences(stretch.text, stretch.article.language)
        if stretch.text[a:b].strip()
    ]
    texts = [stretch.article.text[a:b] for stretch, a, b in bearing]
    told = [_without_speakers(question, stretch.article, a, b) for stretch, a, b in bearing]
    readings = reader.read(question, texts, spans=1) if texts else []
    for (stretch, a, b), text, words, reading in zip(bearing, texts, told, readings, strict=True):
        covered = shared(question, words)
        opened = OPEN_BONUS * covered if is_open(question, words) else 0.0
        score = reading.score + COVERAGE_WEIGHT * covered + opened
        yield Settled(verdict(question, words), stretch, b - len(text.lstrip()), a + len(text.rstrip()), score)


def _without_speakers(question: str, article: Article, start: int, end: int) -> str:
    """A sentence without the words for who says it, unless the question names them: a fire officer is no fire."""
    words = article.text[start:end]
    asked = [name.casefold() for name in names(question)]
    for said in voices_of(article).said:
        if said.claim and said.source and start <= said.source[0] and said.source[1] <= end:
            speaker = article.text[slice(*said.source)]
            if len(speaker.split()) > 1 and not any(name in speaker.casefold() for name in asked):
                words = words.replace(speaker, " " * len(speaker))
    return words


def shared(question: str, sentence: str) -> float:
    """The share of the question's content words that the sentence has, in any form ("open", "opened").

    Who was killed died; figures are no words: `_figures` compares them by value.
    """
    here = _roots(_KILLED.sub("died", sentence))
    asked = [root for root in _roots(question, STOP_WORDS) if not numbers(root)]
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
    if (figures := _figures(question, sentence)) is not None:
        return figures
    return "no" if is_contrary(question, _meant(question, _BY_THE_WAY.sub("", sentence))) else "yes"


def _meant(question: str, sentence: str) -> str:
    """Of "in the kitchen and not in a store" the half that a question is about, with its negation."""
    contrast = _CONTRAST.search(sentence)
    if contrast is None:
        return sentence
    head, tail = sentence[: contrast.start()], sentence[contrast.start() :]
    asked = set(_roots(question, STOP_WORDS))
    return tail if asked & set(_roots(tail)) - set(_roots(head)) else head


def _figures(question: str, sentence: str) -> str | None:
    """What a sentence makes of a question's figure: nothing where it has the same one; "no" where it counts the same
    things and gives another, unless that is a least or a most; else it settles nothing."""
    here = _counted(sentence)
    for value, what, _ in _counted(question):
        if any(value == given and (not what or not things or what & things) for given, things, _ in here):
            continue
        others = [rough for given, things, rough in here if what & things]
        return "no" if others and not any(others) and not NEGATION.search(sentence) else "not settled"
    return None


def _counted(text: str) -> list[tuple[Fraction, frozenset[str], bool]]:
    """Each figure of a text by value, the next words without endings, and whether it is only a least or a most."""
    found = []
    for match in _FIGURE.finditer(text):
        before = text[: match.start()]
        if _AGED.search(before):
            continue
        following = re.match(r"(?:\s+[\w’'-]+){0,2}", text[match.end() :])[0].lower().split()
        things = (
            frozenset(_roots(" ".join(following)))
            if following and following[0] not in _LITTLE - {"per"}
            else frozenset()
        )
        rough = bool(_ROUGH.search(before))
        found += [(value, things - _LITTLE, rough) for value in numbers(match[0])[:1] if value != 1]
    return found


def is_contrary(question: str, sentence: str) -> bool:
    """Is one of the two negated and the other not?"""
    return len(NEGATION.findall(sentence)) % 2 != len(NEGATION.findall(question)) % 2
