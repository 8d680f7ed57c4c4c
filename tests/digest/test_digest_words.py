"""Codes, numbers, dates and links in plain words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from newsledger.digest import timewords, words
from newsledger.digest.escape import clip, markdown, shell_safe, visible, web_link


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2022, 12, 19), date(2022, 12, 19), "19 December 2022"),
        (date(2022, 12, 1), date(2022, 12, 31), "December 2022"),
        (date(2023, 1, 1), date(2023, 12, 31), "2023"),
        (date(2023, 1, 1), date(2025, 12, 31), "2023 to 2025"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2023, 3, 30), date(2023, 4, 2), "30 March 2023 to 2 April 2023"),
        (date(2023, 3, 30), None, "from 30 March 2023"),
        (None, date(2023, 3, 30), "until 30 March 2023"),
        (None, None, "date not given"),
    ],
)
def test_interval(start: date | None, end: date | None, expected: str) -> None:
    assert timewords.interval_words((start, end)) == expected


@pytest.mark.parametrize(
    ("value", "value_max", "unit", "bound", "expected"),
    [
        ("30", None, "percent", "exact", "30 %"),
        ("5E+8", None, "USD", "about", "about 500,000,000 USD"),
        ("2.50", None, "t/a", "at least", "at least 2.5 t per year"),
        ("128.52", None, "USD/1000m3", "exact", "128.52 USD per 1,000 m³"),
        ("20", "40", "count", "between", "20 to 40"),
        ("0.333", None, "fraction", "exact", "0.333 (fraction)"),
        ("1E+400", None, "count", "exact", "1e+400"),
        ("NaN", None, "count", "exact", "NaN"),
    ],
)
def test_number(value: str, value_max: str | None, unit: str, bound: words.Bound, expected: str) -> None:
    most = Decimal(value_max) if value_max else None
    assert words.number_words(Decimal(value), most, unit, bound) == expected


def test_every_kind_of_event_belongs_to_a_group_and_has_a_name() -> None:
    types = [event_type for _, group in words.GROUPS for event_type in group]
    assert len(types) == len(set(types)) == 16
    assert words.event_words("ASSAULT", "drone", "denied") == "Denied drone attack"
    assert words.event_words("ASSAULT", "unheard-of", "occurred") == "Attack"


def test_midnight_is_a_day_without_an_hour() -> None:
    assert timewords.instant_words(datetime(2022, 12, 20, tzinfo=UTC)) == "2022-12-20"
    assert timewords.instant_words(datetime(2022, 12, 20, 9, 5, tzinfo=UTC)) == "2022-12-20 09:05 UTC"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/a?b=1&c=2#d", "https://news.example/a?b=1&c=2#d"),
        ("https://news.example/a(b)'\"<c>[d]", "https://news.example/a%28b%29%27%22%3Cc%3E%5Bd%5D"),
        ("https://news.example/новости", "https://news.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
        ("HTTP://news.example/", "HTTP://news.example/"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//news.example/", None),
        ("https:///no-host", None),
        ("https://[bad/", None),
        ("https://news.example/a b", None),
        ("https://news.example/\u202egnp.exe", None),
        ("https://news.example/\ud800", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_links_may_be_clicked(url: str | None, expected: str | None) -> None:
    assert web_link(url) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain (text), a.b. #3 snake_case 1. x", "plain (text), a.b. #3 snake_case 1. x"),
        ("[x](javascript:y)", r"\[x\]\(javascript:y)"),
        ("*a* _b_ `c` ~d~ a|b", r"\*a\* \_b\_ \`c\` \~d\~ a\|b"),
        ("<script>&lt;", r"\<script>\&lt;"),
        ("# head", r"\# head"),
        ("> quote", r"\> quote"),
        ("12. item", r"12\. item"),
        ("- item", r"\- item"),
        ("one\n\n# two", "one # two"),
        ("back\\slash", r"back\\slash"),
    ],
)
def test_markdown_takes_text_for_text(text: str, expected: str) -> None:
    assert markdown(text) == expected


def test_what_hides_is_shown_or_dropped() -> None:
    assert visible("a\u202eb\u2066c") == "a⟨U+202E⟩b⟨U+2066⟩c"
    assert visible("a\u200b\u00ad\ufeff\U000e0041b") == "ab"
    assert visible("a\x00\ud800b") == "a\ufffd\ufffdb"
    assert visible("a\u2028b\tc\r\nd") == "a b c d"
    assert len(visible("e" + "\u0301" * 500)) == 4


def test_clip_cuts_at_a_space_and_says_so() -> None:
    assert clip("one two three", 9) == "one two […]"
    assert clip("onetwothree", 6) == "onetwo […]"
    assert clip("one  two", 9) == "one two"
    assert clip(" " * 1000 + "x", 9).endswith("[…]")


def test_only_plain_ids_go_into_a_command() -> None:
    assert shell_safe("0123456789abcdef")
    assert not any(map(shell_safe, ("$(reboot)", "a'b", "a b", "`id`", "", "é")))
