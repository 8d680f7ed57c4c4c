"""Article text, names, ids and links are hostile; the digest stays a digest."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newsledger.digest import build_digest, render_html, render_markdown
from newsledger.records.article import Issue
from newsledger.records.day import DayView, SourceName
from newsledger.records.feeds import Balance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Draft, Newsroom
    from markdown_it.token import Token

ATTACKS = (
    "<script>document.title='owned'</script>",
    "</title></style></main><img src=x onerror=alert(1)>",
    "\"><svg/onload=alert(1)>' onclick='alert(1)",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png) [a]: https://evil.example",
    "`code` ``` | cell | **bold** __u__ ~~s~~ # head\n\n# Heading\n\n- item\n\n---\n\n> quote",
    "{{ 7 * 7 }} {% raw %} {# note #}",
    "&lt;b&gt; &#60;script&#62; &amp;",
    "abc\u202egnp.exe\u202c \u2066x\u2069 a\u200bb\ufeff",
    "\x00\x1b[31m\ud800\udfff\ufffe",
    "Z" * 50_000,
    "e" + "\u0301" * 5_000,
    "\\ $x$ *a _b <!-- --> <https://evil.example> ![",
)
ALLOWED_TAGS = (
    {"html", "head", "meta", "title", "style", "body", "a", "header", "nav", "main", "section", "footer", "h1", "h2"}
    | {"h3", "p", "dl", "div", "dt", "dd", "ul", "ol", "li", "span", "strong", "b", "i", "small", "blockquote", "mark"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "code", "pre"}
)
VOID = {"meta"}


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
        assert href.startswith(("https://", "http://")) or href.removeprefix("#") in ids, href
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
            assert href.startswith(("https://", "http://")) or href.removeprefix("#") in anchors, href
    assert [token.info for token in tokens if token.type == "fence"] == ["sh", "sh"]
    for table in re.findall(r"(?:^\|.*\|$\n)+", markdown, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ud800-\udfff\x00]", markdown)


def attacked(newsroom: Newsroom, attack: str) -> DayView:
    """Put an attack wherever a day holds text."""
    text = f"{attack} first. {attack} second."
    made = newsroom.draft(attack, text, attack, title=attack, url=attack, language=attack, authors=(attack,))
    made.entity(attack, attack, attack, role=attack, country=attack)
    made.event(
        "CONSULT", text, mode=attack, actors=(attack,), recipients=(attack,), location=attack, attributed_to=attack
    )
    made.statement(attack, text, attack, cue=attack, verb=attack, via=(attack, attack))
    made.entity("another", attack, attack)
    made.figure(f"{attack} first", "1", attack, quantity_of=attack, about=(attack,), attributed_to=attack)
    made.figure(f"{attack} second", "2", attack, quantity_of=attack, about=(attack,), attributed_to="another")
    made.time(attack, newsroom.day.replace(year=2040))
    made.article = replace(made.article, issues=(Issue(code=attack, detail=attack),))
    untitled = newsroom.draft(f"{attack}2", text, None, title=None, url=f"https://news.example/{attack}")
    feed = newsroom.feed(attack, name=attack, country=attack, enabled=False, note=attack)
    failed = newsroom.feed("failed", name=attack, country=attack)
    health = newsroom.health(failed, "timeout", detail=attack)
    state = replace(health.state, warnings=(Issue(code=attack, detail=attack),)) if health.state else None
    return newsroom.day_of(
        made,
        untitled,
        timezone=attack,
        sources=(SourceName(id=attack, name=attack, kind=attack, country=attack),),
        feeds=(newsroom.health(feed, None), replace(health, state=state)),
        balances=(Balance(feed_id=attack, seen=3, items=(("known", 2),)),),
    )


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_hostile_text_stays_text(newsroom: Newsroom, attack: str) -> None:
    digest = build_digest(attacked(newsroom, attack), dossier=attack)
    assert digest.verification.refused == ()
    html, markdown = render_html(digest), render_markdown(digest)
    require_sound_html(html)
    require_sound_markdown(markdown)
    assert len(html) < 60_000
    assert "49" not in "".join(text for tag, text in read(html).text if tag == "p")


def test_attacks_are_told_as_what_they_are(newsroom: Newsroom) -> None:
    page = read(render_html(build_digest(attacked(newsroom, ATTACKS[0]))))
    assert any(ATTACKS[0] in text for tag, text in page.text if tag == "blockquote")


def test_command_to_paste_never_holds_a_hostile_id(newsroom: Newsroom) -> None:
    text = "Kovar left."
    digest = build_digest(newsroom.day_of(newsroom.draft("$(reboot)`id`'\"", text).event("RETREAT", text)))
    for page in (render_markdown(digest), render_html(digest)):
        commands = re.findall("newsledger sql.*", page)
        assert len(commands) == 2
        assert not any("reboot" in command for command in commands)


@pytest.mark.parametrize("name", ["busy_day", "empty_day", "full_day"])
def test_page_is_self_contained_and_accessible(name: str, request: pytest.FixtureRequest) -> None:
    html = render_html(build_digest(request.getfixturevalue(name)))
    require_sound_html(html)
    page = read(html)
    policy = [attrs["content"] for _, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy"]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    style = "".join(text for tag, text in page.text if tag == "style")
    assert "url(" not in style
    assert "@import" not in style
    assert {"@media print", "prefers-color-scheme:dark", "@media (max-width"} <= {
        found for found in ("@media print", "prefers-color-scheme:dark", "@media (max-width") if found in style
    }
    tags = [tag for tag, _ in page.tags]
    assert [tags.count(tag) for tag in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert ("html", {"lang": "en"}) in page.tags
    assert next(attrs["href"] for tag, attrs in page.tags if tag == "a") == "#main"
    assert "main" in page.attribute("id")


@pytest.mark.parametrize("name", ["busy_day", "empty_day", "full_day"])
def test_markdown_is_sound(name: str, request: pytest.FixtureRequest) -> None:
    require_sound_markdown(render_markdown(build_digest(request.getfixturevalue(name))))


words = st.one_of(
    st.sampled_from(
        ["Kovar", "ferry", "14", "“said”", "\u202e", "\u200b", "|", "[1]", "](", "<b>", "`", "\n\n# ", "- "]
    ),
    st.text(st.characters(codec=None), max_size=6),
)
names = st.lists(words, max_size=3).map(" ".join)
days = st.none() | st.dates()
numbers = st.decimals(allow_nan=True, allow_infinity=True)


@st.composite
def extracted(draw: st.DrawFn, newsroom: Newsroom, number: int) -> Draft:
    pieces = draw(st.lists(words.filter(bool), min_size=1, max_size=8))
    made = newsroom.draft(
        f"{draw(names)}{number}",
        " ".join(pieces),
        draw(st.none() | names),
        title=draw(st.none() | names),
        url=draw(st.none() | names.map("https://news.example/".__add__)),
        language=draw(st.none() | st.sampled_from(["en", "be", '"x'])),
        published=None,
    )
    piece = st.sampled_from(pieces)
    ids = st.sampled_from(["kovar", "riel", "nna", "", "<b>"])
    for _ in range(draw(st.integers(0, 2))):
        made.entity(draw(ids), draw(names), draw(piece), role=draw(st.none() | names))
    for _ in range(draw(st.integers(0, 3))):
        first = draw(days)
        made.event(
            draw(st.sampled_from(["CONSULT", "ASSAULT", "REJECT", "AID"])),
            draw(piece),
            status=draw(st.sampled_from(["occurred", "ongoing", "planned", "possible", "conditional", "denied"])),
            actors=tuple(draw(st.lists(ids, max_size=2))),
            recipients=tuple(draw(st.lists(ids, max_size=2))),
            intensity=draw(st.floats(-10, 10)),
            date_start=first,
            date_end=draw(st.none() | st.dates(min_value=first)) if first else None,
        )
    for _ in range(draw(st.integers(0, 3))):
        whole = draw(piece)
        made.statement(
            draw(st.none() | ids),
            whole,
            whole,
            cue=draw(st.sampled_from([None, whole])),
            kind=draw(st.sampled_from(["direct", "indirect", "mixed"])),
            group=draw(st.sampled_from([None, "q1"])),
            via=tuple(draw(st.lists(ids, max_size=2))),
        )
    for _ in range(draw(st.integers(0, 3))):
        made.figure(
            draw(piece),
            str(draw(numbers)),
            draw(st.sampled_from(["percent", "USD/a", "", "<b>/|"])),
            value_max=draw(st.none() | numbers),
            bound=draw(st.sampled_from(["exact", "about", "at least", "at most", "between"])),
            change=draw(st.sampled_from([None, "increase", "decrease"])),
            quantity_of=draw(st.none() | st.sampled_from(["rail ferry trade", "ferry trade"]) | names),
            about=tuple(draw(st.lists(ids, max_size=2))),
            period_start=draw(days),
            period_end=draw(days),
        )
    for _ in range(draw(st.integers(0, 2))):
        made.time(draw(piece), draw(st.dates()), draw(days))
    return made


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_day_renders_and_every_number_leads_to_its_evidence(newsroom: Newsroom, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, 3))
    view = newsroom.day_of(*(data.draw(extracted(newsroom, number)) for number in range(count)))
    digest = build_digest(view)
    assert repr(digest) == repr(build_digest(view))  # a signalling NaN equals nothing and says so loudly
    html, markdown = render_html(digest), render_markdown(digest)
    html.encode()
    require_sound_html(html)
    require_sound_markdown(markdown)
    cited = set(re.findall(r'href="#c(\d+)"', html))
    assert cited == set(re.findall(r'<li id="c(\d+)"', html)) == {str(one.n) for one in digest.evidence}
    assert set(re.findall(r"\]\(#c(\d+)\)", markdown)) == set(re.findall(r'<a id="c(\d+)">', markdown)) == cited


@pytest.mark.needs_browser
def test_a_real_browser_draws_the_page_and_runs_nothing(
    newsroom: Newsroom, chromium: Callable[..., str], tmp_path: Path
) -> None:
    attack = "".join(ATTACKS[:3])
    page = tmp_path / "page.html"
    page.write_text(render_html(build_digest(attacked(newsroom, attack))), encoding="utf-8")
    tree = read(chromium(page, tmp_path / "profile", "--dump-dom"))
    assert [text for tag, text in tree.text if tag == "title"] == ["Newsledger digest: Wednesday, 12 March 2031"]
    assert {tag for tag, _ in tree.tags} <= ALLOWED_TAGS
    ids = tree.attribute("id")
    assert all(href[1:] in ids for href in tree.attribute("href") if href.startswith("#"))
    assert [tag for tag, _ in tree.tags].count("h1") == 1
    assert next(attrs for tag, attrs in tree.tags if tag == "a") == {"class": "skip", "href": "#main"}


@pytest.mark.needs_browser
def test_a_real_browser_draws_a_narrow_page_without_sideways_scrolling(
    busy_day: DayView, chromium: Callable[..., str], tmp_path: Path
) -> None:
    # The frame is as narrow as a telephone; a script in the outer page measures what stands in it.
    inner = tmp_path / "page.html"
    inner.write_text(render_html(build_digest(busy_day)), encoding="utf-8")
    outer = tmp_path / "frame.html"
    outer.write_text(
        '<iframe src="page.html" width=360 height=800 id=f onload="const r = f.contentDocument.documentElement;'
        "document.title = r.scrollWidth + ' ' + r.clientWidth\"></iframe>",
        encoding="utf-8",
    )
    tree = read(chromium(outer, tmp_path / "profile", "--allow-file-access-from-files", "--dump-dom"))
    wide, seen = (int(text) for tag, all_text in tree.text if tag == "title" for text in all_text.split())
    assert 300 < seen <= 360
    assert wide <= seen
