"""The digest as Markdown and as one HTML file. Both print the same facts; neither adds any."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from newsledger.digest import timewords, words
from newsledger.digest.conflicts import conflict_titles
from newsledger.digest.escape import clip, code, markdown, shell_safe, visible, web_link
from newsledger.digest.health import DISPOSITIONS, GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from newsledger.digest.lines import FigureLine, Line, Passage
    from newsledger.digest.model import Digest, HealthLine
    from newsledger.records.day import SourceName
    from newsledger.records.feeds import Balance, Disposition

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)
# The warning that the list of failed feeds spells out already.
_TOLD = "failing"
# So many outlets are named on a line.
NAMED_SOURCES = 3


def render_markdown(digest: Digest) -> str:
    """Print a digest as Markdown (CommonMark with tables). Article text is escaped; links are http(s) or in-page."""
    page = environment("markdown").get_template("digest.md.j2").render(_context(digest))
    return re.sub(r"\n{3,}", "\n\n", page).strip() + "\n"


def render_html(digest: Digest) -> str:
    """Print a digest as one self-contained HTML file: no script, nothing fetched, all text escaped."""
    page = environment("html").get_template("digest.html.j2").render(_context(digest))
    return re.sub(r"\n\s*\n+", "\n", page).strip() + "\n"


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
        "clip": clip,
        "corrected": words.correction_words,
        "code": code if form == "markdown" else str,
        "counted": words.count_words,
        "dated": words.dated_words,
        "day": timewords.weekday_words,
        "event": lambda line: words.event_words(line.type, line.mode, line.status),
        "figure": lambda line: words.number_words(line.value, line.value_max, line.unit, line.bound),
        "instant": timewords.instant_words,
        "kind": words.kind_words,
        "language": lambda code: code if code and _LANGUAGE.fullmatch(code) else None,
        "link": _link,
        "listed": words.list_words,
        "minute": timewords.minute_words,
        "moment": lambda instant: Markup(instant.strftime("%Y-%m-%d %H:%M:%S")),  # noqa: S704 - digits only
        "outcome": words.outcome_words,
        "quotation": _quotation,
        "sources": _sources,
        "status": words.status_words,
        "text": words.text_words,
        "when": timewords.interval_words,
    }


def _link(url: str | None) -> Markup | None:
    """Give a link that may be clicked, ready to stand in an attribute or in Markdown's brackets."""
    safe = web_link(url)
    return Markup(safe.replace("&", "&amp;")) if safe else None  # noqa: S704 - only URL characters are left


def _quotation(passages: Iterable[Passage], limit: int = 240, between: str = " … ") -> str:
    """Quote passages, each in its marks."""
    return between.join(f"“{clip(passage.text, limit)}”" for passage in passages)


def _sources(sources: tuple[SourceName, ...]) -> str:
    """Name the outlets of a line; state media are always called so."""
    named = [f"{clip(one.name, 60)} (state media)" if one.kind == "state" else clip(one.name, 60) for one in sources]
    more = len(named) - NAMED_SOURCES
    return ", ".join([*named[:NAMED_SOURCES], f"and {more} more"] if more > 0 else named) or "source not known"


def _context(digest: Digest) -> dict[str, Any]:
    """Gather what the templates print, grouped as they print it."""
    numbers = {evidence.passage: evidence.n for evidence in digest.evidence}

    def cited(line: Line) -> tuple[int, ...]:
        return tuple(numbers[passage] for passage in line.passages)

    return {
        "digest": digest,
        "cited": cited,
        "event_groups": _grouped(digest.events.lines, lambda line: _group_of(line.type)),
        "speaker_groups": _grouped(digest.statements.lines, lambda line: line.speaker),
        "article_groups": _grouped(digest.articles.lines, lambda line: line.sources),
        "evidence_groups": _grouped(digest.evidence, lambda one: one.passage.article_id),
        "figure_groups": _figure_groups(digest.figures.lines),
        "health_groups": _health_groups(digest),
        "kinds": _kinds(digest.sources),
        "warned": _warned(digest),
        "book_columns": [words.DISPOSITIONS[name] for name in _columns(digest)],
        "book_rows": [(row, _cells(row, _columns(digest))) for row in (*digest.books.rows, digest.books.total)],
        "feed_names": {line.feed.id: line.feed.name for line in digest.health},
        "example": _example(digest),
    }


def _example(digest: Digest) -> tuple[str, str, int]:
    """Choose a record of this digest to look up: view, article, start. Its id must be harmless in a shell."""
    for view, section in (("v_events", digest.events), ("v_who_said_what", digest.statements)):
        for line in section.lines:
            if shell_safe(line.passages[0].article_id):
                return view, line.passages[0].article_id, line.passages[0].start
    return "v_events", "article", 33


def _kinds(sources: tuple[SourceName, ...]) -> list[tuple[str, int]]:
    """Count the kinds of the outlets, if any is known."""
    kinds = Counter(words.kind_words(source.kind) for source in sources)
    return kinds.most_common() if any(source.kind for source in sources) else []


def _grouped(lines: Iterable[Any], key: Callable[[Any], Any]) -> list[tuple[Any, list[Any]]]:
    return [(group, list(members)) for group, members in groupby(lines, key=key)]


def _group_of(event_type: str) -> str:
    return next(heading for heading, types in words.GROUPS if event_type in types)


def _figure_groups(lines: tuple[FigureLine, ...]) -> list[tuple[str | None, list[FigureLine]]]:
    """Put the figures that disagree under the name of what they disagree on, the others under none."""
    titles = conflict_titles(lines)
    sizes = Counter(line.conflict for line in lines)
    # One that stands alone here disagrees with a figure that is not printed.
    return [
        (titles[conflict], [line for line in lines if line.conflict == conflict])
        for conflict in sorted(titles)
        if sizes[conflict] > 1
    ] + [(None, [line for line in lines if line.conflict is None or sizes[line.conflict] == 1])]


def _health_groups(digest: Digest) -> dict[str, list[Any]]:
    return {group: [line for line in digest.health if line.group == group] for group in GROUPS}


def _warned(digest: Digest) -> list[tuple[HealthLine, list[str]]]:
    """List the feeds that a person should look at, each with the reasons; that one failed is told already."""
    found = ((line, line.state.warnings if line.state else ()) for line in digest.health if line.feed.enabled)
    told = ((line, [one.detail for one in warnings if one.code != _TOLD]) for line, warnings in found)
    return [(line, details) for line, details in told if details]


def _columns(digest: Digest) -> list[Disposition]:
    """Choose the columns of the books: what items were stored, and each fate that befell any."""
    befell = {name for name, _ in digest.books.total.items}
    return [name for name in DISPOSITIONS if name == "stored" or name in befell]


def _cells(row: Balance, columns: Sequence[Disposition]) -> list[int]:
    counts = dict(row.items)
    return [counts.get(name, 0) for name in columns]
