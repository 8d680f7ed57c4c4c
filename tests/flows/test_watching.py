"""What a person sees of the feeds: what to look at, what was filtered, and that a schedule waits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from flows.config import read_config
from flows.filters import entry_filter
from flows.running import run_plainly
from newsledger.records.errors import ConfigError
from store import run_query

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.webserver import Web

    Command = Callable[..., Any]


@pytest.fixture
def configured(write_config: Callable[..., Path]) -> Callable[..., Path]:
    """Write a configuration with one feed, and settings of the feed and the whole beside."""

    def write(url: str, feed: dict[str, Any] | None = None, **settings: object) -> Path:
        path = write_config(("paper", url))
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        raw["feeds"][0] |= feed or {}
        path.write_text(yaml.safe_dump(raw | settings), encoding="utf-8")
        return path

    return write


def test_a_feed_that_does_not_show_what_is_expected_ends_the_run_with_a_warning(
    configured: Callable[..., Path], feed: str, newsledger: Command
) -> None:
    path = configured(feed, {"expect": {"items": 10}})
    ran = newsledger("run", "--plain")
    assert (ran.returncode, "warning   paper: " in ran.stdout) == (0, True)
    warnings = json.loads(newsledger("run", "--plain", "--json").stdout)["runs"][1]["warnings"]
    (warning,) = (one for one in warnings if one["code"] == "expected")
    assert warning["feed"] == "paper"
    assert warning["detail"] in ran.stdout
    (row,) = json.loads(newsledger("status", "--json").stdout)["feeds"]
    assert warning["detail"] in row["look at"]
    config = read_config(path)
    query = "SELECT detail FROM feed_warnings WHERE code = 'expected'"
    assert run_query(config.paths.published, query, 10).rows == ((warning["detail"],),)
    digest = (config.paths.digests / "latest.md").read_text(encoding="utf-8")
    assert "**Look at** paper" in digest


def test_a_schedule_waits_until_a_feed_is_due_and_a_person_does_not(
    configured: Callable[..., Path], feed: str, web: Web, newsledger: Command
) -> None:
    configured(feed)
    newsledger("run", "--plain")
    waited = newsledger("run", "--plain", "--due")
    assert "0 answered, 0 failed, 1 not due yet" in waited.stdout
    assert web.count("/feed.xml") == 1
    newsledger("run", "--plain")
    assert web.count("/feed.xml") == 2


def test_what_is_filtered_is_counted_and_can_be_listed(
    configured: Callable[..., Path], feed: str, newsledger: Command
) -> None:
    configured(feed, filter={"include": ["minister*"], "exclude": []})
    assert "2 seen + 0 resumed = 1 stored + 1 filtered" in newsledger("run", "--plain").stdout
    dropped = newsledger("sql", "SELECT feed_id, title, disposition FROM v_dropped", "--json")
    assert json.loads(dropped.stdout) == [{"feed_id": "paper", "title": "Prices rise", "disposition": "filtered"}]


def test_an_entity_of_the_registry_stands_for_its_names(configured: Callable[..., Path], web: Web) -> None:
    titles = ("Lukashenka speaks", "Lithuanian farmers protest", "Nobody speaks")
    items = "".join(f"<item><title>{one}</title><description>{one} at length.</description></item>" for one in titles)
    url = web.put("/names.xml", f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>')
    entities = {"filter": {"entities": ["alexander-lukashenko", "lithuania"]}}
    config = read_config(configured(url, entities))
    run_plainly(config, ["monitor"])
    found = run_query(config.paths.published, "SELECT title FROM articles ORDER BY title", 10).rows
    assert found == (("Lithuanian farmers protest",), ("Lukashenka speaks",))


def test_an_entity_that_the_registry_does_not_hold_is_named(configured: Callable[..., Path], feed: str) -> None:
    config = read_config(configured(feed, {"filter": {"entities": ["alexander-lukashenka"]}}))
    with pytest.raises(ConfigError, match="holds no 'alexander-lukashenka', did you mean 'alexander-lukashenko'"):
        entry_filter(config)


def test_raw_answers_are_kept_or_not(configured: Callable[..., Path], feed: str) -> None:
    path = configured(feed)
    config = read_config(path)
    run_plainly(config, ["monitor"])
    kept = {file.stem for file in config.paths.archive.glob("*/*.zst")}
    named = "SELECT body_sha256 FROM page_answers UNION SELECT body_sha256 FROM polls"
    assert kept == {name for (name,) in run_query(config.paths.published, named, 10).rows if name}
    assert len(kept) == 2


def test_no_raw_answers_are_kept_where_none_are_wanted(configured: Callable[..., Path], feed: str) -> None:
    path = configured(feed)
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    raw["fetch"]["archive_days"] = 0
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")
    config = read_config(path)
    run_plainly(config, ["monitor"])
    assert list(config.paths.archive.glob("*/*")) == []
