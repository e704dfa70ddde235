"""Questions in other languages than English: a try that says that it is one, or a refusal that says why."""

from __future__ import annotations

import pytest

from assistant.foreign import ASK_IN_ENGLISH, ELSEWHERE, TRIED, is_foreign, nearest
from assistant.people import people
from index.articles import Article

FLOOD = Article(
    id="flood",
    language="de",
    text="Der Pegel stieg auf sechs Meter. „Wir sind nass“, sagte Bürgermeisterin Ada Brenner. Das sagte Ada Brenner.",
)


@pytest.mark.parametrize(
    ("question", "foreign"),
    [("Wie hoch stieg der Pegel?", True), ("Qui est le maire?", True), ("Who is the mayor of Los Angeles?", False)],
)
def test_two_small_words_of_another_language_show_it(question, foreign):
    """One may be a name's."""
    assert is_foreign(question) is foreign


def test_the_nearest_sentence_has_a_word_of_the_question():
    """The sentence with most of the question's words of substance is quoted; without any, none is."""
    spans = [(FLOOD, 40, 45), (FLOOD, 4, 9)]
    assert nearest("Wie hoch stieg der Pegel?", spans).text == "Der Pegel stieg auf sechs Meter."
    assert nearest("Wer gewann die Wahl?", spans) is None


def test_a_german_noun_before_a_name_is_its_role():
    """ "sagte Bürgermeisterin Ada Brenner" calls her that; "sagte Ada Brenner" nothing."""
    [person] = people([FLOOD], "Ada Brenner")
    assert [role.text for role in person.roles] == ["Bürgermeisterin"]


def test_a_question_in_german_is_tried_and_says_so(assistant):
    """What the words find is quoted as a try; where they find nothing, how to ask is said."""
    tried = assistant.answer("Wie hoch stieg der Pegel?")
    assert (tried.status, tried.words, tried.short) == ("answered", TRIED, None)
    assert "6,42 Meter" in tried.quotes[0].text
    refused = assistant.answer("Wer gewann die Wahl?")
    assert refused.status == "not_found" and refused.words.endswith(ASK_IN_ENGLISH)


def test_an_english_question_that_a_german_article_may_answer_says_so(assistant):
    """Where the nearest article is in another language, the refusal says that it may not have been understood."""
    answer = assistant.answer("How high did the water of the Selne rise?")
    assert answer.status == "not_found" and answer.words.endswith(ELSEWHERE)


@pytest.mark.parametrize(
    ("question", "foreign"),
    [("Did his son die in the crash?", False), ("Was sagte der Bürgermeister?", True), ("Wer ist die Frau?", True)],
)
def test_words_that_english_has_too_show_nothing(question, foreign):
    """ "Die" and "son" stand in English questions; more small words of another language than of English tell."""
    assert is_foreign(question) is foreign


def test_a_question_of_which_the_foreign_article_has_no_word_hears_nothing_of_its_language(assistant):
    """A list that can't be made is no matter of language."""
    assert ELSEWHERE not in assistant.answer("list all quotations").words


@pytest.mark.parametrize(
    ("question", "foreign"),
    [
        ("Did Les Paul die?", False),
        ("did les paul die", False),
        ("Will Les Paul die in La Paz?", False),
        ("WER IST DIE FRAU?", True),
        ("Quem é o prefeito e onde mora?", True),
        ("quand est le vote à La Paz ?", True),
    ],
)
def test_a_name_and_the_first_word_show_the_language(question, foreign):
    """Small words with a capital inside a question are a name's; who begins with "did" or "who" speaks English."""
    assert is_foreign(question) is foreign
