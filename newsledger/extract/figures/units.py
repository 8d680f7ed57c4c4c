"""Units and currencies as news prints them, with the code that a figure carries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.grammar.numerals import listed
from newsledger.extract.lists.wordlists import word_table

if TYPE_CHECKING:
    from collections.abc import Iterable

_DURATIONS = frozenset(listed("year quarter month week fortnight day hour minute second decade century"))
_ISO = frozenset(
    listed(
        "USD EUR GBP RUB BYN BYR RUR UAH PLN CNY JPY TRY KZT CZK HUF RON MDL GEL AMD AZN KGS INR PKR KRW CHF SEK "
        "NOK MNT UZS TJS TMT BGN RSD ISK LKR BDT KES ETB GHS QAR KWD OMR JOD IQD DZD CLP ARS PHP MMK NPR DKK "
        "BRL MXN ZAR NGN AED SAR IRR ILS THB MYR IDR VND CAD AUD HKD SGD NZD TWD EGP RMB"
    )
)
# Letters that are units only where they stand close to a number.
_TIGHT = {"C": "Cel", "F": "[degF]", "W": "W", "L": "l", "MP": "megapixel", "cc": "ml"}
_ISO_ALIASES = {"RMB": "CNY", "RUR": "RUB"}


@dataclass(frozen=True, slots=True)
class UnitRead:
    """A unit behind a number and where it ends."""

    code: str
    end: int


def read_unit(text: str, start: int) -> UnitRead | None:
    """Read the unit or currency that follows a number directly; null where none does."""
    found = _UNIT.match(text, start)
    if not found:
        return None
    if found["iso"]:
        return UnitRead(_ISO_ALIASES.get(found["iso"], found["iso"]), found.end())
    if found["tight"]:
        return UnitRead(_TIGHT[found["tight"]], found.end())
    if found["sign"]:
        return UnitRead(_BY_SIGN["".join(found["sign"].split())], found.end())
    if found["word"][-3:].lower() == " of":
        return UnitRead("lb", found.end() - len(" of"))
    word = _plain(found["word"])
    return UnitRead(_BY_WORD[word], found.end())


def read_money_sign(text: str, start: int) -> UnitRead | None:
    """Read the currency sign or code that stands before a number; null where none does."""
    found = _MONEY_BEFORE.match(text, start)
    if not found:
        return None
    sign = " ".join(found[1].split())
    return UnitRead(_MONEY_SIGNS.get(sign) or _ISO_ALIASES.get(sign, sign), found.end())


def read_rate(text: str, start: int) -> UnitRead | None:
    """Read "a year", "per tonne" or "per 1,000 cubic metres" behind a unit, as "/a", "/t", "/1000m3"."""
    found = _RATE.match(text, start)
    if not found:
        return None
    if found["adverb"]:
        return UnitRead(
            "/" + {"annually": "a", "yearly": "a", "monthly": "mo", "daily": "d"}[found["adverb"].lower()], found.end()
        )
    per = _PER_BY_WORD[_plain(found["per"])]
    return UnitRead(f"/{'1000' if found['thousand'] else ''}{per}", found.end())


def is_money(code: str) -> bool:
    """Tell whether a unit is a currency."""
    return code in _MONEY


def is_duration(code: str) -> bool:
    """Tell whether a unit measures time."""
    return code in _DURATIONS


def _plain(form: str) -> str:
    """Write "square-foot" as "square foot"."""
    return " ".join(form.lower().replace("-", " ").split())


def _plurals(word: str) -> tuple[str, ...]:
    if word.endswith("y") and word != "yd":
        return (word, word[:-1] + "ies", word + "s")
    return (word, word + "s")


def _by_word(*tables: dict[str, str]) -> dict[str, str]:
    return {
        _plain(form): code
        for table in tables
        for code, words in table.items()
        for word in words.split("|")
        for form in _plurals(word)
    }


def _alternatives(forms: Iterable[str]) -> str:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace(r"\ ", r"(?:[^\S\n]{1,2}|-)") for form in longest_first)


_TABLE = word_table("counting")
_BY_WORD = _by_word(_TABLE["units"], _TABLE["money"])
_PER_BY_WORD = _by_word(_TABLE["rates"])
_MONEY = frozenset([*_TABLE["money"], *_ISO])
_MONEY_SIGNS: dict[str, str] = _TABLE["money_signs"]
_BY_SIGN: dict[str, str] = {sign: code for code, signs in _TABLE["signs"].items() for sign in signs.split()} | {
    # A yen sign behind a number may be anything, and letters before a dollar sign stand before a number only.
    sign: code
    for sign, code in _MONEY_SIGNS.items()
    if sign == "zł" or (len(sign) == 1 and sign != "¥")
}
# Tokenised text sets a space inside "°C".
_SIGN_FORMS = _alternatives(_BY_SIGN).replace("°C", r"°[^\S\n]?C").replace("°F", r"°[^\S\n]?F")
_UNIT = re.compile(
    rf"[^\S\n]{{0,2}}(?:(?P<iso>{'|'.join(sorted(_ISO))})\b|-?(?P<sign>{_SIGN_FORMS})(?![\w²³])"
    rf"|-?(?P<word>(?i:{_alternatives(_BY_WORD)}))(?!\w))"
    rf"|(?<=[0-9])(?P<tight>{'|'.join(_TIGHT)})(?![\w-])"
)
_MONEY_BEFORE = re.compile(
    rf"((?<!\w)(?:{_alternatives(_MONEY_SIGNS)}|(?:{'|'.join(sorted(_ISO))})(?![A-Za-z])))[^\S\n]{{0,2}}(?=[0-9])"
)
_RATE = re.compile(
    r"(?:[^\S\n]{1,2}(?:an?|per|each|every)[^\S\n]{1,2}|[^\S\n]?/[^\S\n]?)"
    rf"(?P<thousand>(?:thousand|1,000|1000|1 000)[^\S\n]{{1,2}})?(?P<per>{_alternatives(_PER_BY_WORD)})"
    r"(?![\w-]|[^\S\n]+(?:ago|earlier|later|before)\b)"
    r"|[^\S\n]{1,2}(?P<adverb>annually|yearly|monthly|daily)\b",
    re.IGNORECASE,
)
