"""Times: the cases of cases/times, one a line, and what the context decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from newsledger.extract.document import read_document
from newsledger.extract.times import find_times

CASES = Path(__file__).parent / "cases" / "times"


@dataclass(frozen=True)
class Case:
    reference: date | None
    marked: str
    expected: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        return re.sub(r"[\[\]]", "", self.marked)

    @property
    def spans(self) -> list[str]:
        return re.findall(r"\[([^\]]*)\]", self.marked)


def cases() -> list[object]:
    found = []
    for path in sorted(CASES.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            reference, marked, expected = (part.strip() for part in line.split("|"))
            case = Case(
                date.fromisoformat(reference) if reference != "-" else None,
                marked,
                tuple(tuple(part.split()) for part in expected.split(" ; ")) if expected else (),
            )
            found.append(pytest.param(case, id=f"{path.stem}-{number}"))
    return found


@pytest.mark.parametrize("case", cases())
def test_case(case: Case) -> None:
    times = find_times(read_document(case.text), case.reference)
    assert [time.text for time in times] == case.spans
    for time, (kind, value, *interval) in zip(times, case.expected, strict=True):
        assert (time.type, time.value) == (kind, value)
        if interval:
            assert f"{time.date_start}..{time.date_end}" == interval[0]


def test_there_are_enough_cases() -> None:
    assert len(cases()) >= 60


def times_of(text: str, reference: date | None = date(2022, 12, 20)) -> list[tuple[str, str]]:
    return [(time.text, time.value) for time in find_times(read_document(text), reference)]


def test_every_occurrence_is_a_record() -> None:
    assert times_of("On Monday he came, and on Monday he left.") == [("Monday", "2022-12-19")] * 2


def test_a_named_day_outlives_the_paragraph() -> None:
    text = "On 12 December the envoy landed.\n\nHe met nobody that day, and left two days later."
    assert times_of(text)[1:] == [("that day", "2022-12-12"), ("two days later", "2022-12-14")]


def test_a_day_in_the_same_paragraph_gives_the_month() -> None:
    assert times_of("On 28 September 2021 the drill began. On the 2nd it ended.")[1] == ("the 2nd", "2021-10-02")


def test_a_line_broken_to_a_width_does_not_cut_a_date() -> None:
    wrapped = (
        "The two governments agreed in a long letter which they sent on 5\n"
        "March 2021 that nobody should cross the frontier without a paper or\n"
        "a stamp, and that all papers and stamps should be shown at the gate\n"
        "to anybody who asks for them in the proper form and in good time."
    )
    assert times_of(wrapped) == [("5\nMarch 2021", "2021-03-05")]


def test_a_heading_does_not_run_into_the_text() -> None:
    assert times_of("Talks in December\n19 people were present.")[0] == ("December", "2022-12")


def test_the_calendar_ends() -> None:
    assert times_of("Two weeks later and next year.", date(9999, 12, 31)) == [
        ("Two weeks later", "XXXX-XX-XX"),
        ("next year", "XXXX"),
    ]
    assert times_of("Last year and a decade ago.", date(1, 1, 1)) == [("Last year", "XXXX"), ("a decade ago", "XXXX")]
