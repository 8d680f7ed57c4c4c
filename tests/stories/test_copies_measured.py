"""The ladder on the texts of the seeds; `python -m bench.copies` measures it on thousands that may not ship."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations, cycle
from pathlib import Path
from random import Random

import pytest

from bench.copies.series import reports
from bench.copies.texts import Original
from bench.copies.variants import COPIES, OTHERS
from newsledger.records.stories import StoryCandidate
from newsledger.stories.copies import find_copies

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "articles"
START = datetime(2026, 3, 2, tzinfo=UTC)


def seeds() -> list[Original]:
    texts = {path.stem: path.read_text(encoding="utf-8").split("---\n", 2)[2] for path in sorted(SEEDS.glob("*.txt"))}
    return [Original(id=name, text=text, cluster=name) for name, text in texts.items()]


def made(seed: int) -> tuple[dict[str, str], dict[str, str]]:
    """Give texts and the group of each: half of the seeds with copies, the rest as reports that lean on them."""
    rng = Random(seed)  # noqa: S311 - nothing is kept secret
    bases, mates = seeds()[::2], seeds()[1::2]
    texts = {base.id: base.text for base in bases}
    groups = {base.id: base.id for base in bases}
    for at, (base, mate, (other, tell)) in enumerate(zip(bases, mates, cycle(OTHERS.items()), strict=False)):
        for kind, copy in COPIES.items():
            if text := copy(base, mates[at - 1], rng):
                texts[f"{base.id} {kind}"], groups[f"{base.id} {kind}"] = text, base.id
        if text := tell(base, mate, rng):
            texts[f"{base.id} {other}"], groups[f"{base.id} {other}"] = text, f"{base.id} {other}"
    for number, (_, text) in enumerate(reports(rng, 5)):
        texts[f"series-{number}"], groups[f"series-{number}"] = text, f"series-{number}"
    return texts, groups


@pytest.mark.parametrize("seed", range(3))
def test_copies_of_the_seeds_are_found_and_nothing_else(seed: int) -> None:
    texts, groups = made(seed)
    candidates = [
        StoryCandidate(article_id=name, text=text, told_at=START + timedelta(minutes=minute))
        for minute, (name, text) in enumerate(texts.items())
    ]
    copies = find_copies(candidates, {})
    pairs = list(combinations(texts, 2))
    found = {(one, other) for one, other in pairs if copies.get(one, one) == copies.get(other, other)}
    true = {(one, other) for one, other in pairs if groups[one] == groups[other]}
    assert len(true) > 400
    assert len(found & true) / len(true) >= 0.98
    assert len(found & true) / len(found) >= 0.99
