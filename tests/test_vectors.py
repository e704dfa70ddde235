"""The vector index: opened by many threads, lost, damaged, and built where a stranger's files lie."""

import shutil
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.doctor import repair
from index.library import Library
from index.limits import Apart
from index.scope import Scope
from index.sync import sync
from index.vectors import VectorsBroken, check
from tests.toys import WordEmbedder, write_articles

STORY = {"id": "fire", "text": "A fire broke out at the harbour. Two boats burned. Nobody was hurt."}


@pytest.fixture
def place(tmp_path):
    """A folder of one article, and the library synced from it."""
    write_articles(tmp_path / "articles" / "news.jsonl", STORY)
    sync([tmp_path / "articles"], tmp_path / "library", WordEmbedder())
    return tmp_path


def opened(place):
    return Library.open(place / "library", WordEmbedder())


def generation(place):
    return place / "library" / "vectors" / opened(place).catalog.state("generation")


def ask_at_once(library, times=8):
    """Ask in this many threads that start together; the cosines that each found."""
    start = threading.Barrier(times)

    def ask(_):
        start.wait()
        return [hit.meaning for hit in library.search("two boats burned")]

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(ask, range(times)))


@pytest.mark.parametrize("name", ["news #1", "what?", "100%41"])
def test_a_library_may_have_any_name(tmp_path, name):
    """Characters that mean something in an address are letters in a folder's name."""
    (tmp_path / name).mkdir()
    write_articles(tmp_path / "articles.jsonl", STORY)
    sync([tmp_path / "articles.jsonl"], tmp_path / name / "library", WordEmbedder())
    assert check(generation(tmp_path / name)) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"articles.jsonl", name}


def test_a_library_that_is_moved_away_does_not_come_back_empty(place):
    """A thread that opens it anew says so, and makes no file."""
    library = opened(place)
    (place / "library").rename(place / "elsewhere")
    with ThreadPoolExecutor(1) as pool, pytest.raises(sqlite3.OperationalError):
        pool.submit(library.facts).result()
    assert not (place / "library").exists()


def test_first_questions_may_come_from_many_threads_at_once(place):
    """A library that was just opened, or whose generation was switched, answers all of them alike."""
    library = opened(place)
    first = ask_at_once(library)
    assert first == [first[0]] * 8 and first[0]
    repair(place / "library")
    assert ask_at_once(library) == first


def test_modules_in_the_working_folder_are_not_imported(place, monkeypatch):
    """A chromadb.py or a json.py among the articles is never run, by no child process."""
    from index.documents import read_document

    for name in ("chromadb", "json", "lxml"):
        (place / "articles" / f"{name}.py").write_text("open('hostile-code-ran', 'w'); raise SystemExit(3)")
    monkeypatch.chdir(place / "articles")
    monkeypatch.setattr("index.documents._apart", Apart("index.documents"))  # a child that starts in this folder
    assert check(generation(place)) == 1
    page = b"<html><body><p>Two boats burned in the harbour.</p></body></html>"
    assert "boats" in read_document("html", page)["text"]
    assert not (place / "articles" / "hostile-code-ran").exists()


def test_a_lost_generation_is_searched_exactly_and_stays_lost(place):
    """Without Chroma's folder questions are answered from the catalog, and asking doesn't make an empty one."""
    before = [(hit.passage, round(hit.meaning, 5)) for hit in opened(place).search("two boats burned")]
    lost = generation(place)
    shutil.rmtree(lost)
    library = Library.open(place / "library", WordEmbedder())
    assert [(hit.passage, round(hit.meaning, 5)) for hit in library.search("two boats burned")] == before
    assert not lost.exists()


def test_opening_a_lost_generation_makes_none(tmp_path):
    """Opening a folder that isn't there is an error, and it still isn't there."""
    from index.vectors import Vectors

    with pytest.raises(VectorsBroken, match="doctor --repair"):
        Vectors(tmp_path / "lost")
    assert not (tmp_path / "lost").exists()


def test_a_damaged_generation_is_searched_exactly(place):
    """Each question to a generation that Chroma can't open is answered, not only the first."""
    (generation(place) / "chroma.sqlite3").write_bytes(b"x" * 10_000)
    library = Library.open(place / "library", WordEmbedder())
    for _ in range(2):
        assert library.search("two boats burned")[0].passage.text == STORY["text"]


def test_the_next_sync_builds_a_lost_generation(place):
    """A folder without Chroma's file counts as no generation."""
    (generation(place) / "chroma.sqlite3").unlink()
    sync([], place / "library", WordEmbedder())
    assert check(generation(place)) == 1


def test_a_generation_a_tenth_out_of_date_is_built_anew_beside_its_readers(tmp_path):
    """Up to a tenth more is compared one by one; then the next generation is built, and an open reader moves over."""
    stories = [{"id": f"s{i}", "text": f"The story of witness {i} was told at length."} for i in range(14)]
    names, reader = [], None
    for count in (12, 13, 14):
        write_articles(tmp_path / "articles" / "news.jsonl", *stories[:count])
        sync([tmp_path / "articles"], tmp_path / "library", WordEmbedder())
        reader = reader or opened(tmp_path)
        assert {hit.passage.article_id for hit in reader.search(f"witness {count - 1}", count=1)} == {f"s{count - 1}"}
        names.append(generation(tmp_path))
        assert reader._vectors.folder == names[-1]
    assert names[0] == names[1] != names[2]
    assert names[0].is_dir() and check(names[2]) == 14  # a question under way may still read the old one


def test_exact_search_reads_the_vectors_in_blocks(place, monkeypatch):
    """However small the blocks are, the same passages are found."""
    write_articles(place / "articles" / "more.jsonl", *({"id": f"m{i}", "text": f"Boat {i} sank."} for i in range(7)))
    sync([], place / "library", WordEmbedder())
    scope, library = Scope(articles=frozenset(f"m{i}" for i in range(7))), opened(place)
    whole = library.search("boat 3", scope)
    monkeypatch.setattr("index.library.BLOCK", 2)
    assert library.search("boat 3", scope) == whole and len(whole) == 7


def test_a_wide_scope_far_from_the_question_is_searched_exactly(place, monkeypatch):
    """Where the graph's nearest are all out of scope, what is in scope is found all the same."""
    boats = ({"id": f"m{i}", "outlet": "Coast Daily", "text": f"Boat {i} burned."} for i in range(20))
    budget = {"id": "budget", "outlet": "Town Crier", "text": "The council passed its budget."}
    write_articles(place / "articles" / "more.jsonl", *boats, budget)
    sync([], place / "library", WordEmbedder())
    monkeypatch.setattr("index.library.EXACTLY", 0)  # as if the scope were wide
    monkeypatch.setattr("index.library.CANDIDATES", 1)
    hits = opened(place).search("boats burned", Scope(outlets=frozenset({"Town Crier"})))
    assert [hit.passage.article_id for hit in hits] == ["budget"]
