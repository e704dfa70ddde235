"""The files whose parsers a hostile file can attack: web pages, PDF, DOCX. Run as a module, it is the child process.

Each parser turns bytes into a record of strings: `text`, and any of `title outlet author published updated url language
section`. It raises Unreadable with a predicate ("is locked by a password"), to which the caller adds the file's name.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import Unreadable
from index.limits import PAGES, Apart, serve

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_UNPACKED_BYTES = 256 << 20

_apart = Apart("index.documents")


def read_document(kind: str, data: bytes) -> dict[str, str]:
    """The record of a web page ("html", "mhtml", "webarchive"), "pdf" or "docx", parsed in the child process."""
    return _apart.parse(kind, data)


def read_pdf(data: bytes) -> dict[str, str]:
    import logging

    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        raise Unreadable("needs a package for PDF: pip install 'on-record[pdf]'") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pdf = PdfReader(io.BytesIO(data))
        if pdf.is_encrypted and not pdf.decrypt(""):
            raise Unreadable("is locked by a password; save it without one")
        if len(pdf.pages) > PAGES:
            raise Unreadable(f"has more than {PAGES:,} pages; split it")
        text = "\n\n".join(page.extract_text() for page in pdf.pages)
        title = pdf.metadata.title if pdf.metadata else None
    except PyPdfError as error:
        raise Unreadable(f"is a broken PDF ({error}); export it again") from None
    if not text.strip():
        raise Unreadable("holds pictures of pages and no text; run text recognition (OCR) on it first")
    return {"text": text} | ({"title": title} if _is_headline(title) else {})


def read_docx(data: bytes) -> dict[str, str]:
    try:
        from docx import Document
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError:
        raise Unreadable("needs a package for DOCX: pip install 'on-record[docx]'") from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _UNPACKED_BYTES:
                raise Unreadable(f"unpacks to more than {_UNPACKED_BYTES >> 20} MiB")
        document = Document(io.BytesIO(data))
        text = "\n\n".join(filter(str.strip, _blocks(document)))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, IndexError):
        raise Unreadable("is a broken DOCX; save it again") from None
    titles = [p.text.strip() for p in document.paragraphs if p.style and p.style.name in ("Title", "Heading 1")]
    return {"text": text} | ({"title": titles[0]} if titles and titles[0] else {})


def _blocks(document: Document) -> Iterator[str]:
    """The paragraphs and the rows of tables, in their order: "- " before an item of a list, " | " between cells."""
    from docx.text.paragraph import Paragraph

    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield f"- {block.text}" if block.text.strip() and _is_item(block) else block.text
        else:
            for row in block.rows:
                cells = dict.fromkeys(row.cells)  # one that spans columns comes once
                yield " | ".join(" ".join(cell.text.split()) for cell in cells)


def _is_item(paragraph: Paragraph) -> bool:
    """By its style, or by numbering of its own."""
    styled = bool(paragraph.style) and paragraph.style.name.startswith("List")
    properties = paragraph._p.pPr
    return styled or (properties is not None and properties.numPr is not None)


def _is_headline(title: object) -> bool:
    """False for what programs put into a PDF's title: file names, "Microsoft Word - ...", "untitled"."""
    return (
        isinstance(title, str) and len(title.split()) >= 3 and not title.startswith("Microsoft ") and "." not in title
    )


if __name__ == "__main__":
    from index.page import read_mhtml, read_page, read_webarchive

    serve(
        {"html": read_page, "mhtml": read_mhtml, "webarchive": read_webarchive, "pdf": read_pdf, "docx": read_docx},
    )
