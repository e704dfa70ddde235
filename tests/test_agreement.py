"""Agreement: what means the same is said once, copies are one source, the rest corrects or disagrees."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.agreement import ALTERNATIVES, agree, copied
from assistant.answer import Quote
from assistant.claims import Statement
from assistant.margins import fitted
from assistant.namesakes import same_speaker
from assistant.values import meaning, same
from assistant.wording import corrects, told
from index.articles import Article
from tests.benchmarks.bench_agreement import as_marked, relation

PAIRS = Path(__file__).parent / "data" / "pairs.jsonl"
WHEN = "2024-05-06"
NUMBERS = count()
MARCH = "How many people marched?"


def said(
    answer: str,
    text: str,
    outlet: str | None = None,
    published: str | None = None,
    score: float = 12.0,
    speaker: str | None = None,
    article: Article | None = None,
) -> Statement:
    """A statement whose article is the sentence, or one sentence of `article`."""
    article = article or Article(f"a{next(NUMBERS)}", text, outlet=outlet, published=published)
    start = article.text.index(text)
    return Statement(answer, Quote(article, start, start + len(text), speaker), score)


def answers(question: str, *statements: Statement) -> list[str]:
    return [side.answer for side in agree(question, statements).sides]


# What means the same


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


# One source


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


# Alternatives


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


# Disagreement


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


def test_a_correction_leads_and_is_called_one():
    """Where the text says that it corrects, the corrected answer is given, whatever its day."""
    note = Article(
        "note", "An earlier version of this report gave a wrong figure. It was 142 nurses who left.", outlet="Post",
        published=WHEN,
    )  # fmt: skip
    agreed = agree(
        "How many nurses left?",
        [
            said("412", "Last year 412 nurses left.", "Post", WHEN, 13.0),
            said("142", "It was 142 nurses who left.", article=note),
        ],
    )
    assert agreed.disagreement and agreed.disagreement.kind == "correction"
    assert [s.answer for s in agreed.sides] == ["142", "412"]


def test_what_a_correction_repeats_is_no_source_for_it():
    """An article that repeats the old answer to correct it speaks for the new one alone."""
    old = said("Friday", "The actor died on Friday.", "Post", "2024-05-04", 13.0)
    text = "We wrote that the actor had died on Friday, and regret the error. He died on Thursday."
    note = Article("note", text, outlet="Post", published=WHEN)
    repeated = said("Friday", text.split(". ")[0], article=note, score=12.5)
    new = said("Thursday", "He died on Thursday.", article=note, score=11.0)
    agreed = agree("When did the actor die?", [old, repeated, new])
    assert agreed.disagreement and agreed.disagreement.kind == "correction"
    assert [(s.answer, [q.article.id for q in s.quotes]) for s in agreed.sides] == [
        ("Thursday", ["note"]),
        ("Friday", [old.quote.article.id]),
    ]


def test_people_who_are_wrong_are_no_correction():
    """ "Wrong" corrects an outlet's report only where it speaks of that."""
    text = "The minister said the union had been wrong about the mine. It has 33 workers."
    assert not corrects(Article("a", text), 59, len(text))
    assert corrects(Article("b", "We were wrong about the mine. It has 33 workers."), 30, 48)


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


# What a sentence's grammar shows


FIRE = "Two people were killed and nine injured when the mill burned down on Tuesday, the mayor said on Friday."


def in_article(answer: str, text: str, score: float = 15.0, title: str | None = None, **record: str) -> Statement:
    """A statement in one of the sentences of an article."""
    article = Article(f"a{next(NUMBERS)}", text, title=title, **record)
    at = text.index(answer)
    start = max((text.rfind(mark, 0, at) + 2 for mark in (". ", "\n\n") if mark in text[:at]), default=0)
    end = text.find(". ", at)
    return Statement(answer, Quote(article, start, end + 1 if end >= 0 else len(text)), score, at)


def test_the_day_of_saying_is_not_the_day_of_the_deed():
    """Asked when the mill will reopen, "said on Tuesday" is no answer; asked when it was said, it is."""
    text = "The mill will be open again by December, the council said on Tuesday."
    both = [in_article("Tuesday", text, 16.0), in_article("December", text)]
    assert answers("When will the mill be open again?", *both) == ["December"]
    assert answers("When did the council say so?", *both)[0] == "Tuesday"


def test_who_says_something_has_not_done_it():
    """Asked who owns the mill, the person who only talks of it is no answer; asked who said it, he is."""
    text = "Peter Vale told reporters that the mill would move. The mill belongs to Orme Foods."
    both = [in_article("Peter Vale", text, 16.0), in_article("Orme Foods", text)]
    assert answers("Who owns the mill?", *both) == ["Orme Foods"]
    assert answers("Who said that the mill would move?", *both)[0] == "Peter Vale"


def test_nobody_named_after_a_passive_has_done_it():
    """In "was closed after divers saw the cracks" divers didn't close it; "was closed by divers" says they did."""
    question = "Who closed the bridge?"
    assert answers(question, in_article("divers", "The bridge was closed after divers saw cracks.")) == []
    assert answers(question, in_article("divers", "The bridge was closed on Friday by divers.")) == ["divers"]


def test_a_far_worse_sentence_doesnt_take_a_void_answers_place():
    """Where the best answer can't be meant, a sentence without a word of the question is none either."""
    void = in_article("divers", "The bridge was closed after divers saw cracks.", 16.0)
    assert answers("Who closed the bridge?", void, in_article("Shopkeepers", "Shopkeepers fear for trade.", 15.9)) == []


def test_the_number_beside_the_verb_counts():
    """Of "two were killed and nine injured", nine are the injured, whichever of them was found."""
    assert answers("How many people were injured?", in_article("Two", FIRE)) == ["nine"]
    assert answers("How many people were killed?", in_article("Two", FIRE)) == ["Two"]


def test_a_part_is_not_the_number():
    """ "Four of the injured" are not all of them."""
    part = in_article("Four", "Four of the injured are in a serious condition.", 16.0)
    assert answers("How many people were injured?", part, in_article("nine", FIRE)) == ["nine"]


def test_what_is_past_is_no_day_to_come():
    """Asked when something will be, the day of what has been is no better than another kind of answer."""
    past = in_article("Saturday", "The bridge was closed on Saturday.", 17.0)
    assert answers("When will the bridge open?", past, in_article("March", "The bridge won’t open before March."))[
        0
    ] == ("March")


def test_an_article_without_the_questions_names_weighs_less():
    """An answer from an article that never names what is asked about gives way."""
    other = in_article("4,634", "The census counted 4,634 people in Dunmore.", 17.0)
    named = in_article("1,294", "Ashby had 1,294 people at the census.")
    assert answers("What is the population of Ashby?", other, named)[0] == "1,294"


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


# Corrections in the library

WRONG = "The clinic called off 340 operations in January because it had no beds, figures seen by us show."
NOTE = (
    "An article on 3 February about the clinic gave a wrong figure. It said that 340 operations had been called off in"
    " January. The correct number is 34. Our reporter misread a table."
)
CALLED_OFF = "How many operations were called off?"


def test_a_note_that_repeats_the_wrong_figure_gives_the_right_one():
    """Though the note's sentence with the old figure reads best, the right one leads, and the old report is shown."""
    old = in_article("340", WRONG, 6.0, "Clinic called off 340 operations", outlet="Post", published="2026-02-03")
    note = Article("note", NOTE, "Correction: the clinic", "Post", published="2026-02-05")
    at = NOTE.index("340")
    repeated = Statement("340", Quote(note, NOTE.index("It said"), NOTE.index(" The correct")), 22.0, at)
    right = Statement("34", Quote(note, NOTE.index("The correct"), NOTE.index(" Our")), 12.0, NOTE.index("34."))
    agreed = agree(CALLED_OFF, [repeated, right, old])
    assert [(s.answer, s.quotes[0].article.id) for s in agreed.sides] == [("34", "note"), ("340", old.quote.article.id)]
    assert agreed.disagreement and agreed.disagreement.kind == "correction"


def test_a_correction_without_its_report_quotes_the_note_for_both():
    """Where the library lacks the report that is corrected, the note's own words stand for the old answer."""
    note = Article("note", NOTE, "Correction: the clinic", "Post", published="2026-02-05")
    repeated = Statement("340", Quote(note, NOTE.index("It said"), NOTE.index(" The correct")), 22.0, NOTE.index("340"))
    right = Statement("34", Quote(note, NOTE.index("The correct"), NOTE.index(" Our")), 12.0, NOTE.index("34."))
    agreed = agree(CALLED_OFF, [repeated, right])
    assert [s.answer for s in agreed.sides] == ["34", "340"]
    assert agreed.disagreement and agreed.disagreement.kind == "correction"


@pytest.mark.parametrize(
    ("quote", "answer", "verdict"),
    [
        ("It said that 340 operations had been called off.", "340", "withdrawn"),
        ("The correct number is 34.", "34", "right"),
        ("Instead of 60 centimetres there were 16 centimetres.", "60 centimetres", "withdrawn"),
        ("The figure of 412 was wrong.", "412", "withdrawn"),
        ("The share is 85 per cent and not 58.", "85 per cent", "right"),
        ("The wall runs past the mill.", "the mill", None),
    ],
)
def test_a_notes_words_tell_old_from_right(quote, answer, verdict):
    """What a correction withdraws and what it puts in its place is told by the words beside it."""
    assert told(quote, answer) == verdict


def test_what_people_say_of_each_other_corrects_no_report():
    """ "We came too late" in a fire officer's mouth makes no correction of an article."""
    text = "The roof fell in. “We pulled seven out, and for two we were wrong to wait,” she said. A mistake, he said."
    assert not corrects(Article("a", text), 0, 17)


# Poisoned and stuffed copies


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
