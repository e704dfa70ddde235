"""A question that asks two things: each part is read by itself, and what the articles don't say of it is said."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Quote
from assistant.console import answer_record
from assistant.parts import Part, joined, parts, told_apart
from index.articles import Article

ARTICLE = Article("a", "The ferry sank on Monday. Nobody was on board.", title="Ferry")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When did the ferry sink and how many were hurt?", ("When did the ferry sink?", "how many were hurt?")),
        ("How much will it cost, and since when is it known", ("How much will it cost?", "since when is it known?")),
        ("When and where did the ferry sink?", ("When did the ferry sink?", "Where did the ferry sink?")),
        ("How and why was the dam built?", ("How was the dam built?", "Why was the dam built?")),
        ("When did the ferry sink?", ("When did the ferry sink?",)),
        (
            "When, where and why did the ferry sink?",
            ("When did the ferry sink?", "Where did the ferry sink?", "Why did the ferry sink?"),
        ),
        (
            "How many people were injured and how many died?",
            ("How many people were injured?", "how many people died?"),
        ),
        (
            "How many people were injured, how many died and who is missing?",
            ("How many people were injured?", "how many people died?", "who is missing?"),
        ),
        (
            "When did the fire start, who noticed it and how many people died?",
            ("When did the fire start?", "who noticed it?", "how many people died?"),
        ),
        (
            "When does the contract begin, who holds it now and what does a ticket cost?",
            ("When does the contract begin?", "who holds it now?", "what does a ticket cost?"),
        ),
        (
            "When did the town, where the river rose, ask for help and who came?",
            ("When did the town, where the river rose, ask for help?", "who came?"),
        ),
        ("Who are Marek Dolan and Aisling Frewer?", ("Who are Marek Dolan and Aisling Frewer?",)),
        ("Where and when?", ("Where and when?",)),
    ],
)
def test_a_question_of_two_asks_is_cut_into_its_parts(question, expected):
    """Two question words make two questions; two names don't, nor do question words alone."""
    assert tuple(part.question for part in parts(question)) == expected


@pytest.mark.parametrize(
    ("said", "unsaid", "sentence"),
    [
        ("When did it sink?", "how many were hurt?", "The articles say when, not how many."),
        ("Where is it?", "and since when is it there?", "The articles say where, not since when."),
        ("When did it sink?", "what did it cost?", "The articles don’t say “what did it cost?”"),
        ("Who sold it?", "who bought it?", "The articles don’t say “who bought it?”"),
    ],
)
def test_the_part_that_is_not_said_is_named(said, unsaid, sentence):
    """By its question word, where that tells the two apart."""
    assert told_apart([Part(said)], [Part(unsaid)]) == sentence


def test_of_three_parts_those_that_are_said_and_those_that_are_not_are_named():
    """By their question words, or by the questions where two have one word."""
    when, where, why = parts("When, where and why did the ferry sink?")
    assert told_apart([when, where], [why]) == "The articles say when and where, not why."
    assert told_apart([when], [where, why]) == "The articles say when, not where or why."
    hurt, dead, gone = parts("How many people were injured, how many died and who is missing?")
    assert told_apart([hurt], [dead, gone]) == "The articles don’t say “how many people died?” or “who is missing?”."


def test_of_two_parts_the_found_one_is_quoted_whichever_it_is():
    """The record names the part that isn't said; the short answer, a stretch of the first quote, is the other's."""
    when, many = parts("When did the ferry sink and how many were hurt?")
    found = Answer(when.question, "answered", "“Monday”", "Monday", quotes=(Quote(ARTICLE, 0, 25),))
    missing = Answer(many.question, "not_found", "The articles don’t say.")
    one = joined("both?", [(when, found), (many, missing)])
    assert (one.words, one.short) == ("“Monday”. The articles say when, not how many.", "Monday")
    assert answer_record(one, 0.1)["unsaid"] == ["how many were hurt?"]
    other = joined("both?", [(when, missing), (many, found)])
    assert other.words.endswith("The articles say how many, not when.") and other.short == "Monday"
    neither = joined("both?", [(when, missing), (many, missing)])
    assert (neither.status, neither.words, len(neither.unsaid)) == ("not_found", "The articles don’t say.", 2)


@pytest.mark.parametrize(
    ("question", "short", "ending"),
    [
        ("When will Marsh give up his seat and how many goals did Sollace score?", "May", "say when, not how many."),
        ("How many sailings did Brightwater cancel and which minister resigned?", "74", "“which minister resigned?”"),
    ],
)
def test_what_half_a_question_gets_is_quoted(assistant, question, short, ending):
    """Over the sample articles, too: the said part with its quote, the other in a sentence."""
    answer = assistant.answer(question)
    assert short in answer.short and answer.words.endswith(ending)
    assert answer.short in answer.quotes[0].text and len(answer.unsaid) == 1


def test_three_parts_are_answered_one_by_one(assistant):
    """Over the sample articles: what is said of each part, and which one isn't."""
    answer = assistant.answer("When, where and why did the harbour fire start?")
    assert "Tuesday" in answer.words and "staff kitchen" in answer.words
    assert answer.words.endswith("The articles say when and where, not why.")
    assert answer.unsaid == ("Why did the harbour fire start?",)


def test_a_second_number_is_asked_of_the_things_that_the_first_counts(assistant):
    """“How many people were injured and how many died?” asks how many people died."""
    answer = assistant.answer("How many people were injured in the harbour fire and how many died?")
    assert answer.short == "nine" and "“How many people died?” “three”" in answer.words
    assert not answer.unsaid
