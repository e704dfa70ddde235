"""Several of a kind or of a name in one small town: two helicopters, two fires, three people called Lind."""

from __future__ import annotations

import json

import pytest

from assistant.answer import Turn, turn_of
from assistant.assistant import Assistant
from assistant.conversation import readings
from assistant.expected import asks_with_what, measures_others, names_means
from assistant.occasions import kinds
from index.library import Library
from index.scope import Scope
from index.sync import sync

ARTICLES = {
    "moor": (
        "Rescue helicopter comes down on Varley Moor",
        "2026-05-04",
        "A rescue helicopter made an emergency landing on Varley Moor on Monday after its engine lost oil. The pilot,"
        " Captain Ines Calloway, set it down between two stone walls, and the four people on board walked away. Walkers"
        " who had called for help were brought down on foot. The engine will be taken to pieces at the airfield, said"
        " the service that owns it.",
    ),
    "quay": (
        "Police helicopter hits crane at Port Ansell",
        "2026-05-11",
        "A police helicopter struck a crane at the container port of Port Ansell on Monday night and fell into an empty"
        " yard. The pilot, Sergeant Tom Beddoes, was killed. Officers had been following a stolen lorry along the"
        " docks. The port closed its northern gate until Wednesday while investigators measured the wreckage.",
    ),
    "mill": (
        "Fire destroys cotton mill in Nether Varley",
        "2026-06-02",
        "A fire destroyed the old cotton mill in Nether Varley on Tuesday. Ninety firefighters fought the flames until"
        " noon, and the weaving hall fell in. The mayor, Edith Lind, said that forty jobs were lost. “We will build"
        " again,” said Lind. The owners had stored paint on the upper floor, the town’s surveyor reported.",
    ),
    "school": (
        "Fire in kitchen closes Port Ansell school",
        "2026-06-09",
        "A fire in the kitchen has closed the school at Port Ansell until the autumn. Twelve firefighters put it out"
        " within an hour on Saturday morning, when no pupil was there. The head teacher, Oskar Lind, said that lessons"
        " would be held in the library. “A pan of oil was left alone,” Lind said. The county will pay for the roof.",
    ),
    "note": ("Correction: fire in Nether Varley", "2026-06-03", "The fire at the mill was on Tuesday, not Monday."),
    "gunboat": (
        "Harbour rebels sink gunboat",
        "2026-07-01",
        "A gunboat was sunk by harbour rebels on Wednesday, after the navy sank a smuggler’s trawler in the strait."
        " The rebels hit the gunboat using a home-made floating mine, a fisherman said. Its captain, Jon Aske, 41, swam"
        " ashore and was back at sea in 2026.",
    ),
    "ship": (
        "Shipyard wins ferry order",
        "2026-06-15",
        "The yard at Port Ansell will build two ferries for the islands, its director, Karin Lind, said on Monday.",
    ),
}


@pytest.fixture(scope="module")
def town(tmp_path_factory, assistant) -> Assistant:
    """The real reader over these articles."""
    place = tmp_path_factory.mktemp("town")
    rows = [{"id": id, "title": t, "published": day, "text": text} for id, (t, day, text) in ARTICLES.items()]
    (place / "town.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert not sync([place / "town.jsonl"], place / "library").problems
    return Assistant(Library.open(place / "library"), assistant.reader, assistant.threshold)


def test_what_ends_as_workers_do_may_be_a_thing():
    """Two helicopters, trawlers or reactors can be told apart; drivers and victims are people."""
    assert all(kinds(f"What happened to the {thing}?") for thing in ("helicopter", "trawler", "reactor", "tower"))
    assert not any(kinds(f"Who was the {person}?") for person in ("driver", "victims", "suspect", "mayor"))


def test_two_helicopters_are_answered_for_each(town):
    """Another crash is no other report of this one: both pilots stand, and nothing is in conflict."""
    answer = town.answer("Who was the pilot of the helicopter?")
    named = " ".join(filter(None, (answer.short, *answer.alternatives)))
    assert "Calloway" in named and "Beddoes" in named and answer.disagreement is None
    assert [choice.articles for choice in answer.choices] and len(answer.choices) == 2
    second = town.answer("and the second one?", [turn_of(answer)])
    assert {quote.article.id for quote in second.quotes} == set(answer.choices[1].articles)


def test_a_short_note_does_not_join_two_fires(town):
    """It belongs to the fire that it is most like, and the two are told apart all the same."""
    answer = town.answer("How many firefighters fought the fire?")
    told = {choice.articles for choice in answer.choices}
    assert {frozenset(ids) for ids in told} == {frozenset({"mill", "note"}), frozenset({"school"})}


@pytest.mark.parametrize("question", ["Who is Lind?", "What did Lind say?"])
def test_a_family_name_asks_which_one(town, question):
    """Each by the full name that the articles give, and never the words of one for another's."""
    answer = town.answer(question)
    assert answer.status == "not_found" and not answer.quotes
    assert {choice.name for choice in answer.choices} == {"Edith Lind", "Oskar Lind", "Karin Lind"}
    chosen = town.answer("Oskar Lind", [turn_of(answer)])
    assert {quote.article.id for quote in chosen.quotes} == {"school"}
    assert chosen.meant == question.replace("Lind", "Oskar Lind")


def test_a_family_name_that_one_person_has_is_that_one(town):
    """Nothing is asked back where there is nothing to choose."""
    assert "Beddoes" in town.answer("Who is Beddoes?").words


def test_somebody_who_said_nothing_about_it_is_not_lent_another_s_words(town):
    """It is said that nobody of the name spoke of it."""
    answer = town.answer("What did Edith Lind say about ferries?")
    assert answer.status == "not_found" and "No statement by Edith Lind about ferries" in answer.words


GUNBOAT = Scope(frozenset({"gunboat"}))


def chat(town, *questions):
    """The last answer of a chat about the gunboat."""
    history = []
    for question in questions:
        answer = town.answer(question, history, scope=GUNBOAT)
        history.append(turn_of(answer))
    return answer


def test_that_is_the_thing_that_was_spoken_of(town):
    """ "Who sank that?" after the gunboat is who sank the gunboat, also where the answer is the same again."""
    answer = chat(town, "What happened to the gunboat?", "Who sank that?")
    assert "rebels" in answer.short and "gunboat" in answer.quotes[0].text


def test_with_what_wants_a_means(town):
    """What something was done with stands after "with" or "using"; what was hit, or a place, is none."""
    assert "mine" in chat(town, "Who sank the gunboat?", "With what?").short
    refused = chat(town, "Who sank the trawler?", "With what?")
    assert refused.short is None and refused.status == "not_found"


@pytest.mark.parametrize(
    ("question", "alone"), [("with what?", True), ("And with what?", True), ("With what was he poisoned?", False)]
)
def test_with_what_alone_asks_for_no_more_than_the_means(question, alone):
    """A question that goes on is read as it stands."""
    assert asks_with_what(question) is alone


@pytest.mark.parametrize(
    ("before", "answer", "means"),
    [
        ("He was poisoned with ", "Novichok", True),
        ("rebels hit it using ", "Kornet rockets", True),
        ("They struck with ", "a US missile", True),
        ("at the border with ", "Sudan", False),
        ("The country was at war with ", "Sudan", False),
        ("It sank off ", "a floating mine", False),
    ],
)
def test_a_name_alone_is_a_means_after_what_was_done(before, answer, means):
    """A poison or a make may be a name; a border, a war or talks are with one too."""
    assert names_means(answer, before) is means


@pytest.mark.parametrize(
    ("answer", "after", "age"),
    [
        ("41", "", True),
        ("2026", "", False),
        ("78th", "", False),
        ("two years", "", True),
        ("1200", " years old.", True),
        ("1200", " people saw it.", False),
    ],
)
def test_a_year_or_a_place_is_no_age(answer, after, age):
    """Asked how old somebody is; an oak may be 1200 years old."""
    assert measures_others("how old is it?", answer, after) is not age


def test_a_question_that_leans_twice_is_read_after_both_turns():
    """ "With what?" after "who sank it?" needs the question in which the thing is named."""
    told = [Turn("What happened to the gunboat?", "sunk"), Turn("Who sank it?", "rebels")]
    assert readings("With what?", told)[-1].words == "What happened to the gunboat? sunk Who sank it? rebels With what?"
    alone = [told[0], Turn("Who owns the trawler at Port Ansell?", "a smuggler")]
    assert readings("With what?", alone)[-1].words.startswith("Who owns the trawler")
