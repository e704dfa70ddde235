"""A reader of somebody else's: an extractive question-answering model in transformers' format."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.reader import Reader, ReaderUnfit

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer
    from transformers import PreTrainedModel, PreTrainedTokenizerBase


class QuestionAnsweringModel(Reader):
    """A model that gives each token a start and an end logit, its first token standing for "no answer here".

    Such a model says nothing else of whether a text answers, so the log-odds of its best span count for that too. The
    confidence is fitted to the packaged reader: with another one the threshold may want to be moved.
    """

    def __init__(self, name: str, model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase):
        super().__init__(Path(name))
        self.model = model.eval()
        self.tokenizer = tokenizer

    @classmethod
    def load(cls, name: str) -> QuestionAnsweringModel:
        """From a folder, or by a name in the local cache; nothing is downloaded. Raises ReaderUnfit."""
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from safetensors import SafetensorError
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer, logging

        logging.disable_progress_bar()
        try:
            # No code of the model's own is run, and no pickle is read.
            model, missing = AutoModelForQuestionAnswering.from_pretrained(
                name, local_files_only=True, use_safetensors=True, trust_remote_code=False, output_loading_info=True
            )
            tokenizer = AutoTokenizer.from_pretrained(name, local_files_only=True, trust_remote_code=False)
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise ReaderUnfit(
                f"ONRECORD_READER names no reader: {name}. Name a weights file that assistant.training made, the folder"
                " of a question-answering model, or unset it."
            ) from error
        if missing["missing_keys"] or not tokenizer.is_fast:
            raise ReaderUnfit(
                f"The model {name} was not trained to answer questions. Name one that has a span head and a fast"
                " tokenizer, or unset ONRECORD_READER."
            )
        return cls(name, model, tokenizer)

    def _answers(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits of spans, and the best span's log-odds for "answerable"."""
        import torch

        torch.set_num_threads(1)
        given = {"input_ids": ids, "attention_mask": mask}
        if "token_type_ids" in self.tokenizer.model_input_names:
            given["token_type_ids"] = types
        said = self.model(**given)
        spans = torch.stack([said.start_logits, said.end_logits], -1).float()
        inside = spans[:, 1:].masked_fill(mask[:, 1:, None] == 0, -1e4)
        return spans, (inside.amax(1) - spans[:, 0]).sum(-1)

    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_str(self.tokenizer.backend_tokenizer.to_str())
        tokenizer.no_padding()
        return tokenizer
