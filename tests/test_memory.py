"""What a chat goes on from: courtesies, limits and choices between two questions don't make it lose its thread."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, turn_of

FIRE = "How many people died in the harbour fire?"


@pytest.fixture(scope="module")
def chat(assistant):
    """Ask one after another; gives the last answer."""

    def asked(*questions: str) -> Answer:
        history, answer = [], None
        for question in questions:
            answer = assistant.answer(question, history, as_of="2026-04-22")
            history.append(turn_of(answer))
        return answer

    return asked


@pytest.mark.parametrize("between", [[], ["thanks"]])
@pytest.mark.parametrize("choice", ["the second one", "and the second one?", "what about the second one?"])
def test_a_choice_is_taken_by_its_place_also_after_thanks(chat, between, choice):
    """In the words that people use, and with a courtesy in between."""
    answer = chat("What did Daniel Marsh say?", *between, choice)
    assert {quote.article.id for quote in answer.quotes} == {"rovers-takeover"}


def test_a_choice_goes_before_an_older_list(chat):
    """The second of the people who were offered, not of the articles that were listed before."""
    answer = chat("list the articles", "What did Daniel Marsh say?", "and the second one?")
    assert answer.meant == "What did Daniel Marsh say?"


def test_a_limit_after_thanks_limits_the_question_before(chat):
    """A courtesy asks nothing that could be limited."""
    answer = chat(FIRE, "thanks", "only Coast Today")
    assert answer.meant == FIRE and {quote.article.outlet for quote in answer.quotes} <= {"Coast Today"}
    assert [limit.meaning for limit in answer.limits] == ["only Coast Today"]


def test_a_second_limit_takes_the_place_of_the_first(chat):
    """It limits the question that was asked, not the words of the limit before it."""
    answer = chat(FIRE, "only Coast Today", "only the Courier")
    assert answer.meant == FIRE and answer.short == "three"
    assert [limit.meaning for limit in answer.limits] == ["only Harrowmouth Courier"]


def test_the_second_of_a_limited_list_is_the_second(chat):
    """A list is remembered as one, whatever limited it."""
    listed = chat("list all articles from Coast Today")
    second = chat("list all articles from Coast Today", "the second one")
    assert len(listed.quotes) == 2
    assert {quote.article.id for quote in second.quotes} == {listed.quotes[1].article.id}


def test_nothing_outside_a_limit_is_quoted(chat):
    """A limit that is said outranks the article that was spoken of."""
    answer = chat(FIRE, "summarise everything from the Tarn Valley Post")
    assert {quote.article.outlet for quote in answer.quotes} == {"Tarn Valley Post"}
    assert len({quote.article.id for quote in answer.quotes}) > 1


def test_how_much_says_nothing_of_what_is_meant(chat):
    """ "How much will it cost?" after the bridge is about the bridge."""
    answer = chat("When will Ostley Bridge reopen?", "how much will it cost?")
    assert "£4.2 million" in (answer.short, *answer.alternatives)


@pytest.mark.parametrize("question", ["summarise these", "what are these about?", "summarise both"])
def test_these_are_the_articles_of_the_answer_before(chat, question):
    """Pointed at without the word "articles"."""
    before = chat("list all articles about the bridge")
    answer = chat("list all articles about the bridge", question)
    cited = {quote.article.id for quote in before.quotes}
    assert len(cited) == 2 and {quote.article.id for quote in answer.quotes} == cited


def test_the_first_two_are_the_first_two_of_the_list(chat):
    """Of those shown; without a list, by date."""
    listed = [quote.article.id for quote in chat("list the articles").quotes]
    assert {q.article.id for q in chat("list the articles", "summarise the first two").quotes} == set(listed[:2])
    assert {q.article.id for q in chat("summarise the newest two articles").quotes} == set(listed[:2])


def test_who_wrote_the_second_one(chat):
    """Whatever is asked of an article can be asked of one of a list."""
    second = chat("list the articles").quotes[1].article
    answer = chat("list the articles", "who wrote the second one?")
    assert [quote.article.id for quote in answer.quotes] == [second.id]


@pytest.mark.parametrize(
    ("limit", "meaning"),
    [
        ("since 12 March 2025", "published since 12 March 2025"),
        ("from Coast Today", "only Coast Today"),
        ("what about Coast Today?", "only Coast Today"),
        ("without the Courier", "not Harrowmouth Courier"),
        ("only Coast Today and the Courier", "only Coast Today, Harrowmouth Courier"),
    ],
)
def test_a_limit_is_a_turn_of_its_own(chat, limit, meaning):
    """It needs no "only"; an outlet can be left out, and two can be named."""
    answer = chat(FIRE, limit)
    assert answer.meant == FIRE and [given.meaning for given in answer.limits] == [meaning]


def test_a_day_alone_after_a_day_is_asked_about_the_same_way(chat):
    """ "And on 12 March 2025?" after what happened on the 11th."""
    answer = chat("What happened on 11 March 2025?", "and on 12 March 2025?")
    assert "12 March 2025" in answer.words and not answer.limits


def test_another_topic_is_asked_about_the_same_way(chat):
    """ "And about the ferry?" after what the articles say about the bridge."""
    answer = chat("What do the articles say about the bridge?", "and about the ferry?")
    assert answer.words.startswith("What") and {quote.article.id for quote in answer.quotes} == {"ferry-bids"}
    one = chat("list the articles", "and the one about the ferry?")
    assert {quote.article.id for quote in one.quotes} == {"ferry-bids"}


def test_who_is_quoted_after_one_article_is_of_that_one(chat):
    """Not of all that there are."""
    answer = chat("What is the article about the ferry about?", "who is quoted?")
    assert {quote.article.id for quote in answer.quotes} == {"ferry-bids"}


def test_what_cannot_be_listed_says_what_can(chat):
    """A list of people or places isn't kept."""
    assert "I can list articles, outlets" in chat("list all people").words


def test_an_outlet_that_is_not_there_is_named(chat):
    """A comparison with an unknown outlet isn't answered by something else."""
    answer = chat("compare Coast Today and the Sun")
    assert answer.status == "not_found" and "No outlet here is called the Sun" in answer.words


def test_only_reports_on_one_story_are_compared(chat):
    """Two outlets that tell of different things have nothing to set side by side; two that both tell of a fire have."""
    apart = chat("compare the Tarn Valley Post with the Northern Press Agency")
    assert "tell nothing here that differs" in apart.words and not apart.quotes
    answer = chat("compare the Harrowmouth Courier with the Northern Press Agency")
    assert answer.quotes and all(quote.article.id.startswith("harbour-fire") for quote in answer.quotes)


def test_a_day_in_an_outlets_name_is_no_limit(chat):
    """The last word of Coast Today means no day."""
    answer = chat("compare the Harrowmouth Courier with Coast Today")
    assert not answer.limits and {quote.article.outlet for quote in answer.quotes} <= {
        "Coast Today",
        "Harrowmouth Courier",
    }
    assert "No article here is from" not in answer.words


def test_who_else_goes_on_after_those_that_were_listed(chat):
    """Those with a name first, nobody twice, until there is nobody else."""
    asked = ["who is quoted?"]
    listed = [{quote.speaker for quote in chat(*asked).quotes}]
    for _ in range(2):
        asked.append("who else?")
        listed.append({quote.speaker for quote in chat(*asked).quotes})
    assert all(listed) and not listed[0] & listed[1] and not (listed[0] | listed[1]) & listed[2]
    assert "Joyce Tamblyn" in listed[1] and "The company" not in listed[1]
    one = chat("What is the article about the ferry about?", "who is quoted?", "who else?", "and who else?")
    assert one.status == "not_found" and "Nobody else is quoted" in one.words


def test_who_else_is_asked_about_what_was_asked_before(chat):
    """After who died, others who died, and not the same one again."""
    first = chat("Who died in the harbour fire?")
    other = chat("Who died in the harbour fire?", "who else?")
    assert first.short == "a packer aged 34" and "Dolan" in other.short


@pytest.mark.parametrize(
    ("before", "articles"),
    [(["the councillor"], "rovers-takeover"), (["the goalkeeper"], "council-budget"), ([], "rovers-takeover")],
)
def test_the_other_of_two_is_the_one_not_taken(chat, before, articles):
    """By the name or as "the other one", also after thanks; where none was taken, it is the second."""
    for other in ("and the other Daniel Marsh?", "what about the other one?"):
        answer = chat("What did Daniel Marsh say?", *before, "thanks", other)
        assert {quote.article.id for quote in answer.quotes} == {articles}
    assert (
        chat("What did Daniel Marsh say?", *before, "and the other Helen Strand?").meant != "What did Daniel Marsh say?"
    )


def test_what_they_disagree_on_is_what_they_give_other_figures_for(chat):
    """The costs of the bridge stand side by side, and not what the outlets merely tell beside each other."""
    answer = chat("list all articles about the bridge", "what do they disagree on?")
    pairs = list(zip(answer.quotes[::2], answer.quotes[1::2], strict=True))
    assert any("£4.2 million" in one.text and "£6.8 million" in other.text for one, other in pairs)
    assert not any("detour" in quote.text and "miles" in quote.text for quote in answer.quotes)


@pytest.mark.parametrize("question", ["what do {} disagree on?", "on what do {} disagree?"])
def test_where_no_conflict_is_found_that_is_said(chat, question):
    """Copies of one story don't contradict each other."""
    answer = chat(question.format("Coast Today and the Northern Press Agency"))
    assert answer.status == "not_found" and "contradict each other" in answer.words and not answer.quotes


@pytest.mark.parametrize(
    "question", ["is it in the Courier too?", "did the Courier report it?", "Was that in the Courier?"]
)
def test_whether_an_outlet_tells_of_it_too(chat, question):
    """Its articles on the story spoken of are shown, and not its others."""
    answer = chat(FIRE, question)
    assert {quote.article.id for quote in answer.quotes} == {"harbour-fire-courier", "harbour-fire-update"}


def test_an_outlet_that_does_not_tell_of_it_is_no_source(chat):
    """That nothing is found is said, and that there is no such outlet."""
    silent, unknown = chat(FIRE, "is it in the Tarn Valley Post too?"), chat(FIRE, "is it in the Sun too?")
    assert silent.status == unknown.status == "not_found" and not silent.quotes and not unknown.quotes
    assert "No article of Tarn Valley Post" in silent.words and "No outlet here is called the Sun" in unknown.words


@pytest.mark.parametrize(
    ("limit", "meaning"),
    [
        ("only Coast Today and the Sun", "only Coast Today; no outlet here is called the Sun"),
        ("only the courier and the sun", "only Harrowmouth Courier; no outlet here is called The Sun"),
        ("without the Courier and the Sun", "not Harrowmouth Courier; no outlet here is called the Sun"),
    ],
)
def test_an_unknown_outlet_in_a_limit_is_named(chat, limit, meaning):
    """The others limit all the same."""
    answer = chat(FIRE, limit)
    assert answer.meant == FIRE and [given.meaning for given in answer.limits] == [meaning]
