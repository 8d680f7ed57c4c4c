"""What a number without a unit counts: "14 people", "a seven-member panel", "nine of its 18 cars"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from newsledger.extract.figures.counting import noun_list
from newsledger.extract.figures.noun_phrases import lone_head, plural_head, singular_head
from newsledger.extract.figures.quantities import Quantity, hedge_after, hedge_before, read_quantity
from newsledger.extract.figures.units import is_duration
from newsledger.extract.grammar.numerals import SCALES, SMALL
from newsledger.extract.times.rules import word_before

_LETTERS_AFTER = re.compile(r"-?[A-Za-z\u0400-\u04ff]|[-\u2013:/][0-9]|\^")
_COMPOUND = re.compile(r"-(([a-z]{3,})(?:-[a-z]+)?)(?=[^\S\n]+[A-Za-z])")
_OUT_OF = re.compile(
    r"[^\S\n]+(?:out[^\S\n]+)?of(?P<known>(?:[^\S\n]+(?:all|the|its|their|his|her|our|these|those|last|first|next"
    r"|(?:[A-Z][\w.-]{0,30}[^\S\n]){0,2}[A-Z][\w.-]{0,30}['\u2019]s))*)"
    r"(?=[^\S\n])"
)
_NUMBER = re.compile(rf"[^\S\n]+((?:{'|'.join(SMALL)})\b|[0-9])", re.IGNORECASE)
_STANDS_ALONE = re.compile(
    r"[^\S\n]+(?:of[^\S\n]+(?:them|us|whom|which)|were|are|have|had|others|more|died|people|could|survived|remain(?:ed)?|per|an?[^\S\n]+(?:day|week|month|year|hour|minute))\b"
)
_DONE = re.compile(r"[^\S\n]+[a-z]{3,}(?:ed|ought|ook|aid)\b")
_CLAUSE_START = re.compile(r"(?:,|\band)[^\S\n]+$")
_DOZEN = 12
_PAIR = 2
_NEAR = 16
_SAME_CLAUSE = 60
_SENTENCE_END = re.compile(r"[.!?;\n](?![0-9])")
_INSIDE_SENTENCE = re.compile(r"\w,?[^\S\n]+[\"\u201c]?$")
_MORE = re.compile(r"[^\S\n]*(?:(?:more|other|additional|further|such)[^\S\n]+)?")
_AFTER_TO = re.compile(r"\b(?:to|and)[^\S\n]+$")
_VERSUS = r"from|against|than|versus|compared[^\S\n]+(?:with|to)"
_HEDGED = r"[^\S\n]+(?:(?:about|around|nearly|some|almost|over|more than|up to)[^\S\n]+)?$"
_COMPARED = re.compile(rf"\b(?:{_VERSUS}|to|of whom|of them|and){_HEDGED}")
_VERSUS_BEFORE = re.compile(rf"\b(?:{_VERSUS}){_HEDGED}")
_CHANGED = re.compile(
    r"\b(?:rise|rises|rose|risen|fall|falls|fell|grew|grown|increased|dropped|reached|totalled|totaled|reaches)(?:[^\S\n]+(?:to|by))?[^\S\n]+$"
)
_CLAUSE_ENDS = re.compile(r"[^\S\n]*(?:[,;.!?)\n]|$|[^\S\n](?:and|as|in|at|on|from|with|for|over|this|since|when)\b)")
_YEARS = range(1900, 2040)
_ROUND = 50


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity that is a figure, with the span of the noun phrase it counts."""

    quantity: Quantity
    start: int
    end: int
    noun: tuple[int, int] | None = None


def counted_by(text: str, quantity: Quantity, previous: Counted | None) -> Counted | None:
    """Read what a number without a unit counts; null where it is part of a name or counts nothing.

    `previous` is the figure before it in the text, whose noun or unit it may share.
    """
    one = quantity.value == 1 and quantity.value_max is None
    behind = hedge_after(text, quantity.end)
    if not behind and _LETTERS_AFTER.match(text, quantity.end):
        return _compound(text, quantity)
    begin = behind[1] if behind else quantity.end
    head = _head_of_one(text, quantity, begin) if one else plural_head(text, begin)
    if head is None:
        return None if one else _share_of(text, quantity) or _bare(text, quantity, previous)
    noun = text[begin:head].rsplit(maxsplit=1)[-1].lower()
    if _is_title(text, quantity.start, head) or _is_known(text, quantity, noun) or _is_year(text, quantity):
        return None
    lead = _MORE.match(text, begin)
    begin = lead.end() if lead else begin
    return Counted(replace(quantity, unit="count"), quantity.start, head, (begin, head))


def _head_of_one(text: str, quantity: Quantity, begin: int) -> int | None:
    """Find what "one" counts; a pronoun ("no one", "the one who") counts nothing."""
    known = singular_head(text, begin)
    if known or not quantity.words or word_before(text, quantity.start).lower() in noun_list("before_pronoun"):
        return known
    return lone_head(text, begin)


def _compound(text: str, quantity: Quantity) -> Counted | None:
    """Read "a seven-member panel" and "a 500-strong force"; a way, a star or a half are measured in nothing."""
    found = _COMPOUND.match(text, quantity.end)
    if not found or quantity.value < _PAIR or _is_year(text, quantity):
        return None
    noun = found[2]
    if noun == "strong":
        return Counted(replace(quantity, unit="count"), quantity.start, quantity.end)
    if noun.endswith(("ed", "ly")) or noun in noun_list("no_compounds") or noun in noun_list("stops"):
        return None
    return Counted(replace(quantity, unit="count"), quantity.start, found.end(1), found.span(1))


def _share_of(text: str, quantity: Quantity) -> Counted | None:
    """Read "nine of its 18 cars" and "four of their peers": the noun stands behind the "of"."""
    of = _OUT_OF.match(text, quantity.end)
    number = _NUMBER.match(text, of.end()) if of else None
    whole = read_quantity(text, number.start(1)) if number else None
    if of is None or not (whole or of["known"]) or (whole and (whole.unit or whole.value <= quantity.value)):
        return None
    begin = whole.end if whole else of.end()
    head = plural_head(text, begin)
    noun = (begin + len(text[begin:head]) - len(text[begin:head].lstrip()), head) if head else None
    return Counted(replace(quantity, unit="count"), quantity.start, quantity.end, noun) if noun else None


def _is_title(text: str, start: int, head: int) -> bool:
    """Tell the "Four Seasons" of a name from the four seasons."""
    capital = text[start].isupper() and text[start:head].rsplit(maxsplit=1)[-1][:1].isupper()
    return capital and bool(_INSIDE_SENTENCE.search(text, max(0, start - 24), start))


def _is_small(quantity: Quantity) -> bool:
    return quantity.value <= _DOZEN and quantity.value_max is None


def _is_known(text: str, quantity: Quantity, noun: str) -> bool:
    """Tell "two sides" and "the three presidents", who are the parties to the story, from a count."""
    if noun not in noun_list("paired") or not _is_small(quantity):
        return False
    before = word_before(text, quantity.start).lower()
    return quantity.value == _PAIR or before in noun_list("determined")


def _is_year(text: str, quantity: Quantity) -> bool:
    """Tell "its 2021 sales" from "2021 people"; round and hedged numbers count."""
    year = quantity.plain and not quantity.value_max and quantity.value in _YEARS and quantity.value % _ROUND
    return bool(year) and not hedge_before(text, quantity.start)


def _bare(text: str, quantity: Quantity, previous: Counted | None) -> Counted | None:
    """Accept a number without a noun where its form or the words around it show that it counts."""
    start = quantity.start
    close = previous is not None and start - previous.end < _SAME_CLAUSE
    same = previous if close and previous and not _SENTENCE_END.search(text, previous.end, start) else None
    if same and _shares_unit(text, quantity, same):
        return Counted(replace(quantity, unit=same.quantity.unit), start, quantity.end)
    compared = bool(
        previous
        and previous.quantity.unit == "count"
        and _COMPARED.search(text, max(previous.end, start - 24), start)
        and (start - previous.end < _NEAR or not _AFTER_TO.search(text, max(0, start - 8), start))
    )
    if _is_year(text, quantity) or not (compared or _is_shown(text, quantity, same)):
        return None
    # "15 people were hurt, up to 30 are missing": the noun is not repeated.
    noun = previous.noun if previous and (compared or same) else None
    return Counted(replace(quantity, unit="count"), start, quantity.end, noun)


def _shares_unit(text: str, quantity: Quantity, previous: Counted) -> bool:
    """Tell whether a unit is left to be understood: "to 5 percent from 4", "$1.9 billion against 1.2 billion"."""
    unit = previous.quantity.unit or "count"
    begin = max(previous.end, quantity.start - 32)
    return unit != "count" and not is_duration(unit) and bool(_VERSUS_BEFORE.search(text, begin, quantity.start))


def _is_shown(text: str, quantity: Quantity, same: Counted | None) -> bool:
    """Tell whether the form of a number or the words around it show that it counts."""
    start, end = quantity.start, quantity.end
    large = quantity.value >= SCALES["thousand"] if quantity.words else not quantity.plain
    before = word_before(text, start)
    alone = _STANDS_ALONE.match(text, end) and before.lower() not in ("the", "these", "those")
    if large or alone or _CHANGED.search(text, max(0, start - 24), start):
        return True
    if quantity.value % 1 and before.islower() and not _is_label(before):
        return True
    if not _is_small(quantity) and (hedge_before(text, start) or hedge_after(text, end)):
        return True
    if same and same.quantity.unit == "count" and _CLAUSE_START.search(text, max(0, start - 6), start):
        return bool(_DONE.match(text, end))
    # "Italy will appoint three members and Spain will appoint six": the verb before may be any.
    verb = before.isalpha() and before.islower() and before not in noun_list("stops") and not _is_label(before)
    taken = before.lower() in noun_list("takers") or bool(verb and same and same.quantity.unit == "count")
    return taken and bool(_CLAUSE_ENDS.match(text, end))


def _is_label(word: str) -> bool:
    return word in noun_list("numbered") or word in noun_list("no_takers")
