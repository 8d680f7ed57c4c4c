from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from newsledger.records.stories import StoryCandidate
from newsledger.stories.origins import origins

TEXT = "The port of Rudava was closed on Monday after a storm had torn two cranes from their rails. " * 20


def article(name: str, source: str | None = "courier", text: str = TEXT, **fields: object) -> StoryCandidate:
    return StoryCandidate(article_id=name, text=text, source=source, **fields)  # type: ignore[arg-type]


def test_a_dateline_names_the_origin() -> None:
    assert origins([article("a", dateline="tass")], {}) == {"a": "tass"}


def test_an_outlet_has_its_own_text_from_itself() -> None:
    assert origins([article("a"), article("b", None)], {}) == {"a": "courier", "b": None}


def test_a_text_that_cites_an_agency_in_one_sentence_is_not_the_agencys() -> None:
    deep = article("deep", credits=(("tass", 1100),))
    late = article("late", credits=(("tass", 1100), ("tass", 1500)))
    early = article("early", credits=(("tass", 120),))
    assert set(origins([deep, late, early], {}).values()) == {"courier"}


def test_a_text_that_leans_on_an_agency_from_its_lead_on_has_its_news_from_it() -> None:
    brief = article("brief", text=TEXT[:600], credits=(("tass", 120),))
    long = article("long", credits=(("tass", 90), ("lrt", 300), ("tass", 1100)))
    assert origins([brief, long], {}) == {"brief": "tass", "long": "tass"}


def test_copies_have_the_origin_of_their_original() -> None:
    candidates = [article("first", "courier"), article("second", "gazette"), article("third", "herald")]
    assert set(origins(candidates, {"second": "first", "third": "first"}).values()) == {"courier"}


def test_one_copy_that_names_the_agency_tells_it_of_all() -> None:
    candidates = [article("first", "courier"), article("second", "gazette", dateline="belta")]
    assert origins(candidates, {"second": "first"}) == {"first": "belta", "second": "belta"}


def test_an_agency_has_its_news_from_itself_whomever_it_cites() -> None:
    candidates = [
        article("own", "tass", text=TEXT[:600], credits=(("reuters", 50),)),
        article("paper", "courier", dateline="tass"),
    ]
    assert origins(candidates, {}) == {"own": "tass", "paper": "tass"}
    reprint = replace(candidates[0], dateline="reuters")
    assert origins([reprint, candidates[1]], {}) == {"own": "reuters", "paper": "tass"}


def test_an_original_that_left_the_window_leaves_its_copies_together() -> None:
    candidates = [article("second", "gazette"), article("third", "herald")]
    assert origins(candidates, {"second": "gone", "third": "gone"}) == {"second": "gazette", "third": "gazette"}


AGENCIES = st.sampled_from([None, "tass", "reuters", "belta"])


@given(
    st.lists(st.tuples(AGENCIES, AGENCIES, st.sampled_from(["courier", "gazette", "tass"])), max_size=8), st.randoms()
)
def test_all_of_one_text_have_one_origin_in_any_order(drawn: list, random: object) -> None:
    candidates = [
        article(
            f"a{at}",
            source,
            dateline=dateline,
            credits=((cited, 10),) if cited else (),
        )
        for at, (dateline, cited, source) in enumerate(drawn)
    ]
    copies = {f"a{at}": "a0" for at in range(1, len(drawn), 2)}
    found = origins(candidates, copies)
    assert {found[copy] for copy in copies} <= {found.get("a0")}
    random.shuffle(candidates)  # type: ignore[attr-defined]
    assert origins(candidates, copies) == found
