"""Words that several rules of reading look for, each list once."""

from __future__ import annotations

MONTHS = tuple("january february march april may june july august september october november december".split())
WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
HONORIFICS = tuple("Mr Mrs Ms Miss Dr Prof Sir Dame Lord Lady".split())  # with or without a full stop
NEGATIONS = frozenset("no not never none neither nor without cannot".split())  # beside every word in n't
NOBODY = frozenset("nobody nothing nowhere".split())  # negate as well, and name what it is that isn't
SCARCELY = frozenset("hardly barely scarcely".split())


def one_of(words: tuple[str, ...] | frozenset[str]) -> str:
    """The words as a choice within a regular expression."""
    return "|".join(sorted(words))
