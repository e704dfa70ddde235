"""What chat models wrote, kept so that the same question of the same passages isn't paid for twice.

Kept is what the model wrote, not what was shown: it goes through the gate again each time. The key is a hash of the
question, the conversation, the passages, the model and the version of the prompt; none of these is kept itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from time import time

MOST = 1_000  # answers; the ones that were not asked for longest go first


class Drafts:
    """A SQLite file of what models wrote. Safe to use from many threads and processes.

    Where it can't be read or written, nothing is kept: that is worth no answer and no error.
    """

    def __init__(self, file: Path, most: int = MOST):
        self.file = file
        self.most = most

    @staticmethod
    def key(*parts: str) -> str:
        return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def get(self, key: str) -> str | None:
        with suppress(sqlite3.Error, OSError), self._open() as db:
            found = db.execute("UPDATE draft SET used = ? WHERE key = ? RETURNING text", (time(), key)).fetchone()
            return found and found[0]
        return None

    def put(self, key: str, text: str) -> None:
        with suppress(sqlite3.Error, OSError), self._open() as db:
            db.execute("REPLACE INTO draft (key, text, used) VALUES (?, ?, ?)", (key, text, time()))
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
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:  # one that is only busy or full stays
                raise
            self.file.unlink(missing_ok=True)
            db = self._connected()
        try:
            with db:
                yield db
        finally:
            db.close()

    def _connected(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.file, timeout=2)
        try:
            db.execute("CREATE TABLE IF NOT EXISTS draft (key TEXT PRIMARY KEY, text TEXT, used REAL)")
        except sqlite3.Error:
            db.close()
            raise
        return db
