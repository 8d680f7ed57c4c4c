"""Writes the digest files: Markdown, HTML and JSON a day, the latest beside them, and an Atom feed of the newest."""

from __future__ import annotations

import json
import re
import sys
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from flows.console import printable, say
from flows.files import write_whole
from newsledger.digest import (
    build_digest,
    head_from_json,
    render_atom,
    render_html,
    render_json,
    render_markdown,
)
from newsledger.digest.ranking import select
from newsledger.records.errors import StoreError
from newsledger.records.run import WrittenDigest
from store import days_with_articles, open_ledger, publish, read_day

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from newsledger.digest import DayHead, Digest
    from newsledger.records.config import Config
    from newsledger.records.day import DayView

ENDINGS = (".md", ".html", ".json")
FEED = "feed.atom"
# So many days the feed tells.
_FEED_DAYS = 30
_A_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].json"
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


class DayFiles(NamedTuple):
    """The files of a day's digest."""

    markdown: Path
    html: Path
    json: Path


def write_day(config: Config, day: date) -> WrittenDigest:
    """Write the digest of a day from the published copy, in Markdown, in HTML and in JSON."""
    view = view_of(config, day)
    digest = _digest_of(config, view)
    files = files_of(config, day)
    text = render_markdown(digest)
    write_whole(files.json, render_json(digest))
    write_whole(files.html, render_html(digest))
    write_whole(files.markdown, text)
    return WrittenDigest(
        day=day,
        markdown=files.markdown,
        html=files.html,
        articles=digest.counts.articles,
        lines=digest.verification.lines,
        lines_verified=digest.verification.verified,
        markdown_sha256=sha256(text.encode()).hexdigest(),
        touched=view.touched,
    )


def write_again(config: Config, days: Sequence[date], now: datetime) -> None:
    """Write the digests of some days and the latest, note them, and publish what is noted. Hold the write lock."""
    written = [write_day(config, day) for day in days]
    write_latest(config, now.astimezone(config.zone).date())
    with open_ledger(config.paths.ledger) as ledger:
        is_news = ledger.note_digests(written, now)
    if is_news:
        publish(config.paths.ledger, config.paths.published)


def is_up_to_date(config: Config, day: date) -> bool:
    """Tell whether the digest of a day stands there and reads as it would if it were written now."""
    files = files_of(config, day)
    if not all(file.exists() for file in files):
        return False
    return files.markdown.read_bytes() == render_markdown(digest_of(config, day)).encode()


def digest_of(config: Config, day: date) -> Digest:
    """Build the digest of a day from the published copy."""
    return _digest_of(config, view_of(config, day))


def view_of(config: Config, day: date) -> DayView:
    """Read what the digest of a day tells from the published copy."""
    return read_day(
        config.paths.published,
        day,
        config.zone,
        config.feeds,
        watches=config.watch,
        dossier=config.dossier.entities,
        choose=lambda view: select(view, config.digest),
    )


def _digest_of(config: Config, view: DayView) -> Digest:
    from flows.corrections import notes_of  # noqa: PLC0415 - takes a while; a run has it already

    return build_digest(view, config.digest, config.dossier.name, notes_of(config, view.extractions))


def write_latest(config: Config, today: date) -> None:
    """Copy the files of the newest day that has articles, of today where there is none, to `latest`; write the feed."""
    day = newest_day(config, today) or today
    if not all(file.exists() for file in files_of(config, day)):
        write_day(config, day)
    for file in files_of(config, day):
        write_whole(file.with_stem("latest"), file.read_text(encoding="utf-8"))
    write_whole(config.paths.digests / FEED, render_atom(_newest_heads(config, day), config.dossier.name))


def files_of(config: Config, day: date) -> DayFiles:
    """Name the files of a day's digest."""
    return DayFiles(*(config.paths.digests / f"{day.isoformat()}{ending}" for ending in ENDINGS))


def _newest_heads(config: Config, last: date) -> list[DayHead]:
    """Read the heads of the newest days that are written, the newest first; days to come don't count."""
    written = sorted(config.paths.digests.glob(_A_DAY), reverse=True)
    heads = (head_from_json(file.read_text(encoding="utf-8")) for file in written if file.stem <= last.isoformat())
    return list(islice((head for head in heads if head), _FEED_DAYS))


def days_citing(config: Config, article_ids: Collection[str]) -> tuple[date, ...]:
    """List, in order, the days whose digest, as its file stands, has anything of one of the articles.

    The digests of later days cite an article, too: as what a denial or a figure contradicts, a plan or a story's past.
    """
    wanted = {json.dumps(article_id, ensure_ascii=False) for article_id in article_ids}
    return tuple(
        date.fromisoformat(file.stem)
        for file in sorted(config.paths.digests.glob(_A_DAY))
        if not wanted.isdisjoint(_JSON_STRING.findall(file.read_text(encoding="utf-8")))
    )


def newest_day(config: Config, today: date) -> date | None:
    """Give the newest day that has articles; days to come, which a wrong date makes, don't count."""
    days = days_with_articles(config.paths.published, config.zone)
    return max((day for day in days if day <= today), default=None)


def missing_days(config: Config) -> tuple[date, ...]:
    """List the days that have articles but no digest, such as one whose file was deleted."""
    days = days_with_articles(config.paths.published, config.zone)
    return tuple(day for day in days if not all(file.exists() for file in files_of(config, day)))


def print_day(config: Config, day: date | None, form: str) -> None:
    """Write the digest of a day, the newest with articles where none is named, and print it in one of its forms."""
    today = datetime.now(config.zone).date()
    chosen = day or newest_day(config, today)
    if chosen is None:
        message = f"{config.paths.published} holds no articles yet: `newsledger run` fetches some"
        raise StoreError(message)
    write_day(config, chosen)
    write_latest(config, today)
    files = files_of(config, chosen)
    wanted = {"html": files.html, "json": files.json}.get(form, files.markdown)
    text = wanted.read_text(encoding="utf-8")
    sys.stdout.write(printable(text) if sys.stdout.isatty() else text)
    say(f"written: {wanted}")
