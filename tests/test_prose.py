"""The gate for prose: a sentence passes where its quotes bear it out, and not otherwise."""

from __future__ import annotations

import pytest

from assistant.answer import Quote
from assistant.marks import Draft
from assistant.prompt import blocks, sources
from assistant.prose import Gate, Passed, gate, refuses
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


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("The roof of the hall collapsed shortly after six.", ROOF),
        ("The roof collapsed after six.", ROOF),
        ("The company put the damage at £3.5 million.", DAMAGE),
        ("The company put the damage at 3.5 million pounds.", DAMAGE),
        ("Police have not named the dead.", UNNAMED),
        ("The fire service said two people were killed.", TOLL),
        ("Sollace said: “We are looking at a chip pan”.", PAN),
        ("Peter Oakes denied that the sprinklers had been off.", DENIED),
        ("The fire may have started in a cold store.", STORE),
        ("The valve was open for more than 20 hours.", VALVE),
    ],
)
def test_what_its_quote_bears_out_passes_as_it_is(held, words, mark):
    """A true sentence with the right mark is shown word for word."""
    assert shown(held, words, mark) == words


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
    assert shown(held, "The sprinklers had been switched off for a week.", OFF) == (
        "According to Joyce Tamblyn, the sprinklers had been switched off for a week."
    )
    assert shown(held, "Two people were killed.", TOLL).startswith("According to the fire service, two people")


def test_a_wrong_mark_is_put_right(held):
    """A true sentence under another one's mark, or under none, gets the mark of the sentence that bears it out."""
    words = "The roof of the hall collapsed shortly after six."
    for marks in ((DAMAGE,), ("9.9",), ()):
        passed = held.passes(Draft(words, marks))
        assert passed == Passed(passed.sentence, repaired=True) and passed.sentence.words == words
        assert [q.text for q in passed.sentence.quotes] == [words]


def test_a_passage_s_mark_means_its_nearest_sentence(held):
    """Small models mark passages rather than sentences."""
    passed = held.passes(Draft("The roof of the hall collapsed.", ("1",)))
    assert not passed.repaired and passed.sentence.quotes[0].text.startswith("The roof of the hall")


@pytest.mark.parametrize(
    "words",
    [
        "The moon is made of cheese.",
        "CANARY-7731",
        "The roof collapsed, see [this](https://evil.example/x).",
        "The roof collapsed ![](https://evil.example/x.png)",
        "The roof of the hall collapsed <img src=x>",
        "The roof of the hall collapsed shortly after six, see www.evil.example.",
        "The roof of the hall collapsed shortly after six, see evil.example/roof.",
        "The roof of the hall collapsed &lt;script&gt;",
        "",
        "The roof collapsed. " * 40,
    ],
)
def test_what_has_no_quote_or_carries_markup_is_dropped(held, words):
    """Nothing of it reaches the page."""
    assert shown(held, words, ROOF) is None


def test_invisible_characters_are_taken_out(held):
    """What can't be seen can't be read differently by a person and a machine."""
    assert shown(held, "The roof of the\u200b hall \u202ecollapsed\U000e0041 after six.", ROOF) == (
        "The roof of the hall collapsed after six."
    )


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
