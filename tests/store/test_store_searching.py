"""Articles are found by their words, and the index stays what the published copy says."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsledger.records.errors import StoreError
from store import publish
from store.drafts import leftovers
from store.search.indexing import index_problems, opened, rebuild_index, refresh_index
from store.search.searching import Found, Wanted, known_entities, known_sources, search

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LAW = "The parliament of Aster passed a law on fishing. " * 3 + "Trawlers must stay twelve miles off the coast."
PORT = "Sanctions hit the port. The sanctioned port of Lódz took in no ship, and no sanction was lifted."
MINSK = "Президент Беларуси встретился в Минске. Ёлка стоит на площади. The café opened."
ARTICLES = {"law": ("Law on fishing", LAW), "port": ("A port waits", PORT), "minsk": ("Встреча", MINSK)}
REFRESH = """
import sys
from pathlib import Path
from store.search.indexing import refresh_index
print("begun", flush=True)
refresh_index(Path(sys.argv[1]), Path(sys.argv[2]))
print("done", flush=True)
"""


class Desk:
    """A ledger, its published copy and the search index, side by side."""

    def __init__(self, ledger: Path, save: Callable, extraction: Callable) -> None:
        self.ledger, self._save, self._extraction = ledger, save, extraction
        # A text that has records, in which Olga Lind meets Ivan Petrov in Port Aster.
        self.full = extraction().article.text
        self.copy, self.index = ledger.with_name("news.duckdb"), ledger.with_name("search.sqlite")

    def save(self, articles: dict[str, tuple[str, str]], **given: Any) -> None:  # noqa: ANN401 - as an article takes it
        """Save articles given as id: (title, text), and publish."""
        self._save(*(self._extraction(one, title=title, text=text, **given) for one, (title, text) in articles.items()))
        publish(self.ledger, self.copy)

    def bring(self, articles: dict[str, tuple[str, str]], **given: Any) -> None:  # noqa: ANN401 - as an article takes it
        """Save, publish, and bring the index to it."""
        self.save(articles, **given)
        refresh_index(self.copy, self.index)

    def found(self, words: str, **given: Any) -> Found:  # noqa: ANN401 - as Wanted takes it
        return search(self.copy, self.index, Wanted(words=words, **given))


@pytest.fixture
def desk(ledger_path: Path, save: Callable, extraction: Callable) -> Desk:
    return Desk(ledger_path, save, extraction)


def ids(found: Found) -> list[str]:
    return [hit.article_id for hit in found.hits]


def marked(found: Found, texts: dict[str, str]) -> list[list[str]]:
    return [
        [texts[hit.article_id][start:end] for piece in hit.snippets for start, end in piece.hits] for hit in found.hits
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("fishing", ["law"]),
        ("FISHED", ["law"]),
        ("port", ["port"]),
        ("the port", ["port"]),
        ("law port", []),
        ('"passed a law"', ["law"]),
        ('"law a passed"', []),
        ("“passed a law", ["law"]),
        ("parliam*", ["law"]),
        ("parliam", []),
        ("the -parliament", ["port", "minsk"]),
        ('the -"law on fishing" -cafe', ["port"]),
        ("the -s*", ["minsk"]),
        ("lodz", ["port"]),
        ("cafe", ["minsk"]),
        ("елка", ["minsk"]),
        ("МИНСКЕ", ["minsk"]),
        ("минск*", ["minsk"]),
        ("встреча", ["minsk"]),
        ("law, (fishing) AND -- NOT * title:x^2", []),
        ("NEAR(law fishing, 2)", []),
        ("law; fishing!", ["law"]),
        ("", []),
        ("-law", []),
        ('" " - * ""', []),
    ],
)
def test_words_phrases_beginnings_and_exclusions(desk: Desk, words: str, expected: list[str]) -> None:
    desk.bring(ARTICLES)
    assert sorted(ids(desk.found(words))) == sorted(expected)


def test_a_word_finds_its_forms_and_each_is_marked(desk: Desk) -> None:
    desk.bring(ARTICLES)
    texts = {one: text for one, (_, text) in ARTICLES.items()}
    assert marked(desk.found("sanctions"), texts) == [["Sanctions", "sanctioned", "sanction"]]
    assert marked(desk.found("sanct*"), texts) == [["Sanctions", "sanctioned", "sanction"]]
    assert marked(desk.found('"sanctioned port" -law'), texts) == [["sanctioned port"]]
    assert desk.found("fishing").hits[0].title_hits == ((7, 14),)


def test_the_title_weighs_more_and_what_says_it_more_often_comes_first(desk: Desk) -> None:
    other = "Nothing else of note was told that day by anybody in town."
    desk.bring(
        {
            "often": ("A", f"Grain, grain and grain again. {other}"),
            "title": ("Grain", f"A word of it, no more. {other}"),
            "once": ("B", f"Grain was named. {other}"),
            "none": ("C", other),
        }
    )
    assert ids(desk.found("grain"))[-1] == "once"
    assert set(ids(desk.found("grain"))) == {"often", "title", "once"}
    scores = [hit.score for hit in desk.found("grain").hits]
    assert scores == sorted(scores, reverse=True)


def test_a_rare_form_of_a_word_counts_no_more_than_a_usual_one(desk: Desk) -> None:
    usual = {f"u{no}": ("A", "The sanctions and the sanctions again were told of.") for no in range(6)}
    desk.bring(usual | {"rare": ("A", "The sanctioning of nobody at all was told of.")} | {"x": ("A", "Rain fell.")})
    assert ids(desk.found("sanction"))[-1] == "rare"


def test_where_all_weigh_the_same_the_newest_comes_first(desk: Desk) -> None:
    for day in (3, 5, 4):
        desk.bring({f"d{day}": ("A", "Rain fell.")}, published=datetime(2024, 3, day, tzinfo=UTC))
    assert ids(desk.found("rain")) == ["d5", "d4", "d3"]
    assert ids(desk.found("rain", most=2)) == ["d5", "d4"]
    assert desk.found("rain", most=2).passed == 3


def test_only_the_newest_revision_is_found(desk: Desk) -> None:
    desk.bring(ARTICLES)
    desk.bring({"law": ("Law on forests", "The parliament passed a law on forests.")})
    assert ids(desk.found("fishing")) == []
    assert [(hit.article_id, hit.revision) for hit in desk.found("forests").hits] == [("law", 2)]
    assert desk.found("law").indexed == 3


def test_filters_by_day_source_and_entity(desk: Desk) -> None:
    desk.bring({"full": ("Talks", desk.full)}, source="gazette")
    desk.bring({"old": ("Talks", "Ministers met in Port Aster.")}, published=datetime(2024, 3, 1, 23, tzinfo=UTC))
    desk.bring({"undated": ("Talks", "Ministers met in Port Aster.")}, published=None)
    assert sorted(ids(desk.found('"port aster"'))) == ["full", "old", "undated"]
    assert ids(desk.found("aster", until_at=datetime(2024, 3, 2, tzinfo=UTC))) == ["old"]
    assert ids(
        desk.found("aster", from_at=datetime(2024, 3, 1, 23, tzinfo=UTC), until_at=datetime(2024, 3, 2, tzinfo=UTC))
    ) == ["old"]
    assert ids(desk.found("aster", until_at=datetime(2024, 3, 1, 23, tzinfo=UTC))) == []
    assert ids(desk.found("aster", from_at=datetime(2024, 3, 6, 12, tzinfo=UTC), source="courier")) == ["undated"]
    assert ids(desk.found("aster", source="Gazette")) == ["full"]
    for name in ("olga-lind", "Olga Lind", "LIND", "lind"):
        assert ids(desk.found("aster", entity=name)) == ["full"], name
    nobody = desk.found("aster", entity="nobody")
    assert (nobody.hits, nobody.matched, nobody.passed) == ((), 3, 0)
    assert ("olga-lind", "Lind") in known_entities(desk.copy)
    assert known_sources(desk.copy) == (("courier", "Courier"), ("gazette", "gazette"))


def test_it_says_which_words_nobody_uses(desk: Desk) -> None:
    desk.bring(ARTICLES)
    nothing = desk.found('law frobs "no such thing" xyz*')
    assert (nothing.unknown, nothing.indexed) == (("frobs", '"no such thing"', "xyz*"), 3)
    assert (desk.found("law port").unknown, desk.found("law port").matched) == ((), 0)


def test_snippets_re_read_and_a_text_without_hits_shows_its_beginning(desk: Desk) -> None:
    text = (
        "  One. " + "Word after word follows here. " * 40 + "A heron lands. " + "More and more words. " * 40 + "Heron!"
    )
    desk.bring({"heron": ("Title only", text)})
    (hit,) = desk.found("heron").hits
    assert [text[start:end] for piece in hit.snippets for start, end in piece.hits] == ["heron", "Heron"]
    for piece in hit.snippets:
        assert piece.rereads(text)
        assert len(piece.text) <= 240
        assert not piece.text.startswith(("ord", "ere"))
    (piece,) = desk.found("title").hits[0].snippets
    assert (piece.start, piece.hits) == (2, ())


WORDS = st.sampled_from(
    ["law", "Fishing", '"a law"', "-coast", "port*", "ELKA", "ёлка", "sanction", "the", "-the", "*"]
)
SIGNS = st.text(alphabet="\"*-():^{}+'\\ \x00\x02\x03\n,.;ÄéйŁ中🌊\ud800aby", max_size=12)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS | SIGNS | st.text(max_size=6), max_size=8).map(" ".join))
def test_whatever_is_asked_has_an_answer_whose_hits_re_read(desk: Desk, words: str) -> None:
    if not desk.index.exists():
        desk.bring(HOSTILE)
    for hit in desk.found(words).hits:
        title, text = HOSTILE[hit.article_id]
        assert hit.title == title
        for start, end in hit.title_hits:
            assert title[start:end].strip()
        for piece in hit.snippets:
            assert piece.rereads(text)
            assert all(piece.start <= start < end <= piece.end for start, end in piece.hits)
            assert all(text[start].isalnum() for start, _ in piece.hits)


HOSTILE = ARTICLES | {
    "hostile": (
        "\x02law\x03 *",
        'A\x00law \x02the\x03 port; "a law" e\u0301 Йод \u0438\u0306\u043eд 🌊 中国 aby. ' * 30,
    ),
    "empty": ("Fishing", "🌊"),
}


def test_accents_in_one_sign_or_two_are_the_same(desk: Desk) -> None:
    desk.bring(HOSTILE)
    text = HOSTILE["hostile"][1]
    (hit,) = desk.found("йод").hits
    assert {text[start:end] for piece in hit.snippets for start, end in piece.hits} == {"Йод", "\u0438\u0306\u043eд"}


def contents(index: Path) -> list[tuple[object, ...]]:
    """What an index holds: each word, article and place; and which articles."""
    with closing(opened(index)) as con:
        articles = dict(con.execute("SELECT no, article_id || ' ' || revision FROM articles"))
        con.execute("CREATE VIRTUAL TABLE temp.places USING fts5vocab (main, words, instance)")
        places = con.execute("SELECT term, doc, col, offset FROM temp.places").fetchall()
    return [*sorted(articles.values()), *sorted((term, articles[doc], col, at) for term, doc, col, at in places)]


TITLES = st.sampled_from(["A law", "The port", "Ёлка"])
TEXTS = st.lists(st.sampled_from(["law", "ports", "the", "Łódź", "grain", "\x00"]), min_size=1, max_size=6).map(
    " ".join
)
STEPS = st.lists(st.dictionaries(st.sampled_from("abcd"), st.tuples(TITLES, TEXTS), max_size=3), min_size=1, max_size=5)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_what_grew_is_what_is_made_anew(desk: Desk, steps: list[dict[str, tuple[str, str]]]) -> None:
    shutil.rmtree(desk.ledger.parent, ignore_errors=True)
    for step in steps:
        desk.bring(step)
    anew = desk.index.with_name("anew.sqlite")
    rebuild_index(desk.copy, anew)
    assert contents(desk.index) == contents(anew)
    assert index_problems(desk.copy, desk.index) == ()


def test_nothing_new_leaves_the_file_alone(desk: Desk) -> None:
    desk.bring(ARTICLES)
    before = desk.index.stat()
    refresh_index(desk.copy, desk.index)
    assert desk.index.stat().st_ino == before.st_ino


def test_no_word_of_a_text_that_is_gone_stays_in_the_file(desk: Desk) -> None:
    desk.bring({**ARTICLES, "secret": ("Hush", "The quetzalcoatlus was seen.")})
    assert b"quetzalcoatlus" in desk.index.read_bytes()
    with duckdb.connect(str(desk.ledger)) as con:
        for table in ("articles", "article_text"):
            con.execute(f"DELETE FROM {table} WHERE article_id = 'secret'")
    publish(desk.ledger, desk.copy)
    # Meanwhile the index is ahead of the copy; nobody is shown what is gone.
    assert ids(desk.found("hush")) == []
    assert index_problems(desk.copy, desk.index) != ()
    refresh_index(desk.copy, desk.index)
    assert b"quetzalcoatlus" not in desk.index.read_bytes()
    assert ids(desk.found("law")) == ["law"]


@pytest.mark.parametrize("damage", ["missing", "garbage", "cut short", "empty", "another form", "another database"])
def test_an_index_that_is_no_good_is_made_anew(desk: Desk, damage: str) -> None:
    desk.bring(ARTICLES)
    whole = contents(desk.index)
    if damage == "missing":
        desk.index.unlink()
    elif damage == "garbage":
        desk.index.write_bytes(b"no database at all " * 1000)
    elif damage == "cut short":
        os.truncate(desk.index, desk.index.stat().st_size // 2)
    elif damage == "empty":
        desk.index.write_bytes(b"")
    elif damage == "another form":
        with sqlite3.connect(desk.index) as con:
            con.execute("PRAGMA user_version = 99")
    else:
        desk.index.write_bytes(desk.copy.read_bytes())
    with pytest.raises(StoreError, match=r"newsledger run"):
        desk.found("law")
    assert len(index_problems(desk.copy, desk.index)) == 1
    refresh_index(desk.copy, desk.index)
    assert contents(desk.index) == whole
    assert ids(desk.found("law")) == ["law"]


def test_damage_within_is_seen_or_harmless(desk: Desk) -> None:
    desk.bring(ARTICLES)
    sound = desk.index.read_bytes()
    for at in range(0, len(sound), 4096):
        desk.index.write_bytes(sound[:at] + b"\xff" * 64 + sound[at + 64 :])
        with suppress(StoreError):
            assert set(ids(desk.found("law port*"))) <= set(ARTICLES)


def test_an_article_whose_text_is_lost_is_named(desk: Desk) -> None:
    desk.bring(ARTICLES)
    desk.copy.chmod(0o600)
    with duckdb.connect(str(desk.copy)) as con:
        con.execute("DELETE FROM article_text WHERE article_id = 'law'")
    with pytest.raises(StoreError, match="the text of article law is lost: `newsledger doctor`"):
        desk.found("fishing")


def test_whoever_searches_keeps_the_old_index_and_writes_no_file(desk: Desk) -> None:
    desk.bring(ARTICLES)
    with closing(opened(desk.index)) as con:
        desk.bring({"new": ("Law", "Another law.")})
        assert con.execute("SELECT count(*) FROM articles").fetchone() == (3,)
    assert len(ids(desk.found("law"))) == 2
    assert sorted(path.name for path in desk.index.parent.iterdir() if "search" in path.name) == ["search.sqlite"]


@pytest.mark.parametrize("delay_ms", [0, 20, 60, 120, 200])
def test_a_crash_leaves_the_old_index_or_the_new_one(desk: Desk, other_process: Callable, delay_ms: int) -> None:
    desk.bring(ARTICLES)
    old = contents(desk.index)
    desk.save({f"n{no}": ("Many", f"Number {no} of them. {LAW * 20}") for no in range(300)})
    child: subprocess.Popen[str] = other_process(REFRESH, desk.copy, desk.index)
    time.sleep(delay_ms / 1000)
    child.kill()
    child.wait()
    assert contents(desk.index) == old or desk.found("many").matched == 300
    refresh_index(desk.copy, desk.index)
    assert desk.found("many").matched == 300
    assert index_problems(desk.copy, desk.index) == ()
    assert leftovers(desk.index) == ()
