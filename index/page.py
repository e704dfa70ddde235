"""A saved web page as a record: what the page declares of itself, and the paragraphs that a reader sees."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from index.errors import Unreadable
from index.text import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_TYPES = re.compile(r"Article|BlogPosting|Report$")
_META = {
    "title": ("og:title", "twitter:title", "dc.title", "parsely-title", "headline"),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "article:publisher_name"),
    "author": ("author", "article:author_name", "dc.creator", "parsely-author", "byl", "sailthru.author"),
    "published": (
        "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
        "dcterms.created", "dcterms.issued", "pubdate", "publish-date", "publication_date", "parsely-pub-date",
        "sailthru.date", "article.published", "citation_publication_date",
    ),
    "updated": ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified"),
    "language": ("og:locale", "dc.language", "language", "content-language"),
    "section": ("article:section", "parsely-section", "section"),
}  # fmt: skip


def read_page(data: bytes) -> dict[str, str]:
    """The record of a page: its `text` are the paragraphs, a blank line between them, words unchanged.

    The declared record is JSON-LD's before Open Graph's and other meta tags; no date is taken from anywhere else.
    """
    from lxml import html as parser
    from lxml.etree import ParserError

    declared = _DECLARED_CHARSET.search(data[:4096])
    source = _XML_DECLARATION.sub("", decode(data, declared[1].decode("ascii", "replace") if declared else None))
    try:
        tree = parser.document_fromstring(source.encode(), parser=parser.HTMLParser(encoding="utf-8"))
    except ParserError:
        raise Unreadable("holds no page") from None
    story = _story(tree)
    record = _declared(tree) | story_record(story)
    record |= {"url": link} if (link := _link(tree, record.pop("url", None))) else {}
    if "title" not in record and (title := _shown_title(tree, record.get("outlet"))):
        record["title"] = title
    text = "\n\n".join(_paragraphs(tree))
    body = story.get("articleBody")
    if isinstance(body, str) and len(body) > 2 * len(text):
        text = html.unescape(body)
    return record | {"text": text}


def _paragraphs(tree: HtmlElement) -> Iterator[str]:
    from trafilatura import bare_extraction

    _unwrap_layout(tree)
    found = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False, favor_recall=True)
    if found is None or found.body is None:
        for element in tree.iter("p", "h2", "h3", "li", "blockquote", "pre"):
            if element.getparent() is not None and element.getparent().tag not in ("li", "blockquote", "nav", "footer"):
                yield from filter(None, [" ".join(element.text_content().split())])
        return
    for block in found.body.iter("p", "head", "quote", "item", "row", "code"):
        if next(block.iterancestors("p", "quote", "item", "row"), None) is not None:
            continue
        for line_break in block.iter("lb"):
            line_break.tail = "\n" + (line_break.tail or "")
        cells = block.iter("cell") if block.tag == "row" else [block]
        lines = " | ".join("".join(cell.itertext()).strip() for cell in cells).splitlines()
        if text := "\n".join(stripped for line in lines if (stripped := " ".join(line.split()))):
            yield "- " + text if block.tag == "item" else text


def _unwrap_layout(tree: HtmlElement) -> None:
    """Tables that lay out a page rather than hold figures become plain blocks."""
    for table in list(tree.iter("table")):
        if any(len(cell.findall(".//p")) > 1 for cell in table.iter("td")):
            for element in table.iter("table", "tbody", "tr", "td"):
                element.tag = "div"


# What the page declares


def _story(tree: HtmlElement) -> dict[str, object]:
    """The JSON-LD object of the page's own article; the first where several are listed."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in _objects(data):
            kinds = item.get("@type")
            if any(isinstance(k, str) and _TYPES.search(k) for k in (kinds if isinstance(kinds, list) else [kinds])):
                return item
    return {}


def _objects(data: object, depth: int = 0) -> Iterator[dict[str, object]]:
    if depth > 4:
        return
    if isinstance(data, list):
        for item in data[:200]:
            yield from _objects(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(data.get(key), depth + 1)


def story_record(story: dict[str, object]) -> dict[str, str]:
    """The record that a JSON-LD article gives (schema.org/NewsArticle)."""
    page = story.get("mainEntityOfPage")
    fields = {
        "title": story.get("headline"),
        "outlet": story.get("publisher"),
        "author": story.get("author"),
        "published": story.get("datePublished"),
        "updated": story.get("dateModified"),
        "url": story.get("url") or (page.get("@id") if isinstance(page, dict) else page),
        "language": story.get("inLanguage"),
        "section": story.get("articleSection"),
    }
    return {name: value for name, field in fields.items() if (value := _name(field))}


def _name(value: object) -> str | None:
    """A string, a thing's name, or several of them joined by commas."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value[:20]))) or None
    if isinstance(value, dict):
        return _name(value.get("name"))
    return " ".join(html.unescape(value).split()) or None if isinstance(value, str) else None


def _declared(tree: HtmlElement) -> dict[str, str]:
    """The record that meta tags, `lang` and `itemprop` give."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        metas.setdefault(name.lower(), " ".join((meta.get("content") or "").split()))
    record = {field: value for field, names in _META.items() for name in reversed(names) if (value := metas.get(name))}
    record |= {"url": metas["og:url"]} if metas.get("og:url") else {}
    for field, prop in (("published", "datePublished"), ("updated", "dateModified")):
        marked = next((e.get("datetime") for e in tree.iter("time") if e.get("itemprop") == prop), None)
        if marked and field not in record:
            record[field] = marked
    names = [" ".join(e.text_content().split()) for e in tree.iter() if e.get("itemprop") == "author"][:20]
    if "author" not in record and any(names):
        record["author"] = ", ".join(filter(None, names))
    if language := tree.get("lang"):
        record.setdefault("language", language)
    return record


def _link(tree: HtmlElement, declared: str | None) -> str | None:
    canonical = next((e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"), None)
    link = urljoin(declared or "", canonical or "") or declared
    return link if link and urlsplit(link).scheme in ("http", "https") else None


def _shown_title(tree: HtmlElement, outlet: str | None) -> str | None:
    """The only first-level heading, else the window's title without the name of the site."""
    headings = [text for e in tree.iter("h1") if (text := " ".join(e.text_content().split()))]
    if len(headings) == 1:
        return headings[0]
    title = " ".join((tree.findtext(".//title") or "").split())
    first, _, rest = title.rpartition(next((mark for mark in (" | ", " – ", " — ", " - ") if mark in title), "\0"))
    return first if first and (rest == outlet or len(rest.split()) <= 4) else title or None
