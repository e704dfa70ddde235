"""Sources beside files and folders: globs, standard input, links and feeds, remembered and asked again."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.catalog import CATALOG, Catalog
from index.fetched import kind_of, name_of
from index.links import LinkFailed
from index.places import lies_in, outermost
from index.sources import SourceMissing, root_of
from index.sync import sync
from tests.toys import WordEmbedder, write_articles

NEWS = "https://news.example"
BODY = "The ferry did not sail on Monday, the harbour office said.</p><p>Nobody could say why, and nobody asked."


def page(headline: str, body: str = BODY, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article><h1>{headline}</h1><p>{body}</p></article></body></html>"


def rss(*links: str, more: str = "") -> str:
    items = "".join(f"<item><title>From the feed</title><link>{link}</link>{more}</item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


RSS = "application/rss+xml"


@pytest.fixture
def run(tmp_path, stand, monkeypatch):
    """Sync into a library of a test's own; no vector index, which would be two processes a sync."""
    monkeypatch.setattr("index.sync.renew_vectors", lambda *_: False)
    embedder = WordEmbedder()

    def run(*sources: Path | str, **options):
        return sync(sources, tmp_path / "library", embedder, **{"web": stand.web(), **options})

    return run


@pytest.fixture
def held(tmp_path):
    """The articles of that library, by id."""
    return lambda: {a.id: a for a in Catalog.open(tmp_path / "library" / CATALOG).articles()}


def test_the_folder_of_a_saved_page_is_no_source(run, held, tmp_path):
    """The frames that a browser saves beside a page are not articles; another folder of such a name is one."""
    for name in ("Ferry.html", "Ferry_files/advert.html", "Goal_files/goal.html"):
        file = tmp_path / "saved" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(f"Story of {file.stem}"))
    run(tmp_path / "saved")
    assert set(held()) == {"Ferry", "Goal_files/goal"}


def test_every_file_that_is_passed_by_is_named_with_the_reason(run, held, tmp_path):
    """Another kind, a pipe, a linked folder; hidden files and the library's own don't count. A flood is counted."""
    folder = tmp_path / "news"
    write_articles(folder / "a.jsonl", {"id": "a", "text": "A pier fell."})
    for name in ("old/b.doc", "c.rtf", ".d.doc", "e"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("Nobody was hurt.")
    os.mkfifo(folder / "f.txt")
    (folder / "g").symlink_to(tmp_path)
    report = run(tmp_path)  # in which the library lies too
    assert set(held()) == {"a"}
    assert report.problems == (
        "news/g is linked from elsewhere, and not followed: name such folders as sources.",
        "news/c.rtf, news/e, news/old/b.doc are of a kind that is not read.",
        "news/f.txt is no regular file.",
    )
    for number in range(60):
        (folder / f"{number:02}.png").write_bytes(b"\x89PNG")
    assert "news/49.png, 13 more are of a kind" in run(tmp_path).problems[1]


# Globs


@pytest.fixture
def archive(tmp_path) -> Path:
    for name in ("2023/a.txt", "2024/b.txt", "2024/uk/c.txt", "2024/uk/d.md", "2024/.hidden/e.txt", "2024/f.exe"):
        file = tmp_path / "archive" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"The story {file.stem} of {name}.\n\nIt was told at length by everyone who was there.")
    return tmp_path / "archive"


@pytest.mark.parametrize(
    ("glob", "found"),
    [
        ("*/*.txt", "2023/a 2024/b"),
        ("**/*.txt", "2023/a 2024/b 2024/uk/c"),
        ("2024/**/*.md", "2024/uk/d"),
        ("2024/**", "2024/b 2024/uk/c 2024/uk/d"),
        ("20?4", "2024/b 2024/uk/c 2024/uk/d"),
        ("2024/[a-b].*", "2024/b"),
        ("**/uk", "2024/uk/c 2024/uk/d"),
    ],
)
def test_a_glob_gives_the_files_and_folders_that_match(run, held, archive, glob, found):
    """`**` stands for folders; what is hidden doesn't count, and what no reader knows is only named."""
    report = run(str(archive / glob))
    whole = glob in ("2024/**", "20?4")
    assert [p.removeprefix("2024/") for p in report.problems] == ["f.exe is of a kind that is not read."] * whole
    assert report.new == len(found.split())
    names = {str(Path(id).name) for id in held()}
    assert names == {Path(name).name for name in found.split()}


def test_a_glob_is_remembered_as_a_pattern(run, held, archive):
    """A later sync finds what matches by then, and drops what doesn't any more."""
    run(str(archive / "*" / "*.txt"))
    (archive / "2025").mkdir()
    (archive / "2025" / "g.txt").write_text("A story of another year.\n\nIt was told by everyone who was there.")
    (archive / "2023" / "a.txt").unlink()
    report = run()
    assert (report.new, report.removed, report.unchanged) == (1, 1, 1)
    assert set(held()) == {"2024/b", "2025/g"}


def test_a_glob_whose_folder_is_away_keeps_its_articles(run, held, archive):
    """A disk that is unplugged is not an empty one."""
    run(str(archive / "*" / "*.txt"))
    archive.rename(archive.with_name("unplugged"))
    report = run()
    assert (report.removed, report.unchanged) == (0, 2) and "can't be reached" in report.problems[0]


def test_a_folder_takes_in_a_glob_of_it(run, archive):
    """What a glob gave isn't read again when its folder is named."""
    run(str(archive / "*" / "*.txt"))
    report = run(archive)
    assert (report.new, report.unchanged, report.removed) == (2, 2, 0)


def test_a_glob_that_nothing_matches_is_an_error(archive):
    """As a file that isn't there."""
    with pytest.raises(SourceMissing, match="No file that can be read matches"):
        root_of(str(archive / "*.exe"))


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tmp_path):
    """What is there is meant."""
    (tmp_path / "[1].txt").write_text("x")
    assert root_of(str(tmp_path / "[1].txt")) == str(tmp_path / "[1].txt")
    (tmp_path / "a[b]").mkdir()
    (tmp_path / "a[b]" / "c.txt").write_text("x")
    root = root_of(str(tmp_path / "a[b]" / "*.txt").replace("a[b]", "a[[]b]"))
    assert lies_in(str(tmp_path / "a[b]" / "c.txt"), [root])


def test_which_place_lies_in_which():
    """A glob in its folder, a file in a glob, an article in its feed, and no link in another that begins alike."""
    assert outermost(["glob:/a/b/*.txt", "/a", "glob:/c/*.txt"]) == ["/a", "glob:/c/*.txt"]
    assert lies_in("/c/d.txt", ["glob:/c/*.txt"]) and not lies_in("/c/d/e.txt", ["glob:/c/*.txt"])
    assert not lies_in("/cc/d.txt", ["glob:/c/*.txt"])
    feed, other = f"{NEWS}/feed", f"{NEWS}/feed/2"
    assert outermost([other, feed]) == [feed, other]
    assert lies_in(f"{feed} {NEWS}/a", [feed]) and not lies_in(f"{feed} {NEWS}/a", [other])


# Standard input


WIRE = b'{"id": "a", "text": "It sank."}\n{"id": "b", "text": "It was raised again."}\n'


@pytest.fixture
def pipe(monkeypatch):
    """Have these bytes on standard input."""
    return lambda data: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input_is_a_source(run, held, pipe):
    """Its name says what it is; under the same name it is replaced; a later sync keeps it."""
    pipe(WIRE)
    assert run("-", stdin_name="wire.jsonl").new == 2
    pipe(WIRE.splitlines()[0])
    report = run("-", stdin_name="wire.jsonl")
    assert (report.removed, report.unchanged) == (1, 1)
    pipe(b"A note\n\nThe harbour was closed for the day.")
    assert run("-").new == 1
    report = run()
    assert (report.unchanged, report.removed, report.problems) == (2, 0, ())
    assert set(held()) == {"a", "stdin"} and held()["stdin"].title == "A note"


def test_what_a_pipe_gives_is_read_by_the_command(tmp_path, held):
    """The real one, of a shell."""
    command = [sys.executable, "-m", "assistant.cli", "sync", "-", "--library", str(tmp_path / "library")]
    done = subprocess.run(command, input=WIRE, capture_output=True, cwd=Path(__file__).parents[1], check=False)
    assert done.stdout.startswith(b"Done: 2 new"), done.stderr
    assert set(held()) == {"a", "b"}


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b'{"text": "a"}\n{"text": "b"}', ".jsonl"),
        (b'{"text": "a"}\n', ".json"),
        (b'{\n"text": "a"}\n', ".json"),
        (b"[1]", ".json"),
        (b"\xef\xbb\xbf <!doctype html>", ".html"),
        (b"%PDF-1.7", ".pdf"),
        (b"PK\x03\x04", ".docx"),
        (b"The ferry.", ".txt"),
        (b"{" * 9_999, ".json"),
        (b"", ".txt"),
    ],
)
def test_what_has_no_suffix_is_known_by_its_beginning(head, kind):
    """Objects a line, an object, a page, a document, or else text."""
    assert kind_of(head) == kind


# Links


def test_a_link_is_a_source_that_is_asked_again(run, held, stand):
    """Its article is known by its link; unchanged it isn't sent again; edited it is the same article, newer."""
    stand.give("/ferry", page("Ferry stays"), ETag='"1"')
    report = run(f"{NEWS}/ferry")
    assert (report.new, report.problems) == (1, ())
    (article,) = held().values()
    assert (article.id, article.title, article.url) == ("news.example/ferry", "Ferry stays", f"{NEWS}/ferry")
    assert article.text.endswith("Nobody could say why, and nobody asked.")
    assert run().unchanged == 1 and stand.asked[-1][1]["If-None-Match"] == '"1"'
    stand.give("/ferry", page("Ferry sails"), ETag='"2"')
    assert (run().edited, held()["news.example/ferry"].title) == (1, "Ferry sails")


def test_a_page_that_changes_only_in_its_furniture_is_unchanged(run, stand):
    """Its articles count, not its bytes."""
    stand.give("/ferry", page("Ferry stays", head="<meta name=nonce content=1>"))
    run(f"{NEWS}/ferry")
    stand.give("/ferry", page("Ferry stays", head="<meta name=nonce content=2>"))
    report = run()
    assert (report.unchanged, report.edited) == (1, 0)


@pytest.mark.parametrize("trouble", ["gone", "elsewhere", "other", "broken"])
def test_a_link_that_cannot_be_reached_keeps_what_it_gave(run, held, stand, trouble):
    """An error, a redirect to where nobody goes, another kind, a page with nothing in it: said, and nothing is lost."""
    stand.give("/ferry", page("Ferry stays"))
    run(f"{NEWS}/ferry")
    match trouble:
        case "gone":
            del stand.answers["/ferry"]
        case "elsewhere":
            stand.send_on("/ferry", "https://127.0.0.1/")
        case "other":
            stand.give("/ferry", b"x", "image/png")
        case "broken":
            stand.give("/ferry", "")
    report = run()
    assert (report.unchanged, report.removed) == (1, 0)
    assert len(report.problems) == 1 and "hat was read from it earlier is kept." in report.problems[0]
    assert "news.example/ferry" in held()


def test_a_link_that_was_never_reached_is_not_remembered(run, stand):
    """A mistyped link is said once, not at each sync for ever."""
    assert "answers 404" in run(f"{NEWS}/tyop").problems[0]
    assert run().problems == ()


def test_a_link_that_is_refused_is_an_error(run, stand, tmp_path):
    """Before anything is written or asked."""
    with pytest.raises(LinkFailed, match="is refused"):
        run("https://169.254.169.254/latest/meta-data/")
    assert not (tmp_path / "library").exists() and not stand.asked


def test_links_and_files_are_synced_together(run, held, stand, tmp_path):
    """`only` drops the others, whichever they are."""
    write_articles(tmp_path / "news.jsonl", {"id": "fire", "text": "A fire broke out."})
    stand.give("/ferry", page("Ferry stays"))
    assert run(tmp_path / "news.jsonl", f"{NEWS}/ferry").new == 2
    assert run(f"{NEWS}/ferry", only=True).removed == 1
    assert run(tmp_path / "news.jsonl", only=True).removed == 1
    assert set(held()) == {"fire"} and Catalog.open(tmp_path / "library" / CATALOG).validators() == {}


def test_a_mistyped_link_does_not_empty_the_library(run, held, stand):
    """Where nothing that `only` names can be had, nothing is removed."""
    stand.give("/ferry", page("Ferry stays"))
    run(f"{NEWS}/ferry")
    with pytest.raises(SourceMissing, match="Nothing was changed"):
        run(f"{NEWS}/tyop", only=True)
    assert set(held()) == {"news.example/ferry"}


def test_a_dry_run_of_a_link_says_what_it_would_do_and_does_nothing(run, held, stand):
    """The link is asked, nothing is kept."""
    stand.give("/ferry", page("Ferry stays"))
    run(f"{NEWS}/ferry")
    stand.give("/ferry", page("Ferry sails"), ETag='"2"')
    assert run(dry_run=True).edited == 1
    assert run().edited == 1


def test_other_kinds_come_by_their_type(run, held, stand):
    """JSON, text and CSV, whatever their link ends in."""
    stand.give("/api?id=1", '{"id": "one", "text": "It sank."}', "application/json")
    stand.give("/notes", "A note\n\nThe harbour was closed for the day.", "text/plain")
    stand.give("/table.csv", "id,text\nthree,It was raised.", "text/csv")
    assert run(f"{NEWS}/api?id=1", f"{NEWS}/notes", f"{NEWS}/table.csv").new == 3
    assert set(held()) == {"one", "news.example/notes", "three"}


def test_the_name_of_a_link_is_its_host_and_path():
    """With what tells it from others, and the suffix of its kind once."""
    assert name_of(f"{NEWS}/", ".html") == "news.example/index.html"
    assert name_of(f"{NEWS}/a/b.html", ".html") == "news.example/a/b.html"
    assert name_of(f"{NEWS}/a?id=1", ".pdf") == "news.example/a?id=1.pdf"


# Feeds


def test_a_feed_gives_the_article_behind_each_entry(run, held, stand):
    """Not its summary; what the page doesn't say of itself, the feed does, and the date says so."""
    more = "<pubDate>Fri, 03 May 2024 23:30:00 -0500</pubDate><author>a@news.example (Ann Lee)</author>"
    stand.give("/feed", rss("/ferry", f"{NEWS}/goal", more=more + "<description>Summary!</description>"), RSS)
    stand.give("/ferry", page("Ferry stays", "KIVI, 1 May 2024 — " + BODY))
    stand.give("/goal", page("A goal", head='<meta property="article:published_time" content="2024-05-02">'))
    report = run(f"{NEWS}/feed")
    assert (report.new, report.problems) == (2, ())
    ferry, goal = held()["news.example/ferry"], held()["news.example/goal"]
    assert (ferry.title, ferry.published, ferry.date_source) == ("Ferry stays", "2024-05-03", "feed")
    assert (goal.published, goal.date_source) == ("2024-05-02", "record")
    assert "Summary" not in ferry.text and ferry.url == f"{NEWS}/ferry" and "Ann Lee" in ferry.author


def test_what_a_feed_no_longer_names_is_kept(run, held, stand):
    """A feed names the newest; the library holds them all, and says nothing of it."""
    for name in "abc":
        stand.give(f"/{name}", page(f"Story {name}"))
    stand.give("/feed", rss("/a", "/b"), RSS)
    run(f"{NEWS}/feed")
    stand.give("/feed", rss("/b", "/c"), RSS)
    report = run()
    assert (report.new, report.unchanged, report.removed, report.problems) == (1, 2, 0, ())
    assert set(held()) == {"news.example/a", "news.example/b", "news.example/c"}


def test_a_feed_that_is_unchanged_is_not_read_again(run, stand):
    """One question, one short answer."""
    stand.give("/a", page("Story a"))
    stand.give("/feed", rss("/a"), RSS, ETag='"1"')
    run(f"{NEWS}/feed")
    stand.asked.clear()
    report = run()
    assert (report.unchanged, [path for path, _ in stand.asked]) == (1, ["/feed"])


def test_an_entry_that_was_missed_is_fetched_at_the_next_sync(run, stand):
    """Even where the feed says that it hasn't changed."""
    stand.give("/a", page("Story a"))
    stand.give("/feed", rss("/a", "/b"), RSS, ETag='"1"')
    report = run(f"{NEWS}/feed")
    assert report.new == 1 and f"{NEWS}/b can't be reached" in report.problems[0]
    stand.give("/b", page("Story b"))
    report = run()
    assert (report.new, report.unchanged, report.problems) == (1, 1, ())


def test_an_article_of_two_feeds_is_one(run, held, stand):
    """Whichever names it, now or later."""
    for name in "ab":
        stand.give(f"/{name}", page(f"Story {name}"))
    stand.give("/top", rss("/a"), RSS)
    stand.give("/world", rss("/a", "/b"), RSS)
    assert run(f"{NEWS}/top", f"{NEWS}/world").new == 2
    stand.give("/top", rss("/b"), RSS)
    assert run().unchanged == 2 and set(held()) == {"news.example/a", "news.example/b"}


def test_entries_are_hostile_links_too(run, stand):
    """A feed that names the machine's own services gets none of them asked."""
    bad = ("http://news.example/a", "https://127.0.0.1/", "file:///etc/passwd", "https://news.example:22/", "/feed2")
    stand.give("/feed", rss("/a", *bad), RSS)
    stand.give("/feed2", rss("/a"), RSS)
    stand.give("/a", page("Story a"))
    report = run(f"{NEWS}/feed")
    assert report.new == 1 and len(report.problems) == len(bad)
    assert sum("is refused" in problem for problem in report.problems) == 4
    assert "is a feed where an article should be" in report.problems[-1]


def test_an_entry_whose_link_is_none_hides_no_other(run, stand):
    """It is named as refused, and the sync goes on."""
    bad = ("https://[bad/x", "https://[::1", "//[", "http://[v1.a]:9/")
    stand.give("/a", page("Story a"))
    entries = "".join(f"<entry><title>T</title><id>{link}</id><link href='{link}'/></entry>" for link in (*bad, "/a"))
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title>{entries}</feed>'
    for kind, feed in (("rss", rss(*bad, "/a")), ("atom", atom)):
        stand.give(f"/{kind}", feed, RSS)
        report = run(f"{NEWS}/{kind}")
        assert report.new + report.unchanged == 1, report.problems
        assert len(report.problems) == len(bad) and all("is refused" in problem for problem in report.problems)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/plain", "text/xml"])
@pytest.mark.parametrize("before", ["", "\ufeff", '<?xml version="1.0"?>\n<!-- news --><?xml-stylesheet href="a"?>\n'])
def test_a_feed_is_known_by_its_beginning_whatever_its_server_calls_it(run, held, stand, kind, before):
    """It isn't read as one article; a page that only speaks of feeds is."""
    stand.give("/feed", before + rss("/a").removeprefix('<?xml version="1.0"?>'), kind)
    stand.give("/a", page("Story a", "How to write &lt;rss&gt; and &lt;feed&gt; by hand. " + BODY))
    assert run(f"{NEWS}/feed").new == 1
    assert set(held()) == {"news.example/a"}


def test_atom_is_read_too(run, held, stand):
    """Its alternate link, relative to its base; its dates."""
    stand.give(
        "/atom",
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/x/"><title>N</title><entry>'
        '<title type="html">T</title><link rel="enclosure" href="https://news.example/no"/><link href="a"/>'
        "<published>2024-05-03T10:00:00Z</published><updated>2024-05-04T10:00:00Z</updated></entry></feed>",
        "application/atom+xml",
    )
    stand.give("/x/a", page("Story a"))
    assert run(f"{NEWS}/atom").problems == ()
    assert [(a.published, a.updated) for a in held().values()] == [("2024-05-03", "2024-05-04")]


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "feed",
    [
        f'<!DOCTYPE d [<!ENTITY a0 "ha">{LAUGHS}]>' + rss("/a", more="<category>&a11;</category>"),
        f'<!DOCTYPE d [<!ENTITY q "{"x" * 100_000}">]>' + rss("/a", more=f"<category>{'&q;' * 10_000}</category>"),
        '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + rss("/a", more="<category>&e;</category>"),
        '<!DOCTYPE d SYSTEM "https://127.0.0.1/dtd">' + rss("/a"),
        rss("/a", more="<x>" * 20_000),
        rss("/a")[:-20],
        "<html><body>no feed",
        "<rss>",
        "/etc/passwd",
        "https://127.0.0.1/",
        "",
        "\0" * 99,
    ],
)
def test_a_hostile_feed_is_read_or_refused(run, held, stand, feed):
    """Entities, outside ones too, depth, and what is no feed: an article, or one sentence; no file, no other link."""
    stand.give("/feed", feed, RSS)
    stand.give("/a", page("Story a"))
    report = run(f"{NEWS}/feed")
    assert report.new + len(report.problems) == 1
    assert {path for path, _ in stand.asked} <= {"/feed", "/a"}
    assert all("root:" not in article.text for article in held().values())


def test_fetching_ends_when_its_time_is_up(run, stand):
    """What was not asked by then is said and kept."""
    stand.give("/a", page("Story a"))
    run(f"{NEWS}/a")
    report = run(web=stand.web(altogether=-1))
    assert report.unchanged == 1
    assert report.problems == (
        f"{NEWS}/a wasn't asked: the -1 s of a sync were up; what was read from it earlier is kept.",
    )


def test_nothing_fetched_is_left_lying_about(run, stand, tmp_path, monkeypatch):
    """What came over the net is in the catalog, and nowhere else."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "tmp").mkdir()
    stand.give("/a", page("Story a"))
    run(f"{NEWS}/a")
    assert os.listdir(tmp_path / "tmp") == []
