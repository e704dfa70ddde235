"""Sync where sources go missing, overlap, break or change names. A toy embedder; small files."""

import os
import sqlite3
from pathlib import Path

import pytest

from index.catalog import CATALOG, Catalog
from index.errors import LibraryMissing, OnRecordError
from index.places import outermost
from index.sources import SourceMissing
from index.sync import dismiss, readmit, sync
from index.writing import writing
from tests.toys import WordEmbedder, write_articles

FIRE = {"id": "fire", "text": "A fire broke out at the harbour. Two boats burned."}
GOAL = {"id": "goal", "text": "A goal in the last minute won the match for the visitors."}


@pytest.fixture
def embedder():
    return WordEmbedder()


@pytest.fixture
def place(tmp_path, embedder, monkeypatch):
    """A folder and a folder in it, with an article each, and the library synced from them. No vector index."""
    monkeypatch.setattr("index.sync.renew_vectors", lambda *_: False)  # two processes a sync, of no use here
    write_articles(tmp_path / "articles" / "news.jsonl", FIRE)
    write_articles(tmp_path / "articles" / "sport" / "sport.jsonl", GOAL)
    sync([tmp_path / "articles"], tmp_path / "library", embedder)
    return tmp_path


def ids(place):
    return {article.id for article in Catalog.open(place / "library" / CATALOG).articles()}


def roots(place):
    return [Path(root).name for root in Catalog.open(place / "library" / CATALOG).roots()]


def test_a_source_that_is_missing_for_now_keeps_its_articles(place, embedder):
    """A remembered folder on a disk that is unplugged loses nothing; one that is named has to be there."""
    (place / "articles").rename(place / "unplugged")
    report = sync([], place / "library", embedder)
    assert (report.removed, report.unchanged) == (0, 2)
    assert "articles can't be reached (No such file or directory)" in report.problems[0]
    with pytest.raises(SourceMissing):
        sync([place / "articles"], place / "library", embedder)
    assert ids(place) == {"fire", "goal"}


def test_a_folder_that_cannot_be_listed_keeps_its_articles(place, embedder, monkeypatch):
    """Not being allowed to look into a folder doesn't mean that its files are gone."""
    listed = os.scandir

    def refusing(path):
        if str(path).endswith("sport"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr("os.scandir", refusing)
    report = sync([place / "articles"], place / "library", embedder)
    assert (report.removed, report.unchanged) == (0, 2)
    assert "sport can't be reached (Permission denied)" in report.problems[0]


def test_a_folder_inside_a_source_is_synced_as_part_of_it(place, embedder):
    """Its files are known, what left it is removed, and the wider source is still the one that is remembered."""
    write_articles(place / "articles" / "sport" / "more.jsonl", {"text": "Rain stopped the second match."})
    report = sync([place / "articles" / "sport"], place / "library", embedder)
    assert (report.new, report.unchanged) == (1, 1)
    assert ids(place) == {"fire", "goal", "sport/more#1"} and roots(place) == ["articles"]
    (place / "articles" / "sport" / "sport.jsonl").unlink()
    assert sync([place / "articles" / "sport"], place / "library", embedder).removed == 1
    assert ids(place) == {"fire", "sport/more#1"}


def test_only_narrows_what_a_later_sync_looks_at(place, embedder):
    """What `only` removed doesn't come back with the next sync of all sources."""
    assert sync([place / "articles" / "sport"], place / "library", embedder, only=True).removed == 1
    assert roots(place) == ["sport"]
    sync([], place / "library", embedder)
    assert ids(place) == {"goal"}


def test_a_wider_source_takes_in_a_narrower_one(place, embedder):
    """Syncing the folder around a source neither reads it again nor remembers it twice."""
    write_articles(place / "other.jsonl", {"id": "other", "text": "Something else happened."})
    report = sync([place], place / "library", embedder)
    assert (report.new, report.unchanged, len(roots(place))) == (1, 2, 1)


def test_the_outermost_places_hold_all_others():
    """A folder takes in what lies in it, and not its neighbour whose name begins alike."""
    assert outermost(["/a/b", "/a", "/ab", "/a", "/a/b/c"]) == ["/a", "/ab"]
    assert outermost(["/x", "/"]) == ["/"]


def test_a_file_that_could_not_be_read_is_tried_again(place, embedder, monkeypatch):
    """The cause can go, a package installed or a permission given, without a change of the file."""
    write_articles(place / "articles" / "late.jsonl", {"id": "late", "text": "A late story came in."})
    with monkeypatch.context() as locked:
        locked.setattr("index.read._open_regular", _refusing)
        assert "late.jsonl cannot be read" in sync([], place / "library", embedder).problems[0]
    report = sync([], place / "library", embedder)
    assert (report.new, report.problems) == (1, ())


def _refusing(path):
    raise PermissionError(13, "Permission denied", str(path))


def test_a_name_that_is_no_text_is_a_problem_not_a_crash(place, embedder):
    """A file name of stray bytes is named in a sentence, and the rest is read."""
    stray = os.fsencode(place / "articles") + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(stray)).write_text("A story that nobody can name.")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    report = sync([], place / "library", embedder)
    assert report.unchanged == 2 and len(report.problems) == 1
    assert "a name that isn't UTF-8" in report.problems[0] and report.problems[0].isprintable()


def test_a_file_that_vanishes_under_way_is_a_problem(place, embedder):
    """A name that is listed but has no file behind it is reported, and the rest is read."""
    (place / "articles" / "gone.txt").symlink_to(place / "nowhere.txt")
    report = sync([], place / "library", embedder)
    assert report.unchanged == 2
    assert "gone.txt can't be reached (No such file or directory)" in report.problems[0]


def test_a_line_that_breaks_keeps_its_article(place, embedder):
    """An article whose line can't be read any more is kept, and the report says so; mended, all is as before."""
    file = write_articles(place / "articles" / "news.jsonl", FIRE, GOAL | {"id": "second"})
    sync([], place / "library", embedder)
    whole = file.read_text()
    file.write_text(whole.replace('{"id": "second"', '{"id": second'))
    report = sync([], place / "library", embedder)
    assert (report.removed, report.unchanged) == (0, 3)
    assert report.problems[-1].endswith("line 2 is not JSON in UTF-8; what was read from it earlier is kept.")
    file.write_text(whole.splitlines()[0] + "\n")
    assert sync([], place / "library", embedder).removed == 1


def test_a_renamed_file_that_is_touched_keeps_its_ids(place, embedder):
    """The id that an article kept when its file was renamed stays when the file is read again."""
    file = place / "articles" / "plain.txt"
    file.write_text("A headline for a plain article\n\nThe ferry is late again today, and the next one too.\n")
    sync([], place / "library", embedder)
    file = file.rename(place / "articles" / "sport" / "moved.txt")
    sync([], place / "library", embedder)
    os.utime(file, (1, 1))
    report = sync([], place / "library", embedder)
    assert (report.new, report.removed, report.unchanged) == (0, 0, 3)
    assert ids(place) == {"fire", "goal", "plain"}


def test_a_copy_does_not_take_the_id_of_its_original(place, embedder):
    """Where a file gives one text under two ids, the one that had it keeps its own."""
    write_articles(place / "articles" / "news.jsonl", FIRE | {"id": "copy"}, FIRE)
    assert sync([], place / "library", embedder).new == 1
    assert ids(place) == {"fire", "copy", "goal"}


def test_only_what_is_there_can_be_dismissed(place, embedder):
    """A mistyped id bars no later article; the report counts those removed by hand."""
    assert not dismiss(place / "library", "late")
    assert dismiss(place / "library", "fire")
    write_articles(place / "articles" / "late.jsonl", {"id": "late", "text": "A late story came in."})
    report = sync([], place / "library", embedder)
    assert (report.new, report.dismissed) == (1, ("fire",))


def test_a_dismissed_article_stays_away_under_another_name(place, embedder):
    """A file that is renamed after its article was removed by hand doesn't bring it back."""
    (place / "articles" / "dam.txt").write_text("The dam at Osby held through the night.")
    sync([], place / "library", embedder)
    assert dismiss(place / "library", "dam")
    (place / "articles" / "dam.txt").rename(place / "articles" / "osby.txt")
    assert sync([], place / "library", embedder).new == 0


def test_a_dismissed_article_can_be_let_in_again(place, embedder):
    """The next sync reads it from where it lay; what was never removed can't be let in."""
    assert dismiss(place / "library", "fire")
    assert readmit(place / "library", "fire") and not readmit(place / "library", "fire")
    assert sync([], place / "library", embedder).new == 1
    assert "fire" in ids(place)


def test_dismissing_makes_no_library(tmp_path):
    """Where there is no library, removing an article from it is an error and leaves nothing."""
    with pytest.raises(LibraryMissing):
        dismiss(tmp_path / "library", "fire")
    assert not (tmp_path / "library").exists()


def test_a_dry_run_makes_no_library(tmp_path, embedder):
    """It says what a first sync would do, and leaves no file behind."""
    write_articles(tmp_path / "articles" / "news.jsonl", FIRE)
    assert sync([tmp_path / "articles"], tmp_path / "library", embedder, dry_run=True).new == 1
    assert not (tmp_path / "library").exists()


def test_a_commit_that_fails_leaves_no_transaction_open(place):
    """After an error at its end a transaction is undone, and the next one can begin."""
    with writing(place / "library") as catalog:
        db = catalog.connection
        with pytest.raises(sqlite3.IntegrityError), catalog.transaction():
            db.execute("PRAGMA defer_foreign_keys = ON")
            db.execute("DELETE FROM sources")  # its articles still refer to it
        with catalog.transaction():
            assert len(catalog.files()) == 2


@pytest.mark.parametrize("folder", ["taken", "taken/library"])
def test_a_library_that_cannot_be_made_is_a_sentence(tmp_path, folder):
    """A file where the folder should be is an error with the way out."""
    (tmp_path / "taken").write_text("a file")
    with (
        pytest.raises(OnRecordError, match="No library can be written at .* Name another folder"),
        writing(tmp_path / folder),
    ):
        pass


def test_a_file_named_by_itself_is_read_without_complaint(place, embedder):
    """A source may be one file."""
    report = sync(
        [write_articles(place / "alone.jsonl", {"id": "alone", "text": "One article."})], place / "library", embedder
    )
    assert report.new == 1 and not report.problems


def test_a_folder_that_holds_nothing_for_now_keeps_its_articles(place, embedder):
    """A disk that isn't mounted leaves its folder empty. Named, an empty folder is meant to be empty."""
    for file in sorted((place / "articles").rglob("*.jsonl")):
        file.rename(place / file.name)
    report = sync([], place / "library", embedder)
    assert (report.removed, report.unchanged) == (0, 2)
    assert "holds nothing to read now; what was read from it earlier is kept" in report.problems[0]
    assert sync([place / "articles"], place / "library", embedder).removed == 2
