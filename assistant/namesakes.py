"""Do two names mean one speaker?"""

from __future__ import annotations

import re

_HEAD_ENDS = re.compile(r",|\b(?:for|of|from|at|with|to|in|on|and|who|that)\b")
_WORD = re.compile(r"[\w'.-]*\w")
_GROUPS = frozenset(
    """administration agency association bank campaign commission committee company council court department family
    foundation government group house institute ministry office organisation organization party team union
    university""".split()
)
_TITLES = frozenset(
    """a an the mr mrs ms miss dr sir dame lord lady sen senator rep representative gov governor gen general prof
    professor rev st president chancellor minister secretary mayor judge justice king queen prince princess""".split()
)


def same_speaker(one: str, other: str) -> bool:
    """Whether one name is a shorter form of the other: "Voss", "Dr Voss" and "the pilot Maren Voss" are one.

    A group, a spokesman or a relative of somebody is somebody else, and so is a namesake with another first name.
    """
    return _shorter(one, other) or _shorter(other, one)


def _shorter(short: str, full: str) -> bool:
    asked, whole = _folded(_words(short)), _folded(_words(full))
    if not asked or asked == whole:
        return bool(asked)
    head = _words(_HEAD_ENDS.split(full, maxsplit=1)[0])
    at = next((i for i in range(len(head)) if _folded(head[i : i + len(asked)]) == asked), None)
    if at is None:
        return False
    return all(w[0].isupper() and w.casefold() not in _GROUPS for w in head[at + len(asked) :])


def _words(name: str) -> list[str]:
    """The words of a name without its titles, unless it has no others ("the president")."""
    words = _WORD.findall(name.replace("’", "'"))
    return [w for w in words if w.casefold() not in _TITLES] or words


def _folded(words: list[str]) -> list[str]:
    return [w.casefold() for w in words]
