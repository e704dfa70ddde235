"""Whole sentences of articles, and what is none."""

from __future__ import annotations

import pytest

from assistant.excerpts import dateline, points_back, sentences_of, whole
from index.articles import Article


def test_sentences_stand_without_the_space_around_them():
    """No sentence begins or ends with white space; together they hold every word."""
    article = Article("a", " One came.\n\n Two went. \tThree stayed. ")
    said = [article.text[a:b] for a, b in sentences_of(article)]
    assert said == ["One came.", "Two went.", "Three stayed."]


def test_a_quotation_in_marks_is_not_cut():
    """What somebody says in several sentences between one pair of marks is one."""
    article = Article("a", "“We saw it. It burned,” she said. Nobody was hurt.")
    assert [article.text[a:b] for a, b in sentences_of(article)] == [
        "“We saw it. It burned,” she said.",
        "Nobody was hurt.",
    ]


def test_a_stretch_across_a_border_is_both_sentences():
    """The quote around a span is every sentence that it touches."""
    article = Article("a", "One came. Two went. Three stayed.")
    start, end = whole(article, article.text.index("came"), article.text.index("went"))
    assert article.text[start:end] == "One came. Two went."[: end - start]
    assert whole(article, 10, 13) == (10, 19)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("HARROWMOUTH (NPA) – Two people died.", "Two people died."),
        ("PORT SKERROW — Three firms bid.", "Three firms bid."),
        ("ST. JOHN’S, Newfoundland (AP) - Ice came.", "Ice came."),
        ("NATO – the alliance – met.", "the alliance – met."),
        ("The NATO summit – a long one – ended.", "The NATO summit – a long one – ended."),
        ("A man – aged 34 – died.", "A man – aged 34 – died."),
    ],
)
def test_a_dateline_is_told_from_a_sentence(text, rest):
    """Capitals before a dash at the very beginning are where a report was written."""
    assert text[dateline(text) :] == rest


def test_a_sentence_that_leans_on_another_begins_with_a_pointer():
    """“He said so” means somebody; the first sentence of all leans on none."""
    assert points_back("He said so.", 1) and not points_back("He said so.", 0)
    assert not points_back("Brandreth said so.", 1)
