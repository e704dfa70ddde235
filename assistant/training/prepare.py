"""Make the pool of training examples.

    python -m assistant.training.prepare DATA --out POOL.npz

Takes some minutes on one core, without a GPU; with `--searched` an hour more, for passages' and questions' vectors.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Encoding, Tokenizer
from torch.nn import functional as F
from tqdm import tqdm

from assistant.training.examples import SOURCES, STOP, Example, examples_of, sentences
from assistant.training.pool import KIND, NONE, QUESTION, WINDOW, Pool
from assistant.training.searched import found_by_search
from index.embedder import Embedder, model_folder


def main() -> None:
    p = argparse.ArgumentParser(description="Make the pool of training examples.")
    p.add_argument("data", type=Path, help="folder with reader-*.jsonl.gz")
    p.add_argument("--out", type=Path, required=True, help="the pool's file")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument(
        "--searched", type=float, default=0.0, help="share of the questions also put to a passage that search finds"
    )
    options = p.parse_args()

    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    table = load_file(model_folder() / "model.safetensors")["embeddings.word_embeddings.weight"]
    pool = make(options.data, options.seed, EmbeddedWords(table, tokenizer), tokenizer, options.searched)
    pool.save(options.out)
    for i, kind in enumerate(pool.kinds):
        print(f"{int((pool.rows[:, KIND] == i).sum()):10,} {kind}")
    print(f"{len(pool.rows):10,} examples, {len(pool.pieces):,} word pieces, {pool.lengths.mean():.0f} an example")


def make(folder: Path, seed: int, words: EmbeddedWords, tokenizer: Tokenizer, searched: float = 0.0) -> Pool:
    """The pool of all sources; with `searched`, a share of their questions beside passages that search finds."""
    pieces: list[np.ndarray] = []
    rows: list[tuple[int, ...]] = []
    kinds: dict[str, int] = {}
    numbers: dict[str, int] = {}

    def add(ids: Sequence[int]) -> int:
        pieces.append(np.array(ids, np.uint16))
        return len(pieces) - 1

    for source in SOURCES:
        chance = Random(f"{seed} {source} views")
        examples = list(tqdm(examples_of(folder, source, seed, words), desc=source))
        if searched:
            sure = [e for e in examples if e.kind == "answer"]
            examples += found_by_search(sure, Embedder(), Random(f"{seed} {source} searched"), searched)
        contexts = list(dict.fromkeys(e.context for e in examples))
        texts: dict[str, Text] = {}
        for context, encoding in zip(contexts, tokenizer.encode_batch(contexts, add_special_tokens=False), strict=True):
            texts[context] = Text(add(encoding.ids), encoding, context)
        place = {context: i for i, context in enumerate(contexts)}
        asked = list(dict.fromkeys(" ".join(e.question.split()) for e in examples))
        for question, encoding in zip(asked, tokenizer.encode_batch(asked, add_special_tokens=False), strict=True):
            numbers[question] = add(encoding.ids[:QUESTION])
        for e in examples:
            near = contexts[max(0, place[e.context] - 1)], contexts[min(len(contexts) - 1, place[e.context] + 1)]
            question = numbers[" ".join(e.question.split())]
            changed = _changed(e, tokenizer)
            kind = kinds.setdefault(e.kind, len(kinds))
            for how in _views(e, chance):
                view = _view(e, texts[e.context], texts[chance.choice(near)], how, len(pieces[question]), chance)
                if view:
                    rows.append((question, *view, *changed, kind))
    bounds = np.concatenate([[0], np.cumsum([len(p) for p in pieces])]).astype(np.int64)
    return Pool(np.concatenate(pieces), bounds, np.array(rows, np.int32), tuple(kinds))


def _views(e: Example, chance: Random) -> Sequence[str]:
    """How an example's context is shown: whole, cut to some sentences, or joined with its neighbour."""
    varied = chance.choice(("cut", "cut", "joined"))
    if e.kind == "answer":
        return ("whole", varied)
    return (chance.choice(("whole", varied)),)


def _view(e: Example, text: Text, other: Text, how: str, asked: int, chance: Random) -> tuple[int, ...] | None:
    """text, lo, hi, text2, lo2, hi2, start, end; None where the answer is no run of whole pieces in the window."""
    room = WINDOW - 3 - asked
    if e.start is None:
        start = end = NONE
        wanted = set(re.findall(r"\w+", e.question.lower())) - STOP
        focus = max(range(len(text.words)), key=lambda i: len(wanted & text.words[i]), default=0)
        first = last = min(focus, len(text.sentences) - 2)
    else:
        start, end = text.piece(e.start), text.piece(e.end - 1)
        if end >= text.length or end < start:
            return None
        first, last = text.sentence(start), text.sentence(end)
    count = len(text.sentences) - 1
    more = chance.choice([0, 1, 1, 2, 3, 4]) if how == "cut" else count
    for _ in range(more):
        before = chance.random() < 0.5
        a, b = max(0, first - before), min(count - 1, last + (not before))
        if text.sentences[b + 1] - text.sentences[a] <= room:
            first, last = a, b
    if how != "cut" and text.length <= room:
        first, last = 0, count - 1
    lo, hi = text.sentences[first], min(text.sentences[last + 1], text.sentences[first] + room)
    if e.start is not None:
        if end >= hi:
            return None
        start, end = start - lo, end - lo
    if how != "joined" or other is text or hi - lo + other.length > room:
        return text.number, lo, hi, text.number, 0, 0, start, end
    if chance.random() < 0.5:
        return text.number, lo, hi, other.number, 0, other.length, start, end
    moved = other.length if e.start is not None else 0
    return other.number, 0, other.length, text.number, lo, hi, start + moved, end + moved


def _changed(e: Example, tokenizer: Tokenizer) -> tuple[int, int]:
    """The pieces of the question that its context contradicts."""
    if e.changed is None:
        return (0, 0) if e.start is not None else (NONE, NONE)
    before = tokenizer.encode(" ".join(e.question[: e.changed[0]].split()), add_special_tokens=False)
    until = tokenizer.encode(" ".join(e.question[: e.changed[1]].split()), add_special_tokens=False)
    return min(len(before.ids), QUESTION), min(len(until.ids), QUESTION)


class Text:
    """A text's word pieces, with the places of its sentences among them."""

    def __init__(self, number: int, encoding: Encoding, text: str):
        self.number = number
        self.starts = np.array([a for a, _ in encoding.offsets] or [0])
        self.ends = np.array([b for _, b in encoding.offsets] or [0])
        self.length = len(encoding.ids)
        bounds = [self.piece(a) for a, _ in sentences(text)]
        self.sentences = sorted({0, *bounds, self.length})
        words = [text[a:b].lower() for a, b in sentences(text)]
        self.words = [set(re.findall(r"\w+", sentence)) - STOP for sentence in words]

    def piece(self, at: int) -> int:
        """The first piece that ends after a character."""
        return int(np.searchsorted(self.ends, at, side="right"))

    def sentence(self, piece: int) -> int:
        """The sentence that holds a piece."""
        return max(0, min(int(np.searchsorted(self.sentences, piece, side="right")) - 1, len(self.sentences) - 2))


class EmbeddedWords:
    """Which words are used alike, by the encoder's own word embeddings (the `Words` of examples.py)."""

    def __init__(self, table: torch.Tensor, tokenizer: Tokenizer):
        # Whole words of the vocabulary, without its first two thousand entries: marks, letters, function words.
        self.words = [
            w for w, i in tokenizer.get_vocab().items() if w.isalpha() and w.isascii() and len(w) > 2 and i > 1996
        ]
        # NumPy, since torch's threads cost more than these small products.
        self.table = F.normalize(table[[tokenizer.token_to_id(w) for w in self.words]].float(), dim=-1).numpy()
        self.number = {w: i for i, w in enumerate(self.words)}
        self._like: dict[str, tuple[str, ...]] = {}

    def like(self, word: str, count: int = 12) -> tuple[str, ...]:
        if word not in self.number:
            return ()
        if word not in self._like:
            near = np.argsort(-(self.table @ self.table[self.number[word]]))[: count + 2]
            others = [self.words[i] for i in near if self.words[i] != word]
            self._like[word] = tuple(others[1 : count + 1])  # the very nearest is often a synonym
        return self._like[word]

    def nearest(self, word: str, among: Sequence[str], count: int = 3) -> list[str]:
        known = [w for w in among if w in self.number]
        if word not in self.number or not known:
            return []
        scores = self.table[[self.number[w] for w in known]] @ self.table[self.number[word]]
        return [known[i] for i in np.argsort(-scores)[:count] if scores[i] > 0.25]

    def alike(self, one: str, other: str) -> float:
        if one not in self.number or other not in self.number:
            return 0.0
        return float(self.table[self.number[one]] @ self.table[self.number[other]])


if __name__ == "__main__":
    main()
