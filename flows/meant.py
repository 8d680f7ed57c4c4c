"""Which article a person means, and what in it: by an id or how it begins, an address, a record's id, a citation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import process

from newsledger.records.errors import InputError
from store.reading.showing import known_articles, meant_articles

if TYPE_CHECKING:
    from pathlib import Path

# A record's id, or the place that the digest cites it by: where it begins and ends.
Place = str | tuple[int, int]

_RECORD = re.compile(r"(?P<article>.+)/(?P<record>[sefcptn]\d+|d1)", re.DOTALL)
_CITATION = re.compile(r"(?P<article>.+):(?P<start>\d{1,9})-(?P<end>\d{1,9})", re.DOTALL)
_BARE_ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?/\S*")
_NEAREST = 3


def meant(published: Path, wanted: str) -> tuple[str, Place | None]:
    """Give the id of the article that is meant, and what in it, if anything.

    Raises InputError where there is no such article, or there are several.
    """
    place: Place | None = None
    found = _articles(published, wanted)
    if not found and (parts := _RECORD.fullmatch(wanted)):
        found, place = _articles(published, parts["article"]), parts["record"]
    if not found and (parts := _CITATION.fullmatch(wanted)):
        found, place = _articles(published, parts["article"]), (int(parts["start"]), int(parts["end"]))
    if not found:
        raise InputError(_nobody(published, wanted))
    if len(found) > 1:
        message = f"{wanted!r} may be several articles: {', '.join(found)}"
        raise InputError(message)
    return found[0], place


def _articles(published: Path, wanted: str) -> tuple[str, ...]:
    return meant_articles(published, wanted, _addresses(wanted))


def _addresses(wanted: str) -> tuple[str, ...]:
    """Give the forms in which an address may be stored, and the ids that an article from there has."""
    if "://" not in wanted and not _BARE_ADDRESS.fullmatch(wanted):
        return ()
    from newsledger.fetch.urls import address_id, canonical_url  # noqa: PLC0415 - brings all of fetching

    addresses = [wanted] if "://" in wanted else [f"https://{wanted}", f"http://{wanted}"]
    forms = [form for address in addresses for form in (address, canonical_url(address), address_id(address))]
    return tuple(form for form in forms if form)


def _nobody(published: Path, wanted: str) -> str:
    known = known_articles(published)
    texts = [text for ident, url in known if (text := url if "://" in wanted else ident)]
    near = [text for text, _, _ in process.extract(wanted, texts, limit=_NEAREST)]
    return f"no article has the id or the URL {wanted!r}" + (f"; nearest: {', '.join(near)}" if near else "")
