"""What the pages of a digest print, put together as they print it: groups, numbers, anchors, contents."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from itertools import groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from newsledger.digest import storywords, words
from newsledger.digest.charts import trend_chart
from newsledger.digest.escape import shell_safe
from newsledger.digest.health import DISPOSITIONS, GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsledger.digest.lines import Line
    from newsledger.digest.model import Digest, Evidence, HealthLine
    from newsledger.records.day import SourceName
    from newsledger.records.feeds import Balance, Disposition

# The warning that the list of failed feeds spells out already.
_TOLD = "failing"


@dataclass
class Anchors:
    """The anchors of a page, each set once: where its line is first printed. `form` says how one is written."""

    form: str
    printed: set[str] = field(default_factory=set)

    def __call__(self, anchor: str) -> Markup:
        """Write the anchor, or nothing where it stands already."""
        if anchor in self.printed:
            return Markup()
        self.printed.add(anchor)
        return Markup(self.form).format(anchor)  # noqa: S704 - a constant of ours; what is put in gets escaped


def context_of(digest: Digest, form: str) -> dict[str, Any]:
    """Gather what the templates print, grouped as they print it; `form` is how an anchor is written."""
    numbers = {evidence.passage: evidence.n for evidence in digest.evidence}

    def cited(line: Line) -> tuple[int, ...]:
        return tuple(numbers[passage] for passage in line.passages)

    anchors = Anchors(form)
    evidence = [list(group) for _, group in groupby(digest.evidence, key=lambda one: one.passage.article_id)]
    cited_by = {evidence.line for evidence in digest.evidence}
    health = {group: [line for line in digest.health if line.group == group] for group in GROUPS}
    contents, columns = list(_contents(digest)), _columns(digest)
    return {
        "digest": digest,
        "cited": cited,
        "mark": lambda line: anchors(line.anchor),
        "back": lambda line: anchors(line.anchor) if line.anchor in cited_by else Markup(),
        "printed": anchors.printed,
        "contents": contents,
        "sections": [id_ for id_, _, _ in contents],
        "told": {line.anchor for line in (*digest.stories.lines, *digest.brief.lines)},
        "disputed": {line.anchor for line in digest.disputes.lines},
        "charts": [(trend, trend_chart(trend)) for trend in digest.trends],
        "story_anchors": {line.story_id: line.anchor for line in digest.brief.lines}
        | {line.story_id: line.anchor for line in digest.stories.lines},
        "evidence_groups": [group for group in evidence if not _is_headline_alone(group)],
        "headlines": [group[0] for group in evidence if _is_headline_alone(group)],
        "health_groups": health,
        "kinds": _kinds(digest.sources),
        "warned": _warned(digest),
        "book_columns": [words.DISPOSITIONS[name] for name in columns],
        "book_rows": [(row, _cells(row, columns)) for row in (*digest.books.rows, digest.books.total)],
        "feed_names": {line.feed.id: line.feed.name for line in digest.health},
        "weights": [
            (one.name, getattr(digest.weights, one.name), storywords.WEIGHTS[one.name])
            for one in fields(digest.weights)
        ],
        "method": storywords.METHOD,
        "zip": zip,
        "example": _example(digest),
    }


def _contents(digest: Digest) -> Iterator[tuple[str, str, int | str]]:
    """List the sections that the page has, in its order, with how much is in each."""
    d = digest
    told = (
        ("watch", "Watch hits", d.watch.total, d.watch.total),
        ("glance", "At a glance", len(d.glance.lines), d.counts.articles),
        ("stories", "Stories", d.stories.total, d.counts.articles),
        ("brief", "In brief", d.brief.total + d.quiet.total, d.brief.total + d.quiet.total + d.articles.total),
        ("changes", "Changes", d.rises.total or "", d.rises.total + len(d.acts)),
        ("trend", "Cooperation and conflict", len(d.trends), len(d.trends)),
        ("disputes", "Figures that disagree", d.disputes.total, d.disputes.total),
        ("denials", "Denials", d.denials.total, d.denials.total),
        ("calendar", "Dates", d.calendar.total + d.outcomes.total, d.counts.articles + d.outcomes.total),
        ("coverage", "Coverage", len(d.coverage.kinds), d.coverage.section.total),
        ("edits", "Edits found", d.edits.total, d.edits.total),
        ("health", "Sources' health", len(d.health), 1),
        ("books", "The books", "unbalanced" if d.books.unbalanced else "", 1),
        ("issues", "Issues", len(d.issues), 1),
        ("evidence", "Evidence", len(d.evidence), len(d.evidence)),
        ("method", "Method", "", 1),
    )
    return ((id_, name, count) for id_, name, count, is_there in told if is_there)


def _example(digest: Digest) -> tuple[str, str, int]:
    """Choose a record of this digest to look up: view, article, start. Its id must be harmless in a shell."""
    stories = digest.stories.lines
    events = (("v_events", line) for story in stories for line in story.events)
    statements = (("v_who_said_what", line) for story in stories for line in story.statements)
    for view, line in (*events, *statements):
        if shell_safe(line.passages[0].article_id):
            return view, line.passages[0].article_id, line.passages[0].start
    return "v_events", "article", 33


def _kinds(sources: tuple[SourceName, ...]) -> list[tuple[str, int]]:
    """Count the kinds of the outlets, if any is known."""
    kinds = Counter(words.kind_words(source.kind) for source in sources)
    return kinds.most_common() if any(source.kind for source in sources) else []


def _is_headline_alone(group: Sequence[Evidence]) -> bool:
    """Tell whether of an article nothing is cited but its headline."""
    return len(group) == 1 and group[0].passage.is_title


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
