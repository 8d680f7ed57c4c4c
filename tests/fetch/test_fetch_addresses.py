"""Which addresses are refused, in every spelling."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.fetch.http.addresses import AllowList, parse_address, refusal


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.0.9", "0.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "100.127.255.255", "192.0.0.8", "198.18.0.1", "203.0.113.9", "224.0.0.1", "239.1.1.1",
        "240.0.0.1", "255.255.255.255",
        "::", "::127.0.0.1", "::8.8.8.8", "fec0::1", "64:ff9b:1::1", "::1", "fe80::1",
        "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1",
        "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2001:0:4136:e378:8000:63bf:f5ff:fffe",
        "::ffff:0:7f00:1", "::ffff:0:169.254.169.254", "::ffff:0:8.8.8.8", "192.88.99.1", "5f00::1", "2002:808:808::1",
        "3fff::1", "2001:20::1", "4000::1", "100::1", "64:ff9b::c058:6301",
    ],
)  # fmt: skip
def test_refused(address: str) -> None:
    reason = refusal(parse_address(address))
    assert reason is not None
    assert " is " in reason


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "93.184.215.14", "100.63.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"],
)
def test_let_through(address: str) -> None:
    assert refusal(parse_address(address)) is None


@given(st.ip_addresses(v=4))
def test_an_address_is_judged_by_the_one_in_it(address: IPv4Address) -> None:
    is_refused = refusal(address) is not None
    for prefix in ("::ffff:0:0", "64:ff9b::"):
        assert (refusal(IPv6Address(int(IPv6Address(prefix)) + int(address))) is not None) == is_refused


@given(st.ip_addresses(v=6))
def test_what_is_not_given_out_is_not_asked(address: IPv6Address) -> None:
    wraps = any(address in IPv6Network(prefix) for prefix in ("::ffff:0:0/96", "64:ff9b::/96"))
    assert wraps or address in IPv6Network("2000::/3") or refusal(address)


@pytest.mark.parametrize(
    ("entry", "host", "port", "address", "covered"),
    [
        ("localhost", "localhost", 80, "127.0.0.1", True),
        ("LOCALHOST:8000", "localhost", 8000, "::1", True),
        ("localhost:8000", "localhost", 8001, "127.0.0.1", False),
        ("127.0.0.1:8000", "localhost", 8000, "127.0.0.1", True),
        ("10.0.0.0/8", "intranet", 443, "10.9.8.7", True),
        ("10.0.0.0/8", "intranet", 443, "11.9.8.7", False),
        ("10.0.0.5/8", "intranet", 443, "10.9.8.7", True),
        ("fd00::/8", "intranet", 443, "fd12::1", True),
        ("[::1]:8000", "localhost", 8000, "::1", True),
        ("::1", "localhost", 8000, "::1", True),
        ("intranet", "other", 443, "10.0.0.1", False),
    ],
)
def test_allow_list(entry: str, host: str, port: int, address: str, covered: bool) -> None:  # noqa: FBT001 - a table
    assert AllowList.of((entry,)).covers(host, port, parse_address(address)) is covered
