"""Where a sentence ends: what a full stop means after an abbreviation, in a quote, or with no space behind it."""

from __future__ import annotations

import re
from functools import cache

from newsledger.extract.lists.wordlists import word_table


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word_table("names")["sentences"][kind].split())


_LAST_WORD = re.compile(r"[\w.]+$")
_NEXT_WORD = re.compile(r"[\"'“‘«(\[]*([\w.]+)")  # noqa: RUF001 - opening quotes are meant
_SPEECH = re.compile(
    r"\s+(?:[A-Z][\w'’.-]*\s+){1,4}(?:said|says|asked|told|added|wrote|replied|answered|shouted|joked|quipped|noted|warned)\b",  # noqa: RUF001
)
# "Gonzalo P." and "H.R." are no ends, whatever a small "p." stands for.
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z]){0,2}")
_LOOK_BACK = 24
_LOOK_AHEAD = 120
_OPENERS = "“‘«([\"'"  # noqa: RUF001 - opening quotes are meant
_BULLETS = "–—-•*"  # noqa: RUF001 - dashes are meant
_GLUED_WORD = 3
_QUOTE_REACH = 2000


def ends_sentence(text: str, sentence: int, start: int, end: int, limit: int) -> int | None:
    """Say where the next sentence begins if one ends with the marks `text[start:end]`, else None.

    `sentence` is where the sentence under way began; text from `limit` on is out of sight.
    """
    if end >= limit:
        return None
    if not text[end].isspace():
        return _glued(text, sentence, start, end)
    ahead = text[end : min(limit, end + _LOOK_AHEAD)]
    rest = ahead.lstrip()
    if not rest or not _may_begin(rest):
        return None
    if text[start] in "!?" and text[end - 1] in "\"'”’»" and _SPEECH.match(ahead):  # noqa: RUF001
        return None
    if text[start:end] == "." and _is_abbreviation(text, sentence, start, rest):
        return None
    return end


def _may_begin(rest: str) -> bool:
    first = rest.lstrip(_OPENERS + _BULLETS)[:1] or rest[0]
    return first.isupper() or first.isdigit() or (first.isalpha() and not first.islower())


def _is_abbreviation(text: str, sentence: int, start: int, rest: str) -> bool:
    before = _LAST_WORD.search(text[max(sentence, start - _LOOK_BACK) : start])
    after = _NEXT_WORD.match(rest)
    if before is None or after is None:
        return False
    word, follower = before.group(), after.group(1)
    lower = word.lower()
    if lower in _words("titles"):
        return True
    if _INITIALS.fullmatch(word) or lower in _words("either"):
        return follower.lower() not in _words("starters")
    return lower in _words("before_numbers") and follower[0].isdigit()


def _glued(text: str, sentence: int, start: int, end: int) -> int | None:
    """Find the cut in "alliance.China News" or 'he said."We': a full stop with no space behind it."""
    stop = start + 1
    opens = text[stop : stop + 1]
    if opens in ('"', "'") and stop < end and text.count(opens, max(sentence, start - _QUOTE_REACH), start) % 2:
        stop += 1
    elif opens and opens not in _OPENERS and stop != end:
        stop = end
    before = _LAST_WORD.search(text[max(sentence, start - _LOOK_BACK) : start])
    if before is None or len(before.group()) < _GLUED_WORD or not before.group().islower():
        return None
    after = _NEXT_WORD.match(text[stop : stop + _LOOK_BACK])
    if after is None:
        return None
    word = after.group(1)
    return stop if word[0].isupper() and "." not in word[:-1] and (len(word) == 1 or word[1:].islower()) else None
