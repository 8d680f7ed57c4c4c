from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract.document import read_document
from newsledger.extract.events import find_events
from newsledger.extract.grammar.reading import read
from newsledger.extract.mentions import Mentions
from newsledger.extract.plover import intensity_of, quad_of
from newsledger.extract.times import find_times
from newsledger.records.extraction import Entity, Event, EventType, Mention
from newsledger.records.spans import require_rereading
from tests.extract.troupe import CAST, hear, silent

if TYPE_CHECKING:
    from collections.abc import Sequence

CASES = Path(__file__).parent / "cases" / "events"
REFERENCE = date(2023, 5, 10)


def _code(text: str, reference: date | None = REFERENCE) -> tuple[Event, ...]:
    document, mentions, citations, statements = hear(text)
    times = find_times(document, reference)
    return find_events(read(document), mentions, times, statements, citations, reference, silent(document))


def _cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
            found.append(pytest.param(case, id=f"{path.stem}-{number}"))
    return found


def _shown(event: Event, fields: Sequence[str]) -> dict[str, Any]:
    shown = {field: getattr(event, field) for field in fields}
    for field, value in shown.items():
        if field == "trigger":
            shown[field] = event.trigger.text
        elif isinstance(value, tuple):
            shown[field] = list(value)
    return shown


@pytest.mark.parametrize("case", _cases())
def test_a_text_yields_the_events_that_it_tells(case: dict[str, Any]) -> None:
    events, expected = _code(case["text"]), case["events"]
    fields = [list(event) for event in expected] + [["type", "actors", "recipients"]] * len(events)
    assert [_shown(event, fields[n]) for n, event in enumerate(events)] == expected


def test_a_name_that_holds_a_comma_is_one_side() -> None:
    text = "Protesters in Dover, Del., besieged Norwood, Ohio, on Monday."
    names = [("Protesters", "protesters", "PER"), ("Dover, Del.", "dover", "GPE"), ("Norwood, Ohio", "norwood", "GPE")]
    mentions = Mentions(
        tuple(
            Entity(
                id=ident,
                name=name,
                type=kind,
                mentions=(Mention(start=text.index(name), end=text.index(name) + len(name), text=name, kind="name"),),
            )
            for name, ident, kind in names
        )
    )
    document = read_document(text)
    events = find_events(read(document), mentions, (), (), (), REFERENCE, silent(document))
    assert [event.recipients for event in events] == [("norwood",)]


def test_there_are_cases_enough() -> None:
    assert len(_cases()) >= 60


def test_the_evidence_is_the_clause_and_holds_the_trigger() -> None:
    event = _code("The road is shut, but on Friday Russia attacked Ukraine, and the army waited.")[0]
    assert event.text == "on Friday Russia attacked Ukraine"
    assert event.trigger.text == "attacked"
    assert event.contexts == ("military",) or not event.contexts


def test_contexts_come_from_the_words_of_the_clause() -> None:
    event = _code("Poland agreed with Lithuania to buy gas and missiles for the army.")[0]
    assert {"military", "resource"} <= set(event.contexts)


def test_two_known_sides_make_an_event_more_certain_than_one() -> None:
    both, one = _code("Police arrested Tomas Brandt."), _code("Tomas Brandt was arrested.")
    assert both[0].confidence > one[0].confidence


@pytest.mark.parametrize(
    "kind", ["ACCUSE", "ASSAULT", "COERCE", "SANCTION", "THREATEN", "REJECT", "PROTEST", "MOBILIZE"]
)
def test_conflict_scores_below_nothing(kind: EventType) -> None:
    assert intensity_of(kind, None) < 0
    assert quad_of(kind).endswith("conflict")


WORDS = [name for player in CAST for name in player.name + player.demonym + player.role]
PIECES = [
    *WORDS,
    "met", "attacked", "was arrested by", "sanctions", "imposed", "on", "in", "with", "talks", "between", "and",
    "said", "that", "will", "not", "may", "must", "if", "unless", "who", ", ", ". ", '"', "the two countries",
    "visit to", "agreed to", "denied", "plans to", "war in", "'s", "by", "of", "is ready to", "nonsense",
    "was", "on 4 May 2023", "'s arrest", "accused of", "rejected the charge", "the joint exercise", "has not ruled out",
    "whether to", "up to 20", "missiles at", "without", "called", "a liar", "which", "the talks", "thousands of",
]  # fmt: skip
babble = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)


@given(st.one_of(st.text(max_size=300), babble), st.sampled_from([None, REFERENCE]))
@settings(deadline=None, max_examples=150)
def test_any_text_is_coded_without_an_error_and_every_span_rereads(text: str, reference: date | None) -> None:
    _, mentions, _, statements = hear(text)
    events = _code(text, reference)
    require_rereading(events, text)
    assert [event.id for event in events] == [f"e{n}" for n in range(1, len(events) + 1)]
    for event in events:
        assert event.covers(event.trigger)
        assert event.actors or event.recipients
        assert {*event.actors, *event.recipients} <= set(mentions.by_id)
        assert not set(event.actors) & set(event.recipients)
        assert 0 <= event.confidence <= 1
        assert -10 <= event.intensity <= 10
        assert event.statement in {None, *(statement.id for statement in statements)}


@given(babble)
@settings(deadline=None, max_examples=50)
def test_the_same_text_gives_the_same_events(text: str) -> None:
    assert _code(text) == _code(text)


@pytest.mark.parametrize(
    "piece",
    [
        "Orlov said, ",
        "Orlov, who said that Rudak, ",
        '"A b c" ',
        "The two countries agreed. Russia met Belarus. ",
        "Reuters reported, citing TASS, ",
        "Russia attacked Ukraine and ",
    ],
)
def test_a_text_four_times_as_long_takes_no_more_than_a_few_times_as_long(piece: str) -> None:
    def seconds(count: int) -> float:
        began = perf_counter()
        _code(piece * count)
        return perf_counter() - began

    seconds(50)
    assert seconds(1200) < 12 * seconds(300) + 1
