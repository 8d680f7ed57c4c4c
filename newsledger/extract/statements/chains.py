"""Through whom words reached the article: outlets that relay, and speech told inside other speech."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.cast import is_bare_relay
from newsledger.extract.grammar.phrases import Phrase, phrase_end

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsledger.extract.cast import Cast
    from newsledger.extract.grammar.reading import Reading
    from newsledger.extract.statements.attribution import Attribution

_CITING = frozenset({"cite", "quote"})
_QUOTED = frozenset({"quoted", "cited"})
# How the citation of an outlet begins that somebody spoke to, or that carried the words.
_TO_OUTLET = re.compile(
    r"interview|comment|remark|sp[eo]a?k|talking|statement to|(?:said|confirmed|explained|complained) to|"
    r"(?:quot|cit|carri|publish)ed by|as saying by|broadcast by",
)


@dataclass(slots=True)
class Draft:
    """An attribution on its way to a statement: with its speakers and with those who relay it.

    `hull` is where its content lies, in characters; `reach` takes the cue in.
    """

    attribution: Attribution
    reading: Reading
    speakers: tuple[str, ...]
    source: Phrase | None
    told: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    outer: Draft | None = None
    inner: bool = False
    dropped: bool = False
    hull: tuple[int, int] = (0, 0)
    reach: tuple[int, int] = (0, 0)

    @property
    def sentence(self) -> tuple[int, int]:
        """The sentence that its cue stands in."""
        return self.reading.document.sentence_at(self.reading.words[self.attribution.cue.first].start)

    def __post_init__(self) -> None:
        words, parts = self.reading.words, self.attribution.contents
        cue = words[self.attribution.cue.first]
        if parts:
            self.hull = (words[parts[0].first].start, words[parts[-1].end - 1].end)
            self.reach = (min(self.hull[0], cue.start), max(self.hull[1], cue.end))


def link(drafts: list[Draft], around: list[Draft], cast: Cast) -> None:
    """Put every draft of a stretch into the one it is told in, be it one of those `around`, and fill `via`."""
    for draft in drafts:
        addressee = draft.attribution.addressee
        words = draft.reading.words
        found = (*cast.who(words, addressee), *cast.cited(words, addressee)) if addressee is not None else ()
        draft.told = tuple(entity for entity in (*found, *_quoted_by(draft, cast)) if cast.is_relay(entity))
    _follow_citing(drafts, cast)
    _hear_interviews(drafts, cast)
    for draft in drafts:
        draft.outer = _enclosing(draft, (*drafts, *around))
        if draft.outer is not None:
            draft.outer.inner = True
    chains = [(*_outer_chain(draft), *draft.told, *draft.via) for draft in drafts]
    for draft, chain in zip(drafts, chains, strict=True):
        draft.via = tuple(dict.fromkeys(chain))


def _quoted_by(draft: Draft, cast: Cast) -> tuple[str, ...]:
    """Name the relay of "X, quoted by Y, said"."""
    if draft.source is None:
        return ()
    words, k = draft.reading.words, draft.source.end
    if k + 3 >= len(words) or words[k].text != "," or words[k + 1].low not in _QUOTED or words[k + 2].low != "by":
        return ()
    return cast.who(words, Phrase(k + 3, phrase_end(words, k + 3, len(words))))


def _hear_interviews(drafts: list[Draft], cast: Cast) -> None:
    """Add the outlet of "in an interview with X" and "in remarks carried by X" to the nearest speaker's drafts."""
    telling = [draft for draft in drafts if draft.attribution.contents and not draft.dropped]
    for low, high in {draft.sentence for draft in telling}:
        for citation in cast.citations_in(low, high):
            said = any(draft.hull[0] <= citation.start < draft.hull[1] for draft in telling)
            if said or not _TO_OUTLET.match(citation.text.lower()):
                continue
            nearest = min(telling, key=lambda draft: abs(draft.reach[0] - citation.start))
            for draft in telling:
                if draft.speakers == nearest.speakers and citation.source not in draft.speakers:
                    draft.told = tuple(dict.fromkeys((*draft.told, citation.source)))


def _follow_citing(drafts: list[Draft], cast: Cast) -> None:
    """Read "Reuters reported, citing TASS, citing Peskov": the one cited last is the speaker."""
    relays = [
        draft
        for draft in drafts
        if draft.attribution.lemma not in _CITING and draft.speakers and all(map(cast.is_relay, draft.speakers))
    ]
    for draft in drafts:
        if draft.attribution.lemma in _CITING:
            words, content = draft.reading.words, draft.attribution.contents[0]
            cited = Phrase(content.first, phrase_end(words, content.first, content.end))
            cited = cited if cited.first < cited.end else content
            speakers = cast.who(words, cited)
            base = next((d for d in relays if speakers and {*draft.speakers} <= {*d.speakers, *d.via}), None)
            if base is not None:
                base.via += base.speakers
                base.speakers, base.source = speakers, cited
                draft.dropped = True


def _enclosing(draft: Draft, drafts: Iterable[Draft]) -> Draft | None:
    """Find the narrowest draft whose content holds the cue and the content of this one."""
    if draft.dropped:
        return None
    start, end = draft.reach
    best, width = None, 0
    for other in drafts:
        low, high = other.hull
        if low <= start and end <= high and other is not draft and not other.dropped and other.hull != draft.hull:
            best, width = (other, high - low) if best is None or high - low < width else (best, width)
    return best


def _outer_chain(draft: Draft) -> tuple[str, ...]:
    """Give those who relay a draft from the outside: each outer draft's own relays and its speakers."""
    chain: tuple[str, ...] = ()
    outer = draft.outer
    while outer is not None:
        chain = (*outer.via, *outer.told, *(s for s in outer.speakers if s not in draft.speakers), *chain)
        outer = outer.outer
    return chain


def _relays(draft: Draft, cast: Cast) -> bool:
    """Tell whether a press service only frames what a draft inside it says."""
    return bool(draft.inner) and all(cast.is_relay(speaker) for speaker in draft.speakers)


def merely_cites(draft: Draft, cast: Cast) -> bool:
    """Tell whether the source is an outlet that carries a fact: a citation, and no statement."""
    if draft.dropped:
        return True
    if draft.speakers:
        return all(cast.is_outlet(speaker) for speaker in draft.speakers) or _relays(draft, cast)
    return draft.source is not None and is_bare_relay(draft.reading.words, draft.source)
