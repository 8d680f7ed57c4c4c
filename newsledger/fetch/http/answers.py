"""What a server's answer comes to: a document, a redirect, or a failure with a name."""

from __future__ import annotations

import ssl
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from newsledger.fetch.dates import read_http_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from newsledger.records.feeds import Outcome

_OUTCOMES: dict[int, Outcome] = {
    401: "blocked",
    403: "blocked",
    404: "not_found",
    410: "gone",
    429: "rate_limited",
    451: "blocked",
}
_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_SERVER_ERRORS = 500
_DAY_S = 86400.0
_STEP_BYTES = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A document to ask for: its address, what is accepted, the cap on decoded bytes, and the validators to send.

    With `obeys_robots` each address on the way is asked only where its host's robots.txt allows it.
    """

    url: str
    accept: str
    max_bytes: int
    etag: str | None = None
    last_modified: str | None = None
    obeys_robots: bool = False

    def headers(self) -> list[tuple[bytes, bytes]]:
        """Give the headers of this request; the validators leave as the bytes that once came."""
        validators = ((b"If-None-Match", self.etag), (b"If-Modified-Since", self.last_modified))
        sent = [(name, value.encode("latin-1", "replace")) for name, value in validators if value]
        return [(b"Accept", self.accept.encode("ascii")), *sent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A redirect that was followed: from where, with which status, to where."""

    url: str
    status: int
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A document, or the word that it has not changed (`is_not_modified`); `url` is where the redirects ended.

    `fresh_s` is how long the server calls the answer fresh (Cache-Control, else Expires), None where it does not say.
    """

    url: str
    status: int
    body: bytes
    content_type: str | None
    etag: str | None
    last_modified: str | None
    fresh_s: float | None = None
    hops: tuple[Hop, ...] = ()
    duration_ms: int = 0

    @property
    def is_permanently_moved(self) -> bool:
        """Tell whether redirects were followed, all of them permanent ones."""
        return bool(self.hops) and all(hop.status in _PERMANENT for hop in self.hops)

    @property
    def is_downgraded(self) -> bool:
        """Tell whether a redirect led from https to http."""
        return any(hop.url.startswith("https:") and hop.target.startswith("http:") for hop in self.hops)

    @property
    def is_not_modified(self) -> bool:
        """Tell whether the server said that the document is the one we know."""
        return self.status == _NOT_MODIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why there is no document.

    `is_passing` says that another try within the run may help, `is_unreachable` that no request to the same host and
    port will do better in this run.
    """

    url: str
    outcome: Outcome
    detail: str
    status: int | None = None
    retry_after_s: float | None = None
    is_passing: bool = False
    is_unreachable: bool = False
    duration_ms: int = 0


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where the server sends us."""

    location: str


class _TooLargeError(ValueError):
    """The body passes the cap."""


async def read_answer(
    request: Request, url: str, response: httpx.Response, now: datetime
) -> Response | Redirect | Failure:
    """Read status, headers and, where there is a document, the body. Raises what httpx raises while it reads."""
    status = response.status_code
    location = _header(response, "location")
    if status in _REDIRECTS and location:
        return Redirect(location.encode("latin-1").decode("utf-8", "replace"))
    is_known = status == _NOT_MODIFIED and bool(request.etag or request.last_modified)
    if not response.is_success and not is_known:
        return _failed(url, response, now)
    try:
        body = b"" if is_known else await _read_body(response, request.max_bytes)
    except _TooLargeError:
        return Failure(url=url, outcome="too_large", detail=f"more than {request.max_bytes:,} bytes", status=status)
    except zlib.error as error:
        return Failure(
            url=url, outcome="http_error", detail=f"the body is not gzip as declared: {error}", status=status
        )
    return Response(
        url=url,
        status=status,
        body=body,
        content_type=_header(response, "content-type"),
        etag=_header(response, "etag"),
        last_modified=_header(response, "last-modified"),
    )


def failure_of(error: Exception, url: str) -> Failure:
    """Give the name of what went wrong on the way to a server."""
    told = " ".join(str(error).split()) or type(error).__name__
    match error:
        case httpx.ConnectTimeout():
            return Failure(url=url, outcome="timeout", detail="no connection in time", is_unreachable=True)
        case httpx.TimeoutException():
            return Failure(url=url, outcome="timeout", detail="no answer in time", is_passing=True)
        case httpx.ConnectError() if any(isinstance(cause, ssl.SSLError) for cause in _causes(error)):
            return Failure(url=url, outcome="tls_error", detail=told, is_unreachable=True)
        case httpx.ConnectError():
            return Failure(url=url, outcome="connection_error", detail=told, is_unreachable=True)
        case httpx.TransportError() | OSError():
            return Failure(url=url, outcome="connection_error", detail=told, is_passing=True)
    return Failure(url=url, outcome="http_error", detail=told)


def _failed(url: str, response: httpx.Response, now: datetime) -> Failure:
    status = response.status_code
    default: Outcome = "server_error" if status >= _SERVER_ERRORS else "http_error"
    outcome = _OUTCOMES.get(status, default)
    detail = f"HTTP {status}"
    if _header(response, "cf-mitigated") == "challenge":
        outcome, detail = "blocked", f"HTTP {status}, a challenge for browsers"
    return Failure(
        url=url,
        outcome=outcome,
        detail=detail,
        status=status,
        retry_after_s=_retry_after(_header(response, "retry-after"), now),
        is_passing=outcome in ("server_error", "rate_limited"),
    )


def _retry_after(value: str | None, now: datetime) -> float | None:
    """Read Retry-After, seconds or a date; never below zero and never beyond a day."""
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return min(float(value), _DAY_S)
    moment = read_http_date(value)
    return min(max((moment - now).total_seconds(), 0.0), _DAY_S) if moment else None


def _header(response: httpx.Response, name: str) -> str | None:
    """Give a header byte for byte (as Latin-1, which maps each byte to one character)."""
    wanted = name.encode("ascii")
    return next((value.decode("latin-1") for key, value in response.headers.raw if key.lower() == wanted), None)


async def _read_body(response: httpx.Response, max_bytes: int) -> bytes:
    """Read and unpack the body piece by piece, and stop at the cap; httpx would unpack a bomb whole."""
    declared = _header(response, "content-length") or ""
    if declared.isdigit() and int(declared) > max_bytes:
        raise _TooLargeError
    coding = (_header(response, "content-encoding") or "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip"):
        message = f"content encoding {coding[:40]!r} was not asked for"
        raise ValueError(message)
    unpack = None if coding == "identity" else _Gunzip()
    body = bytearray()
    async for piece in response.aiter_raw():
        for part in (piece,) if unpack is None else unpack.feed(piece):
            body += part
            if len(body) > max_bytes:
                raise _TooLargeError
    if unpack and response.num_bytes_downloaded and unpack.is_cut_off:
        message = "the compressed body ends early"
        raise httpx.RemoteProtocolError(message)
    return bytes(body)


class _Gunzip:
    """Unpacks a gzip stream in bounded steps; what follows its end is passed over."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)

    @property
    def is_cut_off(self) -> bool:
        return not self._stream.eof

    def feed(self, packed: bytes) -> Iterator[bytes]:
        while not self._stream.eof:
            part = self._stream.decompress(packed, _STEP_BYTES)
            yield part
            packed = self._stream.unconsumed_tail
            if not packed and len(part) < _STEP_BYTES:
                return


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__
