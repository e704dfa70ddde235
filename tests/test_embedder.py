"""The embedding model: its two ways to a vector are one, and it is the published one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embedder import Embedder, ModelUnusable, check_file, model_folder

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


def laid_out_apart(folder: Path, window: int = 256) -> str:
    """The packaged model as many others lie on disk: its transformer in a folder, no tokenizer.json at the top."""
    inner = folder / "0_Transformer"
    inner.mkdir()
    for file in model_folder().iterdir():
        (folder if file.is_dir() else inner).joinpath(file.name).symlink_to(file)
    modules = (inner / "modules.json").read_text().replace('"path": ""', '"path": "0_Transformer"')
    (folder / "modules.json").write_text(modules)
    (inner / "sentence_bert_config.json").unlink()
    (inner / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": window, "do_lower_case": False}))
    return str(folder)


def test_another_models_word_pieces_are_counted_to_the_end(tmp_path):
    """Embedding makes a model cut and pad its texts; what counts their pieces goes on counting all, and no more."""
    embedder, texts = Embedder(laid_out_apart(tmp_path)), ["The ferry was late. " * 100, "Late."]
    before = [len(offsets) for offsets in embedder.offsets(texts)]
    embedder.embed(texts)
    assert [len(offsets) for offsets in embedder.offsets(texts)] == before == [500, 2]


def test_a_model_that_reads_less_than_a_passage_is_refused(tmp_path):
    """It would embed half of each."""
    with pytest.raises(ModelUnusable, match="reads 128 word pieces"):
        Embedder(laid_out_apart(tmp_path, window=128)).embed(["The ferry was late."])
