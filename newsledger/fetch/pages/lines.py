"""The lines of a body, one a paragraph, without the headline, what stands twice, and what speaks of the site itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsledger.fetch.pages.phrases import phrases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lxml.etree import _Element

    from newsledger.fetch.pages.linking import Links

_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
# trafilatura's own tags for what stands on lines of its own.
_BLOCKS = frozenset({"p", "head", "item", "list", "quote", "row", "table", "lb", "div"})
# The headline, if it was taken for body text, stands among the first lines, behind a kicker or a path of sections.
_HEADLINE_WITHIN = 4
_KICKER = 60
# What stands twice: a caption; within a paragraph: a pull quote. Shorter lines may well be said again, or head a part.
_REPEATED = 40
_QUOTED = 60
_SEARCHED_LINES = 500
# A site's calls and labels are short, and never most of an article; of a brief page they may be all.
_CALL = 220
_BRIEF = 1_000
_CONTACT = 100
_LEAST_KEPT = 0.6

# A sentence may begin as a pointer, a request or a credit does: what follows must show that it is none.
_LABEL = re.compile(
    rf"{phrases('labels')}|{phrases('pointers')}\s*[:|>»…\u2013\u2014-].*"
    rf"|(?:{phrases('pointers')}|{phrases('pointing_words')}|{phrases('requests')}|{phrases('paywalls')})\W*",
    re.IGNORECASE,
)
_POINTER = re.compile(rf"{phrases('pointing_words')}\s*[:|>»…\u2013\u2014-].*", re.IGNORECASE)
_REQUEST = re.compile(rf"{phrases('requests')}.*", re.IGNORECASE)
_PAYWALL = re.compile(rf"{phrases('paywalls')}.*", re.IGNORECASE)
_ASKED_FOR = re.compile(phrases("asked_for"), re.IGNORECASE)
_CREDIT = re.compile(phrases("credits"), re.IGNORECASE)
_CREDIT_WORDS = 8
_ENDING = (".", "!", "?")
# A request for consent speaks for the site, of several such things, and names its buttons; an article would quote it.
_CONSENT_REQUESTS = re.compile(phrases("consent_requests"), re.IGNORECASE)
_CONSENT_WORDS = re.compile(phrases("consents"), re.IGNORECASE)
_OWN_VOICE = re.compile(
    r"\b(?:we|our|wir|unser\w*|nous|nos|nuestr\w+|utilizamos|nostr\w+|utilizziamo|wij|onze|nasz\w*|мы|наш\w*)\b",
    re.IGNORECASE,
)
_QUOTES = re.compile('["“”„«»]')
_LEAST_CONSENT = 2
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w[\w.-]*")


def key_of(text: str) -> str:
    """Give the words of a text alone, so that two writings of it compare equal."""
    return " ".join(_WORD.findall(text.casefold()))


def lines_of(body: _Element) -> Iterator[str]:
    """Give the lines of what trafilatura found; the tree is spent afterwards."""
    for element in body.iter():
        element.text = _SPACES.sub(" ", element.text or "")
        element.tail = _SPACES.sub(" ", element.tail or "")
        if element.tag in _BLOCKS:
            element.text = "\n" + element.text
            element.tail = "\n" + element.tail
        elif element.tag == "cell":
            element.tail = " " + element.tail
    for line in "".join(body.itertext()).split("\n"):
        if words := _SPACES.sub(" ", line).strip():
            yield words


def tidy(lines: Sequence[str], headlines: Collection[str], links: Links) -> tuple[str, ...]:
    """Leave out the headline, repeated lines, pointers to other articles, requests for consent and others, and labels.

    `headlines` are keys of the page's titles. Where little would be left of a long page, it is of another kind, and
    only the headline goes.
    """
    body = [line for line in _without_headline(lines, headlines) if not _asks_for_consent(line)]
    kept = [*_once([line for line in body if not _is_of_the_site(line, links)])]
    size = sum(map(len, body))
    return tuple(kept if size <= _BRIEF or sum(map(len, kept)) >= _LEAST_KEPT * size else body)


def _without_headline(lines: Sequence[str], headlines: Collection[str]) -> Sequence[str]:
    for position, line in enumerate(lines[:_HEADLINE_WITHIN]):
        if key_of(line) in headlines:
            before = [earlier for earlier in lines[:position] if len(earlier) > _KICKER]
            return [*before, *lines[position + 1 :]]
    return lines


def _once(lines: Sequence[str]) -> Iterator[str]:
    """Pass over a line that stands in full elsewhere: the second of two, or the one within a longer one."""
    keys = [key_of(line) for line in lines]
    whole = "\n".join(("", *keys, "")) if len(lines) <= _SEARCHED_LINES else ""
    seen: set[str] = set()
    for line, key in zip(lines, keys, strict=True):
        is_repeated = (len(key) >= _REPEATED and key in seen) or (len(key) >= _QUOTED and _is_within(key, whole))
        if not is_repeated:
            seen.add(key)
            yield line


def _is_within(key: str, whole: str) -> bool:
    return whole.count(key) > whole.count(f"\n{key}\n")


def _asks_for_consent(line: str) -> bool:
    is_asked = _CONSENT_REQUESTS.search(line) and _OWN_VOICE.search(line) and not _QUOTES.search(line)
    return bool(is_asked) and len(_CONSENT_WORDS.findall(line)) >= _LEAST_CONSENT


def _is_of_the_site(line: str, links: Links) -> bool:
    if len(line) > _CALL:
        return False
    key = key_of(line)
    if key in links.alone or _LABEL.fullmatch(line) or (key in links.most and _POINTER.fullmatch(line)):
        return True
    is_asked = key in links.some or _ASKED_FOR.search(line) is not None
    is_sentence = line.endswith(_ENDING) and key not in links.some
    return (
        (is_asked and _REQUEST.fullmatch(line) is not None)
        or ((is_asked or not is_sentence) and _PAYWALL.fullmatch(line) is not None)
        or (not is_sentence and len(line) <= _CONTACT and _ADDRESS.search(line) is not None)
        or (not (is_sentence and len(line.split()) >= _CREDIT_WORDS) and _CREDIT.fullmatch(line) is not None)
    )
