"""Who says it: the statements that an article attributes to somebody, and the voice of any stretch of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answer import Stance
from assistant.clauses import Sentence, sentences
from assistant.cues import (
    CLAIMS,
    DENY,
    DISMISS,
    EMPTY,
    FACTIVE,
    FALSE,
    HEDGES,
    INTENTION,
    JUDGEMENT,
    NEGATIONS,
    WITHHELD,
)
from assistant.phrases import antecedent
from assistant.speakers import Names, Said, names, resolve
from assistant.statements import Statement, statements

COVER = 0.5  # of a quote must lie between a speaker, the cue and what is said, for the quote to be the speaker's


@dataclass(frozen=True, slots=True)
class Attribution:
    """Spans are code points of the article's text: what is said, the words that show it, and who says it."""

    content: tuple[int, int]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    speaker: str | None
    stance: Stance
    hedge: str | None = None
    claim: bool = True  # of the source, rather than a deed or a feeling that the article tells of


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a quoted stretch, and how surely; no speaker is the article's own voice."""

    speaker: str | None
    stance: Stance
    hedge: str | None = None
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Voices:
    """An article parsed once, for all of its quotes."""

    text: str
    said: tuple[Attribution, ...]

    def of(self, start: int, end: int) -> Voice:
        """The voice of `text[start:end]`: of the claim that covers most of it, else the article's own."""
        stretch = self.text[start:end]
        claims = [a for a in self.said if a.claim and _overlap(_hull(a), (start, end)) >= COVER * len(stretch.strip())]
        if not claims:
            hedge = hedges(stretch)
            return Voice(None, "hedged" if hedge else "stated", hedge)
        best = max(claims, key=lambda a: (a.stance == "denied", _overlap(a.content, (start, end))))
        cue = self.text[slice(*best.cue)] if best.cue else None
        if best.stance == "denied" or FALSE.search(stretch):
            return Voice(best.speaker, "denied", None, cue)
        hedge = best.hedge or hedges(stretch)
        named = best.source is None or hedge is None or hedge not in self.text[slice(*best.source)]
        return Voice(best.speaker if named else None, "hedged" if hedge else "attributed", hedge, cue)


def _hull(said: Attribution) -> tuple[int, int]:
    """From the first to the last character of source, cue and content."""
    spans = [span for span in (said.content, said.cue, said.source) if span]
    return min(s for s, _ in spans), max(e for _, e in spans)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def voices(text: str) -> Voices:
    return Voices(text, tuple(attributions(text)))


def voice(text: str, start: int, end: int) -> Voice:
    """Who says `text[start:end]`, a sentence or two of an article, and how surely."""
    return voices(text).of(start, end)


def attributions(text: str) -> list[Attribution]:
    """What an article attributes to somebody, in order. Quotations go on over sentences and paragraphs."""
    found: list[Attribution] = []
    known = names(text)
    history: list[Said] = []
    direct: int | None = None  # the attribution whose quotation may go on
    spoken = -1  # its paragraph
    for sentence in sentences(text):
        finds = statements(sentence)
        opens = sentence.tags[0] == "Q" and not any(f.content[0] == 0 for f in finds)
        alone = sentence.tags.rstrip(".") == "Q"
        if direct is not None and opens and (sentence.paragraph == spoken or alone):
            before = found[direct]
            found[direct] = replace(before, content=(before.content[0], sentence.tokens[0].end))
            spoken = sentence.paragraph
        elif not alone:
            direct = None
        for f in finds:
            if f.direct:
                direct, spoken = len(found), sentence.paragraph
            made = _attribution(text, sentence, f, known, history)
            found.append(made)
        if finds and not any(f.direct for f in finds):
            direct = None
    return found


def _attribution(text: str, sentence: Sentence, f: Statement, known: Names, history: list[Said]) -> Attribution:
    """A find in characters of the text, with its speaker resolved; remembers the speaker."""
    content, cue = sentence.span(f.content), sentence.span(f.cue)
    source = sentence.span(f.source) if f.source else None
    speaker = None
    if source and f.source:
        who = sentence.span(antecedent(sentence, f.source))
        speaker, gender = resolve(text[slice(*who)], who[0], known, history)
        history.append(Said(speaker, who[1], gender))
    stance = _stance(sentence, f)
    hedge = hedges(text[sentence.tokens[0].start : sentence.tokens[-1].end])
    if stance == "attributed" and hedge:
        stance = "hedged"
    return Attribution(content, cue, source, speaker, stance, hedge, _claims(sentence, f, text))


def _claims(sentence: Sentence, f: Statement, text: str) -> bool:
    """Is a statement a claim of its source, rather than a deed or a feeling that the article tells of?"""
    first = sentence.tokens[f.content[0]].word
    if first in EMPTY or (first in WITHHELD and f.frame == "judge"):
        return False
    if _negated(sentence, f) and f.frame != "want":
        return any(t.word in ("could", "can", "couldn't", "cannot", "can't") for t in sentence.tokens[slice(*f.cue)])
    lemmas = _lemmas(sentence, f)
    if f.frame == "want":
        return bool(lemmas & INTENTION)
    if f.frame == "say":
        return not (lemmas & FACTIVE or _title(sentence, f, text))
    return bool(lemmas & (JUDGEMENT | DENY)) or _stance(sentence, f) == "denied"


def _title(sentence: Sentence, f: Statement, text: str) -> bool:
    """Is what is said only the name of a book or a song, capitalised in quotation marks?"""
    start, end = sentence.span(f.content)
    named = re.findall(r"[^\W\d_]{4,}", text[start:end])
    whole = f.content[1] - f.content[0] == 1 and sentence.tags[f.content[0]] == "Q" and f.cue[0] < f.content[0]
    return whole and len(named) > 1 and all(word[0].isupper() for word in named)


def _lemmas(sentence: Sentence, f: Statement) -> set[str]:
    return {c.lemma for t in sentence.tokens[slice(*f.cue)] for c in t.cues}


def _negated(sentence: Sentence, f: Statement) -> bool:
    cue = [t.word for t in sentence.tokens[slice(*f.cue)]]
    return "only" not in cue and any(w in NEGATIONS or w.endswith("n't") for w in cue)


def _stance(sentence: Sentence, f: Statement) -> Stance:
    """Denied, where the cue says so, or else attributed."""
    content = [t.word for t in sentence.tokens[slice(*f.content)]]
    if _negated(sentence, f) or content[0] in WITHHELD:
        return "attributed"
    lemmas = _lemmas(sentence, f)
    claim = not CLAIMS.isdisjoint(content[:8])
    return "denied" if lemmas & DENY or (lemmas & DISMISS and claim) else "attributed"


def hedges(words: str) -> str | None:
    """The first words that hedge, as they stand."""
    match = HEDGES.search(words)
    return match.group().strip() if match else None
