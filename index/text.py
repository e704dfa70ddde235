"""Bytes that are text, in the encoding that they declare or can be shown to have."""

from __future__ import annotations

import codecs
import re

from index.errors import Unreadable

_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file: by its byte order mark, as UTF-8, as declared, or as detected beyond doubt.

    Raises Unreadable with a predicate ("is not text").
    """
    mark = next((encoding for bom, encoding in _MARKS if data.startswith(bom)), None)
    text = None
    for encoding in (mark,) if mark else ("utf-8", declared):
        text = text if text is not None else _decode(data, encoding)
    if text is None and not mark:
        text = _detect(data)
    if text is None or "\0" in text or len(_CONTROLS.findall(text)) * 200 > len(text):
        raise Unreadable("is not text, or in an encoding that cannot be told for sure; save it as UTF-8")
    return text


def _decode(data: bytes, encoding: str | None) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except (LookupError, UnicodeError):
        return None


def _detect(data: bytes) -> str | None:
    if b"\0" in data:
        return None
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[: 1 << 20], threshold=0.1).best()
    if best is None or best.coherence < 0.2:  # no language that its letters would fit
        return None
    return _decode(data, best.encoding)
