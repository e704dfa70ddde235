"""The mean of several readers' weights (Wortsman et al. 2022, "model soups"), written where the package has them.

    python -m assistant.training.mean WEIGHTS [WEIGHTS ...] --steps N

The card beside them gets the hash that the reader checks.
"""

from __future__ import annotations

import argparse
import json
from hashlib import sha256
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from assistant.reader import CARD, WEIGHTS


def main() -> None:
    p = argparse.ArgumentParser(description="Make the packaged reader: the mean of several trained ones' weights.")
    p.add_argument("weights", nargs="+", type=Path, help="reader.safetensors of a training run, or several")
    p.add_argument("--steps", type=int, required=True, help="of the longest run")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--out", type=Path, default=WEIGHTS)
    options = p.parse_args()
    save_file(mean([load_file(path) for path in options.weights]), options.out)
    digest = sha256(options.out.read_bytes()).hexdigest()
    card = {"sha256": digest, "steps": options.steps, "seed": options.seed, "base": "all-MiniLM-L6-v2"}
    options.out.with_name(CARD.name).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def mean(readers: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Tensor by tensor, in 16 bits."""
    return {name: torch.stack([r[name].float() for r in readers]).mean(0).half() for name in readers[0]}


if __name__ == "__main__":
    main()
