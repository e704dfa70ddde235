"""Who "he", "Smith" or "the ministry" is: the fullest form that the article used before, where that is certain."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from assistant.clauses import CLOSED
from assistant.cues import words

_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Prof|Sir|Lord|Lady|Dame|President|Senator|Governor|Mayor"
    r"|Minister|Secretary|Chancellor|Judge|Justice|Chief|Congressman|Congresswoman|Representative|Professor|General"
    r"|Colonel|Captain|Sergeant|King|Queen|Prince|Princess|Pope|Cardinal|Bishop|Archbishop|Ambassador|Commissioner|Speaker)\.?"
)
_WORD = r"(?:[A-Z]\.)+|[A-Z][\w'’-]*\w\.?(?<!\w{4}\.)"
_LINK = r"(?:de|da|del|della|der|van|von|bin|ibn|al|of|for|the|and)"
_RUN = re.compile(rf"(?:{_WORD})(?:[ \u00a0](?:{_LINK}[ \u00a0]){{0,2}}(?:{_WORD}))*")
_GENITIVE = re.compile(r"['’]s?$")
_PERSONAL = {"he": "m", "she": "f", "his": "m", "her": "f", "him": "m"}
_HONORIFIC = {
    **dict.fromkeys(words("Mr Mr. Sir Lord King Prince Congressman"), "m"),
    **dict.fromkeys(words("Mrs Mrs. Ms Ms. Lady Dame Queen Princess Congresswoman"), "f"),
}
_LEAD = re.compile(
    rf"(?:(?:{'|'.join(w.title() for w, tag in CLOSED.items() if w.isalpha() and tag in 'RISBJDTPoW')})[ \u00a0])+"
)
_JOINED = re.compile(r"[ \u00a0](?:of|for|the|and)[ \u00a0]")

# Words that make a run of capitals something else than a person.
_BODIES = frozenset(
    words("""
    party committee commission council university college school house senate congress parliament court ministry
    department agency office bureau association institute institution foundation union league federation group
    company corporation corp inc ltd bank fund force army navy guard police service services board authority
    administration government campaign coalition alliance movement front center centre times post journal news
    herald tribune guardian telegraph press network radio television tv media club team city county state states
    kingdom republic nations street avenue road hospital church democrats republicans conservatives labour americans
    russians poll survey report act bill law day week month january february march april may june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday north south east
    west new united american british french german russian chinese european
    """)
)
# Common nouns by which a body that has been named is named again.
_HEADS = frozenset(
    words("""
    ministry department agency commission committee council court party bank company firm group organisation
    organization association union university institute foundation campaign police board authority office bureau
    government army navy coalition alliance movement network newspaper paper administration league federation fund
    club hospital church charity corporation airline airport regulator embassy
    """)
)
_OFFICES = frozenset(
    words("""
    president senator governor mayor minister secretary chancellor judge justice congressman congresswoman
    representative professor general colonel captain sergeant king queen prince princess pope cardinal bishop
    archbishop ambassador commissioner speaker chief premier
    """)
)


# Given names that are nearly always a man's or a woman's; others don't settle who "he" is.
_MEN = frozenset(
    words("""
    aaron abdul abdullah adam ahmad ahmed alan albert alexander ali andre andrew angus anthony antonio arthur barack
    ben benjamin bernard bernie bill bob boris brad brian bruce carl carlos charles chris christopher chuck colin
    craig dan daniel dave david dean dennis derek diego dmitri dominic don donald doug douglas ed eddie edward
    emmanuel eric ernest francis francisco frank fred gary gavin geoff george gerald giovanni glenn gordon graham
    greg gregory hans harold harry hassan henry hugh hugo hussein ian ibrahim igor ivan jack jacob jacques jake
    james jamie jason javier jean-claude jeff jeffrey jeremy jerome jerry jim jimmy joe joel john jon jonathan jorge
    jose josé joseph josh joshua juan justin karl keith ken kenneth kevin lance larry lawrence leo leonard lewis
    lindsey luis luke marco mario mark martin matt matthew max michael mick mike mitch mitt mohamed mohammad
    mohammed muhammad nathan neil newt nicholas nicolas nigel noah norman oliver omar oscar patrick paul pedro peter
    phil philip pierre rafael ralph ramon rand raymond reince ricardo richard rick rob robby robert roger roland ron
    ronald roy russell ryan sam samuel scott sean sergei sergey simon stephen steve steven stewart stuart ted terry
    theodore thomas tim timothy tobias todd tom tony trevor tyler vernon victor vincent vladimir volodymyr walter
    wayne wesley will william yusuf zachary
    """)
)
_WOMEN = frozenset(
    words("""
    abigail agnes aisha alexandra alice alicia alison amanda amber amina amy ana andrea angela anita ann anna anne
    annie audrey barbara beatrice beth betty beverly brenda bridget camilla carla carly carmen carol caroline
    catherine cecilia charlotte cheryl chloe christina christine cindy claire clara claudia cynthia daisy dana
    danielle debbie deborah denise diana diane donna dorothy eileen elaine eleanor elena elisabeth elizabeth ella
    ellen emily emma erica erin esther eva eve evelyn fatima fiona florence frances gabriela georgia gillian giorgia
    gloria grace gwen hannah harriet heather helen hillary holly huma irene isabel ivana ivanka jacqueline jane
    janet janice jeanne jennifer jenny jessica jill jo joan joanna jodie josephine joyce judith julia julie kamala
    karen kate katherine kathleen kathryn kathy katie kayleigh kelly kellyanne kim kimberly kirsten kristin laura
    lauren leah leila lena liana lily linda lisa liz lois louise lucia lucy lydia lynn maggie margaret maria marie
    marilyn marine marissa martha mary maya megan melania melanie melissa mia michelle mildred miriam molly monica
    nadia nancy naomi natalie natasha nicola nicole nikki nina nora olga olivia pamela patricia paula penny phyllis
    priti rachel rebecca renee rita rosa rose rosemary ruth sally samantha sandra sara sarah sharon sheila shirley
    sofia sonia sophia sophie stella stephanie sue susan suzanne svetlana sylvia tammy tara teresa theresa tina
    tracy ursula valerie vanessa vera veronica victoria virginia vivian wendy yasmin yulia yvonne zainab zoe
    """)
)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of an article in the order of their places; `starts` and `forms` are parallel."""

    starts: list[int] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    first: dict[str, dict[str, int]] = field(default_factory=dict)  # word → longer names with it → first place

    def with_word(self, word: str, before: int) -> list[str]:
        """The names of several words with this one among them that had stood in the article by then."""
        return [form for form, start in self.first.get(word.lower(), {}).items() if start < before]

    def between(self, start: int, end: int) -> list[str]:
        return self.forms[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


FORMS_KEPT = 20  # for each word; an article names fewer, and text that is no article can't make the look-up slow
NEAR = 1000  # characters that a pronoun may stand behind the speaker it means


@dataclass(frozen=True, slots=True)
class Said:
    """An earlier speaker: the resolved form, where it stood, and its gender where the article gave it."""

    speaker: str
    end: int
    gender: str | None


def names(text: str) -> Names:
    """Runs of capitalised words; a sentence's first word alone is no name."""
    found = Names()
    for match in _RUN.finditer(text):
        form = _GENITIVE.sub("", match.group())
        lead = _LEAD.match(form)
        cut = lead.end() if lead else 0
        for piece, offset in _pieces(form[cut:], cut):
            found.starts.append(match.start() + offset)
            found.forms.append(piece)
            parts = piece.lower().split()
            for word in parts if 1 < len(parts) < 9 else ():
                places = found.first.setdefault(word, {})
                if len(places) < FORMS_KEPT:
                    places.setdefault(piece, match.start() + offset)
    return found


def _pieces(form: str, start: int) -> list[tuple[str, int]]:
    """A run as one name, and where “of”, “for” or “and” joins it also as its parts, each with its place."""
    parts: list[tuple[str, int]] = [(form, start)]
    at = 0
    joins = list(_JOINED.finditer(form))
    for join in joins:
        parts.append((form[at : join.start()], start + at))
        at = join.end()
    if joins:
        parts.append((form[at:], start + at))
    return parts


def bare(source: str) -> str:
    """A source without appositions, relative clause and closing comma; a name in it goes before a description."""
    head, *rest = re.split(r",| who | which | that | -|—| on [A-Z][a-z]+day\b", source.replace("\n", " "))
    named = rest[0].strip() if rest else ""
    if person(named) and not head.strip().rpartition(" ")[2][:1].isupper():
        head = named
    place = re.match(r"(.+?) (?:of|from|at|for) ", head)
    if place and person(place[1]):
        head = place[1]
    return _GENITIVE.sub("", head.strip(" ,;:-–—"))


def person(name: str) -> bool:
    """Does a form look like a person's name? Two to five capitalised words, none of them a body's."""
    words = name.split()
    return (
        1 < len(words) < 6
        and all(w[0].isupper() for w in words)
        and not any(w.lower().strip(".") in _BODIES for w in words)
    )


def _surname(name: str) -> str:
    words = [w for w in name.split() if w not in ("Jr.", "Jr", "Sr.", "Sr", "II", "III")]
    return words[-1] if words else name


def _given(name: str) -> frozenset[str]:
    """The words of a name before its surname that are neither titles nor initials."""
    return frozenset(w for w in name.split()[:-1] if not re.fullmatch(_TITLE, w) and len(w.strip(".")) > 1)


def resolve(source: str, start: int, known: Names, history: list[Said]) -> tuple[str, str | None]:
    """The fullest earlier form of a source at `start`, and its gender where known; unsure, the source's own words."""
    own = bare(source)
    lower = own.lower()
    if lower in _PERSONAL:
        return _pronoun(_PERSONAL[lower], start, known, history) or own, _PERSONAL[lower]
    if lower in ("they", "it", "we", "i", "you"):
        return own, None
    gender = _gender(own)
    words = own.split()
    if words and words[-1][:1].isupper():
        fuller = _fuller(own, gender, start, known)
        return fuller, gender or _gender(fuller)
    if len(words) > 1 and words[0].lower() in ("the", "this", "that") and len(words) < 4:
        return _body(words[-1], start, known) or own, gender
    return own, gender


def _gender(name: str) -> str | None:
    """m, f or, where neither title nor given name settles it, None."""
    for word in name.split():
        if word in _HONORIFIC:
            return _HONORIFIC[word]
    for word in name.lower().split()[:-1]:
        if word in _MEN:
            return "m"
        if word in _WOMEN:
            return "f"
    return None


def _fuller(own: str, gender: str | None, start: int, known: Names) -> str:
    """“Smith”, “Mr. Smith” → “Jane Smith”, unless two people before share the surname."""
    surname = _surname(own)
    words = [w for w in own.split() if not re.fullmatch(_TITLE, w)]
    if len(words) != 1:
        return own
    near = known.with_word(surname, start)
    forms = [f for f in near if person(f) and _surname(f) == surname and _given(f)]
    forms = [f for f in forms if gender is None or _gender(f) in (None, gender)]
    shared = frozenset.intersection(*map(_given, forms)) if forms else frozenset()
    return max(forms, key=len) if shared else own


def _body(head: str, start: int, known: Names) -> str | None:
    """“the ministry” → “Defence Ministry”, “the president” → “President Jane Doe”, where only one was named."""
    head = head.lower()
    if head not in _HEADS and head not in _OFFICES:
        return None
    found = known.with_word(head, start)
    longest = max(found, key=len, default=None)
    if longest is None or any(f not in longest for f in found):
        return None
    return longest


def _pronoun(gender: str, start: int, known: Names, history: list[Said]) -> str | None:
    """The last speaker of that gender, unless another person who could be meant was named since."""
    for said in reversed(history[-4:]):
        if said.gender not in (None, gender) or not said.speaker[:1].isupper():
            continue
        if start - said.end > NEAR:
            return None
        since = (n for n in known.between(said.end, start) if person(n) and _gender(n) in (None, gender))
        others = {_surname(n) for n in since} - {_surname(said.speaker)}
        return said.speaker if (said.gender == gender or person(said.speaker)) and not others else None
    near = known.between(max(0, start - NEAR // 2), start)
    recent = [n for n in near if person(n) and _gender(n) in (None, gender)]
    return recent[-1] if recent and len({_surname(n) for n in recent}) == 1 else None
