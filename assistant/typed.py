"""What people type, as it is meant: contractions without their mark, short forms, slips in the words of a question."""

from __future__ import annotations

import re
from difflib import get_close_matches

_SHORT = {
    "whats": "what's", "whatre": "what're", "whatd": "what did", "wat": "what", "wht": "what", "wots": "what's",
    "whos": "who's", "hows": "how's", "thats": "that's", "dont": "don't", "im": "i'm", "u": "you", "r": "are",
    "ur": "your", "abt": "about", "pls": "please", "plz": "please", "plse": "please", "thx": "thanks",
    "gimme": "give me", "wanna": "want to", "lemme": "let me", "cn": "can",
}  # fmt: skip
# The words by which a kind of question is known. A word that is nearly one of them is taken for a slip.
_KNOWN = """
    summarise summarize summary overview article articles timeline chronology library collection outlets newspapers
    sources compare compared comparison difference differences between newest latest oldest stories statements quotes
    anything everything chronological published events
""".split()
_SLIP = 0.85  # likeness (difflib's ratio) from which it is: "artical" has 0.86, "summer" for "summary" 0.77
_SHORTEST = 6  # letters of a word that may be one
_UNMARKED = re.compile(r"^[^\w“\"']+|[^\w”\"')]+$")


def bare(question: str) -> str:
    """A question on one line, without marks at its ends; short forms are written out, and what is shouted is said."""
    words = _UNMARKED.sub("", " ".join(question.split()).replace("’", "'"))
    words = words.lower() if words.isupper() and " " in words else words
    return " ".join(_SHORT.get(word.lower() if len(word) > 1 else word, word) for word in words.split(" "))


def corrected(words: str) -> str:
    """The same with slips mended in the words by which a kind of question is known, and in no others."""
    return " ".join(_mended(word) for word in words.split(" "))


def _mended(word: str) -> str:
    plain = word.lower()
    if len(plain) < _SHORTEST or plain in _KNOWN or not plain.isalpha():
        return word
    near = get_close_matches(plain, _KNOWN, 1, _SLIP)
    return near[0] if near and near[0][0] == plain[0] else word
