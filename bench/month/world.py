"""Makes the month: the same one for the same numbers, on any machine."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from bench.month.kinds import kinds
from bench.month.noise import faint_news, local_news, watched_news
from bench.month.outlets import outlets
from bench.month.plan import Month, Served
from bench.month.telling import Story
from newsledger.records.config import Watch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bench.month.outlets import Outlet

FIRST_DAY = date(2031, 3, 1)
WATCHED = (
    Watch(name="Embargoes", words=("embargo*",), more_than=1),
    Watch(name="Cholera", words=("cholera",), more_than=1),
)
_WORDS = ("embargo", "cholera")
# Countries that are named in passing until one of them has a guest.
_FAINT = ("Mongolia", "Slovenia", "Portugal")
# A kind comes back with another cast after so many days, when its former story has left the window.
_APART = 10
_FIRST_HOUR, _LAST_HOUR = 4, 20


def make_month(days: int, articles: int, seed: int, sources: int = 40, only: Collection[str] = ()) -> Month:
    """Make so many days of news: the planted stories, of some kinds `only` or of all, and local news besides."""
    chance = Random(seed)  # noqa: S311 - nothing is kept secret
    dates = tuple(FIRST_DAY + timedelta(days=number) for number in range(days))
    who = outlets(sources, days, chance)
    stories = list(_stories(dates, who, chance, only))
    served = [one for story in stories for one in story.served]
    served += _noise(dates, who, max(0, articles - len(served)), chance)
    return Month(
        days=dates,
        outlets=who,
        served=tuple(sorted(served, key=lambda one: (one.at, one.url))),
        plants=tuple(plant for story in stories for plant in story.plants),
    )


def _stories(
    dates: tuple[date, ...], who: tuple[Outlet, ...], chance: Random, only: Collection[str]
) -> Iterator[Story]:
    chosen = [kind for kind in kinds() if not only or kind.name in only]
    for place, kind in enumerate(chosen):
        # Where the days allow it, all that is to be told of its last story is told within them.
        room = len(dates) - kind.length - (len(kind.cast) - 1) * _APART
        first = place % min(_APART, room if room > 0 else max(1, len(dates) - kind.length))
        for number in range(len(kind.cast)):
            begins = (first if kind.first is None or kind.first >= len(dates) else kind.first) + number * _APART
            if begins < len(dates):
                yield Story(kind=kind, number=number, first=begins, days=dates, outlets=who, chance=chance)


def _noise(dates: tuple[date, ...], who: tuple[Outlet, ...], count: int, chance: Random) -> Iterator[Served]:
    """Spread local news over the days; each day some of it names what is watched or a country in passing."""
    for number in range(count):
        day = number % len(dates)
        turn = number // len(dates)
        if turn < len(_FAINT):
            title, text = faint_news(_FAINT[turn], dates[day], chance)
        elif turn == len(_FAINT):
            title, text = watched_news(chance.choice(_WORDS), dates[day], chance)
        else:
            title, text = local_news(dates[day], chance)
        free = [outlet for outlet in who if outlet.writes(day + 1)]
        (outlet,) = chance.choices(free, [one.rhythm for one in free])
        minute = chance.randint(_FIRST_HOUR * 60, _LAST_HOUR * 60)
        at = datetime.combine(dates[day], time(), UTC) + timedelta(minutes=minute)
        yield Served(
            url=f"https://{outlet.feed.id}.example/{dates[day]:%Y/%m/%d}/local-{number}",
            source=outlet.feed.id,
            title=title[:1].upper() + title[1:],
            text=text,
            at=at,
            published=at,
        )
