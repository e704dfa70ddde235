"""The gate for prose: what a chat model wrote, sentence by sentence, held to the sentences that it marks.

A sentence passes where its quotes bear it out: its numbers, names, days and negations stand in them, most of its other
words too, and who says so stays said. What fails is repaired once, with another mark or by the nearest real sentence
in quotation marks; else it is dropped. Words between quotation marks go through `assistant.quotes`, as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.amounts import numbers
from assistant.answer import Quote, Sentence
from assistant.cues import FORMS
from assistant.marks import Draft
from assistant.phrasing import words_for
from assistant.quotes import check
from assistant.stances import hedges
from assistant.values import content
from index.search import STOP_WORDS

BORNE_OUT = 0.6  # share of a sentence's words that must stand in its quotes
PLAIN = 0.65  # the same of those that are neither names nor numbers
PART, FEW = 0.5, 3  # the same of each part of a sentence that has so many of them
LIKE = 0.6  # share of them in a real sentence, from which that sentence may take its place
STEM = 5  # letters by which two forms of a word are one
FEWEST = 2  # words of substance that a sentence has in common with its quotes
LONGEST = 60  # words of a sentence
QUOTES = 3  # that one sentence rests on at most

# Nothing of these reaches a page, whatever surrounds it: addresses, markup, code.
_MARKUP = re.compile(
    r"://|\bwww\.|\bmailto:|\bjavascript:|\bdata:\w+/|</?[a-z!]|!\[|\]\s*[(:\[]|&#?\w+;|\{|\}|\\|\|"
    r"|\b[\w-]+\.(?:com|org|net|io|ru|cn|info|example)\b(?!’)",
    re.IGNORECASE,
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_QUOTED = re.compile(r"[“\"]([^“”\"]*)[”\"]")
_TOKEN = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*")
_CLAUSE = re.compile(
    r"[,;:–—()“”\"]|\s-\s"
    r"|\b(?:and|but|while|whereas|although|though|because|which|who|that|when|after)\b",
    re.IGNORECASE,
)
_DENIED = r"den(?:y|ies|ied|ial)|reject(?:s|ed)?|disput(?:e|es|ed)|false|untrue"
_NEGATION = re.compile(
    r"\b(?:no|not|cannot|never|nor|neither|none|nobody|nothing|nowhere|without|hardly|barely|scarcely|unable|unlikely"
    rf"|fail(?:s|ed)? to|refus(?:e|es|ed|al)|{_DENIED})\b|n['’]t\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(rf"\b(?:{_DENIED}|dismiss(?:es|ed)?|contradict\w*|not true)\b", re.IGNORECASE)
_CLAIMED = re.compile(r"\b(?:alleg\w+|claim(?:s|ed|ing)?|purport\w*|accus\w+|said|says|according to)\b", re.IGNORECASE)
_UNCERTAIN = re.compile(
    r"\b(?:unconfirmed|not (?:been )?confirmed|unclear|unproven|said to|thought to|believed to|could|might|may)\b",
    re.IGNORECASE,
)
_NOT_FOUND = re.compile(
    r"\W*(?:not found|(?:(?:the|these) )?(?:articles|passages|texts?) (?:do(?:es)?(?: not|n['’]t)|did not)"
    r" (?:say|answer|mention|contain|provide|state)\b.*)\W*",
    re.IGNORECASE | re.DOTALL,
)
_BOUND = re.compile(
    r"\b(?:(?P<more>over|more than|at least|no fewer than|upwards of|above)"
    r"|(?P<less>under|less than|fewer than|nearly|almost|up to|below|at most)"
    r"|(?P<about>about|around|some|roughly|approximately|an estimated|circa))\s+",
    re.IGNORECASE,
)
_UNITS = {
    "%": "%",
    "percent": "%",
    "per cent": "%",
    "£": "£",
    "€": "€",
    "$": "$",
    "pounds": "£",
    "euros": "€",
    "dollars": "$",
}
# Words that turn a claim into another one and so must stand in the quote, in some form.
_TURNS = frozenset(
    """all every everyone everybody only both most always half double twice more less fewer because therefore due
    caused causing led before until first last except instead former illegal illegally guilty deliberately""".split()
)
_SHOWN = frozenset("show find discover demonstrate determine learn indicate cost".split())  # and not only said
# What a sentence may begin with though its quote doesn't.
_OPENERS = frozenset(
    "according however meanwhile also yes reports report earlier later police officials authorities".split()
)
_PRONOUNS = frozenset("He She It They This That These Those His Her Its Their There We I".split())


@dataclass(frozen=True, slots=True)
class Passed:
    """A sentence that may be shown, and whether it had to be repaired."""

    sentence: Sentence
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """What sentences are held to: the sources that a model was given, by mark, and what the question is about."""

    sources: Mapping[str, Quote]
    topic: frozenset[str]  # stems of the words that the question, and the evidence for its answer, are about

    def passes(self, draft: Draft) -> Passed | None:
        """The sentence as it may be shown, or None."""
        words = _INVISIBLE.sub("", draft.words)
        if _MARKUP.search(words) or not 0 < len(words.split()) <= LONGEST:
            return None
        marked = self._marked(draft)
        if marked and (shown := borne_out(words, marked)) and self._relevant(words, marked):
            return Passed(Sentence(shown.words, shown.quotes), shown.altered)
        return self._repaired(words, marked)

    def _marked(self, draft: Draft) -> list[Quote]:
        """The sentences that a draft's marks stand for; of a passage's number, the one nearest to the draft."""
        found: list[Quote] = []
        for mark in draft.marks:
            if mark in self.sources:
                found.append(self.sources[mark])
            elif inside := [q for key, q in self.sources.items() if key.partition(".")[0] == mark]:
                found.append(max(inside, key=lambda q: _likeness(draft.words, q)))
        return list(dict.fromkeys(found))[:QUOTES]

    def _repaired(self, words: str, marked: Sequence[Quote]) -> Passed | None:
        """The sentence with the mark of the nearest real one, or that one's own words in its place."""
        ranked = sorted(self.sources.values(), key=lambda q: (-_likeness(words, q), q not in marked))
        if not ranked or _likeness(words, ranked[0]) < LIKE or not self._relevant(words, ranked[:1]):
            return None
        nearest = ranked[0]
        if shown := borne_out(words, [nearest]):
            return Passed(Sentence(shown.words, shown.quotes), True)
        return Passed(Sentence(words_for(nearest, nearest.text), (nearest,)), True)

    def _relevant(self, words: str, quotes: Sequence[Quote]) -> bool:
        return any((_stems(q.text) | _stems(words)) & self.topic for q in quotes)


def gate(sources: Mapping[str, Quote], question: str, evidence: Sequence[Quote]) -> Gate:
    """The gate for one answer."""
    topic = _stems(question).union(*(_stems(q.text) for q in evidence))
    return Gate(sources, topic)


def refuses(draft: Draft) -> bool:
    """Does a model say that the passages don't answer?"""
    return _NOT_FOUND.fullmatch(draft.words) is not None


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence's words as they may stand, with the quotes that bear them out."""

    words: str
    quotes: tuple[Quote, ...]
    altered: bool = False  # were words between quotation marks put right?


def borne_out(words: str, quotes: Sequence[Quote]) -> Shown | None:
    """A sentence whose quotes bear it out, with who says it; None where they don't."""
    text = " ".join(q.text for q in quotes)
    named = f"{text} {' '.join(q.speaker or '' for q in quotes)}"
    outlets = " ".join(q.article.outlet or "" for q in quotes)
    quoted = _own_words(words, quotes)
    if quoted is None:
        return None
    exact = (
        _numbers_stand(quoted, text)
        and _names_stand(quoted, f"{named} {outlets}")
        and _negations_stand(quoted, [q.text for q in quotes])
        and _words_stand(quoted, f"{named} {outlets}", text)
    )
    voiced = _voiced(quoted, quotes) if exact else None
    return Shown(voiced, tuple(quotes), quoted != words) if voiced else None


def _own_words(words: str, quotes: Sequence[Quote]) -> str | None:
    """The sentence with each quotation in the article's own words; None where one doesn't stand in its quotes."""
    parts, at = [], 0
    for match in _QUOTED.finditer(words):
        real = _real(match[1], quotes)
        if real is None:
            return None
        stop = match[1][-1:] if match[1][-1:] in (".", ",", "!", "?") and real[-1:] != match[1][-1:] else ""
        parts += [words[at : match.start()], f"“{real}”{stop}"]
        at = match.end()
    rest = words[at:]
    return None if re.search(r"[“”\"„«»]", rest) else "".join(parts) + rest


def _real(given: str, quotes: Sequence[Quote]) -> str | None:
    for quote in quotes:
        verdict = check(given, quote.article)
        inside = [q for q in verdict.quotes if quote.start <= q.start and q.end <= quote.end]
        if verdict.kind == "exact" and len(inside) == len(verdict.quotes) == 1:
            return inside[0].text
    return None


def _numbers_stand(words: str, text: str) -> bool:
    """Do all numbers and units stand in the quotes, each beside a word that it stands beside there?"""
    given, real = numbers(words), numbers(text)
    if not set(given) <= set(real) | {1} or not _units(words) <= _units(text) or not _bounds_stand(words, text):
        return False
    order = [n for n in given if n in real]
    rest = iter(real)
    if len(set(real)) > 1 and not all(any(n == r for r in rest) for n in order):
        return False  # "nine killed and two injured" from "two killed and nine injured"
    clauses = [(set(numbers(c)), _uncounted(c)) for c in _CLAUSE.split(text)]
    for clause in _CLAUSE.split(words):
        stems = _uncounted(clause)
        for number in set(numbers(clause)) & set(real):
            own = any(stems & s for n, s in clauses if number in n)
            if not own and any(stems & s for n, s in clauses if n and number not in n):
                return False  # its words are another number's
    return True


def _bounds_stand(words: str, text: str) -> bool:
    """Does "over 800" stay over, and 800 no more than that?"""
    own, real, all_real = _bounded(words), _bounded(text), numbers(text)
    if not set(own) <= set(real):
        return False
    always = {n for _, n in real if sum(number == n for _, number in real) == all_real.count(n)}
    return not (set(numbers(words)) & always) - {n for _, n in own}


def _bounded(words: str) -> list[tuple[str, Fraction]]:
    """The numbers that are told as a bound or roughly, each with the kind of that."""
    found = []
    for match in _BOUND.finditer(words):
        following = " ".join(words[match.end() :].split()[:3])
        if re.match(r"[£€$]?\d", following) or numbers(following.split(" ")[0]):
            found += [(match.lastgroup, n) for n in numbers(following)[:1]]
    return found


def _uncounted(words: str) -> frozenset[str]:
    """The words of substance that are no numbers."""
    return _stems(" ".join(t for t in _TOKEN.findall(words) if not numbers(t)))


def _units(words: str) -> set[str]:
    lower = words.lower()
    return {sign for form, sign in _UNITS.items() if form in lower}


def _names_stand(words: str, text: str) -> bool:
    """Do all names stand in the quotes, the parts of a name side by side?"""
    real = [t.casefold() for t in _TOKEN.findall(text)]
    held = {form for t in real for form in (t, _bare(t))}
    run: list[str] = []
    for at, match in enumerate([*_TOKEN.finditer(words), None]):
        token = match[0] if match else ""
        if match and _is_name(token, at, words[: match.start()]):
            if _bare(token) not in held:
                return False
            run.append(_bare(token))
            continue
        if len(run) > 1 and not _side_by_side(run, real):
            return False
        run = []
    return True


def _is_name(token: str, at: int, before: str) -> bool:
    if token in _PRONOUNS:
        return False
    if any(c.isdecimal() for c in token) and any(c.isalpha() for c in token):
        return True
    begins = at == 0 or before.rstrip()[-1:] in ".!?:“"
    if not any(c.isupper() for c in token):
        return False
    return not (begins and (token.casefold() in STOP_WORDS or token.casefold() in _OPENERS or numbers(token)))


def _side_by_side(run: Sequence[str], real: Sequence[str]) -> bool:
    """Do the words of a name follow each other in a text, with at most one more between two of them?"""
    plain = [_bare(t) for t in real]
    for start, token in enumerate(plain):
        at = start
        if token != run[0]:
            continue
        for part in run[1:]:
            following = plain[at + 1 : at + 3]
            if part not in following:
                break
            at += 1 + following.index(part)
        else:
            return True
    return False


def _negations_stand(words: str, texts: Sequence[str]) -> bool:
    """Is what the quotes negate negated, and nothing else?"""
    clauses = [c for text in texts for c in _negated_clauses(text)]
    negated, plain = (set().union(*(_stems(c) for c, no in clauses if no is kind)) for kind in (True, False))
    for clause, no in _negated_clauses(words):
        own = _stems(clause)
        if no and not own & negated and (own & plain or not negated):
            return False
        if not no and own & (negated - plain) and not own & (plain - negated):
            return False
    return bool(negated) or not _NEGATION.search(words)


def _negated_clauses(text: str) -> list[tuple[str, bool]]:
    return [(c, _NEGATION.search(c) is not None) for c in _CLAUSE.split(text) if re.search(r"\w", c)]


def _words_stand(words: str, named: str, text: str) -> bool:
    """Do enough of the words stand in the quotes, names counted and left out, and all of those that turn a claim?

    Part by part, so that none is made up beside the others.
    """
    own, real, shared = _stems(words), _stems(named), _stems(words) & _stems(text)
    said = {w[:STEM] for w in re.findall(r"\w+", text.lower())}
    turned = all(turn[:STEM] in said for turn in _TURNS & set(re.findall(r"\w+", _BOUND.sub(" ", words).lower())))
    parts = [plain for part in re.split(r"[,;:–—]", words) if len(plain := _plain(part)) >= FEW]
    enough = len(own & real) >= BORNE_OUT * len(own) and _held(_plain(words), real, PLAIN)
    whole = enough and all(_held(part, real, PART) for part in parts)
    return turned and whole and len(shared) >= min(FEWEST, len(_stems(text)))


def _plain(words: str) -> frozenset[str]:
    """The words of substance that are neither names nor numbers."""
    return _stems(" ".join(t for t in _TOKEN.findall(words) if not t[0].isupper() and not numbers(t)))


def _held(own: frozenset[str], real: frozenset[str], share: float) -> bool:
    return len(own & real) >= share * len(own)


def _voiced(words: str, quotes: Sequence[Quote]) -> str | None:
    """The sentence with who says it; None where that, a doubt or a denial would be lost."""
    cued = _says(words)
    for quote in quotes:
        named = cued and _names(words, quote.speaker)
        if quote.stance == "denied" and not (_DENIAL.search(words) and (named or quote.speaker is None)):
            return None
        if quote.stance == "hedged" and not (hedges(words) or _UNCERTAIN.search(words) or named):
            return None
    unnamed = {q.speaker for q in quotes if q.stance == "attributed" and not (cued and _names(words, q.speaker))}
    if len(unnamed) == 1 and not cued and (speaker := unnamed.pop()) and _head(speaker):
        words, cued = f"According to {_in_sentence(speaker)}, {_in_sentence(words)}", True
    lost = any(_CLAIMED.search(q.text) for q in quotes) and not cued
    return None if lost or (unnamed and unnamed != {None}) or (unnamed and not cued) else words


def _says(words: str) -> bool:
    """Does a sentence hold a word of saying or thinking?"""
    tokens = re.findall(r"[^\W\d_]+", words.lower())
    cues = {cue for t in tokens for cue in FORMS.get(t, ()) if cue.lemma not in _SHOWN}
    return "according" in tokens or any(cue.frame in ("say", "tell", "think", "judge") for cue in cues)


def _names(words: str, speaker: str | None) -> bool:
    """Does a sentence name a speaker, by the last word of the name at least?"""
    head = _head(speaker) if speaker else None
    said = {_bare(t) for t in _TOKEN.findall(words)}
    return head is not None and head in said


def _head(speaker: str) -> str | None:
    """The word that a speaker is known by: Sollace, service, family (of the victim); None for a pronoun."""
    named = _TOKEN.findall(re.split(r",| of | for | at | in | from ", speaker)[0])
    heads = [t for t in named if t[0].isupper() and t.casefold() not in STOP_WORDS] or named
    return _bare(heads[-1]) if heads and heads[-1].casefold() not in STOP_WORDS else None


def _bare(token: str) -> str:
    return token.casefold().removesuffix("'s").removesuffix("’s")


def _in_sentence(words: str) -> str:
    """Words as they go on within a sentence: a little word at their beginning loses its capital."""
    first = words.split(" ", 1)[0].strip(",.")
    little = first.casefold() in STOP_WORDS and first != "I" or bool(numbers(first))
    return words[:1].lower() + words[1:] if little else words


def _likeness(words: str, quote: Quote) -> float:
    """The share of a sentence's words that stand in a quote; its numbers and names count twice."""
    own = _stems(words)
    if not own:
        return 0.0
    real = _stems(quote.text)
    firm = _stems(" ".join(t for t in _TOKEN.findall(words) if t[0].isupper() or t[0].isdecimal()))
    weight = {stem: 2 if stem in firm else 1 for stem in own}
    return sum(w for stem, w in weight.items() if stem in real) / sum(weight.values())


def _stems(words: str) -> frozenset[str]:
    """The words of substance, each by its first letters."""
    return frozenset(w[:STEM] for w in content(words) if w not in STOP_WORDS)
