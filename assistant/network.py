"""The reader's network: MiniLM's six layers with a span head and an answerability head.

Its word embeddings are the packaged embedding model's, frozen, so that the weights this project
ships are only the layers and the heads (about 21 MB in 16 bits). Imported by the reader, which
runs it, and by the training, which makes it; both need torch, so neither is imported early.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from index.bert import Bert

WORD_EMBEDDINGS = "encoder.embeddings.word_embeddings.weight"


class ReaderNetwork(nn.Module):
    """A BERT encoder under two heads (Devlin et al. 2019, the SQuAD 2.0 form).

    `spans` gives each token a start and an end logit; those of [CLS] stand for "no answer here".
    `answerable` gives the whole input one logit, read from [CLS]; `doubt` gives one to each token of
    the question: does the text contradict it?
    """

    def __init__(self, encoder: Bert):
        super().__init__()
        self.encoder = encoder
        self.spans = nn.Linear(encoder.shape.hidden_size, 2)
        self.answerable = nn.Linear(encoder.shape.hidden_size, 1)
        self.doubt = nn.Linear(encoder.shape.hidden_size, 1)

    @classmethod
    def from_encoder(cls, folder: Path) -> ReaderNetwork:
        """The untrained network on the encoder in a folder; its heads start from torch's seed."""
        return cls(Bert.load(folder))

    @classmethod
    def load(cls, encoder: Path, weights: Path) -> ReaderNetwork:
        """The trained network: layers and heads from `weights`, word embeddings from `encoder`."""
        network = cls.from_encoder(encoder)
        state = {name: tensor.float() for name, tensor in load_file(weights).items()}
        missing, unexpected = network.load_state_dict(state, strict=False)
        if set(missing) != {WORD_EMBEDDINGS} or unexpected:
            raise ValueError(f"{weights} does not fit the reader: {missing} {unexpected}")
        return network.eval()

    def save(self, path: Path) -> None:
        """Write layers and heads in 16 bits, without the word embeddings."""
        state = {k: v.half().contiguous() for k, v in self.state_dict().items() if k != WORD_EMBEDDINGS}
        save_file(state, path)

    def forward(
        self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Logits: (batch, tokens, 2) for start and end, (batch,) for "answerable", (batch, tokens) for doubt."""
        hidden = self.encoder(input_ids, token_type_ids, attention_mask)
        return *self._answers(hidden), self.doubt(hidden).float().squeeze(-1)

    def answers(
        self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The first two of these, all that a reading asks for: doubt is learnt for what it teaches the encoder."""
        return self._answers(self.encoder(input_ids, token_type_ids, attention_mask))

    def _answers(self, hidden: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return self.spans(hidden).float(), self.answerable(hidden[:, 0]).float().squeeze(-1)
