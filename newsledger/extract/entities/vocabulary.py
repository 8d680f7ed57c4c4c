"""The word lists that names and roles are told by, in the form that looking up needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from newsledger.extract.lexicon import fold
from newsledger.extract.lists.wordlists import agents, common_words, word_table

NounForm = Literal[
    "office", "person", "staff", "people", "crowd", "body", "definite", "pair", "side", "agent", "agents"
]
Phrases = dict[str, frozenset[tuple[str, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Word classes; heads of names keep their capitals, the rest is lower case.

    Phrases of one or more words are kept by their last word.
    """

    first_names: dict[str, str]  # folded name -> m or f
    titles: Phrases
    honorifics: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    speech: frozenset[str]
    suffixes: frozenset[str]
    org: frozenset[str]
    org_of: frozenset[str]
    org_lower: frozenset[str]
    org_part: frozenset[str]
    gpe: frozenset[str]
    gpe_lower: frozenset[str]
    loc: frozenset[str]
    loc_lower: frozenset[str]
    loc_of: frozenset[str]
    fac: frozenset[str]
    fac_lower: Phrases
    event: frozenset[str]
    event_before: frozenset[str]
    product_after: frozenset[str]
    place_before: frozenset[str]
    place_described: frozenset[str]
    norp: frozenset[str]
    never: frozenset[str]
    common: frozenset[str]
    starters: frozenset[str]
    metonyms: dict[str, frozenset[str]]
    # Nouns that point at somebody, by first word, the longest phrase first.
    nouns: dict[str, tuple[tuple[tuple[str, ...], NounForm], ...]]
    institutions: dict[str, tuple[tuple[str, ...], ...]]
    person: frozenset[str]
    modifiers: frozenset[str]
    definite: frozenset[str]
    acting: frozenset[str]  # bodies only where they act
    determiners: frozenset[str]
    pair_countries: frozenset[str]
    sectors: dict[str, str]  # noun -> PLOVER sector
    generic: frozenset[str]  # heads that take their sector from what stands before them: "police chief"
    former: frozenset[str]
    things: frozenset[str]  # agents that are no persons


@cache
def vocabulary() -> Vocabulary:
    """Read the word lists."""
    table = word_table("names")
    persons, nouns = table["persons"], table["nouns"]
    return Vocabulary(
        first_names={fold(name): gender for gender in ("f", "m") for name in table["first_names"][gender].split()},
        titles=_phrases(persons["titles"]),
        common=common_words() | _head_words(table),
        fac_lower=_phrases(table["heads"]["fac_lower"]),
        starters=_words(table["sentences"]["starters"]) - {"one", "two", "three"},
        norp=_words(table["groups"]["norp"]),
        never=_words(table["never"]["words"]),
        place_before=_words(table["places"]["before"]),
        place_described=_words(table["places"]["described"]),
        metonyms={kind: _words(text) for kind, text in table["metonyms"].items()},
        nouns=_nouns(table),
        institutions=_institutions(nouns["institution"]),
        person=_words(nouns["person"]),
        sectors=_sectors(table["sectors"]),
        former=_words(nouns["former"]),
        things=_words(nouns["things"]),
        generic=frozenset(noun.replace("_", " ") for noun in nouns["generic"].split()),
        **{key: _words(persons[key]) for key in ("honorifics", "male", "female", "speech", "suffixes")},
        **{key: _words(text) for key, text in table["heads"].items() if key != "fac_lower"},
        **{key: _words(nouns[key]) for key in ("modifiers", "definite", "acting", "determiners", "pair_countries")},
    )


_IRREGULAR = {
    "woman": "women",
    "man": "men",
    "child": "children",
    "person": "people",
    "serviceman": "servicemen",
    "businessman": "businessmen",
    "gunman": "gunmen",
    "policeman": "policemen",
    "spokesman": "spokesmen",
    "spy": "spies",
    "family": "families",
    "deputy": "deputies",
    "mercenary": "mercenaries",
    "thief": "thieves",
}
_SINGULARS = {many: one for one, many in _IRREGULAR.items()}
_HISSING = ("s", "x", "ch", "sh")


def plural(noun: str) -> str:
    """Give the plural of a noun of the word lists."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("man"):
        return f"{noun[:-2]}en"
    if noun.endswith("y") and noun[-2:-1] not in "aeou":
        return f"{noun[:-1]}ies"
    return noun + "es" if noun.endswith(_HISSING) else noun + "s"


def singular(noun: str) -> str:
    """Give the singular of a plural of the word lists; any other word as it is."""
    if noun in _SINGULARS:
        return _SINGULARS[noun]
    if noun.endswith("men"):
        return f"{noun[:-2]}an"
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    if noun.endswith(tuple(f"{end}es" for end in _HISSING[1:])):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def _sectors(own: dict[str, str]) -> dict[str, str]:
    """Give the sector of each noun; what the project's own list says stands."""
    found = {noun.replace("-", " "): code for code, nouns in agents().items() for noun in nouns}
    return found | {
        noun.replace("_", " ").replace("-", " "): code for code, text in own.items() for noun in text.split()
    }


def _head_words(table: dict[str, Any]) -> frozenset[str]:
    """Collect the words that are no names by themselves, whatever their first letter."""
    nouns, heads = table["nouns"], table["heads"]
    texts = [nouns["person"], nouns["staff"], nouns["people"], nouns["modifiers"], nouns["crowd"], nouns["institution"]]
    texts += [heads[key] for key in ("org", "org_of", "gpe", "loc", "fac", "event", "product_after")]
    words = {word for text in texts for word in text.lower().replace("_", " ").split()}
    titles = set(table["persons"]["titles"].replace("_", " ").split())
    return frozenset(words | titles | set(map(plural, words)))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _nouns(table: dict[str, Any]) -> dict[str, tuple[tuple[tuple[str, ...], NounForm], ...]]:
    """Index the nouns that point at somebody; what is listed first here wins."""
    nouns, persons = table["nouns"], table["persons"]
    honorifics = persons["honorifics"].split()
    adjectives = _words(nouns["adjectives"])
    acting = [noun.replace(" ", "_") for nouns in agents().values() for noun in nouns]
    acting += [noun for text in table["sectors"].values() for noun in text.split() if noun not in adjectives]
    lists: tuple[tuple[NounForm, list[str]], ...] = (
        ("side", ["side"]),
        ("body", nouns["institution"].split()),
        ("crowd", nouns["crowd"].split()),
        ("pair", nouns["pair_persons"].split()),
        ("staff", [plural(noun) for noun in nouns["staff"].split()]),
        ("people", [plural(noun) for noun in (*nouns["people"].split(), *nouns["person"].split())]),
        ("office", [title for title in persons["titles"].split() if title not in honorifics]),
        ("person", [*nouns["person"].split(), *nouns["staff"].split(), *nouns["people"].split()]),
        ("pair", nouns["pair_countries"].split()),
        ("definite", nouns["definite"].split()),
        ("agent", [noun for noun in acting if singular(noun) == noun]),
        ("agents", [noun if singular(noun) != noun else plural(noun) for noun in acting]),
    )
    forms: dict[tuple[str, ...], NounForm] = {}
    for form, phrases in lists:
        for name in phrases:
            forms.setdefault(tuple(name.replace("-", "_-_").split("_")), form)
    found: dict[str, list[tuple[tuple[str, ...], NounForm]]] = {}
    for phrase, form in sorted(forms.items(), key=lambda item: -len(item[0])):
        found.setdefault(phrase[0], []).append((phrase, form))
    return {first: tuple(phrases) for first, phrases in found.items()}


def _institutions(text: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted((tuple(name.split("_")) for name in text.split()), key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(phrases) for first, phrases in found.items()}


def _phrases(text: str) -> Phrases:
    found: dict[str, set[tuple[str, ...]]] = {}
    for phrase in text.split():
        words = tuple(phrase.replace("-", "_-_").split("_"))
        found.setdefault(words[-1], set()).add(words)
    return {last: frozenset(whole) for last, whole in found.items()}
