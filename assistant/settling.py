"""Yes-or-no and either-or questions: the sentence that settles them, or those that bear on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.amounts import SMALL, numbers
from assistant.excerpts import sentences_of, voices_of
from assistant.lexicon import NEGATIONS, NOBODY, SCARCELY, one_of
from assistant.occasions import kinds, two_occasions
from assistant.predicates import says
from assistant.reader import Reader
from assistant.stories import same_story
from assistant.stretches import Stretch
from assistant.subjects import names
from assistant.wording import corrects, told
from index.articles import Article
from index.passages import sentences
from index.search import STOP_WORDS

SETTLES_OPEN = (
    0.75  # share of the question's words of a newer report's sentence that settles what an older one leaves open
)
READ = 4  # stretches whose sentences are weighed
COVERAGE_WEIGHT = 6.0  # of the share of the question's words that a sentence has, against the reader's log-odds
OPEN_BONUS = 5.0  # log-odds for a sentence that says that the matter is open, and has the question's words
SAID_BONUS = 4.0  # the same, for one that says yes or no
OPENING = 300  # characters of an article in which it says what it is about, beside its headline
AFTER = 2  # sentences of a note after what it withdraws, in which it says so and puts it right

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
_TRUE = re.compile(
    r"(?:is|was) it (?:really |still )?true that (?P<all>(?:(?P<subject>.+?)(?<! that)(?<! who)(?<! which) "
    r"(?P<auxiliary>is|are|was|were|has|have|had|do|does|did|will|can) (?P<rest>.+)|.+))$",
    re.I,
)
TO_COME = re.compile(  # what somebody may do, and the three words after it: "will probably decide"
    r"\b(?:will|would|shall|should|could|(?-i:may)|might|must"
    r"|(?:is|are|was|were) (?:expected |due |set |likely |about )?to"
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
_DIGITS = re.compile(r"[£$€]?\d[\d.,]*\d|\d")
_ROUGH = re.compile(
    r"\b(?:at least|at most|more than|fewer than|less than|over|under|up to|about|some|nearly)\s*$", re.I
)
_AGED = re.compile(r"\baged?\s*$", re.I)
_LITTLE = STOP_WORDS | frozenset(["per", "when", "while", "after", "before"])


@dataclass(frozen=True, slots=True)
class Settled:
    """The sentence that bears most on a yes-or-no question, and what it makes of it."""

    verdict: str | None  # "yes", "no" or "not settled"; None where one of the things named in the question is it
    stretch: Stretch
    start: int  # of the sentence, in the article
    end: int
    score: float  # the reader's log-odds that the sentence answers
    about: str = ""  # the question and the answer before
    corrects: bool = False  # a note that says so, of what was reported before
    others: tuple[Settled, ...] = ()  # what other sentences make of it that say yes or no, best first

    @property
    def sentence(self) -> str:
        return self.stretch.article.text[self.start : self.end]


def is_closed(question: str) -> bool:
    """Can the question be answered by yes, no, or one of the things that it names?"""
    return bool(AUXILIARY.match(question.strip()))


def settle(question: str, stretches: Sequence[Stretch], reader: Reader, about: str = "") -> Settled | None:
    """Weigh every sentence of the best stretches; None where they hold none.

    The best one leads, unless a newer report on its story, which nobody merely denies, settles what that one leaves
    open or says the contrary of it. What a note on the story takes back settles nothing: the note does. `about`: the
    question and the answer before, which "he" and "it" may stand for.
    """
    weighed = sorted(_weighed(question, stretches, reader, about), key=lambda settled: -settled.score)
    if not weighed:
        return None
    best = weighed[0]
    said = [one for one in weighed if one.verdict in ("yes", "no")]
    open_ = best.verdict == "not settled" and is_open(question, best.sentence)
    if open_ or best.verdict in ("yes", "no"):
        newer = (one for one in said if one.verdict != best.verdict and _supersedes(question, one, best))
        best = next((one for one in newer if not open_ or shared(question, one.sentence) >= SETTLES_OPEN), best)
    notes = (_put_right(question, s, about) for s in stretches[:READ] if same_story(s.article, best.stretch.article))
    best = next(filter(None, notes), best)
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


def _weighed(question: str, stretches: Sequence[Stretch], reader: Reader, about: str) -> Iterator[Settled]:
    """Each sentence, what it makes of the question, and how likely it answers."""
    bearing = [
        (stretch, stretch.start + a, stretch.start + b)
        for stretch in stretches[:READ]
        for a, b in sentences(stretch.text, stretch.article.language)
        if stretch.text[a:b].strip()
    ]
    texts = [stretch.article.text[a:b] for stretch, a, b in bearing]
    readings = reader.read(question, texts, spans=1) if texts else []
    for (stretch, a, b), text, reading in zip(bearing, texts, readings, strict=True):
        words = _without_speakers(question, stretch.article, a, b)
        said = judged(question, stretch.article, a, b, about)
        bonus = OPEN_BONUS if is_open(question, words) else SAID_BONUS if said in ("yes", "no") else 0.0
        score = reading.score + (COVERAGE_WEIGHT + bonus) * shared(question, words)
        yield Settled(said, stretch, b - len(text.lstrip()), a + len(text.rstrip()), score, about)


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


def _put_right(question: str, stretch: Stretch, about: str) -> Settled | None:
    """What a note makes of what is asked: no, of what it withdraws; yes, of the figure that it puts in its place."""
    article, figures = stretch.article, _DIGITS.findall(question)
    spans = [(a, b) for a, b in sentences_of(article) if corrects(article, a, b)]
    for i, (start, end) in enumerate(spans):
        text = article.text[start:end]
        end = max(b for _, b in spans[i : i + 1 + AFTER] if "\n" not in article.text[start:b])
        if judged(question, article, *spans[i], about) == "no" != verdict(question, text, about):
            return Settled("no", stretch, start, end, 0.0, about, corrects=True)
        for old in _DIGITS.findall(text) if len(figures) == 1 else ():
            put = verdict(question, text.replace(old, figures[0]), about) == "yes"
            if put and told(text, old) == "withdrawn" and _gives(article, spans[i + 1 :], figures[0]):
                return Settled("yes", stretch, start, end, 0.0, about, corrects=True)
    return None


def _gives(article: Article, spans: Sequence[tuple[int, int]], figure: str) -> bool:
    """Do sentences of a note call a figure right?"""
    texts = (article.text[a:b] for a, b in spans)
    return any(figure in _DIGITS.findall(text) and told(text, figure) == "right" for text in texts)


def judged(question: str, article: Article, start: int, end: int, about: str = "") -> str | None:
    """The verdict of `article.text[start:end]`. What a note repeats in order to withdraw it isn't so."""
    text = article.text[start:end]
    said = verdict(question, text, about, f"{article.title or ''}. {article.text[:OPENING]}")
    if said not in ("yes", "no") or not corrects(article, start, end):
        return said
    asked = _DIGITS.findall(question) or [m[0] for m in re.finditer(r"\w+", text) if shared(m[0], question) == 1]
    held = [words for words in asked if words in text and words.lower() not in STOP_WORDS]
    if not held or told(text, held[-1]) != "withdrawn":
        return said
    return "no" if said == "yes" else "not settled"


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
    if re.match(
        r"(?:and |but |so )?(?:will|would|shall|should|could|may|might|must|.*\bgoing to)\b", question.strip(), re.I
    ):
        return False
    asked = set(_roots(question, STOP_WORDS))
    return any(asked.intersection(_roots(planned)) for planned in TO_COME.findall(sentence))


def verdict(question: str, sentence: str, about: str = "", around: str = "") -> str | None:
    """What a sentence makes of a closed question; None for an either-or question that isn't left open.

    Only a sentence that says just what is asked settles it: from "they were shot" no rule concludes that they didn't
    survive, and a wrong yes is worse than the sentence alone.
    """
    asked = _plainly(question)
    if is_open(asked, sentence):
        return "not settled"
    if re.search(r"\bor\b", question):
        return None
    return says(asked, sentence, about, around) or _figures(asked, sentence, about, around) or "not settled"


def _plainly(question: str) -> str:
    """ "Is it true that the mine is shut?" asks: is the mine shut?"""
    if (stated := _TRUE.match(question.strip())) is None:
        return question
    subject, auxiliary, rest = stated["subject"], stated["auxiliary"], stated["rest"]
    return f"{auxiliary.title()} {subject} {rest}" if auxiliary else f"Did {stated['all']}"


def _figures(question: str, sentence: str, about: str, around: str) -> str | None:
    """No, of a sentence that says the same with another figure for the same things, if that is no least or most."""
    here = _counted(sentence)
    for value, what, _ in _counted(question):
        others = [rough for given, things, rough in here if given != value and what & things]
        if not others or any(others) or any(given == value for given, _, _ in here):
            continue
        figures = (match[0] for match in _FIGURE.finditer(sentence))
        asked = next(match for match in _FIGURE.finditer(question) if numbers(match[0])[:1] == (value,))
        put = (question[: asked.start()] + figure + question[asked.end() :] for figure in figures)
        if any(says(words, sentence, about, around) == "yes" for words in put):
            return "no"
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
