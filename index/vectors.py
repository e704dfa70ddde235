"""The vector index: Chroma folders that never change once they are built. The only file that imports Chroma.

Chroma embedded is torn by a kill while it writes and by a second writing process. So each
generation is built in a child process from the vectors in the catalog, checked by opening it in
another one (a broken index can end the process that opens it), and put in place by a rename.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import OnRecordError
from index.limits import environment, python

if TYPE_CHECKING:
    import numpy as np

COLLECTION = "passages"
CHROMA = "chroma.sqlite3"  # Chroma's own file in each generation
LOOKED_AT = 2000  # passages that a search looks at on its way: of a million, 300 miss some questions' neighbours
BATCH = 1000  # Chroma takes 5,461 rows at most

_broken: set[Path] = set()  # folders that this process failed to open: asked again, Chroma gives half a client


class VectorsBroken(OnRecordError):
    """A generation that can't be built or opened."""


class Vectors:
    """An opened generation. Chroma maps one folder to one client, however often it is opened.

    Raises VectorsBroken. Two threads must not open any at once: Chroma's making of clients isn't thread-safe.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self._collection = _collection(folder)

    def nearest(self, vector: np.ndarray, count: int) -> list[tuple[int, float]]:
        """The passages nearest to a unit vector, best first, with their cosine. Raises VectorsBroken."""
        from chromadb.errors import ChromaError

        try:
            found = self._collection.query(query_embeddings=[vector.tolist()], n_results=count, include=["distances"])
        except ChromaError as error:
            raise _damaged(self.folder) from error
        # Chroma gives cosine distance: turned round here, once.
        return [(int(n), 1.0 - d) for n, d in zip(found["ids"][0], found["distances"][0], strict=True)]


def build(catalog: Path, folder: Path, table: str = "passages") -> int:
    """Build a generation of all vectors in a table of a catalog; its number of passages.

    Raises VectorsBroken where Chroma fails; the folder is then not there.
    """
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.parent.mkdir(parents=True, exist_ok=True)
    count = int(_child("build", catalog, part, table))
    if check(part) != count:
        raise VectorsBroken("The new vector index doesn't hold what was put in. Try again: onrecord doctor --repair")
    part.rename(folder)
    return count


def is_there(folder: Path) -> bool:
    """Is there a generation in this folder? Whether it is whole, `check` says."""
    return (folder / CHROMA).is_file()


def check(folder: Path) -> int:
    """The number of passages in a generation, opened in a process of its own. Raises VectorsBroken."""
    return int(_child("check", folder))


def _child(*command: str | Path) -> str:
    run = subprocess.run(
        python("index.vectors", *command), env=environment(), capture_output=True, text=True, check=False
    )
    if run.returncode:
        said = run.stderr.strip().splitlines()
        raise VectorsBroken(
            f"The vector index can't be built: {said[-1] if said else f'Chroma ended with {run.returncode}'}."
            " The articles are safe; try again: onrecord doctor --repair"
        )
    return run.stdout


def _build(catalog: str, folder: str, table: str) -> int:
    import numpy as np

    collection = _collection(Path(folder), create=True)
    with sqlite3.connect(f"{Path(catalog).resolve().as_uri()}?mode=ro", uri=True) as db:
        cursor = db.execute(f"SELECT number, vector FROM {table} ORDER BY number")
        for rows in _batches(cursor):
            numbers, vectors = zip(*rows, strict=True)
            collection.add(
                ids=[str(n) for n in numbers],
                embeddings=np.frombuffer(b"".join(vectors), np.float32).reshape(len(vectors), -1),
            )
    return collection.count()


def _check(folder: str) -> int:
    collection = _collection(Path(folder))
    count = collection.count()
    if count:
        held = collection.peek(1)
        collection.query(query_embeddings=held["embeddings"], n_results=1, include=["distances"])
    return count


def _batches(cursor: sqlite3.Cursor) -> Iterator[list[tuple[int, bytes]]]:
    while rows := cursor.fetchmany(BATCH):
        yield rows


def _collection(folder: Path, create: bool = False):
    import chromadb
    from chromadb.errors import ChromaError

    if folder in _broken or not (create or is_there(folder)):  # Chroma would make an empty one
        raise _damaged(folder)
    # No .env from the working folder: Chroma would obey settings in it that aren't ours.
    settings = chromadb.Settings(_env_file=None, anonymized_telemetry=False)
    if create:
        client = chromadb.PersistentClient(str(folder.resolve()), settings=settings)
        return client.create_collection(
            COLLECTION, configuration={"hnsw": {"space": "cosine", "ef_search": LOOKED_AT}}, embedding_function=None
        )
    try:
        client = chromadb.PersistentClient(str(folder.resolve()), settings=settings)
        return client.get_collection(COLLECTION, embedding_function=None)
    except (ValueError, ChromaError) as error:
        _broken.add(folder)
        raise _damaged(folder) from error


def _damaged(folder: Path) -> VectorsBroken:
    return VectorsBroken(f"The vector index in {folder} is damaged. Build it anew: onrecord doctor --repair")


if __name__ == "__main__":
    action, *given = sys.argv[1:]
    print(json.dumps({"build": _build, "check": _check}[action](*given)))
