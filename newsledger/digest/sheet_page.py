"""Articles with their records as one HTML page that needs nothing else: no network, and for reading no script."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from newsledger.digest.escape import clip
from newsledger.digest.marking import cut
from newsledger.digest.render import environment
from newsledger.digest.sheet import sheet_of
from newsledger.records.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsledger.digest.sheet import Sheet
    from newsledger.records.extraction import Extraction

# What a reader can show and hide: kind, label, and the marks that it is known by.
_KINDS = (
    ("statement", "Statements", "statement-content statement-cue"),
    ("event", "Events", "event-record event-trigger"),
    ("figure", "Figures", "figure-record"),
    ("time", "Times", "time-record"),
    ("topic", "Topics", "topic-word"),
    ("citation", "Sources cited", "citation-record"),
    ("entity", "Names", "entity-mention"),
)
_LONGEST_HEADING = 140


def render_sheets(extractions: Iterable[Extraction]) -> Iterator[str]:
    """Print articles one after the other, each as soon as it comes; the pieces, a line each or more, make one page.

    An InputError of the articles is passed on when the page is complete.
    """
    return _page(map(sheet_of, extractions))


def render_sheet(sheet: Sheet, record: str | None = None) -> Iterator[str]:
    """Print one article in the same way; the record with the given id, if any, is shown as if it had been picked."""
    return _page([sheet], record)


def _page(sheets: Iterable[Sheet], record: str | None = None) -> Iterator[str]:
    script, headings, failure = _script(), list[str](), None
    yield _printed("head", kinds=_KINDS, script_digest=_digest(script))
    try:
        for number, sheet in enumerate(sheets, 1):
            headings.append(_heading(sheet, number))
            pieces = cut(sheet)
            first = {link.row: piece.number for piece in reversed(pieces) for link in piece.links}
            given = {"n": number, "heading": headings[-1], "sheet": sheet, "pieces": pieces, "first": first}
            yield _printed("article", **given, record=record)
    except InputError as error:
        failure = error
    yield _printed("foot", headings=headings, script=script)
    if failure:
        raise failure


def _heading(sheet: Sheet, number: int) -> str:
    return clip(sheet.title or "", _LONGEST_HEADING) or f"Article {number}"


def _printed(name: str, **values: object) -> str:
    return environment("html").get_template(f"sheet/{name}.html.j2").render(values)


@cache
def _script() -> Markup:
    """Read the page's own script; it holds nothing of the articles."""
    script = files("newsledger.digest") / "templates" / "sheet" / "sheet.js"
    return Markup(script.read_text(encoding="utf-8"))  # noqa: S704 - our own


def _digest(script: Markup) -> Markup:
    """Name the one script that the page lets run, as a content security policy does."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return Markup(f"sha256-{digest}")  # noqa: S704 - letters, digits, and a few signs
