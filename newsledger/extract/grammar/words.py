"""Words with a coarse part of speech, told from closed classes, verb lists and neighbours: no parser is at hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from newsledger.extract.grammar.cue_lexicon import cue_lemmas
from newsledger.extract.grammar.inflection import Form, inflect, word_set
from newsledger.extract.lists.wordlists import word_table
from newsledger.extract.plover import trigger_lemmas

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsledger.extract.document import Document
    from newsledger.extract.grammar.quotes import Quote

Tag = Literal[
    "det", "poss", "gen", "pron", "obj", "prep", "to", "cc", "sub", "that", "rel", "aux", "modal", "neg", "adv",
    "num", "time", "name", "word", "verb", "past", "ing", "punct", "mark",
]  # fmt: skip

# A noun phrase goes on over these.
NOMINAL = frozenset({"name", "word", "num", "det", "poss", "gen"})
# These can carry a clause.
FINITE = frozenset({"verb", "past", "aux", "modal"})
VERBAL = frozenset({"verb", "past", "ing"})
_ACRONYMS = word_set("acronyms")
_NO_VERBS = word_set("no_verbs")
_TRANSITIVE_NOUNS = word_set("transitive_nouns")
_OF_OBJECTS = frozenset({"det", "poss", "obj", "name", "num", "word", "that"})
_HELPERS = word_set("be") | word_set("have")
_MARK = re.compile(r"['\"`“”„‟«»‹›‘’‚‛]+")  # noqa: RUF001 - every quote mark is meant
_APOSTROPHES = frozenset("'’")  # noqa: RUF001 - agencies print it
_NUMBER = re.compile(r"[\d.,]*\d(?:st|nd|rd|th|s|m|bn|k)?")
_DASHES = frozenset("—–―-")  # noqa: RUF001 - dashes are meant
_OPENING_MARKS = frozenset("\"“«‘'(")  # noqa: RUF001 - opening quotes are meant
_BEFORE_NOUN = frozenset({"det", "poss", "gen", "num"})
_PRONOMINAL = word_set("pronominal")
_AFTER_VERB = frozenset({"det", "poss", "pron", "obj", "that", "name", "mark", "to", "num", "rel", "sub", "adv"})
_PLURALS = frozenset({"people", "police", "men", "women", "media"})
_SINGULARS = frozenset({"news", "politics", "economics", "crisis", "press", "business", "congress", "campus"})
_AFTER_ADJECTIVE = frozenset({"name", "word", "ing", "past", "verb"})
_ENDINGS: tuple[tuple[str, Tag], ...] = (("ly", "adv"), ("ed", "past"), ("ing", "ing"))
_AFTER_DEMONYM = frozenset({"det", "poss", "that", "pron", "obj"})
_PURE_ADJECTIVES = ("ory", "ous", "ful", "able", "ible", "less")
_DEMONYM_ENDINGS = ("ian", "ish", "ese", "ern")
_ABBREVIATION = 4
# "he'll", "they've": a subject with the verb that follows it.
_CONTRACTED = ("'ll", "'d", "'re", "'ve", "'m")
_STANDING = frozenset({"time", "pron", "det"})
_MONTH_OR_WORD: dict[str, Tag] = {
    "may": "modal",
    "march": "verb",
    "second": "word",
    "sun": "word",
    "sat": "past",
    "mar": "verb",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A token with its part of speech; `quote` is the number of the outermost quote around it, -1 outside."""

    start: int
    end: int
    text: str
    low: str
    tag: Tag
    quote: int = -1


@cache
def _classes() -> dict[str, Tag]:
    """Give the tag of every word that belongs to one class only, or mostly."""
    lists = word_table("words")["classes"]
    order: tuple[tuple[Tag, str], ...] = (
        ("adv", "adverb"), ("time", "weekday"), ("time", "month"), ("pron", "pronoun"), ("obj", "object_pronoun"),
        ("det", "determiner"), ("poss", "possessive"), ("sub", "subordinator"), ("prep", "preposition"),
        ("cc", "coordinator"), ("rel", "relative"), ("aux", "auxiliary"), ("modal", "modal"), ("neg", "negation"),
        ("aux", "negated_auxiliary"), ("pron", "subject_pronoun"), ("num", "number"),
    )  # fmt: skip
    tags: dict[str, Tag] = dict.fromkeys(time_nouns(), "time")
    for tag, name in order:
        tags.update(dict.fromkeys(lists[name].split(), tag))
    tags |= {"that": "that", "to": "to", "'s": "gen", "nor": "cc"}
    return tags


@cache
def verb_forms() -> dict[str, frozenset[Form]]:
    """Give every form of every verb that a list of the package names, with what it can be."""
    forms: dict[str, set[Form]] = {}
    for lemma in {*word_table("words")["verbs"]["common"].split(), *cue_lemmas(), *trigger_lemmas()}:
        for form, kind in inflect(lemma):
            forms.setdefault(form, set()).add(kind)
    return {form: frozenset(kinds) for form, kinds in forms.items()}


@cache
def _nouns_too() -> frozenset[str]:
    """Give the present forms that are as often nouns ("calls", "report")."""
    return frozenset(
        form for lemma in word_set("noun_verbs") for form, kind in inflect(lemma) if kind in {"base", "third"}
    )


def read_words(document: Document, quotes: Iterable[Quote]) -> tuple[Word, ...]:
    """Tag the tokens of a text, each with the outer quote that it stands in."""
    tokens = document.tokens
    texts = [token.text for token in tokens]
    lows = [text.lower().replace("’", "'") for text in texts]  # noqa: RUF001 - agencies print it
    inside = [-1] * len(tokens)
    edges: set[int] = set()
    for number, quote in enumerate(quotes):
        first, end = document.token_index(quote.start), document.token_index(quote.end)
        inside[first:end] = [number] * (end - first)
        edges |= {first, end - 1} if first < end else set()
    openings = {document.token_index(start) for start, _ in document.sentences}
    openings |= {k + 1 for k in range(len(tokens)) if texts[k] in _OPENING_MARKS and not _closes(inside, k)}
    tags = _rough_tags(texts, lows, openings, inside)
    for k in edges:
        # The dashes around what is said in a dialogue serve as its quote marks.
        tags[k] = "mark" if texts[k] in _DASHES else tags[k]
    _settle_verbs(lows, tags)
    return tuple(
        Word(token.start, token.end, token.text, low, tag, number)
        for token, low, tag, number in zip(tokens, lows, tags, inside, strict=True)
    )


def _closes(inside: Sequence[int], k: int) -> bool:
    """Tell whether a quote ends with the token."""
    return inside[k] >= 0 and (k + 1 == len(inside) or inside[k + 1] != inside[k])


def _rough_tags(texts: list[str], lows: list[str], openings: set[int], inside: Sequence[int]) -> list[Tag]:
    """Tag by form alone; what may be a verb is `verb`, `past` or `ing` until its neighbours are known."""
    tags: list[Tag] = []
    for index, text in enumerate(texts):
        before = texts[index - 1] if index else ""
        first = index in openings
        ends = index + 1 == len(texts) or index + 1 in openings
        if text == "." and tags and tags[-1] == "name" and len(before) <= _ABBREVIATION and not ends:
            tags.append("name")
        elif (
            text in _APOSTROPHES
            and before.endswith("s")
            and inside[index] < 0
            and tags
            and tags[-1] in {"name", "word"}
        ):
            tags.append("gen")
        elif lows[index] == "'s" and tags and tags[-1] in {"pron", "that", "rel"}:
            tags.append("aux")
        else:
            tags.append(_by_form(text, lows[index], first=first))
    return tags


def _by_form(text: str, low: str, *, first: bool) -> Tag:
    classes, forms = _classes(), verb_forms()
    known = None if text.isupper() and low in _ACRONYMS and not (first and low == "it") else classes.get(low)
    capital = text[0].isupper()
    if low.endswith(_CONTRACTED) and low.partition("'")[0] in classes:
        return "aux"
    if known is None and not low[0].isalnum():
        return "mark" if _MARK.fullmatch(low) else "punct"
    if low[0].isdigit() and _NUMBER.fullmatch(low):
        return "num"
    if known is not None:
        in_name = capital and not first and len(text) > 1 and not text.isupper() and known not in _STANDING
        return "name" if in_name else known if capital else _MONTH_OR_WORD.get(low, known)
    tag: Tag = "name" if capital and (not first or low not in forms) else _by_ending(low, forms)
    # A statement never begins with a plain verb: "State media", "Trade unions".
    return "word" if first and tag == "verb" else tag


def _by_ending(low: str, forms: dict[str, frozenset[Form]]) -> Tag:
    kinds = forms.get(low)
    if low in _NO_VERBS:
        return "word"
    if kinds:
        if "gerund" in kinds:
            return "ing"
        return "past" if kinds & {"past", "participle"} else "verb"
    fitting = (tag for ending, tag in _ENDINGS if low.endswith(ending) and len(low) > len(ending) + 2)
    return next(fitting, "word") if "-" not in low else "word"


def _settle_verbs(lows: list[str], tags: list[Tag]) -> None:
    """Turn into `word` what looks like a verb but stands where a noun or an adjective stands."""
    for i, tag in enumerate(tags):
        if tag in VERBAL:
            k = i - 1
            while k >= 0 and tags[k] in {"adv", "neg", "mark"}:
                k -= 1
            adverb = k < i - 1 and tags[i - 1] != "mark"
            if _is_nominal(lows, tags, k, i) and not (adverb and tag == "verb" and tags[k] in {"name", "word"}):
                tags[i] = "word"


def _is_nominal(lows: Sequence[str], tags: Sequence[Tag], k: int, i: int) -> bool:
    """Tell whether the word `i` is no verb, with `k` the nearest word before it that is no adverb."""
    tag, prev = tags[i], tags[k] if k >= 0 else "punct"
    following = tags[i + 1] if i + 1 < len(tags) else "punct"
    if (prev == "to" and k > 0 and lows[k - 1] == "according") or (
        prev in _BEFORE_NOUN
        and (lows[k] not in _PRONOMINAL or (k > 0 and tags[k - 1] == "prep") or following in {"aux", "modal"})
    ):
        return tag != "past" or prev not in {"gen", "num"} or following in _AFTER_ADJECTIVE
    if prev == "prep":
        return tag != "ing"
    if tag in {"ing", "past"} or prev in {"to", "modal", "pron", "rel", "that"}:
        noun = prev == "that" and tag == "verb" and lows[i] in _nouns_too()
        behind = FINITE | {"prep", "cc"} if lows[i].endswith("s") else {"aux", "modal"}
        of = tag == "ing" and prev in {"word", "name"} and lows[i + 1 : i + 2] == ["of"]
        return of or (noun and following in behind)
    if prev == "aux":
        return lows[k] in _HELPERS
    reports = prev == "name" and following == "punct" and lows[i].endswith("s") and _is_reporting(lows, tags, k, i)
    joined = k > 0 and lows[k - 1] == "and"
    transitive = lows[i] in _TRANSITIVE_NOUNS and prev in {"name", "word"}
    between = _is_noun_between(lows[i], prev, lows[k] if k >= 0 else "", following, joined=joined)
    return (following not in _OF_OBJECTS if transitive else between) and not reports


def _is_reporting(lows: Sequence[str], tags: Sequence[Tag], k: int, i: int) -> bool:
    """Tell whether a name has its verb right behind it: "..., X reports", "X reports, citing Y"."""
    while k > 0 and tags[k - 1] in {"name", "det"}:
        k -= 1
    return (k > 0 and lows[k - 1] == ",") or lows[i + 2 : i + 3] in (["citing"], ["quoting"], ["referring"])


def _is_plural(low: str) -> bool:
    return low in _PLURALS or (low.endswith("s") and low not in _SINGULARS)


def _is_noun_between(low: str, prev: Tag, prev_low: str, following: Tag, *, joined: bool) -> bool:
    """Decide about a word like "calls" or "report" by the words on both sides."""
    if low not in _nouns_too():
        return prev == "past" or (prev == "verb" and following not in _AFTER_VERB)
    third = low.endswith("s") and not low.endswith("ss")
    if prev in VERBAL or (prev == "word" and prev_low.endswith(_PURE_ADJECTIVES)):
        return True
    if prev == "name" and prev_low.endswith(_DEMONYM_ENDINGS):
        return following not in _AFTER_DEMONYM
    if prev == "name":
        return following not in (_AFTER_VERB | {"prep", "word"} if third != joined else _AFTER_VERB)
    if prev in {"word", "time"}:
        return following not in _AFTER_VERB or _is_plural(prev_low) == third
    return prev == "cc" and following not in _AFTER_VERB


@cache
def role_nouns() -> frozenset[str]:
    """Give the nouns that name an office, a trade or a body."""
    return frozenset(word_table("words")["roles"]["nouns"].split())


@cache
def time_nouns() -> frozenset[str]:
    """Give the nouns of the calendar and the clock."""
    return frozenset(word_table("words")["classes"]["time_noun"].split())
