"""From a question of fact to a quoted answer: `find`, `read` and `reply`, in this order, are the whole pipeline."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log
from statistics import fmean

from assistant.agreement import NOTHING, agree
from assistant.answer import Answer, Quote, Reading, Turn
from assistant.beside import left_open, newest
from assistant.claims import Statement
from assistant.confidence import NO_EVIDENCE, Evidence, confidence, content_words, coverage
from assistant.contradictions import for_and_against
from assistant.conversation import leans, leant_on, names_another, own_words, readings, said, stands_alone
from assistant.excerpts import dateline, sentences_of, voices_of, whole
from assistant.excerpts import quote as voiced
from assistant.expected import (
    asks_when,
    asks_who,
    asks_why,
    asks_with_what,
    fits,
    gives_reason,
    has_half,
    measures_others,
    names_means,
    of_saying,
    only_counts,
)
from assistant.foreign import TRIED, is_foreign, nearest
from assistant.limits import narrow
from assistant.occasions import kinds
from assistant.origins import sources_of
from assistant.phrasing import VERDICTS, nothing_found, words_for
from assistant.quoting import aside, cue, distinct, quote_of, unhedged
from assistant.reader import Reader, Span
from assistant.settling import ENDING, Settled, is_closed, is_contrary, judged, settle
from assistant.stories import keys
from assistant.stretches import Stretch, join
from assistant.threads import story
from assistant.timeline import dated
from assistant.trimming import past_dateline, without_denied
from assistant.values import Meaning, content, meaning
from index.articles import Article
from index.errors import OnRecordError
from index.library import Library
from index.scope import EVERYTHING, Scope
from index.search import STOP_WORDS, Hit

PASSAGES = 100  # that search hands on
ARTICLES = 10  # that they come from at least, where so many were found
READ = 8  # stretches that the reader reads
JOINED = 24  # passages whose neighbours are joined for reading
SEARCH_WEIGHT = 16.0  # of search's score (0 to 1) against the reader's log-odds, when they order the spans
SEVERAL = 3  # other articles read, from which the share of them that hold an answer's words says something
ALTERNATIVES = 5
QUOTES = 6
# Of the threshold, for a follow-up to one article or story: who is reading it seldom asks what it doesn't say. But
# what its own words alone don't bear on there is not what it says. Both fitted: EVALUATION.md.
FOLLOWED = 0.1
CLOSED = 0.15  # of it, for a yes-or-no question: the reader learnt from none, and “not settled” claims nothing
BEARS = (0.0, 0.04, 0.08)  # confidence, for a follow-up without words of its own, with one, with more
COUNTING = frozenset("many much".split())  # words of a question that say nothing of what it is about
STANDS = 0.5  # confidence from which a question that names all it is about is never read after the turn before
UNFIT = 6.0  # log-odds that a candidate of another kind than asked for loses, or of another thing than spoken of
MEANS = 60  # characters before an answer in which a word may make it a means
BEFORE = 40  # characters before a number that may give it its unit
UNAGREED = -12.0  # log-odds that stand for "no other article says the same"
LONGEST_QUESTION = 4000  # characters
# Words that are no answer alone: "before", "it". How much of a thing may be: "all", "none".
EMPTY = (STOP_WORDS | {"i", "us", "him", "one"}) - frozenset("all any more most no not out over some up".split())
DATED_REPORT = re.compile(r"\b(?:report|article|story|edition|issue)s? (?:of|on|from) (?:the )?$", re.I)
POINTING = re.compile(r"\b(?:it|that|this)\b", re.I)
PLACE = re.compile(r"\bwhere\b|\b(?:which|what) (?:city|town|village|place|port)\b", re.I)


class QuestionUnfit(OnRecordError):
    """A question that can't be asked: empty, or far too long."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is asked: its words, its limits, what was said before, and on which day."""

    words: str
    scope: Scope = EVERYTHING
    history: tuple[Turn, ...] = ()
    as_of: str | None = None  # YYYY-MM-DD
    reading: Reading | None = None  # that the person chose; None: the surer one
    wider: Scope | None = None  # the scope before one of several things that it might mean was chosen

    def __post_init__(self) -> None:
        if not self.words.strip():
            raise QuestionUnfit("The question is empty. Ask something, for example: who said it?")
        if len(self.words) > LONGEST_QUESTION:
            raise QuestionUnfit(
                f"The question has {len(self.words):,} characters; ask it in {LONGEST_QUESTION:,} or fewer."
            )
        try:
            self.words.encode()
        except UnicodeEncodeError:  # a terminal in another encoding hands on bytes as halves of characters
            raise QuestionUnfit("The question holds bytes that are no text. Type it again, in UTF-8.") from None


@dataclass(frozen=True, slots=True)
class Sought:
    """What one way of understanding a question found."""

    question: str
    stretches: tuple[Stretch, ...]  # best first
    reading: Reading = "alone"
    asked: str | None = None  # the question's own words, where it was understood after the turn before
    before: str = ""  # the answer that the turn before got
    thread: frozenset[str] = frozenset()  # ids of the articles that a follow-up was sought in, if not in all
    about: str = ""  # what was asked and answered before a follow-up


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer: a span of a stretch, and what speaks for it."""

    stretch: Stretch
    span: Span  # offsets in the stretch
    answerable: float  # the reader's log-odds that the stretch answers
    score: float  # orders the candidates

    @property
    def text(self) -> str:
        return self.stretch.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Read:
    """What reading found: candidates, best first, and how surely the best one answers."""

    sought: Sought
    candidates: tuple[Candidate, ...]
    evidence: Evidence
    settled: Settled | None = None  # of a yes-or-no question: the sentence that bears on it
    bears: bool = True  # of a follow-up: do its own words alone bear on what it was sought in?

    @property
    def confidence(self) -> float:
        return confidence(self.evidence)


def find(search: Callable[[str, Scope], list[Hit]], library: Library, question: Question) -> list[Sought]:
    """Search for each way of understanding the question; the plain one stands first.

    After the turn before, a question is sought in the articles on the story that was spoken of, by its own words as
    well as after that turn's. The best passages are joined with their neighbours for reading; the others are for the
    record.
    """

    def seek(words: str, before: Turn | None = None, thread: frozenset[str] = frozenset(), about: str = "") -> Sought:
        scope = narrow(question.scope, Scope(thread)) if thread else question.scope
        hits = search(words, scope)
        if is_gibberish(question.words if before else words, hits, library):
            hits = []
        stretches = join(hits[:JOINED], library, scope) + join(hits[JOINED:], library, scope)
        if before is None:
            return Sought(words, tuple(stretches))
        return Sought(words, tuple(stretches), "after", question.words, before.answer, thread, about)

    found, one = [], len(question.scope.articles or ()) == 1
    for sense in readings(question.words, question.history, question.reading, one):
        if sense.reading == "alone":
            found.append(seek(sense.words))
            continue
        before, about = leant_on(question.history), sense.words.removesuffix(question.words)
        thread = frozenset() if one else story(question.history, library, lambda words: search(words, question.scope))
        if thread:
            found.append(seek(question.words, before, thread, about))
        found.append(seek(sense.words, before, thread, about))
    return found


def is_gibberish(words: str, hits: Sequence[Hit], library: Library) -> bool:
    """Has the question words of its own of which none stands in the articles, nor is one that the embedder knows whole?

    The reader was never asked such a thing, and answers it with whatever stands out.
    """
    own = [word for word in re.findall(r"\w+", words.lower()) if word not in STOP_WORDS]
    if not own or any(hit.words for hit in hits):
        return False
    return all(len(pieces) > 1 for pieces in library.embedder.offsets(own))


def read(reader: Reader, found: Sequence[Sought]) -> Read:
    """Read the best stretches for each understanding and keep one of them."""
    best = _taken([_read(reader, sought) for sought in found])
    asked = best.sought.asked or best.sought.question  # the turn before would be taken for part of what is to settle
    if is_closed(asked) and not is_foreign(asked):
        about = found[-1].question.removesuffix(asked) if found[-1].asked else ""
        stretches = list(dict.fromkeys(c.stretch for c in best.candidates))
        return replace(best, settled=settle(asked, stretches, reader, about))
    return best


def _taken(read: Sequence[Read]) -> Read:
    """The surest understanding, the plain one where two are as sure; a question after others stays with their story."""
    plain, last = read[0], read[-1]
    asked = last.sought.asked
    if asked is None:
        return max(read, key=lambda r: r.confidence)
    there = [r for r in read if r.sought.asked] if last.sought.thread else read
    best = max(there, key=lambda r: r.confidence)
    if there[0].confidence >= STANDS and stands_alone(asked, bool(last.sought.thread) or _in_one(last.sought)):
        best = there[0]
    own = 0 if names_another(asked) else len([word for word in own_words(asked) if word not in COUNTING])
    best = replace(best, bears=there[0].confidence >= BEARS[min(own, 2)])
    if plain.sought.asked is None and (_strays(last) or (len(there) < len(read) and not _stays(plain, best))):
        return plain
    return best


def _stays(plain: Read, after: Read) -> bool:
    """Is a question about the story that was spoken of before it?

    It is where that story was found without it too, or has the question's own words as well as what was found. "And the
    price?" is about the story in any case.
    """
    asked = after.sought.asked or ""
    own = own_words(asked)
    if not after.candidates:
        return leans(asked)
    found = plain.candidates[0].stretch.article if plain.candidates else None
    if (found and found.id in after.sought.thread) or (len(own) < 2 and leans(asked)):
        return True
    had = _had(own, {c.stretch.article for c in after.candidates})
    return had > 0 and had >= _had(own, {found} if found else set())


def _had(words: Sequence[str], articles: Collection[Article]) -> float:
    """The share of some words that stand in articles."""
    text = " ".join(f"{article.title or ''} {article.text}" for article in articles)
    return coverage(" ".join(words), text, STOP_WORDS)[0] if articles else 0.0


def _strays(read: Read) -> bool:
    """Does a reading after the turn before find what that one is about, and nothing of what is asked now?

    Within one article all is about one thing, and a question may well put it in other words.
    """
    sought = read.sought
    if sought.asked is None or not read.candidates or _in_one(sought):
        return False
    words = own_words(sought.asked)
    return len(words) > 1 and not _had(words, {read.candidates[0].stretch.article})


def _in_one(sought: Sought) -> bool:
    return len({stretch.article.id for stretch in sought.stretches}) == 1


def _read(reader: Reader, sought: Sought) -> Read:
    stretches = sought.stretches[:READ]
    readings = reader.read(sought.question, [s.text for s in stretches])
    asked = sought.asked or sought.question
    read = zip(stretches, readings, strict=True)
    found = (c for s, reading in read for c in _candidates(sought, s, reading.spans, reading.answerable))
    if spoken_of := _pointed_at(sought):
        found = (
            c if keys(sentence(c.stretch, c.span)) & spoken_of else replace(c, score=c.score - UNFIT) for c in found
        )
    candidates = sorted(found, key=lambda c: -c.score if of_kind(asked, c) else UNFIT - c.score)
    return Read(sought, tuple(candidates), weigh(sought, candidates, reader))


def _pointed_at(sought: Sought) -> frozenset[str]:
    """What "it" or "that" of a follow-up stands for: the words of the thing that was spoken of before, as "the jet"."""
    if sought.asked is None or not POINTING.search(sought.asked):
        return frozenset()
    return frozenset().union(*kinds(sought.about))


def _candidates(sought: Sought, stretch: Stretch, spans: Sequence[Span], answerable: float) -> Iterator[Candidate]:
    """Those spans of a stretch that may be the answer."""
    asked = sought.asked or sought.question
    for span in spans:
        if not PLACE.search(asked):
            span = past_dateline(stretch, span)
        span = without_denied(stretch, span)
        if may_answer(asked, stretch, span) and _says_more(sought, stretch, span):
            yield Candidate(stretch, span, answerable, span.score + answerable + SEARCH_WEIGHT * stretch.score)


def may_answer(question: str, stretch: Stretch, span: Span) -> bool:
    """Not the dateline, where the report was written, unless a place is asked for; nor its outlet's name, nor words of
    two paragraphs; nor the day of another report for that of what happened; nor words that say nothing beside the
    question's, nor a number of other things than it asks for, or of those that should be named."""
    words, outlet = stretch.text[span.start : span.end], stretch.article.outlet
    if "\n\n" in words or (outlet and words.strip(" ()—–-").casefold() == outlet.casefold()):
        return False
    told = set(re.findall(r"\w+", words.casefold())) - EMPTY
    named = is_closed(question) or names_another(question)
    if not told or not (named or told - set(re.findall(r"\w+", question.casefold()))):
        return False
    if measures_others(question, words, stretch.text[span.end :]):
        return False
    if only_counts(question, _meant(stretch, span)):
        return False
    if asks_when(question) and not of_saying(question) and DATED_REPORT.search(stretch.text[: span.start]):
        return False
    return bool(PLACE.search(question)) or stretch.start + span.end > dateline(stretch.article.text)


def _says_more(sought: Sought, stretch: Stretch, span: Span) -> bool:
    """Does a span say more than was said before a follow-up, and about the same?

    "Why?" isn't answered by the answer itself, nor without a reason, nor by a sentence that has no word of what was
    said; "and the council?" is by one about the council; "who hit it?" isn't by the thing that was hit, nor "who put
    it out?" by who put something else.
    """
    asked, words = sought.asked, stretch.text[span.start : span.end]
    if asked is None:
        return True
    if has_half(asked, sentence(stretch, span)) or _only_speaks(asked, stretch, span):
        return False
    if asks_with_what(asked) and not names_means(words, stretch.text[max(0, span.start - MEANS) : span.start]):
        return False
    if names_another(asked):
        return not keys(asked).isdisjoint(keys(sentence(stretch, span)))
    if asks_who(asked) or not own_words(asked):
        head = (re.findall(r"\w+", words) or [""])[-1]
        named = set(re.findall(r"\w+", sought.question.lower()))
        if own_words(asked):  # "who shot that down?", asked again, is answered as before
            named -= set(re.findall(r"\w+", sought.before.lower()))
        if head.islower() and head in named:
            return False
    if asks_why(asked) and set(content(words)) <= set(content(sought.question)):
        return False
    if own_words(asked):
        return True
    if asks_why(asked) and (
        not gives_reason(sentence(stretch, span)) or keys(sought.question).isdisjoint(keys(_around(stretch, span)))
    ):
        return False
    return not sought.before or sought.before.casefold() not in words.casefold()


def _only_speaks(asked: str, stretch: Stretch, span: Span) -> bool:
    """Is a span who says a sentence that has no word of a question about something else than saying?"""
    if not asks_who(asked) or of_saying(asked) or keys(asked) & keys(sentence(stretch, span)):
        return False
    start, end = stretch.start + span.start, stretch.start + span.end
    sources = (said.source for said in voices_of(stretch.article).said if said.claim and said.source)
    return any(a <= start and end <= b for a, b in sources)


def _around(stretch: Stretch, span: Span) -> str:
    """The sentence that holds a span, and the one before it in its paragraph."""
    article, at = stretch.article, stretch.start
    start, end = whole(article, at + span.start, at + span.end)
    before = [a for a, b in sentences_of(article) if b <= start and "\n" not in article.text[b:start]]
    return article.text[before[-1] if before else start : end]


def sentence(stretch: Stretch, span: Span) -> str:
    """The sentence that holds a span."""
    start, end = whole(stretch.article, stretch.start + span.start, stretch.start + span.end)
    return stretch.article.text[start:end]


def of_kind(question: str, candidate: Candidate) -> bool:
    """Is it of the kind that the question asks for (a name, a day, a number), and not the question's own words?"""
    return fits(question, _meant(candidate.stretch, candidate.span)) and not set(content(candidate.text)) <= set(
        content(question)
    )


def _meant(stretch: Stretch, span: Span) -> Meaning:
    article, start = stretch.article, stretch.start + span.start
    before = article.text[max(0, start - BEFORE) : start]
    return meaning(stretch.text[span.start : span.end], article.published, before)


def weigh(sought: Sought, candidates: Sequence[Candidate], reader: Reader) -> Evidence:
    """What speaks for the best candidate, and against it."""
    if not candidates:
        return NO_EVIDENCE
    best, question = candidates[0], sought.question
    text = f"{best.stretch.article.title or ''} {best.stretch.text}"
    told = sentence(best.stretch, best.span)
    words = best.text.casefold()
    others = [c for c in candidates if c.stretch.article is not best.stretch.article]
    read = {c.stretch.article.id for c in others}
    stretches = {c.stretch: c.answerable for c in others}
    holding = {c.stretch.article.id for c in others if words in c.stretch.text.casefold()}
    agreeing = [c.span.score for c in others if words in c.text.casefold() or c.text.casefold() in words]
    covered, nameless = coverage(question, text, STOP_WORDS)
    alone = reader.read(question, [told], spans=1)[0].score
    return Evidence(
        span=best.span.score,
        lead=max(0.0, min(10.0, best.score - others[0].score)) if read else 10.0,
        ahead=best.stretch.score - fmean(s.score for s in stretches) if read else 0.0,
        covered=0.0 if read else covered,
        names=nameless,
        support=min(len(holding), 3),
        share=len(holding) / len(read) if len(read) >= SEVERAL else 0.0,
        agreeing=max([UNAGREED, *agreeing]),
        others=fmean(stretches.values()) if read else 0.0,
        single=float(not read),
        long=log(1 + len(content_words(sought.asked or question, STOP_WORDS))) if read else 0.0,
        alone=alone,
        contrary=float(is_contrary(question, told)),
    )


def reply(read: Read, question: Question, threshold: float) -> Answer:
    """Put what was read into an answer: quotes, who says them, and what else is said."""
    seen = looked_at(read.sought.stretches, read.candidates)
    reading = read.sought.reading if said(question.history) else None
    full, settled = threshold, read.settled
    if reading and (read.sought.thread or len(question.scope.articles or ()) == 1):
        threshold *= FOLLOWED
        if settled and settled.verdict in ("yes", "no") and not settled.corrects and read.confidence < full:
            settled = replace(settled, verdict="not settled")
    if settled:
        threshold *= CLOSED
    likely = read.candidates and read.confidence >= threshold and (read.bears or not threshold)
    if threshold and settled and not _bears(settled, question.words):
        likely = False
    agreement = agree(question.words, [statement_of(c) for c in read.candidates]) if likely else NOTHING
    if not agreement.sides:
        places = ((c.stretch.article, c.stretch.start, c.span) for c in read.candidates)
        spans = [(article, at + span.start, at + span.end) for article, at, span in places]
        tried = nearest(question.words, spans) if is_foreign(question.words) else None
        return Answer(
            question.words,
            "answered" if tried else "not_found",
            TRIED if tried else nothing_found(question.words, spans[0][0] if spans else None),
            quotes=(tried,) if tried else (),
            confidence=read.confidence,
            looked_at=seen,
            reading=reading,
        )
    first, *others = agreement.sides
    short, apart, saying = first.answer, agreement.disagreement, first.quotes
    quotes = [*first.quotes, *(quote for side in others for quote in side.quotes)]
    quotes.sort(key=lambda quote: short not in quote.text)  # the one that is phrased holds the answer's words
    if settled and settled.verdict:
        short = settled.verdict
        quotes = [quote for quote in quotes if not keys(question.words).isdisjoint(keys(quote.text))]
        place = settled.stretch.article, settled.start, settled.end
        settling = Quote(*place) if settled.corrects else voiced(*place)
        known = (q for q in quotes if q.text == settling.text and settling.article in q.also_in)
        quotes.insert(0, next(known, settling))  # a copy that is named already isn't quoted again
        quotes[1:1] = [voiced(s.stretch.article, s.start, s.end) for s in settled.others]
        apart = for_and_against(question.words, distinct(quotes), settled.about)
        said_so = (judged(question.words, q.article, q.start, q.end, settled.about) for q in quotes)
        saying = [quote for quote, verdict in zip(quotes, said_so, strict=True) if verdict == short] or quotes[:1]
    quotes = distinct(quotes)[:QUOTES]
    source = aside(unhedged(quotes[0], short, question.words), short)
    worded = words_for(source, short, apart, cue(quotes[0], short), sources_of(saying))
    return Answer(
        question.words,
        "answered",
        " ".join(filter(None, (worded, dated(question.words, quotes[0], short)))),
        short=short,
        alternatives=() if short in VERDICTS else tuple(side.answer for side in others)[:ALTERNATIVES],
        quotes=tuple(quotes),
        disagreement=apart,
        confidence=read.confidence,
        looked_at=seen,
        left_open=left_open(question.words, quotes),
        newest=newest(question.words, quotes[0], seen),
        reading=reading,
    )


def _bears(settled: Settled, question: str) -> bool:
    """Has the sentence that bears most on a yes-or-no question any word of it?"""
    asked, text = keys(question), settled.stretch.article.text[settled.start : settled.end]
    if len(asked) == 1:  # "is that official?" isn't settled by an officer
        return not _forms(question, asked).isdisjoint(_forms(text, asked))
    return not asked or not asked.isdisjoint(keys(text))


def _forms(text: str, asked: frozenset[str]) -> set[str]:
    """The words of a text that begin as asked, without their endings."""
    return {ENDING.sub("", w) for w in re.findall(r"\w+", text.lower()) if any(w.startswith(key) for key in asked)}


def statement_of(candidate: Candidate) -> Statement:
    """A candidate as a statement: its answer and its sentence."""
    start = candidate.stretch.start + candidate.span.start
    return Statement(candidate.text, quote_of(candidate.stretch, candidate.span), candidate.score, start)


def looked_at(stretches: Sequence[Stretch], candidates: Sequence[Candidate] = ()) -> tuple[Quote, ...]:
    """The stretches in final order: those that were read by their best span, then the rest as search ordered them."""
    order = {id(s): i for i, s in enumerate(dict.fromkeys(c.stretch for c in candidates))}
    ordered = sorted(stretches, key=lambda s: order.get(id(s), len(order)))
    return tuple(Quote(s.article, s.start, s.end) for s in ordered)
