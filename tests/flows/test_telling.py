"""A run gives each article its place in a story; what a person says of stories is recorded, and the next run obeys."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows.config import read_config
from flows.decisions import add_record, read_records, read_story_decisions
from flows.once import run_flow
from newsledger.extract.decisions import Reject
from newsledger.records.errors import ConfigError
from newsledger.records.steps import Means
from newsledger.records.stories import StoryDecision
from store import open_ledger
from tests.flows.conftest import START, means, rows, run

Command = Callable[..., subprocess.CompletedProcess[str]]
DAM = (
    "Engineers closed the sluices of the Lower Narva dam on Monday after divers had found a crack of four metres in "
    "its southern wall. The operator, Estvee, said that the reservoir would be drained by a third within ten days. "
    "Some 340 families who live below the dam were told to be ready to leave. The wall was last repaired in 1997, when "
    "the same stretch had let water through for weeks. A spokesman for the ministry called the crack serious, but said "
    "that no water was coming through. Farmers asked who would pay for the lost harvest if their fields stayed dry."
)
CHESS = (
    "The grandmaster Olena Hryhorenko won the women's chess tournament in Tbilisi on Tuesday with nine points of "
    "eleven. She beat the favourite from Armenia in the last round in thirty-one moves of a Sicilian defence. The "
    "prize is worth twelve thousand lari. She will play in Riga next month."
)
TEXTS = {
    "dam": ("2024-05-06T08:00:00Z", "harbour-post", DAM),
    "dam-again": ("2024-05-06T11:00:00Z", "river-daily", DAM),
    "chess": ("2024-05-07T09:00:00Z", "river-daily", CHESS),
}


def put(folder: Path, name: str, moment: str, source: str, text: str) -> None:
    header = f"---\nlanguage: en\npublished: {moment}\nsource: {source}\n---\n"
    (folder / f"{name}.txt").write_text(f"{header}{text}\n", encoding="utf-8")


@pytest.fixture
def config_path(tmp_path: Path, write_config: Callable[..., Path]) -> Path:
    """A configuration with three seeds, of which one copies another, and a file of decisions."""
    (tmp_path / "seeds").mkdir()
    for name, told in TEXTS.items():
        put(tmp_path / "seeds", name, *told)
    path = write_config()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  seeds: seeds\n", "  seeds: seeds\n  decisions: decided.yaml\n"), encoding="utf-8")
    return path


def stories(newsledger: Command) -> dict[str, tuple[str, str]]:
    asked = "SELECT article_id, story_id, coalesce(copy_of, '') FROM story_articles"
    lines = newsledger("sql", asked, "--csv").stdout.splitlines()[1:]
    return {article: (story, copy_of) for article, story, copy_of in (line.split(",") for line in lines)}


def states(newsledger: Command) -> list[tuple[object, ...]]:
    listed = json.loads(newsledger("correct", "list", "--json").stdout)
    return [(row["article"], row["kind"], row["to"], row["state"]) for row in listed]


def test_each_run_places_what_is_new_and_touches_nothing_else(config_path: Path) -> None:
    config = read_config(config_path)
    run(config, "seed")
    placed = rows(config, "SELECT article_id, story_id, copy_of, origin_id FROM story_articles ORDER BY article_id")
    (chess, _, _), (dam, none, origin), (again, copy_of, again_origin) = (row[1:] for row in placed)
    assert (dam == again, dam == chess, copy_of, none) == (True, False, "dam", None)
    assert origin == again_origin == "harbour-post", "the copy brings no news of its own"
    assert rows(config, "SELECT independent_sources, articles FROM v_stories ORDER BY articles") == [(1, 1), (1, 2)]
    told = rows(config, "FROM story_articles ORDER BY ALL")
    for flow in ("seed", "monitor", "reprocess"):
        assert run(config, flow, START + timedelta(hours=1)).days == ()
    assert rows(config, "FROM story_articles ORDER BY ALL") == told
    put(config.paths.seeds, "later", "2024-05-08T09:00:00Z", "far-news", DAM + " The mayor spoke of bad luck.")
    run(config, "seed", START + timedelta(hours=2))
    assert rows(config, "SELECT story_id FROM story_articles WHERE article_id = 'later'") == [(dam,)]
    assert rows(config, "SELECT state FROM stories_at('2024-05-08', '2024-05-09') WHERE articles = 1") == [
        ("continuing",)
    ]


def test_a_run_that_was_cut_off_before_the_stories_were_told_is_made_up_for(
    config_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = read_config(config_path)

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("newsledger.stories.tell_stories", fail)
        with pytest.raises(KeyboardInterrupt):
            run(config, "seed")
    with open_ledger(config.paths.ledger) as ledger:
        assert [stretch.articles for stretch in ledger.unplaced()] == [("dam", "dam-again", "chess")]
    run(config, "monitor")
    assert rows(config, "SELECT count(*) FROM story_articles") == [(3,)]


def test_progress_is_told_and_nothing_where_nothing_is_new(config_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    config = read_config(config_path)
    noting: Means = replace(means(config), progress=lambda *one: told.append(one))
    for _ in range(2):
        run_flow("seed", noting)
    assert [one for one in told if one[0] == "tell stories"] == [("tell stories", 1, 1)]


@pytest.mark.usefixtures("config_path")
def test_what_a_person_says_of_stories_is_done_by_the_next_run(newsledger: Command, tmp_path: Path) -> None:
    assert newsledger("run", "--plain").returncode == 0
    before = stories(newsledger)
    apart = newsledger("correct", "other-story", "dam", "dam-again", "--by", "Ann", "--why", "another dam")
    assert (apart.returncode, apart.stdout) == (0, "")
    assert "other_story of dam and dam-again added; `newsledger run` or `newsledger reprocess` places" in apart.stderr
    together = newsledger("correct", "same-story", "dam", "chess")
    assert together.returncode == 0
    said = read_story_decisions(tmp_path / "decided.yaml")
    assert [(one.kind, one.articles, one.by, one.why) for one in said] == [
        ("other_story", ("dam", "dam-again"), "Ann", "another dam"),
        ("same_story", ("dam", "chess"), None, None),
    ]
    assert stories(newsledger) == before
    assert states(newsledger) == [
        ("dam", "other_story", "dam-again", "waiting for the next run"),
        ("dam", "same_story", "chess", "waiting for the next run"),
    ]
    done = newsledger("reprocess", "--plain")
    assert done.returncode == 0
    assert "read anew 0 articles" in done.stdout, "what is read in the articles does not depend on it"
    after = stories(newsledger)
    assert after["dam"][0] == after["chess"][0] != after["dam-again"][0]
    assert after["dam-again"][1] == "", "what is another story is no copy"
    assert [state for *_, state in states(newsledger)] == ["applied", "applied"]
    kinds = newsledger("sql", "SELECT kind FROM v_story_changes ORDER BY ALL", "--csv").stdout.split()[1:]
    assert kinds == ["merged", "split"]
    days = newsledger("sql", "SELECT unnest(digest_dates) FROM runs WHERE flow = 'reprocess'", "--csv").stdout.split()
    assert days[1:] == ["2024-05-06", "2024-05-07"], "the digests of those days told it otherwise"
    newsledger("run", "--plain")
    assert stories(newsledger) == after
    assert newsledger("doctor").returncode == 0


@pytest.mark.usefixtures("config_path")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("same-story", "dam", "dam-again"), "'dam' and 'dam-again' are in one story already"),
        (("other-story", "dam", "chess"), "'dam' and 'chess' are in two already"),
        (("same-story", "dam", "dam"), "'dam' and 'dam' are one article: name two"),
        (("same-story", "dam", "chess/s1"), "'chess/s1' is a record: give the article, 'chess'"),
        (("same-story", "dam", "cheese"), "no article has the id or the URL 'cheese'"),
    ],
)
def test_what_is_so_already_or_names_no_article_is_refused(
    newsledger: Command, arguments: tuple[str, ...], message: str
) -> None:
    assert newsledger("run", "--plain").returncode == 0
    refused = newsledger("correct", *arguments)
    assert refused.returncode == 2
    assert message in refused.stderr


@pytest.mark.usefixtures("config_path")
def test_a_pair_is_decided_on_once(newsledger: Command) -> None:
    assert newsledger("run", "--plain").returncode == 0
    assert newsledger("correct", "same-story", "dam", "chess").returncode == 0
    again = newsledger("correct", "other-story", "chess", "dam")
    assert again.returncode == 2
    assert "were decided on already (same_story, " in again.stderr
    assert "); delete that record first" in again.stderr


@pytest.mark.usefixtures("config_path")
def test_who_is_taken_down_takes_along_what_was_said_of_it(newsledger: Command, tmp_path: Path) -> None:
    assert newsledger("run", "--plain").returncode == 0
    assert newsledger("correct", "same-story", "dam", "chess").returncode == 0
    assert newsledger("forget", "dam", "--reason", "asked to", "--yes").returncode == 0
    assert read_records(tmp_path / "decided.yaml") == ()
    assert stories(newsledger)["dam-again"][1] == ""


def test_decisions_on_stories_stand_in_the_file_of_all(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    records = (
        Reject(entity="daily-news", decided=date(2026, 3, 6)),
        StoryDecision(kind="same_story", articles=("a", "b: c"), decided=date(2026, 3, 6), by="Ann"),
    )
    for record in records:
        add_record(path, record)
    assert read_records(path) == records
    assert "- decision: same_story\n  articles:\n  - a\n" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("articles", "message"),
    [("[a]", "articles has too few items"), ("[a, a]", "articles must be two"), ("a", "articles ")],
)
def test_a_decision_that_names_no_pair_is_refused(tmp_path: Path, articles: str, message: str) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text(f"- decision: other_story\n  articles: {articles}\n  decided: 2026-03-06\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_records(path)
