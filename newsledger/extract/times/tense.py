"""Whether a clause looks back or ahead: what decides between last Friday and the coming one."""

from __future__ import annotations

import re
from functools import cache

from newsledger.extract.grammar.numerals import listed
from newsledger.extract.grammar.words import verb_forms

_AHEAD = frozenset(
    listed(
        "will would shall may might should ll planning upcoming forthcoming tomorrow begins starts ends opens closes "
        "expires resumes arrives departs meets holds hosts convenes travels flies reopens takes planned scheduled "
        "slated enters"
    )
)
# Ahead only with what follows: "plans to", "set for", "due on", "expected to".
_ARRANGED = frozenset(
    listed(
        "due expected proposed ready intended postponed set going plan plans expects expect hopes hope intends intend"
    )
)
_ARRANGING = frozenset(["", *listed("for to on in at by until till back")])
_FOR = ("for", "to")
_TO_BE = ("is", "are", "be")
_ONLY_TO = frozenset(listed("set going plan plans expects expect hopes hope intends intend"))
# Past forms that are others, too, or none; the regular ones end in -ed, the grammar knows the rest.
_BACK = frozenset(
    listed("was were has have been says ago since hit put set let shut cut led lay caught took swept died ended")
)
_EXPECTED = frozenset(["expected", "proposed", "intended", "postponed"])
# After these a participle is no past: "will be held", "to be signed".
_PASSIVE = frozenset(["be", "being", "get", "is", "are"])
_NO_PARTICIPLE = frozenset(listed("indeed embed speed exceed proceed succeed hundred united biped"))
_WORD = re.compile(r"[A-Za-z]+")
_STOP = re.compile(r"[.!?;](?:\s|$)|\n")
_AT_ONCE = re.compile(r"\bas (?:early|soon) as (?:on )?$|\w[^\S\n]+(?:until|till|no later than) $", re.IGNORECASE)
# "Since" leaves no choice, nor does what is said to have ended then.
_OVER = re.compile(
    r"\bsince[^\S\n]+(?:[^.,;:\n]{0,40}[^\S\n](?:in|on)[^\S\n]+)?(?:about |around |early |late )?$"
    r"|\b(?:ended|closed)[^\S\n]+(?:in |on )?$",
    re.IGNORECASE,
)
_BEFORE_PLANNED = frozenset(["been", "had", "previously", "originally", "as", "once"])
# A clause of its own, which what stands before it doesn't date.
_CLAUSES = frozenset(["where", "which", "who", "whose"])
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_REACH = 160
# What may stand before a time that opens a sentence: "As of 1 January", but no "a June 3 hearing".
_OPENING = frozenset(listed("in on at as of by back early late during the"))


def tense_at(text: str, sentence: int, start: int, end: int) -> int:
    """Tell whether the words around a time look back (-1), ahead (1) or neither way (0); "since" leaves no choice (-2).

    The nearest sign before it in the clause decides, else the first one after it.
    """
    near = max(sentence, start - _REACH)
    sentence = max(sentence, text.rfind(";", near, start) + 1)
    if _OVER.search(text, max(sentence, start - 60), start):
        return -2
    if _POSSESSIVE.match(text, end):
        return -1
    if _AT_ONCE.search(text, max(sentence, start - 24), start):
        return 1
    before = [word.lower() for word in _WORD.findall(text, max(sentence, start - _REACH), start)]
    if _is_done(before):
        return -2
    for index in range(len(before) - 1, -1, -1):
        sign = _sign(before, index)
        if sign:
            return sign
        if before[index] in _CLAUSES:
            break
    stop = _STOP.search(text, end, end + _REACH // 2)
    after = [word.lower() for word in _WORD.findall(text, end, stop.start() if stop else end + _REACH // 2)]
    sign = next((sign for index in range(len(after)) if (sign := _sign(after, index))), 0)
    # "In January the firm sold the mill": nothing but the past.
    return -2 if sign < 0 and _OPENING.issuperset(before) else sign


def _is_done(before: list[str]) -> bool:
    """Tell whether a past verb stands right before the time: "was passed on March 3"."""
    verb = len(before) - (2 if before[-1:] in (["on"], ["in"]) else 1)
    return verb > 0 and before[verb] != "set" and _sign(before, verb) < 0


def _sign(words: list[str], index: int) -> int:
    word = words[index]
    before = words[index - 1] if index else ""
    if word in _AHEAD:
        return 0 if word.endswith("ed") and before in _BEFORE_PLANNED else 1
    after = words[index + 1] if index + 1 < len(words) else ""
    if word == "to" and (before in _TO_BE or after == "be"):
        return 1
    if word in _ARRANGED and after in (_FOR if word in _ONLY_TO else _ARRANGING):
        return 0 if before in _BEFORE_PLANNED else 1
    past = word in _past_forms() or (word.endswith("ed") and len(word) > len("need") and word not in _NO_PARTICIPLE)
    return -1 if past and before not in _PASSIVE and word not in _EXPECTED else 0


@cache
def _past_forms() -> frozenset[str]:
    forms = verb_forms().items()
    return _BACK | {form for form, kinds in forms if "base" not in kinds and kinds & {"past", "participle"}}
