"""Addresses of articles: one canonical form each, so that an article seen twice is recognised.

courlan is not used here: it drops whole families of parameters by prefix (`cid`, `source`, `global`), values that are
blank, and everything before an address within the address. As a key that would make two articles one.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

if TYPE_CHECKING:
    from datetime import datetime

_DEFAULT_PORTS = {"http": 80, "https": 443}
# Parameters that say where a reader came from and never which article is meant. BBC adds at_*, Guardian CMP, CBC cmp.
_TRACKING_PREFIXES = ("utm_", "at_", "mtm_", "pk_", "hsa_", "vero_", "ns_", "gaa_", "wt_", "wt.", "oly_", "__twitter")
_TRACKING = frozenset(
    {
        "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "ysclid", "mc_cid",
        "mc_eid", "_ga", "_gl", "cmp", "cmpid", "xtor", "ocid", "smid", "ref_src", "ref_url", "ftag", "echobox",
        "spm", "mkt_tok", "guccounter", "guce_referrer", "guce_referrer_sig", "traffic_source"
    }
)  # fmt: skip
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_LINE_BREAKS = re.compile(r"[\t\r\n]+")
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_ID_LENGTH = 16
_TELLING = 12  # characters; /index.html is on every host
_DASH = re.compile(r"\s[-\u2010-\u2015|]\s")
_HEADLINE_WORDS, _OUTLET_WORDS = 3, 4
_WORD = re.compile(r"[^\W_]+")
_TITLE_LENGTH = 200
_OPAQUE = re.compile(r"https?://news\.google\.(?:com?\.)?[a-z]{2,3}/(?:rss/)?(?:articles|read)/")


def canonical_url(url: str) -> str | None:
    """Give the one form of an http(s) address by which an article is known; None for anything else.

    Lower-case ASCII host, no credentials, default port or fragment, no tracking parameters, the other parameters
    sorted, no dot segments, escapes in one spelling. Applied twice it changes nothing more.
    """
    try:
        parts = urlsplit(_LINE_BREAKS.sub("", url).strip())
        host, port = _host(parts.hostname or ""), parts.port
    except (ValueError, UnicodeError):
        return None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not _HOST.fullmatch(host):
        return None
    authority = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = _spell(_without_dots(parts.path), "/:@!$&'()*+,;=")
    return urlunsplit((scheme, authority, path, _without_tracking(parts.query), ""))


def article_id(feed_id: str, *, url: str | None, guid: str | None, title: str | None, dated: datetime | None) -> str:
    """Give the stable id of a feed's item, from the first of these it has: address, guid, title and date.

    Scheme and `www.` of an address don't count, since sites change them. A guid may be an address; another one tells
    an item only within its feed.
    """
    if address := canonical_url(url or "") or canonical_url(guid or ""):
        key = address.partition("://")[2].removeprefix("www.")
    elif guid:
        key = f"{feed_id}\n{guid}"
    else:
        key = f"{feed_id}\n{title}\n{dated and dated.isoformat()}"
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:_ID_LENGTH]


def address_id(url: str | None) -> str | None:
    """Give the id of a feed's item that has this address; None for what is no address."""
    return article_id("", url=url, guid=None, title=None, dated=None) if canonical_url(url or "") else None


def without_host(url: str) -> str | None:
    """Give path and query of an address in their one form, by which an article is known on a site that changed hosts.

    None for what is no address, and where they are too short to tell an article by.
    """
    address = canonical_url(url)
    if address is None:
        return None
    place = urlunsplit(urlsplit(address)._replace(scheme="", netloc=""))
    return place if len(place) >= _TELLING else None


def normal_title(title: str) -> str:
    """Give the form of a headline in which two of one article are alike: no case, no marks, no outlet behind it.

    At most 200 characters; empty where no letter or digit is left.
    """
    return " ".join(_WORD.findall(normalize("NFKC", _headline(title)).casefold()))[:_TITLE_LENGTH].rstrip()


def is_opaque(url: str) -> bool:
    """Tell whether an address names an article without leading there, as those of Google News do."""
    return bool(_OPAQUE.match(canonical_url(url) or ""))


def is_front_page(url: str) -> bool:
    """Tell whether an address is that of a whole site."""
    parts = urlsplit(canonical_url(url) or "")
    return parts.path == "/" and not parts.query


def same_host(one: str, other: str) -> bool:
    """Tell whether two addresses are of one host, `www.` aside."""
    return host_of(one).removeprefix("www.") == host_of(other).removeprefix("www.") != ""


def host_of(url: str) -> str:
    """Give the host of an address in lower case; empty where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def resolve(base: str, reference: str) -> str | None:
    """Resolve a link against the page it stands on, without credentials; None unless it is an http(s) address."""
    try:
        parts = urlsplit(urljoin(base, _UNWRITABLE.sub("", reference).strip()))
    except ValueError:
        return None
    absolute = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    return absolute if canonical_url(absolute) else None


def _headline(title: str) -> str:
    """Cut off the outlet: up to four words with capitals; but no digits and no weekday, which tell items apart."""
    title = title.strip()
    dash = _DASH.search(title[::-1])
    cut = len(title) - dash.end() if dash else 0
    words = title[cut:].split()[1:]
    is_outlet = all(word[0].isupper() or "." in word or word in ("the", "of", "in") for word in words)
    is_one_of_many = any(word.casefold().endswith("day") or any(map(str.isdigit, word)) for word in words)
    is_headline = len(words) <= _OUTLET_WORDS and len(title[:cut].split()) >= _HEADLINE_WORDS
    return title[:cut] if is_outlet and is_headline and not is_one_of_many else title


def _host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    return (host if host.isascii() else host.encode("idna").decode("ascii")).lower().rstrip(".")


def _without_dots(path: str) -> str:
    """Resolve `.` and `..` (RFC 3986, 5.2.4), also where they are written with escapes."""
    segments: list[str] = []
    steps = _spell(path, "/:@!$&'()*+,;=").split("/")
    for step in steps:
        if step == "..":
            del segments[-1:]
        elif step != ".":
            segments.append(step)
    if steps[-1] in (".", ".."):
        segments.append("")
    return "/" + "/".join(segments).lstrip("/")


def _without_tracking(query: str) -> str:
    kept = [pair for pair in _spell(query, "/?:@!$&'()*+,;=").split("&") if pair and not _is_tracking(pair)]
    return "&".join(sorted(kept))


def _is_tracking(pair: str) -> bool:
    name = unquote(pair.partition("=")[0]).lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _spell(part: str, safe: str) -> str:
    """Write escapes one way: in capitals, none for unreserved characters, one for each character that needs it."""
    escaped = quote(_LONE_PERCENT.sub("%25", part), safe=safe + "%", errors="replace")
    return _ESCAPE.sub(_respell, escaped)


def _respell(escape: re.Match[str]) -> str:
    character = unquote(escape.group(), encoding="latin-1")
    return character if character in _UNRESERVED else escape.group().upper()
