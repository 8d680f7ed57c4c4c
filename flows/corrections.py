"""What `newsledger correct` does: finds the record that a person means, and enters what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from flows.console import say
from flows.decisions import add_record, kind_of, lexicon_of, read_corrections
from flows.meant import meant
from flows.options import today
from flows.story_decisions import story_rows
from flows.tables import print_json, print_table, without_empty
from flows.typed_yaml import proposal
from newsledger.digest.model import CorrectionNote
from newsledger.extract import extract, versions_of
from newsledger.extract.correcting import Outcome, correct
from newsledger.extract.corrections import NoEvent, WrongEntity, WrongSpeaker, by_article, placed
from newsledger.extract.reassigning import named_by, same_words
from newsledger.records.errors import InputError
from store import read_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.meant import Place
    from newsledger.extract.corrections import Correction
    from newsledger.extract.lexicon import Lexicon
    from newsledger.records.config import Config
    from newsledger.records.extraction import Entity, Event, Extraction, Statement

_COLUMNS = ("article", "kind", "words", "was", "to", "state", "decided", "by", "why")
_LISTED = 6


def correct_speaker(config: Config, record: str, to: str | None, given: dict[str, Any]) -> None:
    """Enter who said what a statement tells; `to` is an id or a name, None nobody."""
    lexicon = lexicon_of(config)()
    article, place = _named(config, record)
    found = _read(config, article, lexicon)
    said = _statement(found, place, record)
    right = to if to is None else _entity(to, found, lexicon)
    _enter(
        config,
        WrongSpeaker(
            article=article,
            decided=today(config),
            was=said.speaker,
            to=right,
            **placed(found, said.content),
            **given,
        ),
        found,
        lexicon,
    )


def correct_entity(  # noqa: PLR0913 - one for each that the command takes
    config: Config, article: str, form: str, *, to: str, wrong: str | None, given: dict[str, Any]
) -> None:
    """Enter whom or what a name stands for in an article; `wrong` says what it is read as where that is not one."""
    lexicon = lexicon_of(config)()
    named = article
    article, place = meant(config.paths.published, named)
    if place:
        message = f"{named!r} is a record: give the article, {article!r}"
        raise InputError(message)
    found = _read(config, article, lexicon)
    right = _entity(to, found, lexicon)
    read_as = [entity for entity in found.entities if named_by(entity, form)]
    if not read_as:
        names = dict.fromkeys(mention.text for entity in found.entities for mention in entity.mentions)
        message = f"{article!r} names nobody and nothing {form!r}{proposal(form, names)}"
        raise InputError(message)
    was = _wrong(read_as, form, right, wrong and _entity(wrong, found, lexicon))
    printed = next(mention for mention in was.mentions if same_words(mention.text, form))
    shown = placed(found, printed)
    _enter(
        config,
        WrongEntity(
            article=article,
            words=shown["words"],
            decided=today(config),
            example=shown["example"],
            was=was.id,
            to=right,
            **given,
        ),
        found,
        lexicon,
    )


def correct_event(config: Config, record: str, given: dict[str, Any]) -> None:
    """Enter that an event is none."""
    lexicon = lexicon_of(config)()
    article, place = _named(config, record)
    found = _read(config, article, lexicon)
    _require_uncorrected(_stored(config, article), found, place, lexicon)
    event = _event(found, place, record)
    several = [other for other in found.events if other.trigger.overlaps(event.trigger)]
    sides = (*event.actors, *event.recipients) if len(several) > 1 else ()
    correction = NoEvent(article=article, decided=today(config), sides=sides, **placed(found, event.trigger), **given)
    _enter(config, correction, found, lexicon)


def show_corrections(config: Config, *, as_json: bool) -> None:
    """Show the corrections in the order of the file, then what was said of stories, each with what becomes of it."""
    corrections = read_corrections(config.paths.decisions)
    stored = read_articles(config.paths.published, {one.article for one in corrections}) if corrections else {}
    lexicon = lexicon_of(config)()
    versions = versions_of(lexicon)
    outcomes = {
        id(one): outcome
        for article, some in by_article(corrections).items()
        for one, outcome in zip(some, _outcomes(stored.get(article), some, lexicon), strict=True)
    }
    is_read = {article: found.extractor == versions.of(article) for article, found in stored.items()}
    rows = [_row(one, outcomes[id(one)], is_stored=is_read.get(one.article, False)) for one in corrections]
    rows += story_rows(config)
    if as_json:
        print_json(_COLUMNS, rows)
    else:
        print_table(*without_empty(_COLUMNS, rows))
    if not rows:
        say(f"{config.paths.decisions}: nothing is corrected")
    if waiting := sum(not done for done in is_read.values()):
        say(f"waiting for `newsledger reprocess`, with what was decided since: {waiting} of {len(is_read)} articles")


def notes_of(config: Config, extractions: Sequence[Extraction]) -> list[CorrectionNote]:
    """Give the corrections that stored articles were read with, as the digest tells them."""
    read = {found.article.article_id: found for found in extractions}
    told = [one for one in read_corrections(config.paths.decisions) if one.article in read]
    if not told:
        return []
    versions = versions_of(lexicon_of(config)())
    return [
        _note(one)
        for one in told
        if read[one.article].extractor == versions.of(one.article) and one.stands(read[one.article].article.text)
    ]


def told_of(config: Config, extraction: Extraction) -> list[str]:
    """Say of each correction that a stored article was read with what it was, by whom, when, and why."""
    names = {entity.id: entity.name for entity in extraction.entities}

    def name(ident: str | None) -> str:
        return names.get(ident, ident) if ident else "nobody who is known"

    lines = []
    for one in notes_of(config, [extraction]):
        if one.kind == "no_event":
            said = "tells of no event" + (f" between {', '.join(map(name, one.sides))}" if one.sides else "")
        else:
            verb, against = ("is said by", "not by") if one.kind == "speaker" else ("stands for", "not for")
            said = f"{verb} {name(one.to)}, {against} {name(one.was)}"
        signed = f"{one.by or 'not signed'}, {one.decided}" + (f": {one.why}" if one.why else "")
        lines.append(f"“{one.words}” {said} ({signed})")
    return lines


def _note(one: Correction) -> CorrectionNote:
    note = partial(CorrectionNote, article_id=one.article, words=one.words, decided=one.decided, by=one.by, why=one.why)
    match one:
        case WrongSpeaker():
            return note(kind="speaker", was=one.was, to=one.to)
        case WrongEntity():
            return note(kind="identity", was=one.was, to=one.to)
        case NoEvent():
            return note(kind="no_event", sides=one.sides)
    raise TypeError(type(one).__name__)


def _outcomes(stored: Extraction | None, corrections: Sequence[Correction], lexicon: Lexicon) -> Sequence[Outcome]:
    if stored is None:
        return [Outcome("lost", "the article is not stored")] * len(corrections)
    read = extract(stored.article, replace(lexicon, corrections={}))
    return correct(read, corrections, lexicon.entries)[1]


def _row(one: Correction, outcome: Outcome, *, is_stored: bool) -> tuple[object, ...]:
    was, to = getattr(one, "was", None), getattr(one, "to", None)
    return (
        one.article, kind_of(one), one.words, was, to, _state(outcome, is_stored=is_stored),
        one.decided, one.by, one.why,
    )  # fmt: skip


def _state(outcome: Outcome, *, is_stored: bool) -> str:
    """Say what becomes of a correction: whether the stored records have it is told of one that changes them."""
    if outcome.state == "applied":
        return "applied" if is_stored else "waiting for reprocess"
    return f"{outcome.state}: {outcome.reason}" if outcome.reason else outcome.state


def _enter(config: Config, correction: Correction, found: Extraction, lexicon: Lexicon) -> None:
    """Put a correction into the file if it changes what is read. Raises InputError where it does not."""
    _, (outcome,) = correct(found, [correction], lexicon.entries)
    if outcome.state != "applied":
        said = outcome.reason or _corrected(correction, lexicon) or "it is read so already"
        message = f"{correction.article!r}: {said}"
        raise InputError(message)
    add_record(config.paths.decisions, correction)
    say(
        f"{config.paths.decisions}: {kind_of(correction)} correction of {correction.article} added; "
        "`newsledger reprocess` applies it to the stored text"
    )


def _read(config: Config, article: str, lexicon: Lexicon) -> Extraction:
    """Give the stored records of an article as they are once the corrections that are entered are applied."""
    return correct(_stored(config, article), lexicon.corrections.get(article, ()), lexicon.entries)[0]


def _stored(config: Config, article: str) -> Extraction:
    stored = read_articles(config.paths.published, [article]).get(article)
    if stored is None:
        message = f"no article {article!r} is stored; `newsledger search` finds articles and their ids"
        raise InputError(message)
    return stored


def _corrected(correction: Correction, lexicon: Lexicon) -> str | None:
    """Say when the same was corrected before, if it was."""
    for former in reversed(lexicon.corrections.get(correction.article, ())):
        if type(former) is type(correction) and former.words == correction.words:
            return f"{former.words!r} was corrected already on {former.decided}"
    return None


def _require_uncorrected(stored: Extraction, found: Extraction, place: Place, lexicon: Lexicon) -> None:
    """Raise InputError where an event stands in the stored records, but is corrected since."""
    for event in stored.events:
        if place in (event.id, (event.start, event.end)) and event not in found.events:
            refused = [
                one for one in lexicon.corrections.get(stored.article.article_id, ()) if isinstance(one, NoEvent)
            ]
            dates = [
                one.decided
                for one in refused
                if one.place(stored.article.text) == (event.trigger.start, event.trigger.end)
            ]
            if dates:
                message = f"{event.id} ({event.trigger.text}) was corrected already on {dates[-1]}"
                raise InputError(message)


def _named(config: Config, record: str) -> tuple[str, Place]:
    """Take apart what names a record: the article, and the record's id or the place that it is cited by."""
    article, place = meant(config.paths.published, record)
    if place is None:
        message = f"not a record: {record!r}; write ARTICLE/s3, or ARTICLE:33-62 as the digest cites it"
        raise InputError(message)
    return article, place


def _statement(found: Extraction, place: Place, record: str) -> Statement:
    here = [one for one in found.statements if place in (one.id, (one.start, one.end))]
    if len({(one.speaker, one.group or one.id) for one in here}) > 1:
        several = _list(f"{one.id} by {one.speaker or 'nobody'}" for one in here)
        message = f"{record!r} is several: {several}; say which"
        raise InputError(message)
    if not here:
        message = f"{record!r} is no statement; the article has {_list(one.id for one in found.statements)}"
        raise InputError(message)
    return here[0]


def _event(found: Extraction, place: Place, record: str) -> Event:
    here = [one for one in found.events if place in (one.id, (one.start, one.end))]
    if len(here) > 1:
        several = _list(f"{one.id} {one.type} ({one.trigger.text})" for one in here)
        message = f"{record!r} is several: {several}; say which"
        raise InputError(message)
    if not here:
        message = f"{record!r} is no event; the article has {_list(one.id for one in found.events)}"
        raise InputError(message)
    return here[0]


def _list(names: Iterable[str]) -> str:
    listed = list(names)
    return (
        ", ".join(listed[:_LISTED]) + (f" and {len(listed) - _LISTED} more" if len(listed) > _LISTED else "") or "none"
    )


def _wrong(read_as: Sequence[Entity], form: str, right: str, wrong: str | None) -> Entity:
    """Say which of those whom a form is read as it is not."""
    others = [entity for entity in read_as if entity.id != right]
    if wrong is None and len(others) == 1:
        return others[0]
    for entity in others:
        if entity.id == wrong:
            return entity
    ids = _list(entity.id for entity in read_as)
    if not others:
        message = f"{form!r} is read as {ids} already"
    elif wrong is None:
        message = f"{form!r} is read as {ids}; say with --from which of them is wrong"
    else:
        message = f"{form!r} is not read as {wrong}, but as {ids}"
    raise InputError(message)


def _entity(given: str, found: Extraction, lexicon: Lexicon) -> str:
    """Give the id of an entity of the article or of the registry that is given by its id or a name."""
    here = {entity.id: entity for entity in found.entities}
    if given in here or given in lexicon.entries:
        return given
    called = [
        entity.id
        for entity in here.values()
        if any(same_words(given, name) for name in (entity.name, *(one.text for one in entity.mentions)))
    ] or [
        entry.id
        for entry in lexicon.entries.values()
        if any(same_words(given, name) for name in (entry.name, *entry.aliases))
    ]
    if len(called) == 1:
        return called[0]
    if called:
        message = f"{given!r} is the name of several: {_list(called)}; give an id"
        raise InputError(message)
    names = (*here, *lexicon.entries, *(one.name for one in here.values()))
    message = f"neither the registry nor the article knows {given!r}{proposal(given, names)}"
    raise InputError(message)
