"""What the reader learns from: open reading-comprehension examples, and questions without answer.

Of the training sources only one has unanswerable questions, and its licence doesn't allow
training weights that are given away. So they are made here, from the answerable ones. Each kind
keeps most words of a real question in place, so that shared words alone don't decide; and edits
come in contrast sets (Gardner et al. 2020): where a word is exchanged in the question alone or in
the context alone there is no answer, where it is exchanged in both there is one. So no word gives
an edit away by itself: the reader has to compare.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path
from typing import Protocol

from sentencex import get_sentence_boundaries

# Sources whose licence allows weights to be trained and given away, with the share of each that
# is taken. Left out: SubjQA (research only) and SQuADShifts (no licence stated).
SOURCES = {
    "squad11": 1.0,  # CC BY-SA 4.0
    "qed": 1.0,  # CC BY-SA 3.0
    "fairytaleqa": 1.0,  # Apache-2.0
    "policyqa": 0.4,  # MIT; long answers, far from news
    "qamr": 0.4,  # MIT; single sentences, easy
}
NEIGHBOURS = 10  # contexts on either side that count as the same article's
FOLLOW_UPS = 0.12  # for each question of SQuAD

STOP = frozenset(
    """
    a an and are as at be been being but by can could did do does for from had has have he her him his how i if in
    into is it its many much name named of on or other she so some such than that the their them then there these they
    this those to type was we were what when where which who whom whose why will with would you kind long often not
    no n't 's one after before during between about most more
    """.split()
)
OPPOSITES = {
    a: b
    for pair in (
        "before after|first last|most least|more fewer|more less|largest smallest|highest lowest|"
        "oldest youngest|early late|earlier later|above below|north south|east west|northern southern|"
        "eastern western|won lost|increase decrease|increased decreased|male female|men women|man woman|"
        "begin end|began ended|start finish|started stopped|born killed|best worst|longest shortest|"
        "major minor|with without|inside outside|new old|high low|large small|big little|same different|"
        "allowed forbidden|accepted rejected|always never|buy sell|include exclude|rise fall|rose fell|"
        "gain lose|entered left|public private|rich poor|strong weak|left right|greater smaller|"
        "greatest least|larger smaller|higher lower|longer shorter|older younger|better worse|fewest most|"
        "maximum minimum|majority minority|previous next|former latter|inner outer|upper lower|top bottom|"
        "front back|allow prevent|allowed prevented|cause prevent|support oppose|supported opposed|"
        "agree disagree|agreed refused|build destroy|built destroyed|create destroy|created destroyed|"
        "attack defend|attacked defended|arrive leave|arrived departed|expand shrink|expanded shrank|"
        "appear disappear|accept reject|succeed fail|succeeded failed|victory defeat|defeat victory|"
        "import export|imports exports|income expense|profit loss|advantage disadvantage|similar different|"
        "common rare|modern ancient|urban rural|domestic foreign|internal external|positive negative|"
        "eastward westward|northernmost southernmost|son daughter|father mother|husband wife|king queen|"
        "brother sister"
    ).split("|")
    for a, b in (pair.split(), pair.split()[::-1])
}
# Words at which two questions can be cut and joined so that the whole reads like one.
PIVOTS = frozenset(
    """
    did does do was were is are has have had can could will would of in for by to on with at from as into during
    after before between than the a an that about
    """.split()
)
WORD = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
NAME = re.compile(r"(?:[A-Z][\w’'-]+|[A-Z]\.)(?:\s+(?:(?:of|the|de|von|van)\s+)?(?:[A-Z][\w’'-]+|[A-Z]\.))*")
NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
AUXILIARY = re.compile(r"\b(did|does|do|was|were|is|are|has|have|had|can|could|will|would|should)\b", re.I)


class Words(Protocol):
    """Which words are used alike, by their embeddings."""

    def like(self, word: str) -> Sequence[str]:
        """Words that are used like a word: siblings, opposites."""

    def nearest(self, word: str, among: Sequence[str]) -> Sequence[str]:
        """Those of some words that are used most like a word."""

    def alike(self, one: str, other: str) -> float:
        """The cosine of two words, 0 where one of them is unknown."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question on a context; `start` and `end` bound the answer, both None where there is none."""

    question: str
    context: str
    start: int | None
    end: int | None
    kind: str  # "answer", or how it was made
    changed: tuple[int, int] | None = None  # the stretch of the question that its context contradicts, where known

    @property
    def answer(self) -> str:
        return self.context[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Edit:
    """`question[start:end]`, and what is put in its place."""

    start: int
    end: int
    new: str
    kind: str


def read(folder: Path, source: str) -> list[Example]:
    """The answerable examples of `reader-<source>.jsonl.gz`, in the order of the file."""
    examples = []
    with gzip.open(folder / f"reader-{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            answer = row["answers"][0]
            start, end = answer["start"], answer["start"] + len(answer["text"])
            examples.append(Example(row["question"].strip(), row["context"], start, end, "answer"))
    return examples


def examples_of(folder: Path, source: str, seed: int, words: Words) -> Iterator[Example]:
    """One source's examples: each answerable one, followed by what is made of it."""
    chance = random.Random(f"{seed} {source}")
    answerable = read(folder, source)
    maker = Maker(answerable, chance, words)
    for e in chance.sample(answerable, int(SOURCES[source] * len(answerable))):
        yield e
        yield from maker.made_of(e)
    if source == "squad11":
        yield from follow_ups(answerable, chance, FOLLOW_UPS)


class Maker:
    """Makes examples of one source's answerable ones.

    Contexts that stand near each other in a source come from one article.
    """

    def __init__(self, examples: Sequence[Example], chance: random.Random, words: Words):
        self.chance = chance
        self.words = words
        self.contexts = list(dict.fromkeys(e.context for e in examples))
        self.place = {context: i for i, context in enumerate(self.contexts)}
        self.lowered = [context.lower() for context in self.contexts]
        self.content = [_content(context) for context in self.contexts]
        self.names = [_names(context) for context in self.contexts]
        self.asked: list[list[Example]] = [[] for _ in self.contexts]
        for e in examples:
            self.asked[self.place[e.context]].append(e)
        spread = Counter(word for held in self.content for word in held)
        self.rarity = {word: log(len(self.contexts) / n) for word, n in spread.items()}
        self.after, self.before = _neighbours(e.question for e in examples)

    def made_of(self, e: Example) -> Iterator[Example]:
        """What is made of an answerable example."""
        chance = self.chance
        for _ in range(chance.choice((1, 2))):
            yield from _some(self.anothers_question(e))
        yield from _some(self.joined_questions(e))
        if chance.random() < 0.5:
            yield from _some(self.without_its_sentence(e))
        edits = [edit for _ in range(4) if (edit := self.edit(e))]
        for edit in list({edit.new: edit for edit in edits}.values())[:2]:
            yield changed_question(e, edit)
        if chance.random() < 0.6 and (edit := self.word_of_the_context(e)):
            yield from self.contrast(e, edit)

    # Real questions on another context

    def anothers_question(self, e: Example) -> Example | None:
        """A question on another part of the article: it shares rare words with this context, which lacks its answer."""
        at = self.place[e.context]
        around = [i for i in range(max(0, at - NEIGHBOURS), min(len(self.contexts), at + NEIGHBOURS + 1)) if i != at]
        others = [other for i in around for other in self.asked[i]]
        others = self.chance.sample(others, min(24, len(others)))
        others = [o for o in others if o.answer.lower() not in self.lowered[at]]
        if not others:
            return None
        shared = {id(o): self._shared(o.question, at) for o in others}
        best = sorted(others, key=lambda o: -shared[id(o)])[:2]
        return Example(self.chance.choice(best).question, e.context, None, None, "another's question")

    def _shared(self, question: str, at: int) -> float:
        return sum(self.rarity.get(word, 0.0) for word in _content(question) & self.content[at])

    def joined_questions(self, e: Example) -> Example | None:
        """The beginning of this question and the end of another, cut at a word that both have.

        A beginning without content ("when did …") is joined to another context's question only: to one of its own
        context's it may well ask what the text says.
        """
        at = self.place[e.context]
        first = e.question.split()
        near = range(max(0, at - NEIGHBOURS), min(len(self.contexts), at + NEIGHBOURS + 1))
        for _ in range(8):
            i = at if self.chance.random() < 0.5 else self.chance.choice(near)
            if not self.asked[i]:
                continue
            second = self.chance.choice(self.asked[i]).question.split()
            cuts = [
                (a, b)
                for a in range(2, len(first) - 1)
                for b in range(2, len(second) - 1)
                if first[a].lower() == second[b].lower() and (first[a].lower() in PIVOTS or len(first[a]) > 3)
            ]
            if not cuts:
                continue
            a, b = self.chance.choice(cuts)
            begins, ends = _content(" ".join(first[:a])), _content(" ".join(second[b + 1 :]))
            replaced = _content(" ".join(first[a + 1 :]))
            if not ends - replaced or not replaced - ends or (i == at and not begins):
                continue
            words = first[: a + 1] + second[b + 1 :]
            if words != second:
                return Example(" ".join(words), e.context, None, None, "joined questions")
        return None

    def without_its_sentence(self, e: Example) -> Example | None:
        """The context without the sentence that answers."""
        parts = list(sentences(e.context))
        kept = [(a, b) for a, b in parts if b <= e.start or a >= e.end]
        text = "".join(e.context[a:b] for a, b in kept).strip()
        if not kept or len(kept) == len(parts) or e.answer.lower() in text.lower():
            return None
        return Example(e.question, text, None, None, "its sentence taken out")

    # Edits

    def edit(self, e: Example) -> Edit | None:
        """A change of the question after which the context doesn't answer it."""
        makers = [self._name] * 5 + [self._number] * 4 + [self._word] * 8 + [self._opposite] * 3
        return next((made for maker in self.chance.sample(makers, 5) if (made := maker(e))), None)

    def word_of_the_context(self, e: Example) -> Edit | None:
        """A change of a word that the question has from its context, to one that the context lacks."""
        text = self.lowered[self.place[e.context]]
        for _ in range(4):
            maker = self.chance.choice((self._name, self._number, self._word, self._word, self._opposite))
            edit = maker(e)
            if edit is None or edit.kind == "negation" or edit.new.lower() in text:
                continue
            old = e.question[edit.start : edit.end].lower()
            if old in text and old not in e.answer.lower():
                return edit
        return None

    def contrast(self, e: Example, edit: Edit) -> Iterator[Example]:
        """The edit carried out in the context: the old question has no answer there, the edited one has."""
        old = e.question[edit.start : edit.end]
        short = crop(e, self.chance)
        pattern = re.compile(rf"\b{re.escape(old)}\b", re.I)
        if not pattern.search(short.context):
            return
        pieces: list[str] = []
        at, moved = 0, 0
        for m in pattern.finditer(short.context):
            new = edit.new[:1].upper() + edit.new[1:] if m.group()[:1].isupper() else edit.new
            pieces += [short.context[at : m.start()], new]
            moved += (len(new) - len(m.group())) * (m.end() <= short.start)
            at = m.end()
        context = "".join(pieces) + short.context[at:]
        left = _content(old)
        if left & _content(context):  # a part of a name still stands somewhere
            return
        edited = changed_question(short, edit)
        start, end = short.start + moved, short.end + moved
        if context[start:end] != short.answer:
            return
        yield Example(edited.question, context, start, end, "changed in both")
        yield Example(e.question, context, None, None, "changed context", (edit.start, edit.end))

    def _name(self, e: Example) -> Edit | None:
        held = [m for m in NAME.finditer(e.question) if m.start() > 0]
        if not held:
            return None
        m = self.chance.choice(held)
        i = self.place[e.context]
        near = range(max(0, i - 4), min(len(self.contexts), i + 5))
        around = [name for j in near for name in self.names[j]]
        here = self.names[i] if self.chance.random() < 0.6 else []
        others = [n for n in here or around if n not in e.question and m.group() not in n and n != e.answer]
        return Edit(m.start(), m.end(), self.chance.choice(others), "changed name") if others else None

    def _number(self, e: Example) -> Edit | None:
        held = list(NUMBER.finditer(e.question))
        if not held:
            return None
        m = self.chance.choice(held)
        others = [n for n in NUMBER.findall(e.context) if n != m.group() and len(n) == len(m.group())]
        away = self.chance.choice([-20, -10, -7, -3, -2, -1, 1, 2, 3, 5, 10, 30])
        digits = str(abs(int(re.sub(r"\D", "", m.group())) + away))
        new = self.chance.choice(others) if others and self.chance.random() < 0.5 else digits
        return Edit(m.start(), m.end(), new, "changed number") if new not in e.question else None

    def _word(self, e: Example) -> Edit | None:
        """A word of substance, exchanged for one that other questions have between the same neighbours, one used like
        it, or one of the context."""
        held = [
            m
            for m in WORD.finditer(e.question)
            if m.group().lower() not in STOP and m.group().isalpha() and m.start() > 0
        ]
        here = self.content[self.place[e.context]]
        known = [m for m in held if m.group().lower() in here]
        held = known if known and self.chance.random() < 0.6 else held
        if not held:
            return None
        m = self.chance.choice(held)
        word = m.group().lower()
        kind = self.chance.random()
        others: Sequence[str] = ()
        if kind < 0.5:
            others = self._fitting(e.question, m)
        elif kind < 0.75:
            others = self.words.nearest(word, sorted(here - _content(e.question)))
        others = [w for w in others or self.words.like(word) if w[:4] != word[:4]]
        if not others:
            return None
        new = self.chance.choice(others)
        return Edit(m.start(), m.end(), new.capitalize() if m.group()[0].isupper() else new, "changed word")

    def _fitting(self, question: str, m: re.Match[str]) -> list[str]:
        """Words that stand between the same two neighbours in other questions, and don't mean the same."""
        before = WORD.findall(question[: m.start()].lower())
        after = WORD.findall(question[m.end() :].lower())
        if not before or not after:
            return []
        left, right = self.after.get(before[-1], Counter()), self.before.get(after[0], Counter())
        word = m.group().lower()
        few, many = sorted((left, right), key=len)
        shared = [w for w in few if w in many and w not in STOP and w.isalpha() and w != word]
        shared = self.chance.sample(shared, min(12, len(shared)))
        return [w for w in shared if self.words.alike(w, word) < 0.5]

    def _opposite(self, e: Example) -> Edit | None:
        held = [m for m in WORD.finditer(e.question) if m.group().lower() in OPPOSITES]
        if held and self.chance.random() < 0.9:
            m = self.chance.choice(held)
            return Edit(m.start(), m.end(), OPPOSITES[m.group().lower()], "opposite")
        if self.chance.random() < 0.5 or not (m := AUXILIARY.search(e.question)):
            return None
        word = m.group()
        if word.lower() in ("did", "was", "were", "is", "does", "has", "had"):
            new = self.chance.choice([f"{word}n't", f"{word} never"])
        else:
            new = f"{word} not"
        return Edit(m.start(), m.end(), new, "negation")


def changed_question(e: Example, edit: Edit) -> Example:
    """The example with its question edited: there is no answer."""
    question = e.question[: edit.start] + edit.new + e.question[edit.end :]
    return Example(question, e.context, None, None, edit.kind, (edit.start, edit.start + len(edit.new)))


def follow_ups(examples: Sequence[Example], chance: random.Random, share: float) -> list[Example]:
    """Questions as a conversation asks them: the turn before, then a question that leans on it.

    Two questions on one paragraph that share a name become "first question answer" and the second
    question with that name replaced by a pronoun.
    """
    by_context: dict[str, list[Example]] = defaultdict(list)
    for e in examples:
        by_context[e.context].append(e)
    made = []
    for group in by_context.values():
        for before, e in zip(group, group[1:], strict=False):
            if chance.random() >= share * 2:
                continue
            shared = [
                m
                for m in NAME.finditer(e.question)
                if m.start() > 0 and (m.group() in before.question or m.group() in before.answer)
            ]
            question = e.question
            if shared:
                m = max(shared, key=lambda m: len(m.group()))
                pronoun = chance.choice(["it", "he", "they", "she", "there", "that"])
                question = question[: m.start()] + pronoun + question[m.end() :]
            made.append(replace(e, question=f"{before.question} {before.answer} {question}"))
    return made


def crop(example: Example, chance: random.Random, most: int = 1400) -> Example:
    """The example on a stretch of one to five whole sentences that keeps its answer."""
    parts = list(sentences(example.context))
    if not parts:
        return example
    if example.start is None:
        first = last = chance.randrange(len(parts))
    else:
        holding = [i for i, (a, b) in enumerate(parts) if a < example.end and b > example.start]
        first, last = (holding[0], holding[-1]) if holding else (0, len(parts) - 1)
    for _ in range(chance.choice([0, 1, 1, 2, 3, 4])):
        if first > 0 and (last + 1 >= len(parts) or chance.random() < 0.5):
            first -= 1
        elif last + 1 < len(parts):
            last += 1
    a, b = parts[first][0], parts[last][1]
    context = example.context[a:b][:most]
    if example.start is None:
        return replace(example, context=context)
    if not example.end - a <= len(context):
        return example
    return replace(example, context=context, start=example.start - a, end=example.end - a)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    for s in get_sentence_boundaries("en", text):
        yield s["start_index"], s["end_index"]


def _some(made: Example | None) -> tuple[Example, ...]:
    return (made,) if made else ()


def _content(text: str) -> set[str]:
    return {w for w in map(str.lower, WORD.findall(text)) if w not in STOP and len(w) > 1}


def _names(text: str) -> list[str]:
    return [m.group() for m in NAME.finditer(text) if m.group().lower() not in STOP and len(m.group()) > 2]


def _neighbours(questions: Iterator[str]) -> tuple[dict[str, Counter], dict[str, Counter]]:
    """For each word of the questions, what stands after it and what stands before it."""
    after: dict[str, Counter] = defaultdict(Counter)
    before: dict[str, Counter] = defaultdict(Counter)
    for question in questions:
        words = WORD.findall(question.lower())
        for one, next_one in zip(words, words[1:], strict=False):
            after[one][next_one] += 1
            before[next_one][one] += 1
    return after, before
