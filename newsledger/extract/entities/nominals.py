"""Noun phrases that point at somebody without a name: offices, unnamed people and groups, bodies, pairs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newsledger.extract.entities.titles import title_ending_at
from newsledger.extract.entities.vocabulary import vocabulary
from newsledger.extract.grammar.cue_lexicon import cue_nouns
from newsledger.extract.grammar.phrases import is_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.extract.entities.scene import Scene, Sighting
    from newsledger.extract.entities.vocabulary import NounForm
    from newsledger.extract.lexicon import Entry

_TWO = frozenset({"two", "both"})
_QUANTITIES = frozenset(
    {
        *("several", "some", "many", "most", "few", "both", "all", "dozens", "hundreds", "thousands"),
        *("three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    },
)
_OWNER_TYPES = ("GPE", "ORG", "BLOC", "LOC", "NORP")
# Of these a person has some: "Novak supporters", "the Novak campaign".
_PERSONAL = frozenset({"definite", "staff", "people", "agents"})
# These belong to the moment, not to the office.
_PASSING = frozenset(
    {
        "new",
        "current",
        "exiled",
        "then",
        "longtime",
        "top",
        "senior",
        "veteran",
        "own",
        "same",
        "young",
        "old",
        "outgoing",
    },
)
# Who held or will hold an office does not hold it.
NOT_NOW = frozenset({"last", "next", "previous", "future", "first"})
_OF = frozenset({"of", "for"})
_OF_OR_IN = frozenset({"of", "in", "from"})
_WHERE = frozenset({"in", "from"})
_BEHIND = {
    **dict.fromkeys(("office", "person"), _OF),
    **dict.fromkeys(("staff", "people", "crowd", "agent", "agents", "definite", "pair"), _OF_OR_IN),
}
# "A group of men" are men.
_PARTITIVE = frozenset({"group", "number", "handful", "crowd", "pair", "couple", "dozens", "hundreds", "thousands"})
_PARTED = ("people", "agents", "staff")
_LONGEST_BARE = 16
_LONGEST_PORTFOLIO = 6
_STOPS = frozenset(
    {"of", "for", "in", "from", "at", "by", "with", "to", "on", "across", "near", "against", "and", "or", ","}
)
_PLURALS = ("s", "men")
_VERBS_OF_TWO = frozenset({"met", "also", "are", "were", "have", "signed", "spoke", "will"})
_LONGEST_TITLE = 8
_WHOLE = frozenset({"people", "staff", "pair"})
_HEADS_OF = ("state", "government")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominal:
    """Words `first` up to `last` are a noun phrase; its head begins at `head`.

    `owners` are the adjectives and names that tell whose it is, nearest last; `noun` is the head in lower case.
    """

    first: int
    head: int
    last: int
    noun: str
    form: NounForm
    determiner: str = ""
    owners: tuple[Sighting, ...] = ()
    two: bool = False
    quantified: bool = False
    modified: bool = False
    # Whom a phrase such as "of Russia" behind the head names.
    behind: Sighting | None = None
    # The text is nothing but a noun phrase.
    bare: bool = False

    @property
    def is_definite(self) -> bool:
        """Tell whether the phrase points at somebody in particular."""
        return self.determiner not in ("", "a", "an") or bool(self.belongs_to)

    @property
    def belongs_to(self) -> tuple[Sighting, ...]:
        """All that tell whose it is, what stands behind the head first."""
        before = tuple(reversed(self.owners))
        return (self.behind, *before) if self.behind else before


def nominals(scene: Scene) -> Iterator[Nominal]:
    """Yield the noun phrases in the order of the text."""
    index, floor = 0, 0
    latest: Nominal | None = None
    bare = is_bare(scene)
    while index < len(scene.lower):
        head = _head_at(scene, index)
        if head is None:
            index += 1
            continue
        head = replace(head, bare=bare)
        nominal = _Extension(scene, head, floor).read()
        behind = _behind(scene, head)
        national = any(scene.profiles[owner.id].country for owner in nominal.owners)
        stays = national and scene.low(head.last) in _WHERE
        if behind is not None and not stays:  # "French soldiers in Mali" are French
            nominal = replace(nominal, behind=behind, last=behind.last)
        if latest is not None and nominal.determiner == "'s" and latest.last == nominal.first - 1:
            # "The Polish president's spokesman" is as Polish as the president.
            nominal = replace(nominal, owners=nominal.owners or latest.belongs_to)
        yield nominal
        latest = nominal
        floor = index = nominal.last


def is_bare(scene: Scene) -> bool:
    """Tell whether the text is a noun phrase and no sentence."""
    if not 0 < len(scene.lower) <= _LONGEST_BARE or len(scene.document.sentences) > 1 or scene.lower[-1] in ".!?":
        return False
    acting = vocabulary().metonyms["acting"]
    # "Saudi-led" holds no verb.
    return not any(low in acting and scene.low(index - 1) != "-" for index, low in enumerate(scene.lower))


def country_of(scene: Scene, nominal: Nominal) -> Entry | None:
    """Give the country that a noun phrase belongs to."""
    for owner in nominal.belongs_to:
        found = scene.lexicon.country_of(scene.profiles[owner.id].country)
        if found is not None:
            return found
    return None


def role_words(scene: Scene, nominal: Nominal) -> tuple[int, int]:
    """Give the words that print the office: without article, country and passing adjectives."""
    first, last = nominal.first, nominal.last
    for owner in nominal.owners:
        is_country = owner.kind != "metonym" and scene.profiles[owner.id].kind == "country"
        if is_country or owner.kind == "demonym" or scene.low(owner.last) in ("'s", "'"):
            first = max(first, owner.last)
    if nominal.behind is not None and nominal.form == "person":
        last = nominal.behind.first
        while scene.low(last - 1) in ("of", "for", "the", "its"):
            last -= 1
    while first < nominal.head and _is_no_part(scene.low(first)):
        first += 1
    return first, last


def _is_no_part(low: str) -> bool:
    return low in vocabulary().determiners or low in _PASSING or not low[0].isalpha()


def _head_at(scene: Scene, index: int) -> Nominal | None:
    """Read the head of a noun phrase that begins at `index`; the longest one counts."""
    if scene.at(index) is not None:
        return None
    for phrase, form in vocabulary().nouns.get(scene.low(index), ()):
        last = index + len(phrase)
        fits = len(phrase) == 1 or (tuple(scene.lower[index:last]) == phrase and scene.same_sentence(index, last - 1))
        if fits and scene.is_free(index, last) and not _goes_on(scene, last, form):
            end = _past_hyphen(scene, last)
            return None if end is None else replace(_head(scene, index, last, form), last=end)
    return _capital_title(scene, index) or _bare_pair(scene, index) or _unlisted(scene, index)


def _past_hyphen(scene: Scene, last: int) -> int | None:
    """Take in the second half of "minister-coordinator"; None where the whole is an adjective: "employee-owned"."""
    joined = scene.low(last) == "-" and scene.low(last + 1).isalpha() and scene.at(last + 1) is None
    if not joined or scene.words[last - 1].end != scene.words[last].start:
        return last
    return None if scene.low(last + 1).endswith(("ed", "led", "owned", "run")) else last + 2


def _bare_pair(scene: Scene, index: int) -> Nominal | None:
    """Read "the two" where a verb follows."""
    if scene.low(index) != "two" or scene.low(index - 1) != "the" or not scene.same_sentence(index, index + 1):
        return None
    after = scene.low(index + 1)
    verb = after in vocabulary().metonyms["acting"] or after in _VERBS_OF_TWO or after.endswith("ed")
    return replace(_head(scene, index, index + 1, "pair"), two=True) if verb else None


def _capital_title(scene: Scene, index: int) -> Nominal | None:
    """Read a title in capitals with a portfolio that no list foresees."""
    last = index
    while last in scene.titles and last - index < _LONGEST_TITLE:
        last += 1
    if last - index > 1 and title_ending_at(scene, last) is not None:
        return _head(scene, index, last, "office")
    return None


def _unlisted(scene: Scene, index: int) -> Nominal | None:
    """Read a noun that means somebody only where it says or does something: "the announcer said"."""
    low = scene.low(index)
    body = low in vocabulary().acting
    person = is_role(low) and low not in cue_nouns("documents")
    if not scene.words[index].text.islower() or not (body or person) or not _acts(scene, index + 1):
        return None
    return _head(scene, index, index + 1, "definite" if body else "people" if low.endswith(_PLURALS) else "person")


def _acts(scene: Scene, after: int) -> bool:
    """Tell whether what stands at `after` is a verb that needs somebody to do it."""
    low, words = scene.low(after), vocabulary()
    verb = low in words.speech or low in words.metonyms["acting"] or low.endswith("ed")
    return verb and scene.same_sentence(after - 1, after)


def _head(scene: Scene, index: int, last: int, form: NounForm) -> Nominal:
    noun = " ".join(scene.lower[index:last]).replace("defense", "defence").replace(" - ", "-")
    return Nominal(first=index, head=index, last=last, noun=noun, form=form)


def _goes_on(scene: Scene, last: int, form: NounForm) -> bool:
    """Tell whether the phrase has its head further on: "police officers", "opposition leader"."""
    if form in _WHOLE or not scene.same_sentence(last - 1, last):
        return False
    named = scene.at(last)
    if named is not None:
        # "Rebel M23 fighters" are fighters.
        body = scene.profiles[named.id].type == "ORG" and scene.same_sentence(last, named.last)
        return body and any(len(phrase) == 1 for phrase, _ in vocabulary().nouns.get(scene.low(named.last), ()))
    if scene.low(last) == "of" and scene.low(last - 1) in _PARTITIVE:
        parts = vocabulary().nouns.get(scene.low(last + 1), ())
        return any(len(phrase) == 1 and kind in _PARTED for phrase, kind in parts)
    heads = vocabulary().nouns.get(scene.low(last), ())
    return any(len(phrase) == 1 for phrase, _ in heads) or (
        scene.low(last) == "of" and scene.low(last + 1) in _HEADS_OF
    )


def _behind(scene: Scene, head: Nominal) -> Sighting | None:
    """Find whom "of Russia", "for the ministry" or "in Warsaw" behind a head names."""
    if scene.low(head.last) not in _BEHIND.get(head.form, ()):
        return None
    last = head.last
    if head.form == "office":
        last = _past_portfolio(scene, last)
    first = last + 2 if scene.low(last + 1) in ("the", "its") else last + 1
    found = scene.at(first)
    if found is None or found.first != first or not scene.same_sentence(head.head, first):
        return None
    is_owner = found.kind != "demonym" and scene.profiles[found.id].type in _OWNER_TYPES
    return found if is_owner else None


def _past_portfolio(scene: Scene, at: int) -> int:
    """Pass over "of Finance" in "Minister of Finance of Nigeria" to the second "of"; stay where there is none."""
    for index in range(at + 1, at + _LONGEST_PORTFOLIO):
        if scene.at(index) is not None or not scene.same_sentence(at, index):
            break
        if scene.low(index) == "of":
            return index
    return at


@dataclass
class _Extension:
    """Reads what stands before a head, from right to left: modifiers, owners, the article."""

    scene: Scene
    head: Nominal
    # Words before this one belong to another phrase.
    floor: int
    first: int = 0
    determiner: str = ""
    owners: list[Sighting] = field(default_factory=list)
    modifiers: list[str] = field(default_factory=list)

    def read(self) -> Nominal:
        """Read on as far as words belong to the phrase."""
        self.first = self.head.head
        while self.first > self.floor and self.scene.same_sentence(self.first - 1, self.head.head):
            if not self._step(self.first - 1):
                break
        two = self.head.two or bool(_TWO.intersection(self.modifiers))
        counted = any(word in _QUANTITIES or word.isdecimal() for word in self.modifiers)
        return replace(
            self.head,
            first=self.first,
            determiner=self.determiner,
            owners=tuple(self.owners),
            two=two,
            quantified=two or counted,
            modified=bool(self.modifiers),
        )

    def _step(self, at: int) -> bool:
        """Take the word in, if it belongs to the phrase; tell whether there may be more before it."""
        low, sighting = self.scene.low(at), self.scene.at(at)
        if sighting is not None:
            return self._own(sighting)
        if low in ("'s", "'"):
            owner = self.scene.at(at - 1)
            self.determiner = "'s"
            if owner is not None and owner.last == at:
                self._own(owner)
            return False
        if self._is_modifier(at):
            self.modifiers.append(low)
            self.first = at
            return True
        described = self._description(at)
        if described is not None:
            self.modifiers.append(low)
            self.first = described
            return True
        if low in vocabulary().determiners:
            self.determiner, self.first = low, at
        return False

    def _own(self, sighting: Sighting) -> bool:
        kind = self.scene.profiles[sighting.id].type
        if kind not in _OWNER_TYPES and not (kind == "PER" and self.head.form in _PERSONAL):
            return False
        self.owners.insert(0, sighting)
        self.first = sighting.first
        return True

    def _description(self, at: int) -> int | None:
        """Say where a word that no list knows begins, hyphens and all, if only an adjective can stand there."""
        scene, words, low, first = self.scene, vocabulary(), self.scene.low(at), at
        known = low in words.nouns or low in words.determiners or low in _STOPS or low in NOT_NOW
        if known or not scene.words[at].text.islower() or at + 1 != self.first:
            return None
        while scene.low(first - 1) == "-" and first - 2 >= self.floor and scene.words[first - 2].text.islower():
            first -= 2
        before = first - 1
        while before > self.floor and scene.low(before) in words.modifiers:
            before -= 1
        opens = scene.low(before) in words.determiners or scene.low(before) in ("'s", "'")
        return first if opens and before >= self.floor and scene.same_sentence(before, at) else None

    def _is_modifier(self, at: int) -> bool:
        low, words = self.scene.low(at), vocabulary()
        if low == "-":
            low = self.scene.low(at - 1)
        if low in words.modifiers or low.isdecimal():
            return True
        return self.head.bare and low.isalpha() and low not in words.determiners and low not in _STOPS
