"""What an article says about itself: dateline, language, date."""

# ruff: noqa: RUF001 - the marks and letters that agencies print

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsledger.extract import extract
from newsledger.extract.document import read_document
from newsledger.extract.facts import complete, find_dateline, is_supported
from newsledger.extract.lexicon import load_lexicon
from newsledger.records.article import Article
from newsledger.records.extraction import Dateline

CASES = Path(__file__).parent / "cases" / "facts"
PUBLISHED = datetime(2024, 1, 8, tzinfo=UTC)


def cases(name: str) -> list[object]:
    """Read a file of cases: a text, and behind the last bars what is expected of it."""
    lines = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    count = lines[1].count("|")
    return [
        pytest.param(*(part.strip().replace("\\n", "\n") for part in line.rsplit("|", count)), id=f"{name}-{number}")
        for number, line in enumerate(lines, start=1)
        if not line.startswith("#")
    ]


def dateline(text: str, published: datetime | None = PUBLISHED) -> Dateline | None:
    article = Article(article_id="a", text=text, published=published)
    return find_dateline(read_document(text), article, load_lexicon())


@pytest.mark.parametrize(("text", "span", "agency", "place", "day"), cases("datelines"))
def test_datelines_of_many_styles_are_read(text: str, span: str, agency: str, place: str, day: str) -> None:
    found = dateline(text)
    assert found is not None
    assert (found.text, found.agency or "-", found.place or "-", str(found.date or "-")) == (span, agency, place, day)


@pytest.mark.parametrize(("text", "_"), cases("no-datelines"))
def test_an_ordinary_opening_is_no_dateline(text: str, _: str) -> None:
    assert dateline(text) is None


@pytest.mark.parametrize(("text", "declared", "language"), cases("languages"))
def test_language_is_declared_or_read_off(text: str, declared: str, language: str) -> None:
    article = complete(Article(article_id="a", text=text, language=declared if declared != "-" else None), None)
    assert (article.language or "-") == language
    assert is_supported(article) == language.startswith("en")


@pytest.mark.parametrize(("text", "expected"), cases("published"))
def test_the_text_gives_the_date_where_nothing_else_does(text: str, expected: str) -> None:
    article = complete(Article(article_id="a", text=text), dateline(text, published=None))
    day = f"{article.published:%Y-%m-%d} " if article.published else ""
    assert day + article.published_from == expected


def test_a_date_that_is_given_stands() -> None:
    text = "MINSK, 5 January 2023 (BelTA) – Trade grew."
    given = complete(Article(article_id="a", text=text, published=PUBLISHED, published_from="given"), dateline(text))
    assert (given.published, given.published_from) == (PUBLISHED, "given")


def test_no_year_is_invented() -> None:
    found = dateline("MINSK, 5 January (BelTA) – Trade grew.", published=None)
    assert found is not None
    assert found.date is None


def test_there_are_enough_cases() -> None:
    assert sum(len(cases(path.stem)) for path in CASES.glob("*.txt")) >= 60


@pytest.mark.parametrize("language", ["", "Министр сказал, что поезда снова поедут весной и что всё будет хорошо."])
def test_what_is_not_read_has_no_records(language: str) -> None:
    found = extract(Article(article_id="a", text=language))
    assert [issue.code for issue in found.article.issues] == ["unsupported_language" if language else "empty_text"]
    assert (found.sentences, found.times, found.entities) == ((), (), ())


def test_each_item_of_a_round_up_has_its_dateline_apart() -> None:
    text = "MINSK (BelTA) – It rained.\n\nRIGA, 3 May (LETA) – Nothing happened.\n\nROME - The end."
    sentences = [text[start:end] for start, end in extract(Article(article_id="a", text=text)).sentences]
    assert sentences == [
        "MINSK (BelTA)", "It rained.", "RIGA, 3 May (LETA)", "Nothing happened.", "ROME", "The end.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "head", ["LVIV. Nov 3 (Interfax-Ukraine) - ", "LVIV, 3 November (Ukrinform) — ", "Reuters, Nov. 3. "]
)
def test_a_dateline_is_no_part_of_what_is_said(head: str) -> None:
    article = Article(article_id="a", text=f"{head}Volodymyr Zelensky said that the bridge would be rebuilt by May.")
    found = extract(article)
    assert found.dateline is not None
    assert found.sentences[0] == (found.dateline.start, found.dateline.end)
    assert [statement.content.text for statement in found.statements] == ["the bridge would be rebuilt by May"]
    assert found.sentences[1][0] == len(head)
