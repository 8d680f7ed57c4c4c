"""From bytes to text: which charset a document is in, and the plain text of a piece of HTML."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree
from trafilatura.utils import detect_encoding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsledger.records.feeds import CharsetFrom

# What a document says of itself: an XML declaration, or a meta element among the first kilobytes.
_DECLARED = re.compile(
    rb"""<(?:\?xml|(meta))[^>]{0,400}?(?:encoding|charset)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_HEADER_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_ASCII = 127
_TELLING = 20
# How many times as much valid as broken UTF-8 makes a document UTF-8, where a label says so and where none does.
_SAID, _UNSAID = 1, 10
# Python's text codecs that are no charsets of documents.
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"})
# What is written as the former is the latter (WHATWG Encoding): a superset that the declaring program meant.
_WEAK = {"iso8859-1": "cp1252", "ascii": "cp1252", "cp1252": "cp1252"}
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol",
        "p", "pre", "section", "table", "td", "th", "tr", "ul"
    }
)  # fmt: skip
_UNREAD = frozenset({"script", "style", "template", "noscript", "head", "title", "iframe", "object", "svg"})
_SPACES = re.compile(r"\s+")
_INVALID_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Charset:
    """The charset of a document, by a name that Python knows, and the rule that told it."""

    name: str
    rule: CharsetFrom


def charset_of(body: bytes, content_type: str | None) -> Charset:
    """Tell the charset of a feed or page.

    A byte order mark rules; then comes valid UTF-8, which no other charset looks like by chance and which wrong labels
    are put on every day, single broken bytes in it aside; then the HTTP header, the document's own word, and a guess.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return Charset(name, "bom")
    labels = list(_labels(body, content_type))
    shifted = next((label for label in labels if label.name.startswith(("iso2022", "hz"))), None)
    if shifted and body.isascii():
        return shifted
    if _is_utf8(body):
        return Charset("utf-8", "utf8")
    said = next((label for label in labels if label.name == "utf-8"), None)
    if _is_nearly_utf8(body, _SAID if said else _UNSAID):
        return said or Charset("utf-8", "utf8")
    # The bytes are no UTF-8, whatever the labels say; and Latin-1 and ASCII are what servers say of everything.
    for label in sorted((label for label in labels if label.name != "utf-8"), key=lambda label: label.name in _WEAK):
        return Charset(_WEAK.get(label.name, label.name), label.rule)
    return Charset(_guessed(body), "guess")


def decode(body: bytes, content_type: str | None) -> str:
    """Decode a feed or page; a byte that makes no sense in its charset becomes U+FFFD."""
    return body.decode(charset_of(body, content_type).name, errors="replace")


def clean(text: str) -> str:
    """Take out what no document may hold: control characters but white space, lone surrogates."""
    return _INVALID_XML.sub("", text)


def html_to_text(markup: str) -> str:
    """Give the text of a piece of HTML, one line a block, white space as a browser shows it. Never raises."""
    markup = clean(markup)
    if "<" not in markup and "&" not in markup:
        return "\n".join(_lines(markup))
    try:
        parser = etree.HTMLParser(remove_comments=True, remove_pis=True)
        tree = etree.fromstring(f"<div>{markup}</div>", parser)
    except (etree.LxmlError, ValueError):
        return ""
    if tree is None:
        return ""
    etree.strip_elements(tree, *_UNREAD, with_tail=False)
    for element in tree.iter():
        element.text = _SPACES.sub(" ", element.text or "")
        element.tail = _SPACES.sub(" ", element.tail or "")
        if element.tag in _BLOCKS:
            element.text = "\n" + element.text
            element.tail = "\n" + element.tail
    return "\n".join(_lines("".join(tree.itertext())))


def one_line(markup: str | None) -> str | None:
    """Give a title or a name as one line of text; None where nothing is left."""
    return " ".join(html_to_text(markup).split()) or None if markup else None


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if words := _SPACES.sub(" ", line).strip():
            yield words


def _labels(body: bytes, content_type: str | None) -> Iterator[Charset]:
    header = _HEADER_CHARSET.search(content_type or "")
    if header and (known := _known(header[1])):
        yield Charset(known, "header")
    declared = _DECLARED.search(body[:_DECLARED_WITHIN])
    if declared and (known := _known(declared[2].decode("ascii"))):
        yield Charset(known, "meta" if declared[1] else "xml")


def _known(label: str) -> str | None:
    """Give Python's name of a charset, widened to the superset that is meant; None for what decodes no text.

    UTF-16 and UTF-32 are told by their first bytes alone: a document whose label can be read is not in them.
    """
    try:
        name = codecs.lookup(label).name.replace("_", "-")
        b" ".decode(name)
    except (LookupError, ValueError):
        return None
    return None if name in _NO_CHARSETS or name.startswith(("utf-16", "utf-32")) else _SUPERSETS.get(name, name)


def _guessed(body: bytes) -> str:
    """Guess a charset by the bytes beyond ASCII; where they are few, the one that most documents of the web are in."""
    if sum(byte > _ASCII for byte in body) < _TELLING:
        return "cp1252"
    return next((known for guess in detect_encoding(body) if (known := _known(guess))), "cp1252")


def _is_nearly_utf8(body: bytes, times: int) -> bool:
    """Tell whether more than so many times as much of what is no ASCII is valid UTF-8 as is broken."""
    decoded = body.decode("utf-8", errors="replace")
    broken = decoded.count("\ufffd")
    return len(decoded) - len(decoded.encode("ascii", "ignore")) - broken > times * broken


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
