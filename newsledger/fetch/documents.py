"""Files as articles: the seed corpus, a user's own documents, a batch for `newsledger extract`."""

from __future__ import annotations

import json
import re
import stat
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from newsledger.fetch.headers import Given, read_fields, split_header
from newsledger.fetch.pages.reading import NoPage, Page, read_html
from newsledger.fetch.text import charset_of, decode, html_to_text
from newsledger.records.article import Article, Issue
from newsledger.records.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from newsledger.records.article import Origin, PublishedFrom

_MAX_BYTES = 10_000_000
_ENDINGS = (".txt", ".md", ".html", ".htm", ".jsonl")
_STDIN = Path("-")
_BOM = "\ufeff"
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Document:
    """A document as it was found: where, what it was given, its text or its page, else the rest of a page's words."""

    place: str
    name: str
    given: Given
    content: str | Page | NoPage
    rest: str = ""


def read_documents(
    paths: Sequence[Path], published: datetime | None = None, origin: Origin = "file"
) -> Iterator[Article]:
    """Read .txt, .md, .html and .jsonl files, folders of them (sorted, a README.md left out) and `-`, JSON lines.

    The text is kept as it stands, less a byte order mark and a header. `published` is for documents that carry no date.
    Raises InputError, naming file and line, for what can't be read: a missing, binary, overlong or mislabelled file, a
    bad header or line, and two documents of one id. A bad date in a header is such an error, one among JSON lines is an
    issue of its article: a batch is rarely the work of who runs it.
    """
    places: dict[str, str] = {}
    for document in _find(paths):
        article = _article(document, published, origin)
        earlier = places.setdefault(article.article_id, document.place)
        if earlier != document.place:
            message = (
                f"{document.place}: id {article.article_id!r} is taken by {earlier}; rename one, or give it an 'id'"
            )
            raise InputError(message)
        yield article


def _find(paths: Sequence[Path]) -> Iterator[_Document]:
    for path in dict.fromkeys(file for named in paths for file in _files(named)):
        if path == _STDIN or path.suffix.lower() == ".jsonl":
            yield from _read_lines(path)
        else:
            yield _read_file(path)


def _files(path: Path) -> list[Path]:
    """List the documents that a path stands for."""
    if path == _STDIN:
        return [path]
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        message = f"{path}: {error.strerror or error}"
        raise InputError(message) from error
    if is_folder:
        inside = sorted(file for file in path.rglob("*") if _is_document(file, path))
        if not inside:
            message = f"{path}: holds no document ({', '.join(_ENDINGS)})"
            raise InputError(message)
        return inside
    if path.suffix.lower() not in _ENDINGS:
        message = f"{path}: the ending must be one of {', '.join(_ENDINGS)}"
        raise InputError(message)
    return [path]


def _is_document(file: Path, folder: Path) -> bool:
    is_hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.suffix.lower() in _ENDINGS and file.name.lower() != "readme.md" and not is_hidden and file.is_file()


def _read_file(path: Path) -> _Document:
    with _opened(path) as stream:
        body = stream.read(_MAX_BYTES + 1)
    if len(body) > _MAX_BYTES:
        message = f"{path}: larger than {_MAX_BYTES // 1_000_000} MB; split it"
        raise InputError(message)
    if path.suffix.lower() in (".html", ".htm"):
        # A page says its charset itself, so other charsets than UTF-8 are no fault here.
        if b"\0" in body and not charset_of(body, None).name.startswith(("utf-16", "utf-32")):
            _decode(body, str(path))
        return _page(str(path), path.stem, Given(), decode(body, None))
    content = _decode(body, str(path)).removeprefix(_BOM)
    given, text = split_header(content, str(path))
    return _Document(str(path), path.stem, given, text)


def _read_lines(path: Path) -> Iterator[_Document]:
    name = "standard input" if path == _STDIN else str(path)
    with _opened(path) as stream:
        for number, line in enumerate(iter(lambda: stream.readline(_MAX_BYTES + 1), b""), start=1):
            place = f"{name}, line {number}"
            if len(line) > _MAX_BYTES:
                message = f"{place}: longer than {_MAX_BYTES // 1_000_000} MB"
                raise InputError(message)
            text = _decode(line, place).removeprefix(_BOM)
            if text.strip():
                yield _read_line(text, place, f"{'stdin' if path == _STDIN else path.stem}:{number}")


def _read_line(line: str, place: str, name: str) -> _Document:
    try:
        fields: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        message = f"{place}: no JSON ({error})"
        raise InputError(message) from error
    if not isinstance(fields, dict):
        message = f'{place}: must be an object such as {{"id": "a1", "text": "..."}}'
        raise InputError(message)
    given = read_fields(fields, lambda _: place)
    for kind in ("text", "html"):
        if isinstance(content := fields.get(kind), str):
            if kind == "text":
                return _Document(place, name, given, content)
            return _page(place, name, given, content)
    message = f"{place}: needs a field 'text' or 'html' that holds text"
    raise InputError(message)


def _page(place: str, name: str, given: Given, markup: str) -> _Document:
    """Read a page; where no article is found on it, all its words stand in, since the user named it as a document."""
    page = read_html(markup, url=given.url)
    return _Document(place, name, given, page, html_to_text(markup) if isinstance(page, NoPage) else "")


def _article(document: _Document, published: datetime | None, origin: Origin) -> Article:
    given, content = document.given, document.content
    page = content if isinstance(content, Page) else None
    text = page.text if page else content if isinstance(content, str) else document.rest
    issues = list(given.issues)
    if isinstance(content, NoPage):
        issues.append(Issue(code=f"page_{content.outcome}", detail=content.detail))
    if page:
        issues += [issue for issue in page.issues if issue.code != "naive_date" or not given.published]
    if not text.strip():
        issues.append(Issue(code="empty", detail="holds no text"))
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
        issues.append(Issue(code="invalid_characters", detail="halves of characters were replaced, one for one"))
    moment, moment_from = _date(given, page, published)
    return Article(
        article_id=given.article_id or document.name,
        text=text,
        url=given.url or (page.url if page else None),
        title=given.title or (page.title if page else None),
        source=given.source,
        authors=given.authors or (page.authors if page else ()),
        section=page.section if page else None,
        language=given.language,
        published=moment,
        published_from=moment_from,
        modified=page.modified if page else None,
        origin=origin,
        issues=tuple(issues),
    )


def _date(given: Given, page: Page | None, published: datetime | None) -> tuple[datetime | None, PublishedFrom]:
    if given.published:
        return given.published, "given"
    if page and page.published:
        return page.published, "html"
    return published, "given" if published else "unknown"


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file, or standard input; what the system says against it becomes an InputError."""
    try:
        if path == _STDIN:
            yield sys.stdin.buffer
        else:
            with path.open("rb") as stream:
                yield stream
    except OSError as error:
        message = f"{path}: {error.strerror or error}"
        raise InputError(message) from error


def _decode(body: bytes, place: str) -> str:
    if b"\0" in body:
        message = f"{place}: is binary, not text"
        raise InputError(message)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        where = place if ", line " in place else f"{place}, line {line}"
        message = f"{where}: byte 0x{body[error.start]:02x} is not UTF-8; convert the file, for example with iconv"
        raise InputError(message) from error
