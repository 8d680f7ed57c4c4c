"""What the digest draws: bars on both sides of a line, a mean with gaps, and the numbers beside."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, PackageLoader, StrictUndefined

from newsledger.digest.charts import BOTTOM, LEFT, MIDDLE, RIGHT, TOP, round_up, signed, sparkline, trend_chart
from newsledger.digest.model import Trend
from newsledger.records.day import TrendRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LAST = date(2031, 3, 12)
COUNTS = st.integers(0, 900)
ROWS = st.lists(st.tuples(COUNTS, COUNTS, st.none() | st.floats(-10, 10)), min_size=1, max_size=30)


def trend(*days: tuple[int, int, float | None]) -> Trend:
    rows = (
        TrendRow(
            one="NOR", other="SUD", day=LAST - timedelta(days=len(days) - 1 - at), cooperation=cooperation,
            conflict=conflict, intensity=mean, low=mean, high=mean,
        )
        for at, (cooperation, conflict, mean) in enumerate(days)
    )  # fmt: skip
    return Trend(anchor="t-1", one="NOR", other="SUD", days=tuple(rows))


def rendered(drawn: Trend, name: str = "Norland and Sudland") -> str:
    environment = Environment(
        loader=PackageLoader("newsledger.digest"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["signed"] = signed
    return environment.get_template("trend.svg.j2").render(trend=drawn, chart=trend_chart(drawn), name=name)


def heights(path: str) -> list[float]:
    return [float(height) for height in re.findall(r"v(-?[\d.]+)", path)]


def test_cooperation_stands_above_the_line_and_conflict_hangs_below_it_on_one_scale() -> None:
    chart = trend_chart(trend((5, 0, 1.0), (0, 0, None), (10, 10, 0.0)))
    assert chart.most == 10
    assert heights(chart.cooperation) == [-31, -62]
    assert heights(chart.conflict) == [62]
    assert f" {MIDDLE:.0f}h" in chart.cooperation


def test_the_line_is_interrupted_where_a_day_has_no_deeds() -> None:
    chart = trend_chart(trend((1, 0, 5.0), (1, 0, -5.0), (0, 0, None), (1, 0, 10.0)))
    assert re.findall("[ML]", chart.intensity) == ["M", "L", "M"]
    assert [y for _, y in chart.dots] == [39, 101, TOP]


def test_the_last_day_is_named_and_those_whole_weeks_before_it() -> None:
    chart = trend_chart(trend(*[(1, 0, 1.0)] * 16))
    assert [tick.label for tick in chart.ticks] == ["12 Mar", "5 Mar", "26 Feb"]


@given(ROWS)
def test_nothing_is_drawn_outside_of_the_frame(days: list[tuple[int, int, float | None]]) -> None:
    chart = trend_chart(trend(*days))
    drawn = chart.cooperation + chart.conflict
    assert all(abs(height) <= MIDDLE - TOP for height in heights(drawn))
    assert all(LEFT < float(x) < RIGHT for x in re.findall(r"M([\d.]+)", drawn))
    assert all(LEFT < x < RIGHT and TOP <= y <= BOTTOM for x, y in chart.dots)
    assert len(re.findall("M", drawn)) == sum((coop > 0) + (conf > 0) for coop, conf, _ in days)


@given(st.integers(0, 10**6))
def test_the_scale_ends_at_a_round_number_that_is_not_far_off(count: int) -> None:
    most = round_up(count)
    assert re.fullmatch("[125]0*", str(most))
    assert most == 1 or count <= most < 2.5 * count + 0.1


def test_the_summary_says_what_there_is_to_see() -> None:
    assert trend_chart(trend((2, 0, 3.0), (0, 0, None), (1, 4, -2.5))).summary == (
        "From 10 March 2031 to 12 March 2031: 3 deeds of cooperation and 4 of conflict, on 2 of 3 days; "
        "most on 12 March 2031 (1 and 4). Mean intensity of a day: -2.5 to +3.0."
    )
    alone = trend_chart(trend((1, 0, 4.0))).summary
    assert "1 deed of cooperation" in alone
    assert alone.endswith("Mean intensity of a day: +4.0.")
    assert trend_chart(trend((0, 0, None))).summary.endswith("no deed on any day.")


@pytest.mark.parametrize(("number", "written"), [(0.04, "0.0"), (-0.04, "0.0"), (2.25, "+2.2"), (-10.0, "-10.0")])
def test_a_number_has_the_sign_of_what_is_left_of_it(number: float, written: str) -> None:
    assert signed(number) == written


def test_a_sparkline_has_a_column_for_each_day_of_the_week() -> None:
    spark = sparkline([(LAST, 8), (LAST - timedelta(days=2), 4), (LAST - timedelta(days=9), 99)], LAST)
    assert heights(spark.bars) == [-7.5, -15]
    assert spark.words.startswith("Articles a day, 6 March: 0")
    assert spark.words.endswith("10 March: 4, 11 March: 0, 12 March: 8")
    assert sparkline([], LAST).bars == ""
    xs = [
        float(x)
        for x in re.findall(r"M([\d.]+)", sparkline([(LAST - timedelta(days=n), 1) for n in range(7)], LAST).bars)
    ]
    assert all(right - left == pytest.approx(8, abs=0.11) for left, right in pairwise(xs))


def test_the_picture_is_named_described_and_told_in_numbers_beside() -> None:
    page = rendered(trend((2, 0, 3.0), (0, 0, None), (1, 4, -2.5)), "<b>Norland & Sudland")
    figure = ET.fromstring(page)  # noqa: S314 - ours
    picture = figure.find("svg")
    assert picture is not None
    named = [figure.find(f".//*[@id='{one}']") for one in picture.attrib["aria-labelledby"].split()]
    assert [one.tag for one in named if one is not None] == ["title", "desc"]
    assert named[0] is not None
    assert named[0].text == "Cooperation and conflict day by day: <b>Norland & Sudland"
    rows = [[cell.text for cell in row] for row in figure.iter("tr")][1:]
    assert rows == [
        ["2031-03-10", "2", "0", "+3.0", "+3.0", "+3.0"], ["2031-03-12", "1", "4", "-2.5", "-2.5", "-2.5"]
    ]  # fmt: skip
    pattern = figure.find(".//pattern")
    assert pattern is not None
    assert f'fill="url(#{pattern.attrib["id"]})"' in page
    assert "#" not in page.replace("url(#", ""), "colours are the page's"


@pytest.mark.needs_browser
def test_the_numbers_are_printed_though_nobody_opened_them(chromium: Callable[..., str], tmp_path: Path) -> None:
    style = Environment(loader=PackageLoader("newsledger.digest"), autoescape=True)
    css = style.get_template("style.css").render() + style.get_template("charts.css").render()
    body = rendered(trend((2, 0, 3.0), (1, 4, -2.5)))
    page = tmp_path / "page.html"
    # The browser shows on the screen what it would print.
    shown = css.replace("@media print", "@media screen")
    asked = "document.querySelector('details table').checkVisibility({contentVisibilityAuto: true})"
    script = f"<script>document.title = {asked}</script>"
    page.write_text(f"<!doctype html><title></title><style>{shown}</style>{body}{script}", encoding="utf-8")
    assert "<title>true</title>" in chromium(page, tmp_path / "profile", "--dump-dom")
