"""Copies as papers print them, and texts that are like copies and are none; each the same for the same seed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bench.copies.rewording import reword
from bench.copies.texts import laid_out

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from bench.copies.texts import Original

    Maker = Callable[[Original, Original, Random], str | None]

_FRONT = (
    "Read also: Ministry names the date of the next round\n\n",
    "Subscribe to our channel and be the first to know the news!\n\n",
    "By our newsroom\nUpdated 14 minutes ago\n\n",
    "Photo: archive / press service\n\n",
    "World | Politics | Economy\n\n",
)
_BACK = (
    "\n\nRead also: What the week in parliament will bring",
    "\n\n© 2026 The Morning Courier. All rights reserved. Reproduction only with a link to this page.",
    "\n\nFollow us on Telegram, write to our editors and tell your friends about us.",
    "\n\nIf you have found a spelling error, please select the text and press Ctrl and Enter.",
    "\n\nThe views expressed here are not necessarily those of the editors. Support independent news: make a donation.",
)
_LEADS = (
    "It was a day that many had been waiting for, and it brought little that they had hoped for.",
    "Here is what is known so far about a matter that keeps the region and its neighbours busy.",
    "The news spread fast through the capital, where few had thought that things would come this far.",
    "Observers call it a turning point, others a storm in a teacup; either way nobody can look aside.",
    "A story that began quietly some weeks before has now reached the front pages.",
)
_SPELLINGS = {
    "ization": "isation", "izing": "ising", "ized": "ised", "enko": "enka", "sky": "skiy", "center": "centre",
    "labor": "labour", "defense": "defence", "favor": "favour", "Moham": "Muham", "ov ": "off ", "Kiev": "Kyiv",
    "Yuri": "Yury", "Serge": "Sergue", "Ahmed": "Ahmad", "Hussein": "Husayn", "program ": "programme ",
}  # fmt: skip
_NUMBER = re.compile(r"\d+")
_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNT = re.compile(rf"\b(?:{'|'.join(_COUNTS)})\b")
_QUOTE = re.compile(r'["“][^"“”]{20,}["”]')
_MANY_NUMBERS = 5
_MUCH = 60  # words: of less, what stands around would be the most


def _same(original: Original, _: Original, rng: Random) -> str:
    """Put another headline above the text."""
    return f"{rng.choice(_LEADS).rstrip('.')}\n\n{laid_out(original.sentences)}"


def _cut(original: Original, _: Original, rng: Random) -> str:
    return laid_out(_first(original.sentences, rng.choice((0.34, 0.5, 0.67))))


def _lead_swapped(original: Original, other: Original, rng: Random) -> str:
    lead = rng.choice([rng.choice(_LEADS), other.sentences[0]])
    return laid_out([lead, *original.sentences[1:]])


def _lead_rewritten(original: Original, _: Original, rng: Random) -> str:
    sentences = original.sentences
    return laid_out([*(reword(one, 0.6, rng) for one in sentences[:2]), *sentences[2:]])


def _reworded(original: Original, _: Original, rng: Random) -> str:
    return laid_out([reword(one, rng.uniform(0.1, 0.2), rng) for one in original.sentences])


def _reworded_most(original: Original, _: Original, rng: Random) -> str:
    return reword(original.text, 0.2, rng)


def _boilerplate(original: Original, _: Original, rng: Random) -> str:
    return _framed(laid_out(original.sentences), rng)


def _credited(original: Original, _: Original, rng: Random) -> str:
    """Name the agency before or behind the text."""
    head = rng.choice(("MINSK, 19 December (BelTA) - ", "MOSCOW, December 19. /TASS/. ", "(Reuters) - ", ""))
    return f"{head}{laid_out(original.sentences)}{'' if head else ' (TASS)'}"


def _respelt(original: Original, _: Original, __: Random) -> str:
    text = original.text
    for one, other in _SPELLINGS.items():
        text = text.replace(one, other)
    return text


def _reordered(original: Original, _: Original, rng: Random) -> str:
    sentences = original.sentences
    paragraphs = [sentences[at : at + 2] for at in range(1, len(sentences), 2)]
    rng.shuffle(paragraphs)
    return laid_out([sentences[0], *(one for paragraph in paragraphs for one in paragraph)])


def _merged(original: Original, other: Original, rng: Random) -> str | None:
    """Put a third or a quarter as much of another text into it."""
    added = _within(other.sentences, len(original.text.split()) // rng.choice((3, 4)))
    at = len(original.sentences) // rng.choice((1, 2))
    return laid_out([*original.sentences[:at], *added, *original.sentences[at:]]) if added else None


def _cut_reworded(original: Original, _: Original, rng: Random) -> str:
    kept = _first(original.sentences, rng.choice((0.34, 0.5, 0.67)))
    return laid_out([reword(one, 0.2, rng) for one in kept])


def _all_at_once(original: Original, _: Original, rng: Random) -> str | None:
    """Cut, another lead, a tenth to a fifth reworded, and boilerplate around it."""
    kept = _first(original.sentences, rng.choice((0.5, 0.67, 0.8)))
    if sum(len(one.split()) for one in kept[1:]) < _MUCH:
        return None
    kept = [rng.choice(_LEADS), *(reword(one, rng.uniform(0.1, 0.2), rng) for one in kept[1:])]
    return _framed(laid_out(kept), rng)


def _shared_quotes(original: Original, other: Original, rng: Random) -> str | None:
    """Put the quotations, up to a third, and a sentence of background into a report of its own."""
    quotes = [one for one in original.sentences if _QUOTE.search(one)]
    own = other.sentences
    shared = _within(rng.sample(quotes, len(quotes)), len(other.text.split()) // 3)
    if not shared:
        return None
    for one in [*shared, original.sentences[-1]]:
        own.insert(rng.randrange(1, len(own) + 1), one)
    return laid_out(own)


def _shared_background(original: Original, other: Original, _: Random) -> str | None:
    """Let a report of its own end with the last sentences, the background, up to a third."""
    own = other.sentences
    shared = _within(original.sentences[::-1], len(other.text.split()) // 3)[::-1]
    return laid_out([*own, *shared]) if shared and len(shared) * 2 < len(original.sentences) else None


def _other_numbers(original: Original, _: Original, rng: Random) -> str | None:
    """Write the next report of a series: the same sentences, other numbers and days."""
    text = _NUMBER.sub(lambda found: _another(found[0], rng), original.text)
    text = _DAY.sub(lambda _: rng.choice(_DAYS), text)
    text = _COUNT.sub(lambda _: rng.choice(_COUNTS), text)
    return laid_out([reword(text, 0.02, rng)]) if len(_NUMBER.findall(text)) >= _MANY_NUMBERS else None


def _repeated_whole(original: Original, other: Original, _: Random) -> str | None:
    """Let a long report of its own end with the whole of a brief."""
    if len(original.text.split()) * 2 > len(other.text.split()):
        return None
    return laid_out([*other.sentences, *original.sentences])


COPIES: dict[str, Maker] = {
    "re-headlined": _same,
    "cut": _cut,
    "lead swapped": _lead_swapped,
    "lead rewritten": _lead_rewritten,
    "reworded 10-20 %": _reworded,
    "reworded 20 %": _reworded_most,
    "boilerplate": _boilerplate,
    "dateline": _credited,
    "spelling": _respelt,
    "reordered": _reordered,
    "merged": _merged,
    "cut, reworded 20 %": _cut_reworded,
    "all at once": _all_at_once,
}
OTHERS: dict[str, Maker] = {
    "own report, shared quotes": _shared_quotes,
    "follow-up, shared background": _shared_background,
    "series, other numbers": _other_numbers,
    "own report, ends with a brief": _repeated_whole,
}


def _first(sentences: list[str], share: float) -> list[str]:
    """Give the first sentences up to a share of the text, and no less."""
    wanted = share * sum(len(one.split()) for one in sentences)
    kept, words = 0, 0
    while kept < len(sentences) and words < wanted:
        words += len(sentences[kept].split())
        kept += 1
    return sentences[:kept]


def _within(sentences: list[str], words: int) -> list[str]:
    """Give the first sentences that have no more words together."""
    kept = []
    for one in sentences:
        words -= len(one.split())
        if words < 0:
            break
        kept.append(one)
    return kept


def _framed(text: str, rng: Random) -> str:
    return f"{rng.choice(_FRONT)}{text}{rng.choice(_BACK)}"


def _another(number: str, rng: Random) -> str:
    """Give another number of the same length."""
    low = 10 ** (len(number) - 1) if len(number) > 1 else 0
    return str(rng.randint(low, 10 ** len(number) - 1)).zfill(len(number))
