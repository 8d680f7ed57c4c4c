"""The whole pipeline on real feeds and pages over real HTTP: what a user gets from `newsledger run`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.webserver import SharedSite

ROOT = Path(__file__).resolve().parent.parent
COMMAND = Path(sys.executable).with_name("newsledger")
RECORDS = ("articles", "statements", "events", "figures", "times", "mentions", "citations")

pytestmark = [pytest.mark.needs_shared, pytest.mark.slow]


@pytest.fixture(scope="module")
def workplace(shared_site: SharedSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seed corpus and a configuration that watches the real documents on the local server."""
    folder = tmp_path_factory.mktemp("end-to-end")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    config = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    urls = {"index": shared_site.index, **{f"feed-{n}": url for n, url in enumerate(shared_site.feeds.values())}}
    config["feeds"] = [{"id": id_, "name": id_, "url": url, "kind": "international"} for id_, url in urls.items()]
    config["fetch"] |= {"allow_addresses": [shared_site.web.authority], "host_delay_s": 0, "retries": 0}
    (folder / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return folder


def newsledger(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [COMMAND, *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=250, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def sql(folder: Path, query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(newsledger(folder, "sql", query, "--json"))
    return rows


def counts(folder: Path) -> dict[str, int]:
    query = " UNION ALL ".join(f"SELECT '{name}' AS record, count(*) AS n FROM {name}" for name in RECORDS)
    return {row["record"]: row["n"] for row in sql(folder, query)}


def test_real_feeds_and_pages_become_a_digest_and_a_second_run_adds_nothing(
    workplace: Path, shared_site: SharedSite
) -> None:
    newsledger(workplace, "run", "--plain")
    first = counts(workplace)
    kept = {
        row["text_from"]: row["n"] for row in sql(workplace, "SELECT text_from, count(*) AS n FROM articles GROUP BY 1")
    }
    assert kept["page"] == len(shared_site.pages), "each page of the index is an article"
    assert kept["feed"] > 500, "an item whose page is out of reach keeps the feed's own text"
    assert all(first.values())

    answered = sql(workplace, "SELECT count(*) AS n FROM polls WHERE outcome = 'ok'")
    assert answered[0]["n"] >= 48
    books = (
        "SELECT p.feed_id FROM polls p LEFT JOIN item_ledger i USING (run_id, feed_id) GROUP BY p.feed_id, p.items_seen"
    )
    assert sql(workplace, f"{books} HAVING p.items_seen <> coalesce(sum(i.items), 0)") == []

    digest = (workplace / "digests" / "latest.md").read_text(encoding="utf-8")
    assert "0 refused" in digest
    assert len(list((workplace / "digests").glob("20*.html"))) >= 9, "seed days have their digests too"

    newsledger(workplace, "run", "--plain")
    assert counts(workplace) == first
