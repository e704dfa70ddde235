"""What answers mean: numbers by value, days by date, names by their fuller form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.values import meaning, same
from tests.statements import WHEN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,200", "twelve hundred"),
        ("1,200", "1.2 thousand"),
        ("half a million", "500,000"),
        ("72 per cent", "72%"),
        ("€1.2m", "1.2 million euros"),
        ("90 minutes", "1.5 hours"),
        ("one and a half hours", "90 minutes"),
        ("25 kilometres", "25 km"),
        ("one hundred and five people", "105"),
        ("3 May", "May 3, 2024"),
        ("the third of May", "3rd May 2024"),
        ("Friday", "3 May 2024"),
        ("yesterday", "5 May"),
        ("3 p.m.", "three in the afternoon"),
        ("Maria Lind", "Lind"),
        ("Dr Maria Lind", "Maria Lind"),
        ("the harbour", "harbour"),
        ("a car park in Felgate", "the car park"),
        ("the engine had overheated", "engines overheated"),
    ],
)
def test_the_same_in_other_words_is_the_same(one, other):
    """Numbers are compared by value, days by date, names and phrases by their fuller form."""
    assert same(meaning(one, WHEN), meaning(other, WHEN))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,200", "1,250"),
        ("14 miles", "14 kilometres"),
        ("$5 million", "€5 million"),
        ("72", "72%"),
        ("3 May", "4 May"),
        ("3 May 2024", "3 May 2023"),
        ("Friday", "17 May 2024"),
        ("3 a.m.", "3 p.m."),
        ("Maria Lind", "Petra Lind"),
        ("Hall 5", "Hall 6"),
        ("safe for skaters", "not safe for skaters"),
        ("10 Downing Street", "10"),
        ("on Main Street in Ashby", "on Main Street in Felgate"),
    ],
)
def test_another_value_is_another_answer(one, other):
    """A changed figure, unit, day, name or negation is another answer."""
    assert not same(meaning(one, WHEN), meaning(other, WHEN))


def test_a_rough_number_is_the_exact_one_it_rounds():
    """ "Some 1,200" agrees with 1,187; 1,200 without such a word doesn't."""
    assert same(meaning("1,200", before="Some "), meaning("1,187"))
    assert not same(meaning("1,200"), meaning("1,187"))


@given(st.integers(0, 10**12))
def test_a_number_means_its_value_however_it_is_grouped(number):
    """Thousands separators change nothing."""
    assert same(meaning(f"{number:,} people"), meaning(f"{number} people"))


@given(st.text(max_size=40), st.text(max_size=40))
def test_sameness_has_no_order(one, other):
    """Any two texts have a meaning, and are the same both ways round or neither way."""
    assert same(meaning(one), meaning(other)) == same(meaning(other), meaning(one))
