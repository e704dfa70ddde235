"""Trimming: what of a span is the answer."""

import pytest

from assistant.reader import Span
from assistant.stretches import Stretch
from assistant.trimming import past_dateline, without_denied
from index.articles import Article


def span_of(words: str, text: str) -> tuple[Stretch, Span]:
    article = Article("a", text)
    start = text.index(words)
    return Stretch(article, 0, len(text), 1.0, 0.5), Span(start, start + len(words), 0.0)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("in the kitchen and not, as was first thought, in a store", "in the kitchen"),
        ("on Monday, but not on Tuesday", "on Monday"),
        ("on Monday, but not only on Monday", "on Monday, but not only on Monday"),
        ("and not a soul", "and not a soul"),
    ],
)
def test_what_is_denied_beside_an_answer_is_no_part_of_it(words, left):
    stretch, span = span_of(words, f"It began {words}.")
    trimmed = without_denied(stretch, span)
    assert stretch.text[trimmed.start : trimmed.end] == left


def test_an_answer_begins_after_the_dateline():
    stretch, span = span_of("TARN (NPA) – Two people", "TARN (NPA) – Two people died in the mill on Monday.")
    trimmed = past_dateline(stretch, span)
    assert stretch.text[trimmed.start : trimmed.end] == "Two people"
