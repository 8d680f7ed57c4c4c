"""The line an agency opens with, read part by part: who wires, from where, on which day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsledger.extract.calendar import MONTHS_ANYWHERE, latest_before, make_day
from newsledger.extract.document import split_words
from newsledger.extract.grammar.numerals import listed
from newsledger.extract.lexicon import fold
from newsledger.extract.lists.countries import slug
from newsledger.records.extraction import Dateline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from newsledger.extract.document import Token
    from newsledger.extract.lexicon import Entry, Lexicon

_LONGEST_NAME = 4
_LONGEST_REGION = 3
_DASHES = frozenset("-–—_")  # noqa: RUF001 - dashes are meant
OPEN = {"(": ")", "/": "/", "[": "]"}
# What may stand between two parts, and what stands behind the last word of one.
_BETWEEN = _DASHES | frozenset(",./")
_CLOSING = _BETWEEN | frozenset(":([)") | {""}
_FILLERS = frozenset({"corr", "correspondent", "reporter", ".", "-"})
# In capitals before a dash, too, but no place.
_LABELS = frozenset(
    listed(
        "ABSTRACT ALERT ANALYSIS BREAKING BRIEF COLUMN COMMENTARY CORRECTION EDITORIAL EXCLUSIVE EXPLAINER FACTBOX "
        "FEATURE FLASH GRAPHIC HEADLINES INSIGHT INTERVIEW LATEST LETTERS LIVE NEWS OPINION PHOTO PHOTOS PODCAST POLL "
        "PREVIEW PROFILE REPORT REVIEW SPECIAL STATEMENT SUMMARY TEXT TIMELINE UPDATE URGENT VIDEO VIEW WATCH WRAPUP"
    )
)
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_DAYS = range(1, 32)
_YEAR_DIGITS = 4


def _is_medium(entry: Entry) -> bool:
    """Tell whether the entry is an agency or outlet that an article can lean on."""
    return entry.type == "ORG" and (entry.kind in ("agency", "outlet") or entry.sector == "JRN")


def medium(lexicon: Lexicon, keys: Sequence[str]) -> Entry | None:
    """Give the agency whose name the words are, whole."""
    form = lexicon.longest(keys, 0) if keys else None
    if form is None or len(form.words) != len(keys):
        return None
    entry = lexicon.entries[form.candidates[0][0]]
    return entry if _is_medium(entry) else None


@dataclass
class Reader:
    """Reads the parts of a dateline one behind the other: agency, place and date, each once and in any order."""

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
    listed: bool = False
    place: str | None = None
    known: bool = False
    shouted: bool = False
    guessed: bool = False
    day: date | None = None
    dated: bool = False

    def read(self) -> Dateline | None:
        """Read a dateline from the start on; None where none stands."""
        self.words = split_words(self.text[self.start : self.end])
        self.keys = [fold(word.text) for word in self.words]
        while self._part():
            self._pass_marks()
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

    def _part(self) -> bool:
        if self.agency is None and (self._agency_in_brackets() or self._agency_by_name()):
            return True
        if not self.dated and (self._date() or self._date_in_brackets()):
            return True
        return self._further_place() if self.place is not None else self._place()

    def _key(self, ahead: int = 0) -> str:
        return self.keys[self.at + ahead] if self.at + ahead < len(self.keys) else ""

    def _take(self, count: int) -> bool:
        """Take words as part of the dateline."""
        self.at += count
        self.last = self.at
        return True

    def _pass_marks(self) -> None:
        """Go on behind a comma, a stop or a dash, which belongs to the dateline only if another part follows."""
        while self._key() in _BETWEEN and not self._opens_bracket():
            self.at += 1

    def _opens_bracket(self) -> bool:
        """Tell the stroke before an agency from the one between two cities."""
        return self._key() == "/" and self.text[self.start + self.words[self.at].start - 1].isspace()

    def _between(self) -> str:
        """Give the marks that were passed since the last part."""
        return "".join(self.keys[self.last : self.at])

    def _ends(self, count: int) -> bool:
        """Tell whether a mark, a bracket or nothing stands behind so many words, as it does behind a bare part."""
        return self._key(count) in _CLOSING

    def _is_dateline(self) -> bool:
        follower = self.keys[self.last] if self.last < len(self.keys) else ""
        dashed = follower in _DASHES
        closed = dashed or follower in (":", ".", "(")
        if self.agency and self.bracketed:
            return self._is_signed(follower, closed=closed)
        if self.agency:
            alone = follower == "\N{EM DASH}" and self.words[0].text.isupper()
            return self.dated or (self.place is not None and closed and not self.guessed) or alone
        if self.place is None or self.guessed:
            return False
        if self.dated:
            return dashed or follower in (".", ":", "")
        if not self.shouted:
            return False
        return (dashed and (self.known or self._opens_text())) or (self.known and follower in ("", ".", ":"))

    def _is_signed(self, follower: str, *, closed: bool) -> bool:
        """Tell an agency in brackets that wires from another name in brackets, such as that of somebody's party."""
        if self.place is None:
            return self.dated or closed or (self.listed and follower.istitle())
        return self.known or self.shouted or self.dated or (closed and (self.listed or not self.guessed))

    def _opens_text(self) -> bool:
        """Tell an unknown place from a headline's label: a spaced dash and a sentence in ordinary letters follow."""
        behind = self.start + self.words[self.last].end
        after = [key for key in self.keys[self.last : self.last + 3] if key not in _DASHES]
        spaced = self.text[behind : behind + 1] in (" ", "\n", "-")
        return (
            spaced
            and self.keys[self.last - 1] not in _LABELS
            and self.lexicon.longest(self.keys, 0) is None
            and bool(after)
            and not (after[0].isupper() and len(after[0]) > 1)
        )

    def _agency_by_name(self) -> bool:
        form = self.lexicon.longest(self.keys, self.at) if self._key() else None
        if form is None:
            return False
        entry, count = self.lexicon.entries[form.candidates[0][0]], len(form.words)
        if not _is_medium(entry) or (self.last and not self._ends(count)):
            return False
        self.agency = entry.id
        return self._take(count)

    def _agency_in_brackets(self) -> bool:
        """Read "(Reuters)" or "/Corr. BelTA/"; an unknown name counts where the dateline goes on or ends behind it."""
        closing = OPEN.get(self._key())
        inside = self.keys[self.at + 1 : self.at + 3 + _LONGEST_NAME]
        if closing is None or closing not in inside[1:]:
            return False
        count = inside.index(closing, 1)
        names = [name for name in inside[:count] if name.lower() not in _FILLERS]
        entry = medium(self.lexicon, names) or medium(self.lexicon, [name.upper() for name in inside[:count]])
        if entry is None and not self._is_agency(names, self._key(count + 2)):
            return False
        self.agency = entry.id if entry else slug(" ".join(names))
        self.bracketed, self.listed = True, entry is not None
        return self._take(count + 2)

    def _is_agency(self, names: list[str], behind: str) -> bool:
        closed = behind in _DASHES or (self.place is not None and self.dated and behind in (".", ":"))
        capital = bool(names) and all(name[0].isupper() for name in names)
        return closed and capital and self.lexicon.longest(names, 0) is None

    def _place(self) -> bool:
        """Read a place: a known one, one in capitals, or any name that an agency in brackets stands behind."""
        if self._between() not in ("", ",", ".") and not self.bracketed:
            return False
        found = self._known_place() or self._shouted_place() or self._titled_place()
        if found is None:
            return False
        self.place, count = found
        self.shouted = all(key.isupper() or not key.isalpha() for key in self.keys[self.at : self.at + count])
        return self._take(count)

    def _further_place(self) -> bool:
        """Read the country, state or second city that is named behind a place."""
        if self._between() not in (",", "/", "") or self._key() == "":
            return False
        if self._between() == "":
            # As in "New Delhi [India]".
            inside = self._key() == "[" and self._key(2) == "]"
            return inside and self.lexicon.longest([self._key(1)], 0) is not None and self._take(3)
        found = self._known_place() or self._shouted_place()
        count = found[1] if found else self._region()
        return bool(count) and self._take(count)

    def _region(self) -> int:
        """Count the words of an unknown region, as in "BUFFALO, N.Y. (AP)"."""
        count = 0
        while count < _LONGEST_REGION and self._key(count)[:1].isupper() and not self._is_month(count):
            count += 1
        stop = self._key(count) == "."
        behind = self._key(count + stop)
        return count + stop if count and (behind in OPEN or (self.shouted and behind in _DASHES)) else 0

    def _known_place(self) -> tuple[str, int] | None:
        form = self.lexicon.longest(self.keys, self.at) if self._key() else None
        if form is None:
            return None
        entries = [self.lexicon.entries[ident] for ident, kind in form.candidates if kind == "name"]
        places = [entry for entry in entries if entry.type in ("GPE", "LOC")]
        if not places:
            return None
        self.known = self.known or places[0].kind != "country"
        return places[0].id, len(form.words)

    def _shouted_place(self) -> tuple[str, int] | None:
        count = 0
        while count < _LONGEST_NAME and self._is_shouted(count):
            count += 1
        if not count or not self._ends(count) or self._key(count) == "":
            return None
        return slug(" ".join(self.keys[self.at : self.at + count])), count

    def _is_shouted(self, ahead: int) -> bool:
        key = self._key(ahead)
        return key.isalpha() and key.isupper() and len(key) > 2 and not self._is_month(ahead)  # noqa: PLR2004

    def _titled_place(self) -> tuple[str, int] | None:
        count = 0
        while count < _LONGEST_REGION and self._key(count).istitle() and not self._is_month(count):
            count += 1
        if not count or self._key(count) not in (*OPEN, ",") or self.lexicon.longest(self.keys, self.at):
            return None
        self.guessed = True
        return slug(" ".join(self.keys[self.at : self.at + count])), count

    def _is_month(self, ahead: int) -> bool:
        return self._printed(ahead).lower() in MONTHS_ANYWHERE

    def _printed(self, ahead: int) -> str:
        """Give a word with its diacritics, which tell some months apart."""
        return self.words[self.at + ahead].text if self.at + ahead < len(self.words) else ""

    def _date(self) -> bool:
        """Read "6 March", "Dec. 5, 2022", "Tuesday, March 6"."""
        begin, last = self.at, self.last
        if self._key().lower() in _WEEKDAYS:
            self.at += 2 if self._key(1) == "," else 1
        for month_first in (False, True):
            if self._day_and_month(month_first=month_first) and (self._ends(0) or (self.agency and last)):
                self.dated = True
                return True
        self.at, self.last, self.day = begin, last, None
        return False

    def _date_in_brackets(self) -> bool:
        """Read "GENEVA (12 March 2024)"."""
        begin, last = self.at, self.last
        if self.place is None or self._key() != "(":
            return False
        self.at += 1
        if self._date() and self._key() == ")":
            return self._take(1)
        self.at, self.last, self.day, self.dated = begin, last, None, False
        return False

    def _day_and_month(self, *, month_first: bool) -> bool:
        dot = self._key(1) == "."
        pair = self._printed(0), self._printed(2 if dot else 1)
        month_key, day_key = pair if month_first else reversed(pair)
        month = MONTHS_ANYWHERE.get(month_key.lower())
        digits = day_key.rstrip("stndrh")
        if month is None or not digits.isdecimal() or int(digits) not in _DAYS:
            return False
        self._take(3 if dot else 2)
        comma = self._key() == ","
        year = self._key(1) if comma else self._key()
        if year.isdecimal() and len(year) == _YEAR_DIGITS:
            self._take(1 + comma)
            self.day = make_day(int(year), month, int(digits))
        elif self.published is not None:
            self.day = latest_before(month, int(digits), self.published)
        return True
