"""The words by which English news says who says, thinks or wants something, and how surely.

Lists of lemmas, by what follows them; `FORMS` maps every inflected form to its cue. Written from knowledge of the
language, not taken from a corpus.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Frame = Literal["say", "think", "tell", "judge", "want", "about", "feel", "make"]
Form = Literal["base", "s", "past", "participle", "ing", "adjective"]


def words(block: str) -> tuple[str, ...]:
    return tuple(block.split())


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb form that may show an attribution. `noun`: the same letters are a common noun or adjective."""

    lemma: str
    frame: Frame
    forms: frozenset[Form]
    noun: bool


# Speech that takes a clause or a quotation, and may follow it: "It rained, she said."
SAY = words("""
    say add write note report announce suggest argue explain declare state continue acknowledge claim insist
    respond reply stress assert allege recall conclude concede admit confirm reveal tweet post observe quip joke
    remark caution complain boast lament contend maintain reiterate repeat predict testify retweet comment
    emphasise emphasize estimate forecast project determine indicate disclose mention hint imply signal charge
    vow pledge promise counter retort shout yell scream whisper mutter exclaim proclaim fume muse theorize
    theorise speculate guess affirm posit read ask wonder inquire answer echo relate recount opine volunteer
    chant object protest jest gush crow intone deadpan venture demur bemoan reckon figure proffer interject
    underscore underline warn elaborate advise plead rule find show demonstrate discover learn agree deny
    dispute doubt swear pronounce reason laugh sigh cry sob rant rave grumble mumble murmur growl snap groan moan gasp
    whine bark thunder roar plead text email stammer splutter chuckle
    """)

# Thought and feeling that takes a clause, an infinitive or a thing.
THINK = words("""
    think believe know hope expect fear feel understand see want wish assume suspect worry imagine realise
    realize consider regard view foresee anticipate envision envisage dream recognise recognize remember forget
    regret decide perceive interpret sense notice deem conceive suppose presume dread conclude love hate dislike
    prefer favor favour desire mind care trust mistrust distrust appreciate admire respect resent
    """)

# Speech to somebody: "told CNN that", "urged Congress to".
TELL = words("""
    tell assure remind inform notify convince persuade urge ask warn advise encourage implore beg instruct order
    command request invite challenge press push pressure exhort lobby direct brief counsel caution promise teach
    """)

# Speech or stance towards a thing or a person: "praised the plan", "accused him of lying".
JUDGE = words("""
    accuse blame criticise criticize praise blast slam condemn denounce decry deride mock ridicule assail
    castigate chastise chide rebuke scold lambaste lambast bash hammer rip skewer pillory savage excoriate
    berate disparage belittle insult malign vilify smear denigrate disavow renounce repudiate reject dismiss
    rebut refute rebuff dispute contradict challenge question oppose support back endorse defend advocate tout
    hail laud commend applaud thank congratulate salute honor honour welcome approve disapprove describe call
    label brand dub term characterise characterize portray depict paint define cite quote mention discuss
    outline detail identify reference invoke propose recommend suggest demand articulate convey
    communicate signal telegraph announce declare proclaim claim predict forecast acknowledge admit concede
    confess confirm reveal disclose explain clarify interpret analyse analyze assess evaluate judge rule find
    compare liken equate credit needle tease troll heckle boo ban forbid urge protest lament bemoan
    promise vow pledge guarantee swear refuse apologise apologize downplay minimise minimize exaggerate
    overstate understate emphasise emphasize stress underscore trumpet flaunt parrot echo repeat reiterate
    retweet attribute ascribe debunk discredit
    chronicle misstate mischaracterise mischaracterize query demonise demonize glorify ask rail show
    deplore condone tolerate espouse profess contest preach teach disclaim
    """)

# Intention: an infinitive follows.
WANT = words("""
    plan want intend hope aim seek vow pledge promise threaten refuse decline decide agree offer attempt propose
    expect wish prefer choose mean opt volunteer resolve swear prepare desire yearn ask beg demand consent
    elect hesitate claim profess pretend
    """)

# Speech or thought with its preposition: "called for calm", "talked about the vote".
_PARTICLES = """
    call: for on upon out into; talk: about of up; speak: about of to out against; refer: to; point: to out;
    respond: to with by; reply: to with by; focus: on; allude: to; hint: at; joke: about; boast: about of that;
    brag: about that of; complain: about of that; warn: of about against; worry: about that;
    agree: with on that to; disagree: with on about that; object: to; react: to; comment: on; elaborate: on;
    vote: for against to; argue: for against with; testify: about that to; apologise: for to; apologize: for to;
    admit: to; confess: to; rail: against about; lash: out; push: for back; press: for on; lobby: for against;
    protest: against; care: about; dream: of about; lay: out; rule: that out against in; sign: off;
    back: off down up; speculate: about that on; reflect: on; wonder: about whether if; insist: on that;
    plead: for with; appeal: to for; advocate: for; stand: by; touch: on; hearken: to; approve: of; lie: about;
    disapprove: of; conceive: of; dwell: on; expand: on; weigh: in; double: down; shoot: down back;
    write: about of off; hear: about of that from; tweet: about out; ask: about for; muse: about that on;
    fret: about that over; gripe: about that; vent: about at; rant: about; swear: by off to; subscribe: to;
    sneer: at; scoff: at; balk: at; laugh: at off; marvel: at that; gush: about over; cheer: for; root: for;
    attest: to; concur: with that; differ: with on; sympathise: with; sympathize: with; side: with; quarrel: with;
    set: out forth; spell: out; play: down up; read: out; reach: out; brush: aside off; wave: aside off away;
    shrug: off; cast: as; hold: that; hit: back
    """
ABOUT: dict[str, tuple[str, ...]] = {
    verb: words(particles) for verb, _, particles in (e.strip().partition(": ") for e in _PARTICLES.split(";"))
}

# States of mind, after a form of "to be" or "to feel": "is confident that", "was critical of".
FEEL = frozenset(
    words("""
    aware unaware confident hopeful certain sure convinced sceptical skeptical optimistic pessimistic afraid
    worried concerned glad happy unhappy proud critical supportive dismissive doubtful wary adamant upset angry
    furious surprised disappointed pleased excited eager determined committed unwilling reluctant nervous
    fearful grateful thankful sorry ashamed outraged appalled dismayed puzzled baffled frustrated tired opposed
    hesitant enthusiastic uncertain unsure mindful bullish vocal silent alarmed shocked thrilled delighted bent
    anxious irritated annoyed sympathetic hostile open
    """)
)

# Verbs that say nothing by themselves, and the nouns that speak for them: "made the claim that", "issued a warning to".
MAKE = words("""
    make give issue offer express release deliver voice raise put take hold send publish file launch repeat sign
    pass
    """)
SPEECH = frozenset(
    words("""
    claim claims statement statements promise promises argument arguments hope hopes concern concerns fear fears
    belief view views warning warnings prediction predictions case threat threats vow pledge pledges call calls
    plea suggestion suggestions accusation accusations allegation allegations criticism criticisms praise
    announcement speech comment comments remark remarks reference references allusion doubt doubts opposition
    support frustration anger regret confidence disappointment outrage dismay optimism scepticism skepticism
    sympathy contempt disdain admiration gratitude apology complaint complaints charge charges question
    questions answer order orders demand demands proposal proposals recommendation recommendations request
    requests report reports letter letters memo memos decision ruling verdict resolution opinion opinions
    thoughts feeling feelings word words message messages point mention talk pitch idea plan plans notion
    suspicion explanation response reply objection objections endorsement
    """)
)
# Particles that make another verb of one of speech: "called off", "put down".
PARTICLES = frozenset(words("off out up down back over away in on through"))
# Verbs that say something only with a clause or a quotation: "found that", but not "found a seat".
CLAUSAL = frozenset(
    words("""
    find learn read write determine maintain discover reason project figure guess rule hold feel hear meet
    imagine advise answer charge post observe see demonstrate prove sense cry shout laugh
    """)
)
# Governors of an infinitive that is itself said: "went on to say".
ASPECT = frozenset(words("on continued continues continue began begins begin proceeded tried sought hastened rushed"))
BE = frozenset(words("is are was were be been being am isn't aren't wasn't weren't get gets got getting"))
MODALS = frozenset(words("would could should might may must can"))
CONCURRENT = frozenset(words("while when after before because although though"))

# Forms in -ing that are at least as often nouns.
GERUND_NOUNS = frozenset(
    words("""
    ruling meaning warning feeling reading writing finding showing polling voting planning saying building
    setting offering understanding briefing hearing opening pressing lobbying
    """)
)

# What things are done according to, without anybody's word: "sorted according to size".
MEASURES = frozenset(words("size plan taste need age ability custom tradition law type weight colour color price rank"))
VIEWS = frozenset(words("view opinion words account telling judgment judgement estimate eyes mind"))  # "in X's view"
# What somebody holds, by the noun that names it: "X's conclusion is that".
HELD = SPEECH | VIEWS | frozenset(words("conclusion version position theory estimate diagnosis line thesis conviction"))
# "in the words of X": what such a noun makes of a sentence is X's.
OF_WHOM = frozenset(words("words view opinion account telling judgment judgement eyes reckoning reading version"))

IRREGULAR: dict[str, tuple[str, str]] = {  # lemma: past, participle
    lemma: (past, participle)
    for lemma, past, participle in (
        forms.split("/")
        for forms in words("""
    say/said/said tell/told/told write/wrote/written think/thought/thought know/knew/known feel/felt/felt
    see/saw/seen find/found/found show/showed/shown swear/swore/sworn forget/forgot/forgotten mean/meant/meant
    understand/understood/understood read/read/read foresee/foresaw/foreseen speak/spoke/spoken
    seek/sought/sought choose/chose/chosen rip/ripped/ripped cast/cast/cast put/put/put set/set/set
    lay/laid/laid hear/heard/heard bring/brought/brought hit/hit/hit stand/stood/stood shoot/shot/shot
    take/took/taken make/made/made give/gave/given have/had/had hold/held/held send/sent/sent
    forbid/forbade/forbidden withdraw/withdrew/withdrawn teach/taught/taught go/went/gone beg/begged/begged
    plan/planned/planned ban/banned/banned slam/slammed/slammed pin/pinned/pinned rebut/rebutted/rebutted
    slap/slapped/slapped refer/referred/referred admit/admitted/admitted dub/dubbed/dubbed brag/bragged/bragged
    plug/plugged/plugged sob/sobbed/sobbed quip/quipped/quipped demur/demurred/demurred
    concur/concurred/concurred prefer/preferred/preferred peg/pegged/pegged fret/fretted/fretted
    """)
    )
}

# Forms that are at least as often a noun or an adjective.
NOUNS = frozenset(
    words("""
    claim report plan hope call demand support note request comment promise attack estimate view charge fear
    worry desire vow pledge blame praise offer show state name address cast doubt question answer reply wish
    need tweet quote order signal point dispute challenge target bet vote remark rule post guess mock project
    forecast mention recall voice air label brand term honor honour welcome cheer counter caution reason figure
    object retweet feel want list link credit fault paint pitch push press block issue back ban veto protest
    petition champion advocate query reference document cover mind care love hate trust respect regard attempt
    try threat intent talk focus look joke second judge rate rank sense notice trouble shout cry laugh sigh
    chant mean warning float boast think raise detail broach direct command invite brief counsel echo sign
    appeal stand touch write read hit fire lobby campaign side root play turn put set reach lie bill favor
    favour like approach consent elect double go take reveal bash hammer slam blast insult smear rebuke
    salute approve dream interest text email snap bark roar thunder moan groan growl whine murmur gasp chuckle
    """)
)
# Past forms that also stand before a noun or after one, as adjectives: "the proposed law", "a group called X".
ADJECTIVES = frozenset(
    words("""
    pledged called named planned proposed supposed alleged reported estimated based aimed dubbed intended
    presumed backed supported directed ordered elected projected determined concluded detailed outlined approved
    """)
)


def _forms(lemma: str) -> dict[str, set[Form]]:
    """Every inflected form of a regular or listed verb, with what it may be."""
    sibilant = re.search(r"(s|sh|ch|x|z|o)$", lemma)
    y = re.search(r"[^aeiou]y$", lemma)
    third = lemma + "es" if sibilant else lemma[:-1] + "ies" if y else lemma + "s"
    past, participle = IRREGULAR.get(lemma, (None, None))
    if past is None or participle is None:
        past = participle = lemma + "d" if lemma.endswith("e") else lemma[:-1] + "ied" if y else lemma + "ed"
    stem = past[:-2] if past.endswith("ed") and not lemma.endswith(("e", "y")) else lemma
    if lemma in ("put", "set", "hit", "forget", "beg", "cast"):
        stem = lemma if lemma == "cast" else lemma + lemma[-1]
    if lemma == "forbid":
        stem = "forbidd"
    if lemma == "lie":
        stem = "ly"
    ing = (stem[:-1] if stem.endswith("e") and not stem.endswith(("ee", "oe", "ye")) else stem) + "ing"
    forms: dict[str, set[Form]] = {}
    if re.search(r"[^aeiou][ae]l$", lemma):  # "labelled", as the British write it
        forms |= {lemma + "led": {"past", "participle"}, lemma + "ling": {"ing"}}
    for form, kind in ((lemma, "base"), (third, "s"), (past, "past"), (participle, "participle"), (ing, "ing")):
        forms.setdefault(form, set()).add(kind)  # type: ignore[arg-type]
    return forms


def _inflect() -> dict[str, tuple[Cue, ...]]:
    """Form → its cues, the most telling frame first."""
    table: dict[str, list[Cue]] = {}
    frames: list[tuple[Frame, tuple[str, ...]]] = [
        ("say", SAY),
        ("tell", TELL),
        ("want", WANT),
        ("think", THINK),
        ("judge", JUDGE),
        ("about", tuple(ABOUT)),
        ("make", MAKE),
    ]
    for frame, lemmas in frames:
        for lemma in dict.fromkeys(lemmas):
            for form, kinds in _forms(lemma).items():
                noun = (lemma in NOUNS and bool(kinds & {"base", "s"})) or form in ADJECTIVES
                table.setdefault(form, []).append(Cue(lemma, frame, frozenset(kinds), noun))
    for form in FEEL:
        table[form] = [Cue(form, "feel", frozenset({"adjective"}), False)]
    return {form: tuple(cues) for form, cues in table.items()}


FORMS: dict[str, tuple[Cue, ...]] = _inflect()
