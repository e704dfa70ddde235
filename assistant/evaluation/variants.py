"""Honest and dishonest variants of what articles say, to measure the gate with, from any set of articles.

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
    return _made(articles, {kind: _changing(change) for kind, change in HONEST.items()}, count, seed)


def dishonest(articles: Sequence[Article], count: int, seed: int = 0) -> list[Variant]:
    """Excerpts whose words were changed, put together, invented or given to another article or speaker.

    Words that stand somewhere in the articles all the same are left out.
    """
    held = Haystack(articles).holds
    makers = {kind: _changing(change) for kind, change in DISHONEST.items()} | _FROM_ARTICLES
    return _made(articles, makers, count, seed, lambda v: v.kind not in _CLAIMS and held(v.words))


def excerpts(articles: Sequence[Article], count: int, seed: int = 0) -> list[Variant]:
    """Excerpts of one or two sentences as they stand."""
    return _made(articles, {"excerpt": _changing(lambda _, words: words)}, count, seed)


def lightly_altered(articles: Sequence[Article], count: int, seed: int = 0) -> list[Variant]:
    """Excerpts with one or two words changed, dropped, added or put in another place, which stand nowhere so."""
    held = Haystack(articles).holds
    return _made(articles, {"lightly altered": _changing(_alter_lightly)}, count, seed, lambda v: held(v.words))


class Haystack:
    """All the articles' words in one plain string."""

    def __init__(self, articles: Sequence[Article]):
        self.text = "\n".join(_plain(a.text) for a in articles)

    def holds(self, words: str) -> bool:
        """Do the words stand in an article, not as part of a longer word or number? Marks round them don't count."""
        words = _plain(words).lstrip(" \"'(").rstrip(" \"').,;:!?")
        at = self.text.find(words)
        while at >= 0:
            before, after = self.text[max(at - 2, 0) : at], self.text[at + len(words) : at + len(words) + 2]
            if not re.search(r"[\w$£€.,+-]\Z", before) and not re.match(r"[\w%-]|[.,]\d", after):
                return True
            at = self.text.find(words, at + 1)
        return False


def _plain(text: str) -> str:
    return " ".join(normalize("NFC", text).translate(_STRAIGHT).split())


_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_STRAIGHT = {**str.maketrans("‘’“”–—", "''\"\"--"), **_INVISIBLE}


# Excerpts


def _made(
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


def _changing(change: Change) -> Maker:
    def make(random: Random, kind: str, articles: Sequence[Article]) -> Variant | None:
        article = random.choice(articles)
        words = _excerpt(random, article)
        changed = change(random, words) if words else None
        return Variant(kind, changed, article) if changed else None

    return make


def _excerpt(random: Random, article: Article) -> str | None:
    """One or two successive sentences of six to eighty words."""
    spans = _sentences(article.text)
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
def _sentences(text: str) -> list[tuple[int, int]]:
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
    """Leave out some words, but no negation, and leave at least four on either side."""
    tokens = words.split(" ")
    if len(tokens) < 12:
        return None
    a = random.randrange(4, len(tokens) - 6)
    b = random.randrange(a + 1, min(a + 15, len(tokens) - 4))
    if _NEGATION.search(" ".join(tokens[a:b])) or len(" ".join(tokens[a:b])) > 300:
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


# Dishonest changes


def _swapping(*groups: str) -> Change:
    """One word becomes another of its group; never the first word, whose case is free."""
    others = {w: [o for o in group.split() if o != w] for group in groups for w in group.split()}
    pattern = re.compile(rf"(?<=[ (“\"])(?:{'|'.join(map(re.escape, others))})(?![\w’'-])")

    def change(random: Random, words: str) -> str | None:
        matches = list(pattern.finditer(words))
        if not matches:
            return None
        match = random.choice(matches)
        return words[: match.start()] + random.choice(others[match[0]]) + words[match.end() :]

    return change


def _deleting(pattern: str) -> Change:
    compiled = re.compile(pattern)

    def change(random: Random, words: str) -> str | None:
        matches = list(compiled.finditer(words))
        if not matches:
            return None
        match = random.choice(matches)
        return words[: match.start()] + words[match.end() :]

    return change


def _figure(random: Random, words: str) -> str | None:
    places = [i for i, c in enumerate(words) if c in "0123456789"]
    if not places:
        return None
    at = random.choice(places)
    digit = random.choice([d for d in "0123456789" if d != words[at]])
    return words[:at] + random.choice([digit, "", words[at] + digit]) + words[at + 1 :]


def _cut_figure(random: Random, words: str) -> str | None:
    """The front of a number is left out, or the sign of its unit."""
    matches = list(re.finditer(r"(?<=\d[.,])\d+ |(?<=[$£€])\d", words))
    rests = [words[m.start() :] for m in matches]
    rests += [words[: m.start()] for m in re.finditer(r"(?<=\d)(?:%|,\d| %)", words)]
    rests = [rest for rest in rests if len(rest.split()) >= 5]
    return random.choice(rests) if rests else None


def _negated(random: Random, words: str) -> str | None:
    verbs = "is was are were will would can could has have had did does do may might should must"
    matches = list(re.finditer(rf"(?<= )(?:{verbs.replace(' ', '|')})(?= (?!not))", words))
    if not matches:
        return None
    match = random.choice(matches)
    return words[: match.end()] + random.choice([" not", " never", " [not]"]) + words[match.end() :]


def _name(random: Random, words: str) -> str | None:
    matches = list(re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{2,}", words))
    if not matches:
        return None
    match = random.choice(matches)
    other = random.choice([n for n in _NAMES if n != match[0]])
    return words[: match.start()] + other + words[match.end() :]


def _case(random: Random, words: str) -> str | None:
    matches = list(re.finditer(r"(?<= )(?:[A-Z][a-z]+|may|march|us|it|who|polish|china|turkey|will|mark)\b", words))
    if not matches:
        return None
    match = random.choice(matches)
    forms = {match[0].lower(), match[0].upper(), match[0].capitalize()} - {match[0]}
    return words[: match.start()] + random.choice(sorted(forms)) + words[match.end() :]


def _exchanged(random: Random, words: str) -> str | None:
    """Two words change places."""
    tokens = words.split(" ")
    a, b = sorted(random.sample(range(len(tokens)), 2))
    if tokens[a].strip("“”\"',.").lower() == tokens[b].strip("“”\"',.").lower():
        return None
    tokens[a], tokens[b] = tokens[b], tokens[a]
    return " ".join(tokens)


def _dropped(random: Random, words: str) -> str | None:
    tokens = words.split(" ")
    at = random.randrange(1, len(tokens) - 1)
    return " ".join(tokens[:at] + tokens[at + 1 :]) if re.search(r"[A-Za-z0-9]", tokens[at]) else None


def _added(random: Random, words: str) -> str:
    tokens = words.split(" ")
    at = random.randrange(1, len(tokens))
    return " ".join([*tokens[:at], random.choice(_ADVERBS), *tokens[at:]])


def _word(random: Random, words: str) -> str | None:
    matches = list(re.finditer(r"(?<= )[a-z]{4,}(?= )", words))
    if not matches:
        return None
    match = random.choice(matches)
    return words[: match.start()] + random.choice([w for w in _ODD_WORDS if w != match[0]]) + words[match.end() :]


def _alter_lightly(random: Random, words: str) -> str | None:
    """At most one change in ten words."""
    for _ in range(random.choice([1, 1, 2]) if len(words.split()) >= 20 else 1):
        change = random.choice([_word, _dropped, _added, _exchanged, _name, _figure, _negated])
        words = change(random, words) if words else None
    return words


def _elided_negation(random: Random, words: str) -> str | None:
    matches = list(re.finditer(r" (?:not|never) ", words))
    matches = [m for m in matches if min(len(words[: m.start()].split()), len(words[m.end() :].split())) >= 3]
    if not matches:
        return None
    match = random.choice(matches)
    return words[: match.start()] + random.choice([" … ", " ... ", " [still] "]) + words[match.end() :]


_NAMES = ["Ansgar", "Bellweather", "Corvina", "Dunmore", "Estrella", "Falkirk", "Grenholm", "Hartwick", "Ilmari"]
_ADVERBS = ["only", "again", "nearly", "openly", "once", "perhaps", "clearly", "also"]
_ODD_WORDS = ["harbour", "gently", "forgotten", "carries", "seldom", "copper", "window", "sings"]
_MONTHS = "January February March April May June July August September October November December"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"

DISHONEST: dict[str, Change] = {
    "figure": _figure,
    "cut figure": _cut_figure,
    "number word": _swapping(
        "one two three four five six seven eight nine ten eleven twelve dozen", "first second third fourth"
    ),
    "date": _swapping(_MONTHS, _DAYS),
    "negation dropped": _deleting(r"(?<=\w) (?:not|never|no)(?= \w)|n['’]t\b"),
    "negation added": _negated,
    "negation elided": _elided_negation,
    "name": _name,
    "case": _case,
    "modal": _swapping("will would may might could should must can"),
    "comparison": _swapping(
        "more less fewer", "higher lower", "above below", "before after", "most least", "over under",
        "increase decrease", "increased decreased", "rose fell", "up down",
        "better worse", "larger smaller", "at about nearly exactly",
    ),
    "unit": _swapping(
        "hundred thousand million billion trillion", "seconds minutes hours days weeks months years", "percent points",
        "miles kilometers meters feet inches yards", "pounds kilograms tons ounces", "day week month year hour minute",
    ),
    "currency": lambda random, words: words.replace("$", random.choice("£€"), 1) if "$" in words else None,
    "percent": _deleting(r"(?<=\d)%"),
    "hedge dropped": _deleting(r"(?<=\w) (?:reportedly|allegedly|possibly|probably|likely|almost|nearly|about)(?= \w)"),
    "words exchanged": _exchanged,
    "word dropped": _dropped,
    "word added": _added,
    "word changed": _word,
    "invented": lambda random, words: (
        f"{random.choice(_NAMES)} {random.choice(_NAMES)} told the harbour council that the"
        f" {random.choice(['lamps', 'ferries'])} would be repainted by {random.choice(_DAYS.split())},"
        f" whatever the {random.choice(['baker', 'beekeeper'])} says."
    ),
}  # fmt: skip


# Dishonest claims about whole articles


def _splice(random: Random, kind: str, articles: Sequence[Article]) -> Variant | None:
    """The front of one sentence and the back of a later one, with nothing to show the seam."""
    pair = _two_sentences(random, random.choice(articles), apart=1)
    if not pair:
        return None
    article, first, second = pair
    front, back = first.split(" "), second.split(" ")
    words = " ".join(front[: len(front) // 2 + 1] + back[len(back) // 2 :])
    return Variant(kind, random.choice([words, f"{first} {second}"]), article)


def _far_apart(random: Random, kind: str, articles: Sequence[Article]) -> Variant | None:
    """Two sentences over 1,500 code points apart, joined by an ellipsis."""
    pair = _two_sentences(random, random.choice(articles), apart=1_500)
    return Variant(kind, f"{pair[1]} … {pair[2]}", pair[0]) if pair else None


def _reversed(random: Random, kind: str, articles: Sequence[Article]) -> Variant | None:
    pair = _two_sentences(random, random.choice(articles), apart=1)
    return Variant(kind, f"{pair[2]} … {pair[1]}", pair[0]) if pair else None


def _two_articles(random: Random, kind: str, articles: Sequence[Article]) -> Variant | None:
    one, other = random.choice(articles), random.choice(articles)
    first, second = _excerpt(random, one), _excerpt(random, other)
    apart = first and second and first not in other.text and second not in one.text
    return Variant(kind, f"{first} … {second}", one) if apart else None


def _two_sentences(random: Random, article: Article, apart: int) -> tuple[Article, str, str] | None:
    """Two sentences that stand once in the article, with another and at least `apart` code points between them."""
    spans = _sentences(article.text)
    if len(spans) < 3:
        return None
    a = random.randrange(len(spans) - 2)
    later = [b for b in range(a + 2, len(spans)) if spans[b][0] - spans[a][1] >= apart]
    if not later:
        return None
    b = random.choice(later)
    first, second = (article.text[slice(*spans[i])].strip() for i in (a, b))
    if min(len(first.split()), len(second.split())) < 6 or max(len(first), len(second)) > 500:
        return None
    once = all(article.text.count(re.sub(r"^\W+|\W+$", "", s)) == 1 for s in (first, second))
    return (article, first, second) if once else None


def _another_article(random: Random, kind: str, articles: Sequence[Article]) -> Variant | None:
    article, other = random.choice(articles), random.choice(articles)
    words = _excerpt(random, article)
    if not words or _plain(words).strip("\"'.,;:!? -") in _plain(other.text):
        return None
    return Variant(kind, words, article, claimed_article=other.id)


_PERSON = r"[A-Z][a-z]+(?: [A-Z][a-z]+)+"
_SPEECH = re.compile(
    rf"[“\"](?P<words>[^“”\"\n]{{30,}}?)[,?!][”\"] (?:said (?P<after>{_PERSON})|(?P<before>{_PERSON}) said)"
)


def _another_speaker(random: Random, kind: str, articles: Sequence[Article]) -> Variant | None:
    article = random.choice(articles)
    said = [(m["words"], m["after"] or m["before"]) for m in _SPEECH.finditer(article.text)]
    people = sorted({p for _, p in said} | {"Ansgar Bellweather", "Corvina Dunmore"})
    if not said:
        return None
    words, speaker = random.choice(said)
    others = [p for p in people if not set(p.split()) & set(speaker.split())]
    once = article.text.count(words) == 1 and len(words.split()) >= 5
    return Variant(kind, words, article, article.id, random.choice(others)) if once else None


_FROM_ARTICLES = {
    "spliced": _splice,
    "far apart": _far_apart,
    "reversed": _reversed,
    "two articles": _two_articles,
    "another article": _another_article,
    "another speaker": _another_speaker,
}
_CLAIMS = ("another article", "another speaker")
