"""What a person should look at: a feed that is silent, empty, something else, or not as it is expected to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.fetch.polling.rhythm import is_silent
from newsledger.records.article import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from newsledger.records.config import Feed
    from newsledger.records.feeds import FeedEntry, FeedState, Outcome

# No feed that lists anything is as short.
_LEAST_BYTES = 100
_SHRUNK = 0.1
_MANY = 3
_DAY_S = 86400
_LOST_LISTS: frozenset[Outcome] = frozenset({"not_a_feed", "empty"})
# What only a new document can tell stays until there is one.
_OF_THE_DOCUMENT = frozenset({"undated", "shrunk"})


def warnings_of_success(feed: Feed, former: FeedState, state: FeedState, now: datetime) -> list[Issue]:
    """Give what is to be said of a feed that answered, by its state before the poll and after it."""
    found = [*_no_items(former, state)]
    if state.newest_item_at and is_silent(state.newest_item_at, state.usual_gap_s, now):
        age, gap = _span((now - state.newest_item_at).total_seconds()), _span(state.usual_gap_s or 0)
        found.append(Issue(code="silent", detail=f"nothing new for {age}; usually there is something every {gap}"))
    if unmet := _unmet(feed, state, now):
        found.append(Issue(code="expected", detail=unmet))
    return found


def warnings_of_document(
    former: FeedState, state: FeedState, entries: tuple[FeedEntry, ...], dated: int
) -> list[Issue]:
    """Give what is to be said of a document that was read, `dated` of whose entries can be believed to be so."""
    found = []
    if entries and state.size_bytes < _SHRUNK * former.size_bytes:
        told = f"only {state.size_bytes:,} bytes, after {former.size_bytes:,} the last time"
        found.append(Issue(code="shrunk", detail=told))
    if 2 * dated < len(entries):
        told = f"{len(entries) - dated} of {len(entries)} items carry no date that can be believed"
        found.append(Issue(code="undated", detail=told))
    return found


def kept_warnings(former: FeedState) -> list[Issue]:
    """Give what was said of the last document, for a poll that brought no other."""
    return [issue for issue in former.warnings if issue.code in _OF_THE_DOCUMENT]


def warnings_of_failure(feed: Feed, former: FeedState, state: FeedState, size_bytes: int, now: datetime) -> list[Issue]:
    """Give what is to be said of a feed that did not answer, or with `size_bytes` of something else."""
    found = []
    if state.outcome in _LOST_LISTS:
        code = "tiny" if size_bytes < _LEAST_BYTES else "not_the_feed"
        found.append(Issue(code=code, detail=f"answers, but not with a feed: {state.detail}"))
    found += _no_items(former, state)
    is_late = state.succeeded_at is not None and (now - state.succeeded_at).total_seconds() > _DAY_S
    if not state.gones and (is_late or state.failures >= _MANY):
        since = f"since {state.succeeded_at:%Y-%m-%d %H:%M} UTC" if state.succeeded_at else "ever"
        told = f"no feed read {since} ({_polls(state.failures)}); the last: {state.detail}"
        found.append(Issue(code="failing", detail=told))
    if wish := _wish(feed):
        found.append(Issue(code="expected", detail=f"{wish}, but it failed: {state.detail}"))
    return found


def _no_items(former: FeedState, state: FeedState) -> Iterator[Issue]:
    """Say that a feed lists nothing: at once where it did before, after a few polls where it never has."""
    had_items = former.items > 0 or any(issue.code == "no_items" for issue in former.warnings)
    if state.empties and (had_items or state.empties >= _MANY):
        newest = f"; the newest item was of {state.newest_item_at:%Y-%m-%d}" if state.newest_item_at else ""
        yield Issue(code="no_items", detail=f"lists nothing ({_polls(state.empties)}){newest}")


def _unmet(feed: Feed, state: FeedState, now: datetime) -> str | None:
    """Say which expectation a feed that answered does not meet."""
    least, hours = feed.expect.items, feed.expect.newest_hours
    if least is not None and state.items < least:
        return f"{_wish(feed)}, but it lists {state.items}"
    if hours is None:
        return None
    if state.newest_item_at is None:
        return f"{_wish(feed)}, but none carries a date"
    age_s = (now - state.newest_item_at).total_seconds()
    return f"{_wish(feed)}, but the newest is {_span(age_s)} old" if age_s > hours * 3600 else None


def _wish(feed: Feed) -> str | None:
    """Say what the configuration expects of a feed."""
    least, hours = feed.expect.items, feed.expect.newest_hours
    items = "an item" if least in (None, 1) else f"{least:,} items"
    newest = "" if hours is None else f", the newest within {hours:g} h"
    return None if least is None and hours is None else f"expected at least {items}{newest}"


def _polls(count: int) -> str:
    return "1 poll" if count == 1 else f"{count} polls in a row"


def _span(seconds: float) -> str:
    """Say how long, roughly."""
    minutes, hours, days = seconds / 60, seconds / 3600, seconds / _DAY_S
    if days >= 2:  # noqa: PLR2004 - "36 hours" says more than "1 day"
        return f"{days:.0f} days"
    return f"{hours:.0f} hours" if hours >= 2 else f"{max(minutes, 1):.0f} min"  # noqa: PLR2004 - likewise
