"""What the words around a figure say of it: where it went, what it is a figure of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsledger.extract.counting import change_words, counting_table, noun_list
from newsledger.extract.nounphrases import phrase_after
from newsledger.extract.numerals import listed
from newsledger.extract.units import is_duration, is_money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.figurescan import Counted
    from newsledger.records.extraction import Change, Time

_DIRECTIONS: tuple[Change, Change] = ("increase", "decrease")
_REACH = 110
_LONGEST_SUBJECT = 14
_WORDS = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|[0-9]+(?:[.,][0-9]+)*|[.,;:!?\u2014\"\u201c\u201d()\n]")
_STOPS = frozenset('.,;:!?\n"\u201c\u201d()\u2014')
_UP_FROM = re.compile(r",?[^\S\n]+(?:which[^\S\n]+is[^\S\n]+)?(up|down)[^\S\n]+(?:from|on)\b")
_BEHIND = re.compile(r"[^\S\n]+(?:(?:sharp|annual|year-on-year|further|overall|additional)[^\S\n]+)?([a-z]+)\b")
_OF = re.compile(r"[^\S\n]+of(?=[^\S\n])")
_IN = re.compile(r"[^\S\n]+(?:in|of)(?=[^\S\n])")
_JOINED = re.compile(r"[^\S\n]*(?:,[^\S\n]*and|,|and|or)[^\S\n]*$")
_OF_BEFORE = re.compile(r"[^\S\n](?:of|worth)[^\S\n]+$")
_CLAUSE_MARKS = re.compile(
    r"[,;:\u2014\u2013\"\u201c\u201d()][^\S\n]*"
    r"|\b(?:that|and|but|while|whereas|although|which|who|after|as|because|if|when)[^\S\n]+"
)
_LEADING = re.compile(r"(?:(?:the|a|an|its|their|his|her|also|total|overall|however)[^\S\n]+)+", re.IGNORECASE)
_PREPOSITION = re.compile(r"(?:in|on|at|by|since|during|from|for|over|this|last|next)\b", re.IGNORECASE)
_PRONOUNS = frozenset(listed("it he she they we i you this that these those there who which what"))
_AUXILIARIES = frozenset(
    listed(
        "is are was were be been has have had will would could may might can should shall must did does do totalled "
        "totaled reached reaches stood stands amounted amounts accounted accounts makes made exceeded exceeds expects "
        "expected plans planned wants received bought sold paid spent provided allocated lent gave sent supplied"
    )
)
_NOT_BEFORE = frozenset(listed("a an the its another from between with than at for on"))


def change_of(text: str, counted: Counted, start: int, floor: int, before: Change | None) -> Change | None:
    """Tell whether the figure rose or fell; `start` is where its hedge begins, `floor` where its sentence does.

    `before` is the change of the figure right before it, which "5 and 7 percent" share.
    """
    behind = _change_behind(text, counted)
    words = _WORDS.findall(text, max(floor, start - _REACH), start)
    if behind or not words:
        return behind
    unit = (counted.quantity.unit or "").split("/")[0]
    while words[1:] and words[-1].endswith("ly"):
        words.pop()
    last = words[-1].lower()
    if before and _JOINED.search(text, max(floor, start - 8), start):
        return None if is_duration(unit) else before
    if last in _NOT_BEFORE or (last.startswith("rais") and is_money(unit)):
        return None
    if last == "to" and unit == "count" and counted.noun and not {"from", "number", "total"} & set(words):
        return None
    if last in ("by", "to", "of"):
        return _direction(words[:-1], nouns=last == "of")
    return _direction_of(last)


def _change_behind(text: str, counted: Counted) -> Change | None:
    """Read ", up from", "5 percent growth", "10 percent lower"."""
    compared = _UP_FROM.match(text, counted.end)
    if compared:
        return "increase" if compared[1].lower() == "up" else "decrease"
    found = _BEHIND.match(text, counted.end) if counted.quantity.unit != "count" else None
    word = found[1] if found else ""
    for direction in _DIRECTIONS:
        nouns = counting_table()["change"][f"{direction}_noun"].split()
        comparatives = counting_table()["change"][f"{direction}_after"].split()
        relative = counted.quantity.unit in ("percent", "percentage point", "times", "fraction")
        if word in nouns or (relative and word in comparatives):
            return direction
    return None


def _direction(words: list[str], *, nouns: bool) -> Change | None:
    """Search back for what rose or fell, as far as the clause and a few words go."""
    for word in reversed(words[-9:]):
        low = word.lower()
        if low in _STOPS:
            return None
        if low in ("up", "down", "added", "adding"):
            continue
        for direction in _DIRECTIONS:
            if low in (counting_table()["change"][f"{direction}_noun"].split() if nouns else change_words(direction)):
                return direction
    return None


def _direction_of(word: str) -> Change | None:
    return next((direction for direction in _DIRECTIONS if word in change_words(direction)), None)


def quantity_of(text: str, counted: Counted, floor: int, times: Sequence[Time]) -> tuple[int, int] | None:
    """Find the words that say what is counted: behind the number, before it, or the subject of the clause."""
    unit = (counted.quantity.unit or "").split("/")[0]
    if counted.noun:
        return _with_of(text, counted.noun)
    if is_duration(unit) and unit != "percent":
        of = _OF.match(text, counted.end)
        return phrase_after(text, of.end()) if of else None
    behind = _phrase_behind(text, counted, times)
    if behind:
        return behind
    before = _OF_BEFORE.search(text, max(floor, counted.start - 8), counted.start)
    if before:
        return phrase_before(text, floor, before.start())
    return subject_before(text, floor, counted.start, times)


def _with_of(text: str, noun: tuple[int, int]) -> tuple[int, int]:
    of = _OF.match(text, noun[1])
    inner = phrase_after(text, of.end(), 4) if of and noun[1] >= 0 else None
    return (noun[0], inner[1]) if inner else noun


def _phrase_behind(text: str, counted: Counted, times: Sequence[Time]) -> tuple[int, int] | None:
    of = _OF.match(text, counted.end)
    if of:
        return phrase_after(text, of.end())
    word = _BEHIND.match(text, counted.end)
    if word and any(word[1] in counting_table()["change"][f"{direction}_noun"].split() for direction in _DIRECTIONS):
        inside = _IN.match(text, word.end())
        inner = phrase_after(text, inside.end()) if inside else None
        return inner if inner and not _is_time(times, inner[0]) else None
    if is_money((counted.quantity.unit or "").split("/")[0]):
        inside = _IN.match(text, counted.end)
        inner = phrase_after(text, inside.end() if inside else counted.end, 4)
        return inner if inner and not _is_time(times, inner[0]) else None
    return None


def phrase_before(text: str, floor: int, end: int) -> tuple[int, int] | None:
    """Give the noun phrase that ends at a place: back to the last verb, determiner or mark."""
    begin = None
    for found in reversed(list(_WORDS.finditer(text, max(floor, end - 80), end))[-7:]):
        low = found[0].lower()
        if low in _STOPS or low in _AUXILIARIES or low in _BREAKS or (low in noun_list("verbs")):
            break
        begin = found.start()
    return (begin, end) if begin is not None and begin < end else None


_BREAKS = frozenset(listed("the a an its their his her our by with to at on for from that and or but has been about"))


def subject_before(text: str, floor: int, end: int, times: Sequence[Time]) -> tuple[int, int] | None:
    """Give the subject of the clause that the figure stands in: what comes before its first verb."""
    floor = max(floor, end - 400)
    starts = [floor, *(mark.end() for mark in _CLAUSE_MARKS.finditer(text, floor, end))]
    for start in reversed(starts):
        words = list(_WORDS.finditer(text, start, end))
        verb = next((number for number, word in enumerate(words) if _is_verb(word[0])), None)
        if not verb or verb > _LONGEST_SUBJECT:
            continue
        return _trimmed(text, words[0].start(), words[verb - 1].end(), times)
    return None


def _is_verb(word: str) -> bool:
    low = word.lower()
    return (
        low in _AUXILIARIES
        or low in noun_list("verbs")
        or (
            low in change_words("increase") | change_words("decrease")
            and low not in ("growth", "up", "down", "reduction")
        )
    )


def _trimmed(text: str, start: int, end: int, times: Sequence[Time]) -> tuple[int, int] | None:
    """Take articles and a time in front off; a pronoun says nothing."""
    if _PREPOSITION.match(text, start):
        time = next((time for time in times if start <= time.start < end and time.end < end), None)
        if time is None:
            return None
        start = time.end
    while start < end and not text[start].isalnum():
        start += 1
    leading = _LEADING.match(text, start, end)
    start = leading.end() if leading else start
    phrase = text[start:end]
    return (start, end) if phrase.strip() and phrase.lower() not in _PRONOUNS else None


def _is_time(times: Sequence[Time], start: int) -> bool:
    return any(time.start <= start < time.end for time in times)
