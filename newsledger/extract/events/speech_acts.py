"""Acts done by saying: a refusal by "will not", a threat by "will ... unless", a vow to fight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.extract.grammar.words import VERBAL
from newsledger.extract.plover import patterns_by_form, quad_of

if TYPE_CHECKING:
    from newsledger.extract.events.factuality import Setting
    from newsledger.records.extraction import EventType

_WILL = frozenset({"will", "would", "cannot", "won't"})
_PROMISING = frozenset({"vow", "swear", "pledge", "promise"})
_RETORTS = frozenset({"react", "respond", "retaliate", "strike", "fight", "attack"})
_HOSTILE = "material conflict"
_FRIENDLY = frozenset({"verbal cooperation", "material cooperation"})


def act_of(setting: Setting) -> EventType | None:
    """Give the act that saying so amounts to; None where the deed itself is told."""
    words, trigger = setting.words, setting.trigger
    quad = quad_of(trigger.pattern.type)
    if trigger.pattern.lemma in _PROMISING:
        return "THREATEN" if _vows_harm(setting) else None
    if trigger.pattern.infinitive:
        return "THREATEN" if {w.low for w in words[trigger.end : trigger.end + 2]} & _RETORTS else None
    helpers = {word.low for word in setting.helpers()}
    if trigger.nominal or trigger.predicate or not helpers & _WILL:
        return None
    negated = bool(helpers & {"not", "never", "cannot", "won't"})
    if negated:
        return "REJECT" if quad in _FRIENDLY or trigger.pattern.refusal else None
    conditions = any(word.low == "unless" for word in words[setting.unit[0] : setting.unit[1]])
    return "THREATEN" if conditions and quad == _HOSTILE else None


def _vows_harm(setting: Setting) -> bool:
    """Tell whether what is promised is a hostile deed: "vowed to avenge", "promised to bomb"."""
    ahead = setting.words[setting.trigger.end : setting.trigger.end + 3]
    verbs = [word for word in ahead if word.tag in VERBAL]
    if not verbs or not any(word.tag == "to" for word in ahead):
        return False
    plain = [pattern for pattern in patterns_by_form().get(verbs[0].low, ()) if not pattern.weight]
    return bool(plain) and all(quad_of(pattern.type) == _HOSTILE for pattern in plain)
