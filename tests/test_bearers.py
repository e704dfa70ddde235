"""Several people of one name: told apart by their roles, and only where they are people."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.bearers import FEW, asked_about, bearers, of_a_family
from index.library import Library
from index.scope import EVERYTHING, Scope
from index.sync import sync
from tests.toys import WordEmbedder, write_articles


def library_of(folder: Path, *texts: str) -> Library:
    rows = [{"id": f"a{n}", "title": f"Story {n}", "text": text} for n, text in enumerate(texts)]
    sync([write_articles(folder / "made.jsonl", *rows)], folder / "library", WordEmbedder())
    return Library.open(folder / "library", WordEmbedder())


PILOT = "Ann Lowe, the pilot of the lost aircraft, was found on Monday near the lake."
SINGER = "Ann Lowe, the singer, opened the new hall with a concert for the whole town."


def test_people_of_one_name_are_told_apart(tmp_path):
    """Two roles that don't meet are two people, each with the articles about them."""
    found = bearers("Ann Lowe", library_of(tmp_path, PILOT, SINGER), EVERYTHING)
    assert [(b.role, b.articles) for b in found] == [
        ("the pilot of the lost aircraft", ("a0",)),
        ("the singer", ("a1",)),
    ]
    assert found[0].choice.words == "Ann Lowe, the pilot of the lost aircraft"


@pytest.mark.parametrize(
    ("question", "people"),
    [
        ("Where was Ann Lowe found?", 2),
        ("Where was Ann Lowe, the pilot, found?", 0),
        ("Where was the singer Ann Lowe?", 0),
        ("Where was Ann?", 0),
        ("Where was Mary Lowe found?", 0),
        ("where was the aircraft found", 0),
    ],
)
def test_a_question_means_each_unless_it_says_which(tmp_path, question, people):
    """A word of a role says who is meant; a name that nobody or a single name has asks nothing."""
    assert len(asked_about(question, library_of(tmp_path, PILOT, SINGER), EVERYTHING)) == people


def test_one_person_in_two_articles_is_one(tmp_path):
    """The same role in other words, or one article in the scope, is no ambiguity."""
    library = library_of(tmp_path, PILOT, "The pilot Ann Lowe told the inquiry about the last minutes of the flight.")
    assert bearers("Ann Lowe", library, EVERYTHING) == []
    both = library_of(tmp_path / "both", PILOT, SINGER)
    assert bearers("Ann Lowe", both, Scope(articles=frozenset({"a0"}))) == []


def test_things_are_no_people(tmp_path):
    """What articles say of a game or a town tells no people apart."""
    library = library_of(
        tmp_path, "Iron Ring, the much-awaited sequel, is out.", "Iron Ring is a village at the end of the valley."
    )
    assert bearers("Iron Ring", library, EVERYTHING) == []


def test_a_name_in_many_articles_is_one_person_s(tmp_path):
    """Of a well-known name, roles that don't meet are one person's."""
    library = library_of(tmp_path, *[f"{PILOT} Day {n}." for n in range(FEW)], SINGER)
    assert bearers("Ann Lowe", library, EVERYTHING) == []


def test_a_family_name_means_those_who_have_it(tmp_path):
    """Each by the name in full and who that is, with every article that has it; two joined by "and" are no third."""
    library = library_of(
        tmp_path,
        "Ada Holm, the mayor, spoke in the hall. Ada Holm and Ben Holm came.",
        "Ben Holm, a baker, was in the shop.",
        "Ada Holm came late to the market, and for Holm that was early.",
    )
    assert [(c.words, c.articles) for c in of_a_family("Holm", library, EVERYTHING)] == [
        ("Ada Holm, the mayor", ("a0", "a2")),
        ("Ben Holm, a baker", ("a0", "a1")),
    ]


def test_who_somebody_is_is_looked_for_in_few_articles(tmp_path):
    """A name of which the first articles say nothing isn't looked for in all."""
    came = [f"Ada Holm came to the market on day {n}." for n in range(FEW)]
    told = "Ada Holm, the mayor, spoke in the hall."
    late = library_of(tmp_path / "late", *came[:9], told, *came[9:])  # by its id "a9" is the last
    assert of_a_family("Holm", late, EVERYTHING) == []
    soon = library_of(tmp_path / "soon", told, *came)
    assert [c.words for c in of_a_family("Holm", soon, EVERYTHING)] == ["Ada Holm, the mayor"]
