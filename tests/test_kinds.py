"""Which questions are no search for a fact: recognised by their whole form, and facts never taken for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.kinds import Asked, recognise

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Hello!", "greeting"),
        ("Good morning", "greeting"),
        ("Thanks a lot.", "thanks"),
        ("Are you sure?", "doubt"),
        ("What do I have?", "holdings"),
        ("How many articles are there?", "holdings"),
        ("Which outlets do you have?", "holdings"),
        ("What is this library about?", "holdings"),
        ("ok thanks, that was all", "thanks"),
        ("List all articles", "articles"),
        ("Could you list the articles, please?", "articles"),
        ("What's the newest article?", "newest"),
        ("the oldest article", "oldest"),
        ("What's new?", "new"),
        ("What has happened?", "new"),
        ("What is this article about?", "about"),
        ("what’s this about", "about"),
        ("What are these articles about?", "about"),
        ("What's in the articles?", "about"),
        ("Summarise this article.", "summary"),
        ("please summarize these articles", "summary"),
        ("Can you give me a short summary of the article?", "summary"),
        ("What are the main points of this article?", "summary"),
        ("TL;DR", "summary"),
        ("Make a timeline", "timeline"),
        ("What happened when?", "timeline"),
        ("What happened?", "happened"),
        ("Tell me more", "more"),
        ("anything else?", "more"),
        ("Is that all?", "more"),
        ("List everyone who was quoted", "speakers"),
        ("who speaks here?", "speakers"),
        ("Who wrote this article?", "source"),
        ("In what order did things happen?", "timeline"),
    ],
)
def test_a_kind_is_recognised(question, kind):
    """Each kind is known in the ways people put it, with or without courtesies and marks."""
    asked = recognise(question)
    assert asked is not None and (asked.kind, asked.topic, asked.names) == (kind, None, ())


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Summarise the news about the flood", Asked("summary", "the flood")),
        ("What happened on 11 March 2025?", Asked("day", when="11 March 2025")),
        ("What happened in Osby on Tuesday?", Asked("day", "Osby", when="Tuesday")),
        ("What do the articles say about the dam?", Asked("topic", "the dam")),
        ("timeline of the ferry story", Asked("timeline", "the ferry")),
        ("Give me a summary of the ferry dispute", Asked("summary", "the ferry dispute")),
        ("I'd like a timeline of the strike", Asked("timeline", "the strike")),
        ("What is the article about the ferry about?", Asked("about", "the ferry")),
        ("List articles about the hospital", Asked("articles", "the hospital")),
        ("How many articles are there about the ferry?", Asked("articles", "the ferry")),
        ("Which articles mention Gull Quay?", Asked("articles", "Gull Quay")),
        ("Any news about the bridge?", Asked("new", "the bridge")),
        ("Who is Ada Brenner?", Asked("who", None, ("Ada Brenner",))),
        ("Who was Dr J. van der Meer in these articles?", Asked("who", None, ("Dr J. van der Meer",))),
        ("What did Ada Brenner say?", Asked("said", None, ("Ada Brenner",))),
        ("What did the Coast Guard say about the wreck?", Asked("said", "the wreck", ("the Coast Guard",))),
        ("All statements by Brenner", Asked("said", None, ("Brenner",))),
        ("Compare the Mail and the Echo on the strike", Asked("compare", "the strike", ("the Mail", "the Echo"))),
        ("How do the Echo and Coast Today differ?", Asked("compare", None, ("the Echo", "Coast Today"))),
    ],
)
def test_names_and_topics_are_the_persons_words(question, asked):
    """What a question names is given as it was written."""
    assert recognise(question) == asked


def test_one_article_is_told_from_several():
    """“This article” is one; “these articles” and a bare “summarise” are not."""
    assert recognise("Summarise this article").one
    assert not recognise("Summarise these articles").one
    assert not recognise("Summarise").one


@pytest.mark.parametrize(
    "question",
    [
        "Who is the mayor of Osby?",
        "Who was digging?",
        "Who is Emma's brother?",
        "What did he say?",
        "What did She say?",
        "What did Ada Brenner say the council had paid?",
        "What did the report say about the dam?",
        "What was the protest about?",
        "What is the summary judgment rule?",
        "When was the timeline published?",
        "Which articles of the treaty bind the states?",
        "How many articles does the treaty have?",
        "How many stories about the sea did Brenner write?",
        "Compared to the rest of the country, how big is Osby?",
        "What is the difference between a ferry and a barge?",
        "What happened when the dam broke?",
        "Who do they have to thank for the victory?",
        "Is the mayor sure?",
        "What is new in the treaty?",
        "List the rivers that flooded.",
        "What did the new ferry cost?",
    ],
)
def test_a_fact_is_left_alone(question):
    """A question of fact is never taken for another kind, whatever words it has."""
    assert recognise(question) is None


@pytest.mark.parametrize("question", ["", "?", " ... ", "\n", "🙂"])
def test_nothing_is_no_kind(question):
    """A question without words has no kind."""
    assert recognise(question) is None


def test_a_long_question_ends():
    """No form backtracks without end on a long question."""
    assert recognise("What did " + "A" * 500 + " B" * 500 + " say about") is None
    assert recognise("Who is " + "Anna " * 400 + "of?") is None
    assert recognise("please " * 280 + "what") is None


def test_sample_questions_are_facts():
    """Of the sample's questions only the one that asks who somebody is has a kind."""
    lines = (ROOT / "assistant" / "sample" / "questions.jsonl").read_text("utf-8").splitlines()
    kinds = {q["id"]: asked.kind for q in map(json.loads, lines) if (asked := recognise(q["question"]))}
    assert kinds == {"q46": "who"}


@pytest.mark.shared
def test_questions_of_fact_are_hardly_ever_taken_for_others():
    """Over the development sets at most one question in 500 is taken for something else than a fact.

    "What else?", which a chat asks now and then, is no question of fact.
    """
    files = sorted(SHARED.glob("*-dev/questions.jsonl")) + sorted(SHARED.glob("news-*/questions.jsonl"))
    if not files:
        pytest.skip("the shared question sets are not here")
    asked = [json.loads(line)["question"] for file in files for line in file.read_text("utf-8").splitlines()]
    taken = [q for q in asked if (kind := recognise(q)) and kind.kind != "more"]
    assert len(asked) > 10_000 and len(taken) <= len(asked) / 500
