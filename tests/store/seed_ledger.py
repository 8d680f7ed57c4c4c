"""A ledger of the seed corpus, always the same: what the cookbook's questions are asked of.

Read on 28 December 2022, its four sources as feeds of a kind each. Then three notices come in over these feeds, one of
which is edited later that day; last the stored text is read anew by an extractor that finds more, and somebody parts
two stories that were taken for one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flows.config import read_config
from flows.decisions import lexicon_of
from newsledger.extract import extract
from newsledger.fetch import read_documents
from newsledger.records.article import Article, Issue
from newsledger.records.config import Feed
from newsledger.records.feeds import ANSWERED, FeedEntry, FeedPoll, FeedState, FetchedItem
from newsledger.records.run import Batch, Rereading, Run, RunReport
from newsledger.records.stories import StoryDecision
from newsledger.stories import tell_stories
from store import diff_of, open_ledger, publish, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.lexicon import Lexicon
    from newsledger.records.config import SourceKind
    from newsledger.records.extraction import Extraction
    from newsledger.records.feeds import Disposition, Outcome
    from newsledger.records.run import FlowName

ROOT = Path(__file__).resolve().parents[2]
NOTICES = Path(__file__).parent / "cookbook" / "notices"
MORNING = datetime(2022, 12, 28, 6, tzinfo=UTC)
KINDS: dict[str, SourceKind] = {
    "seed-analysis": "institution",
    "seed-brief": "independent",
    "seed-translation": "state",
    "seed-wire": "wire",
}
# What the feeds list beside the notices, and why there is no article of it.
DROPPED: tuple[tuple[str, str, Disposition, str], ...] = (
    ("seed-analysis", "The chip that Minsk can no longer buy", "paywalled", "the page shows its first sentence only"),
    ("seed-wire", "Ice hockey: Dinamo wins the derby", "filtered", "no word of include"),
    ("seed-wire", "Snow delays the trains to Vitebsk", "filtered", "no word of include"),
    ("seed-wire", "Statement of the ministry in full", "gone", "answered 410"),
)
FAILING, FAILURES, LAST = "seed-tribune", 5, "the last: HTTP 404"
NOTHING = Batch()
PARTED = StoryDecision(
    kind="other_story", articles=("gas-notice", "border-claim"), decided=MORNING.date(), why="gas and troops"
)
UTC_ZONE = ZoneInfo("UTC")


def build(folder: Path) -> Path:
    """Make the ledger in a folder and publish it; give the published copy."""
    path = folder / "ledger.duckdb"
    config = read_config(ROOT / "config.yaml")
    lexicon = lexicon_of(config)()
    seeds = [_read(article, lexicon) for article in read_documents([ROOT / "seeds" / "articles"], origin="seed")]
    notices = {file.stem: _notice(file, lexicon) for file in sorted(NOTICES.glob("*.txt"))}
    first = [notices[name] for name in ("border-claim", "border-denial", "gas-notice-1")]
    _run(path, "seed", 0, Batch(extractions=tuple(map(_as_read_before, seeds))))
    _run(path, "monitor", 4, _polled(4, first, [_dropped(no, *told) for no, told in enumerate(DROPPED, 1)]))
    _run(path, "monitor", 6, _polled(6, [notices["gas-notice-2"]]))
    _run(path, "reprocess", 7, anew=seeds, decisions=[PARTED])
    publish(path, folder / "news.duckdb")
    return folder / "news.duckdb"


def _read(article: Article, lexicon: Lexicon) -> Extraction:
    return replace(extract(article, lexicon), extractor="reader 2")


def _notice(file: Path, lexicon: Lexicon) -> Extraction:
    (article,) = read_documents([file], origin="feed")
    return _read(replace(article, text_from="page", fetched=article.published), lexicon)


def _as_read_before(extraction: Extraction) -> Extraction:
    """Give what a weaker extractor finds: no voice behind a word such as "according to", and no year of a figure."""
    return replace(
        extraction,
        extractor="reader 1",
        statements=tuple(one for one in extraction.statements if one.verb != "according to"),
        figures=tuple(replace(one, period_start=None, period_end=None) for one in extraction.figures),
    )


def _polled(hours: int, notices: Sequence[Extraction], dropped: Sequence[FetchedItem] = ()) -> Batch:
    items = [FetchedItem(entry=_entry(notice.article), article=notice.article) for notice in notices] + list(dropped)
    moment = MORNING + timedelta(hours=hours)
    polls = [_poll(feed_id, moment, [item.entry for item in items]) for feed_id in (*KINDS, FAILING)]
    return Batch(extractions=tuple(notices), polls=tuple(polls), items=tuple(items))


def _entry(article: Article) -> FeedEntry:
    return FeedEntry(
        feed_id=str(article.source),
        article_id=article.article_id,
        url=article.url,
        title=article.title,
        published=article.published,
        modified=None,
        authors=(),
        language="en",
        body_html=None,
    )


def _dropped(no: int, feed_id: str, title: str, why: Disposition, detail: str) -> FetchedItem:
    url = f"https://{feed_id.removeprefix('seed-')}.example/{no}"
    published = MORNING - timedelta(hours=no)
    article = Article(article_id=f"dropped-{no}", text="", title=title, source=feed_id, url=url, published=published)
    return FetchedItem(entry=_entry(article), dropped=why, detail=detail)


def _poll(feed_id: str, moment: datetime, entries: Sequence[FeedEntry]) -> FeedPoll:
    listed = tuple(entry for entry in entries if entry.feed_id == feed_id)
    is_up = feed_id != FAILING
    outcome: Outcome = "ok" if is_up else "not_found"
    feed = Feed(
        id=feed_id,
        name=feed_id.replace("-", " ").capitalize(),
        url=f"https://{feed_id.removeprefix('seed-')}.example/rss",
        kind=KINDS.get(feed_id, "independent"),
    )
    state = FeedState(
        feed_id=feed_id,
        url=feed.url,
        polled_at=moment,
        succeeded_at=moment if is_up else None,
        outcome=outcome,
        failures=0 if is_up else FAILURES,
        items=len(listed),
        newest_item_at=moment - timedelta(hours=1) if is_up else None,
        warnings=()
        if is_up
        else (Issue(code="failing", detail=f"no feed read ever ({FAILURES} polls in a row); {LAST}"),),
    )
    return FeedPoll(
        feed=feed,
        state=state,
        outcome=outcome,
        polled_at=moment,
        http_status=200 if is_up else 404,
        size_bytes=4_000 if is_up else 150,
        duration_ms=120,
        entries=listed,
    )


def _run(  # noqa: PLR0913 - what one run brings
    path: Path,
    flow: FlowName,
    hours: int,
    batch: Batch = NOTHING,
    *,
    anew: Sequence[Extraction] = (),
    decisions: Sequence[StoryDecision] = (),
) -> None:
    moment = MORNING + timedelta(hours=hours)
    run = Run(run_id=f"{moment:%Y%m%dT%H%M%SZ}-{flow}", flow=flow, started_at=moment)
    with open_ledger(path) as ledger:
        ledger.begin(run)
        if anew:
            former = ledger.load([(one.article.article_id, one.article.revision) for one in anew])
            facts = total(map(diff_of, former, anew))
            saved = ledger.replace(Rereading(extractions=tuple(anew), facts=facts), run, UTC_ZONE, moment)
        else:
            saved = ledger.save(batch, run, UTC_ZONE, moment)
        for stretch in (*ledger.unplaced(), *ledger.contradicting(decisions)):
            reading = tell_stories(*ledger.story_window(stretch), decisions, ledger.taken_story_ids(stretch))
            ledger.tell(reading, run, UTC_ZONE, moment, decisions)
        ok = sum(poll.outcome in ANSWERED for poll in batch.polls)
        ledger.finish(
            RunReport(
                run=run,
                finished_at=moment + timedelta(seconds=40),
                added=saved.added,
                revised=saved.revised,
                replaced=saved.replaced,
                feeds_ok=ok,
                feeds_failed=len(batch.polls) - ok,
                balances=ledger.balances(run),
                days=saved.days,
            )
        )
        assert ledger.integrity() == ()
