"""Puts articles into stories: known stories carry on, grow together or come apart, others begin."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from newsledger.stories.changes import new_id
from newsledger.stories.likeness import Window
from newsledger.stories.linkage import Atom, Bar, Ties, grow
from newsledger.stories.wording import read_wording

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from newsledger.records.stories import StoryCandidate
    from newsledger.stories.likeness import Pair
    from newsledger.stories.rulings import Rulings

_BAR = Bar(least=0.64, lone=0.18, share=0.4, margin=0.12)
_DAY_S = 86_400
_SETTLING_DAYS = 1.0


@dataclass(frozen=True, slots=True)
class _Knot:
    """Articles that belong together for sure. `texts` are the places of those that copy none in the window."""

    head: str
    articles: tuple[str, ...]
    texts: tuple[int, ...]
    stories: tuple[str, ...]  # that they are in so far, the one with most of them first


@dataclass(frozen=True, slots=True)
class _Part:
    """Knots that are together before anything grows: most of a known story, what came off it, or a new knot."""

    knots: tuple[_Knot, ...]
    story: str | None = None
    loose: bool = False

    @property
    def atom(self) -> Atom:
        """What grows."""
        return Atom(
            tuple(text for knot in self.knots for text in knot.texts),
            known=self.story is not None or self.loose,
            loose=self.loose,
        )


def cluster(
    ordered: Sequence[StoryCandidate],
    copies: Mapping[str, str],
    stories: Mapping[str, str],
    rulings: Rulings,
    taken: Collection[str],
) -> dict[str, str]:
    """Give each article its story. The articles are in order of time; `stories` has those of articles in one.

    A new story gets none of the ids that are `taken`.
    """
    texts = [one for one in ordered if one.article_id not in copies]
    knots = _knots(ordered, texts, stories, rulings)
    days = [one.told_at.timestamp() / _DAY_S if one.told_at else math.nan for one in texts]
    window = Window((read_wording(one.title, one.text) for one in texts), np.array(days))
    touched = _touched(knots, window, rulings)
    asked = [knot for knot in knots if not knot.stories or touched.intersection(knot.stories)]
    pairs = window.pairs([text for knot in asked for text in knot.texts])
    apart = _apart(asked, rulings)
    parts = _parts(asked, stories, pairs, days, Ties(apart=apart))
    ties = Ties(together=_together(parts), apart=apart)
    groups = grow([part.atom for part in parts], pairs, days, ties, _BAR)
    given = {article: knot.stories[0] for knot in knots if knot.stories for article in knot.articles}
    rank = {one.article_id: at for at, one in enumerate(ordered)}
    taken = set(taken)
    for group in groups:
        members = [parts[at] for at in group]
        together = {article for part in members for knot in part.knots for article in knot.articles}
        articles = sorted(together, key=rank.__getitem__)
        names = {part.story for part in members if part.story}
        often = Counter(stories[article] for article in articles if stories.get(article) in names)
        story = often.most_common(1)[0][0] if often else new_id(articles, taken)
        taken.add(story)
        given |= dict.fromkeys(articles, story)
    return {article: given[article] for article in rank}


def _knots(
    ordered: Sequence[StoryCandidate], texts: Sequence[StoryCandidate], stories: Mapping[str, str], rulings: Rulings
) -> list[_Knot]:
    """Tie articles together, in the order of their firsts."""
    places = {text.article_id: at for at, text in enumerate(texts)}
    tied: dict[str, list[str]] = defaultdict(list)
    for one in ordered:
        tied[rulings.head(one.article_id)].append(one.article_id)
    knots = []
    for head, articles in tied.items():
        often = Counter(stories[article] for article in articles if article in stories)
        knots.append(
            _Knot(
                head=head,
                articles=tuple(articles),
                texts=tuple(places[article] for article in articles if article in places),
                stories=tuple(story for story, _ in often.most_common()),
            )
        )
    return knots


def _touched(knots: Sequence[_Knot], window: Window, rulings: Rulings) -> set[str]:
    """Give the known stories to look at again: those near new articles, and those that decisions ask to change."""
    owners = {text: knot for knot in knots if knot.stories for text in knot.texts}
    touched: set[str] = set()
    for knot in knots:
        if not knot.stories and owners:
            near = {at for text in knot.texts for at in window.near(text)}
            touched.update(story for at in near & owners.keys() for story in owners[at].stories)
        elif len(knot.stories) > 1:
            touched.update(knot.stories)
    by_head = {knot.head: knot for knot in knots}
    for knot in knots:
        for head in rulings.apart(knot.head):
            if head in by_head:
                touched.update(set(knot.stories) & set(by_head[head].stories))
    return touched


def _apart(knots: Sequence[_Knot], rulings: Rulings) -> tuple[tuple[int, int], ...]:
    """Give pairs of texts, one for each pair of knots that must not come together."""
    by_head = {knot.head: knot for knot in knots}
    return tuple(
        (knot.texts[0], by_head[head].texts[0])
        for knot in knots
        for head in sorted(rulings.apart(knot.head))
        if knot.head < head and head in by_head
    )


def _parts(
    knots: Sequence[_Knot],
    stories: Mapping[str, str],
    pairs: Sequence[Pair],
    days: Sequence[float],
    ties: Ties,
) -> list[_Part]:
    """Look whether known stories still hold together: what came off the largest part of one is loose.

    What was told within a day of the newest is placed anew, or the first text of a story would keep all of it in an
    older one that this text, alone, had looked like.
    """
    told: dict[str, list[_Knot]] = defaultdict(list)
    parts = []
    newest = max((day for day in days if not math.isnan(day)), default=math.nan)
    fresh = {knot.head for knot in knots if days[knot.texts[0]] > newest - _SETTLING_DAYS}
    settled = {knot.stories[0] for knot in knots if knot.stories and knot.head not in fresh}
    for knot in knots:
        if knot.stories and not (knot.head in fresh and knot.stories[0] in settled):
            told[knot.stories[0]].append(knot)
        else:
            parts.append(_Part((knot,)))
    homes = {text: story for story, members in told.items() for knot in members for text in knot.texts}
    inside: dict[str | None, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if (story := homes.get(pair.first)) == homes.get(pair.second):
            inside[story].append(pair)
    for story, members in told.items():
        groups = grow([Atom(knot.texts) for knot in members], inside[story], days, ties, _BAR.lowered())
        found = [tuple(members[at] for at in group) for group in groups]
        main = max(
            found, key=lambda group: sum(stories.get(article) == story for knot in group for article in knot.articles)
        )
        parts += [_Part(group, story if group is main else None, loose=group is not main) for group in found]
    return parts


def _together(parts: Sequence[_Part]) -> tuple[tuple[int, int], ...]:
    """Tie known stories that have articles in one knot."""
    mains = {part.story: part for part in parts if part.story}
    return tuple(
        (knot.texts[0], mains[story].knots[0].texts[0])
        for part in parts
        for knot in part.knots
        for story in knot.stories[1:]
        if story in mains
    )
