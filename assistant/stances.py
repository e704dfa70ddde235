"""How surely a statement is made: a claim of its speaker or a deed, attributed, hedged or denied.

The word lists are written from knowledge of the language, not taken from a corpus.
"""

from __future__ import annotations

import re

from assistant.answer import Stance
from assistant.clauses import Sentence
from assistant.cues import words
from assistant.denials import CLAIMS, DENY, DISMISS, WITHHELD
from assistant.extents import Statement
from assistant.lexicon import NEGATIONS

# Cues by which the thing said is the speaker's view, though no clause follows: "accused him of fraud".
JUDGEMENT = frozenset(
    words("""
    accuse blame call describe warn urge criticise criticize praise condemn denounce label brand dub
    characterise characterize portray slam hail laud deny dispute refute rebut contradict contest promise vow
    pledge threaten predict fear hope demand expect forecast estimate advocate doubt favour favor oppose suspect
    advise recommend caution complain boast confirm admit acknowledge announce report reveal disclose concede attribute
    ascribe
    """)
)
PASSING_ON = frozenset(words("quote cite"))  # "quoted an officer as saying": the outlet's word for the officer's
# Intentions that are told as the speaker's word; others, such as "decided to", are deeds.
INTENTION = frozenset(
    words("plan want intend hope aim vow pledge promise threaten wish expect swear claim profess prefer")
)
# Verbs whose clause the article itself holds for true: "she learned that the ship had sailed".
FACTIVE = frozenset(
    words("learn realise realize notice forget see remember regret decide understand recognise recognize")
)
SHORT = 4  # tokens of what is said, with such a word at its head
EMPTY = frozenset(words("nothing little so goodbye farewell hello yes"))  # what is said without saying anything


def is_claim(sentence: Sentence, f: Statement, text: str) -> bool:
    """Is a statement a claim of its source, rather than a deed or a feeling that the article tells of?"""
    first = sentence.tokens[f.content[0]].word
    empty = first in EMPTY and f.content[1] - f.content[0] <= SHORT
    if empty or _title(sentence, f, text) or (f.frame == "judge" and _withheld(sentence, f)):
        return False
    if sentence.tokens[f.cue[0]].word == "as":  # "as she remembers"
        return True
    if _negated(sentence, f) and f.frame != "want":
        return any(t.word in ("could", "can", "couldn't", "cannot", "can't") for t in sentence.tokens[slice(*f.cue)])
    lemmas = _lemmas(sentence, f)
    if lemmas & PASSING_ON and any(t.word == "saying" for t in sentence.tokens[slice(*f.content)]):
        return True
    if f.frame == "want":
        return bool(lemmas & INTENTION)
    if "speak" in lemmas:
        return any(t.word == "of" for t in sentence.tokens[slice(*f.cue)])
    if f.frame == "say":
        return not lemmas & FACTIVE
    as_such = f.frame == "judge" and any(t.word == "as" for t in sentence.tokens[slice(*f.content)])  # "defended it as"
    return as_such or bool(lemmas & (JUDGEMENT | DENY)) or stance_of(sentence, f) == "denied"


def stance_of(sentence: Sentence, f: Statement) -> Stance:
    """Denied, where the cue says so, or else attributed."""
    content = [t.word for t in sentence.tokens[slice(*f.content)]]
    if _negated(sentence, f) or _withheld(sentence, f):
        return "attributed"
    lemmas = _lemmas(sentence, f)
    claim = any(w in CLAIMS and not _books(content[i:]) for i, w in enumerate(content[:8]))
    return "denied" if lemmas & DENY or (lemmas & DISMISS and claim) else "attributed"


def _books(words: list[str]) -> bool:
    """Are they the accounts of a firm, which auditors reject, rather than somebody's account of what happened?"""
    return words[0] == "accounts" and words[1:2] not in (["of"], ["that"])


def _withheld(sentence: Sentence, f: Statement) -> bool:
    """Is something kept from somebody, rather than a claim denied: "denied entry", "denied the builder a permit"?"""
    content = sentence.tags[slice(*f.content)]
    given = re.match(r"D?[CN]+(?:D|U)[CN]++(?![VXF])", content)
    return bool(_lemmas(sentence, f) & DENY) and (sentence.tokens[f.content[0]].word in WITHHELD or bool(given))


def _lemmas(sentence: Sentence, f: Statement) -> set[str]:
    return {c.lemma for t in sentence.tokens[slice(*f.cue)] for c in t.cues}


def _negated(sentence: Sentence, f: Statement) -> bool:
    cue = [t.word for t in sentence.tokens[slice(*f.cue)]]
    before = sentence.tokens[f.cue[0] - 1].word if f.cue[0] else ""
    return before == "nor" or "only" not in cue and any(w in NEGATIONS or w.endswith("n't") for w in cue)


def _title(sentence: Sentence, f: Statement, text: str) -> bool:
    """Is what is said only the name of a book or a song, capitalised in quotation marks?"""
    start, end = sentence.span(f.content)
    named = re.findall(r"[^\W\d_]{4,}", text[start:end])
    whole = f.content[1] - f.content[0] == 1 and sentence.tags[f.content[0]] == "Q" and f.cue[0] < f.content[0]
    return whole and len(named) > 1 and all(word[0].isupper() for word in named)
