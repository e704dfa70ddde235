"""Words as they are compared: without endings, irregular forms by their verb, and the few for one thing."""

from __future__ import annotations

import re

from assistant.amounts import numbers
from assistant.cues import FORMS, IRREGULAR
from assistant.lexicon import MONTHS, WEEKDAYS

WORD = re.compile(
    r"[£$€]?\d[\d,.]*\d|[£$€]?\d|n['’]t\b|[^\W\d_](?:[\w.-]*[^\W_])??(?=n['’]t\b)|['’]s\b|[^\W_](?:[\w-]*[^\W_])?"
)
IRREGULAR_FORMS = {
    form: lemma
    for lemma, *forms in (
        forms.split("/")
        for forms in """
        begin/began/begun break/broke/broken build/built burn/burnt buy/bought catch/caught come/came cut/cut deal/dealt
        die/dying do/does/did/done draw/drew/drawn drive/drove/driven fall/fell/fallen fight/fought fly/flew/flown
        freeze/froze/frozen get/got grow/grew/grown hide/hid/hidden hurt/hurt keep/kept lead/led leave/left lend/lent
        lose/lost meet/met pay/paid quit/quit ride/rode/ridden ring/rang/rung rise/rose/risen run/ran sell/sold
        shut/shut sink/sank/sunk sleep/slept spend/spent spread/spread steal/stole/stolen strike/struck swim/swam/swum
        throw/threw/thrown wake/woke/woken wear/wore/worn win/won beat/beaten drown/drowned stick/stuck sweep/swept
        sit/sat eat/ate/eaten feed/fed bite/bit/bitten blow/blew/blown dig/dug choose/chose/chosen light/lit
        """.split()
    )
    for form in forms
} | {form: lemma for lemma, forms in IRREGULAR.items() for form in forms}
_UNCHANGED = frozenset("beat cut hit hurt put quit set shut spread burst bet cost".split())
PAST = frozenset(form for form, lemma in IRREGULAR_FORMS.items() if form != lemma or form in _UNCHANGED)
# Words for one thing that befalls or is done. The killed have died, though who dies has not always been killed.
_ALIKE = tuple(
    frozenset(words.split())
    for words in (
        "hurt injure wound",
        "begin start",
        "end finish",
        "shut close",
        "buy purchase",
        "rise increase grow",
        "fall drop decrease",
        "arrest detain",
        "sack dismiss fire",
        "quit resign",
    )
)
_DONE = frozenset(  # participles that don't end in -ed
    form
    for form in IRREGULAR_FORMS
    if re.search(
        r"(?:en|wn|ne|it|ut|ld|ght|nt|un[gk]|um|ot|elt|aid|ade|et|st|urt|ept|ent|ound|eard|on|uck|ed|un)$", form
    )
)


def is_value(word: str) -> bool:
    """Is it a number or a day?"""
    return bool(numbers(word)) or word.lower() in MONTHS + WEEKDAYS


def is_done(word: str) -> bool:
    return word.endswith("ed") or word in _DONE


def root(word: str) -> str:
    """A word's root: "released" and "release", "died" and "die", "cities" and "city"."""
    word = word.lower().strip("£$€")
    cues = FORMS.get(word)
    word = IRREGULAR_FORMS.get(word) or (cues[0].lemma if cues else word)
    if len(word) > 4 and word.endswith(("ies", "ied")):
        return word[:-3] + "y"
    root = re.sub(r"(?<=\w\w)(?:ing|ed|es|s|e)$", "", word) if not word.endswith(("ss", "us", "is")) else word
    return root[:-1] if re.search(r"([bdgklmnprt])\1$", root) else root


def same(one: str, other: str) -> bool:
    first, second = root(one), root(other)
    if first == second:
        return True
    numbered = numbers(one), numbers(other)
    if any(numbered):
        return numbered[0] == numbered[1]
    return any(first in map(root, group) and second in map(root, group) for group in _ALIKE)


def dies(word: str) -> bool:
    return root(word) == root("die")
