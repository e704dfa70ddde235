"""Train the reader, or the teacher that it learns from: one run, readable from top to bottom.

    python -m assistant.training.train POOL.npz --out FOLDER [--dev SET ...] [--resume]
    python -m assistant.training.train POOL.npz --out TEACHER --teacher ENCODER --device cuda
    python -m assistant.training.train POOL.npz --out FOLDER --soft TEACHER/soft.pt --device cuda

Runs on a processor (hours) or a GPU (minutes); writes a checkpoint every ten minutes and goes on from it
with `--resume`. The learning rate rises, stays, and falls to zero over the last part of the steps
(Hu et al. 2024, the "warmup-stable-decay" schedule), so that a run can be lengthened or brought
to its end early from any checkpoint of the stable part. With `--dev` (as often as there are sets) each
checkpoint is measured on a part of those sets' fit halves, and the best one's weights are what a run leaves;
with `--patience` it stops once so many checkpoints in a row were no better. A teacher's last act is to
label the pool (Hinton et al. 2015), as many examples of it as `--label` minutes allow.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from threading import Thread

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel

from assistant.network import ReaderNetwork
from assistant.training.pool import NONE, SEP, WINDOW, Pool, batches, collate

HARD = 0.3  # weight of the made labels beside a teacher's
ANSWERABLE, DOUBT = 0.5, 0.2  # weights of the two further heads beside the spans
BEST = "best.pt"  # in a run's folder: the weights of its best checkpoint, or of its last without development sets
Batch = dict[str, torch.Tensor]


def main() -> None:
    options = _arguments()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    torch.backends.cuda.matmul.allow_tf32 = True
    options.out.mkdir(parents=True, exist_ok=True)
    checkpoint = options.out / "checkpoint.pt"
    pool = Pool.load(options.pool)
    soft = Soft.load(options.soft) if options.soft else None
    network = _network(options).train()
    weights = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        weights, lr=options.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=options.device != "cpu"
    )
    step, steps = 0, options.steps
    best, since = -1.0, 0  # the best checkpoint's worth, and how many have come after it
    if options.resume and checkpoint.exists():
        held = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(held["network"])
        optimiser.load_state_dict(held["optimiser"])
        step, steps = held["step"], held["steps"] if options.minutes else options.steps
        best, since = held["best"], held["since"]

    began = saved = time.monotonic()
    running, seen = 0.0, 0
    source = draws(pool, options, soft.labelled if soft else np.ones(len(pool.rows), bool))
    prepared = ahead((chosen, collate(pool, chosen)) for chosen in skip(source, step))
    while step < steps:
        chosen, arrays = next(prepared)
        batch = on_device(arrays, options.device)
        for group in optimiser.param_groups:
            group["lr"] = options.rate * schedule(step, steps, options.warmup, options.decay)
        with torch.autocast(options.device, torch.bfloat16, enabled=options.bf16), _attention(options):
            said = network(batch["ids"], batch["types"], batch["mask"])
        error = loss(said, batch)
        if soft:
            error = HARD * error + soft_loss(said, batch, soft.of(chosen, batch["ids"].shape[1], options.device))
        error.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        seen += len(chosen)
        if step % 100 == 0:
            running = error.item()
            speed = seen / (time.monotonic() - began)
            print(f"step {step}/{steps} loss {running:.3f} {speed:.1f} examples/s", flush=True)
        if step == 100 and options.minutes:  # from here on the speed is known
            steps = int(100 * options.minutes * 60 / (time.monotonic() - began))
        if step >= steps or time.monotonic() - saved > options.every * 60:
            report = {"step": step, "loss": round(running, 4)}
            report |= {dev.name: measure(network, dev, options) for dev in options.dev}
            reached = worth([report[dev.name] for dev in options.dev])
            if not options.dev or reached > best:
                best, since = reached, 0
                keep(network, options.out)
            else:
                since += 1
            held = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "steps": steps}
            torch.save(held | {"best": best, "since": since}, checkpoint.with_suffix(".part"))
            checkpoint.with_suffix(".part").replace(checkpoint)
            print(json.dumps(report), flush=True)
            with (options.out / "log.jsonl").open("a") as log:
                log.write(json.dumps(report) + "\n")
            saved = time.monotonic()
            if options.patience and since >= options.patience:
                print(f"No better for {since} checkpoints: the best one's weights stay.", flush=True)
                break
    if options.label:
        network.load_state_dict(torch.load(options.out / BEST, weights_only=True))
        label(network, pool, options).save(options.out / "soft.pt")


def worth(measured: Sequence[Mapping[str, float]]) -> float:
    """One number for a checkpoint: the mean over its development sets of token F1 and AUROC; 0 without any."""
    return sum(m["f1_forced"] + m["auroc_both"] for m in measured) / (2 * len(measured) or 1)


def keep(network: nn.Module, folder: Path) -> None:
    """Write the weights that a run leaves so far; a reader's also as the file that the package loads."""
    torch.save(network.state_dict(), folder / BEST)
    if isinstance(network, ReaderNetwork):
        network.save(folder / "reader.safetensors")


def schedule(step: int, steps: int, warmup: int, decay: float) -> float:
    """The share of the full learning rate at a step."""
    return max(0.0, min(1.0, (step + 1) / warmup, (steps - step) / (decay * steps)))


def draws(pool: Pool, options: argparse.Namespace, usable: np.ndarray) -> Iterator[np.ndarray]:
    """Batches of rows for ever: each epoch all answerable examples and `negatives` others for each of them."""
    answerable = np.flatnonzero(pool.answerable & usable)
    others = np.flatnonzero(~pool.answerable & usable)
    for number in range(1_000_000):
        chance = np.random.default_rng([options.seed, number])
        wanted = min(len(others), int(options.negatives * len(answerable)))
        chosen = np.concatenate([answerable, chance.choice(others, wanted, replace=False)])
        print(f"epoch {number}: {len(chosen):,} examples", flush=True)
        yield from batches(pool, chosen, options.tokens, chance)


def on_device(arrays: Mapping[str, np.ndarray], device: str) -> Batch:
    batch = {name: torch.from_numpy(array).to(device, non_blocking=True) for name, array in arrays.items()}
    batch["allowed"] = batch["types"].bool() & (batch["ids"] != SEP)
    batch["allowed"][:, 0] = True
    return batch


Said = tuple[torch.Tensor, torch.Tensor, torch.Tensor]  # a network's logits for spans, answerable, doubt


def loss(said: Said, batch: Batch) -> torch.Tensor:
    """Cross-entropy of start and end ([CLS] where there is no answer), of answerability, and of doubt where known."""
    spans, answerable, doubt = said
    logits = spans.masked_fill(~batch["allowed"].unsqueeze(-1), -1e4)
    places = F.cross_entropy(logits[..., 0], batch["start"]) + F.cross_entropy(logits[..., 1], batch["end"])
    known = batch["doubt"] != NONE
    doubted = F.binary_cross_entropy_with_logits(doubt, batch["doubt"].float(), reduction="none")
    doubted = (doubted * known).sum() / known.sum().clamp(min=1)
    answers = F.binary_cross_entropy_with_logits(answerable, batch["answerable"])
    return places / 2 + ANSWERABLE * answers + DOUBT * doubted


def soft_loss(said: Said, batch: Batch, taught: Said) -> torch.Tensor:
    """Cross-entropy of all heads against a teacher's distributions."""
    spans, answerable, doubt = said
    forbidden = ~batch["allowed"].unsqueeze(-1)
    wanted = taught[0].masked_fill(forbidden, -1e4).softmax(1)
    places = -(wanted * spans.masked_fill(forbidden, -1e4).log_softmax(1)).sum(1).mean(0).sum()
    answers = F.binary_cross_entropy_with_logits(answerable, taught[1].sigmoid())
    asked = batch["mask"].bool() & ~batch["types"].bool()
    doubted = F.binary_cross_entropy_with_logits(doubt, taught[2].sigmoid(), reduction="none")
    doubted = (doubted * asked).sum() / asked.sum().clamp(min=1)
    return places / 2 + ANSWERABLE * answers + DOUBT * doubted


@dataclass(frozen=True)
class Soft:
    """A teacher's logits for examples of the pool."""

    logits: torch.Tensor  # (pieces, 3) in 16 bits: start, end and doubt of all labelled examples, one after the other
    answerable: torch.Tensor  # (examples,)
    bounds: torch.Tensor  # (examples, 2): where in `logits` an example's lie; 0, 0 where it has none

    @classmethod
    def load(cls, path: Path) -> Soft:
        return cls(**torch.load(path, weights_only=True))

    def save(self, path: Path) -> None:
        torch.save({"logits": self.logits, "answerable": self.answerable, "bounds": self.bounds}, path)

    @property
    def labelled(self) -> np.ndarray:
        return (self.bounds[:, 1] > 0).numpy()

    def of(self, chosen: np.ndarray, width: int, device: str) -> Said:
        """The logits of some examples, padded to a width."""
        bounds = self.bounds[torch.from_numpy(chosen)]
        places = torch.arange(width)
        at = (bounds[:, :1] + places).clamp(max=len(self.logits) - 1)
        rows = self.logits[at].to(device, non_blocking=True).float()
        return rows[..., :2], self.answerable[torch.from_numpy(chosen)].to(device), rows[..., 2]


def label(network: nn.Module, pool: Pool, options: argparse.Namespace) -> Soft:
    """Read examples of the pool in random order until the time is out."""
    network.eval()
    began = time.monotonic()
    chance = np.random.default_rng(options.seed)
    kept, bounds, at = [], torch.zeros(len(pool.rows), 2, dtype=torch.long), 0
    answerable = torch.zeros(len(pool.rows))
    lengths = pool.lengths
    with torch.inference_mode(), torch.autocast(options.device, torch.bfloat16, enabled=options.bf16):
        for chosen in batches(pool, np.arange(len(pool.rows)), options.tokens, chance):
            if time.monotonic() - began > options.label * 60:
                break
            batch = on_device(collate(pool, chosen), options.device)
            spans, answers, doubt = network(batch["ids"], batch["types"], batch["mask"])
            rows = torch.cat([spans, doubt.unsqueeze(-1)], -1)[batch["mask"].bool()].half().cpu()
            ends = at + torch.from_numpy(np.cumsum(lengths[chosen]))
            bounds[torch.from_numpy(chosen)] = torch.stack([ends - torch.from_numpy(lengths[chosen]), ends], 1)
            answerable[torch.from_numpy(chosen)] = answers.cpu()
            kept.append(rows)
            at += len(rows)
    soft = Soft(torch.cat(kept), answerable, bounds)
    print(f"labelled {int(soft.labelled.sum()):,} of {len(pool.rows):,} examples", flush=True)
    return soft


def measure(network: nn.Module, dev: Path, options: argparse.Namespace) -> dict[str, float]:
    """Token F1 of a forced answer, and AUROC of what tells whether there is one, on a part of a set's fit half.

    A question's scope is read text by text, and the surest text counts.
    """
    from assistant.evaluation.measures import auroc, token_f1
    from assistant.evaluation.sets import fit_half

    tokenizer = Tokenizer.from_file(str(options.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(WINDOW, strategy="only_second")
    texts = {row["id"]: row["text"] for row in map(json.loads, (dev / "articles.jsonl").open(encoding="utf-8"))}
    rows = [row for row in map(json.loads, (dev / "questions.jsonl").open(encoding="utf-8")) if row.get("articles")]
    rows = [row for row in rows if fit_half(row["articles"][0])]
    rows = random.Random(7).sample(rows, min(options.sample, len(rows)))
    pairs = [(i, article) for i, row in enumerate(rows) for article in row["articles"]]
    encoded = tokenizer.encode_batch([(rows[i]["question"], texts[article]) for i, article in pairs])
    found: list[list[tuple[float, float, float, float, str]]] = [[] for _ in rows]
    order = sorted(range(len(pairs)), key=lambda n: len(encoded[n]))
    network.eval()
    size = 64 if options.device != "cpu" else 4
    with torch.inference_mode(), torch.autocast(options.device, torch.bfloat16, enabled=options.bf16):
        for some in (order[at : at + size] for at in range(0, len(order), size)):
            width = max(len(encoded[n]) for n in some)
            arrays = {name: np.zeros((len(some), width), np.int64) for name in ("ids", "types", "mask")}
            for i, n in enumerate(some):
                for name, values in zip(arrays, (encoded[n].ids, encoded[n].type_ids), strict=False):
                    arrays[name][i, : len(values)] = values
                arrays["mask"][i, : len(encoded[n])] = 1
            batch = on_device(arrays, options.device)
            spans, answers, doubt = network(batch["ids"], batch["types"], batch["mask"])
            spans = spans.masked_fill(~batch["allowed"].unsqueeze(-1), -1e4)
            sums = (spans[:, 1:, :1] + spans[:, None, 1:, 1]).triu().tril(24)
            best, places = sums.masked_fill(sums == 0, -1e4).flatten(1).max(1)
            score = best - spans[:, 0].sum(-1)
            asked = batch["mask"].bool() & ~batch["types"].bool() & (batch["ids"] > SEP)
            doubts = doubt.masked_fill(~asked, -1e4).max(1).values
            columns = zip(some, score.tolist(), answers.tolist(), doubts.tolist(), places.tolist(), strict=True)
            for n, s, head, d, place in columns:
                a, b = divmod(place, width - 1)
                offsets, text = encoded[n].offsets, texts[pairs[n][1]]
                words = text[offsets[a + 1][0] : offsets[min(b + 1, len(offsets) - 1)][1]]
                found[pairs[n][0]].append((s + head, s, head, -d, words))
    network.train()
    truth = [bool(row["answerable"]) for row in rows]
    surest = [max(f) for f in found]
    f1 = [token_f1(f[4], row["answers"]) for f, row in zip(surest, rows, strict=True) if row["answerable"]]
    names = ("both", "span", "head", "doubt")
    aurocs = {f"auroc_{name}": round(auroc([f[i] for f in surest], truth), 4) for i, name in enumerate(names)}
    return {"f1_forced": round(sum(f1) / len(f1), 4), **aurocs, "n": len(rows)}


def ahead(items: Iterator, count: int = 4) -> Iterator:
    """The items, made by another thread a few ahead of their use."""
    queue: Queue = Queue(count)

    def fill() -> None:
        for item in items:
            queue.put(item)

    Thread(target=fill, daemon=True).start()
    while True:
        yield queue.get()


def skip(items: Iterator, count: int) -> Iterator:
    """The items after the first `count`: a resumed run sees what an undisturbed one would."""
    for _ in range(count):
        next(items)
    return items


def _network(options: argparse.Namespace) -> nn.Module:
    if options.teacher:
        from assistant.training.teacher import TeacherNetwork

        return TeacherNetwork.from_encoder(options.teacher).to(options.device)
    network = ReaderNetwork.from_encoder(options.encoder)
    network.encoder.embeddings.word_embeddings.requires_grad_(False)
    return network.to(options.device)


def _attention(options: argparse.Namespace) -> AbstractContextManager:
    """In bf16, fused attention's backward pass takes four times the plain form's on a processor."""
    return sdpa_kernel(SDPBackend.MATH) if options.device == "cpu" else nullcontext()


def _packaged() -> Path:
    from index.embedder import model_folder

    return model_folder()


def _arguments() -> argparse.Namespace:
    p = argparse.ArgumentParser(description="Train the reader, or its teacher.")
    p.add_argument("pool", type=Path, help="what assistant.training.prepare made")
    p.add_argument("--out", type=Path, required=True, help="where checkpoint, weights and log go")
    p.add_argument("--encoder", type=Path, help="all-MiniLM-L6-v2's folder; the packaged one without")
    p.add_argument("--teacher", type=Path, help="train a teacher on the MPNet encoder in this folder")
    p.add_argument("--label", type=float, default=0.0, help="minutes in which the trained network labels the pool")
    p.add_argument("--soft", type=Path, help="a teacher's labels to learn from")
    p.add_argument("--dev", type=Path, action="append", default=[], help="a question set to measure checkpoints on")
    p.add_argument("--patience", type=int, help="checkpoints in a row that may be no better, before it stops")
    p.add_argument("--sample", type=int, default=600, help="questions of a development set that are measured")
    p.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    p.add_argument("--steps", type=int, default=8000)
    p.add_argument("--minutes", type=float, help="as many steps as fit, by the speed of the first hundred")
    p.add_argument("--warmup", type=int, default=300)
    p.add_argument("--decay", type=float, default=0.5, help="the last share of the steps, in which the rate falls")
    p.add_argument("--rate", type=float, default=1.2e-4)
    p.add_argument("--tokens", type=int, default=5000, help="word pieces a batch, padding included")
    p.add_argument("--negatives", type=float, default=1.0)
    p.add_argument("--every", type=float, default=10, help="minutes between checkpoints")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--device", default="cpu")
    p.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True)
    p.add_argument("--seed", type=int, default=1)
    options = p.parse_args()
    options.encoder = options.encoder or _packaged()
    return options


if __name__ == "__main__":
    main()
