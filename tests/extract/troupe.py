"""An invented cast for the cases: who is named in a text, found by plain string search and by nothing cleverer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from newsledger.extract.citations import find_citations
from newsledger.extract.document import read_document, set_apart
from newsledger.extract.facts import find_heads
from newsledger.extract.grammar.reading import read
from newsledger.extract.lexicon import load_lexicon
from newsledger.extract.mentions import Mentions
from newsledger.extract.model.labels import layer_slices
from newsledger.extract.model.pieces import cut, in_words
from newsledger.extract.model.reading import Reading as ModelReading
from newsledger.extract.statements import find_statements
from newsledger.records.extraction import Entity, Mention

if TYPE_CHECKING:
    from newsledger.extract.document import Document
    from newsledger.records.extraction import Citation, EntityType, MentionKind, Statement


@dataclass(frozen=True)
class Player:
    """One entity of the cast and the strings that name it, by kind."""

    id: str
    type: EntityType
    country: str | None = None
    sector: str | None = None
    name: tuple[str, ...] = ()
    demonym: tuple[str, ...] = ()
    metonym: tuple[str, ...] = ()
    role: tuple[str, ...] = ()


CAST = (
    Player("vesna-kolar", "PER", "SVN", "GOV", name=("Vesna Kolar", "Kolar")),
    Player("ivan-orlov", "PER", "RUS", "GOV", name=("Ivan Orlov", "Orlov")),
    Player("pavel-rudak", "PER", "BLR", "GOV", name=("Pavel Rudak", "Rudak")),
    Player("marta-zielinska", "PER", "POL", "GOV", name=("Marta Zielinska", "Zielinska")),
    Player("tomas-brandt", "PER", "DEU", name=("Tomas Brandt", "Brandt")),
    Player("russia", "GPE", "RUS", name=("Russia",), demonym=("Russian",), metonym=("Moscow", "the Kremlin")),
    Player("belarus", "GPE", "BLR", name=("Belarus",), demonym=("Belarusian",)),
    Player("poland", "GPE", "POL", name=("Poland",), demonym=("Polish",), metonym=("Warsaw",)),
    Player("lithuania", "GPE", "LTU", name=("Lithuania",), demonym=("Lithuanian",)),
    Player("ukraine", "GPE", "UKR", name=("Ukraine",), demonym=("Ukrainian",)),
    Player("germany", "GPE", "DEU", name=("Germany",), demonym=("German",), metonym=("Berlin",)),
    Player("grodno", "GPE", "BLR", name=("Grodno",)),
    Player("brest", "GPE", "BLR", name=("Brest",)),
    Player("geneva", "GPE", "CHE", name=("Geneva",)),
    Player("european-union", "BLOC", name=("European Union", "EU")),
    Player("nato", "ORG", sector="IGO", name=("NATO",)),
    Player("defence-ministry", "ORG", "BLR", "MIL", name=("Defence Ministry",)),
    Player("border-guard", "ORG", "POL", "COP", name=("Border Guard",)),
    Player("green-league", "ORG", "POL", "NGO", name=("Green League",)),
    Player("severny-bank", "ORG", "RUS", "BUS", name=("Severny Bank",)),
    Player("reuters", "ORG", "GBR", "JRN", name=("Reuters",)),
    Player("tass", "ORG", "RUS", "JRN", name=("TASS",)),
    Player("belta", "ORG", "BLR", "JRN", name=("BelTA",)),
    Player("interfax", "ORG", "RUS", "JRN", name=("Interfax",)),
    Player("officials", "PER", role=("officials", "Officials", "Polish officials", "senior officials")),
    Player("diplomats", "PER", role=("three diplomats", "Two diplomats", "diplomats")),
    Player("protesters", "PER", role=("protesters", "Protesters", "Thousands of protesters")),
    Player("farmers", "PER", role=("farmers", "Farmers")),
    Player("police", "ORG", role=("police", "Police", "Riot police")),
    Player("state-media", "ORG", sector="JRN", role=("State media",)),
    Player("minister", "PER", role=("The minister", "the minister")),
)


def play(text: str) -> Mentions:
    """Find the cast in a text, the longest strings first."""
    strings: list[tuple[str, Player, MentionKind]] = []
    for player in CAST:
        for kind in ("name", "demonym", "metonym", "role"):
            strings += [(string, player, kind) for string in getattr(player, kind)]
    taken: list[tuple[int, int]] = []
    found: dict[str, list[Mention]] = {}
    for string, player, kind in sorted(strings, key=lambda entry: -len(entry[0])):
        for match in re.finditer(rf"(?<!\w){re.escape(string)}(?!\w)", text):
            start, end = match.span()
            if not any(start < b and a < end for a, b in taken):
                taken.append((start, end))
                found.setdefault(player.id, []).append(Mention(start=start, end=end, text=match.group(), kind=kind))
    entities = (
        Entity(
            id=player.id,
            name=(player.name or player.role)[0],
            type=player.type,
            country=player.country,
            sector=player.sector,
            mentions=tuple(sorted(found[player.id], key=lambda mention: mention.start)),
        )
        for player in CAST
        if player.id in found
    )
    return Mentions(tuple(entities))


def silent(document: Document) -> ModelReading:
    """Give a reading of the model in which it tells of nothing, so that rules are tried alone."""
    pieces = cut(document.text)
    columns = layer_slices()["pair"].start
    return ModelReading(pieces, np.zeros((len(pieces), columns), np.float32), in_words(pieces, document.sentences))


def hear(text: str) -> tuple[Document, Mentions, tuple[Citation, ...], tuple[Statement, ...]]:
    """Read a text as far as its statements, by rules alone."""
    document, mentions = read_document(text), play(text)
    document = set_apart(document, find_heads(document, load_lexicon()))
    citations = find_citations(document, mentions, None)
    return document, mentions, citations, find_statements(read(document), mentions, citations, silent(document))
