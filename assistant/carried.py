"""Does an outlet tell of the story spoken of: "is it in the Courier too?"."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.limits import narrow, outlets_named
from assistant.request import LISTED, Request, beginning, counted, nothing, quoted
from assistant.topics import first_of
from index.scope import Scope


def carried(request: Request) -> Answer | None:
    """The articles of the outlet in the scope, which is the story's, each by its beginning; None where it has none."""
    outlets = [outlet for outlet, _ in request.library.facts().outlets]
    asked = request.asked.names[0]
    chosen = outlets_named(asked, outlets)
    if not chosen:
        return None if asked.islower() else nothing(request, _unknown(asked, outlets))
    name = " and ".join(sorted(chosen))
    if request.scope.articles is None:
        return None
    found = first_of(request.library.articles(narrow(request.scope, Scope(outlets=chosen))), LISTED)
    if not found:
        return nothing(request, f"No article of {name} here tells of it.")
    words = f"{name} tells of it in {counted(len(found), 'article')}, each by its beginning."
    return quoted(request, words, [beginning(article) for article in found])


def _unknown(asked: str, outlets: list[str]) -> str:
    return f"No outlet here is called {asked}. There are: {', '.join(outlets[:LISTED])}."
