"""The seed corpus: every article has its records, and every record re-reads."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
import yaml

from newsledger.records.extraction import Bound, Change, EntityType, EventType, StatementKind, Status, TimeType

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(path.stem for path in (ROOT / "seeds" / "expected").glob("*.json"))
# What the records use so far of UCUM, ISO 4217 and PLOVER; a new article may add to these.
UNITS = {"count", "percent", "fraction", "USD", "USD/1000m3", "m3/a", "year", "week"}
CONTEXTS = {"military", "executive", "economic", "diplomatic", "resource", "intelligence", "migration", "territory"}
MODES = re.compile("visit|multilateral|phone|discontinue|troops|weapons|allege|disapprove|assist|change|withdraw")
SPANS = ("attribution", "content", "trigger", "evidence", "span")


def _read(name: str) -> tuple[dict[str, Any], str]:
    """Part an article into its header and its text."""
    content = (ROOT / "seeds" / "articles" / f"{name}.txt").read_text(encoding="utf-8")
    _, header, text = content.split("---\n", 2)
    return yaml.safe_load(header), text


def _expected(name: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((ROOT / "seeds" / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    return record


def _spans(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for kind in ("citations", "statements", "events", "figures", "times"):
        for item in record[kind]:
            yield from (item[field] for field in SPANS if field in item)


def test_articles_and_expected_records_match_one_to_one() -> None:
    articles = sorted(path.stem for path in (ROOT / "seeds" / "articles").iterdir())
    assert articles == NAMES
    assert len(NAMES) >= 10


def test_the_readme_lists_every_article() -> None:
    readme = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `([a-z0-9-]+-\d{4}-\d{2})` \|", readme, re.MULTILINE)) == NAMES


def test_all_registers_and_sources_of_doubt_are_there() -> None:
    sources = {_read(name)[0]["source"] for name in NAMES}
    assert sources == {"seed-wire", "seed-translation", "seed-analysis", "seed-brief"}
    events = [event for name in NAMES for event in _expected(name)["events"]]
    assert {event["status"] for event in events} == set(get_args(Status))
    chains = [statement["via"] for name in NAMES for statement in _expected(name)["statements"]]
    assert max(map(len, chains)) >= 2


@pytest.mark.parametrize("name", NAMES)
def test_the_header_is_complete_and_the_text_of_a_readable_length(name: str) -> None:
    header, text = _read(name)
    assert set(header) - {"url"} == {"title", "published", "source", "language"}
    assert isinstance(header["published"], date)
    assert header["language"] == "en"
    assert 120 <= len(text.split()) <= 400
    assert header["title"] not in text


@pytest.mark.parametrize("name", NAMES)
def test_every_span_rereads(name: str) -> None:
    _, text = _read(name)
    spans = list(_spans(_expected(name)))
    assert len(spans) > 20
    for span in spans:
        assert text[span["start"] : span["end"]] == span["text"] == span["text"].strip() != ""


@pytest.mark.parametrize("name", NAMES)
def test_records_are_of_the_article_and_of_legal_values(name: str) -> None:
    header, text = _read(name)
    record = _expected(name)
    assert record["document"] == f"{name}.txt"
    assert record["published"] == header["published"].isoformat()
    for entity in record["entities"]:
        assert entity["type"] in get_args(EntityType)
        assert entity["mentions"]
        assert all(mention in text for mention in entity["mentions"]), entity
    for statement in record["statements"]:
        assert statement["kind"] in get_args(StatementKind)
    for event in record["events"]:
        assert event["type"] in get_args(EventType)
        assert event["status"] in get_args(Status)
        assert event["mode"] is None or MODES.fullmatch(event["mode"])
        assert set(event["contexts"]) <= CONTEXTS
        assert event["actors"]
        assert event["evidence"]["start"] <= event["trigger"]["start"]
        assert event["trigger"]["end"] <= event["evidence"]["end"]
    for figure in record["figures"]:
        assert figure["unit"] in UNITS
        assert figure["bound"] in get_args(Bound)
        assert figure["change"] in (*get_args(Change), None)
        assert (figure["value_max"] is not None) == (figure["bound"] == "between")
        assert Decimal(str(figure["value"])) < Decimal(str(figure["value_max"] or "Infinity"))
    for time in record["times"]:
        assert time["type"] in get_args(TimeType)
        assert re.fullmatch(r"\d{4}(-W?\d\d(-\d\d)?|-(SP|SU|FA|WI))?|P(T?\d+|X)[A-Z]+", time["value"]), time


@pytest.mark.parametrize("name", NAMES)
def test_ids_in_records_are_entities_of_the_article(name: str) -> None:
    record = _expected(name)
    listed = [entity["id"] for entity in record["entities"]]
    assert len(listed) == len(set(listed))
    named = {citation["source"] for citation in record["citations"]}
    for statement in record["statements"]:
        named |= {statement["speaker"], *statement["via"]}
    for event in record["events"]:
        named |= {*event["actors"], *event["recipients"], event["location"], event["attributed_to"]}
    named |= {figure["attributed_to"] for figure in record["figures"]}
    assert named - {None} <= set(listed)
    if record["dateline"]:
        assert {record["dateline"]["agency"], record["dateline"]["place"]} - {None} <= set(listed)


@pytest.mark.parametrize("name", NAMES)
def test_intervals_run_forward(name: str) -> None:
    record = _expected(name)
    pairs = [(event["date_start"], event["date_end"]) for event in record["events"]]
    pairs += [(figure["period_start"], figure["period_end"]) for figure in record["figures"]]
    pairs += [(time["start"], time["end"]) for time in record["times"]]
    for start, end in pairs:
        assert (start is None) == (end is None)
        assert start is None or date.fromisoformat(start) <= date.fromisoformat(end)


@pytest.mark.parametrize("name", NAMES)
def test_entities_that_the_registry_knows_agree_with_it(name: str, registry: list[dict[str, Any]]) -> None:
    known = {entry["id"]: entry for entry in registry}
    for entity in _expected(name)["entities"]:
        if entry := known.get(entity["id"]):
            assert (entity["name"], entity["type"]) == (entry["name"], entry["type"])
            assert entity["country"] == entry.get("country")
            assert entity.get("wikidata") == entry.get("wikidata")


def test_topics_are_those_of_the_default_configuration() -> None:
    config = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    topics = {topic["id"] for topic in config["topics"]}
    for name in NAMES:
        assert _expected(name)["topics"]
        assert set(_expected(name)["topics"]) <= topics


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", NAMES)
def test_no_six_words_in_a_row_come_from_the_origin_or_the_gold(name: str, shared: Path) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[i : i + 6]) for i in range(len(words) - 5)}

    others = [*(shared / "seeds").glob("*.txt"), *(shared / "gold" / "texts").glob("*.txt")]
    assert others
    taken = set().union(*(runs(path.read_text(encoding="utf-8")) for path in others))
    assert runs(_read(name)[1]) & taken == set()
