"""Reading anew what is stored, batch by batch: memory holds no more than a batch, whatever the store holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial, reduce
from math import ceil
from typing import TYPE_CHECKING

from flows.workers import readers
from newsledger.fetch import Archive, is_read_alike, read_anew
from newsledger.records.run import Counts, FactsDiff, Rereading, Saved
from store import as_fetched, diff_of, open_ledger, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flows.workers import Reader
    from newsledger.extract.lexicon import Lexicon
    from newsledger.records.article import Article
    from newsledger.records.extraction import Extraction
    from newsledger.records.feeds import PageAnswer
    from newsledger.records.run import Run
    from newsledger.records.steps import Means
    from newsledger.records.versions import Versions

    Key = tuple[str, int]

# Revisions of articles to a transaction; the orchestrator sees tens of parts, each of many of them.
BATCH = 300
_MOST_PARTS = 40
_NOTHING = Saved(added=Counts())


def reread(
    means: Means, load: Callable[[], Lexicon], versions: Versions, keys: Sequence[Key], run: Run
) -> Iterator[Saved]:
    """Read stored revisions anew and put what is read in their place, with the diff of facts; one result a part.

    A rehearsal only compares. What was done before a run is cut off stays done, and is stale no more.
    """
    if not keys:
        return
    size = max(BATCH, ceil(len(keys) / _MOST_PARTS))
    with readers(load, len(keys), means.config.run.workers) as read:
        rereader = _Rereader(means, versions, read, run)
        for first in range(0, len(keys), size):
            yield from means.carry("read anew", [partial(rereader.part, keys, first, first + size)])


class _Rereader:
    """What reads one batch after the other in a run."""

    def __init__(self, means: Means, versions: Versions, read: Reader, run: Run) -> None:
        self._means, self._versions, self._read, self._run = means, versions, read, run

    def part(self, keys: Sequence[Key], first: int, last: int) -> Saved:
        """Work through some of the keys, a batch at a time, and tell how far it is of them all."""

        def batches() -> Iterator[Saved]:
            for start in range(first, min(last, len(keys)), BATCH):
                batch = keys[start : min(start + BATCH, last)]
                yield self._batch(batch)
                self._means.progress("read anew", start + len(batch), len(keys))

        return reduce(_sum, batches(), _NOTHING)

    def _batch(self, keys: Sequence[Key]) -> Saved:
        config = self._means.config
        with open_ledger(config.paths.ledger) as ledger:
            stored = ledger.load(keys)
            answers = ledger.answers(keys) if self._means.replay.is_from_archive else {}
        due, from_archive = self._due(stored, answers)
        made = self._extracted([article for _, article in due])
        diffs = (diff_of(before, after) for (before, _), after in zip(due, made, strict=True))
        facts = total((*diffs, FactsDiff(read=len(stored) - len(due), from_archive=from_archive)))
        if self._means.replay.is_rehearsal or not made:
            return Saved(added=Counts(), replaced=len(made), facts=facts)
        with open_ledger(config.paths.ledger) as ledger:
            return ledger.replace(Rereading(extractions=made, facts=facts), self._run, config.zone, self._means.clock())

    def _due(
        self, stored: Sequence[Extraction], answers: dict[Key, PageAnswer]
    ) -> tuple[list[tuple[Extraction, Article]], int]:
        """Give what is to be extracted, as it was beside the article as it reads now; and how many pages were read."""
        archive = Archive(self._means.config.paths.archive)
        feeds = {feed.id: feed for feed in self._means.config.feeds}
        due, pages = [], 0
        for before in stored:
            article = before.article
            answer = answers.get((article.article_id, article.revision))
            page = read_anew(article, answer, archive, feeds.get(article.source or "")) if answer else None
            pages += page is not None
            if page and not is_read_alike(page, article):
                due.append((before, page))
            elif before.extractor != self._versions.of(article.article_id):
                due.append((before, as_fetched(article)))
        return due, pages

    def _extracted(self, articles: Sequence[Article]) -> tuple[Extraction, ...]:
        """Read the articles, in their order, by as many workers as there are."""
        workers = self._means.config.run.workers
        size = max(1, ceil(len(articles) / workers))
        slices = [articles[first : first + size] for first in range(0, len(articles), size)]
        with ThreadPoolExecutor(workers) as threads:
            return tuple(extraction for some in threads.map(self._read, slices) for extraction in some)


def _sum(one: Saved, other: Saved) -> Saved:
    return Saved(
        added=Counts(),
        replaced=one.replaced + other.replaced,
        days=tuple(sorted({*one.days, *other.days})),
        facts=total((one.facts, other.facts)),
    )
