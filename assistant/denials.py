"""What it is to deny: the verbs, the nouns for what is denied, and the words by which a claim is called false.

The word lists are written from knowledge of the language, not taken from a corpus.
"""

from __future__ import annotations

import re

from assistant.cues import words

# Cues that say no. DENY does by itself; DISMISS only with a claim behind it: "rejected the allegation".
DENY = frozenset(
    words("""
    deny dispute refute rebut contradict disavow repudiate contest disagree disclaim
    """)
)
DISMISS = frozenset(
    words("""
    reject dismiss rebuff renounce disagree challenge question doubt shoot push brush laugh wave shrug decry
    ridicule scoff sneer hit
    """)
)
_CLAIM = words("""
    claim accusation allegation report suggestion charge rumour rumor idea notion assertion insinuation account theory
    link finding version complaint concern legend myth hypothesis conclusion argument characterisation
    characterization narrative hearsay gossip talk speculation involvement responsibility wrongdoing reporting
    criticism story verdict contention interpretation portrayal implication inference insistence
    """)
CLAIMS = frozenset([*_CLAIM, *(w[:-1] + "ies" if w[-1] == "y" else w + "s" for w in _CLAIM), "hypotheses"])
# What is denied to a person is no claim: "denied entry".
WITHHELD = frozenset(words("bail entry access permission visa him her them us me admission leave asylum parole"))

# Words by which a speaker calls a claim false.
FALSE = re.compile(
    r"\b(?:not true|untrue|false(?! (?:teeth|alarms?|start))|no truth|baseless|unfounded|groundless|fabricated|nonsense"
    r"|without foundation|a lie|lies(?! (?:in|on|at|between|with|ahead|behind|under|near|to|within|about|there)\b)"
    r"|invented(?! (?:by|in|the|a)\b)|misleading|inaccurate|incorrect|a hoax|rubbish"
    r"|made up(?! (?:of|for|half|most|a|the|their|his|her|our|about|more|less|only|by|\d))|pure (?:fiction|invention)"
    r"|fabrications?|falsehoods?|a myth|nothing to do with|no (?:knowledge of|part in|role in|hand in|such|basis)"
    r"|(?<!an )(?<!the )innocent(?! (?:people|civilians|victims|bystanders|m[ae]n|wom[ae]n|children|lives|party"
    r"|passers))"
    r"|nothing in (?:these|the|those) (?:rumou?rs|reports|claims|allegations)"
    r"|wrong to (?:say|suggest|claim|think|assume)|contrary to (?:what|the reports?|reports)|no cover-up|no wrongdoing"
    r"|not an? (?:shred|word|grain|scrap|ounce) of truth|nothing of the (?:kind|sort)|(?:not|never) the case|not guilty"
    r"|bogus|wide of the mark|out of (?:all )?context|fake news|propaganda"
    r"|(?:knew|know|knows) nothing (?:of|about) (?:it|this|that|them|any|the|an?|his|her|their|what|how|where|who|such)"
    r"|not (?:involved|responsible|to blame|behind (?:it|this|the))|(?:did|done|do) nothing wrong"
    r"|conspiracy theor(?:y|ies)|no (?:evidence|proof) for (?:this|that|it|the (?:claim|allegation)s?))\b",
    re.IGNORECASE,
)
_PERSON = (
    r"(?:him|her|(?:the|a|any|our|their|his|her) (?:\w+ )?"
    r"(?:boy|girl|child|wom[ae]n|m[ae]n|wife|inmate|prisoner|detainee|suspect)\w*)\b"
)
_HARM = (  # that is ordered; whoever orders trams isn't charged with it
    r"(?:him|her|them|it|that|any(?:one|body)|(?:the|any|an?|his|her|their) (?:\w+ )?"
    r"(?:strike|attack|raid|killing|murder|arrest|shooting|bombing|shelling|assault|cover-up|deletion|destruction))\b"
)
# Deeds that nobody says of himself that he didn't do unless he is charged with them.
_BLAMED = (
    r"(?:misus|steal|stol|t[ao]k(?:e|en) (?:the|any|a) (?:money|bribe|cash|drug)|kill|murder|touch|hid(?:e|den)\b|leak"
    rf"|threat|abus|ignor|misl[ei]|order(?:ed)? {_HARM}|authori[sz]|fir(?:e|ed)\b|shoot|shot|attack|brib|dump"
    r"|cop(?:y|ied)|borrow|delet|harm|hurt|str(?:ike|uck)|target|collu|conspir|lie\b|lied|cheat|fak|forg|tamper"
    r"|falsif|manipulat|poison|assault|rap(?:e|ed)\b|tortur|withh[eo]ld|conceal|cover(?:ed)? up|promis|breach"
    rf"|beat(?:en)? (?:up|{_PERSON})|violat|br(?:eak|oke|oken) the|launder|evad|discriminat|harass|plagiari|smuggl"
    r"|spy|spied|sabotag|bomb|shell|mistreat|pollut|spill|pressur|interfer|meddl|instruct|instigat|incit"
    r"|know(?:n)? (?:about|of))"
)
_SELF = r"(?:i|we|he|she|it|they|(?:the|his|her|their|its|our|my) \w+)"
# A speaker who says of himself that he never did it, if it is something that he may be charged with.
NEVER = re.compile(
    r"^(?:that )?[“\"']?(?:i|we|he|she|it|they)(?:['’]ve)?(?: has| have| had| did)? never (?:\w+ly )?(?:"
    rf"{_BLAMED}|(?:said?|says|thought|meant?|do|did|done) (?:that|this|it|so|any\w*|such)\b"
    r"|(?:t[ao]ke?n?|took|g[ai]ven?|pa(?:y|id)|received?|accept(?:ed)?|offer(?:ed)?|sold|sen[dt]|used?|met|told|asked"
    r"|spoken?|sign(?:ed)?) (?:[\w’'-]+ ){0,2}?(?:a (?:penny|cent|bribe|word)|any\w*|money|bribes|drugs|it|that|him|her"
    r"|them)\b)",
    re.I,
)
NOT_DONE = re.compile(
    r"^(?:that )?[“\"']?(?:"
    rf"{_SELF} (?:\w+ )?(?:did|do|does|have|has|had|was|were|is|are)(?: not|n['’]t)(?: \w+){{0,3}}? {_BLAMED}"
    r"|(?:no|not one|not a single|none of (?:the|his|her|its|their|our)) (?:[\w’'-]+ ){1,4}"
    rf"(?:was|were|is|are|had been|has been|have been) (?:\w+ )?{_BLAMED}"
    r"|(?:i|he|she) was(?: not|n['’]t) (?:there|present)\b"
    r"|it (?:was|is)(?: not|n['’]t) (?:him|her|us|them|me|our|his|its|their)\b)",
    re.I,
)

_NOUNS = "|".join(sorted(CLAIMS, key=len, reverse=True))
_STRONG = (  # that are claims whatever is done to them; a report may be rejected without being denied
    r"(?:(?:claim|accusation|allegation|suggestion|rumou?r|assertion|insinuation|notion|idea|myth|legend|hypothes[ei]s"
    r"|version|reports)s?|account|theor(?:y|ies)|speculation)"
)
_WHOSE = r"(?:(?:the|his|her|its|their|all|any|these|those|such|an?|earlier|recent|media|press) )?(?:[\w’'-]+ ){0,3}?"
_OWN = r"(?:his|her|their|its|the|an?) (?:\w+ )?(?:claim|statement|allegation|accusation|testimony|confession)s?"
_TO_REST = (  # what is done to claims besides denying them
    r"(?:debunk(?:s|ed|ing)?|discredit(?:s|ed|ing)?|disprov(?:e|es|ed|en|ing)|qu(?:ash|ell)(?:es|s|ed|ing)?"
    r"|scotch(?:es|ed|ing)?|squash(?:es|ed|ing)?|retract(?:s|ed|ing)?|recant(?:s|ed|ing)?|disown(?:s|ed|ing)?"
    r"|(?:hit|hits|hitting|push(?:es|ed|ing)?|fire[sd]?|firing) back (?:at|against)|put(?:s|ting)? paid to"
    r"|pour(?:s|ed|ing)? (?:cold water|scorn|doubt) (?:on|over)|(?:cast|throw|threw)(?:s|ing)? doubt (?:on|over)"
    r"|distanc(?:e|es|ed|ing) (?:him|her|it|them)sel(?:f|ves) from|den(?:y|ies)|disputes?|rejects?|refutes?)"
)
_WAYS = (
    r"plead(?:s|ed)? not guilty",
    r"(?:protest|maintain|insist on)(?:s|ed)? (?:his|her|their|its) innocence",
    r"(?:takes?|took) issue with",
    r"pour(?:s|ed)? cold water on",
    r"to (?:deny|dispute|refute) (?:that|having|any)",
    r"(?:was|were|is|are) (?:quick|swift) to (?:deny|dismiss|reject)",
    r"(?:would not|wouldn['’]t|refuse[sd]? to|do(?:es)? not|don['’]t|doesn['’]t|did not|didn['’]t) accept"
    rf" (?:that|(?:[\w’'-]+ ){{1,4}}(?:{_NOUNS}))",
    rf"(?P<none>(?:neither|no)(?: [\w’'-]+){{1,3}}) accept(?:s|ed)? (?:[\w’'-]+ ){{1,4}}(?:{_NOUNS})",
    r"(?:issued?|met with|drew|brought) an? (?:\w+ )?denial(?: (?:from|by) (?P<who>[^.,;]+))?",
    rf"{_TO_REST} {_WHOSE}(?:{_NOUNS})",
    rf"(?:retract|withdr[ae]w|recant|t(?:a|oo)kes? back)(?:s|ed|n)? {_OWN}",
    rf"(?P<passive>{_STRONG})(?: [^,;.]{{0,120}})? (?:is|are|was|were|been|being) (?:\w+ )?"
    r"(?:denied|dismissed|rejected|refuted|rebutted|disputed|contested|debunked|discredited|disprove[dn]|contradicted|quashed|retracted|withdrawn)"
    r"(?: by (?P<by>[^.,;]+))?",
    rf"(?:call|label|brand|describ|dub|portray)\w* {_WHOSE}(?:{_NOUNS}) (?:as )?[“\"']?(?:an? )?(?:\w+ )?"
    rf"{FALSE.pattern}",
)
# What denies without a verb of denying that takes a clause, and who does so, where it says.
DENIALS = re.compile(rf"\b(?:{'|'.join(_WAYS)})\b", re.IGNORECASE)


def denier(denial: re.Match[str]) -> str | None:
    """Who denies, where the words of a denial themselves say so."""
    return denial["who"] or denial["by"] or denial["none"]


def denies(said: str) -> bool:
    """Does a speaker deny something by what he says, whatever verb he says it with?"""
    return bool(FALSE.search(said) or NEVER.match(said) or NOT_DONE.match(said) or DENIALS.search(said))
