"""The articles that are read: the same ones for the same number, on any machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

from newsledger.fetch import read_documents
from newsledger.records.article import Article

_SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "articles"
WORDS = 600
_PEOPLE_EVERY = 3  # after so many paragraphs somebody made up speaks
_SYLLABLES = "ba dor el fen gar hil ist jan kor lev mar nov ost per ras sim tor ul ven zel".split()  # noqa: SIM905


def make_article(number: int) -> Article:
    """Make an article of about 600 words, another one for each number."""
    chance = Random(number)  # noqa: S311 - nothing is kept secret
    paragraphs = chance.sample(_paragraphs(), len(_paragraphs()))
    text: list[str] = []
    words = 0
    for count, paragraph in enumerate(paragraphs, 1):
        text.append(paragraph if count % _PEOPLE_EVERY else f"{paragraph} {_made_up(chance)}")
        words += len(text[-1].split())
        if words >= WORDS:
            break
    return Article(article_id=f"made-up-{number}", text="\n\n".join(text), title=paragraphs[0][:60])


@cache
def _paragraphs() -> list[str]:
    return [part for seed in read_documents([_SEEDS], None) for part in seed.text.split("\n\n") if part.strip()]


def _made_up(chance: Random) -> str:
    name, place = _name(chance), _name(chance)
    share, sum_, year = chance.randrange(1000) / 10, chance.randrange(10**6), chance.randrange(1980, 2030)
    return (
        f"{_name(chance)} {name}, who led the port of {place} until {year}, said that trade with it had grown "
        f"by {share} percent to {sum_:,} tonnes."
    )


def _name(chance: Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=3)).capitalize()
