"""The `search` and `show` commands: find articles by their words, and look at one with all its records."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperCommand

from flows.options import EXAMPLES, ConfigOption, JsonOption, configured, day_option, read_days

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

searching = typer.Typer(rich_markup_mode=None)
_MINUS, _HELP = "\N{MINUS SIGN}", "-h"


class _Words(TyperCommand):
    """Takes what begins with one minus for a word that no article may hold, where it is neither -h nor a value."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - a type of typer's own
        takes_value = {name for option in self.params if not getattr(option, "is_flag", True) for name in option.opts}
        return super().parse_args(
            ctx,
            [
                _MINUS + word[1:] if _is_excluded(word) and former not in takes_value else word
                for former, word in zip(("", *args), args, strict=False)
            ],
        )


def _is_excluded(word: str) -> bool:
    return len(word) > 1 and word[0] == "-" != word[1] and word != _HELP


@searching.command(
    cls=_Words,
    epilog=EXAMPLES + "search sanctions potash --from 2022-01-01\n"
    "  newsledger search '\"Union State\" integrat* -gas' --entity Lukashenko --json",
)
def search(  # noqa: PLR0913 - one for each option
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS",
            help='All of them must stand there: words, "words in quotes", a beginning*, -none of these.',
        ),
    ],
    *,
    from_: Annotated[str | None, day_option("--from", "Published, else stored, on this day or later.")] = None,
    to: Annotated[str | None, day_option("--to", "Published, else stored, on this day or before.")] = None,
    source: Annotated[str | None, typer.Option(metavar="ID_OR_NAME", help="Only what this source published.")] = None,
    entity: Annotated[str | None, typer.Option(metavar="NAME_OR_ID", help="Only what speaks of this entity.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many to print.")] = 10,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find articles by the words of their titles and texts, best first.

    Newest revisions only. A word finds its English forms too; case and accents don't count. As JSON each snippet comes
    with the places of the hits, in code points of the stored text.
    """
    first, last = read_days(from_=from_, to=to)
    settings = configured(config)

    from flows.finding import find  # noqa: PLC0415
    from store.search.searching import Wanted  # noqa: PLC0415

    wanted = Wanted(
        words=" ".join(f"-{word[1:]}" if word.startswith(_MINUS) else word for word in words),
        from_at=_midnight(first, settings.zone) if first else None,
        until_at=_midnight(last + timedelta(days=1), settings.zone) if last else None,
        source=source,
        entity=entity,
        most=limit,
    )
    find(settings, wanted, as_json=as_json)


@searching.command(
    epilog=EXAMPLES + "show https://tass.com/politics/1549183\n  newsledger show 3f2a --revision 1\n"
    "  newsledger show 3f2a/s3\n  newsledger show 3f2a --format html > article.html"
)
def show(
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="An article's id or how no other begins, its URL, or a record's id: ARTICLE_ID/s3."
        ),
    ],
    *,
    form: Annotated[
        Literal["table", "html"], typer.Option("--format", help="Tables, or one page with the records in the text.")
    ] = "table",
    revision: Annotated[int | None, typer.Option(min=1, help="Which revision; else the newest.")] = None,
    config: ConfigOption = None,
) -> None:
    """Show an article with all its records, or a record in its article."""
    settings = configured(config)

    from flows.showing import show_article  # noqa: PLC0415

    show_article(settings, wanted, form, revision)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
