"""Which answers disagree, and how: later, in conflict, or each for itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.agreement import agree
from assistant.answer import Quote
from assistant.claims import Statement
from assistant.contradictions import for_and_against
from assistant.namesakes import same_speaker
from index.articles import Article
from tests.benchmarks.bench_agreement import as_marked, relation
from tests.statements import MARCH, WHEN, answers, in_article, said

PAIRS = Path(__file__).parent / "data" / "pairs.jsonl"


def test_another_figure_on_the_same_day_is_a_conflict():
    """Two outlets that differ on one day are in conflict, and both are shown."""
    agreed = agree(
        MARCH,
        [
            said("50,000", "The organisers counted 50,000.", "Post", WHEN),
            said("18,000", "Police counted 18,000.", "Sun", WHEN),
        ],
    )
    assert agreed.disagreement and agreed.disagreement.kind == "conflict"
    assert {s.answer for s in agreed.disagreement.sides} == {"50,000", "18,000"}


def test_without_a_date_it_is_a_conflict():
    """What isn't dated can't be called later."""
    agreed = agree(MARCH, [said("5", "Five or 5 marched.", "Post", WHEN), said("7", "We saw 7 march.", "Sun")])
    assert agreed.disagreement and agreed.disagreement.kind == "conflict"


def test_the_newer_figure_leads():
    """Of two days' figures the newer is the answer, also where the older was likelier by a little."""
    agreed = agree(
        "How many people died?",
        [
            said("Five", "Five people died.", "Post", "2024-05-06", 13.0),
            said("Seven", "Seven people have now died.", "Post", "2024-05-08"),
        ],
    )
    assert agreed.disagreement and agreed.disagreement.kind == "later"
    assert [s.answer for s in agreed.disagreement.sides] == ["Seven", "Five"] == [s.answer for s in agreed.sides]


def test_a_newer_but_much_unlikelier_figure_doesnt_lead():
    """An article of another day that hardly fits the question is an alternative, not the answer."""
    old = said("Five", "Five people died when the mill burned.", "Post", "2024-05-06", 14.0)
    new = said("Seven", "Seven people died in traffic.", "Post", "2025-05-08", 8.0)
    assert answers("How many people died in the fire?", old, new) == ["Five", "Seven"]


def test_two_speakers_in_one_article_are_in_conflict():
    """One article that quotes two people with two figures gives both; the same person under two names, one."""
    text = "The company said 33 were in the mine. The union counts 41 men."
    article = Article("mine", text, published=WHEN)
    first = said("33", "The company said 33 were in the mine.", article=article, speaker="The company")
    second = said("41", "The union counts 41 men.", article=article, speaker="The union", score=11.0)
    agreed = agree("How many workers were in the mine?", [first, second])
    assert [s.answer for s in agreed.sides] == ["33", "41"]
    assert agreed.disagreement and agreed.disagreement.kind == "conflict"
    assert same_speaker("Ms Voss", "Maren Voss")
    one = said("33", first.quote.text, article=article, speaker="Maren Voss")
    same_one = said("41", second.quote.text, article=article, speaker="Ms Voss", score=11.0)
    assert answers("How many workers were in the mine?", one, same_one) == ["33"]


def test_things_of_one_name_dont_disagree():
    """Two places called Broken Hill have two populations; the same place with two has a disagreement."""
    question = "What is the population of Broken Hill?"
    here = said("900", "Broken Hill, Orme County, has a population of 900.")
    there = said("3,400", "Broken Hill, Lowe County, has a population of 3,400.")
    again = said("1,100", "Broken Hill, Orme County, has a population of 1,100.")
    assert len(agree(question, [here, there]).sides) == 2
    assert agree(question, [here, there]).disagreement is None
    assert agree(question, [here, again]).disagreement is not None


def test_several_that_were_asked_for_dont_disagree():
    """Two groups are both an answer to "which groups"."""
    agreed = agree(
        "Which groups claimed the attack?",
        [said("the Red Wing", "It was claimed by the Red Wing."), said("Free Lowe", "Free Lowe claimed it, too.")],
    )
    assert len(agreed.sides) == 2
    assert agreed.disagreement is None


def test_made_pairs_are_told_apart():
    """Of the pairs of dated articles at least four in five get the right relation, each of the four in most cases."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    right = {row["id"]: relation(agree(row["question"], as_marked(row))) == row["relation"] for row in rows}
    assert sum(right.values()) >= 0.8 * len(rows) >= 0.8 * 120
    for kind in ("agreement", "later", "correction", "conflict"):
        of_kind = [right[row["id"]] for row in rows if row["relation"] == kind]
        assert sum(of_kind) >= 0.7 * len(of_kind)


def test_another_figure_in_another_report_of_the_story_is_shown():
    """Two costs of one bridge are a conflict, though the second sentence shares one word with the question."""
    post = in_article(
        "£4.2 million", "Ostley Bridge is shut. The repairs will cost £4.2 million, according to Wray.", 20.0,
        "Ostley Bridge to reopen soon", outlet="Post", published=WHEN,
    )  # fmt: skip
    star = in_article(
        "£6.8 million", "Ostley Bridge has cracks. The work will cost £6.8 million, a manager said.", 10.5,
        "Ostley Bridge to stay shut", outlet="Star", published=WHEN,
    )  # fmt: skip
    agreed = agree("How much will the bridge repairs cost?", [post, star])
    assert agreed.disagreement and agreed.disagreement.kind == "conflict"
    assert [s.answer for s in agreed.sides] == ["£4.2 million", "£6.8 million"]


# What only adds to the answer

HALL = "Fire in Dunmere mill: the mill by the harbour of Dunmere burned"


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "What happened on Tuesday?",
            ("a hall burned down", "In Dunmere a hall burned down on Tuesday."),
            ("The bridge was closed", "The bridge was closed on Tuesday."),
        ),
        (
            "Why was the bridge closed?",
            ("divers saw cracks", "The bridge was closed after divers saw cracks."),
            ("we do not take chances", "“We closed the bridge because we do not take chances.”"),
        ),
        (
            "How did the crew react?",
            ("They pulled seven people out", "They pulled seven people out of the hall."),
            ("They searched the roof", "They searched the roof of the hall."),
        ),
        (
            "Who said that the sprinklers were off?",
            ("Joyce Vale", "Joyce Vale said that the sprinklers were off."),
            ("Tom Ash", "Tom Ash said that the sprinklers were off, too."),
        ),
    ],
)
def test_what_may_both_be_so_is_no_disagreement(question, one, other):
    """Two events of one day, two reasons, two deeds, two speakers of one thing are further points, and both shown."""
    record = {"title": HALL, "published": WHEN}
    both = [in_article(*one, outlet="Post", **record), in_article(*other, outlet="Sun", score=14.5, **record)]
    for s in both if question.startswith("Who") else ():
        both[both.index(s)] = said(s.answer, s.quote.text, s.quote.article.outlet, WHEN, 14.0, speaker=s.answer)
    agreed = agree(question, both)
    assert len(agreed.sides) == 2
    assert agreed.disagreement is None


@pytest.mark.parametrize(
    "other",
    [
        ("the dam had never been inspected", "The dam broke because the dam had never been inspected."),
        ("the dam had been inspected four times", "The dam broke though the dam had been inspected four times."),
    ],
)
def test_a_clause_that_denies_another_is_a_disagreement(other):
    """Of two clauses about one thing, one that negates what the other says, or gives another figure, contradicts it."""
    first = said("the dam had been inspected two times", "The dam broke after the dam had been inspected two times.")
    agreed = agree("Why did the dam break?", [first, said(*other)])
    assert agreed.disagreement is not None


def test_a_day_after_the_first_report_is_another_events():
    """A fire that Tuesday's paper reports did not start on Wednesday, when somebody died of it."""
    first = in_article(
        "Tuesday", "Fire swept through the mill in Dunmere early on Tuesday.", 16.0, HALL, outlet="Post",
        published="2025-03-11",
    )  # fmt: skip
    later = in_article(
        "Wednesday", "The toll of the mill fire in Dunmere rose to three on Wednesday.", 15.5, HALL, outlet="Star",
        published="2025-03-12",
    )  # fmt: skip
    assert answers("When did the fire start?", first, later) == ["Tuesday"]
    elsewhere = in_article("Monday", "Fire swept through the mill in Dunmere on Monday.", 15.5, HALL, published=WHEN)
    assert answers("When did the fire start?", first, elsewhere) == ["Tuesday", "Monday"]


def test_the_hour_and_the_day_dont_disagree():
    """ "At 4.40 a.m." and "on Tuesday" may both be so."""
    first = said("4.40 a.m", "The alarm in the mill was raised at 4.40 a.m. by a guard.", "Post", WHEN)
    second = said("Tuesday", "The alarm in the mill was raised early on Tuesday.", "Sun", WHEN)
    assert agree("When was the alarm raised?", [first, second]).disagreement is None


def test_what_is_denied_contradicts_only_what_claims_it():
    """A denial and another statement of the same man on something else are two points."""
    text = "Tom Ash denied that the sprinklers had been off. Tom Ash said that work would move to the quay."
    cut = text.index(" Tom Ash said")
    article = Article("a", text, "Mill fire", "Post", published=WHEN)
    denied = Statement("the sprinklers had been off", Quote(article, 0, cut, "Tom Ash", "denied"), 14.0)
    moved = said("work would move to the quay", "Work would move to the quay, he said.", "Sun", WHEN)
    assert agree("What did Tom Ash deny?", [denied, moved]).disagreement is None


def test_a_closed_question_has_those_who_say_yes_and_those_who_say_no():
    """Sides of a yes-or-no question are yes and no; two sentences that both say yes don't disagree."""
    text = "The opposition says the library will close. The mayor denied that the library would close."
    article = Article("a", text, published=WHEN)
    cut = text.index(" The mayor")
    yes, no = (
        Quote(article, 0, cut, "The opposition", "attributed"),
        Quote(article, cut + 1, len(text), stance="denied"),
    )
    apart = for_and_against("Will the library close?", [yes, no])
    assert apart and apart.kind == "conflict"
    assert {side.answer: side.quotes for side in apart.sides} == {"yes": (yes,), "no": (no,)}
    assert for_and_against("Will the library close?", [yes, yes]) is None


# One story, one predicate, one unit

COAST = "A coastguard helicopter came down in the sea off Skerry on Tuesday after its engine failed. " * 2
CITY = "A police helicopter struck a crane in the centre of Dunmere on Saturday and fell on a car park. " * 2
FILLED = {
    COAST: "Winds of 50 knots blew as boats from Lindsund searched for the crew near a yacht without a mast or rudder.",
    CITY: "Officers were following a stolen van through the streets when its lamps went out, a nurse told reporters.",
}


def on_story(answer: str, sentence: str, story: str, score: float, day: str, outlet: str) -> Statement:
    """A sentence in an article that is long enough to be told from another story."""
    return in_article(answer, f"{story}{FILLED[story]} {sentence}", score, outlet=outlet, published=day)


def test_two_stories_dont_disagree():
    """Two helicopters had two pilots; two reports on one helicopter that name two of them disagree."""
    asked = "Who was the pilot of the helicopter?"
    one = on_story("Ada Holm", "The pilot was Ada Holm.", COAST, 14.0, "2025-03-12", "Post")
    other = on_story("Leo Brand", "The pilot was Leo Brand.", CITY, 14.0, "2025-03-16", "Sun")
    assert agree(asked, [one, other]).disagreement is None
    rival = on_story("Leo Brand", "The pilot was Leo Brand.", COAST, 13.5, "2025-03-12", "Sun")
    assert agree(asked, [one, rival]).disagreement is not None


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "How many goals has he scored?",
            ("17", "Reed has scored 17 goals."),
            ("9,400", "Reed scored before 9,400 people."),
        ),
        (
            "How many people were hurt?",
            ("six", "In all six people were hurt in the fire."),
            ("£2 million", "The fire cost £2 million."),
        ),
        (
            "Who opposes the tram?",
            ("Ada Holm", "Ada Holm opposes the tram."),
            ("Leo Brand", "Leo Brand opposes the tram."),
        ),
    ],
)
def test_what_is_said_of_other_things_is_no_disagreement(question, one, other):
    """Goals and spectators, people and pounds, two opponents: none denies the other."""
    record = {"title": HALL, "published": WHEN}
    both = [in_article(*one, outlet="Post", **record), in_article(*other, outlet="Sun", score=14.5, **record)]
    assert agree(question, both).disagreement is None


def test_the_same_of_the_same_in_two_figures_is_a_disagreement():
    """Two numbers of goals, and two years of one start, exclude each other."""
    record = {"title": HALL, "published": WHEN}
    for question, one, other in (
        ("How many goals has he scored?", ("17", "Reed has scored 17 goals."), ("19", "Reed has scored 19 goals.")),
        (
            "When will the trams run?",
            ("2029", "The trams will run in 2029."),
            ("2030", "The trams are to run in 2030."),
        ),
    ):
        both = [in_article(*one, outlet="Post", **record), in_article(*other, outlet="Sun", score=14.5, **record)]
        assert agree(question, both).disagreement is not None


def test_one_article_on_two_things_is_in_no_conflict_with_itself():
    """The year in which the trams run and the month of an election, by two speakers in one article, both stand."""
    text = "Ada Holm said the trams would run in 2029. Leo Brand said he would win the election in May."
    article = Article("trams", text, published=WHEN)
    run = said("2029", "Ada Holm said the trams would run in 2029.", article=article, speaker="Ada Holm", score=15.0)
    vote = said("May", "Leo Brand said he would win the election in May.", article=article, speaker="Leo Brand")
    assert agree("When will the trams run?", [run, vote]).disagreement is None
