"""Identity: which of the articles held from a file each article that is now read from it continues.

An article keeps its id through renames, moves and edits, for saved answers quote it by its id. But a file may give no
ids: then an article has its file's name and its place in the file ("rows#3"), and both change while it stays the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
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


def given(id: str, name: str) -> str:
    """By what a file of this name names an article: "=id" where that is its own, "#place" where it was made up."""
    made, _, place = id.partition("#")
    return PLACE + place if made == id_of(name) else OWN + id


def continued(articles: Sequence[Article], held: Sequence[Held], name: str) -> list[str | None]:
    """For each article that is read from a file of this name the id of the held one that it continues, or None.

    One with an id of its own continues what had this id. Each other one continues the one with its words, wherever
    that stood; and where none was added or taken out, what is left continues what stood in its place.
    """
    names = [given(article.id, name) for article in articles]
    were = {row.given or given(row.id, name): row.id for row in held}
    found = [were.get(own) if own.startswith(OWN) else None for own in names]
    placed = {own: id for own, id in were.items() if own.startswith(PLACE)}
    left = dict.fromkeys(placed.values())
    by_words = defaultdict(list)
    for row in held:
        if row.id in left:
            by_words[row.digest].append(row.id)
    unnamed = [i for i, own in enumerate(names) if own.startswith(PLACE)]
    alike = len(unnamed) == len(left)
    for i in unnamed:
        if same := by_words[articles[i].digest]:
            found[i] = same.pop(0)
            del left[found[i]]
    for i in unnamed:
        if alike and found[i] is None and placed.get(names[i]) in left:
            found[i] = placed[names[i]]
    return found
