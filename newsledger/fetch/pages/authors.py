"""Names of authors, out of bylines as sites write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsledger.fetch.pages.lines import key_of
from newsledger.fetch.text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

# Agencies sign their own reports, and stay authors on the page of another site or of their own.
_AGENCIES = frozenset(
    {
        "afp", "agence france presse", "ansa", "anadolu agency", "ap", "associated press", "the associated press",
        "belta", "bloomberg", "bloomberg news", "dpa", "efe", "interfax", "pa", "pa media", "pap", "press association",
        "reuters", "ria novosti", "tass", "ukrinform", "upi", "xinhua"
    }
)  # fmt: skip
_BY = re.compile(
    r"^\W*(?:(?:written|reported|words|story|text) by|by|von|par|por|di|da|door|od|tekst|автор(?:ы)?|текст)\b\s*:?\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[,;|·•/]|\s&\s|\s(?:and|und|et|y|e|en|i|и|та|\u0456|with)\s)\s*", re.IGNORECASE)
_AT = re.compile(r"\S*@\S*|https?://\S+|www\.\S+")
_ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|staff|producer|columnist|journalist|contributor|desk|newsroom|team"
    r"|redaktion|rédaction|redacción|redazione|redakcja|редакция|reporters?|admin|user|unknown|author|contributors?"
    r"|nbsp|null|none|undefined|anonymous)\b",
    re.IGNORECASE,
)
# What follows a name: "Reuters staff", "Associated Press in Valencia"; and what follows all names: who made the photo.
_AFTER = re.compile(r"\s+(?:(?:staff(?: writers?)?|news ?desk|newsroom|news agency)$|in [A-Z].*)")
_PHOTO = re.compile(r"\(?\b(?:image|photo|picture)s?(?: by)?\s*:.*", re.IGNORECASE)
_LONGEST = 60
_MOST_WORDS = 6
_MOST = 20


def clean_authors(bylines: Iterable[str], sites: Collection[str]) -> tuple[str, ...]:
    """Give the names in bylines, once each: no "By", e-mail address, handle, link, role, or name of the site itself.

    `sites` are what the site calls itself; an agency may be both, and stays.
    """
    own = {key_of(site) for site in sites}
    names = {key_of(name): name for byline in bylines for name in _names(byline)}
    kept = [name for key, name in names.items() if key in _AGENCIES or key not in own]
    return tuple(kept[:_MOST])


def _names(byline: str) -> Iterator[str]:
    text = _BY.sub("", _PHOTO.sub("", _AT.sub(" ", one_line(byline) or "")))
    for part in _BETWEEN.split(text):
        name = _BY.sub("", _AFTER.sub("", part.strip(" :-\u2013\u2014()[]\"'")))
        key = key_of(name)
        is_name = name and len(name) <= _LONGEST and len(name.split()) <= _MOST_WORDS and any(map(str.isalpha, name))
        if is_name and (key in _AGENCIES or not _ROLE.search(name)) and not name.islower():
            yield name
