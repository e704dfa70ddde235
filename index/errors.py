"""The one base error: each is a sentence for the person, with the way out; and the sentence for others' errors."""

from __future__ import annotations

import sqlite3


class OnRecordError(Exception):
    """Something a person can mend; its text says how."""


class Unreadable(OnRecordError):
    """A source that can't be read as articles; its text says why."""


class LibraryMissing(OnRecordError):
    """There is no library where one was looked for."""


class LibraryBusy(OnRecordError):
    """Another process is writing to the library."""


def in_words(error: Exception) -> str | None:
    """What an error says to a person, with the way out; None for one that nobody foresaw."""
    if isinstance(error, OnRecordError):
        return str(error)
    if isinstance(error, sqlite3.DatabaseError):
        mend = "Check where it lies and its disk, or move it away and sync the articles again."
        return f"The catalog of the library can't be used ({error}). {mend}"
    if isinstance(error, OSError):
        what = f"{error.filename}: {error.strerror}" if error.filename else error.strerror or error
        return f"{what}. Check that it is there, may be used, and has room."
    return None
