"""The page of a digest as a browser and its readers have it: whole, light, readable by all, and the same on paper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from importlib.metadata import files
from pathlib import Path

import pytest

from newsledger.digest import Digest, build_digest, render_html, render_markdown
from tests.digest.rich import lines_of, rich_day
from tests.digest.soundness import read, require_sound_html, require_sound_markdown

DAYS = ["busy_day", "empty_day", "full_day", "rich_day"]
RULES = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
POLICY = f'<meta http-equiv="Content-Security-Policy" content="{RULES}">'
SECTIONS = ["watch", "glance", "stories", "brief", "changes", "trend", "disputes", "denials", "calendar", "coverage"]
SECTIONS += ["edits", "health", "books", "issues", "evidence", "method"]
LARGEST = 300_000
DARK, LIGHT = "--blink-settings=preferredColorScheme=0", "--blink-settings=preferredColorScheme=1"
# Runs the checks with all that is folded open, and leaves what was found in the title of the outer page.
CHECK = """<script src="axe.min.js"></script><script>
for (const one of document.querySelectorAll("details")) one.open = true;
axe.run().then(found => top.document.title = JSON.stringify(
  [found.passes.length, found.violations.map(one => [one.id, one.help, one.nodes.map(node => node.html)])]));
</script></body>"""
# Leaves the width of the page, that of its window, and what reaches beyond it, in the title of the outer page.
MEASURE = """<script>
for (const one of document.querySelectorAll("details")) one.open = true;
const root = document.documentElement, seen = root.clientWidth;
const beyond = [...document.querySelectorAll("main *")].filter(one =>
  one.getBoundingClientRect().right > seen + 1 && !one.closest(".scroll, .vh, thead"));
top.document.title = JSON.stringify([seen, root.scrollWidth, beyond.map(one => one.outerHTML.slice(0, 200))]);
</script></body>"""


def digest_of(name: str, request: pytest.FixtureRequest) -> Digest:
    return rich_day() if name == "rich_day" else build_digest(request.getfixturevalue(name))


def framed(folder: Path, page: str, width: int, script: str) -> Path:
    """Put a page, with a script that its policy would not let run, into a frame of some width."""
    assert POLICY in page
    (folder / "page.html").write_text(page.replace(POLICY, "").replace("</body>", script), encoding="utf-8")
    outer = folder / "frame.html"
    frame = f'<iframe src="page.html" width="{width}" height="900"></iframe>'
    outer.write_text(f"<!doctype html><title></title>{frame}", encoding="utf-8")
    return outer


def told(dom: str) -> list[object]:
    """Read what a script left in the title."""
    title = next(text for tag, text in read(dom).text if tag == "title")
    return list(json.loads(title))


@pytest.mark.parametrize("name", DAYS)
def test_page_is_self_contained_and_accessible(name: str, request: pytest.FixtureRequest) -> None:
    html = render_html(digest_of(name, request))
    require_sound_html(html)
    page = read(html)
    policy = [attrs["content"] for _, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy"]
    assert policy == [RULES]
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


@pytest.mark.parametrize("name", DAYS)
def test_markdown_is_sound(name: str, request: pytest.FixtureRequest) -> None:
    require_sound_markdown(render_markdown(digest_of(name, request)))


def test_sections_come_in_the_order_in_which_they_are_read() -> None:
    html, markdown = render_html(rich_day()), render_markdown(rich_day())
    assert re.findall(r'<section id="(\w+)"', html) == SECTIONS
    assert re.findall(r'<li><a href="#(\w+)">', html) == SECTIONS
    heads = re.findall("^## (.*)$", markdown, re.MULTILINE)
    assert len(heads) == len(SECTIONS)
    assert [heads[0], heads[2], heads[-1]] == ["Watch hits", "Stories", "Method"]


def test_a_day_with_every_list_full_weighs_less_than_300_kb() -> None:
    assert len(render_html(rich_day()).encode()) < LARGEST


def test_every_line_that_is_cited_can_be_led_back_to() -> None:
    digest = rich_day()
    ids = set(read(render_html(digest)).attribute("id"))
    assert {one.line for one in digest.evidence} <= ids
    assert {f"c{one.n}" for one in digest.evidence} <= ids
    cited = {passage for line in lines_of(digest) for passage in line.passages}
    assert {one.passage for one in digest.evidence} == cited


def test_html_and_markdown_cite_the_same() -> None:
    html, markdown = render_html(rich_day()), render_markdown(rich_day())
    assert re.findall(r'href="#c(\d+)"', html) == re.findall(r"\]\(#c(\d+)\)", markdown)


@pytest.mark.needs_browser
@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_to_mend(width: int, scheme: str, chromium: Callable[..., str], tmp_path: Path) -> None:
    axe = next(one for one in files("axe-playwright-python") or () if one.name == "axe.min.js")
    (tmp_path / "axe.min.js").write_bytes(axe.read_binary())
    outer = framed(tmp_path, render_html(rich_day()), width, CHECK)
    options = (scheme, "--window-size=1400,1000", "--virtual-time-budget=60000", "--allow-file-access-from-files")
    passed, violations = told(chromium(outer, tmp_path / "profile", *options, "--dump-dom"))
    assert violations == []
    assert isinstance(passed, int)
    assert passed > 30


@pytest.mark.needs_browser
@pytest.mark.parametrize("name", ["busy_day", "rich_day"])
def test_nothing_reaches_beyond_a_narrow_window(
    name: str, request: pytest.FixtureRequest, chromium: Callable[..., str], tmp_path: Path
) -> None:
    outer = framed(tmp_path, render_html(digest_of(name, request)), 320, MEASURE)
    seen, wide, beyond = told(chromium(outer, tmp_path / "profile", "--allow-file-access-from-files", "--dump-dom"))
    assert (wide, beyond) == (seen, [])
    assert isinstance(seen, int)
    assert 300 <= seen <= 320


@pytest.mark.needs_browser
def test_what_is_folded_is_printed_all_the_same(chromium: Callable[..., str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    html = render_html(rich_day())
    sizes = []
    for name, text in (("whole", html), ("short", re.sub(r"<details>.*?</details>", "", html, flags=re.DOTALL))):
        page.write_text(text, encoding="utf-8")
        paper = tmp_path / f"{name}.pdf"
        chromium(page, tmp_path / "profile", f"--print-to-pdf={paper}")
        sizes.append(len(re.findall(rb"/Type\s*/Page\b", paper.read_bytes())))
    assert sizes[0] > sizes[1] + 5


def test_the_method_prints_each_query_as_it_was_asked() -> None:
    digest = rich_day()
    asked = [sql.strip() for _, sql in digest.queries]
    html, markdown = render_html(digest), render_markdown(digest)
    printed = [unescape(one) for one in re.findall(r'<details class="sql">.*?<code>(.*?)</code>', html, re.DOTALL)]
    assert printed == asked
    assert re.findall(r"^```sql\n(.*?)\n```$", markdown, re.DOTALL | re.MULTILINE) == asked
