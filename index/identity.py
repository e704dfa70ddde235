"""Identity: which of the articles held from a file each article that is now read from it continues.

An article keeps its id through renames, moves and edits, for saved answers quote it by its id. But a file may give no
ids: then an article has its file's name and its place in the file ("rows#3"), and both change while it stays the same.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.articles import Article
from index.read import id_of

OWN, PLACE = "=", "#"


@dataclass(frozen=True, slots=True)
class Held:
    """An article that the library holds: its id, its digest, and by what its file named it when it was read."""

    id: str
    digest: str
    given: str | None  # None in a library of an older release, until its file is read again

    def takes(self, given: str) -> bool:
        """May an article with these very words, of another file, be this one that is no longer in its own?"""
        if self.given is None or self.given == given:
            return True
        return self.given.startswith(PLACE) and given.startswith(PLACE)


class Leaving:
    """The articles whose files are gone, until each is found again: by its words, or by an id of its own."""

    def __init__(self, rows: Iterable[Held]):
        self._of_words: dict[str, dict[str, Held]] = defaultdict(dict)
        self._of_name: dict[str, dict[str, Held]] = defaultdict(dict)
        self.left = 0
        for row in rows:
            self._of_words[row.digest][row.id] = row
            self._of_name[row.given or ""][row.id] = row
            self.left += 1

    def by_words(self, digest: str, given: str) -> Held | None:
        """The first with these words that an article so named in its file may be."""
        return next((row for row in self._of_words.get(digest, {}).values() if row.takes(given)), None)

    def by_name(self, given: str) -> Held | None:
        """The first that had this id of its own; None for what its file didn't name."""
        return next(iter(self._of_name.get(given, {}).values()), None) if given.startswith(OWN) else None

    def take(self, row: Held) -> None:
        """This one is found."""
        del self._of_words[row.digest][row.id]
        del self._of_name[row.given or ""][row.id]
        self.left -= 1


def given(id: str, name: str) -> str:
    """By what a file of this name names an article: "=id" where that is its own, "#place" where it was made up."""
    made, _, place = id.partition("#")
    return PLACE + place if made == id_of(name) else OWN + id


def continued(articles: Sequence[Article], held: Sequence[Held], name: str) -> list[str | None]:
    """For each article that is read from a file of this name the id of the held one that it continues, or None.

    One with an id of its own continues what had this id, where several do first the one with its words. Each other one
    continues the one with its words, wherever that stood; and where none was added or taken out, what is left continues
    what stood in its place.
    """
    names = [given(article.id, name) for article in articles]
    were: dict[str, list[Held]] = defaultdict(list)
    for row in held:
        were[row.given or given(row.id, name)].append(row)
    asked: dict[str, list[int]] = defaultdict(list)
    for i, own in enumerate(names):
        asked[own if own.startswith(OWN) else PLACE].append(i)
    found: list[str | None] = [None] * len(articles)
    unnamed = asked.pop(PLACE, [])
    for own, places in asked.items():  # several only where one file gives one id several times
        left = _by_words(articles, places, were[own], found)
        for i, id in zip((i for i in places if found[i] is None), left, strict=False):
            found[i] = id
    placed = {own: rows[0] for own, rows in were.items() if own.startswith(PLACE)}
    left = _by_words(articles, unnamed, placed.values(), found)
    if len(unnamed) == len(placed):
        for i in unnamed:
            row = placed.get(names[i])
            if found[i] is None and row and row.id in left:
                found[i] = row.id
    return found


def _by_words(
    articles: Sequence[Article], places: Iterable[int], rows: Iterable[Held], found: list[str | None]
) -> dict[str, None]:
    """Let the articles at these places continue those of the rows that have their words; the ids that are left."""
    left = {row.id: None for row in rows}
    by_words = defaultdict(deque)
    for row in rows:
        by_words[row.digest].append(row.id)
    for i in places:
        if same := by_words[articles[i].digest]:
            found[i] = same.popleft()
            del left[found[i]]
    return left
