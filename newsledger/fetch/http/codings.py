"""Bodies as they travel: packed with gzip, deflate, br or zstd, and unpacked in bounded steps.

Whatever the packed bytes would unpack to, no more than a step beyond the cap is ever held.
"""

from __future__ import annotations

import sys
import zlib
from typing import TYPE_CHECKING, Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Callable, Iterator

# What we ask for. `deflate` is read where it comes, but not asked for: servers mix up its two forms.
ACCEPTED = b"gzip, br, zstd"
_STEP_BYTES = 1 << 16
# Feeds and pages pack to a thirtieth at best; deflate can hold a thousand bytes in one, br and zstd far more. Small
# bodies are let off: a few hundred kilobytes of blanks do no harm.
_MAX_RATIO = 200
_BOMB_BYTES = 1 << 20
# RFC 9659: what is sent over HTTP needs a window of 8 MB at most.
_ZSTD_WINDOW: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}
_ZLIB, _RAW_DEFLATE, _GZIP = 15, -15, 31
_BROKEN = (zlib.error, brotli.error, zstd.ZstdError)


class TooLargeError(ValueError):
    """The body passes the cap, or unpacks beyond belief; `begun` is what was read until then, up to a step more."""

    def __init__(self, reason: str, begun: bytes | bytearray = b"") -> None:
        super().__init__(reason)
        self.begun = begun


class CodingError(ValueError):
    """The body is not packed as its headers say."""


class CutOffError(ValueError):
    """The packed body ends before its end."""


class _Decoder(Protocol):
    """One packed stream: give it pieces, take bounded parts, and what follows its end."""

    @property
    def is_done(self) -> bool: ...

    @property
    def rest(self) -> bytes: ...

    def feed(self, packed: bytes) -> Iterator[bytes]: ...


async def read_body(pieces: AsyncIterable[bytes], *, coding: str, max_bytes: int) -> bytes:
    """Read a body and unpack it piece by piece.

    Raises TooLargeError, CodingError or CutOffError, and what `pieces` raises.
    """
    unpacker = _Plain() if coding == "identity" else _Unpacker(coding)
    body, taken = bytearray(), 0
    async for piece in pieces:
        taken += len(piece)
        for part in unpacker.feed(piece):
            body += part
            _check(body, taken, max_bytes)
        # What unpacks to nothing for ever, such as empty gzip members, has a cap as well.
        if taken > max_bytes + _STEP_BYTES:
            raise TooLargeError(_over(max_bytes), body)
    if taken and unpacker.is_cut_off:
        message = f"the {coding} body ends early"
        raise CutOffError(message)
    return bytes(body)


def declared_too_large(length: str | None, max_bytes: int) -> None:
    """Refuse a body whose Content-Length passes the cap before it is read. Raises TooLargeError."""
    if length and length.isdigit() and float(length) > max_bytes:
        raise TooLargeError(_over(max_bytes))


def _check(body: bytearray, taken: int, max_bytes: int) -> None:
    if len(body) > max_bytes:
        raise TooLargeError(_over(max_bytes), body)
    if len(body) > max(_BOMB_BYTES, _MAX_RATIO * taken):
        message = f"unpacks to more than {_MAX_RATIO} times its size"
        raise TooLargeError(message, body)


def _over(max_bytes: int) -> str:
    return f"more than {max_bytes:,} bytes"


class _Plain:
    """Passes on what is not packed; it ends where the answer ends."""

    is_cut_off = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        yield piece


class _Unpacker:
    """Unpacks what one body holds: a stream, or several one after another where the coding allows it."""

    def __init__(self, coding: str) -> None:
        if coding not in _CODINGS:
            message = f"content encoding {coding[:40]!r} was not asked for"
            raise CodingError(message)
        self._coding = coding
        self._start, self._next = _CODINGS[coding]
        self._stream: _Decoder = self._start()
        self._is_over = False

    @property
    def is_cut_off(self) -> bool:
        return not self._stream.is_done

    def feed(self, packed: bytes) -> Iterator[bytes]:
        try:
            while packed and not self._is_over:
                if self._stream.is_done:
                    self._go_on(packed)
                    continue
                yield from self._stream.feed(packed)
                packed = self._stream.rest if self._stream.is_done else b""
        except _BROKEN as error:
            message = f"the body is not {self._coding} as declared: {error}"
            raise CodingError(message) from error

    def _go_on(self, packed: bytes) -> None:
        """Start the next stream, unless what follows is no stream but padding, which is passed over."""
        if self._next is None or not self._next.startswith(packed[: len(self._next)]):
            self._is_over = True
        else:
            self._stream = self._start()


class _Zlib:
    def __init__(self, wbits: int = _GZIP) -> None:
        self._stream = zlib.decompressobj(wbits)

    @property
    def is_done(self) -> bool:
        return self._stream.eof

    @property
    def rest(self) -> bytes:
        return self._stream.unused_data

    def feed(self, packed: bytes) -> Iterator[bytes]:
        while not self._stream.eof:
            part = self._stream.decompress(packed, _STEP_BYTES)
            yield part
            packed = self._stream.unconsumed_tail
            if not packed and len(part) < _STEP_BYTES:
                return


class _Deflate(_Zlib):
    """RFC 9110 means zlib's format, some servers send the bare stream: the first byte tells which."""

    def __init__(self) -> None:
        super().__init__(_ZLIB)
        self._is_new = True

    def feed(self, packed: bytes) -> Iterator[bytes]:
        if self._is_new and packed[0] & 0x0F != zlib.DEFLATED:
            self._stream = zlib.decompressobj(_RAW_DEFLATE)
        self._is_new = False
        yield from super().feed(packed)


class _Brotli:
    rest = b""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def is_done(self) -> bool:
        return bool(self._stream.is_finished())

    def feed(self, packed: bytes) -> Iterator[bytes]:
        while not self._stream.is_finished():
            part = self._stream.process(packed, output_buffer_limit=_STEP_BYTES)
            yield part
            packed = b""
            # It may accept more before it has given out all; then an empty part tells.
            if not part and self._stream.can_accept_more_data():
                return


class _Zstd:
    def __init__(self) -> None:
        self._stream = zstd.ZstdDecompressor(options=_ZSTD_WINDOW)

    @property
    def is_done(self) -> bool:
        return self._stream.eof

    @property
    def rest(self) -> bytes:
        return self._stream.unused_data

    def feed(self, packed: bytes) -> Iterator[bytes]:
        while not self._stream.eof:
            yield self._stream.decompress(packed, _STEP_BYTES)
            packed = b""
            if self._stream.needs_input:
                return


# How to read each coding, and how a further stream after the first begins: None where there is none.
_CODINGS: dict[str, tuple[Callable[[], _Decoder], bytes | None]] = {
    "gzip": (_Zlib, b"\x1f\x8b"),
    "x-gzip": (_Zlib, b"\x1f\x8b"),
    "deflate": (_Deflate, None),
    "br": (_Brotli, None),
    "zstd": (_Zstd, b""),
}
