"""Dishonest variants of what articles say: changed, put together, invented, cut off, or given to somebody else.

What is false is decided by construction and by plain search through all the articles, with none of the gate's code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from assistant.evaluation.variants import Change, Haystack, Variant, changing, excerpt, made, plain, sentences_of
from index.articles import Article


def dishonest(articles: Sequence[Article], count: int, seed: int = 0) -> list[Variant]:
    """Excerpts whose words were changed, put together, invented or given to another article or speaker.

    Words that stand somewhere in the articles all the same are left out.
    """
    hay = Haystack(articles)
    makers = {kind: changing(change) for kind, change in DISHONEST.items()} | _FROM_ARTICLES
    return made(articles, makers, count, seed, lambda v: _true(v, hay))


def _true(variant: Variant, articles: Haystack) -> bool:
    """Do the words stand in the articles as given? Those that are cut off do so once, after what they are cut from."""
    if variant.kind in _CLAIMS:
        return False
    return articles.count(variant.words) > 1 if variant.kind in _CUT else articles.holds(variant.words)


def lightly_altered(articles: Sequence[Article], count: int, seed: int = 0) -> list[Variant]:
    """Excerpts with one or two words changed, dropped, added or put in another place, which stand nowhere so."""
    held = Haystack(articles).holds
    return made(articles, {"lightly altered": changing(_alter_lightly)}, count, seed, lambda v: held(v.words))


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


def _cut_after(pattern: str) -> Change:
    """The words behind a match, which turn or measure them, are all that is quoted."""
    compiled = re.compile(pattern)

    def change(random: Random, words: str) -> str | None:
        rests = [words[m.end() :] for m in compiled.finditer(words)]
        rests = [rest for rest in rests if len(rest.split()) >= 5]
        return random.choice(rests) if rests else None

    return change


def _cut_before(pattern: str) -> Change:
    compiled = re.compile(pattern)

    def change(random: Random, words: str) -> str | None:
        fronts = [words[: m.start()] for m in compiled.finditer(words)]
        fronts = [front for front in fronts if len(front.split()) >= 5]
        return random.choice(fronts) if fronts else None

    return change


def _bracketed_figure(random: Random, words: str) -> str | None:
    matches = list(re.finditer(r"(?<= )\d+(?= )", words))
    matches = [m for m in matches if min(len(words[: m.start()].split()), len(words[m.end() :].split())) >= 3]
    if not matches:
        return None
    match = random.choice(matches)
    return f"{words[: match.start()]}[{int(match[0]) + random.randrange(1, 90)}]{words[match.end() :]}"


def _bracketed_addition(random: Random, words: str) -> str | None:
    tokens = words.split(" ")
    at = random.randrange(1, len(tokens))
    said = random.choice(["[on Tuesday]", "[more than 40]", "[allegedly]", "[perhaps]", "[two million]", "[not]"])
    return " ".join([*tokens[:at], said, *tokens[at:]])


def _bracket_behind(random: Random, words: str) -> str | None:
    """The last word of a sentence gives way to a bracket."""
    tokens = words.split()
    if len(tokens) < 6 or not re.search(r"[a-z]{3}[.!?]$", tokens[-1]):
        return None
    return " ".join([*tokens[:-1], random.choice(["[unharmed]", "[in secret]", "[nobody]", "[safe]", "[Ilmari]"])])


def _instead_of(pattern: str, *others: str) -> Change:
    """Some of the article's words give way to others, or to an ellipsis."""
    compiled = re.compile(pattern)

    def change(random: Random, words: str) -> str | None:
        matches = [
            m
            for m in compiled.finditer(words)
            if min(map(len, (words[: m.start()].split(), words[m.end() :].split()))) > 2
        ]
        if not matches:
            return None
        match = random.choice(matches)
        return words[: match.start()] + random.choice(others) + words[match.end() :]

    return change


def _bracketed_subject(random: Random, words: str) -> str | None:
    """A name that is another's before the words that its subject is cut from, or behind a pronoun."""
    name = f"[{random.choice(_NAMES)} {random.choice(_NAMES)}]"
    match = re.match(r"((?:He|She|They)|[A-Z][a-z]+ [A-Z][a-z]+)(?= [a-z]+ )", words)
    if not match or len(words.split()) < 8:
        return None
    behind = f"{match[1]} {name}" if match[1] in ("He", "She", "They") else name
    return random.choice([behind, name]) + words[match.end() :]


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
    "negation cut off": _cut_after(r"(?<=\w) (?:not|never|cannot) |n['’]t "),
    "number cut off": _cut_after(r" (?:two|three|four|five|six|seven|eight|nine) (?=(?:hundred|thousand|million) )"),
    "measure cut off": _cut_after(r" (?:more than|less than|fewer than|nearly|almost|at least|up to) (?=\d)"),
    "scale cut off": _cut_before(r"(?<=\d) (?:million|billion|thousand|per cent|percent|miles|pounds|years|minutes)\b"),
    "condition cut off": _cut_before(r"(?<=\w) (?:if|unless) "),
    "denial cut off": _cut_after(r"\b(?:denie[sd]|dismissed|rejected|disputed|refuted)(?: \w+){0,3} that "),
    "falsehood cut off": _cut_after(
        r"\b(?:no|little|few|not|never|falsely|wrongly|failed to)\b(?: (?!and |but )[\w’'-]+){0,5} that (?=\w)"
        r"|\b(?:falsely|wrongly) \w+ "
    ),
    "reversal cut off": _cut_after(r" (?:far from|anything but|yet to|almost|nearly|only|least|rarely|seldom) "),
    "condition before cut off": _cut_after(r"^(?:If|Unless) [^,.;:“”\"—]+, (?=[a-z])"),
    "measure elided": _instead_of(r" (?:at least|up to|more than|fewer than|less than|almost|nearly) (?=\d)", " … "),
    "reversal elided": _instead_of(
        r" (?:rarely|seldom|least|most|only|far from|anything but|failed to|refused to|yet to|accused \w+|denied) ",
        " … ",
        " ... ",
    ),
    "bracketed verb": _instead_of(r"(?<= )(?:said|says|claimed|claims|believes|thinks)(?= )", "[admitted]", "[denied]"),
    "bracketed subject": _bracketed_subject,
    "bracket behind": _bracket_behind,
    "bracketed figure": _bracketed_figure,
    "bracketed addition": _bracketed_addition,
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


def _short_pieces(random: Random, kind: str, articles: Sequence[Article]) -> Variant | None:
    """The first three words of one sentence and the last three of a later one, joined by an ellipsis."""
    pair = _two_sentences(random, random.choice(articles), apart=1)
    if not pair:
        return None
    return Variant(kind, f"{' '.join(pair[1].split()[:3])} … {' '.join(pair[2].split()[-3:])}", pair[0])


def _spliced_openly(random: Random, kind: str, articles: Sequence[Article]) -> Variant | None:
    """The front of one sentence and the end of the next but one, with an ellipsis for the seam."""
    pair = _two_sentences(random, random.choice(articles), apart=1)
    if not pair or min(len(pair[1].split()), len(pair[2].split())) < 12:
        return None
    front, back = pair[1].split()[:6], pair[2].split()[-6:]
    return Variant(kind, f"{' '.join(front)} … {' '.join(back)}", pair[0])


def _far_apart(random: Random, kind: str, articles: Sequence[Article]) -> Variant | None:
    """Two sentences over 1,500 code points apart, joined by an ellipsis."""
    pair = _two_sentences(random, random.choice(articles), apart=1_500)
    return Variant(kind, f"{pair[1]} … {pair[2]}", pair[0]) if pair else None


def _reversed(random: Random, kind: str, articles: Sequence[Article]) -> Variant | None:
    pair = _two_sentences(random, random.choice(articles), apart=1)
    return Variant(kind, f"{pair[2]} … {pair[1]}", pair[0]) if pair else None


def _two_articles(random: Random, kind: str, articles: Sequence[Article]) -> Variant | None:
    one, other = random.choice(articles), random.choice(articles)
    first, second = excerpt(random, one), excerpt(random, other)
    apart = first and second and first not in other.text and second not in one.text
    return Variant(kind, f"{first} … {second}", one) if apart else None


def _two_sentences(random: Random, article: Article, apart: int) -> tuple[Article, str, str] | None:
    """Two sentences that stand once in the article, with another and at least `apart` code points between them."""
    spans = sentences_of(article.text)
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
    words = excerpt(random, article)
    if not words or plain(words).strip("\"'.,;:!? -") in plain(other.text):
        return None
    return Variant(kind, words, article, claimed_article=other.id)


_PERSON = r"[A-Z][a-z]+(?: [A-Z][a-z]+)+"
_SPEECH = re.compile(
    rf"[“\"](?P<words>[^“”\"\n]{{30,}}?)[,?!][”\"] (?:said (?P<after>{_PERSON})|(?P<before>{_PERSON}) said)"
)


def _two_speakers(random: Random, kind: str, articles: Sequence[Article]) -> Variant | None:
    """What one says and what another says, as one quotation."""
    article = random.choice(articles)
    said = [(m["words"], m["after"] or m["before"], m.end()) for m in _SPEECH.finditer(article.text)]
    pairs = [(a, b) for a, b in zip(said, said[1:], strict=False) if not set(a[1].split()) & set(b[1].split())]
    pairs = [(a, b) for a, b in pairs if all(article.text.count(w) == 1 and len(w.split()) > 4 for w in (a[0], b[0]))]
    if not pairs:
        return None
    one, other = random.choice(pairs)
    return Variant(kind, f"{one[0]} … {other[0]}", article)


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
    "short pieces": _short_pieces,
    "spliced openly": _spliced_openly,
    "far apart": _far_apart,
    "reversed": _reversed,
    "two articles": _two_articles,
    "another article": _another_article,
    "another speaker": _another_speaker,
    "two speakers": _two_speakers,
}
_CLAIMS = ("another article", "another speaker")
# Words that stand in the article, cut off from what turns or measures them.
_CUT = tuple(kind for kind in DISHONEST if kind.endswith("cut off"))
