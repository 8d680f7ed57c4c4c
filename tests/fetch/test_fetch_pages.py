"""Article pages: what is read out of them, and what can't be."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.fetch.pages.reading import NoPage, Page, read_page

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://www.paper.example/2026/ferry"
PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Ferry back in service | The Paper</title>
<link rel="canonical" href="https://paper.example/2026/03/ferry?utm_source=x">
<meta property="og:title" content="Ferry back in service">
<meta property="article:published_time" content="2026-03-09T21:30:00+03:00">
<meta name="author" content="Alena Brook">
</head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Ferry back in service</h1>
<p>The ferry between the two towns sails again after a winter of repairs that cost four million crowns.</p>
<p>“We have waited long enough,” said the harbour master, who had counted the days on a wall behind his desk.</p>
<p>The first boat left at noon with <b>forty</b> passengers,&nbsp;two goats and a piano on board.</p>
</article>
<footer>All rights reserved.</footer></body></html>"""


def read(body: bytes | str, content_type: str | None = "text/html", url: str | None = URL) -> Page:
    page = read_page(body.encode() if isinstance(body, str) else body, content_type=content_type, url=url)
    assert isinstance(page, Page), page
    return page


def refused(body: bytes, content_type: str | None = "text/html") -> NoPage:
    page = read_page(body, content_type=content_type, url=URL)
    assert isinstance(page, NoPage), page
    return page


def test_body_and_metadata() -> None:
    page = read(PAGE)
    paragraphs = page.text.split("\n")
    assert (
        "The ferry between the two towns sails again after a winter of repairs that cost four million crowns."
        in paragraphs
    )
    assert "The first boat left at noon with forty passengers, two goats and a piano on board." in paragraphs
    assert "Home" not in page.text
    assert "All rights reserved" not in page.text
    assert page.title == "Ferry back in service"
    assert page.authors == ("Alena Brook",)
    assert page.published == datetime(2026, 3, 9, 18, 30, tzinfo=UTC)
    assert page.language == "en"
    assert page.url == "https://paper.example/2026/03/ferry"


@pytest.mark.parametrize("href", ["https://other.example/a", "https://paper.example/", "/", "mailto:a@b.example"])
def test_a_canonical_address_elsewhere_is_not_believed(href: str) -> None:
    assert read(PAGE.replace("https://paper.example/2026/03/ferry?utm_source=x", href)).url is None


def test_a_date_in_the_future_is_told_as_it_stands() -> None:
    assert read(PAGE.replace("2026-03-09", "2097-03-09")).published == datetime(2097, 3, 9, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-16"])
@pytest.mark.parametrize("is_labelled", [True, False])
def test_charsets(charset: str, is_labelled: bool) -> None:  # noqa: FBT001 - a table
    said = "Паром снова ходит между двумя городами после долгого ремонта, который обошёлся в четыре миллиона крон."
    label = f'<meta charset="{charset}">' if is_labelled else ""
    body = f"<html><head>{label}</head><body><article><p>{said}</p><p>{said[:50]}</p></article></body></html>".encode(
        charset
    )
    assert said in read(body, "text/html" if is_labelled else f"text/html; charset={charset}").text


@pytest.mark.parametrize(
    ("body", "content_type", "outcome"),
    [
        (b"", "text/html", "empty"),
        (b" \n", "text/html", "empty"),
        (b"%PDF-1.7 ...", "application/pdf", "not_html"),
        (b'{"a": 1}', "application/json", "not_html"),
        (b"\x89PNG\r\n", None, "not_html"),
        (
            b"<html><head><title>Nothing</title></head><body><script>app()</script></body></html>",
            "text/html",
            "no_text",
        ),
        (b"<html><body>" + b"<i>x</i>" * 50_000, "text/html", "too_large"),
    ],
)
def test_what_is_no_article(body: bytes, content_type: str | None, outcome: str) -> None:
    assert refused(body, content_type).outcome == outcome


def test_html_under_a_wrong_label_is_read() -> None:
    assert read(PAGE, "text/plain").text == read(PAGE).text
    assert read(PAGE, None).text == read(PAGE).text


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>" + b"<div>" * 30_000 + b"deep",
        b"<html><body><p>" + b"word " * 900_000,
        b"<html><body>" + b"<p>word word word.</p>" * 13_000,
        b'<html><head><script type="application/ld+json">'
        + b'{"author":[' * 50_000
        + b"</script></head><body><p>x</p>",
        b"<html><body><p>" + bytes(range(256)) * 100,
        b"<html><body>" + b"<table><tr><td>" * 10_000,
        b"<html " + b"a=b " * 100_000,
    ],
    ids=["deep", "long", "many", "json", "bytes", "tables", "attributes"],
)
def test_hostile_pages_neither_raise_nor_hang(body: bytes) -> None:
    began = time.monotonic()
    read_page(body, content_type="text/html", url=URL)
    assert time.monotonic() - began < 15


TAGS = st.sampled_from(
    [
        "<html>", "<head>", "<title>", "</title>", "<body>", "<article>", "<p>", "</p>", "<table>", "<td>", "<ul>",
        "<li>", "<script>", "<!--", "<meta property='article:published_time' content='", "2026-13-99", "'>",
        "<link rel=canonical href='",
        "http://[", "&#xd800;", "&#0;", "text ", "<base href='", "<svg>", "<br>", "</", "<time datetime='", "\x00", "é",
        '<script type="application/ld+json">{"@type":"NewsArticle","author":', "[1,", "{}",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.lists(TAGS, max_size=25).map(lambda tags: "".join(tags).encode())))
def test_nothing_makes_it_raise(body: bytes) -> None:
    page = read_page(b"<html>" + body, content_type="text/html", url=URL)
    assert isinstance(page, NoPage) or page.text.strip().encode("utf-8")


@pytest.mark.needs_shared
def test_each_real_page_gives_a_body(shared: Path) -> None:
    files = sorted((shared / "data" / "pages").glob("*.html.gz"))
    began = time.monotonic()
    pages = [read_page(gzip.decompress(file.read_bytes()), content_type="text/html", url=None) for file in files]
    assert time.monotonic() - began < 20
    assert len(pages) == 28
    assert [
        file.name for file, page in zip(files, pages, strict=True) if isinstance(page, NoPage) or len(page.text) < 500
    ] == []
