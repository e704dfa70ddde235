"""Claims: what a sentence's grammar makes of a candidate answer."""

from __future__ import annotations

from tests.statements import agree, answers, in_article

FIRE = "Two people were killed and nine injured when the mill burned down on Tuesday, the mayor said on Friday."


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


def test_an_age_is_no_number_of_people():
    """Asked how many were hurt, "a packer aged 34 died of her burns" counts nobody."""
    text = "The toll rose to three when a packer aged 34 died of her burns."
    assert answers("How many were injured?", in_article("34", text)) == []


def test_what_an_aside_says_was_thought_first_is_no_answer():
    """In "began in the kitchen and not, as was first suspected, in a cold store" the store is denied, its aside too."""
    text = "The fire began in the kitchen and not, as was first suspected, in a cold store."
    for answer in ("in a cold store", "first suspected, in a cold store"):
        assert answers("Where did the fire begin?", in_article(answer, text)) == []


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


def test_of_three_of_five_three_are_cracked():
    """The part is the number of which the question's verb is said, and the whole isn't; asked for all, the whole is."""
    sentence = "Engineers found that three of the five piers are cracked."
    assert answers("How many piers are cracked?", in_article("five", sentence)) == ["three"]
    assert answers("How many piers are cracked?", in_article("three", sentence)) == ["three"]
    assert answers("How many piers has the bridge?", in_article("five", sentence)) == ["five"]


def test_who_denies_it_has_not_said_it():
    """Asked who said something, who denies it is no answer; asked who denies it, he is."""
    text = "Peter Oakes, who runs Brandt & Oakes, denied that the sprinklers had been off."
    for name in ("Peter Oakes", "Brandt & Oakes"):
        assert answers("Who said that the sprinklers were off?", in_article(name, text)) == []
    assert answers("Who denied that the sprinklers were off?", in_article("Peter Oakes", text)) == ["Peter Oakes"]


def test_the_dead_are_not_the_injured():
    """Asked how many were injured, a number of the dead is no answer, though its sentence is on the same fire."""
    toll = in_article("three", "The death toll of the mill fire rose to three on Wednesday, the mayor said.", 16.0)
    assert answers("How many people were injured in the mill fire?", toll, in_article("nine", FIRE)) == ["nine"]
    assert answers("How many people died in the mill fire?", toll)[0] == "three"


def test_where_it_happened_and_whom_it_killed_is_no_cause():
    """Asked what caused a fire, neither the hall that it swept through nor who died of it is an answer."""
    hall = in_article("a fish hall", "Two were killed when fire swept through a fish hall on Tuesday.", 16.0)
    dead = in_article("a packer died of her burns", "The toll of the fire rose when a packer died of her burns.", 15.0)
    store = in_article("a cold store", "The fire may have started in a cold store, investigators believe.", 9.0)
    assert answers("What caused the fire?", hall, dead, store) == ["a cold store"]
    sea = in_article("a rock", "The ferry sank after it had hit a rock.", 16.0)
    assert answers("What caused the ferry to sink?", sea) == ["a rock"]


def test_those_pulled_out_are_no_number_of_the_dead():
    """Who was pulled out of a burning room was saved, as far as the sentence says."""
    dead = in_article("Two", "Two people were killed in the fire at the mill.", 16.0)
    saved = in_article("seven", "We pulled seven people out of the mill on fire.", 15.5)
    assert answers("How many people were killed in the fire?", dead, saved) == ["Two"]


def test_a_toll_that_has_risen_leads_and_the_older_count_is_shown():
    """What a newer report says the count rose to is newer than any count before, however much better that one reads."""
    old = in_article(
        "Two", "Two people were killed when fire swept through the fish hall in Dunmere.", 22.0, "Fire in Dunmere",
        published="2025-03-11",
    )  # fmt: skip
    new = in_article(
        "three", "The toll of the fire in the fish hall in Dunmere rose to three.", 1.0, "Fire in Dunmere",
        published="2025-03-12",
    )  # fmt: skip
    agreed = agree("How many people were killed in the fire?", [old, new])
    assert [side.answer for side in agreed.sides] == ["three", "Two"]
    assert agreed.disagreement and agreed.disagreement.kind == "later"
