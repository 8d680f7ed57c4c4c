"""Doctor and forget: what is broken is mended or told; what is taken down is nowhere, and does not come back."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from flows.config import read_config
from flows.doctoring import examine
from newsledger.records.errors import StoreError
from store.database import attached
from store.drafts import draft_of
from tests.flows.conftest import MARKER, START, list_items, places_of, rows, run

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from newsledger.records.config import Config
    from tests.webserver import Web

    Command = Callable[..., subprocess.CompletedProcess[str]]


def test_what_is_forgotten_is_in_no_file_and_stays_out(
    stored: Config, newsledger: Command, web: Web, tmp_path: Path
) -> None:
    assert {"ledger.duckdb", "news.duckdb"} <= set(places_of(MARKER, tmp_path))
    done = newsledger("forget", f"{web.url}/1", "--reason", "asked to", "--yes")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert MARKER in done.stdout, "it says what it takes down"
    assert places_of(MARKER, tmp_path) == []
    for hours in (1, 2, 3):
        list_items(web, note="s" * (hours // 2))
        report = run(stored, now=datetime.now(UTC) + timedelta(hours=hours))
        assert [balance.is_balanced for balance in report.balances] == [True]
        assert places_of(MARKER, tmp_path) == []
    dropped = rows(stored, "SELECT url, title, disposition, detail FROM v_dropped")
    assert dropped == [(f"{web.url}/1", None, "forgotten", "asked to")]
    assert rows(stored, "SELECT url, reason FROM takedowns") == [(f"{web.url}/1", "asked to")]
    assert rows(stored, "SELECT title FROM v_articles") == [("Ordinary meets the delegation",)]
    assert newsledger("doctor").stdout == "all is well\n"
    again = newsledger("forget", f"{web.url}/1", "--reason", "x", "--yes")
    assert (again.returncode, again.stderr) == (0, "")
    assert "was taken down already: asked to" in again.stdout


def test_the_ledger_keeps_its_keys_and_comments(stored: Config, newsledger: Command) -> None:
    query = (
        "SELECT table_name, comment, has_primary_key, (SELECT list(column_name || data_type || coalesce(comment, '') "
        "ORDER BY column_index) "
        "FROM duckdb_columns() AS c WHERE c.table_name = t.table_name) FROM duckdb_tables() AS t "
        "WHERE database_name = 'ledger' ORDER BY ALL"
    )

    def shape() -> Sequence[tuple[object, ...]]:
        with attached(stored.paths.ledger) as con:
            return con.execute(query).fetchall()

    before = shape()
    mode = stored.paths.ledger.stat().st_mode
    (article_id,) = rows(stored, f"SELECT article_id FROM v_articles WHERE title LIKE '{MARKER}%'")[0]
    assert newsledger("forget", str(article_id), "--reason", "asked to", "--yes", "--json").returncode == 0
    assert shape() == before
    assert stored.paths.ledger.stat().st_mode == mode


def test_a_seed_document_does_not_come_back(
    seeds: Path, write_config: Callable[..., Path], newsledger: Command
) -> None:
    config = read_config(write_config())
    assert run(config, "seed").added.articles == len(list(seeds.iterdir()))
    (article_id,) = rows(config, "SELECT article_id FROM v_articles WHERE title = 'A bridge is planned'")[0]
    told = json.loads(newsledger("forget", str(article_id), "--reason", "wrong", "--yes", "--json").stdout)
    assert told["digests"] == ["2021-03-05"]
    assert "bridge" not in (config.paths.digests / "2021-03-05.md").read_text(encoding="utf-8")
    assert run(config, "seed").added.articles == 0
    assert len(rows(config, "FROM v_articles")) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing", "--reason", "x", "--yes"), "no article has the id or the address 'nothing'"),
        (("{url}/1", "--reason", "x"), "confirm with --yes"),
        (("{url}/1", "--reason", " ", "--yes"), "--reason must say why"),
    ],
)
def test_nothing_is_forgotten_by_accident(
    stored: Config, newsledger: Command, web: Web, arguments: tuple[str, ...], said: str
) -> None:
    done = newsledger("forget", *(argument.format(url=web.url) for argument in arguments))
    assert done.returncode == 2
    assert said in done.stderr
    assert len(rows(stored, "FROM v_articles")) == 2


def test_old_articles_are_forgotten_at_the_end_of_a_run(
    seeds: Path, write_config: Callable[..., Path], paper: str
) -> None:
    path = write_config(("paper", paper))
    path.write_text(path.read_text() + "retention:\n  articles_days: 30\n", encoding="utf-8")
    config = read_config(path)
    run(config, "seed")
    assert len(rows(config, "FROM v_articles")) == len(list(seeds.iterdir()))
    report = run(config)
    assert len(rows(config, "FROM v_articles")) == 2, "those of the feed"
    assert {day.isoformat() for day in report.days} >= {"2021-03-04", "2021-03-05"}
    assert {reason for (reason,) in rows(config, "SELECT reason FROM takedowns")} == {"retention"}
    assert run(config, "seed").added.articles == 0
    config = replace(config, retention=replace(config.retention, most_at_once=1))
    run(config, now=START + timedelta(days=31))
    assert rows(config, "FROM v_articles") == []


@pytest.fixture
def sound(stored: Config, newsledger: Command) -> Iterator[Config]:
    """A store that the doctor has seen, so that its digests are noted."""
    newsledger("doctor")
    assert newsledger("doctor").stdout == "all is well\n"
    yield stored
    assert newsledger("doctor").stdout == "all is well\n", "whatever it was, it is mended"


def cut_digest(config: Config) -> None:
    (config.paths.digests / f"{START.date()}.md").write_text("# Half", encoding="utf-8")


def lose_digest(config: Config) -> None:
    (config.paths.digests / f"{START.date()}.html").unlink()


def lose_copy(config: Config) -> None:
    config.paths.published.unlink()


def spoil_copy(config: Config) -> None:
    config.paths.published.write_bytes(b"no database")


def run_without_publishing(config: Config) -> None:
    shutil.copy(config.paths.published, aside := config.paths.published.with_suffix(".old"))
    run(config, now=START + timedelta(hours=1))
    aside.replace(config.paths.published)


def lose_index(config: Config) -> None:
    config.paths.search.unlink()


def leave_draft(config: Config) -> None:
    draft_of(config.paths.published).write_bytes(b"half")


def leave_index_draft(config: Config) -> None:
    draft_of(config.paths.search).write_bytes(b"half")


def age_copy(config: Config) -> None:
    with attached(config.paths.published) as con:
        con.execute("DELETE FROM schema_version WHERE version = (SELECT max(version) FROM schema_version)")
        con.execute("DROP TABLE digests")


def leave_part(config: Config) -> None:
    folder = config.paths.archive / "ab"
    folder.mkdir(exist_ok=True)
    (folder / "x.part").write_bytes(b"half")


def break_spans(config: Config) -> None:
    with attached(config.paths.ledger) as con:
        con.execute("UPDATE mentions SET char_start = 0, char_end = 1")


@pytest.mark.parametrize(
    ("damage", "part"),
    [
        (cut_digest, "digests"),
        (lose_digest, "digests"),
        (lose_copy, "published copy"),
        (spoil_copy, "published copy"),
        (run_without_publishing, "published copy"),
        (lose_index, "search index"),
        (leave_draft, "leftovers"),
        (leave_index_draft, "leftovers"),
        (age_copy, "published copy"),
        (leave_part, "leftovers"),
        (break_spans, "ledger"),
    ],
)
def test_each_part_is_mended_and_a_dry_run_only_says_so(
    sound: Config, newsledger: Command, damage: Callable[[Config], None], part: str
) -> None:
    damage(sound)
    told = newsledger("doctor", "--dry-run", "--json")
    assert told.returncode == 2
    assert (part, "left") in {(one["part"], one["outcome"]) for one in json.loads(told.stdout)}
    mended = newsledger("doctor", "--json")
    assert mended.returncode == 0, mended.stdout
    assert (part, "mended") in {(one["part"], one["outcome"]) for one in json.loads(mended.stdout)}


def test_a_run_that_finds_a_contradiction_names_the_doctor(stored: Config, newsledger: Command, web: Web) -> None:
    list_items(web, note=" anew")
    with attached(stored.paths.ledger) as con:
        con.execute("UPDATE mentions SET char_start = 0, char_end = 1")
    with pytest.raises(StoreError, match="`newsledger doctor` mends it"):
        run(stored, now=START + timedelta(hours=1))
    assert newsledger("doctor").returncode == 0
    run(stored, "reprocess", START + timedelta(hours=2))
    assert rows(stored, "SELECT count(*) > 0 FROM mentions") == [(True,)]


@pytest.mark.usefixtures("sound")
def test_a_digest_that_was_written_since_is_none_of_its_matters(
    newsledger: Command, write_config: Callable[..., Path], paper: str
) -> None:
    path = write_config(("paper", paper))
    path.write_text(path.read_text(encoding="utf-8").replace("A test of the flows", "A new name"), encoding="utf-8")
    assert "A new name" in newsledger("digest", "--day", str(START.date())).stdout
    assert newsledger("doctor", "--dry-run").stdout == "all is well\n"
    write_config(("paper", paper))
    assert newsledger("doctor").returncode == 0


def test_what_is_lost_for_good_is_told(stored: Config, newsledger: Command) -> None:
    with attached(stored.paths.ledger) as con:
        con.execute("UPDATE article_text SET text = 'Something else.'")
    stored.paths.published.unlink()
    done = newsledger("doctor")
    assert done.returncode == 2
    assert "texts that are not the ones stored: 2" in done.stdout
    assert "put a backup in the place of" in done.stdout


def test_answers_that_are_missing_are_noted(stored: Config) -> None:
    shutil.rmtree(stored.paths.archive)
    (noted,) = [one for one in examine(stored, START, dry_run=False) if one.part == "archive"]
    assert noted.outcome == "noted"
    assert noted.problem.startswith("3 of 3 answers")


def test_there_may_be_nothing_yet(newsledger: Command, write_config: Callable[..., Path]) -> None:
    write_config()
    done = newsledger("doctor")
    assert done.returncode == 2
    assert "`newsledger run` makes one" in done.stdout
