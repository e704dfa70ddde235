"""What the fields of a record are called, in data and tables of many makes, and their values as strings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from index.dates import record_day

# Compared without case, spaces, hyphens and underscores. Beside English the names of columns in a few languages.
NAMES = {
    "id": ("id", "_id", "article id", "guid", "uuid"),
    "text": (
        "text", "body", "content", "article body", "maintext", "full text", "content text", "artikeltext", "volltext",
        "inhalt", "texto", "texto completo", "cuerpo", "contenido", "conteúdo", "texte", "contenu", "testo", "tekst",
        "teksti", "текст",
    ),
    "title": (
        "title", "headline", "titel", "überschrift", "schlagzeile", "titular", "título", "titulo", "titre", "titolo",
        "otsikko", "tytuł", "заголовок",
    ),
    "outlet": (
        "outlet", "source", "publisher", "publication", "newspaper", "site name", "quelle", "zeitung", "medium",
        "fuente", "medio", "periódico", "periodico", "fonte", "jornal", "journal", "testata", "lähde", "källa",
        "источник",
    ),
    "author": (
        "author", "authors", "byline", "creator", "autor", "autorin", "autoren", "verfasser", "autora", "autores",
        "auteur", "auteurs", "autore", "kirjoittaja", "författare", "автор",
    ),
    "published": (
        "published", "date", "published at", "date published", "pub date", "publication date", "published date",
        "publish date", "date publish", "datum", "veröffentlicht", "erscheinungsdatum", "fecha", "fecha publicación",
        "date de publication", "data di pubblicazione", "päivämäärä", "дата",
    ),
    "updated": ("updated", "modified", "updated at", "date modified", "last modified", "aktualisiert", "actualizado"),
    "url": ("url", "link", "canonical", "permalink", "source url", "enlace", "lien"),
    "language": ("language", "lang", "in language", "sprache", "idioma", "langue", "lingua", "kieli", "język", "язык"),
    "section": ("section", "category", "article section", "ressort", "sección", "seccion", "rubrique", "sezione"),
}  # fmt: skip
AUTHORS = 20  # of an article
DAYS = ("published", "updated")
_LINK = re.compile(r"(?:https?:)?//|www\.", re.IGNORECASE)


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.casefold())


_KEYS = {field: tuple(map(_folded, names)) for field, names in NAMES.items()}
_FIELDS = {key: field for field, keys in _KEYS.items() for key in keys}


def field_of(name: str) -> str | None:
    """The field that goes by this name.

    >>> field_of("Published-At"), field_of("Titel"), field_of("tags")
    ('published', 'title', None)
    """
    return _FIELDS.get(_folded(name))


def known(names: Iterable[str]) -> set[str]:
    """The fields that go by any of these names."""
    return {field for name in names if (field := field_of(name))}


def plain_fields(record: Mapping[str, object]) -> dict[str, str]:
    """The fields of a record that say something, by the first of their names that does; a day, that can be read."""
    folded = {_folded(key): value for key, value in record.items() if isinstance(key, str)}
    found = {}
    for field, keys in _KEYS.items():
        values = [v for key in keys if key in folded and (v := _value(field, folded[key])).strip()]
        understood = (v for v in values if field not in DAYS or record_day(v))
        if value := next(understood, values[0] if values else ""):
            found[field] = value if field in ("text", "id") else " ".join(value.split())
    return found


def _value(field: str, value: object) -> str:
    """A string as it is; a number or a day as one; a thing's name; several joined, paragraphs of a text by blank lines.

    Empty where it says nothing.
    """
    if field == "text":
        parts = value if isinstance(value, list) else [value]
        return "\n\n".join(filter(None, map(_paragraph, parts)))
    several = [_one(one).strip() for one in value[:AUTHORS]] if isinstance(value, list) else [_one(value)]
    if field in ("author", "outlet"):  # a link is no name
        several = [one for one in several if not is_link(one)]
    return ", ".join(filter(None, several))


def _paragraph(value: object) -> str:
    return _one(value.get("text") or value.get("content") if isinstance(value, dict) else value)


def is_link(name: str) -> bool:
    """A link where a name should be."""
    return bool(_LINK.match(name.strip()))


def _one(value: object) -> str:
    value = value.get("name") if isinstance(value, dict) else value
    if isinstance(value, int) and (isinstance(value, bool) or value.bit_length() > 64):
        return ""
    return str(value) if isinstance(value, str | int | float | date) else ""
