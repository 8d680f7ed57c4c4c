"""PLOVER's tables: quad class and intensity of a type, contexts and modes told from the words of a clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from newsledger.extract.grammar.inflection import inflect
from newsledger.extract.lists.wordlists import word_table
from newsledger.records.extraction import EventType, Quad, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_MAX_CONTEXTS = 3
# These say no more than that there was such an event.
_BROAD_MODES = frozenset({("MOBILIZE", "troops"), ("PROTEST", "demo")})


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of the lexicon: a verb with its particles and the nouns that its object or subject has, or a noun.

    `take` says where the recipient stands, `sym` that both sides are actors, `only` that nobody is a recipient,
    `strict` that both roles are needed, `host` that the subject receives, `future` that it must lie ahead, `refusal`
    that it counts with "will not" only, `infinitive` that "to" must follow, `joint` that "joint" stands before it,
    `alone` that no object follows the bare verb, `whom` that somebody must be acted on,
    `convened` that one body may meet by itself, `undergone` that it is done to whose it is ("his arrest"), `aims` that
    "to", "for" or "that" must follow, `somebody` that its object is no more than a person ("called Orlov");
    `status` is that of a deed which the pattern tells of.
    """

    type: EventType
    lemma: str
    mode: str | None = None
    particles: tuple[str, ...] = ()
    objects: tuple[frozenset[str], ...] = ()
    subjects: tuple[frozenset[str], ...] = ()
    take: tuple[str, ...] = ()
    sym: bool = False
    only: bool = False
    strict: bool = False
    host: bool = False
    future: bool = False
    refusal: bool = False
    infinitive: bool = False
    joint: bool = False
    alone: bool = False
    whom: bool = False
    convened: bool = False
    undergone: bool = False
    aims: bool = False
    somebody: bool = False
    status: Status = "occurred"

    @property
    def weight(self) -> int:
        """Say how specific the pattern is."""
        return 2 * len(self.objects) + 2 * len(self.subjects) + len(self.particles)


_ENTRY = re.compile(r"(?P<verb>[^@<$]+)(?:<(?P<subject>\w+))?(?P<objects>(?:@\w+)*)(?P<strict>\$?)")


@cache
def _verb_patterns() -> tuple[Pattern, ...]:
    sets = {name: frozenset(words.split()) for name, words in word_table("plover")["sets"].items()}
    return tuple(
        _pattern(entry, group, sets) for group in word_table("plover")["verbs"] for entry in group["patterns"].split()
    )


def _pattern(entry: str, group: Mapping[str, Any], sets: Mapping[str, frozenset[str]]) -> Pattern:
    """Read "verb_particle<subjects@objects$": `<` and `@` name sets of nouns, `$` asks for both roles."""
    match = _ENTRY.fullmatch(entry)
    if match is None:
        message = f"plover.toml: {entry!r} is no trigger"
        raise ValueError(message)
    lemma, *particles = match["verb"].split("_")
    return Pattern(
        type=group["type"],
        lemma=lemma,
        mode=group.get("mode"),
        particles=tuple(particles),
        objects=tuple(sets[name] for name in match["objects"].split("@")[1:]),
        subjects=(sets[match["subject"]],) if match["subject"] else (),
        take=tuple(group.get("take", "").split()),
        sym=group.get("sym", False),
        only=group.get("only", False),
        strict=group.get("strict", False) or bool(match["strict"]),
        host=group.get("host", False),
        future=group.get("future", False),
        refusal=group.get("refusal", False),
        alone=group.get("alone", False),
        whom=group.get("whom", False),
        aims=group.get("aims", False),
        somebody=group.get("somebody", False),
        status=group.get("status", "occurred"),
    )


@cache
def trigger_lemmas() -> frozenset[str]:
    """Give the verbs that a trigger can begin with."""
    return frozenset(pattern.lemma for pattern in _verb_patterns())


@cache
def patterns_by_form() -> dict[str, tuple[Pattern, ...]]:
    """Give, for a verb form, the patterns that it may begin, the most specific first."""
    found: dict[str, list[Pattern]] = {}
    for pattern in _verb_patterns():
        for form in dict.fromkeys(form for form, _ in inflect(pattern.lemma)):
            found.setdefault(form, []).append(pattern)
    return {form: tuple(sorted(patterns, key=lambda p: -p.weight)) for form, patterns in found.items()}


@cache
def noun_patterns(kind: Literal["nouns", "predicates"]) -> dict[str, Pattern]:
    """Give the nouns that tell of an event by themselves, or the predicates by which a speaker judges."""
    found: dict[str, Pattern] = {}
    for group in word_table("plover")[kind]:
        for noun in group["nouns"].split():
            found[noun] = Pattern(
                type=group["type"],
                lemma=noun,
                mode=group.get("mode"),
                take=tuple(group.get("take", "with").split()),
                sym=group.get("sym", False),
                infinitive=group.get("infinitive", False),
                joint=group.get("joint", False),
                strict=group.get("strict", False),
                convened=group.get("convened", False),
                undergone=group.get("undergone", False),
                status=group.get("status", "occurred"),
            )
    return found


@cache
def _quads() -> dict[str, Quad]:
    table = word_table("plover")["quads"]
    return {kind: quad for quad in get_args(Quad) for kind in table[quad].split()}


def quad_of(kind: EventType) -> Quad:
    """Give the quad class of a type."""
    return _quads()[kind]


def intensity_of(kind: EventType, mode: str | None) -> float:
    """Give PLOVER's score of a type and mode, on -10 (conflict) to +10 (cooperation)."""
    scores = word_table("plover")["scores"]
    return float(scores.get(f"{kind} {mode}", scores[kind]))


@cache
def _context_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile("|".join(re.escape(word).replace(r"\*", r"\w*") for word in words.split())))
        for name, words in word_table("plover")["contexts"].items()
    )


def contexts_of(words: Collection[str]) -> tuple[str, ...]:
    """Give the contexts, three at most and the most frequent first, whose words stand among the lower-case ones."""
    counts = {name: sum(bool(pattern.fullmatch(word)) for word in words) for name, pattern in _context_patterns()}
    ranked = sorted((name for name, count in counts.items() if count), key=lambda name: -counts[name])
    return tuple(ranked[:_MAX_CONTEXTS])


@cache
def _mode_words() -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for key, words in word_table("plover")["modes"].items():
        kind, mode = key.split(" ", 1)
        found.setdefault(kind, []).append((mode, frozenset(words.split())))
    return {kind: tuple(modes) for kind, modes in found.items()}


def mode_of(kind: EventType, mode: str | None, words: Iterable[str]) -> str | None:
    """Give the mode of an event: the trigger's own if it is no broad one, else the one whose words the clause has."""
    if mode is not None and (kind, mode) not in _BROAD_MODES:
        return mode
    seen = set(words)
    return next((name for name, known in _mode_words().get(kind, ()) if known & seen), mode)
