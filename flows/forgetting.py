"""Takes articles down, at somebody's request or because they are old, wherever Newsledger itself keeps them."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import typer

from flows.console import printable, say
from flows.digests import days_citing, write_again
from flows.unquoting import drop_quotes
from newsledger.fetch import Archive
from newsledger.fetch.urls import address_id
from newsledger.records.errors import InputError, NewsledgerError, StoreError
from newsledger.records.remarks import Erasure
from store import due_days, open_ledger, publish, write_lock
from store.checks.forgetting import EXPIRED, compact, require_room
from store.search.indexing import refresh_index

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from newsledger.records.config import Config
    from store import Ledger
    from store.checks.forgetting import Takedown, Target

    Clock = Callable[[], datetime]

_HOLDER = "newsledger forget"


def forget_one(  # noqa: PLR0913 - what the command is given
    config: Config, wanted: str, reason: str, clock: Clock, *, is_sure: bool, as_json: bool
) -> None:
    """Take down the article of an id or an address, once somebody has said yes to it, and say what was done."""
    found, out = _find(config, wanted)
    if found and not is_sure:
        _confirm(found)
    ids = [*(one.article_id for one in found), *(one.article_id for one in out)]
    done = take_down(config, ids, reason, clock())
    if as_json:
        told = {
            "forgotten": [asdict(one) for one in found],
            "out_already": [asdict(one) for one in out],
            "digests": [day.isoformat() for day in done.days],
            "bodies": done.bodies,
            "corrections": done.corrections,
            "left_in": done.left_in,
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return
    lines = [
        *(f"forgotten {_told(one)}" for one in found),
        *(f"forgotten {one.article_id} was taken down already: {one.reason}; what was left is done" for one in out),
        f"digests   {', '.join(day.isoformat() for day in done.days) or 'none told it'}: written anew",
        f"archive   {done.bodies} answers removed: its pages, the feeds that listed it, what no article was read from",
        f"decisions {done.corrections} corrections and examples removed from {config.paths.decisions}",
        *(f"beyond    {where} holds a sentence of it: mend that by hand" for where in done.left_in),
        "beyond    backups and copies that were handed on are not reached",
        "beyond    an export or a site that was written keeps it until it is made anew",
        "beyond    a file of the seed corpus is not touched; it does not come in again",
        f"beyond    Prefect may show digests of the last month: stop it and delete {config.paths.state / 'prefect'}",
    ]
    sys.stdout.write(printable("\n".join(lines)) + "\n")


def take_down(config: Config, article_ids: Sequence[str], reason: str, now: datetime) -> Erasure:
    """Take articles out of all that Newsledger keeps, down to the bytes of the files.

    Done again it finishes what was cut off. Raises StoreError, before anything is changed where there is too little
    room on the disk.
    """
    paths = config.paths
    with write_lock(paths.ledger, _HOLDER):
        require_room(paths.ledger, paths.published)
        # First, since what people quoted is found by the text.
        with open_ledger(paths.ledger) as ledger:
            texts = ledger.texts(article_ids)
        corrections, left_in = drop_quotes(paths.decisions, article_ids, texts)
        with open_ledger(paths.ledger) as ledger:
            ledger.forget(article_ids, reason, config.zone, now, cited=days_citing(config, article_ids))
        try:
            days, bodies = finish(config, now)
        except NewsledgerError as error:
            message = f"{error}; the article is out, but its words may still stand in files: forget it once more"
            raise StoreError(message) from error
    return Erasure(days=days, bodies=bodies, corrections=corrections, left_in=left_in)


def finish(config: Config, now: datetime) -> tuple[tuple[date, ...], int]:
    """Do for what is out of the ledger all that a takedown does beyond it, however much of that was done already.

    Gives the days whose digests were written anew, and how many bodies went out of the archive. Hold the write lock.
    """
    paths = config.paths
    with open_ledger(paths.ledger) as ledger:
        bodies = clear_archive(config, ledger)
    erase(paths.ledger, now)
    publish(paths.ledger, paths.published)
    refresh_index(paths.published, paths.search)
    days = due_days(paths.published)
    write_again(config, days, now)
    return days, bodies


def erase(path: Path, now: datetime) -> None:
    """Write the ledger anew, without the bytes of what is out of it, and enter that this was done."""
    compact(path)
    with open_ledger(path) as ledger:
        ledger.note_erased(now)


def forget_expired(config: Config, ledger: Ledger, now: datetime) -> tuple[date, ...]:
    """Take out what is older than the configuration allows, once a day; give the days whose digests told it.

    What would take out too large a share of all articles, as a slip in the configuration does, is only told.
    """
    retention = config.retention
    if retention.articles_days is None:
        return ()
    midnight = datetime.combine(now.astimezone(config.zone), time.min, config.zone)
    expired = ledger.expired(now - timedelta(days=retention.articles_days), midnight)
    if not expired:
        return ()
    found = f"articles are older than retention.articles_days ({retention.articles_days:g})"
    total = ledger.count_articles()
    if len(expired) > retention.most_at_once * total:
        say(
            f"{len(expired)} of {total} {found}, more than retention.most_at_once ({retention.most_at_once:g}) lets go "
            "at once: nothing was taken out; if that is meant, set it to 1 for a run"
        )
        return ()
    days = ledger.forget(expired, EXPIRED, config.zone, now, cited=days_citing(config, expired))
    say(f"{len(expired)} {found} and were taken out")
    return days


def clear_archive(config: Config, ledger: Ledger) -> int:
    """Delete what the archive holds, or might hold, of the articles that were taken out; give how many bodies."""
    return Archive(config.paths.archive).keep_only(ledger.kept_bodies())


def _find(config: Config, wanted: str) -> tuple[tuple[Target, ...], tuple[Takedown, ...]]:
    """Find what is meant: articles and items to take down, else what is out already."""
    if not config.paths.ledger.exists():
        message = f"there is no ledger at {config.paths.ledger}: nothing was stored"
        raise InputError(message)
    # The id of a feed's article is made of its address.
    ids = [wanted, *filter(None, [address_id(wanted)])]
    with write_lock(config.paths.ledger, _HOLDER), open_ledger(config.paths.ledger) as ledger:
        found, takedowns = ledger.targets(ids, wanted), ledger.takedowns()
    out = () if found else tuple(one for one in takedowns if one.article_id in ids or one.url == wanted)
    if not found and not out:
        message = f"no article has the id or the address {wanted!r}; `newsledger search` and v_articles show both"
        raise InputError(message)
    return found, out


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
