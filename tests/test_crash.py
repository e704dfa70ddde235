"""Killed in the middle: whatever the moment, the library is whole, answers, and ends as it would have undisturbed.

`make soak` writes a line for each kill into build/kills.log as it goes, so that a run that is stopped tells how far it
came: "killed after 0.41 s: 66 articles; passed". A line that breaks off is one whose trial didn't pass.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.catalog import Catalog
from index.doctor import compact, examine, examine_catalog
from index.library import Library
from index.rebuild import rebuild
from index.sync import sync
from index.writing import existing
from tests.toys import WordEmbedder, write_articles

ROOT = Path(__file__).parents[1]
SOAK = os.environ.get("ONRECORD_SOAK") == "1"
TIMES = 50 if SOAK else 2  # of each action, plus two of the first
ARTICLES = [
    {
        "id": f"a{i}",
        "title": f"Story {i}",
        "published": f"2025-03-{i % 28 + 1:02}",
        "text": " ".join(
            f"Sentence {j} of story {i % 40} is here, told by witness number {i * 7 + j}." for j in range(9)
        ),
    }
    for i in range(160)
]
NAMESAKE = {"id": "a7", "text": "Another article bears the seventh one's id, told by witness number 7 too."}
BEFORE = [*ARTICLES[:120], NAMESAKE]
EDITED = [
    a | {"text": a["text"].replace("is here", "was here")} if i % 9 == 0 else a
    for i, a in enumerate([*ARTICLES, NAMESAKE, NAMESAKE | {"title": "A third one"}])
]
AFTER = {"sync": EDITED, "removal": BEFORE[:60], "rebuild": BEFORE, "compaction": BEFORE[:60]}


def act(action: str, place: Path) -> None:
    """What is killed, and what a person would then do again."""
    if action == "rebuild":
        rebuild(place / "library", WordEmbedder())
    elif action == "compaction":
        compact(place / "library")
    else:
        sync([place / "articles"], place / "library", WordEmbedder())


CHILD = """
import sys
from pathlib import Path
from tests.test_crash import act
print("start", flush=True)
act(sys.argv[1], Path(sys.argv[2]))
"""


def started(action: str, place: Path) -> subprocess.Popen:
    run = subprocess.Popen([sys.executable, "-c", CHILD, action, place], stdout=subprocess.PIPE, cwd=ROOT)
    run.stdout.readline()
    return run


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """For each action a place where it is about to happen."""
    place = tmp_path_factory.mktemp("made")
    write_articles(place / "articles" / "all.jsonl", *BEFORE)
    sync([place / "articles"], place / "library", WordEmbedder())
    return place


def copied(made: Path, action: str, place: Path) -> Path:
    """A copy of the library, and the articles that it is to hold. Of the folder's old name nothing is left."""
    shutil.copytree(made, place)
    with Catalog.open(place / "library" / "library.sqlite").connection as db:
        for table in ("sources", "articles"):
            db.execute("PRAGMA foreign_keys = OFF")
            column = "path" if table == "sources" else "source"
            db.execute(f"UPDATE {table} SET {column} = replace({column}, ?, ?)", (str(made), str(place)))
        db.execute("UPDATE sources SET root = replace(root, ?, ?)", (str(made), str(place)))
    write_articles(place / "articles" / "all.jsonl", *AFTER[action])
    return place


def state(place: Path) -> dict[str, list[tuple]]:
    """All that a library holds, but for the numbers that rows happen to have."""
    db = existing(place / "library").connection
    queries = {
        "articles": "SELECT id, digest, text FROM articles ORDER BY id",
        "passages": "SELECT a.id, ordinal, start, end, embedded, hex(vector) FROM passages p"
        " JOIN articles a ON a.number = p.article ORDER BY 1, 2",
        "words": "SELECT title, text FROM words ORDER BY 1, 2",
        "versions": "SELECT id, digest FROM versions ORDER BY 1, 2",
        "rebuilt": "SELECT count(*) FROM rebuilt",
        "dismissed": "SELECT id FROM dismissed ORDER BY 1",
    }
    held = {name: db.execute(query).fetchall() for name, query in queries.items()}
    families = Library.open(place / "library", WordEmbedder()).families([id for id, *_ in held["articles"]])
    return held | {"copies": sorted(set(families.values()))}


def killed(made: Path, action: str, place: Path, chance: random.Random, takes: float) -> float:
    """Kill the action in a place at a random moment of the seconds that it takes; gives the moment.

    One that has ended by then, since the machine has more time for it than before, is no trial and done again.
    """
    while True:
        copied(made, action, place)
        run = started(action, place)
        moment = chance.uniform(0, takes)
        time.sleep(moment)
        run.send_signal(signal.SIGKILL)
        if run.wait() == -signal.SIGKILL:
            return moment
        shutil.rmtree(place)


@contextmanager
def logged():
    """A way to write of each trial what is known of it, at once."""
    if not SOAK:
        yield lambda _: None
        return
    log = ROOT / "build" / "kills.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("a", encoding="utf-8", buffering=1) as out:
        yield lambda said: (out.write(said), out.flush())


@pytest.mark.timeout(0)
@pytest.mark.parametrize("action", AFTER)
def test_a_killed_library_is_whole_and_ends_as_an_undisturbed_one(made, tmp_path, action):
    """Killed at seeded moments, it opens, holds only whole articles, old or new, answers, and can be gone on with."""
    if action == "compaction":  # of what a removal left
        made = copied(made, action, tmp_path / "removed")
        sync([made / "articles"], made / "library", WordEmbedder())
    undisturbed = copied(made, action, tmp_path / "undisturbed")
    begun = time.perf_counter()
    assert started(action, undisturbed).wait() == 0
    takes = time.perf_counter() - begun
    sync([undisturbed / "articles"], undisturbed / "library", WordEmbedder())
    wanted = state(undisturbed)
    texts = {(a["id"], a["text"]) for a in (*BEFORE, *AFTER[action])}
    chance = random.Random(f"killed {action}")
    with logged() as log:
        for number in range(TIMES + 2 * (action == "sync" and not SOAK)):
            place = tmp_path / str(number)
            moment = killed(made, action, place, chance, takes)
            log(f"\n{action} {number + 1} of {TIMES} killed after {moment:.2f} of {takes:.2f} s: ")
            library = Library.open(place / "library", WordEmbedder())
            held = {(a.id.partition("~")[0], a.text) for a in library.articles()}
            log(f"{len(held)} articles; ")
            assert held <= texts
            assert all(finding.ok for finding in examine_catalog(library.catalog))
            assert library.search("told by witness number 7", count=1)
            act(action, place)
            sync([place / "articles"], place / "library", WordEmbedder())
            assert state(place) == wanted
            last = examine(place / "library")[-1]
            assert last.ok, last.what
            if action == "compaction":
                assert not any(b"Story 119" in f.read_bytes() for f in (place / "library").rglob("*") if f.is_file())
            shutil.rmtree(place)
            log("passed")
