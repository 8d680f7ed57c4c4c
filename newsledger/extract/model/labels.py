"""What the model tells of each word, in the order of its outputs. Training and reading both go by this list."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from newsledger.records.extraction import EventType

# Names in BIO tags. DATE and MONEY are told because the training data marks them; reading ignores them.
NAME_TYPES: Final = ("PER", "ORG", "LOC", "FAC", "NORP", "PRODUCT", "MISC", "DATE", "MONEY")
# PARC3's parts of an attribution, each in BIO tags of its own since they nest.
ATTRIBUTION_PARTS: Final = ("source", "cue", "content")
# PLOVER's event types; CONCEDE and RETREAT are what CAMEO calls YIELD.
ROOTS: Final[tuple[EventType, ...]] = (
    *("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)

# What a marked pair has that no event joins.
NO_EVENT: Final = len(ROOTS)

# A layer of tags is O, then B- and I- of each of its types. In a window with a mark, the source and content are those
# of the marked cue, the trigger is that of the marked pair.
LAYERS: Final = {
    "names": NAME_TYPES,
    **{part: (part,) for part in ATTRIBUTION_PARTS},
    "trigger": ("trigger",),
    "actor": ("actor",),
    "recipient": ("recipient",),
}
# Who an actor's recipient is: the product of a vector of the actor's first word and a vector of another word is the
# score of that word as the recipient's first.
LINK_WIDTH: Final = 48
# An event's root is the sum of three scores: of the whole, at the actor's mark, at the recipient's mark.
PAIR_PLACES: Final = 3


def layer_slices() -> dict[str, slice]:
    """Give the columns of the model's output: of each layer, of the two vectors of the link, and of `pair`."""
    sizes = {name: 1 + 2 * len(types) for name, types in LAYERS.items()}
    sizes |= {"asking": LINK_WIDTH, "asked": LINK_WIDTH, "pair": PAIR_PLACES * (len(ROOTS) + 1)}
    ends = dict(zip(sizes, accumulate(sizes.values()), strict=True))
    return {name: slice(ends[name] - size, ends[name]) for name, size in sizes.items()}
