"""The words by which news says that a thing isn't sure: written from knowledge of the language, not from a corpus."""

from __future__ import annotations

import re

from assistant.clauses import Sentence, sentences

_BE = r"(?:is|are|was|were|been|be|remains?|remained|it's)"
_CHECKED = r"(?:confirmed|verified|proven|proved|established|corroborated|authenticated|substantiated)"
_WHILE = r"(?:week|month|year|spring|summer|autumn|winter)"
HEDGES = re.compile(
    rf"""\b(?:
      if\ (?:\w+\ ){{0,5}}(?:{_CHECKED}|true|accurate|authentic|correct|genuine|borne\ out|to\ be\ believed)
    | should\ (?:\w+\ ){{1,4}}hold(?=,|\ (?:up|true|good|firm)\b)
    | ,\ if\ [^,]{{3,50}},\ (?:would|could|will|may|might)
    | assuming\ (?!(?:the\ |a\ |his\ |her\ )?(?:role|control|office|power|command|responsibility|duties|post)\b)
    | (?<=\w\ )(?<!when\ )(?<!if\ )(?:ask|wonder|question|query)(?:s|ed|ing)?\ (?:\w+\ ){{0,3}}(?:whether|if)
    | treat(?:s|ed|ing)?\ (?:\w+\ ){{1,5}}as\ (?:an?\ )?(?:suspicious|possible|potential|suspected|unexplained)
    | could\ (?:\w+\ ){{1,8}}(?:as\ (?:early|soon)\ as|(?:later\ )?(?:this|next)\ {_WHILE}|within\ (?:days|weeks|months)
        |by\ (?:the\ (?:end|summer|spring|autumn|winter|new\ year)|(?:next|early|late|mid)\b|\d{{4}}))
    | could\ (?:soon\ |still\ |yet\ |also\ |even\ |now\ )?be\ (?!reached|used|viewed|accessed|contacted)
        (?:\w+ed|cut|hit|shut|lost|put|sold|built|held|made)
    | (?:speculation|suspicions?|fears|rumou?rs?|suggestions?|hints?)\ (?:(?:is|are|was|were|has|have|had|been)\ )*
        (?:growing\ |mounting\ |rife\ |spreading\ |circulating\ )?that
    | (?:speculation|suspicions?|fears|rumou?rs?|doubts?|questions)\ (?:(?:is|are|was|were|still|also)\ )*
        (?:growing|mounting|rife|persist|persisted|remain|remained|rising|spreading|circulating)
    | (?:some|several|early|other|conflicting|differing)\ (?:accounts|reports|estimates|versions)
        \ (?:put|say|said|suggest|suggested|speak|spoke)
    | feared\ (?:dead|drowned|lost|missing|killed|trapped|buried) | an?\ possible | under\ suspicion | tipped\ to
    | (?:still|being)\ (?:being\ )?investigated | anyone['’]s\ guess | open\ to\ question
    | (?:no|little)\ word\ (?:on|of|yet)
    | (?:conflicting|contradictory)\ (?:reports|accounts|statements|information|claims)
    | (?:hard|difficult|impossible|too\ (?:early|soon))\ to\ (?:say|tell|know|verify)
    | it\ (?:is|was|has\ been|had\ been)\ (?:also\ )?(?:claimed|alleged|suggested|rumou?red|believed|thought|understood
        |assumed|suspected|speculated|feared)
    | been\ (?:claimed|alleged|suggested|rumou?red|speculated)\ that
    | (?:early|first|initial|preliminary|partial|all|some)\ (?:signs|indications|clues|counts|results|returns|polls)
        \ (?:point|suggest|indicate|hint)s?
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
    | alleged | purported | supposed | rumou?red | presumed | putative
    | apparent(?!\ (?:calm|ease|indifference|confidence|reluctance|relish|composure|delight|unease|lack|contradiction))
    | (?<!as\ )(?<!first\ )(?<!initially\ )(?<!originally\ )suspected
    | unproven | unsubstantiated | uncorroborated
    | (?:the|an?|his|her|its|their)\ reported
        (?!\ (?:profit|loss|earnings|income|results?|figures?|revenue|sales|turnover|number|cases))
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


def hedges(words: str) -> str | None:
    """The first words that hedge, as they stand."""
    match = HEDGES.search(words)
    return match.group().strip() if match else None


def reach(words: str) -> tuple[int, int] | None:
    """Where in a sentence its hedges reach: the predicate or clause that "and" or "but" sets them in; None: all of it.

    "… has not been arrested and | is said to be cooperating |": that he hasn't been arrested is sure.
    """
    found = [match.span() for match in HEDGES.finditer(words)]
    if not found:
        return None
    for sentence in sentences(words):
        cuts = _cuts(sentence, found[0][0])
        last = sentence.tokens[-1].end
        own = max((cut for cut in cuts if cut <= found[0][0] < last), default=None)
        if own is not None:
            return (own, last) if found[-1][1] <= last and "," not in words[own : found[0][0]] else None
        begins = sentence.tokens[0].start <= found[0][0]
        after = next((cut for cut in cuts if cut >= found[-1][1]), None) if begins else None
        if after and words[slice(*found[-1])].endswith("to") and _AUXILIARY.match(words, after):
            return found[0][0], after  # what is said "to be so" has no finite verb
    return None


_AUXILIARY = re.compile(r"\w+ (?:is|are|was|were|has|had|will)\b", re.IGNORECASE)
_PREDICATE = re.compile(r"R*[XF]")
_CLAUSE = re.compile(r"[PDCNGUt]{1,8}R*[XVF]")


def _cuts(sentence: Sentence, hedge: int) -> list[int]:
    """Where a further predicate or clause begins, with the word that sets it beside the one before."""
    tags, tokens = sentence.tags, sentence.tokens
    found = []
    for i, tag in enumerate(tags[:-1]):
        own = tag == "B" or (tag == "J" and tags[i - 1 : i] == ",")  # "…, and the cause is unclear"
        follows = tokens[i + 1].word not in ("be", "been", "being") and _PREDICATE.match(tags, i + 1)
        if tag in "JB" and (follows or tokens[i + 1].start == hedge or (own and _CLAUSE.match(tags, i + 1))):
            found.append(tokens[i].start)
    return found
