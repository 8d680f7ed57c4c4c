"""What pages and feeds that list several days print of each: taken from a digest, or from the JSON of one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from newsledger.digest.jsonform import FORMAT, json_of

if TYPE_CHECKING:
    from newsledger.digest.model import Digest, Light
    from newsledger.records.day import StoryState


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryHead:
    """The heading of a story on a day; `anchor` is where the day's page tells it."""

    story_id: str
    anchor: str
    headline: str
    state: StoryState
    independent: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GlanceHead:
    """A line of the day's glance: what it quotes, and the names of the outlets that say so."""

    quotes: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayHead:
    """A day: how much it tells, its stories in the order of the digest, its glance; `updated` is the data's cut-off."""

    dossier: str | None
    day: date
    updated: datetime
    articles: int
    light: Light
    stories: tuple[StoryHead, ...]
    glance: tuple[GlanceHead, ...]
    lines: int
    refused: int


def head_of(digest: Digest) -> DayHead:
    """Give the head of a digest."""
    return _head(json_of(digest))


def head_from_json(text: str) -> DayHead | None:
    """Read the head out of a digest's JSON; None where it is none, or one of another format."""
    try:
        found = json.loads(text)
        return _head(found) if found["format"] == FORMAT else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _head(found: dict[str, Any]) -> DayHead:
    return DayHead(
        dossier=found["dossier"],
        day=date.fromisoformat(found["day"]),
        updated=_moment(found["cut_off"] or found["end"]),
        articles=found["counts"]["articles"],
        light=found["light"],
        stories=tuple(_story(line) for line in (*found["stories"]["lines"], *found["brief"]["lines"])),
        glance=tuple(
            GlanceHead(
                quotes=tuple(quote["text"] for quote in line["quotes"]),
                sources=tuple(source["name"] for source in line["sources"]),
            )
            for line in found["glance"]["lines"]
        ),
        lines=found["verification"]["lines"],
        refused=len(found["verification"]["refused"]),
    )


def _story(line: dict[str, Any]) -> StoryHead:
    return StoryHead(
        story_id=line["story_id"],
        anchor=line["anchor"],
        headline=line["headline"]["text"] if line["headline"] else "",
        state=line["state"],
        independent=line["independent"],
        articles=line["articles"],
    )


def _moment(written: str) -> datetime:
    return datetime.strptime(written, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
