"""The training: what it makes of its data, and that a run can be interrupted."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from assistant.training.examples import SOURCES, Example, crop, epoch, follow_ups, unanswerable
from assistant.training.train import collate, loss, schedule

ROOT = Path(__file__).parents[1]
PAGE = (
    "The lighthouse at Cape Orrin was built in 1871 by Edda Falk. It stood empty after 1960. "
    "In 1995 the harbour company bought it from Jonas Reed and made it a museum."
)
OTHER = (
    "The museum at Cape Orrin shows ships’ lamps. Edda Falk drew its plans in London. "
    "Jonas Reed kept the keys until 1988."
)


class NoWords:
    """A toy vocabulary: every word is used like "lantern"."""

    def like(self, word):
        return ("lantern",)

    def nearest(self, word, among):
        return among[:1]


def example(question: str, answer: str, context: str = PAGE) -> Example:
    return Example(question, context, context.index(answer), context.index(answer) + len(answer), "answer")


EXAMPLES = [
    example("Who built the lighthouse at Cape Orrin?", "Edda Falk"),
    example("In what year did the harbour company buy the lighthouse?", "1995"),
    example("From whom did the company buy the lighthouse in 1995?", "Jonas Reed"),
    example("What does the museum at Cape Orrin show?", "ships’ lamps", OTHER),
]


def test_a_made_question_without_answer_differs_from_its_original():
    """Each unanswerable example has another question or another context, and no span."""
    make = unanswerable(EXAMPLES, random.Random(1), NoWords())
    made = [(e, make(e)) for e in EXAMPLES * 20]
    kinds = set()
    for original, new in made:
        assert new is not None and new.start is None and new.end is None
        assert (new.question, new.context) != (original.question, original.context)
        kinds.add(new.kind)
    assert {"changed name", "changed number", "changed word", "another paragraph"} <= kinds


def test_another_paragraph_does_not_hold_the_answer():
    """A paragraph with the answer's words in it is no unanswerable context."""
    make = unanswerable(EXAMPLES, random.Random(2), NoWords())
    for original in EXAMPLES * 30:
        new = make(original)
        if new.kind in ("another paragraph", "its sentence taken out"):
            assert original.context[original.start : original.end].lower() not in new.context.lower()


def test_a_crop_keeps_its_answer():
    """However much is cut away, the span still bounds the same words."""
    chance = random.Random(3)
    for original in EXAMPLES * 50:
        cut = crop(original, chance)
        assert cut.context in original.context
        assert cut.context[cut.start : cut.end] == original.context[original.start : original.end]


def test_a_follow_up_keeps_its_answer_and_carries_the_turn_before():
    """A follow-up's text begins with the question before it; its answer is unchanged."""
    made = follow_ups(EXAMPLES, random.Random(4), share=1.0)
    assert made
    for e in made:
        assert any(e.question.startswith(before.question) for before in EXAMPLES)
        assert e.context[e.start : e.end] in {x.context[x.start : x.end] for x in EXAMPLES}


def test_the_rate_rises_stays_and_falls_to_nothing():
    """Warm-up, a flat stretch, and the last share of the steps down to zero."""
    rates = [schedule(step, 1000, 100, 0.5) for step in range(1001)]
    assert rates[0] == pytest.approx(0.01)
    assert rates[99] == rates[500] == 1.0
    assert rates[750] == pytest.approx(0.5)
    assert rates[1000] == 0.0


def test_the_loss_ignores_what_is_no_context():
    """Logits of question and padding tokens don't count: only [CLS] and the context can be chosen."""
    batch = collate([([101, 7, 102, 8, 9, 102], [0, 0, 0, 1, 1, 1], 3, 4)])
    spans, answerable = torch.zeros(1, 32, 2), torch.zeros(1)
    before = loss(spans, answerable, batch)
    spans[0, 1], spans[0, 10] = 50.0, 50.0  # a question token, a padding token
    assert loss(spans, answerable, batch) == before


def write_sources(folder: Path) -> None:
    """A tiny file for each source, in the format of the training data."""
    for source in SOURCES:
        with gzip.open(folder / f"reader-{source}.jsonl.gz", "wt", encoding="utf-8") as file:
            for e in EXAMPLES * 8:
                answer = {"text": e.context[e.start : e.end], "start": e.start}
                row = {"context": e.context, "question": e.question, "answers": [answer], "source": source}
                file.write(json.dumps(row) + "\n")


def test_an_epoch_is_the_same_for_the_same_seed(tmp_path):
    """What is learnt from can be made again."""
    write_sources(tmp_path)
    assert epoch(tmp_path, 5, NoWords()) == epoch(tmp_path, 5, NoWords())
    assert epoch(tmp_path, 5, NoWords()) != epoch(tmp_path, 6, NoWords())


def test_a_run_is_resumed_from_its_checkpoint(tmp_path):
    """A run of two steps, resumed for two more, ends at the fourth and leaves weights that the reader loads."""
    write_sources(tmp_path)
    command = [sys.executable, "-m", "assistant.training.train", str(tmp_path), "--out", str(tmp_path / "run")]
    command += ["--tokens", "400", "--threads", "1", "--warmup", "2"]
    for more in (["--steps", "2"], ["--steps", "4", "--resume"]):
        run = subprocess.run(command + more, capture_output=True, text=True, cwd=ROOT, check=False)
        assert run.returncode == 0, run.stderr
    assert torch.load(tmp_path / "run" / "checkpoint.pt", weights_only=True)["step"] == 4

    from assistant.reader import Reader

    assert Reader(tmp_path / "run" / "reader.safetensors").read("Who built it?", [PAGE])[0].spans
