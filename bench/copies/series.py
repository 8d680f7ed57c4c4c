"""Reports of series: every day the same sentences with other numbers, in the words of each desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_SERIES = {
    "weather": (
        "Weather in {place} on {month} {day}. In the morning {low} degrees are expected, in the afternoon up to "
        "{high} degrees. The wind blows from the {wind} at {speed} metres a second. Air pressure is {pressure} "
        "millimetres. There is a {chance} per cent chance of {what}. The sun rises at {hour}:{minute} and sets at "
        "{late}:{minute2}. Drivers are asked to keep their distance and to switch on their lights in the fog."
    ),
    "rates": (
        "The National Bank has set the official exchange rates for {month} {day}. One US dollar costs {a}.{b} "
        "roubles, {c} kopecks {move} than the day before. One euro costs {d}.{e} roubles. For one hundred Russian "
        "roubles {f}.{g} roubles are paid, for ten yuan {h}.{i} roubles. The basket of currencies {trend} by "
        "0.{j} per cent to {k}.{l} roubles. Since the beginning of the year the dollar has {trend} by {m}.{n} per "
        "cent and the euro by {o}.{p} per cent, the bank said on its website."
    ),
    "losses": (
        "At least {low} people were killed and {high} wounded in {place} over the past day, the regional "
        "administration said on {month} {day}. The {wind}ern districts came under fire {chance} times. {speed} "
        "houses, {c} farms and a school were damaged. Rescuers pulled {a} people out of the rubble. Since the "
        "beginning of the war {pressure} residents of the region have died, the administration said. The information "
        "could not be confirmed by independent sources."
    ),
    "border": (
        "As of {hour}:00 on {month} {day}, {pressure} lorries are waiting to leave the country at the border with "
        "{place}, the State Border Committee said. {chance} of them stand before the first crossing, {high} before the "
        "second, {speed} before the third. Over the past day the neighbours let through {low} lorries, which is "
        "{c} per cent of the norm. {f} cars and {h} buses are waiting too."
    ),
}
_PLACES = ("Minsk", "Brest", "Gomel", "Vitebsk", "Kherson", "Kharkiv", "Lviv", "Vilnius", "Riga", "Poland", "Latvia")
_MONTHS = ("January", "February", "April", "June", "August", "October", "December")
_NUMBERS = {
    "low": (2, 14), "high": (15, 39), "speed": (2, 19), "pressure": (620, 990), "chance": (10, 95), "hour": (4, 9),
    "late": (16, 22), "minute": (10, 59), "minute2": (10, 59), "day": (1, 28), "k": (5, 99), "m": (2, 30), "o": (2, 30),
}  # fmt: skip


def reports(rng: Random, days: int) -> Iterator[tuple[str, str]]:
    """Give each report with its series."""
    for name, form in _SERIES.items():
        for _ in range(days):
            numbers = {letter: rng.randint(2, 99) for letter in "abcdefghijlnp"}
            numbers |= {key: rng.randint(*bounds) for key, bounds in _NUMBERS.items()}
            words = {
                "place": rng.choice(_PLACES),
                "month": rng.choice(_MONTHS),
                "wind": rng.choice(("north", "south", "west", "east")),
                "what": rng.choice(("rain", "snow", "sleet", "fog")),
                "move": rng.choice(("more", "less")),
                "trend": rng.choice(("risen", "fallen")),
            }
            yield name, form.format(**numbers, **words)
