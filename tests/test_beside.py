"""What stands beside an answer: what is left open, the newest article."""

from __future__ import annotations

from assistant import console
from assistant.answer import Answer, Disagreement, Quote, Side
from assistant.beside import left_open, newest
from assistant.console import answer_record
from index.articles import Article
from ui.render import card

TEXT = "The mill in Ashby burned down on Monday. The cause of the fire in the mill is not yet known. Nobody was hurt."


def whole(id: str, text: str = TEXT, **record: str) -> Quote:
    """The first sentence of an article as a quote."""
    return Quote(Article(id, text, **record), 0, text.index(".") + 1)


def test_what_the_quoted_article_leaves_open_is_shown():
    """A sentence that leaves open what is asked is given once, though copies hold it, and never where it is quoted."""
    question = "What was the cause of the fire?"
    (found,) = left_open(question, [whole("a", outlet="Post"), whole("b", outlet="Sun")])
    assert found.text == "The cause of the fire in the mill is not yet known."
    assert left_open("Who was hurt?", [whole("a")]) == ()
    assert left_open(question, [Quote(Article("a", TEXT), 0, len(TEXT))]) == ()


def test_what_is_open_is_of_the_kind_that_is_asked_for():
    """That a fire may have begun in a store leaves no day and no number open."""
    text = "The mill burned down on Monday. The fire in the mill may have begun in a store. It cost 40 jobs."
    fire = whole("a", text)
    assert left_open("When did the fire in the mill begin?", [fire]) == ()
    assert left_open("How many jobs did the fire in the mill cost?", [fire]) == ()
    assert [q.text for q in left_open("Where did the fire in the mill begin?", [fire])] == [
        "The fire in the mill may have begun in a store."
    ]


def test_the_newest_article_on_the_story_is_named_where_the_question_is_about_now():
    """Of the articles found the newest on the quoted story is named, only for a question about now."""
    first = whole("old", published="2024-05-01", title="Mill in Ashby burns down")
    later = whole("new", published="2024-05-09", title="Ashby mill: what burned down")
    other = whole("other", "The choir of Felgate sang in the market hall.", published="2024-06-01", title="Choir sings")
    assert newest("Is the mill still shut?", first, [later, other]) == later.article
    assert newest("When did the mill burn down?", first, [later, other]) is None


def test_the_chat_the_command_and_json_show_the_same():
    """Sides, what is left open, the newest article and who passes a statement on stand in all three."""
    text = "The ferry sank at noon. It is unclear why."
    one = Article("a", text, outlet="Post", published="2024-05-03")
    other = Article("b", "The ferry sank at one.", outlet="Sun", published="2024-05-04")
    first, second = Quote(one, 0, 23, "an officer", "attributed", via="the Courier"), Quote(other, 0, 22)
    disagreement = Disagreement("later", (Side("one", (second,)), Side("noon", (first,))))
    open_ = (Quote(one, 24, len(text)),)
    made = Answer(
        "When?",
        "answered",
        "“noon”",
        "noon",
        ("one",),
        (first, second),
        disagreement,
        0.9,
        left_open=open_,
        newest=other,
    )
    record, shown, page = answer_record(made, 0.1), console.answer(made), card(made, 0)
    assert [side["answer"] for side in record["sides"]["sides"]] == ["one", "noon"]
    assert record["left_open"][0]["text"] == open_[0].text and record["newest"]["id"] == "b"
    assert record["quotes"][0]["via"] == "the Courier"
    for words in ("It is unclear why", "Newest article on this: ", "as the Courier passes on"):
        assert words in shown and words in page.replace("&#46;", ".").replace("&#44;", ",").replace("&#58;", ":")
