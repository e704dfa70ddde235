"""In which encoding a text stands that doesn't say so: by the letters that its language is written with.

Where two encodings give different texts that are both likely, there is none: a text is refused rather than garbled.
"""

from __future__ import annotations

import re
from collections import Counter

# Of scripts of many characters: the most frequent ones, and what share of all but ASCII they are.
_KANA = "ぁ-ゖァ-ヺー"
_FREQUENT = tuple(
    (encoding, re.compile(f"[{characters}]"), share)
    for encoding, characters, share in (
        ("cp932", _KANA, 0.2),
        ("euc_jp", _KANA, 0.2),
        ("cp949", "이다는을에의가고하지", 0.1),
        ("gb18030", "的一是不了在有人这个", 0.04),
        ("big5hkscs", "的一是不了在有人這個", 0.04),
    )
)
# Latin: the letters beyond ASCII of each language that an encoding was made for.
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ", "äöüß")
_LATIN = {
    "cp1252": (
        "éèêëçñïöüàáíó½¼",  # English, in borrowed words
        "äöüßé",
        "éèàùâêîôûëïüÿçœæ",
        "áéíóúñü¿¡º",
        "àèéíïòóúüç·",
        "áâãàçéêíóôõúüº",
        "àèéìíîòóùú",
        "éëïèöüóáê",
        "åäöéüàšž",
        "æøåéäöüòô",
        "áðéíóúýþæö",
        "äöõüšž",
    ),
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "cp1254": ("ığşüöçâîûİ",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"),
}
_SIGNS = frozenset("“”„‘’‚–—…«»‹›•€£§°©®™´·\u00a0\u00ad")
_MOST = 0.97  # of a text's letters beyond ASCII: names come from anywhere
# Other alphabets: the encodings that are in use; the many others only look like them.
_OTHER = ("cp1251", "koi8_r", "cp866", "iso8859_5", "cp1253", "iso8859_7", "cp1255", "cp1256", "iso8859_6", "tis_620")
_SAMPLE = 1 << 20  # bytes


def encoding_of(data: bytes) -> str | None:
    """The encoding of a text without a label, which is neither UTF-8 nor UTF-16; None where its letters leave doubt."""
    for encoding, frequent, share in _FREQUENT:
        beyond = re.sub(r"[\x00-\x7f]+", "", _text(data, encoding))
        if len(beyond) >= 20 and len(frequent.findall(beyond)) >= share * len(beyond):
            return encoding
    texts: dict[str, str] = {}
    for encoding, alphabets in _LATIN.items():
        text = _text(data[:_SAMPLE], encoding)
        times = Counter(text)
        if any(_are_of(times, alphabet) and not _is_odd(text, alphabet) for alphabet in alphabets):
            texts.setdefault(text, encoding)
    return next(iter(texts.values())) if len(texts) == 1 else None if texts else _by_coherence(data[:_SAMPLE])


def _text(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _are_of(times: Counter[str], alphabet: str) -> bool:
    """Are these characters ASCII for the most part, beyond it nearly only letters of this alphabet, most of them small?

    Signs don't count.
    """
    own = set(alphabet + alphabet.upper())
    beyond = {c: n for c, n in times.items() if c > "\x7f" and c not in _SIGNS}
    letters = sum(n for c, n in times.items() if c.isalpha())
    total = sum(beyond.values())
    if not times or total > 0.3 * letters or not all((c.isalpha() and c != "ª") or c in own for c in beyond):
        return False
    known = sum(n for c, n in beyond.items() if c in own)
    return known >= _MOST * total and sum(n for c, n in beyond.items() if c.isupper()) * 2 <= total


_QUOTE_IN_A_WORD = re.compile(r"[^\W\d_][„“”‚«»][^\W\d_]")


def _is_odd(text: str, alphabet: str) -> bool:
    """Do quotes, or capitals after small letters, stand within words: as where a letter was taken for another?"""
    large = "".join(c for c in alphabet.upper() if c > "\x7f" and c.isupper())
    small = "".join(c for c in alphabet if c.islower() and c != "º")
    mixed = re.compile(f"[a-z][{large}]|[{small}][A-Z]")
    return bool(_QUOTE_IN_A_WORD.search(text) or mixed.search(text))


def _by_coherence(data: bytes) -> str | None:
    """By how often the letters stand beside each other in languages of that alphabet."""
    import charset_normalizer

    found = list(charset_normalizer.from_bytes(data, threshold=0.1, cp_isolation=list(_OTHER)))
    if not found or found[0].coherence < 0.2:  # no language that its letters would fit
        return None
    best = found[0]
    rivals = [r for r in found[1:] if r.chaos <= best.chaos + 0.02 and r.coherence >= 0.8 * best.coherence]
    return None if any(str(rival) != str(best) for rival in rivals) else best.encoding
