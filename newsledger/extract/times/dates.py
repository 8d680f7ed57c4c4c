"""Rules for dates of the calendar: days, months, years, decades, centuries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsledger.extract.grammar.numerals import SMALL, TENS, listed
from newsledger.extract.times.nodes import DayOfMonth, Fixed, Yearly
from newsledger.extract.times.offsets import Clock
from newsledger.extract.times.rules import (
    DIGIT,
    MONTHS,
    ORDINALS,
    TURNS,
    WEEKDAYS,
    Found,
    compiled,
    is_capital,
    month_number,
    rule,
    word_before,
)

if TYPE_CHECKING:
    from newsledger.extract.times.nodes import Node

MONTH_WORDS = frozenset([*MONTHS, *listed("jan feb mar apr jun jul aug sep sept oct nov dec")])
DAY_WORDS = frozenset([*WEEKDAYS, *listed("mon tue tues wed thu thur thurs fri sat sun")])
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# "May" and "March" are verbs too, and people are called May, August or April.
_AMBIGUOUS_MONTHS = ("march", "april", "may", "august")
_BEFORE_MONTH = frozenset(
    listed(
        "in by since until till of from to through during before after for last next this late early mid and or "
        "between on around about every each coming past - \u2013 \u2014 ( /"
    )
)
_BEFORE_YEAR = frozenset(
    listed(
        "in since by of until till from to through before after during around about for between early late mid end "
        "year and or fiscal the that this a its his her their season back circa pre post over than ( [ \u2014 / \u2019"
    )
)
# So many of these, in four digits, are no year.
_COUNTED = re.compile(
    r"[^\S\n]+(?:[a-z-]+[^\S\n]+)?(?:people|troops|soldiers|servicemen|men|women|personnel|tons|tonnes|km|kilomet\w+"
    r"|met(?:er|re)s|miles|euros|dollars|rou?bles|units|employees|workers|persons|migrants|refugees|fighters|civilians"
    r"|children|jobs|percent|per cent|degrees|hours|days|pages|seats|votes|homes|houses|families|vehicles|tanks"
    r"|aircraft|others|times)\b"
)
_NO_YEAR_AFTER = re.compile(r"[.,:][0-9]|[^\S\n]?%|-?[a-rt-zA-Z]|s[a-z]|/[0-9]{3}|-(?!(?:19|20)[0-9]{2}\b)[0-9]{3}")
_NUMBER_SIGN = re.compile(r"\b(?:no|nos|nr)\.[^\S\n]*$", re.IGNORECASE)
_YEAR_RANGE = re.compile(r"(?:^|[^\w-])(?:1[0-9]|20)[0-9]{2}[-\u2013/]$|\b(?:pre|post|mid|end)-$", re.IGNORECASE)
_DATE_BEFORE = compiled(r"(?P<month>@MONTH) (?P<day>[0-3]?[0-9])(?: ?[-\u2013\u2014] ?| to | and | through | until )$")
_AFTER_ORDINAL = re.compile(
    r"[^\S\n]*(?:[.,;:)!?\"'\u201d\u2019\n]|$|[^\S\n](?:local|of|and|to|that|at|in|with|for|as|when|after|before|by|the|a|an|his"
    r"|her|its|their|said|told|met|held|took|began|went|came|left|gave|made|it|he|she|they|we|who|which|but|until|is"
    r"|was|were|will|would|has|had|due|because|over|near|from|on|[a-z]+ed)\b)"
)
_BEFORE_ORDINAL = listed("on of from until till to by since before after between and ,")
_CAPITAL = re.compile(r"[^\S\n][A-Z\u0400-\u042f]")
# The year of "March 5-7, 2024" stands behind the second day.
_RANGE_YEAR = compiled(r"(?: ?[-\u2013\u2014] ?| to | and | through | until )[0-3]?[0-9],? (?P<year>@YEAR)")
_LOCAL = compiled(r" local time\b")


def _month_day(match: re.Match[str]) -> Found | Yearly | None:
    month, day = month_number(match["month"]), day_number(match["day"])
    if not is_capital(match, "month") or not 1 <= day <= _LENGTHS[month - 1]:
        return None
    ranged = _RANGE_YEAR.match(match.string, match.end())
    year = match["year"] or (ranged["year"] if ranged else None)
    turn, year_turn = match.groupdict().get("which") or "", match["turn"] or ""
    node = Yearly(
        f"{month:02}-{day:02}",
        year=int(year) if year else None,
        year_turn=TURNS.get(year_turn.lower()),
        turn=TURNS.get(turn.lower()),
    )
    return _with_zone(match, node)


def _with_zone(match: re.Match[str], node: Yearly) -> Found | Yearly:
    zone = _LOCAL.match(match.string, match.end())
    return Found(match.start(), zone.end(), node) if zone else node


def day_number(text: str) -> int:
    """Read the number of "19th", "eighth" or "twenty-first"; 0 if it is none."""
    digits = re.search(r"[0-9]+", text)
    if digits:
        return int(digits[0])
    parts = text.lower().replace(" ", "-").split("-")
    return sum(
        ORDINALS.index(part) + 1 if part in ORDINALS else 30 if part == "thirtieth" else TENS.get(part, 0)
        for part in parts
    )


def _month(match: re.Match[str]) -> Node | None:
    name = match["month"].lower().rstrip(".")
    month = f"{month_number(name):02}"
    if not is_capital(match, "month"):
        return None
    if match["year"] or match["turn"]:
        return _in_year(month, match)
    last = _MONTH_RANGE.match(match.string, match.end())
    if last and is_capital(last, "month"):
        return _first_month(month, _in_year(f"{month_number(last['month']):02}", last))
    if name not in MONTHS and not match["month"].endswith("."):
        return None
    ambiguous = name in _AMBIGUOUS_MONTHS and word_before(match.string, match.start()).lower() not in _BEFORE_MONTH
    return None if ambiguous else Yearly(month)


def _first_month(form: str, last: Yearly) -> Yearly:
    """Give the first month of a range the year of the last, or the one before where the range passes a new year."""
    if form <= last.form:
        return Yearly(form, base=last)
    return Yearly(form, year=last.year - 1) if last.year else Yearly(form)


def _in_year(form: str, match: re.Match[str]) -> Yearly:
    year = int(match["year"]) if match["year"] else None
    return Yearly(form, year=year, year_turn=TURNS.get((match["turn"] or "").lower()))


def _first_of_range(match: re.Match[str]) -> Found | None:
    """Read the first day of "5-7 March 2024"; the second is read as the date it is."""
    second = _DAY_MONTH.match(match.string, match.start("second"))
    read = _month_day(second) if second else None
    node = read.node if isinstance(read, Found) else read
    day = day_number(match["first"])
    if not isinstance(node, Yearly) or not 1 <= day <= _LENGTHS[0]:
        return None
    first = Yearly(f"{node.form[:3]}{day:02}", year=node.year, year_turn=node.year_turn)
    return Found(match.start(), match.end("first"), first)


def _last_of_range(match: re.Match[str]) -> Node | None:
    """Read the second day of "March 5-7, 2024"."""
    first = _DATE_BEFORE.search(match.string, max(0, match.start() - 30), match.start())
    if not first or not is_capital(first, "month") or not int(first["day"]) < int(match["day"]) <= _LENGTHS[0]:
        return None
    year = int(match["year"]) if match["year"] else None
    return Yearly(f"{month_number(first['month']):02}-{int(match['day']):02}", year=year)


def _iso(match: re.Match[str]) -> Node | None:
    month, day = int(match["month"]), int(match["day"])
    if not 1 <= month <= len(MONTHS) or not 1 <= day <= _LENGTHS[month - 1]:
        return None
    date = Fixed(f"{match['year']}-{month:02}-{day:02}")
    return Clock(match["time"], utc=bool(match["zone"]), base=date) if match["time"] else date


def _numeric(match: re.Match[str]) -> Node | None:
    """Read 06.03.2024 as a European and 03/06/2024 as an American does, unless that gives no month."""
    day, month = int(match["first"]), int(match["second"])
    if match["mark"] == "/" and (month > len(MONTHS) or day <= len(MONTHS)):
        day, month = month, day
    if not 1 <= month <= len(MONTHS) or not 1 <= day <= _LENGTHS[month - 1]:
        return None
    year = int(match["year"])
    if len(match["year"]) == len("24"):
        year += 2000 if year < 70 else 1900  # noqa: PLR2004 - as POSIX reads two digits
    return Fixed(f"{year:04}-{month:02}-{day:02}")


def _day_of_month(match: re.Match[str]) -> Found | Node | None:
    day = int(match["day"])
    before = word_before(match.string, match.start()).lower()
    if before not in _BEFORE_ORDINAL:
        return None
    after = _AFTER_ORDINAL.match(match.string, match.end()) or (
        before == "on" and _CAPITAL.match(match.string, match.end())
    )
    if not 1 <= day <= _LENGTHS[0] or not (match["zone"] or match["turn"] or after):
        return None
    return DayOfMonth(day, TURNS.get((match["turn"] or "").lower()))


def _year(match: re.Match[str]) -> Node | None:
    text, start, year = match.string, match.start("year"), int(match["year"])
    if _NO_YEAR_AFTER.match(text, match.end()) or _COUNTED.match(text, match.end()):
        return None
    glued = text[start - 1 : start] if start else ""
    in_range = bool(_YEAR_RANGE.search(text[max(0, start - 8) : start]))
    if not in_range and glued and (glued.isalnum() or glued in "-\u2013.,:$€£#№+_/\\'"):
        return None
    before = word_before(text, start)
    if _NUMBER_SIGN.search(text, max(0, start - 8), start):
        return None
    if before.lower() in _BEFORE_YEAR or in_range:
        return Fixed(match["year"])
    named = before[:1].isupper() or before.isdigit() or before in tuple("$€£#№+") or before.lower() in ("no", "number")
    return None if named or not 1900 <= year <= 2100 else Fixed(match["year"])  # noqa: PLR2004 - the brief's centuries


def _short_year(match: re.Match[str]) -> Node | None:
    """Read the 22 of 2021-22, where it is the year after."""
    before = match.string[max(0, match.start() - 5) : match.start() - 1]
    if not re.fullmatch(r"(?:19|20)[0-9]{2}", before) or int(match["year"]) != int(before) % 100 + 1:
        return None
    return Fixed(before[:2] + match["year"])


def _spoken_year(match: re.Match[str]) -> Node | None:
    high = SMALL.get(match["high"].lower(), TENS["twenty"])
    # "Twenty thirty" may be a slip of the tongue, "in twenty thirty" is a year.
    if high == TENS["twenty"] and word_before(match.string, match.start()).lower() not in _BEFORE_YEAR:
        return None
    low = sum(SMALL.get(word, TENS.get(word, 0)) for word in re.split(r"[ -]+", match["low"].lower()))
    return Fixed(f"{high}{low}")


_DECADE_BEFORE = compiled(r"[0-9]0['\u2019]?s (?:and|or|to) $")


def _decade(match: re.Match[str]) -> Node | None:
    digits = match["digits"]
    before = word_before(match.string, match.start()).lower()
    # "In his 80s" is an age, "the 80s" a decade.
    if (
        len(digits or "") != len("1990")
        and not match["article"]
        and before not in ("early", "late", "mid", "-", "'", "\u2019")
        and not _DECADE_BEFORE.search(match.string, max(0, match.start() - 12), match.start())
    ):
        return None
    if not digits:
        return Fixed(f"19{[*TENS].index(match['name'].lower() + 'y') + 2}")
    if len(digits) == len("1990"):
        return Fixed(digits[:3])
    return Fixed(f"{20 if digits < '20' else 19}{digits[0]}")


def _century(match: re.Match[str]) -> Node | None:
    number = day_number(match["number"])
    return Fixed(f"{number - 1:02}") if 1 < number <= len(SMALL) + 2 else None


_YEAR_TAIL = r"(?:,? (?:of )?(?P<year>@YEAR)| (?:of )?(?P<turn>this|last|next|the current) year)?"
_TAIL = r"(?:,? (?P<year>@YEAR)| (?:of )?(?P<turn>this|last|next|the current) year)?"
_BIG_ORDINAL = r"(?:" + "|".join(ORDINALS) + r"|twenty-(?:" + "|".join(ORDINALS[:9]) + r")|thirtieth|thirty-first)"
_MONTH_RANGE = compiled(r"(?: ?[-\u2013\u2014] ?| to | through | and )(?P<month>@MONTH)\b" + _YEAR_TAIL)
_DAY_MONTH = compiled(r"(?:(?:@SHORTDAY),? )?(?:the )?(?P<day>@DAY) (?:of )?(?P<month>@MONTH)\b" + _TAIL)
_THE = ("the",)
_TEN_STEMS = [name.removesuffix("y") for name in TENS]

DATES = (
    rule(
        [DIGIT],
        r"(?P<year>(?:19|20)[0-9]{2})(?P<mark>[-./])(?P<month>[0-9]{2})(?P=mark)(?P<day>[0-9]{2})(?![0-9])"
        r"(?:(?:T| )(?P<time>[0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?)(?P<zone>Z| ?(?:UTC|GMT)\b)?)?",
        _iso,
    ),
    rule(
        [DIGIT],
        r"(?P<first>[0-3]?[0-9])(?P<mark>[./-])(?P<second>[0-3]?[0-9])(?P=mark)(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9./-][0-9]|[0-9])",
        _numeric,
    ),
    rule(
        ["the", *ORDINALS, "twenty", "thirtieth", "thirty"],
        r"(?:the )?(?P<day>" + _BIG_ORDINAL + r") of (?P<month>@MONTH)\b" + _TAIL,
        _month_day,
    ),
    rule([DIGIT, "the", *DAY_WORDS], _DAY_MONTH.pattern, _month_day),
    rule(
        [*MONTH_WORDS, *DAY_WORDS, "last", "this", "next"],
        r"(?:(?P<which>last|this|next) |(?:@SHORTDAY),? )?(?P<month>@MONTH) (?:the )?(?P<day>@DAY(?!/[0-9]|[:.,][0-9])|"
        + _BIG_ORDINAL
        + r"\b)"
        + _TAIL,
        _month_day,
    ),
    rule(
        MONTH_WORDS,
        r"(?P<month>@MONTH)(?!\w|-(?!@MONTH))" + _YEAR_TAIL,
        _month,
    ),
    rule(
        [DIGIT, *_THE],
        r"(?P<first>(?:the )?[0-3]?[0-9](?:st|nd|rd|th)?)(?:, [0-3]?[0-9](?:st|nd|rd|th)?){0,4}"
        r"(?: ?[-\u2013\u2014] ?| to |,? and | or )(?P<second>(?:the )?[0-3]?[0-9](?:st|nd|rd|th)? (?:of )?@MONTH)",
        _first_of_range,
    ),
    rule([DIGIT], r"(?P<day>[0-3]?[0-9])(?![0-9A-Za-z:%/]|[.,][0-9])(?:,? (?P<year>@YEAR))?", _last_of_range),
    rule(
        _THE,
        r"the (?P<day>[0-3]?[0-9])(?:st|nd|rd|th)\b(?: of (?P<turn>this|last|next) month)?(?P<zone> local time)?",
        _day_of_month,
    ),
    rule([DIGIT], r"(?P<year>[0-9]{4})(?![0-9])", _year),
    rule([DIGIT], r"(?P<day>[0-3]?[0-9])-(?P<month>@MONTH)-(?P<year>@YEAR)(?P<turn>)", _month_day),
    rule(_THE, r"the year (?P<year>@YEAR)", _year),
    rule(["fy"], r"FY ?['\u2019]?(?P<year>@YEAR)", lambda match: Fixed(match["year"])),
    rule(["fiscal"], r"fiscal(?: year)? (?P<year>@YEAR)", lambda match: Fixed(match["year"])),
    rule([DIGIT], r"(?P<year>[0-9]{2})(?![\w-])", _short_year),
    rule(
        ["nineteen", "eighteen", "twenty"],
        r"(?P<high>nineteen|eighteen|twenty)~(?P<low>(?:"
        + "|".join(TENS)
        + r")(?:~(?:"
        + "|".join(list(SMALL)[1:10])
        + r"))?)\b(?! ?-?(?:hundred|thousand))",
        _spoken_year,
    ),
    rule(
        [*_THE, DIGIT, *(f"{stem}ies" for stem in _TEN_STEMS)],
        r"(?P<article>the )?(?:(?P<digits>1[0-9]{2}0|20[0-9]0|[2-9]0)['\u2019]?s|(?P<name>"
        + "|".join(_TEN_STEMS)
        + r")ies)\b",
        _decade,
    ),
    rule(
        [*_THE, DIGIT, *ORDINALS, "twenty"],
        r"(?:the )?(?P<number>[12]?[0-9](?:st|nd|rd|th)|" + _BIG_ORDINAL + r")~century\b",
        _century,
    ),
)
