"""Written dates, as datelines and heads of articles have them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from newsledger.extract.lines import lettered

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
# Russian, Belarusian, Ukrainian, Polish, German, French, Spanish and Italian, each in the form that a date has and,
# where that is another, in the one that stands by itself. English shares some of them.
_FOREIGN = (
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "янв фев мар апр мая июн июл авг сен окт ноя дек",
    "студзеня лютага сакавіка красавіка траўня чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
    "студзень люты сакавік красавік травень чэрвень ліпень жнівень верасень кастрычнік лістапад снежань",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
)
FOREIGN_MONTHS = {name: number for line in _FOREIGN for number, name in enumerate(line.split(), start=1)}
MONTHS_ANYWHERE = {name.lower(): number for name, number in FOREIGN_MONTHS.items()} | MONTHS
_MONTH = "(?:" + "|".join(sorted(MONTHS_ANYWHERE, key=len, reverse=True)) + r")\b\.?"
# The year's own word, which some languages print behind it.
YEAR_WORD = r"(?:(?:года|року|roku)\b|(?:г|р|r)\.)"  # noqa: RUF001 - Cyrillic letters are meant
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
FULL_DATE = re.compile(
    rf"(?:(?P<d1>{_DAY})(?:er|\.)?\s(?:de\s)?(?P<m1>{_MONTH}),?\s(?:de\s)?(?P<y1>\d{{4}})(?:\s{YEAR_WORD})?"
    rf"|(?P<m2>{_MONTH})\s(?P<d2>{_DAY}),?\s(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})"
    r"|(?P<d4>\d{1,2})\.(?P<m4>\d{1,2})\.(?P<y4>\d{4}))(?!\d)",
    re.IGNORECASE,
)
_YEARS = range(1900, 2101)
# A dateline may be a few days ahead of the publication date, never more.
_AHEAD = timedelta(days=7)


def day_of(match: re.Match[str]) -> date | None:
    """Read the day that FULL_DATE matched; None where the calendar has no such day."""
    for form in "1234":
        year, month, day = (match.group(part + form) for part in "ymd")
        if year:
            number = int(month) if month.isdigit() else MONTHS_ANYWHERE.get(lettered(month).rstrip(".").lower(), 0)
            return make_day(int(year), number, int(re.sub(r"\D", "", day)))
    return None


def make_day(year: int, month: int, day: int) -> date | None:
    """Make a day; None where the calendar has no such day or the year is no year of news."""
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def latest_before(month: int, day: int, published: date) -> date | None:
    """Give a day without a year the year that lies nearest before the publication date."""
    for year in (published.year + 1, published.year, published.year - 1):
        found = make_day(year, month, day)
        if found is not None and found <= published + _AHEAD:
            return found
    return None
