"""The `newsledger registry` commands: the registry grows by what people decide about names that articles print."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.files import one_at_a_time
from flows.options import EXAMPLES, ConfigOption, JsonOption, configured, today
from newsledger.records.extraction import EntityType, EntryKind

registry = typer.Typer(
    help="Decide about names that the registry does not know. Each decision is a record in the file that "
    "paths.decisions names; delete the record to undo it.",
    rich_markup_mode=None,
)
EntityArgument = Annotated[str, typer.Argument(metavar="ID", help="An id that review lists.")]
NameOption = Annotated[str | None, typer.Option(help="Its name; else as most often read.")]
TypeOption = Annotated[EntityType | None, typer.Option("--type", help="Its type; else as most often read.")]
KindOption = Annotated[EntryKind | None, typer.Option(help="What kind of place or organisation it is.")]
CountryOption = Annotated[str | None, typer.Option(metavar="CODE", help="ISO 3166-1 alpha-3.")]
SectorOption = Annotated[str | None, typer.Option(metavar="CODE", help="PLOVER's code, such as GOV.")]
WikidataOption = Annotated[str | None, typer.Option(metavar="Q...", help="Its Wikidata item.")]
WhyOption = Annotated[str | None, typer.Option(help="The reason, for those who read the record.")]
ByOption = Annotated[str | None, typer.Option(metavar="NAME", help="Who decided.")]


@registry.command(epilog=EXAMPLES + "registry review\n  newsledger registry review --json | jq '.[].looks_like'")
def review(*, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """List unknown names of several articles and sources.

    Each with how it was read, in which forms it is printed, what it looks like, and a sentence. Those that look alike
    stand together: a likely merge.
    """
    settings = configured(config)

    from flows.deciding import show_proposals  # noqa: PLC0415

    show_proposals(settings, as_json=as_json)


@registry.command(epilog=EXAMPLES + "registry accept anna-kovaleva --country BLR --sector BUS --by maria")
def accept(  # noqa: PLR0913 - one for each option
    entity: EntityArgument,
    *,
    name: NameOption = None,
    type_: TypeOption = None,
    kind: KindOption = None,
    country: CountryOption = None,
    sector: SectorOption = None,
    wikidata: WikidataOption = None,
    why: WhyOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Take an unknown entity into the registry, with the forms it is printed in.

    Delete the record to undo it.
    """
    settings = configured(config)

    from flows import deciding  # noqa: PLC0415

    given = {
        "name": name, "type": type_, "kind": kind, "country": country, "sector": sector, "wikidata": wikidata,
        "why": why, "by": by,
    }  # fmt: skip
    with one_at_a_time(settings.paths.decisions):
        deciding.accept(settings, entity, today(settings), given)


@registry.command(epilog=EXAMPLES + "registry merge anna-kovalyova anna-kovaleva --why 'one person, two spellings'")
def merge(
    entity: EntityArgument,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The entity of the registry that it is.")],
    *,
    why: WhyOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Say that an entity is the same as one of the registry.

    Its printed forms become names of that one. Delete the record to undo it.
    """
    settings = configured(config)

    from flows import deciding  # noqa: PLC0415

    with one_at_a_time(settings.paths.decisions):
        deciding.merge(settings, entity, into, today(settings), {"why": why, "by": by})


@registry.command(epilog=EXAMPLES + "registry split world-bank 'the Bank' --into bank-of-england")
def split(  # noqa: PLR0913 - one for each option
    entity: Annotated[str, typer.Argument(metavar="ID", help="The entity that the registry gives the form to.")],
    form: Annotated[str, typer.Argument(metavar="FORM", help="The form, as printed.")],
    *,
    into: Annotated[str, typer.Option(metavar="ID", help="The entity that it belongs to; a new one is made.")],
    name: Annotated[str | None, typer.Option(help="The name of a new one; else the form.")] = None,
    type_: TypeOption = None,
    kind: KindOption = None,
    country: CountryOption = None,
    sector: SectorOption = None,
    wikidata: WikidataOption = None,
    why: WhyOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Say that a printed form belongs to another entity than the registry says.

    Delete the record to undo it.
    """
    settings = configured(config)

    from flows import deciding  # noqa: PLC0415

    given = {
        "form": form, "into": into, "name": name, "type": type_, "kind": kind, "country": country, "sector": sector,
        "wikidata": wikidata, "why": why, "by": by,
    }  # fmt: skip
    with one_at_a_time(settings.paths.decisions):
        deciding.split(settings, entity, today(settings), given)


@registry.command(epilog=EXAMPLES + "registry reject breaking-news --why 'a heading, no name'")
def reject(
    entity: EntityArgument,
    *,
    why: Annotated[str, typer.Option(help="The reason, for those who read the record.")],
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Say that an unknown entity is none for the registry; it is not proposed again.

    Delete the record to undo it.
    """
    settings = configured(config)

    from flows import deciding  # noqa: PLC0415

    with one_at_a_time(settings.paths.decisions):
        deciding.reject(settings, entity, today(settings), {"why": why, "by": by})
