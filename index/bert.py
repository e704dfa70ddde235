"""BERT's encoder in plain torch, for what must be quick to load: one question's vector, and the reader.

The same numbers as transformers' BertModel from the same weights (tests/test_bert.py says so). Its
import costs a question from a cold start four seconds of processor time, this one none beside torch's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, scaled_dot_product_attention


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes that a BERT's config.json gives."""

    vocab_size: int
    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    max_position_embeddings: int
    type_vocab_size: int
    layer_norm_eps: float

    @classmethod
    def read(cls, folder: Path) -> Shape:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        return cls(**{name: config[name] for name in cls.__slots__})


class Bert(nn.Module):
    """Token ids to hidden states of shape (batch, tokens, hidden_size) (Devlin et al. 2019).

    Parameters bear the names of the published weights. It has no dropout and no pooler.
    """

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.embeddings = Embeddings(shape)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer(shape) for _ in range(shape.num_hidden_layers))})

    def forward(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = self.embeddings(input_ids, token_type_ids)
        seen = attention_mask[:, None, None, :].bool()
        for layer in self.encoder["layer"]:
            hidden = layer(hidden, seen)
        return hidden

    @classmethod
    def load(cls, folder: Path) -> Bert:
        """The encoder of a folder of the transformers format, ready to run."""
        from safetensors.torch import load_file

        encoder = cls(Shape.read(folder))
        encoder.load_state_dict(own(load_file(folder / "model.safetensors")))
        return encoder.eval()


def own(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Published weights without what this encoder has no use for."""
    return {k: v for k, v in weights.items() if not k.startswith("pooler.") and k != "embeddings.position_ids"}


class Embeddings(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.word_embeddings = nn.Embedding(shape.vocab_size, shape.hidden_size)
        self.position_embeddings = nn.Embedding(shape.max_position_embeddings, shape.hidden_size)
        self.token_type_embeddings = nn.Embedding(shape.type_vocab_size, shape.hidden_size)
        self.LayerNorm = nn.LayerNorm(shape.hidden_size, shape.layer_norm_eps)

    def forward(self, input_ids: Tensor, token_type_ids: Tensor) -> Tensor:
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        words = self.word_embeddings(input_ids) + self.token_type_embeddings(token_type_ids)
        return self.LayerNorm(words + self.position_embeddings(places))


class Added(nn.Module):
    """A dense layer whose result is added to what went in before it, and normalised."""

    def __init__(self, size: int, shape: Shape):
        super().__init__()
        self.dense = nn.Linear(size, shape.hidden_size)
        self.LayerNorm = nn.LayerNorm(shape.hidden_size, shape.layer_norm_eps)

    def forward(self, hidden: Tensor, before: Tensor) -> Tensor:
        return self.LayerNorm(self.dense(hidden) + before)


class Attention(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.heads = shape.num_attention_heads
        self.self = nn.ModuleDict(
            {name: nn.Linear(shape.hidden_size, shape.hidden_size) for name in ("query", "key", "value")}
        )
        self.output = Added(shape.hidden_size, shape)

    def forward(self, hidden: Tensor, seen: Tensor) -> Tensor:
        query, key, value = (
            linear(hidden).unflatten(2, (self.heads, -1)).transpose(1, 2) for linear in self.self.values()
        )
        attended = scaled_dot_product_attention(query, key, value, seen)
        return self.output(attended.transpose(1, 2).flatten(2), hidden)


class Layer(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.attention = Attention(shape)
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(shape.hidden_size, shape.intermediate_size)})
        self.output = Added(shape.intermediate_size, shape)

    def forward(self, hidden: Tensor, seen: Tensor) -> Tensor:
        hidden = self.attention(hidden, seen)
        return self.output(gelu(self.intermediate["dense"](hidden)), hidden)
