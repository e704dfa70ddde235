"""BERT's encoder in plain torch against the library that everybody uses."""

from __future__ import annotations

import torch

from index.bert import Bert
from index.embedder import model_folder


def test_hidden_states_are_those_of_transformers():
    """From the same weights it gives the same numbers, in a batch with padding and two segments."""
    from transformers import BertModel

    theirs = BertModel.from_pretrained(model_folder(), local_files_only=True).eval()
    ours = Bert.load(model_folder())
    torch.manual_seed(1)
    ids, types = torch.randint(1000, 30_000, (4, 40)), torch.zeros(4, 40, dtype=torch.long)
    seen = torch.ones_like(ids)
    types[:, 12:] = 1
    seen[2, 20:] = seen[3, 5:] = 0
    with torch.inference_mode():
        wanted = theirs(input_ids=ids, token_type_ids=types, attention_mask=seen).last_hidden_state
        found = ours(ids, types, seen)
    torch.testing.assert_close(found[seen.bool()], wanted[seen.bool()], rtol=1e-4, atol=1e-5)
