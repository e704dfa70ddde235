"""What may be left out of a quote, cut off from it, or put into it in brackets."""

from __future__ import annotations

import pytest

from assistant.excerpts import voice_of
from assistant.quotes import check
from index.articles import Article

DAM = Article(
    "dam",
    "Critics say the dam is dangerous. Keller said the plan was good for the valley. The charges against Roe were"
    " dropped in May. Police arrested no one. The army claimed that it had taken the town. Residents said that the army"
    " had lost 400 men there. The army later said it had lost 40 men. Nora Vale met the press. She spoke for an hour."
    " The bank goes to court. The senator, who rejected claims that he took bribes, won re-election by 1,204 votes."
    " The builder, who denied the theft, took the money in March. Turnout rose to 7% in the valley."
    " It was enormous. The council had counted the votes twice by then."
    " The bridge matters to you."
    " Growth was strong in [fiscal year] 2023 for all.",
)
LETTER = Article(
    "letter",
    "Li Wei wrote to Anna Bloom on Monday. She replied within ten minutes. The senator lost. His rival won re-election"
    " by 1,204 votes.",
)
STORM = Article(
    "storm",
    "The storm killed at least 14 people in the south. The jab may prevent infection in fewer than half of patients."
    " The drug cut deaths by up to 30 percent in the trial. It was the least expensive storm of the year. The drug is"
    " not only safe but cheap. The minister is far from certain to win the seat. The company is anything but bankrupt,"
    " its owner said. It had seldom been late before the strike. The captain rarely spoke of the wreck. It was wrong,"
    " the judges said, to call him a criminal. Anna Keller accused Peter Holm of stealing the money. Prices fell, more"
    " than anyone in the town had foreseen in those days, by a tenth. The mayor opened the fair on Friday morning."
    " A thief was arrested on Monday after a long chase.\n\nPhotos of the old queen and her court\n\nA wolf was seen"
    " by the river in spring",
)
MINE = Article(
    "mine",
    "The firm denied claims that it had sold the park. The council rejected any suggestion that the lake is poisoned."
    " The minister dismissed reports the bridge was closed. The prosecutor failed to prove that Roe set the fire."
    " There is little chance that the mine will reopen this year. Few believe the theory that the earl drowned in Rome."
    " The group falsely claimed that the vaccine contains metal. He pretended that the boat was his."
    " The minister is far from certain to win. The bank has yet to pay the miners. Almost all the money was found."
    " Only Bloom kept a copy. It was the least expensive storm of the year. If the vote passes, the pit will close."
    " Unless it rains, the fields will burn. No evidence was found that the nurse harmed the children."
    " The moon is hollow, the sect falsely claimed. Holm will sell the yard in June if the price rises."
    " Vale denied that he took bribes and that he sold the land. Holm denied it and said that the court was fair."
    " Peter Little has often said that the coast is eroding. Nobody can prove the shaft was sealed. Contrary to reports"
    " that the well is dry, it flows. Hale accused Ned Pike of stealing the boat. As many as 200 cows drowned."
    " The idea that the tower leans is wrong. Provided the court agrees, the tram will run."
    " Hale ruled out that fees rise."
    " Rumours spread that the duke fled, but they were baseless."
    " In the unlikely event that it floods, the inn will close."
    " The engine can supposedly read minds. Experts poured scorn on the idea that comets bring plague."
    " The singer laughed off reports that she had married."
    " Colonel Lund led the raid. The colonel was praised by Marsh.",
)


@pytest.mark.parametrize(
    "words",
    [
        "Critics say the dam is [safe]",
        "Keller said the plan was [bad]",
        "The charges against Roe were [upheld]",
        "Police arrested [everyone]",
        "The army [admitted] that it had taken the town",
        "The army [said] that it had taken the town",
        "The army later [denied] it had lost 40 men",
        "[Ministers] said that the army had lost 400 men there",
        "[The rebels] had lost 400 men there",
        "Keller said [the bridge] was good for the valley",
        "Critics say the dam is dangerous [for Holm]",
        "The bridge matters to [safe]",
    ],
)
def test_a_bracket_takes_no_words_place_but_a_pronouns(words):
    """A bracket before, in or behind a quote says nothing that the article's words in its place don't say."""
    assert check(words, DAM).kind != "exact"


@pytest.mark.parametrize(
    "words", ["She [Wei] replied within ten minutes", "[Li Wei] replied within ten minutes", "[Baird] won re-election"]
)
def test_a_bracketed_name_is_whom_the_pronoun_means(words):
    """Where two people fit a pronoun no name in brackets is believed, and none that takes a subject's place."""
    assert check(words, LETTER).kind != "exact"


@pytest.mark.parametrize(
    "words",
    [
        "The storm killed … 14 people",
        "prevent infection in … half of patients",
        "The drug cut deaths by … 30 percent",
        "It was the … expensive storm",
        "The drug is … safe but cheap",
        "The drug is not … safe but cheap",
        "The minister is … certain to win the seat",
        "The company is … bankrupt, its owner said",
        "It had … been late before the strike",
        "The captain … spoke of the wreck",
        "It was …, the judges said, to call him a criminal",
        "Anna Keller … of stealing the money",
        "Prices fell … by a tenth",
        "The mayor opened the fair … was arrested on Monday after a long chase",
        "Photos of the old queen … seen by the river in spring",  # two headlines
    ],
)
def test_an_ellipsis_leaves_out_nothing_that_turns_the_rest(words):
    """A comparison, a reversing word, a verb with its subject or half of two sentences is never left out."""
    assert check(words, STORM).kind != "exact"


@pytest.mark.parametrize(
    "words",
    [
        "it had sold the park",
        "the lake is poisoned",
        "the bridge was closed",
        "Roe set the fire",
        "the mine will reopen this year",
        "the earl drowned in Rome",
        "the vaccine contains metal",
        "the boat was his",
        "certain to win",
        "pay the miners",
        "all the money was found",
        "Bloom kept a copy",
        "expensive storm of the year",
        "the pit will close",
        "the fields will burn",
        "the nurse harmed the children",
        "The moon is hollow",
        "Holm will sell the yard",
        "he sold the land",
        "the shaft was sealed",
        "the well is dry",
        "Ned Pike of stealing the boat",
        "200 cows drowned",
        "the tower leans",
        "the tram will run",
        "the duke fled",
        "fees rise",
        "the inn will close",
        "read minds",
        "comets bring plague",
    ],
)
def test_words_cut_off_from_what_turns_them_are_no_quote(words):
    """A denial, a falsehood, a failure, a condition or a "hardly" in the same clause belongs to what is quoted."""
    verdict = check(words, MINE)
    assert verdict.kind != "exact"
    assert words in verdict.quotes[0].text


@pytest.mark.parametrize(
    "words",
    [
        "[Nora Vale] spoke for an hour",
        "She [Vale] spoke for an hour",
        "The bank [go]es to court",
        "The charges against Roe were dropped [sic]",
        "The senator … won re-election by 1,204 votes",
        "Turnout rose to 7 % in the valley",
        "[g]rowth was strong in [fiscal year] 2023 for all",
        "It was enormous … The council had counted the votes twice",
        "Turnout rose to 7% in the valley … It was enormous",
        "said that the army had lost 400 men there",
    ],
)
def test_what_turns_nothing_may_be_left_out_or_explained(words):
    """A relative clause, whole sentences however short, a name for its pronoun and a space before "%" are honest."""
    assert check(words, DAM).kind == "exact"


@pytest.mark.parametrize("words", ["the court was fair", "the coast is eroding"])
def test_a_denial_in_another_clause_turns_nothing(words):
    """What is said after "and said that" is not denied, and a man named Little is no "little"."""
    assert check(words, MINE).kind == "exact"


def test_a_name_in_brackets_behind_a_noun_stands_beside_it_in_the_article():
    """The colonel is Lund where the article has "Colonel Lund", and is not Marsh."""
    assert check("The colonel [Lund] was praised by Marsh", MINE).kind == "exact"
    assert check("The colonel [Moor] was praised by Marsh", MINE).kind != "exact"


def test_what_its_sentence_denies_is_no_quote():
    """Whatever the denying words are, words cut off from them are refused with who denies them."""
    verdict = check("she had married", MINE, voice_of=voice_of)
    assert verdict.kind == "altered" and "denied by" in verdict.reason


def test_a_denial_of_the_deed_itself_is_not_left_out():
    """A relative clause that denies what the rest says belongs to it."""
    assert check("The builder … took the money in March", DAM).kind != "exact"


PLAN = Article(
    "plan",
    "Keller said the plan was good for the valley and its people. Holm said the plan was a disaster for the town and"
    " its people. The council denied claims that the park had been sold. “The bridge is safe,” Keller said. “It was"
    " never closed,” Holm added.",
)


def test_pieces_of_two_speakers_are_no_quote_and_each_is_named():
    """What one says can't be ended with what another says."""
    words = "Keller said the plan was good for the valley … the plan was a disaster for the town and its people"
    assert check(words, PLAN, voice_of=voice_of).kind != "exact"
    verdict = check("The bridge is safe … It was never closed", PLAN, voice_of=voice_of)
    assert verdict.kind == "altered"
    assert "Keller" in verdict.reason and "Holm" in verdict.reason
    together = "“The bridge is safe,” Keller said … “It was never closed,” Holm added."
    assert check(together, PLAN, voice_of=voice_of).quotes


def test_a_quote_has_its_voice_and_a_denial_is_not_its_speakers():
    """Who denies a thing is not its speaker, and the quote says that it is denied."""
    words = "The council denied claims that the park had been sold"
    assert check(words, PLAN, voice_of=voice_of).quotes[0].stance == "denied"
    verdict = check(words, PLAN, "the council", voice_of)
    assert verdict.kind == "another speaker" and "denied by" in verdict.reason
