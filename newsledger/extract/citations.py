"""The agencies and outlets that an article leans on."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from newsledger.records.extraction import Citation

if TYPE_CHECKING:
    from newsledger.extract.document import Document
    from newsledger.extract.mentions import Mentions
    from newsledger.records.extraction import Dateline, Entity, Mention

_NOUN = (
    r"(?:\s+(?:news|state|information|press)?\s*"
    r"(?:agency|agencies|report|reports|radio|television|TV|newspaper|channel|website|magazine))?"
)
_MODIFIER = (
    r"(?:(?:the|a|an|its|state|state-run|state-owned|official|news|information|press|agency|agencies|independent|local|opposition|"
    r"newspaper|daily|weekly|outlet|channel|station|network|television|TV|broadcaster|radio|website|portal|magazine|[A-Z][\w-]+(?:['’]s)?|unidentified|unnamed|"  # noqa: RUF001
    r"sources?|report|reports|by|from|in|on)\s+){0,5}"
)
_BEFORE = re.compile(
    r"\b(?:[Aa]ccording\s+to|[Cc]iting|[Qq]uoting|quoted\s+by|cited\s+by|as\s+saying\s+by|(?:[Aa]s\s+)?reported\s+by|published\s+by|carried\s+by|broadcast\s+by|"
    r"told|[Ii]nterview\s+(?:with|to|for|by)|(?:[Rr]eports?|comments?|remarks?|statement)\s+(?:by|from|to|in|on)|"
    r"(?:spoke|[Ss]peaking|[Tt]alking)\s+(?:to|with)|(?:said|confirmed|explained|complained)\s+(?:on|to)|with\s+reference\s+to|referring\s+to)\s+"
    + _MODIFIER
    + "$",
)
_AFTER = re.compile(
    _NOUN + r"(?:\s*,\s*(?:citing|quoting)\s[^,.]{1,60},)?"
    r"(?:[,]?\s+(?:has|have|had|also|earlier|previously|later|correspondents?|journalists?|"
    r"on\s+(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)))*"
    + r"\s+(?:reported|reports|report|said|says|wrote|writes|quoted|quotes|cited|cites|citing|quoting|noted|notes|"
    r"announced|learned|learnt|"
    r"was\s+told|were\s+told|was\s+informed|revealed|added|adds|published|broadcast|claimed|claims|informed|informs|recalled|clarified|specified|stated|states)\b"
    r"(?:\s+(?:on\s+)?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|earlier|today|yesterday))?",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,|,?\s+(?:and|or|as well as))\s+(?:the\s+)?")
_JOINT_REACH = 14
_NOT_MEDIA = re.compile(r"hospital|clinic|medical|health|polyclinic", re.IGNORECASE)
_OUTLET_NAME = re.compile(
    r"\w (?:Times|Post|News|Tribune|Herald|Gazette|Chronicle|Daily|Radio|TV|Television|News Agency|Press Agency)$"
)
_LOOK_BACK = 90
_LOOK_AHEAD = 120


def find_citations(document: Document, mentions: Mentions, dateline: Dateline | None) -> tuple[Citation, ...]:
    """Find the citations, a dateline's agency among them."""
    found = []
    if dateline is not None and dateline.agency is not None:
        source = dateline.agency
        found.append(Citation(start=dateline.start, end=dateline.end, text=dateline.text, source=source))
    outlets = [
        (mention, entity)
        for mention, entity in mentions.pairs
        if mention.kind in ("name", "role") and is_media(entity) and _is_named(entity)
        if dateline is None or not dateline.overlaps(mention)
    ]
    for (_, entity), span in zip(outlets, _evidences(document, [pair[0] for pair in outlets]), strict=True):
        if span is not None:
            found.append(Citation(start=span[0], end=span[1], text=document.text[span[0] : span[1]], source=entity.id))
    return tuple(sorted(found, key=lambda citation: (citation.start, citation.end)))


def _evidences(document: Document, mentions: list[Mention]) -> list[tuple[int, int] | None]:
    """Give the evidence of each mention; of those joined by "and" one cue serves all."""
    spans = [_evidence(document, mention) for mention in mentions]
    joined = [
        other.start - one.end <= _JOINT_REACH and _JOINT.fullmatch(document.text, one.end, other.start) is not None
        for one, other in pairwise(mentions)
    ]
    for at, together in enumerate(joined):
        if together and spans[at] is not None and spans[at + 1] is None:
            spans[at + 1] = (mentions[at + 1].start, mentions[at + 1].end)
    for at in range(len(joined) - 1, -1, -1):
        if joined[at] and spans[at] is None and spans[at + 1] is not None:
            spans[at] = (mentions[at].start, mentions[at].end)
    return spans


def is_media(entity: Entity) -> bool:
    """Tell whether the entity is an agency or outlet that an article can lean on, by what is known or by its name."""
    if entity.type != "ORG" or _NOT_MEDIA.search(entity.name):
        return False
    return entity.sector == "JRN" or (entity.sector is None and _OUTLET_NAME.search(entity.name) is not None)


def _is_named(entity: Entity) -> bool:
    """Tell an outlet with a name from "Russian media"."""
    return any(mention.kind == "name" for mention in entity.mentions)


def _evidence(document: Document, mention: Mention) -> tuple[int, int] | None:
    """Give the piece of the sentence that shows the mention is leant on; None where it is not."""
    text = document.text
    low, high = document.sentence_at(mention.start)
    before = text[max(low, mention.start - _LOOK_BACK) : mention.start]
    after = text[mention.end : min(high, mention.end + _LOOK_AHEAD)]
    if before.endswith("(") and after.startswith(")"):
        return mention.start - 1, mention.end + 1
    cue = _cue_before(before)
    if cue is not None:
        noun = re.match(_NOUN, after, re.IGNORECASE)
        return mention.start - len(before) + cue, mention.end + (noun.end() if noun else 0)
    told = _AFTER.match(after)
    return (mention.start, mention.end + told.end()) if told else None


def _cue_before(before: str) -> int | None:
    match = _BEFORE.search(before)
    return match.start() if match else None
