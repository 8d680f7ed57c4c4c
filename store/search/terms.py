"""What a person asks for, as terms that the search index can answer: nothing that is typed is a mistake."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.search.indexing import TOKENS, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_TERMS = 32
_MOST_CHARS, _MOST_FORMS = 2_000, 64
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_PIECE = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))')
# Porter's stemmer leaves shorter words alone; of what it leaves of a longer one it has changed the last letter at most.
_SHORTEST = 3
_BEYOND = "\U0010ffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word or words of a question: as written, and as expressions of FTS5 of which one has to hold."""

    written: str
    is_excluded: bool
    forms: tuple[str, ...]

    @property
    def condition(self) -> str:
        """Write it as one expression."""
        return f"({' OR '.join(self.forms)})"


def terms_of(index: sqlite3.Connection, question: str) -> tuple[Term, ...]:
    """Part a question into terms, each once; signs that are no part of a word are passed over.

    A word stands for all its English forms that the index knows, words in quotes for themselves, one behind the other,
    word* for all that begin so; a minus before any of them excludes it. Words that signs hold together (COVID-19) are
    taken as if in quotes. What comes after the first 32 terms is left out.
    """
    readable = question.encode("utf-8", "replace").decode()[:_MOST_CHARS]
    pieces = list(_PIECE.finditer(readable.translate(_QUOTES)))
    read = _tokens(piece["word"] or piece["phrase"] or "" for piece in pieces)
    terms = dict.fromkeys(_term(index, piece, tokens) for piece, tokens in zip(pieces, read, strict=True) if tokens)
    return tuple(terms)[:MOST_TERMS]


def _term(index: sqlite3.Connection, piece: re.Match[str], tokens: list[str]) -> Term:
    phrase, word = f'"{" ".join(tokens)}"', piece["word"]
    if word and word.endswith("*"):
        forms: tuple[str, ...] = (f"{phrase}*",)
        written = f"{word.rstrip('*')}*"
    elif word and len(tokens) == 1:
        written, forms = word, tuple(f'"{form}"' for form in _inflections(index, tokens[0]))
    else:
        written, forms = word or f'"{piece["phrase"]}"', (phrase,)
    return Term(written=written, is_excluded=bool(piece["minus"]), forms=forms)


def _inflections(index: sqlite3.Connection, word: str) -> tuple[str, ...]:
    """Give a word, and those words of the index that Porter's stemmer, which SQLite has, takes for forms of it."""
    with _reading(f"porter {TOKENS}", [word]) as con:
        (stem,) = con.execute("SELECT term FROM words").fetchone()
    if len(stem) < _SHORTEST:
        return (word,)
    alike = index.execute("SELECT term FROM vocabulary WHERE term >= ? AND term < ?", (stem[:-1], stem[:-1] + _BEYOND))
    with _reading(f"porter {TOKENS}", (term for (term,) in alike)) as con:
        found = con.execute("SELECT text FROM texts WHERE texts MATCH ? ORDER BY text", (f'"{word}"',)).fetchall()
    return tuple(dict.fromkeys((word, *(form for (form,) in found))))[:_MOST_FORMS]


def _tokens(pieces: Iterable[str]) -> list[list[str]]:
    """Read pieces of a question as the index reads texts: the words of each."""
    listed = list(pieces)
    found: list[list[str]] = [[] for _ in listed]
    with _reading(TOKENS, map(plain, listed)) as con:
        for no, token in con.execute("SELECT doc, term FROM words ORDER BY doc, offset"):
            found[no - 1].append(token)
    return found


@contextmanager
def _reading(tokenizer: str, texts: Iterable[str]) -> Iterator[sqlite3.Connection]:
    """Let SQLite part texts into words: those of the n-th text stand in `words` under `doc` n."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as con:
        con.execute(f"CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize = '{tokenizer}')")
        con.execute("CREATE VIRTUAL TABLE words USING fts5vocab (texts, instance)")
        con.executemany("INSERT INTO texts (text) VALUES (?)", ((text,) for text in texts))
        yield con
