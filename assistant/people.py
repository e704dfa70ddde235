"""Who somebody is: the roles that articles give a name, and whether two articles mean one person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.clauses import CLOSED
from assistant.lexicon import HONORIFICS, one_of
from assistant.namesakes import same_speaker
from assistant.speakers import names
from index.articles import Article


@dataclass(frozen=True, slots=True)
class Role:
    """`article.text[start:end]` says who a name is: "the goalkeeper and captain", "who leads the opposition"."""

    article: Article
    start: int
    end: int
    rank: int  # 0: says it best

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Person:
    """The roles of one person, best first, and the ids of the articles that give them."""

    roles: tuple[Role, ...]
    articles: tuple[str, ...]


_ROLES = frozenset(
    """
    activist actor actress adviser advisor agent ambassador analyst archbishop artist astronaut athlete attorney
    author baker baron billionaire bishop boss boxer brother builder businessman businesswoman campaigner candidate
    captain cardinal carpenter chair chairman chairperson chairwoman champion chancellor chief co-founder coach
    colonel columnist comedian commander commissioner composer congressman congresswoman constable contractor
    coordinator coroner correspondent councillor councilman councilwoman counsel critic curator dancer daughter dean
    democrat deputy designer detective developer diplomat director doctor driver economist editor engineer
    entrepreneur envoy executive farmer father fighter firefighter fisherman founder friend general goalkeeper
    governor guitarist head headmaster headteacher heir historian host husband inspector inventor investigator
    investor journalist judge jurist king landlord lawmaker lawyer leader lecturer legislator librarian lieutenant
    lord magistrate major manager mayor mechanic member merchant midwife millionaire minister model monk mother mp
    musician neighbor neighbour nephew niece novelist nun nurse officer official operator organiser organizer owner
    painter partner pastor philosopher photographer physicist pianist pilot player playwright plumber poet policeman
    policewoman politician pope postman premier presenter president priest prince princess principal producer
    professor programmer prosecutor psychologist publisher queen rabbi ranger rapper referee regulator reporter
    representative republican researcher resident reverend runner sailor scientist sculptor secretary senator
    sergeant sheriff shopkeeper singer sister skipper soldier solicitor son speaker spokesman spokesperson
    spokeswoman star storekeeper striker student superintendent superstar surgeon surveyor swimmer teacher
    technician tenant trader trainer treasurer trustee tycoon veteran vicar victim volunteer warden widow widower
    wife winner witness worker writer
    """.split()
)
_MODIFIERS = frozenset(
    """
    acting chief deputy ex former foreign finance first great head home interim joint junior late lead new old prime
    senior vice shadow retired local national county city town regional state federal general managing executive
    district police fire school club team project union party opposition parliamentary presidential football royal
    assistant associate
    """.split()
)
_HONORIFIC = rf"(?:(?:{one_of(HONORIFICS)})\.? )?"
_TITLES = re.compile(rf"^(?:(?:{one_of(HONORIFICS)})\.? |(?:{one_of(_ROLES)}) )+", re.IGNORECASE)
_OWNER = r"(?:[A-Z][\w&-]*(?: [A-Z][\w&-]*)*(?:['’]s|s['’]))"
_DETERMINER = rf"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Oo]ne of|{_OWNER})"
_PLAIN = r"[^,.;:!?“”\"()\n–—]"
_STOP = (
    r"(?=[,.;:!?)”\"]|$| [–—]|(?<! that)(?<! who)(?<! which) (?:said|says|told|added|has|had|was|is|were|will|would)\b)"
)
_END = r"(?=[,.;:!?”\"]| who | and (?:is|was|has)|$)"
_AFTER = (  # what follows a name, with how well it says who that is
    (0, re.compile(rf",(?: (?:aged )?\d{{1,3}},)? (?P<role>{_DETERMINER} {_PLAIN}{{2,90}}?){_STOP}")),
    (1, re.compile(rf" (?:is|was|are|were|became|remains) (?P<role>(?:the|an?|one of|its) {_PLAIN}{{2,90}}?){_END}")),
    (2, re.compile(rf",? (?P<role>of (?:the )?{_PLAIN}{{2,60}}?){_STOP}")),
    (3, re.compile(rf", (?P<role>who (?!said|says|told|added|asked){_PLAIN}{{3,110}})(?=[,.;:!?”\"]|$)")),
    (0, re.compile(r" \((?P<role>[a-z][^()\d]{3,60})\)")),
)  # fmt: skip
_BARE = re.compile(rf",(?: (?:aged )?\d{{1,3}},)? (?P<role>[a-z]{_PLAIN}{{2,90}}?){_STOP}")
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w’'-]* $")
_BREAK = re.compile(r"[,.;:!?“”\"()\n]")
_REACH = 100  # characters before a name that may say who it is
# No role: somebody speaking of themselves, a phrase cut at an abbreviation, "of Vermont and Rep".
_UNFIT = re.compile(r"\b(?:I|[Ww]e|[Yy]ou)\b|\b(?:St|Mr|Mrs|Dr|Rep|Sen|Gov|No)$|^of\b.* (?:and|have|has|are)\b|\s$")
BODIES = frozenset("agency band charity club company council firm group organisation organization party union".split())
_VERBS = frozenset(
    ["is", "was", "are", "were", "has", "had", "said", "says", "told", "will", "would", "that", "who", "when", "as"]
)
_PREPOSITIONS = frozenset(
    ["in", "at", "on", "from", "of", "after", "with", "by", "to", "for", "near", "under", "before", "into"]
)


def bare_name(name: str) -> str:
    """A name without titles: "Councillor Daniel Marsh" is asked about as "Daniel Marsh"."""
    return _TITLES.sub("", name).strip() or name


def roles(article: Article, name: str) -> list[Role]:
    """Every apposition and role that an article gives a name, by place."""
    found: dict[tuple[int, int], Role] = {}
    for start, end in _places(article.text, bare_name(name)):
        for role in (*_after(article, end), *_before(article, start, end), *_titled(article, start)):
            if not _UNFIT.search(role.text):
                found.setdefault((role.start, role.end), role)
    return sorted(found.values(), key=lambda r: r.start)


def _places(text: str, name: str) -> list[tuple[int, int]]:
    """Where a name stands: in full, or its last word alone once the full name was given."""
    words = [re.escape(w) for w in name.split()]
    whole = r"[ \u00a0\n](?:[A-Z]\.? )?".join(words)
    full = [m.span() for m in re.finditer(rf"(?<!\w){whole}(?!\w|-\w)", text)]
    if not full or len(words) == 1:
        return full
    # A capitalised word before it makes it another's name.
    alone = re.finditer(rf"(?<![\w’'-]){words[-1]}(?![\w-])", text)
    later = [m.span() for m in alone if m.start() > full[0][0] and not _CAPITAL_BEFORE.search(text, 0, m.start())]
    return full + later


def _after(article: Article, end: int) -> Iterator[Role]:
    for rank, form in _AFTER:
        match = form.match(article.text, end)
        if match:
            yield Role(article, *match.span("role"), rank)
    match = _BARE.match(article.text, end)
    if match and _ROLES & set(re.findall(r"[\w-]+", match["role"])[:4]):
        yield Role(article, *match.span("role"), 0)


def _before(article: Article, start: int, end: int) -> Iterator[Role]:
    """“the chief fire officer, Ingrid Sollace,”: the noun phrase before the comma before a name."""
    text = article.text
    comma = re.search(rf", {_HONORIFIC}$", text[max(0, start - 12) : start])
    if not comma or not re.match(r"[,.;:!?)”\"]|$", text[end : end + 1]):
        return
    last = start - len(comma.group())
    first = _phrase_start(text, last)
    for match in re.finditer(rf"(?<!\w){_DETERMINER} ", text[first:last]):
        at = first + match.start()
        words = re.findall(r"[\w’'-]+", text[at:last])
        led = re.findall(r"\w+", text[first:at].lower())[-1:]
        heads = (_ROLES | BODIES) & {w.lower() for w in words}
        called = words[-1].lower() in _ROLES  # "of the mayor, Helen Marsh": the mayor is she, whatever stands before
        if len(words) <= 10 and heads and not _VERBS & set(words) and (called or not _PREPOSITIONS & set(led)):
            yield Role(article, at, last, 0)
            return


def _titled(article: Article, start: int) -> Iterator[Role]:
    """“Councillor Daniel Marsh”, “the former mayor Jane Doe”: role nouns right before a name."""
    text = article.text
    honorific = re.search(rf"{_HONORIFIC}$", text[max(0, start - 6) : start])
    last = start - len(honorific.group() if honorific else "")
    if text[last - 1 : last] != " ":
        return
    last -= 1
    first = _phrase_start(text, last)
    words = list(re.finditer(r"[\w’'-]+", text[first:last]))
    begin = None
    for word in reversed(words):
        plain = word.group().lower().removeprefix("ex-")
        capital = word.group()[0].isupper() and plain not in CLOSED
        modifies = plain in _MODIFIERS or capital or plain.endswith(("’s", "'s"))
        if plain not in _ROLES and (begin is None or not modifies):
            break
        begin = first + word.start()
    if begin is None and words and (article.language or "").startswith("de") and words[-1].group()[0].isupper():
        begin = first + words[-1].start()  # German writes nouns large: "sagte Bürgermeisterin Katrin Vollmer"
    if begin is not None:
        determiner = re.search(r"(?<!\w)(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) $", text[first:begin])
        yield Role(article, first + determiner.start() if determiner else begin, last, 1)


def _phrase_start(text: str, end: int) -> int:
    """Where the stretch without punctuation that ends here begins."""
    first = max(0, end - _REACH)
    return max((first + m.end() for m in _BREAK.finditer(text[first:end])), default=first)


def people(articles: Sequence[Article], name: str) -> list[Person]:
    """The people of a name in some articles, apart where neither their roles nor the rest of the articles meet.

    Articles mean one person where their roles share a word, or where they name two other people or bodies in common.
    A role that stands in the name already ("Princess") says nothing.
    """
    groups: list[tuple[set[str], list[set[str]], list[Role]]] = []
    for article in articles:
        own = [role for role in roles(article, name) if not content_of(role.text) <= content_of(name)]
        if not own:
            continue
        said = {w for role in own for w in content_of(role.text)}
        others = {f for f in names(article.text).forms if " " in f and not same_speaker(f, bare_name(name))}
        merged = (said, [others], own)
        apart = []
        for group in groups:
            if group[0] & said or any(len(o & others) >= 2 for o in group[1]):
                merged = (group[0] | merged[0], group[1] + merged[1], group[2] + merged[2])
            else:
                apart.append(group)
        groups = [*apart, merged]
    return [
        Person(tuple(_distinct(given)), tuple(dict.fromkeys(role.article.id for role in given)))
        for _, _, given in groups
    ]


def content_of(role: str) -> set[str]:
    """The words of a role that say something."""
    return {
        w
        for w in re.findall(r"[^\W\d_]{4,}", role.lower())
        if w not in ("their", "that", "with", "from", "have", "this", "year", "years")
    }


def of_a_person(role: str) -> bool:
    """Does a role have a noun for what people are? "The much-awaited sequel" is said of a thing."""
    words = set(re.findall(r"[a-z]+", role.lower())) - _MODIFIERS
    return bool(words & _ROLES) or any(re.fullmatch(r"[a-z]{3,}(?:er|or|ist|man|woman|eer)", w) for w in words)


_PEOPLE = frozenset(
    """
    man woman boy girl child baby people men women children family couple parent teenager passenger prisoner suspect
    attacker bomber gunman shooter killer burglar robber thief survivor rescuer neighbour neighbor stranger boyfriend
    girlfriend customer visitor caller winner loser buyer seller protester demonstrator striker refugee migrant
    """.split()
)


def names_a_person(noun: str) -> bool:
    """Is a noun one for people? A helicopter, a trawler and a reactor end as workers do: endings tell nothing."""
    word = noun.lower()
    return any(form in _ROLES or form in _PEOPLE for form in (word, word.removesuffix("s")))


def _distinct(found: Sequence[Role]) -> list[Role]:
    """Roles, best first, without those whose words another one has too."""
    kept: list[Role] = []
    for role in sorted(found, key=lambda r: (r.rank, -len(content_of(r.text)), r.article.published or "", r.start)):
        own = content_of(role.text)
        if own and not any(own <= content_of(k.text) for k in kept):
            kept.append(role)
    return kept
