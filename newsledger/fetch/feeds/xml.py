"""Feed documents: bytes in, entries out.

What feedparser needs to be kept from, and from us:

- It must never see an address, nor bytes that it could take for a file's name: it would open either. It gets a stream.
- `bozo` says that a document is not well-formed or that its charset was mislabelled. One feed in four is; most of those
  parse to all their entries. It is no reason to reject.
- It believes a wrong charset in the HTTP header as long as the bytes decode. We decide the charset and tell it.
- It knows few names of time zones and takes all others for UTC, and gives up on a date without a zone.
- Its dictionaries answer `updated` with `published`: read them with `dict.get`.
- It looks for addresses in authors and for repetitions in categories by the square of their length: `_tame`.
- Relative links and ids are resolved against `content-location`, so it has to know where the document came from.
- Its sanitizer takes minutes over crafted HTML, and most of the time of a usual feed. Bodies are only ever read as text
  here, so it is off: what an entry carries as HTML must never be shown as it is.
- Hostile documents make its parsers raise almost anything.
"""

from __future__ import annotations

import html
import io
import re
from calendar import timegm
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import feedparser
from feedparser.mixin import _FeedParserMixin

from newsledger.fetch.feeds.document import FeedDocument, NotAFeed
from newsledger.fetch.feeds.entries import make_entry, primary_language
from newsledger.fetch.feeds.months import read_date
from newsledger.fetch.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.fetch.text import Charset
    from newsledger.records.feeds import FeedEntry

# RSS 1.0's syndication module, and how it is misspelt. `always` says nothing that could be held on to.
_PERIODS_S = {
    "hourly": 3600.0, "daily": 86_400.0, "dayly": 86_400.0, "weekly": 604_800.0, "monthly": 2_592_000.0,
    "yearly": 31_536_000.0,
}  # fmt: skip
# About 20 microseconds each; what stands in a CDATA section costs nothing. 10 MB of real feeds have half as many.
_MOST_TAGS = 150_000
# A tag's attributes take time by the square of their number.
_CROWDED = re.compile(rb"<[^<>=]*+(?:=[^<>=]*+){500}")
# The ids that are addresses as they are written, unless they are said to be none to go to.
_PERMALINK = re.compile(
    r"""<(?:[\w-]++:)?(?:guid|id)(?=[\s>])(?![^<>]*ispermalink\s*+=\s*+["']?false)[^<>]*+>"""
    r"\s*+(?:<!\[CDATA\[\s*+)?(https?:[^\s<>\]]++)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)
_LONGEST_NAME = 500
_EMAIL = re.compile(r"[<(]?[^\s<>()]+@[^\s<>()]+[>)]?")


def _tame() -> None:
    """Let feedparser take what is written for an author's name, and pass over categories."""

    def note_author(parser: Any, key: str = "author") -> None:  # noqa: ANN401 - feedparser is untyped
        context = parser._get_context()  # noqa: SLF001 - as its own methods do
        detail = (context.get(f"{key}s") or [{}])[-1]
        if not detail and context.get(key):
            detail["name"] = context[key][:_LONGEST_NAME]

    def keep_one_tag(parser: Any, *_: object) -> None:  # noqa: ANN401 - feedparser is untyped
        parser._get_context()["tags"] = [{"term": None}]  # noqa: SLF001 - as its own methods do

    _FeedParserMixin._sync_author_detail = note_author  # noqa: SLF001 - nothing public leads there
    _FeedParserMixin._add_tag = keep_one_tag  # noqa: SLF001 - nothing public leads there


_tame()


def read_xml(body: bytes, charset: Charset, *, feed_id: str, url: str) -> FeedDocument | NotAFeed | None:
    """Read an RSS, RDF or Atom document; None where it is none. `url` is where it came from: links start from there.

    What would take minutes to read is `too_large`. May raise almost anything over hostile bytes.
    """
    tags = sum(part.rpartition(b"]]>")[2].count(b"<") for part in body.split(b"<![CDATA["))
    if tags > _MOST_TAGS:
        return NotAFeed(outcome="too_large", detail=f"{tags} tags, more than {_MOST_TAGS}")
    if _CROWDED.search(body):
        return NotAFeed(outcome="too_large", detail="a tag of more than 500 attributes")
    headers = {"content-type": f"application/xml; charset={charset.name}", "content-location": url}
    parsed = feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.entries and not parsed.version:
        return None
    language = primary_language(dict.get(parsed.feed, "language"))
    written = body.decode(charset.name, errors="replace")
    permalinks = frozenset(html.unescape(guid) for guid in _PERMALINK.findall(written))
    return FeedDocument(
        entries=tuple(_entry(entry, feed_id, url, language, permalinks) for entry in parsed.entries),
        charset=charset.name,
        charset_from=charset.rule,
        title=_title(parsed.feed),
        update_s=_update_s(parsed.feed),
    )


def _update_s(feed: Any) -> float | None:  # noqa: ANN401 - feedparser is untyped
    """Read how often a feed says that it changes: minutes in `ttl`, else times in a period; None for no word."""
    ttl = _number(_text(feed, "ttl"))
    if ttl:
        return ttl * 60
    period = _PERIODS_S.get((_text(feed, "sy_updateperiod") or "").strip().lower())
    return period / (_number(_text(feed, "sy_updatefrequency")) or 1.0) if period else None


def _number(written: str | None) -> float | None:
    """Read a number above 0 and within reason; None for anything else."""
    found = _NUMBER.fullmatch((written or "").strip())
    return float(found[0]) or None if found else None


def _entry(entry: Any, feed_id: str, url: str, language: str | None, permalinks: frozenset[str]) -> FeedEntry:  # noqa: ANN401 - feedparser is untyped
    guid, modified = _text(entry, "id"), _moment(entry, "updated")
    link = _text(entry, "feedburner_origlink") or _text(entry, "link") or (guid if guid in permalinks else None)
    # feedparser takes an id for the link where there is no other, though it may be nothing but a number.
    if link and link == guid and not dict.get(entry, "links") and link not in permalinks:
        guid, link = link.rpartition("/")[2], None
    return make_entry(
        feed_id=feed_id,
        base=url,
        link=link,
        guid=guid,
        title=_title(entry),
        published=_moment(entry, "published") or _moment(entry, "created") or modified,
        modified=modified,
        authors=_authors(entry),
        language=primary_language(dict.get(entry, "language")) or language,
        body_html=_body(entry),
    )


def _body(entry: Any) -> str | None:  # noqa: ANN401 - feedparser is untyped
    """Take the longest of the texts that the entry carries, as HTML."""
    parts = [part for part in dict.get(entry, "content") or () if dict.get(part, "value")]
    if summary := _text(entry, "summary"):
        detail = dict.get(entry, "summary_detail") or {}
        parts.append({"value": summary, "type": dict.get(detail, "type")})
    longest = max(parts, key=lambda part: len(part["value"]), default=None)
    if longest is None:
        return None
    value = str(longest["value"])
    if longest.get("type") != "text/plain":
        return value
    return html.escape(html.unescape(value), quote=False).replace("\n", "<br>")


def _title(entry: Any) -> str | None:  # noqa: ANN401 - feedparser is untyped
    """Read the title; what feedparser takes for plain text may hold `<`, and escapes that were escaped twice."""
    title = _text(entry, "title")
    if title and dict.get(dict.get(entry, "title_detail") or {}, "type") == "text/plain":
        return html.unescape(title)
    return one_line(title)


def _authors(entry: Any) -> Iterator[str]:  # noqa: ANN401 - feedparser is untyped
    for author in dict.get(entry, "authors") or ():
        name = _text(author, "name") or ""
        yield _EMAIL.sub("", name).strip(" ()<>") if "@" in name else name


def _moment(entry: Any, key: str) -> datetime | None:  # noqa: ANN401 - feedparser is untyped
    """Read a date: by our own rules, which know more zones, else as feedparser read it."""
    if (written := _text(entry, key)) and (moment := read_date(written)):
        return moment
    parsed = dict.get(entry, f"{key}_parsed")
    try:
        return datetime.fromtimestamp(timegm(parsed), tz=UTC) if parsed and parsed[0] > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def _text(entry: Any, key: str) -> str | None:  # noqa: ANN401 - feedparser is untyped
    value = dict.get(entry, key)
    return value if isinstance(value, str) and value.strip() else None
