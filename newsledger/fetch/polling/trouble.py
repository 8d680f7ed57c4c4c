"""How much a failed poll tells against a feed, and when the trouble is our own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsledger.records.feeds import FeedPoll, FeedState, Outcome

_DNS, _SOFT, _HARD = 0.25, 0.5, 1.0
# Feeds answer so and come back by themselves, names that do not resolve even more often.
_WEIGHTS: dict[Outcome, float] = {
    "dns_error": _DNS,
    "timeout": _SOFT,
    "connection_error": _SOFT,
    "tls_error": _SOFT,
    "server_error": _SOFT,
    "rate_limited": _SOFT,
    "blocked": _SOFT,
    "robots": _SOFT,
    "not_found": _SOFT,
    "gone": _SOFT,
}
# More would change nothing: the waiting time has long been at its ceiling.
_MOST = 30.0
# Nobody answered at all.
_UNREACHED: frozenset[Outcome] = frozenset({"dns_error", "timeout", "connection_error"})
_OURS = "no feed of this run could be reached, so this machine is likely offline"


def more_trouble(trouble: float, outcome: Outcome) -> float:
    """Give the trouble that a feed has made since its last success, with one more failure."""
    return min(trouble + _WEIGHTS.get(outcome, _HARD), _MOST)


def forgiven(polls: Sequence[FeedPoll], states: Mapping[str, FeedState]) -> tuple[FeedPoll, ...]:
    """Hold nothing against the feeds of a run in which none of several hosts could be reached."""
    asked = [poll for poll in polls if poll.outcome != "not_due"]
    hosts = {urlsplit(poll.state.adopted_url or poll.feed.url).netloc for poll in asked}
    if len(hosts) < 2 or not all(poll.outcome in _UNREACHED for poll in asked):  # noqa: PLR2004 - of one it can't be told
        return tuple(polls)
    return tuple(poll if poll.outcome == "not_due" else _forgive(poll, states[poll.feed.id]) for poll in polls)


def _forgive(poll: FeedPoll, former: FeedState) -> FeedPoll:
    detail = f"{poll.detail}; {_OURS}"
    state = replace(former, polled_at=poll.polled_at, outcome=poll.outcome, detail=detail)
    return replace(poll, state=state, detail=detail)
