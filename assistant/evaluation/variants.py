"""Honest variants of what articles say, to measure the gate with, from any set of articles; see dishonest.py too.

What is true is decided here by construction and by plain search through all the articles, with none of the gate's code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from unicodedata import normalize

from index.articles import Article
from index.passages import sentences


@dataclass(frozen=True, slots=True)
class Variant:
    """Words that claim to be an article's."""

    kind: str
    words: str
    article: Article  # where the words come from, before they were changed
    claimed_article: str | None = None
    claimed_speaker: str | None = None


Change = Callable[[Random, str], str | None]  # the changed words, or None where there is nothing to change
Maker = Callable[[Random, str, Sequence[Article]], Variant | None]
TRIES = 2_000  # excerpts that are tried for one variant


def honest(articles: Sequence[Article], count: int, seed: int = 0) -> list[Variant]:
    """Excerpts of one or two sentences in another typesetting, shortened with an ellipsis or explained in brackets."""
    return made(articles, {kind: changing(change) for kind, change in HONEST.items()}, count, seed)


def excerpts(articles: Sequence[Article], count: int, seed: int = 0) -> list[Variant]:
    """Excerpts of one or two sentences as they stand."""
    return made(articles, {"excerpt": changing(lambda _, words: words)}, count, seed)


class Haystack:
    """All the articles' words in one plain string."""

    def __init__(self, articles: Sequence[Article]):
        self.text = "\n".join(plain(a.text) for a in articles)

    def count(self, words: str) -> int:
        """How often the words stand in the articles."""
        return self.text.count(plain(words))

    def holds(self, words: str) -> bool:
        """Do the words stand in an article, not as part of a longer word or number? Marks round them don't count."""
        words = plain(words).lstrip(" \"'(").rstrip(" \"').,;:!?")
        at = self.text.find(words)
        while at >= 0:
            before, after = self.text[max(at - 2, 0) : at], self.text[at + len(words) : at + len(words) + 2]
            if not re.search(r"[\w$£€.,+-]\Z", before) and not re.match(r"[\w%-]|[.,]\d", after):
                return True
            at = self.text.find(words, at + 1)
        return False


def plain(text: str) -> str:
    return " ".join(normalize("NFC", text).translate(_STRAIGHT).split())


_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_STRAIGHT = {**str.maketrans("‘’“”–—", "''\"\"--"), **_INVISIBLE}


# Excerpts


def made(
    articles: Sequence[Article],
    makers: dict[str, Maker],
    count: int,
    seed: int,
    unfit: Callable[[Variant], bool] = lambda variant: False,
) -> list[Variant]:
    """`count` variants, of each kind in turn; a kind that the articles hold no matter for is left out."""
    random, made = Random(seed), []
    kinds = list(makers)
    while kinds and len(made) < count:
        for kind in tuple(kinds):
            tries = (makers[kind](random, kind, articles) for _ in range(TRIES))
            variant = next((v for v in tries if v and not unfit(v)), None)
            if variant:
                made.append(variant)
            else:
                kinds.remove(kind)
    return made[:count]


def changing(change: Change) -> Maker:
    def make(random: Random, kind: str, articles: Sequence[Article]) -> Variant | None:
        article = random.choice(articles)
        words = excerpt(random, article)
        changed = change(random, words) if words else None
        return Variant(kind, changed, article) if changed else None

    return make


def excerpt(random: Random, article: Article) -> str | None:
    """One or two successive sentences of six to eighty words."""
    spans = sentences_of(article.text)
    first = random.randrange(len(spans))
    last = min(first + random.randrange(2), len(spans) - 1)
    start, end = spans[first][0], spans[last][1]
    if _within_initials(article.text, start) or _within_initials(article.text, end):
        return None
    words = article.text[start:end].strip()
    return words if 6 <= len(words.split()) <= 80 and len(re.findall(r"[A-Za-z]{3,}", words)) >= 4 else None


def _within_initials(text: str, at: int) -> bool:
    """Was a sentence cut in the middle of initials, as in R-S.|C.?"""
    return at > 0 and text[at - 1] == "." and bool(re.match(r"\w\.", text[at:]))


@lru_cache(maxsize=10_000)
def sentences_of(text: str) -> list[tuple[int, int]]:
    return sentences(text)


# Honest changes


def _replaced(pattern: str, replacement: str) -> Change:
    def change(random: Random, words: str) -> str | None:
        changed = re.sub(pattern, replacement, words)
        return changed if changed != words else None

    return change


def _within_a_word(insertion: str) -> Change:
    def change(random: Random, words: str) -> str | None:
        places = [m.start() for m in re.finditer(r"(?<=[a-z]{3})(?=[a-z]{3})", words)]
        if not places:
            return None
        at = random.choice(places)
        return words[:at] + insertion + words[at:]

    return change


def _spaced(random: Random, words: str) -> str:
    return re.sub(r"\s+", lambda m: random.choice([" ", "  ", "\n", "\t", "\u00a0", " \n ", "\u2009"]), words)


def _first_letter(random: Random, words: str) -> str | None:
    at = next((i for i, c in enumerate(words) if c.isalnum()), None)
    return words[:at] + words[at].swapcase() + words[at + 1 :] if at is not None and words[at].isalpha() else None


def _enclosed(random: Random, words: str) -> str:
    return random.choice(["“%s”", '"%s"', "‘%s’", "«%s»", "„%s“", "“%s.”", "“%s,”"]).replace("%s", words)


def _unpunctuated(random: Random, words: str) -> str | None:
    bare = words.rstrip(".,;:!?\"'”’")
    return bare if bare != words else None


def _ellipsis(random: Random, words: str) -> str | None:
    """Leave out what turns nothing: over four words of one sentence, or up to the next sentence; four stay before.

    Which few words of a sentence may go can't be told without knowing what they mean: "at least", "refused to".
    """
    tokens = words.split()
    if len(tokens) < 12:
        return None
    a = random.randrange(4, len(tokens) - 6)
    ends = [i for i in range(a, len(tokens) - 4) if re.search(r"[a-z]{3}['\"’”]*[.!?]['\"’”)]*$", tokens[i])][:1]
    b = ends[0] + 1 if ends else random.randrange(a + 5, max(a + 6, min(a + 15, len(tokens) - 4)))
    if len(tokens) - b < 4:
        return None
    left_out = " ".join(tokens[a:b])
    if _NEGATION.search(left_out) or _COUNTS.search(left_out) or len(left_out) > 300:
        return None
    mark = random.choice([" … ", " ... ", "… ", " [...] ", " [. . .] ", " (…) "])
    return " ".join(tokens[:a]) + mark + " ".join(tokens[b:])


def _bracket_put_in(random: Random, words: str) -> str | None:
    tokens = words.split(" ")
    at = random.randrange(1, len(tokens))
    return " ".join([*tokens[:at], random.choice(["[sic]", "[the newspaper]", "[emphasis added]"]), *tokens[at:]])


def _bracket_instead(random: Random, words: str) -> str | None:
    """A pronoun is replaced by whom it means, in brackets."""
    matches = list(re.finditer(r"(?<= )(?:he|she|they|it|his|her|their|its)(?= )", words))
    matches = [m for m in matches if min(len(words[: m.start()].split()), len(words[m.end() :].split())) >= 3]
    if not matches:
        return None
    match = random.choice(matches)
    return words[: match.start()] + "[the minister]" + words[match.end() :]


def _bracketed_letter(random: Random, words: str) -> str | None:
    return f"[{words[0].swapcase()}]{words[1:]}" if words[0].isalpha() and words[1].isalpha() else None


HONEST: dict[str, Change] = {
    "as it stands": lambda random, words: words,
    "white space": _spaced,
    "straight marks": lambda random, words: new if (new := words.translate(_STRAIGHT_MARKS)) != words else None,
    "curly marks": _replaced(r"(?<=\w)'(?=\w)", "’"),
    "curly pairs": _replaced(r'"([^"\n]*)"', r"“\1”"),
    "dashes": lambda random, words: (
        re.sub("[–—]", random.choice(["-", "–", "—"]), words) if re.search("[–—]", words) else None
    ),
    "two hyphens": _replaced(r" ?— ?", " -- "),
    "close dashes": _replaced(r" [–—] (?!\d)", "—"),
    "ligatures": lambda random, words: (
        words.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ") if re.search("fi|fl", words) else None
    ),
    "soft hyphen": _within_a_word("\u00ad"),
    "zero width": _within_a_word("\u200b"),
    "hyphen break": _within_a_word("-\n"),
    "hyphenated break": _replaced(r"(?<=[a-z])-(?=[a-z])", "-\n"),
    "decomposed": lambda random, words: new if (new := normalize("NFD", words)) != words else None,
    "full width": lambda random, words: re.sub(r"[0-9%]", lambda m: chr(ord(m[0]) + 0xFEE0), words),
    "ellipsis sign": _replaced(r"\.\.\.", "…"),
    "first letter": _first_letter,
    "marks round it": _enclosed,
    "end punctuation": _unpunctuated,
    "ellipsis": _ellipsis,
    "bracket put in": _bracket_put_in,
    "bracket instead": _bracket_instead,
    "bracketed letter": _bracketed_letter,
}
_STRAIGHT_MARKS = str.maketrans("‘’“”", "''\"\"")
_NEGATION = re.compile(
    r"\b(?:no|not|never|nor|neither|none|nobody|nothing|without|cannot|hardly|barely)\b|n['’]t", re.I
)
_COUNTS = re.compile(
    r"^(?:more|less|most|least|far|only)\b|\b(?:if|whether|than|least|about|only|alleged\w*|accused|most|more|less)$",
    re.I,
)
