"""Which entries concern the dossier, by the words in their headline and their own text. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.fetch.items.articles import feed_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsledger.records.config import Feed, Filter
    from newsledger.records.feeds import FeedEntry

_ANY = "*"


@dataclass(frozen=True, slots=True)
class _Rule:
    """What one feed lets through: `wanted` is None where everything is."""

    wanted: re.Pattern[str] | None
    unwanted: re.Pattern[str] | None


class EntryFilter:
    """The filters of a configuration: what all feeds have in common, and what single feeds say instead or besides.

    A feed's own `include` and `entities` take the place of the common ones, its `exclude` adds to theirs. `names` gives
    the names of the registry's entities. Letter case counts only in words that are written in capitals alone.
    """

    def __init__(self, common: Filter, feeds: Sequence[Feed], names: Mapping[str, Sequence[str]]) -> None:
        self._rules = {feed.id: _rule(common, feed.filter, names) for feed in feeds}

    def objection(self, entry: FeedEntry) -> str | None:
        """Say why an entry is not wanted; None where it is."""
        rule = self._rules.get(entry.feed_id)
        if rule is None or (rule.wanted is None and rule.unwanted is None):
            return None
        text = f"{entry.title or ''}\n{feed_text(entry)}"
        if rule.wanted and not rule.wanted.search(text):
            return "none of the filter's words"
        found = rule.unwanted.search(text) if rule.unwanted else None
        return f"holds {found.group()!r}" if found else None


def _rule(common: Filter, own: Filter, names: Mapping[str, Sequence[str]]) -> _Rule:
    chosen = own if own.include or own.entities else common
    wanted = (*chosen.include, *(name for entity in chosen.entities for name in names[entity]))
    return _Rule(
        wanted=None if _ANY in wanted else _pattern(wanted), unwanted=_pattern((*common.exclude, *own.exclude))
    )


def _pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    parts = [_part(word.strip()) for word in words if word.strip()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})") if parts else None


def _part(word: str) -> str:
    """Spell a word as a pattern: any white space between its parts, and open at the end where a * stands."""
    body = r"\s+".join(re.escape(piece) for piece in word.removesuffix(_ANY).split())
    end = r"\w*" if word.endswith(_ANY) else r"(?!\w)"
    return f"{body}{end}" if word.isupper() else f"(?i:{body}){end}"
