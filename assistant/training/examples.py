"""What the reader learns from: open reading-comprehension examples, and questions without answer.

Of the training sources only one has unanswerable questions, and its licence doesn't allow
training weights that are given away. So they are made here, from the answerable ones, in five
kinds; each keeps most words of the question in place, so that shared words alone don't decide.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from sentencex import get_sentence_boundaries

# Sources whose licence allows weights to be trained and given away, with the share of each that
# an epoch takes. Left out: SubjQA (research only) and SQuADShifts (no licence stated).
SOURCES = {
    "squad11": 1.0,  # CC BY-SA 4.0
    "qed": 1.0,  # CC BY-SA 3.0
    "fairytaleqa": 1.0,  # Apache-2.0
    "policyqa": 0.4,  # MIT; long answers, far from news
    "qamr": 0.35,  # MIT; single sentences, easy
}

STOP = frozenset(
    """
    a an and are as at be been being but by can could did do does for from had has have he her him his how i if in
    into is it its many much name named of on or other she so some such than that the their them there these they
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


@dataclass(frozen=True, slots=True)
class Example:
    """A question on a context; `start` and `end` bound the answer, both None where there is none."""

    question: str
    context: str
    start: int | None
    end: int | None
    kind: str  # "answer", or how the unanswerable one was made


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


def epoch(folder: Path, seed: int, words: Words, negatives: float = 0.9, crops: float = 0.4) -> list[Example]:
    """One epoch's examples in random order.

    `negatives` is the number of unanswerable questions for each answerable one, `crops` the share
    of contexts cut to a few sentences.
    """
    chance = random.Random(seed)
    examples: list[Example] = []
    for source, share in SOURCES.items():
        answerable = read(folder, source)
        wrong = unanswerable(answerable, chance, words)
        for example in chance.sample(answerable, int(share * len(answerable))):
            examples.append(example)
            if chance.random() < negatives and (made := wrong(example)):
                examples.append(made)
        if source == "squad11":
            examples += follow_ups(answerable, chance, share=0.12)
    examples = [crop(e, chance) if chance.random() < crops or len(e.context) > 1400 else e for e in examples]
    chance.shuffle(examples)
    return examples


def unanswerable(
    examples: Sequence[Example], chance: random.Random, words: Words
) -> Callable[[Example], Example | None]:
    """A maker of questions that their context doesn't answer, for one source's examples.

    Contexts that stand near each other in a source come from one article: they give the hard
    "another paragraph" kind.
    """
    contexts = list(dict.fromkeys(e.context for e in examples))
    place = {context: i for i, context in enumerate(contexts)}
    names = [_names(context) for context in contexts]

    def another_paragraph(e: Example) -> Example | None:
        near = [
            contexts[place[e.context] + d] for d in (-3, -2, -1, 1, 2, 3) if 0 <= place[e.context] + d < len(contexts)
        ]
        near = [c for c in near if e.context[e.start : e.end].lower() not in c.lower()]
        if not near:
            return None
        wanted = _content(e.question)
        best = max(near, key=lambda c: (len(wanted & _content(c)), chance.random()))
        return Example(e.question, best, None, None, "another paragraph")

    def without_its_sentence(e: Example) -> Example | None:
        sentences = list(_sentences(e.context))
        kept = [(a, b) for a, b in sentences if b <= e.start or a >= e.end]
        text = "".join(e.context[a:b] for a, b in kept).strip()
        if not kept or len(kept) == len(sentences) or e.context[e.start : e.end].lower() in text.lower():
            return None
        return Example(e.question, text, None, None, "its sentence taken out")

    def changed_name(e: Example) -> Example | None:
        held = [m for m in NAME.finditer(e.question) if m.start() > 0]
        if not held:
            return None
        m = chance.choice(held)
        i = place[e.context]
        around = [n for j in range(max(0, i - 4), min(len(contexts), i + 5)) for n in names[j]]
        here = names[i] if chance.random() < 0.6 else []
        others = [
            n for n in here or around if n not in e.question and m.group() not in n and n != e.context[e.start : e.end]
        ]
        return _put(e, m.start(), m.end(), chance.choice(others), "changed name") if others else None

    def changed_number(e: Example) -> Example | None:
        held = list(NUMBER.finditer(e.question))
        if not held:
            return None
        m = chance.choice(held)
        others = [n for n in NUMBER.findall(e.context) if n != m.group() and len(n) == len(m.group())]
        digits = str(int(re.sub(r"\D", "", m.group())) + chance.choice([-20, -10, -7, -3, -2, -1, 1, 2, 3, 5, 10, 30]))
        new = chance.choice(others) if others and chance.random() < 0.5 else digits
        return _put(e, m.start(), m.end(), new, "changed number") if new not in e.question else None

    def changed_word(e: Example) -> Example | None:
        held = [
            m
            for m in WORD.finditer(e.question)
            if m.group().lower() not in STOP and m.group().isalpha() and m.start() > 0
        ]
        here = _content(e.context)
        held = [m for m in held if m.group().lower() in here] or held
        if not held:
            return None
        m = chance.choice(held)
        word = m.group().lower()
        others = [w for w in words.like(word) if w[:4] != word[:4]]
        if chance.random() < 0.5:  # one that stands in the context too: then every word of the question does
            others = [
                w for w in words.nearest(word, sorted(here - _content(e.question))) if w[:4] != word[:4]
            ] or others
        if not others:
            return None
        new = chance.choice(others)
        return _put(e, m.start(), m.end(), new.capitalize() if m.group()[0].isupper() else new, "changed word")

    def opposite(e: Example) -> Example | None:
        held = [m for m in WORD.finditer(e.question) if m.group().lower() in OPPOSITES]
        if held and chance.random() < 0.9:
            m = chance.choice(held)
            return _put(e, m.start(), m.end(), OPPOSITES[m.group().lower()], "opposite")
        if chance.random() < 0.5 or not (m := AUXILIARY.search(e.question)):
            return None
        word = m.group()
        new = (
            chance.choice([f"{word}n't", f"{word} never"])
            if word.lower() in ("did", "was", "were", "is", "does", "has", "had")
            else f"{word} not"
        )
        return _put(e, m.start(), m.end(), new, "negation")

    makers = (
        [another_paragraph] * 5
        + [without_its_sentence] * 2
        + [changed_name] * 7
        + [changed_number] * 5
        + [changed_word] * 7
        + [opposite] * 4
    )

    def make(e: Example) -> Example | None:
        for maker in chance.sample(makers, 6):
            if made := maker(e):
                return made
        return None

    return make


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
            answer = before.context[before.start : before.end]
            shared = [
                m
                for m in NAME.finditer(e.question)
                if m.start() > 0 and (m.group() in before.question or m.group() in answer)
            ]
            question = e.question
            if shared:
                m = max(shared, key=lambda m: len(m.group()))
                pronoun = chance.choice(["it", "he", "they", "she", "there", "that"])
                question = question[: m.start()] + pronoun + question[m.end() :]
            made.append(replace(e, question=f"{before.question} {answer} {question}"))
    return made


def crop(example: Example, chance: random.Random, most: int = 1400) -> Example:
    """The example on a stretch of one to five whole sentences that keeps its answer."""
    sentences = list(_sentences(example.context))
    if example.start is None:
        at = chance.randrange(len(sentences)) if sentences else 0
        first = last = at
    else:
        holding = [i for i, (a, b) in enumerate(sentences) if a < example.end and b > example.start]
        first, last = (holding[0], holding[-1]) if holding else (0, len(sentences) - 1)
    for _ in range(chance.choice([0, 1, 1, 2, 3, 4])):
        if first > 0 and (last + 1 >= len(sentences) or chance.random() < 0.5):
            first -= 1
        elif last + 1 < len(sentences):
            last += 1
    if not sentences:
        return example
    a, b = sentences[first][0], sentences[last][1]
    context = example.context[a:b][:most]
    if example.start is None:
        return replace(example, context=context)
    if not example.end - a <= len(context):
        return example
    return replace(example, context=context, start=example.start - a, end=example.end - a)


def _put(e: Example, a: int, b: int, new: str, kind: str) -> Example:
    return Example(e.question[:a] + new + e.question[b:], e.context, None, None, kind)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for s in get_sentence_boundaries("en", text):
        yield s["start_index"], s["end_index"]


def _content(text: str) -> set[str]:
    return {w for w in map(str.lower, WORD.findall(text)) if w not in STOP and len(w) > 1}


def _names(text: str) -> list[str]:
    return [m.group() for m in NAME.finditer(text) if m.group().lower() not in STOP and len(m.group()) > 2]
