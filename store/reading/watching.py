"""What of a day hits the watch list: counted by one query, and where it stands in the texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsledger.records.day import Spot, WatchRow
from store.database import published_copy, quoted
from store.errors import store_errors
from store.reading.loading import aware, rows_of
from store.reading.sections.articles import read_texts
from store.writing.rows import utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    import duckdb

    from newsledger.records.config import Watch
    from newsledger.records.day import TextRow
    from store.reading.loading import Key
    from store.schemas import Row

# So many articles of different origins show what hit a watch.
SPOTS = 5
# How a word ends, as DuckDB's RE2 has it: it can't look ahead. A word that may go on is not followed to its end there,
# which would make it ten times slower.
_END = r"(?:$|[^\pL\pN_])"

_TOLD = """\
WITH told AS (
    SELECT
        t.article_id,
        t.revision,
        t.source_id,
        t.digest_at,
        a.title,
        -- Copies of one text count once.
        coalesce(c.copy_of, t.article_id) AS text_id,
        c.copy_of IS NOT NULL AS is_copy,
        coalesce(p.origin_id, t.source_id, t.article_id) AS origin_id
    FROM articles_told({start}, {end}) AS t
    JOIN articles AS a ON a.article_id = t.article_id AND a.revision = t.revision
    LEFT JOIN copies_known({end}) AS c ON c.article_id = t.article_id
    LEFT JOIN story_articles AS p ON p.article_id = t.article_id
)"""
_WORDED = """,
-- The articles that have any of the words, and then which.
spoken AS MATERIALIZED (
    SELECT t.article_id, t.title, x.text
    FROM told AS t
    JOIN article_text AS x ON x.article_id = t.article_id AND x.revision = t.revision
    -- By place, so that the texts of other days are not unpacked.
    WHERE
        x.rowid IN (
            SELECT y.rowid
            FROM article_text AS y
            SEMI JOIN told ON told.article_id = y.article_id AND told.revision = y.revision
        )
        AND {any_word}
),
worded AS (
    SELECT
        x.article_id,
        {columns}
    FROM spoken AS x
)"""
_SPOT = """{{
        'article_id': t.article_id, 'revision': t.revision, 'source_id': t.source_id, 'told_at': t.digest_at,
        'char_start': {start}, 'char_end': {end}, 'text': {text}
    }}"""
_BRANCH = """\
SELECT {no} AS no, t.article_id, {found} AS found, first({spot}{order}) AS spot
    FROM told AS t {joins}
    WHERE {conditions}
    GROUP BY t.article_id"""
_COUNTED = """,
hits AS (
    {branches}
),
texts AS (
    SELECT h.no, t.text_id, max(h.found) AS found
    FROM hits AS h
    JOIN told AS t ON t.article_id = h.article_id
    GROUP BY ALL
),
ranked AS (
    SELECT
        h.no,
        h.article_id,
        h.spot,
        row_number() OVER (PARTITION BY h.no ORDER BY t.is_copy, t.digest_at, t.article_id) AS place,
        row_number() OVER (PARTITION BY h.no, t.origin_id ORDER BY t.is_copy, t.digest_at, t.article_id) = 1 AS is_first
    FROM hits AS h
    JOIN told AS t ON t.article_id = h.article_id
)
SELECT
    w.name,
    w.counted,
    CAST(coalesce(f.found, 0) AS BIGINT) AS found,
    w.more_than,
    coalesce(f.found, 0) > w.more_than AS is_hit,
    coalesce(a.articles, []) AS articles,
    coalesce(a.spots, [])[1:{spots}] AS spots
FROM (VALUES
    {watches}
) AS w (no, name, counted, more_than)
LEFT JOIN (SELECT no, sum(found) AS found FROM texts GROUP BY no) AS f ON f.no = w.no
LEFT JOIN (
    SELECT
        no,
        list(article_id ORDER BY place) AS articles,
        list(spot ORDER BY place) FILTER (is_first) AS spots
    FROM ranked
    GROUP BY no
) AS a ON a.no = w.no
ORDER BY w.no"""


def watch_query(watches: Sequence[Watch], day_start: datetime, day_end: datetime) -> str:
    """Give one SELECT that counts what of a day hits each watch, to be run on the published copy.

    `spots` are those of the first article of each origin, without a place where words alone were looked for. There has
    to be a watch.
    """
    patterns = {no: _pattern(watch.words, closed=_END, opened="") for no, watch in enumerate(watches) if watch.words}
    told = _TOLD.format(start=_moment(day_start), end=_moment(day_end))
    # One pass over all texts for any word of the list; which it is, is asked of the few that have one.
    columns = (f"{_matches(pattern, 'x')} AS has_{no}" for no, pattern in patterns.items())
    worded = _WORDED.format(columns=",\n        ".join(columns), any_word=_matches("|".join(patterns.values()), "t"))
    branches = "\n    UNION ALL\n    ".join(_branch(no, watch) for no, watch in enumerate(watches))
    listed = ",\n    ".join(
        f"({no}, {quoted(watch.name)}, '{_counted(watch)}', {watch.more_than})" for no, watch in enumerate(watches)
    )
    return told + (worded if patterns else "") + _COUNTED.format(branches=branches, watches=listed, spots=SPOTS)


def read_watch(
    con: duckdb.DuckDBPyConnection, watches: Sequence[Watch], day_start: datetime, day_end: datetime
) -> tuple[WatchRow, ...]:
    """Give what of a day hits each watch, in the order of the list; what hits nothing is there with a count of 0.

    Of one article, or of one event and its article, all that a watch names has to hold. Copies of a text count once,
    and so do an article's events of one type between the same sides: countries, or names where no country is known.
    """
    if not watches:
        return ()
    rows = rows_of(con.execute(watch_query(watches, day_start, day_end)))
    texts = _texts(con, (spot for row in rows for spot in row["spots"] if spot["char_start"] is None))
    return tuple(_watch(watch, row, texts) for watch, row in zip(watches, rows, strict=True))


def watchable(published: Path) -> tuple[frozenset[str], frozenset[str]]:
    """List the ids of all entities that are stored, and the sides of dyads: their countries' codes, and the blocs.

    Raises StoreError.
    """
    with published_copy(published) as con, store_errors(published):
        rows = con.execute("SELECT entity_id, country, type = 'BLOC' FROM entities").fetchall()
    countries = {country for _, country, _ in rows if country}
    blocs = {entity_id for entity_id, _, is_bloc in rows if is_bloc}
    return frozenset(entity_id for entity_id, _, _ in rows), frozenset(countries | blocs)


def _counted(watch: Watch) -> str:
    return "events" if watch.acts or watch.dyads else "articles"


def _matches(pattern: str, titled: str) -> str:
    written = quoted(rf"(?:^|[^\pL\pN_])(?:{pattern})")
    return f"(regexp_matches(coalesce({titled}.title, ''), {written}) OR regexp_matches(x.text, {written}))"


def _branch(no: int, watch: Watch) -> str:
    """Select the articles that a watch hits, with how many events of each, and the first place that shows it."""
    joins, conditions = [], []
    found, place, order = "1", ("NULL", "NULL", "NULL"), ""
    if watch.words:
        joins.append("JOIN worded AS w ON w.article_id = t.article_id")
        conditions.append(f"w.has_{no}")
    if watch.acts or watch.dyads:
        joins.append("JOIN events AS e ON e.article_id = t.article_id AND e.revision = t.revision")
        conditions += _deeds(watch)
        # What an article tells of one type between the same sides is one deed, in however many clauses.
        found = f"count(DISTINCT (e.type, {_side('actor')}, {_side('recipient')}))"
        place, order = ("e.char_start", "e.char_end", "e.text"), " ORDER BY e.char_start, e.no"
    if watch.entities and (watch.acts or watch.dyads or watch.words):
        conditions.append(
            "EXISTS (FROM mentions AS m WHERE m.article_id = t.article_id AND m.revision = t.revision "
            f"AND m.entity_id IN ({_listed(watch.entities)}))"
        )
    elif watch.entities:
        joins.append("JOIN mentions AS m ON m.article_id = t.article_id AND m.revision = t.revision")
        conditions.append(f"m.entity_id IN ({_listed(watch.entities)})")
        place, order = ("m.char_start", "m.char_end", "m.text"), " ORDER BY m.kind <> 'name', m.char_start"
    spot = _SPOT.format(start=place[0], end=place[1], text=place[2])
    return _BRANCH.format(
        no=no, found=found, spot=spot, order=order, joins=" ".join(joins), conditions=" AND ".join(conditions)
    )


def _side(role: str) -> str:
    return f"coalesce(nullif(e.{role}_countries, []), e.{role}_names)"


def _deeds(watch: Watch) -> list[str]:
    """Give the conditions of an event, whose sides are those of v_dyads: who acts alone acts with the others."""
    conditions = ["e.status IN ('occurred', 'ongoing')"]
    if watch.acts:
        conditions.append(f"e.type IN ({_listed(watch.acts)})")
    if watch.dyads:
        others = "CASE WHEN len(e.recipient_names) = 0 THEN e.actor_countries ELSE e.recipient_countries END"
        pairs = (
            f"list_contains(e.actor_countries, {quoted(one)}) AND list_contains({others}, {quoted(other)})"
            for pair in watch.dyads
            for one, other in (pair, pair[::-1])
        )
        conditions.append(f"({' OR '.join(pairs)})")
    return conditions


def _moment(moment: datetime) -> str:
    return f"TIMESTAMP {quoted(utc(moment))}"


def _listed(values: Iterable[str]) -> str:
    return ", ".join(map(quoted, values))


def _pattern(words: Iterable[str], *, closed: str, opened: str) -> str:
    """Spell words as a pattern of which one has to stand there; letter case counts in those that are all capitals.

    `closed` is what has to follow a whole word, `opened` what may follow one that ends in *.
    """
    return "|".join(_spelt(word) + (opened if word.strip().endswith("*") else closed) for word in words)


def _spelt(word: str) -> str:
    body = r"\s+".join(re.escape(part) for part in word.strip().removesuffix("*").split())
    return body if word.isupper() else f"(?i:{body})"


def _texts(con: duckdb.DuckDBPyConnection, spots: Iterable[Row]) -> Mapping[Key, TextRow]:
    keys = sorted({(spot["article_id"], spot["revision"]) for spot in spots})
    return {(row.article_id, row.revision): row for row in read_texts(con, keys)} if keys else {}


def _watch(watch: Watch, row: Row, texts: Mapping[Key, TextRow]) -> WatchRow:
    spots = (
        _spot_of_words(watch, one, texts) if one["char_start"] is None else _spot(one, one["char_start"], one["text"])
        for one in row["spots"]
    )
    return WatchRow(
        name=watch.name,
        counted=row["counted"],
        count=row["found"],
        more_than=watch.more_than,
        is_hit=row["is_hit"],
        spots=tuple(spot for spot in spots if spot),
        articles=tuple(row["articles"]),
    )


def _spot_of_words(watch: Watch, row: Row, texts: Mapping[Key, TextRow]) -> Spot | None:
    """Find the first of a watch's words, in the headline before all."""
    words = _pattern(watch.words, closed=r"(?!\w)", opened=r"\w*")
    pattern = re.compile(rf"(?<!\w)(?:{words})")
    text = texts[row["article_id"], row["revision"]]
    if found := pattern.search(text.title or ""):
        return _spot(row, found.start(), found[0], is_title=True)
    found = pattern.search(text.text)
    return _spot(row, found.start(), found[0]) if found else None


def _spot(row: Row, start: int, text: str, *, is_title: bool = False) -> Spot:
    return Spot(
        article_id=row["article_id"],
        revision=row["revision"],
        start=start,
        end=start + len(text),
        text=text,
        source=row["source_id"],
        told_at=aware(row["told_at"]),
        is_title=is_title,
    )
