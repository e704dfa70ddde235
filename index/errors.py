"""The one base error: each is a sentence for the person, with the way out."""


class OnRecordError(Exception):
    """Something a person can mend; its text says how."""


class Unreadable(OnRecordError):
    """A source that can't be read as articles; its text says why."""


class LibraryMissing(OnRecordError):
    """There is no library where one was looked for."""


class LibraryBusy(OnRecordError):
    """Another process is writing to the library."""
