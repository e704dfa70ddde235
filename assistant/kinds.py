"""Kinds of question that are no search for a fact: each is recognised by its whole form, never by a word in it.

A question of fact that is taken for something else gets a wrong answer; the other way round it gets a plainer one. So
a form must match from the first word to the last, names must be written as names, and whatever is left over is a fact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.conversation import courtesy

Kind = Literal[
    "greeting", "thanks", "doubt",  # courtesies
    "holdings", "articles", "newest", "oldest", "new",  # what the library has
    "about", "summary", "timeline", "who", "said", "compare",  # what the articles say
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A recognised question. Names and topics are the person's own words."""

    kind: Kind
    topic: str | None = None  # what it is about
    names: tuple[str, ...] = ()  # who is asked about; the two outlets of a comparison
    one: bool = False  # "this article", not these


_CAPITAL = r"(?:(?:[A-Z]\.)+|[A-ZÀ-ÖØ-Þ](?:[\w.-]|'(?!s\b))*)"
_PARTS = {
    "article": r"(?:news )?(?:article|story|report|piece|text)",
    "articles": r"(?:news )?(?:articles|stories|reports|pieces|texts|news|coverage)",
    "one": r"(?P<one>(?:this|that|the|my) <article>|this)",
    "several": r"(?:(?:(?:all|all of|both|both of) )?(?:these|those|the|my|our|all) )?<articles>",
    "here": r"(?:in|of|from) (?:this|that|the|these|those) (?:<article>|<articles>)",
    "library": r"(?:here|(?:in )?(?:the|my|your|this) (?:library|set|collection))",
    "which": r"(?:(?:what|which)(?: is|'s)? |show (?:me )?)?",
    "holding": r"(?:articles|outlets|sources|newspapers)",
    "on": r"(?:about|on|concerning|regarding|covering|mentioning|that mentions?)",
    "topic": r"(?P<topic>\S.*)",
    "short": r"(?:(?:an?|the) )?(?:(?:short|brief|quick) )?",
    "sum": r"(?:summari[sz]e|sum up|recap|outline)",
    "summary": r"<short>(?:summary|overview|gist)",
    "timeline": r"<short>(?:timeline|time line|chronology)",
    "title": r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|<office>)\.? )",
    "office": r"(?:[Cc]ouncillor|[Pp]resident|[Mm]ayor|[Ss]enator|[Mm]inister|[Jj]udge)",
    "particle": r"(?:de|da|del|della|der|den|van|von|bin|ibn|al|el|la|le|of|the|and|&)",
    "person": rf"<title>?{_CAPITAL}(?: (?:<particle> ){{0,2}}{_CAPITAL}){{0,4}}",
    "speaker": r"(?P<name>(?:[Tt]he (?:[a-z]+ ){0,2})?<person>)",
    "remarks": r"(?:[Qq]uotes|[Ss]tatements|[Rr]emarks)",
    "coverage": r"(?:reports?|reporting|coverage)",
    "outlet": r"(?P<name>(?:[Tt]he )?<person>)(?:'s?)?",
    "other": r"(?P<other>(?:[Tt]he )?<person>)(?:'s?)?",
}
# One form a line, in plain words and regular expressions; <parts> stand above.
_ANY_CASE: dict[Kind, str] = {
    "holdings": r"""
        what do (?:i|you|we) have(?: <library>)?
        what(?: is|'s) in (?:the|my|your|this) (?:library|set|collection)
        (?:what|which|how many) <holding>(?: (?:do|have) (?:i|you|we) (?:have|got)| are there| are)?(?: <library>)?
        what can (?:i|you) (?:ask|answer|do)(?: you)?(?: about| <library>)?
        (?:show|describe) (?:the|my) library
    """,
    "newest": r"<which>the (?:newest|latest|most recent) <article>(?: <on> <topic>)?",
    "oldest": r"<which>the (?:oldest|earliest) <article>(?: <on> <topic>)?",
    "articles": r"""
        (?:list|show|name)(?: me)?(?: (?:all|all of the|all the|the|my))? <articles>(?: <on> <topic>)?
        (?:which|what) (?:articles|stories) (?:(?:are )?<on>|mention|deal with|cover) <topic>
        (?:which|what) (?:articles|stories) (?:do (?:i|you|we) have|are there) <on> <topic>
        are there any (?:articles|stories) <on> <topic>
    """,
    "new": r"""
        what(?: is|'s) (?:new|the news|the latest|the latest news)(?: (?:about|on|with) <topic>)?
        (?:is there |are there )?any(?:thing)? (?:new|news|newer articles)(?: (?:about|on|with) <topic>)?
        what (?:has been|was) (?:reported|published|added)(?: (?:about|on) <topic>)?
        what has happened(?: in the news)?
        the (?:latest )?news(?: (?:about|on) <topic>)?
    """,
    "about": r"""
        what(?: is|'s| was) <one>(?: all)? about
        what(?: is|'s| was) the <article> <on> <topic> about
        what (?:does|did) <one> (?:say|report|cover|discuss|deal with)
        what(?: is|'s) in (?:<one>|<several>)
        what (?:are|do) <several> (?:(?:all )?about|say|report|cover|deal with)
    """,
    "summary": r"""
        <sum>(?: <one>| it| everything| them(?: all)?| <several>)?(?: briefly| in short| in a few sentences)?
        <sum> (?:<one>|<several>) <on> <topic>
        <sum> <topic>
        <summary>(?: (?:of|on) (?:<one>|it|everything|<several>))?
        <summary> of (?:<one>|<several>) <on> <topic>
        <summary> (?:of|on) <topic>
        (?:what(?: are|'s| is) )?the (?:main|key|most important) points?(?: <here>)?
        tl;?dr|in short
    """,
    "timeline": r"""
        <timeline>(?: (?:of|for) (?:<one>|<several>|(?:the )?events|it))?
        <timeline> (?:of|for|on|about) <topic>
        what happened when|when did what happen
        in (?:what|which) order did (?:it|things|events|the events|everything|all this) (?:all )?happen
    """,
}
_AS_WRITTEN: dict[Kind, str] = {  # where a name must stand, its capitals count
    "who": r"""
        [Ww]ho(?: is| was| are| were|'s) (?P<name><person>)(?: here| <here>)?
        [Tt]ell me who (?P<name><person>)(?: is| was)(?: here| <here>)?
    """,
    "said": r"""
        [Ww]hat (?:did|does|do|has|have) <speaker> (?:say|said)(?: (?:about|on) <topic>)?
        [Ww]hat (?:is|was|were) <speaker> quoted as saying(?: (?:about|on) <topic>)?
        (?:[Ll]ist )?(?:[Aa]ll |[Tt]he |[Aa]ll the )?<remarks> (?:by|from|of) <speaker>(?: (?:about|on) <topic>)?
        (?:[Ll]ist )?(?:[Ee]verything|[Aa]ll)(?: that)? <speaker> (?:said|says|has said)(?: (?:about|on) <topic>)?
    """,
    "compare": r"""
        [Cc]ompare <outlet> (?:and|with|to|versus|vs\.?) <other>(?: <coverage>)?(?: (?:on|about|of) <topic>)?
        [Cc]ompare (?:what|how) <outlet> and <other> (?:say|write|report|cover)(?: (?:on|about))? <topic>
        (?:[Hh]ow|[Ww]here|[Oo]n what) do <outlet> and <other> (?:differ|disagree|compare)(?: (?:on|about) <topic>)?
        (?:[Ww]hat are )?(?:[Tt]he )?differences? between <outlet> and <other>(?: <coverage>)? (?:on|about) <topic>
    """,
}
_PRONOUNS = frozenset("he she it they we i you who that this there his her their".split())
_POLITE = re.compile(
    r"(?:(?:please|pls|ok(?:ay)?|so|and|now|then|well|hi|hello|hey),? "
    r"|(?:can|could|would|will) you (?=(?:please )?(?:sum|recap|outline|give|make|show|list|tell|write|compare))"
    r"|i(?:'d like|'d| would like| want| need) (?:to (?:see|have) )?"
    r"|(?:give|show|make|write|draw up)(?: me)? (?=an? |the (?:main|key|most|timeline|summary|gist)))+",
    re.IGNORECASE,
)
_AFTER = re.compile(r",? (?:please|pls|for me)$", re.IGNORECASE)
# A cheap first look: a question without any of these has none of the forms.
_HINT = re.compile(
    r"\b(?:summar|sum up|recap|outline|overview|gist|tl;?dr|in short|time ?line|chronolog|order did|happened"
    r"|news|coverage|texts?\b|pieces?\b|articles?\b|stor(?:y|ies)\b|reports?\b|outlets|sources|newspapers"
    r"|published|reported|added|new(?:er)?\b|latest|this (?:all )?about|about this|points?\b"
    r"|what do (?:i|you|we) have|library|what can|say|said|saying|quotes|statements|remarks|compare|differ"
    r"|disagree|who)",
    re.IGNORECASE,
)


def _compiled() -> list[tuple[Kind, re.Pattern[str]]]:
    made = []
    for table, flags in ((_ANY_CASE, re.IGNORECASE), (_AS_WRITTEN, 0)):
        for kind, lines in table.items():
            forms = (_expanded(line.strip()) for line in lines.strip().splitlines())
            made += [(kind, re.compile(form, flags)) for form in forms]
    return made


def _expanded(form: str) -> str:
    part = re.search(r"(?<!\?P)<([a-z]+)>", form)
    return _expanded(form[: part.start()] + _PARTS[part[1]] + form[part.end() :]) if part else form


_FORMS = _compiled()


def recognise(question: str) -> Asked | None:
    """The kind of a question and what it names, or None for an ordinary one, which is searched and read."""
    kind = courtesy(question)
    if kind:
        return Asked(kind)
    words = " ".join(question.split()).replace("’", "'").strip(" .!?…")
    words = _AFTER.sub("", words)
    polite = _POLITE.match(words)
    words = words[polite.end() :] if polite else words
    if not _HINT.search(words):
        return None
    for name, form in _FORMS:
        match = form.fullmatch(words)
        if match:
            return _asked(name, match.groupdict())
    return None


def _asked(kind: Kind, found: dict[str, str | None]) -> Asked | None:
    names = tuple(n.strip() for n in (found.get("name"), found.get("other")) if n)
    if any(n.split()[0].lower() in _PRONOUNS for n in names):
        return None
    return Asked(kind, found.get("topic"), names, bool(found.get("one")))
