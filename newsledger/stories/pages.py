"""One key for the addresses at which a site gives one article: for readers, for telephones, for AMP."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_HOST_KINDS = re.compile(r"^(?:(?:www\d?|m|mobile|amp|touch)\.)+(?=[^.]+\.)")
_AMP = re.compile(r"/amp(?=/|$)|\.amp(?=\.html?$|$)")
# Parameters that say how a page is shown and where its reader came from, not which page it is.
_NO_NAMES = re.compile(r"amp|amp_.*|outputtype|output|mobile|utm_.*|.*clid|_g[al]|ref(?:_.*)?|from|share|print|at_.*")
_TELLING = 12  # characters


def page_of(url: str | None) -> str | None:
    """Give the key of an address; None where host and path name no single article."""
    try:
        parts = urlsplit(url or "")
        host = _HOST_KINDS.sub("", parts.hostname or "")
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    path = _AMP.sub("", unquote(parts.path).rstrip("/"))
    query = sorted(pair for pair in parts.query.split("&") if not _NO_NAMES.fullmatch(pair.partition("=")[0].lower()))
    place = f"{path}?{'&'.join(query)}" if any(query) else path
    return host + place if len(place) >= _TELLING else None
