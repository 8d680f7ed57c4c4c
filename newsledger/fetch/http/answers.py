"""What a server's answer comes to: a document, a redirect, or a failure with a name."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpcore
import httpx

from newsledger.fetch.http.codings import CodingError, CutOffError, TooLargeError, declared_too_large, read_body
from newsledger.fetch.http.fields import field, fresh_s, retry_after_s
from newsledger.fetch.http.pinning import RefusedError, UnresolvedError
from newsledger.fetch.urls import same_host

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from newsledger.records.feeds import Outcome

# What the libraries below raise for what a server, a name or an address does.
TROUBLE = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
    httpx.InvalidURL,
    RefusedError,
    UnresolvedError,
    OSError,
    ValueError,
)
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
_SUCCESS = range(200, 300)
_SERVER_ERRORS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A document to ask for: its address, what is accepted, the cap on decoded bytes, and the validators to send.

    With `obeys_robots` each address on the way is asked only where its host's robots.txt allows it. With `cuts_body`
    what is beyond the cap is passed over, instead of making the answer a failure.
    """

    url: str
    accept: str
    max_bytes: int
    etag: str | None = None
    last_modified: str | None = None
    obeys_robots: bool = False
    cuts_body: bool = False

    def validators(self, url: str) -> list[tuple[bytes, bytes]]:
        """Give the headers that ask an address for changes alone, as the bytes that once came.

        Another host than the requested one, `www.` aside, never gave them and gets none.
        """
        if not same_host(self.url, url):
            return []
        known = ((b"If-None-Match", self.etag), (b"If-Modified-Since", self.last_modified))
        return [(name, value.encode("latin-1", "replace")) for name, value in known if value]


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
        return any(hop.url.lower().startswith("https:") and hop.target.startswith("http:") for hop in self.hops)

    @property
    def is_not_modified(self) -> bool:
        """Tell whether the server said that the document is the one we know."""
        return self.status == _NOT_MODIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why there is no document. `url` is the address on the way that gave none.

    `is_passing` says that another try within the run may help, `is_unreachable` that no request to the same host and
    port will do better in this run, and `is_unasked` that `url` was not asked: what its host came to before is why.
    """

    url: str
    outcome: Outcome
    detail: str
    status: int | None = None
    retry_after_s: float | None = None
    is_passing: bool = False
    is_unreachable: bool = False
    is_unasked: bool = False
    duration_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """Where the server sends us."""

    status: int
    location: str


async def read_answer(
    request: Request, url: str, response: httpcore.Response, now: datetime
) -> Response | Redirect | Failure:
    """Read status, headers and, where there is a document, the body. Raises what is raised while it reads."""
    status, fields = response.status, response.headers
    location = field(fields, "location")
    if status in _REDIRECTS and location:
        return Redirect(status=status, location=location.encode("latin-1").decode("utf-8", "replace"))
    is_known = status == _NOT_MODIFIED and bool(request.validators(url))
    if status not in _SUCCESS and not is_known:
        return _failed(url, response, now)
    try:
        body = b"" if is_known else await _read_body(request, response)
    except TooLargeError as error:
        return Failure(url=url, outcome="too_large", detail=str(error), status=status)
    except CodingError as error:
        return Failure(url=url, outcome="http_error", detail=str(error), status=status)
    return Response(
        url=url,
        status=status,
        body=body,
        content_type=field(fields, "content-type"),
        etag=field(fields, "etag"),
        last_modified=field(fields, "last-modified"),
        fresh_s=fresh_s(fields, now),
    )


def failure_of(error: Exception, url: str) -> Failure:
    """Give the name of what went wrong on the way to a server."""
    detail, is_passing, is_unreachable = _told(error), False, False
    outcome: Outcome = "http_error"
    match error:
        case RefusedError():
            outcome, is_unreachable = "refused_address", True
        case UnresolvedError():
            outcome, is_unreachable = "dns_error", True
        case httpcore.ConnectTimeout():
            outcome, is_unreachable, detail = "timeout", True, "no connection in time"
        case httpcore.TimeoutException():
            outcome, is_passing, detail = "timeout", True, "no answer in time"
        case httpcore.ConnectError():
            is_tls = any(isinstance(cause, ssl.SSLError) for cause in _causes(error))
            outcome, is_unreachable = "tls_error" if is_tls else "connection_error", True
        case ssl.SSLError():
            outcome, is_passing = "tls_error", True
        case httpcore.NetworkError() | httpcore.RemoteProtocolError() | CutOffError() | OSError():
            outcome, is_passing = "connection_error", True
    return Failure(url=url, outcome=outcome, detail=detail, is_passing=is_passing, is_unreachable=is_unreachable)


def _failed(url: str, response: httpcore.Response, now: datetime) -> Failure:
    status, fields = response.status, response.headers
    default: Outcome = "server_error" if status >= _SERVER_ERRORS else "http_error"
    outcome = _OUTCOMES.get(status, default)
    detail = f"HTTP {status}"
    if field(fields, "cf-mitigated") == "challenge":
        outcome, detail = "blocked", f"HTTP {status}, a challenge for browsers"
    return Failure(
        url=url,
        outcome=outcome,
        detail=detail,
        status=status,
        retry_after_s=retry_after_s(fields, now),
        is_passing=outcome in ("server_error", "rate_limited"),
    )


async def _read_body(request: Request, response: httpcore.Response) -> bytes:
    """Read and unpack the body under the request's cap."""
    coding = (field(response.headers, "content-encoding") or "identity").strip().lower()
    try:
        if not request.cuts_body:
            declared_too_large(field(response.headers, "content-length"), request.max_bytes)
        return await read_body(response.aiter_stream(), coding=coding, max_bytes=request.max_bytes)
    except TooLargeError as error:
        if request.cuts_body:
            return bytes(error.begun[: request.max_bytes])
        raise


def _told(error: Exception) -> str:
    """Tell what happened; httpcore's own words for a broken connection say less than what is below them."""
    *_, deepest = _causes(error) if isinstance(error, httpcore.NetworkError) else (error,)
    return " ".join(str(deepest).split()) or type(deepest).__name__


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__
