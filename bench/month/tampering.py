"""Falsifies the published copy, one thing at a time, and sees that the digest refuses it and prints none of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bench.month.running import Stopwatch
from bench.month.simulating import tell_day
from newsledger.digest import render_html, render_json, render_markdown
from store.database import attached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from newsledger.digest import Digest
    from newsledger.digest.lines import Passage, StoryLine
    from newsledger.records.config import Config

_WORD, _NUMBER, _DAY = "Zyxquand", "98761", "2099-12-24"
_STORIES = 3
_A_DATE = "a date"
_CLAUSES = {"statement": "statements", "event": "events", "figure": "figures"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgery:
    """What is done to the rows of an article, and the lie that no form of the digest may print then."""

    what: str
    passage: Passage
    sql: tuple[tuple[str, tuple[object, ...]], ...]
    lie: str


def try_fabrications(config: Config, days: Iterable[date], stories: int = _STORIES) -> tuple[int, tuple[str, ...]]:
    """Falsify what some days' digests print of their first stories.

    Give how many forgeries were made, and those that were believed.
    """
    made = 0
    believed = []
    for day in days:
        _, honest = tell_day(config, day, Stopwatch())
        for forgery in _forgeries(honest.stories.lines[:stories]):
            made += 1
            if not _is_refused(config, day, honest, forgery):
                believed.append(f"{forgery.what} on {day}")
    return made, tuple(believed)


def _is_refused(config: Config, day: date, honest: Digest, forgery: Forgery) -> bool:
    """Tell whether the digest of a falsified copy refuses more than that of the honest one, and prints no lie."""
    published = config.paths.published.with_name("forged.duckdb")
    shutil.copyfile(config.paths.published, published)
    with attached(published) as con:
        for sql, parameters in forgery.sql:
            con.execute(sql, list(parameters))
    forged = replace(config, paths=replace(config.paths, published=published))
    _, digest = tell_day(forged, day, Stopwatch())
    is_counted = len(digest.verification.refused) > len(honest.verification.refused)
    # A deed of another day may be less important than what is told in its place: then it is not told at all.
    is_left_out = not any(
        forgery.passage in line.passages for story in digest.stories.lines for line in (*story.events, *story.timeline)
    )
    told = [render(digest) for render in (render_markdown, render_html, render_json)]
    is_refused = is_counted or (forgery.what == _A_DATE and is_left_out)
    return is_refused and not any(forgery.lie in one for one in told)


def _forgeries(stories: Sequence[StoryLine]) -> Iterator[Forgery]:
    """Forge one thing of each sort that each of the day's first stories prints."""
    for story in stories:
        for said in story.statements[:1]:
            yield _text_of("what somebody said", "statement", said.passages[0])
    for story in stories:
        for event in story.events[:1]:
            yield _text_of("the clause of a deed", "event", event.passages[0])
            yield _moved(event.passages[0])
            if event.when[0]:
                yield _dated(event.passages[0])
        for figure in story.figures[:1]:
            if len(figure.printed.text) >= len(_NUMBER) - 1:
                yield _text_of("a number", "figure", figure.printed)
            yield _valued(figure.printed)
        for one in story.cast[:1]:
            yield _named(one.passages[0])


def _text_of(what: str, record: str, passage: Passage) -> Forgery:
    """Put other words, as many characters long, where the record says what stands in the text."""
    lie = (_NUMBER if record == "figure" else _WORD) * len(passage.text)
    lie = lie[: len(passage.text)]
    sql = f"UPDATE {_CLAUSES[record]} SET text = ? WHERE article_id = ? AND text = ?"  # noqa: S608 - ours
    return Forgery(what=what, passage=passage, sql=((sql, (lie, passage.article_id, passage.text)),), lie=lie)


def _moved(passage: Passage) -> Forgery:
    """Let a deed stand three characters further on."""
    sql = (
        "UPDATE events SET char_start = char_start + 3, char_end = char_end + 3, trigger_char_start = "
        "trigger_char_start + 3, trigger_char_end = trigger_char_end + 3 WHERE article_id = ? AND text = ?"
    )
    return Forgery(
        what="where a deed stands", passage=passage, sql=((sql, (passage.article_id, passage.text)),), lie=_WORD
    )


def _dated(passage: Passage) -> Forgery:
    """Let a deed be of another day."""
    sql = "UPDATE events SET start_date = ?, end_date = ? WHERE article_id = ? AND text = ?"
    return Forgery(
        what=_A_DATE, passage=passage, sql=((sql, (_DAY, _DAY, passage.article_id, passage.text)),), lie=_DAY
    )


def _valued(passage: Passage) -> Forgery:
    """Let a number be worth something else."""
    sql = "UPDATE figures SET value = ?, value_exact = ? WHERE article_id = ? AND text = ?"
    parameters = (float(_NUMBER), _NUMBER, passage.article_id, passage.text)
    return Forgery(what="the value of a number", passage=passage, sql=((sql, parameters),), lie=_NUMBER)


def _named(passage: Passage) -> Forgery:
    """Let somebody be named otherwise where the text names them."""
    lie = (_WORD * len(passage.text))[: len(passage.text)]
    sql = "UPDATE mentions SET text = ? WHERE article_id = ? AND char_start = ?"
    return Forgery(what="a name", passage=passage, sql=((sql, (lie, passage.article_id, passage.start)),), lie=lie)
