"""What a server says for good: that a feed has moved, that it is gone. It is believed once it was said on several days.

A captive portal, a page for maintenance or a slip in a server's configuration says the same, for an hour.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from newsledger.fetch.urls import canonical_url
from newsledger.records.article import Issue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from newsledger.fetch.http.answers import Failure, Response
    from newsledger.records.config import Feed
    from newsledger.records.feeds import FeedState, Outcome

_DAYS = 3
# A feed that is gone is asked so seldom, and still is: some come back.
PROBE = timedelta(days=7)
# No Retry-After is longer, as it is read.
_LONGEST_WAIT = timedelta(days=1)
# An adopted address that ends so is given up for the configured one.
_DEAD: frozenset[Outcome] = frozenset({"not_found", "gone", "not_a_feed", "dns_error"})


def claims_of(feeds: Sequence[Feed], states: Mapping[str, FeedState]) -> dict[str, str]:
    """Tell whose an address is: the feed's that is configured with it, else the first one's that moves there."""
    claims: dict[str, str] = {}
    for feed in feeds:
        claims.setdefault(_key(feed.url), feed.id)
    for feed in feeds:
        state = states.get(feed.id)
        for url in (state.adopted_url, state.redirect_url) if state else ():
            if url:
                claims.setdefault(_key(url), feed.id)
    return claims


def moved(state: FeedState, answer: Response, claims: Mapping[str, str], now: datetime) -> FeedState:
    """Count where a feed was read after permanent redirects, and adopt the address that lasted.

    `state` holds what the answer listed, and the time of the poll before this one. Never adopted are a way that leads
    from https to http, another feed's address, and one without items.
    """
    lasts = answer.is_permanently_moved and not answer.is_downgraded and state.items > 0
    if not lasts or _owner(answer.url, state, claims):
        return replace(state, redirect_url=None, redirects=0)
    days = _days(state.redirects, state.polled_at, now) if answer.url == state.redirect_url else 1
    if days < _DAYS:
        return replace(state, redirect_url=answer.url, redirects=days)
    return replace(state, adopted_url=answer.url if answer.url != state.url else None, redirect_url=None, redirects=0)


def retreated(state: FeedState, failure: Failure) -> FeedState:
    """Go back to the configured address where the adopted one itself is dead; the validators were not its own."""
    if failure.outcome not in _DEAD or failure.url != state.adopted_url:
        return state
    return replace(state, adopted_url=None, redirect_url=None, redirects=0, etag=None, last_modified=None)


def gone_days(state: FeedState, now: datetime) -> int:
    """Count another answer 410: the days on which there was one, since the feed last answered."""
    return _days(state.gones, state.polled_at, now)


def is_gone(state: FeedState) -> bool:
    """Tell whether a feed is believed to be gone."""
    return state.gones >= _DAYS


def asked_after(state: FeedState, now: datetime) -> datetime | None:
    """Give the time before which a server wants not to be asked; None where it may be.

    A time further off than any wait comes of a clock that was wrong, and counts for nothing.
    """
    longest = PROBE if is_gone(state) else _LONGEST_WAIT
    return state.retry_at if state.retry_at and now < state.retry_at <= now + longest else None


def gone_warning(state: FeedState) -> list[Issue]:
    """Say what a server says of a feed that is gone."""
    if not state.gones:
        return []
    told = "gone for good, says its server (410)"
    if is_gone(state):
        return [Issue(code="gone", detail=f"{told}; asked every {PROBE.days} days: look for its new address")]
    return [Issue(code="gone", detail=f"{told}; believed once it says so on {_DAYS} days, so far on {state.gones}")]


def redirect_warnings(state: FeedState, answer: Response | None, claims: Mapping[str, str]) -> list[Issue]:
    """Say where a feed has moved to, and what to do about it; `answer` is None where there was none to go by."""
    found = []
    if state.adopted_url:
        told = f"moved for good; asked at {state.adopted_url}: put that into config.yaml"
        found.append(Issue(code="redirect_adopted", detail=told))
    if state.redirect_url:
        told = f"moved for good to {state.redirect_url}; taken over once seen on {_DAYS} days, so far {state.redirects}"
        found.append(Issue(code="redirect_pending", detail=told))
    if answer and answer.is_permanently_moved and (owner := _owner(answer.url, state, claims)):
        told = f"moved for good to {answer.url}, the address of {owner}: one of the two can go"
        found.append(Issue(code="redirect_taken", detail=told))
    if answer and answer.is_downgraded:
        found.append(Issue(code="insecure_redirect", detail=f"led from https to {answer.url}, which anyone can alter"))
    return found


def _days(count: int, last: datetime | None, now: datetime) -> int:
    """Add today to a count of days, unless the poll before this one was today as well."""
    return count if count and last and last.date() == now.date() else count + 1


def _owner(url: str, state: FeedState, claims: Mapping[str, str]) -> str | None:
    """Name the other feed that an address belongs to."""
    owner = claims.get(_key(url), state.feed_id)
    return owner if owner != state.feed_id else None


def _key(url: str) -> str:
    return canonical_url(url) or url
