"""Does a sentence say just what a closed question asks, the contrary, or neither?

The question is cut into whom it asks about and what it asks of him; a sentence settles it only where the same is said
of the same, in the same clause. Where the words alone leave a doubt it settles nothing: a wrong yes is worse than the
sentence by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from assistant.amounts import numbers
from assistant.clauses import CLOSED
from assistant.closed import ANYBODY, BE, PRONOUNS, WILL, Asked, agent_of, cuts, has_exact, noun_of
from assistant.differences import differs, has_object, is_anothers, may_fill, relative_object
from assistant.lexicon import NEGATIONS, NOBODY, SCARCELY
from assistant.people import names_a_person
from assistant.roots import PAST, WORD, dies, is_done, is_value, root, same
from assistant.told import (
    ACHIEVE,
    DECLINE,
    STAYS,
    Told,
    antecedent,
    clause_end,
    clause_start,
    group_of,
    heads,
    is_followed_by_noun,
    is_past,
    outside_asides,
    refused,
    told_in,
)
from index.search import STOP_WORDS

ENOUGH = 0.65  # share of the question's words that a sentence must have to settle it: EVALUATION.md
LEAST = 0.3  # the same, of words that its article has as well
AKIN = 0.5  # share of what was spoken of before


Said = Literal["yes", "no"]
_MAY = frozenset("can could should may might must ought".split())
_ASKING = frozenset("how many much when where which what who why".split())
_ARTICLES = frozenset("the a an its his her their 's".split())
_DENY = frozenset(
    "deny denies denied denying reject rejects rejected dismiss dismissed refute refuted dispute disputed".split()
)
_ALMOST = frozenset("almost nearly virtually about partly partially half".split())
# What is believed, wanted or tried is not yet so.
_NOT_SO = re.compile(
    r"\b(?:believ|think|thought|fear|suspect|hop(?:e[sd]?|ing)\b|expect|want|tr(?:y|ies|ied|ying)\b|attempt|threat|promis"
    r"|plan|propos|intend|ask|demand|urg|accus|treat|consider|seek|sought|aim(?:s|ed)?\b|alleg|wish|suppos|assum|wonder"
    r"|whether\b|if\b|unless\b|until\b|appear|seem|risk|call(?:s|ed|ing) (?:on|for)\b|rumou?r|speculat|suggest|likely\b"
    r"|possib|apparent|purport|vot(?:e[sd]?|ing)\b|too (?:early|soon)\b)",
)
_CLAIM = re.compile(  # unless it is denied, which says something
    r"(?<!denied )(?<!denied the )(?<!dismissed )(?<!dismissed the )(?<!rejected )(?<!rejected the )"
    r"\b(?:claims?|reports|suggestions?|allegations?|accusations?|rumou?rs?|idea|notion|theory|doubts?|questions?)"
    r" that\b"
    r"|\b(?:those|anyone|anybody) who\b|\bdoubt"
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed)?|dismiss(?:es|ed)|refute[sd]?|dispute[sd]?)"
    r"(?: (?:the |all |any )?(?:claims?|reports|suggestions?|allegations?|accusations?|rumou?rs?|idea|notion))?"
    r"(?: (?:on|in|last) \w+)?(?: again| repeatedly)?(?: that)?$"
    r"|\b(?:untrue|false|(?:not|never) true)(?: that)?$"
)
# Under these a word of the question must stand in the sentence itself.
_NEEDED = frozenset("by for against as from to with without over before after about than of".split())
_OF_ITSELF = frozenset("close shut open reopen start begin end stop change move burn sink cancel delay".split())


def says(question: str, sentence: str, about: str = "", around: str = "") -> Said | None:
    """What a sentence makes of a closed question; None where it says neither yes nor no to just that.

    `about`: what was spoken of before, which "he" and "it" in the question may stand for. `around`: what its article
    is about, in its own words; with these the sentence must have all of the question's, alone most of them.
    """
    question, sentence = _in_one_word(question), _in_one_word(sentence)
    told = told_in(sentence, around)
    if told is None or not has_exact(question, sentence, around):
        return None
    own = _share(question, told.words)
    whole = _share(question, (*told.words, *WORD.findall(around))) if around else 1.0
    if whole < 1.0 or own < (LEAST if around else ENOUGH) or (around and own < 1.0 and not may_fill(question, told)):
        return None
    found = {said for asked in cuts(question) for said in _each(asked, told, about)}
    return found.pop() if len(found) == 1 else None


def _in_one_word(text: str) -> str:
    """ "Called off" and "no one" as one word, "cancelled" and "nobody"."""
    text = re.sub(r"\bcalled off\b", "cancelled", text)
    text = re.sub(r"\bno[ -]one\b", "nobody", text, flags=re.I)
    return re.sub(r"\bcall(s|ing)? off\b", r"cancel\1", text)


def _share(question: str, words: Sequence[str]) -> float:
    """The share of the question's words of substance that are among some words, be it by a word for the same."""
    little = STOP_WORDS | ANYBODY | {"'s", "n't", "go", "going"}
    asked = [w for w in WORD.findall(question.lower()) if w not in little and CLOSED.get(w) != "R"]
    held = sum(any(same(w, t) or (dies(w) and same(t, "kill")) for t in words) for w in asked)
    return held / len(asked) if asked else 1.0


def _each(asked: Asked, told: Told, about: str) -> Iterator[Said]:
    """What each place says where the sentence has what is asked."""
    for at, word in enumerate(told.words):
        died = dies(asked.head) and same(word, "kill")
        if not (died or same(word, asked.head)) or _in_another_sense(asked, word):
            continue
        flips = _at(asked, told, at, about, died)
        if flips is not None and not differs(asked, told, at, flips):
            yield "no" if (flips + asked.negated) % 2 else "yes"


def _at(asked: Asked, told: Told, at: int, about: str, died: bool) -> int | None:
    """How often the sentence negates what is asked, at one place that may say it; None where it doesn't say it."""
    if asked.subject[0].lower() == "there":
        return _exists(told, at)
    group = group_of(told, at)
    verbal, spoken = told.words[group:at], group
    if not asked.being and at and group == at and (told.tags[at - 1] in "DIfG" or numbers(told.words[at - 1])):
        return None  # "the closed mine", "12 miners"
    if any(w in _ALMOST for w in verbal) or not _is_fact(asked, told, group, at):
        return None
    if asked.passive and group == at and _is_gapped(asked, told, at):
        return _with_rest(asked, told, at, 0)
    be = any(w in BE or (asked.being and w in STAYS) for w in verbal)
    done = be and is_done(told.words[at])
    copular = asked.being and not asked.passive and not asked.head.lower().endswith("ing")
    if copular and not be:
        named = is_value(asked.head) or (asked.subject[0].lower() in ("it", "that") and told.words[at - 1] == "by")
        return _valued(asked, told, at, about) if named else _apposed(asked, told, at)
    if not copular and told.words[at].endswith("ing") and not be:
        if not group or told.words[group - 1] not in _DENY:
            return None
        group -= 1  # "denied paying"
    if asked.passive and not be and (shared := _shared(told, group, at)) is not None:
        done, group = True, shared
    left = clause_start(told, group)
    where = _subject(asked, told, left, group, about)
    passive = asked.passive or died or copular
    if where is not None and (
        copular or done == passive or (done and not asked.rest and root(asked.head) in _OF_ITSELF)
    ):
        flips = _negations(told, where, spoken, at)
        return None if flips is None else _with_rest(asked, told, at, flips)
    if done and not passive:
        return _done_by(asked, told, at, left, group, about)
    if passive and not copular and not done:
        return _done_to(asked, told, at, group, left, about)
    return None


def _is_gapped(asked: Asked, told: Told, at: int) -> bool:
    """ "Nine people injured", of "two people were killed and nine injured": are they counted as those before are?"""
    near = told.words[at - 1 : at]
    if not near or not is_done(told.words[at]) or told.tags[at - 2 : at - 1] not in ("J", ","):
        return False
    noun = noun_of(asked.subject)
    before = [i for i in range(1, at - 3) if told.words[i + 1] in BE and told.tags[i] == "N"]
    alike = bool(before) and bool(numbers(told.words[before[-1] - 1])) and same(told.words[before[-1]], noun)
    return alike and numbers(near[0])[:1] == numbers(" ".join(asked.subject))[:1] != ()


def _shared(told: Told, group: int, at: int) -> int | None:
    """Where the verb group begins whose auxiliary a participle shares: "*was* suspended but not sacked"."""
    if told.tags[group - 1 : group] not in ("J", "B") or told.tags[at + 1 : at + 2] in ("D", "N", "C", "O", "P"):
        return None
    for i in range(group - 2, max(0, group - 8), -1):
        first = group_of(told, i)
        if is_done(told.words[i]) and not BE.isdisjoint(told.words[first:i]):
            return first if NEGATIONS.isdisjoint(told.words[first:i]) else None
    return None


def _is_fact(asked: Asked, told: Told, group: int, at: int) -> bool:
    """Is it told as a fact: neither as a plan nor as a belief, a wish or a condition?"""
    verbal = told.words[group:at]
    if not _MAY.isdisjoint(verbal):
        return asked.kind == "may"
    if not WILL.isdisjoint(verbal):
        return asked.future
    due = asked.future and not BE.isdisjoint(verbal)  # "is to run"
    if "to" in verbal and not due and (DECLINE | ACHIEVE).isdisjoint(verbal):
        return False
    start = max((i + 1 for i in range(group) if told.tags[i] in ";:."), default=0)
    before = outside_asides(told, start, group)
    if any(told.words[i] in _MAY and told.tags[i] == "X" for i in before):
        return False
    nouns = {i for i in before if i and told.words[i - 1] in _ARTICLES}
    comma = told.tags.find(",", start, group)
    if told.words[start].endswith("ing") and comma >= 0:  # "Fearing a collapse, the council"
        before = [i for i in before if i > comma]
    words = " ".join(told.words[i] for i in before if i not in nouns and not same(told.words[i], asked.head))
    claimed = _CLAIM.search(" ".join(told.words[i] for i in before))
    return not _NOT_SO.search(words) and not claimed


def _subject(asked: Asked, told: Told, left: int, group: int, about: str) -> int | None:
    """Where the clause names whom the question asks about, as the subject of its verb; None where it doesn't."""
    if told.tags[group - 1 : group] == "W" and told.words[group - 1] != "whom":
        noun = antecedent(told, group - 1)
        return noun if noun is not None and _is_whom(asked, told, noun, about) else None
    for i in range(group - 1, left - 1, -1):
        if _is_whom(asked, told, i, about) and heads(told, i, left, group):
            return i
        if told.tags[i] in "XVF" and not _closed_off(told, i, group):
            meant = told.tags[group - 1] == "P" and i >= group - 4  # "the firm denied that it …"
            if not meant or told.tags[i] != "V":
                return None
    return None


def _closed_off(told: Told, verb: int, group: int) -> bool:
    """Is a verb before the group one of an aside, of a relative clause that is over, or of the same subject?"""
    between = told.tags[verb:group]
    before = told.tags[:verb]
    aside = "," in between and "," in before[-6:]
    relative = re.search(r"[WT][^,]*$", before) is not None and not re.search(r"V[^WT]*T[^WT]*$", before)
    return aside or relative or "J" in between


def _is_whom(asked: Asked, told: Told, i: int, about: str) -> bool:
    first, head = asked.subject[0].lower(), noun_of(asked.subject)
    word = told.words[i]
    if is_past(told, i) or told.tags[i] == "F" or (told.tags[i] == "V" and word in PAST):
        return False
    if first in ANYBODY:
        return word in NOBODY | {"one"} or told.tags[i] in "NCP"
    if first in PRONOUNS and len(asked.subject) == 1:
        if word == first:
            return True
        near = {root(w) for w in WORD.findall(about)} if told.tags[i] in "NC" else set()
        return root(word) in near or {"he": "man", "she": "woman", "they": "people"}.get(first) == word
    return same(word, head) and _has_subject(asked, told, i)


def _has_subject(asked: Asked, told: Told, i: int) -> bool:
    """Do the words beside the noun agree: its number with its number, its other words with some of the sentence?"""
    of = told.words[i + 2 : i + 4] if told.tags[i + 1 : i + 2] in ("f", "I") else ()
    near = (*told.words[max(0, i - 4) : i], *of)
    others = [w for w in asked.subject if w.lower() not in CLOSED and w != "'s" and not same(w, told.words[i])]
    given = [n for w in others if (n := numbers(w))]
    if given and numbers(" ".join(near[: min(i, 4)]))[-1:] != numbers(" ".join(w for w in others if numbers(w)))[-1:]:
        return False
    return all(
        numbers(w) or any(same(w, word) for word in (near if w[0].isupper() else told.words)) or _named(w, told, i)
        for w in others
    )


def _named(word: str, told: Told, i: int) -> bool:
    """Is "Doe" or "the bridge" the one that its article names: "Jane Doe", "Lowe Bridge"?"""
    before = set(re.findall(rf"\b([A-Z][\w-]+) {re.escape(told.words[i])}\b", told.around, re.I))
    given = {name for name in before if name[0].isupper() and name.lower() not in CLOSED}
    short = told.tags[i] == "C" and told.tags[i - 1 : i] != "C"
    return given == {word} and (short or told.words[i - 1 : i] == ("the",))


def _negations(told: Told, subject: int, group: int, at: int) -> int | None:
    """How often the verb, its subject, or a denial before it negates it."""
    start = subject
    while start and told.tags[start - 1] in "DNCURf" and told.words[start - 1] not in _DENY:
        start -= 1
    phrase = told.words[start : subject + 1]
    flips = sum(w in NEGATIONS | NOBODY for w in phrase)
    flips += sum(w in NEGATIONS | SCARCELY | DECLINE | _DENY or w.endswith("n't") for w in told.words[group:at])
    between = [told.words[i] for i in outside_asides(told, subject + 1, group)]
    flips += sum(w in NEGATIONS | _DENY | DECLINE for w in between)
    return flips + bool(_DENIED.search(" ".join(told.words[max(0, start - 6) : start])))


def _with_rest(asked: Asked, told: Told, at: int, flips: int) -> int | None:
    """With what is negated after the verb ("called no witnesses"); None where its object isn't there."""
    end, but = clause_end(told, at), _contrast(told, at)
    contrasted, under = False, ""
    for word in asked.rest:
        lower = word.lower()
        if CLOSED.get(lower) in ("I", "S", "o", "t", "W", "f"):
            under = lower
        if lower in CLOSED or lower == "'s":
            continue
        everywhere = [k for k in range(at + 1, len(told.words)) if same(told.words[k], word)]
        if everywhere and everywhere[0] > but:
            contrasted = True
            continue
        places = [k for k in everywhere if k < end]
        elsewhere = everywhere and told.tags[end : end + 1] in ("J", "B")
        if elsewhere and not places and not any(same(w, word) for w in told.words[:at]):
            return None  # said of another deed: "played in Tarn and slept in Osby"
        if not places and not same(word, relative_object(told, at)) and (not under or under in _NEEDED):
            return None
        if places and any(refused(told, k, at + 1) for k in places):
            flips += 1
    if not contrasted and not has_object(asked.rest, told, at):
        return None
    return flips + contrasted


def _contrast(told: Told, at: int) -> int:
    """Where "and not …" sets something against what was said after a verb; the sentence's end, if nowhere."""
    turns = (i for i in range(at + 2, len(told.words)) if told.words[i] == "not" and told.tags[i - 1] in ",JB")
    return next((i for i in turns if told.words[i + 1 : i + 2] != ("only",)), len(told.words))


def _done_to(asked: Asked, told: Told, at: int, group: int, left: int, about: str) -> int | None:
    """ "Was the bridge closed?", of "the council closed the bridge": is the subject what it is done to there?"""
    end = at + 1
    while end < len(told.words) and told.tags[end] in "DNCUGR":
        if (
            _is_whom(asked, told, end, about)
            and told.tags[end + 1 : end + 2] != "G"
            and not is_followed_by_noun(told, end)
        ):
            flips = sum(w in NEGATIONS | NOBODY | SCARCELY or w.endswith("n't") for w in told.words[left : end + 1])
            agent = agent_of(asked.rest)
            named = not agent or any(same(agent, w) for w in told.words[left:group])
            return flips if named else None
        end += 1
    bare = at and group == at and is_done(told.words[at]) and told.tags[at + 1 : at + 2] in ("I", "S", ".", "")
    if bare and _is_whom(asked, told, at - 1, about) and heads(told, at - 1, left, at):
        return _with_rest(asked, told, at, sum(w in NEGATIONS for w in told.words[max(0, at - 3) : at]))
    return None


def _done_by(asked: Asked, told: Told, at: int, left: int, group: int, about: str) -> int | None:
    """ "Did the council close the bridge?", of "the bridge was closed by the council"."""
    done_to = next((w for w in asked.rest if w.lower() not in CLOSED), None)
    by = next((i for i in range(at + 1, clause_end(told, at)) if told.words[i] == "by"), None)
    if by is None or done_to is None or not _is_done_to(told, left, group, done_to):
        return None
    end = by + 1
    while end < len(told.words) and told.tags[end] in "DNCUR":
        if _is_whom(asked, told, end, about) and told.tags[end + 1 : end + 2] not in ("N", "C", "G"):
            return sum(w in NEGATIONS or w.endswith("n't") for w in (*told.words[group:at], *told.words[by - 1 : end]))
        end += 1
    return None


def _is_done_to(told: Told, left: int, group: int, word: str) -> bool:
    return any(same(told.words[i], word) and heads(told, i, left, group) for i in range(left, group))


def _apposed(asked: Asked, told: Told, at: int) -> int | None:
    """ "Is Jane Doe the mayor?", of "the mayor, Jane Doe" and "Jane Doe, the mayor"."""
    if not asked.subject[-1][0].isupper() or told.tags[at + 1 : at + 2] == "G":
        return None
    for i in range(len(told.words)):
        if not _is_whom(asked, told, i, ""):
            continue
        first = i
        while first and told.tags[first - 1] == "C" and first - 1 != at:
            first -= 1
        before = at < first and re.fullmatch(",?", told.tags[at + 1 : first])
        if told.tags[at + 1 : at + 2] == "f" and is_anothers(told.words[at + 2 : at + 5]):
            return None
        if before or (i < at and re.fullmatch(",[DRN]{0,3}", told.tags[i + 1 : at])):
            return _with_rest(asked, told, at, 0)
    return None


def _valued(asked: Asked, told: Told, at: int, about: str) -> int | None:
    """ "Was the damage £5?", of "put the damage at £5"; "was it £5?", of what was spoken of before."""
    flips = _with_rest(asked, told, at, int(refused(told, at)))
    if len(asked.subject) == 1 and asked.subject[0].lower() in PRONOUNS:
        return flips if _is_about(about, told, at) else None
    for i in range(at - 1, max(-1, at - 7), -1):
        if told.tags[i] in ",;:.SWJB":
            return None
        if _is_whom(asked, told, i, about) and told.tags[i + 1] not in "GC":
            negated = sum(w in NEGATIONS or w.endswith("n't") for w in told.words[i:at])
            return None if flips is None else flips + negated
    return None


def _is_about(before: str, told: Told, at: int) -> bool:
    """Is a value one of what was spoken of before: has the clause its words, and the things that were counted?"""
    counted = re.search(r"\bhow many ([\w-]+)", before, re.I)
    if counted and not any(same(counted[1], w) for w in told.words[at + 1 : at + 4]):
        return False
    spoken = " ".join(w for w in WORD.findall(before) if not numbers(w) and w.lower() not in _ASKING)
    return _share(spoken, told.words) >= AKIN


def _exists(told: Told, at: int) -> int | None:
    """ "Were there sprinklers?", of "there were no sprinklers" and "it had no sprinklers"."""
    if "there" in told.words[max(0, at - 6) : at] and not BE.isdisjoint(told.words[max(0, at - 5) : at]):
        return sum(w in NEGATIONS or w.endswith("n't") for w in told.words[max(0, at - 5) : at])
    return 1 if refused(told, at) else None


_DISMISSING = frozenset(map(root, ("sack", "dismiss", "fire")))
_STAFF = frozenset("staff crew employee employees guard guards him her them anyone anybody".split())


def _in_another_sense(asked: Asked, word: str) -> bool:
    """Is it another verb of dismissing than is asked about, where nobody is dismissed: shots are fired, claims not?"""
    if root(word) == root(asked.head) or root(word) not in _DISMISSING:
        return False
    words = asked.subject if asked.passive else asked.rest
    end = next((i for i, w in enumerate(words) if i and CLOSED.get(w.lower()) in ("I", "f", "S", "o", "t")), len(words))
    whom = words[end - 1] if words and CLOSED.get(words[0].lower()) != "I" else ""
    return not (whom[:1].isupper() or whom.lower() in _STAFF | PRONOUNS or names_a_person(whom))
