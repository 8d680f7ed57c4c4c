"""The `newsledger feeds` commands: look after the feeds that are configured, find and exchange others."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer resolves annotations
from typing import TYPE_CHECKING, Annotated

import typer

from flows.options import EXAMPLES, ConfigOption, JsonOption, configured
from newsledger.records.config import SourceKind  # noqa: TC001 - typer resolves annotations
from newsledger.records.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.fetch.feeds.discovery import Found
    from newsledger.records.config import Feed, FetchPolicy

_COLUMNS = ("url", "type", "title", "items", "newest", "language")

feeds = typer.Typer(help="Look after the configured feeds, find others.", rich_markup_mode=None)
WriteOption = Annotated[bool, typer.Option("--write", help="Append to the feeds of the configuration file.")]


@feeds.command(epilog=EXAMPLES + "feeds check --json")
def check(*, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Ask each enabled feed once; store nothing."""
    settings = configured(config)

    from flows.checking import check_feeds  # noqa: PLC0415

    check_feeds(settings, as_json=as_json)


@feeds.command(epilog=EXAMPLES + "feeds add www.themoscowtimes.com\n  newsledger feeds add URL --id wire --write")
def add(  # noqa: PLR0913 - one for each option
    url: Annotated[str, typer.Argument(metavar="URL", help="A site, a page of it, or a feed.")],
    *,
    feed_id: Annotated[str | None, typer.Option("--id", help="The feed's id; else made of its title.")] = None,
    kind: Annotated[SourceKind, typer.Option(help="What kind of source it is.")] = "independent",
    write: WriteOption = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find the feeds of a site and show what they list.

    Prints the block for config.yaml of the first feed that lists something. Exit status 1 where there is no feed.
    """
    settings = configured(config)

    from flows.roster import blocks, new_feed, write_feeds  # noqa: PLC0415
    from flows.tables import print_json, print_table  # noqa: PLC0415

    found = _search(url if "://" in url else f"https://{url}", settings.fetch)
    rows = [(one.url, one.type, one.title, one.items, one.newest, one.language) for one in found]
    (print_json if as_json else print_table)(_COLUMNS, rows)
    best = next((one for one in found if one.items), found[0])
    feed = new_feed(
        settings.feeds, url=best.url, title=best.title, feed_id=feed_id, kind=kind, type_=best.type,
        language=best.language,
    )  # fmt: skip
    if feed is None:
        message = f"{best.url} is configured already"
        raise InputError(message)
    if not as_json:
        sys.stdout.write("\n" + blocks([feed]))
    if write:
        write_feeds(config, [feed])


@feeds.command(name="export", epilog=EXAMPLES + "feeds export -o feeds.opml")
def export_(
    *,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Else it is printed.")] = None,
    config: ConfigOption = None,
) -> None:
    """Write the configured feeds as OPML; those that are disabled are commented out in it."""
    settings = configured(config)

    from newsledger.fetch.feeds.opml import write_opml  # noqa: PLC0415

    listed = write_opml(settings.dossier.name, settings.feeds)
    if output:
        output.write_text(listed, encoding="utf-8")
    else:
        sys.stdout.write(listed)


@feeds.command(name="import", epilog=EXAMPLES + "feeds import feeds.opml\n  newsledger feeds import feeds.opml --write")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A list of feeds as OPML.")],
    *,
    write: WriteOption = False,
    config: ConfigOption = None,
) -> None:
    """Print the block for config.yaml of each feed of an OPML list that is not configured yet."""
    settings = configured(config)

    from flows.console import say  # noqa: PLC0415
    from flows.roster import blocks, new_feed, write_feeds  # noqa: PLC0415
    from newsledger.fetch.feeds.document import NotAFeed  # noqa: PLC0415
    from newsledger.fetch.feeds.opml import read_opml  # noqa: PLC0415

    listed = read_opml(file.read_bytes())
    if isinstance(listed, NotAFeed):
        message = f"{file}: can't be read as OPML: {listed.detail}"
        raise InputError(message)
    added: list[Feed] = []
    for one in listed:
        feed = new_feed(
            [*settings.feeds, *added], url=one.url, title=one.title, kind=one.category, type_=one.type,
            language=one.language,
        )  # fmt: skip
        added += [feed] if feed else []
    sys.stdout.write(blocks(added))
    say(f"{len(added)} of {len(listed)} feeds are new")
    if write and added:
        write_feeds(config, added)


def _search(url: str, policy: FetchPolicy) -> Sequence[Found]:
    """Give the feeds of a site; where there are none, say what was tried and end with exit status 1."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from flows.console import say  # noqa: PLC0415
    from newsledger.fetch import Network  # noqa: PLC0415
    from newsledger.fetch.feeds.discovery import discover  # noqa: PLC0415

    tried = discover(url, Network(policy=policy, clock=lambda: datetime.now(UTC)))
    found = [one for one in tried if one.problem is None]
    if not found:
        say("no feed found; tried " + "; ".join(f"{one.url} ({one.problem})" for one in tried))
        raise typer.Exit(1)
    return found
