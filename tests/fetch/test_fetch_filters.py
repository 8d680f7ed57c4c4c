"""Which entries concern the dossier."""

from __future__ import annotations

import pytest

from newsledger.fetch import EntryFilter
from newsledger.records.config import Feed, Filter
from newsledger.records.feeds import FeedEntry

NAMES = {"alexander-lukashenko": ("Alexander Lukashenko", "Lukashenka")}


def objection(title: str | None, common: Filter, own: Filter | None = None, body: str | None = None) -> str | None:
    feed = Feed(id="wire", name="Wire", url="https://example.org/feed", kind="wire", filter=own or Filter())
    entry = FeedEntry(
        feed_id="wire",
        article_id="a",
        url="https://example.org/a",
        title=title,
        published=None,
        modified=None,
        authors=(),
        language=None,
        body_html=body,
    )
    return EntryFilter(common, [feed], NAMES).objection(entry)


@pytest.mark.parametrize(
    ("word", "title", "is_wanted"),
    [
        ("Belarus", "belarus votes", True),
        ("Belarus", "Belarusian votes", False),
        ("Belarus*", "Belarusian votes", True),
        ("Union State", "The union\nstate at twenty", True),
        ("Union State", "The Union's state", False),
        ("CIS", "CIS leaders meet", True),
        ("CIS", "A cis issue", False),
        ("gas price*", "Gas prices rise", True),
        ("C++", "On C++ and C", True),
        ("Минск*", "Договор в минске", True),
        ("*", "Anything at all", True),
    ],
)
def test_a_word_lets_through(word: str, title: str, is_wanted: bool) -> None:  # noqa: FBT001 - a table
    assert (objection(title, Filter(include=(word,))) is None) == is_wanted


def test_without_words_all_is_wanted() -> None:
    assert objection("Anything", Filter()) is None
    assert objection(None, Filter()) is None


def test_the_summary_counts_as_well_as_the_headline() -> None:
    words = Filter(include=("Minsk",))
    assert objection("Talks", words, body="<p>They met in <b>Minsk</b>.</p>") is None
    assert (
        objection("Talks", words, body="<a href='https://minsk.example'>They met.</a>") == "none of the filter's words"
    )


def test_an_entity_stands_for_all_its_names() -> None:
    names = Filter(entities=("alexander-lukashenko",))
    assert objection("Lukashenka speaks", names) is None
    assert objection("Somebody speaks", names) == "none of the filter's words"


def test_what_is_excluded_is_excluded_whatever_is_included() -> None:
    words = Filter(include=("Belarus*",), exclude=("hockey",))
    assert objection("Belarus wins at Hockey", words) == "holds 'Hockey'"


def test_a_feed_has_its_own_words_in_place_of_the_common_ones_and_excludes_besides() -> None:
    common = Filter(include=("Belarus*",), exclude=("hockey",))
    assert objection("Prices rise", common, Filter(include=("*",))) is None
    assert objection("Belarus votes", common, Filter(include=("prices",))) == "none of the filter's words"
    assert objection("Belarus at chess", common, Filter(exclude=("chess",))) == "holds 'chess'"
    assert objection("Hockey", common, Filter(include=("*",), exclude=("chess",))) == "holds 'Hockey'"
