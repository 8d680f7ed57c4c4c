"""Names that the registry knows: the longest form at each place, and which of its candidates is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.extract.entities.scene import Profile, Sighting
from newsledger.extract.entities.vocabulary import vocabulary
from newsledger.extract.lexicon import fold
from newsledger.extract.lists.countries import slug

if TYPE_CHECKING:
    from newsledger.extract.entities.scene import Scene
    from newsledger.extract.lexicon import Entry, Form
    from newsledger.records.extraction import MentionKind

CURRENCIES = frozenset(
    {
        "dollar",
        "dollars",
        "ruble",
        "rubles",
        "rouble",
        "roubles",
        "pound",
        "pounds",
        "franc",
        "francs",
        "yuan",
        "zloty",
        "zlotys",
        "won",
        "yen",
        "rupee",
        "rupees",
    },
)
_AGENCY_TAIL = ("news", "agency")
_BROADCASTS = ("radio", "television", "TV")
# "The west of the country", "the west bank" are directions.
_DIRECTION_BEHIND = frozenset({"of", "bank", "coast", "side", "-", "wing", "wind"})
_DIRECTION_BEFORE = frozenset({"in", "to", "from", "towards", "toward", "into"})


# "western sanctions" are the West's, "western suburbs" are nobody's.
_BLOC_NOUNS = frozenset(
    {
        *("sanctions", "countries", "nations", "states", "governments", "partners", "allies", "powers", "leaders"),
        *("officials", "diplomats", "media", "military", "politicians", "weapons", "aid", "capitals", "pressure"),
    },
)


@dataclass(frozen=True, slots=True)
class Match:
    """Words `first` up to `last` are a form of the registry."""

    first: int
    last: int
    form: Form


def sight_known(scene: Scene) -> None:
    """Sight everything that the registry can name."""
    matches = [match for match in _longest_matches(scene) if _is_meant(scene, match)]
    spelt_out = {
        match.form.candidates[0][0]
        for match in matches
        if len(match.form.words) > 1 and len(match.form.candidates) == 1
    }
    for match in matches:
        entry, kind = _choose(scene, match, spelt_out)
        profile = scene.enter_entry(entry)
        if kind == "demonym" and _is_people(match):
            profile, kind = _people(scene, match, entry), "name"
        first, last = _core(scene, match, entry, kind)
        owner = _owner(scene, match)
        in_small = owner is not None and entry.type == "ORG" and match.form.words[-1].islower()
        if owner is not None and (in_small or match.form.words[1] in ("'s", "'")):
            scene.share(owner)
        scene.sight(first, last, profile.id, "role" if in_small and kind == "name" else kind)


def _owner(scene: Scene, match: Match) -> Sighting | None:
    """Give the country that a name begins with: "Ukraine's border service", "Russian army"."""
    if len(match.form.words) == 1:
        return None
    form = scene.lexicon.longest(scene.keys[match.first : match.first + 1], 0)
    if form is None or scene.lexicon.entries[form.candidates[0][0]].type != "GPE":
        return None
    ident, kind = form.candidates[0]
    return Sighting(match.first, match.first + 1, scene.enter_entry(scene.lexicon.entries[ident]).id, kind)


def _longest_matches(scene: Scene) -> list[Match]:
    found, index, keys, lexicon = [], 0, scene.keys, scene.lexicon
    while index < len(keys):
        form = lexicon.longest(keys, index)
        if form is not None and scene.same_sentence(index, index + len(form.words) - 1):
            found.append(Match(index, index + len(form.words), form))
            index = found[-1].last
        else:
            index += 1
    return found


def _is_meant(scene: Scene, match: Match) -> bool:
    """Tell a name from a word that only looks like it."""
    if len(match.form.words) > 1:
        return True
    entry = scene.lexicon.entries[match.form.candidates[0][0]]
    kind = match.form.candidates[0][1]
    if entry.type == "BLOC" and kind == "name" and match.form.words[0].lower() in vocabulary().common | {"west"}:
        return _is_bloc(scene, match)
    if entry.type == "BLOC" and kind == "demonym" and not scene.is_capitalised(match.first):
        return scene.low(match.last) in _BLOC_NOUNS
    if entry.type == "GPE" and scene.low(match.last) in CURRENCIES:
        return False
    return not _belongs_to_other_name(scene, match, entry, kind)


def _is_bloc(scene: Scene, match: Match) -> bool:
    """Tell the West from the west of something."""
    before, after = scene.low(match.first - 1), scene.low(match.last)
    exercise = scene.low(match.last + 1) in vocabulary().event_before and after in ('"', "”")
    blamed = after == "of" and scene.is_capitalised(match.first) and scene.low(match.last + 1).endswith("ing")
    if (after in _DIRECTION_BEHIND and not blamed) or exercise:
        return False  # "the west of the town", but "accused the West of feeding the rumour"
    if scene.is_capitalised(match.first):
        return before in ("the", "collective") or not (scene.is_capitalised(match.last) or before in _DIRECTION_BEFORE)
    return before == "the" and scene.low(match.first - 2) not in _DIRECTION_BEFORE


def _belongs_to_other_name(scene: Scene, match: Match, entry: Entry, kind: MentionKind) -> bool:
    """Tell whether a single word is part of somebody else's name: "Viktor Lukashenko", "Michael Jordan"."""
    genders = vocabulary().first_names
    before, after = scene.key(match.first - 1), scene.key(match.last)
    if before in genders and scene.same_sentence(match.first - 1, match.first):
        if entry.type == "PER":
            return all(fold(name.split()[0]) != before for name in (entry.name, *entry.aliases))
        if entry.type == "GPE" and kind == "name":
            return True
    if entry.type == "ORG" and entry.sector != "JRN" and after in vocabulary().org:
        return scene.same_sentence(match.first, match.last)  # "Siemens Energy" is not Siemens
    is_first_name = entry.type != "PER" and kind == "name" and scene.key(match.first) in genders
    return is_first_name and after.istitle() and after.lower() not in vocabulary().common


def _is_people(match: Match) -> bool:
    """Tell "Belarusians" from "Belarusian": a plural is a group of people."""
    if len(match.form.words) != 1:
        return False
    key = match.form.words[0]
    return key.endswith("s") and not key.endswith(("ss", "us"))


def _people(scene: Scene, match: Match, entry: Entry) -> Profile:
    name = scene.text(match.first, match.last)
    return scene.enter(Profile(id=slug(name), name=name, type="NORP", country=entry.country))


def _core(scene: Scene, match: Match, entry: Entry, kind: MentionKind) -> tuple[int, int]:
    """Fit the mention: without "news agency", with "radio"; "the West" with its article, "Iraqi Kurds" whole."""
    first, last = match.first, match.last
    if entry.type == "BLOC" and kind == "name" and last - first == 1 and scene.low(first - 1) == "the":
        return first - 1, last
    if last - first > len(_AGENCY_TAIL) and tuple(word.text for word in scene.words[last - 2 : last]) == _AGENCY_TAIL:
        last -= len(_AGENCY_TAIL)
    elif entry.sector == "JRN" and last < len(scene.words) and scene.words[last].text in _BROADCASTS:
        last += 1
    elif entry.type == "NORP" and (before := scene.at(first - 1)) is not None and before.kind == "demonym":
        first = before.first
    return first, last


def _choose(scene: Scene, match: Match, spelt_out: set[str]) -> tuple[Entry, MentionKind]:
    """Pick who is meant: whoever is spelt out elsewhere, else whoever is in office, else the first listed."""
    entries, day = scene.lexicon.entries, scene.reference
    candidates = [(entries[ident], kind) for ident, kind in match.form.candidates]
    if len(candidates) == 1:
        return candidates[0]
    named = [pair for pair in candidates if pair[0].id in spelt_out]
    serving = [
        pair for pair in candidates if day is not None and any(office.held_on(day) for office in pair[0].offices)
    ]
    return (named or serving or candidates)[0]
