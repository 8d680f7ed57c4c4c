"""How fast stories are told, beside the bare limit: `python -m bench.stories [--window 6000] [--new 50]`.

The articles are those of bench.store, of one week; one in three is told again by two other papers, in other sentences
and with the same names. Times are processor time. The bare limit is what it takes to split the texts into words once.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random

from bench.store.articles import make_extraction
from newsledger.records.stories import StoryCandidate
from newsledger.stories import tell_stories
from newsledger.stories.copies import find_copies
from newsledger.stories.wording import read_wording

_WEEKS = 52
_TOLD_BY = 3


def main() -> None:
    """Print what a week takes that is all new, and what a few articles more take."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--window", type=int, default=6_000)
    parser.add_argument("--new", type=int, default=50)
    asked = parser.parse_args()
    articles = make_week(asked.window + asked.new)
    week = articles[: asked.window]
    started = time.process_time()
    words = sum(sum(Counter(one.text.split()).values()) for one in articles)
    print(f"{len(articles):,} articles, {words:,} words; splitting them: {time.process_time() - started:.2f} s")
    for name, work in (
        ("reading names, numbers and leads", lambda: [read_wording(one.title, one.text) for one in articles]),
        ("finding all copies", lambda: find_copies(articles, {})),
    ):
        started = time.process_time()
        work()
        print(f"{name}: {time.process_time() - started:.2f} s")
    started = time.process_time()
    first = tell_stories(week, {})
    took = time.process_time() - started
    stories = Counter(place.story_id for place in first.places)
    print(f"{asked.window:,} at once: {took:.2f} s, {len(stories):,} stories, {max(stories.values())} in the largest")
    known = {place.article_id: place for place in first.places}
    started = time.process_time()
    then = tell_stories(articles, known)
    moved = sum(
        known[place.article_id].story_id != place.story_id for place in then.places if place.article_id in known
    )
    print(f"{asked.new} more: {time.process_time() - started:.2f} s, {moved} moved, {len(then.changes)} changes")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most")


def make_week(size: int) -> list[StoryCandidate]:
    """Make so many articles in the order of their moments."""
    made: list[StoryCandidate] = []
    number = 0
    while len(made) < size:
        chance = Random(number)  # noqa: S311 - nothing is kept secret
        article = make_extraction(number, size * _WEEKS).article
        first = StoryCandidate(
            article_id=article.article_id,
            text=article.text,
            title=article.title,
            url=article.url,
            source=article.source,
            told_at=article.published,
        )
        made.append(first)
        if number % _TOLD_BY == 0:
            made += [_told_again(first, paper, chance) for paper in range(1, _TOLD_BY)]
        number += 1
    return sorted(made, key=lambda one: (one.told_at, one.article_id) if one.told_at else ())[:size]


def _told_again(first: StoryCandidate, paper: int, chance: Random) -> StoryCandidate:
    """Tell an article again: its sentences in another order, words exchanged, names and numbers kept."""
    sentences = first.text.split(". ")
    chance.shuffle(sentences)
    words = [chance.choice((word, word[::-1])) if word.islower() else word for word in ". ".join(sentences).split()]
    moment = first.told_at + timedelta(hours=paper) if first.told_at else None
    return replace(
        first,
        article_id=f"{first.article_id}-{paper}",
        text=" ".join(words),
        title=None,
        url=None,
        source=f"{first.source}-{paper}",
        told_at=moment,
    )


if __name__ == "__main__":
    main()
