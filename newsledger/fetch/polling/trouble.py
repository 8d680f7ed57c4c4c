"""How much a failed poll tells against a feed, and when the trouble is our own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.fetch.http.answers import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def met_somebody(url: str, answer: Response | Failure) -> bool:
    """Tell whether there was a connection on the way to an address: where another one failed, somebody had named it."""
    is_ours = isinstance(answer, Failure) and answer.is_unreachable and answer.outcome in _UNREACHED
    return not is_ours or answer.url != url


def is_offline(hosts: Mapping[str, bool]) -> bool:
    """Tell whether nobody was met on the way to any of several hosts, each given with whether somebody was."""
    return len(hosts) >= _HOSTS and not any(hosts.values())


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
