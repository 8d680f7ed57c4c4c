"""The digests of several days as one Atom feed (RFC 4287): an entry a day."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from markupsafe import escape

from newsledger.digest.escape import clip, visible
from newsledger.digest.timewords import weekday_words
from newsledger.digest.words import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsledger.digest.heads import DayHead

_NAMESPACE = "http://www.w3.org/2005/Atom"
_HEADLINES = 10
_CHARS = 300


def render_atom(heads: Sequence[DayHead], dossier: str | None = None) -> str:
    """Print the feed of the given days, in their order; links are relative to the folder that the feed lies in.

    An entry's id stays when the day is written anew, and its `updated` is the time of the newest row it tells.
    """
    feed = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "en"})
    name = visible(f"Newsledger digest: {clip(dossier, 120)}" if dossier else "Newsledger digest")
    SubElement(feed, "id").text = "urn:newsledger:digest"
    SubElement(feed, "title").text = name
    SubElement(SubElement(feed, "author"), "name").text = "Newsledger"
    SubElement(feed, "link", {"rel": "self", "href": "feed.atom", "type": "application/atom+xml"})
    SubElement(feed, "updated").text = max((_moment(head) for head in heads), default="1970-01-01T00:00:00Z")
    for head in heads:
        _entry(feed, head)
    indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode") + "\n"


def _entry(feed: Element, head: DayHead) -> None:
    day = head.day.isoformat()
    entry = SubElement(feed, "entry")
    SubElement(entry, "id").text = f"urn:newsledger:digest:{day}"
    SubElement(
        entry, "title"
    ).text = f"{weekday_words(head.day)}: {count_words(head.articles, 'article')}, {_stories(len(head.stories))}"
    SubElement(entry, "updated").text = _moment(head)
    SubElement(entry, "link", {"rel": "alternate", "href": f"{day}.html", "type": "text/html"})
    SubElement(entry, "content", {"type": "html"}).text = _content(head)


def _content(head: DayHead) -> str:
    """Write the glance and the headings as HTML; whatever comes from articles is escaped."""
    page = f"{head.day.isoformat()}.html"
    glance = "".join(
        f"<li>{_escaped(' … '.join(f'“{quote}”' for quote in line.quotes))} ({_escaped(', '.join(line.sources))})</li>"
        for line in head.glance
    )
    stories = "".join(
        f'<li><a href="{page}#{_escaped(story.anchor)}">{_escaped(story.headline or "(no headline)")}</a>, '
        f"{count_words(story.independent, 'independent source')}</li>"
        for story in head.stories[:_HEADLINES]
    )
    lists = (f"<ol>{glance}</ol>" if glance else "") + (f"<ul>{stories}</ul>" if stories else "")
    return lists or "<p>Nothing was stored for this day.</p>"


def _escaped(text: str) -> str:
    return str(escape(visible(clip(text, _CHARS))))


def _stories(count: int) -> str:
    return f"{count} {'story' if count == 1 else 'stories'}"


def _moment(head: DayHead) -> str:
    return head.updated.strftime("%Y-%m-%dT%H:%M:%SZ")
