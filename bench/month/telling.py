"""A planted story: its articles day by day, and what the digest must say of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bench.month.copying import copied
from bench.month.plan import QUIET_DAYS, Plant, Served

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from bench.month.kinds import Chapter, Edit, Expect, Kind, Telling
    from bench.month.outlets import Outlet

_FIRST_HOUR, _LAST_HOUR = 4, 20
_EDITED_AT = time(9, 30)
_HORIZON = 8
_LEAST_MORE = 2
_OUTLETS = 20  # of so many sources a chapter's copies are counted; where there are more, more copy
_AGENCIES = {"belta": "BelTA", "tass": "TASS", "interfax": "Interfax", "reuters": "Reuters", "bns": "BNS", "pap": "PAP"}


@dataclass(slots=True, kw_only=True)
class Story:
    """A story of a kind with one of its casts, as it is told from a day of the month on, counted from 0."""

    kind: Kind
    number: int
    first: int
    days: Sequence[date]
    outlets: Sequence[Outlet]
    chance: Random
    served: list[Served] = field(default_factory=list)
    plants: list[Plant] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for chapter in self.kind.chapters:
            if self.first + chapter.day < len(self.days):
                self._tell(chapter)
        self._plant_states()

    @property
    def name(self) -> str:
        """The name under which the report speaks of it."""
        return f"{self.kind.name}-{self.number}"

    def _background(self, day: int) -> str:
        """Write a paragraph of what is known besides, which no other article of the story has."""
        free = [sentence for sentence in self.kind.more if sentence not in self.used]
        count = max(_LEAST_MORE, len(self.kind.more) // sum(len(chapter.tellings) for chapter in self.kind.chapters))
        chosen = self.chance.sample(free, min(len(free), count))
        self.used.update(chosen)
        return " ".join(filled[:1].upper() + filled[1:] for one in chosen for filled in (self._filled(one, day),))

    def _tell(self, chapter: Chapter) -> None:
        day = self.first + chapter.day
        originals = [self._original(telling, chapter, day) for telling in chapter.tellings]
        edited = self._edited(chapter.edit, originals[0], day) if chapter.edit else None
        self.served += self._copies(chapter, originals or [one for one in self.served if not one.copy_of], day)
        if edited:
            self.served.append(edited)
        for expect in chapter.expect:
            self._plant(expect, day, edited)

    def _original(self, telling: Telling, chapter: Chapter, day: int) -> Served:
        hour = self.chance.randint(_FIRST_HOUR * 60, (_FIRST_HOUR + 5) * 60)
        outlet = self._outlet(day, original=True, until=day + chapter.edit.after if chapter.edit else day)
        title, text = (self._filled(one, day) for one in (telling.title, telling.text.strip()))
        text = f"{text}\n\n{self._background(day)}".strip()
        return self._served(outlet, day, hour, title[:1].upper() + title[1:], text)

    def _copies(self, chapter: Chapter, originals: Sequence[Served], day: int) -> list[Served]:
        made: list[Served] = []
        for _ in range(round(chapter.copies * len(self.outlets) / _OUTLETS)):
            model = self.chance.choice(originals)
            outlet = self._outlet(day, taken={one.source for one in made})
            if outlet is None:
                break
            title, text = copied(model.title, model.text, self.chance)
            agency = _AGENCIES.get(model.source)
            if agency and self.chance.random() < 0.5:  # noqa: PLR2004 - every other one says whose text it is
                text = f"{self.days[day]:%B} {self.days[day].day} ({agency}). {text}"
            after = model.at if model.at.date() == self.days[day] else None
            hour = after.hour * 60 + after.minute + 5 if after else _FIRST_HOUR * 60
            minute = self.chance.randint(hour, _LAST_HOUR * 60)
            made.append(self._served(outlet, day, minute, title, text, model))
        return made

    def _edited(self, edit: Edit, original: Served, day: int) -> Served | None:
        if day + edit.after >= len(self.days):
            return None
        at = datetime.combine(self.days[day + edit.after], _EDITED_AT, UTC)
        text = original.text
        if edit.find and edit.put:
            text = text.replace(self._filled(edit.find, day), self._filled(edit.put, day))
        title = self._filled(edit.title, day) if edit.title else original.title
        return replace(original, title=title, text=text, at=at, modified=at)

    def _outlet(
        self, day: int, *, original: bool = False, until: int | None = None, taken: set[str] | None = None
    ) -> Outlet | None:
        """Choose who writes: nobody who is silent, or has told the story on that day already."""
        told = {one.source for one in self.served if one.at.date() == self.days[day]} | (taken or set())
        before = {one.origin for one in self.served} if original else set()
        free = [
            outlet
            for outlet in self.outlets
            if all(outlet.writes(at + 1) for at in range(day, (until or day) + 1))
            and outlet.feed.id not in told
            and (not self.kind.only or outlet.feed.kind == self.kind.only)
            and (self.kind.only or not original or outlet.feed.kind in ("independent", "international", "wire"))
            # What an agency prints is its own.
            and (original or outlet.feed.id not in _AGENCIES)
        ]
        # Another outlet each time, as long as there is one.
        free = [outlet for outlet in free if outlet.feed.id not in before] or free
        return self.chance.choices(free, [outlet.rhythm for outlet in free])[0] if free else None

    def _served(  # noqa: PLR0913, PLR0917 - where, when and what
        self, outlet: Outlet | None, day: int, minute: int, title: str, text: str, model: Served | None = None
    ) -> Served:
        if outlet is None:
            message = f"{self.name} finds nobody to tell it on day {day + 1}"
            raise ValueError(message)
        at = datetime.combine(self.days[day], time(), UTC) + timedelta(minutes=minute)
        served = Served(
            url=f"https://{outlet.feed.id}.example/{self.days[day]:%Y/%m/%d}/{self.name}-{len(self.served)}-{minute}",
            source=outlet.feed.id,
            title=title,
            text=text,
            at=at,
            published=at,
            story=self.name,
            origin=model.origin if model else outlet.feed.id,
            copy_of=model.url if model else None,
        )
        if model is None:
            self.served.append(served)
        return served

    def _filled(self, text: str, day: int) -> str:
        dates = {f"d{n}": f"{one:%B} {one.day}" for n in range(_HORIZON) for one in (self._date(n),)}
        return text.format(**self.kind.cast[self.number], **dates, today=f"{self.days[day]:%A}")

    def _date(self, after: int) -> date:
        return self.days[0] + timedelta(days=self.first + after)

    def _plant(self, expect: Expect, day: int, edited: Served | None) -> None:
        late = expect.after if isinstance(expect.after, int) else 0
        # Whoever the first day names is as new as all others.
        is_told = (expect.sort != "edit" or edited) and (expect.sort != "new_actor" or day > 0)
        if day + late < len(self.days) and is_told:
            self.plants.append(
                Plant(
                    day=self.days[day + late],
                    sort=f"change: {expect.kind}" if expect.sort == "change" else expect.sort,
                    story=self.name,
                    expect=expect.filled(lambda text: self._filled(text, day)),
                    on=self._date(expect.when),
                    url=edited.url if edited else None,
                )
            )

    def _plant_states(self) -> None:
        """Say how the story stands on each day from its first to the one on which it is over."""
        states = {self.first + chapter.day: chapter.state for chapter in self.kind.chapters}
        told = [number for number, day in enumerate(self.days) if any(one.at.date() == day for one in self.served)]
        for number in range(told[0], min(told[-1] + QUIET_DAYS + 2, len(self.days))):
            day = self.days[number]
            of_day = [one for one in self.served if one.at.date() == day]
            if not of_day:
                silence = number - max(one for one in told if one < number)
                state = "quiet" if silence <= QUIET_DAYS else "ended"
                self.plants.append(Plant(day=day, sort=state, story=self.name, states=(state,)))
                continue
            right = (states[number],) if number in states else ("updated", "continuing")
            so_far = [one for one in self.served if one.at.date() <= day]
            self.plants.append(
                Plant(
                    day=day,
                    sort=right[0],
                    story=self.name,
                    states=right,
                    independent=len({one.origin for one in so_far}),
                    copies=sum(one.copy_of is not None for one in of_day),
                )
            )
