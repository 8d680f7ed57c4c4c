"""What the model tells of each word, in the order of its outputs. Training and reading both go by this list."""

from __future__ import annotations

from typing import Final

# Names in BIO tags. DATE and MONEY are told because the training data marks them; reading ignores them.
NAME_TYPES: Final = ("PER", "ORG", "LOC", "FAC", "NORP", "PRODUCT", "MISC", "DATE", "MONEY")
# PARC3's parts of an attribution, each in BIO tags of its own since they nest.
ATTRIBUTION_PARTS: Final = ("source", "cue", "content")
# PLOVER's event types; CONCEDE and RETREAT are what CAMEO calls YIELD.
ROOTS: Final = (
    *("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)

# A layer of tags is O, then B- and I- of each of its types.
LAYERS: Final = {
    "names": NAME_TYPES,
    **{part: (part,) for part in ATTRIBUTION_PARTS},
    "trigger": ("trigger",),
}
# An event's root is the sum of three scores: of the whole, at the actor's mark, at the recipient's mark.
PAIR_PLACES: Final = 3


def layer_slices() -> dict[str, slice]:
    """Give the columns of the model's output that belong to each layer; `pair` comes last, its places side by side."""
    found, start = {}, 0
    for name, types in LAYERS.items():
        found[name] = slice(start, start + 1 + 2 * len(types))
        start = found[name].stop
    found["pair"] = slice(start, start + PAIR_PLACES * len(ROOTS))
    return found
