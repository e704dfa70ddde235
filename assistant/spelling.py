"""How the articles write a name that was typed without its capitals."""

from __future__ import annotations

import re

from assistant.excerpts import words_of
from assistant.limits import outlets_named
from assistant.people import bare_name
from index.articles import Article
from index.library import Library
from index.scope import EVERYTHING, Scope
from index.search import TITLE_WEIGHT

ARTICLES = 100  # looked through for a name
LONGEST = 6  # words in a name
_SMALL = frozenset("of the de da del della der den van von bin ibn al el la le and".split())
_THE = re.compile(r"the ", re.IGNORECASE)


def spelled(name: str, library: Library) -> str | None:
    """A name as the articles or their outlets write it; None where they write it small, or not at all.

    "the fire service" is a name too, of who may speak, where the articles have it.
    """
    the = _THE.match(name)
    rest = name[the.end() :] if the else bare_name(name)
    if not 0 < len(words_of(rest)) <= LONGEST:
        return None
    titled = " ".join(word if word in _SMALL else word[:1].upper() + word[1:] for word in rest.split())
    if outlets_named(titled, [outlet for outlet, _ in library.facts().outlets]):
        return f"{the[0] if the else ''}{titled}"
    words = (re.escape(word).replace("'", "['’]") for word in rest.split())
    form = re.compile(r"(?<!\w)" + r"\W+".join(words) + r"(?!\w)", re.IGNORECASE)
    found = [match[0] for article in mentioning(rest, library) for match in form.finditer(article.text)]
    capitals = [words for words in found if all(w[0].isupper() or w in _SMALL for w in words.split())]
    if 2 * len(capitals) > len(found):
        return f"{the[0] if the else ''}{capitals[0]}"
    return name if the and found else None


def mentioning(name: str, library: Library, scope: Scope = EVERYTHING) -> list[Article]:
    """The articles that have the words of a name side by side, by date."""
    words = words_of(_THE.sub("", name))
    if not words:
        return []
    matched = library.catalog.match(f'"{" ".join(words)}"', scope, ARTICLES, TITLE_WEIGHT)
    ids = dict.fromkeys(row.passage.article_id for row in library.catalog.rows([n for n, _ in matched]).values())
    found = (library.article(id) for id in ids)
    return sorted((a for a in found if a is not None), key=lambda a: (a.published or "", a.id))
