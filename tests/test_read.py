"""Reading: the record that each format gives, text exactly as given, and clear sentences for the rest."""

from __future__ import annotations

import gzip
import json
import plistlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import DATE_SOURCES, Article
from index.errors import Unreadable
from index.read import READABLE, read_file, read_stream

BODY = "The ferry did not sail on Monday.\n\nNobody could say why."


def _read(tmp_path: Path, name: str, data: str | bytes):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_file(path, name)


def _refusal(tmp_path: Path, name: str, data: str | bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        _read(tmp_path, name, data)
    return str(refused.value)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_a_text_field_is_kept_code_point_for_code_point(text):
    """White space, furniture, bidi controls and all: what a structured source gives is what is stored."""
    import io

    data = json.dumps({"id": "a", "text": "x" + text}).encode()
    (article,) = read_stream(io.BytesIO(data + b"\n"), "a.jsonl").articles
    assert article.text == "x" + text


def test_json_comes_as_one_article_a_list_or_under_articles(tmp_path):
    """Three shapes, one meaning."""
    one = {"text": BODY, "title": "Ferry"}
    for value in (one, [one], {"articles": [one]}):
        assert _read(tmp_path, "a.json", json.dumps(value)).articles[0].title == "Ferry"


def test_fields_go_by_many_names(tmp_path):
    """`headline`, `source`, `byline`, `date` and `link` are understood, nested names too."""
    record = {
        "_id": 7, "headline": " Ferry  stays ", "source": {"name": "Coastwire"},
        "authors": ["A. Lee", {"name": "B. Ray"}],
        "publishedAt": "2024-05-03T23:30:00-05:00", "dateModified": "Sat, 04 May 2024 10:00:00 GMT",
        "link": "https://coastwire.example/ferry", "inLanguage": "en_GB", "category": "Sea", "body": BODY,
    }  # fmt: skip
    (a,) = _read(tmp_path, "a.json", json.dumps(record)).articles
    assert (a.id, a.title, a.outlet, a.author) == ("7", "Ferry stays", "Coastwire", "A. Lee, B. Ray")
    assert (a.published, a.updated, a.date_source) == ("2024-05-03", "2024-05-04", "record")
    assert (a.url, a.language, a.section, a.text) == ("https://coastwire.example/ferry", "en-GB", "Sea", BODY)


def test_ids_are_the_files_own_or_made_of_its_name(tmp_path):
    """An id is used as it is; without one, several articles of a file are numbered by their place."""
    lines = [json.dumps(r) for r in ({"id": "a/../b ", "text": BODY}, {"text": BODY}, {"text": BODY})]
    reading = _read(tmp_path, "sea/news.jsonl", "\n".join(lines))
    assert [a.id for a in reading.articles] == ["a/../b ", "sea/news#2", "sea/news#3"]
    assert _read(tmp_path, "sea/Ferry.txt", BODY).articles[0].id == "sea/Ferry"


def test_what_is_not_given_is_none(tmp_path):
    """No file name for a title, no file time for a date."""
    (a,) = _read(tmp_path, "ferry.txt", BODY).articles
    assert (a.title, a.outlet, a.author, a.published, a.url, a.language, a.date_source) == (None,) * 7
    assert a.text == BODY


def test_a_date_that_is_no_day_is_left_out_and_said(tmp_path):
    """`yesterday` and 03/04/2024 mean no day."""
    reading = _read(tmp_path, "a.json", json.dumps([{"text": BODY, "date": d} for d in ("yesterday", "03/04/2024", 0)]))
    assert [a.published for a in reading.articles] == [None, None, None]
    assert reading.problems[0] == "article 1 gives no calendar day in its published date, which was left out"


def test_one_bad_record_does_not_lose_the_others(tmp_path):
    """An article without text, and a value that is none, are named by their place."""
    reading = _read(tmp_path, "a.json", json.dumps([{"text": " \n"}, 7, {"text": BODY}, {"title": "only"}]))
    assert [a.text for a in reading.articles] == [BODY]
    assert reading.problems == (
        "article 1 has no text",
        "article 2 is not an object with a text field",
        "article 4 has no text",
    )


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_gives_an_article_a_row(tmp_path, mark):
    """Named columns, any usual separator, line breaks within quotes."""
    quoted = '"' + BODY + '"'
    rows = [mark.join(["Title", "Text", "Date"]), mark.join(["Ferry", quoted, "2024-05-03"])]
    (a,) = _read(tmp_path, "a.csv", "\r\n".join(rows)).articles
    assert (a.id, a.title, a.text, a.published) == ("a#2", "Ferry", BODY, "2024-05-03")


def test_a_row_of_more_or_fewer_cells_than_columns_is_torn(tmp_path):
    """It is named, and no word of it is lost unsaid; the others are read; cells too many that are empty don't count."""
    rows = ["title,text", "Ferry,It stayed, and nobody knew why.", "Goal", "Rain,It rained.", "Sun,It shone.,,"]
    reading = _read(tmp_path, "a.csv", "\n".join(rows))
    assert [(a.id, a.text) for a in reading.articles] == [("a#4", "It rained."), ("a#5", "It shone.")]
    assert reading.problems == (
        "row 2 has 3 cells, not 2; put its text in quotes",
        "row 3 has 1 cells, not 2; put its text in quotes",
    )


@pytest.mark.parametrize("cell", ['"It stayed.', '"It "stayed".'])
def test_a_quote_that_is_not_closed_is_said(tmp_path, cell):
    """What it swallows, to the end of the file maybe, is not passed off as a text."""
    reading = _read(tmp_path, "a.csv", f"title,text\nRain,It rained.\nFerry,{cell}\n")
    assert [a.text for a in reading.articles] == ["It rained."]
    assert reading.problems[0].startswith("row 3 is not CSV")


@pytest.mark.parametrize(
    ("head", "values"),
    [
        ("Titel;Datum;Autor;Text;Quelle", ("Fähre", "03.05.2024", "Ann Lee", BODY, "Küstenblatt")),
        ("titular;fecha;autor;texto;fuente", ("Barco", "2024-05-03", "Ann Lee", BODY, "Costa")),
        ("sep=;\nTitle;Published At;By-line;Full_Text;Site Name", ("Ferry", "3 May 2024", "Ann Lee", BODY, "Coast")),
    ],
)
def test_columns_are_known_in_more_languages_and_writings(tmp_path, head, values):
    """Whatever stands between the words of a name; the line that names the separator is none of the table."""
    row = ";".join(f'"{value}"' for value in values)
    (a,) = _read(tmp_path, "a.csv", f"{head}\n{row}\n").articles
    assert (a.title, a.author, a.text, a.outlet) == (values[0], values[2], values[3], values[4])
    assert (a.id, a.published) == ("a#2", "2024-05-03")


def test_columns_that_are_not_known_are_said(tmp_path):
    """Where there is none for the text nothing is read; where there is nothing but it, the names are told."""
    assert "has no column for the text, but foo, bar; name it text" in _refusal(tmp_path, "a.csv", "foo,bar\nx,y\n")
    reading = _read(tmp_path, "a.csv", "foo,text\nx,It rained.\n")
    assert reading.articles[0].text == "It rained."
    assert reading.problems[0].startswith("its columns are foo, text, of which only the text's is known")
    assert _read(tmp_path, "a.csv", "title,foo,text\nT,x,It rained.\n").problems == ()


def test_a_text_given_as_paragraphs_is_whole(tmp_path):
    """Any number of them, as strings or as things with a text, and with commas of their own only."""
    paragraphs = [f"Paragraph {n}, of many." for n in range(50)]
    for body in (paragraphs, [{"type": "p", "text": text} for text in paragraphs]):
        (a,) = _read(tmp_path, "a.json", json.dumps({"body": body})).articles
        assert a.text == "\n\n".join(paragraphs)


def test_articles_are_found_in_what_wraps_them(tmp_path):
    """The only list that has texts; of two it can't be told which."""
    articles = [{"title": "Ferry", "content_text": BODY, "date_published": "2024-05-03T00:00:00Z"}]
    for value in ({"data": {"articles": articles}}, {"version": "1.1", "items": articles, "tags": ["a"]}):
        (a,) = _read(tmp_path, "a.json", json.dumps(value)).articles
        assert (a.text, a.published) == (BODY, "2024-05-03")
    many = [articles[0] | {"id": id} for id in "ab"]
    assert [a.id for a in _read(tmp_path, "a.json", json.dumps({"content": many})).articles] == ["a", "b"]
    assert "has no text" in _refusal(tmp_path, "a.json", json.dumps({"a": articles, "b": articles}))


def test_the_first_day_that_is_one_counts(tmp_path):
    """One that can't be read hides no other."""
    (a,) = _read(tmp_path, "a.json", json.dumps({"text": BODY, "date": "05/03/2024", "pubDate": "2024-05-03"})).articles
    assert a.published == "2024-05-03"


def test_a_link_is_no_author(tmp_path):
    """Nor an outlet; names beside it are."""
    record = {"text": BODY, "author": ["https://coastwire.example/ann", "Ann Lee"], "source": "www.coastwire.example"}
    (a,) = _read(tmp_path, "a.json", json.dumps(record)).articles
    assert (a.author, a.outlet) == ("Ann Lee", None)


@pytest.mark.parametrize(
    "matter",
    [
        "+++\ntitle = 'Ferry: it stays'\ndate = 2024-05-03\nauthor = ['A. Lee', 'B. Ray']\nlang = 'no'\n+++\n",
        "---\ntitle: 'Ferry: it stays'\ndate: 2024-05-03\nauthor: [A. Lee, B. Ray]\nlang: no\n...\n",
        "---\ntitle: Ferry: it stays\ndate: 2024-05-03\nauthor:\n  - A. Lee\n  - B. Ray\nlang: no\ntags: [a\n---\n",
    ],
)
def test_front_matter_of_other_makes_gives_the_record_too(tmp_path, matter):
    """TOML, YAML that ends in dots, and what isn't quite YAML: a colon in a title. "no" is Norwegian."""
    reading = _read(tmp_path, "a.md", f"{matter}\n{BODY}\n")
    (a,) = reading.articles
    assert (a.title, a.published, a.author, a.language) == ("Ferry: it stays", "2024-05-03", "A. Lee, B. Ray", "no")
    assert (a.text, reading.problems) == (BODY, ())


def test_a_paragraph_between_rules_is_no_front_matter(tmp_path):
    """Its words stay, also where a colon stands in them."""
    for first in ("The harbour office said on Monday: the ferry stays.", "Note: the ferry stays where it is for now."):
        assert first in _read(tmp_path, "a.md", f"---\n{first}\n---\n{BODY}\n").articles[0].text
    assert BODY in _read(tmp_path, "a.md", "---\n---\n---\n" + BODY).articles[0].text


def test_labels_at_the_head_of_a_text_are_its_record(tmp_path):
    """Where two are known; one that isn't stays, and so do the lines of a talk."""
    head = (
        "Title: Ferry stays\nBy: Ann Lee\nDate: 3 May 2024\nSource: Coastwire\nURL: https://coastwire.example/ferry\n"
    )
    for below in (f"\n{BODY}", f"Text: {BODY}"):
        (a,) = _read(tmp_path, "a.txt", head + below).articles
        assert (a.title, a.author, a.published, a.outlet) == ("Ferry stays", "Ann Lee", "2024-05-03", "Coastwire")
        assert (a.text, a.url, a.date_source) == (BODY, "https://coastwire.example/ferry", "record")
    talk = "Author: Why did the ferry stay in harbour?\nOwner: Nobody knows why, and nobody has asked.\n" + BODY
    assert "Why did the ferry stay" in _read(tmp_path, "a.txt", talk).articles[0].text
    mail = "Von: Ann Lee\nDatum: 3. Mai 2024\nBetreff: Fähre\nAn: Redaktion\n\n" + BODY
    assert _read(tmp_path, "a.txt", mail).articles[0].published is None


def test_front_matter_gives_the_record(tmp_path):
    """Markdown's own marks stay in the text; the headline does not stand in it twice."""
    text = f"---\ntitle: Ferry stays\ndate: 2024-05-03\nauthor: [A. Lee, B. Ray]\n---\n# Ferry stays\n\n{BODY}\n"
    (a,) = _read(tmp_path, "a.md", text).articles
    assert (a.title, a.published, a.author, a.text) == ("Ferry stays", "2024-05-03", "A. Lee, B. Ray", BODY)


def test_a_plain_text_gives_headline_author_and_dateline(tmp_path):
    """A date from the text says that it comes from there; one beside the headline goes before the dateline's."""
    text = "Ferry stays in harbour\nBy Ann Lee\n\nKIVI, 3 May 2024 (Coastwire) — " + BODY
    (a,) = _read(tmp_path, "a.txt", text).articles
    assert (a.title, a.author, a.published, a.date_source) == (
        "Ferry stays in harbour",
        "Ann Lee",
        "2024-05-03",
        "dateline",
    )
    (a,) = _read(tmp_path, "a.txt", text.replace("Ann Lee\n", "Ann Lee\nPublished 4 May 2024\n")).articles
    assert (a.published, a.date_source) == ("2024-05-04", "text")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_say_what_they_are(tmp_path, encoding):
    """UTF-8, and what a byte order mark names."""
    text = "Färjan låg kvar på måndagen. Ingen visste varför: 船は出なかった。"
    assert _read(tmp_path, "a.txt", text.encode(encoding)).articles[0].text == text


def test_a_pages_charset_is_obeyed(tmp_path):
    """A page in Latin-1 that says so."""
    text = "Färjan låg kvar på måndagen. " * 9
    page = f'<html><head><meta charset="iso-8859-1"></head><body><p>{text}</p></body></html>'
    assert "Färjan låg kvar på måndagen." in _read(tmp_path, "a.html", page.encode("latin-1")).articles[0].text


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("iso-8859-1", "cp1252", "“We’ll sail,” he said — for 3 €."),
        ("latin1", "cp1252", "“We’ll sail,” he said — for 3 €."),
        ("gb2312", "gb18030", "镕①髙說渡轮没有开航。"),
        ("shift_jis", "cp932", "①髙島の渡し船は出なかった。"),
        ("euc-kr", "cp949", "똠방각하는 배를 기다렸다."),
    ],
)
def test_a_label_means_what_browsers_take_it_for(tmp_path, label, encoding, text):
    """The larger set: curly quotes in a page that says iso-8859-1, characters that gb2312 lacks; in archives too."""
    body = f"<body><article><h1>Ferry</h1><p>{text} {text * 9}</p></article></body></html>"
    page = f'<html><head><meta charset="{label}"></head>{body}'.encode(encoding)
    assert text in _read(tmp_path, "a.html", page).articles[0].text
    xml = f'<?xml version="1.0" encoding="{label}"?><html>{body}'.encode(encoding)
    assert text in _read(tmp_path, "a.xhtml", xml).articles[0].text
    head = f'MIME-Version: 1.0\r\nContent-Type: text/html; charset="{label}"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    assert text in _read(tmp_path, "a.mht", head.encode() + f"<html>{body}".encode(encoding)).articles[0].text


UNLABELLED = {
    "渡し船は月曜日に出なかったと港の事務所が話した。理由は誰にも分からない。": "cp932 euc_jp iso2022_jp",
    "港务局说，渡轮星期一没有开航，也没有人知道是什么原因。他们在等。": "gb18030",
    "港務局說，渡輪星期一沒有開航，也沒有人知道是什麼原因。他們在等。": "big5",
    "연락선은 월요일에 출항하지 않았다고 항만 사무소가 밝혔다. 이유는 아무도 몰랐다.": "cp949",
    "The ferry’s owner said: “We won’t sail.” Tickets at £40 stay valid, says the café.": "cp1252",
    "Le bac n’a pas quitté le port, déclare la capitainerie, où même à midi on ne savait rien.": "cp1252",
    "¿Por qué no zarpó el transbordador? Nadie lo sabía; mañana tampoco, según la capitanía.": "cp1252",
    "Färjan låg kvar på måndagen, sade hamnkontoret. Ingen visste varför.": "cp1252",
    "Lautta jäi satamaan, eikä kukaan tiennyt miksi. Myöhemmin se pääsi lähtemään.": "cp1252",
    "Ferjan sigldi ekki á mánudaginn, sagði höfnin, því að hún var biluð; farþegar biðu.": "cp1252",
    "Prom na wyspy nie wypłynął w poniedziałek i nikt nie wiedział, dlaczego.": "cp1250 iso8859_2",
    "Přívoz v pondělí nevyplul, oznámil přístavní úřad. Nikdo nevěděl proč.": "cp1250 iso8859_2",
    "Feribot pazartesi günü kalkmadı, dedi liman müdürlüğü; kimse nedenini bilmiyordu, şaşırdılar.": "cp1254",
    "Keltas pirmadienį neišplaukė, pranešė uosto valdyba; niekas nežinojo, kodėl.": "cp1257",
    "Паром не вышел в понедельник, сообщила администрация порта. Никто не знал почему.": "cp1251 koi8_r cp866",
    "Το πλοίο δεν έφυγε τη Δευτέρα, είπε το λιμεναρχείο. Κανείς δεν ήξερε γιατί.": "cp1253",
    "لم تبحر العبارة يوم الاثنين، كما قال مكتب الميناء، ولم يعرف أحد السبب.": "cp1256",
}


@pytest.mark.parametrize(
    ("text", "encoding"), [(t, e) for t, encodings in UNLABELLED.items() for e in encodings.split()]
)
def test_a_text_without_a_label_is_known_by_its_letters(tmp_path, text, encoding):
    """Those of its language, or in scripts of many the most frequent ones."""
    assert _read(tmp_path, "a.txt", text.encode(encoding)).articles[0].text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Il bar è chiuso, il porto è chiuso, il mare è calmo.", "cp1252"),  # Slovene, Croatian: č
        ("Lautta jäi satamaan, eikä kukaan tiennyt. Se pääsi lähtemään.", "cp850"),
        ("Le bac n’a pas quitté le port, où l’on attendait.", "mac_roman"),
        ("Straße überall, größer als früher", "cp437"),
    ],
)
def test_a_text_whose_letters_leave_doubt_is_refused_and_never_garbled(tmp_path, text, encoding):
    """Two encodings that both give likely letters, or none that does."""
    assert "save it as UTF-8" in _refusal(tmp_path, "a.txt", text.encode(encoding))


def test_a_page_without_a_declared_date_has_none(tmp_path):
    """Neither a date in the text, nor a copyright year, nor another article's time is the article's own."""
    page = (
        "<html><body><article><h1>Ferry stays in harbour</h1><p>The ferry has not sailed since 3 May 1998, the office "
        "said.</p><p>Nobody could say why, and nobody was asked to.</p></article><aside><time datetime='2020-01-01'>"
        "1 January 2020</time></aside><footer>© 2021</footer></body></html>"
    )
    assert _read(tmp_path, "a.html", page).articles[0].published is None


def test_a_day_in_a_headline_or_below_it_is_none_of_the_pages_own(tmp_path):
    """Where a vote will be, or a picture was made."""
    for heading in ("<h1>Ferry vote on 12 June 2024</h1>", "<h1>Ferry</h1><h2>Hearing set for 12 June 2024</h2>"):
        page = f"<html><body><article>{heading}{PARAGRAPHS}</article></body></html>"
        assert _read(tmp_path, "a.html", page).articles[0].published is None


PARAGRAPHS = "<p>The ferry did not sail on Monday, the harbour office said.</p><p>Nobody could say why, or asked.</p>"


def _page(tmp_path: Path, head: str = "", above: str = "", before: str = "") -> Article:
    page = (
        f"{before}<html><head>{head}</head><body><nav><time datetime=2001-01-01>1 Jan</time></nav><article><header>"
        f"<h1>Ferry stays in harbour</h1>{above}</header>{PARAGRAPHS}<aside><article><h2>Other</h2>"
        "<time datetime='2002-02-02'>then</time></article></aside></article></body></html>"
    )
    return _read(tmp_path, "a.html", page).articles[0]


def test_a_day_shown_beside_the_headline_counts_where_none_is_declared(tmp_path):
    """And the record says that it only stood there; a menu's or another article's is not taken."""
    assert _page(tmp_path).published is None
    shown = _page(tmp_path, above="<p>By Ann Lee</p><time datetime='2024-05-03T10:00:00+02:00'>Friday</time>")
    assert (shown.published, shown.date_source) == ("2024-05-03", "text")
    declared = _page(
        tmp_path,
        head="<meta property='article:published_time' content='2024-05-02'>",
        above="<time datetime='2024-05-03'>Friday</time>",
    )
    assert (declared.published, declared.date_source) == ("2024-05-02", "record")


@pytest.mark.parametrize(
    "note",
    [
        "<!-- saved from url=(0031)https://coastwire.example/ferry -->",
        "<!--\n Page saved with SingleFile \n url: https://coastwire.example/ferry \n saved date: Fri -->",
    ],
)
def test_a_saved_page_knows_where_it_was_saved_from(tmp_path, note):
    """As browsers note it; a link that the page declares goes first, also where it is relative."""
    assert _page(tmp_path, before=note).url == "https://coastwire.example/ferry"
    canonical = _page(tmp_path, head="<link rel=canonical href='/sea/ferry'>", before=note)
    assert canonical.url == "https://coastwire.example/sea/ferry"


def test_a_record_whose_parts_stand_elsewhere_in_the_page_is_put_together(tmp_path):
    """JSON-LD names the publisher by a number; the title loses the site's name; the author's link is his byline."""
    graph = [
        {"@type": "NewsArticle", "publisher": {"@id": "#us"}, "author": [{"@id": "#ann"}, {"name": "Bo Ray"}]},
        {"@type": "Organization", "@id": "#us", "name": "Coastwire"},
        {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
    ]
    data = json.dumps({"@graph": graph})
    title = "<meta property='og:title' content='Ferry stays in harbour | Coastwire'>"
    article = _page(tmp_path, head=f"<script type='application/ld+json'>{data}</script>{title}")
    assert (article.outlet, article.author, article.title) == ("Coastwire", "Ann Lee, Bo Ray", "Ferry stays in harbour")
    assert _page(tmp_path, above="<a rel=author href=/ann>Ann Lee</a>").author == "Ann Lee"


def _scripts(*stories: dict[str, object]) -> str:
    return "".join(f"<script type='application/ld+json'>{json.dumps(story)}</script>" for story in stories)


OTHER = {"@type": "NewsArticle", "headline": "Other", "url": "https://coastwire.example/other", "author": "Bo Ray"}


@pytest.mark.parametrize(
    "own",
    [
        {"url": "http://www.coastwire.example/ferry/#top"},
        {"@id": "https://coastwire.example/ferry#article"},
        {"mainEntityOfPage": {"@type": "WebPage", "@id": "/ferry"}},
        {"headline": "Ferry stays  in harbour"},
        {"headline": "Ferry late"},
    ],
)
def test_of_several_articles_that_a_page_declares_its_own_is_taken(tmp_path, own):
    """The one of its link, else the one of its headline or window's title, wherever they stand."""
    own = {"@type": "NewsArticle", "author": "Ann Lee"} | own
    head = "<link rel=canonical href='https://coastwire.example/ferry'><title>Ferry late | Coastwire</title>"
    for stories in ((OTHER, own), (own, OTHER), ({"@graph": [OTHER, own]},)):
        assert _page(tmp_path, head=head + _scripts(*stories)).author == "Ann Lee"


def test_of_articles_none_of_which_is_its_own_a_page_takes_none(tmp_path):
    """Teasers of others are no record; one alone is taken for its own."""
    head = "<link rel=canonical href='https://coastwire.example/ferry'>"
    assert _page(tmp_path, head=head + _scripts(OTHER, OTHER | {"url": "/third"})).author is None
    assert _page(tmp_path, head=head + _scripts(OTHER)).author == "Bo Ray"


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/ld+json; charset=utf-8">{"@type": "Report", "datePublished": "2024-05-03"}</script>',
        '<script type="APPLICATION/LD+JSON">{"@type": "Report", "about": "a\nb", "datePublished": 1714736400}</script>',
        '<script type="application/ld+json"><!-- {"@type": "Report", "datePublished": 1714736400000} --></script>',
        '<script type=\'application/ld+json\'>{"@type": "Report", "datePublished": "05/03/2024"}</script>'
        "<meta property='article:published_time' content='2024-05-03'>",
    ],
)
def test_a_declared_day_is_found_however_it_is_written(tmp_path, script):
    """Line breaks within JSON's strings, parameters of a type, seconds since 1970; of two the one that can be read."""
    article = _page(tmp_path, head=script)
    assert (article.published, article.date_source) == ("2024-05-03", "record")


@pytest.mark.parametrize(
    ("above", "published"),
    [
        ("<time class='updated' datetime=2024-05-09>9</time><time datetime=2024-05-03>3</time>", "2024-05-03"),
        ("<time class='entry-date published updated' datetime=2024-05-03>3</time>", "2024-05-03"),
        ("<time itemprop=dateModified datetime=2024-05-09>9</time><time datetime=2024-05-03>3</time>", "2024-05-03"),
        ("<p>Updated <time>9 May 2024</time></p><p>Published <time>3 May 2024</time></p>", "2024-05-03"),
        ("<p>Published <time>3 May 2024</time>, updated <time>9 May 2024</time></p>", "2024-05-03"),
        ("<p>Stand: <b>Aktualisiert</b> <time>9.5.2024</time></p>", None),
        ("<time>2 hours ago</time><time datetime=2024-05-03>then</time>", "2024-05-03"),
        ("<time datetime=now>3 May 2024</time>", "2024-05-03"),
        ("<time>3 May 2024</time><time>9 May 2024</time>", None),
        (f"<time>3 May 2024</time><p>{'The ferry stays. ' * 9}</p><time>9 May 2024</time>", "2024-05-03"),
    ],
)
def test_a_day_of_updating_is_none_of_publication(tmp_path, above, published):
    """Skipped by its mark or the word before it; where two others stand together, neither counts."""
    assert _page(tmp_path, above=above).published == published


def test_a_day_marked_for_several_articles_is_none_of_the_pages(tmp_path):
    """Marks of teasers; the same day twice is one."""
    mark = "<span itemprop=datePublished content={}></span>"
    assert _page(tmp_path, above=mark.format("2024-05-03") * 2).published == "2024-05-03"
    assert _page(tmp_path, above=mark.format("2024-05-03") + mark.format("2024-05-04")).published is None


def test_the_language_is_that_of_the_page_before_that_of_its_template(tmp_path):
    """`lang`, then JSON-LD's, the locale of Open Graph last."""
    locale = "<meta property='og:locale' content='en_US'>"
    page = f"<html lang=fi><head>{locale}</head><body><article><h1>Lautta</h1>{PARAGRAPHS}</article></body></html>"
    assert _read(tmp_path, "a.html", page).articles[0].language == "fi"
    assert _page(tmp_path, head=locale).language == "en-US"


def test_a_pages_author_is_no_link(tmp_path):
    """The next that names somebody is taken."""
    head = _scripts({"@type": "NewsArticle", "author": "https://coastwire.example/ann"})
    assert _page(tmp_path, head=head).author is None
    assert _page(tmp_path, head=head + "<meta name=author content='Ann Lee'>").author == "Ann Lee"


def test_the_tables_and_lists_of_a_document_are_read_in_their_place(tmp_path):
    """Cells with bars between them, one that spans columns once; the last item of a list is no tail."""
    import docx

    document = docx.Document()
    document.add_heading("Ferry stays in harbour", 1)
    document.add_paragraph("The ferry did not sail on Monday, the harbour office said.")
    table = document.add_table(3, 3)
    for row, cells in zip(
        table.rows, (("Boat", "Built", "Seats"), ("Aurora", "1998", "120"), ("", "", "1")), strict=True
    ):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    table.cell(2, 0).merge(table.cell(2, 1)).text = "Both"
    document.add_paragraph("The owners want two things, they say:")
    for words in ("A new quay", "A second boat"):
        document.add_paragraph(words, style="List Bullet")
    document.save(tmp_path / "a.docx")
    (article,) = read_file(tmp_path / "a.docx", "a.docx").articles
    assert article.title == "Ferry stays in harbour"
    assert article.text.split("\n\n") == [
        "The ferry did not sail on Monday, the harbour office said.",
        "Boat | Built | Seats", "Aurora | 1998 | 120", "Both | 1",
        "The owners want two things, they say:", "- A new quay", "- A second boat",
    ]  # fmt: skip


def test_a_page_saved_with_its_pictures_is_read(tmp_path):
    """As Chrome saves it, and as Safari does; the link comes from the archive."""
    html = f"<html><body><article><h1>Ferry stays in harbour</h1>{PARAGRAPHS}</article></body></html>"
    mhtml = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://coastwire.example/ferry\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="cut"\r\n\r\n--cut\r\nContent-Type: text/html\r\n'
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{html}\r\n--cut\r\nContent-Type: image/png\r\n\r\nx\r\n--cut--\r\n"
    )
    main = {"WebResourceData": html.encode(), "WebResourceURL": "https://coastwire.example/ferry"}
    webarchive = plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)
    for name, data in (("a.mhtml", mhtml), ("a.webarchive", webarchive)):
        (article,) = _read(tmp_path, name, data).articles
        assert (article.title, article.url) == ("Ferry stays in harbour", "https://coastwire.example/ferry")
        assert article.text.endswith("Nobody could say why, or asked.")
    assert "broken web archive" in _refusal(tmp_path, "b.webarchive", b"bplist00 cut")


def test_a_dateline_counts_for_data_too_and_the_text_stays(tmp_path):
    """Where the record gives no day."""
    text = "KIVI, 3 May 2024 (NPA) — " + BODY
    one, other = _read(tmp_path, "a.json", json.dumps([{"text": text}, {"text": text, "date": "2024-05-04"}])).articles
    assert (one.published, one.date_source, one.text) == ("2024-05-03", "dateline", text)
    assert (other.published, other.date_source) == ("2024-05-04", "record")


def test_a_packed_file_is_read_like_the_file(tmp_path):
    """`.gz` of lines, of JSON and of text."""
    assert _read(tmp_path, "a.txt.gz", gzip.compress(BODY.encode())).articles[0].text == BODY
    assert _read(tmp_path, "b.jsonl.gz", gzip.compress(b'{"text": "It sank."}\n')).articles[0].id == "b#1"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"\x00\x01\x02" * 99, "is not text"),
        ("a.txt", b"", "has no text"),
        ("a.txt", b" \n\n", "has no text"),
        ("a.json", b'{"text": ', "is not JSON"),
        ("a.json", b"[]", "holds no article"),
        ("a.exe", b"MZ", "is of a kind that is not read"),
        ("a.jsonl", b"{}\n", "line 1 has no text"),
        ("a.txt.gz", b"not gzip", "is a broken gzip file"),
        ("a.pdf", b"%PDF-1.4 cut", "is a broken PDF"),
        ("a.docx", b"PK cut", "is a broken DOCX"),
    ],
)
def test_what_can_not_be_read_is_refused_in_a_sentence_that_names_it(tmp_path, name, data, reason):
    """The name, why, and a full stop."""
    sentence = _refusal(tmp_path, name, data)
    assert sentence.startswith(name) and reason in sentence and sentence.endswith(".")


def test_a_missing_file_is_refused_in_a_sentence(tmp_path):
    """As the system says it."""
    with pytest.raises(Unreadable, match="No such file"):
        read_file(tmp_path / "none.txt", "none.txt")


def test_a_nul_in_a_text_given_as_data_is_kept(tmp_path):
    """A text field is taken exactly as it is, so that offsets counted elsewhere hold."""
    (a,) = _read(tmp_path, "a.json", json.dumps({"text": "Before\0after. " + BODY})).articles
    assert a.text == "Before\0after. " + BODY


def test_half_a_character_is_refused(tmp_path):
    """A lone surrogate can't be stored or shown."""
    assert "half a character" in _refusal(tmp_path, "a.json", '{"text": "\\ud800"}')


def test_only_links_of_the_web_are_kept(tmp_path):
    """`javascript:` is no link."""
    (a,) = _read(tmp_path, "a.json", json.dumps({"text": BODY, "url": "javascript:alert(1)"})).articles
    assert a.url is None


def test_importing_the_reader_imports_no_parser():
    """What a format needs is imported where it is used."""
    heavy = "{'trafilatura', 'lxml', 'pypdf', 'docx', 'frontmatter', 'yaml', 'charset_normalizer'}"
    code = f"import sys, index.read; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[1])
    assert done.stdout.strip() == "[]"


def test_each_place_that_a_date_can_come_from_is_described():
    """In the order in which they count."""
    assert list(DATE_SOURCES) == ["record", "feed", "text", "dateline"]


def test_every_kind_named_is_read():
    """The suffixes are lower case and begin with a dot."""
    assert {".txt", ".md", ".html", ".json", ".jsonl", ".csv", ".pdf", ".docx", ".jsonl.gz"} <= READABLE
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in READABLE)
