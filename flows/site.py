"""The `newsledger site` command: the digests of all days as static pages that lead to one another."""

from __future__ import annotations

import re
import sys
from pathlib import Path  # noqa: TC003 - typer resolves the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from flows.options import EXAMPLES, ConfigOption, configured, read_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from newsledger.digest import Digest
    from newsledger.records.config import Config

site = typer.Typer(rich_markup_mode=None)
# Pages of a former writing that are not written again go; nothing else in the folder is touched.
_PAGES = {"days": r"\d{4}-\d\d-\d\d\.html", "stories": r"s-[0-9a-f]{12}(-\d+)?\.html"}


@site.command(
    "site",
    epilog=EXAMPLES + "site -o public\n  newsledger site -o public --since 2026-11-01",
)
def write(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder to write into.")],
    *,
    since: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The first day; else the first of all.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Write all days as static pages: an index with a calendar, a page a day, a page a story.

    The pages need no server, no script and no network. They are made from the published copy.
    """
    settings, first = configured(config), read_day(since) if since else None

    days, stories = write_site(settings, output, first)
    sys.stdout.write(f"{output / 'index.html'}: {days} days, {stories} stories\n")


def write_site(config: Config, folder: Path, since: date | None) -> tuple[int, int]:
    """Write the pages of a site; give how many days and how many stories it has. Raises StoreError."""
    from flows.files import write_whole  # noqa: PLC0415
    from newsledger.digest.site import render_course, render_index, site_of  # noqa: PLC0415
    from store import days_with_articles  # noqa: PLC0415

    days = [day for day in days_with_articles(config.paths.published, config.zone) if since is None or day >= since]
    made = site_of(_written(config, folder, days), config.dossier.name)
    for course in made.courses:
        write_whole(folder / "stories" / f"{course.story_id}.html", render_course(made, course))
    write_whole(folder / "index.html", render_index(made))
    _sweep(folder, {f"{day.isoformat()}.html" for day in days} | {f"{one.story_id}.html" for one in made.courses})
    return len(made.days), len(made.courses)


def _written(config: Config, folder: Path, days: Sequence[date]) -> Iterator[Digest]:
    """Yield the digests of days, each when its page is written."""
    from flows.console import progress  # noqa: PLC0415
    from flows.digests import digest_of  # noqa: PLC0415
    from flows.files import write_whole  # noqa: PLC0415
    from newsledger.digest import Place, render_html  # noqa: PLC0415

    with progress() as show:
        for number, day in enumerate(days):
            digest = digest_of(config, day)
            place = Place(
                before=days[number - 1] if number else None,
                after=days[number + 1] if number + 1 < len(days) else None,
            )
            write_whole(folder / "days" / f"{day.isoformat()}.html", render_html(digest, place))
            show("site", number + 1, len(days))
            yield digest


def _sweep(folder: Path, written: set[str]) -> None:
    for name, pattern in _PAGES.items():
        for page in (folder / name).glob("*.html"):
            if page.name not in written and re.fullmatch(pattern, page.name):
                page.unlink()
