"""What the model learns from: spans within their texts, and nothing that it is measured on."""

from __future__ import annotations

import pytest

from newsledger.extract.model.labels import LAYERS, ROOTS, layer_slices
from training.sets import DATA, SETS, is_held_out, plain, read_sets


def test_the_columns_of_the_output_follow_one_another() -> None:
    slices = layer_slices()
    assert list(slices) == [*LAYERS, "pair"]
    ends = [0, *(columns.stop for columns in slices.values())]
    assert [columns.start for columns in slices.values()] == ends[:-1]
    assert ends[-1] == sum(1 + 2 * len(types) for types in LAYERS.values()) + 3 * len(ROOTS)


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
        assert example.root is None or example.root in range(len(ROOTS))
