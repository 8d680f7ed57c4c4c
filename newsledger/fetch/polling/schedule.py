"""When a feed is asked next: by what it lists, by what it and its server say, by the trouble it makes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zlib import crc32

from newsledger.fetch.polling.rhythm import is_silent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from newsledger.records.config import FetchPolicy
    from newsledger.records.feeds import FeedState

# At least a third of a list should be known already: where more is new, items may have come and gone in between.
_MOST_NEW = 2 / 3
# With these steps a feed is asked about four times for each time that it has something new.
_SHORTER, _LONGER = 0.5, 1.25
# Feeds that were first asked together should not be for ever.
_SPREAD = 0.1


def share_of_new(times: Sequence[datetime], newest: datetime | None) -> float | None:
    """Give which share of the listed times is later than `newest`; None where that can't be told."""
    if not times or newest is None:
        return None
    return sum(time > newest for time in times) / len(times)


def next_interval(
    former: FeedState, state: FeedState, *, new: float | None, said_s: float, policy: FetchPolicy
) -> float:
    """Give the seconds to wait after a poll that went well, within the floor and the ceiling of the policy.

    `former` is the state before the poll and `state` the one after it, `new` the share of new items (0 for a document
    that has not changed, None where it can't be told), `said_s` how long feed and server say that it stays as it is.
    """
    floor, ceiling = _bounds(policy)
    interval = former.interval_s or floor
    if new == 0:
        wanted = _longer(former, state, interval)
    elif new is not None and new >= _MOST_NEW:
        wanted = floor
    else:
        wanted = interval * _SHORTER
    # Whoever says "once a day" and lists the last hour would lose items: so far nobody is believed.
    turnover = _MOST_NEW * state.items * state.usual_gap_s if state.items and state.usual_gap_s else said_s
    return min(max(wanted, min(said_s, turnover), floor), ceiling)


def due_after(state: FeedState, now: datetime, interval_s: float, policy: FetchPolicy) -> datetime:
    """Give the time to ask again: never before the floor, nor later than the interval.

    The spread is told by the feed's name, so that it can be foreseen, and only shortens what lies above the floor: a
    run every half an hour with a floor of 25 minutes would else skip every second turn.
    """
    floor, _ = _bounds(policy)
    spread = _SPREAD * crc32(state.feed_id.encode("utf-8", "surrogatepass")) / 2**32
    return now + timedelta(seconds=floor + (interval_s - floor) * (1 - spread))


def due_later(state: FeedState, now: datetime, policy: FetchPolicy) -> datetime | None:
    """Give the time that a feed is due at; None where that has come.

    The ceiling of today's policy holds, whichever it was at the last poll. A poll later than `now` was timed by a clock
    that was wrong, and so was all that it settled.
    """
    if state.due_at is None or state.polled_at is None or state.polled_at > now:
        return None
    _, ceiling = _bounds(policy)
    due_at = min(state.due_at, state.polled_at + timedelta(seconds=ceiling))
    return due_at if due_at > now else None


def back_off(state: FeedState, policy: FetchPolicy) -> float:
    """Give the seconds to wait after a failed poll: the first unit of trouble is free, each further one doubles."""
    floor, ceiling = _bounds(policy)
    return min(max(state.interval_s or floor, floor) * 2 ** max(0.0, state.trouble - 1), ceiling)


def _longer(former: FeedState, state: FeedState, interval: float) -> float:
    """Lengthen an interval that passed without anything new, up to the usual gap while the feed is not silent."""
    now = state.polled_at
    if now is None or former.polled_at is None or (now - former.polled_at).total_seconds() < interval / 2:
        return interval
    if state.usual_gap_s is None or is_silent(state.newest_item_at, state.usual_gap_s, now):
        return interval * _LONGER
    return max(interval, min(interval * _LONGER, state.usual_gap_s))


def _bounds(policy: FetchPolicy) -> tuple[float, float]:
    return policy.poll_min_minutes * 60, policy.poll_max_minutes * 60
