"""Extraction as a whole: total, deterministic, every span re-reads, linear."""

# ruff: noqa: RUF001 - the marks and letters that agencies print

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract import extract
from newsledger.extract.pipeline import LONGEST
from newsledger.records.article import Article

WORDS = (  # noqa: SIM905 - a list literal would fill a page
    "Putin Lukashenko Lukashneko he she it they said told Minsk Moscow Brussels the The West Russian Belarusian army "
    "in at from President Minister Ministry of Defence University Viktor Reuters (BelTA) TASS 5 May 2021 – \" “ ” ' ’s "
    ", . ; : - two both countries sides leaders his counterpart officials a according to Jan. U.S. S-400 % $5 30% "
    "million exercise \n \u0301 ß İ Ǆ \ud800 \x00"
).split(" ")
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=40).map("".join),
)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_extraction_never_raises_and_is_deterministic(text: str) -> None:
    article = Article(article_id="a", text=text)
    found = extract(article)
    assert found == extract(article)
    assert found.article.text == text
    found.to_json()


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_each_entity_stands_once_and_its_mentions_in_order(text: str) -> None:
    entities = extract(Article(article_id="a", text=text, language="en")).entities
    assert len({entity.id for entity in entities}) == len(entities)
    for entity in entities:
        starts = [mention.start for mention in entity.mentions]
        assert starts == sorted(starts)
        assert entity.mentions
        assert len(set(entity.mentions)) == len(entity.mentions)


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_an_empty_text_is_marked_as_such(text: str) -> None:
    found = extract(Article(article_id="a", text=text))
    assert [issue.code for issue in found.article.issues] == ["empty_text"]
    assert found.sentences == ()


def test_a_text_in_another_language_is_kept_and_marked() -> None:
    text = "Прэзідэнт сказаў, што цягнікі зноў паедуць вясной і што ўсё будзе добра ў краіне."
    found = extract(Article(article_id="a", text=text))
    assert [issue.code for issue in found.article.issues] == ["unsupported_language"]
    assert (found.entities, found.article.text) == ((), text)


def test_of_an_endless_text_the_beginning_is_read() -> None:
    text = "Putin said that it rained. " + " " * LONGEST + "Reuters said so."
    found = extract(Article(article_id="a", text=text, language="en"))
    assert [issue.code for issue in found.article.issues] == ["text_too_long"]
    assert [entity.id for entity in found.entities] == ["vladimir-putin"]


def test_unnamed_people_appear_only_where_a_record_points_at_them() -> None:
    def named(text: str) -> list[str]:
        return [entity.id for entity in extract(Article(article_id="a", text=text, language="en")).entities]

    assert named("Tourists and nurses walked past. Putin said that three diplomats had left.") == ["vladimir-putin"]
    assert named("antiwar protesters") == ["antiwar-protesters"]


@pytest.mark.parametrize(("letter", "alike"), [("s", "\u017f"), ("i", "\u0131"), ("I", "\u0130"), ("k", "\u212a")])
def test_letters_that_pass_for_others_where_case_is_ignored_are_read(letter: str, alike: str) -> None:
    text = (
        "August 5, 2021. In the last six weeks prices of milk rose by two thirds to 1.5 million dollars a week. "
        "This evening, at the beginning of the following month or next summer, basis points and kilometres will be cut."
    )
    plain, turned = (extract(Article(article_id="a", text=each)) for each in (text, text.replace(letter, alike)))
    assert turned.article.published == plain.article.published
    assert [(time.start, time.value) for time in turned.times] == [(time.start, time.value) for time in plain.times]
    assert [(each.start, each.value, each.unit) for each in turned.figures] == [
        (each.start, each.value, each.unit) for each in plain.figures
    ]
