"""What an article says about itself: dateline, language, date."""

# ruff: noqa: RUF001 - the marks and letters that agencies print

from datetime import UTC, date, datetime

import pytest

from newsledger.extract import extract
from newsledger.extract.document import read_document
from newsledger.extract.facts import complete, find_dateline, is_supported
from newsledger.extract.lexicon import load_lexicon
from newsledger.records.article import Article
from newsledger.records.extraction import Dateline

PUBLISHED = datetime(2024, 1, 8, tzinfo=UTC)


def dateline(text: str, published: datetime | None = PUBLISHED) -> Dateline | None:
    article = Article(article_id="a", text=text, published=published)
    return find_dateline(read_document(text), article, load_lexicon())


@pytest.mark.parametrize(
    ("text", "span", "agency", "place", "day"),
    [
        ("MINSK, 5 January (BelTA) – Trade grew.", "MINSK, 5 January (BelTA)", "belta", "minsk", date(2024, 1, 5)),
        ("MOSCOW (AP) — The talks ended.", "MOSCOW (AP)", "associated-press", "moscow", None),
        ("Warsaw, Dec. 30 (Reuters) - It began.", "Warsaw, Dec. 30 (Reuters)", "reuters", "warsaw", date(2023, 12, 30)),
        ("MOSCOW, January 4. /TASS/. Nothing.", "MOSCOW, January 4. /TASS/", "tass", "moscow", date(2024, 1, 4)),
        ("MOSCOW. Jan 4 (Interfax) - Nothing.", "MOSCOW. Jan 4 (Interfax)", "interfax", "moscow", date(2024, 1, 4)),
        ("China News Service, January 3. He came.", "China News Service, January 3", "china-news-service", None,
         date(2024, 1, 3)),
        ("Xinhua, Minsk, January 3 (Reporter Li Na) He came.", "Xinhua, Minsk, January 3", "xinhua", "minsk",
         date(2024, 1, 3)),
        ("(Reuters) - Shares fell.", "(Reuters)", "reuters", None, None),
        ("Shares fall\n\nKYIV, Ukraine (AP) — Shares fell.", "KYIV, Ukraine (AP)", "associated-press", "kyiv", None),
        ("VILNIUS, 2 March 2021 – It rained.", "VILNIUS, 2 March 2021", None, "vilnius", date(2021, 3, 2)),
        ("GRODNO – It rained.", "GRODNO", None, "grodno", None),
        ("It rained in Minsk.\nThe end. /BelTA/", "/BelTA/", "belta", None, None),
    ],
)  # fmt: skip
def test_datelines_of_many_styles_are_read(
    text: str, span: str, agency: str | None, place: str | None, day: date | None
) -> None:
    found = dateline(text)
    assert found is not None
    assert (found.text, found.agency, found.place, found.date) == (span, agency, place, day)


@pytest.mark.parametrize(
    "text",
    [
        "Reuters reported on 5 January that it rained.",
        "Belarus – the last of its kind – has no coast.",
        "In Minsk, 5 January is a holiday.",
        "NATO (founded in 1949) met.",
        "Lukashenko, 5 January: no comment.",
        "",
        "12",
    ],
)
def test_an_ordinary_opening_is_no_dateline(text: str) -> None:
    assert dateline(text) is None


def test_no_year_is_invented() -> None:
    found = dateline("MINSK, 5 January (BelTA) – Trade grew.", published=None)
    assert found is not None
    assert found.date is None


def test_the_dateline_gives_the_date_where_nothing_else_does() -> None:
    text = "MINSK, 5 January 2023 (BelTA) – Trade grew."
    article = complete(Article(article_id="a", text=text), dateline(text, published=None))
    assert (article.published, article.published_from) == (datetime(2023, 1, 5, tzinfo=UTC), "dateline")
    given = complete(Article(article_id="a", text=text, published=PUBLISHED, published_from="given"), dateline(text))
    assert (given.published, given.published_from) == (PUBLISHED, "given")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Published: 7 May 2022\nIt rained in the hills.", datetime(2022, 5, 7, tzinfo=UTC)),
        ("May 7, 2022\nIt rained in the hills.", datetime(2022, 5, 7, tzinfo=UTC)),
        ("date 2022-05-07 It rained in the hills.", datetime(2022, 5, 7, tzinfo=UTC)),
        ("The law of 7 May 2022 is old.", None),
        ("Published: 31 February 2022\nIt rained.", None),
    ],
)
def test_a_date_line_at_the_head_gives_the_date(text: str, day: datetime | None) -> None:
    article = complete(Article(article_id="a", text=text), None)
    assert article.published == day
    assert article.published_from == ("text" if day else "unknown")


@pytest.mark.parametrize(
    ("text", "declared", "language", "supported"),
    [
        ("The minister said that the trains would run again in the spring and that all was well.", None, "en", True),
        ("Der Minister sagte, dass die Züge im Frühling wieder fahren werden und alles gut sei.", None, "de", False),
        ("Министр сказал, что поезда снова поедут весной и что всё будет хорошо у всех.", None, "ru", False),
        ("Министр сказал, что поезда снова поедут весной и что всё будет хорошо у всех.", "en", "ru", False),
        ("Le ministre", "fr", "fr", False),
        ("The minister said so.", "en-GB", "en-gb", True),
        ("Putin met Lukashenko.", None, "en", True),
    ],
)
def test_language_is_declared_or_read_off(text: str, declared: str | None, language: str, supported: bool) -> None:  # noqa: FBT001
    article = complete(Article(article_id="a", text=text, language=declared), None)
    assert (article.language, is_supported(article)) == (language, supported)


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
