"""Toys whose answers can be worked out by hand, where a model would be slow."""

from __future__ import annotations

import json
import re
from pathlib import Path
from zlib import crc32

import numpy as np


class WordEmbedder:
    """Counts words in 256 buckets: texts that share words are near. Remembers what it embedded."""

    name = "toy-words"
    dimensions = 256

    def __init__(self):
        self.embedded: list[str] = []

    def offsets(self, texts: list[str]) -> list[list[tuple[int, int]]]:
        return [[m.span() for m in re.finditer(r"\w+|[^\w\s]", text)] for text in texts]

    def embed(self, texts: list[str]) -> np.ndarray:
        self.embedded += texts
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[row, crc32(word.encode()) % self.dimensions] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)

    embed_few = embed


def write_articles(file: Path, *articles: dict) -> Path:
    """A JSONL file of articles."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles), encoding="utf-8")
    return file
