"""English-like prose out of word lists: the same text for the same seed, on any machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_ADJECTIVES = """
    able annual broad central civil common costly current daily direct early eastern final foreign former formal frozen
    further global grand heavy heated joint junior large late likely local main major military minor mutual narrow
    national new northern official open partial peaceful plain poor previous private public quick quiet rapid recent
    regional rural senior serious severe sharp short slow southern special stable steady strict strong sudden technical
    temporary tense urban urgent vast weak western wide
""".split()  # noqa: SIM905 - a list of words reads best as words
_NOUNS = """
    accord adviser agency airport alliance ally ambassador army article assembly attack authority ballot bank barrier
    border bridge budget cabinet campaign candidate capital cargo century chairman charge city claim coalition committee
    company complaint conference congress control convoy council country court crisis critic currency customs deal
    decade decision decree defence delay delegation demand deputy dispute district document economy election embassy
    emergency employer energy engineer envoy escort estimate evidence exercise expert export factory family farmer fleet
    flood forecast forest frontier fuel fund garrison gas government governor grain group guard harbour harvest hearing
    highway hospital import incident industry inquiry inspector interest investor island journal journalist judge
    justice labour law lawmaker lawyer leader letter loan majority manager market mayor measure mediator meeting member
    merchant message minister ministry mission monitor museum neighbour newspaper observer offer office officer opinion
    opposition order parliament partner party passage patrol payment people period permit pipeline plan plant police
    policy port power prison problem proposal protest province quarter question railway record reform refugee region
    rescue reserve resident resolution response result review risk road route rule sanction school season secretary
    security senate service session settlement shipment shortage soldier source speaker spokesman station storm strategy
    strike student summit supply survey system talks tariff team territory testimony town trade traffic treaty trial
    troop union university valley veto village visit vote warning water weapon weather winter witness worker year
""".split()  # noqa: SIM905
_VERBS = """
    accepted accused announced approved attended awaited backed began blamed blocked called cancelled challenged changed
    closed condemned confirmed considered criticised cut debated defended delayed delivered denied described detained
    discussed dismissed doubled ended entered examined expected extended faced financed followed founded gained granted
    halted held hosted ignored imposed inspected joined launched left lifted met moved named offered opened opposed
    ordered passed planned postponed praised presented promised proposed protected published questioned raised reached
    received recognised reduced refused rejected released renewed repeated replaced reported requested restored resumed
    returned reviewed signed stopped supported suspended tested urged visited warned welcomed withdrew
""".split()  # noqa: SIM905
_ENDS = (
    """
    according to the ministry|after a week of talks|as expected|before the end of the month|despite earlier promises|
    for the first time in a decade|in a written statement|in the early hours of Tuesday|near the border|on Thursday|
    over the weekend|under the agreement|until further notice|while the inquiry goes on|without giving details|
    a spokesman said|officials said|witnesses told reporters
""".replace("\n    ", "")
    .strip()
    .split("|")
)
_NAMES = """
    Adair Belmont Corvin Dorsey Ellery Farrow Garland Hadley Ingram Jarvis Keller Langley Marlow Norwood Osborne
    Prescott Quimby Radley Sheldon Thorne Upton Vance Weston Yardley
""".split()  # noqa: SIM905


class Prose:
    """A writer with a source of chance of its own."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def sentence(self) -> str:
        """Write a sentence of 8 to 24 words."""
        draw = self._chance.random()
        clause = self._clause()
        if draw < 0.25:  # noqa: PLR2004 - shares of the kinds of sentences
            clause = f"{self.name()} said that {clause} {self._chance.choice(_ENDS)}"
        elif draw < 0.5:  # noqa: PLR2004
            clause = f"{clause}, but {self._clause()}"
        else:
            clause = f"{clause} {self._chance.choice(_ENDS)}"
        return f"{clause[0].upper()}{clause[1:]}."

    def paragraph(self, sentences: int) -> str:
        """Write some sentences."""
        return " ".join(self.sentence() for _ in range(sentences))

    def title(self) -> str:
        """Write a headline of five words or so."""
        return self._clause().removeprefix("the ").capitalize()

    def name(self) -> str:
        """Give a person's name."""
        return " ".join(self._chance.sample(_NAMES, 2))

    def words(self, count: int) -> list[str]:
        """Give single words, as labels of links have them."""
        return self._chance.choices(_NOUNS, k=count)

    def _clause(self) -> str:
        one, other = self._chance.choices(_ADJECTIVES, k=2)
        subject, thing = self._chance.choices(_NOUNS, k=2)
        return f"the {one} {subject} {self._chance.choice(_VERBS)} the {other} {thing}"
