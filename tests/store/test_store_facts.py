"""The diff of facts: what two readings have in common, whatever their ids and offsets."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.diffs.alignment import Alignment
from store.diffs.facts import differences
from tests.store.toy_reader import SPEAKERS, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsledger.records.extraction import Extraction
    from store.diffs.facts import Differences

sentences = st.sampled_from(
    [
        *(
            f"{who} said {what}."
            for who in SPEAKERS
            for what in ("the talks go on", "no ship left", "the talks are over")
        ),
        *(f"{number} {of} came." for number in (3, 12, 15) for of in ("ships", "men")),
        "Lind met Petrov.",
        "Petrov met Lind.",
        "It rained.",
        "It rained. Nobody knew why.",
    ]
)
texts = st.lists(sentences, max_size=12).map(" ".join)


def told(found: Differences) -> list[tuple[str, str, str | None, str | None]]:
    return [(one.fact.type, one.change, *one.lines) for one in found.found]


@given(text=texts)
def test_a_reading_is_the_same_as_itself_under_whatever_ids(text: str) -> None:
    for other in (read(text), read(text, prefix="other-", extractor="x2")):
        found = differences(read(text), other)
        assert found.found == ()
        assert found.same["statement"] == len(other.statements)


@given(text=texts, lead=sentences)
def test_offsets_make_no_difference(text: str, lead: str) -> None:
    found = differences(read(text), read(f"{lead} {text}"))
    assert {one.change for one in found.found if one.fact.type in ("statement", "figure", "event")} <= {"added"}
    assert found.same["figure"] == len(read(text).figures)


@given(before=texts, after=texts)
def test_swapped_readings_differ_the_other_way_round(before: str, after: str) -> None:
    there, back = differences(read(before), read(after)), differences(read(after), read(before))
    assert Counter((one.before, one.after) for one in there.found) == Counter(
        (one.after, one.before) for one in back.found
    )
    assert there.same == back.same


@given(before=texts, after=texts)
def test_every_record_is_the_same_changed_added_or_lost(before: str, after: str) -> None:
    old, new = read(before), read(after)
    found = differences(old, new)
    assert found == differences(old, new)
    for name, type_ in (
        ("entities", "entity"),
        ("statements", "statement"),
        ("figures", "figure"),
        ("events", "event"),
    ):
        count = Counter(one.change for one in found.found if one.fact.type == type_)
        same = found.same[type_]  # type: ignore[index] # a type of records
        assert same + count["changed"] + count["lost"] == len(getattr(old, name))
        assert same + count["changed"] + count["added"] == len(getattr(new, name))
    for one in found.found:
        lines = one.lines
        assert lines[0] != lines[1]
        assert all(line is None or (line and "\n" not in line) for line in lines)


@given(old=texts, new=texts)
def test_an_alignment_never_leads_out_of_the_text_nor_back(old: str, new: str) -> None:
    alignment = Alignment(old, new)
    places = [alignment.point(place) for place in range(len(old) + 1)]
    assert places == sorted(places)
    for start in range(0, len(old), 7):
        first, last = alignment.interval(start, start + 1)
        assert 0 <= first <= last <= len(new)
        assert first <= places[start] <= last


def test_what_is_changed_is_paired_in_its_place() -> None:
    before = read("It rained. 12 ships came. Lind said no ship left. Petrov said the talks go on.")
    after = read("It rained. 15 ships came. Petrov said no ship left. 3 men came. Petrov said the talks go on.")
    assert told(differences(before, after)) == [
        ("entity", "changed", "Petrov (PER; mentioned 1 times)", "Petrov (PER; mentioned 2 times)"),
        ("entity", "lost", "Lind (PER; mentioned 1 times)", None),
        ("statement", "changed", "Lind said: no ship left", "Petrov said: no ship left"),
        ("figure", "changed", "12 ships", "15 ships"),
        ("figure", "added", None, "3 men"),
    ]


def test_two_readings_of_one_text_are_paired_by_their_place() -> None:
    one = read("Lind met Petrov. 12 ships came.")
    (event,), (figure,) = one.events, one.figures
    other = replace(
        one, events=(replace(event, status="planned", type="AGREE"),), figures=(replace(figure, unit="kg"),)
    )
    assert told(differences(one, other)) == [
        ("event", "changed", "CONSULT Lind → Petrov (occurred)", "AGREE Lind → Petrov (planned)"),
        ("figure", "changed", "12 ships", "12 kg ships"),
    ]


def test_where_the_lines_are_the_same_they_say_what_differs() -> None:
    one = read("Lind met Petrov.")
    other = replace(one, events=(replace(one.events[0], mode="visit"),))
    assert told(differences(one, other)) == [
        (
            "event",
            "changed",
            "CONSULT Lind → Petrov (occurred) (mode: none)",
            "CONSULT Lind → Petrov (occurred) (mode: visit)",
        )
    ]


def test_long_lines_are_cut_where_they_still_differ() -> None:
    first, second = (f"Lind said the talks go on {'and on ' * 60}until {day}." for day in ("Monday", "Tuesday"))
    (one,) = (one for one in differences(read(first), read(second)).found if one.fact.type == "statement")
    before, after = one.lines
    assert before
    assert after
    assert before.endswith("until Monday")
    assert after.endswith("until Tuesday")
    assert max(len(before), len(after)) < 250


def test_a_record_that_is_named_otherwise_stays_the_same_record(extraction: Callable[..., Extraction]) -> None:
    one = extraction()
    renamed = replace(one, entities=(replace(one.entities[0], name="Lind, Olga"), *one.entities[1:]))
    assert [found[:2] for found in told(differences(one, renamed))] == [("entity", "changed")]


@pytest.mark.parametrize("is_moved", [False, True])
def test_ten_thousand_records_take_seconds(*, is_moved: bool) -> None:
    lines = [f"{number} ships came. Lind said the talks go on." for number in range(5_000)]
    changed = [line.replace("came", "left") if is_moved else line.replace("0 ships", "1 ships") for line in lines]
    before, after = read(" ".join(lines)), read(" ".join(reversed(changed) if is_moved else changed))
    started = time.process_time()
    found = differences(before, after)
    assert time.process_time() - started < 20
    assert found.found
