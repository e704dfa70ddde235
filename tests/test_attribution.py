"""Who says it, in what words and how surely."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.attribution import attributions, voice, voices
from assistant.clauses import sentences
from assistant.evaluation.attributions import Marked, match, measure, own_voice, read_marked, rows

SHARED = Path(__file__).parents[1].parent / "shared"
STANCES = Path(__file__).parent / "data" / "stance.jsonl"


def said(text: str) -> list[tuple[str | None, str, str]]:
    """Source, cue and content as words."""
    cut = lambda span: span and text[slice(*span)]  # noqa: E731
    return [(cut(a.source), cut(a.cue), cut(a.content)) for a in attributions(text)]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The harbour master said the ferry had sunk.", "The harbour master", "the ferry had sunk"),
        ("The ferry had sunk, the harbour master said on Monday.", "the harbour master", "The ferry had sunk"),
        ("“The ferry has sunk,” said Ines Vale.", "Ines Vale", "“The ferry has sunk,”"),
        ("“The ferry has sunk,” she said.", "she", "“The ferry has sunk,”"),
        ("According to the coastguard, the ferry had sunk.", "the coastguard", "the ferry had sunk"),
        ("The ferry had sunk, according to the coastguard.", "the coastguard", "The ferry had sunk"),
        ("Oren Tal told reporters that the ferry had sunk.", "Oren Tal", "that the ferry had sunk"),
        (
            "Oren Tal, a spokesman for the port, said the ferry had sunk.",
            "Oren Tal, a spokesman for the port",
            "the ferry had sunk",
        ),
        ("The union plans to strike on Friday.", "The union", "to strike on Friday"),
        ("The minister urged owners to repair the boats.", "The minister", "owners to repair the boats"),
        ("The minister praised the crew.", "The minister", "the crew"),
        ("The minister called the owner a liar.", "The minister", "the owner a liar"),
        ("Residents called for an inquiry.", "Residents", "an inquiry"),
        ("The owner was accused by the union of fraud.", "the union", "of fraud"),
        (
            "The crew left early, adding that fuel was low, said Tal.",
            "Tal",
            "The crew left early, adding that fuel was low",
        ),
        (
            "On Tuesday, in a long letter, the mayor wrote that the pier was safe.",
            "the mayor",
            "that the pier was safe",
        ),
        ("The mayor: “The pier is safe.”", "The mayor", "“The pier is safe.”"),
        ("The mayor has repeatedly denied taking money.", "The mayor", "taking money"),
        ("The mayor is confident that the pier is safe.", "The mayor", "that the pier is safe"),
        ("The mayor made it clear that the pier would close.", "The mayor", "that the pier would close"),
    ],
)
def test_a_statement_has_its_source_and_its_words(text, source, content):
    """Direct and indirect speech, with the cue before, after and inside, in active and passive voice."""
    assert (source, content) in [(s, c) for s, _, c in said(text)]


def test_a_quotation_goes_on_after_its_cue_and_over_paragraphs():
    """One speaker, one attribution, from the first quoted word to the last."""
    text = "“It sank,” Tal said. “We saw it.”\n\n“Nobody was hurt.”\n\nThe pier reopened."
    (found,) = attributions(text)
    assert text[slice(*found.content)] == "“It sank,” Tal said. “We saw it.”\n\n“Nobody was hurt.”"


def test_what_is_said_is_not_searched_for_more():
    """A statement inside a statement is the outer speaker's."""
    assert [s for s, _, _ in said("Vale said the owner believes the crew wants to leave.")] == ["Vale"]


def test_a_noun_is_not_a_cue():
    """Reports, claims and plans are nouns after an article or a possessive."""
    assert said("The report was long. His plans changed. The claims office closed early.") == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ines Vale runs the port. Vale said it was safe.", "Ines Vale"),
        ("Ines Vale runs the port. “It is safe,” said Vale. She added that boats may land.", "Ines Vale"),
        ("Ines Vale and Tom Vale run the port. Vale said it was safe.", "Vale"),
        ("Tom Reed met Anna Vale. He said the port was safe.", "Tom Reed"),
        ("Tom Reed met Paul Lund. He said the port was safe.", "He"),
        ("The Fisheries Ministry closed the port. The ministry said it was unsafe.", "Fisheries Ministry"),
        ("The Fisheries Ministry met the Defence Ministry. The ministry said it was unsafe.", "The ministry"),
        ("Tom Reed, a pilot who said the port was safe, left.", "a pilot"),
    ],
)
def test_a_speaker_is_named_in_full_only_where_that_is_certain(text, speaker):
    """Surnames, pronouns and common nouns go back to the form used before; unsure, they stay as they stand."""
    assert attributions(text)[-1].speaker == speaker


# Stance and speaker of whole sentences, by the outlet's words alone.
SENTENCES = [
    ("The bridge reopened on Friday.", "stated", None),
    ("Three boats were lost in the storm.", "stated", None),
    ("The court sits again in May.", "stated", None),
    ("Prices rose by 4 per cent in the year to June.", "stated", None),
    ("The council has 42 members.", "stated", None),
    ("He was born in Lund and trained as a welder.", "stated", None),
    ("The company employs 300 people at the yard.", "stated", None),
    ("Snow closed both passes overnight.", "stated", None),
    ("The report runs to 80 pages.", "stated", None),
    ("Voting ended at eight in the evening.", "stated", None),
    ("The new line opens to passengers in spring.", "stated", None),
    ("Two of the four pumps had been removed.", "stated", None),
    ("She won the race by a second.", "stated", None),
    ("The claim form has nine questions.", "stated", None),
    ("The orchestra played for two hours.", "stated", None),
    ("The ministry said the bridge was safe.", "attributed", "The ministry"),
    ("The bridge is safe, the ministry said.", "attributed", "the ministry"),
    ("“The bridge is safe,” said Ines Vale.", "attributed", "Ines Vale"),
    ("According to the ministry, the bridge is safe.", "attributed", "the ministry"),
    ("The bridge is safe, according to the ministry.", "attributed", "the ministry"),
    ("Vale claims the yard was sold at a loss.", "attributed", "Vale"),
    ("Union leaders warned that the yard would close.", "attributed", "Union leaders"),
    ("Police believe the fire was started on purpose.", "attributed", "Police"),
    ("The mayor insisted that nobody had been paid.", "attributed", "The mayor"),
    (
        "A spokeswoman for the bank announced that it would close nine branches.",
        "attributed",
        "A spokeswoman for the bank",
    ),
    ("Researchers found that the fish had left the bay.", "attributed", "Researchers"),
    ("Investigators told the hearing that the valve had failed.", "attributed", "Investigators"),
    ("The airline hopes to fly again by Sunday.", "attributed", "The airline"),
    ("The group accused the owner of fraud.", "attributed", "The group"),
    ("Neighbours recalled hearing two loud bangs.", "attributed", "Neighbours"),
    ("The coach thinks his team can win.", "attributed", "The coach"),
    ("“We were never asked,” Lund wrote to the board.", "attributed", "Lund"),
    ("The judge ruled that the search was lawful.", "attributed", "The judge"),
    ("The charity estimates that 900 people need shelter.", "attributed", "The charity"),
    ("Vale promised that the wages would be paid.", "attributed", "Vale"),
    ("The pilot was reportedly asleep.", "hedged", None),
    ("The alleged bribes were paid in cash.", "hedged", None),
    ("It is unclear whether the crew survived.", "hedged", None),
    ("If confirmed, it would be the worst flood in a century.", "hedged", None),
    ("The boat may have struck a rock.", "hedged", None),
    ("The cause of the fire is not known.", "hedged", None),
    ("He is believed to have left the country.", "hedged", None),
    ("The figures could not be independently verified.", "hedged", None),
    ("The two men were allegedly paid by the owner.", "hedged", None),
    ("The tanker is thought to be heading south.", "hedged", None),
    ("Unconfirmed accounts put the number of dead at nine.", "hedged", None),
    ("The device appears to have been homemade.", "hedged", None),
    ("The suspected arsonist is being questioned.", "hedged", None),
    ("The minister is rumoured to be leaving.", "hedged", None),
    ("How the water got in remains unknown.", "hedged", None),
    ("The owner denied that the valve had been removed.", "denied", "The owner"),
    ("The owner denies any part in the fire.", "denied", "The owner"),
    ("The bank rejected the claim that it had hidden losses.", "denied", "The bank"),
    ("The ministry dismissed reports of a shortage.", "denied", "The ministry"),
    ("Vale disputed the figures.", "denied", "Vale"),
    ("The club has denied wrongdoing.", "denied", "The club"),
    ("Lund refuted the allegation.", "denied", "Lund"),
    ("The airline rejected suggestions that the crew was tired.", "denied", "The airline"),
    ("The mayor, who is standing again, denied taking money.", "denied", "The mayor"),
    ("The army dismissed the accusations as invented.", "denied", "The army"),
]


@pytest.mark.parametrize(("text", "stance", "speaker"), SENTENCES)
def test_a_sentence_has_its_voice(text, stance, speaker):
    """The outlet's own voice, somebody's, a hedge or a denial."""
    heard = voice(text, 0, len(text))
    assert (heard.stance, heard.speaker) == (stance, speaker)


def test_the_hedge_is_given_in_the_words_of_the_article():
    """What hedges stands in the quote itself."""
    text = "The pilot was Reportedly asleep."
    assert voice(text, 0, len(text)).hedge == "Reportedly"


def test_a_quote_within_a_statement_is_the_speakers():
    """Part of what somebody says is theirs, also without the cue."""
    text = "The ministry said the bridge was safe and that lorries could use it."
    start = text.index("lorries")
    assert voices(text).of(start, len(text)).speaker == "The ministry"


def test_text_in_another_language_is_left_alone():
    """No English cue, no speaker; every script gets through."""
    for text in (
        "Der Minister sagte, die Brücke sei sicher.",
        "大臣は橋が安全だと述べた。",
        "قال الوزير إن الجسر آمن.",
        "Министр заявил, что мост безопасен.",
    ):
        assert attributions(text) == []


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aT said,“”\".'’\n—:()that who %\u00ad\u200b", max_size=200))
def test_every_span_lies_in_the_text(text):
    """Whatever the text, spans are ordered and inside it, and sentences don't overlap."""
    for found in attributions(text):
        for span in (found.content, found.cue, found.source):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
    ends = [s.span((0, len(s.tokens))) for s in sentences(text)]
    assert all(one[1] <= other[0] for one, other in zip(ends, ends[1:], strict=False))


def steps(text: str) -> int:
    """Lines of attribution code run for a text."""
    count = 0

    def trace(frame, event, _):
        nonlocal count
        if "assistant" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        attributions(text)
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize(
    "piece", ["said that ", "“", "A, ", "the man who said ", "and ", "( ", "X said, “Y,” ", "Vale Vale ", "to "]
)
def test_work_grows_no_faster_than_the_text(piece):
    """Text that isn't prose costs the same for each of its characters."""
    short, long = piece * (4_000 // len(piece)), piece * (16_000 // len(piece))
    assert steps(long) < 5.5 * steps(short) + 2_000


def test_a_megabyte_without_a_sentence_end_is_read():
    """The largest text ends, too: a regular expression that goes back and forth would not."""
    assert isinstance(attributions("said that " * 100_000), list)


TOY = "Vale said it sank. Tal said it floats. The pier is old."


def marked(content: str, source: str | None, text: str = TOY) -> Marked:
    """A statement marked by hand, by its words."""
    place = lambda words: (text.index(words), text.index(words) + len(words))  # noqa: E731
    return Marked("toy", place(content), None, source and place(source))


def test_the_measures_of_a_toy():
    """Two found, three marked with a source of which one is right: precision 1/2, recall 1/3."""
    gold = [marked("it sank", "Vale"), marked("The pier", "Vale"), marked("old", "Tal"), marked("it floats", None)]
    scores = measure({"toy": TOY}, gold)
    assert (scores.recall, scores.precision, scores.content_f1) == (1 / 3, 1 / 2, 1.0)
    assert (scores.own_voice, scores.given_speaker) == (0, None)


def test_an_own_voice_sentence_is_one_with_nothing_marked():
    """Neither with nor without a source."""
    gold = [marked("it sank", "Vale"), marked("it floats", None)]
    assert [TOY[slice(*s)] for s in own_voice(TOY, gold)] == ["The pier is old."]


def test_matching_is_one_to_one():
    """A statement that is marked once is found once."""
    (found,) = attributions(TOY[:18])
    assert len(match(TOY, [found, found], [marked("it sank", "Vale")])) == 1
    assert match(TOY, [found], [marked("it sank", "Tal")]) == []


def test_nothing_marked_and_nothing_found_is_no_score():
    """An empty set has no recall, not a perfect one."""
    scores = measure({"toy": ""}, [])
    assert (scores.recall, scores.precision, scores.content_f1, scores.given_speaker) == (None, None, None, None)


def test_rows_are_the_format_of_the_predictions():
    """The fields of `attributions.jsonl`, as JSON."""
    (row,) = rows("toy", TOY[:18])
    assert json.loads(json.dumps(row)) == {
        "article": "toy",
        "content": [10, 17],
        "cue": [5, 9],
        "source": [0, 4],
        "speaker": "Vale",
        "stance": "attributed",
    }


@pytest.mark.shared
def test_attribution_reaches_its_floors_on_the_shared_set():
    """Recall 0.60, precision 0.70, content F1 0.80, own voice given a speaker at most 10 %."""
    folder = SHARED / "data" / "attribution-dev"
    if not folder.exists():
        pytest.skip("the shared question sets aren't here")
    texts = {a["id"]: a["text"] for a in map(json.loads, (folder / "articles.jsonl").read_text("utf-8").splitlines())}
    scores = measure(texts, read_marked(folder / "attributions.jsonl"))
    assert scores.marked == 2_066
    assert scores.recall >= 0.60 and scores.precision >= 0.70 and scores.content_f1 >= 0.80
    assert scores.given_speaker <= 0.10


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    """Mean F1 over the stances, of (right, found)."""
    labels = sorted({right for right, _ in pairs})
    f1s = []
    for label in labels:
        hits = sum(right == found == label for right, found in pairs)
        f1s.append(2 * hits / sum((right == label) + (found == label) for right, found in pairs))
    return sum(f1s) / len(f1s)


def test_stance_reaches_its_floor_on_the_labelled_sentences():
    """Macro F1 0.85 on the half of the sentences that the rules were not tuned on; the speaker is right in 0.85."""
    sentences_ = [json.loads(line) for line in STANCES.read_text("utf-8").splitlines()][1::2]
    heard = [voice(s["text"], s["start"], s["end"]) for s in sentences_]
    assert len(heard) == 167
    assert macro_f1([(s["stance"], h.stance) for s, h in zip(sentences_, heard, strict=True)]) >= 0.85
    assert sum(s["speaker"] == h.speaker for s, h in zip(sentences_, heard, strict=True)) >= 0.85 * len(heard)


def test_stance_holds_on_the_sentences_that_were_written_apart_from_the_rules():
    """Macro F1 0.85 on 180 sentences, 45 of each stance; the speaker is right in 0.85 of those that have one."""
    rows = [json.loads(line) for line in STANCES.with_name("stance-held.jsonl").read_text("utf-8").splitlines()]
    heard = [voice(row["text"], row["start"], row["end"]) for row in rows]
    assert Counter(row["stance"] for row in rows) == dict.fromkeys(("stated", "attributed", "hedged", "denied"), 45)
    assert macro_f1([(row["stance"], h.stance) for row, h in zip(rows, heard, strict=True)]) >= 0.85
    named = [(row["speaker"], h.speaker or "") for row, h in zip(rows, heard, strict=True) if row["speaker"]]
    assert sum(bool(h) and (h in said or said in h) for said, h in named) >= 0.85 * len(named)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Free Army has put out a film that, it alleges, shows a burning truck.", "The Free Army"),
        ("The group now says that it killed both: they had jumped, it says, from the plane.", "The group"),
        ("What became of the airmen is open. The group says that, it claims, both died.", "The group"),
        ("Pro-regime outlets appear to bear it out, suggesting that a truck was hit.", "Pro-regime outlets"),
        (
            "Media loyal to the king seem to bear it out. According to their reports, the palace burned.",
            "Media loyal to the king",
        ),
        ("The men on the film have no doubt: they say that the truck is a rebel one.", "The men on the film"),
    ],
)
def test_who_speaks_is_somebody(text, speaker):
    """ "It", "they" and "their reports" are the body or the people that was named before, never a phrase cut off."""
    assert {a.speaker for a in attributions(text) if a.claim} == {speaker}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("„Wir hatten keine Stunde Zeit“, sagte Bürgermeisterin Katrin Vollmer.", "Bürgermeisterin Katrin Vollmer"),
        ("« Nous n’avions pas une heure », a déclaré Jean Morel.", "Jean Morel"),
    ],
)
def test_a_quotation_in_another_language_is_not_the_outlets_voice(text, speaker):
    """A quotation with a verb of saying and a name after it is that person's, in four languages more."""
    assert (voice(text, 0, len(text)).speaker, voice(text, 0, len(text)).stance) == (speaker, "attributed")


def test_nobody_who_is_said_not_to_say_so_is_a_speaker():
    """ "Neither side has confirmed" gives nobody's words."""
    text = "The price is believed to be high, although neither side has confirmed that talks are taking place."
    assert voice(text, 0, len(text)).speaker is None
    assert voice(text, 0, len(text)).stance == "hedged"


# Appositions, “said a woman who …”, “it”


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "The work will cost £6 million, its manager, Ines Vale, said on Monday.",
            "its manager, Ines Vale",
            "The work will cost £6 million",
        ),
        (
            "The gate had failed before the crash, said a woman who lives nearby.",
            "a woman who lives nearby",
            "The gate had failed before the crash",
        ),
        (
            "The market pays £2,000 a month in rent, said its manager.",
            "its manager",
            "The market pays £2,000 a month in rent",
        ),
        (
            "The clinic had no beds in May, figures seen by the Courier show.",
            "figures seen by the Courier",
            "The clinic had no beds in May",
        ),
    ],
)
def test_who_says_it_stands_behind_it(text, source, content):
    """After what is said may stand a name behind its description, a relative clause, or figures that show it."""
    assert [(s, c) for s, _, c in said(text)] == [(source, content)]


def test_what_is_called_off_is_not_called_anything():
    """A particle makes another verb of one of speech."""
    assert said("The clinic called off 340 operations in January.") == []


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("The Defence Ministry met the union on Monday.", "The Defence Ministry"),
        ("Ines Vale came late.", "It"),
        ("The trucks came late.", "It"),
    ],
)
def test_it_is_the_thing_that_the_sentence_before_is_about(before, speaker):
    """ "It said" means the subject of the sentence before; no person and nothing plural, where it stays "it"."""
    text = f"{before} It said that the road was safe."
    assert voice(text, len(before) + 1, len(text)).speaker == speaker


# Speech within speech


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("The Courier reported that the mayor had said the bridge was safe.", "the mayor", "The Courier"),
        ("According to the Post, the colonel said that two ships had sunk.", "the colonel", "the Post"),
        ("The paper quoted an officer as saying that the road was closed.", "an officer", "The paper"),
        ("“The road is closed,” an officer said, according to the Courier.", "an officer", "the Courier"),
        ("The Post reported on Monday that, according to the ministry, nobody was hurt.", "the ministry", "The Post"),
        ("The minister said that he believed the report.", "The minister", None),
        ("Ines Vale denied that she said the road was closed.", "Ines Vale", None),
    ],
)
def test_speech_within_speech_names_both(text, speaker, via):
    """Where a paper quotes an officer, the officer speaks and the paper passes it on; nobody passes on himself."""
    found = voice(text, 0, len(text))
    assert (found.speaker, found.via) == (speaker, via)


def test_an_inner_statement_knows_the_one_around_it():
    """The inner statement points to the outer one, whose content it lies in."""
    said = voices("The Courier reported that the mayor had said the bridge was safe. He left.").said
    inner = next(a for a in said if a.within is not None)
    outer = said[inner.within]
    assert (outer.speaker, inner.speaker) == ("The Courier", "the mayor")
    assert outer.content[0] <= inner.content[0] and inner.content[1] <= outer.content[1]


def test_the_part_outside_the_inner_speech_is_the_papers():
    """What the paper adds itself is the paper's, not the officer's."""
    text = "The Courier reported that the bridge, which is older than any other, is unsafe, as the mayor says."
    assert voice(text, 0, len(text)).speaker == "The Courier"


@pytest.mark.parametrize("named", ["The mayor, Jane Doe,", "Jane Doe, the mayor,", "Jane Doe"])
def test_what_is_promised_is_no_speaker(named):
    """Of "the mayor, Jane Doe, promised an inquiry" the mayor speaks, and she goes on speaking; no inquiry does."""
    text = f"{named} promised an inquiry. “They deserve to know why,” she said."
    assert [a.speaker for a in attributions(text)] == ["Jane Doe", "Jane Doe"]
