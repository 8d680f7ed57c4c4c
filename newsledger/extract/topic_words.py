"""The words of a topic: those its rule names, and those that its examples teach."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from newsledger.extract.document import split_words
from newsledger.extract.lists.wordlists import common_words, frequent_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsledger.records.config import TopicRule

# What a word is worth that the rule names, and one that stands in one example or in several.
_NAMED = 1.0
_SEEN_ONCE = 0.5
_SEEN_AGAIN = 1.0
_LEAST_LETTERS = 4
# So many of the most frequent words teach nothing; the others only where several examples have them.
_EVERYWHERE = 800
# A word that begins like the topic's id names it.
_NAMES = 2.0
_NAME = 5
# From so many letters on a word stands for all that begin so.
_BEGINNING = 5
_UNCUT = ("ss", "us", "is")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A word or phrase that shows a topic, and how much one place of it counts."""

    topic: str
    word: str
    weight: float


def weigh_words(rules: tuple[TopicRule, ...]) -> tuple[Weighed, ...]:
    """Give the words of all topics with their weights.

    What a rule names counts 1, a word of its examples 1 if it stands in two of them or more, a half if it stands in one
    and is no frequent word of English. Words that every text is full of teach nothing, nor does one that another topic
    names or has in as many examples. What begins like the topic's id counts double.
    """
    taught = {rule.id: Counter(word for example in rule.examples for word in _words(example)) for rule in rules}
    return (
        *(_weighed(rule.id, word, _NAMED) for rule in rules for word in rule.words),
        *(
            _weighed(topic, form, _SEEN_AGAIN if count > 1 else _SEEN_ONCE)
            for topic, words in taught.items()
            for word, count in words.items()
            if _tells(word, count) and not _tells_another(word, count, topic, rules, taught)
            for form in _forms(word)
        ),
    )


def _tells_another(
    word: str, count: int, topic: str, rules: tuple[TopicRule, ...], taught: Mapping[str, Mapping[str, int]]
) -> bool:
    """Tell whether another topic names a word, or has it in as many examples."""
    others = [rule for rule in rules if rule.id != topic]
    return any(_names(entry.lower(), word) for rule in others for entry in rule.words) or any(
        taught[rule.id].get(word, 0) >= count for rule in others
    )


def _names(entry: str, stem: str) -> bool:
    return stem.startswith(entry[:-1]) if entry.endswith("*") else _stem(entry) == stem


def _weighed(topic: str, word: str, weight: float) -> Weighed:
    return Weighed(topic, word, weight * (_NAMES if word.lower().startswith(topic[:_NAME]) else 1.0))


def _words(example: str) -> list[str]:
    """Give the words of an example without their endings; names and numbers teach nothing."""
    words = (token.text for token in split_words(example))
    stems = (
        _stem(word.lower()) for word in words if word.isalpha() and len(word) >= _LEAST_LETTERS and _is_ordinary(word)
    )
    return list(dict.fromkeys(stems))


def _is_ordinary(word: str) -> bool:
    """Tell a word from a name: in lower case, or known as a word that may stand in capitals at a beginning."""
    return word.islower() or word.lower() in common_words() or _stem(word.lower()) in _ranks()


def _stem(word: str) -> str:
    """Cut what makes a plural, and what makes another form of a long word."""
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(_UNCUT):
        return word[:-1]
    cut = word.removesuffix("ed").removesuffix("ing")
    return cut if len(cut) >= _BEGINNING else word


def _tells(stem: str, examples: int) -> bool:
    """Tell whether a word that stands in so many examples of a topic is seldom enough to tell it."""
    ranks = _ranks()
    return ranks.get(stem, len(ranks)) >= (_EVERYWHERE if examples > 1 else len(ranks))


@cache
def _ranks() -> dict[str, int]:
    """Give the places of the words that English uses most, by what is left of them without their endings."""
    ranks: dict[str, int] = {}
    for word in frequent_words():
        ranks.setdefault(_stem(word), len(ranks))
    return ranks


def _forms(word: str) -> tuple[str, ...]:
    """Give the entries that a word taught stands for: itself in both numbers, and if it is long what begins like it."""
    if word.endswith("y"):
        return word, f"{word[:-1]}ies"
    return (f"{word}*",) if len(word) >= _BEGINNING else (word, f"{word}s")
