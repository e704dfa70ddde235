"""The reader: spans that answer, in their text, whatever it is given."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reader import NOTHING, WEIGHTS, Reader, whole_words, without_edges

FERRY = "The ferry Aurora left Port Ellin at six. Captain Mara Tolv was on the bridge. It carried 1,240 cars."


@pytest.fixture(scope="module")
def reader():
    return Reader()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who was on the bridge?", "Mara Tolv"),
        ("How many cars did the ferry carry?", "1,240"),
        ("When did the ferry leave?", "six"),
    ],
)
def test_the_best_span_answers(reader, question, answer):
    """On a plain text the best span holds the answer."""
    span = reader.read(question, [FERRY])[0].spans[0]
    assert answer in FERRY[span.start : span.end]


def test_a_text_that_answers_scores_above_one_that_does_not(reader):
    """The score orders passages: the one that answers stands above one on another matter."""
    other = "The council met on Tuesday to talk about the new swimming pool and its opening hours."
    here, there = reader.read("Who was on the bridge?", [FERRY, other])
    assert here.score > there.score + 2


def test_spans_are_whole_words_of_their_text_and_do_not_overlap(reader):
    """No span cuts a word or a number, and no two of a text share a character."""
    spans = reader.read("How many cars did it carry?", [FERRY], spans=3)[0].spans
    assert len(spans) == 3
    for span in spans:
        assert whole_words(FERRY, span.start, span.end) == (span.start, span.end)
    taken = sorted((s.start, s.end) for s in spans)
    assert all(a[1] <= b[0] for a, b in zip(taken, taken[1:], strict=False))


def test_the_end_of_a_long_text_is_read(reader):
    """A text of many windows is read to its end."""
    text = "Nothing much happened in the valley that day. " * 200 + FERRY
    span = reader.read("Who was on the bridge?", [text])[0].spans[0]
    assert "Mara Tolv" in text[span.start : span.end]


def test_a_text_is_read_alike_alone_and_in_company(reader):
    """What else is in the batch moves a score by rounding alone."""
    alone = reader.read("Who was on the bridge?", [FERRY])[0]
    company = reader.read("Who was on the bridge?", ["Short.", FERRY, FERRY * 3, ""])[1]
    assert (company.spans[0].start, company.spans[0].end) == (alone.spans[0].start, alone.spans[0].end)
    assert company.score == pytest.approx(alone.score, abs=0.5)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b"])
def test_a_text_without_words_has_no_span(reader, text):
    """Nothing to read is no answer, and no crash."""
    assert reader.read("Who?", [text]) == [NOTHING]


@pytest.mark.parametrize("question", ["why " * 5000, "x" * 10_000, "谁在桥上？" * 500, "Who was on the bridge? " * 40])
def test_a_question_longer_than_the_window_is_read_by_its_end(reader, question):
    """The text keeps its room however long the question is."""
    assert reader.read(question, [FERRY])[0].spans


@pytest.mark.parametrize(
    "text",
    [
        "Паром ушёл в шесть часов утра.",
        "渡轮早上六点离开。",
        "غادرت العبارة في السادسة صباحا.",
        "🚢" * 50,
        "a\u0301" * 100,
    ],
)
def test_text_in_other_scripts_gives_spans_inside_it(reader, text):
    """Offsets count code points, in any script."""
    for span in reader.read("When did it leave?", [text])[0].spans:
        assert 0 <= span.start < span.end <= len(text)


def test_ten_thousand_passages_come_back_in_their_order(reader):
    """Each passage gets its own reading, in the place where it stood."""
    texts = [f"Ship {i} sailed." for i in range(10_000)]
    readings = reader.read("Which ship sailed?", texts, spans=1)
    assert len(readings) == 10_000
    spans = [(text, r.spans[0]) for text, r in zip(texts, readings, strict=True)]
    assert all(0 <= s.start < s.end <= len(text) for text, s in spans)


@given(st.text(min_size=1, max_size=40), st.data())
@settings(max_examples=300, deadline=None)
def test_whole_words_only_widens(text, data):
    """Widening keeps the span, and doing it twice changes nothing more."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    wide = whole_words(text, start, end)
    assert wide[0] <= start and end <= wide[1]
    assert whole_words(text, *wide) == wide


def test_changed_weights_are_refused(tmp_path, monkeypatch):
    """Weights that aren't the published ones are not used."""
    import assistant.reader as module
    from index.embedder import ModelUnusable

    changed = tmp_path / "reader.safetensors"
    changed.write_bytes(WEIGHTS.read_bytes()[:-1] + b"\x01")
    monkeypatch.setattr(module, "WEIGHTS", changed)
    with pytest.raises(ModelUnusable, match="not the published file"):
        Reader(changed).read("Who?", [FERRY])


@pytest.mark.parametrize(
    ("words", "kept"),
    [(", a trainer", "a trainer"), ("£5 million,", "£5 million"), ("in the U.S.", "in the U.S."), (" –", " –")],
)
def test_a_span_has_no_separators_at_its_ends(words, kept):
    """What stands between two answers belongs to neither; a full stop may be an abbreviation's."""
    start, end = without_edges(words, 0, len(words))
    assert words[start:end] == kept
