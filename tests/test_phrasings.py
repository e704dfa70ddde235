"""Questions as people type them: each kind in thirty ways and more, and facts that sound like another kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.kinds import as_written, recognise
from assistant.overview import respond
from assistant.spelling import spelled
from index.library import Library
from index.scope import EVERYTHING

DATA = Path(__file__).with_name("data")


def lines(file: str) -> list[str]:
    read = (DATA / file).read_text("utf-8").splitlines()
    return [line for line in read if line and not line.startswith("#")]


def phrasings() -> list[tuple[str, str, str]]:
    """Kind, question, and the name or topic in it, if any."""
    rows, kind = [], ""
    for line in lines("kinds.txt"):
        if line.startswith("["):
            kind = line.strip("[]")
        else:
            question, _, held = line.partition("\t")
            rows.append((kind, question, held))
    return rows


@pytest.fixture(scope="module")
def library(sample_library) -> Library:
    return Library.open(sample_library)


@pytest.fixture
def asked(library):
    """A question as the sample library's owner asks it."""
    return lambda question: recognise(question, lambda name: as_written(name) or spelled(name, library))


@pytest.mark.parametrize(("kind", "question", "held"), phrasings())
def test_a_kind_is_known_however_it_is_put(asked, kind, question, held):
    """Small letters, no marks, slips of the pen and courtesies change neither the kind nor what is asked about."""
    found = asked(question)
    assert found is not None and found.kind == kind
    assert not held or held in (found.topic, *found.names)


@pytest.mark.parametrize("change", [str.upper, "  {}  ?!".format, "please {}".format, "{} pls".format, "{} 🙂".format])
def test_most_phrasings_stand_a_further_change(asked, change):
    """Shouted, spaced, begged or with a smile, nineteen in twenty are known still."""
    rows = [(kind, question) for kind, question, _ in phrasings() if kind not in ("greeting", "thanks", "doubt")]
    known = [kind for kind, question in rows if (found := asked(change(question))) and found.kind == kind]
    assert len(known) >= 0.95 * len(rows)


@pytest.mark.parametrize("question", lines("facts.txt"))
def test_a_search_for_a_fact_is_never_swallowed(library, question):
    """What asks for a fact is left to search, though it has the words of another kind."""
    assert respond(library, question, EVERYTHING, (), "2026-04-22") is None


def test_the_tables_are_as_large_as_they_say():
    """Thirty ways and more for each of twelve kinds, and two hundred facts."""
    kinds = [kind for kind, _, _ in phrasings()]
    assert len(set(kinds)) == 12 and min(kinds.count(kind) for kind in kinds) >= 30
    assert len(set(lines("facts.txt"))) >= 200


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ingrid sollace", "Ingrid Sollace"),
        ("the harrowmouth courier", "the Harrowmouth Courier"),
        ("the fire service", "the fire service"),
        ("fire service", None),
        ("the moon", None),
        ("", None),
        ("a" * 500, None),
        ("(((", None),
    ],
)
def test_a_name_is_spelled_as_the_articles_spell_it(library, typed, name):
    """A name typed small gets the articles' capitals; what they write small or don't have is none."""
    assert spelled(typed, library) == name


def test_a_name_alone_or_it_leans_on_the_turn_before(library):
    """“Daniel Marsh?” asks who that is at the start; after a question it goes on from there."""
    from assistant.answer import Turn

    assert respond(library, "Daniel Marsh?", EVERYTHING, (), None).short
    assert respond(library, "Daniel Marsh?", EVERYTHING, [Turn("How did Dorrance vote?", "no")], None) is None
    assert respond(library, "What is it about?", EVERYTHING, [Turn("Who wrote the letter?", "Marsh")], None) is None
