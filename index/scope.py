"""A limit on which articles a question may use."""

from __future__ import annotations

from dataclasses import dataclass


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
