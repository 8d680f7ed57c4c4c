"""The search index: a SQLite file that tells which words stand in the newest revision of each published article.

It is made of the published copy and of nothing else, so it can be thrown away at any time. It holds no text: only the
words, folded (no case, no accents), and where in an article they stand. Like the published copy it is replaced as a
whole: nobody who searches waits or meets half of it, a folder that can't be written to will do for reading, and what
a crash leaves is the old index or the new one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import unicodedata
from contextlib import closing, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from newsledger.records.errors import StoreError
from store.database import published_copy, require_space
from store.drafts import draft_of
from store.errors import store_errors
from store.schemas import given

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    import duckdb

    Key = tuple[str, int, str]

TOKENS = "unicode61 remove_diacritics 2"
# Whatever changes what `plain` gives or how the file is laid out takes the next number: such a file is made anew.
_FORM = 1
# Latin, Greek, Cyrillic, and others that are written with accents.
_ACCENTED = range(0xC0, 0x2000)
_SCHEMA = f"""
    CREATE TABLE articles (no INTEGER PRIMARY KEY, article_id TEXT, revision INTEGER, fingerprint TEXT);
    CREATE VIRTUAL TABLE words USING fts5 (title, text, content = '', tokenize = '{TOKENS}');
    CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
    PRAGMA user_version = {_FORM};
"""
# What is indexed of an article, in a few letters: a title, or a text that came in its place, may not stay unseen.
_KEY = "article_id, revision, md5(concat(text_sha256, title)) AS fingerprint"
_STORED = f"SELECT {_KEY} FROM articles SEMI JOIN article_text USING (article_id, revision)"  # noqa: S608 - ours
_TEXTS = f"""
    SELECT {_KEY}, coalesce(title, ''), text FROM articles JOIN article_text USING (article_id, revision)
    SEMI JOIN given USING (article_id, revision)
"""  # noqa: S608 - ours
_ROWS_AT_ONCE = 500
_SPARE_BYTES = 16 * 1024 * 1024


def refresh_index(published: Path, index: Path) -> None:
    """Bring the index to the state of the published copy; only what came in or left since then is read.

    A missing, damaged or older index is made anew, and so is one with words of an article whose text is gone: nothing
    of it may stay in the file. Raises StoreError; the old index then stays as it is.
    """
    with published_copy(published) as con, index_errors(index):
        try:
            leaving, entering = _changes(con, index)
            if not _are_stored(con, leaving.values()):
                _make(con, index)
            elif leaving or entering:
                _amend(con, index, leaving, entering)
        except sqlite3.DatabaseError:
            _make(con, index)


def rebuild_index(published: Path, index: Path) -> None:
    """Make the index anew from the published copy, whatever it was before. Raises StoreError."""
    with published_copy(published) as con, index_errors(index):
        _make(con, index)


def index_problems(published: Path, index: Path) -> tuple[str, ...]:
    """Say what is wrong with the index, a line each; nothing where it is whole and tells what the copy holds.

    Raises StoreError where there is no published copy.
    """
    with published_copy(published) as con:
        try:
            leaving, entering = _changes(con, index)
            with closing(opened(index)) as words:
                damage = [row[0] for row in words.execute("PRAGMA quick_check(1)") if row[0] != "ok"]
        except (sqlite3.DatabaseError, OSError) as error:
            return (f"the search index {index} can't be read: {error}",)
    differing = len({key[0] for key in (*leaving.values(), *entering)})
    behind = [f"the search index {index} tells of {differing} articles otherwise than the copy"] if differing else []
    return (*(f"the search index {index} is damaged: {line}" for line in damage), *behind)


def opened(index: Path) -> sqlite3.Connection:
    """Open the index for reading. Raises sqlite3.DatabaseError for what is none, or one of another form."""
    # Immutable: the file is never written to in place, so SQLite need neither lock it nor look for a log.
    con = sqlite3.connect(f"file:{quote(str(index))}?mode=ro&immutable=1", uri=True, isolation_level=None)
    try:
        (form,) = con.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError:
        con.close()
        raise
    if form != _FORM:
        con.close()
        message = "it is no index of this version"
        raise sqlite3.DatabaseError(message)
    return con


@contextmanager
def index_errors(index: Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise over the index into a StoreError with one clear line."""
    try:
        with store_errors(index):
            yield
    except sqlite3.Error as error:
        if "full" in str(error):
            message = f"no space left on the disk for {index}: free some and run again; nothing stored before is lost"
        else:
            message = f"the search index {index} can't be used ({error}): remove it; `newsledger run` makes it anew"
        raise StoreError(message) from error


def plain(text: str) -> str:
    """Give a text as the index reads it: letters without their accents, no zero byte. Places stay what they are."""
    return text.replace("\0", " ").translate({} if text.isascii() else _unaccented())


@cache
def _unaccented() -> dict[int, str]:
    """Map letters with an accent to those without; SQLite knows but the Latin ones."""
    parts = {code: unicodedata.normalize("NFD", chr(code)) for code in _ACCENTED}
    found = {
        code: part[0] for code, part in parts.items() if len(part) > 1 and all(map(unicodedata.combining, part[1:]))
    }
    return found | {ord(letter): base for letter, base in zip("łŁđĐøØ", "lLdDoO", strict=True)}


def _changes(con: duckdb.DuckDBPyConnection, index: Path) -> tuple[dict[int, Key], list[Key]]:
    """Compare index and copy: the numbers and keys of what is to leave, the keys of what is to enter."""
    with closing(opened(index)) as words:
        words.execute("CREATE TEMP TABLE stored (article_id TEXT, revision INTEGER, fingerprint TEXT)")
        words.execute("BEGIN")
        words.executemany("INSERT INTO stored VALUES (?, ?, ?)", _rows(con.execute(f"{_STORED} WHERE is_newest")))
        leaving = words.execute(
            "SELECT no, article_id, revision, fingerprint FROM articles "
            "WHERE (article_id, revision, fingerprint) NOT IN (SELECT * FROM stored)"
        ).fetchall()
        entering = words.execute(
            "SELECT * FROM stored EXCEPT SELECT article_id, revision, fingerprint FROM articles"
        ).fetchall()
    return {no: (article_id, revision, fingerprint) for no, article_id, revision, fingerprint in leaving}, entering


def _are_stored(con: duckdb.DuckDBPyConnection, keys: Iterable[Key]) -> bool:
    """Tell whether the copy still has the texts of all these, newest or not: without it a text can't be taken out."""
    wanted = set(keys)
    if not wanted:
        return True
    with _given(con, wanted):
        return wanted <= set(_rows(con.execute(f"{_STORED} SEMI JOIN given USING (article_id, revision)")))


def _make(con: duckdb.DuckDBPyConnection, index: Path) -> None:
    keys = con.execute(f"{_STORED} WHERE is_newest").fetchall()
    with _draft(index) as words:
        words.executescript(_SCHEMA)
        words.execute("BEGIN")
        _enter(con, words, keys)
        words.execute("COMMIT")


def _amend(con: duckdb.DuckDBPyConnection, index: Path, leaving: dict[int, Key], entering: list[Key]) -> None:
    numbers = {key: no for no, key in leaving.items()}
    with _draft(index, former=index) as words:
        words.execute("BEGIN")
        words.executemany(
            "INSERT INTO words (words, rowid, title, text) VALUES ('delete', ?, ?, ?)",
            ((numbers[key], *text) for key, *text in _texts(con, leaving.values()) if key in numbers),
        )
        words.executemany("DELETE FROM articles WHERE no = ?", ((no,) for no in leaving))
        _enter(con, words, entering)
        words.execute("COMMIT")


def _enter(con: duckdb.DuckDBPyConnection, words: sqlite3.Connection, keys: list[Key]) -> None:
    wanted = set(keys)
    for key, title, text in _texts(con, keys):
        if key in wanted:
            no = words.execute(
                "INSERT INTO articles (article_id, revision, fingerprint) VALUES (?, ?, ?)", key
            ).lastrowid
            words.execute("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (no, title, text))


def _texts(con: duckdb.DuckDBPyConnection, keys: Iterable[Key]) -> Iterator[tuple[Key, str, str]]:
    """Read the titles and texts of articles, a part at a time."""
    with _given(con, keys):
        for article_id, revision, fingerprint, title, text in _rows(con.execute(_TEXTS)):
            yield (article_id, revision, fingerprint), plain(title), plain(text)


def _given(con: duckdb.DuckDBPyConnection, keys: Iterable[Key]) -> AbstractContextManager[None]:
    listed = list(keys)
    return given(con, article_id=[key[0] for key in listed], revision=[key[1] for key in listed])


def _rows(found: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    for batch in found.to_arrow_reader(_ROWS_AT_ONCE):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


@contextmanager
def _draft(index: Path, former: Path | None = None) -> Iterator[sqlite3.Connection]:
    """Give a new index to write, which begins as a copy of the former one, and put it in place when it is complete."""
    index.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(index)
    draft.unlink(missing_ok=True)
    require_space(draft, _SPARE_BYTES + (former.stat().st_size if former else 0))
    try:
        if former:
            shutil.copy(former, draft)
        with closing(sqlite3.connect(draft, isolation_level=None)) as con:
            # Nobody reads a draft, and one that is cut off is thrown away: no log, no waiting for the disk.
            con.execute("PRAGMA journal_mode = OFF")
            con.execute("PRAGMA synchronous = OFF")
            yield con
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(index)
    finally:
        draft.unlink(missing_ok=True)
