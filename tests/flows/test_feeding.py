"""`newsledger feeds`: finding feeds, lists of feeds, and the configuration file that they are written into."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.config import parse_config, read_config
from flows.roster import blocks, new_feed, write_feeds
from newsledger.records.errors import ConfigError, InputError
from tests.webserver import Web

Command = Callable[..., subprocess.CompletedProcess[str]]
FEED = (
    '<rss version="2.0"><channel><title>The Ängel: "News"</title><language>de-AT</language>'
    "<item><title>Ministers meet</title><link>https://example.org/1</link>"
    "<pubDate>Tue, 10 Mar 2026 10:00:00 GMT</pubDate></item></channel></rss>"
)
PAGE = '<html><head><link rel="alternate" type="application/rss+xml" href="/news.xml"></head><body>News</body></html>'
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/1</loc></url></urlset>'
)


@pytest.fixture
def site(web: Web) -> Web:
    web.put("/", PAGE, headers={"Content-Type": "text/html"})
    web.put("/news.xml", FEED)
    return web


def test_add_shows_what_it_found_and_the_block_for_the_configuration(
    newsledger: Command, write_config: Callable[..., Path], site: Web
) -> None:
    path = write_config()
    before = path.read_bytes()
    done = newsledger("feeds", "add", site.url + "/", "--kind", "state")
    assert done.returncode == 0, done.stderr
    table, block = done.stdout.split("\n\n")
    assert table.splitlines()[1].split("\t") == [
        f"{site.url}/news.xml", "feed", 'The Ängel: "News"', "1", "2026-03-10 10:00:00+00:00", "de"
    ]  # fmt: skip
    assert block.splitlines() == [
        "  - id: the-angel-news", r'    name: "The Ängel: \"News\""', f'    url: "{site.url}/news.xml"',
        "    kind: state", '    language: "de"'
    ]  # fmt: skip
    assert path.read_bytes() == before
    shown = json.loads(newsledger("feeds", "add", site.url + "/", "--json").stdout)
    assert [row["items"] for row in shown] == [1]


@pytest.mark.parametrize("tail", ["", "\n", "\n# the end\n", "\n\n# the end\nfilter:\n  include: [bread]\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_add_writes_behind_the_last_feed_and_leaves_the_rest_as_it_is(
    newsledger: Command, write_config: Callable[..., Path], site: Web, tail: str, end: str
) -> None:
    path = write_config(("first", "https://example.org/first"), ("second", "https://example.org/second"))
    text = path.read_text(encoding="utf-8").rstrip("\n") + "  # kept" + tail
    path.write_bytes(text.replace("\n", end).encode())
    before = path.read_bytes().decode()
    done = newsledger("feeds", "add", site.url + "/", "--id", "angel", "--write")
    assert done.returncode == 0, done.stderr
    assert [feed.id for feed in read_config(path).feeds] == ["first", "second", "angel"]
    after = path.read_bytes().decode()
    cut = before.index("# kept") + len("# kept")
    assert after.startswith(before[:cut])
    assert after.endswith(before[cut:].removeprefix(end))
    assert ("\r\n" in after) == (end == "\r\n") or not tail
    assert not list(path.parent.glob(".config.yaml-*"))
    again = newsledger("feeds", "add", site.url + "/", "--write")
    assert again.returncode == 2
    assert "configured already" in again.stderr


def test_add_fills_an_empty_list_with_what_it_found(
    newsledger: Command, write_config: Callable[..., Path], web: Web
) -> None:
    path = write_config()
    done = newsledger("feeds", "add", web.put("/news.xml", SITEMAP), "--write")
    assert done.returncode == 0, done.stderr
    (feed,) = read_config(path).feeds
    assert (feed.id, feed.type, feed.kind) == ("127-0-0-1", "sitemap", "independent")


def test_add_ends_with_status_1_where_there_is_no_feed(
    newsledger: Command, write_config: Callable[..., Path], web: Web
) -> None:
    write_config()
    web.put("/", "<html><body>Nothing here</body></html>")
    done = newsledger("feeds", "add", web.url)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("newsledger: no feed found; tried ")
    assert "/rss.xml (HTTP 404)" in done.stderr


ONE = "{id: a, name: A, url: 'https://example.org/a', kind: wire}"
OTHER = """
      id: b
      name: >-
        B
      url: https://example.org/b
      kind: >-
        wire
# the end"""


def test_a_list_with_an_anchor_and_folded_text_is_added_to(write_config: Callable[..., Path]) -> None:
    path = write_config()
    listed = f"feeds: &all\n    - {ONE}\n    -{OTHER}"
    path.write_text(path.read_text(encoding="utf-8").replace("feeds:\n  []", listed), encoding="utf-8")
    known = read_config(path).feeds
    feed = new_feed(known, url="https://example.org/new", title="New", kind=None, type_="feed", language=None)
    assert feed
    write_feeds(path, [feed])
    assert read_config(path).feeds == (*known, feed)


@pytest.mark.parametrize(
    "last",
    ["filter: *dossier", "filter:\n        include:\n          - *word", "filter: {include: [bread]}  # why", "note:"],
)
def test_a_feed_is_added_behind_one_that_ends_in_any_way(write_config: Callable[..., Path], last: str) -> None:
    path = write_config(("first", "https://example.org/first"))
    text = path.read_text(encoding="utf-8").replace("feeds:\n", "filter: &dossier\n  include: [&word bread]\nfeeds:\n")
    path.write_text(f"{text.rstrip()}\n  -{OTHER.removesuffix('# the end')}      {last}\n# the end\n", encoding="utf-8")
    known = read_config(path).feeds
    feed = new_feed(known, url="https://example.org/new", title="New", kind=None, type_="feed", language=None)
    assert feed
    write_feeds(path, [feed])
    assert read_config(path).feeds == (*known, feed)
    assert path.read_text(encoding="utf-8").endswith("kind: independent\n# the end\n")


@pytest.mark.parametrize(
    ("url", "title", "feed_id", "name"),
    [
        ("https://новости.рф/rss", None, "xn-b1amnebsh-xn-p1ai", "новости.рф"),
        ("https://www.example.org/rss", " \n", "example-org", "example.org"),
        ("https://www.example.org/rss", "Новости", "example-org", "Новости"),
    ],
)
def test_a_feed_without_a_latin_title_is_named_after_its_host(
    url: str, title: str | None, feed_id: str, name: str
) -> None:
    feed = new_feed((), url=url, title=title, kind=None, type_="feed", language=None)
    assert feed
    assert (feed.id, feed.name) == (feed_id, name)


def test_a_list_in_one_line_is_refused_and_left_as_it_is(write_config: Callable[..., Path]) -> None:
    path = write_config()
    text = path.read_text(encoding="utf-8").replace("feeds:\n  []", f"feeds: [{ONE}]")
    path.write_text(text, encoding="utf-8")
    feed = new_feed((), url="https://example.org/new", title="New", kind=None, type_="feed", language=None)
    assert feed
    with pytest.raises(InputError, match="by hand"):
        write_feeds(path, [feed])
    assert path.read_text(encoding="utf-8") == text


def test_a_feed_with_an_id_that_is_taken_is_refused(write_config: Callable[..., Path]) -> None:
    path = write_config(("first", "https://example.org/first"))
    known = read_config(path).feeds
    feed = new_feed(known, url="https://x.example/", title="", kind="", type_="json", language="xx", feed_id="first")
    assert feed
    with pytest.raises(ConfigError, match="first"):
        write_feeds(path, [feed])
    assert read_config(path).feeds == known


@pytest.mark.parametrize(
    "name", ["no", "null", "1e5", "yes: no", "# x", 'a"b\\c', "Ж", "&a", "*a", "- a", "\u2028", "false"]
)
def test_any_name_and_id_reads_back_as_it_is(write_config: Callable[..., Path], name: str) -> None:
    path = write_config(("first", "https://example.org/first"))
    url = "https://x.example/?a=1#b"
    feed = new_feed((), url=url, title=name, kind="wire", type_="json", language="no", feed_id=name)
    assert feed
    write_feeds(path, [feed])
    assert read_config(path).feeds[-1] == feed


def test_export_and_import_give_back_the_same_feeds(
    newsledger: Command, write_config: Callable[..., Path], tmp_path: Path
) -> None:
    path = write_config(("first", "https://example.org/1?a=1&b=2"), ("second", "https://example.org/<2>"))
    feeds = read_config(path).feeds
    assert newsledger("feeds", "export").stdout.startswith("<?xml")
    assert newsledger("feeds", "export", "-o", "all.opml").returncode == 0
    repeated = newsledger("feeds", "import", "all.opml")
    assert (repeated.stdout, repeated.stderr) == ("", "newsledger: 0 of 2 feeds are new\n")
    write_config()
    done = newsledger("feeds", "import", "all.opml", "--write")
    assert done.returncode == 0, done.stderr
    assert read_config(path).feeds == feeds
    assert parse_config(path.read_text().split("feeds:")[0] + "feeds:\n" + done.stdout, "x").feeds == feeds
    (tmp_path / "no.opml").write_text("<html/>")
    assert newsledger("feeds", "import", "no.opml").returncode == 2
    assert newsledger("feeds", "import", "missing.opml").returncode == 2


def test_blocks_leave_out_what_is_usual() -> None:
    feed = new_feed((), url="https://x.example/feed", title="Example", kind="wire", type_="feed", language="en")
    assert feed
    assert blocks([feed]) == '  - id: example\n    name: "Example"\n    url: "https://x.example/feed"\n    kind: wire\n'
