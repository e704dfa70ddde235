"""A limit on which articles a question may use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import OnRecordError

if TYPE_CHECKING:
    from index.library import Library

NAMED = 8  # outlets that an error lists


class ScopeUnfit(OnRecordError):
    """A limit that no article can be within: an outlet or an article that isn't there, or no day at all."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Only these articles, outlets and days (inclusive); None is no limit.

    An article without an outlet or a date is outside a scope that asks for one.
    """

    articles: frozenset[str] | None = None
    outlets: frozenset[str] | None = None
    since: str | None = None  # YYYY-MM-DD
    until: str | None = None  # YYYY-MM-DD


EVERYTHING = Scope()


def chosen(
    library: Library, articles: Iterable[str], outlets: Iterable[str], since: str | None, until: str | None
) -> Scope:
    """The limit that a person names, outlets in any case; none named is no limit. Raises ScopeUnfit."""
    if since and until and since > until:
        raise ScopeUnfit(f"No day lies from {since} to {until}. Swap the two.")
    for id in (ids := frozenset(articles)):
        if library.article(id) is None:
            raise ScopeUnfit(f"There is no article {id}. See which there are: onrecord articles list")
    there = [name for name, _ in library.facts().outlets]
    names: set[str] = set()
    for outlet in outlets:
        same = {name for name in there if name.casefold() == outlet.casefold()}
        if not same:
            some = ", ".join(there[:NAMED]) + (" and others" if len(there) > NAMED else "")
            raise ScopeUnfit(f"There is no outlet {outlet}. " + (f"There are {some}." if some else "None is named."))
        names |= same
    return Scope(ids or None, frozenset(names) or None, since, until)
