"""Deciding what a batch changes: new, revised, re-extracted or known already. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from newsledger.records.article import Article
    from newsledger.records.extraction import Extraction

Change = Literal["stored", "revised", "replaced", "known"]
Fingerprint = tuple[object, ...]
T = TypeVar("T")

# An article that was published longer before it was first stored is backfill: it counts for the day of publication.
BACKFILL_AFTER = timedelta(days=2)
# Dates that the source states; the others are worked out here and may change with the extractor or the hour.
_STATED = frozenset({"given", "feed", "html"})
_EXTRACTED = frozenset({"dateline", "text"})
_LONE_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the store knows of the newest revision of an article.

    `article` has no text where no other text than that has come in; `modified` may have become known later.
    """

    article: Article
    fingerprint: Fingerprint
    extractor: str
    first_stored_at: datetime
    stored_at: datetime
    digest_at: datetime
    run_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """An extraction with its revision, and what saving it changes.

    `digest_at` is the moment whose day's digest tells it, `former_digest_at` that of the records it takes the place of;
    `modified` is given where the source only dated a known article anew, `former` where the article revises another.
    """

    extraction: Extraction
    text_sha256: str
    change: Change
    stored_at: datetime
    digest_at: datetime
    run_id: str
    former_digest_at: datetime | None = None
    modified: datetime | None = None
    former: Article | None = None

    @property
    def key(self) -> tuple[str, int]:
        """Return the article's id and the revision it is placed at."""
        return self.extraction.article.article_id, self.extraction.article.revision


def fingerprint(article: Article, text_sha256: str) -> Fingerprint:
    """Give what makes a revision when it changes: the text, the title, the stated date, and the header of a file.

    The feed and the address of a live article are left out: two feeds may list it in turn.
    """
    header = () if article.origin == "feed" else (article.url, article.source, article.authors)
    return (text_sha256, article.title, stated(article), *header)


def stated(article: Article) -> datetime | None:
    """Give the date of publication if the source states it."""
    return article.published if article.published_from in _STATED else None


def is_known(article: Article, extractor: str, stored: Stored | None) -> bool:
    """Tell whether saving what `extractor` reads out of the article would change nothing."""
    return _change(article, article.text_sha256, extractor, stored) == "known"


def as_fetched(article: Article) -> Article:
    """Take out the date that only extraction found, so that it can be looked for anew."""
    if article.published_from in _EXTRACTED:
        return replace(article, published=None, published_from="unknown")
    return article


def place(
    extractions: Sequence[Extraction], stored: Mapping[str, Stored], run_id: str, now: datetime
) -> tuple[Placement, ...]:
    """Place each extraction on top of what is stored, in the given order."""
    newest = dict(stored)
    placements = []
    for extraction in extractions:
        article_id = extraction.article.article_id
        placement = _place(extraction, newest.get(article_id), run_id, now)
        placements.append(placement)
        newest[article_id] = _as_stored(placement, newest.get(article_id))
    return tuple(placements)


def replaced(extraction: Extraction, stored: Stored) -> Placement:
    """Place what was read anew of a stored revision, whichever it is, in the place of what is stored of it."""
    article = extraction.article
    return Placement(
        extraction=extraction,
        text_sha256=article.text_sha256,
        change="replaced",
        stored_at=stored.stored_at,
        digest_at=_digest_at(article, stored.stored_at, stored.first_stored_at),
        run_id=stored.run_id,
        former_digest_at=stored.digest_at,
    )


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """Give the day of a moment in a zone; at the ends of the calendar, where there is none, its day in UTC."""
    try:
        return moment.astimezone(zone).date()
    except OverflowError:
        return moment.date()


def encodable(record: T) -> T:
    """Put U+FFFD for each lone surrogate, which no database can keep; offsets stay what they are."""
    plain: Any = record
    if isinstance(plain, str):
        plain = plain.translate(_LONE_SURROGATES)
    elif isinstance(plain, tuple):
        plain = tuple(encodable(item) for item in plain)
    elif is_dataclass(plain) and not isinstance(plain, type):
        plain = replace(plain, **{field.name: encodable(getattr(plain, field.name)) for field in fields(plain)})
    return plain  # type: ignore[no-any-return] # the same type as was given


def _change(article: Article, text_sha256: str, extractor: str, former: Stored | None) -> Change:
    if former is None:
        return "stored"
    if (present := fingerprint(article, text_sha256)) != former.fingerprint:
        return "known" if _tells_nothing_new(article, present, former) else "revised"
    return "known" if former.extractor == extractor else "replaced"


def _tells_nothing_new(article: Article, present: Fingerprint, former: Stored) -> bool:
    """Tell whether a live article differs only in white space, or is the feed's own text where the page's is stored."""
    if article.origin != "feed":
        return False
    if (former.article.text_from, article.text_from) == ("page", "feed"):
        return True
    is_header_same = former.fingerprint[1:] == present[1:]
    return is_header_same and former.article.text.split() == article.text.split()


def _place(extraction: Extraction, former: Stored | None, run_id: str, now: datetime) -> Placement:
    article = extraction.article
    text_sha256 = article.text_sha256
    change = _change(article, text_sha256, extraction.extractor, former)
    if former is None or change == "revised":
        stored_at, run = now, run_id
    else:
        stored_at, run = former.stored_at, former.run_id
    revision = 1 if former is None else former.article.revision + (change == "revised")
    first_stored_at = former.first_stored_at if former else now
    # What it told before is to be told otherwise: with other records, or on another day.
    retold = former and (change == "replaced" or (change == "revised" and former.digest_at != former.stored_at))
    then = former.article.modified if former else None
    is_later = article.modified is not None and (then is None or article.modified > then)
    if revision != article.revision:
        # Only then: an extraction that is made anew reads all its spans again.
        extraction = replace(extraction, article=replace(article, revision=revision))
    return Placement(
        extraction=extraction,
        text_sha256=text_sha256,
        change=change,
        stored_at=stored_at,
        digest_at=_digest_at(article, stored_at, first_stored_at),
        run_id=run,
        former_digest_at=former.digest_at if former and retold else None,
        modified=article.modified if is_later and change == "known" else None,
        former=former.article if former and change == "revised" else None,
    )


def _digest_at(article: Article, stored_at: datetime, first_stored_at: datetime) -> datetime:
    published = article.published
    if published and (article.origin == "seed" or published < first_stored_at - BACKFILL_AFTER):
        return published
    return stored_at


def _as_stored(placement: Placement, former: Stored | None) -> Stored:
    article = placement.extraction.article
    if former and placement.change == "known":
        return replace(former, article=replace(former.article, modified=placement.modified or former.article.modified))
    modified = article.modified or (former.article.modified if former else None)
    return Stored(
        article=article if modified == article.modified else replace(article, modified=modified),
        fingerprint=fingerprint(article, placement.text_sha256),
        extractor=placement.extraction.extractor,
        first_stored_at=former.first_stored_at if former else placement.stored_at,
        stored_at=placement.stored_at,
        digest_at=placement.digest_at,
        run_id=placement.run_id,
    )
