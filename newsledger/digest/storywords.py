"""What a day makes of its stories, in plain words: how they stand, what changed, who tells them and who is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.digest.escape import clip
from newsledger.digest.words import count_words, event_words, sentence_case

if TYPE_CHECKING:
    from datetime import timedelta

    from newsledger.digest.lines import BriefLine, ChangeLine, StoryLine
    from newsledger.digest.model import CoverageCell, Light, RiseLine, Trend
    from newsledger.records.day import DenialKind, Outcome, SectionName, StoryState
    from newsledger.records.extraction import EntityType, EventType

STATES: dict[StoryState, str] = {
    "new": "first told on this day",
    "updated": "told before, with something new",
    "continuing": "told before, nothing new to it",
    "quiet": "told by nobody on this day",
    "ended": "told by nobody for four days",
}
LIGHTS: dict[Light, str] = {
    "green": "every feed answered with something of the day",
    "yellow": "a feed failed, was silent or should be looked at",
    "red": "half of the feeds failed, or the books do not balance",
    "grey": "no feed had been asked by the end of the day",
}
SECTIONS: dict[SectionName, str] = {
    "counts": "Counts of the day",
    "watch": "Watch hits",
    "stories": "Stories of the day",
    "told": "Articles of each story",
    "entities": "Who is named more or less",
    "acts": "Acts, by type",
    "trend": "Cooperation and conflict",
    "disputes": "Figures that disagree",
    "denials": "Denials and contradictions",
    "calendar": "Dates ahead, and what became of them",
    "coverage": "Coverage",
    "edits": "Edits found",
    "health": "Sources and their health",
}
WEIGHTS = {
    "sources": "how many independent sources tell it",
    "growth": "how much more is told of it than on the day before",
    "relevance": "how much it belongs to the dossier",
    "intensity": "the strength of its deeds on PLOVER's scale",
    "watched": "hits of the watch list",
}
METHOD = {
    "rises": "Shares of all articles of the day against the mean of the seven days before, both with one article more, "
    "so that one against none is no endless rise. At least three articles; new is who was not named in the thirty days "
    "before, and is now by at least two.",
    "bars": "Full bars above the line count deeds of cooperation, hatched ones below it those of conflict (left "
    "scale); dots are the day's mean intensity (right scale), joined where days follow each other.",
    "deeds": "Intensity is PLOVER's, from -10 to +10. Deeds only, never plans or denials; what several articles tell "
    "of one type, day and pair counts once.",
    "verbatim": "Nothing here is written by the program but labels, names from its registry and normalised values; the "
    "rest is quoted. Before it was printed, each quote, name, figure and date was cut out of the stored text again; a "
    "line that read otherwise was left out and counted.",
    "order": "A story's importance is the sum of five parts, each from 0 to 1 times its weight. It says what comes "
    "first, not what is true: how reliable a source is is no part of it. In a story, events stand by their strength on "
    "PLOVER's scale, their place in the article, how fresh they are, whether both sides are known and the extractor's "
    "confidence, less if it is no deed, more for each further source.",
    "state": "“State media only” says that all sources of a story are media of a state; what they claim is printed as "
    "they tell it.",
    "light": "The light tells how far the day can be relied on. Red: the books don't balance, or half or more of the "
    "feeds that were polled failed. Yellow: a feed failed, had nothing of the day, or should be looked at. Grey: no "
    "feed had been polled when the day ended. Green: none of these.",
}
_CHANGES = {
    "status": "Its status changed",
    "figure": "Another figure",
    "denied": "Now denied",
    "confirmed": "Confirmed by a further independent source",
    "edited": "Edited without a word",
}
_OUTCOMES: dict[Outcome, str] = {
    "ahead": "ahead",
    "due": "due on this day, nothing told of it yet",
    "came_true": "came true",
    "denied": "denied or called off",
    "not_seen": "its day passed, nothing was seen of it",
}
_DENIALS: dict[DenialKind, str] = {"denial": "denied", "contradiction": "told and denied"}
_TYPES: dict[EntityType, str] = {
    "PER": "person",
    "ORG": "organisation",
    "GPE": "country or place",
    "LOC": "place",
    "FAC": "facility",
    "NORP": "people",
    "EVENT": "event",
    "PRODUCT": "product",
    "BLOC": "bloc",
}
_EDITS = {
    "article": "article",
    "headline": "headline",
    "passage": "passage",
    "text": "text",
    "quote": "quote",
    "figure": "figure",
    "event": "event",
    "status": "status of an event",
    "attribution": "attribution",
    "url": "address",
    "published": "publication date",
}
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def change_words(line: ChangeLine) -> str:
    """Say what changed in a story."""
    return _CHANGES[line.kind]


def fate_words(outcome: Outcome) -> str:
    """Say what became of a date."""
    return _OUTCOMES[outcome]


def denial_words(kind: DenialKind) -> str:
    """Say whether a deed is denied only, or told by somebody and denied by another."""
    return _DENIALS[kind]


def type_words(entity_type: EntityType) -> str:
    """Say what kind of thing bears a name."""
    return _TYPES[entity_type]


def edit_words(kind: str) -> str:
    """Write v_edits.kind as a reader would say it: `headline_changed` is `Headline changed`."""
    what, _, how = kind.rpartition("_")
    return sentence_case(f"{_EDITS.get(what, what.replace('_', ' '))} {how}".strip())


def act_words(event_type: EventType, mode: str | None = None) -> str:
    """Name a type of act, whether it was done or not."""
    return event_words(event_type, mode, "occurred")


def sources_words(line: StoryLine | BriefLine) -> str:
    """Say how many have a story of their own knowledge: `5 independent sources`."""
    return count_words(line.independent, "independent source")


def growth_words(line: StoryLine) -> str:
    """Hold the articles of the day against those of the day before, and of all days."""
    words = count_words(line.articles, "article")
    if line.state == "new":
        return words
    return f"{words}, {line.articles_before:,} the day before, {line.articles_total:,} in all"


def holds_words(line: StoryLine) -> tuple[str, ...]:
    """Say what a story holds, kind by kind."""
    kinds = (
        ("statement", line.statements),
        ("figure", line.figures),
        ("event", line.events),
        ("article", line.members),
    )
    return tuple(count_words(len(lines), noun) for noun, lines in kinds if lines)


def left_words(line: StoryLine) -> str:
    """Say what of a story is not printed: `5 statements, 1 article`."""
    nouns = {"members": "article", "cast": "name"}
    counted = (count_words(count, nouns.get(name, name.removesuffix("s"))) for name, count in line.left_out)
    return ", ".join(counted)


def light_words(light: Light) -> str:
    """Say what the light means."""
    return LIGHTS[light]


def section_words(name: SectionName) -> str:
    """Name what a query reads."""
    return SECTIONS[name]


def pair_words(trend: Trend) -> str:
    """Name the two countries of a trend."""
    return f"{clip(trend.one, 40)} and {clip(trend.other, 40)}"


def rise_words(line: RiseLine) -> str:
    """Say how a name stands against its mean of a week, by its share of the articles."""
    if line.is_new:
        return "new: not named in thirty days"
    times = 2.0 ** min(abs(line.change), 60.0)
    return f"{times:,.1f} times as often" if line.change >= 0 else f"{times:,.1f} times less often"


def mean_words(mean: float) -> str:
    """Write a mean to one place."""
    return f"{mean:,.1f}"


def cell_words(cell: CoverageCell) -> str:
    """Say whether sources of a kind tell a story: `3 articles`, or `silent`."""
    return count_words(cell.articles, "article") if cell.articles else "silent"


def lag_words(lag: timedelta | None) -> str:
    """Say how long after its first telling the sources of a kind told a story, to the unit that matters."""
    if lag is None:
        return ""
    seconds = int(lag.total_seconds())
    if seconds < _MINUTE:
        return "first to tell it"
    if seconds < _HOUR:
        return f"{count_words(seconds // _MINUTE, 'minute')} later"
    if seconds < 2 * _DAY:
        return f"{count_words(round(seconds / _HOUR), 'hour')} later"
    return f"{count_words(round(seconds / _DAY), 'day')} later"
