"""How much a failed poll tells against a feed, and when the trouble is our own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.fetch.http.answers import Failure
from newsledger.fetch.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.fetch.http.answers import Response
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
# Of fewer hosts it can't be told whose the trouble is.
_HOSTS = 3
# What a machine without a network meets. A refused certificate or address is another thing: a name did resolve.
_UNREACHED: frozenset[Outcome] = frozenset({"dns_error", "timeout", "connection_error"})
_OURS = "no feed of this run could be reached, so this machine is likely offline"


def more_trouble(trouble: float, outcome: Outcome) -> float:
    """Give the trouble that a feed has made since its last success, with one more failure."""
    return min(trouble + _WEIGHTS.get(outcome, _HARD), _MOST)


def nobody_answered(answers: Sequence[tuple[str, Response | Failure]]) -> bool:
    """Tell whether there was no connection to any of several hosts, by the addresses asked and what came of each."""
    return len({host_of(url) for url, _ in answers}) >= _HOSTS and all(_is_unreached(*one) for one in answers)


def forgiven(poll: FeedPoll, former: FeedState) -> FeedPoll:
    """Hold a failure that was ours against no feed; an expectation that it leaves unmet is told all the same."""
    if poll.outcome == "not_due":
        return poll
    detail = f"{poll.detail}; {_OURS}"
    warnings = (
        *(issue for issue in former.warnings if issue.code != "expected"),
        *(issue for issue in poll.state.warnings if issue.code == "expected"),
    )
    state = replace(former, polled_at=poll.polled_at, outcome=poll.outcome, detail=detail, warnings=warnings)
    return replace(poll, state=state, detail=detail)


def _is_unreached(url: str, answer: Response | Failure) -> bool:
    """Tell whether nobody was met on the way to an address: where another one failed, somebody had named it."""
    is_ours = isinstance(answer, Failure) and answer.is_unreachable and answer.outcome in _UNREACHED
    return is_ours and answer.url == url
