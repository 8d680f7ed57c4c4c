"""How the feeds fare, and whether the books of what they listed balance."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

from newsledger.digest.model import Books, HealthGroup, HealthLine, Light
from newsledger.records.feeds import ANSWERED, Balance, Disposition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsledger.records.day import DayView, FeedHealth

GROUPS: tuple[HealthGroup, ...] = get_args(HealthGroup)
DISPOSITIONS: tuple[Disposition, ...] = get_args(Disposition)


def health_lines(view: DayView) -> tuple[HealthLine, ...]:
    """Give all feeds, those that need attention first."""
    lines = [
        HealthLine(
            group=_group(health),
            feed=health.feed,
            state=health.state,
            articles_day=health.articles_day,
            articles_total=health.articles_total,
        )
        for health in view.feeds
    ]
    return tuple(sorted(lines, key=lambda line: (GROUPS.index(line.group), line.feed.name, line.feed.id)))


def books_of(view: DayView) -> Books:
    """Add up the books of a day, feed by feed; a feed that did not balance once does not balance."""
    feeds = sorted({balance.feed_id for balance in view.balances})
    return Books(
        rows=tuple(_sum(feed, (one for one in view.balances if one.feed_id == feed)) for feed in feeds),
        unbalanced=tuple(sorted({balance.feed_id for balance in view.balances if not balance.is_balanced})),
        total=_sum("all feeds", view.balances),
    )


def _group(health: FeedHealth) -> HealthGroup:
    if not health.feed.enabled:
        return "disabled"
    if health.state is None or health.state.polled_at is None:
        return "never polled"
    if health.state.outcome not in ANSWERED:
        return "failed"
    return "answered" if health.articles_day else "silent"


def _sum(feed_id: str, balances: Iterable[Balance]) -> Balance:
    seen, resumed, items = 0, 0, Counter[Disposition]()
    for balance in balances:
        seen += balance.seen
        resumed += balance.resumed
        for disposition, count in balance.items:
            items[disposition] += count
    counts = tuple((name, items[name]) for name in DISPOSITIONS if items[name])
    return Balance(feed_id=feed_id, seen=seen, resumed=resumed, items=counts)


def light_of(health: Iterable[HealthLine], books: Books) -> Light:
    """Say in a colour how far the day can be relied on.

    red: books that don't balance, or no feed that was polled answered, or half of those or more failed. yellow: any
    feed failed, was silent, or has something that a person should look at. green: neither. grey: no feed had
    been polled when the day ended.
    """
    polled = [line for line in health if line.group in ("failed", "silent", "answered")]
    failed = sum(line.group == "failed" for line in polled)
    if books.unbalanced or (polled and 2 * failed >= len(polled)):
        return "red"
    if not polled:
        return "grey"
    is_warned = any(line.state and line.state.warnings for line in polled)
    return "yellow" if failed or is_warned or any(line.group == "silent" for line in polled) else "green"
