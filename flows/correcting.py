"""The `newsledger correct` commands: what a person who reads an article knows better than the extractor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flows.files import one_at_a_time
from flows.options import EXAMPLES, ConfigOption, JsonOption, configured
from newsledger.records.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from newsledger.records.stories import StoryDecisionKind

correcting = typer.Typer(
    help="Correct what was read in an article. Each correction is a record in the file that paths.decisions names, "
    "replayed whenever the article is read or placed in a story; delete the record to undo it.",
    rich_markup_mode=None,
)
RecordArgument = Annotated[
    str, typer.Argument(metavar="RECORD", help="ARTICLE/s3 as show prints it, or ARTICLE:33-62 as the digest cites it.")
]
EventArgument = Annotated[
    str, typer.Argument(metavar="EVENT", help="ARTICLE/e2 as show prints it, or ARTICLE:33-62 as the digest cites it.")
]
ArticleArgument = Annotated[
    str, typer.Argument(metavar="ARTICLE", help="The article's id or how no other begins, or its URL.")
]
WhyOption = Annotated[str | None, typer.Option(help="The reason, for those who read the record and the digest.")]
ByOption = Annotated[str | None, typer.Option(metavar="NAME", help="Who corrects.")]


@correcting.command(
    epilog=EXAMPLES + "correct speaker minsk-visit/s3 --to 'Maria Zakharova' --by ann\n"
    "  newsledger correct speaker minsk-visit:310-402 --nobody --why 'the paper itself says so'"
)
def speaker(  # noqa: PLR0913 - one for each option
    record: RecordArgument,
    *,
    to: Annotated[str | None, typer.Option(metavar="ENTITY", help="Who said it: an id or a name.")] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="Nobody who is known said it.")] = False,
    why: WhyOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Say who said it.

    All parts of a quotation are corrected, and what is told or counted in it. Delete the record to undo it.
    """
    if nobody == (to is not None):
        message = "say who said it: --to ENTITY, or --nobody"
        raise InputError(message)
    settings = configured(config)

    from flows import corrections  # noqa: PLC0415

    with one_at_a_time(settings.paths.decisions):
        corrections.correct_speaker(settings, record, to, {"why": why, "by": by})


@correcting.command(
    epilog=EXAMPLES + "correct entity minsk-visit Petrov --to ivan-petrov\n"
    "  newsledger correct entity minsk-visit Moscow --from russia --to moscow"
)
def entity(  # noqa: PLR0913 - one for each option
    article: ArticleArgument,
    form: Annotated[str, typer.Argument(metavar="FORM", help="The name, as the article prints it.")],
    *,
    to: Annotated[str, typer.Option(metavar="ENTITY", help="Who or what it names: an id or a name.")],
    wrong: Annotated[
        str | None,
        typer.Option("--from", metavar="ENTITY", help="What it was read as, where the article has it for several."),
    ] = None,
    why: WhyOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Say whom or what a name stands for in an article.

    All records that point at the wrong one by the name follow. For all articles, see registry split. Delete the record
    to undo it.
    """
    settings = configured(config)

    from flows import corrections  # noqa: PLC0415

    with one_at_a_time(settings.paths.decisions):
        corrections.correct_entity(settings, article, form, to=to, wrong=wrong, given={"why": why, "by": by})


@correcting.command("no-event", epilog=EXAMPLES + "correct no-event minsk-visit/e2 --why 'a film title'")
def no_event(
    event: EventArgument,
    *,
    why: WhyOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Say that an event is none.

    Delete the record to undo it.
    """
    settings = configured(config)

    from flows import corrections  # noqa: PLC0415

    with one_at_a_time(settings.paths.decisions):
        corrections.correct_event(settings, event, {"why": why, "by": by})


@correcting.command("same-story", epilog=EXAMPLES + "correct same-story minsk-visit talks-in-minsk --by ann")
def same_story(
    article: ArticleArgument,
    other: ArticleArgument,
    *,
    why: WhyOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Say that two articles tell one story.

    The next run or reprocess puts their stories together, whatever else it finds. To undo it, delete the record and say
    the opposite.
    """
    _decide_story(config, "same_story", article, other, why=why, by=by)


@correcting.command(
    "other-story", epilog=EXAMPLES + "correct other-story minsk-visit sochi-visit --why 'another meeting'"
)
def other_story(
    article: ArticleArgument,
    other: ArticleArgument,
    *,
    why: WhyOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Say that two articles tell two stories.

    The next run or reprocess parts them, with what belongs to each. To undo it, delete the record and say the opposite.
    """
    _decide_story(config, "other_story", article, other, why=why, by=by)


@correcting.command("list", epilog=EXAMPLES + "correct list\n  newsledger correct list --json | jq '.[].state'")
def list_(*, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """List the corrections and what becomes of each.

    It is applied; or waits for reprocess, or for the next run; or is no longer needed, as the extractor reads so by
    itself; or is lost, as the words or the article are gone.
    """
    settings = configured(config)

    from flows import corrections  # noqa: PLC0415

    corrections.show_corrections(settings, as_json=as_json)


def _decide_story(config: Path | None, kind: StoryDecisionKind, article: str, other: str, **said: str | None) -> None:
    settings = configured(config)

    from flows import story_decisions  # noqa: PLC0415

    with one_at_a_time(settings.paths.decisions):
        story_decisions.decide_story(settings, kind, article, other, **said)
