"""What `newsledger doctor` has to say of what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is wrong with a part, and what became of it: mended as told, left with advice, or merely noted."""

    part: str
    problem: str
    outcome: Literal["mended", "left", "noted"]
    told: str
