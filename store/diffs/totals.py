"""The diff of facts over many articles: counts, and a few examples that do not depend on what is read first. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, get_args

from newsledger.records.run import FactChange, FactExample, FactsDiff, RecordType
from store.diffs.facts import differences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsledger.records.extraction import Extraction

# Examples of each type and change, each of another article.
EXAMPLES = 5
_TYPES, _CHANGES = get_args(RecordType), get_args(FactChange)


def diff_of(before: Extraction, after: Extraction) -> FactsDiff:
    """Give the diff of facts of one revision of an article that was read anew, with an example of each change."""
    found = differences(before, after)
    counts: Counter[tuple[RecordType, FactChange]] = Counter(
        {(name, "same"): count for name, count in found.same.items()}
    )
    examples: dict[tuple[RecordType, FactChange], FactExample] = {}
    for one in found.found:
        key = one.fact.type, one.change
        counts[key] += 1
        if key not in examples:
            old, new = one.lines
            examples[key] = FactExample(
                article_id=after.article.article_id,
                revision=after.article.revision,
                record_type=one.fact.type,
                change=one.change,
                before=old,
                after=new,
            )
    return FactsDiff(
        counts=_in_order(counts), examples=tuple(examples.values()), read=1, touched=int(bool(found.found))
    )


def total(diffs: Iterable[FactsDiff]) -> FactsDiff:
    """Add diffs up. Of the examples some stay, the same in whatever order the diffs come."""
    counts: Counter[tuple[RecordType, FactChange]] = Counter()
    examples: list[FactExample] = []
    read = touched = from_archive = 0
    for diff in diffs:
        counts.update({(name, change): count for name, change, count in diff.counts})
        examples = _chosen([*examples, *diff.examples])
        read, touched, from_archive = read + diff.read, touched + diff.touched, from_archive + diff.from_archive
    return FactsDiff(
        counts=_in_order(counts), examples=tuple(examples), read=read, touched=touched, from_archive=from_archive
    )


def _in_order(counts: Counter[tuple[RecordType, FactChange]]) -> tuple[tuple[RecordType, FactChange, int], ...]:
    return tuple((name, change, counts[name, change]) for name in _TYPES for change in _CHANGES if counts[name, change])


def _chosen(examples: Iterable[FactExample]) -> list[FactExample]:
    """Take a few of each type and change, spread over all articles by the hash of their ids."""
    chosen: Counter[tuple[RecordType, FactChange]] = Counter()
    articles: set[tuple[RecordType, FactChange, str]] = set()
    kept = []
    for example in sorted(examples, key=_rank):
        key = example.record_type, example.change
        if chosen[key] < EXAMPLES and (*key, example.article_id) not in articles:
            chosen[key] += 1
            articles.add((*key, example.article_id))
            kept.append(example)
    return kept


def _rank(example: FactExample) -> tuple[int, int, bytes, int]:
    spread = hashlib.sha256(example.article_id.encode("utf-8", "surrogatepass")).digest()
    return _TYPES.index(example.record_type), _CHANGES.index(example.change), spread, example.revision
