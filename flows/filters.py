"""The configured filters, with the registry's names for the entities that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.config import proposal
from newsledger.fetch import EntryFilter
from newsledger.records.errors import ConfigError

if TYPE_CHECKING:
    from newsledger.records.config import Config


def entry_filter(config: Config) -> EntryFilter:
    """Make the filter of feed entries. Raises ConfigError for an entity that the registry does not hold."""
    filters = (config.filter, *(feed.filter for feed in config.feeds))
    ids = {entity for one in filters for entity in one.entities}
    return EntryFilter(config.filter, config.feeds, _names(ids) if ids else {})


def _names(ids: set[str]) -> dict[str, tuple[str, ...]]:
    """Give all names of entities: own, aliases, what their people are called, what stands for them."""
    from newsledger.extract.lexicon import load_lexicon  # noqa: PLC0415 - takes a while; few filters name entities

    entries = load_lexicon(()).entries
    if unknown := sorted(ids - entries.keys()):
        message = f"filter.entities: the registry holds no {unknown[0]!r}{proposal(unknown[0], list(entries))}"
        raise ConfigError(message)
    found = ((entity, entries[entity]) for entity in ids)
    return {entity: (one.name, *one.aliases, *one.demonyms, *one.metonyms) for entity, one in found}
