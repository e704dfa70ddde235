"""Who somebody is, in the words of the articles."""

from __future__ import annotations

import pytest

from assistant.people import bare_name, people, roles
from index.articles import Article


def article(text: str, id: str = "a", published: str = "2025-03-01") -> Article:
    return Article(id, text, published=published)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ada Brenner, the harbour master, said no.", "the harbour master"),
        ("“No,” said Ada Brenner, a pilot from Osby.", "a pilot from Osby"),
        ("Ada Brenner, 51, the harbour master, was there.", "the harbour master"),
        ("Ada Brenner, chief executive of Nordline, resigned.", "chief executive of Nordline"),
        ("The town’s mayor, Dr Ada Brenner, said no.", "The town’s mayor"),
        ("Its director, Ada Brenner, said no.", "Its director"),
        ("“No,” said the head of the board, Ada Brenner.", "the head of the board"),
        ("Yesterday Councillor Ada Brenner resigned.", "Councillor"),
        ("It was the former mayor Ada Brenner who fell.", "the former mayor"),
        ("Ada Brenner, who leads the union, said no.", "who leads the union"),
        ("Ada Brenner, of the pilots’ union, said no.", "of the pilots’ union"),
        ("Ada Brenner is the youngest skipper of the fleet.", "the youngest skipper of the fleet"),
        (
            "The work goes to Ada Brenner, the firm that has been hired to mend it.",
            "the firm that has been hired to mend it",
        ),
        ("Ada Brenner came. Brenner, a widow, left.", "a widow"),
    ],
)
def test_appositions_and_roles_are_found(text, role):
    """A role is the stretch of the article that says who a name is."""
    assert [r.text for r in roles(article(text), "Ada Brenner")] == [role]


@pytest.mark.parametrize(
    "text",
    [
        "In the town, Ada Brenner said no.",
        "Ada Brenner said that the mayor, Otto Lind, had gone.",
        "Ada Brenner, 51, was there.",
        "Anna Brenner, the mayor, said no.",
        "The mayor met Ada Brennerson, a pilot.",
        "Brenner, a pilot, said no.",
        "He left the house, Ada Brenner told the court.",
        "This was, by the affidavit, Ada Brenner, after all.",
        "Ada Brenner, the message I got is clear.",
        "Senators Ada Brenner of Osby and Rep. Otto Lind came.",
    ],
)
def test_what_says_nothing_of_a_name_is_no_role(text):
    """Places, other people's roles, ages and namesakes are not taken for a role."""
    assert roles(article(text), "Ada Brenner") == []


def test_two_people_of_one_name_are_apart():
    """A goalkeeper and a councillor of one name, in articles that share nothing else, are two."""
    sport = article("Ada Brenner, the goalkeeper, said no.", "sport", "2025-01-01")
    town = article("Ada Brenner, the councillor for roads, said yes.", "town", "2025-01-02")
    assert [[r.text for r in p.roles] for p in people([sport, town], "Ada Brenner")] == [
        ["the goalkeeper"],
        ["the councillor for roads"],
    ]


def test_one_person_in_two_articles_of_one_story():
    """Articles that name the same others, or give the same role, mean one person; a role is listed once."""
    one = article("Ada Brenner, the pilot, met Otto Lind and Iris Holm at the dock.", "one")
    two = article("Otto Lind and Iris Holm thanked Ada Brenner, a mother of two.", "two")
    three = article("Ada Brenner, the chief pilot, left.", "three")
    (person,) = people([one, two, three], "Ada Brenner")
    assert {r.text for r in person.roles} == {"a mother of two", "the chief pilot"}


def test_titles_are_no_part_of_a_name():
    """People are asked about with their titles and found without."""
    assert bare_name("Councillor Ada Brenner") == "Ada Brenner"
    assert bare_name("Dr. Brenner") == "Brenner"
    assert bare_name("Mayor") == "Mayor"
