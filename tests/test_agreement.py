"""Agreement: what means the same is said once; which answers stand beside the best one."""

from __future__ import annotations

from assistant.agreement import ALTERNATIVES, agree
from assistant.margins import fitted
from index.articles import Article
from tests.statements import MARCH, answers, said


def test_no_more_than_five_alternatives():
    """Of nine different answers the best six are kept."""
    given = [said(str(100 + i), f"There were {100 + i} of them.", score=12 - i / 10) for i in range(9)]
    assert answers(MARCH, *given) == [str(100 + i) for i in range(1 + ALTERNATIVES)]


def test_an_unlikely_answer_is_no_alternative():
    """An answer that is hardly likely itself is left out, one that is likely stands beside the best."""
    best = said("300", "Police counted 300 people.", score=20.0)
    assert answers(MARCH, best, said("40", "There are 40 trees.", score=fitted().likely - 8)) == ["300"]
    assert answers(MARCH, best, said("40", "There were 40, he said.", score=fitted().likely + 8)) == ["300", "40"]
    far = said("300", "At 300 metres the road bends.", score=19.0 - fitted().far - 1)
    assert len(agree(MARCH, [best, far]).sides[0].quotes) == 1


def test_an_answer_of_another_kind_is_no_alternative():
    """A number is neither an alternative to a name nor a contradiction of it."""
    agreed = agree(
        "Who won the race?",
        [said("Maria Lind", "Maria Lind won the race."), said("42", "The winner wore number 42.", score=13.0)],
    )
    assert [s.answer for s in agreed.sides] == ["Maria Lind"]
    assert agreed.disagreement is None


def test_many_sources_hide_none():
    """Six outlets against one that is as likely outweigh it, and it is still shown."""
    words = ("on Monday", "in the rain", "with drums", "past the mill", "for hours", "in silence")
    many = [said("300", f"Our reporter says that 300 marched {w}.", f"Outlet {w}") for w in words]
    assert answers(MARCH, said("9,000", "The organisers counted 9,000.", "Post"), *many) == ["300", "9,000"]


def test_an_article_gives_one_answer():
    """A second number from the article of the best one is something else that it says."""
    article = Article("a", "Police counted 300 people. The march took 40 minutes to pass. It drew 25 stewards.")
    best = said("300", "Police counted 300 people.", article=article)
    assert answers(MARCH, best, said("25", "It drew 25 stewards.", article=article, score=11.0)) == ["300"]


def test_a_far_mention_of_anothers_answer_is_not_an_articles_own():
    """Who counted 9,000 and tells of the police's 300 at the end gives 9,000; told as surely, the 300 is its answer."""
    article = Article("a", "Organisers counted 9,000 people. The last march drew 300 people.", outlet="Post")
    police = said("300", "Police counted 300 people.", "Gazette", score=15.0)
    own = said("9,000", "Organisers counted 9,000 people.", article=article, score=14.0)
    for score, given in ((4.0, ["300", "9,000"]), (13.0, ["300"])):
        mention = said("300", "The last march drew 300 people.", article=article, score=score)
        assert answers(MARCH, police, own, mention) == given


def test_an_answer_said_not_to_be_so_is_no_answer():
    """In "85 and not 58", 58 is no side."""
    sentence = "The number is 85 and not 58."
    assert answers(MARCH, said("58", sentence, score=14.0), said("85", sentence)) == ["85"]


def test_the_fuller_form_is_the_answer():
    """Of a name's forms the fuller one is given, with its own sentence first."""
    sides = agree(
        "Who won the race?",
        [
            said("Lind", "Lind won by a minute.", "Post", score=13.0),
            said("Maria Lind", "The race went to Maria Lind.", "Sun"),
        ],
    ).sides
    assert sides[0].answer == "Maria Lind"
    assert sides[0].answer in sides[0].quotes[0].text


def test_nothing_said_is_nothing_agreed():
    """Without statements there is neither a side nor a disagreement."""
    assert agree(MARCH, []) == agree(MARCH, ())
    assert agree(MARCH, []).sides == ()
