"""Files as articles: what stands in them stays as it is, and what can't be read is said with file and line."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.fetch import read_documents
from newsledger.records.article import Article
from newsledger.records.errors import InputError

DAY = datetime(2026, 3, 10, tzinfo=UTC)
HEADER = """---
title: "Ferry: back in service"
published: 2026-03-10
source: river-wire
url: https://wire.example/ferry
language: en-GB
authors: [Alena Brook, Jan Kova]
---
"""


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read_one(folder: Path, name: str, content: str | bytes) -> Article:
    (article,) = read_documents([write(folder, name, content)])
    return article


def complaint(*paths: Path) -> str:
    with pytest.raises(InputError) as caught:
        list(read_documents(paths))
    message = str(caught.value)
    assert "\n" not in message
    return message


class TestText:
    @pytest.mark.parametrize(
        "text",
        ["", "One line", "  Leading  spaces\n\n\tkept.\r\nTrailing too. \n\n", "# Markdown *stays*", "--- no header"],
    )
    @pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT"])
    def test_is_kept_verbatim(self, tmp_path: Path, name: str, text: str) -> None:
        assert read_one(tmp_path, name, text).text == text
        assert read_one(tmp_path, name, HEADER + text).text == text

    def test_header(self, tmp_path: Path) -> None:
        article = read_one(tmp_path, "ferry.txt", HEADER + "It sails.")
        assert article == Article(
            article_id="ferry",
            text="It sails.",
            url="https://wire.example/ferry",
            title="Ferry: back in service",
            source="river-wire",
            authors=("Alena Brook", "Jan Kova"),
            language="en",
            published=DAY,
            published_from="given",
        )

    @pytest.mark.parametrize(
        ("written", "moment"),
        [
            ("2026-03-10T09:30:00", DAY.replace(hour=9, minute=30)),
            ("2026-03-10 09:30+03:00", DAY.replace(hour=6, minute=30)),
            ("'2026-03-10T09:30:00Z'", DAY.replace(hour=9, minute=30)),
            ("null", None),
            ("", None),
        ],
    )
    def test_dates(self, tmp_path: Path, written: str, moment: datetime | None) -> None:
        article = read_one(tmp_path, "a.txt", f"---\npublished: {written}\n---\nText.")
        assert (article.published, article.published_from) == (moment, "given" if moment else "unknown")

    def test_values_stay_what_is_written(self, tmp_path: Path) -> None:
        article = read_one(tmp_path, "a.txt", "---\nid: 007\ntitle: No\nsource: 2026\n---\nText.")
        assert (article.article_id, article.title, article.source) == ("007", "No", "2026")

    def test_a_byte_order_mark_and_other_line_ends(self, tmp_path: Path) -> None:
        article = read_one(tmp_path, "a.txt", b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\nText.\r\n")
        assert (article.title, article.text) == ("A", "Text.\r\n")
        assert read_one(tmp_path, "b.txt", b"\xef\xbb\xbfText.").text == "Text."

    def test_an_empty_header_is_one(self, tmp_path: Path) -> None:
        assert read_one(tmp_path, "a.txt", "---\n---\nText.").text == "Text."

    def test_what_can_not_be_used_is_an_issue(self, tmp_path: Path) -> None:
        header = "---\nurl: javascript:alert(1)\nlanguage: English\npublised: 2026-03-10\n---\n"
        article = read_one(tmp_path, "a.txt", header)
        assert {issue.code for issue in article.issues} == {"bad_url", "bad_language", "unknown_key", "empty"}
        assert article.url is None

    def test_a_reference_date_is_for_those_that_have_none(self, tmp_path: Path) -> None:
        write(tmp_path, "dated.txt", HEADER + "x")
        write(tmp_path, "undated.txt", "y")
        later = DAY.replace(day=20)
        dated, undated = read_documents([tmp_path], published=later, origin="seed")
        assert (dated.published, undated.published) == (DAY, later)
        assert (undated.published_from, undated.origin, undated.text_from) == ("given", "seed", "file")

    @given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
    def test_round_trip(self, tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
        folder = tmp_path_factory.mktemp("round")
        assert read_one(folder, "a.txt", HEADER + text).text == text
        assert read_one(folder, "b.jsonl", json.dumps({"text": text})).text == text


class TestPages:
    PAGE = (
        "<html><head><title>Ferry</title><meta property='article:published_time' content='2026-03-10T06:00:00Z'></head>"
        "<body><nav>Home</nav><article><p>The ferry sails again after a long winter of repairs.</p>"
        "<p>Its first guests were two goats and a piano.</p></article></body></html>"
    )

    def test_html_file(self, tmp_path: Path) -> None:
        article = read_one(tmp_path, "ferry.html", self.PAGE)
        assert "two goats" in article.text
        assert "<p>" not in article.text
        assert (article.article_id, article.title, article.published_from) == ("ferry", "Ferry", "html")
        assert article.published == DAY.replace(hour=6)

    def test_html_in_json(self, tmp_path: Path) -> None:
        given = {
            "id": "f1",
            "html": self.PAGE,
            "title": "Given",
            "published": "2026-03-09",
            "url": "https://wire.example/f",
        }
        article = read_one(tmp_path, "a.jsonl", json.dumps(given))
        assert (article.article_id, article.title, article.url) == ("f1", "Given", "https://wire.example/f")
        assert (article.published, article.published_from) == (DAY.replace(day=9), "given")
        assert article.text == read_one(tmp_path, "ferry.html", self.PAGE).text

    def test_where_no_article_is_found_all_words_stand_in(self, tmp_path: Path) -> None:
        article = read_one(tmp_path, "a.html", "<p>Only a fragment.</p>")
        assert article.text == "Only a fragment."
        assert [issue.code for issue in article.issues] == ["page_not_html"]

    def test_an_empty_page_is_an_article_that_says_so(self, tmp_path: Path) -> None:
        assert "empty" in {issue.code for issue in read_one(tmp_path, "a.html", "").issues}

    def test_another_charset(self, tmp_path: Path) -> None:
        page = (
            "<html><head><meta charset=windows-1251></head><body><p>Паром снова ходит между городами.</p></body></html>"
        )
        assert "снова ходит" in read_one(tmp_path, "a.html", page.encode("cp1251")).text


class TestJsonLines:
    def test_lines(self, tmp_path: Path) -> None:
        lines = [
            {"id": "a", "text": "One.", "published": None},
            {"text": "Two.", "extra": 1},
            {"id": 3, "text": "Three."},
        ]
        path = write(tmp_path, "batch.jsonl", "\ufeff" + "\n\n".join(map(json.dumps, lines)) + "\n")
        articles = list(read_documents([path]))
        assert [(one.article_id, one.text) for one in articles] == [("a", "One."), ("batch:3", "Two."), ("3", "Three.")]

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stdin = SimpleNamespace(buffer=io.BytesIO(b'{"id": "a", "text": "One."}\n{"text": "Two."}'))
        monkeypatch.setattr("sys.stdin", stdin)
        assert [one.article_id for one in read_documents([Path("-")])] == ["a", "stdin:2"]

    def test_halves_of_characters_are_replaced_one_for_one(self, tmp_path: Path) -> None:
        article = read_one(tmp_path, "a.jsonl", r'{"text": "a\ud800b \ud83d\ude00"}')
        assert article.text == "a\ufffdb \U0001f600"
        assert [issue.code for issue in article.issues] == ["invalid_characters"]

    @pytest.mark.parametrize(
        "line",
        [
            "{", "[]", "7", "{}", '{"text": 7}', '{"text": null}', '{"text": "x", "title": []}',
            '{"text": "x", "id": true}', '{"text": "x", "published": 20260310}',
            '{"text": "x", "authors": {}}',
            "[" * 100_000, '{"text": "x", "id": ' + "9" * 5000 + "}", '{"text": "\x00"}',
        ],
    )  # fmt: skip
    def test_a_bad_line_is_named(self, tmp_path: Path, line: str) -> None:
        path = write(tmp_path, "a.jsonl", '{"text": "fine"}\n' + line)
        assert complaint(path).startswith(f"{path}, line 2: ")

    def test_a_bad_date_costs_a_batch_no_more_than_that_date(self, tmp_path: Path) -> None:
        article = read_one(tmp_path, "a.jsonl", '{"text": "x", "published": "03-02-2009"}')
        assert (article.published, article.published_from) == (None, "unknown")
        assert [issue.code for issue in article.issues] == ["bad_date"]

    def test_what_comes_before_a_bad_line_is_read(self, tmp_path: Path) -> None:
        articles = read_documents([write(tmp_path, "a.jsonl", '{"text": "fine"}\n{')])
        assert next(articles).text == "fine"
        with pytest.raises(InputError):
            next(articles)

    def test_an_overlong_line(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.jsonl", '{"text": "' + "x" * 10_000_000 + '"}')
        assert "10 MB" in complaint(path)


class TestFolders:
    def test_sorted_and_deep_without_readme_hidden_and_other_files(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a/c.md", "a/README.md", ".git/d.txt", ".hidden.txt", "e.json", "f.yaml", "readme.md"):
            write(tmp_path, name, "x")
        assert [one.article_id for one in read_documents([tmp_path])] == ["c", "b"]

    def test_a_readme_that_is_named_is_read(self, tmp_path: Path) -> None:
        assert read_one(tmp_path, "README.md", "x").text == "x"

    def test_a_file_named_twice_is_read_once(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.txt", "x")
        assert len(list(read_documents([path, tmp_path, path]))) == 1

    def test_two_documents_of_one_id_are_refused(self, tmp_path: Path) -> None:
        one, other = write(tmp_path, "x/a.txt", "1"), write(tmp_path, "y/a.txt", "2")
        message = complaint(tmp_path)
        assert str(one) in message
        assert str(other) in message

    def test_an_empty_folder(self, tmp_path: Path) -> None:
        assert "holds no document" in complaint(tmp_path)


class TestComplaints:
    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("a.doc", "x", "the ending must be one of .txt, .md"),
            ("a.txt", b"\x00\x01", "is binary"),
            ("a.txt", b"fine\ncaf\xe9", "line 2: byte 0xe9 is not UTF-8"),
            ("a.html", b"\x00\x01\x02binary", "is binary"),
            ("a.txt", "---\ntitle: x\n", "line 1: a header begins here"),
            ("a.txt", "---\ntitle: a: b\n---\n", "line 2: the header is no YAML"),
            ("a.txt", "---\ntitle: x\n\tsource: y\n---\n", "line 3: the header is no YAML"),
            ("a.txt", "---\njust words\n---\n", "line 2: the header must hold lines"),
            ("a.txt", "---\ntitle: x\npublished: March 10\n---\n", "line 3: 'March 10' is no date"),
            ("a.txt", "---\npublished: 2026-02-30\n---\n", "line 2: '2026-02-30' is no date"),
            ("a.txt", "---\npublished: 0001-01-01T00:00:00+14:00\n---\n", "is no date"),
            ("a.txt", "---\ntitle: [x]\n---\n", "line 2: title must be text"),
            ("a.txt", "---\nauthors: {a: b}\n---\n", "line 2: authors must be a list"),
            ("a.txt", "---\nx: " + "[" * 5000 + "\n---\n", "line 2"),
            ("a.txt", b"x" * 10_000_001, "larger than 10 MB"),
        ],
    )
    def test_says_where_and_what(self, tmp_path: Path, name: str, content: str | bytes, said: str) -> None:
        path = write(tmp_path, name, content)
        message = complaint(path)
        assert message.startswith(str(path))
        assert said in message

    def test_a_missing_file(self, tmp_path: Path) -> None:
        assert "No such file" in complaint(tmp_path / "nothing.txt")
        assert "too long" in complaint(tmp_path / ("x" * 5000 + ".txt"))

    def test_a_header_of_many_aliases_is_not_blown_up(self, tmp_path: Path) -> None:
        bomb = "a: &a [x, x]\n" + "".join(
            f"{new}: &{new} [*{old}, *{old}]\n"
            for old, new in zip("abcdefghijklmnopqrst", "bcdefghijklmnopqrstu", strict=True)
        )
        assert read_one(tmp_path, "a.txt", f"---\n{bomb}---\nText.").text == "Text."
