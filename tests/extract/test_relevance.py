"""How much an article has to do with the dossier."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract import extract
from newsledger.extract.lexicon import load_lexicon
from newsledger.extract.relevance import Watched, relevance
from newsledger.records.article import Article
from newsledger.records.extraction import Entity, Event, Extraction, Mention, Statement
from newsledger.records.spans import Span

DOSSIER = ("russia", "belarus", "vladimir-putin", "alexander-lukashenko", "union-state")
ABOUT = (
    "Alexander Lukashenko met Vladimir Putin in Sochi on Friday. The two presidents agreed that Russia would lower the "
    "price of gas for Belarus. Lukashenko said that the Union State was a common cause."
)
OF_ITS_PEOPLE = (
    "The Belarusian tennis player Aryna Sabalenka won in Brisbane on Sunday. She beat a qualifier from Prague."
)
IN_PASSING = (
    "France's parliament debated pensions on Tuesday. The finance minister said the reform would go on. Unions called "
    "for strikes in Paris, Lyon and Marseille. The opposition rejected the bill. A lawmaker compared the vote to those "
    "in Russia. Germany and Spain have raised the age of retirement already."
)
UNRELATED = "Brazil's president met the prime minister of Japan in Tokyo on Monday. They signed a treaty on trade."
CARRIED = "MOSCOW, March 3 (TASS) - Japan's parliament passed the budget on Friday, according to TASS."


def measured(text: str) -> float:
    found = extract(Article(article_id="a", text=text, language="en"), load_lexicon((), (), DOSSIER)).relevance
    assert found is not None
    return found


def test_an_article_about_the_dossier_has_more_to_do_with_it_than_one_that_touches_it() -> None:
    assert 1 >= measured(ABOUT) > 0.8 > measured(OF_ITS_PEOPLE) > measured(IN_PASSING) > 0


@pytest.mark.parametrize("text", [UNRELATED, CARRIED])
def test_an_article_without_a_link_has_nothing_to_do_with_it(text: str) -> None:
    assert measured(text) == 0


def test_the_beginning_tells_more_than_the_end() -> None:
    rest = "Poland built a road. Spain built a bridge. Italy built a port. Greece built a dam. Norway built a tunnel. "
    assert measured(f"Russia built a wall. {rest}") > measured(f"{rest}Russia built a wall.")


def test_what_was_not_read_is_not_measured() -> None:
    lexicon = load_lexicon((), (), DOSSIER)
    for text in (
        "",
        "Der Präsident von Belarus hat am Freitag in Minsk den Präsidenten von Russland getroffen.",
    ):
        assert extract(Article(article_id="a", text=text), lexicon).relevance is None


# Extractions of a text in which every word is a mention of somebody; the dossier is one entity and its country.
WATCHED = Watched(entities=frozenset({"own"}), countries=frozenset({"AAA"}))
WHO = {"own": "AAA", "kin": "AAA", "stranger": "BBB", "nobody": None}
who = st.sampled_from(sorted(WHO))


def made(cast: list[str], doers: list[str], speakers: list[str]) -> Extraction:
    text = "x " * len(cast)
    places = {name: [at for at, one in enumerate(cast) if one == name] for name in WHO}
    mentions = {
        name: tuple(Mention(start=2 * at, end=2 * at + 1, text="x", kind="name") for at in found)
        for name, found in places.items()
    }
    whole = Span(start=0, end=1, text="x")
    return Extraction(
        article=Article(article_id="a", text=text),
        extractor="x",
        sentences=tuple((at, at + 10) for at in range(0, len(text), 10)),
        entities=tuple(
            Entity(id=name, name=name, type="ORG", country=country, mentions=mentions[name])
            for name, country in WHO.items()
        ),
        events=tuple(
            Event(
                start=0, end=1, text="x", id=f"e{number}", trigger=whole, type="AGREE", quad="verbal cooperation",
                intensity=1.0, status="occurred", confidence=1.0, actors=(doer,),
            )
            for number, doer in enumerate(doers)
        ),
        statements=tuple(
            Statement(start=0, end=1, text="x", id=f"s{number}", kind="direct", content=whole, speaker=speaker)
            for number, speaker in enumerate(speakers)
        ),
    )  # fmt: skip


casts = st.tuples(st.lists(who, min_size=1, max_size=30), st.lists(who, max_size=5), st.lists(who, max_size=5))


@given(casts)
def test_it_lies_between_0_and_1_and_is_0_only_without_a_link(cast: tuple[list[str], list[str], list[str]]) -> None:
    found = relevance(made(*cast), WATCHED)
    assert 0 <= found <= 1
    assert (found > 0) == bool({"own", "kin"} & {one for part in cast for one in part})


@given(casts, st.sampled_from(["mention", "event", "statement"]))
def test_more_of_the_dossier_never_lowers_it_and_more_of_others_never_raises_it(
    cast: tuple[list[str], list[str], list[str]], where: str
) -> None:
    named, doers, speakers = cast
    before = relevance(made(named, doers, speakers), WATCHED)

    def with_more(name: str) -> float:
        return relevance(
            made(
                [*named, name] if where == "mention" else named,
                [*doers, name] if where == "event" else doers,
                [*speakers, name] if where == "statement" else speakers,
            ),
            WATCHED,
        )

    assert with_more("own") >= before - 1e-12
    assert with_more("stranger") <= before + 1e-12


@given(casts)
def test_it_does_not_depend_on_the_order_of_the_entities(cast: tuple[list[str], list[str], list[str]]) -> None:
    found = made(*cast)
    assert relevance(replace(found, entities=found.entities[::-1]), WATCHED) == pytest.approx(relevance(found, WATCHED))


def test_it_is_no_part_of_what_extract_prints() -> None:
    assert "relevance" not in made(["own"], [], []).to_json()
