"""What the commands print of values made by hand."""

from __future__ import annotations

import json

from assistant import console
from assistant.answer import Answer
from index.articles import Article
from tests.newsroom import ANSWERS, MAYOR_Q, TREATED_Q


def test_an_answer_names_each_quote_s_source_and_copies():
    """Words first, then the numbered quotes with who says it, where, and where else it stands."""
    said = console.answer(ANSWERS[TREATED_Q])
    assert said.startswith(ANSWERS[TREATED_Q].words + "\n\n[1] “Eighteen people")
    assert "(says the hospital in Osby) Evening Ledger · 2026-03-04 · Ferry accident" in said
    assert "    also in: Sound Gazette" in said
    assert said.endswith(
        "Said at different times:\n"
        "  Eighteen people: (says the hospital in Osby) Evening Ledger · 2026-03-04 · Ferry accident:"
        " eighteen now treated\n"
        "  Eleven passengers: (says the coastguard) Harbour Courier · 2026-03-03 · Ferry runs aground off Lindholm in"
        " thick fog"
    )


def test_what_was_looked_at_is_shown_as_no_answer():
    """Where nothing was found, the passages are named under their own heading and not quoted."""
    said = console.answer(ANSWERS[MAYOR_Q])
    assert "Nearest passages looked at:\n  Harbour Courier" in said and "“" not in said


def test_what_an_article_does_not_give_is_left_out():
    """No placeholder stands for a missing outlet, day or headline."""
    assert console.source(Article("x", "Text.")) == "x"
    assert console.source(Article("x", "Text.", title="Fog", outlet="Courier")) == "Courier · Fog"


def test_a_record_is_json_as_it_stands():
    """Every value of an answer's record is one that JSON knows, and quotes carry their article's record."""
    answer: Answer = ANSWERS[TREATED_Q]
    record = json.loads(console.as_json(console.answer_record(answer, 0.5)))
    assert record["quotes"][0]["outlet"] == "Evening Ledger" and record["quotes"][0]["article"] == "update"
    assert record["disagreement"] is True and record["seconds"] == 0.5 and record["words"] == answer.words
    side = record["sides"]["sides"][0]["quotes"][0]
    assert (side["speaker"], side["stance"], side["published"]) == ("the hospital in Osby", "attributed", "2026-03-04")
