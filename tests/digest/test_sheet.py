"""The page of an article with its records: each stands in the text just where it is, whatever the text holds.

After a change that is meant, write the golden file anew and read the difference before it is committed:

    NEWSLEDGER_GOLDEN=write .venv/bin/python -m pytest tests/digest/test_sheet.py
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.digest import render_sheets, sheet_of
from newsledger.digest.marking import harmless
from newsledger.extract import extract
from newsledger.fetch import read_documents
from newsledger.records.article import Article, Issue
from newsledger.records.errors import InputError
from newsledger.records.extraction import (
    Citation,
    Dateline,
    Entity,
    Event,
    Extraction,
    Figure,
    Mention,
    Statement,
    Topic,
)
from newsledger.records.extraction import Time as TimeRecord
from newsledger.records.spans import Span, spans_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Draft, Newsroom

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parent / "golden" / "sheet.html"
KINDS = ("statements", "events", "figures", "times", "topics", "citations", "entities")
ATTACK = (
    "</div><script>document.title='owned'</script>\"'> onmouseover=alert(1) {{ 7 * 7 }} &amp; \u202eabc\x00\r\n\ud800"
)


@dataclass
class Page(HTMLParser):
    """The articles of a page as a browser sees them: their text, and the places that each record is marked at."""

    texts: list[str] = field(default_factory=list)
    marked: list[dict[str, set[int]]] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag not in ("meta", "input"):
            self.inside.append("text" if found.get("class") == "text" else tag)
        if found.get("class") == "text":
            self.texts.append("")
            self.marked.append(defaultdict(set))
        if tag == "mark":
            self.links = (found["data-m"] or "").split()

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() in (tag, "text")

    def handle_data(self, data: str) -> None:
        if "text" in self.inside:
            start = len(self.texts[-1])
            self.texts[-1] += data
            for link in self.links if self.inside[-1] == "mark" else ():
                self.marked[-1][link].update(range(start, start + len(data)))
        if self.inside[-1:] == ["script"]:
            self.scripts.append(data)


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    assert page.inside == []
    return page


def printed(*extractions: Extraction) -> str:
    return "\n".join(render_sheets(extractions))


def wanted(extraction: Extraction) -> dict[str, set[int]]:
    """The places that each part of each row ought to be marked at."""
    places: dict[str, set[int]] = defaultdict(set)
    for table in sheet_of(extraction).tables:
        for row in table.rows:
            for mark in row.marks:
                places[f"{row.id}.{mark.role}"].update(range(mark.start, mark.end))
    return places


def require_exact(extraction: Extraction) -> None:
    """Fail unless all spans of all records are marked, each where it is."""
    marks = {(m.start, m.end) for table in sheet_of(extraction).tables for row in table.rows for m in row.marks}
    records = (extraction.dateline, *(getattr(extraction, kind) for kind in KINDS))
    assert marks == {(span.start, span.end) for record in records for span in spans_in(record)}
    page = read(printed(extraction))
    assert page.texts == [harmless(extraction.article.text)]
    assert page.marked == [wanted(extraction)]


def test_the_page_is_what_it_was(newsroom: Newsroom) -> None:
    page = printed(visit(newsroom).done()).encode()
    if os.environ.get("NEWSLEDGER_GOLDEN") == "write":
        GOLDEN.write_bytes(page)
    assert page == GOLDEN.read_bytes()


def visit(newsroom: Newsroom, text: str = "") -> Draft:
    text = (
        text or "NORHAVEN, 12 March - Kovar said that trade grew by 14 percent, as Riel had claimed before the talks.\n"
    )
    made = newsroom.draft("visit", text, title="Kovar & Riel <talk>")
    made.entity("anna-kovar", "Anna Kovar", "Kovar").entity("tomas-riel", "Tomas Riel", "Riel")
    made.statement("anna-kovar", "Kovar said that trade grew by 14 percent", "trade grew by 14 percent")
    made.statement(
        "tomas-riel", "trade grew by 14 percent, as Riel had claimed", "trade grew by 14 percent", cue="claimed"
    )
    made.event("CONSULT", "talks", actors=("anna-kovar", "tomas-riel"), status="planned")
    made.figure("14 percent", "14", "percent", change="increase", quantity_of="trade", attributed_to="anna-kovar")
    return made.time("12 March", newsroom.day)


def test_spans_that_nest_and_overlap_stand_exactly(newsroom: Newsroom) -> None:
    extraction = visit(newsroom).done()
    require_exact(extraction)
    places = read(printed(extraction)).marked[0]["s1.record"]
    text = "".join(extraction.article.text[at] for at in sorted(places))
    assert text == "Kovar said that trade grew by 14 percent"


@pytest.mark.parametrize("path", sorted((ROOT / "seeds" / "articles").glob("*.txt")), ids=lambda path: path.stem)
def test_every_record_of_the_seeds_is_found_in_the_text(path: Path) -> None:
    (article,) = read_documents([path], None)
    extraction = extract(article)
    assert extraction.statements
    require_exact(extraction)


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    text = draw(st.text(st.sampled_from("ab <&\"'\n\r\t\x00é\u202e𐍈"), min_size=1, max_size=40))

    def span() -> dict[str, Any]:
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        return {"start": start, "end": end, "text": text[start:end]}

    def some(make: Callable[[int], object]) -> tuple[Any, ...]:
        return tuple(make(number) for number in range(draw(st.integers(0, 2))))

    whole: dict[str, Any] = {"quad": "verbal cooperation", "intensity": 1.0, "status": "occurred", "confidence": 0.5}
    return Extraction(
        article=Article(article_id="a", text=text, title=draw(st.none() | st.text(max_size=9))),
        extractor="by chance",
        sentences=((0, len(text)),),
        dateline=Dateline(**span()) if draw(st.booleans()) else None,
        entities=some(
            lambda n: Entity(id=f"x{n}", name=text, type="PER", mentions=some(lambda _: Mention(**span(), kind="name")))
        ),
        citations=some(lambda _: Citation(**span(), source="x0")),
        statements=some(
            lambda n: Statement(
                **span(),
                id=f"s{n}",
                kind="direct",
                content=Span(**span()),
                speaker_span=Span(**span()),
                cue=Span(**span()),
            )
        ),
        events=some(lambda n: Event(**span(), id=f"e{n}", trigger=Span(**span()), type="AID", **whole)),
        figures=some(lambda _: Figure(**span(), value=Decimal(1), unit="count")),
        times=some(lambda _: TimeRecord(**span(), type="DATE", value="2022")),
        topics=some(lambda n: Topic(topic=f"t{n}", score=0.5, evidence=(Span(**span()),))),
    )


@given(extractions())
def test_any_spans_of_any_text_stand_exactly(extraction: Extraction) -> None:
    require_exact(extraction)


def test_several_articles_have_a_section_each_with_places_of_their_own(newsroom: Newsroom) -> None:
    page = read(printed(visit(newsroom).done(), visit(newsroom).done()))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    hrefs = [attrs["href"] or "" for tag, attrs in page.tags if tag == "a"]
    assert all(href.startswith("https://news.example/") or href[1:] in ids for href in hrefs)
    assert [tag for tag, _ in page.tags].count("article") == len(page.texts) == 2


def attacked(newsroom: Newsroom) -> Extraction:
    extraction = visit(
        newsroom, f"{ATTACK} Kovar said that trade grew by 14 percent, as Riel had claimed in talks, 12 March."
    )
    done = extraction.done()
    entities = tuple(replace(one, name=ATTACK, role=ATTACK) for one in done.entities)
    issues = (Issue(code=ATTACK, detail=ATTACK),)
    article = replace(
        done.article, article_id=ATTACK, title=ATTACK, source=ATTACK, url="javascript:alert(1)", issues=issues
    )
    topic = Topic(topic=ATTACK, score=0.5, evidence=(Span(start=0, end=len(ATTACK), text=ATTACK),))
    return replace(done, article=replace(article, language='en" onclick="x'), entities=entities, topics=(topic,))


def test_hostile_text_stays_text(newsroom: Newsroom) -> None:
    extraction = attacked(newsroom)
    html = printed(extraction)
    html.encode()
    require_exact(extraction)
    page = read(html)
    plain = read(printed(visit(newsroom).done()))
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in plain.tags}
    assert page.scripts == plain.scripts
    names = {name for _, attrs in page.tags for name in attrs}
    assert not {name for name in names if name.startswith("on")} | names & {"src", "srcset", "style", "action"}
    assert not [attrs for tag, attrs in page.tags if tag == "a" and not (attrs["href"] or "").startswith("#")]
    assert "\u202e" not in html


def test_an_article_without_records_says_so() -> None:
    html = printed(Extraction(article=Article(article_id="empty", text=""), extractor="x"))
    assert "No record was found." in html
    assert "Article 1" in html


def test_the_page_is_complete_when_the_articles_end_in_an_error(newsroom: Newsroom) -> None:
    def articles() -> Iterator[Extraction]:
        yield visit(newsroom).done()
        raise InputError

    pieces: list[str] = []
    with pytest.raises(InputError):
        pieces.extend(render_sheets(articles()))
    assert len(read("\n".join(pieces)).texts) == 1
    assert pieces[-1].endswith("</html>")


@pytest.mark.needs_browser
def test_in_a_real_browser_records_light_up_in_the_text(
    newsroom: Newsroom, chromium: Callable[..., str], tmp_path: Path
) -> None:
    # The outer page acts as a reader does in the inner one, whose policy lets only its own script run.
    (tmp_path / "page.html").write_text(printed(visit(newsroom).done(), attacked(newsroom)), encoding="utf-8")
    steps = """
      const page = document.getElementById('f').contentDocument, told = {};
      const lit = () => [...page.querySelectorAll('#a1 mark.on')].map((mark) => mark.textContent).join('');
      const row = (id) => page.querySelector(`#a1 [data-r=${id}] a`);
      row('s2').focus(); told.focus = lit();
      row('s2').blur(); told.blur = lit();
      row('s1').dispatchEvent(new MouseEvent('mouseover', {bubbles: true})); told.hover = lit();
      row('f1').click(); told.click = lit();
      page.querySelector('#a1 aside').dispatchEvent(new MouseEvent('mouseleave')); told.kept = lit();
      page.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'})); told.escape = lit();
      [...page.querySelectorAll('#a1 mark')].find((mark) => mark.textContent === 'talks').click();
      told.mark = page.querySelector('#a1 .kept').dataset.r;
      told.title = page.title;
      page.getElementById('k-figure').click();
      told.hidden = getComputedStyle(page.querySelector('#a1 .t-figure')).display;
      told.wide = page.documentElement.scrollWidth <= page.documentElement.clientWidth;
      document.title = JSON.stringify(told);
    """
    outer = tmp_path / "outer.html"
    frame = '<iframe src="page.html" id="f" width="360" height="800"></iframe>'
    script = f"<script>f.onload = () => {{{steps}}}</script>"
    outer.write_text(f"<title></title>{frame}{script}", encoding="utf-8")
    dom = chromium(outer, tmp_path / "profile", "--allow-file-access-from-files", "--dump-dom")
    told = json.loads(dom.split("<title>")[1].split("</title>")[0].replace("&amp;", "&"))
    assert told == {
        "focus": "trade grew by 14 percent, as Riel had claimed",
        "blur": "",
        "hover": "Kovar said that trade grew by 14 percent",
        "click": "14 percent",
        "kept": "14 percent",
        "escape": "",
        "mark": "e1",
        "title": "Newsledger: what was read, and why",
        "hidden": "none",
        "wide": True,
    }


def test_an_endless_sentence_is_printed_only_near_its_figures() -> None:
    text = "and 5 percent " * 2_000
    figures = tuple(
        Figure(start=at + 4, end=at + 13, text="5 percent", value=Decimal(5), value_max=None, unit="percent")
        for at in range(0, len(text), 14)
    )
    article = Article(article_id="a", text=text)
    (table,) = sheet_of(Extraction(article=article, extractor="x", sentences=((0, 27_999),), figures=figures)).tables
    assert all("5 percent" in row.cells[-1] and len(row.cells[-1]) < len(text) / 10 for row in table.rows)
