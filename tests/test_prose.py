"""The gate for prose: a sentence passes where its quotes bear it out, and not otherwise."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Quote, Sentence
from assistant.marks import Draft
from assistant.prompt import blocks, sources
from assistant.prose import Gate, Passed, gate, refuses, verbatim
from index.articles import Article

FIRE = Article(
    "fire",
    "Two people were killed and nine injured in a fire at the fish hall on Tuesday, the fire service said. "
    "“We are looking at a chip pan,” said Ingrid Sollace, the chief fire officer. "
    "Joyce Tamblyn, of the dock workers’ union, said that the sprinklers had been switched off for a week. "
    "Peter Oakes, the managing director of Brandt & Oakes, denied that the sprinklers had been off. "
    "Police have not named the dead. "
    "The company put the damage at £3.5 million. "
    "The fire may have started in a cold store. "
    "The roof of the hall collapsed shortly after six. "
    "The valve was open for over 20 hours.",
    title="Fire at the fish hall",
    outlet="Harbour Courier",
    published="2025-03-11",
)
QUESTION = "What of the fire at the fish hall: who was killed, what of sprinklers, damage, police, roof, valve, store?"
TOLL, PAN, OFF, DENIED, UNNAMED, DAMAGE, STORE, ROOF, VALVE = (f"1.{n}" for n in range(1, 10))


@pytest.fixture(scope="module")
def held() -> Gate:
    return gate(sources(blocks([Quote(FIRE, 0, len(FIRE.text))])), QUESTION, [])


def shown(held: Gate, words: str, *marks: str) -> str | None:
    passed = held.passes(Draft(words, marks))
    return passed and passed.sentence.words


LABELLED = [json.loads(line) for line in (Path(__file__).parent / "data" / "prose.jsonl").open(encoding="utf-8")]


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("The roof of the hall collapsed shortly after six.", ROOF),
        ("the company put a damage at £3.5 million", DAMAGE),
        ("Police have not named the dead.", UNNAMED),
        ("Two people were killed and nine injured in a fire at the fish hall on Tuesday, says the fire service.", TOLL),
        ("Sollace said: “We are looking at a chip pan”.", PAN),
        ("The fire may have started in a cold store.", STORE),
        ("According to Joyce Tamblyn, the sprinklers had been switched off for a week.", OFF),
    ],
)
def test_an_article_s_own_sentence_passes(held, words, mark):
    """Word for word; only articles, punctuation and how its speaker is named may differ from the model's."""
    assert held.passes(Draft(words, (mark,))) == Passed(Sentence(held.sources[mark].text, (held.sources[mark],)))


def test_two_sentences_may_be_joined(held):
    """Each with its own quote, unless the second begins with a pronoun that would be somebody else's there."""
    two = "Police have not named the dead and the fire may have started in a cold store."
    passed = held.passes(Draft(two, (UNNAMED, STORE)))
    assert passed.sentence.words == "Police have not named the dead, and the fire may have started in a cold store."
    assert len(passed.sentence.quotes) == 2 and not passed.repaired
    text = "Tom Ferrow was found drunk at the count. Helen Marsh won the seat. She was praised by the governor."
    article = Article("a", text, "Count")
    after = gate(sources(blocks([Quote(article, 0, len(text))])), text, [])
    swapped = after.passes(Draft("Tom Ferrow was found drunk at the count and she was praised.", ("1.1", "1.3")))
    assert swapped.repaired and swapped.sentence.words == "“Tom Ferrow was found drunk at the count.”"
    praised = after.passes(Draft("She was praised by the governor, and Ferrow was found drunk.", ("1.1", "1.3")))
    assert len(praised.sentence.quotes) == 1
    own = "Helen Marsh won the seat and she was praised by the governor."
    assert after.passes(Draft(own, ("1.2", "1.3"))).sentence.words == own.replace(" and", ", and")


@pytest.mark.parametrize("kind", ["reviewed", "held out"])
def test_no_false_sentence_of_the_labelled_set_passes(kind):
    """Each stands beside a real sentence that it changes in one thing; that one is shown instead, in its own words."""
    passed = [
        draft.words
        for row in LABELLED
        if row["set"] == kind
        for draft, said in judged(row, "false")
        if said and not said.repaired
    ]
    assert passed == [] and sum(len(row["false"]) for row in LABELLED if row["set"] == kind) >= 40


def test_no_true_sentence_of_the_labelled_set_is_lost():
    """One in other words than the article's is replaced by the article's."""
    said = [(draft.words, said) for row in LABELLED for draft, said in judged(row, "honest")]
    assert len(said) >= 49 and [words for words, shown in said if shown is None] == []


def judged(row: dict, kind: str) -> list[tuple[Draft, Passed | None]]:
    article = Article("a", row["text"], "Notes", "Post")
    over = gate(sources(blocks([Quote(article, 0, len(article.text))], room=20_000)), article.text, [])
    return [(draft, over.passes(draft)) for draft in (Draft(words, tuple(marks)) for marks, words in row[kind])]


@given(st.lists(st.sampled_from(re.findall(r"\w+|[^\w\s]", FIRE.text) + ["evil.xyz", "[99]", "<b>", "\u202e", "not"])))
def test_nothing_that_a_model_wrote_reaches_the_page(words):
    """Whatever it writes, what is shown are whole words of the quotes, and a few of ours."""
    over = gate(sources(blocks([Quote(FIRE, 0, len(FIRE.text))])), QUESTION, [])
    for text in (" ".join(words), f"{FIRE.text[:100]} {' '.join(words)}"):
        if passed := over.passes(Draft(text, (TOLL, ROOF))):
            real = " ".join(q.text for q in passed.sentence.quotes)
            ours = {"said", "that", "and", "but"}
            assert (
                set(re.findall(r"\w+", passed.sentence.words.lower())) <= set(re.findall(r"\w+", real.lower())) | ours
            )


CHANGED = {
    "a number": ("Three people were killed in the fire.", TOLL),
    "two numbers swapped": ("Nine people were killed and two injured in the fire.", TOLL),
    "a number of another thing": ("Nine people were killed.", TOLL),
    "an amount": ("The company put the damage at £8.5 million.", DAMAGE),
    "a unit": ("The company put the damage at €3.5 million.", DAMAGE),
    "a day": ("Two people were killed in a fire on Wednesday, the fire service said.", TOLL),
    "a speaker": ("Voss said: “We are looking at a chip pan.”", PAN),
    "a name put together from two": ("Peter Sollace denied that the sprinklers had been off.", DENIED),
    "a quoted word": ("Sollace said: “We are looking at a frying pan.”", PAN),
    "a negation left out": ("Police have named the dead.", UNNAMED),
    "a negation put in": ("The roof of the hall never collapsed.", ROOF),
    "a denial made a claim": ("The sprinklers had been off.", DENIED),
    "a doubt left out": ("The fire started in a cold store.", STORE),
    "a cause put in": ("The roof of the hall collapsed because of the fire.", ROOF),
    "a bound left out": ("The valve was open for 20 hours.", VALVE),
    "a bound put in": ("The company put the damage at over £3.5 million.", DAMAGE),
    "a part made up": (
        "The roof of the hall collapsed shortly after six, frightening several tourists nearby.",
        ROOF,
    ),
    "all for some": ("All sprinklers had been switched off for a week, Joyce Tamblyn said.", OFF),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_changed_sentence_is_not_shown(held, what):
    """With one thing changed it is replaced by a real sentence in quotation marks, or dropped."""
    words, mark = CHANGED[what]
    said = shown(held, words, mark)
    assert said != words
    if said:
        assert said.count("“") >= 1 and said[said.index("“") + 1 : said.rindex("”")].strip("“”") in FIRE.text


def test_a_claim_keeps_its_speaker(held):
    """What somebody says is never put as a fact: who says it is added where the model left it out."""
    passed = held.passes(Draft("The sprinklers had been switched off for a week.", (OFF,)))
    assert passed == Passed(Sentence(held.sources[OFF].text, (held.sources[OFF],)), repaired=True)


def test_a_sentence_of_the_outlet_s_is_put_in_nobody_s_mouth():
    """In quotation marks it stands alone; only what is all somebody's own words is said to be theirs."""
    text = "Dr Ana Reyes led the inquiry. She said the wells were clean. “We looked twice.” “It is safe,” she said."
    article = Article("a", text, "Wells", "Post")
    shown = [verbatim(quote) for quote in sources(blocks([Quote(article, 0, len(text))])).values()]
    assert shown[1] == "“She said the wells were clean.”"
    assert shown[3] == "“It is safe,” she said."
    spoken = Quote(article, text.index("“We"), text.index(" “It"), "Dr Ana Reyes", "attributed")
    assert verbatim(spoken) == "Dr Ana Reyes said: “We looked twice.”"


def test_a_dateline_is_no_part_of_a_sentence():
    """Where an article was written stands before its first sentence, and isn't said in an answer."""
    text = "HARROWMOUTH (NPA) – Two people were killed in the fire. Police came."
    given = sources(blocks([Quote(Article("a", text, "Fire"), 0, len(text))]))
    assert [quote.text for quote in given.values()] == ["Two people were killed in the fire.", "Police came."]


def test_the_fewest_quotes_that_bear_it_out_are_kept(held):
    """Marks that a model gave besides count for nothing."""
    words = "The roof of the hall collapsed shortly after six."
    passed = held.passes(Draft(words, (DAMAGE, ROOF, TOLL)))
    assert [q.text for q in passed.sentence.quotes] == [words] and not passed.repaired


def test_a_wrong_mark_is_put_right(held):
    """A true sentence under another one's mark, or under none, gets the mark of the sentence that bears it out."""
    words = "The roof of the hall collapsed shortly after six."
    for marks in ((DAMAGE,), ("9.9",), ()):
        passed = held.passes(Draft(words, marks))
        assert passed == Passed(passed.sentence, repaired=True) and passed.sentence.words == words
        assert [q.text for q in passed.sentence.quotes] == [words]


def test_a_passage_s_mark_means_its_nearest_sentence(held):
    """Small models mark passages rather than sentences."""
    passed = held.passes(Draft("The roof of the hall collapsed shortly after six.", ("1",)))
    assert not passed.repaired and passed.sentence.quotes[0].text.startswith("The roof of the hall")


@pytest.mark.parametrize("words", ["The moon is made of cheese.", "evil.xyz", "", "The roof collapsed. " * 80])
def test_what_is_near_no_sentence_is_dropped(held, words):
    """Nothing stands in its place."""
    assert shown(held, words, ROOF) is None


@pytest.mark.parametrize(
    "with_what",
    [
        "[this](https://evil.example)",
        "![](evil.png)",
        "<img src=x>",
        "evil.co.uk",
        "&lt;script&gt;",
        "~~all~~",
        "canary",
    ],
)
def test_what_a_model_adds_is_not_shown(held, with_what):
    """Links, images, markup, names of servers and plain words: the real sentence stands there without them."""
    words = "The roof of the hall collapsed shortly after six"
    assert shown(held, f"{words}, see {with_what}.", ROOF) == f"“{words}.”"


def test_words_off_the_topic_are_dropped():
    """A true sentence that has nothing to do with the question or its answer isn't prose of the answer."""
    off = gate(sources(blocks([Quote(FIRE, 0, len(FIRE.text))])), "When does the ferry sail?", [])
    assert shown(off, "The roof of the hall collapsed shortly after six.", ROOF) is None


@pytest.mark.parametrize(
    ("words", "is_refusal"),
    [
        ("NOT FOUND", True),
        ("The passages do not say who it was.", True),
        ("The articles don’t mention it.", True),
        ("Police have not found the cause.", False),
    ],
)
def test_a_refusal_is_known(words, is_refusal):
    """A model that says that the passages don't answer has not written a false sentence."""
    assert refuses(Draft(words)) is is_refusal
