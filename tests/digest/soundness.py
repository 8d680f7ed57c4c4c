"""What a page of the digest must be, whatever text it holds: a page that only its templates wrote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

ALLOWED_TAGS = (
    {"html", "head", "meta", "title", "style", "body", "a", "header", "nav", "main", "section", "article", "footer"}
    | {
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "dl",
        "div",
        "dt",
        "dd",
        "ul",
        "ol",
        "li",
        "span",
        "strong",
        "b",
        "i",
        "small",
        "bdi",
    }
    | {"blockquote", "mark", "del", "ins", "details", "summary", "code", "pre", "figure", "figcaption"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
    | {"svg", "desc", "defs", "pattern", "g", "path", "text"}
)
# What text can't add to or take from, whatever it holds.
BONES = (
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "th",
    "td",
    "details",
    "svg",
    "text",
)
VOID = {"meta"}
WEB = re.compile("https?://")
# The page of another day, beside this one.
EARLIER = re.compile(r"\d{4}-\d\d-\d\d\.(html|md)#[\w-]+")


@dataclass
class Page(HTMLParser):
    """What a browser would see: tags with their attributes, and whether they nest."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    text: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append((self.open[-1] if self.open else "", data))

    def attribute(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.tags if name in attrs]


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    return page


def require_sound_html(html: str) -> None:
    """Fail unless the page holds only what the template may write."""
    page = read(html)
    assert page.open == []
    assert {tag for tag, _ in page.tags} <= ALLOWED_TAGS
    names = {name for _, attrs in page.tags for name in attrs}
    assert not {name for name in names if name.startswith("on")} | names & {"src", "srcset", "style", "action"}
    ids = page.attribute("id")
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    for href in page.attribute("href"):
        assert WEB.match(href) or href.removeprefix("#") in ids or EARLIER.fullmatch(href), href
    assert all(fill.removeprefix("url(#").removesuffix(")") in ids for fill in page.attribute("fill"))
    heads = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert heads.count(1) == 1
    assert heads[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(heads))
    assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ud800-\udfff\x00]", html)


def flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from flat(token.children or [])


def require_sound_markdown(markdown: str) -> None:
    """Fail unless the page parses into what the template may write; GitHub's tables and strike-through included."""
    tokens = list(flat(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)))
    kinds = {token.type for token in tokens}
    assert not kinds & {"html_block", "image", "s_open", "code_block", "lheading_open"}
    raw = [token.content for token in tokens if token.type == "html_inline"]
    anchors = [match[1] for tag in raw if (match := re.fullmatch(r'<a id="([\w-]+)">', tag))]
    assert len(anchors) == len(set(anchors)) == len(raw) / 2
    assert raw.count("</a>") == len(anchors)
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrs["href"])
            assert WEB.match(href) or href.removeprefix("#") in anchors or EARLIER.fullmatch(href), href
    fences = [token.info for token in tokens if token.type == "fence"]
    assert fences == ["sh", "sh"] + ["sql"] * (len(fences) - 2)
    # SQL has its own bars.
    told = re.sub(r"^(`{3,})sql$.*?^\1$", "", markdown, flags=re.MULTILINE | re.DOTALL)
    for table in re.findall(r"(?:^\|.*\|$\n)+", told, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ud800-\udfff\x00]", markdown)


def bones(html: str) -> Counter[str]:
    """Count the tags of which a page is built."""
    return Counter(tag for tag, _ in read(html).tags if tag in BONES)


def markdown_bones(markdown: str) -> Counter[str]:
    """Count the headings, items and rows of which a page of Markdown is built."""
    tokens = flat(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown))
    kinds = ("heading_open", "list_item_open", "tr_open", "blockquote_open", "fence", "hr")
    return Counter(token.type for token in tokens if token.type in kinds)
