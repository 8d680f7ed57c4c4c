"""Lets the month happen: run by run through the pipeline's own order of stages, with the simulated day for a clock."""

from __future__ import annotations

import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from bench.month.world import WATCHED
from flows.config import read_config
from flows.pipeline import monitor
from flows.steps import in_threads, make_steps
from newsledger.fetch.urls import article_id
from newsledger.records.article import Article
from newsledger.records.config import Paths
from newsledger.records.feeds import FeedEntry, FeedPoll, FeedState, FetchedItem, PageAnswer
from newsledger.records.run import Run
from newsledger.records.steps import Means

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from bench.month.outlets import Outlet
    from bench.month.plan import Month, Served
    from newsledger.records.config import Config
    from newsledger.records.extraction import Extraction
    from newsledger.records.feeds import Errand
    from newsledger.records.steps import Steps

P = ParamSpec("P")
T = TypeVar("T")

# When a run begins.
RUNS = (10, 21)
# A feed lists what is no older than this.
_LISTED = timedelta(hours=40)


@dataclass(slots=True)
class Stopwatch:
    """Seconds of each stage, added up."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        """Count the time until the end of the block."""
        began = time.perf_counter()
        yield
        self.seconds[stage] += time.perf_counter() - began

    def timed(self, stage: str, work: Callable[P, T]) -> Callable[P, T]:
        """Make a step that counts the time it takes."""

        def step(*arguments: P.args, **named: P.kwargs) -> T:
            with self.timing(stage):
                return work(*arguments, **named)

        return step


def make_config(folder: Path, month: Month, workers: int) -> Config:
    """Take the configuration that comes with the program, with the month's sources and files in a folder."""
    config = read_config()
    paths = Paths(
        ledger=folder / "ledger.duckdb",
        published=folder / "news.duckdb",
        digests=folder / "digests",
        seeds=folder / "seeds",
        state=folder / "state",
        archive=folder / "archive",
        decisions=folder / "decisions.yaml",
        search=folder / "search.sqlite",
    )
    return replace(
        config,
        paths=paths,
        timezone="UTC",
        feeds=tuple(outlet.feed for outlet in month.outlets),
        watch=WATCHED,
        run=replace(config.run, workers=workers),
        fetch=replace(config.fetch, recheck_hours=()),
    )


def run_day(config: Config, month: Month, day: date, watch: Stopwatch, hours: Sequence[int] = RUNS) -> None:
    """Do all runs of a day, at some hours in UTC; what appears after the last one is told on the next day."""
    for hour in hours:
        now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        means = Means(config=config, clock=partial(_same, now), carry=in_threads, progress=lambda *_: None)
        with watch.timing("all runs"):
            monitor(
                config, Run(run_id=f"{now:%Y%m%dT%H%M%S}", flow="monitor", started_at=now), _steps(means, month, watch)
            )


def _same(now: datetime) -> datetime:
    return now


def id_of(served: Served) -> str:
    """Give the id that the article has in the store."""
    return article_id(served.source, url=served.url, guid=None, title=None, dated=None)


def _steps(means: Means, month: Month, watch: Stopwatch) -> Steps:
    """Give the steps of a real run, but for the network; each is timed."""
    now = means.clock()
    number = month.number(now.date())
    steps = make_steps(means)
    listed = _listed(month, now)
    by_id = {id_of(one): one for of_feed in listed.values() for one in of_feed}

    def extract(articles: Sequence[Article]) -> Iterator[tuple[Extraction, ...]]:
        batches = steps.extract(articles)
        take = watch.timed("extract", lambda: tuple(islice(batches, 1)))
        while batch := take():
            yield from batch

    stages = ("remember", "save", "tell_stories", "publish", "index")
    timed = {stage: watch.timed(stage, getattr(steps, stage)) for stage in stages}
    return replace(
        steps,
        poll=lambda states, _: tuple(
            _poll(one, states.get(one.feed.id), listed.get(one.feed.id, ()), now, number) for one in month.outlets
        ),
        fetch=lambda errands, _: tuple(_fetched(errand, by_id, now) for errand in errands),
        extract=extract,
        **timed,
    )


def _listed(month: Month, now: datetime) -> dict[str, list[Served]]:
    """Give what each feed lists: the newest form of what is not too old."""
    newest: dict[str, Served] = {}
    for one in month.served:
        if now - _LISTED < one.at <= now:
            newest[one.url] = one
    listed = defaultdict[str, list["Served"]](list)
    for one in newest.values():
        listed[one.source].append(one)
    return listed


def _poll(outlet: Outlet, known: FeedState | None, listed: Sequence[Served], now: datetime, number: int) -> FeedPoll:
    """Answer for a feed on a day of a number."""
    former = known or FeedState(feed_id=outlet.feed.id, url=outlet.feed.url)
    state = replace(former, polled_at=now)
    if number in outlet.failing:
        state = replace(state, failures=former.failures + 1, outcome="server_error", detail="503 Service Unavailable")
        return FeedPoll(feed=outlet.feed, state=state, outcome="server_error", polled_at=now, http_status=503)
    newest = max((one.at for one in listed), default=former.newest_item_at)
    state = replace(
        state, succeeded_at=now, failures=0, outcome="ok", detail=None, newest_item_at=newest, items=len(listed)
    )
    return FeedPoll(
        feed=outlet.feed,
        state=state,
        outcome="ok",
        polled_at=now,
        http_status=200,
        entries=tuple(_entry(one) for one in listed),
    )


def _entry(served: Served) -> FeedEntry:
    return FeedEntry(
        feed_id=served.source,
        article_id=id_of(served),
        url=served.url,
        title=served.title,
        published=served.published,
        modified=served.modified,
        authors=(),
        language="en",
        body_html=None,
    )


def _fetched(errand: Errand, by_id: Mapping[str, Served], now: datetime) -> FetchedItem:
    served = by_id[errand.entry.article_id]
    return FetchedItem(
        entry=errand.entry,
        article=Article(
            article_id=errand.entry.article_id,
            text=served.text,
            url=served.url,
            title=served.title,
            source=served.source,
            published=errand.entry.published,
            published_from="feed",
            modified=served.modified,
            fetched=now,
            origin="feed",
            text_from="page",
        ),
        answer=PageAnswer(url=served.url, http_status=200, content_type="text/html"),
    )
