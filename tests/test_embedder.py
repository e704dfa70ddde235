"""The embedding model: its two ways to a vector are one, and it is the published one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embedder import Embedder, ModelUnusable, check_file

ROOT = Path(__file__).parents[1]
TEXTS = [
    "Who closed the bridge?",
    "",
    "?",
    "Die Brücke über den Ostley bleibt bis März gesperrt. 橋は閉鎖されています。🔥",
    "The ferry was late again on Monday. " * 60,  # longer than the window
    "x" * 3000,
]


@pytest.fixture(scope="module")
def embedder():
    return Embedder()


@pytest.mark.parametrize("text", TEXTS)
def test_a_question_gets_the_vector_that_sentence_transformers_gives_it(embedder, text):
    """Without sentence-transformers' import a text gets the same vector, also one that is longer than the window."""
    few, many = embedder.embed_few([text]), embedder.embed([text])
    assert few.shape == many.shape and few.dtype == many.dtype == np.float32
    assert float(few[0] @ many[0]) > 0.9999
    assert np.linalg.norm(few[0]) == pytest.approx(1, abs=1e-5)


def test_a_question_is_embedded_without_heavy_imports():
    """What a first question waits for imports neither sentence-transformers nor transformers."""
    asked = (
        "import sys; from index.embedder import Embedder; from assistant.reader import Reader;"
        "Embedder().embed_few(['Who?']); Reader().read('Who?', ['Mara Tolv was there.']);"
        "print(sorted({'transformers', 'sentence_transformers', 'sklearn', 'scipy'} & sys.modules.keys()))"
    )
    run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.strip() == "[]"


def test_another_model_file_is_refused(tmp_path):
    """A file that isn't the published one is named, with the way out."""
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(ModelUnusable, match="model.safetensors is not the published file. Reinstall"):
        check_file(tmp_path / "model.safetensors", "0" * 64)
