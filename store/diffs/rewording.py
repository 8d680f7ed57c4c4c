"""What a revision changed in what is said: the log of silent edits at the level of records. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from store.diffs.contents import normal
from store.diffs.facts import differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.records.extraction import Event, Extraction, Figure, Statement
    from newsledger.records.run import RecordType
    from store.diffs.contents import Fact
    from store.diffs.facts import Difference

RewordingKind = Literal[
    "quote_removed",
    "quote_added",
    "quote_changed",
    "figure_removed",
    "figure_added",
    "figure_changed",
    "event_removed",
    "event_added",
    "status_changed",
    "attribution_weakened",
    "attribution_changed",
]
_NAMES: dict[str, str] = {"statement": "quote", "event": "event", "figure": "figure"}
# What makes a quote, a figure, a deed another one. Whatever else differs of it may be the extractor's second thought.
_QUOTE = frozenset({"kind", "content"})
_SPEAKING = frozenset({"speaker", "verb", "via"})
_FIGURE = frozenset({"value", "value_max", "unit", "bound", "change"})
_DEED = frozenset({"type", "actors", "recipients"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording:
    """One change: a record as it was and as it is; one of them is null where it was removed or added."""

    kind: RewordingKind
    record_type: RecordType
    before: Fact | None
    after: Fact | None
    lines: tuple[str | None, str | None]


def rewordings(before: Extraction, after: Extraction) -> tuple[Rewording, ...]:
    """List what a revision changed in statements, figures and events, in the order of the text within each type.

    A record whose sentences stand in both revisions word for word was not edited, however it is read. Two readings by
    different versions of the extractor can't be told from edits, nor can the text of a page that takes the place of the
    feed's: both give nothing.
    """
    if before.extractor != after.extractor or before.article.text_from != after.article.text_from:
        return ()
    named = _named(before), _named(after)
    old, new = _Passages(before), _Passages(after)
    return tuple(
        rewording
        for difference in differences(before, after).found
        if difference.fact.type in _NAMES and not (old.kept(difference.before, new) and new.kept(difference.after, old))
        for rewording in _rewordings(difference, named)
    )


class _Passages:
    """An article's text for telling whether the sentences of a record stand in another one, too."""

    def __init__(self, extraction: Extraction) -> None:
        self._text = extraction.article.text
        self._sentences = extraction.sentences
        self._normal = normal(self._text)

    def kept(self, fact: Fact | None, other: _Passages) -> bool:
        """Tell whether the sentences that a record touches stand in the other text; so does one that is not there."""
        span = fact and fact.span
        if span is None:
            return True
        touched = [pair for pair in self._sentences if pair[0] < span.end and span.start < pair[1]]
        start, end = min((span.start, *(pair[0] for pair in touched))), max((span.end, *(pair[1] for pair in touched)))
        return normal(self._text[start:end]) in other._normal


def _rewordings(difference: Difference, named: tuple[frozenset[str], frozenset[str]]) -> Iterator[Rewording]:
    lines = difference.lines
    for kind in _kinds(difference, named):
        is_gone, is_new = kind.endswith("_removed"), kind.endswith("_added")
        yield Rewording(
            kind=kind,
            record_type=difference.fact.type,
            before=None if is_new else difference.before,
            after=None if is_gone else difference.after,
            lines=(None if is_new else lines[0], None if is_gone else lines[1]),
        )


def _kinds(difference: Difference, named: tuple[frozenset[str], frozenset[str]]) -> Iterator[RewordingKind]:
    name, fields = _NAMES[difference.fact.type], frozenset(difference.fields)
    if not difference.after or (name == "event" and fields & _DEED):
        yield cast("RewordingKind", f"{name}_removed")
    if not difference.before or (name == "event" and fields & _DEED):
        yield cast("RewordingKind", f"{name}_added")
    if not difference.before or not difference.after or fields & _DEED:
        return
    if name == "quote" and fields & _QUOTE:
        yield "quote_changed"
    if name == "figure" and fields & _FIGURE:
        yield "figure_changed"
    if "status" in fields:
        yield "status_changed"
    if fields & (_SPEAKING if name == "quote" else {"attributed_to"}):
        yield _attribution(difference.before, difference.after, named)


def _attribution(before: Fact, after: Fact, named: tuple[frozenset[str], frozenset[str]]) -> RewordingKind:
    """Tell whether a source that had a name has none now; what the article itself tells has no source."""
    old, new = _source(before), _source(after)
    is_unnamed = new not in named[1] if new else after.type == "statement"
    return "attribution_weakened" if old in named[0] and is_unnamed else "attribution_changed"


def _source(fact: Fact) -> str | None:
    if fact.type == "statement":
        return cast("Statement", fact.record).speaker
    return cast("Event | Figure", fact.record).attributed_to


def _named(extraction: Extraction) -> frozenset[str]:
    """Give the ids of those whom the article calls by a name."""
    return frozenset(
        entity.id
        for entity in extraction.entities
        if any(mention.kind in ("name", "metonym") for mention in entity.mentions)
    )
