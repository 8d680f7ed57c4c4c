"""What `newsledger doctor` has to say of what is kept, and what `newsledger forget` did about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is wrong with a part, and what became of it: mended as told, left with advice, or merely noted."""

    part: str
    problem: str
    outcome: Literal["mended", "left", "noted"]
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What a takedown did beyond the ledger.

    The digests of `days` were written anew, `bodies` went out of the archive, `corrections` and examples of decisions
    out of their file; `left_in` are the places in that file that hold a sentence still.
    """

    days: tuple[date, ...]
    bodies: int
    corrections: int
    left_in: tuple[str, ...]
