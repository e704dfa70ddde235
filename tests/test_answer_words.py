"""The answer's sentence: whose words they are, how surely, and how many say so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Disagreement, Quote
from assistant.attribution import voice
from assistant.origins import Sources
from assistant.phrasing import words_for
from index.articles import Article


def quote(text: str, stance: str, speaker: str | None = None, outlet: str | None = "The Gull") -> Quote:
    return Quote(Article("a", text, outlet=outlet), 0, len(text), speaker, stance)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (words_for(quote("It sank at noon.", "stated"), "noon"), "“noon”"),
        (words_for(quote("It sank.", "stated"), "yes"), "Yes."),
        (words_for(quote("It sank at noon.", "attributed", "the group"), "noon"), "The group said: “noon”"),
        (words_for(quote("It sank.", "attributed", "the group"), "It", cue="claims"), "The group claims: “It”"),
        (words_for(quote("The group says it sank.", "attributed", "the group"), "The group"), "“The group”"),
        (words_for(quote("It sank.", "attributed", "Vale"), "yes"), "Yes, by the account of Vale."),
        (words_for(quote("It may have sunk.", "hedged"), "yes"), "The article doesn’t confirm it: “It may have sunk.”"),
        (words_for(quote("Vale denied it.", "denied", "Vale"), "yes"), "Vale denies it: “Vale denied it.”"),
        (
            words_for(quote("It may have sunk.", "hedged"), "not settled"),
            "The articles don’t settle it; this bears on it.",
        ),
        (
            words_for(quote("It sank at noon.", "stated"), "noon", Disagreement("conflict", ())),
            "“noon”. The sources disagree.",
        ),
    ],
)
def test_the_words_keep_the_voice(answer, words):
    """A claim is never put as a fact, and what is quoted stands verbatim."""
    assert answer == words


def test_the_sources_that_say_so_are_counted():
    """A statement is given with the number of its independent sources; a hedged one isn't said to be so by any."""
    article = Article("a", "The ferry sank at noon.")
    made = Quote(article, 0, len(article.text))
    assert words_for(made, "noon", sources=Sources(1, 1)) == "“noon”. One source says so."
    assert words_for(made, "noon", sources=Sources(3, 3)) == "“noon”. 3 independent sources say so."
    hedged = Quote(article, 0, len(article.text), stance="hedged", hedge="may")
    assert "source" not in words_for(hedged, "noon", sources=Sources(1, 1))


def test_a_name_keeps_its_small_letter_within_a_sentence():
    """ "The council" is "the council" where it doesn't begin; a body that speaks of itself passes nothing on."""
    made = Quote(Article("a", "The mill is shut."), 0, 17, "The council", "attributed")
    assert words_for(made, "yes") == "Yes, by the account of the council."
    text = "The council said that it had promised that the mill would open by May."
    assert voice(text, 0, len(text)) == replace(voice(text, 0, len(text)), speaker="The council", via=None)


def test_who_passes_it_on_is_named():
    """An officer whom a paper quotes is shown with the paper."""
    article = Article("a", "The ferry sank at noon.")
    made = Quote(article, 0, len(article.text), "an officer", "attributed", via="the Courier")
    assert words_for(made, "noon") == "An officer said, as the Courier passes on: “noon”"
