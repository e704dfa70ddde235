"""A conversation: what a question means after the turns before it, and what in it is no question at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Choice, Reading, Turn
from assistant.typed import bare
from index.search import STOP_WORDS

Courtesy = Literal["greeting", "thanks", "farewell", "help", "insult", "doubt", "nod"]

_COURTESIES: tuple[tuple[Courtesy, re.Pattern[str]], ...] = tuple(
    (name, re.compile(form, re.IGNORECASE | re.VERBOSE))
    for name, form in (
        (
            "greeting",
            r"""(?:(?:hi|hello|hallo|helo|hey|hiya|howdy|yo|greetings|(?:good\ )?(?:morning|afternoon|evening)
            |good\ day)(?:\ (?:there|again|everyone|all|you|hi))*)?
            (?:[,!.]*\ *(?:how\ (?:are\ you|is\ it\ going)|how's\ it\ going)(?:\ (?:today|doing))*)?""",
        ),
        (
            "thanks",
            r"""(?:(?:ok(?:ay)?|great|perfect|cool|nice(?:\ one)?|awesome|brilliant|got\ it
            |(?:that's|that\ is)\ (?:great|all|it))[,.!]*\ )*
            (?:many\ |very\ many\ )?(?:thanks|thank\ you|thanx|tks|ty|cheers|ta|much\ appreciated)
            (?:\ (?:a\ lot|so\ much|very\ much|again|for\ (?:your|the|that|this)(?:\ help|\ answer)?))*
            (?:[,.!]*\ (?:that(?:'s|\ is|\ was)\ all|that\ helps|that\ helped
            |(?:that|this)\ (?:was|is)\ (?:very\ )?helpful))?""",
        ),
        (
            "farewell",
            r"""(?:(?:ok(?:ay)?|(?:many\ )?thanks|thank\ you|thx|cheers)(?:\ (?:a\ lot|so\ much|very\ much))?[,.!]*
            (?:\ and)?\ )*
            (?:bye(?:\ bye)?|goodbye|see\ you(?:\ later)?|good\ night|that's\ all)(?:\ (?:then|for\ now))?""",
        ),
        (
            "nod",
            r"""(?:(?:ok(?:ay)?|k|yes|yep|yeah|yup|no|nope|right|fine|good|great|nice|cool|wow|hm+|ah+a?|oh|i\ see
            |got\ it|understood|all\ ?right|(?:how\ |very\ )?interesting|perfect|excellent|true|indeed|sounds\ good
            |makes\ sense|please|of\ course|no\ problem|never\ ?mind|go\ ahead)[,.!]*(?:\ |$))+""",
        ),
        (
            "help",
            r"""(?:(?:please|(?:can|could|would|will)\ you|i\ need(?:\ some|\ your)?)\ )*(?:please\ )?
            help(?:\ me)?(?:\ out)?(?:\ please)?|who\ are\ you
            |what\ (?:are|is)\ (?:you|this(?:\ (?:page|site|app|program|tool))?)
            |(?:how\ (?:does|do)\ (?:this|it|you)\ work|how\ do\ i\ use\ (?:this|it)|what\ should\ i\ ask)
            |are\ you\ (?:a\ )?(?:human|robot|bot|ai|real)""",
        ),
        (
            "insult",
            r"""(?:you(?:'re|\ are)?|this\ is|what\ an?)\ (?:(?:so|such|really|a|an|fucking|bloody)\ )*
            (?:stupid|useless|dumb|idiots?|moron|rubbish|garbage|crap|shit|bullshit|liar|terrible|awful|suck)
            (?:\ (?:bot|ai))?
            |(?:fuck|screw)\ (?:you|off|this)|shut\ up|idiot|wtf|bullshit|stupid(?:\ bot)?""",
        ),
        (
            "doubt",
            r"""(?:but\ )?(?:
            (?:are\ )?you\ (?:(?:really|quite|absolutely|100%)\ )*(?:sure|certain)
                (?:\ (?:about|of)\ (?:that|this|it)|\ (?:that|this|it)(?:'s|\ is)\ (?:right|true|correct))?
            |sure|really|is\ (?:that|this|it)\ (?:really\ )?(?:right|true|correct|certain|so)
            |(?:can|could|would)\ you\ (?:please\ )?(?:check|double[-\ ]check|verify)(?:\ (?:that|this|it))?(?:\ again)?
            |(?:please\ )?(?:check|double[-\ ]check|verify)(?:\ (?:that|this|it)(?:\ again)?|\ again)
            |how\ (?:sure|certain|confident)\ are\ you(?:\ (?:about|of)\ (?:that|this|it))?
            |how\ do\ you\ know(?:\ (?:that|this))?|where\ did\ you\ get\ (?:that|this|it)(?:\ from)?
            |who\ (?:says|said)\ (?:so|that|this|it)|says\ who|prove\ it
            |(?:that|this|it)(?:'s|\ is)\ (?:wrong|not\ (?:right|true))
            |(?:that|this|it)\ (?:can't|cannot)\ be\ (?:right|true)|i\ (?:don't|do\ not)\ believe\ (?:that|this|it|you)
            |(?:what(?:\ is|'s)\ )?(?:your|the)\ evidence(?:\ for\ (?:that|this|it))?
            |is\ there\ (?:any\ )?evidence\ against\ (?:it|that|this)|what\ speaks\ against\ (?:it|that|this)
            )(?:\ please)?""",
        ),
    )
)


def courtesy(question: str) -> Courtesy | None:
    """A greeting, thanks, a nod, a doubt of the answer before ("are you sure?"); None where something else is asked."""
    words = bare(question)
    return next((name for name, form in _COURTESIES if words and form.fullmatch(words)), None)


# "How much has it risen, and since when?": its first part alone is often read better than both together.
TWO_PARTS = re.compile(
    r"(?P<first>.{15,}?),? and (?P<second>(?:(?:since|until|from|by|for|at) )?"
    r"(?:when|where|who|whom|why|how|what|which)\b.*?)\s*\??\s*$",
    re.IGNORECASE | re.DOTALL,
)


SAYS_ALL = 4  # words of its own from which a question needs no turn before it
_LEANING = frozenset(
    """he she it they him her them his hers its their theirs that this these those there one ones then else other
    others another same so too also more again""".split()
)
_POSSESSIVE = frozenset("his her hers its their theirs".split())
_OPENERS = frozenset("and but or so for in at on by with from since until because".split())


_ANOTHER = re.compile(
    r"(?:(?:and|but|or|so|then)(?:,? (?:what|how) about)?|(?:what|how) about) "
    r"(?!(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b)"
    r"[^?]+\??",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to understand a question, in the words to search and read by."""

    words: str
    reading: Reading = "alone"


def readings(
    question: str, history: Sequence[Turn], chosen: Reading | None = None, one_article: bool = False
) -> list[Sense]:
    """The ways to understand a question: alone, by its first part, or after the last turn's question and answer.

    Nothing is rewritten, so a reading can't drift: the assistant asks each and keeps the surer, unless the person has
    chosen one, or the question says all itself. In one article all is about one thing, and both are asked.
    """
    before = leant_on(history)
    if before is None:
        first = TWO_PARTS.match(question)
        return [Sense(question), Sense(f"{first['first']}?")] if first else [Sense(question)]
    after = f"{_spoken_before(history, before)} {question}"
    senses = [Sense(question), Sense(after, "after")]
    if chosen is None and not one_article and stands_alone(question, one_article):
        return senses[:1]
    return [sense for sense in senses if chosen in (None, sense.reading)]


def _spoken_before(history: Sequence[Turn], before: Turn) -> str:
    """The question and answer that a question leans on; where that question leant itself, after the one before it."""
    turns = said(history)
    place = max((i for i, turn in enumerate(turns) if turn is before), default=0)
    earlier = turns[place - 1 : place] if place and leans(before.question) else []
    return " ".join(f"{turn.question} {turn.answer}" for turn in (*earlier, before))


def stands_alone(question: str, one_article: bool) -> bool:
    """Does a question name all that it is about, and point to nothing before it?

    In one article "the driver" is enough; in many, the turn before may tell which one.
    """
    own = own_words(question)
    if leans(question) or len(own) < 2:
        return False
    return one_article or len(own) >= SAYS_ALL or bool(re.search(r"(?<!^)(?<![.?!] )\b[A-Z]\w+", question))


def leans(question: str) -> bool:
    """Does a question point to what was said before it, or have no word of its own?"""
    words = re.findall(r"\w+", question.lower())
    own = own_words(question)
    if not own or words[0] in _OPENERS:
        return True
    before = words[: words.index(own[0])]  # "leave their homes" is said of the people that were named before
    return any(word in before if word in _POSSESSIVE else word in words for word in _LEANING)


def names_another(question: str) -> bool:
    """Does a question only name another thing to ask the same about: "and the council?", "what about the jet?"."""
    return bool(_ANOTHER.fullmatch(question.strip()))


def own_words(question: str) -> list[str]:
    """The words of a question that say what it is about."""
    words = re.findall(r"\w+", question.lower())
    return [word for word in words if word not in STOP_WORDS and word not in _LEANING]


def said(history: Sequence[Turn]) -> list[Turn]:
    """The turns that a question can lean on: greetings, thanks and doubts say nothing of the articles."""
    return [turn for turn in history if courtesy(turn.question) is None]


def before_courtesies(history: Sequence[Turn]) -> Sequence[Turn]:
    """The turns without the greetings and thanks at their end: what is asked next goes on from what stands before."""
    turns = list(history)
    while turns and courtesy(turns[-1].question) is not None:
        turns.pop()
    return turns


def leant_on(history: Sequence[Turn]) -> Turn | None:
    """The turn that a question leans on: the last one, or the one before it where that leant itself and found nothing.

    "Why?" that nothing was found for says nothing of what is spoken of.
    """
    turns = said(history)
    found = (turn for turn in reversed(turns) if turn.answer or turn.articles or not leans(turn.question))
    return next(found, turns[-1] if turns else None)


def doubted(question: str, history: Sequence[Turn]) -> tuple[str, Sequence[Turn]] | None:
    """The question that "are you sure?" is about, with the turns before it; None for any other question."""
    asked = said(history)
    if courtesy(question) != "doubt" or not asked:
        return None
    return asked[-1].question, asked[:-1]


def chosen(question: str, history: Sequence[Turn]) -> Choice | None:
    """Which of the choices that the last turn gave is typed: by its number, or by words that it alone has."""
    choices = history[-1].choices if history else ()
    words = _words(question)
    if not choices or not words:
        return None
    place = _PLACES.get(" ".join(w for w in words if w not in _AROUND_A_PLACE) or words[-1])
    if place is not None:
        return choices[place] if place < len(choices) else None
    named = set(words) - _LITTLE
    same = [choice for choice in choices if _words(choice.words) == words]
    if same:
        return same[0]
    meant = [choice for choice in choices if named and named <= set(_words(choice.words))]
    return meant[0] if len(meant) == 1 else None


def the_other(question: str, history: Sequence[Turn]) -> tuple[Choice, Sequence[Turn]] | None:
    """The choice not taken of the last two that were given ("and the other Daniel Marsh?"), and the turns up to them.

    Where none has been taken, the answer was about the first.
    """
    asked = _OTHER.fullmatch(bare(question))
    turns = said(history)
    place = next((i for i in reversed(range(len(turns))) if turns[i].choices), None)
    if asked is None or place is None or len(turns[place].choices) != 2:
        return None
    first, second = turns[place].choices
    named = set(_words(asked["name"])) - _LITTLE
    if not named <= set(_words(first.words)) & set(_words(second.words)):
        return None
    last = set(turns[-1].articles)
    taken = [choice for choice in (first, second) if last & set(choice.articles)]
    if len(taken) != 1 and place < len(turns) - 1:
        return None
    return (first if taken == [second] else second), turns[: place + 1]


_OTHER = re.compile(r"(?:(?:and|but|so|then|what about|how about),? )*the other (?P<name>\S.*)", re.IGNORECASE)
_LITTLE = frozenset("the one ones a an and about of in at on i mean meant please so then what how ok other".split())
_AROUND_A_PLACE = frozenset("the one number article and so then what how about".split())
_PLACES = {
    name: place
    for place, names in enumerate(("1 first 1st one", "2 second 2nd", "3 third 3rd", "4 fourth 4th", "5 fifth 5th"))
    for name in names.split()
}


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())
