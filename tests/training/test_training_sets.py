"""What the model learns from: spans within their texts, and nothing that it is measured on."""

from __future__ import annotations

import pytest

from newsledger.extract.model.labels import LAYERS, LINK_WIDTH, NO_EVENT, ROOTS, layer_slices
from training.sets import DATA, NOTHING, SETS, is_held_out, plain, read_sets


def test_the_columns_of_the_output_follow_one_another() -> None:
    slices = layer_slices()
    assert list(slices) == [*LAYERS, "asking", "asked", "pair"]
    ends = [0, *(columns.stop for columns in slices.values())]
    assert [columns.start for columns in slices.values()] == ends[:-1]
    tags = sum(1 + 2 * len(types) for types in LAYERS.values())
    assert ends[-1] == tags + 2 * LINK_WIDTH + 3 * (len(ROOTS) + 1)


def test_what_is_held_out_depends_on_the_words_alone() -> None:
    texts = [f"Sentence {number} of a set." for number in range(2000)]
    held_out = [text for text in texts if is_held_out(text)]
    assert 150 < len(held_out) < 250
    assert [text for text in texts if is_held_out(f" {text.upper()}\n")] == held_out


@pytest.mark.needs_shared
def test_no_text_that_is_held_out_is_learned_from() -> None:
    examples = read_sets(DATA, SETS)
    assert {example.set for example in examples} == set(SETS)
    held_out = {plain(example.text) for example in examples if example.held_out}
    assert held_out
    assert not held_out & {plain(example.text) for example in examples if not example.held_out}


@pytest.mark.needs_shared
def test_labels_lie_within_their_texts_in_known_types() -> None:
    for example in read_sets(DATA, SETS):
        for layer, spans in example.layers.items():
            for start, end, kind in spans:
                assert 0 <= start < end <= len(example.text)
                assert kind in LAYERS[layer]
        for attribution in example.attributions:
            assert all(0 <= start < end <= len(example.text) for start, end, _ in attribution.parts)
        for pair in example.pairs:
            assert pair.roots
            assert pair.roots <= set(range(NO_EVENT + 1))
            assert all(at is None or 0 <= at < len(example.text) for at in (pair.actor, pair.recipient))


def test_the_sentences_written_for_this_mark_their_sides_and_what_is_done() -> None:
    examples = read_sets(DATA, ("own",))
    assert {root for example in examples for pair in example.pairs for root in pair.roots} == set(range(NO_EVENT + 1))
    assert len({plain(example.text) for example in examples}) == len(examples)
    for example in examples:
        assert not set(example.text) & set("{}")
        (pair,) = example.pairs
        if pair.roots != NOTHING:
            (trigger,) = example.layers["trigger"]
            sides = {start for side in ("actor", "recipient") for start, *_ in example.layers[side]}
            assert {pair.actor, pair.recipient} <= sides
            assert trigger[0] not in sides
