"""The `watch` command, and whether the watch list of the configuration names what is known."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.options import EXAMPLES, ConfigOption, JsonOption, configured, day_option, read_days, today
from newsledger.records.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from newsledger.extract.registry import Entry
    from newsledger.records.config import Config
    from newsledger.records.day import Spot, TextRow, WatchRow

    # The day, what it has of a watch, and the sentences of the spots.
    _Found = tuple[date, WatchRow, tuple[str, ...]]

watching = typer.Typer(rich_markup_mode=None)
_MOST_DAYS = 366
_FOUND = ("day", "watch", "found", "counted", "more than", "is hit")
_QUOTED = ("day", "watch", "source", "quote", "article")
# A sentence longer than this is cut around what hit the watch.
_CONTEXT = 100


@watching.command(
    epilog=EXAMPLES
    + "watch\n  newsledger watch --day 2022-12-20\n  newsledger watch --days 7 --json | jq '.[] | select(.is_hit)'"
)
def watch(
    *,
    day: Annotated[str | None, day_option("--day", "Else the newest day with articles.")] = None,
    days: Annotated[int, typer.Option(min=1, max=_MOST_DAYS, help="So many days that end with it.")] = 1,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what a day has of the watch list in config.yaml, hits first, and quote them.

    A watch is hit where more is found than its `more_than`. What is found are the events, or articles, for which all
    that the watch names holds. Copies of one text count once, and so do an article's events of one type between the
    same sides. Each origin is quoted once, five of them at most.
    """
    settings, (wanted, _) = configured(config), read_days(day=day, until=None)

    from flows.console import say  # noqa: PLC0415
    from flows.digests import newest_day  # noqa: PLC0415

    if not settings.watch:
        say("nothing is watched; list under `watch` in the configuration what the digest should lead with")
    require_watched(settings, lambda: _entries(settings))
    last = wanted or newest_day(settings, today(settings)) or today(settings)
    found = [one for back in range(days) for one in _read(settings, last - timedelta(days=back))]
    if as_json:
        listed = [_as_json(*one) for one in found]
        sys.stdout.write("[" + ",\n ".join(json.dumps(row, ensure_ascii=False) for row in listed) + "]\n")
    elif settings.watch:
        _print(found)
        if not any(row.is_hit for _, row, _ in found):
            below = len({row.name for _, row, _ in found if row.count})
            span = f"{found[-1][0]} to {last}" if days > 1 else str(last)
            told = f"{below} of {len(settings.watch)} found something below the threshold"
            say(f"{span}: nothing on the watch list is hit; {told}")


def require_watched(config: Config, entries: Callable[[], Mapping[str, Entry]]) -> None:
    """Raise ConfigError where a watch names an entity, or a side of a dyad, that nobody knows.

    Known is what is stored and what the registry holds; `entries` gives that, and is called only where it has to be.
    """
    wanted = {entity for one in config.watch for entity in one.entities}
    sides = {side for one in config.watch for pair in one.dyads for side in pair}
    # Without a published copy, or with one that has yet to be made anew, the registry alone tells who is known.
    with suppress(StoreError):
        from store import watchable  # noqa: PLC0415

        stored, stored_sides = watchable(config.paths.published)
        wanted, sides = wanted - stored, sides - stored_sides
    if not wanted and not sides:
        return

    from flows.decisions import require_entities  # noqa: PLC0415
    from flows.typed_yaml import proposal  # noqa: PLC0415

    known = entries()
    require_entities("watch.entities", wanted, known)
    known_sides = {one.country for one in known.values()} | {one.id for one in known.values() if one.type == "BLOC"}
    if unknown := sorted(sides - known_sides):
        near = proposal(unknown[0], {side for side in known_sides if side})
        message = f"watch.dyads: there is no country or bloc {unknown[0]!r}{near}"
        raise ConfigError(message)


def _entries(config: Config) -> Mapping[str, Entry]:
    from flows.decisions import lexicon_of  # noqa: PLC0415 - takes a while

    return lexicon_of(config)().entries


def _read(config: Config, day: date) -> Iterator[_Found]:
    from store import read_hits  # noqa: PLC0415

    rows, texts = read_hits(config.paths.published, day, config.zone, config.watch)
    by_key = {(text.article_id, text.revision): text for text in texts}
    for row in rows:
        yield day, row, tuple(_quoted(spot, by_key[spot.article_id, spot.revision]) for spot in row.spots)


def _print(found: Sequence[_Found]) -> None:
    """Print what was found, hits first, then the quotes of the hits; of several days what found nothing is left out."""
    from flows.tables import print_table  # noqa: PLC0415

    shown = [(day, row) for day, row, _ in found if row.count or day == found[0][0] == found[-1][0]]
    shown.sort(key=lambda one: (not one[1].is_hit, not one[1].count))
    print_table(
        _FOUND,
        [(day, row.name, row.count, row.counted, row.more_than, "yes" if row.is_hit else "no") for day, row in shown],
    )
    quotes = [
        (day, row.name, spot.source, quote, f"{spot.article_id}:{spot.start}-{spot.end}")
        for day, row, quotes in found
        if row.is_hit
        for spot, quote in zip(row.spots, quotes, strict=True)
    ]
    if quotes:
        sys.stdout.write("\n")
        print_table(_QUOTED, quotes)


def _quoted(spot: Spot, text: TextRow) -> str:
    """Give the sentence of a spot, or the headline that it stands in, cut to a readable length."""
    whole = text.title or "" if spot.is_title else text.text
    start, end = (0, len(whole)) if spot.is_title else text.sentence(spot.start, spot.end)
    before, after = whole[start : spot.start], whole[spot.end : end]
    if len(before) > _CONTEXT:
        before = "… " + before[-_CONTEXT:].partition(" ")[2]
    if len(after) > _CONTEXT:
        after = after[:_CONTEXT].rpartition(" ")[0] + " …"
    return " ".join(f"{before}{spot.text}{after}".split())


def _as_json(day: date, row: WatchRow, quotes: Sequence[str]) -> dict[str, Any]:
    return {
        "day": day.isoformat(),
        "watch": row.name,
        "found": row.count,
        "counted": row.counted,
        "more_than": row.more_than,
        "is_hit": row.is_hit,
        "articles": list(row.articles),
        "spots": [
            {
                "article_id": spot.article_id,
                "revision": spot.revision,
                "source": spot.source,
                "told_at": spot.told_at and spot.told_at.isoformat(),
                "is_title": spot.is_title,
                "char_start": spot.start,
                "char_end": spot.end,
                "text": spot.text,
                "sentence": quote,
            }
            for spot, quote in zip(row.spots, quotes, strict=True)
        ],
    }
