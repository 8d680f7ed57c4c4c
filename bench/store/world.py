"""What the made-up articles speak of: words, people and places, sources, deeds. The same on any machine."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

from newsledger.records.config import Feed

if TYPE_CHECKING:
    from newsledger.records.config import SourceKind
    from newsledger.records.extraction import EntityType, EventType, Quad

_WORDS, _ENTITIES, _SOURCES = 20_000, 50_000, 500
_COUNTRIES = """
    RUS BLR UKR USA POL LTU LVA EST DEU FRA GBR CHN KAZ ARM AZE GEO MDA TUR IRN IND PAK JPN KOR PRK ITA ESP PRT NLD BEL
    AUT CHE SWE NOR FIN DNK CZE SVK HUN ROU BGR SRB HRV SVN GRC ISR SYR IRQ SAU ARE EGY LBY DZA NGA KEN ETH ZAF BRA ARG
    MEX CAN AUS IDN VNM THA UZB TKM KGZ TJK MNG CUB VEN
""".split()  # noqa: SIM905 - a list of words reads best as words
_ONSETS = "b br c ch d dr f fl g gr h j k kl l m n p pl pr qu r s sh sl st t th tr v w".split()  # noqa: SIM905
_VOWELS = "a a a e e e e i i i o o u ai ea ee ou".split()  # noqa: SIM905
_CODAS = ["", "", "", *"l ll m n n n nd ng nt r r rd rs s s ss st t t ck p".split()]  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Figurant:
    """Somebody or something that articles speak of."""

    id: str
    name: str
    type: EntityType
    country: str | None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """What one can do to another, with the word that tells it."""

    word: str
    type: EventType
    quad: Quad
    intensity: float
    mode: str | None = None
    contexts: tuple[str, ...] = ()


# Those whom the seed articles speak of most come first, so that questions about them find something.
_WELL_KNOWN = (
    Figurant("vladimir-putin", "Vladimir Putin", "PER", "RUS", "GOV"),
    Figurant("belarus", "Belarus", "GPE", "BLR"),
    Figurant("russia", "Russia", "GPE", "RUS"),
    Figurant("alexander-lukashenko", "Alexander Lukashenko", "PER", "BLR", "GOV"),
    Figurant("ukraine", "Ukraine", "GPE", "UKR"),
    Figurant("minsk", "Minsk", "GPE", "BLR"),
    Figurant("united-states", "United States", "GPE", "USA"),
    Figurant("nato", "NATO", "ORG", None, "IGO"),
    Figurant("moscow", "Moscow", "GPE", "RUS"),
    Figurant("european-union", "European Union", "ORG", None, "IGO"),
    Figurant("poland", "Poland", "GPE", "POL"),
    Figurant("belta", "BelTA", "ORG", "BLR", "JRN"),
    Figurant("tass", "TASS", "ORG", "RUS", "JRN"),
    Figurant("union-state", "Union State", "ORG", None, "IGO"),
    Figurant("reuters", "Reuters", "ORG", "GBR", "JRN"),
    Figurant("csto", "Collective Security Treaty Organization", "ORG", None, "IGO"),
)
DEEDS = (
    Deed("met", "CONSULT", "verbal cooperation", 4.0, "visit", ("diplomatic",)),
    Deed("agreed with", "AGREE", "verbal cooperation", 2.5, None, ("economic",)),
    Deed("supported", "SUPPORT", "verbal cooperation", 5.0),
    Deed("lent money to", "AID", "material cooperation", 7.0, "economic", ("economic",)),
    Deed("trained with", "COOPERATE", "material cooperation", 9.5, None, ("military",)),
    Deed("accused", "ACCUSE", "verbal conflict", -3.5, "allege"),
    Deed("turned down", "REJECT", "verbal conflict", -2.0, None, ("executive",)),
    Deed("threatened", "THREATEN", "verbal conflict", -5.0),
    Deed("sanctioned", "SANCTION", "material conflict", -6.0, "discontinue", ("economic",)),
    Deed("sent troops against", "MOBILIZE", "material conflict", -6.5, "troops", ("military",)),
)
TOPICS = ("defence", "diplomacy", "trade", "sanctions", "energy", "integration", "migration", "media")


def _zipf(count: int, offset: float = 0.0) -> list[float]:
    """Give the running sums of 1/(rank + offset), as `random.choices` takes them."""
    return list(accumulate(1 / (rank + offset) for rank in range(1, count + 1)))


def _word(chance: Random, syllables: int) -> str:
    return "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS) for _ in range(syllables))


def _words() -> list[str]:
    """Make words that are all different, the frequent ones short."""
    chance = Random(1)  # noqa: S311 - nothing is kept secret
    made: dict[str, None] = {}
    while len(made) < _WORDS:
        made[_word(chance, 1 + (len(made) > 250) + (chance.random() < len(made) / _WORDS))] = None  # noqa: PLR2004 - short words are few
    return list(made)


def _entities() -> list[Figurant]:
    chance = Random(2)  # noqa: S311
    weights = _zipf(len(_COUNTRIES))
    made = {one.name: one for one in _WELL_KNOWN}
    while len(made) < _ENTITIES:
        family = _word(chance, 2).capitalize()
        (country,) = chance.choices([*_COUNTRIES], cum_weights=weights)
        kind = chance.random()
        if kind < 0.6:  # noqa: PLR2004 - shares of the types
            one = Figurant(
                "", f"{_word(chance, 2).capitalize()} {family}", "PER", country, chance.choice(("GOV", None))
            )
        elif kind < 0.85:  # noqa: PLR2004
            one = Figurant(
                "", f"{family} {chance.choice(('Bank', 'Group', 'Institute', 'Party'))}", "ORG", country, "BUS"
            )
        else:
            one = Figurant("", family, "GPE", country)
        made.setdefault(one.name, Figurant(one.name.lower().replace(" ", "-"), one.name, one.type, country, one.sector))
    return list(made.values())


def _feeds() -> list[Feed]:
    chance = Random(3)  # noqa: S311
    kinds: tuple[SourceKind, ...] = ("independent", "state", "wire", "international", "institution")
    names = dict.fromkeys(
        f"{_word(chance, 2).capitalize()} {chance.choice(('Post', 'Times', 'News'))}" for _ in range(2 * _SOURCES)
    )
    return [
        Feed(
            id=name.lower().replace(" ", "-"),
            name=name,
            url=f"https://{name.lower().replace(' ', '-')}.example/rss",
            kind=chance.choices(kinds, (5, 3, 1, 1, 1))[0],
            country=chance.choice(_COUNTRIES[:30]),
        )
        for name in [*names][:_SOURCES]
    ]


WORDS = _words()
WORD_WEIGHTS = _zipf(_WORDS, 2.7)
THINGS = WORDS[300:700]
ENTITIES = _entities()
ENTITY_WEIGHTS = _zipf(_ENTITIES, 5)
FEEDS = _feeds()
FEED_WEIGHTS = _zipf(_SOURCES, 10)
