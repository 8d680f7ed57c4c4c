"""The `newsledger site` command: static pages of all days."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

import pytest

from flows.config import read_config
from flows.running import run_plainly
from flows.site import write_site
from newsledger.records.errors import StoreError
from tests.digest.test_digest_site import Links
from tests.flows.test_once import ONCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsledger.records.config import Config


@pytest.fixture
def config(write_config: Callable[..., Path], seeds: Path) -> Config:
    assert seeds.exists()
    settings = read_config(write_config())
    run_plainly(settings, ONCE)
    return settings


def pages(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


def test_a_site_has_an_index_and_a_page_for_each_day_and_story(config: Config, tmp_path: Path) -> None:
    days, stories = write_site(config, tmp_path / "site", None)
    found = pages(tmp_path / "site")
    assert [page for page in found if page.startswith("days/")] == ["days/2021-03-04.html", "days/2021-03-05.html"]
    assert (days, stories) == (2, len([page for page in found if page.startswith("stories/")]))
    assert stories


def test_every_link_of_a_site_leads_somewhere(config: Config, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_site(config, folder, None)
    seen = 0
    for page in folder.rglob("*.html"):
        for link in Links(page.read_text(encoding="utf-8")).links:
            path, anchor = urldefrag(link)
            if path.startswith(("http://", "https://")):
                continue
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), link
            assert not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8"), link
            seen += 1
    assert seen


def test_a_site_written_again_is_the_same_and_keeps_what_is_not_its_own(config: Config, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_site(config, folder, None)
    before = {page: (folder / page).read_bytes() for page in pages(folder)}
    (folder / "days" / "2020-01-01.html").write_text("a day that is gone", encoding="utf-8")
    (folder / "CNAME").write_text("news.example", encoding="utf-8")
    (folder / "days" / "about.html").write_text("mine", encoding="utf-8")
    write_site(config, folder, None)
    assert {page: (folder / page).read_bytes() for page in pages(folder)} == before | {"days/about.html": b"mine"}
    assert (folder / "CNAME").exists()


def test_a_site_without_a_database_says_what_to_do(write_config: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="newsledger run"):
        write_site(read_config(write_config()), tmp_path / "site", None)
