"""What a host's robots.txt lets us ask for, and how fast (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from protego import Protego

from newsledger.fetch.http.answers import Failure, Request, Response

_ROBOT = "newsledger"
# RFC 9309, 2.5: at least so much is read; what is beyond is passed over.
_MAX_BYTES = 500 * 1024
# A longer delay would leave a host a handful of pages a run, and is more often a slip than a wish.
_MAX_DELAY_S = 30.0
_UNAVAILABLE = range(300, 500)


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The rules of one scheme, host and port, kept for a run; without rules everything is allowed.

    Where `unread` says why the file could not be read, nothing is.
    """

    rules: Protego | None = None
    unread: Failure | None = None

    @classmethod
    def of(cls, answer: Response | Failure) -> Robots:
        """Read what asking for robots.txt came to (RFC 9309, 2.3.1).

        A file that isn't there (4xx, or redirects without end) allows everything; one that can't be had now (5xx, a
        host out of reach, but also 429, which is about the pace and not about the file) allows nothing.
        """
        if isinstance(answer, Response):
            return cls(rules=Protego.parse(answer.body.decode("utf-8-sig", "replace")))
        is_unavailable = answer.status in _UNAVAILABLE and answer.outcome != "rate_limited"
        if is_unavailable or answer.outcome == "too_many_redirects":
            return cls()
        return cls(unread=answer)

    @property
    def delay_s(self) -> float:
        """The pause between two requests that the file asks for (Crawl-delay), at most half a minute."""
        return min((self.rules and self.rules.crawl_delay(_ROBOT)) or 0.0, _MAX_DELAY_S)

    def for_others(self) -> Robots:
        """Give the rules for the addresses after the one that they were read for, which cause no request any more."""
        return replace(self, unread=replace(self.unread, is_unasked=True)) if self.unread else self

    def refusal(self, url: str) -> Failure | None:
        """Say why an address must not be asked: `robots` where the file forbids it.

        Where the file could not be read, the outcome is that of reading it: another day it may be allowed.
        """
        if self.unread:
            return replace(self.unread, url=url, detail=f"robots.txt: {self.unread.detail}", is_passing=False)
        if self.rules is None or self.rules.can_fetch(url, _ROBOT):
            return None
        return Failure(url=url, outcome="robots", detail=f"{robots_url(url)} disallows it")


def robots_url(url: str) -> str:
    """Give the address of the robots.txt that holds for an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/robots.txt"


def robots_request(url: str) -> Request:
    """Ask for the robots.txt that holds for an address."""
    return Request(url=robots_url(url), accept="text/plain, */*;q=0.1", max_bytes=_MAX_BYTES, cuts_body=True)
