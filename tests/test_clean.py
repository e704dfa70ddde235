"""Cleaning: pages of our own writing, and the share of body kept and of furniture dropped."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean import clean, dateline
from index.lines import split
from index.read import read_file, read_stream

PAGES = Path(__file__).parent / "fixtures" / "pages"
PASTED = sorted(PAGES.glob("paste-*.gold"))
TITLED = [path for path in PASTED if path.stem != "paste-alternativeweekly"]  # its headline is two sentences
CHECK = sorted(PAGES.glob("check-*.gold"))  # nothing was tuned on these, and nothing should be
SAVED = sorted(PAGES.glob("page-*.gold"))
SHARED = Path(__file__).parents[1].parent / "shared" / "articles"


def _gold(path: Path) -> tuple[str, Counter[str]]:
    title, *body = path.read_text(encoding="utf-8").splitlines()
    return title, Counter(body)


def _lines(text: str) -> Counter[str]:
    return Counter(line for line in text.split("\n") if line.strip())


def _size(lines: Counter[str]) -> int:
    return sum(len(line) * times for line, times in lines.items())


def _shares(gold: Path) -> tuple[int, int, int, int]:
    """Characters of a pasted text's body: all, kept; of its furniture: all, dropped."""
    title, body = _gold(gold)
    source = gold.with_suffix(".txt").read_text(encoding="utf-8")
    furniture = _lines(source) - body - Counter([title])
    out = _lines(clean(source).text)
    return _size(body), _size(body & out), _size(furniture), _size(furniture) - _size(out - body)


def test_pasted_texts_keep_their_body_and_lose_their_furniture():
    """Over 82 pasted texts in 15 languages: 99.5 % of the body kept, 90 % of the furniture dropped."""
    assert len(PASTED) >= 82
    body, kept, furniture, dropped = map(sum, zip(*map(_shares, PASTED), strict=True))
    assert kept / body >= 0.995
    assert dropped / furniture >= 0.9


def test_texts_that_nothing_was_tuned_on_keep_their_body_too():
    """Over eight of them: 99.5 % of the body kept, seven tenths of the furniture dropped."""
    assert len(CHECK) >= 8
    body, kept, furniture, dropped = map(sum, zip(*map(_shares, CHECK), strict=True))
    assert kept / body >= 0.995
    assert dropped / furniture >= 0.7


def test_an_article_about_what_pages_are_made_of_keeps_every_line():
    """Copyright, networks, passwords, comments, pictures, results and lists, within a page's furniture."""
    body, kept, furniture, dropped = _shares(PAGES / "hard-lines.gold")
    assert (kept, dropped) == (body, furniture)


def test_a_page_wrapped_in_what_looks_like_a_notice_is_no_notice():
    """A form or a consent class around the whole page takes no paragraph away."""
    page = (PAGES / "page-consent.html").read_text(encoding="utf-8")
    for opened, closed in (("<form><div>", "</div></form>"), ("<div class='cookie consent'>", "</div>")):
        wrapped = page.replace("<nav>", opened + "<nav>").replace("<footer>", closed + "<footer>")
        text = read_stream(io.BytesIO(wrapped.encode()), "a.html").articles[0].text
        assert _gold(PAGES / "page-consent.gold")[1] <= _lines(text)


@pytest.mark.parametrize("gold", TITLED, ids=lambda path: path.stem)
def test_the_headline_of_a_pasted_text_is_its_title_and_no_part_of_its_text(gold):
    """Menus, site names, standfirsts and captions are not the headline."""
    title, _ = _gold(gold)
    cleaned = clean(gold.with_suffix(".txt").read_text(encoding="utf-8"))
    assert cleaned.title == title
    assert title not in cleaned.text.split("\n")


def test_saved_pages_keep_their_body_and_lose_their_furniture():
    """Over 17 saved pages: 99.5 % of the body kept, and at most 3 % of what is left is furniture."""
    assert len(SAVED) >= 17
    body = kept = left = 0
    for gold in SAVED:
        title, lines = _gold(gold)
        article = read_file(gold.with_suffix(".html"), gold.stem + ".html").articles[0]
        out = Counter(line.removeprefix("- ") for line in _lines(article.text).elements())
        assert article.title == title, gold.stem
        body, kept, left = body + _size(lines), kept + _size(lines & out), left + _size(out - lines)
    assert kept / body >= 0.995
    assert left / body <= 0.03


@pytest.mark.parametrize(
    "line",
    [
        "He declined to comment.",
        "“A loaf is a loaf,” said Ms Brodie.",
        "The company says its newsletter had 40,000 subscribers when the password list was stolen.",
        "“We use cookies and we sell your data, and you agreed to it,” the manager told the court.",
        "Nobody was hurt.",
        "The bill would make every website ask before it sets a cookie.",
        "Comments by the minister were taken out of context, a spokesman said.",
        "Correction: an earlier version of this article gave the wrong age.",
        "«No lo sé.»",
        "A message from the pilot was never answered.",
        "This article was published in 1998 and cost its author his post.",
        "Sponsored by the state, the theatre had no need of visitors.",
        "A: The vaccines for young children were rolled out this week after the agency had agreed",
        "News: An earlier version of this story gave the bridge a wrong length. It is 40 m long. www.example.com",
        "Copyright law was reformed by parliament on Tuesday, ending four years of dispute with the libraries.",
        "The court found that the label “© Fjord” was forged on 3,000 maps that were sold in the harbour.",
        "Map: the parties argued for months about where the border on the new map should run.",
        "The archive of the harbour was sold on Monday to Getty Images.",
        "Google, Apple and Facebook must share data.",
        "Newsletter subscribers of the party will vote on the leader by email.",
        "Subscribers left the company after it raised prices for members who share a password.",
        "We ask you to keep your email password private, the minister told citizens.",
        "The strike is over after three weeks. More about that on Friday.",
        "A video shared by the police on Monday shows the ferry turning round.",
        "The story continues to divide the islanders.",
        "The minister told them to order your copy at once.",
        "The name of the suspect may not be published.",
        "Help is on the way, and we will be there by Friday, the mayor wrote.",
        "Jonas Brandt covers 40 miles a week, most of them uphill.",
        "Jonas Brandt covers his face when he is asked about the last crossing.",
        "Jonas Brandt covers the deck with a tarpaulin every winter.",
        "Jonas Brandt is an editor at a paper on the mainland, and the only one who came.",
        "Join us on Saturday at the quay, where we will sail for our ferry.",
        "Lucas is a name that the islanders gave to storms.",
        "More from the harbour was expected on Tuesday.",
        "The views expressed in court were shared by nobody.",
        "Nobody contributed to the report that the council had ordered.",
        "Sources close to the harbour office denied it.",
        "See you in court: that was the last letter to the editor.",
        "Join us or leave the hall, the chairman said to the three members.",
        "Above all: do not sail.",
        "The photograph on the left shows the pier, and the one on the right shows what is left of it.",
    ],
)
def test_a_body_line_stays_wherever_it_stands(line):
    """Short quotations, denials, corrections, and news about the things that furniture is made of."""
    first, last = "The harbour office said on Monday that the ferry would not sail.", "The next ferry sails on Friday."
    for order in ([line, first, last], [first, line, last], [first, last, line]):
        text = "\n\n".join(order)
        assert clean("Ferry stays in harbour\n\n" + text).text == text


PARAGRAPHS = (
    "The ferry did not sail on Monday, the harbour office said. Nobody could say why it had stayed.",
    "Its owner, Fjordline, expects it to sail again on Friday. Tickets are valid until then.",
    "The islanders hired a fishing boat. It carried forty people and a piano across the sound.",
)


@pytest.mark.parametrize(
    "page",
    [
        "{0}\n\n{1}\n\nShare\nThe ferry at its berth, seen from the chapel\nSave\n\n{2}",
        "{0}\n\n{1}\n\nSave\nSeal sleeps on runway again\nBaker forgets all the bread\nShare\n\n{2}",
        "{0}\n\nYou might also be interested in:\nWho pays for the new quay?\nSeal sleeps on runway\n\n{1}\n\n{2}",
        "{0}\n\nUpdated at 21.20 GMT\n\n{1}\n\n{2}",
        "By Ann Lee\n\nMs. Lee is the author of a book about boats.\n\n{0}\n\n{1}\n\n{2}",
        "By Ann Lee\n\n{0}\n\n{1}\n\n{2}\n\nAnn Lee has written about boats since 1988 and lives on one.",
        "{0}\n\n{1}\n\n{2}\n\nAbout Kessel County\nKessel County is home to 88,000 people and to many fine hills.",
        "{0}\n\n{1}\n\n{2}\n\nTell us what you saw, and we may print it.\nShare",
        "{0}\n\n{1}\n\n{2}\n\nTo reach the reporter on this story:\nAnn Lee at lee@example.com\nMay 14 2022 08:31 GMT",
    ],
)
def test_what_furniture_holds_between_it_is_none_of_the_article(page):
    """Captions, titles of other articles, who the writer is, the page's own voice after the last paragraph."""
    kept = clean("Ferry stays in harbour\n\n" + page.format(*PARAGRAPHS)).text
    assert [line for line in kept.split("\n") if line] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "What the ferry costs",
        "The three boats are:\nThe Aurora\nThe Vesle\nThe Orrin",
        "cast forth\nover the sound\nshe sailed\nShare\nand never\ncame ashore",
        "“We told you so,” said the baker, and wrote it on a board.",
        "The U.S. owner said that we should all learn from this.",
        "What next",
        "Share prices",
        "Video evidence",
        "What we know so far:\nThe ferry stayed in harbour\nNobody was hurt\nThe quay is closed",
        "Here is what you should do:\nCall the office\nKeep your ticket",
        "3-1",
        "4 8 15 16 23 42",
        "1998",
        "Kivi 2\nOrrin 1\nKivi 2",
        "Three companies were fined:\nGoogle\nApple\nFacebook",
        "Comments",
    ],
)
def test_what_only_looks_like_it_stays(line):
    """Sub-headings, lists below a colon, results, figures, poems, speech."""
    lines = [part for part in line.split("\n") if part != "Share"]
    kept = clean("Ferry stays in harbour\n\n" + "\n\n".join([*PARAGRAPHS[:2], line, PARAGRAPHS[2]])).text
    assert [part for part in kept.split("\n") if part] == [*PARAGRAPHS[:2], *lines, PARAGRAPHS[2]]


@pytest.mark.parametrize(
    "end",
    [
        "The winners are:\nAnn Lee\nBo Ray\nCara Moe",
        "It ended like this:\n\n3-1",
        "Did it sail, the clerk asked the owner.\n\nNo.",
        "Kivi 2\nOrrin 1",
    ],
)
@pytest.mark.parametrize("below", ["", "\n\nShare\nSave\n© 2024 Coastwire"])
def test_a_list_a_result_and_one_word_may_end_an_article(end, below):
    """The whole list below a colon, whatever stands below it."""
    text = "\n\n".join([*PARAGRAPHS, end])
    assert clean("Ferry stays in harbour\n\n" + text + below).text == text


def test_a_sub_heading_named_comments_ends_no_article():
    """What ends it has readers' comments below it: stamps, answers, a form."""
    text = "\n\n".join([*PARAGRAPHS, "Comments", PARAGRAPHS[0] + " Again.", PARAGRAPHS[1] + " Again."])
    assert clean("Ferry stays in harbour\n\n" + text).text == text
    assert clean("Ferry stays in harbour\n\n" + text + "\n\nRead more\n\n" + PARAGRAPHS[2] + " Again.").text.startswith(
        text
    )


def test_figures_that_number_pages_and_readers_are_furniture():
    """A lone number of up to three digits."""
    text = "Ferry stays in harbour\n\n" + "\n\n12\n\n".join(PARAGRAPHS)
    assert [line for line in clean(text).text.split("\n") if line] == list(PARAGRAPHS)


def test_of_a_page_that_its_parser_took_apart_lists_and_tables_stay():
    """Trafilatura and Word's own marks have told what is furniture; shapes alone decide nothing there."""
    lines = ["- Kivi 2", "- Kivi 2", "Kivi | 2 | 1", "Ann Lee", "Bo Ray", "3-1", "The bridge at night", "Ann Lee"]
    text = "\n\n".join([*PARAGRAPHS, *lines])
    assert clean(text, "Ferry stays", parsed=True).text == text
    assert clean(text + "\n\nFollow us on Facebook.\n\nRead more", "Ferry stays", parsed=True).text == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_cleaning_drops_whole_lines_and_changes_none(text):
    """Every line of the result stands in the source, in the same order."""
    found = 0
    for line in split(clean(text).text):
        found = text.find(line.words, found)
        assert found >= 0
        found += len(line.words)


@given(st.text(max_size=200))
def test_a_text_with_something_in_it_is_never_cleaned_away(text):
    """Where nothing looks like an article, all is kept."""
    assert bool(clean(text).text.strip()) == bool(text.strip())


def test_line_breaks_and_spaces_stay_as_they_were():
    """Indented paragraphs, CRLF and blank lines survive."""
    body = " The ferry did not sail.\r\n\r\n\tNobody could say why.\r\nIt rained."
    assert clean("Ferry stays in harbour\r\n\r\n" + body + "\r\n\r\nShare\r\n").text == body


@pytest.mark.parametrize(
    ("head", "published", "updated"),
    [
        ("Published 3 May 2024", "2024-05-03", None),
        ("May 3, 2024 at 10:22 | Updated: May 4, 2024", "2024-05-03", "2024-05-04"),
        ("Stand: 03.05.2024, 17:45 Uhr", "2024-05-03", None),
        ("03/04/2024", None, None),
        ("13/04/2024", "2024-04-13", None),
        ("31 February 2024", None, None),
        ("Today, 10:22", None, None),
        ("15 Haziran 2023", "2023-06-15", None),
        ("15 Ιουνίου 2023", "2023-06-15", None),
        ("15 червня 2023", "2023-06-15", None),
        ("15. června 2023", "2023-06-15", None),
        ("نشر في 15 يونيو 2023", "2023-06-15", None),
        ("2023년 6월 15일", "2023-06-15", None),
    ],
)
def test_a_day_is_read_where_it_is_written_and_clear(head, published, updated):
    """An ambiguous, impossible or relative day is no day."""
    cleaned = clean(f"Ferry stays in harbour\n{head}\n\nThe ferry did not sail. Nobody could say why.")
    assert (cleaned.published, cleaned.updated) == (published, updated)


@pytest.mark.parametrize(
    "line",
    [
        "Ferry vote on 12 June 2024",
        "Hearing set for 12 June 2024",
        "First opened 1 June 1962",
        "Photo taken on 3 March 2019",
        "Photo: Ann Lee, 3 March 2019",
        "By Friday 12 June 2024 the ferry must sail",
        "12 June 2024 to 3 July 2024",
        "Fährabstimmung am 12. Juni 2024",
        "入学式 2024年5月3日",
    ],
)
def test_the_day_of_an_event_or_a_picture_is_no_day_of_publication(line):
    """A line says when the article came out only where it says nothing else, wherever in the head it stands."""
    below = "\n\nThe ferry did not sail. Nobody could say why."
    assert clean(f"Ferry stays in harbour\n{line}{below}").published is None
    assert clean(line + below).published is None
    assert clean(line + below, title=line).published is None


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("Posted on 3 May 2024 by Staff", "2024-05-03"),
        ("By Ann Lee, Harbour Times, 3 May 2024", "2024-05-03"),
        ("Harbour Times | 3 May 2024 | 5 min read", "2024-05-03"),
        ("Kivi, 3 May 2024 - 23:48", "2024-05-03"),
        ("05/13/2024 09:31:00 [NPN]", "2024-05-13"),
        ("发布时间：2024年5月3日 10:22 来源：海岸社", "2024-05-03"),
        ("25 November 2026\nPublished 3 May 2024", "2024-05-03"),
        ("25 November 2026\n3 May 2024", None),
        ("Kivi, 3 May 2024", None),
    ],
)
def test_a_day_beside_who_and_where_is_that_of_publication(head, published):
    """One that is said to be it goes first; of two that aren't, today's in the page's head maybe, neither is taken."""
    assert clean(f"Ferry stays in harbour\n{head}\n\nThe ferry did not sail. Nobody knew.").published == published


def test_a_headline_with_a_day_in_it_is_the_headline():
    """Its words are kept: in the title, where no other line is one."""
    text = "Parliament to vote on border law on 12 June 2024\n\nThe border law is old. Parliament changed it in May."
    assert clean(text).title == "Parliament to vote on border law on 12 June 2024"


def test_a_dateline_gives_a_day_and_stays_in_the_text():
    """The words of a dateline are the article's."""
    text = "HELSINKI, 3 May 2024 (Coastwire) — The ferry did not sail. Nobody could say why."
    cleaned = clean("Ferry stays in harbour\n\n" + text)
    assert (cleaned.text, cleaned.dateline) == (text, "2024-05-03")


def test_a_dateline_on_a_line_of_its_own_stays():
    """Its words are the article's, with a dash at its end or none."""
    for line in ("KIVI (NPA) —", "Kivi (npa)"):
        text = line + "\n\nThe ferry did not sail on Monday. Nobody could say why the ferry had stayed."
        assert clean("Ferry stays in harbour\n\n" + text).text == text
    text = "The ferry did not sail on Monday. Nobody could say why the ferry had stayed."
    assert clean("Ferry stays in harbour\nKivi (AFP)\n\n" + text).text == text  # a picture's credit


def test_the_date_of_an_e_mail_is_not_its_articles():
    """The head of what was sent on is dropped; one label of a plain text is not such a head."""
    head = "From: Ann <ann@example.com>\nDate: Tue, 3 May 2022\nSubject: Fwd: ferry\nTo: desk@example.com\n\n"
    text = "The ferry did not sail on Monday. Nobody could say why the ferry had stayed."
    cleaned = clean(head + "Ferry stays in harbour\n\n" + text)
    assert (cleaned.title, cleaned.published, cleaned.text) == ("Ferry stays in harbour", None, text)
    assert clean("Ferry stays in harbour\nDate: 3 May 2022\n\n" + text).published == "2022-05-03"


def test_words_of_scripts_with_vowel_signs_are_whole():
    """Devanagari's signs and Hebrew's points are part of their word."""
    (line,) = split("द्वीप के लिए नौका")
    assert line.tokens == ("द्वीप", "के", "लिए", "नौका")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("KIVI, 3 May 2024 (NPA) — The ferry", "2024-05-03"),
        ("KIVI, May 3, 2024 (NPA) - The ferry", "2024-05-03"),
        ("KIVI (NPA), May 3, 2024 – The ferry", "2024-05-03"),
        ("NEW KIVI (NPA, May 3, 2024) — The ferry", "2024-05-03"),
        ("KIVI, Friday, May 3, 2024 — The ferry", "2024-05-03"),
        ("KIVI — May 3, 2024 — The ferry", "2024-05-03"),
        ("May 3, 2024 — KIVI — The ferry", "2024-05-03"),
        ("Kivi, den 3. Mai 2024: Die Fähre", "2024-05-03"),
        ("KIVI, le 3 mai 2024 — Le bac", "2024-05-03"),
        ("San Juan de la Cruz, 3 de mayo de 2024 (NPA).- El transbordador", "2024-05-03"),
        ("Киви, 3 мая 2024 (НПА) — Паром", "2024-05-03"),
        ("KIVI, 2024-05-03 — The ferry", "2024-05-03"),
        ("KIVI, May 3 (NPA) — The ferry", None),
        ("KIVI, 3/4/2024 — The ferry", None),
        ("KIVI, 3 May 2024 The ferry", None),
        ("The fire, on 3 May 2019: what we know", None),
        ("On Monday, 3 May 2019 — the day of the fire", None),
        ("In Kivi, 3 May 1940 - the day it burned", None),
        ("Ann Lee (born 3 May 1960) — the actor", None),
        ("Ann Lee, 3 May 1960 – 4 June 2020, was an actor", None),
        ("The war (1 May 2019 - 3 May 2020) began", None),
    ],
)
def test_a_dateline_is_a_place_a_day_and_a_dash(text, day):
    """A day that something happened on, or a life, is no dateline; nor is one without its year."""
    assert dateline(text + " did not sail. Nobody could say why.") == day


@pytest.mark.parametrize(
    "piece",
    ["x", "x@", "((", "“", ". ", "| ", "5 May ", ", a ", "© ", "Share\n", "By A\n", "a b\n\n", "Read more\n"]
    + ["Google\n", "Comments\n\n", "It is:\na\n", "It said so.\n12 4\n", "Label: a\n", "Map: it.\n"],
)
def test_a_long_text_of_anything_is_cleaned(piece):
    """No pattern takes time with the square of a line's length, or of the number of lines."""
    text = "Ferry stays in harbour\n\n" + piece * (200_000 if "\n" not in piece else 9_000)
    assert clean(text).text.strip() and clean(text, parsed=True).text.strip()


@pytest.mark.shared
def test_the_real_pasted_article_loses_its_furniture_only():
    """Title apart; labels, caption, comments and form gone; the paragraphs exactly as they stood."""
    if not SHARED.exists():
        pytest.skip("the shared articles are not here")
    source = next(SHARED.glob("000_*.txt")).read_text(encoding="utf-8")
    cleaned = clean(source)
    assert cleaned.title == source.split("\n")[0]
    body = source[source.index("\n\n", source.index("Fact checked")) : source.index("1 Comment")]
    assert cleaned.text == body.strip("\n")
    assert len(list(split(cleaned.text))) in (11, 12)
