"""The order of the stages, told once: the Prefect flows and the plain command line run these very functions.

    seed          read seeds ─▶ extract ─▶ save ─▶ tell stories ─▶ publish ─▶ index
    monitor       poll ─▶ choose ─▶ save what is owed ─▶ fetch ─▶ extract ─▶ save ─▶ tell stories ─▶ publish ─▶ index
                  ─▶ shrink
    reprocess     list what is stale ─▶ load, extract, compare, replace, batch by batch ─▶ tell stories ─▶ publish
                  ─▶ index
    daily_digest  read a day ─▶ build ─▶ render ─▶ write ─▶ note ─▶ publish

Who carries the steps out, one after the other or as tasks, is up to the steps that are handed in. All that write hold
the writer's lock from their first step to their last, so two of them never meet.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from newsledger.fetch import choose, without_forgotten
from newsledger.records.run import Batch
from store import write_lock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from newsledger.records.article import Article
    from newsledger.records.config import Config
    from newsledger.records.feeds import FeedPoll, FetchedItem
    from newsledger.records.run import FlowName, Run, RunReport, Saved
    from newsledger.records.steps import Steps

# The share of a run's time after which no further feed is asked, so that slow feeds leave some for the articles.
_POLLING = 0.5


def seed(config: Config, run: Run, steps: Steps) -> RunReport:
    """Bring into the ledger what is new or changed in the seed corpus."""
    with _writing(config, run.flow):
        steps.begin(run)
        saved = _extract_and_save(steps.unread_seeds(), (), run, steps)
        return _end(run, saved, (), steps)


def monitor(config: Config, run: Run, steps: Steps) -> RunReport:
    """Ask the feeds what is new, fetch it, read it, store it; what time does not allow is left for the next run."""
    with _writing(config, run.flow):
        steps.begin(run)
        memory = steps.remember(run)
        time = timedelta(minutes=config.run.max_minutes)
        polls = steps.poll(memory.states, run.started_at + time * _POLLING)
        choice = choose(polls, memory, steps.objection, run.started_at)
        # Written down before anything is fetched: whatever happens from here on, no item that a feed listed is lost.
        saved = [steps.save(Batch(polls=choice.polls, items=(*choice.settled, *choice.waiting)), run)]
        items = without_forgotten(steps.fetch(choice.errands, run.started_at + time), memory.forgotten)
        saved += _extract_and_save([item.article for item in items if item.article], items, run, steps)
        saved.append(steps.save(Batch(items=tuple(item for item in items if not item.article)), run))
        report = _end(run, saved, polls, steps)
        steps.shrink()
        return report


def reprocess(config: Config, run: Run, steps: Steps) -> RunReport:
    """Read again, from what is stored, the articles whose records another version of the extractor made."""
    with _writing(config, run.flow):
        steps.begin(run)
        return _end(run, tuple(steps.reread(steps.stale(), run)), (), steps)


def rehearse(config: Config, run: Run, steps: Steps) -> RunReport:
    """Work out what `reprocess` would change; the steps are those of a rehearsal, which stores nothing."""
    with _writing(config, run.flow):
        return steps.sum_up(run, tuple(steps.reread(steps.stale(), run)))


def daily_digest(config: Config, days: Sequence[date], steps: Steps) -> tuple[Path, ...]:
    """Write the digests of some days from the published copy, and the latest beside them; note that they are told."""
    written = steps.write_digests(sorted(set(days)))
    with _writing(config, "daily_digest"):
        if steps.note_digests(written):
            steps.publish()
    return tuple(digest.markdown for digest in written)


def _writing(config: Config, flow: FlowName) -> AbstractContextManager[None]:
    return write_lock(config.paths.ledger, f"newsledger {flow}")


def _end(run: Run, saved: Sequence[Saved], polls: Sequence[FeedPoll], steps: Steps) -> RunReport:
    """Tell the stories of what was saved, look whether all agrees, and let it be read."""
    report = steps.close(run, (*saved, steps.tell_stories(run)), polls)
    steps.publish()
    steps.index()
    return report


def _extract_and_save(articles: Sequence[Article], items: Sequence[FetchedItem], run: Run, steps: Steps) -> list[Saved]:
    """Read articles and store them batch by batch, each with the feed items that it came from."""
    by_id = {item.article.article_id: item for item in items if item.article}
    saved = []
    for extractions in steps.extract(articles):
        ids = (extraction.article.article_id for extraction in extractions)
        batch = Batch(extractions=extractions, items=tuple(by_id[one] for one in ids if one in by_id))
        saved.append(steps.save(batch, run))
    return saved
