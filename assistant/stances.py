"""How surely a statement is made: a claim of its speaker or a deed, attributed, hedged or denied.

The word lists are written from knowledge of the language, not taken from a corpus.
"""

from __future__ import annotations

import re

from assistant.answer import Stance
from assistant.clauses import Sentence
from assistant.cues import words
from assistant.extents import Statement
from assistant.lexicon import NEGATIONS

# Cues by which the thing said is the speaker's view, though no clause follows: "accused him of fraud".
JUDGEMENT = frozenset(
    words("""
    accuse blame call describe warn urge criticise criticize praise condemn denounce label brand dub
    characterise characterize portray slam hail laud deny dispute refute rebut contradict contest promise vow
    pledge threaten predict fear hope demand expect forecast estimate advocate doubt favour favor oppose suspect
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
# Words by which a speaker calls a claim false.
FALSE = re.compile(
    r"\b(?:not true|untrue|false|no truth|baseless|unfounded|groundless|fabricated|nonsense|without foundation|a lie"
    r"|lies|invented|misleading|inaccurate|incorrect|a hoax|rubbish|made up|pure fiction|fabrications?|falsehoods?"
    r"|a myth|innocent|nothing to do with|no (?:knowledge of|part in|role in|such|basis)"
    r"|nothing in (?:these|the|those) (?:rumou?rs|reports|claims|allegations)"
    r"|wrong to (?:say|suggest|claim|think|assume)|contrary to (?:what|the reports?|reports)|no cover-up|no wrongdoing"
    r"|not an? (?:shred|word|grain|scrap|ounce) of truth|nothing of the (?:kind|sort))\b"
)
# A speaker who says of himself that he never did it. What nobody has ever seen or known is no charge.
NEVER = re.compile(
    r"^(?:that )?[“\"']?(?:i|we|he|she|it|they)(?:['’]ve)?(?: has| have| had| did)? never"
    r" (?!seen|heard|known|felt|forg[eo]t|been (?:so|more|as)|experienced)",
    re.I,
)
# What denies without a verb of denying, and who does so, where it says.
DENIALS = re.compile(
    r"\b(?:plead(?:s|ed)? not guilty|(?:protest|maintain|insist on)(?:s|ed)? (?:his|her|their|its) innocence"
    r"|(?:takes?|took) issue with|(?:pours?|poured) cold water on"
    r"|(?:was|were|is|are) (?:quick|swift) to (?:deny|dismiss|reject)"
    r"|(?:would not|wouldn['’]t|refuse[sd]? to|do(?:es)? not|did not) accept that"
    r"|(?:issued?|met with|drew|brought) an? (?:\w+ )?denial(?: (?:from|by) (?P<who>[^.,;]+))?)\b",
    re.I,
)
SHORT = 4  # tokens of what is said, with such a word at its head
EMPTY = frozenset(words("nothing little so goodbye farewell hello yes"))  # what is said without saying anything
# What is denied to a person is no claim: "denied entry".
WITHHELD = frozenset(words("bail entry access permission visa him her them us me admission leave asylum parole"))
# Cues that say no. DENY does by itself; DISMISS only with a claim behind it: "rejected the allegation".
DENY = frozenset(
    words("""
    deny dispute refute rebut contradict disavow repudiate contest disagree disclaim
    """)
)
DISMISS = frozenset(
    words("""
    reject dismiss rebuff renounce disagree challenge question doubt shoot push brush laugh wave shrug decry
    ridicule scoff sneer
    """)
)
CLAIMS = frozenset(
    words("""
    claim claims accusation accusations allegation allegations report reports suggestion suggestions charge
    charges rumour rumours rumor rumors criticism criticisms idea notion assertion assertions insinuation
    insinuations account accounts theory theories speculation talk link links involvement responsibility
    wrongdoing reporting finding findings version complaint complaints concerns
    """)
)

_BE = r"(?:is|are|was|were|been|be|remains?|remained|it's)"
_CHECKED = r"(?:confirmed|verified|proven|proved|established|corroborated|authenticated|substantiated)"
HEDGES = re.compile(
    rf"""\b(?:
      if\ (?:\w+\ ){{0,5}}(?:{_CHECKED}|true|accurate|authentic|correct|genuine|borne\ out|to\ be\ believed)
    | should\ (?:\w+\ ){{1,4}}hold(?=,|\ (?:up|true|good|firm)\b)
    | assuming\ (?:that\ )?(?:the|these|this|it|they|he|she)
    | (?:early|first|initial|all|some)\ (?:signs|indications|clues)\ (?:point|suggest)
    | (?:nobody|no\ one)\ (?:knows|can\ say|could\ say)\ for\ (?:sure|certain)
    | (?:can(?:not|['’]t|\ not)|could(?:\ not|n['’]t))\ (?:yet\ )?rule\ out
    | suspect(?:s|ed)?\ that | hint(?:s|ed)?\ that | far\ from\ certain | may\ well\ be
    | (?:the|a|most)\ likely\ (?:cause|culprit|reason|explanation|source|motive|origin)
    | could\ (?:still|well|yet|already|also)\ (?:be|have) | what\ (?:looked|sounded|appeared|seemed)\ (?:like|to)
    | (?:nobody|no\ one)\ has\ (?:yet\ |so\ far\ )?been\ able\ to\ (?:confirm|verify|establish|say)
    | (?:do|does|did)\ not\ (?:yet\ )?know\ (?:whether|if|how|what|who|why|where|when)
    | should\ (?:\w+\ ){{1,4}}(?:be\ {_CHECKED}|prove)
    | reportedly | allegedly | apparently | supposedly | purportedly | ostensibly | presumably | seemingly | conceivably
    | possibly | perhaps | probably | maybe | arguably | in\ all\ likelihood | (?:most|very|more\ than)\ likely
    | alleged | purported | supposed | rumou?red | presumed | putative | apparent
    | (?<!first\ )(?<!initially\ )(?<!originally\ )suspected
    | unproven | unsubstantiated | uncorroborated | (?:the|an?|his|her|its|their)\ reported
    | (?:unconfirmed|unverified)\ (?:\w+\ )?(?:reports?|accounts?|claims?|rumou?rs?|figures?|information|video|footage
        |pictures?|photographs?|recordings?|sources?|list|documents?|messages?)
    | (?:{_BE}|still|yet)\ (?:still\ |yet\ |not\ |as\ yet\ |also\ |far\ from\ |so\ far\ )*
        (?:unclear|uncertain|unknown|unconfirmed|unverified|doubtful|disputed|contested|a\ mystery
        |not\ (?:immediately\ |yet\ |entirely\ |fully\ )?(?:clear|known|certain|possible\ to)|clear\ whether|clear\ if
        |certain\ whether|not\ certain|an\ open\ question|in\ doubt|possible\ that|not\ impossible)
    | {_BE}\ (?:widely\ |also\ |now\ |still\ |generally\ )?
        (?:believed|thought|understood|alleged|rumou?red|suspected|presumed|feared|accused\ of|likely|unlikely)
    | {_BE}\ (?:widely\ |also\ |now\ |still\ |generally\ )?(?:said|reported|assumed|estimated|expected|claimed|supposed)
        \ (?:to|that)
    | (?:believed|thought|understood|rumou?red|feared|said|reported|assumed)\ to\ (?:be|have)
    | (?:may|might)\ (?:well\ |also\ |not\ |never\ |already\ |yet\ |still\ |even\ |soon\ )*(?:have|be) | could\ have
    | might\ (?!and\b|of\b) | may\ or\ may\ not
    | (?:yet|still)\ to\ be\ (?:\w+ly\ )?{_CHECKED}
    | (?:could|can)\ ?not\ say\ (?:whether|if) | (?:nobody|no\ one|none)\ (?:can|could)\ say
    | (?:nobody|no\ one)\ (?:yet\ )?(?:knows|knew)\ (?:whether|if|how|what|who|why|where)
    | remains?\ to\ be\ seen | little\ is\ known | (?:awaits|awaiting|pending)\ confirmation | potentially | tentatively
    | neither\ confirmed\ nor\ denied | (?:nobody|no\ one)\ (?:can|could|has)\ (?:yet\ )?confirm(?:ed)?
    | (?:none|neither|nobody)\ (?:of\ them\ |side\ )?(?:has\ )?confirmed
    | (?:may|might)\ (?:contain|include|mean|come|lead|reflect|explain|face|reach|cost|take|need|exceed|represent
        |point|prove|turn|rise|fall|lie|hold|stem|involve|carry|affect)
    | could\ be\ (?:linked|behind|responsible|related|connected|due|as\ many)
    | (?:could|can|had|has|have|been|was|were|is|are)(?:\ ?not|n't)\ (?:be\ |been\ |yet\ been\ |yet\ )?
        (?:immediately\ |independently\ |officially\ )?(?:be\ )?(?:immediately\ |independently\ |officially\ )?
        (?:{_CHECKED}|verify|confirm|ruled\ out)
    | (?:seem|seems|seemed) | appears\ (?!in\b|on\b|at\b|before\b|for\b|alongside\b|with\b|as\b)
    | (?:appear|appeared)\ (?:not\ )?(?:to|that|likely)
    | looks?\ (?:as\ if|as\ though|like\ it) | looked\ (?:as\ if|as\ though)
    | (?:by|on)\ some\ accounts | accounts?\ (?:differ|differed|vary|conflict)
    | rumou?r\ has\ it | rumou?rs?\ (?:that|of)
    | there\ (?:is|are|was|were|have\ been)\ (?:also\ )?(?:unconfirmed\ )?reports\ (?:of|that)
    | no\ (?:independent\ |official\ )?confirmation | awaiting\ confirmation
    | there\ (?:is|was|are|were)\ (?:still\ |as\ yet\ )?(?:no|little)\ (?:evidence|proof)
    )(?:\b|(?<=\ ))""",
    re.VERBOSE | re.IGNORECASE,
)


def is_claim(sentence: Sentence, f: Statement, text: str) -> bool:
    """Is a statement a claim of its source, rather than a deed or a feeling that the article tells of?"""
    first = sentence.tokens[f.content[0]].word
    empty = first in EMPTY and f.content[1] - f.content[0] <= SHORT
    if empty or _title(sentence, f, text) or (first in WITHHELD and f.frame == "judge"):
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
    if _negated(sentence, f) or content[0] in WITHHELD:
        return "attributed"
    lemmas = _lemmas(sentence, f)
    claim = not CLAIMS.isdisjoint(content[:8])
    return "denied" if lemmas & DENY or (lemmas & DISMISS and claim) else "attributed"


def hedges(words: str) -> str | None:
    """The first words that hedge, as they stand."""
    match = HEDGES.search(words)
    return match.group().strip() if match else None


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
