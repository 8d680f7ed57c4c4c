"""The digest as Markdown and as one HTML file. Both print the same facts; neither adds any."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from newsledger.digest import charts, storywords, timewords, words
from newsledger.digest.escape import clip, code, fenced, listing, markdown, visible, web_link
from newsledger.digest.page import context_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from newsledger.digest.lines import Passage
    from newsledger.digest.model import Digest
    from newsledger.records.day import SourceName

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)
_MARKS = re.compile('["“”„«»]')
_DOUBLE, _SINGLE = ("\u201c", "\u201d"), ("\u2018", "\u2019")
# So many outlets are named on a line.
NAMED_SOURCES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a day's page lies in a site: in its folder `days`, between those of the days before and after."""

    before: date | None
    after: date | None


def render_markdown(digest: Digest) -> str:
    """Print a digest as Markdown (CommonMark with tables). Article text is escaped; links are http(s) or in-page.

    A story told on a day before links to the file of that day beside this one.
    """
    page = environment("markdown").get_template("digest.md.j2").render(context_of(digest, '<a id="{}"></a>'))
    return re.sub(r"\n{3,}", "\n\n", page).strip() + "\n"


def render_html(digest: Digest, place: Place | None = None) -> str:
    """Print a digest as one self-contained HTML file: no script, nothing fetched, all text escaped.

    A story told on a day before links to the file of that day beside this one; with a place the page links to the
    other pages of its site, too.
    """
    page = environment("html").get_template("digest.html.j2").render(context_of(digest, ' id="{}"'), place=place)
    return re.sub(r"\n[ \t]*(?:\n[ \t]*)+", "\n", page).strip() + "\n"


@cache
def environment(form: str) -> Environment:
    """Set the templates up so that whatever they print is escaped unless it is marked safe."""
    escape: Callable[[str], str] = markdown if form == "markdown" else visible

    def finalize(value: object) -> object:
        return value if isinstance(value, Markup) or not isinstance(value, str) else escape(value)

    environment = Environment(
        loader=PackageLoader("newsledger.digest"),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= _filters(form)
    return environment


def _filters(form: str) -> dict[str, Callable[..., Any]]:
    return {
        "act": storywords.act_words,
        "cell": storywords.cell_words,
        "change": storywords.change_words,
        "clip": clip,
        "corrected": words.correction_words,
        "code": code if form == "markdown" else str,
        "counted": words.count_words,
        "date": timewords.day_words,
        "dated": words.dated_words,
        "day": timewords.weekday_words,
        "day_month": timewords.day_month_words,
        "denial": storywords.denial_words,
        "edit": storywords.edit_words,
        "event": lambda line: words.event_words(line.type, line.mode, line.status),
        "fate": storywords.fate_words,
        "figure": lambda line: words.number_words(line.value, line.value_max, line.unit, line.bound),
        "growth": storywords.growth_words,
        "holds": storywords.holds_words,
        "independent": storywords.sources_words,
        "instant": timewords.instant_words,
        "kind": words.kind_words,
        "lag": storywords.lag_words,
        "language": lambda code: code if code and _LANGUAGE.fullmatch(code) else None,
        "left": storywords.left_words,
        "light": storywords.light_words,
        "link": _link,
        "listed": words.list_words,
        "listing": fenced if form == "markdown" else _preformatted,
        "mean": storywords.mean_words,
        "minute": timewords.minute_words,
        "moment": lambda instant: Markup(instant.strftime("%Y-%m-%d %H:%M:%S")),  # noqa: S704 - digits only
        "outcome": words.outcome_words,
        "pair": storywords.pair_words,
        "quotation": _quotation,
        "quoted": _quoted,
        "rise": storywords.rise_words,
        "section": storywords.section_words,
        "some": _some,
        "sources": _sources,
        "signed": charts.signed,
        "sparkline": charts.sparkline,
        "status": words.status_words,
        "text": words.text_words,
        "type": storywords.type_words,
        "when": timewords.interval_words,
    }


def _preformatted(text: str) -> Markup:
    """Escape a listing for the inside of an element, where quotation marks may stand as they are."""
    return Markup(html.escape(listing(text), quote=False))  # noqa: S704 - escaped just here


def _link(url: str | None) -> Markup | None:
    """Give a link that may be clicked, ready to stand in an attribute or in Markdown's brackets."""
    safe = web_link(url)
    return Markup(safe.replace("&", "&amp;")) if safe else None  # noqa: S704 - only URL characters are left


def _quotation(passages: Iterable[Passage], limit: int = 240, between: str = " … ") -> str:
    """Quote passages, each in its marks: single ones around words that hold double ones."""
    return between.join(_quoted(passage.text, limit) for passage in passages)


def _quoted(text: str, limit: int) -> str:
    words = clip(text, limit)
    opening, closing = _SINGLE if _MARKS.search(words) else _DOUBLE
    return f"{opening}{words}{closing}"


def _sources(sources: tuple[SourceName, ...], limit: int = NAMED_SOURCES) -> str:
    """Name the outlets of a line; state media are always called so."""
    return _some([f"{clip(one.name, 60)} (state media)" if one.kind == "state" else one.name for one in sources], limit)


def _some(names: Iterable[str], limit: int = NAMED_SOURCES) -> str:
    """Name the first few, each cut to a readable length, and count the others."""
    named = [clip(name, 80) for name in names]
    more = len(named) - limit
    return ", ".join(named[:limit]) + (f" and {more} more" if more > 0 else "") or "source not known"
