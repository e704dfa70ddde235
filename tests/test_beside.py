"""What stands beside an answer: its sources counted, what is left open, the newest article."""

from __future__ import annotations

from assistant.answer import Quote
from assistant.beside import independent, left_open, newest
from index.articles import Article

TEXT = "The mill in Ashby burned down on Monday. The cause of the fire in the mill is not yet known. Nobody was hurt."


def whole(id: str, text: str = TEXT, **record: str) -> Quote:
    """The first sentence of an article as a quote."""
    return Quote(Article(id, text, **record), 0, text.index(".") + 1)


def test_an_outlet_counts_once():
    """Two articles of one outlet are one source; articles without an outlet are their own."""
    assert independent([whole("a", outlet="Post"), whole("b", outlet="Post"), whole("c"), whole("d")]) == 3


def test_what_the_quoted_article_leaves_open_is_shown():
    """A sentence that leaves open what is asked is given once, though copies hold it, and never where it is quoted."""
    question = "What was the cause of the fire?"
    (found,) = left_open(question, [whole("a", outlet="Post"), whole("b", outlet="Sun")])
    assert found.text == "The cause of the fire in the mill is not yet known."
    assert left_open("Who was hurt?", [whole("a")]) == ()
    assert left_open(question, [Quote(Article("a", TEXT), 0, len(TEXT))]) == ()


def test_the_newest_article_on_the_story_is_named_where_the_question_is_about_now():
    """Of the articles found the newest on the quoted story is named, only for a question about now."""
    first = whole("old", published="2024-05-01", title="Mill in Ashby burns down")
    later = whole("new", published="2024-05-09", title="Ashby mill: what burned down")
    other = whole("other", "The choir of Felgate sang in the market hall.", published="2024-06-01", title="Choir sings")
    assert newest("Is the mill still shut?", first, [later, other]) == later.article
    assert newest("When did the mill burn down?", first, [later, other]) is None
