"""The steps of the flows, each with its input and output, for whoever carries them out."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import timedelta
from functools import partial
from itertools import count
from math import ceil
from typing import TYPE_CHECKING, TypeVar

from flows.console import say
from flows.decisions import lexicon_of, read_story_decisions
from flows.digests import write_day, write_latest
from flows.filters import entry_filter
from flows.forgetting import clear_archive, erase, forget_expired
from flows.logs import tell_polls
from flows.rereading import reread
from flows.watching import require_watched
from flows.workers import readers
from newsledger.extract import versions_of
from newsledger.fetch import Archive, Network, fetch_articles, poll_feeds, read_documents
from newsledger.fetch.urls import address_id
from newsledger.records.errors import StoreError
from newsledger.records.feeds import ANSWERED
from newsledger.records.run import Counts, RunReport, Saved
from newsledger.records.steps import Memory, Steps
from store import open_ledger, publish, total
from store.search.indexing import refresh_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from newsledger.extract.lexicon import Lexicon
    from newsledger.records.article import Article
    from newsledger.records.config import Config
    from newsledger.records.extraction import Extraction
    from newsledger.records.feeds import Errand, FeedPoll, FeedState, FetchedItem
    from newsledger.records.run import Batch, Run, WrittenDigest
    from newsledger.records.steps import Means, Progress
    from newsledger.records.versions import Versions

    Clock = Callable[[], datetime]

T = TypeVar("T")

# Tens of pieces of work a run, never one an article: the orchestrator keeps several rows for each.
SIDE_BY_SIDE = 10
_ARTICLES_A_BATCH = 50
_MOST_BATCHES = 40
# So long an item is recognised under another id or address after its feed last listed it.
_REMEMBERED = timedelta(days=30)


def make_steps(means: Means) -> Steps:
    """Give the steps, to be carried out by the given means."""
    config, clock = means.config, means.clock
    load = lexicon_of(config)
    require_watched(config, lambda: load().entries)
    versions = versions_of(load())
    # One for the whole run, so that what a host said to a poll holds for its pages, too.
    network = Network(
        policy=config.fetch,
        clock=clock,
        archive=Archive(config.paths.archive) if config.fetch.archive_days else None,
    )

    def one(name: str, work: Callable[[], T]) -> T:
        return next(means.carry(name, [work]))

    return Steps(
        begin=partial(_begin, config),
        remember=partial(_remember, config),
        unread_seeds=lambda: one("read seeds", partial(_unread_seeds, config, versions)),
        poll=lambda states, deadline: one("poll feeds", partial(_poll, means, network, states, deadline)),
        objection=entry_filter(config).objection,
        fetch=lambda errands, deadline: one("fetch articles", partial(_fetch, means, network, errands, deadline)),
        stale=lambda: one("find stale articles", partial(_stale, means, versions)),
        reread=partial(reread, means, load, versions),
        extract=partial(_extract, means, load),
        save=lambda batch, run: one("save", partial(_save, config, clock, batch, run)),
        tell_stories=lambda run: one("tell stories", partial(_tell_stories, means, run)),
        close=partial(_close, config, clock),
        sum_up=lambda run, saved: _summed_up(run, saved, (), clock()),
        publish=lambda: one("publish", partial(publish, config.paths.ledger, config.paths.published)),
        index=lambda: one("index", partial(refresh_index, config.paths.published, config.paths.search)),
        shrink=lambda: one("shrink", partial(_shrink, config, clock)),
        write_digests=partial(_write_digests, means),
        note_digests=lambda written: one("note digests", partial(_note_digests, config, clock, written)),
    )


def in_threads(_name: str, works: Sequence[Callable[[], T]]) -> Iterator[T]:
    """Carry out pieces of work here, side by side where there are several."""
    if len(works) == 1:
        yield works[0]()
        return
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        futures = [pool.submit(work) for work in works]
        try:
            for future in futures:
                yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _begin(config: Config, run: Run) -> None:
    with open_ledger(config.paths.ledger) as ledger:
        ledger.begin(run, config.feeds)


def _remember(config: Config, run: Run) -> Memory:
    with open_ledger(config.paths.ledger) as ledger:
        items = ledger.items(run.started_at - _REMEMBERED)
        out = [(one.article_id, one.url, one.reason) for one in ledger.takedowns()]
        by_address = {address_id(url): reason for _, url, reason in out}
        forgotten = {one: reason for one, reason in by_address.items() if one} | {one: reason for one, _, reason in out}
        return Memory(known=ledger.known(), states=ledger.feed_states(), items=items, forgotten=forgotten)


def _unread_seeds(config: Config, versions: Versions) -> tuple[Article, ...]:
    """Read the seed corpus, if there is one, and keep what the ledger has not read as it stands."""
    seeds = config.paths.seeds
    if not seeds.exists() or (seeds.is_dir() and not any(seeds.iterdir())):
        say(f"there is no seed corpus at {seeds}; the feeds alone are read")
        return ()
    articles = tuple(read_documents([seeds], origin="seed"))
    with open_ledger(config.paths.ledger) as ledger:
        return ledger.unread(articles, versions)


def _poll(means: Means, network: Network, states: Mapping[str, FeedState], deadline: datetime) -> tuple[FeedPoll, ...]:
    feeds = means.config.feeds
    on_poll = _counting("poll", sum(feed.enabled for feed in feeds), means.progress)
    polls = poll_feeds(feeds, states, network, only_due=means.only_due, deadline=deadline, on_poll=on_poll)
    tell_polls(polls)
    return polls


def _fetch(means: Means, network: Network, errands: Sequence[Errand], deadline: datetime) -> tuple[FetchedItem, ...]:
    on_item = _counting("fetch", len(errands), means.progress)
    return fetch_articles(errands, means.config.feeds, network, deadline, on_item)


def _stale(means: Means, versions: Versions) -> tuple[tuple[str, int], ...]:
    with open_ledger(means.config.paths.ledger) as ledger:
        return ledger.stale(versions, means.replay, means.config.zone)


def _extract(
    means: Means, load: Callable[[], Lexicon], articles: Sequence[Article]
) -> Iterator[tuple[Extraction, ...]]:
    if not articles:
        return
    size = max(_ARTICLES_A_BATCH, ceil(len(articles) / _MOST_BATCHES))
    chunks = [articles[first : first + size] for first in range(0, len(articles), size)]
    done = 0
    with readers(load, len(articles), means.config.run.workers) as read:
        for extractions in means.carry("extract articles", [partial(read, chunk) for chunk in chunks]):
            done += len(extractions)
            means.progress("extract", done, len(articles))
            yield extractions


def _save(config: Config, clock: Clock, batch: Batch, run: Run) -> Saved:
    with open_ledger(config.paths.ledger) as ledger:
        return ledger.save(batch, run, config.zone, clock())


def _tell_stories(means: Means, run: Run) -> Saved:
    """Place the articles that have no place in a story, then look again where a person said otherwise."""
    config = means.config
    decisions = read_story_decisions(config.paths.decisions)
    days: set[date] = set()
    with open_ledger(config.paths.ledger) as ledger:
        for listed in (ledger.unplaced, partial(ledger.contradicting, decisions)):
            stretches = listed()
            for number, stretch in enumerate(stretches, 1):
                from newsledger.stories import tell_stories  # noqa: PLC0415 - most runs bring nothing new

                reading = tell_stories(*ledger.story_window(stretch), decisions, ledger.taken_story_ids(stretch))
                days.update(ledger.tell(reading, run, config.zone, means.clock(), decisions).days)
                means.progress("tell stories", number, len(stretches))
    return Saved(added=Counts(), days=tuple(sorted(days)))


def _close(config: Config, clock: Clock, run: Run, saved: Sequence[Saved], polls: Sequence[FeedPoll]) -> RunReport:
    """Add up the run, enter its end, and ask the ledger whether it still agrees with itself."""
    with open_ledger(config.paths.ledger) as ledger:
        report = replace(_summed_up(run, saved, polls, clock()), balances=ledger.balances(run))
        if run.flow == "monitor":
            days = forget_expired(config, ledger, report.finished_at)
            report = replace(report, days=tuple(sorted({*report.days, *days})))
            if ledger.takedowns():
                # Feeds may list it still.
                clear_archive(config, ledger)
        ledger.finish(report)
        if problems := ledger.integrity(run):
            message = (
                f"{config.paths.ledger} contradicts itself ({problems[0]}); the published copy stays as it was: "
                "`newsledger doctor` mends it"
            )
            raise StoreError(message)
    if run.flow == "monitor":
        _tidy_archive(config, report.finished_at)
    return report


def _summed_up(run: Run, saved: Sequence[Saved], polls: Sequence[FeedPoll], now: datetime) -> RunReport:
    """Add up the run, all but its books."""
    outcomes = Counter(poll.outcome for poll in polls)
    ok, not_due = sum(outcomes[outcome] for outcome in ANSWERED), outcomes["not_due"]
    return RunReport(
        run=run,
        finished_at=now,
        added=_sum(one.added for one in saved),
        revised=sum(one.revised for one in saved),
        replaced=sum(one.replaced for one in saved),
        feeds_ok=ok,
        feeds_failed=len(polls) - ok - not_due,
        feeds_not_due=not_due,
        warnings=tuple((poll.feed.id, warning) for poll in polls for warning in poll.state.warnings),
        balances=(),
        days=tuple(sorted({day for one in saved for day in one.days})),
        facts=total(one.facts for one in saved),
    )


def _shrink(config: Config, clock: Clock) -> None:
    """Write the ledger anew where retention has left most of it empty; a failure costs nothing but room."""
    if config.retention.articles_days is None:
        return
    try:
        with open_ledger(config.paths.ledger) as ledger:
            if not ledger.is_mostly_empty():
                return
        erase(config.paths.ledger, clock())
    except StoreError as error:
        say(f"the ledger keeps the room of what was taken out: {error}")


def _tidy_archive(config: Config, now: datetime) -> None:
    """End the journal, whose answers are stored by now, and take away what was kept long enough."""
    archive = Archive(config.paths.archive)
    archive.forget()
    archive.sweep(now - timedelta(days=config.fetch.archive_days))


def _sum(counts: Iterator[Counts]) -> Counts:
    total: Counter[str] = Counter()
    for one in counts:
        total.update({field.name: getattr(one, field.name) for field in fields(one)})
    return Counts(**total)


def _write_digests(means: Means, days: Sequence[date]) -> tuple[WrittenDigest, ...]:
    """Write the digests of the days in a few pieces of work; give them in the order of the days."""
    config = means.config
    on_day = _counting("digest", len(days), means.progress)

    def write(part: Sequence[date]) -> list[WrittenDigest]:
        written = []
        for day in part:
            written.append(write_day(config, day))
            on_day(day)
        return written

    parts = [days[first::SIDE_BY_SIDE] for first in range(min(SIDE_BY_SIDE, len(days)))]
    written = [one for some in means.carry("write digests", [partial(write, part) for part in parts]) for one in some]
    write_latest(config, means.clock().astimezone(config.zone).date())
    return tuple(sorted(written, key=lambda digest: digest.day))


def _note_digests(config: Config, clock: Clock, written: Sequence[WrittenDigest]) -> bool:
    with open_ledger(config.paths.ledger) as ledger:
        return ledger.note_digests(written, clock())


def _counting(step: str, total: int, progress: Progress) -> Callable[[object], None]:
    """Make a function that counts its calls, from whichever thread, and tells how far the step is."""
    calls = count(1)
    return lambda _: progress(step, next(calls), total)
