"""Who is who in a text: names, metonyms, demonyms, roles and pronouns, each resolved to one entity."""

from newsledger.extract.entities.finding import find_entities

__all__ = ["find_entities"]
