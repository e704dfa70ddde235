"""Yes or no: what a sentence makes of a question is decided by its words alone."""

from __future__ import annotations

import pytest

from assistant.reader import Reader
from assistant.settling import is_closed, settle, verdict
from assistant.stretches import Stretch
from index.articles import Article

REPORT = Article(
    "report", "The clinic cancelled 340 operations in May. Patients were told by letter.", "Clinic operations"
)
NOTE = Article(
    "note",
    "Our article of 3 May on the clinic gave a wrong figure. It said that 340 operations had been cancelled. "
    "The correct number is 34.\n\nThe mistake was ours.",
    "Correction: clinic operations",
)


@pytest.mark.parametrize(
    ("question", "closed"),
    [
        ("Was the strike confirmed?", True),
        ("And did she resign?", True),
        ("Isn't the bridge open?", True),
        ("Who confirmed the strike?", False),
        ("What was confirmed?", False),
        ("Washington's mayor?", False),
    ],
)
def test_a_closed_question_begins_with_an_auxiliary(question, closed):
    """Only such a question is answered by yes or no."""
    assert is_closed(question) == closed


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("Did the mayor open the bridge?", "The mayor opened the bridge on Friday.", "yes"),
        ("Did the mayor open the bridge?", "The mayor did not open the bridge on Friday.", "no"),
        ("Is the contract decided?", "The board will decide on the contract in July.", "not settled"),
        ("Will the board decide in July?", "The board will decide on the contract in July.", "yes"),
        ("Has the club been sold?", "The club is expected to be sold in May.", "not settled"),
        ("Will council tax go up?", "Council tax will rise by 4.5 per cent.", "yes"),
        ("Will council tax go down?", "Council tax will rise by 4.5 per cent.", "not settled"),
        ("Has nobody seen the mayor?", "Nobody has seen the mayor.", "yes"),
        ("Did the mayor not open the bridge?", "The mayor did not open the bridge.", "yes"),
        ("Did the mayor open the bridge?", "It is unclear whether the mayor opened the bridge.", "not settled"),
        ("Did the mayor open the bridge?", "The mayor reportedly opened the bridge.", "not settled"),
        ("Did the mayor open the bridge?", "The mayor cut a ribbon.", "not settled"),
        ("Was it a ship or a ferry?", "It was a ferry.", None),
        ("Is it true that the mayor opened the bridge?", "The mayor opened the bridge on Friday.", "yes"),
        ("Is it true that the bridge is closed?", "The bridge is closed.", "yes"),
        ("Is it true that the bridge is closed?", "The bridge is not closed.", "no"),
        ("Is it true that the mayor did not resign?", "The mayor did not resign.", "yes"),
        ("Is it true that no one died?", "No one died.", "yes"),
        ("Was it a ship or a ferry?", "It is unclear whether it was a ship or a ferry.", "not settled"),
    ],
)
def test_a_sentence_settles_a_question_only_with_its_words(question, sentence, said):
    """Negation turns yes to no, an open word leaves the matter open, and other words settle nothing."""
    assert verdict(question, sentence) == said


def test_what_settles_is_a_whole_sentence_without_the_space_around_it():
    """The sentence is given by its place in the article, wherever the stretch begins."""
    text = "Fog lay on the sound.\n\n The mayor opened the bridge on Friday.\nA band played."
    article = Article("a", text)
    settled = settle("Did the mayor open the bridge?", [Stretch(article, 21, len(text), 1.0, 0.5)], Reader())
    assert settled and settled.verdict == "yes"
    assert text[settled.start : settled.end] == "The mayor opened the bridge on Friday."


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("Did 40 people die?", "Fourteen people died when the ferry sank.", "no"),
        ("Did 40 people die?", "At least 14 people died when the ferry sank.", "not settled"),
        ("Did 40 people die?", "Forty people were killed when the ferry sank.", "yes"),
        ("Did three people die on the ferry?", "The toll of the ferry rose to three when a woman died.", "not settled"),
        ("Did two people die on the ferry?", "People died on the ferry, among them a man aged 2.", "not settled"),
        ("Did the bridge open in 2019?", "The bridge opened in 2021.", "not settled"),
        (
            "Did tax rise by 5 per cent?",
            "Tax did rise by 4.5 per cent.",
            "no",
        ),
    ],
)
def test_a_yes_stands_beside_no_other_figure(question, sentence, said):
    """Another figure for the same things is a no, unless it is a least; another figure of anything settles nothing."""
    assert verdict(question, sentence) == said


@pytest.mark.parametrize(
    ("question", "said"), [("Did it start in the kitchen?", "yes"), ("Did it start in the cellar?", "no")]
)
def test_of_a_contrast_only_the_half_that_is_asked_for_counts(question, said):
    """ "In the kitchen and not in the cellar" says no to the cellar alone."""
    assert verdict(question, "It started in the kitchen and not, as was thought, in the cellar.") == said


def report(text: str, day: str, title: str = "Coach of Osby Rovers") -> Stretch:
    """One report on one coach."""
    held = f"{text} The coach of Osby Rovers, Lena Holt, has led the team since May."
    return Stretch(Article(day, held, title=title, outlet=day, published=day), 0, len(held), 1.0, 0.5)


DENIED = report("Osby Rovers denied on Monday that the coach had resigned.", "2025-03-10")
RESIGNED = report("The coach of Osby Rovers resigned on Thursday.", "2025-03-13")


def test_a_newer_report_that_settles_it_goes_before_an_older_denial():
    """Whichever reads better; and a newer denial changes nothing that was reported."""
    settled = settle("Has the coach resigned?", [DENIED, RESIGNED], Reader())
    assert settled and (settled.verdict, settled.stretch) == ("yes", RESIGNED)
    assert [(other.verdict, other.stretch) for other in settled.others] == [("no", DENIED)]
    again = report("Osby Rovers denied again that the coach had resigned.", "2025-03-14")
    settled = settle("Has the coach resigned?", [RESIGNED, again], Reader())
    assert settled and settled.others and {settled.verdict, settled.others[0].verdict} == {"yes", "no"}


def test_who_speaks_is_no_word_of_what_is_said():
    """A fire officer who looks at a pan says nothing of a fire that it started."""
    pan = report("“We are looking at a chip pan,” said Ingrid Sollace, the chief fire officer.", "2025-03-12")
    settled = settle("Was the fire started by a chip pan?", [pan], Reader())
    assert settled and settled.verdict == "not settled"


def settled(question: str, *articles: Article):
    """What the whole texts make of a question."""
    return settle(question, [Stretch(a, 0, len(a.text), 1.0, 0.5) for a in articles], Reader())


@pytest.mark.parametrize("articles", [(REPORT, NOTE), (NOTE, REPORT), (NOTE,)])
@pytest.mark.parametrize("question", ["Were 340 operations cancelled?", "Was it 340 operations?"])
def test_what_a_correction_withdraws_is_no_yes(question, articles):
    """Where a note takes a figure back, neither the report nor the note's own words for it support it."""
    found = settled(question, *articles)
    assert found.verdict == "no" and found.corrects
    assert "340 operations" in (words := NOTE.text[found.start : found.end]) and "34." in words


def test_what_a_correction_puts_in_its_place_is_so():
    """The right figure, which stands in a sentence of its own, is confirmed by both together."""
    found = settled("Were 34 operations cancelled?", REPORT, NOTE)
    assert found.verdict == "yes" and found.stretch.article is NOTE


def test_without_a_note_the_report_stands():
    """The same report supports its figure where nothing corrects it."""
    assert settled("Were 340 operations cancelled?", REPORT).verdict == "yes"


def test_which_fire_is_meant_its_article_says():
    """ "The school fire" is the one in the article on it, whose sentence needn't say so again; another fire is none."""
    school = Article("a", "Nobody was hurt in the blaze, which began at six.", "Fire closes Lowe school")
    mill = Article("b", "Six people were hurt in the fire that swept through the mill.", "Fire in Lowe mill")
    assert settled("Was anyone hurt in the school fire?", school).verdict == "no"
    assert settled("Was anyone hurt in the school fire?", mill).verdict == "not settled"
    assert settled("Was anyone hurt in the mill fire?", mill).verdict == "yes"


def test_the_bridge_is_the_one_that_its_article_names():
    """In an article on Lowe Bridge "the bridge" is that one; in one on two bridges it may be either."""
    one = Article("a", "The bridge was closed on Friday.", "Lowe Bridge has cracks")
    two = Article("b", "The bridge was closed on Friday.", "Lowe Bridge and Tarn Bridge have cracks")
    assert settled("Was Lowe Bridge closed?", one).verdict == "yes"
    assert settled("Was Lowe Bridge closed?", two).verdict == "not settled"


@pytest.mark.parametrize(
    ("question", "sentence", "title", "said"),
    [
        ("Was anyone hurt in the school fire?", "Nobody was hurt in the fire.", "School fire in Lowe", "no"),
        ("Was anyone hurt in the school fire?", "Nobody was hurt in the mill fire.", "School fire", "not settled"),
        (
            "Was anyone hurt in the school fire?",
            "Nobody was hurt in the fire at the mill.",
            "School fire",
            "not settled",
        ),
        ("Was anyone hurt in the school fire?", "Two were hurt in a mill fire.", "School fire", "not settled"),
        ("Was the Lowe ferry sold?", "The ferry was sold.", "Lowe ferry finds a buyer", "yes"),
        ("Was the Lowe ferry sold?", "The ferry that ran from Tarn was sold.", "Lowe ferry stays", "not settled"),
        ("Did Holm resign as mayor?", "Holm resigned from the chess club.", "Mayor Holm", "not settled"),
    ],
)
def test_a_headline_lends_no_word_that_the_sentence_contradicts(question, sentence, title, said):
    """It fills a gap, but not where the sentence has a modifier or a place of its own."""
    assert settled(question, Article("a", sentence, title)).verdict == said
