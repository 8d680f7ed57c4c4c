"""Takes articles down, at somebody's request or because they are old, wherever Newsledger itself keeps them."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

import typer

from flows.console import printable, say
from flows.digests import write_day, write_latest
from newsledger.fetch import Archive
from newsledger.fetch.urls import article_id, canonical_url
from newsledger.records.errors import InputError
from store import open_ledger, publish, write_lock
from store.checks.forgetting import compact
from store.search.indexing import refresh_index

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from newsledger.records.config import Config
    from store import Ledger
    from store.checks.forgetting import Target

    Clock = Callable[[], datetime]

_HOLDER = "newsledger forget"


def forget_one(  # noqa: PLR0913 - what the command is given
    config: Config, wanted: str, reason: str, clock: Clock, *, is_sure: bool, as_json: bool
) -> None:
    """Take down the article of an id or an address, once somebody has said yes to it, and say what was done."""
    found = _find(config, wanted)
    if not is_sure:
        _confirm(found)
    days, bodies = take_down(config, [one.article_id for one in found], reason, clock())
    if as_json:
        told = {
            "forgotten": [asdict(one) for one in found],
            "digests": [day.isoformat() for day in days],
            "bodies": bodies,
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return
    lines = [
        *(f"forgotten {_told(one)}" for one in found),
        f"digests   {', '.join(day.isoformat() for day in days) or 'none told it'}: written anew",
        f"archive   {bodies} answers removed: its pages, the feeds that listed it, what no article was read from",
        "beyond    backups, exports and copies that were handed on are not reached; nor is a file of the seed corpus",
        f"beyond    Prefect's own history under {config.paths.state / 'prefect'} may show digests of the last month",
    ]
    sys.stdout.write(printable("\n".join(lines)) + "\n")


def take_down(config: Config, article_ids: Sequence[str], reason: str, now: datetime) -> tuple[tuple[date, ...], int]:
    """Take articles out of ledger, archive, published copy, search index and digests, down to the bytes of the files.

    Gives the days whose digests were written anew, and how many bodies went out of the archive.
    """
    paths = config.paths
    with write_lock(paths.ledger, _HOLDER):
        with open_ledger(paths.ledger) as ledger:
            days = ledger.forget(article_ids, reason, config.zone, now)
            bodies = clear_archive(config, ledger)
        compact(paths.ledger)
        _publish(config)
        written = [write_day(config, day) for day in days]
        write_latest(config, now.astimezone(config.zone).date())
        with open_ledger(paths.ledger) as ledger:
            is_news = bool(written) and ledger.note_digests(written, now)
        if is_news:
            _publish(config)
    return days, bodies


def forget_expired(config: Config, ledger: Ledger, now: datetime) -> tuple[date, ...]:
    """Take out what is older than the configuration allows; give the days whose digests told it."""
    kept_days = config.retention.articles_days
    expired = ledger.expired(now - timedelta(days=kept_days)) if kept_days is not None else ()
    if not expired:
        return ()
    say(f"{len(expired)} articles are older than retention.articles_days ({kept_days:g}) and were taken out")
    return ledger.forget(expired, "retention", config.zone, now)


def clear_archive(config: Config, ledger: Ledger) -> int:
    """Delete what the archive holds, or might hold, of the articles that were taken out; give how many bodies."""
    return Archive(config.paths.archive).keep_only(ledger.kept_bodies())


def _publish(config: Config) -> None:
    publish(config.paths.ledger, config.paths.published)
    refresh_index(config.paths.published, config.paths.search)


def _find(config: Config, wanted: str) -> tuple[Target, ...]:
    if not config.paths.ledger.exists():
        message = f"there is no ledger at {config.paths.ledger}: nothing was stored"
        raise InputError(message)
    # The id of a feed's article is made of its address.
    ids = [wanted, *([article_id("", url=wanted, guid=None, title=None, dated=None)] if canonical_url(wanted) else [])]
    with write_lock(config.paths.ledger, _HOLDER), open_ledger(config.paths.ledger) as ledger:
        found, out = ledger.targets(ids, wanted), ledger.forgotten()
    if found:
        return found
    if reasons := [out[one] for one in ids if one in out]:
        message = f"{wanted} was taken down already: {reasons[0]}"
    else:
        message = f"no article has the id or the address {wanted!r}; `newsledger search` and v_articles show both"
    raise InputError(message)


def _confirm(found: Sequence[Target]) -> None:
    if not sys.stdin.isatty():
        message = "what is forgotten can't be brought back; confirm with --yes"
        raise InputError(message)
    for one in found:
        say(_told(one))
    if not typer.confirm("Forget it, for good?", err=True):
        say("nothing was forgotten")
        raise typer.Exit(1)


def _told(target: Target) -> str:
    return " ".join(filter(None, (target.article_id, target.title, target.url)))
