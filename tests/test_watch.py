"""Watching folders, and several processes at one library: real processes, real files."""

import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.library import Library
from index.links import LinkFailed
from index.sync import sync
from index.watch import NothingToWatch, watch
from index.writing import writing
from tests.toys import WordEmbedder, write_articles

ROOT = Path(__file__).parents[1]
FIRE = {"id": "fire", "text": "A fire broke out at the harbour. Two boats burned."}

WATCHING = """
import sys
from pathlib import Path
import index.sync
from index.watch import watch
from tests.toys import WordEmbedder
index.sync.renew_vectors = lambda *_: False
place = Path(sys.argv[1])
embedder = WordEmbedder()
for report in watch([place], place / "library", lambda: index.sync.sync([place], place / "library", embedder)):
    print(report.new, report.edited, report.moved, report.removed, report.unchanged, flush=True)
"""
EDITING = """
import sys
from pathlib import Path
from index.sync import sync
from tests.toys import WordEmbedder, write_articles
place = Path(sys.argv[1])
for number in range(5):
    told = f"In its edition {number} this story says so. " * 30
    write_articles(place / "articles" / "all.jsonl", *({"id": f"s{i}", "text": told} for i in range(12)))
    sync([place / "articles"], place / "library", WordEmbedder())
"""


def child(code: str, place: Path) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", code, place], stdout=subprocess.PIPE, text=True, cwd=ROOT, bufsize=1)


@pytest.fixture
def watcher(tmp_path):
    """A process that watches a folder in which its library lies too."""
    write_articles(tmp_path / "news.jsonl", FIRE)
    run = child(WATCHING, tmp_path)
    yield run
    run.kill()
    run.wait()


def said(run: subprocess.Popen, seconds: float = 60) -> str | None:
    """The next line, or None where none comes."""
    ready, _, _ = select.select([run.stdout], [], [], seconds)
    return run.stdout.readline().strip() if ready else None


def test_a_watched_folder_is_followed(tmp_path, watcher):
    """A file that comes, changes, moves and goes is in the library, as it is, soon after."""
    assert said(watcher) == "1 0 0 0 0"
    late = write_articles(tmp_path / "sport" / "late.jsonl", {"id": "late", "text": "A late goal won the match."})
    assert said(watcher) == "1 0 0 0 1"
    write_articles(late, {"id": "late", "text": "A late goal lost the match."})
    assert said(watcher) == "0 1 0 0 1"
    late.unlink()
    assert said(watcher) == "0 0 0 1 1"
    assert said(watcher, 3) is None  # what it writes to its own library is no change of the articles


def test_a_watch_waits_for_another_writer(tmp_path, watcher):
    """A change that comes while another process writes is synced once that one is done."""
    assert said(watcher) == "1 0 0 0 0"
    with writing(tmp_path / "library"):
        write_articles(tmp_path / "more.jsonl", {"id": "more", "text": "Another story came in."})
        assert said(watcher, 3) is None
    assert said(watcher) == "1 0 0 0 1"


@pytest.mark.parametrize("source", ["https://news.example/feed.xml", "-"])
def test_only_what_lies_here_can_be_watched(tmp_path, source):
    """Links and standard input don't tell when they change."""
    with pytest.raises((NothingToWatch, LinkFailed), match="Only files and folders can be watched"):
        next(watch([source], tmp_path / "library", lambda: None))


def test_readers_see_whole_articles_while_another_process_syncs(tmp_path):
    """Whenever it is looked at, an article and its passages are of one edition, and search finds it.

    The vector index is built beside the reader again and again, and switched to under way.
    """
    story = "In its edition 0 this story says so. " * 30
    write_articles(tmp_path / "articles" / "all.jsonl", *({"id": f"s{i}", "text": story} for i in range(12)))
    sync([tmp_path / "articles"], tmp_path / "library", WordEmbedder())
    library = Library.open(tmp_path / "library", WordEmbedder())
    run, editions, generations, looks = child(EDITING, tmp_path), set(), set(), 0
    until = time.monotonic() + 120
    while run.poll() is None and time.monotonic() < until:
        with library.catalog.transaction("DEFERRED"):  # one view: what one question sees
            article = library.article("s7")
            assert "".join(p.text for p in library.passages("s7")) == article.text
        editions |= {word for word in article.text.split() if word.isdigit()}
        assert len({word for word in article.text.split() if word.isdigit()}) == 1
        assert library.search("what does the story say in its edition", count=1)
        generations.add(library.catalog.state("generation"))
        looks += 1
    assert run.wait() == 0 and looks > 5 and len(editions) > 1 and len(generations) > 1
