"""The command that asks each feed once, to see how it is."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

from flows.console import progress
from flows.tables import print_json, print_table
from newsledger.fetch import Network, poll_feeds

if TYPE_CHECKING:
    from newsledger.records.config import Config
    from newsledger.records.feeds import FeedPoll

_COLUMNS = (
    "feed", "outcome", "http", "bytes", "items", "newest", "charset", "redirect", "warnings", "ms", "detail"
)  # fmt: skip


def check_feeds(config: Config, *, as_json: bool) -> None:
    """Poll each enabled feed, without what an earlier poll left, and show how it answered; store nothing."""
    total, done = sum(feed.enabled for feed in config.feeds), count(1)
    with progress() as bars:
        network = Network(policy=config.fetch, clock=lambda: datetime.now(UTC))
        polls = poll_feeds(config.feeds, {}, network, on_poll=lambda _: bars("poll", next(done), total))
    rows = [_row(poll) for poll in polls]
    (print_json if as_json else print_table)(_COLUMNS, rows)


def _row(poll: FeedPoll) -> tuple[object, ...]:
    state = poll.state
    return (
        poll.feed.id,
        poll.outcome,
        poll.http_status,
        poll.size_bytes,
        len(poll.entries),
        state.newest_item_at,
        f"{poll.charset} ({poll.charset_from})" if poll.charset else None,
        state.redirect_url,
        "; ".join(
            f"{warning.code}: {warning.detail}" if warning.detail else warning.code for warning in state.warnings
        ),
        poll.duration_ms,
        poll.detail,
    )
