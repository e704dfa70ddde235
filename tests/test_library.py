"""Keeping articles: sync, search, removal, interruption. Real SQLite and Chroma; a toy embedder."""

import json
import os
import subprocess
import sys

import pytest

from index.catalog import CATALOG
from index.doctor import examine, repair
from index.errors import LibraryBusy, LibraryMissing
from index.library import Library, ModelChanged
from index.scope import EVERYTHING, Scope
from index.sources import SourceMissing
from index.sync import sync
from index.writing import writing
from tests.toys import WordEmbedder, write_articles

FIRE = {
    "id": "fire",
    "title": "Fire at the harbour",
    "outlet": "Coast Daily",
    "published": "2025-03-01",
    "text": "A fire broke out at the harbour. Two boats burned. Nobody was hurt.",
}
BUDGET = {
    "id": "budget",
    "title": "Council passes budget",
    "outlet": "Town Crier",
    "published": "2025-04-10",
    "text": "The council passed its budget. Buses will run later at night.",
}
GOAL = {
    "id": "goal",
    "title": "Late goal",
    "outlet": "Coast Daily",
    "published": "2025-05-02",
    "text": "A goal in the last minute won the match for the visitors.",
}


@pytest.fixture
def embedder():
    return WordEmbedder()


@pytest.fixture
def place(tmp_path, embedder):
    """A folder of three articles, and the library synced from it."""
    write_articles(tmp_path / "articles" / "news.jsonl", FIRE, BUDGET)
    write_articles(tmp_path / "articles" / "sport" / "sport.jsonl", GOAL)
    sync([tmp_path / "articles"], tmp_path / "library", embedder)
    return tmp_path


def opened(place, embedder=None):
    return Library.open(place / "library", embedder or WordEmbedder())


def ids(library, scope=EVERYTHING):
    return {a.id for a in library.articles(scope)}


def test_a_library_holds_the_articles_of_its_sources(place):
    """Every article of a folder and the folders in it is there, with its record unchanged."""
    library = opened(place)
    assert ids(library) == {"fire", "budget", "goal"}
    assert library.article("fire").text == FIRE["text"]
    assert library.article("fire").outlet == "Coast Daily"
    assert library.facts().first == "2025-03-01"


def test_a_text_with_a_nul_in_it_is_held_and_found_whole(place, embedder):
    """What stands after a NUL, where SQLite's own functions stop, is in the passage and in the words."""
    text = "The pier is\0closed since the storm. Walkers turn back at the lighthouse."
    write_articles(place / "articles" / "nul.jsonl", {"id": "nul", "text": text})
    sync([place / "articles"], place / "library", embedder)
    library = opened(place)
    assert library.article("nul").text == text
    assert "".join(p.text for p in library.passages("nul")) == text
    assert "lighthouse" in library.search("walkers lighthouse", count=1)[0].passage.text
    assert all(finding.ok for finding in examine(place / "library"))


def test_a_second_sync_embeds_nothing(place, embedder):
    """What hasn't changed is neither read nor embedded again."""
    before = len(embedder.embedded)
    report = sync([place / "articles"], place / "library", embedder)
    assert (report.new, report.edited, report.removed, report.unchanged) == (0, 0, 0, 3)
    assert len(embedder.embedded) == before


def test_an_edited_article_is_replaced_under_its_id(place, embedder):
    """An edit changes the article and what finds it; its neighbours in the file stay as they are."""
    before = len(embedder.embedded)
    write_articles(place / "articles" / "news.jsonl", FIRE | {"text": "A blaze destroyed the old lighthouse."}, BUDGET)
    report = sync([place / "articles"], place / "library", embedder)
    assert (report.new, report.edited, report.unchanged) == (0, 1, 2)
    assert len(embedder.embedded) == before + 1
    library = opened(place)
    assert library.search("old lighthouse", count=1)[0].passage.text == "A blaze destroyed the old lighthouse."
    assert all("boats" not in hit.passage.text for hit in library.search("Two boats burned"))


def test_a_removed_file_takes_its_articles_with_it(place, embedder):
    """After sync nothing of a removed article is found, listed or left in a table."""
    (place / "articles" / "sport" / "sport.jsonl").unlink()
    report = sync([place / "articles"], place / "library", embedder)
    library = opened(place)
    assert report.removed == 1
    assert ids(library) == {"fire", "budget"}
    assert all(hit.passage.article_id != "goal" for hit in library.search("goal in the last minute"))
    tables = ("passages WHERE article NOT IN (SELECT number FROM articles)", "words WHERE words MATCH 'visitors'")
    assert [library.catalog.connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables] == [0, 0]


def test_a_removed_article_is_gone_from_disk_after_compaction(place, embedder):
    """No file of the library holds a removed article's words once it is compacted."""
    (place / "articles" / "sport" / "sport.jsonl").unlink()
    sync([place / "articles"], place / "library", embedder)
    repair(place / "library")
    files = [f for f in (place / "library").rglob("*") if f.is_file()]
    assert any(b"harbour" in f.read_bytes() for f in files)
    assert not any(b"last minute won the match" in f.read_bytes() for f in files)


def test_a_renamed_file_keeps_its_articles_and_vectors(place, embedder):
    """A file that moves is the same articles: same ids, nothing embedded."""
    (place / "articles" / "plain.txt").write_text(
        "A headline for a plain article\n\nThe ferry is late again today, and the next one too.\n"
    )
    sync([place / "articles"], place / "library", embedder)
    before, held = len(embedder.embedded), ids(opened(place))
    (place / "articles" / "plain.txt").rename(place / "articles" / "sport" / "moved.txt")
    report = sync([place / "articles"], place / "library", embedder)
    assert (report.new, report.moved, report.removed) == (0, 1, 0)
    assert len(embedder.embedded) == before
    assert ids(opened(place)) == held


def test_a_dry_run_changes_nothing(place, embedder):
    """It reports what a sync would do, and the library stays as it was."""
    write_articles(place / "articles" / "more.jsonl", {"id": "new", "text": "Something new happened here."})
    (place / "articles" / "sport" / "sport.jsonl").unlink()
    report = sync([place / "articles"], place / "library", embedder, dry_run=True)
    assert (report.new, report.removed) == (1, 1)
    assert ids(opened(place)) == {"fire", "budget", "goal"}


def test_an_unreadable_file_keeps_what_was_read_from_it(place, embedder):
    """A file that breaks later is reported by name, and its articles are kept."""
    (place / "articles" / "news.jsonl").write_bytes(b"\xff\xfe\x00\x01" * 10)
    report = sync([place / "articles"], place / "library", embedder)
    assert len(report.problems) == 1 and report.problems[0].startswith("news.jsonl")
    assert ids(opened(place)) == {"fire", "budget", "goal"}


def test_other_sources_stay_unless_only_these_are_asked_for(place, embedder):
    """A second source is added; with `only` the rest goes."""
    write_articles(place / "other" / "x.jsonl", {"id": "x", "text": "An article from elsewhere."})
    sync([place / "other"], place / "library", embedder)
    assert ids(opened(place)) == {"fire", "budget", "goal", "x"}
    sync([place / "other"], place / "library", embedder, only=True)
    assert ids(opened(place)) == {"x"}


def test_two_articles_of_one_id_are_both_held(place, embedder):
    """A second file's article with a taken id gets a number, and none is lost."""
    write_articles(place / "articles" / "z.jsonl", {"id": "fire", "text": "Another story under the same id."})
    sync([place / "articles"], place / "library", embedder)
    assert ids(opened(place)) == {"fire", "fire~2", "budget", "goal"}


def test_a_dismissed_article_stays_away(place, embedder):
    """An article removed by hand isn't brought back by the next sync."""
    with writing(place / "library") as catalog:
        assert catalog.dismiss("fire")
    write_articles(place / "articles" / "news.jsonl", FIRE, BUDGET | {"section": "town"})
    sync([place / "articles"], place / "library", embedder)
    assert ids(opened(place)) == {"budget", "goal"}


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(outlets=frozenset({"Coast Daily"})), {"fire", "goal"}),
        (Scope(since="2025-04-01"), {"budget", "goal"}),
        (Scope(until="2025-04-10"), {"fire", "budget"}),
        (Scope(since="2025-04-01", until="2025-04-30"), {"budget"}),
        (Scope(articles=frozenset({"goal"})), {"goal"}),
        (Scope(articles=frozenset()), set()),
    ],
)
def test_a_scope_limits_what_is_found(place, scope, expected):
    """Search, through words and through meaning, gives passages in scope and no others."""
    library = opened(place)
    found = {hit.passage.article_id for hit in library.search("fire council goal harbour budget match", scope)}
    assert found == expected == ids(library, scope)


def test_what_is_newer_than_the_vector_index_is_found(place, embedder, monkeypatch):
    """A passage that no generation holds yet is compared from the catalog."""
    library = opened(place)
    generation = library.catalog.state("generation")
    monkeypatch.setattr("index.generations.OUT_OF_DATE", 10)  # so that no new generation is built
    write_articles(place / "articles" / "late.jsonl", {"id": "late", "text": "Zebras escaped from the circus."})
    sync([place / "articles"], place / "library", embedder)
    assert library.catalog.state("generation") == generation
    assert library.search("zebras circus", count=1)[0].passage.article_id == "late"


def test_long_articles_do_not_fill_all_that_is_found(tmp_path, embedder):
    """Below the wanted number of passages stand the best of further articles, until there are as many of these."""
    long = {"id": "long", "text": "The dam leaks. " * 400}
    others = [{"id": f"note{n}", "text": f"A dam of note {n} stands."} for n in range(5)]
    sync([write_articles(tmp_path / "news.jsonl", long, *others)], tmp_path / "library", embedder)
    library = Library.open(tmp_path / "library", embedder)
    found = [hit.passage.article_id for hit in library.search("Which dam leaks?", count=3)]
    assert found == ["long"] * 3
    found = [hit.passage.article_id for hit in library.search("Which dam leaks?", count=3, articles=4)]
    assert found[:3] == ["long"] * 3 and len(found) == len(set(found)) + 2 == 6


def test_a_lost_vector_index_is_built_anew_without_embedding(place, embedder):
    """Chroma's folder is derived: doctor notices its loss and builds it from the stored vectors."""
    import shutil

    shutil.rmtree(place / "library" / "vectors")
    assert not all(finding.ok for finding in examine(place / "library"))
    repair(place / "library")
    assert all(finding.ok for finding in examine(place / "library"))
    assert opened(place).search("two boats burned", count=1)[0].passage.article_id == "fire"


def test_a_damaged_vector_index_is_noticed_and_mended(place):
    """Cut-off index files are a finding, not a crash, and repair mends them."""
    for file in (place / "library" / "vectors").rglob("*"):
        if file.is_file():
            os.truncate(file, file.stat().st_size // 2)
    assert not all(finding.ok for finding in examine(place / "library"))
    repair(place / "library")
    assert all(finding.ok for finding in examine(place / "library"))


def test_a_second_writer_gets_a_sentence_at_once(place, embedder):
    """While one process writes, another's sync is refused, and reading goes on."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDING, place / "library"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout.readline().strip() == "held"
        with pytest.raises(LibraryBusy, match="Another process is writing"):
            sync([place / "articles"], place / "library", embedder)
        assert opened(place).search("two boats burned", count=1)
    finally:
        holder.communicate("\n")


def test_a_library_made_with_another_model_is_not_mixed(place):
    """Vectors of two models aren't comparable: opening and syncing with another model is refused."""
    other = WordEmbedder()
    other.name = "another-model"
    with pytest.raises(ModelChanged, match="toy-words"):
        opened(place, other)
    with pytest.raises(ModelChanged, match="toy-words"):
        sync([place / "articles"], place / "library", other)


def test_a_missing_library_and_a_missing_source_say_the_way_out(tmp_path, embedder):
    """Both errors are one sentence with a command in it."""
    with pytest.raises(LibraryMissing, match="onrecord sync"):
        Library.open(tmp_path / "nothing")
    with pytest.raises(SourceMissing, match="There is no file or folder"):
        sync([tmp_path / "nothing"], tmp_path / "library", embedder)


def test_a_catalog_from_a_newer_release_is_refused(place):
    """A schema version that isn't known yet is named as such, not guessed at."""
    from index.catalog import Catalog, LibraryTooNew

    Catalog.open(place / "library" / CATALOG).connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryTooNew, match="Update"):
        opened(place)


@pytest.mark.parametrize(
    "question",
    [
        '"',
        "AND OR NOT",
        "NEAR(a b)",
        "title:fire*",
        "a^2 -b {c} (d",
        "*",
        "'; DROP TABLE articles; --",
        "\x00",
        "🔥",
        "",
        "   ",
    ],
)
def test_search_syntax_in_a_question_is_only_words(place, question):
    """Nothing in a question is query syntax, and nothing in it breaks the search."""
    library = opened(place)
    for hit in library.search(question):
        assert hit.passage.article_id in {"fire", "budget", "goal"}
    assert ids(library) == {"fire", "budget", "goal"}


HOLDING = """
import sys
from pathlib import Path
from index.writing import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    input()
"""


def test_the_report_can_be_printed_as_json(place, embedder):
    """Programs read what people read."""
    from dataclasses import asdict

    assert json.loads(json.dumps(asdict(sync([], place / "library", embedder))))["unchanged"] == 3
