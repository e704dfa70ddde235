"""Questions that are no search for a fact, answered from the sample articles with the real embedder."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer, Quote, Turn
from assistant.overview import respond
from index.embedder import Embedder
from index.library import Library
from index.scope import EVERYTHING, Scope
from index.sync import sync
from tests.toys import WordEmbedder, write_articles

SAMPLE = Path(__file__).parents[1] / "assistant" / "sample" / "articles"
TODAY = "2026-04-22"


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Library:
    folder = tmp_path_factory.mktemp("overview") / "library"
    embedder = Embedder()
    sync([SAMPLE], folder, embedder)
    return Library.open(folder, embedder)


@pytest.fixture
def ask(library):
    def asked(question: str, scope: Scope = EVERYTHING, *history: Turn) -> Answer | None:
        return respond(library, question, scope, history, TODAY)

    return asked


def only(*ids: str) -> Scope:
    return Scope(articles=frozenset(ids))


def texts(answer: Answer) -> list[str]:
    return [quote.text for quote in answer.quotes]


def sources(answer: Answer) -> list[str]:
    return [quote.article.id for quote in answer.quotes]


@pytest.mark.parametrize(
    "question",
    ["How much will the bridge cost?", "Who owns the fish hall?", "What did she say?", "Are you sure?", "Why?"],
)
def test_a_fact_is_left_to_search(ask, question):
    """For a question of fact, and for a doubt of one, there is no answer here."""
    assert ask(question) is None


@pytest.mark.parametrize(
    "question", ["Who is Emmanuel Macron?", "What did Lena Voss say?", "Compare the BBC and Reuters on fire"]
)
def test_what_the_library_lacks_is_left_to_search(ask, question):
    """A name or an outlet that no article has is not answered here, whatever the form."""
    assert ask(question) is None


def test_greetings_and_thanks_claim_nothing(ask):
    """A greeting is answered with what the library holds, thanks with thanks; neither quotes."""
    hello, thanks = ask("Hello"), ask("Thank you!")
    assert hello.words.startswith("Hello. There are 16 articles from 9 outlets: Harrowmouth Courier (4),")
    assert (hello.status, hello.quotes, hello.short) == ("answered", (), None)
    assert (thanks.status, thanks.quotes, thanks.short) == ("answered", (), None)


def test_what_the_library_holds(ask):
    """Numbers, outlets, the oldest and the newest day, of everything or of a scope."""
    everything = ask("What do I have?").words
    assert everything.endswith("The oldest is of 24 November 2015, the newest of 21 April 2026.")
    scoped = ask("How many articles are there?", Scope(outlets=frozenset(["Coast Today"]))).words
    assert scoped == (
        "There are 2 articles from 1 outlet: Coast Today (2)."
        " The oldest is of 11 March 2025, the newest of 18 June 2025."
    )
    assert ask("What do I have?", only("none")).words == "There are no articles here."


def test_a_list_shows_beginnings_newest_first(ask):
    """Articles are listed by date, each with its first sentence, which links to it; about a topic, only those."""
    newest = ask("List all articles")
    days = [quote.article.published for quote in newest.quotes]
    assert len(days) == 10 and days == sorted(days, reverse=True)
    assert all(quote.start == 0 for quote in newest.quotes)
    assert sources(ask("List articles about the hospital")) == ["hospital-correction", "hospital-operations"]


def test_newest_and_oldest(ask):
    """The article of the last day; of two articles of the first day, both."""
    assert sources(ask("What is the newest article?")) == ["ferry-bids"]
    assert sorted(sources(ask("What is the oldest article?"))) == ["coastal-division-claim", "rescue-helicopter-downed"]
    assert sources(ask("Which is the newest article about the hospital?")) == ["hospital-correction"]


def test_what_is_new(ask):
    """Without a day: of the last week. With one: since then. Nothing new is said to be nothing."""
    assert sources(ask("What's new?")) == ["ferry-bids"]
    since = Scope(since="2026-02-01")
    assert sources(ask("What's new?", since)) == ["ferry-bids", "hospital-correction", "hospital-operations"]
    assert sources(ask("Any news about the hospital?", since)) == ["hospital-correction", "hospital-operations"]
    nothing = ask("What's new?", Scope(since="2026-04-22"))
    assert (nothing.status, nothing.words) == ("not_found", "Nothing was published since 22 April 2026.")


def test_in_an_old_library_the_newest_day_is_new(ask):
    """Where the last week brought nothing, the newest day's articles are shown, and the answer says so."""
    answer = ask("What's new?", Scope(until="2025-03-12"))
    assert sources(answer) == ["harbour-fire-update"]
    assert "on 12 March 2025, the newest day" in answer.words


def test_a_summary_quotes_the_article(ask):
    """Three to five sentences of the article, in order, its lead first."""
    answer = ask("Summarise this article", only("ferry-bids"))
    assert 3 <= len(answer.quotes) <= 5 and set(sources(answer)) == {"ferry-bids"}
    assert answer.quotes[0].text.startswith("PORT SKERROW (NPA) – Three companies have applied")
    assert [q.start for q in answer.quotes] == sorted(q.start for q in answer.quotes)
    assert answer.quotes[0].speaker == "the islands’ transport board"


def test_what_an_article_is_about_is_shorter(ask):
    """The gist of one article is three sentences with the lead."""
    answer = ask("What is this article about?", only("council-budget"))
    assert len(answer.quotes) == 3
    assert answer.quotes[0].text.startswith("Tarn County Council has agreed on a budget")


def test_a_summary_of_a_topic_shows_what_changed(ask):
    """Over several articles, copies count once and the later toll stands beside the first."""
    answer = ask("Summarise the harbour fire")
    assert any("Two people were killed" in text for text in texts(answer))
    assert any("rose to three" in text for text in texts(answer))
    first = next(q for q in answer.quotes if "Two people were killed" in q.text)
    assert (first.article.id, [a.id for a in first.also_in]) == ("harbour-fire-agency", ["harbour-fire-coast-today"])


def test_an_unknown_topic_is_not_found(ask):
    """What no article is about isn't summarised from something else."""
    for question in (
        "Summarise the moon landing",
        "Timeline of the moon landing",
        "List articles about the moon landing",
    ):
        answer = ask(question)
        assert (answer.status, answer.quotes) == ("not_found", ())


def test_which_article_is_asked_back(ask):
    """“This article” among many is asked back with headlines; after an answer it is the one that was quoted."""
    asked = ask("What is this article about?")
    assert asked.status == "not_found" and "Three firms compete to run the Skerrow ferry" in asked.alternatives
    turn = Turn("Who owns the fish-processing hall?", "Brandt & Oakes Seafoods")
    assert set(sources(ask("Summarise this article", EVERYTHING, turn))) <= {
        "harbour-fire-agency",
        "harbour-fire-coast-today",
        "harbour-fire-courier",
    }


def test_a_timeline_keeps_event_and_publication_apart(ask):
    """The correction's days are counted from its own date, in the order in which things happened."""
    answer = ask("Make a timeline", only("hospital-correction"))
    assert "January 2026 [1]" in answer.words and "3 February 2026 [3]" in answer.words
    assert "4 February 2026 [4] (“Wednesday”)" in answer.words
    assert {quote.article.published for quote in answer.quotes} == {"2026-02-05"}


def test_who_two_people_of_one_name_are(ask):
    """Daniel Marsh is a councillor in one article and a goalkeeper in another: both are given, apart."""
    answer = ask("Who is Daniel Marsh?")
    assert {answer.short, *answer.alternatives} == {"the councillor in charge of finance", "the goalkeeper and captain"}
    assert answer.short in answer.quotes[0].text
    assert {"council-budget", "rovers-takeover"} == set(sources(answer))


def test_who_one_person_is(ask):
    """One person's roles, from every article that gives one, make one answer."""
    answer = ask("Who is Dr Amara Feld?")
    assert answer.short == "The hospital’s chief executive" and answer.alternatives == ()
    assert "chief executive" in answer.words


def test_what_somebody_said(ask):
    """Every statement of a speaker is quoted with its stance, also those of “he”."""
    answer = ask("What did Peter Oakes say?")
    stances = {(quote.stance, "sprinklers" in quote.text) for quote in answer.quotes}
    assert ("denied", True) in stances
    assert any("They were tested on Friday" in text for text in texts(answer))
    assert all("Oakes" in (quote.speaker or "") for quote in answer.quotes)


def test_what_somebody_said_about_something(ask):
    """About a topic only the statements that touch it are shown; of one never touched it is said."""
    answer = ask("What did Peter Oakes say about the sprinklers?")
    assert any("denied that the sprinklers" in text for text in texts(answer))
    assert not any("Gull Quay" in text for text in texts(answer))
    silent = ask("What did Peter Oakes say about football?")
    assert silent.status == "not_found" and silent.words.startswith("No statement by Peter Oakes about football")


def test_an_outlet_says_what_its_articles_say(ask):
    """“What does the Courier say about …” is answered from that outlet alone."""
    answer = ask("What does the Courier say about the fire?")
    assert {quote.article.outlet for quote in answer.quotes} == {"Harrowmouth Courier"}


def test_two_outlets_side_by_side(ask):
    """Sentences of the two outlets stand in pairs, those with other figures first."""
    answer = ask("Compare The Evening Beacon and the Tarn Valley Post on the bridge")
    outlets = [quote.article.outlet for quote in answer.quotes]
    assert outlets[:2] == ["The Evening Beacon", "Tarn Valley Post"] and len(outlets) % 2 == 0
    assert any(
        "£6.8 million" in a and "£4.2 million" in b
        for a, b in zip(texts(answer)[::2], texts(answer)[1::2], strict=True)
    )


def test_an_outlet_that_is_silent(ask):
    """Where one outlet has nothing about the topic, that is what is said."""
    answer = ask("Compare Coast Today and the Tarn Valley Post on the bridge")
    assert (answer.status, answer.words) == ("not_found", "No article here about the bridge is from Coast Today.")


def test_answers_keep_to_the_scope(ask):
    """No kind of question quotes an article outside the scope."""
    scope = only("harbour-fire-update")
    for question in (
        "Summarise the fire",
        "Timeline",
        "Who is Peter Oakes?",
        "What did Ingrid Sollace say?",
        "List articles",
    ):
        assert set(sources(ask(question, scope))) == {"harbour-fire-update"}
    assert ask("Who is Daniel Marsh?", scope) is None


@pytest.mark.parametrize(
    ("before", "question", "words"),
    [
        (
            Turn("who is ingrid sollace", "the chief fire officer"),
            "what did she say",
            "What Ingrid Sollace is reported",
        ),
        (
            Turn("Who leads the fire service?", "Ingrid Sollace"),
            "And what did she say about the fire?",
            "What Ingrid Sol",
        ),
        (Turn("Who said that it was a chip pan?", "Ingrid Sollace"), "who is she?", "Ingrid Sollace: “the chief fire"),
        (Turn("What did Ingrid Sollace say?", ""), "who is she", "Ingrid Sollace: “the chief fire officer”"),
    ],
)
def test_she_is_the_one_whom_the_turn_before_named(ask, before, question, words):
    """Who is asked about by a pronoun is the name in the last answer, or else in its question; the answer names her."""
    assert ask(question, EVERYTHING, before).words.startswith(words)
    assert ask(question, EVERYTHING, Turn("How much will the bridge cost?", "£4.2 million")) is None


@pytest.mark.parametrize("question", ["and Ingrid Sollace?", "What about Ingrid Sollace?"])
def test_another_name_is_asked_the_same(ask, question):
    """“And Ingrid Sollace?” after what somebody said asks what she said; after who somebody is, who she is."""
    said, who = Turn("What did Peter Oakes say?", ""), Turn("Who is Peter Oakes?", "the managing director")
    answer = ask(question, EVERYTHING, said)
    assert {quote.speaker for quote in answer.quotes} == {"Ingrid Sollace"}
    assert ask(question, EVERYTHING, who).words.startswith("Ingrid Sollace: “the chief fire officer”")


def test_a_third_name_is_asked_the_same(ask):
    """A row of names is asked the first one's question; a name after a question of fact is left to search."""
    turns = (Turn("What did Peter Oakes say?", ""), Turn("and Ingrid Sollace?", ""))
    answer = ask("and Joyce Tamblyn?", EVERYTHING, *turns)
    assert {quote.speaker for quote in answer.quotes} == {"Joyce Tamblyn"}
    assert ask("and Joyce Tamblyn?", EVERYTHING, Turn("How many people died?", "three")) is None


def test_an_article_is_followed_up(ask):
    """“And the newest?” is an article after a question about articles; “it” is the article that was shown."""
    assert ask("and the newest?", EVERYTHING, Turn("Which outlets do I have?", "")).words == (
        "The newest article is of 21 April 2026."
    )
    assert ask("and the newest?", EVERYTHING, Turn("How many bridges are there?", "two")) is None
    shown = Turn("What is the newest article?", "", ("ferry-bids",))
    assert ask("What is it about?", EVERYTHING, shown).words.startswith("Three firms compete to run the Skerrow ferry")


def test_people_of_one_name_can_be_chosen(ask):
    """Who a name is, answered for each, comes with the people to choose from."""
    choices = ask("Who is Daniel Marsh?").choices
    assert [choice.articles for choice in choices] == [("council-budget",), ("rovers-takeover",)]
    assert choices[1].words == "Daniel Marsh, the goalkeeper and captain"
    assert ask("Who is Peter Oakes?").choices == ()


def test_a_list_that_is_cut_says_so(tmp_path):
    """More articles than a list shows are counted as more, not as those shown."""
    many = [
        {"id": f"n{i}", "title": f"Flood {i}", "published": "2026-01-01", "text": f"The flood took {i} barns."}
        for i in range(12)
    ]
    sync([write_articles(tmp_path / "news.jsonl", *many)], tmp_path / "library", WordEmbedder())
    library = Library.open(tmp_path / "library", WordEmbedder())
    answer = respond(library, "How many articles are there about the flood?", EVERYTHING, (), TODAY)
    assert answer.words.startswith("More than 10 articles about the flood") and len(answer.quotes) == 10


def test_a_day_is_told_by_the_sentences_that_name_it(ask):
    """Of a day each sentence that means it, whatever it calls it; of a month all in it; of an empty one nothing."""
    answer = ask("What happened on 11 March 2025?")
    assert answer.words.startswith("What the articles tell of 11 March 2025: 11 March 2025 [1] [2] [3] (“Tuesday”).")
    assert {source.removeprefix("harbour-fire-") for source in sources(answer)} == {"agency", "courier", "update"}
    assert "14 January 2026" in ask("What happened in January 2026?").words
    assert ask("What happened on 1 May 1999?").status == "not_found"


def test_a_weekday_is_counted_from_the_story_spoken_of(ask, library):
    """After a question about the fire, Tuesday is the fire's; with nothing before, the last one from today."""
    spoken = Turn("How many died?", "Two", ("harbour-fire-agency",))
    assert (
        "11 March 2025, counted from the articles of 11 March 2025"
        in ask("What happened on Tuesday?", EVERYTHING, spoken).words
    )
    assert "21 April 2026, counted from today" in ask("What happened on Tuesday?").words


def test_tell_me_more_shows_what_was_not_shown(ask, library):
    """Sentences of the same articles, none twice; when none is left, it says so; before a question it asks of what."""
    fire = library.article("harbour-fire-agency")
    shown = ask("What is this article about?", only(fire.id))
    turn = Turn("What is this article about?", "", (fire.id,), shown=shown.quotes)
    first = ask("Tell me more", EVERYTHING, turn)
    assert first.quotes and not set(texts(first)) & set(texts(shown)) and set(sources(first)) == {fire.id}
    everything = Turn("All?", "", (fire.id,), shown=(Quote(fire, 0, len(fire.text)),))
    assert ask("Tell me more", EVERYTHING, everything).words.startswith("That is all that these articles say")
    assert ask("Tell me more").words.startswith("More of what?")


def test_who_is_quoted_is_listed_by_a_first_statement(ask):
    """Each speaker with a name once, in the articles that are meant."""
    answer = ask("Who is quoted in the articles about the bridge?")
    assert answer.words.startswith("Quoted in 2 articles: Hallam Verrick; Lucia Brandreth; Tom Iveson; Colin Wray.")
    assert [quote.speaker for quote in answer.quotes] == [
        "Hallam Verrick",
        "Lucia Brandreth",
        "Tom Iveson",
        "Colin Wray",
    ]


def test_a_topic_by_the_way_is_told_by_its_own_sentences(ask):
    """What an article says of a thing that it isn't about is the sentences that have it, not its summary."""
    for question in ("Tell me more about the Lady Annis", "What do the articles say about the Lady Annis?"):
        assert texts(ask(question)) == [
            "Tarn Coast Ferries would keep the old ship, the Lady Annis, and halve the fares of islanders."
        ]
