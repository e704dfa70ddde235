"""The attributions of one sentence, by patterns of its tags: cue, source and what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.clauses import Sentence
from assistant.cues import ABOUT, ASPECT, BE, CLAUSAL, MEASURES, MODALS, OF_WHOM, PARTICLES, SPEECH, VIEWS, Frame
from assistant.extents import clausal, clause_follows, end_of, frames_of, says, speech
from assistant.phrases import Span, opening_subject, right_noun, subject

_ADJUNCT = re.compile(r"(?:R|D?t++|U|\([^)]*\)|[Iof][DCNUGRJft-]*+)*+")  # "on Tuesday", "in a statement", "of the plan"
_TOLD = re.compile(r"(?:R|O|D?t++|U|\([^)]*\)|[Iof]?[DCNU][DCNUGRJft-]*+|[Iof])*+")  # and to whom
# Possessive throughout: a list of a thousand nouns without a "that" must not be tried in every division.
_THAT = re.compile(r"(?:[ROUt]|[Iof][DCNUGRJft-]*+|[DCNU][DCNUGJ]*+)*+,?(?=[TQ:])")
_PERSON = re.compile(r"O(?=[PSDoWCN])|[DCNGUf]+(?=[PSDoW])")
_TIME = re.compile("[DR]t")
_SPOKEN = re.compile(r"[DNCUR]{1,5}(?=[foTIg])")


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution in one sentence, in token positions, ends exclusive."""

    content: Span
    cue: Span
    source: Span
    frame: Frame = "say"
    direct: bool = False  # words in quotation marks, which the next sentence may go on with


def statements(sentence: Sentence) -> list[Statement]:
    """The attributions of a sentence, left to right; nothing inside what is said is looked at."""
    tags = sentence.tags
    found = list(_postposed(sentence))
    for index, tag in enumerate(tags):
        if any(start <= index < end for s in found for start, end in (s.content, s.cue, s.source)):
            continue
        made = None
        if sentence.tokens[index].word in ("put", "puts"):
            made = _estimated(sentence, index)
        elif tag in "Vg":
            made = _preposed(sentence, index, found)
        elif sentence.tokens[index].word == "according":
            made = _according(sentence, index)
        elif sentence.tokens[index].word in VIEWS:
            made = _in_view(sentence, index)
        elif sentence.tokens[index].word in SPEECH and tags[index + 1 : index + 2] == "T":
            made = _nominal(sentence, index)
        elif tags.startswith(":Q", index) and all(s.content[0] != index + 1 for s in found):
            made = _captioned(sentence, index)
        if made is not None and _credible(sentence, made):
            found += _clipped(made, found)
    return sorted(found, key=lambda s: s.cue)


SHORTEST = 4  # tokens in which speech within speech is looked for
_TOLD_FRAMES = frozenset(["say", "tell"])


def nested(sentence: Sentence, outer: Statement) -> list[Statement]:
    """The statements within what is said: “the paper reported that the officer had said …”."""
    start, end = outer.content
    if quoted := _quoted_as_saying(sentence, outer):
        return [quoted]
    if outer.frame not in _TOLD_FRAMES or end - start < SHORTEST:
        return []
    start = re.compile("T?,?").match(sentence.tags, start).end()
    inside = Sentence(sentence.tokens[start:end], sentence.tags[start:end], sentence.paragraph)
    return [_moved(s, start) for s in statements(inside) if s.frame in _TOLD_FRAMES]


def _quoted_as_saying(sentence: Sentence, outer: Statement) -> Statement | None:
    """“[quoted] an officer as saying that …”"""
    start, end = outer.content
    for i in range(start + 1, end - 2):
        if sentence.tokens[i].word == "as" and sentence.tags[i + 1] == "g" and speech(sentence.tokens[i + 1]):
            return Statement((i + 2, end), (i, i + 2), (start, i))
    return None


def _moved(statement: Statement, by: int) -> Statement:
    spans = (statement.content, statement.cue, statement.source)
    content, cue, source = ((a + by, b + by) for a, b in spans)
    return replace(statement, content=content, cue=cue, source=source)


def _credible(sentence: Sentence, made: Statement) -> bool:
    """Not “that shows”, not a bare word, not what somebody would or may say."""
    first = sentence.tags[made.content[0]]
    bare = made.content[1] - made.content[0] == 1 and first not in "QC"
    denied = any(c.lemma == "deny" for t in sentence.tokens[slice(*made.cue)] for c in t.cues)
    if sentence.tags[made.source[0]] == "T" or (bare and not denied):
        return False
    modal = any(t.word in MODALS for t in sentence.tokens[slice(*made.cue)])
    return first in "TQ" or not modal


def _clipped(made: Statement, found: list[Statement]) -> list[Statement]:
    """A statement up to where the next one found begins; none if nothing is left of it."""
    start, end = made.content
    begins = [span[0] for other in found for span in (other.content, other.cue, other.source) if start < span[0]]
    end = min([end, *begins])
    return [replace(made, content=(start, end))] if end > start else []


def _group(tags: str, verb: int) -> int:
    """Where the verb group of a verb begins: “has not yet said”."""
    left = verb
    while left and tags[left - 1] in "XR":
        left -= 1
    while left < verb and tags[left] == "R":
        left += 1
    return left


# --- what is said first: “…,” Smith said -----------------------------------------------------------------------------


def _postposed(sentence: Sentence) -> Iterator[Statement]:
    """“content, X said” and “content, said X”, with the rest of what is said behind it."""
    for index, tag in enumerate(sentence.tags):
        made = None
        if tag == "V":
            made = _credited(sentence, index)
        elif sentence.tokens[index].word == "according" and index > 3 and sentence.tags[index - 2 : index] != "T,":
            made = _according(sentence, index)
        elif sentence.tokens[index].word in OF_WHOM:
            made = _in_the_words(sentence, index)
        elif sentence.tokens[index].word == "as":
            made = _as_seen(sentence, index)
        if made is not None:
            yield made


def _credited(sentence: Sentence, index: int) -> Statement | None:
    """The statement before “, X said” at a verb."""
    tags, tokens = sentence.tags, sentence.tokens
    left = _group(tags, index)
    source = subject(sentence, left)
    edge, rest = source[0] if source else 0, index + 1
    quoted = left > 0 and tags[left - 1] == "Q"
    if left == index and left and tags[left - 1] in "Q,-" and _inverts(sentence, index, quoted):
        inverted = _said_by(sentence, index + 1)
        if quoted or source is None or (inverted and inverted[1] >= len(tags.rstrip("."))):
            source = inverted
            edge, rest = left, source[1] if source else 0
    if edge > 1 and tokens[edge - 1].word == "as":
        edge -= 1  # “…, as Smith put it”
    if source is None or not edge or tags[edge - 1] not in "Q,-" or tags[source[0]] in "WT":
        return None
    quoted = tags[edge - 1] == "Q" or tags[max(0, edge - 2) : edge] in ("Q,", "Q-")
    if not speech(tokens[index]) and not (quoted and re.compile("R?[.,]").match(tags, index + 1)):
        return None
    stop = (_TOLD if "tell" in frames_of(tokens[index]) else _ADJUNCT).match(tags, rest).end()
    if not _closes(sentence, edge, stop, quoted):
        return None
    start = _said_from(sentence, edge, quoted)
    end = edge
    while end > start and tags[end - 1] in ",-":
        end -= 1
    said = tags[start:end]
    aside = tags[stop : stop + 1] == "," and tags[stop + 1 : stop + 2] != "Q"
    if not said or (not quoted and said[0] in "SIgV" and "," not in said and stop < len(tags) - 1 and not aside):
        return None  # “When the talks ended, X said that …”
    tail = _tail(sentence, stop, quoted, whole=clausal(said) and said[0] not in "SI")
    if not quoted and not tail and not clausal(said) and (stop < len(tags) - 1 or len(said) < 4 or said[0] in "IR"):
        return None
    return Statement((start, max(end, tail)), (left, index + 1), source, direct=quoted)


def _said_by(sentence: Sentence, start: int) -> Span | None:
    """The noun phrase after “…, said”, with a relative clause that ends the sentence: “a woman who lives nearby”."""
    source = right_noun(sentence, start)
    clause = re.compile(r"W[^,.;:Q]*(?=\.?$)").match(sentence.tags, source[1]) if source else None
    return (source[0], clause.end()) if source and clause else source


_SHOWING = frozenset("shows showed finds found indicates indicated".split())  # what stands after them is shown


def _inverts(sentence: Sentence, index: int, quoted: bool) -> bool:
    """May this verb stand before who says it: said, says, wrote, …"""
    tags = sentence.tags
    if sentence.tokens[index].word in _SHOWING:
        return False
    following = tags[index + 1 : index + 2]
    if following not in tuple("CDNURP") or (following == "P" and not quoted) or _TIME.match(tags, index + 1):
        return False
    return any(c.frame == "say" and c.forms & {"past", "s"} for c in sentence.tokens[index].cues)


def _closes(sentence: Sentence, edge: int, stop: int, quoted: bool) -> bool:
    """Is “X said on Tuesday” at an end here, rather than followed by what X said?"""
    tags, tokens = sentence.tags, sentence.tokens
    if stop == len(tags):
        return True
    if tags[edge - 1] == "Q" and tokens[edge - 1].word == '",' and (edge == 1 or tags[edge - 2] in ",:;-"):
        return tags[stop] not in ("Q:" if edge == 1 else "TQ:")
    if quoted:
        return tags[stop] in ".,;-QgSJ"
    if tags[stop] == "S":
        return tokens[stop].word in ("after", "before", "when", "as")
    return tags[stop] in ".,;-"


def _said_from(sentence: Sentence, edge: int, quoted: bool) -> int:
    """Where the clause before “…, she said” begins."""
    tags = sentence.tags
    start = max(tags.rfind(";", 0, edge), tags.rfind(":", 0, edge)) + 1
    last = tags.rfind("Q", start, edge) if quoted else -1
    if last > start and "V" in tags[start:last]:
        return last
    while start < edge and tags[start] in "B,":
        start += 1
    return start


def _tail(sentence: Sentence, stop: int, quoted: bool, whole: bool) -> int:
    """The end of what is said after “…, she said, …”; 0 where nothing follows. `whole`: what came was a clause."""
    tags, tokens = sentence.tags, sentence.tokens
    if tags[stop : stop + 2] == ".Q":
        return stop + 2 if quoted else 0
    if stop >= len(tags) or tags[stop] not in ",;-Q" or (tags[stop] == "Q" and tags[stop - 1] not in "VPCN"):
        return 0
    start = stop if tags[stop] == "Q" else stop + 1
    if start == len(tags) or tags[start] == "g":
        return 0
    if quoted:
        last = tags.rfind("Q", start)
        return last + 1 if last >= 0 and not says(sentence, start, last) else 0
    if tags[stop] == ";" or says(sentence, start, len(tags)):
        return 0
    if whole and not (clausal(tags[start:]) and (tags[start] in "JBSTWR" or tokens[start].word == "so")):
        return 0
    return len(tags) - (tags[-1] == ".")


# --- who says it first: Smith said that … ----------------------------------------------------------------------------


def _preposed(sentence: Sentence, index: int, found: list[Statement]) -> Statement | None:
    """“X said content”, also passive, and “which X said”."""
    tags, tokens = sentence.tags, sentence.tokens
    if tags[index] == "V" and _passive(sentence, index):
        return _by(sentence, index)
    left = _group(tags, index) if tags[index] == "V" else index
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


def _passive(sentence: Sentence, index: int) -> bool:
    """Is the participle at `index` governed by a form of “to be”?"""
    cues = sentence.tokens[index].cues
    if any(c.frame == "feel" for c in cues) or not any("participle" in c.forms for c in cues):
        return False
    at = index - 1
    while at >= 0 and sentence.tags[at] == "R":
        at -= 1
    word = sentence.tokens[at].word
    return at >= 0 and (word in BE or (sentence.tags[at] == "P" and word.endswith(("'s", "'re", "'m"))))


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
    if lemma in CLAUSAL and not re.match("[,:]?[TQ]", rest) and not clause_follows(sentence, start):
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
        stop = _ADJUNCT.match(tags, start).end()
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
    left = _group(tags, index)
    if tags[source[1] : source[1] + 1] in tuple("foT"):
        return Statement((source[1], end_of(sentence, source[1], "judge")), (left, index + 1), source, "judge")
    patient = subject(sentence, left)
    if left and (patient is None or tags[patient[0] - 1 : patient[0]] in tuple("XVF")):
        patient = (_said_from(sentence, left, quoted=False), left)  # “Claims that X had lied were dismissed by Y”
    return Statement(patient, (left, agent + 1), source, "judge") if patient else None


def _according(sentence: Sentence, index: int) -> Statement | None:
    """“According to X, …” and “…, according to X”."""
    tags = sentence.tags
    source = right_noun(sentence, index + 2) if tags[index + 1 : index + 2] == "o" else None
    if source is None or sentence.tokens[source[0]].word in MEASURES:
        return None
    if tags[source[1] : source[1] + 1] == "o" and (more := right_noun(sentence, source[1] + 1)):
        source = (source[0], more[1])  # “a letter to parents”
    cue = (index, index + 2)
    if index > 3:
        start = _said_from(sentence, index, quoted=False)
        end = index - (tags[index - 1] == ",")
        tail = source[1] + 1 if tags[source[1] : source[1] + 1] == "," else len(tags)
        if clausal(tags[tail:]) and not clausal(tags[start:end]):
            end = len(tags) - (tags[-1] == ".")
        return Statement((start, end), cue, source) if end > start else None
    comma = tags.find(",", index + 3)
    if comma < 0 or not tags[comma + 1 :].strip("."):
        return None
    return Statement((comma + 1, end_of(sentence, comma + 1, "say")), cue, (index + 2, comma))


def _in_the_words(sentence: Sentence, index: int) -> Statement | None:
    """“It was, in the words of X, …”: the whole sentence is theirs."""
    tags = sentence.tags
    before, the, _, of = ([t.word for t in sentence.tokens[max(0, index - 2) : index + 2]] + [""] * 4)[:4]
    if before not in ("in", "by", "on", "to") or the != "the" or of != "of":
        return None
    source = right_noun(sentence, index + 2)
    start = 0 if index > 2 else tags.find(",", index) + 1
    end = len(tags) - (tags[-1] == ".")
    return Statement((start, end), (index - 2, index + 2), source) if source and start < end else None


_SEEING = frozenset("see sees saw put puts tell tells told has describes described".split())  # with "it"


def _as_seen(sentence: Sentence, start: int) -> Statement | None:
    """“…, as X sees it”, “As X tells it, …”, “…, as X remembers, …”: the whole sentence is theirs."""
    tags, tokens = sentence.tags, sentence.tokens
    end = next((i for i in range(start + 2, min(len(tags), start + 10)) if tags[i] in ",."), len(tags))
    verb = end - 1
    if verb > start and tokens[verb].word == "it" and tokens[verb - 1].word in _SEEING:
        verb -= 1
    elif tags[verb] != "V" or not frames_of(tokens[verb]) & {"say", "think"}:
        return None
    source = right_noun(sentence, start + 1)
    if source is None or source[1] < verb or not (start == 0 or tags[start - 1] == ","):
        return None
    if any(tags[i] == "V" and speech(tokens[i]) for i in range(start)):
        return None  # "the Courier reported that …, as the mayor says": the paper says most of it
    content = (end + 1, len(tags) - (tags[-1] == ".")) if start == 0 else (0, start - 1)
    return Statement(content, (start, end), (source[0], verb)) if content[0] < content[1] else None


def _estimated(sentence: Sentence, put: int) -> Statement | None:
    """“X put the number of the dead at 58”."""
    tags, tokens = sentence.tags, sentence.tokens
    at = next((i for i in range(put + 2, min(len(tags), put + 16)) if tokens[i].word == "at"), None)
    source = subject(sentence, _group(tags, put))
    if at is None or source is None or not re.match("[IRDN]{0,3}U", tags[at + 1 :]):
        return None
    return Statement((put + 1, end_of(sentence, put + 1, "judge")), (put, put + 1), source)


def _in_view(sentence: Sentence, noun: int) -> Statement | None:
    """“In X's view, …”"""
    tags = sentence.tags
    source = _possessor(sentence, noun)
    if source is None or source[0] != 1 or sentence.tokens[0].word not in ("in", "by") or tags[noun + 1 :][:1] != ",":
        return None
    end = end_of(sentence, noun + 2, "say") if noun + 2 < len(tags) else 0
    return Statement((noun + 2, end), (0, noun + 1), source) if end > noun + 2 else None


def _nominal(sentence: Sentence, noun: int) -> Statement | None:
    """“X's claim that …”: told of, so no claim that the sentence makes."""
    source = _possessor(sentence, noun)
    end = end_of(sentence, noun + 1, "judge", aside=True)
    return Statement((noun + 1, end), (noun, noun + 1), source, "about") if source and end > noun + 1 else None


def _possessor(sentence: Sentence, noun: int) -> Span | None:
    """Whose a noun is: “X's long-held”, “their”."""
    tags = sentence.tags
    at = noun
    while at and tags[at - 1] in "NRU":
        at -= 1
    if at and tags[at - 1] == "G":
        before = subject(sentence, at - 1)
        return before and (before[0], at)
    mine = at and sentence.tokens[at - 1].word in ("his", "her", "their", "its", "my", "our", "your")
    return (at - 1, at) if mine else None


def _captioned(sentence: Sentence, colon: int) -> Statement | None:
    """“Smith: ‘…’”"""
    clause = clausal(sentence.tags[:colon])
    source = opening_subject(sentence, colon) if clause else subject(sentence, colon)
    return Statement((colon + 1, colon + 2), (colon, colon + 1), source, direct=True) if source else None
