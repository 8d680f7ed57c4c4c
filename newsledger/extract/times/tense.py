"""Whether a clause looks back or ahead: what decides between last Friday and the coming one."""

from __future__ import annotations

import re

from newsledger.extract.grammar.numerals import listed

_AHEAD = frozenset(
    listed(
        "will would shall may might should ll plan plans planning expects expect hopes hope intends intend upcoming "
        "forthcoming tomorrow begins starts ends opens closes expires resumes arrives departs"
    )
)
# Ahead only with what follows: "planned for", "set to", "due on", "expected to".
_ARRANGED = frozenset(
    listed("due scheduled planned expected set slated proposed going ready deadline intended postponed")
)
_ARRANGING = frozenset(listed("for to on in at by until till"))
_BACK = frozenset(
    listed(
        "was were had has have did said told met held went came left began became gave saw made sent spoke wrote "
        "won lost fell rose grew ran led brought built bought sold paid put hit shot struck fought flew stood got "
        "found heard knew thought kept sat been died took says since ago ended tore broke drove swept threw drew "
        "spent lay caught taught sought dealt felt"
    )
)
# After these a participle is no past: "will be held", "to be signed".
_PASSIVE = frozenset(["be", "being", "get"])
_NO_PARTICIPLE = frozenset(listed("indeed embed speed exceed proceed succeed hundred united biped"))
_WORD = re.compile(r"[A-Za-z]+")
_STOP = re.compile(r"[.!?](?:\s|$)|\n")
_AT_ONCE = re.compile(r"\bas (?:early|soon) as (?:on )?$|\w[^\S\n]+(?:until|till|no later than) $", re.IGNORECASE)
_SINCE = re.compile(r"\bsince[^\S\n]+(?:about |around |early |late )?$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_REACH = 160


def tense_at(text: str, sentence: int, start: int, end: int) -> int:
    """Tell whether the words around a time look back (-1), ahead (1) or neither way (0); "since" leaves no choice (-2).

    The nearest sign before it in the sentence decides, else the first one after it.
    """
    if _SINCE.search(text, max(sentence, start - 12), start):
        return -2
    if _POSSESSIVE.match(text, end):
        return -1
    if _AT_ONCE.search(text, max(sentence, start - 24), start):
        return 1
    before = [word.lower() for word in _WORD.findall(text, max(sentence, start - _REACH), start)]
    for index in range(len(before) - 1, -1, -1):
        sign = _sign(before, index)
        if sign:
            return sign
    stop = _STOP.search(text, end, end + _REACH // 2)
    after = [word.lower() for word in _WORD.findall(text, end, stop.start() if stop else end + _REACH // 2)]
    return next((sign for index in range(len(after)) if (sign := _sign(after, index))), 0)


def _sign(words: list[str], index: int) -> int:
    word = words[index]
    before = words[index - 1] if index else ""
    if word in _AHEAD:
        return 1
    if word in _ARRANGED:
        follows = index + 1 == len(words) or words[index + 1] in _ARRANGING
        return 1 if follows and before not in ("been", "had") else 0
    past = word in _BACK or (word.endswith("ed") and len(word) > len("need") and word not in _NO_PARTICIPLE)
    return -1 if past and before not in _PASSIVE else 0
