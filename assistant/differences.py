"""What stands beside a verb and makes another thing of it than a closed question asks.

The same verb of the same subject may still be said of a part of them, at another time, on a condition, or with another
preposition: "half the fine", "was open until May", "would run if", "started near the kitchen".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.amounts import numbers
from assistant.clauses import CLOSED
from assistant.closed import ANYBODY, Asked
from assistant.lexicon import WEEKDAYS
from assistant.roots import PAST, WORD, is_done, is_value, root, same
from assistant.told import Told, antecedent, clause_end, clause_start, group_of, is_followed_by_noun

_PAST_VERBS = frozenset("was were had did became remained stayed would used wasn't weren't hadn't didn't".split())
_IF = frozenset("if unless provided providing".split())
_LESS = frozenset(
    "half part third thirds quarter most few only majority minority fewer least almost nearly virtually".split()
)
_SEVERAL = frozenset("some many several dozens".split())
_WHOLE = frozenset("all every each whole entire everyone everybody".split())
# What is another's, or no longer or not yet so.
_OTHER = frozenset(
    "former ex deputy vice acting assistant late future onetime one-time would-be alleged fake rival other another"
    " different neighbouring neighboring second previous ex-mayor shadow honorary interim designate elect".split()
)
_EXCEPT = re.compile(
    r"\b(?:except|excluding|save for|apart from|other than)\b"
    r"|\b(?:all|everyone|everybody|none|nobody|no one|nothing) but\b"
    r"|\b(?:all|every|each|any)(?: [\w-]+){1,3} but (?:one|two|three|a few|\d+)\b"
)
_OF_ALL = frozenset("all both none neither each".split())
_ROUGH = r"(?:at least|at most|more than|fewer than|less than|over|under|up to|nearly|almost|around|about)"
_ANY = frozenset("one people person persons casualties group groups".split())
_PARTICLES = frozenset("up down out off away back".split())
_CLOSING = frozenset(map(root, "close shut burn slow".split()))  # down adds nothing to them
_PLACE = frozenset("in at on inside within into onto during".split())
_ALIKE = (_PLACE, frozenset(("to", "into")), frozenset((*_PLACE, "of")), frozenset(("toward", "towards")))
_DEFINITE = frozenset("the this that these those its their his her".split())
_WHEN = frozenset("when while as because where".split())  # which open a clause of its own: "when fire swept through"
_BEFORE = frozenset("last earlier previous ago".split())


def differs(asked: Asked, told: Told, at: int, flips: int) -> bool:
    """Is the verb at a place, though it is the one that is asked about, said of something else than what is asked?"""
    words = frozenset(w.lower() for w in (*asked.subject, asked.head, *asked.rest))
    return (
        _is_of_then(asked, told, at, words)
        or _is_on_its_way(asked, told, at, words)
        or _is_conditional(asked, told, at, words)
        or _is_of_others(asked, told, at, flips, words)
        or _is_rough(told, words)
        or _is_either(told, at, flips)
        or _has_another_particle(asked, told, at)
        or any(_has_another_preposition(told, at, *pair) for pair in prepositions(asked.rest))
    )


def _is_of_then(asked: Asked, told: Told, at: int, words: frozenset[str]) -> bool:
    """Is what is asked of now told of the past, or of some days alone?"""
    if not asked.now:
        return False
    verbal = told.words[group_of(told, at) : at]
    alone = set(told.tags[at - len(verbal) : at]) <= {"R"}
    past = alone and (told.words[at] in PAST or is_done(told.words[at]))
    days = {f"{day}s" for day in WEEKDAYS} - words
    return past or not _PAST_VERBS.isdisjoint(verbal) or not days.isdisjoint(told.words)


def _is_on_its_way(asked: Asked, told: Told, at: int, words: frozenset[str]) -> bool:
    """Does something else stand between "is" and what one is asked to be: "is running for sheriff"?"""
    group = group_of(told, at)
    between = range(group, at) if asked.being and not asked.passive else ()
    return any((told.tags[i] == "I" or told.words[i].endswith("ing")) and told.words[i] not in words for i in between)


def _is_conditional(asked: Asked, told: Told, at: int, words: frozenset[str]) -> bool:
    """Does it hang on a condition that isn't asked about: "will reopen if", and "would reopen" that nobody is told?"""
    if not (asked.now or asked.future or asked.kind == "may"):
        return False
    group = group_of(told, at)
    would = "would" in told.words[group:at] and asked.first != "would" and "V" not in told.tags[:group]
    return would or not (_IF - words).isdisjoint(told.words[at:])


def _is_of_others(asked: Asked, told: Told, at: int, flips: int, words: frozenset[str]) -> bool:
    """Is it said of a part of those that are asked about, of all but some, or of another's or a former one?"""
    said = " ".join(told.words)
    if _EXCEPT.search(said) and not _EXCEPT.search(" ".join((*asked.subject, asked.head, *asked.rest)).lower()):
        return True
    start, end = clause_start(told, group_of(told, at)), clause_end(told, at)
    here = told.words[start:end]
    if not _WHOLE.isdisjoint(words) and _WHOLE.isdisjoint(here) and not (flips % 2 and {"no", "none"} & {*here}):
        return True
    if "both" in words and "both" not in here and "neither" not in here:
        return True
    if asked.subject[0].lower() in ANYBODY and flips % 2 and _is_narrower(told, start, at):
        return True
    vague = CLOSED.get(asked.subject[0].lower()) is None and not numbers(asked.subject[0])
    less = _LESS if vague else _LESS | _SEVERAL
    of_substance = [w for w in words if w not in CLOSED and w != "'s"]
    return any(
        (word in less and not numbers(" ".join(told.words[i + 1 : i + 2]))) or word in _OTHER or word.startswith("ex-")
        for k in range(start, end)
        if any(same(told.words[k], w) for w in of_substance) and told.tags[k] in "NC"
        for i in _phrase(told, start, k)
        if (word := told.words[i]) not in words
    ) or any(
        told.tags[i + 1] == "f" and numbers(told.words[i]) and not any(same(told.words[i], w) for w in words)
        for i in range(start, at - 1)
    )


def _phrase(told: Told, start: int, noun: int) -> range:
    """The words before a noun that are of one phrase with it: "half of the old" before "bridge"."""
    first = noun
    while first > start and told.tags[first - 1] in "DNCUf" and not told.words[first - 1].endswith("ed"):
        first -= 1
    if first > start and told.words[first - 1] in _LESS:
        first -= 1
    return range(first, noun)


def is_anothers(words: Sequence[str]) -> bool:
    return not _OTHER.isdisjoint(words)


def _is_narrower(told: Told, start: int, at: int) -> bool:
    """Does a negation speak of some alone: "no children", "none of the crew"?"""
    here = told.words[start:at]
    if "none" in here:
        return True
    return "no" in here[:-1] and _ANY.isdisjoint(here[here.index("no") + 1 : here.index("no") + 3])


def _is_rough(told: Told, words: frozenset[str]) -> bool:
    """Is the question's figure only a least or a most there?"""
    said = " ".join(told.words)
    return any(
        re.search(rf"\b{_ROUGH} (?:the )?{re.escape(figure)}(?!\w)", said)
        for figure in told.words
        if numbers(figure) and any(same(figure, w) for w in words) and words.isdisjoint(_ROUGH.split("|"))
    ) or any(word in words and word not in _DEFINITE for word in re.findall(r"\b(?:more|less) than an? (\w+)", said))


def _is_either(told: Told, at: int, flips: int) -> bool:
    """Is it one of two things that may have happened: "drowned or went missing"?"""
    end, group = clause_end(told, at), group_of(told, at)
    near = (*told.words[max(0, group - 1) : group], *told.words[at + 1 : at + 2], *told.words[end : end + 1])
    return not flips % 2 and "or" in near


def _has_another_particle(asked: Asked, told: Told, at: int) -> bool:
    """ "Broke up" is not "broke down", nor is "took on" "took off"."""
    rest = [w.lower() for w in asked.rest]
    wanted = {w for i, w in enumerate(rest) if w in _PARTICLES or (CLOSED.get(w) == "I" and i == len(rest) - 1)}
    after = told.words[at + 1 : clause_end(told, at)]
    if not wanted <= set(after[:8]):
        return True
    if not after or after[0] not in _PARTICLES - set(rest):
        return False
    transitive = bool(rest) and CLOSED.get(rest[0], "N") in "NDPO"
    where = not transitive and told.tags[at + 2 : at + 3] in ("D", "N", "C")  # "sank off the coast"
    return not where and not (after[0] == "down" and root(asked.head) in _CLOSING)


def prepositions(rest: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each noun after the verb that stands under a preposition, with that: not "mill", of "in the mill fire"."""
    under = ""
    for word, after in zip(rest, (*rest, ".")[1:], strict=True):
        lower = word.lower()
        if CLOSED.get(lower) in ("I", "o", "S", "f"):
            under = lower
        elif under and (lower not in CLOSED or is_value(word)) and (after.lower() in CLOSED or after in (".", "'s")):
            yield under, word


def has_object(rest: Sequence[str], told: Told, at: int) -> bool:
    """Is what the verb is asked to have done it to what it has done it to there, and not only a part or another's?"""
    head, owned = None, False
    for word in rest:
        if CLOSED.get(word.lower(), "N") in "ISotWfRXTJ":
            break
        head, owned = (word if word.lower() not in CLOSED and word != "'s" else head), owned or word == "'s"
    if head is None or same(head, relative_object(told, at)):
        return True
    return any(_is_object(told, at, k, owned) for k in range(at + 1, clause_end(told, at)) if same(told.words[k], head))


def relative_object(told: Told, at: int) -> str:
    """ "Plan", of "the plan, which the government approved"; else nothing."""
    start = at
    while start and told.tags[start - 1] in "DNCUXR":
        start -= 1
    if start == at or told.tags[start - 1 : start] not in ("W", "T") or not {*told.tags[start:at]} & {*"NC"}:
        return ""
    noun = antecedent(told, start - 1)
    return "" if noun is None else told.words[noun]


def _is_object(told: Told, at: int, k: int, owned: bool) -> bool:
    if told.tags[k + 1 : k + 2] == "G" or is_followed_by_noun(told, k):
        return False
    between = [i for i in range(at + 1, k) if not (told.tags[i] == "f" and told.words[i - 1] in _OF_ALL)]
    return all(told.tags[i] in "DNCURJ," or (owned and told.tags[i] == "G") for i in between)


def _has_another_preposition(told: Told, at: int, wanted: str, word: str) -> bool:
    """Does what is asked stand only under other prepositions there: "near the kitchen" for "in the kitchen"?"""
    places = [k for k in range(len(told.words)) if k != at and same(told.words[k], word)]
    return bool(places) and not any(_is_under(told, at, k, wanted) for k in places)


def _is_under(told: Told, at: int, k: int, wanted: str) -> bool:
    first = k
    while first and told.tags[first - 1] in "DNCUGRt" and first - 1 != at:
        first -= 1
    before = told.words[first - 1] if first and told.tags[first - 1] in "IoSf" else ""
    if not before or (before in _WHEN and before != wanted):
        return k < at or first - 1 != at or told.tags[k] == "t"
    return before == wanted or any({before, wanted} <= alike for alike in _ALIKE)


def may_fill(question: str, told: Told) -> bool:
    """May the article lend the words of a question that a sentence lacks? Not where it has its own in their place."""
    words = WORD.findall(question.lower())
    held = [any(same(w, t) for t in told.words) for w in words]
    if not _BEFORE.isdisjoint(told.words) and _BEFORE.isdisjoint(words):
        return False
    for i, word in enumerate(words):
        if held[i] or word in CLOSED or word in ANYBODY:
            continue
        noun = words[i + 1] if i + 1 < len(words) and held[i + 1] and words[i + 1] not in CLOSED else None
        places = [k for k in range(len(told.words)) if noun and same(told.words[k], noun) and told.tags[k] in "NC"]
        if places and not all(_is_bare(told, k) for k in places):
            return False
    return all(_is_lent(words, told, i) for i in range(len(told.words) - 1) if told.words[i] in _PLACE | {"near"})


def _is_bare(told: Told, k: int) -> bool:
    """Has a noun no modifier of its own: "the fire", but not "a mill fire" nor "the ferry that"?"""
    placed = told.words[k + 1 : k + 2] in [(w,) for w in (*_PLACE, "near")] and told.tags[k + 2 : k + 3] not in "tU"
    own = placed or told.tags[k + 1 : k + 2] in ("W", "T", "f", "G") or is_followed_by_noun(told, k)
    return k > 0 and told.words[k - 1] in _DEFINITE and not own


def _is_lent(asked: Sequence[str], told: Told, i: int) -> bool:
    """Is the place after a preposition one that is asked about, a time, or just "the mill"?"""
    if told.tags[i + 1] in "tU" or numbers(told.words[i + 1]):
        return True
    end = i + 1
    while end < len(told.words) and told.tags[end] in "DNCUG":
        end += 1
    if any(same(w, told.words[k]) for w in asked for k in range(i + 1, end) if told.tags[k] in "NC"):
        return True
    return end == i + 3 and told.words[i + 1] in _DEFINITE and told.tags[end : end + 1] not in ("f", "W", "T")
