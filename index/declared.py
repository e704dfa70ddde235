"""What a page declares of itself, in JSON-LD, meta tags and marks, and what it shows beside its headline."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from index.dates import UPDATED, record_day
from index.fields import is_link

if TYPE_CHECKING:
    from lxml.html import HtmlElement

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
    "language": ("dc.language", "language", "content-language", "og:locale"),
    "section": ("article:section", "parsely-section", "section"),
}  # fmt: skip
_SCRIPT_MARKS = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")

Story = dict[str, object]  # a JSON-LD object


def story_of(tree: HtmlElement, url: str | None) -> Story:
    """The JSON-LD article that is the page's own: the only one, else the one of its link, else of its headline.

    `url` is the link that the page gives, or was saved from.
    """
    stories = [story for script in tree.iter("script") if _is_json_ld(script) for story in _stories(script.text or "")]
    if len(stories) < 2:
        return stories[0] if stories else {}
    linked = (story for story in stories if url and _page_of(url) in _pages_of(story, url))
    headlines = _headlines(tree)
    titled = (s for s in stories if (title := _name(s.get("headline"))) and _is_among(title, headlines))
    return next(linked, None) or next(titled, {})


def _is_json_ld(script: HtmlElement) -> bool:
    return (script.get("type") or "").strip().lower().startswith("application/ld+json")


def _stories(source: str) -> Iterator[Story]:
    try:
        data = json.loads(_SCRIPT_MARKS.sub("", source), strict=False)  # line breaks within its strings
    except (ValueError, RecursionError):
        return
    items = list(_objects(data))
    things = {str(thing.get("@id")): thing for thing in items if "name" in thing}
    for item in items:
        kinds = item.get("@type")
        if any(isinstance(k, str) and _TYPES.search(k) for k in (kinds if isinstance(kinds, list) else [kinds])):
            yield {name: _looked_up(value, things) for name, value in item.items()}


def _links(story: Story, base: str) -> Iterator[str]:
    """The links that a story gives as its own."""
    page = story.get("mainEntityOfPage")
    for link in (story.get("url"), page.get("@id") or page.get("url") if isinstance(page, dict) else page):
        if isinstance(link, str) and (whole := _joined(base, link)):
            yield whole


def _pages_of(story: Story, base: str) -> set[str]:
    named = _joined(base, str(story.get("@id") or ""))
    return {_page_of(link) for link in (*_links(story, base), *([named] if named and story.get("@id") else []))}


def _page_of(link: str) -> str:
    """A link without what two writings of it may differ in."""
    return link.partition("#")[0].partition("://")[2].removeprefix("www.").rstrip("/").casefold()


def _headlines(tree: HtmlElement) -> list[str]:
    shown = [e.text_content() for e in tree.iter("h1", "title")]
    named = [m.get("content") or "" for m in tree.iter("meta") if (m.get("property") or "").lower() == "og:title"]
    return [" ".join(text.casefold().split()) for text in (*shown, *named)]


def _is_among(title: str, headlines: Iterable[str]) -> bool:
    """Is this one of them, but for the name of the site at its end?"""
    title = title.casefold()
    return any(line == title or line.startswith(tuple(title + mark for mark in _MARKS)) for line in headlines)


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


def record_of(tree: HtmlElement, story: Story, saved_from: str | None) -> dict[str, str]:
    """The record of a page: JSON-LD's (schema.org/NewsArticle) before Open Graph's and other meta tags.

    A day that is only shown beside the headline is `shown`.
    """
    metas = _metas(tree)
    told = {
        "title": [story.get("headline")],
        "outlet": [story.get("publisher")],
        "author": [story.get("author")],
        "published": [story.get("datePublished")],
        "updated": [story.get("dateModified")],
        "language": [tree.get("lang"), tree.get("xml:lang"), story.get("inLanguage")],
        "section": [story.get("articleSection")],
    }
    told = {field: [*map(_name, values), *map(metas.get, _META[field])] for field, values in told.items()}
    told["author"] += [_marked_author(tree)]
    told["published"] += [_marked_day(tree, "datePublished")]
    told["updated"] += [_marked_day(tree, "dateModified")]
    record = {field: value for field, values in told.items() if (value := _first(field, values))}
    if link := link_of(tree, next(_links(story, saved_from or ""), None) or metas.get("og:url"), saved_from):
        record["url"] = link
    title = record.pop("title", None)
    if title := _without_outlet(title, record.get("outlet")) if title else _shown_title(tree, record.get("outlet")):
        record["title"] = title
    if "published" not in record and (day := _shown_day(tree)):
        record["shown"] = day
    return record


def _first(field: str, values: Iterable[str | None]) -> str | None:
    """The first value that says something: of days one that can be read, of names one that is no link."""
    said = [value for value in values if value and not (field in ("author", "outlet") and is_link(value))]
    days = (value for value in said if field in ("published", "updated") and record_day(value))
    return next(days, said[0] if said else None)


def _name(value: object) -> str | None:
    """A string, a number, a thing's name, or several of them joined by commas; links among several are no names."""
    if isinstance(value, list):
        names = [name for one in value[:20] if (name := _name(one))]
        return ", ".join([name for name in names if not is_link(name)] or names[:1]) or None
    if isinstance(value, dict):
        return _name(value.get("name"))
    if isinstance(value, int | float) and not isinstance(value, bool):  # of seconds since 1970
        return str(value)
    return " ".join(html.unescape(value).split()) or None if isinstance(value, str) else None


def _metas(tree: HtmlElement) -> dict[str, str]:
    """What the meta tags say, by their names in small letters; the first of each."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        metas.setdefault(name.lower(), " ".join((meta.get("content") or "").split()))
    return metas


def _marked_author(tree: HtmlElement) -> str | None:
    """Who is marked as the author: by `itemprop`, else by the `rel` of a link."""
    marked = [e for e in tree.iter() if e.get("itemprop") == "author"]
    linked = [e for e in tree.iter("a") if (e.get("rel") or "").lower() == "author"]
    names = dict.fromkeys(" ".join(e.text_content().split()) for e in (marked or linked)[:20])
    return ", ".join(filter(None, names)) or None


def _marked_day(tree: HtmlElement, prop: str) -> str | None:
    """What is marked by `itemprop`; where several days are, other articles' among them, none."""
    marked = [e.get("datetime") or e.get("content") or "" for e in tree.iter() if e.get("itemprop") == prop]
    days = {day: text for text in marked if (day := record_day(text))}
    return next(iter(days.values())) if len(days) == 1 else None


def link_of(tree: HtmlElement, declared: str | None, saved_from: str | None) -> str | None:
    """The canonical link, else the one that is declared, else the one that the page was saved from."""
    canonical = next((e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"), None)
    for link in (canonical, declared, saved_from):
        if whole := _joined(saved_from or declared or "", (link or "").strip()):
            return whole
    return None


def _joined(base: str, link: str) -> str | None:
    """A link of the web, relative ones to the base; None where it is none."""
    try:
        link = urljoin(base, link)
        return link if urlsplit(link).scheme in ("http", "https") else None
    except ValueError:
        return None


_ELSEWHERE = frozenset("aside nav footer form".split())


def _shown_day(tree: HtmlElement) -> str | None:
    """The day that stands in a `time` in the part of the page that its only headline stands in.

    A day of updating doesn't count; where two others stand together, neither does.
    """
    headings = list(tree.iter("h1"))
    if len(headings) != 1:
        return None
    part = next(headings[0].iterancestors("article", "main", "header", "section"), headings[0].getparent())
    part = next(part.iterancestors("article", "main"), part) if part.tag == "header" else part
    days: set[str] = set()
    for element in part.iter("time", "p"):
        if element.tag == "p":
            if days and len(element.text_content().split()) >= 25:  # the article has begun
                break
            continue
        above = {element.tag for element in element.iterancestors()}
        nested = next(element.iterancestors("article"), part)
        own = not above & _ELSEWHERE and (nested is part or nested in part.iterancestors())
        day = record_day(element.get("datetime") or "") or record_day(element.text_content())
        if own and day and not _is_of_updating(element):
            days.add(day)
    return days.pop() if len(days) == 1 else None


def _is_of_updating(time: HtmlElement) -> bool:
    """Does its mark, its text or the word before it say that the article was changed then?"""
    marks = f"{time.get('class', '')} {time.get('itemprop', '')}".lower()
    if re.search(r"updated|modified", marks):
        return "published" not in marks  # WordPress marks a day that is both
    return bool(UPDATED.search(time.text_content()) or UPDATED.search(_word_before(time)))


def _word_before(element: HtmlElement, height: int = 3) -> str:
    """The text that stands directly before an element, in it or at most some elements above it."""
    before = element.getprevious()
    if before is not None:
        return (before.tail or "").strip() or ("" if before.tag == "time" else before.text_content())
    above = element.getparent()
    if above is None or height == 0:
        return ""
    return (above.text or "").strip() or _word_before(above, height - 1)


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
