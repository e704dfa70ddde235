"""Who says it: the statements that an article attributes to somebody, and the voice of any stretch of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answer import Stance
from assistant.clauses import Sentence, sentences
from assistant.phrases import antecedent
from assistant.speakers import Names, Said, names, resolve
from assistant.stances import FALSE, hedges, is_claim, stance_of
from assistant.statements import Statement, statements

# How much of a quote must lie between speaker, cue and what is said, for the quote to be the speaker's; more of it
# where a relative clause says so ("the bank, which denies it, paid").
COVER, ASIDE = 0.3, 0.6


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
        length = len(stretch.strip())
        claims = [a for a in self.said if a.claim and _overlap(_hull(a), (start, end)) >= self._cover(a) * length]
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

    def _cover(self, said: Attribution) -> float:
        aside = said.source is None or self.text[slice(*said.source)].lower() in ("who", "which", "that")
        return ASIDE if aside else COVER


def _hull(said: Attribution) -> tuple[int, int]:
    """From the first to the last character of source, cue and content."""
    spans = [span for span in (said.content, said.cue, said.source) if span]
    return min(s for s, _ in spans), max(e for _, e in spans)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def voices(text: str) -> Voices:
    """An article's voices: one parse, as many quotes as are wanted."""
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
            made = _attribution(text, sentence, f, known, history)
            if made.claim or not _in_passing(sentence, f):
                if f.direct:
                    direct, spoken = len(found), sentence.paragraph
                found.append(made)
        if finds and not any(f.direct for f in finds):
            direct = None
    return found


def _in_passing(sentence: Sentence, f: Statement) -> bool:
    """Is a deed told of in a participle or a relative clause: too thin to name a speaker for?"""
    return "g" in sentence.tags[slice(*f.cue)] or sentence.tags[f.source[0]] == "W"


def _attribution(text: str, sentence: Sentence, f: Statement, known: Names, history: list[Said]) -> Attribution:
    """A statement in characters of the text, with its speaker resolved; remembers the speaker."""
    who = sentence.span(antecedent(sentence, f.source))
    speaker, gender = resolve(text[slice(*who)], who[0], known, history)
    history.append(Said(speaker, who[1], gender))
    stance = stance_of(sentence, f)
    hedge = hedges(text[sentence.tokens[0].start : sentence.tokens[-1].end])
    return Attribution(
        content=sentence.span(f.content),
        cue=sentence.span(f.cue),
        source=sentence.span(f.source),
        speaker=speaker,
        stance="hedged" if hedge and stance == "attributed" else stance,
        hedge=hedge,
        claim=is_claim(sentence, f, text),
    )
