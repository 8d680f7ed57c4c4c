"""Measures and prints: `python -m bench.copies [--half held-out] [--seed 1] [--show 10]`.

All articles are thrown together, originals, copies and what only looks like copies, each at an hour of its own after
its original, and every pair of two that the ladder puts in one group counts.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

from bench.copies.series import reports
from bench.copies.texts import Original, originals
from bench.copies.variants import COPIES, OTHERS
from newsledger.records.stories import StoryCandidate, StoryPlace
from newsledger.stories.copies import find_copies
from newsledger.stories.shingles import Body, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_START = datetime(2026, 3, 2, tzinfo=UTC)
_WEEK = 7 * 24 * 60  # minutes
_COPIES_EACH, _DAYS = 5, 40
_OWN = 0.05  # of the runs of four words: what two reports of one event may have in common
_RECALL, _PRECISION = 0.98, 0.99
_WINDOW, _NEW, _TIMES = 6000, 50, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An article of the measure: of which kind, of which text it was made, and who copies one another."""

    article: StoryCandidate
    kind: str
    base: str
    group: str
    cluster: str


def main() -> None:
    """Measure one half and say whether it reaches the targets."""
    asked = _arguments()
    texts = [one for one in originals() if one.is_held_out == (asked.half == "held-out")]
    made = list(_made(texts, Random(asked.seed)))  # noqa: S311 - nothing is kept secret
    started = time.process_time()
    copies = find_copies([one.article for one in made], {})
    took = time.process_time() - started
    print(f"{len(texts):,} originals, {len(made):,} articles, {took:.1f} s; {asked.half} half, seed {asked.seed}")
    recall, precision = _report(made, copies, asked.show)
    times = _speed(made, copies)
    if recall < _RECALL or precision < _PRECISION or times > _TIMES:
        sys.exit(f"wanted: recall {_RECALL}, precision {_PRECISION}, at most {_TIMES} times the splitting")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.copies", description="Measure the finding of copies.")
    parser.add_argument("--half", choices=("tuned", "held-out"), default="held-out", help="which originals")
    parser.add_argument("--seed", type=int, default=1, help="of the copies that are made of them")
    parser.add_argument("--show", type=int, default=0, help="how many misses and false pairs to name")
    return parser.parse_args()


def _made(texts: Sequence[Original], rng: Random) -> Iterator[Made]:
    """Make copies of every second text; each of the rest becomes a report of its own that leans on one of those."""
    bases, mates = [], defaultdict(list)
    for one in texts:
        if sha256(one.id.encode()).digest()[1] % 2:
            bases.append(one)
        else:
            mates[one.cluster].append(one)
    strangers = [mate for cluster in mates.values() for mate in cluster if mate.id == mate.cluster]
    rng.shuffle(strangers)
    for base in bases:
        start = rng.randrange(_WEEK // 2)
        yield _article(base, "original", base.text, start)
        other = rng.choice(strangers)
        for kind in rng.sample(sorted(COPIES), _COPIES_EACH):
            if text := COPIES[kind](base, other, rng):
                yield _article(base, kind, text, start + rng.randrange(1, _WEEK // 2))
        mate = _mate(base, mates[base.cluster]) or (strangers.pop() if len(strangers) > 1 else None)
        for kind in rng.sample(sorted(OTHERS), len(OTHERS)) if mate else ():
            if text := OTHERS[kind](base, mate, rng):
                yield _article(base, kind, text, start + rng.randrange(1, _WEEK // 2))
                break
    for number, (name, text) in enumerate(reports(rng, _DAYS)):
        alone = Original(id=f"{name}-{number}", text=text, cluster=f"{name}-{number}")
        yield _article(alone, f"series of {name}", text, rng.randrange(_WEEK))


def _mate(base: Original, mates: list[Original]) -> Original | None:
    """Take another report of the same event, if there is one that shares no text with it."""
    runs = _fours(base.text)
    for mate in mates:
        if len(runs & _fours(mate.text)) < _OWN * len(runs):
            mates.remove(mate)
            return mate
    return None


def _fours(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


def _article(base: Original, kind: str, text: str, minute: int) -> Made:
    name = base.id if text == base.text else f"{base.id} {kind}"
    told = _START + timedelta(minutes=minute)
    return Made(
        article=StoryCandidate(article_id=name, text=text, told_at=told),
        kind=kind,
        base=base.id,
        group=base.id if kind in COPIES else name,
        cluster=base.cluster,
    )


def _report(made: Sequence[Made], copies: Mapping[str, str], show: int) -> tuple[float, float]:
    """Print recall and precision, pair by pair, and both by kind; give the two."""
    groups: dict[str, list[Made]] = defaultdict(list)
    true: dict[str, list[Made]] = defaultdict(list)
    for one in made:
        groups[copies.get(one.article.article_id, one.article.article_id)].append(one)
        true[one.group].append(one)
    found = [(one, other) for group in groups.values() for one, other in combinations(group, 2) if _counts(one, other)]
    right = sum(one.group == other.group for one, other in found)
    wanted = sum(len(group) * (len(group) - 1) // 2 for group in true.values())
    recall, precision = right / wanted, right / len(found)
    print(f"pairs: recall {recall:.4f} of {wanted:,}, precision {precision:.4f} of {len(found):,}")
    _by_kind(made, copies, show)
    return recall, precision


def _counts(one: Made, other: Made) -> bool:
    """Tell whether it is known who copies whom: nobody has judged two different reports of one cluster."""
    return one.base == other.base or one.cluster != other.cluster


def _by_kind(made: Sequence[Made], copies: Mapping[str, str], show: int) -> None:
    """Print of each kind how many stand with the text that they were made of."""
    with_base: dict[str, list[bool]] = defaultdict(list)
    named = []
    for one in made:
        together = _original(copies, one.article.article_id) == _original(copies, one.base)
        with_base[one.kind].append(together)
        if one.article.article_id != one.base and together != (one.group == one.base):
            named.append(f"{'missed' if one.group == one.base else 'wrong'}: {one.article.article_id}")
    for kind, together in sorted(with_base.items(), key=lambda pair: pair[0]):
        if kind in COPIES:
            print(f"  {kind:32} {sum(together):5,} of {len(together):5,} found  {sum(together) / len(together):.3f}")
    for kind, together in sorted(with_base.items()):
        if kind in OTHERS:
            print(f"  {kind:32} {sum(together):5,} of {len(together):5,} taken for copies")
    series = Counter(one.kind for one in made if one.kind.startswith("series of"))
    for kind, count in sorted(series.items()):
        wrong = sum(one.kind == kind and one.article.article_id in copies for one in made)
        print(f"  {kind:32} {wrong:5,} of {count:5,} taken for copies")
    print("\n".join(named[:show]))


def _original(copies: Mapping[str, str], article: str) -> str:
    return copies.get(article, article)


def _speed(made: Sequence[Made], copies: Mapping[str, str]) -> float:
    """Print how long it takes to find the copies among a few new articles; give how often one could split all texts."""
    window = [one.article for one in made][:_WINDOW]
    known = {
        one.article_id: StoryPlace(article_id=one.article_id, story_id="s", copy_of=copies.get(one.article_id))
        for one in window[:-_NEW]
    }
    started = time.process_time()
    vocabulary = Vocabulary()
    for one in window:
        Body.read(one.text, vocabulary)
    read = time.process_time()
    find_copies(window, known)
    took = time.process_time() - read
    words = sum(len(one.text.split()) for one in window)
    times = took / (read - started)
    print(f"{_NEW} new of {len(window):,} ({words:,} words): {took:.2f} s, {times:.1f} times the splitting")
    return times


if __name__ == "__main__":
    main()
