"""Who says it: the statements that an article attributes to somebody, and the voice of any stretch of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Stance
from assistant.clauses import Sentence, sentences
from assistant.denials import DENIALS, denier, denies
from assistant.extents import Statement
from assistant.hedges import hedges
from assistant.phrases import antecedent, opening_subject
from assistant.speakers import Names, Said, bare, names, person, resolve
from assistant.stances import is_claim, stance_of
from assistant.statements import nested, statements

# How much of a quote must lie between speaker, cue and what is said, for the quote to be the speaker's; more of it
# where a relative clause says so ("the bank, which denies it, paid").
COVER, ASIDE = 0.3, 0.6
INNER = 0.3  # of what one speaker passes on that another must say, to be the speaker


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
    within: int | None = None  # the attribution, by its place in the article's, in whose content this one stands


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a quoted stretch, and how surely; no speaker is the article's own voice."""

    speaker: str | None
    stance: Stance
    hedge: str | None = None
    cue: str | None = None
    via: str | None = None  # who passes on what the speaker says


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
            return self._unattributed(start, end)
        best = max(claims, key=lambda a: (a.stance == "denied", _overlap(a.content, (start, end))))
        best, via = self._innermost(best, start, end)
        cue = self.text[slice(*best.cue)] if best.cue else None
        content = self.text[slice(*best.content)]
        if best.stance == "denied" or denies(content):
            return Voice(best.speaker, "denied", None, cue, via)
        hedge = best.hedge or hedges(stretch)
        named = best.source is None or hedge is None or hedge not in self.text[slice(*best.source)]
        return Voice(best.speaker if named else None, "hedged" if hedge else "attributed", hedge, cue, via)

    def _unattributed(self, start: int, end: int) -> Voice:
        """The voice of a stretch that no verb of saying gives to anybody."""
        stretch = self.text[start:end]
        if denial := DENIALS.search(stretch):
            who = denier(denial) or (None if denial["passive"] else _subject(stretch[: denial.start()]))
            return Voice(who, "denied")
        if foreign := _SAID_ELSEWHERE.search(stretch):
            return Voice(foreign["who"], "attributed")
        hedge = hedges(stretch)
        if hedge is None and _QUOTED.match(stretch):
            before = self.text[:start].rpartition("\n")[2].strip()
            last = before[max(before.rfind(mark, 0, -1) + 1 for mark in ".!?”") :]
            speaker = _subject(last.strip()) if before else None
            return Voice(speaker if speaker and person(speaker) else None, "attributed")
        return Voice(None, "hedged" if hedge else "stated", hedge)

    def _innermost(self, outer: Attribution, start: int, end: int) -> tuple[Attribution, str | None]:
        """Who says most of what another passes on, and who that other is."""
        within = [
            a
            for a in self.said
            if a.within is not None
            and self.said[a.within] == outer
            and a.claim
            and _overlap(a.content, (start, end)) >= INNER * _overlap(outer.content, (start, end)) > 0
        ]
        if not within or not outer.speaker:
            return outer, None
        return max(within, key=lambda a: _overlap(a.content, (start, end))), outer.speaker

    def _cover(self, said: Attribution) -> float:
        aside = said.source is None or self.text[slice(*said.source)].lower() in ("who", "which", "that")
        return ASIDE if aside else COVER


# A quotation and who says it, in German, French, Spanish and Italian: no more is read of these languages.
_SAID_ELSEWHERE = re.compile(
    r"[„«“][^„«“”»]{8,}[“”»],? (?:sagte|sagt|erklärte|erklärt|betonte|meinte|berichtete|a déclaré|a dit|dijo"
    r"|declaró|ha detto) (?P<who>(?:(?:der|die|ein|eine|le|la|el|il) )?(?:[A-ZÄÖÜÉ][\w-]+ ){0,3}[A-ZÄÖÜÉ][\w-]+)"
)
_QUOTED = re.compile(r"\s*[“\"](?:[^”\"\s]+\s+){3,}[^”\"\s]+[,.!?…][”\"]")  # begins with a whole quotation


def _subject(words: str) -> str | None:
    """What the first sentence of some words is about, in their own words."""
    first = next(sentences(words), None)
    found = first and opening_subject(first, len(first.tags))
    return bare(words[slice(*first.span(found))]) if found else None


def _hull(said: Attribution) -> tuple[int, int]:
    """From the first to the last character of source, cue and content."""
    spans = [span for span in (said.content, said.cue, said.source) if span]
    return min(s for s, _ in spans), max(e for _, e in spans)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def voices(text: str) -> Voices:
    """An article's voices: one parse, as many quotes as are wanted."""
    return Voices(text, tuple(attributions(text, deep=True)))


def voice(text: str, start: int, end: int) -> Voice:
    """Who says `text[start:end]`, a sentence or two of an article, and how surely."""
    return voices(text).of(start, end)


def attributions(text: str, deep: bool = False) -> list[Attribution]:
    """What an article attributes to somebody, in order. Quotations go on over sentences and paragraphs.

    `deep`: also what those quote of others, "the paper reported that the officer had said …", each after the one that
    it stands in.
    """
    found: list[Attribution] = []
    known = names(text)
    history: list[Said] = []
    direct: int | None = None  # the attribution whose quotation may go on
    spoken = -1  # its paragraph
    thing = _Thing()
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
            if made.speaker and (meant := _meant(made.speaker, text, sentence, f, thing, history[:-1])):
                made = replace(made, speaker=meant)
            if made.claim or not _in_passing(sentence, f):
                if f.direct:
                    direct, spoken = len(found), sentence.paragraph
                found.append(made)
                if deep and made.stance != "denied":
                    said = [_attribution(text, sentence, n, known, history) for n in nested(sentence, f)]
                    _place_within(found, len(found) - 1, said)
        if finds and not any(f.direct for f in finds):
            direct = None
        if not finds and (who := _reacts(text, sentence, known)):
            history.append(who)
        thing = _thing(text, sentence) or thing
    return found


def _reacts(text: str, sentence: Sentence, known: Names) -> Said | None:
    """Whom a sentence names that says nothing of its own but that he speaks: “Hay disagreed.” He is "he" from there."""
    verb = re.match("[DC](?:[CN]|R)*(?=V)", sentence.tags)
    if verb is None:
        return None
    who = sentence.span((0, verb.end()))
    speaker, gender = resolve(text[slice(*who)], who[0], known, [])
    return Said(speaker, who[1], gender)


@dataclass(frozen=True, slots=True)
class _Thing:
    """What "it" or "they" may mean in the next sentence of a paragraph: the last one's subject, if it is no person."""

    name: str | None = None
    several: str | None = None
    paragraph: int = -1


def _thing(text: str, sentence: Sentence, before: int | None = None) -> _Thing | None:
    """The subject that a sentence opens with; None for a pronoun, which stands for what was named before."""
    subject = opening_subject(sentence, len(sentence.tags) if before is None else before)
    if subject is None or sentence.tags[subject[0]] in "PWT":
        return None
    if re.fullmatch("[DCNUG]+[oIf]", sentence.tags[: subject[0]]):
        subject = (0, subject[1])  # "media loyal to the king"
    name = bare(text[slice(*sentence.span(subject))])
    if person(name) or not name or _PREPOSITION.match(name):
        return _Thing(paragraph=sentence.paragraph)
    if _SEVERAL.search(_AFTER_HEAD.split(name, maxsplit=1)[0]):
        return _Thing(None, name, sentence.paragraph)
    return _Thing(name, None, sentence.paragraph)


_PREPOSITION = re.compile(r"(?:of|in|on|at|for|from|with|to|by|as)\b", re.I)
_AFTER_HEAD = re.compile(r" (?:of|who|that|in|at|from|with|behind|to|for|loyal|close|near|on) ")
_SEVERAL = re.compile(r"(?:\b[a-z]\w*[^su\W]s|\b(?:men|women|people|media|police|children))$", re.I)
_THEIRS = re.compile(r"their (?:own )?(?:reports?|accounts?|statements?|version|words|claims?|figures)$", re.I)
# "Neither side has confirmed": nobody says so; "the", of a noun that was read as a verb, is nobody either.
_NOBODY = re.compile(r"(?:neither|none|nobody|nothing|no)\b|(?:the|an?)$", re.I)


def _meant(
    said: str, text: str, sentence: Sentence, f: Statement, thing: _Thing, history: Sequence[Said]
) -> str | None:
    """Whom "it", "they" or "their reports" means: the last sentence's subject, the last body that spoke, or this
    sentence's subject; None where none of them can be meant."""
    one = said.lower() == "it"
    if not one and said.lower() != "they" and not _THEIRS.match(said):
        return None
    before = thing if thing.paragraph == sentence.paragraph else _Thing()
    own = _thing(text, sentence, f.source[0]) or _Thing()
    if not one:
        return own.several or before.several
    spoke = history[-1].speaker if history else None
    body = spoke and spoke.lower() not in _PRONOUNS and not person(spoke) and not _SEVERAL.search(spoke)
    return before.name or (spoke if body else None) or own.name


_PRONOUNS = frozenset(["it", "they", "he", "she", "we", "i", "you", "who", "that", "which"])


def _place_within(found: list[Attribution], outer: int, said: list[Attribution]) -> None:
    """Add what somebody else says within an attribution; one that was found already is told where it stands."""
    for made in said:
        if not made.claim or made.speaker in _SPEAKERS_OWN or made.speaker == found[outer].speaker:
            continue
        known = next((i for i, a in enumerate(found) if a.cue == made.cue), None)
        if known is None:
            found.append(replace(made, within=outer))
        else:
            found[known] = replace(found[known], within=outer)


def _in_passing(sentence: Sentence, f: Statement) -> bool:
    """Is a deed told of in a participle or a relative clause: too thin to name a speaker for?"""
    return "g" in sentence.tags[slice(*f.cue)] or sentence.tags[f.source[0]] == "W"


# Who speaks of himself passes nothing on: "the council said that it had promised …".
_SPEAKERS_OWN = frozenset(["i", "I", "we", "We", "you", "You", "it", "It", "they", "They"])


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
        claim=is_claim(sentence, f, text) and not _NOBODY.match(text[slice(*who)]),
    )
