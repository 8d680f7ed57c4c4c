"""What `newsledger search` prints: in a terminal paragraphs with the hits in bold, else a line an article, or JSON."""

from __future__ import annotations

import re
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from flows.console import printable, say
from flows.nearest import folded, nearest
from flows.tables import print_json, print_table
from newsledger.records.errors import InputError
from store.search.searching import known_entities, known_sources, search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from newsledger.records.config import Config
    from store.search.searching import Found, Hit, Wanted
    from store.search.snippets import Place

_COLUMNS = ("date", "source", "title", "snippet", "article_id")
_NEAREST = 3
_GAP = " … "
_SPACE = re.compile(r"\s")


def find(config: Config, wanted: Wanted, *, as_json: bool) -> None:
    """Search, and print what was found; where it is nothing, say why on standard error.

    Raises InputError where nothing could be found: without a word, and of a source or an entity that is not known.
    """
    found = search(config.paths.published, config.paths.search, wanted)
    if not found.hits:
        _require_sense(config, wanted, found)
        say(f"nothing found: {_why(found)}")
    if as_json:
        rows = [asdict(hit) | {"score": round(hit.score, 3)} for hit in found.hits]
        print_json(tuple(rows[0]) if rows else (), [tuple(row.values()) for row in rows])
    elif found.hits and sys.stdout.isatty():
        _draw(config, found)
    elif found.hits:
        print_table(_COLUMNS, [_cells(config, hit) for hit in found.hits])


def _require_sense(config: Config, wanted: Wanted, found: Found) -> None:
    if not found.terms:
        message = "name at least one word that articles should hold"
        raise InputError(message)
    for kind, name, known in (("source", wanted.source, known_sources), ("entity", wanted.entity, known_entities)):
        if name is not None:
            _require_known(kind, name, known(config.paths.published))


def _why(found: Found) -> str:
    if found.unknown:
        verb = "stands" if len(found.unknown) == 1 else "stand"
        return f"{', '.join(found.unknown)} {verb} in none of the {found.indexed:,} articles"
    if not found.matched:
        return f"none of the {found.indexed:,} articles is as asked for; leave a word out"
    return f"{found.matched:,} articles hold these words, but none passes --from, --to, --source and --entity together"


def _require_known(kind: str, name: str, known: Sequence[tuple[str, str]]) -> None:
    """Raise InputError where nobody goes by a name; it tells who goes by a similar one."""
    ids = {one: ident for ident, called in known for one in (ident, called)}
    if folded(name) in map(folded, ids):
        return
    near = dict.fromkeys(ids[one] for one in nearest(name, ids, _NEAREST))
    message = f"no {kind} of an article is called {name!r}" + (f"; near to it: {', '.join(near)}" if near else "")
    raise InputError(message)


def _cells(config: Config, hit: Hit) -> tuple[object, ...]:
    snippet = _GAP.join(" ".join(piece.text.split()) for piece in hit.snippets)
    return hit.dated.astimezone(config.zone).date(), hit.source, hit.title, snippet, hit.article_id


def _draw(config: Config, found: Found) -> None:
    from rich.console import Console  # noqa: PLC0415 - a pipe need not wait for it
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False)
    for no, hit in enumerate(found.hits, 1):
        title = _marked(hit.title or "(no title)", 0, hit.title_hits)
        facts = (str(hit.dated.astimezone(config.zone).date()), hit.source, hit.article_id)
        console.print(Text(f"{no}. ") + title)
        console.print(Padding(Text(printable(" · ".join(filter(None, facts))), style="dim"), (0, 0, 0, 3)))
        for piece in hit.snippets:
            console.print(Padding(_marked(piece.text, piece.start, piece.hits), (0, 0, 0, 3)))
        console.print()
    console.print(Text(f"{len(found.hits)} of {found.passed:,} articles"))


def _marked(text: str, start: int, hits: Sequence[Place]) -> Text:
    """Write a piece of a text that begins at `start`, with the hits in bold, on one line."""
    from rich.text import Text  # noqa: PLC0415 - a pipe need not wait for it

    # One sign for each, so that the places stay what they are.
    marked = Text(_SPACE.sub(" ", printable(text)))
    for first, last in hits:
        marked.stylize("bold yellow", first - start, last - start)
    return marked
