"""One canonical address for each article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.fetch.urls import article_id, canonical_url, is_opaque, normal_title, resolve, same_host, without_host

PIECES = st.sampled_from(
    ["http://", "HTTPS://", "example.org", "Ex%61mple.org", "müller.example", ":80", ":443", ":8080", "/", "//", ".",
     "..", "/../", "%2e", "%2E%2e", "%", "%%34%31", "%zz", "%C3%A9", "é", " ", "\t", "\n", "?", "&", "=", "a", "b=1",
     "utm_source=x", "UTM_x", "fbclid", "#", "@", "user:pw@", "[::1]", "\x00", "\ud800", ";", "+", "~", "%7e", "|", "<"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://Www.Example.ORG:80/News/A#top", "http://www.example.org/News/A"),
        ("https://example.org:443", "https://example.org/"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://example.org/a?utm_source=rss&id=7&utm_medium=feed", "https://example.org/a?id=7"),
        ("https://example.org/a?at_medium=RSS&at_campaign=rss", "https://example.org/a"),
        ("https://example.org/a?fbclid=x&CMP=y&xtor=z", "https://example.org/a"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"),
        ("https://example.org/index.php?12345", "https://example.org/index.php?12345"),
        ("https://example.org/a?source=7&cid=8", "https://example.org/a?cid=8&source=7"),
        ("https://example.org/a?q=", "https://example.org/a?q="),
        ("https://example.org/x/../a/./b", "https://example.org/a/b"),
        ("https://example.org/a/", "https://example.org/a/"),
        ("https://example.org/%7euser/%c3%a9?x=%2f", "https://example.org/~user/%C3%A9?x=%2F"),
        ("https://example.org/новости", "https://example.org/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
        (" https://example.org/a\n b ", "https://example.org/a%20b"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("http://[2606:4700::1111]/a", "http://[2606:4700::1111]/a"),
    ],
)
def test_canonical_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    ["", "example.org/a", "/a", "mailto:a@example.org", "tag:example.org,2026:1", "javascript:alert(1)", "http://",
     "http:///a", "http://exa mple.org/", "http://[::1", "http://example.org:99999/", "http://example.org:x/", "http://-/"],
)  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    assert canonical_url(url) is None


@given(st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text().map("https://example.org/".__add__), st.text()))
def test_twice_is_once(url: str) -> None:
    once = canonical_url(url)
    if once is not None:
        assert canonical_url(once) == once
        assert once.isascii()
        assert "#" not in once


def test_an_id_follows_the_address_not_its_spelling() -> None:
    def identify(**given: object) -> str:
        return article_id("wire", **({"url": None, "guid": None, "title": None, "dated": None} | given))  # type: ignore[arg-type]

    assert identify(url="https://example.org/a?utm_source=rss", guid="1") == identify(
        url="https://EXAMPLE.org/a", guid="2"
    )
    assert identify(guid="1", title="A") == identify(guid="1", title="B")
    day, next_day = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    assert identify(title="A", dated=day) != identify(title="A", dated=next_day)
    assert len(identify(title="A")) == 16
    assert identify(url="http://www.example.org/a") == identify(guid="https://example.org/a")
    assert identify(guid="7") != article_id("other", url=None, guid="7", title=None, dated=None)


@pytest.mark.parametrize(
    ("base", "reference", "absolute"),
    [
        ("https://example.org/news/feed", "a.html", "https://example.org/news/a.html"),
        ("https://example.org/news/feed", "//other.example/a", "https://other.example/a"),
        ("https://example.org/feed", "https://user:pw@example.org/a", "https://example.org/a"),
        ("https://example.org/feed", "mailto:a@example.org", None),
        ("https://example.org/feed", "http://[oops", None),
    ],
)
def test_links_are_resolved(base: str, reference: str, absolute: str | None) -> None:
    assert resolve(base, reference) == absolute


def test_www_makes_no_other_host() -> None:
    assert same_host("https://www.example.org/a", "http://example.org/b")
    assert not same_host("https://example.org/a", "https://example.com/a")
    assert not same_host("", "")


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://www.example.org/2026/03/10/grain?utm_source=x&b=1&a=2", "/2026/03/10/grain?a=2&b=1"),
        ("https://example.org/index.html", None),
        ("https://example.org/", None),
        ("tag:example.org,2026:grain-talks", None),
    ],
)
def test_a_place_without_its_host(url: str, place: str | None) -> None:
    assert without_host(url) == place


@pytest.mark.parametrize(
    ("title", "normal"),
    [
        ("Russia hits  Kyiv, again! - Reuters", "russia hits kyiv again"),
        ("What is Nato? | BBC News", "what is nato"),
        ("Belarus: 12 held \u2013 Belsat", "belarus 12 held"),
        ("Weather for Minsk - Monday", "weather for minsk monday"),
        ("War in Ukraine - day 3", "war in ukraine day 3"),
        ("The long war - what we know", "the long war what we know"),
        ("Two words - Reuters", "two words reuters"),
        ("STRASSE Straße", "strasse strasse"),
        (" - ", ""),
        ("!?", ""),
    ],
)
def test_headlines_in_one_form(title: str, normal: str) -> None:
    assert normal_title(title) == normal


@given(st.text())
def test_the_form_of_a_headline_is_short_and_stays(title: str) -> None:
    once = normal_title(title)
    assert len(once) <= 200
    assert normal_title(once) == once


def test_links_of_google_news_are_opaque() -> None:
    assert is_opaque("https://news.google.com/rss/articles/CBMi?oc=5")
    assert not is_opaque("https://news.google.com/")
    assert not is_opaque("https://news.google.com.example/rss/articles/CBMi")
    assert not is_opaque("CBMi")
