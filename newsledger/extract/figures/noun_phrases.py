"""What is counted: the noun phrase behind a number, found by word lists and endings."""

from __future__ import annotations

import re

from newsledger.extract.figures.counting import noun_list

_STOPS = noun_list("stops") | noun_list("verbs")
_WORD = re.compile(r"[^\S\n]{1,2}((?:[A-Z]\.){2,}|[^\W\d_][\w’'&-]{0,40}|[A-Z][\w-]{0,20})")  # noqa: RUF001 - as printed
_QUOTED = re.compile(r"[^\S\n][\"\u201c]([\w -]{3,40})[\"\u201d]")
_DETERMINER = re.compile(r"[^\S\n]{1,2}(?:the|a|an|its|their|his|her|our|all|total)\b(?=[^\S\n])")
_OF = re.compile(r"[^\S\n]{1,2}of(?=[^\S\n])")
# "2 million monthly users" are counted; "2 million monthly" is a rate.
_OFTEN = frozenset({"daily", "weekly", "monthly", "yearly"})
_LONGEST = 7
_LONGEST_LONE = 4


def plural_head(text: str, start: int) -> int | None:
    """Give the end of the noun phrase that begins behind `start` and counts several things; null if none does."""
    quoted = _QUOTED.match(text, start)
    if quoted:
        inside = f" {quoted[1]}"
        return quoted.end() if plural_head(inside, 0) == len(inside) else None
    end, head, following = start, None, 0
    for _ in range(_LONGEST):
        found = _WORD.match(text, end)
        word = found[1] if found else ""
        low = word.lower()
        often = end == start and low in _OFTEN
        if not found or (low in _STOPS and not often) or low.endswith(("'s", "’s")):  # noqa: RUF001 - as printed
            break
        if head is not None:
            if not (following and _is_plural(word)):
                break
            head = found.end()
            break
        end = found.end()
        if _is_plural(word):
            head, following = end, low in noun_list("attributive")
            if not following:
                break
    return _with_contents(text, head) if head is not None else None


def singular_head(text: str, start: int) -> int | None:
    """Give the end of the noun phrase that one is counted by: "one Polish soldier"."""
    end = start
    for _ in range(3):
        found = _WORD.match(text, end)
        if not found or found[1].lower() in _STOPS:
            return None
        end = found.end()
        if found[1].lower() in noun_list("singular"):
            return end
    return None


def lone_head(text: str, start: int) -> int | None:
    """Give the end of the noun phrase behind "one" that ends before a verb, function word or mark: "one new hotel"."""
    end, head = start, None
    for _ in range(_LONGEST_LONE):
        found = _WORD.match(text, end)
        low = found[1].lower() if found else ""
        if (
            not found
            or low in _STOPS
            or low in noun_list("after_pronoun")
            or low.endswith(("ed", "ly", "'s", "\u2019s"))
        ):
            break
        if low.endswith("s") and not low.endswith(("ss", "us", "is")):
            break
        end = head = found.end()
    return head


def phrase_after(text: str, start: int, longest: int = 6) -> tuple[int, int] | None:
    """Give the noun phrase that begins behind `start`, up to the next function word, verb or mark."""
    found = _DETERMINER.match(text, start)
    begin = end = found.end() if found else start
    for _ in range(longest):
        word = _WORD.match(text, end)
        if not word or word[1].lower() in _STOPS or (end > begin and word[1].endswith("ed")):
            break
        end = word.end()
    if end == begin:
        return None
    return begin + len(text[begin:end]) - len(text[begin:end].lstrip()), end


def _with_contents(text: str, head: int) -> int:
    """Let "pieces" grow to "pieces of field artillery"."""
    last = text[max(0, head - 24) : head].rsplit(maxsplit=1)[-1].lower()
    of = _OF.match(text, head) if last in noun_list("containers") else None
    inner = phrase_after(text, of.end(), 4) if of else None
    return inner[1] if inner else head


def _is_plural(word: str) -> bool:
    low = word.lower()
    if low in noun_list("irregular_plurals") or low.endswith("-men"):
        return True
    ending = low.endswith("s") and not low.endswith(("ss", "ous", "sis"))
    return ending and len(low) >= len("MPs") and low not in noun_list("no_plurals")
