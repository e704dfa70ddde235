"""The reader: finds the stretch of a text that answers a question, and how surely it does.

Runs on a laptop's processor: one thread, batches of like length, bf16 where the processor has units for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.embedder import check_file, has_bf16_units, model_folder
from index.errors import OnRecordError

if TYPE_CHECKING:
    import torch
    from tokenizers import Encoding, Tokenizer

WEIGHTS = Path(__file__).with_name("reader.safetensors")
CARD = Path(__file__).with_name("reader.json")  # the hash of the weights, and what they came from
QUESTION_PIECES = 96
WINDOW, OVERLAP = 352, 96  # word pieces, question included
LONGEST_ANSWER = 30  # word pieces
BATCH = 3000  # word pieces, padding included


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` of the text that was read."""

    start: int
    end: int
    score: float  # log-odds of this span against "no answer here"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says to a question: the best spans, best first, and whether it answers it at all."""

    spans: tuple[Span, ...]  # don't overlap; empty for a text without words
    answerable: float  # log-odds that the text answers the question

    @property
    def score(self) -> float:
        """Log-odds that the best span answers the question: both heads together."""
        return self.spans[0].score + self.answerable if self.spans else -100.0


NOTHING = Reading((), -50.0)


class Reader:
    """The project's own reader. Loading takes a second, so it waits for the first question."""

    def __init__(self, weights: Path = WEIGHTS):
        self.weights = weights

    def read(self, question: str, texts: Sequence[str], spans: int = 3) -> list[Reading]:
        """For each text its reading, in their order. A text longer than the window is read in windows."""
        import torch

        question = self._short(question)
        readings = [NOTHING] * len(texts)
        with torch.inference_mode():
            for numbers, windows in self._batches(question, texts):
                places, answerable = self._answers(*_tensors(windows))
                for i, window, logits, head in zip(numbers, windows, places, answerable.tolist(), strict=True):
                    found = Reading(tuple(_best_spans(texts[i], window, logits, spans)), head)
                    readings[i] = max(readings[i], found, key=lambda r: r.score)
        return readings

    def _answers(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of spans, (windows, pieces, 2), and of whether a window answers, (windows,)."""
        return self._network.answers(ids, types, mask)

    @cached_property
    def _network(self):
        import torch

        from assistant.network import ReaderNetwork

        if self.weights == WEIGHTS:
            check_file(self.weights, json.loads(CARD.read_text())["sha256"])
        torch.set_num_threads(1)
        network = ReaderNetwork.load(model_folder(), self.weights)
        return network.to(torch.bfloat16) if has_bf16_units() else network

    @cached_property
    def _pieces(self) -> Tokenizer:
        """The word pieces of a question alone, however long it is."""
        tokenizer = self._tokenizer()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def _pairs(self) -> Tokenizer:
        """The word pieces of question and text together, in windows."""
        tokenizer = self._tokenizer()
        tokenizer.enable_truncation(WINDOW, stride=OVERLAP, strategy="only_second")
        return tokenizer

    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        tokenizer.no_padding()
        return tokenizer

    def _short(self, question: str) -> str:
        """The question's last words: those of a follow-up stand at its end."""
        question = question[-20 * QUESTION_PIECES :]
        offsets = self._pieces.encode(question, add_special_tokens=False).offsets
        return question if len(offsets) <= QUESTION_PIECES else question[offsets[-QUESTION_PIECES][0] :]

    def _batches(self, question: str, texts: Sequence[str]) -> Iterator[tuple[list[int], list[Encoding]]]:
        pairs = self._pairs.encode_batch([(question, text) for text in texts])
        windows = [
            (i, window)
            for i, pair in enumerate(pairs)
            for window in (pair, *pair.overflowing)
            if 1 in window.sequence_ids
        ]
        windows.sort(key=lambda row: len(row[1]))
        batch: list[tuple[int, Encoding]] = []
        for row in windows:
            if batch and (len(batch) + 1) * len(row[1]) > BATCH:
                yield _apart(batch)
                batch = []
            batch.append(row)
        if batch:
            yield _apart(batch)


class ReaderUnfit(OnRecordError):
    """Weights or a model that can't be a reader."""


def load(name: str | None) -> Reader:
    """The packaged reader; or another training's, by its weights file; or any extractive question-answering model in
    transformers' format, by its folder or its name in the local cache. Raises ReaderUnfit."""
    if name is None:
        return Reader()
    from safetensors import SafetensorError

    if not Path(name).is_file():
        from assistant.qa_model import QuestionAnsweringModel

        return QuestionAnsweringModel.load(name)
    try:
        fits = _shapes(Path(name)) == _shapes(WEIGHTS)
    except (OSError, SafetensorError):
        fits = False
    if not fits:
        raise ReaderUnfit(
            f"ONRECORD_READER names no reader: {name}. Name a weights file that assistant.training made, the folder of"
            " a question-answering model, or unset it."
        )
    return Reader(Path(name))


def _shapes(weights: Path) -> dict[str, list[int]]:
    """The tensors of a weights file with their shapes; nothing else of it is read."""
    from safetensors import safe_open

    with safe_open(weights, framework="numpy") as file:
        return {name: file.get_slice(name).get_shape() for name in file.keys()}  # noqa: SIM118


def _apart(batch: list[tuple[int, Encoding]]) -> tuple[list[int], list[Encoding]]:
    return [i for i, _ in batch], [window for _, window in batch]


def _tensors(windows: Sequence[Encoding]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    import torch

    width = max(map(len, windows))
    rows = torch.zeros(3, len(windows), width, dtype=torch.long)
    for i, window in enumerate(windows):
        for j, values in enumerate((window.ids, window.type_ids, window.attention_mask)):
            rows[j, i, : len(window)] = torch.tensor(values)
    return tuple(rows)


def _best_spans(text: str, window: Encoding, logits: torch.Tensor, count: int) -> Iterator[Span]:
    """The `count` best spans of a window that don't overlap, best first (Devlin et al. 2019, section 4.3)."""
    import torch

    places = [i for i, (of, (a, b)) in enumerate(zip(window.sequence_ids, window.offsets, strict=True)) if of and b > a]
    if not places:
        return
    first, last = places[0], places[-1] + 1
    starts, ends = logits[first:last, 0], logits[first:last, 1]
    pairs = (starts.unsqueeze(1) + ends.unsqueeze(0) - logits[0].sum()).masked_fill(
        ~torch.ones(len(starts), len(starts), dtype=torch.bool).triu().tril(LONGEST_ANSWER - 1), -1e4
    )
    taken: list[tuple[int, int]] = []
    scores, order = pairs.flatten().topk(min(40 * count, pairs.numel()))
    for score, at in zip(scores.tolist(), order.tolist(), strict=True):
        a, b = divmod(at, len(starts))
        if len(taken) == count or score < -1e3:
            return
        if any(a <= d and c <= b for c, d in taken):
            continue
        taken.append((a, b))
        start, end = whole_words(text, window.offsets[first + a][0], window.offsets[first + b][1])
        yield Span(*without_edges(text, start, end), score)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to whole words and whole numbers: "200" of "1,200" becomes "1,200"."""
    while start > 0 and _joined(text, start):
        start -= 1
    while end < len(text) and _joined(text, end):
        end += 1
    return start, end


def without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without separators at its ends: ", a trainer" becomes "a trainer"; one that is nothing else stays."""
    words = text[start:end]
    left, right = len(words) - len(words.lstrip(" \n,;:.!?)]–—")), len(words) - len(words.rstrip(" \n,;:([–—"))
    return (start + left, end - right) if left + right < len(words) else (start, end)


def _joined(text: str, at: int) -> bool:
    """Does the word or number go on across this place?"""
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    return bool(
        re.fullmatch(r"\d[.,]\d", text[max(at - 1, 0) : at + 2])
        or re.fullmatch(r"\d[.,]\d", text[max(at - 2, 0) : at + 1])
    )
