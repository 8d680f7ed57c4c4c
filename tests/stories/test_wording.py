from __future__ import annotations

import pytest

from newsledger.stories.wording import read_wording


@pytest.mark.parametrize(
    ("text", "names", "numbers"),
    [
        ("On March 18 they met 18 men.", {}, {"18.03": 1, "18": 1}),
        ("On 18 March, again on Mar. 18", {}, {"18.03": 2}),
        ("May 5, 2024; Sept. 30; 1 December", {}, {"5.05": 1, "2024": 1, "30.09": 1, "1.12": 1}),
        ("In March 2024 and on March 18,000 walked.", {"march": 2}, {"2024": 1, "18,000": 1}),
        ("Decree 18, 18 Marines, Mayor 3", {"decre": 1, "marin": 1, "mayor": 1}, {"18": 2, "3": 1}),
    ],
)
def test_a_date_is_one_number_and_its_month_no_name(text: str, names: dict[str, int], numbers: dict[str, int]) -> None:
    told, counted, _ = read_wording(None, f"it said: {text}").facets
    assert (dict(counted), {name: told.get(name) for name in names}) == (numbers, names)


def test_a_word_of_the_beginning_counts_as_often_as_the_text_has_it() -> None:
    *_, lead = read_wording("No gas", "It said: " + "word " * 200 + "gas, gasses and late").facets
    assert (lead["gas"], lead.get("late")) == (2, None)
