"""Figures: the cases of cases/figures, one a line, and what statements, citations and mentions add."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from newsledger.extract.document import read_document
from newsledger.extract.figures import find_figures
from newsledger.extract.mentions import Mentions
from newsledger.extract.times import find_times
from newsledger.records.extraction import Citation, Entity, Figure, Mention, Statement
from newsledger.records.spans import Span

CASES = Path(__file__).parent / "cases" / "figures"
REFERENCE = date(2022, 12, 20)


@dataclass(frozen=True)
class Case:
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
            if line.strip() and not line.startswith("#"):
                marked, expected = (part.strip() for part in line.split("|"))
                each = tuple(tuple(shlex.split(part)) for part in expected.split(" ; ")) if expected else ()
                found.append(pytest.param(Case(marked, each), id=f"{path.stem}-{number}"))
    return found


def figures_of(text: str, **around: tuple[object, ...]) -> tuple[Figure, ...]:
    document = read_document(text)
    entities: tuple[Entity, ...] = around.get("entities", ())  # type: ignore[assignment]
    statements: tuple[Statement, ...] = around.get("statements", ())  # type: ignore[assignment]
    citations: tuple[Citation, ...] = around.get("citations", ())  # type: ignore[assignment]
    return find_figures(document, find_times(document, REFERENCE), Mentions(entities), statements, citations)


def seen(figure: Figure, name: str) -> str:
    """Give a field as the case files write it."""
    if name == "max":
        return format(figure.value_max, "f") if figure.value_max is not None else "none"
    if name == "period":
        return f"{figure.period_start}..{figure.period_end}"
    return str({"change": figure.change or "none", "bound": figure.bound, "of": figure.quantity_of}[name])


@pytest.mark.parametrize("case", cases())
def test_case(case: Case) -> None:
    figures = figures_of(case.text)
    assert [figure.text for figure in figures] == case.spans
    for figure, (value, unit, *fields) in zip(figures, case.expected, strict=True):
        assert (format(figure.value, "f"), figure.unit) == (value, unit)
        for field in fields:
            name, _, wanted = field.partition("=")
            assert seen(figure, name) == wanted


def test_there_are_enough_cases() -> None:
    assert len(cases()) >= 60


def span(text: str, piece: str) -> Span:
    start = text.index(piece)
    return Span(start=start, end=start + len(piece), text=piece)


def statement(text: str, content: str, speaker: str, number: int = 1) -> Statement:
    whole = span(text, text)
    return Statement(
        id=f"s{number}",
        kind="indirect",
        start=0,
        end=whole.end,
        text=text,
        content=span(text, content),
        speaker=speaker,
    )


def test_the_speaker_vouches_for_what_he_says() -> None:
    text = "The minister said that exports rose by 5 percent, although 300 firms closed."
    (percent, firms) = figures_of(text, statements=(statement(text, "exports rose by 5 percent", "minister"),))
    assert percent.attributed_to == "minister"
    assert firms.attributed_to is None


def test_the_innermost_speaker_is_nearest_to_the_claim() -> None:
    text = "The outlet wrote that the minister said that exports rose by 5 percent."
    outer = statement(text, "the minister said that exports rose by 5 percent", "outlet", 1)
    inner = statement(text, "exports rose by 5 percent", "minister", 2)
    assert figures_of(text, statements=(outer, inner))[0].attributed_to == "minister"


def test_a_claim_that_several_share_is_its_reporters() -> None:
    text = "The minister said that Latvia and Estonia expect exports to rise by 5 percent."
    outer = statement(text, "Latvia and Estonia expect exports to rise by 5 percent", "minister", 1)
    shared = [
        statement(text, "exports to rise by 5 percent", speaker, n) for n, speaker in ((2, "latvia"), (3, "estonia"))
    ]
    assert figures_of(text, statements=(outer, *shared))[0].attributed_to == "minister"


def test_an_outlet_vouches_where_nobody_speaks() -> None:
    text = "Exports rose by 5 percent, according to Interfax. Imports fell by 3 percent."
    cited = span(text, "according to Interfax")
    citation = Citation(start=cited.start, end=cited.end, text=cited.text, source="interfax")
    assert [figure.attributed_to for figure in figures_of(text, citations=(citation,))] == ["interfax", None]


def test_a_dateline_does_not_vouch() -> None:
    text = "VILNIUS (Reuters) - Exports rose by 5 percent."
    wire = span(text, "Reuters")
    citation = Citation(start=wire.start, end=wire.end, text=wire.text, source="reuters")
    assert figures_of(text, citations=(citation,))[0].attributed_to is None


def test_a_figure_is_about_whom_its_quantity_names() -> None:
    text = "Trade between Latvia and Estonia grew by 7 percent, Poland said."
    places = [
        Entity(
            id=name.lower(),
            name=name,
            type="GPE",
            mentions=(Mention(start=text.index(name), end=text.index(name) + len(name), text=name, kind="name"),),
        )
        for name in ("Latvia", "Estonia", "Poland")
    ]
    (figure,) = figures_of(text, entities=tuple(places))
    assert figure.quantity_of == "Trade between Latvia and Estonia"
    assert figure.about == ("latvia", "estonia")


def test_the_day_of_saying_is_no_period() -> None:
    assert figures_of("Exports rose by 5 percent in 2021, he said on Monday.")[0].period_start == date(2021, 1, 1)
    assert figures_of("Exports rose by 5 percent, he said on Monday.")[0].period_start is None


def test_since_and_before_give_no_period() -> None:
    assert figures_of("Exports have risen by 5 percent since 2019.")[0].period_start is None


def test_values_carry_no_exponent() -> None:
    values = [figure.value for figure in figures_of("It cost 1.50 million euros, $2 trillion and 5.80 percent.")]
    assert values == [Decimal(1500000), Decimal(2000000000000), Decimal("5.8")]
    assert [str(value) for value in values] == ["1500000", "2000000000000", "5.8"]
