"""What a figure is a figure of: the words around it that say what is counted or measured."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from newsledger.extract.figures.changes import BEHIND, STOPS, WORDS, is_noun_of_change
from newsledger.extract.figures.counting import change_words
from newsledger.extract.figures.noun_phrases import phrase_after
from newsledger.extract.figures.units import is_duration, is_money
from newsledger.extract.grammar.numerals import listed
from newsledger.extract.lists.wordlists import word_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.extract.figures.counted import Counted
    from newsledger.records.extraction import Time

_LONGEST_SUBJECT = 14
_OF = re.compile(r"[^\S\n]+of(?=[^\S\n])")
_IN = re.compile(r"[^\S\n]+(?:in|of)(?=[^\S\n])")
_OF_BEFORE = re.compile(r"[^\S\n](?:of|worth)[^\S\n]+$")
_APPOSED = re.compile(r",[^\S\n]+$")
_FOR = re.compile(r"[^\S\n]+(?:for|on)(?=[^\S\n])")
_JOINED_UNIT = re.compile(r"[0-9a-z]-[A-Za-z]+$")
_COMPARATIVES = change_words("increase_after") | change_words("decrease_after")
_OPENINGS = frozenset(listed("that but while whereas although which who whom because if when as"))
_BREAKS = frozenset(listed("the a an its their his her our by with to at on for from that and or but about"))
_NO_VERBS = frozenset(listed("growth up down reduction raise cut loss"))
_LEADING = re.compile(
    r"(?:(?:and|or|but|the|a|an|its|their|his|her|also|total|overall|however)[^\S\n]+)+", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r"(?:in|on|at|by|of|since|during|from|for|over|after|before|this|last|next|with|to)\b", re.IGNORECASE
)
_EMPTY = frozenset(listed("however same total steady up down about more less most many few still also which shot open"))
# A number of its own, a colon or a preposition at the end: no phrase that says what is counted.
_NO_PHRASE = re.compile(
    r"(?:^|[^\S\n])[$\u20ac\u00a3]?[0-9]|:|\b(?:of|in|on|at|by|with|from|to|for|or|and|an?|the|related)$"
)
_PRONOUNS = frozenset(
    listed("it he she they we i you this that these those there who which what them him us me both each others some")
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a figure stands: where its clause and its hedge begin, where the figure before ends, the times near."""

    floor: int
    start: int
    reached: int
    times: Sequence[Time]


def quantity_of(text: str, counted: Counted, clause: Clause) -> tuple[int, int] | None:
    """Find the words that say what is counted; null where they can't be told.

    They stand behind the number ("20,000 tonnes of cargo"), right before it ("arms worth $1 billion"), or are what
    the clause says something about ("trade rose by 5 percent").
    """
    floor, start, times = clause.floor, clause.start, clause.times
    unit = (counted.quantity.unit or "").split("/")[0]
    if counted.noun:
        return _with_of(text, counted.noun)
    of = _OF.match(text, counted.end)
    if of or is_duration(unit):
        return phrase_after(text, of.end()) if of else None
    behind = _phrase_behind(text, counted, times)
    if behind:
        return behind
    before = _OF_BEFORE.search(text, max(floor, start - 8), start)
    phrase = _trimmed(text, *_phrase_before(text, floor, before.start())) if before else None
    apposed = _APPOSED.search(text, max(floor, start - 4), start)
    if not phrase and apposed and unit == "count":
        return None
    if not phrase and apposed:
        # A figure in a list is no word for the next one.
        listed_before = _phrase_before(text, floor, apposed.start())
        return _trimmed(text, *listed_before, times) if clause.reached <= listed_before[0] else None
    return phrase or _subject(text, floor, start, times) or _purpose(text, counted, times)


def _with_of(text: str, noun: tuple[int, int]) -> tuple[int, int]:
    of = _OF.match(text, noun[1])
    inner = phrase_after(text, of.end(), 4) if of else None
    return (noun[0], inner[1]) if inner else noun


def _phrase_behind(text: str, counted: Counted, times: Sequence[Time]) -> tuple[int, int] | None:
    """Read "a 5 percent drop in exports", "a $500 million loan" and "a 480-kg warhead"."""
    word = BEHIND.match(text, counted.end)
    changed = word is not None and is_noun_of_change(word[1])
    joined = _JOINED_UNIT.search(text, counted.start, counted.end)
    compared = word is not None and word[1] in _COMPARATIVES
    if compared or not (changed or joined or is_money((counted.quantity.unit or "").split("/")[0])):
        return None
    begin = word.end() if word and changed else counted.end
    inside = _IN.match(text, begin)
    if changed and not inside:
        return None
    inner = phrase_after(text, inside.end() if inside else begin, 5)
    return inner if inner and not _is_time(times, inner[0]) else None


def _purpose(text: str, counted: Counted, times: Sequence[Time]) -> tuple[int, int] | None:
    """Read what money is for: "105 million euros for a bridge"."""
    found = _FOR.match(text, counted.end) if is_money((counted.quantity.unit or "").split("/")[0]) else None
    inner = phrase_after(text, found.end()) if found else None
    return inner if inner and not _is_time(times, inner[0]) else None


def _phrase_before(text: str, floor: int, end: int) -> tuple[int, int]:
    """Give the noun phrase that ends at a place: back to the last verb, article or mark."""
    begin = end
    for found in reversed(list(WORDS.finditer(text, max(floor, end - 80), end))[-8:]):
        low = found[0].lower()
        told = low.endswith("ed") and len(low) > len("need")
        if low in STOPS or low in _BREAKS or told or _is_verb(low):
            break
        begin = found.start()
    return begin, end


def _subject(text: str, floor: int, start: int, times: Sequence[Time]) -> tuple[int, int] | None:
    """Give what the clause says something about: the object before "by", else what stands before the verb."""
    words = list(WORDS.finditer(text, floor, start))
    index = len(words) - 1
    if index >= 0 and words[index][0].lower() in ("by", "to", "at", "from"):
        last = next((n for n in range(index - 1, -1, -1) if _is_verb(words[n][0]) or _acts(words, n)), -1)
        found = _trimmed(text, words[last + 1].start(), words[index].start(), times) if last + 1 < index else None
        if found and not {",", "that"} & {word[0] for word in words[last + 1 : index]}:
            return found
    while index >= 0:
        verb = next((n for n in range(index, -1, -1) if _is_verb(words[n][0])), None)
        if verb is None:
            return None
        if _is_apart([word[0].lower() for word in words[verb + 1 : index + 1]]):
            return None
        if words[verb][0].lower() in _clause_list("giving"):
            return None
        first = verb
        while first > 0 and (_is_verb(words[first - 1][0]) or words[first - 1][0].lower() in _clause_list("links")):
            first -= 1
        opening = next((n for n in range(first - 1, -1, -1) if _opens_clause(words[n][0]) or _is_verb(words[n][0])), -1)
        if opening >= 0 and _is_verb(words[opening][0]):
            # "Imports fell by a third and exports rose": the subject stands behind the "and".
            opening = next((n for n in range(first - 1, opening, -1) if words[n][0].lower() == "and"), opening)
        if opening + 1 < first:
            return _trimmed(text, words[opening + 1].start(), words[first - 1].end(), times)
        index = opening if opening < first - 1 or opening < 0 or not _is_joint(words[opening][0]) else opening - 1
    return None


def _is_apart(words: list[str]) -> bool:
    """Tell whether a comma or semicolon parts the figure from the verb, so that the verb is of another clause."""
    if ";" in words:
        return True
    behind = words[words.index(",") + 1 :] if "," in words else []
    return bool(behind) and behind[0] not in ("by", "up", "down", "to", "from", "or", "and")


def _opens_clause(word: str) -> bool:
    return word.lower() in _OPENINGS or word in STOPS


def _is_joint(word: str) -> bool:
    return word.lower() in ("and", "but", ",")


def _is_verb(word: str) -> bool:
    low = word.lower()
    if low in _NO_VERBS:
        return False
    return low in _clause_list("verbs") or low in change_words("increase") or low in change_words("decrease")


def _acts(words: Sequence[re.Match[str]], index: int) -> bool:
    """Tell "cut its rate", where a word that may be a noun has an object of its own."""
    following = words[index + 1][0].lower() if index + 1 < len(words) else ""
    return words[index][0].lower() in _NO_VERBS and following in ("its", "their", "his", "her", "the", "all")


def _trimmed(text: str, start: int, end: int, times: Sequence[Time] = ()) -> tuple[int, int] | None:
    """Take articles and a time in front off; a pronoun says nothing, and neither does a mere place."""
    time = next((time for time in times if start <= time.start <= start + 12 and time.end < end), None)
    if time and _PREPOSITION.match(text, start):
        start = time.end
    while start < end and not text[start].isalnum():
        start += 1
    leading = _LEADING.match(text, start, end)
    start = leading.end() if leading else start
    phrase = text[start:end].rstrip(' ,;:\u2014-"\u201d')
    words = phrase.lower().split()
    if not words or len(words) > _LONGEST_SUBJECT or _is_time(times, start):
        return None
    empty = len(words) == 1 and (words[0].endswith(("ly", "ing", "ed")) or words[0] in _EMPTY)
    if empty or words[0] in _PRONOUNS or _PREPOSITION.match(phrase) or _NO_PHRASE.search(phrase):
        return None
    return start, start + len(phrase)


def _is_time(times: Sequence[Time], start: int) -> bool:
    return any(time.start <= start < time.end for time in times)


@cache
def _clause_list(name: str) -> frozenset[str]:
    return frozenset(word_table("counting")["clause"][name].split())
