"""Train the network: `python -m training.train --out FOLDER`. Started again, it goes on where it stopped."""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import torch

from training.batches import SHORTEST_WINDOW, WINDOW, Cut, Item, batches, cut_example, items, padded, varied
from training.measure import measure
from training.sets import DATA, SETS, read_sets
from training.state import State

# How often each set is read.
EPOCHS = {"worldwide": 9, "polnear": 3, "plv": 10, "gsr": 10, "synthetic": 1}
BATCH_PIECES = 1536
SEED = 20261126
_SAVED_SECONDS, _TOLD_STEPS, _MEASURED_STEPS = 120, 100, 1000


def plan(cuts: list[Cut], epochs: dict[str, int]) -> list[list[Item]]:
    """Lay out all batches of the run: each set's epochs spread evenly over its length, the same for the same seed."""
    placed: list[tuple[float, int, list[Item]]] = []
    for name, count in epochs.items():
        own = [cut for cut in cuts if cut.example.set == name]
        for epoch in range(count):
            rng = random.Random(f"{SEED} {name} {epoch}")
            found = [varied(item, rng) for cut in own for item in items(cut, rng.randint(SHORTEST_WINDOW, WINDOW))]
            for group in batches(found, BATCH_PIECES, rng):
                placed.append(((epoch + rng.random()) / count, len(placed), group))
    return [group for *_, group in sorted(placed, key=lambda entry: entry[:2])]


def train(state: State, steps: list[list[Item]], held_out: list[Cut], path: Path) -> None:
    """Take the steps that are left; measure, tell and save on the way."""
    saved = told = time.monotonic()
    losses, pieces = 0.0, 0
    while state.step < len(steps):
        batch = padded(steps[state.step])
        losses, pieces = losses + state.learn(batch), pieces + batch.ids.numel()
        last = state.step == len(steps)
        if state.step % _TOLD_STEPS == 0:
            pace = pieces / (time.monotonic() - told)
            print(f"{state.step}/{len(steps)} loss {losses / _TOLD_STEPS:.4f}, {pace:.0f} pieces a second", flush=True)
            losses, pieces, told = 0.0, 0, time.monotonic()
        if last or state.step % _MEASURED_STEPS == 0:
            print(measure(state.averaged, held_out), flush=True)
        if last or time.monotonic() - saved > _SAVED_SECONDS:
            state.save(path)
            saved = time.monotonic()


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the gold sets")
    parser.add_argument("--out", type=Path, required=True, help="where the state is kept")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS), help="what is not named is left out")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(given.threads)
    cuts = [cut_example(example) for example in read_sets(given.data, tuple(given.sets))]
    held_out = [cut for cut in cuts if cut.example.held_out]
    steps = plan([cut for cut in cuts if not cut.example.held_out], {name: EPOCHS[name] for name in given.sets})
    state, path = State(len(steps)), given.out / "state.pt"
    given.out.mkdir(parents=True, exist_ok=True)
    if path.exists():
        state.load(path)
    print(f"{len(steps)} steps, from {state.step}; {len(held_out)} texts held out", flush=True)
    train(state, steps, held_out, path)


if __name__ == "__main__":
    main()
