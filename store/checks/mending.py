"""Mending what the checks of integrity.py find: each mend is one transaction, and says in a line what it did.

What can be worked out anew from other rows is; what was lost is taken from the published copy where that still has it;
records that contradict their text are taken out, and the article is marked to be read anew; a revision whose text is
lost goes, and its page is asked for again. The rest needs a backup.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from store.checks.forgetting import take_out
from store.checks.integrity import NAMED, OF_ARTICLES, failing
from store.database import quoted, transaction
from store.migrate import migrations
from store.schemas import EXTRACTION_SCHEMAS, given
from store.writing.books import COUNT
from store.writing.names import entering_names, entities_of, settle_entities
from store.writing.rows import utc
from store.writing.saving import delete_revisions
from store.writing.stories import settle_stories
from store.writing.told import mark_told_due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from store.checks.integrity import Check, Kind

# Enough for one mend to bring up what another mends: a child, its parent, the names that it carried, its books.
_ROUNDS = 5
_TEXTS = ("articles", "article_text", "article_origins", "issues")
_RECORDS = tuple(table for table in EXTRACTION_SCHEMAS if table not in _TEXTS)
# What rows tell of the run that wrote them: its flow and when it was.
_TOLD_OF_RUNS = {
    ("articles", "run_id"): ("min(CASE origin WHEN 'seed' THEN 'seed' ELSE 'monitor' END)", "min(stored_at)"),
    ("articles", "extracted_run_id"): ("'reprocess'", "min(extracted_at)"),
    ("polls", "run_id"): ("'monitor'", "min(polled_at)"),
    ("items", "run_id"): ("'monitor'", "min(last_seen_at)"),
    ("story_changes", "run_id"): ("'monitor'", "min(changed_at)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found, and what was done about it; `done` is null where nothing could be."""

    problem: str
    done: str | None = None


def mend(con: duckdb.DuckDBPyConnection, published: Path, zone: ZoneInfo, now: datetime) -> tuple[Finding, ...]:
    """Run all checks and mend what they find, until nothing is found or nothing more can be mended."""
    found: list[Finding] = []
    with _copy(con, published) as has_copy:
        mender = _Mender(con, zone, now, has_copy=has_copy)
        broken = failing(con)
        for _ in range(_ROUNDS):
            done = {check: mender.mend(check) for check, _ in broken}
            if not any(done.values()):
                break
            left = failing(con)
            open_still = {check for check, _ in left}
            found += [
                Finding(problem=line, done=done[check] or "mended with the others")
                for check, line in broken
                if done[check] or check not in open_still
            ]
            broken = left
        return (*found, *(Finding(problem=line) for _, line in broken))


class _Mender:
    """Mends one finding after the other; a mend gives its line, or None where there was nothing that it could do."""

    def __init__(self, con: duckdb.DuckDBPyConnection, zone: ZoneInfo, now: datetime, *, has_copy: bool) -> None:
        self._con = con
        self._zone = zone
        self._now = now
        self._has_copy = has_copy
        self._mends: Mapping[Kind, Callable[[Check], str | None]] = {
            "duplicates": self._single,
            "orphans": self._reunite,
            "run_missing": self._enter_runs,
            "edit": self._drop_edits,
            "record": lambda check: self._read_anew(check.query),
            "text": self._restore_texts,
            "newest": self._find_newest,
            "article_missing": self._ask_again,
            "books": self._recount,
            "name_missing": self._enter_names,
            "name_unused": self._drop_names,
            "entity": self._settle,
            "story": self._settle_stories,
            "place": self._drop_places,
            "forgotten": self._forget,
        }

    def mend(self, check: Check) -> str | None:
        """Mend what a check finds, all or nothing."""
        with transaction(self._con):
            return self._mends[check.kind](check)

    def _single(self, check: Check) -> str | None:
        table, key = check.table, check.key
        anew = None
        if table in _RECORDS:
            # Which of several records that differ is right only the text can tell.
            differing = f"SELECT {key} FROM (SELECT DISTINCT * FROM {table}) GROUP BY ALL HAVING count(*) > 1"  # noqa: S608 - ours
            anew = self._read_anew(differing)
        gone = self._count(
            f"DELETE FROM {table} WHERE rowid NOT IN (SELECT max(rowid) FROM {table} GROUP BY {key})"  # noqa: S608 - ours
        )
        return _line((gone, f"rows removed that stand twice in {table}"), anew)

    def _reunite(self, check: Check) -> str | None:
        child, parent, key = check.table, check.parent, check.key
        if parent == "entities":
            return self._enter_entities(check)
        if parent == "stories":
            return self._settle_stories(check)
        restored = self._restore(parent, check.query, key) if {child, parent} == {"articles", "article_text"} else 0
        line = (restored, f"rows of {parent} taken from the published copy")
        if child == "articles":
            return _line(line, self._take_out(check.query))
        anew = None
        if child in _RECORDS:
            # The records of a text belong together: where one is lost, all are read anew.
            anew = self._read_anew(f"FROM articles WHERE article_id IN (SELECT article_id FROM ({check.query}))")  # noqa: S608 - ours
        gone = self._count(f"DELETE FROM {child} WHERE ({key}) IN ({check.query})")  # noqa: S608 - ours
        return _line(line, (gone, f"rows removed of {child} that belonged to none of {parent}"), anew)

    def _take_out(self, keys: str) -> str | None:
        """Take out the given revisions, as if they had never come in, and ask again for the articles that they were."""
        lost = self._con.execute(
            "SELECT article_id, revision, digest_at, is_newest FROM articles "  # noqa: S608 - ours
            f"WHERE (article_id, revision) IN ({keys}) ORDER BY ALL"
        ).fetchall()
        if not lost:
            return None
        revisions = [(article_id, revision) for article_id, revision, *_ in lost]
        named = entities_of(self._con, revisions)
        delete_revisions(self._con, OF_ARTICLES, revisions)
        with given(self._con, article_id=[article_id for article_id, _, _, is_newest in lost if is_newest]):
            owed = self._owe("article_id IN (FROM given)")
        settle_entities(self._con, named)
        mark_told_due(self._con, (moment for _, _, moment, _ in lost), self._zone, self._now)
        return _line(
            (len(lost), "revisions taken out whose text is lost: the next run reads those of the seed corpus anew"),
            (owed, "items to be asked for again in the next run"),
        )

    def _enter_entities(self, check: Check) -> str | None:
        if check.table != "article_entities":
            gone = self._count(f"DELETE FROM {check.table} WHERE entity_id IN ({check.query})")  # noqa: S608 - ours
            return _line((gone, f"rows removed of {check.table} of which no article speaks"))
        return self._settle(check)

    def _settle(self, check: Check) -> str | None:
        found = self._con.execute(f"SELECT DISTINCT entity_id FROM ({check.query})").fetchall()  # noqa: S608 - ours
        settle_entities(self._con, [entity_id for (entity_id,) in found])
        return _line((len(found), "entities made anew of the articles that speak of them"))

    def _settle_stories(self, check: Check) -> str | None:
        found = self._con.execute(f"SELECT DISTINCT story_id FROM ({check.query})").fetchall()  # noqa: S608 - ours
        settle_stories(self._con, [story_id for (story_id,) in found])
        return _line((len(found), "stories made anew of the articles that tell them"))

    def _drop_places(self, check: Check) -> str | None:
        """Take the places out; the next run places these articles anew."""
        gone = self._count(f"DELETE FROM story_articles WHERE (article_id, revision) IN ({check.query})")  # noqa: S608 - ours
        return _line((gone, "places in stories removed, which the next run gives anew"))

    def _enter_runs(self, check: Check) -> str | None:
        """Enter runs as far as their rows tell of them."""
        lost = f"SELECT {check.key} AS run_id FROM ({check.query})"  # noqa: S608 - ours
        restored = self._restore("runs", lost, "run_id")
        flow, moment = _TOLD_OF_RUNS.get((check.table, check.key), ("'reprocess'", "max(NULL)"))
        made = self._count(
            f"INSERT INTO runs (run_id, flow, started_at) SELECT {check.key}, {flow}, coalesce({moment}, $1) "  # noqa: S608 - ours
            f"FROM {check.table} WHERE {check.key} NOT IN (SELECT run_id FROM runs) GROUP BY {check.key}",
            utc(self._now),
        )
        return _line(
            (restored, "runs taken from the published copy"), (made, f"runs entered anew after what {check.table} tell")
        )

    def _restore_texts(self, check: Check) -> str | None:
        """Put the right text in place of a wrong one, where the published copy has it."""
        if not self._has_copy:
            return None
        put = self._count(
            f"""
            UPDATE article_text SET text = p.text
            FROM copy.main.article_text AS p JOIN articles AS a USING (article_id, revision)
            WHERE article_text.article_id = p.article_id AND article_text.revision = p.revision
                AND sha256(p.text) = a.text_sha256 AND (p.article_id, p.revision) IN ({check.query})
            """  # noqa: S608 - ours
        )
        return _line((put, "texts taken from the published copy"))

    def _restore(self, table: str, lost: str, key: str) -> int:
        """Take rows of a table from the published copy, those of the given keys that are missing here."""
        if not self._has_copy:
            return 0
        right = ""
        if table == "article_text":
            right = "JOIN articles AS a USING (article_id, revision) WHERE sha256(p.text) = a.text_sha256"
        return self._count(
            f"INSERT INTO {table} BY NAME SELECT p.* FROM copy.main.{table} AS p "  # noqa: S608 - ours
            f"SEMI JOIN (SELECT {key} FROM ({lost})) AS l USING ({key}) ANTI JOIN {table} AS t USING ({key}) {right}"
        )

    def _read_anew(self, keys: str) -> str | None:
        """Take out all records of the given revisions; an extractor without a name makes each of them stale."""
        self._con.execute(
            f"CREATE OR REPLACE TEMP TABLE astray AS SELECT DISTINCT article_id, revision FROM ({keys}) "  # noqa: S608 - ours
            "SEMI JOIN articles USING (article_id, revision)"
        )
        gone = 0
        for table in _RECORDS:
            gone += self._count(f"DELETE FROM {table} WHERE (article_id, revision) IN (FROM astray)")  # noqa: S608 - ours
        marked = self._count(
            "UPDATE articles SET extractor = '' WHERE extractor <> '' AND (article_id, revision) IN (FROM astray)"
        )
        self._con.execute("DROP TABLE astray")
        if not gone and not marked:
            return None
        return f"{gone} records of {marked} articles removed: `newsledger reprocess` reads these anew"

    def _drop_edits(self, check: Check) -> str | None:
        """Take the edits out; reading the revisions anew finds them again."""
        gone = self._count(f"DELETE FROM record_changes WHERE (article_id, revision, no) IN ({check.query})")  # noqa: S608 - ours
        return _line((gone, "edits of records removed"))

    def _find_newest(self, check: Check) -> str | None:
        changed = self._count(
            f"""
            UPDATE articles SET is_newest = (articles.revision = n.newest)
            FROM (SELECT article_id, max(revision) AS newest FROM articles GROUP BY article_id) AS n
            WHERE n.article_id = articles.article_id AND articles.article_id IN ({check.query})
                AND articles.is_newest <> (articles.revision = n.newest)
            """  # noqa: S608 - ours
        )
        return _line((changed, "marks of the newest revision set anew"))

    def _ask_again(self, check: Check) -> str | None:
        owed = self._owe(f"(feed_id, article_id) IN ({check.query})")
        return _line((owed, "items to be asked for again in the next run"))

    def _owe(self, condition: str) -> int:
        """Have the next run ask for items again; tell how many these are."""
        return self._count(
            "UPDATE items SET disposition = 'deferred', detail = 'its article was lost', due_at = $1, tries = 0, "  # noqa: S608 - ours
            f"page_etag = NULL, page_last_modified = NULL WHERE disposition IN ('stored', 'revised') AND {condition}",
            utc(self._now),
        )

    def _recount(self, check: Check) -> str | None:
        """Count the items of feeds anew; what later runs have counted since stays as the published copy has it."""
        recounted = 0
        for run_id, feed_id in self._con.execute(check.query).fetchall():
            counted = self._con.execute(f"FROM ({COUNT}) WHERE feed_id = $2", [run_id, feed_id]).fetchall()
            (listed,) = self._con.execute(
                "SELECT sum(items_seen + items_resumed) FROM polls WHERE run_id = ? AND feed_id = ?", [run_id, feed_id]
            ).fetchall()[0]
            if self._has_copy and sum(row[-1] for row in counted) != listed:
                counted = self._con.execute(
                    "SELECT run_id, feed_id, disposition, items FROM copy.main.item_ledger "
                    "WHERE run_id = ? AND feed_id = ?",
                    [run_id, feed_id],
                ).fetchall()
            if sum(row[-1] for row in counted) == listed:
                self._con.execute("DELETE FROM item_ledger WHERE run_id = ? AND feed_id = ?", [run_id, feed_id])
                for row in counted:
                    self._con.execute(
                        "INSERT INTO item_ledger (run_id, feed_id, disposition, items) VALUES (?, ?, ?, ?)", row
                    )
                recounted += 1
        return _line((recounted, "books of a feed in a run made anew"))

    def _enter_names(self, _: Check) -> str | None:
        made = self._count(entering_names(NAMED))
        return _line((made, "names entered that articles print"))

    def _drop_names(self, check: Check) -> str | None:
        gone = self._count(f"DELETE FROM entity_names WHERE (entity_id, name) IN ({check.query})")  # noqa: S608 - ours
        return _line((gone, "names removed that no article prints any more"))

    def _forget(self, check: Check) -> str | None:
        ids = sorted({str(row[0]) for row in self._con.execute(check.query).fetchall()})
        take_out(self._con, ids, "", self._zone, self._now)
        return _line((len(ids), "articles taken down once more"))

    def _count(self, query: str, *parameters: object) -> int:
        (count,) = self._con.execute(query, list(parameters)).fetchall()[0]
        return int(count)


@contextmanager
def _copy(con: duckdb.DuckDBPyConnection, published: Path) -> Iterator[bool]:
    """Have the published copy at hand as `copy`; tell whether it is there and of the present schema."""
    try:
        con.execute(f"ATTACH {quoted(published)} AS copy (READ_ONLY)")
        (version,) = con.execute("SELECT max(version) FROM copy.main.schema_version").fetchall()[0]
    except duckdb.Error:
        yield False
        return
    try:
        yield version == migrations()[-1][0]
    finally:
        con.execute("DETACH copy")


def _line(*parts: tuple[int, str] | str | None) -> str | None:
    told = [part if isinstance(part, str) else f"{part[0]} {part[1]}" for part in parts if part and part[0]]
    return "; ".join(told) or None
