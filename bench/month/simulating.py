"""Goes through the month day by day and looks at each digest."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.month.looking import Day, Memory, is_found, wrong_marks
from bench.month.running import RUNS, Stopwatch, id_of, run_day
from bench.month.scoring import Score, bcubed, pairwise
from bench.month.telltale import Told
from bench.month.world import WATCHED
from flows.digests import view_of
from newsledger.digest import build_digest, render_html, render_json, render_markdown
from store import run_query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from bench.month.plan import Month
    from newsledger.digest.model import Digest
    from newsledger.records.config import Config
    from newsledger.records.day import DayView

_TIMEOUT_S = 60.0
_PLACES = "SELECT article_id, story_id, coalesce(copy_of, article_id) FROM story_articles"


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of the month: per sort of plant how many were found and planted, and everything that is amiss.

    `last` is the month's last day as it was told.
    """

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    told: Told = field(default_factory=Told)
    lines: int = 0
    refused: int = 0
    watch: Stopwatch = field(default_factory=Stopwatch)
    scores: dict[str, Score] = field(default_factory=dict)
    largest_html: int = 0
    last: Day | None = None

    def count(self, sort: str, what: str, *, is_right: bool) -> None:
        """Count a plant."""
        self.planted[sort] += 1
        self.found[sort] += is_right
        if not is_right:
            self.missed.append(f"{sort}: {what}")


def simulate(
    config: Config, month: Month, progress: Callable[[str], None] = lambda _: None, hours: Sequence[int] = RUNS
) -> Outcome:
    """Let the month happen in the configured files, and look at each day's digest as soon as it can be written."""
    outcome, memory = Outcome(), Memory(month)
    for day in month.days:
        run_day(config, month, day, outcome.watch, hours)
        view, digest = tell_day(config, day, outcome.watch)
        with outcome.watch.timing("render"):
            outcome.largest_html = max(outcome.largest_html, len(render_html(digest).encode()))
            render_markdown(digest), render_json(digest)
        outcome.last = memory.read(view, digest)
        look(outcome.last, month, outcome)
        progress(f"{day}: {sum(outcome.found.values())} of {sum(outcome.planted.values())} found")
    _score(config, month, outcome)
    return outcome


def tell_day(config: Config, day: date, watch: Stopwatch) -> tuple[DayView, Digest]:
    """Read a day from the published copy and make its digest."""
    with watch.timing("read day"):
        view = view_of(config, day)
    with watch.timing("build digest"):
        return view, build_digest(view, config.digest, config.dossier.name)


def look(day: Day, month: Month, outcome: Outcome) -> None:
    """Look for what was planted on a day, and at what holds for every day."""
    digest = day.digest
    outcome.told.take(digest)
    outcome.lines += digest.verification.lines
    outcome.refused += len(digest.verification.refused)
    for plant in month.plants:
        if plant.day == digest.day:
            outcome.count(plant.sort, f"{plant.story} on {plant.day}", is_right=is_found(plant, day))
    for name in wrong_marks(day, (name for name in day.articles if name not in _state_only(month))):
        outcome.count("state_only", f"{name} is marked on {digest.day}", is_right=False)
    for sort, what, is_right in (*_watches(day, month), *_healths(day, month), *_no_other_edits(day, month)):
        outcome.count(sort, f"{what} on {digest.day}", is_right=is_right)


def _state_only(month: Month) -> set[str]:
    return {plant.story for plant in month.plants if plant.sort == "state_only"}


def _watches(day: Day, month: Month) -> Iterator[tuple[str, str, bool]]:
    """Compare the watches with what the articles of the day, but for copies, really say."""
    told = {line.name: line.count for line in day.digest.watch.lines}
    originals = {row.article_id for row in day.view.articles if row.copy_of is None}
    for watch in WATCHED:
        words = (word.replace("*", r"\w*") for word in watch.words)
        pattern = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
        count = sum(
            bool(pattern.search(f"{one.title}\n{one.text}"))
            for one in month.on(day.digest.day)
            if id_of(one) in originals
        )
        if count > watch.more_than:
            yield "watch: over", watch.name, told.get(watch.name) == count
        elif count:
            yield "watch: below", watch.name, watch.name not in told


def _healths(day: Day, month: Month) -> Iterator[tuple[str, str, bool]]:
    groups = {line.feed.id: line.group for line in day.digest.health}
    number = month.number(day.digest.day)
    for outlet in month.outlets:
        if number in outlet.failing:
            yield "feed: failed", outlet.feed.id, groups.get(outlet.feed.id) == "failed"
        elif number in outlet.silent:
            yield "feed: silent", outlet.feed.id, groups.get(outlet.feed.id) == "silent"


def _no_other_edits(day: Day, month: Month) -> Iterator[tuple[str, str, bool]]:
    """Nothing was edited but what was planted."""
    edited = {one.url for one in month.on(day.digest.day) if one.modified}
    for line in day.digest.edits.lines:
        if line.url not in edited:
            yield "edit", f"{line.url} was not edited", False


def _score(config: Config, month: Month, outcome: Outcome) -> None:
    """Hold the stories and copies that were found against those that were planted."""
    rows = run_query(config.paths.published, _PLACES, _TIMEOUT_S).rows
    story = {str(article): str(story) for article, story, _ in rows}
    original = {str(article): str(first) for article, _, first in rows}
    served = {id_of(one): one for one in month.served}
    true_story = {article: one.story or article for article, one in served.items()}
    true_original = {article: one.copy_of or one.url for article, one in served.items()}
    outcome.scores = {
        "stories, pairs": pairwise(true_story, story),
        "stories, BCubed": bcubed(true_story, story),
        "copies, pairs": pairwise(true_original, original),
    }
