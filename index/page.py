"""A saved web page as a record: what the page declares of itself, and the paragraphs that a reader sees."""

from __future__ import annotations

import email.policy
import html
import plistlib
import re
from collections.abc import Iterator
from email.parser import BytesParser
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from index.declared import link_of, record_of, story_of
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
    saved_from = url or next((m[1] for m in [_SAVED_FROM.search(source[:4096])] if m), None)
    story = story_of(tree, link_of(tree, None, saved_from))
    record = record_of(tree, story, saved_from)
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
