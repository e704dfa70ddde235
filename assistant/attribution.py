"""Who says it: the statements that an article attributes to somebody, and the voice of any stretch of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answer import Stance
from assistant.clauses import Sentence, Token, sentences
from assistant.cues import CLAIMS, DENY, DISMISS, HEDGES, NEGATIONS
from assistant.phrases import antecedent
from assistant.speakers import Names, Said, names, resolve
from assistant.statements import Statement, statements

COVER = 0.5  # of a quote's characters must be said by somebody, for the quote to be theirs


@dataclass(frozen=True, slots=True)
class Attribution:
    """Spans are code points of the article's text: what is said, the words that show it, and who says it."""

    content: tuple[int, int]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    speaker: str | None
    stance: Stance
    hedge: str | None = None


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
        """The voice of `text[start:end]`: of the attribution that covers most of it, else the article's own."""
        stretch = self.text[start:end]
        best = max(self.said, key=lambda a: _overlap(a.content, (start, end)), default=None)
        shared = _overlap(best.content, (start, end)) if best else 0
        frame = sum(_overlap(s, (start, end)) for s in (best.cue, best.source) if s) if best else 0
        if best is None or shared < COVER * max(1, end - start - frame):
            hedge = hedges(stretch)
            return Voice(None, "hedged" if hedge else "stated", hedge)
        cue = self.text[slice(*best.cue)] if best.cue else None
        return Voice(best.speaker, best.stance, best.hedge, cue)


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
    stance, hedge = stance_of(sentence, f, text)
    return Attribution(content, cue, source, speaker, stance, hedge)


def stance_of(sentence: Sentence, f: Statement, text: str) -> tuple[Stance, str | None]:
    """Denied, hedged or attributed, by the cue and by the outlet's own words around it."""
    words = [t.word for t in sentence.tokens[f.cue[0] : f.cue[1]]]
    lemmas = {c.lemma for t in sentence.tokens[f.cue[0] : f.cue[1]] for c in t.cues}
    negated = any(w in NEGATIONS or w.endswith("n't") for w in words)
    if lemmas & DENY and not negated:
        return "denied", None
    if lemmas & DISMISS and not negated and any(t.word in CLAIMS for t in sentence.tokens[slice(*f.content)][:8]):
        return "denied", None
    hedge = hedges(" ".join(text[t.start : t.end] for t in sentence.tokens[: f.cue[1]] if not _inside(t, sentence, f)))
    return ("hedged", hedge) if hedge else ("attributed", None)


def _inside(token: Token, sentence: Sentence, f: Statement) -> bool:
    start, end = sentence.span(f.content)
    return start <= token.start < end


def hedges(words: str) -> str | None:
    """The first words that hedge, as they stand."""
    match = HEDGES.search(words)
    return match.group() if match else None
