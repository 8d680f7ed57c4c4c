"""What people decided is replayed on the registry: same decisions, same registry, and no entry is changed in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract import EXTRACTOR, extract, version
from newsledger.extract.decisions import Accept, Merge, Reject, Split, UndecidableError, apply, digest
from newsledger.extract.lexicon import build_lexicon
from newsledger.extract.registry import Entry, Office
from newsledger.records.article import Article
from newsledger.records.config import TopicRule

DAY = date(2026, 3, 6)
BANK = Entry(id="river-bank", name="River Bank", type="ORG", aliases=("RB", "the Bank", "Rēka Bank"))
MINISTRY = Entry(id="ministry", name="Ministry of Canals", type="ORG", country="LVA", demonyms=("Canal",))
LIND = Entry(id="olga-lind", name="Olga Lind", type="PER", offices=(Office("minister", "ministry", None, None),))
ENTRIES = {entry.id: entry for entry in (BANK, MINISTRY, LIND)}
ACCEPT = Accept(entity="ivan-petrov", decided=DAY, name="Ivan Petrov", type="PER", country="BLR", forms=("I. Petrov",))
MERGE = Merge(entity="ivan-petrow", decided=DAY, into="ivan-petrov", forms=("Ivan Petrow",))


def test_an_accepted_entity_is_an_entry_with_its_forms() -> None:
    found = apply([ACCEPT], ENTRIES)["ivan-petrov"]
    assert (found.name, found.type, found.country, found.aliases) == ("Ivan Petrov", "PER", "BLR", ("I. Petrov",))


def test_an_unknown_entity_that_is_merged_leaves_its_forms() -> None:
    assert apply([ACCEPT, MERGE], ENTRIES)["ivan-petrov"].aliases == ("I. Petrov", "Ivan Petrow")


def test_an_entry_that_is_merged_leaves_all_that_is_known_of_it() -> None:
    new = Accept(entity="canals", decided=DAY, name="Canal Ministry", type="ORG", sector="GOV")
    found = apply([new, Merge(entity="ministry", decided=DAY, into="canals")], ENTRIES)
    assert "ministry" not in found
    merged = found["canals"]
    assert (merged.name, merged.aliases, merged.demonyms) == ("Canal Ministry", ("Ministry of Canals",), ("Canal",))
    assert (merged.country, merged.sector) == ("LVA", "GOV")
    assert found["olga-lind"].offices[0].of == "canals"


def test_a_form_that_is_split_off_makes_an_entity_of_its_own_or_goes_to_a_known_one() -> None:
    new = Split(entity="river-bank", decided=DAY, form="the Bank", into="hill-bank", name="Hill Bank", country="EST")
    known = Split(entity="river-bank", decided=DAY, form="Reka Bank", into="ministry")
    found = apply([new, known], ENTRIES)
    assert found["river-bank"].aliases == ("RB",)
    assert (found["hill-bank"].name, found["hill-bank"].type) == ("Hill Bank", "ORG")
    assert (found["hill-bank"].aliases, found["hill-bank"].country) == (("the Bank",), "EST")
    assert found["ministry"].aliases == ("Reka Bank",)


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (Accept(entity="olga-lind", decided=DAY, name="Olga Lind", type="PER"), "holds it already"),
        (Reject(entity="olga-lind", decided=DAY), "the registry holds it"),
        (Merge(entity="x", decided=DAY, into="olga-linde"), "holds no 'olga-linde', did you mean 'olga-lind'?"),
        (Merge(entity="olga-lind", decided=DAY, into="olga-lind"), "into itself"),
        (Split(entity="bank", decided=DAY, form="RB", into="y"), "holds no 'bank'"),
        (Split(entity="river-bank", decided=DAY, form="RB", into="river-bank"), "another entity"),
        (Split(entity="river-bank", decided=DAY, form="River Bank", into="y"), "its own name"),
    ],
)
def test_what_does_not_fit_the_registry_is_said_in_one_line(decision: Accept, says: str) -> None:
    with pytest.raises(UndecidableError, match=f"{decision.entity}' of 2026-03-06: ") as caught:
        apply([decision], ENTRIES)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "wrong", [{"country": "by"}, {"sector": "gov"}, {"wikidata": "184"}, {"entity": "Ivan Petrov"}, {"forms": (" ",)}]
)
def test_what_no_record_may_hold_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="must"):
        Accept(**{"entity": "ivan-petrov", "decided": DAY, "name": "Ivan Petrov", "type": "PER"} | wrong)


remarks = st.fixed_dictionaries({name: st.none() | st.text(max_size=9) for name in ("by", "why", "example")})


@given(remarks, st.dates())
def test_remarks_change_nothing_that_is_read(said: dict[str, str | None], day: date) -> None:
    same = Merge(entity="ivan-petrow", decided=day, into="ivan-petrov", forms=("Ivan Petrow",), **said)
    assert digest([ACCEPT, same]) == digest([ACCEPT, MERGE])
    assert apply([ACCEPT, same], ENTRIES) == apply([ACCEPT, MERGE], ENTRIES)


def test_records_are_stale_where_another_decision_dossier_or_topic_was_read_with() -> None:
    floods = TopicRule(id="floods", words=("dyke",))
    assert version() == version((Reject(entity="x", decided=DAY),)) == EXTRACTOR
    versions = {version(), version((ACCEPT,)), version((ACCEPT, MERGE)), version((), ("russia",))}
    versions |= {version((), (), (floods,)), version((), (), (replace(floods, examples=("The river rose",)),))}
    assert len(versions) == 6
    assert version((), ("russia", "belarus")) == version((), ("belarus", "russia"))


def test_the_extractor_reads_with_the_decisions() -> None:
    lexicon = build_lexicon([], (), (ACCEPT, MERGE))
    found = extract(Article(article_id="a", text="Ivan Petrow opened the dam on Monday.", language="en"), lexicon)
    assert found.extractor == version((ACCEPT, MERGE))
    assert [(entity.id, entity.country) for entity in found.entities if entity.type == "PER"] == [
        ("ivan-petrov", "BLR")
    ]
    assert found.relevance is None
