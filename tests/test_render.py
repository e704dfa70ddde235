"""What the page shows is the articles' words and nothing that they could do."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Choice, Disagreement, Found, Limit, Quote, Side
from index.articles import Article
from index.scope import Scope
from tests.newsroom import (
    ABOARD,
    ABOARD_Q,
    ANSWERS,
    COPY,
    EIGHTEEN,
    LOOKED_AT,
    MAYOR_Q,
    RADAR,
    REFLOATED,
    TREATED,
    TREATED_Q,
    WHY_Q,
)
from ui import render

UNMASKED = r'<span class="unmasked">U&#43;[0-9A-F]{4,6}</span>'


def words(markup: str) -> str:
    """What a person reads in some HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup)).replace("\xa0", " ")


@given(st.text())
def test_escaped_text_is_letters_digits_spaces_and_references(text):
    """No character that HTML, Markdown or a template string could take for markup is left as it is."""
    assert re.fullmatch(rf"(?:[^\W_]| |&#\d+;|{UNMASKED})*", render.escape(text))


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"])))
def test_escaped_text_reads_as_it_was(text):
    """Escaping changes nothing that a person reads."""
    assert html.unescape(render.escape(text)) == text


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\x00", "\x1b", "\ud800", "\U000e0041"])
def test_characters_that_could_mislead_are_shown(hidden):
    """A control, bidi override, tag or half surrogate is shown by its number instead of doing its work."""
    shown = render.escape(f"a{hidden}b")
    assert hidden not in shown
    assert words(shown) == f"aU+{ord(hidden):04X}b"


@pytest.mark.parametrize("empty", ["\u00ad", "\u200b", "\ufeff", "\u2060"])
def test_characters_without_meaning_are_left_out(empty):
    """Soft hyphens, zero width spaces and byte order marks don't clutter a quote."""
    assert render.escape(f"harbour{empty}master") == "harbourmaster"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//evil.example/x",
        "http://",
        "http://[broken",
        "https://evil.example/\u202egpj.exe",
        "not a link",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(url):
    """A link is http or https with a host, or there is none."""
    assert render.link(url) == ""


def test_a_link_goes_out_without_telling_from_where():
    """A link opens in a new tab, tells the other site nothing, and names its real host."""
    link = render.link("https://harbour-courier.example@evil.example/a?b=<c>&d='e'")
    assert 'rel="noopener noreferrer nofollow"' in link
    assert 'target="_blank"' in link
    assert words(link).startswith("evil.example")
    assert html.unescape(re.search(r'href="([^"]*)"', link)[1]).endswith("/a?b=<c>&d='e'")


@given(st.text(max_size=200), st.data())
def test_an_article_shows_all_its_words_and_marks_the_quote(text, data):
    """The article's words stand in their order, and the mark holds those of the quote."""
    if not text.strip():
        text = "x" + text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = render.article(Article("a", text), (start, end), [(0, min(5, len(text)))])
    body = re.search(r'<div class="body">(.*)</div>', shown, re.DOTALL)[1]
    marks = "".join(re.findall(r'<mark class="here">(.*?)</mark>', body, re.DOTALL))

    def seen(part: str) -> str:
        return "".join(words(render.escape(part)).split())

    assert "".join(words(body).split()) == seen(text)
    assert "".join(words(marks).split()) == seen(text[start:end])


def test_a_quote_may_run_over_paragraphs():
    """Each paragraph marks its own part of a quote that runs on."""
    shown = render.article(Article("a", "One two.\n\nThree four.\n\nFive."), (4, 15))
    assert re.findall(r'<mark class="here">(.*?)</mark>', shown) == ["two&#46;", "Three"]


def test_lines_are_paragraphs_only_where_no_blank_line_parts_them():
    """A text in hard-wrapped lines keeps its paragraphs, and one with a line a paragraph does too."""
    assert render.article(Article("a", "One\ntwo.\n\nThree."), None).count("<p dir") == 2
    assert render.article(Article("a", "One.\nTwo.\nThree."), None).count("<p dir") == 3


def test_other_quotes_of_the_answer_are_marked_more_lightly():
    """The quote that was clicked lies over the others."""
    shown = render.article(Article("a", "One two three four."), (4, 7), [(0, 13), (4, 7)])
    assert re.findall(r'<mark class="(\w+)">(.*?)</mark>', shown) == [
        ("other", "One "),
        ("here", "two"),
        ("other", " three"),
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (ABOARD, ["in the outlet’s own voice"]),
        (TREATED, ["attributed to the coastguard"]),
        (REFLOATED, ["hedged: may", "attributed to the harbour office"]),
        (RADAR, ["denied by Nordline"]),
        (replace(TREATED, speaker="The Harbour Board"), ["attributed to the Harbour Board"]),
        (replace(TREATED, speaker="Theo Andersson"), ["attributed to Theo Andersson"]),
        (replace(TREATED, speaker=None), ["attributed, no name given"]),
        (replace(REFLOATED, speaker=None, hedge=None), ["hedged"]),
        (replace(RADAR, speaker=None), ["denied"]),
    ],
)
def test_each_quote_says_whose_words_it_holds(given, said):
    """The stance and the speaker stand beside a quote, in words and not by colour alone."""
    assert render.voices(given) == said


def test_an_answer_shows_its_words_its_quotes_and_their_sources():
    """The short answer is bold, each quote is numbered and carries outlet, day and headline."""
    card = render.card(ANSWERS[WHY_Q], 3)
    read = words(card)
    assert RADAR.text in read and REFLOATED.text in read
    assert "[1] Evening Ledger · 4 March 2026 · Ferry accident: eighteen now treated" in read
    assert "[2] Harbour Courier · 3 March 2026 · Ferry runs aground off Lindholm in thick fog" in read
    assert 'href="#quote-3-0"' in card and 'href="#quote-3-1"' in card
    assert "Confidence: fair (55%)" in read
    assert "<strong>Eighteen</strong> by the later report" in render.card(ANSWERS[TREATED_Q], 0)


def test_the_short_answer_is_bold_only_as_a_whole_word():
    """No part of a longer word or number is taken for the answer."""
    answer = Answer("?", "answered", "There were 4,300 people; 3 were hurt.", short="3", quotes=(ABOARD,))
    assert "people&#59; <strong>3</strong> were" in render.card(answer, 0)


def test_sides_stand_next_to_each_other_with_their_days():
    """A disagreement shows both sides, dated, under the name of its kind, and each quote once."""
    read = words(render.card(ANSWERS[TREATED_Q], 0).split('<span class="as-markdown">')[0])
    assert "Reported differently on another day" in read
    assert read.index("4 March 2026") < read.index("Eighteen people") < read.index("Eleven passengers were")
    assert read.count(EIGHTEEN.text) == read.count(TREATED.text) == 1


def test_a_quote_that_only_a_side_holds_has_a_number_too():
    """What stands on the page can be opened."""
    sides = Disagreement("conflict", (Side("a", (EIGHTEEN,)), Side("b", (TREATED,))))
    answer = Answer("?", "answered", "They differ.", quotes=(EIGHTEEN,), disagreement=sides, looked_at=LOOKED_AT)
    assert render.cited(answer) == (EIGHTEEN, TREATED)
    assert render.reachable(answer) == (EIGHTEEN, TREATED, *LOOKED_AT)


def test_copies_are_listed_and_counted_as_one_source():
    """A copy of the quoted story is named under the quote, and can be opened."""
    card = render.card(ANSWERS[TREATED_Q], 0)
    assert "Also in 1 copy of this story, counted as one source" in words(card)
    assert "Sound Gazette" in words(card)
    assert 'href="#quote-0-1-0"' in card


def test_not_found_says_so_and_quotes_nothing_as_an_answer():
    """Where the articles don't say, the passages that were read are no answer."""
    card = render.card(ANSWERS[MAYOR_Q], 0)
    assert '<article class="answer not-found">' in card
    assert '<li class="quote' not in card
    assert "What I looked at (3 passages)" in card
    assert "Chance that the articles answer this: 4%" in words(card)


def test_a_greeting_has_no_confidence():
    """Where nothing is claimed, nothing is measured."""
    assert "onfidence" not in render.card(Answer("Hello", "answered", "Hello! Ask about the articles."), 0)


def test_a_limit_is_named_under_the_answer():
    """A person who forgot the filter sees that it was on."""
    scope = Scope(outlets=frozenset({"Evening Ledger"}), since="2026-03-01", until="2026-03-04")
    read = words(render.card(ANSWERS[MAYOR_Q], 0, scope))
    assert "only Evening Ledger · from 1 March 2026 to 4 March 2026" in read


def test_each_limit_is_a_button_that_takes_it_away():
    """A limit found in the question's words stands above the answer, and its button names the answer and the limit."""
    limits = (Limit("only X", "only <Coast> Today", Scope()), Limit("in March", "published in March", Scope()))
    shown = render.card(replace(ANSWERS[MAYOR_Q], limits=limits), 3)
    assert words(shown).startswith("only <Coast> Today: ask without this limit×published in March: ask without")
    assert re.findall(r'<button type="button" class="again limit" value="([^"]+)"', shown) == ["lift-3-0", "lift-3-1"]
    assert "<Coast>" not in shown
    assert "again" not in render.card(ANSWERS[MAYOR_Q], 3)


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        ("alone", "Understood by itself. Ask it after the previous question"),
        ("after", "Understood after the previous question. Ask it alone"),
    ],
)
def test_how_a_question_was_read_is_shown_and_can_be_changed(reading, said):
    """A question after others says how it was understood, and a button asks it the other way; a first one doesn't."""
    shown = render.card(replace(ANSWERS[MAYOR_Q], reading=reading), 2)
    assert said in words(shown) and 'value="reread-2"' in shown
    assert "Understood" not in render.card(ANSWERS[MAYOR_Q], 2)


def test_other_answers_stand_once():
    """They are listed where nothing contradicts; where sources disagree they stand side by side, and not again."""
    several = replace(ANSWERS[WHY_Q], alternatives=("Tuesday",))
    assert "Also given: Tuesday" in words(render.card(several, 0))
    assert "Also given" not in words(render.card(ANSWERS[TREATED_Q], 0))


def test_choices_are_buttons():
    """What is asked back can be clicked; it isn't listed as an answer."""
    choices = (Choice("The <b>ferry</b>", ("ferry",)), Choice("The mail boat", ("boat",)))
    asked = Answer("Which?", "not_found", "Which one?", alternatives=("The ferry", "The mail boat"), choices=choices)
    shown = render.card(asked, 1)
    assert re.findall(r'class="again choice" value="([^"]+)"', shown) == ["choose-1-0", "choose-1-1"]
    assert 'class="answer asked-back"' in shown and "Chance" not in shown
    assert "The <b>ferry</b>" in words(shown) and "<b>ferry" not in shown and "Also given" not in shown


def test_what_is_missing_is_said_not_guessed():
    """An article without outlet, date and headline says so."""
    bare = Article("a", "Nothing is known of it.")
    read = words(render.card(Answer("?", "answered", "x", quotes=(Quote(bare, 0, 7),)), 0))
    assert "outlet not given · no date · no headline" in read


def test_a_quote_that_a_copy_words_differently_is_not_marked():
    """An article opened without a place to mark says so."""
    assert "does not stand here word for word" in words(render.article(COPY, None))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-03-03", "2026-03-04", "3 – 4 March 2026"),
        ("2026-03-03", "2026-04-04", "3 March – 4 April 2026"),
        ("2025-03-03", "2026-03-04", "3 March 2025 – 4 March 2026"),
        ("2026-03-03", "2026-03-03", "3 March 2026"),
        (None, None, ""),
    ],
)
def test_the_header_says_what_the_library_holds(first, last, said):
    """Articles, outlets and days, without repeating a month or a year."""
    read = words(render.header(1, 2, first, last))
    assert "1 article · 2 outlets" in read
    assert f"2 outlets{' · ' + said if said else ''}Answers" in read


def test_while_it_reads_the_page_names_the_sources():
    """The sources come first, each once."""
    assert words(render.found(Found(LOOKED_AT))) == "Reading 3 passages from Harbour Courier, Evening Ledger …"
    assert words(render.found(Found(()))) == "Reading 0 passages …"


def test_an_answer_can_be_kept_with_its_sources():
    """The Markdown of an answer carries the question, each quote word for word, and where it stands."""
    kept = render.markdown(ANSWERS[TREATED_Q])
    assert kept.startswith(f"**{TREATED_Q}**\n")
    for quote in (EIGHTEEN, TREATED):
        assert f"> “{quote.text}”" in kept
    assert (
        "> \\[1\\] Evening Ledger · 4 March 2026 · Ferry accident: eighteen now treated"
        " · attributed to the hospital in Osby <https://ledger.example/ferry-update>" in kept
    )
    assert "also in Sound Gazette" in kept


def test_kept_text_is_no_markup():
    """An article can put no image, link or HTML into the Markdown that a person pastes elsewhere."""
    article = Article("a", "![x](https://evil.example/p.png) <img src=x>\n# `code`\n> quote", title="[a](b)")
    answer = Answer("?", "answered", "x", quotes=(Quote(article, 0, len(article.text)),))
    assert "\\!\\[x\\](https://evil.example/p.png) \\<img src=x\\> \\# \\`code\\` \\> quote" in render.markdown(answer)
    assert "\\[a\\](b)" in render.markdown(answer)


def test_a_mark_in_what_is_said_opens_its_quote():
    """“[2]” is a link to the second quote; a mark without a quote, or within an article's words, is none."""
    answer = replace(ANSWERS[WHY_Q], words="Nordline denied it. [1] It may be afloat. [2] “See [1].” [9]")
    card = render.card(answer, 3)
    assert card.count('class="open mark"') == 2
    assert 'class="open mark" href="#quote-3-0"' in card and 'class="open mark" href="#quote-3-1"' in card
    assert "Nordline denied it. [1] It may be afloat. [2] “See [1].” [9]" in words(card)


def test_what_nothing_was_read_for_has_no_confidence():
    """Quotes by a rule and facts of the library carry no measure, and are not listed again as looked at."""
    card = render.card(replace(ANSWERS[ABOARD_Q], confidence=1.0, looked_at=(ABOARD,)), 0)
    assert "Confidence" not in card and "What I looked at" not in card


def test_a_limit_alone_names_the_question_that_it_limits():
    """Who reads "only the Courier" sees what is answered under it; a question of its own isn't said twice."""
    asked = Answer("only the Courier", "not_found", "The articles don’t say.", meant="Who <b>ran</b> it aground?")
    assert "To “" in render.card(asked, 0) and "<b>" not in render.card(asked, 0)
    assert "To “" not in render.card(replace(asked, meant=asked.question), 0)
