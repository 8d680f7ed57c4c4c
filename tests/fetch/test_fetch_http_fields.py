"""What header fields say about time, and what a client does with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.fetch.http.answers import Failure, Request, Response
from newsledger.fetch.http.fields import fresh_s, retry_after_s
from tests.webserver import Web

Get = Callable[..., list[Response | Failure]]
NOON = "Tue, 10 Mar 2026 12:00:00 GMT"
ONE = "Tue, 10 Mar 2026 13:00:00 GMT"


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({}, None),
        ({"Cache-Control": "public"}, None),
        ({"Cache-Control": "max-age=300"}, 300),
        ({"Cache-Control": "public, MAX-AGE = 300 , s-maxage=9"}, 300),
        ({"Cache-Control": 'max-age="300"'}, 300),
        ({"Cache-Control": "s-maxage=300"}, None),
        ({"Cache-Control": "max-age=0"}, 0),
        ({"Cache-Control": "max-age=-5"}, 0),
        ({"Cache-Control": "max-age"}, 0),
        ({"Cache-Control": "max-age=300", "Age": "100"}, 200),
        ({"Cache-Control": "max-age=300", "Age": "1000"}, 0),
        ({"Cache-Control": "max-age=300", "Expires": "0"}, 300),
        ({"Cache-Control": "max-age=300, no-cache"}, 0),
        ({"Cache-Control": "no-store"}, 0),
        ({"Cache-Control": 'no-cache="Set-Cookie", max-age=300'}, 300),
        ({"Cache-Control": "max-age=" + "9" * 5000}, 365 * 86400),
        ({"Expires": ONE, "Date": NOON}, 3600),
        ({"Expires": ONE}, 3600),
        ({"Expires": ONE, "Date": "never"}, 3600),
        ({"Expires": ONE, "Date": ONE}, 0),
        ({"Expires": NOON, "Date": ONE}, 0),
        ({"Expires": "0"}, 0),
        ({"Expires": "-1"}, 0),
        ({"Expires": ""}, 0),
    ],
)
def test_how_long_an_answer_is_fresh(web: Web, get: Get, fields: dict[str, str], seconds: float | None) -> None:
    (answer,) = get(web.put("/a", "hello", headers=fields))
    assert isinstance(answer, Response)
    assert answer.fresh_s == seconds


def test_a_304_says_it_as_well(web: Web, get: Get) -> None:
    url = web.put("/a", status=304, headers={"Cache-Control": "max-age=60"})
    (answer,) = get(Request(url=url, accept="*/*", max_bytes=10, etag='"1"'))
    assert isinstance(answer, Response)
    assert answer.fresh_s == 60


@given(
    st.lists(
        st.tuples(
            st.sampled_from([b"Cache-Control", b"expires", b"DATE", b"Age", b"Retry-After"]),
            st.binary(max_size=40) | st.sampled_from([b"max-age=5", NOON.encode(), b"no-cache", b"1", b"\xb2"]),
        )
    )
)
def test_whatever_stands_there_it_is_within_bounds(fields: list[tuple[bytes, bytes]]) -> None:
    now = datetime.fromisoformat("2026-03-10T12:00:00+00:00")
    assert 0 <= (fresh_s(fields, now) or 0) <= 365 * 86400
    assert 0 <= (retry_after_s(fields, now) or 0) <= 86400
