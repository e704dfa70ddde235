"""Train the reader: one run, readable from top to bottom.

    python -m assistant.training.train DATA --out FOLDER [--dev SQUAD2-DEV] [--resume]

Needs a few hours on two cores; writes a checkpoint every ten minutes and goes on from it with
`--resume`. The learning rate rises, stays, and falls to zero over the last part of the steps
(Hu et al. 2024, the "warmup-stable-decay" schedule), so that a run can be lengthened or brought
to its end early from any checkpoint of the stable part.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel

from assistant.network import ReaderNetwork
from assistant.training.examples import Example, epoch

WINDOW = 352  # tokens; a longer context is cut around its answer before it comes here


def main() -> None:
    options = _arguments()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    checkpoint = options.out / "checkpoint.pt"

    from index.embedder import model_folder

    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(WINDOW, strategy="only_second")
    network = ReaderNetwork.from_encoder(model_folder()).train()
    network.encoder.embeddings.word_embeddings.requires_grad_(False)
    weights = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=options.rate, betas=(0.9, 0.98), weight_decay=0.01)
    step = 0
    if options.resume and checkpoint.exists():
        held = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(held["network"])
        optimiser.load_state_dict(held["optimiser"])
        step = held["step"]

    words = EmbeddedWords(network, tokenizer)
    saved = time.monotonic()
    running, seen, began = 0.0, 0, time.monotonic()
    for batch in skip(batches(options, tokenizer, words), step):
        for group in optimiser.param_groups:
            group["lr"] = options.rate * schedule(step, options.steps, options.warmup, options.decay)
        # In bf16, fused attention's backward pass takes four times the plain form's on a processor.
        with torch.autocast("cpu", torch.bfloat16, enabled=options.bf16), sdpa_kernel(SDPBackend.MATH):
            spans, answerable = network(batch["ids"], batch["types"], batch["mask"])
        error = loss(spans, answerable, batch)
        error.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        seen += len(batch["ids"])
        running = 0.98 * running + 0.02 * error.item() if running else error.item()
        if step % 100 == 0:
            print(
                f"step {step}/{options.steps} loss {running:.3f} {seen / (time.monotonic() - began):.1f} examples/s",
                flush=True,
            )
        if step >= options.steps or time.monotonic() - saved > options.every * 60:
            held = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step}
            torch.save(held, checkpoint.with_suffix(".part"))
            checkpoint.with_suffix(".part").replace(checkpoint)
            network.save(options.out / "reader.safetensors")
            if options.dev:
                figures = {"step": step, "loss": round(running, 4), **measure(network, tokenizer, options.dev)}
                print(json.dumps(figures), flush=True)
                with (options.out / "log.jsonl").open("a") as log:
                    log.write(json.dumps(figures) + "\n")
            saved = time.monotonic()
        if step >= options.steps:
            return


def schedule(step: int, steps: int, warmup: int, decay: float) -> float:
    """The share of the full learning rate at a step."""
    return max(0.0, min(1.0, (step + 1) / warmup, (steps - step) / (decay * steps)))


def loss(spans: torch.Tensor, answerable: torch.Tensor, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """Cross-entropy of start and end ([CLS] where there is no answer), and of answerability."""
    logits = spans.masked_fill(~batch["allowed"].unsqueeze(-1), -1e4)
    places = F.cross_entropy(logits[..., 0], batch["start"]) + F.cross_entropy(logits[..., 1], batch["end"])
    return places / 2 + 0.3 * F.binary_cross_entropy_with_logits(answerable, batch["answerable"])


def batches(
    options: argparse.Namespace, tokenizer: Tokenizer, words: EmbeddedWords
) -> Iterator[dict[str, torch.Tensor]]:
    """Batches of about `options.tokens` tokens, each of examples of like length, for ever."""
    for number in range(1_000_000):
        chance = random.Random(options.seed + number)
        examples = epoch(options.data, options.seed + number, words, options.negatives, options.crops)
        print(f"epoch {number}: {len(examples)} examples", flush=True)
        for at in range(0, len(examples), 4096):
            rows = [row for row in (encode(tokenizer, e) for e in examples[at : at + 4096]) if row]
            rows.sort(key=lambda row: len(row[0]) + chance.random())
            made, batch = [], []
            for row in rows:
                if batch and (len(batch) + 1) * len(row[0]) > options.tokens:
                    made.append(batch)
                    batch = []
                batch.append(row)
            made.append(batch)
            chance.shuffle(made)
            yield from map(collate, made)


def encode(tokenizer: Tokenizer, example: Example) -> tuple[list[int], list[int], int, int] | None:
    """Token ids, types, and the answer's first and last token (0, 0 where there is none)."""
    pair = tokenizer.encode(" ".join(example.question.split()[:60]), example.context)
    if example.start is None:
        return pair.ids, pair.type_ids, 0, 0
    held = [
        i
        for i, ((a, b), kind) in enumerate(zip(pair.offsets, pair.type_ids, strict=True))
        if kind == 1 and b > a and a < example.end and b > example.start
    ]
    return (pair.ids, pair.type_ids, held[0], held[-1]) if held else None


def collate(rows: Sequence[tuple[list[int], list[int], int, int]]) -> dict[str, torch.Tensor]:
    width = (
        -(-max(len(row[0]) for row in rows) // 32) * 32
    )  # few different shapes: each keeps a compiled kernel in memory
    ids, types = torch.zeros(len(rows), width, dtype=torch.long), torch.zeros(len(rows), width, dtype=torch.long)
    mask = torch.zeros(len(rows), width, dtype=torch.long)
    for i, row in enumerate(rows):
        n = len(row[0])
        ids[i, :n], types[i, :n], mask[i, :n] = torch.tensor(row[0]), torch.tensor(row[1]), 1
    allowed = types.bool() & (ids != 102)  # [SEP]
    allowed[:, 0] = True
    start, end = torch.tensor([row[2] for row in rows]), torch.tensor([row[3] for row in rows])
    answers = (start > 0).float()
    return {
        "ids": ids,
        "types": types,
        "mask": mask,
        "allowed": allowed,
        "start": start,
        "end": end,
        "answerable": answers,
    }


class EmbeddedWords:
    """Which words are used alike, by the network's own word embeddings (the `Words` of examples.py)."""

    def __init__(self, network: ReaderNetwork, tokenizer: Tokenizer):
        # Whole words of the vocabulary, without its first two thousand entries: marks, letters, function words.
        self.words = [
            w for w, i in tokenizer.get_vocab().items() if w.isalpha() and w.isascii() and len(w) > 2 and i > 1996
        ]
        rows = network.encoder.embeddings.word_embeddings.weight.detach()
        # NumPy, since torch's threads cost more than these small products.
        self.table = F.normalize(rows[[tokenizer.token_to_id(w) for w in self.words]], dim=-1).numpy()
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


def measure(network: ReaderNetwork, tokenizer: Tokenizer, dev: Path, sample: int = 600) -> dict[str, float]:
    """Token F1 of a forced answer and AUROC of answerability on a part of a dev set's fit half."""
    from assistant.evaluation.measures import auroc, token_f1
    from assistant.evaluation.sets import fit_half

    texts = {row["id"]: row["text"] for row in map(json.loads, (dev / "articles.jsonl").open(encoding="utf-8"))}
    rows = [row for row in map(json.loads, (dev / "questions.jsonl").open(encoding="utf-8")) if row.get("articles")]
    rows = random.Random(7).sample([row for row in rows if fit_half(row["articles"][0])], sample)
    network.eval()
    f1, score, head, truth = [], [], [], []
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for row in rows:
            context = texts[row["articles"][0]]
            pair = tokenizer.encode(row["question"], context)
            batch = collate([(pair.ids, pair.type_ids, 0, 0)])
            spans, answerable = network(batch["ids"], batch["types"], batch["mask"])
            spans = spans[0].masked_fill(~batch["allowed"][0].unsqueeze(-1), -1e4)
            pairs = (spans[1:, 0].unsqueeze(1) + spans[1:, 1].unsqueeze(0)).triu().tril(24)
            pairs = pairs.masked_fill(pairs == 0, -1e4)
            best = int(pairs.argmax())
            a, b = divmod(best, pairs.shape[1])
            score.append(float(pairs.max() - spans[0].sum()))
            head.append(float(answerable[0]))
            truth.append(bool(row["answerable"]))
            if row["answerable"]:
                f1.append(token_f1(context[pair.offsets[a + 1][0] : pair.offsets[b + 1][1]], row["answers"]))
    network.train()
    both = [s + h for s, h in zip(score, head, strict=True)]
    return {
        "f1_forced": round(sum(f1) / len(f1), 4),
        "auroc_span": round(auroc(score, truth), 4),
        "auroc_head": round(auroc(head, truth), 4),
        "auroc_both": round(auroc(both, truth), 4),
    }


def skip(items: Iterator, count: int) -> Iterator:
    """The items after the first `count`: a resumed run sees what an undisturbed one would."""
    for _ in range(count):
        next(items)
    return items


def _arguments() -> argparse.Namespace:
    p = argparse.ArgumentParser(description="Train the reader.")
    p.add_argument("data", type=Path, help="folder with reader-*.jsonl.gz")
    p.add_argument("--out", type=Path, required=True, help="where checkpoint, weights and log go")
    p.add_argument("--dev", type=Path, help="a question set whose fit half is measured at each checkpoint")
    p.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    p.add_argument("--steps", type=int, default=8000)
    p.add_argument("--warmup", type=int, default=300)
    p.add_argument("--decay", type=float, default=0.5, help="the last share of the steps, in which the rate falls")
    p.add_argument("--rate", type=float, default=1.2e-4)
    p.add_argument("--tokens", type=int, default=5000, help="tokens a batch, padding included")
    p.add_argument("--negatives", type=float, default=0.9)
    p.add_argument("--crops", type=float, default=0.4)
    p.add_argument("--every", type=float, default=10, help="minutes between checkpoints")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True)
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


if __name__ == "__main__":
    main()
