"""A day's rows for the digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, get_args

from newsledger.records.day import DayView, SectionName, SourceName
from store.database import published_copy
from store.errors import store_errors
from store.reading.loading import aware, load_whole
from store.reading.sections.articles import read_articles, read_counts, read_earlier, read_texts, read_titles
from store.reading.sections.asking import Window, query_of
from store.reading.sections.changes import read_acts, read_entities, read_trend
from store.reading.sections.claims import read_calendar, read_denials, read_disputes
from store.reading.sections.edits import read_edits
from store.reading.sections.health import read_health
from store.reading.sections.stories import read_coverage, read_stories
from store.reading.watching import read_watch, watch_query
from store.schemas import given
from store.writing.books import balances
from store.writing.placing import local_day
from store.writing.rows import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    import duckdb

    from newsledger.records.config import Feed, Watch
    from newsledger.records.day import ArticleRow, Selection, Spot, TextRow, WatchRow
    from store.reading.loading import Key

# A live revision stays in the digest of the day it was stored on; articles_told() has the same condition.
_MOMENTS = "SELECT DISTINCT digest_at FROM articles WHERE is_newest OR digest_at = stored_at"


def read_day(  # noqa: PLR0913 - what of the configuration it takes
    published: Path,
    day: date,
    zone: ZoneInfo,
    feeds: Sequence[Feed] = (),
    *,
    watches: Sequence[Watch] = (),
    dossier: Sequence[str] = (),
    choose: Callable[[DayView], Selection],
) -> DayView:
    """Read what the digest of a day tells: rows of all its sections, then the records of the articles that are chosen.

    `dossier` gives the ids of the entities between whose countries the trend is told. `choose` is given the view
    without extractions. Nothing is seen that came after the day. An article that is damaged is named and left out. The
    same published copy, configuration and choice give the same view. Raises StoreError.
    """
    start, end = _window(day, zone)
    window = Window(day=day, start=start, end=end, dossier=tuple(dossier))
    with published_copy(published) as con, store_errors(published):
        view = _rows(con, window, zone, feeds, watches)
        return _with_texts(con, window, _with_records(con, window, view, choose(view)), feeds)


def due_days(published: Path) -> tuple[date, ...]:
    """List, in order, the days of which something changed that no digest tells as yet. Raises StoreError."""
    with published_copy(published) as con, store_errors(published):
        found = con.execute("SELECT digest_date FROM digests_due ORDER BY ALL").fetchall()
    return tuple(day for (day,) in found)


def days_with_articles(published: Path, zone: ZoneInfo) -> tuple[date, ...]:
    """List, in order, the days of which a digest has articles to tell. Raises StoreError."""
    with published_copy(published) as con, store_errors(published):
        found = con.execute(_MOMENTS).fetchall()
    return tuple(sorted({local_day(moment.replace(tzinfo=UTC), zone) for (moment,) in found}))


def read_hits(
    published: Path, day: date, zone: ZoneInfo, watches: Sequence[Watch]
) -> tuple[tuple[WatchRow, ...], tuple[TextRow, ...]]:
    """Give what of a day hits each watch, and the texts that this is cited from. Raises StoreError."""
    start, end = _window(day, zone)
    with published_copy(published) as con, store_errors(published):
        rows = read_watch(con, watches, start, end)
        return rows, read_texts(con, {(spot.article_id, spot.revision) for row in rows for spot in row.spots})


def _window(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Give the moments, in UTC, at which a day begins and ends in a zone."""
    tomorrow = day + timedelta(days=1) if day < date.max else day
    start = datetime.min.replace(tzinfo=UTC) if day == date.min else datetime.combine(day, time.min, zone)
    end = datetime.max.replace(tzinfo=UTC) if day == date.max else datetime.combine(tomorrow, time.min, zone)
    return start.astimezone(UTC), end.astimezone(UTC)


def _rows(
    con: duckdb.DuckDBPyConnection, window: Window, zone: ZoneInfo, feeds: Sequence[Feed], watches: Sequence[Watch]
) -> DayView:
    """Read all but the records of articles and the texts."""
    span = [utc(window.start), utc(window.end)]
    finished = con.execute(
        "SELECT run_id, finished_at FROM runs WHERE finished_at >= ? AND finished_at < ?", span
    ).fetchall()
    stored = con.execute("SELECT max(stored_at) FROM articles_told(?, ?)", span).fetchall()
    touched = con.execute("SELECT touched_at FROM digests_due WHERE digest_date = ?", [window.day]).fetchall()
    moments = (row[-1] for row in (*stored, *finished))
    return DayView(
        day=window.day,
        timezone=zone.key,
        start=window.start,
        end=window.end,
        cut_off=aware(max((moment for moment in moments if moment), default=None)),
        extractions=(),
        sources=(),
        feeds=read_health(con, window, feeds),
        balances=balances(con, [run_id for run_id, _ in finished]),
        counts=read_counts(con, window),
        articles=read_articles(con, window),
        stories=read_stories(con, window),
        watch=read_watch(con, watches, window.start, window.end),
        entities=read_entities(con, window),
        acts=read_acts(con, window),
        trend=read_trend(con, window),
        disputes=read_disputes(con, window),
        denials=read_denials(con, window),
        calendar=read_calendar(con, window),
        coverage=read_coverage(con, window),
        edits=read_edits(con, window),
        queries=tuple(_queries(window, watches)),
        touched=aware(max((moment for (moment,) in touched), default=None)),
    )


def _queries(window: Window, watches: Sequence[Watch]) -> Iterator[tuple[SectionName, str]]:
    """Yield the query of each section, in the order of the digest."""
    for section in get_args(SectionName):
        if section != "watch":
            yield section, query_of(section, window)
        elif watches:
            yield section, watch_query(watches, window.start, window.end)


def _with_records(con: duckdb.DuckDBPyConnection, window: Window, view: DayView, chosen: Selection) -> DayView:
    """Add the records of the chosen articles of the day, and of those that came before in the chosen stories."""
    wanted = set(chosen.articles)
    told = [_key(row) for row in view.articles if row.article_id in wanted]
    earlier = read_earlier(con, window, sorted(set(chosen.stories)))
    # All at once: most of it is looking the tables through.
    loaded, damaged = load_whole(con, [*told, *map(_key, earlier)])
    by_key = {(made.article.article_id, made.article.revision): made for made in loaded}
    kept = [row for row in earlier if _key(row) in by_key]
    return replace(
        view,
        extractions=tuple(by_key[key] for key in told if key in by_key),
        before=tuple(by_key[_key(row)] for row in kept),
        earlier=tuple(kept),
        damaged=tuple(sorted({article_id for article_id, _ in damaged})),
    )


def _with_texts(con: duckdb.DuckDBPyConnection, window: Window, view: DayView, feeds: Sequence[Feed]) -> DayView:
    """Add the texts that the rows are cited from, and the names of all sources of the view."""
    cited = {(spot.article_id, spot.revision) for spot in _spots(view)}
    cited |= {(edit.article_id, edit.revision - step) for edit in view.edits if edit.headline_after for step in (0, 1)}
    texts = (*read_texts(con, cited), *read_titles(con, _leads(con, window, view) - cited))
    lost = cited - {(text.article_id, text.revision) for text in texts}
    ids = {row.source for row in (*view.articles, *view.earlier)} | {text.source for text in texts}
    ids |= {source for row in view.coverage for source in row.sources}
    return replace(
        view,
        texts=texts,
        sources=_sources(con, sorted(source for source in ids if source), feeds),
        damaged=tuple(sorted({*view.damaged, *(article_id for article_id, _ in lost)})),
    )


def _spots(view: DayView) -> Iterator[Spot]:
    """Yield every piece of text that a row points at."""
    for dispute in view.disputes:
        yield from (dispute.one.spot, dispute.other.spot)
    pairs = (
        *((row.spot, None) for row in view.entities),
        *((row.spot, row.claim) for row in view.denials),
        *((row.spot, row.deed) for row in view.calendar),
        *((row.before, row.after) for row in view.edits),
    )
    yield from (spot for pair in pairs for spot in pair if spot)
    for watch in view.watch:
        yield from watch.spots


def _leads(con: duckdb.DuckDBPyConnection, window: Window, view: DayView) -> set[Key]:
    """Give the revisions whose headlines name the stories and the hits of the watch list."""
    leads = {story.lead for story in view.stories} | {article for hit in view.watch for article in hit.articles}
    with given(con, article_id=sorted(leads)):
        return set(
            con.execute(
                "SELECT article_id, revision FROM articles_known(?) SEMI JOIN given USING (article_id)",
                [utc(window.end)],
            ).fetchall()
        )


def _key(row: ArticleRow) -> Key:
    return row.article_id, row.revision


def _sources(con: duckdb.DuckDBPyConnection, ids: Sequence[str], feeds: Sequence[Feed]) -> tuple[SourceName, ...]:
    """Name sources: as configured, else as remembered, else by the entity of that id."""
    with given(con, source_id=ids):
        found = con.execute(
            "SELECT source_id, coalesce(s.name, e.name, source_id), s.kind, s.country FROM given "
            "LEFT JOIN sources AS s USING (source_id) LEFT JOIN entities AS e ON e.entity_id = source_id"
        ).fetchall()
    names = {row[0]: SourceName(id=row[0], name=row[1], kind=row[2], country=row[3]) for row in found}
    names |= {feed.id: SourceName(id=feed.id, name=feed.name, kind=feed.kind, country=feed.country) for feed in feeds}
    return tuple(names[source_id] for source_id in ids)
