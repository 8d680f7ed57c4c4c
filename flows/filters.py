"""The configured filters, with the registry's names for the entities that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.fetch import EntryFilter

if TYPE_CHECKING:
    from newsledger.records.config import Config


def entry_filter(config: Config) -> EntryFilter:
    """Make the filter of feed entries. Raises ConfigError for an entity that the registry does not hold."""
    filters = (config.filter, *(feed.filter for feed in config.feeds))
    ids = {entity for one in filters for entity in one.entities}
    return EntryFilter(config.filter, config.feeds, _names(config, ids) if ids else {})


def _names(config: Config, ids: set[str]) -> dict[str, tuple[str, ...]]:
    """Give all names of entities: own, aliases, what their people are called, what stands for them."""
    from flows.decisions import lexicon_of, require_entities  # noqa: PLC0415 - takes a while; few filters name entities

    entries = lexicon_of(config)().entries
    require_entities("filter.entities", ids, entries)
    found = ((entity, entries[entity]) for entity in ids)
    return {entity: (one.name, *one.aliases, *one.demonyms, *one.metonyms) for entity, one in found}
