"""The verb of a group of words, whatever verb it is: for what no lexicon lists."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from newsledger.extract.grammar.cue_lexicon import cue_lemmas
from newsledger.extract.grammar.inflection import inflect
from newsledger.extract.grammar.words import VERBAL
from newsledger.extract.lists.wordlists import frequent_words
from newsledger.extract.plover import trigger_lemmas

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsledger.extract.grammar.words import Word

_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))
# No verb ends so without an "e": "rattle", "solve", "dance".
_OPEN = re.compile(r"[^aeiou]l|[cuvz]|[^aeiou]s")


def lemma_of(words: Sequence[Word]) -> str:
    """Give the lemma of the last verb in a group of words; of a group without one, the words as they are."""
    verbs = [word for word in words if word.tag in VERBAL]
    return base_of(verbs[-1].low) if verbs else " ".join(word.low for word in words)


@cache
def base_of(form: str) -> str:
    """Give the verb that a form belongs to: a known one, else what the form becomes without its ending."""
    if form in _bases():
        return _bases()[form]
    fitting = [base for base in _without_ending(form) if any(form == other for other, _ in inflect(base))]
    known = [base for base in fitting if base in _frequent()]
    return next(iter(known or fitting), form)


def _without_ending(form: str) -> Iterator[str]:
    for ending, instead in _ENDINGS:
        if form.endswith(ending):
            stem = form.removesuffix(ending) + instead
            if not _OPEN.fullmatch(stem[-2:]) and not _OPEN.fullmatch(stem[-1:]):
                yield stem
            if len(stem) > 1 and stem[-1:] == stem[-2:-1]:
                yield stem[:-1]


@cache
def _bases() -> dict[str, str]:
    return {form: lemma for lemma in sorted(cue_lemmas() | trigger_lemmas()) for form, _ in inflect(lemma)}


@cache
def _frequent() -> frozenset[str]:
    return frozenset(frequent_words())
