"""A feed that is polled again and again over days, from a real server, each time with what the last poll left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from newsledger.fetch import Archive, Network, poll_feeds
from newsledger.records.feeds import FeedState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsledger.records.config import Feed, FetchPolicy
    from newsledger.records.feeds import FeedPoll
    from tests.webserver import Web

START = datetime(2026, 3, 10, 12, tzinfo=UTC)


def after(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def rss(dates: Iterable[float | str | None], head: str = "") -> str:
    """Write a feed whose items are dated so many hours after the start, or as told; None leaves the date out."""
    items = []
    for number, date in enumerate(dates):
        when = date if isinstance(date, str) or date is None else format_datetime(after(date))
        told = f"<pubDate>{when}</pubDate>" if when else ""
        items.append(
            f"<item><title>Item {number}</title><link>https://wire.example/{when}/{number}</link>{told}</item>"
        )
    return f'<rss version="2.0"><channel><title>Wire</title>{head}{"".join(items)}</channel></rss>'


@dataclass
class Watch:
    """The feed at `/feed`; `says` queues its answers, `poll` asks for the next one."""

    web: Web
    feed: Feed
    policy: FetchPolicy
    archive: Archive | None = None
    states: dict[str, FeedState] = field(default_factory=dict)

    @property
    def state(self) -> FeedState:
        return self.states[self.feed.id]

    def says(self, body: str | bytes = b"", path: str = "/feed", **how: Any) -> str:  # noqa: ANN401 - fields of Answer
        return self.web.put(path, body, **how)

    def poll(self, hours: float, *others: Feed, only_due: bool = False) -> FeedPoll:
        """Poll so many hours after the start, with what the last poll left; `others` are configured beside it."""
        network = Network(policy=self.policy, clock=lambda: after(hours), archive=self.archive)
        poll, *_ = poll_feeds([self.feed, *others], self.states, network, only_due=only_due)
        self.states[self.feed.id] = poll.state
        return poll

    def codes(self) -> set[str]:
        return {issue.code for issue in self.state.warnings}

    def told(self, code: str) -> str:
        (detail,) = [issue.detail for issue in self.state.warnings if issue.code == code]
        return detail


def make_watch(web: Web, policy: Callable[..., FetchPolicy], feed: Callable[..., Feed], **changes: object) -> Watch:
    return Watch(web=web, feed=feed(f"{web.url}/feed", **changes), policy=policy())
