"""Questions that take for granted what never happened, and honest ones beside them."""

from __future__ import annotations

import pytest

from tests.test_phrasings import DATA


def asked(kind: str) -> list[list[str]]:
    """The questions of a kind, each with the words of which its answer holds one."""
    part = (DATA / "premises.txt").read_text("utf-8").partition(f"[{kind}]\n")[2].partition("\n[")[0]
    return [line.split("\t") for line in part.splitlines()]


@pytest.fixture(scope="module")
def answers(assistant):
    return {question: assistant.answer(question) for kind in ("false", "true") for question, *_ in asked(kind)}


def test_a_false_premise_is_refused(answers):
    """Of twenty, seventeen and more are; the two that aren't mistake a plan for a deed and a suspicion for a cause."""
    refused = [q for q, *_ in asked("false") if answers[q].status == "not_found"]
    assert len(refused) >= 17, {q for q, *_ in asked("false")} - set(refused)


def test_an_honest_question_beside_it_is_answered(answers):
    """Of twenty close ones that the articles answer, sixteen and more get the right words."""
    right = [q for q, *words in asked("true") if any(w in (answers[q].short or "") for w in words)]
    assert len(right) >= 16, {q for q, *_ in asked("true")} - set(right)


def test_both_kinds_are_as_many_as_they_say():
    """Twenty of each, none twice."""
    assert [len({q for q, *_ in asked(kind)}) for kind in ("false", "true")] == [20, 20]
