"""The training: what it makes of its data, and that a run can be interrupted."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import torch

from assistant.training.examples import SOURCES, Edit, Example, Maker, changed_question, crop, examples_of, follow_ups
from assistant.training.pool import CHANGED, KIND, NONE, START, Pool, collate
from assistant.training.searched import found_by_search
from assistant.training.train import Soft, loss, schedule
from index.embedder import ModelUnusable, model_folder

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

    def alike(self, one, other):
        return 0.0


def example(question: str, answer: str, context: str = PAGE) -> Example:
    return Example(question, context, context.index(answer), context.index(answer) + len(answer), "answer")


EXAMPLES = [
    example("Who built the lighthouse at Cape Orrin?", "Edda Falk"),
    example("In what year did the harbour company buy the lighthouse?", "1995"),
    example("From whom did the company buy the lighthouse in 1995?", "Jonas Reed"),
    example("What does the museum at Cape Orrin show?", "ships’ lamps", OTHER),
]


def made(seed: int) -> list[tuple[Example, Example]]:
    """Examples with what was made of them."""
    maker = Maker(EXAMPLES, random.Random(seed), NoWords())
    return [(e, new) for e in EXAMPLES * 30 for new in maker.made_of(e)]


def test_a_made_example_differs_from_its_original():
    """Each has another question or another context, and all but one kind have no span."""
    kinds = set()
    for original, new in made(1):
        assert (new.start is None) == (new.end is None) == (new.kind != "changed in both")
        assert (new.question, new.context) != (original.question, original.context)
        kinds.add(new.kind)
    assert {"changed name", "changed number", "changed word", "another's question", "changed in both"} <= kinds


def test_a_context_without_answer_does_not_hold_its_words():
    """A paragraph with the answer's words in it answers, perhaps: it is no context for a question without answer."""
    answers = {e.question: e.answer for e in EXAMPLES}
    found = [new for _, new in made(2) if new.kind in ("another's question", "its sentence taken out")]
    assert found
    for new in found:
        assert answers[new.question].lower() not in new.context.lower()


def test_a_change_in_both_keeps_the_answer_and_one_in_the_context_alone_takes_it():
    """Of a contrast set, the twin still bounds its answer, and the old question's word is gone from the context."""
    maker = Maker(EXAMPLES, random.Random(3), NoWords())
    e = EXAMPLES[2]
    edit = Edit(e.question.index("company"), e.question.index("company") + 7, "lantern", "changed word")
    sets = [tuple(maker.contrast(e, edit)) for _ in range(20)]
    assert any(sets)
    for both, alone in filter(None, sets):
        assert both.answer == "Jonas Reed" and "lantern" in both.question and "lantern" in both.context
        assert alone.question == e.question and alone.start is None and "company" not in alone.context
        assert alone.question[slice(*alone.changed)] == "company"


def test_an_edit_is_known_by_its_place():
    """What was put into the question stands where the example says."""
    e = changed_question(EXAMPLES[1], Edit(12, 15, "not", "negation"))
    assert e.question[slice(*e.changed)] == "not" and e.start is None


def test_a_crop_keeps_its_answer():
    """However much is cut away, the span still bounds the same words."""
    chance = random.Random(3)
    for original in EXAMPLES * 50:
        cut = crop(original, chance)
        assert cut.context in original.context
        assert cut.answer == original.answer


class CountedWords:
    """A toy embedder: the more words two texts share, the nearer they lie."""

    def __init__(self, texts):
        self.words = sorted({word for text in texts for word in text.lower().split()})

    def embed(self, texts):
        rows = np.array([[float(word in text.lower().split()) for word in self.words] for text in texts])
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_search_finds_the_nearest_passage_that_does_not_answer():
    """Of two passages with the question's words, the one with the answer is left out, however near it lies."""
    near = "The lighthouse at Cape Orrin was drawn by a painter of ships."
    far = "Cheese is made of milk."
    held = "Edda Falk built the lighthouse at Cape Orrin, who else?"
    texts = [example("What is cheese made of?", "milk", far), example("Who drew it?", "a painter of ships", near)]
    texts += [example("Who else?", "Edda Falk", held), EXAMPLES[0]]
    embedder = CountedWords([e.context for e in texts] + [e.question for e in texts])
    found = list(found_by_search(texts, embedder, random.Random(1), 1.0))
    assert {e.kind for e in found} == {"found by search"} and all(e.start is None for e in found)
    asked = [e.context for e in found if e.question == EXAMPLES[0].question]
    assert asked in ([near], [far]) and held not in asked


def test_the_pool_takes_what_search_finds(pool, tmp_path_factory):
    """With `--searched` its kind stands in the pool, without it doesn't."""
    folder = pool.parent
    run("prepare", str(folder), "--out", str(folder / "searched.npz"), "--searched", "1")
    assert "found by search" in Pool.load(folder / "searched.npz").kinds
    assert "found by search" not in Pool.load(pool).kinds


def test_a_follow_up_keeps_its_answer_and_carries_the_turn_before():
    """A follow-up's text begins with the question before it; its answer is unchanged."""
    found = follow_ups(EXAMPLES, random.Random(4), share=1.0)
    assert found
    for e in found:
        assert any(e.question.startswith(before.question) for before in EXAMPLES)
        assert e.answer in {x.answer for x in EXAMPLES}


def test_the_rate_rises_stays_and_falls_to_nothing():
    """Warm-up, a flat stretch, and the last share of the steps down to zero."""
    rates = [schedule(step, 1000, 100, 0.5) for step in range(1001)]
    assert rates[0] == pytest.approx(0.01)
    assert rates[99] == rates[500] == 1.0
    assert rates[750] == pytest.approx(0.5)
    assert rates[1000] == 0.0


def write_sources(folder: Path) -> None:
    """A tiny file for each source, in the format of the training data."""
    for source in SOURCES:
        with gzip.open(folder / f"reader-{source}.jsonl.gz", "wt", encoding="utf-8") as file:
            for e in EXAMPLES * 8:
                row = {"context": e.context, "question": e.question, "source": source}
                row["answers"] = [{"text": e.answer, "start": e.start}]
                file.write(json.dumps(row) + "\n")


def test_what_is_learnt_from_can_be_made_again(tmp_path):
    """The same seed gives the same examples, another one others."""
    write_sources(tmp_path)
    one, same, other = (list(examples_of(tmp_path, "squad11", seed, NoWords())) for seed in (5, 5, 6))
    assert one == same != other


@pytest.fixture(scope="module")
def pool(tmp_path_factory) -> Path:
    """A pool of the tiny sources, made by the command."""
    folder = tmp_path_factory.mktemp("sources")
    write_sources(folder)
    run("prepare", str(folder), "--out", str(folder / "pool.npz"))
    return folder / "pool.npz"


def run(module: str, *arguments: str) -> None:
    command = [sys.executable, "-m", f"assistant.training.{module}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr


def words(ids) -> str:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(model_folder() / "tokenizer.json")).decode([int(i) for i in ids])


def test_a_pool_bounds_answers_and_changes_by_word_pieces(pool):
    """Whole, cut or joined, an example's answer is one of the sources', and a changed number stands in its question."""
    held = Pool.load(pool)
    answers = {words_of.lower() for words_of in ("Edda Falk", "1995", "Jonas Reed", "ships ’ lamps")}
    answerable = [i for i, row in enumerate(held.rows) if row[START] != NONE and held.kinds[row[KIND]] == "answer"]
    for i in answerable[:200]:
        batch = collate(held, [i])
        assert words(batch["ids"][0, batch["start"][0] : batch["end"][0] + 1]) in answers
        assert batch["answerable"][0] == 1 and (batch["doubt"][0] <= 0).all()
    changed = [i for i, row in enumerate(held.rows) if held.kinds[row[KIND]] == "changed number"]
    assert changed
    for i in changed[:50]:
        batch = collate(held, [i])
        assert words(batch["ids"][0][batch["doubt"][0] == 1]).isdigit()
        assert batch["start"][0] == batch["end"][0] == 0
    assert (held.rows[:, CHANGED] == NONE).any()  # where it isn't known what the context contradicts


def tensors(pool: Pool, rows: list[int]) -> dict[str, torch.Tensor]:
    from assistant.training.train import on_device

    return on_device(collate(pool, rows), "cpu")


def test_the_loss_ignores_what_is_no_context(pool):
    """Logits of question and padding pieces don't count for a span: only [CLS] and the context can be chosen."""
    batch = tensors(Pool.load(pool), [0, 1])
    said = [torch.zeros(*batch["ids"].shape, 2), torch.zeros(2), torch.zeros(batch["ids"].shape)]
    before = loss(said, batch)
    said[0][:, 1] = said[0][batch["mask"] == 0] = 50.0
    assert loss(said, batch) == before


def test_a_run_is_resumed_from_its_checkpoint(pool, tmp_path):
    """A run of two steps, resumed for two more, ends at the fourth and leaves weights that the reader loads."""
    command = [str(pool), "--out", str(tmp_path), "--tokens", "400", "--threads", "1", "--warmup", "2"]
    run("train", *command, "--steps", "2")
    run("train", *command, "--steps", "4", "--resume")
    assert torch.load(tmp_path / "checkpoint.pt", weights_only=True)["step"] == 4

    from assistant.reader import Reader

    assert Reader(tmp_path / "reader.safetensors").read("Who built it?", [PAGE])[0].spans


@pytest.fixture(scope="module")
def dev(tmp_path_factory) -> Path:
    """A toy development set whose articles lie in its fit half."""
    from assistant.evaluation.sets import fit_half

    folder = tmp_path_factory.mktemp("dev")
    page, other = [name for name in map(str, range(20)) if fit_half(name)][:2]
    texts = {page: PAGE, other: OTHER}
    rows = [(e.question, [e.answer], page if e.context == PAGE else other, True) for e in EXAMPLES]
    rows += [("Who painted the museum’s ceiling?", [], other, False), ("How high is the lighthouse?", [], page, False)]
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"id": id, "text": text}) + "\n" for id, text in texts.items())
    with (folder / "questions.jsonl").open("w", encoding="utf-8") as file:
        for question, answers, article, answerable in rows:
            row = {"question": question, "answers": answers, "articles": [article], "answerable": answerable}
            file.write(json.dumps(row) + "\n")
    return folder


def test_a_run_past_its_best_leaves_the_best_and_stops(pool, dev, tmp_path):
    """At a ruinous rate an early checkpoint is the best; patience ends the resumed run with that one's weights."""
    from assistant.network import ReaderNetwork
    from assistant.training.train import BEST, worth

    command = [str(pool), "--out", str(tmp_path), "--dev", str(dev), "--tokens", "400", "--threads", "1", "--no-bf16"]
    command += ["--rate", "0.05", "--warmup", "1", "--every", "0", "--patience", "3"]
    run("train", *command, "--steps", "2")
    run("train", *command, "--steps", "40", "--resume")
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    reached = [worth([row[dev.name]]) for row in log]
    best = reached.index(max(reached))
    assert len(log) < 40 and len(log) - 1 - best == 3 and reached[-1] < max(reached)

    kept = torch.load(tmp_path / BEST, weights_only=True)
    network = ReaderNetwork.load(model_folder(), tmp_path / "reader.safetensors").state_dict()
    for name in ("spans.weight", "answerable.weight"):
        assert torch.equal(kept[name].half(), network[name].half())
    last = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert last["since"] == 3 and not torch.equal(last["network"]["spans.weight"], kept["spans.weight"])


def test_a_reader_learns_from_labels(pool, tmp_path):
    """A trained network labels the pool; another run takes its labels, and has one for each example it draws."""
    command = [str(pool), "--tokens", "400", "--threads", "1", "--warmup", "2", "--steps", "2"]
    run("train", *command, "--out", str(tmp_path / "teacher"), "--label", "0.1")
    held = Soft.load(tmp_path / "teacher" / "soft.pt")
    assert held.labelled.any()
    run("train", *command, "--out", str(tmp_path / "reader"), "--soft", str(tmp_path / "teacher" / "soft.pt"))
    assert (tmp_path / "reader" / "reader.safetensors").exists()


def test_a_teacher_on_other_weights_is_refused(tmp_path):
    """What teaches is the published MPNet, known by its hash."""
    from assistant.training.teacher import TeacherNetwork

    (tmp_path / "model.safetensors").write_bytes(b"another model")
    with pytest.raises(ModelUnusable, match="not the published file"):
        TeacherNetwork.from_encoder(tmp_path)


def test_the_mean_of_two_readers_is_a_reader_with_its_hash(tmp_path):
    """Weights are averaged tensor by tensor; the card beside them gives the hash that the reader checks."""
    from safetensors.torch import load_file, save_file

    from assistant.reader import WEIGHTS

    packaged = load_file(WEIGHTS)
    save_file({name: torch.zeros_like(tensor) for name, tensor in packaged.items()}, tmp_path / "zero.safetensors")
    out = tmp_path / "reader.safetensors"
    run("mean", str(WEIGHTS), str(tmp_path / "zero.safetensors"), "--steps", "2", "--out", str(out))
    halved = load_file(out)
    assert all(torch.allclose(halved[name].float(), tensor.float() / 2, atol=1e-3) for name, tensor in packaged.items())
    assert json.loads((tmp_path / "reader.json").read_text())["sha256"] == sha256(out.read_bytes()).hexdigest()
