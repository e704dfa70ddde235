"""Another's reader: a question-answering model in transformers' format."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import torch

from assistant.reader import Reader, ReaderUnfit, load
from index.embedder import model_folder

FERRY = "The ferry Aurora left Port Ellin at six. Captain Mara Tolv was on the bridge. It carried 1,240 cars."
POOL = "The council met on Tuesday to talk about the new swimming pool and its opening hours."
QUESTIONS = ("Who was on the bridge?", "How many cars did the ferry carry?", "When did the ferry leave?")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The packaged reader's encoder and span head, written as transformers writes such a model."""
    from transformers import AutoTokenizer, BertConfig, BertForQuestionAnswering

    ours = Reader()._network.float()
    theirs = BertForQuestionAnswering(BertConfig.from_pretrained(model_folder()))
    theirs.bert.load_state_dict(ours.encoder.state_dict(), strict=False)
    theirs.qa_outputs.load_state_dict(ours.spans.state_dict())
    folder = tmp_path_factory.mktemp("model")
    theirs.save_pretrained(folder)
    AutoTokenizer.from_pretrained(model_folder()).save_pretrained(folder)
    return folder


def test_a_model_by_its_folder_reads_as_its_weights_do(folder):
    """The same weights in transformers' format give the same spans with the same log-odds."""
    other, own = load(str(folder)), Reader()
    for question in QUESTIONS:
        theirs, ours = (r.read(question, [FERRY, POOL * 40]) for r in (other, own))
        for one, two in zip(theirs, ours, strict=True):
            assert (one.spans[0].start, one.spans[0].end) == (two.spans[0].start, two.spans[0].end)
            assert one.spans[0].score == pytest.approx(two.spans[0].score, abs=0.5)  # theirs in 32 bits
        assert theirs[0].score > theirs[1].score
        assert theirs[0].answerable == pytest.approx(theirs[0].spans[0].score, abs=1e-3)


def test_it_answers_in_the_pipeline(folder, sample_library):
    """The assistant takes such a reader in place of its own."""
    from assistant import Assistant
    from index.library import Library

    answer = Assistant(Library.open(sample_library), load(str(folder))).answer("How much does a new boiler cost?")
    assert answer.status == "answered" and answer.short == "£48,000"


def test_a_model_that_was_not_trained_to_answer_is_refused():
    """An encoder alone would get a head of random numbers."""
    with pytest.raises(ReaderUnfit, match="not trained to answer"):
        load(str(model_folder()))


def test_damaged_weights_are_no_model(folder, tmp_path):
    """A file that was cut off is refused in a sentence."""
    shutil.copytree(folder, tmp_path / "model")
    weights = tmp_path / "model" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    with pytest.raises(ReaderUnfit, match="names no reader"):
        load(str(tmp_path / "model"))


def test_a_pickle_is_no_model(folder, tmp_path):
    """Weights that only a pickle holds are not read."""
    for file in folder.iterdir():
        if file.suffix != ".safetensors":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    torch.save({}, tmp_path / "pytorch_model.bin")
    with pytest.raises(ReaderUnfit):
        load(str(tmp_path))
