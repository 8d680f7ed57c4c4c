"""The word lists that names are told by, read once from names.toml and common.txt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from newsledger.extract.lexicon import fold
from newsledger.extract.wordlists import common_words, word_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Word classes; single words unless said otherwise. Heads of names keep their capitals, the rest is lower case."""

    first_names: dict[str, str]  # folded name -> m or f
    titles: dict[str, frozenset[tuple[str, ...]]]  # last word -> whole titles
    honorifics: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    speech: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    org: frozenset[str]
    org_of: frozenset[str]
    org_lower: frozenset[str]
    gpe: frozenset[str]
    gpe_lower: frozenset[str]
    loc: frozenset[str]
    loc_lower: frozenset[str]
    loc_of: frozenset[str]
    fac: frozenset[str]
    fac_lower: frozenset[str]
    event: frozenset[str]
    event_only: frozenset[str]
    event_before: frozenset[str]
    product_after: frozenset[str]
    place_before: frozenset[str]
    place_described: frozenset[str]
    norp: frozenset[str]
    never: frozenset[str]
    common: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Read the word lists."""
    table = word_table()
    persons, heads, places = table["persons"], table["heads"], table["places"]
    genders = {fold(name): gender for gender in ("f", "m") for name in table["first_names"][gender].split()}
    return Vocabulary(
        first_names=genders,
        titles=_by_last_word(persons["titles"].split()),
        common=common_words(),
        norp=frozenset(table["groups"]["norp"].split()),
        never=frozenset(table["never"]["words"].replace("_", " ").split()),
        place_before=frozenset(places["before"].split()),
        place_described=frozenset(places["described"].split()),
        **{
            key: frozenset(persons[key].split())
            for key in ("honorifics", "male", "female", "speech", "particles", "suffixes")
        },
        **{key: frozenset(text.split()) for key, text in heads.items()},
    )


def _by_last_word(titles: list[str]) -> dict[str, frozenset[tuple[str, ...]]]:
    found: dict[str, set[tuple[str, ...]]] = {}
    for title in titles:
        words = tuple(title.replace("-", "_-_").split("_"))
        found.setdefault(words[-1], set()).add(words)
    return {last: frozenset(whole) for last, whole in found.items()}
