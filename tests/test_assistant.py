"""The whole assistant over the sample articles: what it makes of the conversation before a question."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from assistant.answer import Terms, Turn, turn_of
from assistant.assistant import Assistant
from index.scope import Scope


def test_the_second_article_is_the_second_of_those_quoted(assistant):
    """Articles are counted in the order of the last answer's quotes, where it quoted any."""
    shown = Turn("Who closed the bridge?", "divers", ("bridge-evening-beacon", "rovers-takeover"))
    answer = assistant.answer("Who is the manager in the second article?", history=[shown])
    assert len(answer.limits) == 1 and "of those shown" in answer.limits[0].meaning
    assert {quote.article.id for quote in answer.quotes + answer.looked_at} == {"rovers-takeover"}


def test_a_doubt_asks_again_and_says_what_speaks_against_it(assistant):
    """“Are you sure?” shows the doubted answer's quotes anew, what it rests on and who says otherwise."""
    asked = "How many people died in the harbour fire?"
    first = assistant.answer(asked)
    again = assistant.answer("are you sure?", history=[turn_of(first), Turn("Thanks!", "")])
    assert (again.quotes, again.short, again.meant) == (first.quotes, first.short, asked)
    assert "It rests on Harrowmouth Courier, 12 March 2025. Against it: " in again.words
    assert turn_of(again).question == asked  # "and where?" is about the toll, not about the doubt


def test_a_doubt_of_what_nobody_contradicts_says_so(assistant):
    """Where all is said by others, or no passage says otherwise, the answer to a doubt says that."""
    asked = [turn_of(assistant.answer("Who is the chief fire officer?"))]
    assert "Against it" not in assistant.answer("really?", history=asked).words
    nothing = [turn_of(assistant.answer("Which penguin closed the bridge?"))]
    assert assistant.answer("are you sure?", history=nothing).words == "Asked again: The articles don’t say."


def test_what_is_asked_back_can_be_answered_in_words(assistant):
    """A choice that is typed asks the question before of that article alone, and stands as a limit."""
    which = assistant.answer("What is this article about?")
    assert which.status == "not_found" and which.alternatives == tuple(choice.words for choice in which.choices)
    meant = assistant.answer("the second one", history=[turn_of(which)])
    (article,) = which.choices[1].articles
    assert {quote.article.id for quote in meant.quotes} == {article}
    assert [limit.meaning for limit in meant.limits] == [f"about: {which.choices[1].words}"]
    lifted = Terms(lifted=frozenset({which.choices[1].words}))
    assert assistant.answer("the second one", history=[turn_of(which)], terms=lifted).choices == which.choices


def test_a_limit_can_be_lifted(assistant):
    """The words of a limit that is lifted count neither as a limit nor as part of the question."""
    asked = "How many people died in the harbour fire, only Coast Today?"
    limited = assistant.answer(asked)
    (limit,) = limited.limits
    free = assistant.answer(asked, terms=Terms(lifted=frozenset({limit.words})))
    assert {quote.article.outlet for quote in limited.quotes} == {"Coast Today"} and not free.limits
    assert free.quotes == assistant.answer("How many people died in the harbour fire?").quotes


def test_this_article_is_the_one_that_was_quoted(assistant):
    """“This article” is the first that the last answer quoted, whatever else has its words."""
    shown = turn_of(assistant.answer("How many people died in the harbour fire?"))
    about = assistant.answer("Summarise this article", history=[shown])
    assert {quote.article.id for quote in about.quotes} == {"harbour-fire-update"}


def test_the_reading_is_named_and_can_be_chosen(assistant):
    """A follow-up says how it was understood; asked the other way it is understood so; a first question has one way."""
    shown = turn_of(assistant.answer("Who closed the bridge?"))
    after = assistant.answer("And why?", history=[shown])
    alone = assistant.answer("And why?", history=[shown], terms=Terms(reading="alone"))
    assert (after.reading, alone.reading) == ("after", "alone")
    assert assistant.answer("Who closed the bridge?").reading is None


def test_a_follow_up_to_one_article_is_answered_more_readily(assistant):
    """Half the confidence is enough there; asked first, or of all articles, the same is not found."""
    turn, scope = (
        Turn("Who closed the bridge?", "Tarn County Council"),
        Scope(articles=frozenset({"bridge-valley-post"})),
    )
    sure = assistant.answer("For how long?", [turn], scope=scope, terms=Terms(reading="after")).confidence
    picky = Assistant(assistant.library, assistant.reader, threshold=1.5 * sure)
    after = Terms(reading="after")
    assert picky.answer("For how long?", [turn], scope=scope, terms=after).status == "answered"
    assert picky.answer("For how long?", [turn], scope=Scope(), terms=after).status == "not_found"


def test_a_yes_or_no_follow_up_is_settled_by_its_own_words(assistant):
    """The turn before tells what it is about, and is no part of what the sentence must say."""
    turn = Turn("Who closed the bridge?", "Tarn County Council")
    answer = assistant.answer(
        "Will it be open again by the middle of December?", history=[turn], terms=Terms(reading="after")
    )
    assert (answer.short, answer.reading) == ("yes", "after")


def test_a_warmed_assistant_loads_nothing_for_its_first_question(sample_library):
    """After warming, a first question loads no model, opens no index and imports nothing of the heavy packages."""
    asked = """
import sys
from pathlib import Path
from assistant import Assistant
from index.library import Library

def loaded():
    heavy = {name for name in sys.modules if name.split(".")[0] in ("torch", "chromadb", "tokenizers", "numpy")}
    return heavy, set(vars(assistant.reader)), set(vars(assistant.library.embedder)), assistant.library._vectors

assistant = Assistant(Library.open(Path(sys.argv[1])))
assistant.warm()
before = loaded()
assistant.answer("Who closed the bridge?")
print([after == was for after, was in zip(loaded(), before)], "torch" in before[0])
"""
    command = [sys.executable, "-c", asked, str(sample_library)]
    run = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[1], check=True)
    assert run.stdout.strip() == "[True, True, True, True] True"


def test_a_question_about_two_people_of_one_name_is_answered_for_each(assistant):
    """Both answers stand with their quotes and who is meant; a click or a word of the role leaves one."""
    asked = "What job does Daniel Marsh do?"
    both = assistant.answer(asked)
    assert (both.short, both.alternatives) == ("goalkeeper and captain", ("councillor in charge of finance",))
    assert both.words.startswith("Daniel Marsh, the goalkeeper and captain: ")
    assert "the councillor in charge of finance: “councillor in charge of finance”" in both.words
    assert [q.article.id for q in both.quotes] == ["rovers-takeover", "council-budget"] and both.disagreement is None
    one = assistant.answer(asked, terms=Terms(choice=both.choices[0]))
    assert (one.short, one.choices) == ("councillor in charge of finance", ())
    assert assistant.answer("What job does Daniel Marsh, the captain, do?").choices == ()


def test_what_one_of_two_people_said_is_asked_back(assistant):
    """Statements of two people of one name are never mixed."""
    which = assistant.answer("What did Daniel Marsh say?")
    assert (which.status, len(which.choices)) == ("not_found", 2)
    said = assistant.answer("the goalkeeper", history=[turn_of(which)])
    assert said.quotes and {quote.article.id for quote in said.quotes} == {"rovers-takeover"}


def test_a_follow_up_never_takes_up_the_turn_before_alone(assistant):
    """What the articles don't say isn't answered by what they said to the question before."""
    shown = turn_of(assistant.answer("How many people died in the harbour fire?"))
    answer = assistant.answer("Who is the king of the penguins?", history=[shown])
    assert (answer.status, answer.reading) == ("not_found", "alone")


def test_in_one_article_a_question_that_says_all_is_read_alone(assistant):
    """What names all that it is about, and is found so, isn't read after the turn before."""
    scope, turn = (
        Scope(articles=frozenset({"bridge-valley-post"})),
        Turn("Who closed the bridge?", "Tarn County Council"),
    )
    assert assistant.answer("How much will the repairs cost?", [turn], scope=scope).reading == "alone"
