"""Bytes that are text, in the encoding that they declare or can be shown to have."""

from __future__ import annotations

import codecs
import re

from index.alphabets import encoding_of
from index.errors import Unreadable

_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a label means on the web (WHATWG Encoding), by Python's name for the label: the larger set of the same kind.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_NO_CHARSETS = ("unicode-escape", "raw-unicode-escape", "utf-7", "punycode", "idna", "undefined")  # Python's own
_ESCAPES = (b"\x1b$B", b"\x1b$@")  # ISO-2022-JP is ASCII to the eye


def meant_by(label: str | None) -> str | None:
    """The encoding that a page or a server means by a label: windows-1252 by iso-8859-1; None where none is known."""
    try:
        name = codecs.lookup((label or "").strip().lower().replace("x-sjis", "shift_jis")).name
    except (LookupError, ValueError):
        return None
    return None if name in _NO_CHARSETS else _MEANT.get(name, name)


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file: by its byte order mark, as UTF-8, as declared, or as detected beyond doubt.

    `declared` is a label such as "iso-8859-1". Raises Unreadable with a predicate ("is not text").
    """
    text = as_declared(data, declared)
    if text is None and not _mark(data) and b"\0" not in data:
        text = _decode(data, encoding_of(data))
    if text is None or "\0" in text or len(_CONTROLS.findall(text)) * 200 > len(text):
        raise Unreadable("is not text, or in an encoding that cannot be told for sure; save it as UTF-8")
    return text


def as_declared(data: bytes, label: str | None) -> str | None:
    """The text by its byte order mark, as UTF-8, or in the encoding of the label; None where it is in none of them."""
    mark = _mark(data)
    escaped = "iso2022_jp" if any(escape in data[: 1 << 16] for escape in _ESCAPES) else None
    encodings = (mark,) if mark else (escaped, "utf-8", meant_by(label))
    return next((text for encoding in encodings if (text := _decode(data, encoding)) is not None), None)


def _mark(data: bytes) -> str | None:
    return next((encoding for bom, encoding in _MARKS if data.startswith(bom)), None)


def _decode(data: bytes, encoding: str | None) -> str | None:
    try:
        return data.decode(encoding, "control" if encoding.startswith("cp125") else "strict") if encoding else None
    except (LookupError, UnicodeError):
        return None


def _control(error: UnicodeError) -> tuple[str, int]:
    """The five bytes that windows-1252 leaves open are control characters, as the web reads them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("control", _control)
