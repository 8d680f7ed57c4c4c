"""The names under which an extractor's records are stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Versions:
    """What the present extractor signs with: `default`, and for some articles, by id, a name of their `own`.

    Stored records that are signed otherwise are stale.
    """

    default: str
    own: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, article_id: str) -> str:
        """Give the name for the records of an article."""
        return self.own.get(article_id, self.default)
