"""An article keeps its id while it is the same article, whatever its file is called and wherever in it it stands."""

import json
import sqlite3
import time

import pytest

from index.catalog import CATALOG, Catalog
from index.doctor import compact
from index.identity import Held, Leaving
from index.library import Library
from index.sync import sync
from tests.toys import WordEmbedder, write_articles

DAM = "The dam at Osby held through the night, the mayor said."
DAM_LATER = "The dam at Osby gave way in the night, the mayor said."
ROWS = [f"Story {n} of the valley was told by neighbour {n} on the market." for n in range(6)]


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder for articles. No vector index."""
    monkeypatch.setattr("index.sync.renew_vectors", lambda *_: False)
    (tmp_path / "articles" / "uk").mkdir(parents=True)
    return tmp_path


def synced(place, *sources):
    return sync(sources or [place / "articles"], place / "library", WordEmbedder())


def texts(place):
    return {article.id: article.text for article in Catalog.open(place / "library" / CATALOG).articles()}


def rows(place, texts):
    (place / "articles" / "rows.csv").write_text("text\n" + "".join(f'"{text}"\n' for text in texts))


def test_an_article_that_is_edited_after_its_file_was_renamed_keeps_its_id_and_version(place):
    """What an answer quoted before can still be shown."""
    (place / "articles" / "dam.txt").write_text(DAM)
    synced(place)
    quoted = Library.open(place / "library", WordEmbedder()).article("dam").digest
    (place / "articles" / "dam.txt").rename(place / "articles" / "uk" / "osby.txt")
    assert synced(place).moved == 1
    (place / "articles" / "uk" / "osby.txt").write_text(DAM_LATER)
    assert synced(place).edited == 1
    assert texts(place) == {"dam": DAM_LATER}
    assert Library.open(place / "library", WordEmbedder()).version("dam", quoted).text == DAM


def test_an_edit_after_a_wider_source_was_named_keeps_the_id(place):
    """Named from further up, a file's articles have longer names and the same ids."""
    (place / "articles" / "uk" / "dam.txt").write_text(DAM)
    synced(place, place / "articles" / "uk")
    synced(place)
    (place / "articles" / "uk" / "dam.txt").write_text(DAM_LATER)
    assert synced(place).edited == 1
    assert texts(place) == {"dam": DAM_LATER}


def test_an_article_keeps_its_id_when_its_namesake_goes(place):
    """What came second under an id stays second."""
    write_articles(place / "articles" / "a.jsonl", {"id": "dam", "text": "Another dam, of another town, was opened."})
    write_articles(place / "articles" / "b.jsonl", {"id": "dam", "text": DAM})
    synced(place)
    assert texts(place)["dam~2"] == DAM
    (place / "articles" / "a.jsonl").unlink()
    write_articles(place / "articles" / "b.jsonl", {"id": "dam", "text": DAM_LATER})
    report = synced(place)
    assert (report.edited, report.removed) == (1, 1) and texts(place) == {"dam~2": DAM_LATER}


def test_of_two_files_that_give_one_id_the_first_by_name_keeps_it_and_the_other_is_told(place):
    """Whatever order the disk lists them in: two folders filled in opposite orders end alike."""
    files = {"a.jsonl": "Another dam, of another town, was opened.", "b.jsonl": DAM}
    told = []
    for order in (list(files), list(reversed(files))):
        folder, library = place / order[0], place / f"library {order[0]}"
        for name in order:
            write_articles(folder / name, {"id": "dam", "text": files[name]})
        told.append(sync([folder], library, WordEmbedder()).problems)
        held = {article.id: article.text for article in Catalog.open(library / CATALOG).articles()}
        assert held == {"dam": files["a.jsonl"], "dam~2": DAM}
        assert sync([folder], library, WordEmbedder()).problems == told[-1]  # as long as it is so
    assert told[0] == told[1] and len(told[0]) == 1
    assert told[0][0].startswith("b.jsonl: other articles had these ids first, so it is held dam as dam~2; give each")


def test_articles_of_one_file_under_one_id_each_stay_what_they_are(place):
    """Read again after another line came, none takes another's place and none is lost."""
    lines = [{"id": "dam", "text": DAM}, {"id": "dam", "text": DAM_LATER}, {"id": "x", "text": ROWS[0]}]
    write_articles(place / "articles" / "a.jsonl", *lines)
    assert synced(place).new == 3
    before = texts(place)
    write_articles(place / "articles" / "a.jsonl", *reversed(lines), {"id": "y", "text": ROWS[1]})
    report = synced(place)
    assert (report.new, report.edited, report.removed, report.unchanged) == (1, 0, 0, 3)
    assert texts(place) == before | {"y": ROWS[1]}


def test_thousands_of_rows_under_one_id_are_numbered_without_trying_all_numbers(place):
    """A file whose every row gives the same id is held whole, and told of in one sentence."""
    write_articles(place / "articles" / "a.jsonl", *({"id": "0", "text": f"Row {n} it is."} for n in range(3000)))
    report = synced(place)
    assert report.new == 3000 and len(report.problems) == 1 and len(report.problems[0]) < 1500
    assert "0~3000" in texts(place)


def test_an_article_whose_file_was_renamed_and_edited_in_one_keeps_its_id_and_version(place):
    """An id of its own is enough to know it again, though neither its file nor its words are the same."""
    write_articles(place / "articles" / "a.jsonl", {"id": "dam", "text": DAM})
    synced(place)
    quoted = Library.open(place / "library", WordEmbedder()).article("dam").digest
    (place / "articles" / "a.jsonl").unlink()
    write_articles(place / "articles" / "b.jsonl", {"id": "dam", "text": DAM_LATER})
    report = synced(place)
    assert (report.edited, report.removed, report.problems) == (1, 0, ()) and texts(place) == {"dam": DAM_LATER}
    assert Library.open(place / "library", WordEmbedder()).version("dam", quoted).text == DAM


def test_a_row_that_is_taken_out_is_removed_and_the_others_are_as_they_were(place):
    """No row becomes an edit of its neighbour, and nothing of the one that went is left on disk."""
    rows(place, [*ROWS[:2], "The secret of Qqvvunique was kept by nobody.", *ROWS[2:]])
    synced(place)
    before = texts(place)
    rows(place, ROWS)
    report = synced(place)
    assert (report.removed, report.edited, report.unchanged) == (1, 0, 6)
    assert texts(place).items() < before.items()
    compact(place / "library")
    assert not any(b"Qqvvunique" in file.read_bytes() for file in (place / "library").rglob("*") if file.is_file())


def test_a_row_that_is_put_in_is_the_only_new_one(place):
    """The rows after it keep their ids; its own is a free one."""
    rows(place, ROWS)
    synced(place)
    before = texts(place)
    rows(place, [DAM, *ROWS])
    report = synced(place)
    assert (report.new, report.edited, report.unchanged) == (1, 0, 6)
    assert texts(place).items() > before.items()


def test_a_row_that_is_edited_in_its_place_keeps_its_id(place):
    """Where none was added or taken out, what stands in a place is what stood there."""
    rows(place, [*ROWS, DAM])
    synced(place)
    rows(place, [*ROWS, DAM_LATER])
    assert synced(place).edited == 1
    assert texts(place)["rows#8"] == DAM_LATER


def test_an_id_that_a_file_changes_is_another_article(place):
    """An id that is the file's own counts, whatever the words are."""
    write_articles(place / "articles" / "a.jsonl", {"id": "dam", "text": DAM})
    synced(place)
    write_articles(place / "articles" / "a.jsonl", {"id": "osby", "text": DAM})
    report = synced(place)
    assert (report.new, report.removed) == (1, 1) and set(texts(place)) == {"osby"}


def test_two_files_with_one_text_may_both_move(place):
    """Each keeps an id, and none is counted as removed."""
    for name in ("a", "b"):
        (place / "articles" / f"{name}.txt").write_text(DAM)
    synced(place)
    for name in ("a", "b"):
        (place / "articles" / f"{name}.txt").rename(place / "articles" / "uk" / f"{name}{name}.txt")
    report = synced(place)
    assert (report.moved, report.new, report.removed) == (2, 0, 0)
    assert set(texts(place)) == {"a", "b"}


def test_articles_of_an_older_library_keep_their_ids(place):
    """It knows its articles by their ids alone."""
    rows(place, ROWS)
    write_articles(place / "articles" / "a.jsonl", {"id": "dam", "text": DAM})
    synced(place)
    before = texts(place)
    with sqlite3.connect(place / "library" / CATALOG) as db:
        db.execute("UPDATE articles SET given = NULL")
    rows(place, [*ROWS[1:], ROWS[0]])
    (place / "articles" / "a.jsonl").write_text(json.dumps({"id": "dam", "text": DAM_LATER}))
    assert synced(place).edited == 1
    assert texts(place) == before | {"dam": DAM_LATER}


def test_a_large_file_that_was_renamed_and_edited_is_known_again_in_time_that_grows_with_it():
    """Each row is found by its id, not by looking through all that are leaving: 40,000 in far less than a minute."""
    rows = [Held(f"row-{n}", f"words {n}", f"=row-{n}") for n in range(40_000)]
    leaving, begun = Leaving(rows), time.process_time()
    for row in reversed(rows):
        found = leaving.by_name(row.given)
        assert found is row
        leaving.take(found)
    assert leaving.left == 0 and time.process_time() - begun < 10


def test_what_is_leaving_is_found_once_by_its_words_or_its_name():
    """A name that was made up from a place finds nothing, and an id of its own none that has another."""
    dam, row, old = Held("dam", "w", "=dam"), Held("rows#1", "w", "#1"), Held("old", "v", None)
    leaving = Leaving([dam, row, old])
    assert leaving.by_name("#1") is None and leaving.by_name("=osby") is None and leaving.by_name("=dam") == dam
    assert leaving.by_words("w", "#7") == row and leaving.by_words("w", "=osby") is None
    leaving.take(dam)
    assert leaving.by_name("=dam") is None and leaving.by_words("w", "=dam") is None
    assert leaving.by_words("v", "=new") == old and leaving.left == 2
