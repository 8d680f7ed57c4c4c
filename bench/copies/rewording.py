"""Rewords texts as desks do: other words for the same, words put in and left out, parts of sentences in other order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_SAME = """
    said:stated,noted,declared told:informed says:states,notes announced:declared,made%known reported:wrote
    also:too,likewise but:however,yet although:though while:whereas because:since after:following before:ahead%of
    during:in%the%course%of about:some,roughly around:about more%than:over over:more%than near:close%to
    big:large,major large:big,sizeable major:big,key important:key,significant new:fresh,recent
    country:nation,state countries:nations,states government:authorities authorities:officials officials:authorities
    people:persons,residents president:leader,head%of%state minister:head%of%ministry leader:head chief:head
    meeting:talks,encounter talks:negotiations,discussions met:held%talks agreement:deal,accord deal:agreement
    decision:ruling,move plan:scheme,proposal plans:intends,proposals help:assist,aid helped:assisted,aided
    start:begin,launch started:began,launched begin:start began:started end:finish ended:finished,concluded
    show:demonstrate showed:demonstrated shows:demonstrates found:discovered,established according%to:as%reported%by
    killed:left%dead died:lost%their%lives injured:hurt,wounded wounded:injured attack:assault attacks:assaults
    police:officers,law%enforcement arrested:detained detained:arrested charged:accused accused:charged
    increase:rise,growth increased:rose,grew rose:climbed,increased fell:dropped,declined decrease:fall,decline
    money:funds,cash company:firm,business companies:firms,businesses market:marketplace price:cost prices:costs
    home:house house:home children:kids,youngsters man:male woman:female men:males women:females
    work:labour working:operating worked:operated want:wish,seek wants:wishes,seeks wanted:wished,sought
    need:require needs:requires needed:required should:ought%to must:has%to will:is%going%to would:was%going%to
    can:is%able%to could:was%able%to may:might many:numerous,a%lot%of several:a%number%of some:certain few:not%many
    often:frequently now:currently,at%present still:as%yet already:by%now later:afterwards earlier:previously
    very:extremely,quite only:just,merely just:merely both:the%two first:initial last:final next:following
    made:produced make:produce give:provide gave:provided given:provided get:obtain got:obtained take:grab
    used:employed use:employ,usage called:named,dubbed asked:requested added:went%on%to%say think:believe
    believe:think believes:thinks problem:issue,difficulty problems:issues,difficulties issue:matter issues:matters
    war:conflict conflict:war army:military,troops troops:soldiers,forces soldiers:troops forces:troops
    security:safety support:backing,back supported:backed against:in%opposition%to between:among city:town town:city
    area:district,zone region:area,province part:portion side:party group:band,organisation members:participants
    member:participant public:general%public law:legislation bill:draft%law court:tribunal judge:magistrate
    election:vote,poll elections:polls vote:ballot campaign:drive party:political%party lawmakers:legislators
    quickly:fast,rapidly slowly:gradually clear:evident,plain strong:robust,powerful weak:feeble
    different:distinct,other similar:alike same:identical whole:entire all:every%one%of every:each
    in%order%to:to so:therefore therefore:thus that:which who:that whose:of%whom where:in%which
""".split()  # noqa: SIM905 - a list of words reads best as words
_SYNONYMS = {
    one.partition(":")[0].replace("%", " "): [word.replace("%", " ") for word in one.partition(":")[2].split(",")]
    for one in _SAME
}
_PUT_IN = """
    also reportedly however meanwhile again further clearly in%fact as%expected at%the%time officially publicly
    once%more by%all%accounts indeed notably moreover in%particular for%its%part above%all at%that%point
""".split()  # noqa: SIM905
_LEFT_OUT = frozenset(
    """
    the a an that which also very just only then there of some however still already now even own well so quite its
    new other both such this these those further
    """.split()  # noqa: SIM905
)
_DIGIT = re.compile(r"\d")
_OFTEN = 0.4
_LONG = 7


def reword(text: str, rate: float, rng: Random) -> str:
    """Change a share of the words of a text; numbers and names stay."""
    words = text.split()
    budget = int(rate * len(words))
    for at in rng.sample(range(len(words)), len(words)):
        if budget <= 0:
            break
        budget -= _change(words, at, rng)
    return " ".join(word for word in words if word)


def _change(words: list[str], at: int, rng: Random) -> int:
    """Change the word at a place in one of the ways that it allows; give how many words that touched."""
    word, chance = words[at], rng.random()
    bare = word.strip('.,;:"“”()').lower()
    is_plain = word.islower() and word.isalpha()
    if not bare or _DIGIT.search(word):
        return 0
    if bare in _SYNONYMS:
        words[at] = word.lower().replace(bare, rng.choice(_SYNONYMS[bare]))
    elif bare in _LEFT_OUT and chance < _OFTEN:
        words[at] = ""
    elif bare == "and" and 0 < at < len(words) - 1 and words[at - 1].isalpha() and words[at + 1].isalpha():
        words[at - 1], words[at + 1] = words[at + 1], words[at - 1]
        return 2
    elif is_plain and chance < _OFTEN:
        words[at] = f"{rng.choice(_PUT_IN).replace('%', ' ')} {word}"
    elif is_plain and len(bare) >= _LONG:
        words[at] = f"{bare[::-1][:5]}{bare[:1]}"  # a word that nobody listed
    else:
        return 0
    return 1
