"""Acts done by saying: a refusal by "will not", a threat by "will ... unless", a vow to fight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.extract.events.triggers import verb_triggers
from newsledger.extract.grammar.inflection import word_set
from newsledger.extract.grammar.words import VERBAL
from newsledger.extract.plover import quad_of

if TYPE_CHECKING:
    from newsledger.extract.events.factuality import Setting
    from newsledger.records.extraction import EventType

_WILL = frozenset({"will", "would", "cannot", "won't"})
_PROMISING = frozenset({"vow", "swear", "pledge", "promise"})
_RETORTS = frozenset({"react", "respond", "retaliate", "strike", "fight", "attack"})
_STOPPING = word_set("stopping")
_GIVING = frozenset({"AID", "COOPERATE"})
_FAILING = word_set("failing")
_REACH = 3
_HOSTILE = "material conflict"
_FRIENDLY = frozenset({"verbal cooperation", "material cooperation"})


def act_of(setting: Setting) -> EventType | None:
    """Give the act that saying so amounts to; None where the deed itself is told."""
    words, trigger = setting.words, setting.trigger
    quad = quad_of(trigger.pattern.type)
    if setting.control in _STOPPING:
        return "SANCTION" if trigger.pattern.type in _GIVING else None
    if setting.control in _FAILING:
        return "REJECT" if trigger.pattern.type == "AGREE" else None
    if trigger.pattern.lemma in _PROMISING or trigger.pattern.infinitive:
        return "THREATEN" if _announces_harm(setting) else None
    helpers = {word.low for word in setting.helpers()}
    if trigger.nominal or trigger.predicate or not helpers & _WILL:
        return None
    negated = bool(helpers & {"not", "never", "cannot", "won't"})
    if negated:
        return "REJECT" if quad in _FRIENDLY or trigger.pattern.refusal else None
    conditions = any(word.low == "unless" for word in words[setting.unit[0] : setting.unit[1]])
    return "THREATEN" if conditions and quad == _HOSTILE else None


def _announces_harm(setting: Setting) -> bool:
    """Tell whether what somebody promises or is ready for is hostile: "vowed to fight", "ready to impose a curfew"."""
    words, (_, high), start = setting.words, setting.unit, setting.trigger.end
    to = next((k for k in range(start, min(high, start + _REACH)) if words[k].tag == "to"), None)
    verb = next((k for k in range(to + 1, min(high, to + _REACH)) if words[k].tag in VERBAL), None) if to else None
    if verb is None:
        return False
    meant = verb_triggers(words, verb, start, high)
    return words[verb].low in _RETORTS or (bool(meant) and quad_of(meant[0].pattern.type) == _HOSTILE)
