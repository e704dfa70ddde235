"""Who says it: the statements that an article attributes to somebody, by rules over its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.answer import Stance
from assistant.clauses import Sentence, Token, sentences
from assistant.cues import ABOUT, CLAIMS, CLAUSAL, DENY, DISMISS, HEDGES, NEGATIONS, SPEECH
from assistant.speakers import Names, Said, names, resolve

REACH = 45  # tokens that a source may lie before its verb


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
class Find:
    """An attribution in one sentence, in token positions, ends exclusive."""

    content: tuple[int, int]
    cue: tuple[int, int]
    source: tuple[int, int] | None
    frame: str
    direct: bool = False  # words in quotation marks, which the next sentence may go on with


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


COVER = 0.5  # of a quote's characters must be said by somebody, for the quote to be theirs


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
        finds = find(sentence)
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


def _attribution(text: str, sentence: Sentence, f: Find, known: Names, history: list[Said]) -> Attribution:
    """A find in characters of the text, with its speaker resolved; remembers the speaker."""
    content, cue = sentence.span(f.content), sentence.span(f.cue)
    source = sentence.span(f.source) if f.source else None
    speaker = None
    if source and f.source:
        who = sentence.span(_antecedent(sentence, f.source))
        speaker, gender = resolve(text[slice(*who)], who[0], known, history)
        history.append(Said(speaker, who[1], gender))
    stance, hedge = stance_of(sentence, f, text)
    return Attribution(content, cue, source, speaker, stance, hedge)


def _antecedent(sentence: Sentence, source: tuple[int, int]) -> tuple[int, int]:
    """What “who”, “which” or “that” stands for: the noun phrase before it."""
    if sentence.tags[source[0]] not in "WT" or not source[0]:
        return source
    end = source[0] - (sentence.tags[source[0] - 1] == ",")
    start = _run(sentence, end) if end else None
    return (start, end) if start is not None else source


def stance_of(sentence: Sentence, f: Find, text: str) -> tuple[Stance, str | None]:
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


def _inside(token: Token, sentence: Sentence, f: Find) -> bool:
    start, end = sentence.span(f.content)
    return start <= token.start < end


def hedges(words: str) -> str | None:
    """The first words that hedge, as they stand."""
    match = HEDGES.search(words)
    return match.group() if match else None


def find(sentence: Sentence) -> list[Find]:
    """The attributions of a sentence, left to right; nothing inside what is said is looked at."""
    found = list(_after(sentence))
    for index, tag in enumerate(sentence.tags):
        if any(f.content[0] <= index < f.content[1] or f.cue[0] <= index < f.cue[1] for f in found):
            continue
        made = None
        if tag in "Vg":
            made = _forward(sentence, index, found)
        elif sentence.tokens[index].word == "according" and sentence.tags[index + 1 : index + 2] == "o":
            made = _according(sentence, index)
        elif (
            tag == ":" and sentence.tags[index + 1 : index + 2] == "Q" and all(f.content[0] != index + 1 for f in found)
        ):
            source = (
                _subject(sentence, index) if not _clausal(sentence.tags[:index]) else _understood(sentence, index, [])
            )
            made = Find((index + 1, index + 2), (index, index + 1), source, "say", True)
        if made is not None and made.source is not None:
            made = _clip(made, found)
            if made is not None:
                found.append(made)
    return sorted(found, key=lambda f: f.cue)


def _clip(find: Find, found: list[Find]) -> Find | None:
    start, end = find.content
    for other in found:
        for span in (other.content, other.cue, other.source or other.cue):
            if start < span[0] < end:
                end = span[0]
    return replace(find, content=(start, end)) if end > start else None


# --- what comes after what is said: “…,” Smith said ---------------------------------------------------------------


def _after(sentence: Sentence) -> Iterator[Find]:
    for index, tag in enumerate(sentence.tags):
        if tag == "V":
            made = _postposed(sentence, index)
            if made:
                yield made


def _postposed(sentence: Sentence, index: int) -> Find | None:
    """“content, X said” or “content, said X”, with the rest of what is said after it."""
    tags = sentence.tags
    left = _group(tags, index)
    before = tags[left - 1] if left else ""
    if before in ("Q", ",", "-") and left == index and _inverts(sentence, index, before == "Q"):
        source = _right_noun(sentence, index + 1)
        edge = left
        rest = source[1] if source else 0
    else:
        source = _subject(sentence, left)
        edge = source[0] if source else 0
        rest = index + 1
    if source is None or not edge or tags[edge - 1] not in "Q,-" or tags[source[0]] in "WT":
        return None
    quoted = tags[edge - 1] == "Q" or (tags[edge - 1] in ",-" and edge > 1 and tags[edge - 2] == "Q")
    if not any(c.frame in ("say", "tell") for c in sentence.tokens[index].cues) and not (
        quoted and tags[index + 1] in ".,"
    ):
        return None
    told = any(c.frame == "tell" for c in sentence.tokens[index].cues)
    stop = _adjunct(sentence, rest, told)
    closed = tags[edge - 1] == "Q" and sentence.tokens[edge - 1].word == '",'
    if not closed and stop < len(tags) and tags[stop] not in (".,;-QgSJ" if quoted else ".,;-S"):
        return None
    if (
        stop < len(tags)
        and tags[stop] == "S"
        and not quoted
        and sentence.tokens[stop].word not in ("after", "before", "when", "as")
    ):
        return None
    if stop == len(tags) - 1 and tags[stop] == "Q" and not quoted:
        return None
    start = _content_start(sentence, edge, quoted)
    end = edge
    while end > start and tags[end - 1] in ",-":
        end -= 1
    if end <= start:
        return None
    if tags[start] in "SIgV" and not quoted and tags[start:end].count(",") == 0 and stop < len(tags) - 1:
        return None
    tail = _tail(sentence, stop, quoted, whole=_clausal(tags[start:end]) and tags[start] not in "SI")
    if not quoted and not tail and not _clausal(tags[start:end]):
        return None
    if (
        not quoted
        and tags[start] == "I"
        and tags[start:end].count(",") == 0
        and not tail
        and not _clausal(tags[start:end])
    ):
        return None
    return Find((start, max(end, tail)), (left, index + 1), source, "say", quoted)


def _tail(sentence: Sentence, stop: int, quoted: bool, whole: bool) -> int:
    """The end of what is said after “…, she said, …”; 0 where nothing of it follows."""
    tags = sentence.tags
    if stop >= len(tags) or tags[stop] not in ",;-Q":
        return 0
    start = stop if tags[stop] == "Q" else stop + 1
    if tags[start : start + 1] == "g":
        return 0
    if tags[stop] == "Q" and tags[stop - 1] not in "VPCN":
        return 0
    if quoted:
        last = tags.rfind("Q", start)
        return last + 1 if last >= 0 and not _says(sentence, start, last) else 0
    if whole and tags[start : start + 1] not in tuple("JBSTWR") and sentence.tokens[start].word != "so":
        return 0
    if tags[stop] == ";" or _says(sentence, start, len(tags)):
        return 0
    return len(tags) - (tags[-1] == ".") if _clausal(tags[start:]) or not whole else 0


def _says(sentence: Sentence, start: int, end: int) -> bool:
    return any(
        sentence.tags[i] in "Vg" and any(c.frame in ("say", "tell") for c in sentence.tokens[i].cues)
        for i in range(start, end)
    )


def _content_start(sentence: Sentence, edge: int, quoted: bool) -> int:
    """Where the clause before “…, she said” begins."""
    tags = sentence.tags
    start = max(tags.rfind(";", 0, edge), tags.rfind(":", 0, edge)) + 1
    if quoted:
        last = tags.rfind("Q", start, edge)
        if "V" in tags[start:last]:
            return last
    while start < edge and tags[start] in "B,":
        start += 1
    return start


def _clausal(tags: str) -> bool:
    return any(t in "XVF" for t in tags)


def _inverts(sentence: Sentence, index: int, quoted: bool) -> bool:
    """May this verb stand before who says it: said, says, wrote, …"""
    following = sentence.tags[index + 1 : index + 2]
    if (following == "P" and not quoted) or re.compile("[DR]t").match(sentence.tags, index + 1):
        return False
    return following in tuple("CDNURP") and any(
        c.frame == "say" and c.forms & {"past", "s"} for c in sentence.tokens[index].cues
    )


_NOUN = re.compile(r"R?(?:[DCNUGR(]|\)|f|J(?=[CDN])|I(?=[CDNU]))+")
_APPOSITION = re.compile(r",(?:[DCNUGRfIJt()-]|W[^,Q]*|,(?=[UfIC]))+(?=[,.;]|$)")
_ADJUNCT = re.compile(r"(?:R|D?t+|U|\([^)]*\)|[Iof][DCNUGRJft-]*)*")
_TOLD = re.compile(r"(?:R|O|D?t+|U|\([^)]*\)|[Iof]?[DCNU][DCNUGRJft-]*|[Iof])*")


def _right_noun(sentence: Sentence, start: int) -> tuple[int, int] | None:
    """The noun phrase that starts here, with its appositions."""
    tags = sentence.tags
    if tags[start : start + 1] == "P":
        return start, start + 1
    match = _NOUN.match(tags, start)
    if not match:
        return None
    apposition = _APPOSITION.match(tags, match.end())
    return start, (apposition or match).end()


def _adjunct(sentence: Sentence, start: int, told: bool = False) -> int:
    """Past “on Tuesday”, “in a statement”, “to reporters”, “of the plan”, and past whom it was told to."""
    match = (_TOLD if told else _ADJUNCT).match(sentence.tags, start)
    return match.end() if match else start


# --- what comes before what is said: Smith said that … ------------------------------------------------------------


def _group(tags: str, index: int) -> int:
    """Where the verb group of a verb begins: “has not yet said”."""
    left = index
    while left and tags[left - 1] in "XR":
        left -= 1
    while left < index and tags[left] == "R":
        left += 1
    return left


# "He went on to say", "used the speech to attack": the governors of an infinitive that is itself said.
ASPECT = frozenset(
    [
        "on",
        "continued",
        "continues",
        "continue",
        "began",
        "begins",
        "begin",
        "proceeded",
        "tried",
        "sought",
        "hastened",
        "rushed",
    ]
)
BE = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "get",
        "gets",
        "got",
        "getting",
    ]
)


def _passive(sentence: Sentence, index: int) -> bool:
    if any(c.frame == "feel" for c in sentence.tokens[index].cues) or not any(
        "participle" in c.forms for c in sentence.tokens[index].cues
    ):
        return False
    for i in range(index - 1, max(-1, index - 5), -1):
        if sentence.tags[i] == "X":
            return sentence.tokens[i].word in BE
        if sentence.tags[i] == "P" and sentence.tokens[i].word.endswith(("'s", "'re", "'m")):
            return True
        if sentence.tags[i] != "R":
            return False
    return False


def _forward(sentence: Sentence, index: int, found: list[Find]) -> Find | None:
    tags = sentence.tags
    if tags[index] == "V" and _passive(sentence, index):
        return _by(sentence, index)
    left = _group(tags, index) if tags[index] == "V" else index
    content = _content(sentence, index)
    if content is None:
        return _fronted(sentence, left, index)
    if tags[index] == "g":
        source = _understood(sentence, left, found)
    elif left and tags[left - 1] == "o":
        if left < 2 or sentence.tokens[left - 2].word not in ASPECT:
            return None
        source = _understood(sentence, left - 1, found)
    elif left and tags[left - 1] in "JB" or (left > 1 and tags[left - 1] in ",R" and tags[left - 2] in "JB,"):
        source = _subject(sentence, left) if tags[left - 1] == "," else None
        source = source or _understood(sentence, left, found)
    else:
        source = _subject(sentence, left)
    if source is None:
        return None
    start, cue, frame = content
    what = source[0] - 1
    if what >= 0 and (tags[what] == "W" or sentence.tokens[what].word == "what") and tags[start] not in "TQ":
        start = what
    opening = tags[0] in "Sg" and source[0] < 8 and "," not in tags[: source[0]]
    if tags[source[0]] == "T" and tags[index + 1 : index + 2] == "," and "Q" not in tags:
        return None
    end = _end(sentence, start, frame, tags[source[0]] in "WT" or tags[index] == "g", opening)
    return Find((start, end), (left, cue), source, frame, "Q" in tags[start:end]) if end > start else None


def _fronted(sentence: Sentence, left: int, index: int) -> Find | None:
    """“which X described”, “what he wanted”: what is said stands before who says it."""
    tags = sentence.tags
    if any(c.frame in ("make", "feel") for c in sentence.tokens[index].cues):
        return None
    source = _subject(sentence, left)
    if source is None or not source[0] or tags[source[0]] in "WT":
        return None
    what = source[0] - 1
    if tags[what] not in "WT" and sentence.tokens[what].word != "what":
        return None
    return Find((what, index + 1), (left, index + 1), source, "judge")


_THAT = re.compile(r"(?:[RO]|t+|U|[Iof][DCNUGRJft-]*|[DCNU](?:[DCNUGJf]*))*,?(?=T|Q|:)")


def _content(sentence: Sentence, index: int) -> tuple[int, int, str] | None:
    """Where what a verb introduces begins, where its cue ends, and the frame that fits."""
    tags, tokens = sentence.tags, sentence.tokens
    frames = {c.frame for c in tokens[index].cues}
    lemma = tokens[index].cues[0].lemma
    start = index + 1
    rest = tags[start:]
    if not rest.strip(".,"):
        return None
    frame = None
    if lemma in CLAUSAL and rest[0] not in "TQ" and not _clausal(rest):
        return None
    that = _THAT.match(tags, start)
    if frames & {"make"}:
        noun = re.compile(r"[DNCUR]{1,5}(?=[foTIg])").match(tags, start)
        clear = tokens[start : start + 2]
        if [t.word for t in clear] == ["it", "clear"] or tokens[start].word == "clear":
            at = start + 1 + (tokens[start].word == "it")
            return at, at, "say"
        if noun and tokens[noun.end() - 1].word in SPEECH:
            at = noun.end()
            return at if tags[at] in "oT" else at + 1, noun.end(), "say" if tags[at] == "T" else "judge"
        if frames == {"make"}:
            return None
    if "feel" in frames:
        if rest[0] in "Tf" or tokens[start].word in ("about", "with", "at", "over"):
            return start + (rest[0] != "T"), start, "say" if rest[0] == "T" else "judge"
        return (start, start, "want") if rest[0] == "o" else None
    particle = tokens[start].word in ABOUT.get(lemma, "").split()
    if frames & {"say", "think", "tell"} and rest[0] in "TQ:,":
        frame = "say"
    elif frames & {"say", "tell"} and that and that.end() - start < 10 and (rest[0] in "ItRofU" or "tell" in frames):
        start = that.end()
        frame = "say"
    elif (
        "tell" in frames
        and (m := re.compile(r"(?:O|[DCNGUf]+)").match(tags, start))
        and tags[m.end() : m.end() + 1] in tuple("PSDoW")
    ):
        frame = "say" if lemma in ("tell", "assure", "remind", "inform") else "judge"
        if tags[m.end()] in "PDW":
            start = m.end()
    elif "want" in frames and rest[0] == "o":
        return start, start, "want"
    elif particle and "about" in frames:
        return start + 1, start + 1, "judge" if tokens[start].word != "that" else "say"
    elif frames & {"say", "think"} and re.match(r"[PDCNTUSOQRXWg]", rest):
        frame = "say" if ("say" in frames and lemma == "say") or _clausal(rest) else "judge"
    elif "say" in frames and re.match(r"[Itf]", rest):
        stop = _adjunct(sentence, start)
        if stop < len(tags) and tags[stop] in "PCDNSTQ:":
            start, frame = stop, "say"
        elif lemma == "say" and tags[stop : stop + 1] not in ("", "."):
            frame = "say"
    if frame is None and "judge" in frames and (re.match(r"[DCNOUQWSTg]", rest) or tokens[start].word in ("it", "you")):
        frame = "judge"
    if frame is None:
        return None
    while start < len(tags) and tags[start] in ":,-":
        start += 1
    return start, index + 1, frame


CONCURRENT = ("while", "when", "after", "before", "because", "although", "though")


def _end(sentence: Sentence, start: int, frame: str, within: bool = False, opening: bool = False) -> int:
    """Where what is said ends: the sentence, a new cue, or for a thing the next clause."""
    tags, tokens = sentence.tags, sentence.tokens
    last = len(tags)
    while last > start and tags[last - 1] in ".;:,":
        last -= 1
    for i in range(start + 1, last):
        tag = tags[i]
        following = tags[i + 1 : i + 2]
        if tag == "Q" and tokens[i].word == '",' and _speaks(sentence, i + 1):
            return i + 1
        if tag == "Q" and tokens[i].word == '",' and opening and following in tuple("PDCN"):
            return i + 1
        if tag == "," and following != "B":
            if following == "g" or tokens[i + 1].word == "according" or _speaks(sentence, i + 1):
                return i
            if following in tuple("JBSI") and _speaks(sentence, i + 2):
                return i
            if within and re.compile(r"R?[XVF]").match(tags, i + 1):
                return i
            if frame in ("judge", "want") and following in tuple("JBSRtIWgV"):
                return i
            if opening and following in tuple("PDCN"):
                return i
        elif tag == "B" and re.compile(r"R?X*R?V").match(tags, i + 1):
            return i - (tags[i - 1] == ",")
        elif tag == "J" and re.compile(r"R?X*R?V[TQ]").match(tags, i + 1):
            return i
        elif tag == "S" and tokens[i].word in ("while", "whereas", "although", "though") and _SPEAKS.match(tags, i + 1):
            return i - (tags[i - 1] == ",")
        elif (
            tag == ";"
            or (tag == "-" and (frame == "judge" or "-" not in tags[i + 1 :]))
            or frame == "judge"
            and tag in "JB"
            and re.compile(r"R?[VXF]").match(tags, i + 1)
            or (
                tag in "SI"
                and following == "g"
                and i > start + 2
                and tokens[i].word in ("while", "before", "after", "by", "without")
            )
            or frame == "judge"
            and tag == "S"
            and tokens[i].word in CONCURRENT
            or tag in "SJ"
            and frame != "say"
            and _speaks(sentence, i + 1)
        ):
            return i
    return last


_SPEAKS = re.compile(r"[PDCNGUfR]{1,8}?X?R?V")


def _speaks(sentence: Sentence, start: int) -> bool:
    """Does a subject with a cue verb begin here?"""
    match = _SPEAKS.match(sentence.tags, start)
    return bool(match) and any(c.frame in ("say", "tell") for c in sentence.tokens[match.end() - 1].cues)


def _by(sentence: Sentence, index: int) -> Find | None:
    """“was accused by X of …”, “… , it was reported by X”."""
    tags, tokens = sentence.tags, sentence.tokens
    for i in range(index + 1, min(len(tags), index + 12)):
        if tags[i] in ",;.:TXVF":
            return None
        if tokens[i].word == "by":
            source = _right_noun(sentence, i + 1)
            if source is None:
                return None
            of = tags.find("f", i + 1, source[1])
            if of > i + 1 and any(c.lemma == "accuse" for c in tokens[index].cues):
                source = (i + 1, of)
            left = _group(tags, index)
            subject = _subject(sentence, left)
            if source[1] < len(tags) and tags[source[1]] in "foT":
                return Find((source[1], _end(sentence, source[1], "judge")), (left, index + 1), source, "judge")
            if subject is None:
                return None
            return Find((subject[0], subject[1]), (left, i + 1), source, "judge")
    return None


def _according(sentence: Sentence, index: int) -> Find | None:
    tags = sentence.tags
    source = _right_noun(sentence, index + 2)
    if source is None:
        return None
    last = len(tags) - (tags[-1] == ".")
    if index > 3:
        stop = index - (tags[index - 1] == ",")
        start = 0
        while tags[start] in "B,":
            start += 1
        return Find((start, stop), (index, index + 2), source, "say") if stop > start else None
    comma = tags.find(",", index + 2)
    if comma < 0 or comma + 1 >= last:
        return None
    return Find((comma + 1, _end(sentence, comma + 1, "say")), (index, index + 2), (index + 2, comma), "say")


# --- who says it --------------------------------------------------------------------------------------------------


def _subject(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """The noun phrase before a verb group, with its appositions and relative clauses."""
    tags = sentence.tags
    at = verb
    while at and tags[at - 1] == "R":
        at -= 1
    if at == 0:
        return None
    if tags[at - 1] in "PWT":
        return at - 1, at
    if tags[at - 1] == ",":
        return _apposed(sentence, at)
    start = _run(sentence, at)
    return (start, at) if start is not None else None


def _run(sentence: Sentence, end: int) -> int | None:
    """Where the noun phrase that ends here begins."""
    tags = sentence.tags
    join: int | None = None
    at = end
    while at > max(0, end - REACH):
        tag = tags[at - 1]
        if tag in "DCNUGfIt()O":
            at -= 1
        elif tag == "J" and at < end:
            join = at
            at -= 1
        elif (
            tag == "Q"
            and at < end
            and at > 1
            and tags[at - 2] in "DC"
            and sentence.tokens[at - 1].word == '"'
            or tag == "R"
            and at < end
            or tag == "W"
            and at > 1
            and tags[at - 2] in "CNGU"
            and sentence.tokens[at].word.endswith("ed")
        ):
            at -= 1
        elif tag in "VFXgo":
            who = _relative(tags, at - 1)
            if who is not None:
                at = who
                continue
            if join is not None:
                at = join
            break
        else:
            break
    while at < end and (tags[at] in "RJt(,)G" or sentence.tokens[at].word == "by"):
        at += 1
    if at < end and tags[at] in "If":
        match = re.compile(r"[If](?:[tU]+|[DNCUG]+?(?=D|P|$))").match(tags[:end], at)
        if match and match.end() < end:
            at = match.end()
    return at if at < end else None


def _relative(tags: str, verb: int) -> int | None:
    """Where the “who” of a relative clause around this verb stands, if it has a noun before it."""
    for i in range(verb - 1, max(-1, verb - 7), -1):
        if tags[i] == "W":
            return i if i and tags[i - 1] in "CNGU" else None
        if tags[i] not in "XRPDCNGV":
            return None
    return None


def _apposed(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """“Smith, 42, a teacher from Flint, [said]”: from the head noun to before the last comma."""
    tags = sentence.tags
    start = max(tags.rfind(mark, 0, verb - 1) for mark in ";Q:") + 1
    start = max(start, verb - REACH)
    pieces: list[tuple[int, int]] = []
    at = start
    while at < verb - 1:
        comma = tags.find(",", at, verb - 1)
        comma = verb - 1 if comma < 0 else comma
        pieces.append((at, comma))
        at = comma + 1
    if len(pieces) == 1:
        run = _run(sentence, verb - 1)
        return (run, verb - 1) if run is not None and not re.search(r"[VFX]", tags[run:verb]) else None
    turn = max((i for i, (first, _) in enumerate(pieces[:-1]) if tags[first : first + 1] in ("B", "J", "S")), default=0)
    for first, last in pieces[turn:-1]:
        skip = re.compile(r"[RJBSt,]*").match(tags, first, last)
        head = skip.end() if skip else first
        if head == last or tags[first] in "IogStf":
            continue
        if tags[head] in "CDNUP" and not re.search(r"[VFX]", tags[head:last]):
            return head, verb - 1
        run = _run(sentence, last)  # “…, and later Smith, the mayor, said”
        if run is not None and run > first and tags[run] in "CDNU" and not re.search(r"[VFX]", tags[run:last]):
            return run, verb - 1
        return None
    return None


def _understood(sentence: Sentence, at: int, found: list[Find]) -> tuple[int, int] | None:
    """The source of “…, adding that” and “… and said”: the nearest attribution's, else the sentence's subject."""
    tags = sentence.tags
    for earlier in sorted(found, key=lambda f: -f.cue[0]):
        if earlier.cue[0] < at and earlier.source and earlier.source[0] < at:
            return earlier.source
    for index, tag in enumerate(tags[:at]):
        if tag in "XFV" and index:
            source = _subject(sentence, index)
            if source is not None:
                return source
    for introduction in (r"[BRt,]*(?:[IfSg][^,]*,)?", "[BRtS,]*"):
        match = re.compile(introduction + r"((?:[DCNUGf]|J(?=C))+|P)").match(tags[:at])
        if match:
            return match.span(1)
    return None
