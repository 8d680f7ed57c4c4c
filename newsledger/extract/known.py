"""Names that the registry knows: the longest form at each place, and which of its candidates is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.vocabulary import vocabulary

if TYPE_CHECKING:
    from newsledger.extract.lexicon import Entry, Form
    from newsledger.extract.scene import Scene
    from newsledger.records.extraction import MentionKind


@dataclass(frozen=True, slots=True)
class Match:
    """Words `first` up to `last` are a form of the registry."""

    first: int
    last: int
    form: Form


def sight_known(scene: Scene) -> None:
    """Sight everything that the registry can name."""
    matches = [match for match in _longest_matches(scene) if not _belongs_to_other_name(scene, match)]
    spelt_out = {
        match.form.candidates[0][0]
        for match in matches
        if len(match.form.words) > 1 and len(match.form.candidates) == 1
    }
    for match in matches:
        entry, kind = _choose(scene, match, spelt_out)
        scene.enter_entry(entry)
        scene.sight(match.first, match.last, entry.id, kind)


def _longest_matches(scene: Scene) -> list[Match]:
    found, index, keys = [], 0, scene.keys
    while index < len(keys):
        match = next(
            (
                Match(index, index + len(form.words), form)
                for form in scene.lexicon.forms.get(keys[index], ())
                if _stands(scene, index, form)
            ),
            None,
        )
        if match:
            found.append(match)
        index = match.last if match else index + 1
    return found


def _stands(scene: Scene, index: int, form: Form) -> bool:
    last = index + len(form.words)
    return len(form.words) == 1 or (
        tuple(scene.keys[index:last]) == form.words and scene.same_sentence(index, last - 1)
    )


def _belongs_to_other_name(scene: Scene, match: Match) -> bool:
    """Tell whether a single word is part of somebody else's name: "Viktor Lukashenko", "Michael Jordan"."""
    if len(match.form.words) > 1:
        return False
    before = scene.key(match.first - 1)
    if before not in vocabulary().first_names or not scene.same_sentence(match.first - 1, match.first):
        return False
    entry = scene.lexicon.entries[match.form.candidates[0][0]]
    if entry.type == "PER":
        return not any(fold_first == before for fold_first in _first_words(entry))
    return entry.type == "GPE" and match.form.candidates[0][1] == "name"


def _first_words(entry: Entry) -> set[str]:
    return {name.split()[0] for name in (entry.name, *entry.aliases) if name}


def _choose(scene: Scene, match: Match, spelt_out: set[str]) -> tuple[Entry, MentionKind]:
    """Pick who is meant: whoever is spelt out elsewhere, else whoever is in office, else the first listed."""
    entries = scene.lexicon.entries
    candidates = [(entries[ident], kind) for ident, kind in match.form.candidates]
    if len(candidates) > 1:
        for pick in (
            lambda entry: entry.id in spelt_out,
            lambda entry: scene.reference and any(office.held_on(scene.reference) for office in entry.offices),
        ):
            chosen = [candidate for candidate in candidates if pick(candidate[0])]
            if chosen:
                return chosen[0]
    return candidates[0]
