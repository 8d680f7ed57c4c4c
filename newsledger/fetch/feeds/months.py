"""Names of months that are not English, as feeds of Europe write them in dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsledger.fetch.dates import read_feed_date

if TYPE_CHECKING:
    from datetime import datetime

# A line a month: German, French, Spanish, Italian, Portuguese, Polish; Russian, Ukrainian, Belarusian.
_NAMES = """
januar jänner jan janvier janv enero ene gennaio gen janeiro stycznia sty января янв січня січ студзеня сту
februar feber feb février fevrier févr fév febrero febbraio fevereiro fev lutego lut февраля фев лютого лют лютага
märz maerz mär mars marzo mar março marca марта мар березня бер сакавіка сак
april apr avril avr abril abr aprile kwietnia kwi апреля апр квітня кві красавіка кра
mai mayo may maggio mag maio maja maj мая май травня тра траўня
juni jun juin junio giugno giu junho czerwca cze июня июн червня чер чэрвеня чэр
juli jul juillet juil julio luglio lug julho lipca lip июля июл липня лип ліпеня ліп
august aug août aout agosto ago sierpnia sie августа авг серпня сер жніўня жні
september sep sept septembre septiembre settembre set setembro września wrz сентября сен вересня вер верасня
oktober okt octobre oct octubre ottobre ott outubro out października paź октября окт жовтня жов кастрычніка кас
november nov novembre noviembre novembro listopada lis ноября ноя нояб листопада лис лістапада ліс
dezember dez décembre déc diciembre dic dicembre dezembro grudnia gru декабря дек грудня гру снежня сне
"""  # noqa: RUF001 - Cyrillic
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {
    name: english for line, english in zip(_NAMES.strip().split("\n"), _ENGLISH, strict=True) for name in line.split()
}
# What comes before the day is a weekday; between the year and the time stand words such as `um`.
_DATE = re.compile(r"\b(\d{1,2})(?:\.|er|º)?\s+(?:de\s+)?([^\W\d_]{3,12})\.?,?\s+(?:de\s+)?(\d{4})\b")
_TIME = re.compile(r"\b\d{1,2}:\d\d.*")
_LONGEST = 100


def in_english(written: str) -> str | None:
    """Give a date such as `5. Dezember 2023 um 10:00` as `5 Dec 2023 10:00`; None where no month of ours is in it."""
    found = _DATE.search(written[:_LONGEST])
    month = _MONTHS.get(found[2].casefold()) if found else None
    if not found or not month:
        return None
    clock = _TIME.search(written[:_LONGEST], found.end())
    return f"{found[1]} {month} {found[3]} {clock[0] if clock else ''}".strip()


def read_date(written: str | None) -> datetime | None:
    """Read a date of a feed, its month in English or in one of these languages; None for anything else."""
    if not written:
        return None
    if moment := read_feed_date(written):
        return moment
    english = in_english(written)
    return read_feed_date(english) if english else None
