"""Pages as no site means them: whatever the bytes are, an answer of the right kind comes back, and soon."""

from __future__ import annotations

import time
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.fetch.pages.reading import NoPage, Page, read_page

CASES = [case.read_bytes() for case in sorted((Path(__file__).parent / "pages").glob("*.html"))]
URLS = st.sampled_from([None, "", "http://[", "https://amp.paper.example/a/amp?amp=1", "https://consent.google.com/m"])
SPLICES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [
            b"<", b">", b'"', b"{", b"}", b"[", b",", b"\\", b"\x00", b"\xff\xfe", b"&#xd800;", b"</script>", b"<p>",
            b"<table>", b"<article>", b"</div>", b"<!--", b"]]>", b"2026-02-30",
            b"9999-12-31T23:59:59-14:00", b"0001-01-01",
            b'"author":{"name":[[1]]}', b'<h1 class="', b"<figcaption>", b'<div class="paywall comments">'
        ]
    ),
)  # fmt: skip


def answer(
    body: bytes, url: str | None = "https://www.paper.example/a", content_type: str | None = "text/html"
) -> None:
    began = time.monotonic()
    page = read_page(body, content_type=content_type, url=url)
    assert time.monotonic() - began < 15
    if isinstance(page, NoPage):
        assert page.outcome != "ok"
        return
    assert isinstance(page, Page)
    assert page.text == page.text.strip() != ""
    assert all(line and line == " ".join(line.split()) for line in page.text.split("\n"))
    assert all(isinstance(name, str) and name.strip() for name in page.authors)
    assert all(moment is None or moment.tzinfo is UTC for moment in (page.published, page.modified))
    page.text.encode("utf-8")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(CASES),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), SPLICES), max_size=6),
    URLS,
    st.sampled_from(["text/html", "text/html; charset=utf-16", None, "application/pdf"]),
)
def test_damaged_pages(
    body: bytes, damages: list[tuple[float, int, bytes]], url: str | None, content_type: str | None
) -> None:
    for where, cut, put in damages:
        place = int(where * len(body))
        body = body[:place] + put + body[place + cut :]
    answer(body, url, content_type)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400), URLS)
def test_any_bytes(body: bytes, url: str | None) -> None:
    answer(body, url)
    answer(b"<html>" + body, url, None)


LONG = 300_000


@pytest.mark.parametrize(
    "body",
    [
        b"<title>" + b" | a" * LONG + b"</title><p>" + b"word " * 50,
        b'<meta name="author" content="' + b"x" * LONG + b'"><p>text',
        b'<meta name="author" content="' + b"and , " * LONG + b'"><p>text',
        b'<script type="application/ld+json">{"@type":"NewsArticle","author":"' + b"a@" * LONG + b'"}</script><p>text',
        b'<script type="application/ld+json">[' + b'{"@type":"NewsArticle"},' * 50_000 + b"</script><p>text",
        b"<h1>not found</h1><p>" + b"page not " * LONG,
        b'<div class="comments">' * 5_000 + b"text",
        b"<article>"
        + b"".join(b"<p>Line number %d of a text that is far longer than any.</p>" % n for n in range(9_000)),
        b"<article>" + b"<p>The very same line of a text stands here once more.</p>" * 9_000,
        b"<p>" + b"<a href=x>link</a> " * 15_000,
        b"<div>" + b"<br>".join([b"words without a paragraph"] * 15_000),
    ],
    ids=["bars", "author", "authors", "handles", "json", "title", "boxes", "lines", "same", "links", "breaks"],
)
def test_pages_of_any_size(body: bytes) -> None:
    answer(b"<html><head></head><body>" + body)
