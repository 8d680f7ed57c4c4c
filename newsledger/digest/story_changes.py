"""What changed in a story since its earlier articles: plans that came true, other numbers, denials, confirmations."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from newsledger.digest.figures import each_figure, figure_lines
from newsledger.digest.lines import ChangeLine
from newsledger.digest.novelty import event_keys
from newsledger.digest.quantities import changed
from newsledger.digest.reading import anchor_of, words_of
from newsledger.digest.words import number_words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from newsledger.digest.lines import FigureLine, Passage
    from newsledger.digest.ranking import Ranked
    from newsledger.digest.reading import Reading
    from newsledger.records.extraction import Event, Extraction

AHEAD = frozenset(("planned", "possible", "conditional"))
DONE = frozenset(("occurred", "ongoing"))
# Two clauses without a day tell one deed if they share so much of their words.
SHARED = 1 / 3
# What changed comes in this order.
KINDS = ("denied", "status", "figure", "confirmed", "edited")


def change_lines(
    reading: Reading, story: Ranked, new: Sequence[Extraction], before: Sequence[Extraction]
) -> list[ChangeLine]:
    """Give what changed in a story: `new` are its articles of the day without what was told, `before` earlier ones."""
    lines = [
        *_statuses(reading, new, before),
        *_figures(reading, new, before),
        *_confirmed(reading, story, before),
        *_edited(reading, story),
    ]
    distinct = {line.anchor: line for line in reversed(lines)}
    return sorted(distinct.values(), key=lambda line: (KINDS.index(line.kind), line.after.citation, line.anchor))


def _statuses(reading: Reading, new: Sequence[Extraction], before: Sequence[Extraction]) -> Iterator[ChangeLine]:
    """Pair what was planned and is done or called off, or was told as done and is denied."""
    former = [(extraction, event) for extraction in before for event in extraction.events if _sides(event)]
    seen = set["Hashable"]()
    for extraction in new:
        for event in extraction.events:
            deeds = ((one, deed) for one, deed in reversed(former) if _turn(deed, event) and _is_one_deed(deed, event))
            earlier = next(deeds, None)
            key = (event.type, _sides(event), event.status)
            if earlier and key not in seen:
                seen.add(key)
                yield _status_line(reading, earlier, (extraction, event))


def _turn(former: Event, event: Event) -> Literal["denied", "status"] | None:
    """Name the turn that a deed took between two tellings, if it took any."""
    if former.status in DONE and event.status == "denied":
        return "denied"
    if former.status in AHEAD and (event.status in DONE or event.status == "denied"):
        return "status"
    return None


def _sides(event: Event) -> frozenset[str]:
    return frozenset((*event.actors, *event.recipients))


def _is_one_deed(one: Event, other: Event) -> bool:
    """One deed has one type, the same sides, and days in common; where a day is not known, words in common."""
    if one.type != other.type or _sides(one) != _sides(other):
        return False
    if one.date_start is None or other.date_start is None:
        words, others = set(words_of(one.text).split()), set(words_of(other.text).split())
        return len(words & others) >= SHARED * len(words | others)
    first, last = one.date_end or one.date_start, other.date_end or other.date_start
    return one.date_start <= last and other.date_start <= first


def _status_line(reading: Reading, former: tuple[Extraction, Event], now: tuple[Extraction, Event]) -> ChangeLine:
    before, after = reading.cite(*former), reading.cite(*now)
    kind = _turn(former[1], now[1]) or "status"
    return ChangeLine(
        anchor=anchor_of("c", kind, after.article_id, after.start, after.end),
        passages=(before, after),
        sources=reading.sources_of(now[0]),
        weight=1.0,
        kind=kind,
        before=before,
        after=after,
        before_words=former[1].status,
        after_words=now[1].status,
    )


def _figures(reading: Reading, new: Sequence[Extraction], before: Sequence[Extraction]) -> Iterator[ChangeLine]:
    earlier = sorted(before, key=lambda one: reading.rows[one.article.article_id].told_at)
    for one, other in changed(list(each_figure(reading, earlier)), figure_lines(reading, new)):
        yield ChangeLine(
            anchor=anchor_of("c", "figure", other.anchor),
            passages=(one.printed, other.printed),
            sources=other.sources,
            weight=1.0,
            kind="figure",
            before=one.printed,
            after=other.printed,
            before_words=_number(one),
            after_words=_number(other),
        )


def _number(line: FigureLine) -> str:
    return number_words(line.value, line.value_max, line.unit, line.bound)


def _confirmed(reading: Reading, story: Ranked, before: Sequence[Extraction]) -> Iterator[ChangeLine]:
    """Tell that a second origin tells what one alone told: the same deed if there is one, else the story."""
    if not story.row.is_confirmed:
        return
    known = {reading.rows[one.article.article_id].origin for one in before}
    deeds = {key: (one, event) for one in before for event in one.events for key in event_keys(event)}
    first: ChangeLine | None = None
    for row in sorted(story.articles, key=lambda one: (one.told_at, one.article_id)):
        extraction = reading.by_article.get(row.article_id)
        if extraction is None or row.copy_of is not None or row.origin in known:
            continue
        same = ((deeds.get(key), event) for event in extraction.events for key in event_keys(event))
        former, event = next(((deed, event) for deed, event in same if deed), (None, None))
        if former and event:
            yield _confirmed_line(reading, extraction, reading.cite(*former), reading.cite(extraction, event))
            return
        title = reading.title(row.article_id)
        if first is None and title:
            first = _confirmed_line(reading, extraction, None, title)
    if first is not None:
        yield first


def _confirmed_line(reading: Reading, extraction: Extraction, before: Passage | None, after: Passage) -> ChangeLine:
    return ChangeLine(
        anchor=anchor_of("c", "confirmed", after.article_id, after.start, after.end),
        passages=(before, after) if before else (after,),
        sources=reading.sources_of(extraction),
        weight=1.0,
        kind="confirmed",
        before=before,
        after=after,
    )


def _edited(reading: Reading, story: Ranked) -> Iterator[ChangeLine]:
    """Point at the articles that were edited; what was changed in them is told where the day's edits are."""
    edits = Counter(edit.article_id for edit in reading.view.edits)
    for row in story.articles:
        title = reading.title(row.article_id)
        if edits[row.article_id] and title:
            source = reading.source(row.source)
            yield ChangeLine(
                anchor=anchor_of("c", "edited", row.article_id),
                passages=(title,),
                sources=(source,) if source else (),
                weight=1.0,
                more=edits[row.article_id] - 1,
                kind="edited",
                before=None,
                after=title,
            )
