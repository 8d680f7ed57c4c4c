"""Through whom words reached the article: outlets that relay, and speech told inside other speech."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsledger.extract.cast import is_bare_relay

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsledger.extract.attribution import Attribution
    from newsledger.extract.cast import Cast
    from newsledger.extract.phrases import Phrase
    from newsledger.extract.reading import Reading

_CITING = frozenset({"cite", "quote"})


@dataclass(slots=True)
class Draft:
    """An attribution on its way to a statement: with its speakers and with those who relay it."""

    attribution: Attribution
    reading: Reading
    speakers: tuple[str, ...]
    source: Phrase
    told: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    outer: Draft | None = None
    dropped: bool = field(default=False)

    @property
    def hull(self) -> tuple[int, int]:
        """Where the content lies, in characters."""
        words, parts = self.reading.words, self.attribution.contents
        return words[parts[0].first].start, words[parts[-1].end - 1].end

    @property
    def cue_start(self) -> int:
        """Where the cue begins, in characters."""
        return self.reading.words[self.attribution.cue.first].start


def link(drafts: list[Draft], cast: Cast) -> list[Draft]:
    """Put every draft of a stretch into the one it is told in, fill `via`, drop those that merely cite an outlet."""
    for draft in drafts:
        addressee = draft.attribution.addressee
        found = cast.who(draft.reading.words, addressee) if addressee is not None else ()
        draft.told = tuple(entity for entity in found if cast.is_relay(entity))
    _follow_citing(drafts, cast)
    for draft in drafts:
        draft.outer = _enclosing(draft, drafts)
    for draft in drafts:
        draft.via = tuple(dict.fromkeys((*_outer_chain(draft), *draft.told, *draft.via)))
    return [draft for draft in drafts if not draft.dropped and not _merely_cites(draft, cast)]


def _follow_citing(drafts: list[Draft], cast: Cast) -> None:
    """Read "Reuters reported, citing TASS, citing Peskov": the one cited last is the speaker."""
    base: Draft | None = None
    for draft in drafts:
        citing = draft.attribution.lemma in _CITING and draft.attribution.contents
        if citing and base is not None and set(draft.speakers) <= {*base.speakers, *base.via}:
            cited = draft.attribution.contents[0]
            speakers = cast.who(draft.reading.words, cited)
            if speakers:
                base.via += base.speakers
                base.speakers, base.source = speakers, cited
                draft.dropped = True
        elif draft.speakers and all(map(cast.is_relay, draft.speakers)):
            base = draft


def _enclosing(draft: Draft, drafts: Iterable[Draft]) -> Draft | None:
    """Find the narrowest draft whose content holds the cue and the content of this one."""
    if draft.dropped:
        return None
    start, end = draft.hull
    around = [
        other
        for other in drafts
        if other is not draft
        and not other.dropped
        and other.hull[0] <= min(start, draft.cue_start)
        and max(end, draft.cue_start + 1) <= other.hull[1]
        and other.hull != draft.hull
    ]
    return min(around, key=lambda other: other.hull[1] - other.hull[0], default=None)


def _outer_chain(draft: Draft) -> tuple[str, ...]:
    """Give those who relay a draft from the outside: each outer draft's own relays and its speakers."""
    chain: tuple[str, ...] = ()
    outer = draft.outer
    while outer is not None:
        chain = (*outer.told, *(s for s in outer.speakers if s not in draft.speakers), *chain)
        outer = outer.outer
    return chain


def _merely_cites(draft: Draft, cast: Cast) -> bool:
    """Tell whether the source is an outlet that carries a fact: a citation, and no statement."""
    if draft.speakers:
        return all(cast.is_relay(speaker) for speaker in draft.speakers)
    return is_bare_relay(draft.reading.words, draft.source)
