"""What chat models wrote, kept so that the same question of the same passages isn't paid for twice.

Kept is what the model wrote, not what was shown: it goes through the gate again each time. The key is a hash of the
question, the conversation, the passages, the model and the version of the prompt; none of these is kept itself.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import time

MOST = 1_000  # answers; the ones that were not asked for longest go first


@dataclass(frozen=True, slots=True)
class Kept:
    """What a model wrote, and how many tokens it had read and written for it."""

    text: str
    tokens: tuple[int, int] | None


class Drafts:
    """A SQLite file of what models wrote. Safe to use from many threads and processes; a broken one is made anew."""

    def __init__(self, file: Path, most: int = MOST):
        self.file = file
        self.most = most

    @staticmethod
    def key(*parts: str) -> str:
        return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def get(self, key: str) -> Kept | None:
        with self._open() as db:
            row = db.execute("UPDATE draft SET used = ? WHERE key = ? RETURNING text, read, written", (time(), key))
            found = row.fetchone()
        return found and Kept(found[0], None if found[1] is None else (found[1], found[2]))

    def put(self, key: str, text: str, tokens: tuple[int, int] | None) -> None:
        read, written = tokens or (None, None)
        with self._open() as db:
            db.execute("REPLACE INTO draft VALUES (?, ?, ?, ?, ?)", (key, text, read, written, time()))
            db.execute(
                "DELETE FROM draft WHERE key IN (SELECT key FROM draft ORDER BY used DESC LIMIT -1 OFFSET ?)",
                (self.most,),
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.touch(mode=0o600)
        try:
            db = self._connected()
        except sqlite3.DatabaseError:  # not worth mending
            os.unlink(self.file)
            db = self._connected()
        try:
            with db:
                yield db
        finally:
            db.close()

    def _connected(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.file, timeout=10)
        db.execute(
            "CREATE TABLE IF NOT EXISTS draft"
            " (key TEXT PRIMARY KEY, text TEXT, read INTEGER, written INTEGER, used REAL)"
        )
        return db
