"""The scores of single questions, and how results are shown."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from assistant.evaluation.predictions import Prediction, Quoted
from assistant.evaluation.report import curve_svg, table
from assistant.evaluation.scores import measure
from assistant.evaluation.sets import Case, Gold, Question, Span


def prediction(**fields) -> Prediction:
    return replace(Prediction("q", "answered", "14", (), False, 0.9, (), (), 0.1), **fields)


def figure(gold: Gold, **fields) -> dict[str, float]:
    results = measure("made", [Case(Question("q", "?"), gold)], [prediction(**fields)], {}, ())
    return {name: f.value for name, f in results.figures.items()}


def test_not_found_scores_zero_on_a_question_that_can_be_answered():
    """Refusing never falls out of the mean of what was right."""
    found = figure(Gold(("14",), True, (Span("a", 0, 2),), frozenset("a")), status="not_found", answer=None)
    for name in (
        "exact_match",
        "token_f1",
        "contains",
        "evidence_hit_at_1",
        "evidence_hit",
        "mrr_at_10",
        "refusal_precision",
    ):
        assert found[name] == 0.0, name
    assert found["refused_answerable"] == 1.0


def test_a_measure_without_its_gold_is_skipped():
    """A bare question is counted as answered or not, and that is all."""
    assert figure(Gold()) == {"refused": 0.0}


def test_only_the_first_quote_counts_at_one():
    """Evidence in the second quote is a hit, not a hit at 1."""
    quotes = (Quoted("a", 5, 9, "four", None, "stated"), Quoted("a", 0, 2, "14", None, "stated"))
    found = figure(Gold(evidence=(Span("a", 0, 3),), answerable=True), quotes=quotes)
    assert (found["evidence_hit_at_1"], found["evidence_hit"]) == (0.0, 1.0)


def test_an_answered_unanswerable_question_scores_zero_over_all():
    """Inventing an answer costs as much as missing one."""
    found = figure(Gold(answerable=False))
    assert (found["exact_match_all"], found["token_f1_all"], found["refusal_recall"]) == (0.0, 0.0, 0.0)
    assert "exact_match" not in found


def test_alternatives_count_among_the_valid_answers():
    """Answer and alternatives are one list, held against the groups."""
    gold = Gold(("x",), True, groups=(("14", "fourteen"), ("12",)), wrong=("99",))
    found = figure(gold, alternatives=("12", "99"))
    assert (found["valid_precision"], found["valid_recall"], found["only_wrong"]) == (pytest.approx(2 / 3), 1.0, 0.0)
    assert figure(gold, answer="99")["only_wrong"] == 1.0


def test_several_spellings_of_one_answer_are_no_several_answers():
    """Valid answers are counted only where a set says that several are right, or which are wrong."""
    assert "valid_recall" not in figure(Gold(("14", "fourteen"), True))


# The report


def test_tables_keep_their_columns():
    """A bar in a cell doesn't end it."""
    made = table([("tag", "EM"), ("a|b\nc", "0.5")])
    assert made.splitlines()[2] == "| a\\|b c | 0.5 |"


def test_a_name_in_the_curve_is_escaped():
    """A set's name is data, in SVG too."""
    points = measure("made", [Case(Question("q", "?"), Gold(("14",), True))], [prediction()], {}, ()).curve
    svg = curve_svg(points, "<script>&")
    assert "<script>" not in svg
    ElementTree.fromstring(svg)
