"""Charsets, dates, and HTML as text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.fetch.dates import read_feed_date, read_http_date, read_iso
from newsledger.fetch.text import charset_of, decode, html_to_text, one_line

SAID = "Мінск і Москва"  # noqa: RUF001 - Belarusian


@pytest.mark.parametrize(
    ("body", "content_type", "charset"),
    [
        (SAID.encode(), None, "utf-8"),
        (SAID.encode(), "text/html; charset=iso-8859-1", "utf-8"),
        (b"<meta charset=windows-1251>" + SAID.encode(), None, "utf-8"),
        (SAID.encode("utf-8-sig"), None, "utf-8-sig"),
        (SAID.encode("cp1251"), 'text/html; charset="Windows-1251"', "cp1251"),
        (b'<?xml version="1.0" encoding="windows-1251"?>' + SAID.encode("cp1251"), "text/xml", "cp1251"),
        (
            b"<html><meta http-equiv=content-type content='text/html; charset=koi8-u'>" + SAID.encode("koi8-u"),
            None,
            "koi8-u",
        ),
        (b"<meta charset=windows-1251>" + SAID.encode("cp1251"), "text/html; charset=utf-8", "cp1251"),
        (b'<?xml version="1.0" encoding="koi8-r"?>' + SAID.encode("koi8-u"), "text/xml; charset=iso-8859-1", "koi8-r"),
        (b"caf\xe9", "text/html; charset=us-ascii", "cp1252"),
        (b"caf\xe9 \x93quoted\x94", "text/html; charset=iso-8859-1", "cp1252"),
        (b'<?xml version="1.0" encoding="utf-16"?><a>plain</a>', None, "utf-8"),
        ("<a>x</a>".encode("utf-16"), None, "utf-16"),
        ("<a>x</a>".encode("utf-16-le"), None, "utf-16-le"),
        ("京都".encode("iso2022_jp"), "text/html; charset=iso-2022-jp", "iso2022-jp"),
    ],
)
def test_charset(body: bytes, content_type: str | None, charset: str) -> None:
    assert charset_of(body, content_type).name == charset


@pytest.mark.parametrize(
    ("header", "meta", "rule"),
    [
        ("utf-8", "iso-8859-1", "header"),
        ("utf-8", "windows-1251", "header"),
        ("iso-8859-1", "utf-8", "meta"),
        ("iso-8859-1", "windows-1251", "utf8"),
        ("", "", "utf8"),
    ],
)
def test_a_broken_byte_leaves_utf8_what_it_is(header: str, meta: str, rule: str) -> None:
    body = f"<meta charset={meta}>".encode() + SAID.encode() + b"\xe9 " + SAID.encode()
    charset = charset_of(body, f"text/html; charset={header}")
    assert (charset.name, charset.rule) == ("utf-8", rule)
    assert decode(body, f"text/html; charset={header}").endswith(f"{SAID}\ufffd {SAID}")


def test_a_few_letters_that_look_like_utf8_do_not_outweigh_the_label() -> None:
    body = b"na\xc3\xafve, \xe9t\xe9, caf\xe9"
    for header in ("utf-8", "iso-8859-1"):
        assert charset_of(body, f"text/html; charset={header}").name == "cp1252"


@pytest.mark.parametrize(
    ("body", "content_type", "rule"),
    [
        (SAID.encode("utf-8-sig"), "text/html; charset=koi8-r", "bom"),
        (SAID.encode(), "text/html; charset=koi8-r", "utf8"),
        (SAID.encode("cp1251"), "text/html; charset=windows-1251", "header"),
        (b'<?xml version="1.0" encoding="windows-1251"?>' + SAID.encode("cp1251"), "text/xml; charset=utf-8", "xml"),
        (b"<meta charset=windows-1251>" + SAID.encode("cp1251"), "text/html; charset=nonsense", "meta"),
        (SAID.encode("cp1251"), None, "guess"),
    ],
)
def test_the_rule_that_told_the_charset(body: bytes, content_type: str | None, rule: str) -> None:
    assert charset_of(body, content_type).rule == rule


@pytest.mark.parametrize("label", ["unicode_escape", "idna", "base64", "no-such-thing", "utf-7"])
def test_labels_that_are_no_charsets_are_passed_over(label: str) -> None:
    body = b"<meta charset=" + label.encode() + b">" + SAID.encode("cp1251")
    assert charset_of(body, f"text/html; charset={label}").name not in (label, label.replace("_", "-"))


def test_a_guess_reads_cyrillic_without_any_label() -> None:
    text = "<p>Переговоры прошли удачно: стороны обсудили поставки газа, тарифы, таможенный союз двух стран.</p> " * 20
    assert "обсудили поставки" in decode(text.encode("cp1251"), None)


@given(st.binary(), st.one_of(st.none(), st.text(max_size=40)))
def test_any_bytes_are_decoded(body: bytes, content_type: str | None) -> None:
    assert isinstance(decode(body, content_type), str)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain text", "plain text"),
        ("  two \n lines ", "two\nlines"),
        ("<p>One\n  two.</p><p>Three&nbsp;four.</p>", "One two.\nThree four."),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>one</li><li>two</li></ul>after", "one\ntwo\nafter"),
        ("<p>Seen<script>alert(1)</script> and<style>p{}</style> read<!-- not -->.</p>", "Seen and read."),
        ("AT&amp;T &lt;b&gt;", "AT&T <b>"),
        ("<b>bold</b><i>italic</i>", "bolditalic"),
        ("", ""),
        ("<>", "<>"),
        ("<p>a\x00b\ud800c</p>", "abc"),
        ("<td>1</td><td>2</td>", "1\n2"),
        ("<!DOCTYPE><title", ""),
        ('<?xml version="1.0" encoding="koi8-r"?><p>é</p>', "é"),
        ("</div></body>still here", "still here"),
    ],
)
def test_html_to_text(markup: str, text: str) -> None:
    assert html_to_text(markup) == text


@given(st.text(alphabet=st.sampled_from("<>/&;!-[]pbrdiv ax#0\n\"'=\x00é\ud800")))
def test_html_to_text_never_raises(markup: str) -> None:
    assert "\x00" not in html_to_text(markup) or "<" not in markup


def test_one_line() -> None:
    assert one_line("<b>A</b>\n &amp; B ") == "A & B"
    assert one_line("<br>") is one_line("") is one_line(None) is None


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Tue, 05 Dec 2023 10:00:00 GMT", "2023-12-05T10:00:00"),
        ("Tue, 05 Dec 2023 10:00:00 +0300", "2023-12-05T07:00:00"),
        ("Tue, 05 Dec 2023 10:00:00 MSK", "2023-12-05T07:00:00"),
        ("Tue, 05 Dec 2023 10:00:00 EST", "2023-12-05T15:00:00"),
        ("Tue, 05 Dec 2023 10:00:00 XYZ", "2023-12-05T10:00:00"),
        ("Tue, 05 Dec 2023 10:00:00", "2023-12-05T10:00:00"),
        ("Tue,5 December 2023 1:2:3 GMT+9", "2023-12-04T16:02:03"),
        ("5 Dec 23", "2023-12-05T00:00:00"),
        ("5 Dec 99 10:00 UT", "1999-12-05T10:00:00"),
        ("05.12.2023 10:30", "2023-12-05T10:30:00"),
        ("2023-12-05T10:00:00+03:00", "2023-12-05T07:00:00"),
        ("2023-12-05", "2023-12-05T00:00:00"),
        ("Tue, 05 Dec 2023 10:15 PM", "2023-12-05T22:15:00"),
        ("5 Dec 2023 3:45:00 pm EST", "2023-12-05T20:45:00"),
        ("5 Dec 2023 12:05 a.m. +0300", "2023-12-04T21:05:00"),
        ("5 Dec 2023 12:05PM", "2023-12-05T12:05:00"),
        ("5 Dec 2023 15:05 PM", "2023-12-05T15:05:00"),
        ("5 Dec 2023 - 10:15", "2023-12-05T10:15:00"),
        ("2024-05-05 10:00:00 MSK", "2024-05-05T07:00:00"),
        ("2024-05-05T10:00 +0300", "2024-05-05T07:00:00"),
        ("December 5, 2023 10:00", "2023-12-05T10:00:00"),
        ("Tuesday, Dec. 5th, 2023 at 10:00 pm MSK", "2023-12-05T19:00:00"),
        ("December 5, 2023", "2023-12-05T00:00:00"),
        ("12/05/2023 10:15:00 PM", "2023-12-05T22:15:00"),
        ("Tue, 12/13/2023 - 10:15", "2023-12-13T10:15:00"),
        ("12/12/2023", "2023-12-12T00:00:00"),
        ("13/12/2023 10:15", "2023-12-13T10:15:00"),
    ],
)
def test_feed_dates(written: str, moment: str) -> None:
    assert read_feed_date(written) == datetime.fromisoformat(moment + "+00:00")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "31 Feb 2023",
        "5 Dez 2023",
        "0001-01-01T00:00:00+14:00",
        "Tue, 05 Dec 2023 25:00:00 GMT",
        "7",
        "12/05/2023 10:15",
        "12/05/2023",
        "13/13/2023",
        "2024-05-05/2024-05-06",
        "May 2023",
        "Dez 5, 2023",
    ],
)
def test_what_is_no_date(written: str) -> None:
    assert read_feed_date(written) is None


@given(st.text())
def test_dates_never_raise(written: str) -> None:
    for read in (read_feed_date, read_iso, read_http_date):
        moment = read(written)
        assert moment is None or moment.utcoffset() == UTC.utcoffset(None)
