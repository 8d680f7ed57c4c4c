"""What the tests of flows/ share: a configuration of their own in a folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONFIG = """\
dossier: A test of the flows
timezone: UTC
paths:
  ledger: data/ledger.duckdb
  published: data/news.duckdb
  digests: digests
  seeds: seeds
  state: state
schedule:
  monitor: "{monitor}"
  daily_digest: "0 6 * * *"
run:
  max_minutes: 1
  workers: 2
fetch:
  contact: "https://example.org/tests"
  connect_timeout_s: 2
  read_timeout_s: 2
  total_timeout_s: 5
  max_feed_bytes: 1000000
  max_page_bytes: 1000000
  retries: 0
  concurrency: 4
  host_delay_s: 0
  allow_addresses: ["127.0.0.1"]
topics:
  - id: diplomacy
    words: [talks, summit*]
feeds:
{feeds}
"""
NO_FEEDS = "  []"


@pytest.fixture
def write_config(tmp_path: Path) -> Callable[..., Path]:
    """Write a configuration into the test's folder; a feed is given as (id, url)."""

    def write(*feeds: tuple[str, str], monitor: str = "*/30 * * * *", folder: Path = tmp_path) -> Path:
        listed = "\n".join(f'  - {{id: {name}, name: "{name}", url: "{url}", kind: wire}}' for name, url in feeds)
        path = folder / "config.yaml"
        path.write_text(CONFIG.format(monitor=monitor, feeds=listed or NO_FEEDS), encoding="utf-8")
        return path

    return write
