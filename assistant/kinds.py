"""Kinds of question that are no search for a fact: each is recognised by its whole form, never by a word in it.

A question of fact that is taken for something else gets a wrong answer; the other way round it gets a plainer one. So
a form must match from the first word to the last, names must be written as names, and whatever is left over is a fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.conversation import courtesy
from assistant.days import names_days
from assistant.typed import bare, corrected

Kind = Literal[
    "greeting", "thanks", "farewell", "help", "insult", "doubt", "nod",  # courtesies
    "holdings", "articles", "newest", "oldest", "new",  # what the library has
    "about", "happened", "source", "quotation", "summary", "topic", "timeline", "day",  # what the articles say
    "who", "said", "speakers", "compare",  # of whom, or of outlets
    "carried", "more",  # of what was answered before
    "unlisted",  # a list of what isn't kept as such: people, places
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A recognised question. Names and topics are the person's own words, names with the capitals that they have."""

    kind: Kind
    topic: str | None = None  # what it is about
    names: tuple[str, ...] = ()  # who is asked about; the two outlets of a comparison
    one: bool = False  # "this article", not these
    leans: bool = False  # after another question it would rather be about that
    when: str | None = None  # the day or month asked about, as it is named


_CAPITAL = r"(?:(?:[A-Z]\.)+|[A-ZÀ-ÖØ-Þ](?:[\w.-]|'(?!s\b))*)"
_PARTS = {
    "article": r"(?:news )?(?:article|story|report|piece|text)",
    "articles": r"(?:news )?(?:articles|stories|reports|pieces|texts|news|coverage)",
    "every": r"(?:(?:all|all of the|all the|every|the|my|any) )",
    "items": r"(?:articles?|stories|story|reports|pieces)",
    "one": r"(?P<one>(?:this|that|the|my) <article>|this)",
    "several": r"(?:(?:(?:(?:all|all of|both|both of) )?(?:these|those|the|my|our|all) )?<articles>|<those>)",
    "those": r"(?:these|those|both|(?:all|both) of (?:these|those|them))",
    "here": r"(?:in|of|from) (?:this|that|the|these|those) (?:<article>|<articles>)",
    "library": r"(?:here|(?:in )?(?:the|my|your|this) (?:library|set|collection))",
    "which": r"(?:(?:what|which)(?: is|'s)? |(?:show|give) (?:me )?)?(?:the )?",
    "holding": r"(?:articles|stories|outlets|sources|newspapers)",
    "outlets": r"(?:outlets|sources|newspapers)",
    "have": r"(?: (?:do|have) (?:i|you|we) (?:have|got)| are there| are)?(?: <library>)?",
    "on": r"(?:about|on|concerning|regarding|covering|mentioning|that mentions?)",
    "topic": r"(?P<topic>\S.*)",
    "unlisted": r"(?:people|persons|names|places|countries|deaths|victims|firms|companies|bodies|numbers|figures)",
    "details": r"(?:details?|quotes|information|info|passages|sentences)",
    "short": r"(?:(?:an?|the) )?(?:(?:short|brief|quick) )?",
    "sum": r"(?:summari[sz]e|sum up|recap|outline)",
    "sentences": r"in (?:an?|one|two|three|a few|\d) (?:short )?(?:sentences?|words|lines?)",
    "summary": r"<short>(?:summary|overview|gist|recap)",
    "timeline": r"<short>(?:timeline|time line|chronology)",
    "lately": r"(?:recently|lately)",
    "when": r"(?:(?:on|in|during|around|over) )?(?:the )?(?P<when>(?:[\w.,]+ ){0,4}?[\w.,]+)",
    "where": r"(?: (?:in|at|near|around) (?P<topic>\S.*?))?",
    "happened": r"(?:happened|took place|occurred|went on|was going on|was reported)",
    "quoted": r"(?:(?:is|was|are|were|gets|got|been) )?(?:quoted|cited|named as (?:a )?sources?)",
    "people": r"(?:everyone|everybody|anyone|all|(?:all (?:of )?)?(?:the )?(?:people|persons|speakers|voices))",
    "in": r"(?: <here>)?(?: (?:about|on) <topic>)?",
    "name": r"(?P<name>{person})",
    "speaker": r"(?P<speaker>(?:the (?:[a-z]+ ){0,2}?)?{person})",
    "say": r"(?:say|said|tell|told|claim(?:ed)?|report(?:ed)?|write|wrote|have to say)(?: <press>)?",
    "press": r"(?:reporters|journalists|the press|the media|us)",
    "about": r"(?: (?:about|on|regarding) <topic>)?",
    "with": r"(?: (?:about|on|with) <topic>)?",
    "remarks": r"(?:quotes|statements|remarks|comments)",
    "coverage": r"(?:reports?|reporting|coverage|stories|articles)",
    "outlet": r"(?P<name>(?:the )?{person})(?:'s?)?",
    "other": r"(?P<other>(?:the )?{person})(?:'s?)?",
    "both": r"<outlet> and <other>",
}
_OFFICE = "[Cc]ouncillor|[Pp]resident|[Mm]ayor|[Ss]enator|[Mm]inister|[Jj]udge"
_TITLE = rf"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|{_OFFICE})\.? )"
_PARTICLE = r"(?:de|da|del|della|der|den|van|von|bin|ibn|al|el|la|le|of|the|and|&)"
# As few words as will do, so that what may follow a name isn't taken for a part of it.
_PERSON = rf"{_TITLE}?{_CAPITAL}(?: (?:{_PARTICLE} ){{0,2}}{_CAPITAL}){{0,4}}?"
_WRITTEN = re.compile(rf"(?:[Tt]he (?:[a-z]+ ){{0,2}})?{_PERSON}")
# One form a line, in plain words and regular expressions; <parts> stand above. What stands first is tried first.
_FORMS_OF: dict[Kind, str] = {
    "compare": r"""
        compare (?:what|how) <both> (?:say|write|report|cover)(?: (?:on|about))? <topic>
        compare the <coverage> of <topic> (?:in|by) <both>
        compare the <coverage> (?:of|in|by) <both>(?: (?:on|about|of) <topic>)?
        compare <outlet> (?:and|with|to|versus|vs\.?) <other>(?: <coverage>)?(?: (?:on|about|of|over) <topic>)?
        <outlet> (?:vs\.?|versus|compared (?:to|with)) <other><about>
        (?:how|where|on what) do <both> (?:differ|disagree|compare)<about>
        how does <outlet>(?: <coverage>)? differ from <other>(?: <coverage>)?<about>
        do <both> (?:dis)?agree<about>
        what do <both> (?:disagree|differ) (?:on|about|over)
        (?:what (?:are|is) )?(?:the )?differences? between <both>(?: <coverage>)?<about>
        (?:a )?comparison (?:of|between) <both><about>
        what do <both> (?:say|write|report) (?:about|on) <topic>
    """,
    "who": r"""
        who(?: exactly)?(?: is| was| are| were|'s)(?: this)? <name>(?: <here>)?
        who <name> (?:is|was|are|were)(?: <here>)?
        what(?: is|'s| was) <name>'s (?:role|job|position|title)
        what (?:role|job|position) does <name> (?:have|hold)
        what does <name> do
        <name>, who (?:is|was) (?:that|this|he|she)
        (?:tell me(?: more| all| everything| something)?|everything|all|more) about <name>
        what do(?:es)? (?:<one>|<several>) say about who <name> (?:is|was)
    """,
    "said": r"""
        what (?:did|does|do|has|have) <speaker> <say><about>
        what <speaker> (?:said|says|has said)<about>
        what (?:is|was|were) <speaker> quoted as saying<about>
        what (?:are|were) <speaker>'s (?:words|<remarks>)<about>
        (?:(?:list|show|give|find)(?: me)? )?(?:(?:all|all the|the|any|some) )?<remarks> (?:by|from|of) <speaker><about>
        <speaker>'s <remarks><about>
        (?:list )?(?:everything|all)(?: that)? <speaker> (?:said|says|has said)<about>
        (?:list )?everything said by <speaker><about>
    """,
    "speakers": r"""
        who(?: all)?(?: else)? <quoted><in>
        (?:which|what) (?:people|persons|speakers|voices|sources) <quoted><in>
        whose words <quoted><in>
        who (?:speaks|spoke|talks|talked|is speaking)(?: <here>)?
        who (?:said|says) (?:what|something|anything)<in>
        (?:(?:list|show|name|give)(?: me)? )<people>(?: (?:who|that))? <quoted><in>
        (?:(?:list|show|name|give)(?: me)? )<people> (?:who|that) (?:said|says|spoke|speaks)(?: \w+thing)?<in>
        (?:(?:list|show|name|give)(?: me)? )(?:(?:all|the|all the) )?(?:speakers|voices|sources quoted)<in>
        (?:list|show|give)(?: me)? (?:all|all the|every) (?:quotes|quotations|statements)<in>
        who are the (?:speakers|voices)<in>
    """,
    "more": r"""
        (?:tell|show|give)(?: me)? (?:some )?more(?: (?:about|on|of) (?:it|that|this|them))?(?: <details>)?
        (?:any |some )?more(?: <details>)?(?: (?:about|on|of) (?:it|that|this|them))?
        (?:(?:give|show|tell)(?: me)? )?(?:more|further|other) <details>(?: (?:about|on|of) (?:it|that|this|them))?
        (?:please )?(?:go on|carry on|continue|keep going|elaborate|expand)(?: (?:on|about) (?:it|that|this))?
        (?:what|anything|something) (?:else|more)(?: (?:is|was) (?:there|said|known|reported))?
        what else(?: (?:do|does|did) (?:<one>|<several>|it|they) (?:say|report|tell))?
        (?:and )?(?:is )?(?:that|there) (?:all|it|more|anything else|anything more)
        (?:i'd like|i want)(?: to (?:know|hear|read|see))? more
    """,
    "holdings": r"""
        what (?:do|have) (?:i|you|we) (?:have|got)(?: <library>)?
        what(?: is|'s) in (?:(?:the|my|your|this) (?:library|set|collection)|here)
        what(?: is|'s) (?:the|my|your|this) (?:library|set|collection)(?: all)? about
        how many <holding><have>
        (?:what|which) <outlets><have>
        (?:the )?<outlets>
        (?:the )?number of <holding>(?: <library>)?
        (?:list|show|name)(?: me)? (?:(?:all|all the|the|my|your) )<outlets>
        what can (?:i|you) (?:ask|answer|do)(?: you)?(?: about| <library>)?
        what do you know(?: about)?
        (?:show|describe) (?:the|my) library
        what (?:dates|days|period|time) (?:do|does) (?:<several>|the library) (?:cover|span)
        (?:what(?: is|'s) )?the (?:date range|time span)(?: of (?:<several>|the library))?
    """,
    "newest": r"<which>(?:newest|latest|most recent) <article>(?: <on> <topic>)?",
    "oldest": r"<which>(?:oldest|earliest) <article>(?: <on> <topic>)?",
    "articles": r"""
        (?:list|show|name|find|give|see)(?: me)? (?:a list of )?<every>?<items>(?: <on> <topic>)?
        (?:a )?list of <every>?<items>(?: <on> <topic>)?
        all(?: the| my)? <items>(?: <on> <topic>)?
        (?:(?:the|my) )?(?:articles|stories)
        (?:any )?<items> <on> <topic>
        (?:which|what) <items> are
        what(?: is|'s)(?: there)?(?: <library>)? <on> <topic>
        how many <items>(?: are there| do (?:i|you|we) have| have (?:i|you|we) got| are) <on> <topic>
        (?:which|what) <items> (?:are there|are (?:in )?here|do (?:i|you|we) have|have (?:i|you|we) got)(?: <library>)?
        (?:which|what) <items> (?:(?:are )?<on>|mention|deal with|cover) <topic>
        (?:which|what) <items> (?:do (?:i|you|we) have|are there) <on> <topic>
        (?:are there|do (?:i|you|we) have|have you got) (?:any )?<items> <on> <topic>
        (?:is there|do (?:i|you|we) have) (?:anything|something) <on> <topic>
        (?:list|show|find)(?: me)? (?:everything|anything|all) <on> <topic>
    """,
    "new": r"""
        what has happened
        what(?: is|'s) (?:new|the news|(?:the )?latest(?: news)?)<with>(?: today)?
        (?:(?:is|are) there |do you have )?any(?:thing)? (?:new|news|newer articles|updates?)<with>(?: today)?
        what(?: has been|'s been| was)(?: <lately>)? (?:reported|published|added)(?: <lately>|<about>)
        what(?: has|'s)? happened (?:in the news|<lately>)
        (?:the )?(?:latest|recent)(?: news| updates?)?(?: (?:about|on) <topic>)?
        (?:the )?news(?: (?:about|on) <topic>)?(?: today)?
        catch me up|what did i miss|bring me up to date
    """,
    "source": r"""
        who (?:wrote|is the (?:author|writer) of) (?:<one>|it)
        who(?: is|'s) the (?:author|writer|reporter|journalist)
        when was (?:<one>|it) (?:published|written)
        what (?:date|day) (?:is|was) (?:<one>|it)(?: from| of| published| written)?
        (?:which|what) (?:outlet|paper|newspaper|source) (?:is|was|published|reported|wrote) (?:<one>|it)(?: from| in)?
        where (?:is|was|does) (?:<one>|it|that) (?:from|published|come from)
        (?:what(?: is|'s) )?(?:the|your) source(?: of (?:<one>|it|that))?
    """,
    "happened": r"what happened(?: here| there)?",
    "about": r"""
        what(?: is|'s| was) <one>(?: all)? about
        what(?: is|'s| was) (?P<leans>it)(?: all)? about
        what(?: is|'s| was) the <article> <on> <topic> about
        what (?:does|did) <one> (?:say|report|cover|discuss|deal with)
        what(?: is|'s) in (?:<one>|<several>)
        what(?: are| do|'re) <several> (?:(?:all )?about|say|report|cover|deal with)
        what <one> is(?: all)? about
        what <several> are(?: all)? about
        tell me about (?:<one>|<several>)
        (?:what(?: is|'s) )?the gist(?: of (?:<one>|<several>))?
        (?:what(?: is|'s) )?the (?:main )?(?:topic|subject|theme) of (?:<one>|<several>)
    """,
    "summary": r"""
        <sum>(?: <one>| it| everything| them(?: all)?| <several>)?(?: briefly| in short| <sentences>)?
        sum (?:<one>|it|everything|them|<several>) up
        <sum> (?:<one>|<several>) <on> <topic>
        <sum> <topic>
        <summary>(?: (?:of|on) (?:<one>|it|everything|<several>))?
        <summary> of (?:<one>|<several>) <on> <topic>
        <summary> (?:of|on) <topic>
        (?:(?:(?:let's|let us) )?(?:go|get|come) )?back to <topic>
        (?:tell me(?: more| all| everything| something)?|everything|more) about <topic>
        (?:what(?: are|'s| is) )?(?:the )?(?:main|key|most important) (?:points?|takeaways?)(?: <here>)?
        (?:the )?short version(?: of <one>)?
        boil (?:it|this|them) down|tl;?dr|in short|in a nutshell
    """,
    "topic": r"""
        what (?:do|did) <several> (?:say|report|write|tell(?: me| us)?) (?:about|on|of) <topic>
        what (?:is|was|has been) (?:said|written|reported|known) (?:about|on|of) <topic>
        what do (?:we|you|they) (?:know|say|have) about <topic>
        what else (?:is|was|has been) (?:said|written|reported|known) (?:about|on|of) <topic>
    """,
    "day": r"""
        what(?: else)?(?: has|'s)? <happened> <when><where>
        what(?: else)?(?: has|'s)? <happened><where> <when>
        <when>,? what(?: else)? <happened><where>
        what (?:will|is going to) happen <when><where>
        what (?:will|is going to) happen<where> <when>
        what(?: is|'s) (?:happening|going on|going to happen|planned|scheduled|coming up)(?: for)? <when><where>
        what(?: is|'s) (?:happening|planned|scheduled|coming up)<where> <when>
        what happens <when><where>
        (?:the )?events (?:of|on|in) <when>
    """,
    "unlisted": r"""
        (?:(?:list|show|name|give)(?: me)? )(?:all|all the|every|all of the) <unlisted>(?: <here>)?
    """,
    "timeline": r"""
        (?:list|show|give)(?: me)? (?:all|all the|every) (?:dates|days|events)(?: <here>)?
        <timeline>(?: (?:of|for) (?:<one>|<several>|(?:the )?events|it|everything|all))?
        <timeline> (?:of|for|on|about) <topic>
        what happened(?: and)? when|when did what happen
        in (?:what|which) order did (?:it|things|events|the events|everything|all this) (?:all )?happen
        (?:what(?: is|'s| was) )?the (?:order|sequence) of events
        (?:list|put|show)(?: me)? (?:the )?events in (?:chronological )?order
        what happened first,? and (?:what happened|what came|what|then) (?:next|then|after that)
    """,
}  # fmt: skip
_STORY = re.compile(r"(?<=\w) (?:story|affair|case|news|saga|coverage|articles|stories|reports)$", re.IGNORECASE)
_PRONOUNS = frozenset("he she it they we i you who that this these those both there his her their its him them".split())
_NO_NAME = _PRONOUNS | frozenset("what why when where how which whose is are was were do does did has have can".split())
_POLITE = re.compile(
    r"(?:(?:please|ok(?:ay)?|so|and|now|then|well|hi|hello|hey|um|explain),? "
    r"|(?:can|could|would|will) you (?:please )?"
    r"(?=(?:summ\w+|sum|recap|outline|give|make|show|list|tell|write|compare|draw|create|build)\b)"
    r"|i(?:'d like|'d| would like| want| need) (?:to (?:see|have|know) )?"
    r"|(?:let me|(?:do you|i want to) know|remind me|tell me) (?=(?:see|who|what|everything)\b)"
    r"|(?:give|show|make|write|draw up|create|build)(?: me)? "
    r"(?=(?:an? (?!list)|the (?:main|key|most|timeline|summary|gist|short|latest news)|what))"
    r"|(?:give|show|get) me (?=(?:the )?(?:main|key|latest news)))+",
    re.IGNORECASE,
)
_PLEASE = re.compile(r"(?:[,.?!]* (?:please|for (?:me|us)|thanks|thank you))+$", re.IGNORECASE)
_AFTER = re.compile(r"(?:,? (?:again|here|then|now|exactly))+$", re.IGNORECASE)  # may belong to what is asked
# A cheap first look: a question without any of these has none of the forms, or is a name alone.
_HINT = re.compile(
    r"\b(?:summ?[ae]r|sum\b|recap|outline|overview|gist|tl;?dr|in short|nutshell|boil|short version|takeaway"
    r"|time ?l|chronolog|order|sequence|happen|planned|scheduled|coming up"
    r"|news|coverage|texts?\b|pieces?\b|artic|stor(?:y|ies)\b|reports?\b"
    r"|outlets|sources|newspapers|published|reported|added|new(?:er)?\b|latest|updates?|miss|catch|up to date|about"
    r"|points?\b|what (?:do|have) (?:i|you|we)|library|collection|here|date range|time span|what can|say|said|saying"
    r"|says|told?|tell|claim|quotes|statements|remarks|comments|words|comp[ae]|differ|disagree|agree|vs|versus|who|role"
    r"|job|position|title|does|list|anything|more\b|else|continue|go on|carry on|keep going|elaborate|expand|details?"
    r"|quoted|cited|speak|spoke|voices|wrote|back to|written|author|writer|journalist|date"
    r"|from|source|took place|occurred|going on|went on|known?\b|written|events)",
    re.IGNORECASE,
)


def _compiled() -> list[tuple[Kind, re.Pattern[str]]]:
    lines = ((kind, line.strip()) for kind, forms in _FORMS_OF.items() for line in forms.strip().splitlines())
    forms: list[tuple[Kind, str]] = [*lines, ("who", "(?P<leans><name>)")]  # a name alone, if it is nothing else
    return [(kind, re.compile(_expanded(form), re.IGNORECASE)) for kind, form in forms]


def _expanded(form: str) -> str:
    part = re.search(r"(?<!\?P)<([a-z]+)>", form)
    if part:
        return _expanded(form[: part.start()] + _PARTS[part[1]] + form[part.end() :])
    return form.replace("{person}", _PERSON)


_FORMS = _compiled()


def as_written(name: str) -> str | None:
    """A name as it stands, where its capitals make it one."""
    return name if _WRITTEN.fullmatch(name) else None


_MARKED = (
    r"(?:this |the )?(?:quote |quotation |words |sentence )?"
    r"[“\"„«](?P<words>(?:[^\s“”\"„«»]+\s+){3,}[^“”\"„«»]+)[”\"“»]"
)
_THESE = r"(?:(?:this|that|the)(?: (?:quote|quotation|sentence|line))?|these words|it)"
_REAL = r"(?:an? )?(?:real|genuine|exact|true|accurate|authentic|verbatim|correct)(?: (?:quote|quotation|words?))?"
_SOURCE = r"(?:come from|stand|appear|originate|say this)"
_QUOTATION = tuple(
    re.compile(form.replace("<q>", rf"[,:—–-]*\s*{_MARKED}\s*[,:—–-]*\s*"), re.IGNORECASE | re.DOTALL)
    for form in (
        rf"where (?:does|did|do|has|is|was|are|were)\s<q>(?:{_SOURCE}|from|said|published|written|printed|reported)",
        rf"where (?:does|did|do|is|are) {_THESE} (?:{_SOURCE}|from)<q>",
        r"(?:and )?who (?:really |actually |first )?(?:said|says|wrote|writes|claimed|claims|told)<q>",
        r"(?:which|what) (?:article|outlet|paper|newspaper|stor(?:y|ies)|source|report)s?"
        r" (?:says?|said|ha[sd]|have|contain(?:s|ed)?|carr(?:y|ies|ied)|print(?:s|ed)?|wrote|reported|quotes?|is|are)"
        r"<q>(?:from|in)?",
        rf"in (?:which|what) (?:article|outlet|paper|newspaper|report) (?:is|does|did|do)\s<q>(?:{_SOURCE})?",
        rf"is<q>(?:{_REAL})", rf"is {_THESE} (?:{_REAL})<q>", rf"is this (?:{_REAL})<q>",
        r"did (?:anyone|anybody|someone|somebody|(?P<speaker>(?-i:[A-ZÀ-Þ][\w.'-]*(?: [A-ZÀ-Þ][\w.'-]*){0,3}|the \w+)))"
        r" (?:really |actually |ever )?say<q>",
        r"(?:find|check|verify)<q>", r"(?:what(?: is|'s) )?the source of<q>",
        rf"<q>(?:who (?:said|says|wrote) {_THESE}|where (?:is|does|did|do) {_THESE} (?:{_SOURCE}|from))",
    )
)  # fmt: skip


def quotation(question: str) -> Asked | None:
    """A question where words in quotation marks, four at least, come from: they are the topic, a claimed speaker is
    the name."""
    words = " ".join(question.replace("’", "'").split()).strip(" ?!.")
    words = _without_courtesy(words)
    match = next((m for form in _QUOTATION if (m := form.fullmatch(words))), None)
    speaker = match and match.groupdict().get("speaker")
    return Asked("quotation", match["words"].strip(), (speaker,) if speaker else ()) if match else None


def _without_courtesy(words: str) -> str:
    """The words without what politely precedes them; "they" begins with no "hey"."""
    polite = _POLITE.match(words)
    return words[polite.end() :] if polite else words


def recognise(question: str, written: Callable[[str], str | None] = as_written) -> Asked | None:
    """The kind of a question and what it names, or None for an ordinary one, which is searched and read.

    `written` gives a name as it is written, or None for what is no name: without it, capitals say so.
    """
    if asked := quotation(question):
        return asked
    kind = courtesy(question)
    if kind:
        return Asked(kind)
    words = bare(question)
    for said in dict.fromkeys((words, corrected(words))):
        said = _PLEASE.sub("", _without_courtesy(said))
        for whole in dict.fromkeys((said, _AFTER.sub("", said))):
            if asked := _recognised(whole, written):
                return asked
    return None


def _recognised(words: str, written: Callable[[str], str | None]) -> Asked | None:
    if not _HINT.search(words) and not re.fullmatch(r"\S+(?: \S+){1,4}", words):
        return None
    for kind, form in _FORMS:
        match = form.fullmatch(words)
        if match and (asked := _asked(kind, match.groupdict(), written)):
            return asked
    return None


def _asked(kind: Kind, found: dict[str, str | None], written: Callable[[str], str | None]) -> Asked | None:
    given = [n.strip() for n in (found.get("name") or found.get("speaker"), found.get("other")) if n]
    if any(n.split()[0].lower() in _NO_NAME for n in given) or (found.get("leans") and given and " " not in given[0]):
        return None
    names = [written(name) for name in given]
    topic = found.get("topic") and _STORY.sub("", found["topic"] or "")
    if kind == "who" and re.match(r"(?:the|an?) ", given[0], re.IGNORECASE):
        return None  # "the mayor of Osby" is what is asked for
    if None in names or (topic and topic.split()[0].lower() in _PRONOUNS):
        return None
    when = found.get("when")
    if when and not names_days(when):
        return None  # "What happened next?"
    return Asked(kind, topic, tuple(filter(None, names)), bool(found.get("one")), bool(found.get("leans")), when)
