"""What must hold however a run ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.records.errors import NewsledgerError
from store import open_ledger, run_query
from store.database import attached

if TYPE_CHECKING:
    from pathlib import Path

    from bench.crash.site import Site

_ARTICLES = "SELECT article_id, revision, title, text_sha256 FROM articles"
_OWED = """
    SELECT DISTINCT i.title FROM items AS i ANTI JOIN articles AS a USING (article_id) WHERE i.due_at IS NOT NULL
"""
_QUERY_S = 30
# What only a process that was cut off leaves.
_LEFT = {".newsledger-draft", ".wal", ".spill"}

Article = tuple[str, int, str, str]


class Books:
    """What was seen of a site's ledger so far, and with it what must be there from then on."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._stored: set[Article] = set()
        self._published: set[Article] = set()
        self._promised: set[str] = set()

    @property
    def articles(self) -> int:
        """Count the articles seen in the ledger."""
        return len(self._stored)

    def faults(self) -> list[str]:
        """Look at the ledger and the published copy after a run that was cut off; tell what does not hold."""
        try:
            stored, owed, found = _read(self._site.ledger)
        except NewsledgerError as error:
            return [f"the ledger does not open: {error}"]
        found += self._compare("ledger", self._stored, stored)
        titles = [title for (_, _, title, _) in stored]
        if len(titles) != len(set(titles)):
            found.append(f"{len(titles) - len(set(titles))} articles are stored twice")
        self._promised |= owed
        if lost := self._promised - owed - set(titles):
            found.append(f"{len(lost)} items were noted as owed and are gone, such as {min(lost)}")
        self._stored |= stored
        return found + self._published_faults()

    def unhealed(self) -> list[str]:
        """Look after an undisturbed run: all that runs before were to store is stored and published."""
        found = self.faults()
        titles = {title for (_, _, title, _) in self._stored}
        pages = {title for title in self._promised if title not in titles}
        if missing := {title for title in self._site.titles if title not in titles} | pages:
            found.append(f"{len(missing)} articles are not made good, such as {min(missing)}")
        if self._published != self._stored:
            found.append(f"{len(self._stored - self._published)} articles are stored and not published")
        left = [path.name for path in self._site.ledger.parent.iterdir() if path.suffix in _LEFT]
        return found + [f"{name} was left over" for name in left]

    def _published_faults(self) -> list[str]:
        if not self._site.published.exists():
            return ["the published copy is gone"] if self._published else []
        try:
            published = set(run_query(self._site.published, _ARTICLES, _QUERY_S).rows)
        except NewsledgerError as error:
            return [f"the published copy does not open: {error}"]
        found = self._compare("published copy", self._published, published)
        if published - self._stored:
            found.append("the published copy has articles that the ledger has not")
        self._published = published
        return found

    @staticmethod
    def _compare(what: str, before: set[Article], now: set[Article]) -> list[str]:
        lost = before - now
        return [f"{len(lost)} articles are gone from the {what}, such as {min(lost)[2]}"] if lost else []


def _read(ledger: Path) -> tuple[set[Article], set[str], list[str]]:
    """Read the articles, the titles that are owed, and what the integrity queries find."""
    if not ledger.exists():
        return set(), set(), []
    with open_ledger(ledger) as opened:
        problems = list(opened.integrity())
    with attached(ledger) as con:
        articles = set(con.execute(_ARTICLES).fetchall())
        owed = {title for (title,) in con.execute(_OWED).fetchall()}
    return articles, owed, problems
