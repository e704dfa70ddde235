"""Who says it first: Smith said that …, what is told by Smith, and what Smith wants, feels or makes clear."""

from __future__ import annotations

import re

from assistant.clauses import Sentence
from assistant.cues import ABOUT, ASPECT, CLAUSAL, PARTICLES, SPEECH, Frame
from assistant.extents import ADJUNCT, Statement, clause_follows, end_of, frames_of, group, passive, said_from, speech
from assistant.phrases import Span, opening_subject, right_noun, subject

# Possessive throughout: a list of a thousand nouns without a "that" must not be tried in every division.
_THAT = re.compile(r"(?:[ROUt]|[Iof][DCNUGRJft-]*+|[DCNU][DCNUGJ]*+)*+,?(?=[TQ:])")
_PERSON = re.compile(r"O(?=[PSDoWCN])|[DCNGUf]+(?=[PSDoW])")
_AWAY = frozenset(["off", "aside", "away", "down"])  # "laughed off rumours that": what is put aside follows
_SPOKEN = re.compile(r"[DNCUR]{1,5}(?=[foTIg])")


def preposed(sentence: Sentence, index: int, found: list[Statement]) -> Statement | None:
    """“X said content”, also passive, and “which X said”."""
    tags, tokens = sentence.tags, sentence.tokens
    if tags[index] == "V" and passive(sentence, index):
        return _by(sentence, index)
    left = group(tags, index) if tags[index] == "V" else index
    content = _content(sentence, index)
    if content is None:
        return _fronted(sentence, left, index)
    source = _source(sentence, left, index, found)
    if source is None or (tags[source[0]] == "T" and tags[index + 1] == "," and "Q" not in tags):
        return None  # “That said, …”
    start, cue_end, frame = content
    if start == len(tags):
        return None  # nothing follows the cue
    relative = source[0] and (tags[source[0] - 1] == "W" or tokens[source[0] - 1].word == "what")
    if relative and tags[start] not in "TQ":
        start = source[0] - 1
    aside = tags[source[0]] in "WT" or tags[index] == "g"
    opening = tags[0] in "Sg" and source[0] < 8 and "," not in tags[: source[0]]
    end = end_of(sentence, start, frame, aside, opening)
    return Statement((start, end), (left, cue_end), source, frame, "Q" in tags[start:end]) if end > start else None


def _source(sentence: Sentence, left: int, index: int, found: list[Statement]) -> Span | None:
    """Whose verb group begins at `left`; “…, adding that” and “… and said” share the source before them."""
    tags, tokens = sentence.tags, sentence.tokens
    if tags[index] == "g":
        own = subject(sentence, left) if left and tags[left - 1] in "CNG)U" else None
        return own or _shared(sentence, left, found)
    if left and tags[left - 1] == "o":
        governed = left > 1 and tokens[left - 2].word in ASPECT
        return _shared(sentence, left - 1, found) if governed else None
    if left and tags[left - 1] in "JB":
        return _shared(sentence, left, found)
    if left > 1 and tags[left - 1] in ",R" and tags[left - 2] in "JB,":
        own = subject(sentence, left) if tags[left - 1] == "," else None
        return own or _shared(sentence, left, found)
    return subject(sentence, left)


def _shared(sentence: Sentence, at: int, found: list[Statement]) -> Span | None:
    """The source of the nearest statement before a place, else the sentence's subject."""
    before = [s for s in found if s.cue[0] < at and s.source[0] < at]
    return max(before, key=lambda s: s.cue[0]).source if before else opening_subject(sentence, at)


def _fronted(sentence: Sentence, left: int, index: int) -> Statement | None:
    """“which X described”, “what he wanted”: what is said stands before who says it."""
    tags, tokens = sentence.tags, sentence.tokens
    source = subject(sentence, left)
    if frames_of(tokens[index]) & {"make", "feel"} or source is None or not source[0] or tags[source[0]] in "WT":
        return None
    what = source[0] - 1
    if tags[what] not in "WT" and tokens[what].word != "what":
        return None
    return Statement((what, index + 1), (left, index + 1), source, "judge")


def _content(sentence: Sentence, index: int) -> tuple[int, int, Frame] | None:
    """Where what a verb introduces begins, where its cue ends, and the frame that fits."""
    tags, tokens = sentence.tags, sentence.tokens
    frames = frames_of(tokens[index])
    lemma = tokens[index].cues[0].lemma
    start = index + 1
    rest = tags[start:]
    if not rest.strip(".,"):
        return None
    seen_as = re.match("[DCNGU]+S", rest)  # “see the tax as the last straw”
    seen = seen_as is not None and tokens[start + seen_as.end() - 1].word == "as"
    if lemma in CLAUSAL and not re.match("[,:]?[TQ]", rest) and not seen and not clause_follows(sentence, start):
        return None
    if "feel" in frames:
        return _felt(sentence, start)
    made = _made(sentence, start) if "make" in frames else None
    if made or frames == {"make"}:
        return made
    start, frame = _framed(sentence, index, frames, lemma)
    if frame is None:
        return None
    cue_end = start if frame in ("about", "want") else index + 1
    while start < len(tags) and tags[start] in ":,-":
        start += 1
    return start, cue_end, frame


def _felt(sentence: Sentence, start: int) -> tuple[int, int, Frame] | None:
    """“is confident that …”, “is wary of …”, “is eager to …”"""
    tag = sentence.tags[start]
    if tag == "T":
        return start, start, "say"
    if tag == "f" or sentence.tokens[start].word in ("about", "with", "at", "over"):
        return start + 1, start, "judge"
    return (start, start, "want") if tag == "o" else None


def _made(sentence: Sentence, start: int) -> tuple[int, int, Frame] | None:
    """“made it clear that …”, “issued a warning of …”"""
    tags, tokens = sentence.tags, sentence.tokens
    clear = start + (tokens[start].word == "it")
    if clear + 1 < len(tokens) and tokens[clear].word == "clear":
        return clear + 1, clear + 1, "say"
    noun = _SPOKEN.match(tags, start)
    if noun is None or tokens[noun.end() - 1].word not in SPEECH:
        return None
    at = noun.end()
    if tags[at] == "I" and tokens[at].word not in ("about", "on", "for", "against", "over"):
        return None
    return at + (tags[at] not in "oT"), at, "say" if tags[at] == "T" else "judge"


def _framed(sentence: Sentence, index: int, frames: set[Frame], lemma: str) -> tuple[int, Frame | None]:
    """Where the content of a verb begins, and as which of its frames it reads."""
    tags, tokens = sentence.tags, sentence.tokens
    start = index + 1
    first, word = tags[start], tokens[start].word
    speech = bool(frames & {"say", "tell"})
    that = _THAT.match(tags, start)
    if "about" in frames and word in _AWAY and word in ABOUT.get(lemma, ()):
        return start + 1, "about"
    if (speech or "think" in frames) and first in "TQ:,":
        return start, "say"
    said = speech or "think" in frames
    if said and that and that.end() - start < 10 and (first in "ItRofU" or "tell" in frames):
        return that.end(), "say"
    person = _PERSON.match(tags, start) if "tell" in frames else None
    if person:
        told: Frame = "say" if lemma in ("tell", "assure", "remind", "inform") else "judge"
        return person.end() if tags[person.end()] in "PDWCN" else start, told
    if "want" in frames and re.compile("R?o").match(tags, start):
        return start, "want"
    if "about" in frames and word in ABOUT.get(lemma, ()):
        held = lemma == "hold" or tags[start + 1 : start + 2] in ("T", "Q")
        return start + 1, "say" if held else "about"
    if frames & {"say", "think"} and first in "PDCNTUSOQRXWg":
        return start, "say" if lemma == "say" or first == "g" or clause_follows(sentence, start) else "judge"
    if "say" in frames and first in "Itf":
        stop = ADJUNCT.match(tags, start).end()
        if tags[stop : stop + 1] in tuple("PCDNSTQ:"):
            return stop, "say"
        if lemma == "say" and tags[stop : stop + 1] not in ("", "."):
            return start, "say"
    if "judge" in frames and word in PARTICLES and word not in ABOUT.get(lemma, ()):
        return start, None  # “called off the match” calls it nothing
    if "judge" in frames and (first in "DCNOUQWSTgR" or word in ("it", "you")):
        return start, "judge"
    return start, None


def _by(sentence: Sentence, index: int) -> Statement | None:
    """“was accused by X of …”, “was reported by X”."""
    tags, tokens = sentence.tags, sentence.tokens
    agent = next((i for i in range(index + 1, min(len(tags), index + 12)) if tokens[i].word == "by"), None)
    if agent is None or any(t in ",;.:TXVF" for t in tags[index + 1 : agent]):
        return None
    source = right_noun(sentence, agent + 1)
    if source is None:
        return None
    of = tags.find("f", agent + 2, source[1])
    if of > 0 and any(c.lemma == "accuse" for c in tokens[index].cues):
        source = (agent + 1, of)
    left = group(tags, index)
    patient = subject(sentence, left)
    after = source[1] + 1
    saying = after < len(tags) - 1 and tokens[source[1]].word == "as" and tags[after] == "g" and speech(tokens[after])
    if patient and saying:  # “was quoted by X as saying”
        return Statement((after + 1, end_of(sentence, after + 1, "say")), (left, after + 1), patient)
    if tags[source[1] : after] in tuple("foT"):
        frame: Frame = (
            "say" if tags[source[1]] == "T" and speech(tokens[index]) else "judge"
        )  # “It was claimed by X that”
        return Statement((source[1], end_of(sentence, source[1], frame)), (left, index + 1), source, frame)
    if left and (patient is None or tags[patient[0] - 1 : patient[0]] in tuple("XVF")):
        patient = (said_from(sentence, left, quoted=False), left)  # “Claims that X had lied were dismissed by Y”
    return Statement(patient, (left, agent + 1), source, "judge") if patient else None
