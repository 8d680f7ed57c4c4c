"""Packed bodies: read in bounded steps, whole or not at all."""

from __future__ import annotations

import asyncio
import gzip
import sys
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.fetch.http.answers import Failure, Request, Response
from newsledger.fetch.http.codings import CodingError, CutOffError, TooLargeError, read_body
from tests.webserver import Web, packed_zeros

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Get = Callable[..., list[Response | Failure]]
MEGABYTE = 1 << 20


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def pack_brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=3))  # its usual 11 takes seconds


PACKERS: dict[str, list[Callable[[bytes], bytes]]] = {
    "gzip": [gzip.compress],
    "x-gzip": [gzip.compress],
    "deflate": [zlib.compress, raw_deflate],
    "br": [pack_brotli],
    "zstd": [zstd.compress],
}
FORMS = [(coding, packer) for coding, packers in PACKERS.items() for packer in packers]
# Looks like text, and packs to about a third as text does.
TEXT = b"".join(b"%d headlines of the day, each another one than the one before\n" % n**7 for n in range(12_000))


def read(packed: bytes, coding: str, *, step: int = 65536, max_bytes: int = 10 * MEGABYTE) -> bytes:
    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(packed), step):
            yield packed[start : start + step]

    return asyncio.run(read_body(pieces(), coding=coding, max_bytes=max_bytes))


@pytest.mark.parametrize(("coding", "pack"), FORMS)
@given(body=st.binary(max_size=300), step=st.integers(1, 50))
def test_what_was_packed_comes_out(coding: str, pack: Callable[[bytes], bytes], body: bytes, step: int) -> None:
    assert read(pack(body), coding, step=step) == body


@pytest.mark.parametrize(("coding", "pack"), [*FORMS, ("identity", bytes)])
@pytest.mark.parametrize("step", [1000, 65536, 10 * MEGABYTE])
def test_a_real_size(coding: str, pack: Callable[[bytes], bytes], step: int) -> None:
    assert read(pack(TEXT), coding, step=step) == TEXT


@pytest.mark.parametrize(("coding", "pack"), FORMS)
def test_every_cut_is_told(coding: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(b"hello, hello, hello")
    for end in range(1, len(packed)):
        with pytest.raises(CutOffError):
            read(packed[:end], coding)
    assert read(b"", coding) == b""


@pytest.mark.parametrize(("coding", "pack"), FORMS)
@given(noise=st.binary(min_size=1, max_size=60), at=st.integers(0, 40))
def test_noise_gives_bytes_or_a_name(coding: str, pack: Callable[[bytes], bytes], noise: bytes, at: int) -> None:
    packed = pack(b"hello, hello, hello")
    for told in (noise, packed[:at] + noise + packed[at:]):
        try:
            read(told, coding, max_bytes=MEGABYTE)
        except (CodingError, CutOffError, TooLargeError) as error:
            assert str(error)  # noqa: PT017 - either is right


@pytest.mark.parametrize("step", [1, 7, 65536])
@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("zstd", zstd.compress)])
def test_several_streams_in_one_body(coding: str, pack: Callable[[bytes], bytes], step: int) -> None:
    assert read(pack(b"one ") + pack(b"") + pack(b"two"), coding, step=step) == b"one two"
    with pytest.raises(CutOffError):
        read(pack(b"one ") + pack(b"two")[:-3], coding, step=step)


def test_padding_after_gzip_is_passed_over() -> None:
    assert read(gzip.compress(b"one") + bytes(1000), "gzip", step=10) == b"one"


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
class TestBombs:
    def test_none_is_held_in_memory(self, coding: str) -> None:
        bomb = packed_zeros(coding, 50 * MEGABYTE)
        tracemalloc.start()
        try:
            with pytest.raises(TooLargeError):
                read(bomb, coding, max_bytes=2 * MEGABYTE)
            assert tracemalloc.get_traced_memory()[1] < 4 * MEGABYTE
        finally:
            tracemalloc.stop()

    def test_the_cap_stops_what_packs_well(self, coding: str) -> None:
        (pack, *_) = PACKERS[coding]
        with pytest.raises(TooLargeError, match="100,000 bytes") as told:
            read(pack(TEXT), coding, max_bytes=100_000)
        assert TEXT.startswith(told.value.begun)

    def test_a_page_of_blanks_is_none(self, coding: str) -> None:
        assert len(read(packed_zeros(coding, MEGABYTE), coding)) == MEGABYTE

    def test_a_client_names_it(self, web: Web, get: Get, coding: str) -> None:
        bomb = packed_zeros(coding, 50 * MEGABYTE)
        url = web.put("/a", bomb, headers={"Content-Encoding": coding})
        (failure,) = get(Request(url=url, accept="*/*", max_bytes=100 * MEGABYTE))
        assert isinstance(failure, Failure)
        assert (failure.outcome, failure.status) == ("too_large", 200)
        assert "200 times" in failure.detail

    def test_a_client_reads_it(self, web: Web, get: Get, coding: str) -> None:
        (pack, *_) = PACKERS[coding]
        (answer,) = get(web.put("/a", pack(TEXT[:500_000]), headers={"Content-Encoding": coding.upper()}))
        assert isinstance(answer, Response)
        assert answer.body == TEXT[:500_000]


def test_what_unpacks_to_nothing_has_an_end() -> None:
    with pytest.raises(TooLargeError):
        read(gzip.compress(b"") * 10_000, "gzip", max_bytes=100_000)


def test_a_window_that_http_forbids_is_no_window() -> None:
    wide = {zstd.CompressionParameter.window_log: 27, zstd.CompressionParameter.enable_long_distance_matching: 1}
    packed = zstd.compress(TEXT * 20, options=wide)
    with pytest.raises(CodingError, match="memory"):
        read(packed, "zstd", max_bytes=100 * MEGABYTE)
