"""Who is an independent source: copies, stuffed copies, one outlet's articles, an agency's report reworked."""

from __future__ import annotations

import pytest

from assistant.agreement import agree, copied
from assistant.answer import Quote
from assistant.origins import Sources, one_origin, sources_of
from assistant.phrasing import words_for
from index.articles import Article
from tests.statements import MARCH, answers, said


def test_answers_that_mean_the_same_are_one_side():
    """Two outlets that give one number in two ways are two sources of one answer."""
    agreed = agree(
        MARCH,
        [
            said("1,200", "Police counted 1,200 marchers on the bridge.", "Post"),
            said("Twelve hundred", "Twelve hundred came, by our count.", "Sun"),
        ],
    )
    assert len(agreed.sides) == 1
    assert len(agreed.sides[0].quotes) == 2
    assert agreed.disagreement is None


def test_copies_are_quoted_once_from_the_earliest():
    """An agency's sentence in three outlets is one quote, of the earliest, with the others named."""
    sentence = "About 300 people marched through the rain to the town hall, the agency wrote."
    agreed = agree(
        MARCH,
        [
            said("300", sentence, "Sun", "2024-05-03", 13.0),
            said("300", sentence, "Post", "2024-05-01"),
            said("300", sentence.replace("to the town", "to a town"), "Star", "2024-05-02"),
        ],
    )
    (quote,) = agreed.sides[0].quotes
    assert quote.article.outlet == "Post"
    assert [a.outlet for a in quote.also_in] == ["Star", "Sun"]


@pytest.mark.parametrize(
    "edited",
    [
        "About 300 people and 40 dogs marched through the rain to the town hall.",
        "About 300 people marched through the rain to the town hall of Ashby.",
        "About 300 people never marched through the rain to the town hall.",
        "The rain kept most away, but 300 came.",
    ],
)
def test_an_edited_copy_is_no_copy(edited):
    """Another figure, name or negation, or other words, make another source."""
    one = said("300", "About 300 people marched through the rain to the town hall.", "Post").quote
    assert not copied(one, said("300", edited, "Sun").quote)
    assert copied(one, said("300", one.text, "Sun").quote)


def test_stuffed_copies_dont_outvote_two_outlets():
    """Nine copies of a false figure in nine outlets weigh less than two outlets in their own words."""
    false = [
        said("9,000", "Nobody believes it, yet 9,000 people marched on the harbour.", f"Blog {i}") for i in range(9)
    ]
    true = [
        said("300", "Police counted 300 people at the harbour.", "Post", score=11.0),
        said("300", "We saw 300 marchers pass the fish market.", "Sun", score=11.0),
    ]
    assert answers(MARCH, *false, *true)[0] == "300"


def test_one_outlet_is_one_source():
    """An outlet that says it five times in five ways weighs less than two outlets."""
    words = ("on Monday", "in the rain", "with drums", "past the mill", "for hours")
    one = [said("9,000", f"Our reporter says that 9,000 marched {w}.", "Post") for w in words]
    two = [
        said("300", "Police counted 300 people at the harbour.", "Star", score=11.0),
        said("300", "We saw 300 marchers pass the fish market.", "Sun", score=11.0),
    ]
    assert answers(MARCH, *one, *two)[0] == "300"


def test_one_outlets_many_articles_dont_outvote():
    """Thirty articles of one outlet with a false figure count once; the better attested figure comes first."""
    words = [f"on day {i} of the strike in ward {i}" for i in range(30)]
    false = [said("9,000", f"Our count says 9,000 people marched {w}.", "Post", score=12.5) for w in words]
    true = [
        said("300", "Police counted 300 people who marched at the harbour.", "Star"),
        said("300", "We saw 300 people who marched past the fish market.", "Sun"),
    ]
    assert answers(MARCH, *false, *true) == ["300", "9,000"]


def test_copies_with_stuffed_words_are_one_source():
    """Twelve outlets that carry one false sentence with a word or two added count as one source."""
    stuffing = ("indeed", "truly", "clearly", "surely", "really", "plainly")
    false = [
        said("9,000", f"Some 9,000 people marched {w} from the old harbour to the town hall square.", f"Blog {w}{i}")
        for w in stuffing
        for i in (1, 2)
    ]
    true = [
        said("300", "Police counted 300 people who marched at the harbour.", "Star", score=11.5),
        said("300", "We saw 300 people who marched past the fish market.", "Sun", score=11.5),
    ]
    agreed = agree(MARCH, [*false, *true])
    assert agreed.sides[0].answer == "300"
    assert len(agreed.sides[1].quotes) == 1 and len(agreed.sides[1].quotes[0].also_in) == 11


# An agency's report, reworked

WIRE = "DUNMERE (NPA) – Two people died when the mill at Dunmere burned down early on Tuesday, the fire service said."
OWN = "We counted two coffins outside the mill on Tuesday."


def quoted(id: str, text: str, outlet: str, author: str | None = None) -> Quote:
    """All of an article that is one sentence."""
    return Quote(Article(id, text, outlet=outlet, author=author), 0, len(text))


AGENCY = quoted("a", WIRE, "Northern Press Agency")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (AGENCY, quoted("b", "The Dunmere mill fire killed two.", "Courier", "Courier staff and NPA"), True),
        (AGENCY, quoted("b", "DUNMERE (NPA) - The mill fire killed two.", "Courier"), True),
        (AGENCY, quoted("b", "Two died in our mill, the fire service told NPA.", "Courier"), True),
        (AGENCY, quoted("b", "Two died in our mill, according to the news agency.", "Courier"), True),
        (AGENCY, quoted("b", "Two died in our mill. – NPA", "Courier"), True),
        (AGENCY, quoted("b", "Two died in our mill.", "Courier", "Agencies"), True),
        (
            quoted("a", "Two died.", "Sun", "Reuters"),
            quoted("b", "Both men died.", "Post", "Post staff, Reuters"),
            True,
        ),
        (AGENCY, quoted("b", WIRE.partition("– ")[2].replace("Dunmere", "our town"), "Courier"), True),
        (AGENCY, quoted("b", OWN, "Courier", "Ann Lee"), False),
        (AGENCY, quoted("b", "Two died in our mill, the police told Radio 4.", "Courier"), False),
        (AGENCY, quoted("b", "Two died in our mill, NATO said.", "Courier", "ANN LEE"), False),
        (quoted("a", "Two died.", "Sun", "Reuters"), quoted("b", "Both men died.", "Post", "AFP"), False),
        (quoted("a", "Two died.", "Sun"), quoted("b", "Two died.", "Post"), False),
    ],
)
def test_a_reworked_report_has_the_origin_of_its_first(one, other, alike):
    """An article that credits the agency, or goes on in its sentence's words, is no second source; another is one."""
    assert one_origin(one, other) is one_origin(other, one) is alike


def test_outlets_that_carry_an_agencys_report_are_told_from_sources():
    """Who says so is counted by origin, and the agency behind the others is named."""
    reworked = quoted("b", "The Dunmere mill fire killed two.", "Courier", "Courier staff and NPA")
    again = quoted("c", "Two died in our mill, the fire service told NPA.", "Star")
    alike = quoted("d", WIRE.partition("– ")[2], "Sun")
    own = quoted("e", OWN, "Post")
    assert sources_of([AGENCY]) == Sources(1, 1)
    assert sources_of([AGENCY, own]) == Sources(2, 2)
    assert sources_of([AGENCY, reworked]) == Sources(2, 1, 1, "NPA")
    assert sources_of([AGENCY, reworked, again, own]) == Sources(4, 2, 2, "NPA")
    told = {
        "One source says so.": [AGENCY],
        "2 independent sources say so.": [AGENCY, own],
        "2 outlets say so, one of them after NPA.": [AGENCY, reworked],
        "4 outlets say so, 2 of them after NPA.": [AGENCY, reworked, again, own],
        "2 outlets say so, all of them after NPA: one source.": [reworked, again],
        "2 outlets say so, in much the same words: one source.": [alike, quoted("f", alike.text, "Echo")],
    }
    assert {words: words_for(own, "two", sources=sources_of(quotes)) for words, quotes in told.items()} == {
        words: f"“two”. {words}" for words in told
    }


def test_an_agencys_report_in_three_outlets_doesnt_outvote_two():
    """Three reworkings of one agency story weigh as one source, less than two outlets with their own counts."""
    false = [
        said("9,000", f"Some 9,000 people marched {how}, the organisers told NPA.", f"Blog {i}")
        for i, how in enumerate(("for hours", "in the rain", "past the old mill"))
    ]
    false.append(said("9,000", "NPA: 9,000 on the bridge.", "Northern Press Agency"))
    true = [
        said("300", "Police counted 300 people who marched at the harbour.", "Star", score=11.5),
        said("300", "We saw 300 people who marched past the fish market.", "Sun", score=11.5),
    ]
    assert answers(MARCH, *false, *true)[0] == "300"
