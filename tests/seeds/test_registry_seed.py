"""The registry's seed: whatever a later entry breaks here would make extraction take one thing for another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from typing import Any, get_args

import pycountry

from newsledger.records.extraction import EntityType

Entries = list[dict[str, Any]]

KINDS = {
    "GPE": {"country", "city", "region"},
    "ORG": {"agency", "outlet", "organisation", "government", "military", "company"},
}
SECTORS = re.compile("GOV|MIL|LEG|OPP|REB|COP|SPY|EDU|JRN|MED|BUS|CVL|IGO|NGO|CRM|PRE|PRM|PTY|REL|SOC")
ALWAYS = {"id", "name", "type"}
SOMETIMES = {"kind", "country", "sector", "wikidata", "gender"}
REST = {"aliases", "demonyms", "metonyms", "capital", "offices"}
# Kosovo has no ISO code of its own; XKX is the one that others use.
BEYOND_ISO = {"XKX"}
# What two entities of one type may share: (type, alias).
SHARED_ALIASES: set[tuple[str, str]] = set()


def _names(entry: dict[str, Any]) -> list[str]:
    return [entry["name"], *entry.get("aliases", ())]


def test_entries_are_many_and_their_ids_are_slugs_that_stand_once(registry: Entries) -> None:
    ids = Counter(entry["id"] for entry in registry)
    assert len(ids) > 350
    assert [ident for ident, count in ids.items() if count > 1] == []
    assert [ident for ident in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", ident)] == []


def test_entries_have_only_known_fields_and_values(registry: Entries) -> None:
    codes = {country.alpha_3 for country in pycountry.countries} | BEYOND_ISO
    for entry in registry:
        assert set(entry) >= ALWAYS, entry
        assert set(entry) <= ALWAYS | SOMETIMES | REST, entry
        assert entry["type"] in get_args(EntityType), entry
        assert entry.get("kind") in KINDS.get(entry["type"], {None}), entry
        assert entry.get("country") in codes | {None}, entry
        assert "sector" not in entry or SECTORS.fullmatch(entry["sector"]), entry
        assert re.fullmatch(r"Q[1-9]\d*", entry.get("wikidata", "Q1")), entry
        assert entry.get("gender") in ({"m", "f"} if entry["type"] == "PER" else {None}), entry
        assert "offices" not in entry or entry["type"] in ("PER", "ORG"), entry
        assert "capital" not in entry or entry.get("kind") == "country", entry


def test_names_are_clean_strings_and_no_alias_repeats(registry: Entries) -> None:
    for entry in registry:
        for names in (_names(entry), entry.get("demonyms", []), entry.get("metonyms", [])):
            assert all(isinstance(name, str) and name and name == " ".join(name.split()) for name in names), entry
            assert len(names) == len(set(names)), entry
        assert not any(name.startswith("the ") for name in entry.get("aliases", ())), entry


def test_wikidata_items_and_country_codes_stand_for_one_entity(registry: Entries) -> None:
    items = Counter(entry["wikidata"] for entry in registry if "wikidata" in entry)
    countries = Counter(entry["country"] for entry in registry if entry.get("kind") == "country")
    assert [item for item, count in items.items() if count > 1] == []
    assert [code for code, count in countries.items() if count > 1] == []


def test_capitals_are_cities_of_their_country_and_offices_are_of_known_entities(registry: Entries) -> None:
    by_id = {entry["id"]: entry for entry in registry}
    for entry in registry:
        if capital := entry.get("capital"):
            assert by_id[capital]["kind"] == "city", entry
            assert by_id[capital]["country"] == entry["country"], entry
        for office in entry.get("offices", ()):
            assert set(office) == {"title", "of", "from", "until"}, entry
            assert office["of"] in by_id, entry
            assert office["title"].strip() == office["title"] != "", entry


def test_offices_have_dates_in_order(registry: Entries) -> None:
    for entry in registry:
        for office in entry.get("offices", ()):
            assert isinstance(office["from"], date), entry
            assert office["until"] is None or office["from"] <= office["until"], entry
        starts = [office["from"] for office in entry.get("offices", ())]
        assert all(earlier <= later for earlier, later in pairwise(starts)), entry


def test_heads_of_state_and_government_do_not_overlap(registry: Entries) -> None:
    held: defaultdict[tuple[str, str], list[tuple[date, date, str]]] = defaultdict(list)
    for entry in registry:
        for office in entry.get("offices", ()):
            if office["title"] in {"president", "prime minister", "chancellor", "foreign minister", "defence minister"}:
                until = office["until"] or date.max
                held[office["title"], office["of"]].append((office["from"], until, entry["id"]))
    assert len(held) > 60
    for terms in held.values():
        for earlier, later in pairwise(sorted(terms)):
            assert earlier[1] <= later[0], (earlier, later)


def test_no_alias_stands_for_two_entities_of_a_type(registry: Entries) -> None:
    owners: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in registry:
        for name in _names(entry):
            owners[entry["type"], name].add(entry["id"])
    shared = {key: ids for key, ids in owners.items() if len(ids) > 1 and key not in SHARED_ALIASES}
    assert shared == {}


def test_demonyms_and_metonyms_stand_for_one_entity(registry: Entries) -> None:
    for field in ("demonyms", "metonyms"):
        words = Counter(word for entry in registry for word in entry.get(field, ()))
        assert [word for word, count in words.items() if count > 1] == []


def test_about_sixty_countries_have_demonyms(registry: Entries) -> None:
    countries = [entry for entry in registry if entry.get("kind") == "country"]
    assert sum(bool(entry.get("demonyms")) for entry in countries) >= 60


def test_those_whom_the_dossier_turns_on_are_there(registry: Entries) -> None:
    forms = {name for entry in registry for name in (*_names(entry), *entry.get("metonyms", ()))}
    wanted = (
        "Lukashenka;Alyaksandr Lukashenka;Лукашенко;Zelenskyy;Władimir Putin;Kremlin;Brussels;Downing Street;"
        "White House;CSTO;Union State;EAEU;BelTA;TASS;Interfax;Reuters;RFE/RL;Meduza;Nasha Niva;Belaruskali;"
        "Gazprom;Zapad-2021;Baltic states;West;G7;OPEC+;Wagner"
    )
    assert set(wanted.split(";")) <= forms
