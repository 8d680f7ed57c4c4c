"""Pages written for a purpose, one a file, each with what it must give beside it.

In an expectation `url` is where the redirects ended and `address` what the page is known by; `text` lists the lines of
the body, all of them unless `contains` is set; what it doesn't name is not asked.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newsledger.fetch.pages.reading import NoPage, Page, read_page

CASES = sorted((Path(__file__).parent / "pages").glob("*.html"))


def read(case: Path) -> tuple[Page | NoPage, dict[str, Any]]:
    expected = json.loads(case.with_suffix(".expected.json").read_text(encoding="utf-8"))
    content_type = expected.get("content_type", "text/html")
    return read_page(case.read_bytes(), content_type=content_type, url=expected["url"]), expected


def test_the_cases_are_there() -> None:
    assert len(CASES) >= 70


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_each_page_gives_what_stands_beside_it(case: Path) -> None:
    page, expected = read(case)
    if expected["outcome"] != "ok":
        assert isinstance(page, NoPage), page
        assert page.outcome == expected["outcome"]
        assert expected.get("detail", "") in page.detail
        return
    assert isinstance(page, Page), page
    lines = page.text.split("\n")
    if expected.get("contains"):
        assert [line for line in lines if line in expected["text"]] == expected["text"]
    else:
        assert lines == expected["text"]
    assert [phrase for phrase in expected.get("absent", ()) if phrase in page.text] == []
    found = {
        "title": page.title,
        "authors": list(page.authors),
        "section": page.section,
        "language": page.language,
        "published": page.published and page.published.isoformat(),
        "modified": page.modified and page.modified.isoformat(),
        "address": page.url,
        "issues": [issue.code for issue in page.issues],
    }
    asked = {name: value for name, value in expected.items() if name in found}
    assert {name: found[name] for name in asked} == asked
    assert dict(page.origins).items() >= expected.get("origins", {}).items()


@pytest.mark.parametrize("case", CASES[::8], ids=lambda case: case.stem)
def test_the_same_bytes_give_the_same_page(case: Path) -> None:
    assert read(case)[0] == read(case)[0]
