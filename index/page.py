"""A saved web page as a record: what the page declares of itself, and the paragraphs that a reader sees."""

from __future__ import annotations

import email.policy
import html
import json
import plistlib
import re
from collections.abc import Iterator
from email.parser import BytesParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from xml.parsers.expat import ExpatError

from index.dates import record_day
from index.errors import Unreadable
from index.text import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED_CHARSET = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|^\s*<\?xml[^>]{0,80}?encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
# As browsers and SingleFile note it in a page that they save.
_SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s<>]+)")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_MARKS = (" | ", " – ", " — ", " - ")  # between a headline and the name of its site
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


def read_page(data: bytes, url: str | None = None, charset: str | None = None) -> dict[str, str]:
    """The record of a page, which was saved from `url`: its `text` are the paragraphs, words unchanged.

    `charset` is what whoever sent it says, which the page may know better. The declared record is JSON-LD's before Open
    Graph's and other meta tags; a day that is only shown beside the headline is `shown`, and no date is taken from
    anywhere else.
    """
    from lxml import html as parser
    from lxml.etree import ParserError

    declared = _DECLARED_CHARSET.search(data[:4096])
    charset = declared[1].decode("ascii", "replace") if declared else charset
    source = _XML_DECLARATION.sub("", decode(data, charset))
    try:
        tree = parser.document_fromstring(source.encode(), parser=parser.HTMLParser(encoding="utf-8"))
    except ParserError:
        raise Unreadable("holds no page") from None
    story = _story(tree)
    record = _declared(tree) | story_record(story)
    saved_from = url or next((m[1] for m in [_SAVED_FROM.search(source[:4096])] if m), None)
    record |= {"url": link} if (link := _link(tree, record.pop("url", None), saved_from)) else {}
    title = record.pop("title", None)
    if title := _without_outlet(title, record.get("outlet")) if title else _shown_title(tree, record.get("outlet")):
        record["title"] = title
    if "published" not in record and (day := _shown_day(tree)):
        record["shown"] = day
    text = "\n\n".join(_paragraphs(tree))
    body = story.get("articleBody")
    if isinstance(body, str) and len(body) > 2 * len(text):
        text = html.unescape(body)
    return record | {"text": text}


def read_mhtml(data: bytes) -> dict[str, str]:
    """The page in a web archive as Chrome and Edge save it (RFC 2557)."""
    message = BytesParser(policy=email.policy.default).parsebytes(data)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    content = page.get_payload(decode=True) if page is not None else None
    if not content:
        raise Unreadable("holds no page")
    return read_page(
        content, message["Snapshot-Content-Location"] or page["Content-Location"], page.get_content_charset()
    )


def read_webarchive(data: bytes) -> dict[str, str]:
    """The page in a web archive as Safari saves it: a property list."""
    try:
        main = plistlib.loads(data)["WebMainResource"]
        content, url = main["WebResourceData"], main.get("WebResourceURL")
    except (plistlib.InvalidFileException, ExpatError, ValueError, KeyError, TypeError, AttributeError):
        raise Unreadable("is a broken web archive; save the page again") from None
    if not isinstance(content, bytes):
        raise Unreadable("holds no page")
    return read_page(content, url if isinstance(url, str) else None)


def _paragraphs(tree: HtmlElement) -> Iterator[str]:
    from trafilatura import bare_extraction

    _drop_notices(tree)
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
    """Tables that lay out a page rather than hold figures become plain blocks, and double line breaks paragraphs."""
    for table in list(tree.iter("table")):
        if any(len(cell.findall(".//p")) > 1 or len(cell.findall(".//br")) > 3 for cell in table.iter("td")):
            for element in table.iter("table", "tbody", "tr", "td"):
                element.tag = "div"
    for block in list(tree.iter("div", "article", "section", "font", "center", "main", "body")):
        if sum(child.tag == "br" for child in block) > 3:
            _paragraphs_of_breaks(block)


_INLINE = frozenset("a abbr b cite code em font i mark q s small span strong sub sup u".split())


def _paragraphs_of_breaks(block: HtmlElement) -> None:
    """What stands between line breaks in a block becomes a paragraph each; other blocks in it stay as they are."""
    from lxml.html import Element

    paragraph, block.text, text = Element("p"), None, block.text
    paragraph.text = text
    children = list(block)
    for child in children:
        block.remove(child)
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in _INLINE:
            child.tail = tail
            paragraph.append(child)
            continue
        block.append(paragraph)
        if child.tag != "br":
            block.append(child)
        paragraph = Element("p")
        paragraph.text = tail
    block.append(paragraph)


_NOTICES = re.compile(r"\b(?:cookie|consent|gdpr|cmp|paywall-offer|newsletter-signup)\b", re.IGNORECASE)


def _drop_notices(tree: HtmlElement) -> None:
    """Windows that lie over the page, and the small boxes that are there for the form in them; never its body."""
    over = [e for e in tree.iter("dialog", "div", "section") if e.tag == "dialog" or _lies_over(e)]
    boxes = [box for form in tree.iter("form") if (box := form.getparent()) is not None and box.tag != "body"]
    boxes = [box for box in boxes if len(box.text_content()) < 400]
    paragraphs = sum(1 for _ in tree.iter("p"))
    for element in over + boxes:
        holds = next(element.iter("h1", "article", "main", "body"), None)
        few = sum(1 for _ in element.iter("p")) * 2 <= paragraphs
        if element.getparent() is not None and holds is None and few:
            element.drop_tree()


def _lies_over(element: HtmlElement) -> bool:
    named = f"{element.get('id', '')} {element.get('class', '')}"
    return element.get("role") in ("dialog", "alertdialog") or bool(_NOTICES.search(named))


# What the page declares


def _story(tree: HtmlElement) -> dict[str, object]:
    """The JSON-LD object of the page's own article; the first where several are listed."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        items = list(_objects(data))
        for item in items:
            kinds = item.get("@type")
            if any(isinstance(k, str) and _TYPES.search(k) for k in (kinds if isinstance(kinds, list) else [kinds])):
                things = {str(thing.get("@id")): thing for thing in items if "name" in thing}
                return {name: _looked_up(value, things) for name, value in item.items()}
    return {}


def _looked_up(value: object, things: dict[str, dict[str, object]]) -> object:
    """A value that is only the number of a thing described elsewhere in the page, as that thing."""
    if isinstance(value, list):
        return [_looked_up(one, things) for one in value[:20]]
    return things.get(str(value.get("@id")), value) if isinstance(value, dict) and "name" not in value else value


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
    if "author" not in record:
        linked = (e.text_content() for e in tree.iter("a") if (e.get("rel") or "").lower() == "author")
        names = list(dict.fromkeys(name for text in linked if (name := " ".join(text.split()))))[:20]
        record |= {"author": ", ".join(names)} if names else {}
    if language := tree.get("lang"):
        record.setdefault("language", language)
    return record


def _link(tree: HtmlElement, declared: str | None, saved_from: str | None) -> str | None:
    """The canonical link, else the one that is declared, else the one that the page was saved from."""
    canonical = next((e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"), None)
    for link in (canonical, declared, saved_from):
        try:
            link = urljoin(saved_from or declared or "", (link or "").strip())
            if link and urlsplit(link).scheme in ("http", "https"):
                return link
        except ValueError:  # no link at all
            continue
    return None


_ELSEWHERE = frozenset("aside nav footer form".split())


def _shown_day(tree: HtmlElement) -> str | None:
    """The day in the first `time` of the part of the page that its only headline stands in."""
    headings = list(tree.iter("h1"))
    if len(headings) != 1:
        return None
    part = next(headings[0].iterancestors("article", "main", "header", "section"), headings[0].getparent())
    part = next(part.iterancestors("article", "main"), part) if part.tag == "header" else part
    for time in part.iter("time"):
        above = {element.tag for element in time.iterancestors()}
        nested = next(time.iterancestors("article"), part)
        if not above & _ELSEWHERE and (nested is part or nested in part.iterancestors()):
            return record_day(time.get("datetime") or time.text_content())
    return None


def _without_outlet(title: str, outlet: str | None) -> str:
    """A declared title without the name of the site at its end."""
    first, _, rest = title.rpartition(next((mark for mark in _MARKS if mark in title), "\0"))
    return first.rstrip() if outlet and first and rest.strip().casefold() == outlet.casefold() else title


def _shown_title(tree: HtmlElement, outlet: str | None) -> str | None:
    """The only first-level heading, else the window's title without the name of the site."""
    headings = [text for e in tree.iter("h1") if (text := " ".join(e.text_content().split()))]
    if len(headings) == 1:
        return headings[0]
    title = " ".join((tree.findtext(".//title") or "").split())
    first, _, rest = title.rpartition(next((mark for mark in _MARKS if mark in title), "\0"))
    return first if first and (rest == outlet or len(rest.split()) <= 4) else title or None
