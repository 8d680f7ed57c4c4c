"""The forty sources of the month: who they are, how much they write, and when they fall silent or fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.records.config import Feed

if TYPE_CHECKING:
    from random import Random

    from newsledger.records.config import SourceKind

# BelTA and TASS are known to the registry, as the agencies that others credit.
_NAMES: dict[SourceKind, tuple[tuple[str, str], ...]] = {
    "independent": (
        ("Amber Coast", "LTU"),
        ("Bridge and River", "UKR"),
        ("Courier of the Marshes", "BLR"),
        ("Daily Linden", "POL"),
        ("Evening Quay", "LVA"),
        ("Fjord and Field", "EST"),
        ("Grain Market", "MDA"),
        ("Heron Weekly", "BLR"),
        ("Ivy Street", "GEO"),
        ("Juniper", "ARM"),
        ("Kiosk", "RUS"),
        ("Lantern", "KAZ"),
        ("Millstone", "KGZ"),
        ("New Ferry", "AZE"),
    ),
    "state": (
        ("BelTA", "BLR"),
        ("TASS", "RUS"),
        ("Banner of Labour", "BLR"),
        ("Radio Meridian", "RUS"),
        ("Steppe Gazette", "KAZ"),
        ("Voice of the Valley", "UZB"),
        ("Caspian Channel", "AZE"),
        ("People's Field", "TJK"),
    ),
    "international": (
        ("Atlas Review", "GBR"),
        ("Continental Post", "FRA"),
        ("Danube Observer", "AUT"),
        ("East Window", "DEU"),
        ("Harbour Times", "USA"),
        ("Lighthouse Daily", "SWE"),
        ("Oriel", "GBR"),
        ("Tramline", "CZE"),
    ),
    "wire": (("Interfax", "RUS"), ("Reuters", "GBR"), ("BNS", "LTU"), ("PAP", "POL")),
    "institution": (
        ("Assembly Bulletin", "FRA"),
        ("Customs Union Notes", "BLR"),
        ("Election Watchers", "POL"),
        ("Observatory of Borders", "CHE"),
        ("Rivers Commission", "HUN"),
        ("Statistics Today", "LUX"),
    ),
}
_RHYTHM = {"state": 5, "independent": 4, "international": 3, "wire": 6, "institution": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A source: its feed, how much it writes beside the others, the days on which it is silent and those it fails."""

    feed: Feed
    rhythm: int
    silent: frozenset[int] = frozenset()
    failing: frozenset[int] = frozenset()

    def writes(self, day: int) -> bool:
        """Tell whether anything new comes from it on a day, counted from 1."""
        return day not in self.silent and day not in self.failing


def outlets(count: int, days: int, chance: Random) -> tuple[Outlet, ...]:
    """Give so many sources of all kinds; a fifth of them fall silent for days, a tenth fail now and then."""
    queues = [[(kind, *one) for one in names] for kind, names in _NAMES.items()]
    # In turn, so that a few sources are of every kind.
    turns = [queue[turn] for turn in range(max(map(len, queues))) for queue in queues if turn < len(queue)][:count]
    # Somebody must be left who can tell what state media alone tell.
    able = [number for number, (kind, *_) in enumerate(turns) if kind != "state"]
    quiet = chance.sample(able, max(2, 3 * count // 10))
    silent, failing = quiet[: max(1, count // 5)], quiet[max(1, count // 5) :]
    return tuple(
        Outlet(
            feed=_feed(kind, name, country),
            rhythm=_RHYTHM[kind],
            silent=_stretch(days, chance) if number in silent else frozenset(),
            failing=_stretch(days, chance) if number in failing else frozenset(),
        )
        for number, (kind, name, country) in enumerate(turns)
    )


def _feed(kind: SourceKind, name: str, country: str) -> Feed:
    slug = name.lower().replace("'", "").replace(" ", "-")
    return Feed(id=slug, name=name, url=f"https://{slug}.example/feed.xml", kind=kind, country=country)


def _stretch(days: int, chance: Random) -> frozenset[int]:
    length = chance.randint(2, 4)
    first = chance.randint(2, max(2, days - length))
    return frozenset(range(first, min(days, first + length - 1) + 1))
