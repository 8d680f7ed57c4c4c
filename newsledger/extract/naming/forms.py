"""A printed name taken apart into the words by which it is compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from anyascii import anyascii

from newsledger.extract.naming.numbers import digits_as_letters, set_apart
from newsledger.extract.naming.sounds import skeleton, sound
from newsledger.extract.naming.vocabulary import vocabulary

NameKind = Literal["PER", "ORG", "other"]

# Nothing that is longer is a name; what follows is not read.
LONGEST = 300
_MOST_WORDS = 24
# A comma that turns a person's name round follows no more words than this.
_LONGEST_SURNAME = 4
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼʻ`´](?=\w)")  # noqa: RUF001 - those that are printed
_WORD = re.compile(r"[^\W_]+")
# What begins other scripts than Latin.
_GREEK = "Ͱ"
# Scripts whose words are compared as they stand when both names are in one: Latin would lose vowels, tones or letters.
_CLOSE = ("CJK", "HANGUL", "ARABIC", "HEBREW", "THAI", "DEVANAGARI", "BENGALI", "TAMIL")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in Latin letters, as it sounds, by its consonants and as it stands.

    `weight` says how much it tells, `variants` which first names it is a form of.
    """

    text: str
    sound: str
    skeleton: str
    own: str
    weight: float
    variants: frozenset[int]


@dataclass(frozen=True, slots=True)
class Form:
    """A name: its telling words, the numbers in it, all its letters in a row and the script that it is compared in."""

    words: tuple[Word, ...]
    numbers: tuple[int, ...]
    joined: str
    script: str


@lru_cache(maxsize=8192)
def form_of(name: str, kind: NameKind) -> Form:
    """Read a printed name; titles, legal forms and what is beyond 24 words are left out."""
    plain = _levelled(name, kind)
    script = "" if plain.isascii() else _script(plain)
    printed = _printed(plain, script)
    joined = "".join(text for text, _ in printed)[:LONGEST]
    if kind == "PER":
        printed = [(digits_as_letters(text), own) for text, own in printed]
    else:
        printed = [(vocabulary().same.get(text, text), own) for text, own in printed]
    words, numbers = set_apart(_telling(_letters_together(printed)[:_MOST_WORDS], kind), regnal=kind == "PER")
    return Form(tuple(_word(text, own) for text, own in words), numbers, joined, script)


@lru_cache(maxsize=16384)
def _word(text: str, own: str) -> Word:
    lists = vocabulary()
    heard = sound(text)
    variants = lists.variants.get(text, frozenset())
    return Word(text, heard, skeleton(heard), text if own.isascii() else own, lists.weights.get(text, 1.0), variants)


def _levelled(name: str, kind: NameKind) -> str:
    """Bring letters into their usual form and "Putin, Vladimir" into its usual order."""
    plain = name if name.isascii() else unicodedata.normalize("NFKC", name)
    plain = _APOSTROPHE.sub("", plain).replace("&", " and ").replace("%", " percent ")
    if kind == "PER" and plain.count(",") == 1:
        last, first = plain.split(",")
        if len(last.split()) <= _LONGEST_SURNAME:
            plain = f"{first} {last}"
    return plain


def _script(text: str) -> str:
    letter = next((c for c in text if c >= _GREEK and c.isalpha()), "")
    script = unicodedata.name(letter, "").split(" ")[0].split("-")[0] if letter else ""
    return script if script in _CLOSE else ""


def _printed(text: str, script: str) -> list[tuple[str, str]]:
    """Give each word in Latin letters, lower case, and in those it is to be compared in."""
    if text.isascii():
        return [(word, word) for word in _WORD.findall(text.lower())]
    # Marks of Indic scripts are no letters, but stay with theirs.
    words = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text).split()
    found = []
    for word in words:
        latin = "".join(c for c in anyascii(word).lower() if c.isalnum())
        if latin:
            found.append((latin, word.casefold() if script else latin))
    return found


def _letters_together(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Put letters that stand side by side together: A. B. C. is ABC."""
    found: list[tuple[str, str]] = []
    alone = False
    for text, own in words:
        single = len(text) == 1 and text.isalpha()
        if single and alone:
            found[-1] = (found[-1][0] + text, found[-1][1] + own)
        else:
            found.append((text, own))
        alone = single
    return found


def _telling(words: list[tuple[str, str]], kind: NameKind) -> list[tuple[str, str]]:
    """Take titles of persons and ships and legal forms of companies off, as long as something is left."""
    lists = vocabulary()
    if kind == "PER":
        while len(words) > 1 and words[0][0] in lists.titles:
            words = words[1:]
        while len(words) > 1 and words[-1][0] in lists.suffixes:
            words = words[:-1]
        return words
    if kind == "other" and len(words) > 1 and words[0][0] in lists.ships:
        words = words[1:]
    while (span := _without_legal_form(tuple(text for text, _ in words))) is not None:
        words = words[span]
    return words


def _without_legal_form(texts: tuple[str, ...]) -> slice | None:
    """Say what is left of a name without the legal form that it ends or begins with."""
    lists = vocabulary()
    longest = min(lists.longest_legal, len(texts) - 1)
    if longest < 1:
        return None
    if texts[-1] in lists.legal_ends:
        for size in range(longest, 0, -1):
            if texts[-size:] in lists.legal:
                return slice(None, -size)
    if texts[0] in lists.legal_starts:
        for size in range(longest, 0, -1):
            if texts[:size] in lists.legal:
                return slice(size, None)
    return None
