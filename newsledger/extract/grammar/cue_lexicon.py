"""The words that can introduce speech and attitudes, with the complements that each takes."""

from __future__ import annotations

from functools import cache

from newsledger.extract.grammar.inflection import inflect
from newsledger.extract.lists.wordlists import word_table


@cache
def cue_nouns(kind: str) -> frozenset[str]:
    """Give one of the noun lists of the cue lexicon: clause, infinitive, documents, agencies, adjectives."""
    return frozenset(word_table("cues")["nouns"][kind].split())


@cache
def cue_frames() -> dict[str, frozenset[str]]:
    """Give the frames of every cue verb, particles and all ("point_out")."""
    frames: dict[str, frozenset[str]] = {}
    for group in word_table("cues")["verbs"]:
        for lemma in group["lemmas"].split():
            frames[lemma] = frames.get(lemma, frozenset()) | frozenset(group["frames"])
    return frames


@cache
def cue_lemmas() -> frozenset[str]:
    """Give the verbs that a cue can begin with."""
    return frozenset(lemma.split("_")[0] for lemma in cue_frames()) | frozenset(
        word_table("cues")["light"]["verbs"].split()
    )


@cache
def cues_by_form() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Give, for a verb form, the cues that it may begin with their particles, the longest first."""
    found: dict[str, set[tuple[str, tuple[str, ...]]]] = {}
    for lemma in cue_frames():
        verb, *particles = lemma.split("_")
        for form, _ in inflect(verb):
            found.setdefault(form, set()).add((lemma, tuple(particles)))
    return {form: tuple(sorted(cues, key=lambda cue: (-len(cue[1]), cue[0]))) for form, cues in found.items()}


@cache
def light_cues() -> tuple[dict[str, str], frozenset[str]]:
    """Give the forms of the verbs that a noun makes a cue, with their lemmas, and those nouns."""
    table = word_table("cues")["light"]
    return {form: verb for verb in table["verbs"].split() for form, _ in inflect(verb)}, frozenset(
        table["nouns"].split()
    )


@cache
def stances() -> frozenset[str]:
    """Give the cues that tell an attitude even where they are negated, particles and all ("rule out")."""
    return frozenset(lemma.replace("_", " ") for lemma in word_table("cues")["stances"]["lemmas"].split())
