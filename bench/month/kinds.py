"""The kinds of story that the month tells, as they are written down in the folder `kinds`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).with_name("kinds")

Sort = Literal[
    "ahead",
    "came_true",
    "due",
    "not_seen",
    "change",
    "dispute",
    "denial",
    "contradiction",
    "edit",
    "state_only",
    "silent_kinds",
    "new_actor",
    "rise",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What the digest of a chapter's day must say. The texts may hold slots of the cast.

    `when` is the day, counted from the story's first, that a plan is for; `after` counts days behind the chapter.
    """

    sort: Sort
    type: str | None = None
    when: int = 0
    kind: str | None = None
    before: str | None = None
    after: str | int | None = None
    one: str | None = None
    other: str | None = None
    entity: str | None = None

    def filled(self, fill: Callable[[str], str]) -> Expect:
        """Fill the slots of the texts."""
        return replace(
            self,
            before=fill(self.before) if self.before else None,
            after=fill(self.after) if isinstance(self.after, str) else self.after,
            one=fill(self.one) if self.one else None,
            other=fill(self.other) if self.other else None,
            entity=fill(self.entity) if self.entity else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What the first telling is changed into without a word, `after` days later: a passage of its text or its title."""

    after: int
    find: str | None = None
    put: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An article as one origin tells it; both texts hold slots."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """What is told of a story on one of its days, and by how many copies besides.

    A `reprint` has no tellings of its own: others print what was told before.
    """

    day: int
    copies: int = 0
    state: str = "new"
    tellings: tuple[Telling, ...] = ()
    edit: Edit | None = None
    reprint: bool = False
    expect: tuple[Expect, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of story: its chapters, and the casts with which it is told in turn; `more` is what is known besides.

    `first` is the day, counted from 0, on which the first is told, where that matters.
    """

    name: str
    cast: tuple[dict[str, str], ...]
    chapters: tuple[Chapter, ...]
    more: tuple[str, ...] = ()
    first: int | None = None
    only: str | None = None

    @property
    def length(self) -> int:
        """How many days after its first something is still to be told of it."""
        late = (
            chapter.day + expect.after
            for chapter in self.chapters
            for expect in chapter.expect
            if isinstance(expect.after, int)
        )
        return max(*(chapter.day for chapter in self.chapters), *late, 0)


@cache
def kinds() -> tuple[Kind, ...]:
    """Read all kinds, in the order of their names."""
    return tuple(_kind(path) for path in sorted(FOLDER.glob("*.yaml")))


def _kind(path: Path) -> Kind:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    chapters = tuple(
        Chapter(
            **(
                chapter
                | {
                    "tellings": tuple(Telling(**telling) for telling in chapter.get("tellings", ())),
                    "edit": Edit(**chapter["edit"]) if "edit" in chapter else None,
                    "expect": tuple(Expect(**expect) for expect in chapter.get("expect", ())),
                }
            )
        )
        for chapter in raw.pop("chapters")
    )
    return Kind(name=path.stem, cast=tuple(raw.pop("cast")), more=tuple(raw.pop("more", ())), chapters=chapters, **raw)
