"""Article text, names, ids and links are hostile; the digest stays a digest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsledger.digest import Digest, build_digest, render_html, render_markdown
from newsledger.digest.lines import Passage
from newsledger.digest.model import WatchLine
from newsledger.records.article import Issue
from newsledger.records.config import Feed
from newsledger.records.day import DayView, SourceName
from newsledger.records.feeds import Balance
from tests.digest.rich import rich_day, shortened
from tests.digest.soundness import (
    ALLOWED_TAGS,
    bones,
    markdown_bones,
    read,
    require_sound_html,
    require_sound_markdown,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Draft, Newsroom

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
# What is no text of the world, but made by us of ids: anchors, and the names of ours that lead to them.
OURS = {"anchor", "story_id", "line", "story", "dispute"}
# What may hold text of the world.
TEXTS = {"str": "", "str | None": "", "tuple[str, ...]": ()}


def attack_day(digest: Digest, texts: Iterator[str]) -> Digest:
    """Put texts, one after the other, wherever a digest can hold any; the same passage gets the same text."""
    passages: dict[Passage, Passage] = {}

    def attacked(record: object, kind: str = "") -> object:
        if isinstance(record, str):
            return next(texts)
        if isinstance(record, tuple):
            return tuple(attacked(item) if kind in TEXTS or not isinstance(item, str) else item for item in record)
        if not is_dataclass(record):
            return record
        if isinstance(record, Passage) and record in passages:
            return passages[record]
        new = {
            one.name: attacked(getattr(record, one.name), str(one.type))
            for one in fields(record)
            if one.name not in OURS
            and not (isinstance(record, Feed | WatchLine) and one.name in ("url", "stories"))
            and (str(one.type) in TEXTS or not isinstance(getattr(record, one.name), str))
        }
        found = replace(cast("Any", record), **new)
        if isinstance(record, Passage):
            passages[record] = found
        return found

    queries = tuple((name, next(texts)) for name, _ in digest.queries)
    return replace(cast("Digest", attacked(digest)), queries=queries)


def attacked(newsroom: Newsroom, attack: str) -> DayView:
    """Put an attack wherever a day holds text."""
    text = f"{attack} one. {attack} two."
    made = newsroom.draft(attack, text, attack, title=attack, url=attack, language=attack, authors=(attack,))
    made.entity(attack, attack, attack, role=attack, country=attack)
    made.event(
        "CONSULT", text, mode=attack, actors=(attack,), recipients=(attack,), location=attack, attributed_to=attack
    )
    made.statement(attack, text, attack, cue=attack, verb=attack, via=(attack, attack))
    made.entity("another", attack, attack)
    made.figure(f"{attack} one", "1", attack, quantity_of=attack, about=(attack,), attributed_to=attack)
    made.figure(f"{attack} two", "2", attack, quantity_of=attack, about=(attack,), attributed_to="another")
    made.time(attack, newsroom.day.replace(year=2040))
    made.article = replace(made.article, issues=(Issue(code=attack, detail=attack),))
    untitled = newsroom.draft(f"{attack}2", text, None, title=None, url=f"https://news.example/{attack}")
    made.of("s-one")
    untitled.of("s-two")
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
    assert digest.verification.verified
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


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_hostile_text_stays_text_in_every_kind_of_line(attack: str) -> None:
    digest = shortened(rich_day())
    hostile = attack_day(digest, cycle([attack]))
    html, markdown = render_html(hostile), render_markdown(hostile)
    harmless = attack_day(digest, cycle(["word"]))
    require_sound_html(html)
    require_sound_markdown(markdown)
    assert bones(html) == bones(render_html(harmless))
    assert markdown_bones(markdown) == markdown_bones(render_markdown(harmless))
    assert "49" not in "".join(text for tag, text in read(html).text if tag == "bdi")


def test_a_title_of_a_megabyte_is_cut() -> None:
    hostile = attack_day(shortened(rich_day()), cycle(["Z" * 1_000_000]))
    hostile = replace(hostile, evidence=tuple(replace(one, before="", after="") for one in hostile.evidence))
    assert len(render_html(hostile)) < 300_000
    assert len(render_markdown(hostile)) < 300_000


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
    made.of(f"s-{number}")
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


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(st.one_of(words, names, st.sampled_from(ATTACKS[:8])).filter(bool), min_size=1, max_size=12))
def test_no_text_adds_a_tag_a_link_or_a_heading_to_a_full_day(texts: list[str]) -> None:
    digest = shortened(rich_day())
    hostile = attack_day(digest, cycle(texts))
    html, markdown = render_html(hostile), render_markdown(hostile)
    harmless = attack_day(digest, cycle([f"word{texts.index(text)}" if text else "" for text in texts]))
    html.encode()
    require_sound_html(html)
    require_sound_markdown(markdown)
    assert bones(html) == bones(render_html(harmless))
    assert markdown_bones(markdown) == markdown_bones(render_markdown(harmless))


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
