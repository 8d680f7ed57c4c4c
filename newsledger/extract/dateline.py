"""The line an agency opens with: who wires, from where, on which day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsledger.extract.calendar import MONTHS, latest_before, make_day
from newsledger.extract.document import split_words
from newsledger.extract.lexicon import fold
from newsledger.extract.lists.countries import slug
from newsledger.records.extraction import Dateline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from newsledger.extract.document import Document, Token
    from newsledger.extract.lexicon import Entry, Lexicon
    from newsledger.records.article import Article

# A dateline stands at the head of one of the first paragraphs: the headline and a byline may come before it.
_PARAGRAPHS = 4
_REACH = 200
_TAIL = 60
_LONGEST_NAME = 4
_DASHES = frozenset("-–—_")  # noqa: RUF001 - dashes are meant
_OPEN = {"(": ")", "/": "/", "[": "]"}
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_DAYS = range(1, 32)
_YEAR_DIGITS = 4


def find_dateline(document: Document, article: Article, lexicon: Lexicon) -> Dateline | None:
    """Read the dateline that an agency opens with, or the one that stands at the end in brackets."""
    published = article.published.date() if article.published else None
    for start, end in document.paragraphs[:_PARAGRAPHS]:
        reader = _Reader(document.text, start, min(end, start + _REACH), lexicon, published)
        found = reader.read()
        if found is not None:
            return found
    return _closing(document, lexicon)


def find_heads(document: Document, lexicon: Lexicon) -> Iterator[Dateline]:
    """Find the datelines at the heads of paragraphs, those of the items of a round-up too."""
    for start, end in document.paragraphs:
        found = _Reader(document.text, start, min(end, start + _REACH), lexicon, None).read()
        if found is not None:
            yield found


def _closing(document: Document, lexicon: Lexicon) -> Dateline | None:
    """Read an agency in brackets or between strokes that ends the text: "/BelTA/"."""
    if not document.paragraphs:
        return None
    start, end = document.paragraphs[-1]
    words = [word for word in split_words(document.text[max(start, end - _TAIL) : end]) if word.text != "."]
    offset = max(start, end - _TAIL)
    if not words or words[-1].text not in _OPEN.values():
        return None
    opening = next((n for n in range(len(words) - 2, -1, -1) if _OPEN.get(words[n].text) == words[-1].text), None)
    if opening is None:
        return None
    agency = _medium(lexicon, [fold(word.text) for word in words[opening + 1 : -1]])
    if agency is None:
        return None
    first, last = offset + words[opening].start, offset + words[-1].end
    return Dateline(start=first, end=last, text=document.text[first:last], agency=agency.id)


def is_medium(entry: Entry) -> bool:
    """Tell whether the entry is an agency or outlet that an article can lean on."""
    return entry.type == "ORG" and (
        entry.kind in ("agency", "outlet") or (entry.kind is None and entry.sector == "JRN")
    )


def _medium(lexicon: Lexicon, keys: Sequence[str]) -> Entry | None:
    """Give the agency whose name the words are, whole."""
    form = lexicon.longest(keys, 0) if keys else None
    if form is None or len(form.words) != len(keys):
        return None
    entry = lexicon.entries[form.candidates[0][0]]
    return entry if is_medium(entry) else None


@dataclass
class _Reader:
    """Reads the parts of a dateline one behind the other."""

    text: str
    start: int
    end: int
    lexicon: Lexicon
    published: date | None
    words: tuple[Token, ...] = ()
    keys: list[str] = field(default_factory=list)
    at: int = 0
    last: int = 0
    agency: str | None = None
    bracketed: bool = False
    place: str | None = None
    shouted: bool = False
    day: date | None = None
    dated: bool = False

    def read(self) -> Dateline | None:
        """Read a dateline from the start on; None where none stands."""
        self.words = split_words(self.text[self.start : self.end])
        self.keys = [fold(word.text) for word in self.words]
        self._agency_by_name()
        self._place()
        self._date()
        if self.agency is None and not self._agency_in_brackets():
            self._agency_by_name()
            self._date()
        if not self.last or not self._is_dateline():
            return None
        first, last = self.start + self.words[0].start, self.start + self.words[self.last - 1].end
        return Dateline(
            start=first,
            end=last,
            text=self.text[first:last],
            agency=self.agency,
            place=self.place,
            date=self.day,
        )

    def _key(self, ahead: int = 0) -> str:
        return self.keys[self.at + ahead] if self.at + ahead < len(self.keys) else ""

    def _take(self, count: int) -> None:
        """Take words as part of the dateline; a comma or stop behind them may be passed."""
        self.at += count
        self.last = self.at
        if self._key() in (",", ".") and self._key(1) and self.agency != "":
            self.at += 1

    def _is_dateline(self) -> bool:
        follower = self.keys[self.last] if self.last < len(self.keys) else ""
        closed = follower in _DASHES or follower in (":", ".", "(")
        if self.agency:
            return (self.bracketed and (self.place is not None or self.dated or closed)) or (
                (self.place is not None or self.dated) and (closed or self.dated)
            )
        return self.place is not None and follower in (*_DASHES, ".") and (self.dated or self.shouted)

    def _agency_by_name(self) -> None:
        form = self.lexicon.longest(self.keys, self.at) if self._key() else None
        if form is None:
            return
        entry = self.lexicon.entries[form.candidates[0][0]]
        if is_medium(entry):
            self.agency = entry.id
            self._take(len(form.words))

    def _agency_in_brackets(self) -> bool:
        """Read "(Reuters)" or "/TASS/"; a name that is not known counts where the dateline goes on behind it."""
        closing = _OPEN.get(self._key())
        if closing is None:
            return False
        inside = self.keys[self.at + 1 : self.at + 2 + _LONGEST_NAME]
        if closing not in inside[1:]:
            return False
        names = inside[: inside.index(closing, 1)]
        entry = _medium(self.lexicon, names)
        behind = self._key(len(names) + 2)
        if entry is None and not (
            behind in _DASHES and all(name[:1].isupper() for name in names) and self.lexicon.longest(names, 0) is None
        ):
            return False
        self.agency = entry.id if entry else slug(" ".join(names))
        self.bracketed = True
        self._take(len(names) + 2)
        return True

    def _place(self) -> None:
        found = self._known_place() or self._shouted_place()
        if found is None:
            return
        self.place, count = found
        self.shouted = all(key.isupper() or not key.isalpha() for key in self.keys[self.at : self.at + count])
        self._take(count)
        while self._key() and (self.keys[self.last] in (",", "/") if self.last < len(self.keys) else False):
            self.at = self.last + 1
            other = self._known_place() or self._shouted_place()
            if other is None:
                break
            self._take(other[1])

    def _known_place(self) -> tuple[str, int] | None:
        form = self.lexicon.longest(self.keys, self.at) if self._key() else None
        if form is None:
            return None
        entries = [self.lexicon.entries[ident] for ident, kind in form.candidates if kind == "name"]
        places = [entry for entry in entries if entry.type in ("GPE", "LOC")]
        return (places[0].id, len(form.words)) if places else None

    def _shouted_place(self) -> tuple[str, int] | None:
        count = 0
        while count < _LONGEST_NAME and self._is_shouted(count):
            count += 1
        behind = self._key(count)
        if not count or not (behind in _DASHES or behind in _OPEN or behind in (",", ".")):
            return None
        return slug(" ".join(self.keys[self.at : self.at + count])), count

    def _is_shouted(self, ahead: int) -> bool:
        key = self._key(ahead)
        return key.isalpha() and key.isupper() and len(key) > 2 and key.lower() not in MONTHS  # noqa: PLR2004

    def _date(self) -> None:
        """Read "6 March", "Dec. 5, 2022", "Tuesday, March 6" behind what was read so far."""
        begin = self.at
        if self._key().lower() in _WEEKDAYS:
            self.at += 2 if self._key(1) == "," else 1
        for month_first in (False, True):
            if self._day_and_month(month_first=month_first):
                return
        self.at = begin

    def _day_and_month(self, *, month_first: bool) -> bool:
        dot = month_first and self._key(1) == "."
        month_key, day_key = (self._key(), self._key(2 if dot else 1)) if month_first else (self._key(1), self._key())
        month = MONTHS.get(month_key.lower())
        digits = day_key.rstrip("stndrh")
        if month is None or not digits.isdecimal() or int(digits) not in _DAYS:
            return False
        self._take(3 if dot else 2)
        year = self._key()
        if year.isdecimal() and len(year) == _YEAR_DIGITS:
            self._take(1)
            self.day = make_day(int(year), month, int(digits))
        elif self.published is not None:
            self.day = latest_before(month, int(digits), self.published)
        self.dated = True
        return True
