"""The YAML header that a document may begin with, and the fields that all kinds of documents share."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import yaml

from newsledger.fetch.dates import read_iso
from newsledger.fetch.urls import canonical_url
from newsledger.records.article import Issue
from newsledger.records.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

_FENCE = re.compile(r"---[ \t]*\r?(?:\n|\Z)")
_MAX_HEADER = 1 << 16
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
_HOW_TO_DATE = "write it as 2022-12-20 or 2022-12-20T08:00:00Z"
_NOTHING = ("", "~", "null")
_FIELDS = ("id", "title", "published", "source", "url", "language", "authors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a document is given besides its text; issues name what was given and can't be used."""

    article_id: str | None = None
    title: str | None = None
    published: datetime | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()


def split_header(content: str, place: str) -> tuple[Given, str]:
    """Part a document into what its header gives and its text, which begins with the line after the header.

    Raises InputError, with the line, for a header that is not closed, is no YAML, or holds a field that can't be used.
    """
    opening = _FENCE.match(content)
    if not opening:
        return Given(), content
    closing = re.compile(r"^" + _FENCE.pattern, re.MULTILINE).search(content, opening.end(), _MAX_HEADER)
    if not closing:
        message = f"{place}, line 1: a header begins here, but no second line '---' ends it"
        raise InputError(message)
    lines = content[opening.end() : closing.start()]
    fields, unknown = _load(lines, place)
    given = read_fields(fields, lambda name: f"{place}, line {_line_of(name, lines)}")
    bad_date = next((issue.detail for issue in given.issues if issue.code == "bad_date"), None)
    if bad_date:
        message = f"{place}, line {_line_of('published', lines)}: {bad_date!r} is no date; {_HOW_TO_DATE}"
        raise InputError(message)
    return replace(given, issues=given.issues + unknown), content[closing.end() :]


def read_fields(fields: Mapping[str, Any], where: Callable[[str], str]) -> Given:
    """Read what a document is given besides its text; fields of other names are passed over.

    What can't be used is left out with an issue: an address that is not http(s), a language that is no code, a date
    that is not ISO 8601. Raises InputError, for which `where` gives the place of a field, for a value that is no text.
    """
    texts = {name: _text(fields.get(name), name, where) for name in _FIELDS if name != "authors"}
    issues = []
    url, language = texts["url"], texts["language"]
    if url and not canonical_url(url):
        issues.append(Issue(code="bad_url", detail=url[:200]))
        url = None
    published = read_iso(texts["published"]) if texts["published"] else None
    if texts["published"] and published is None:
        issues.append(Issue(code="bad_date", detail=texts["published"][:40]))
    code = _LANGUAGE.fullmatch(language) if language else None
    if language and not code:
        issues.append(Issue(code="bad_language", detail=f"{language[:40]!r} is no code such as en"))
    return Given(
        article_id=texts["id"],
        title=texts["title"],
        published=published,
        source=texts["source"],
        url=url,
        language=code[1].lower() if code else None,
        authors=_authors(fields.get("authors"), where),
        issues=tuple(issues),
    )


def _load(lines: str, place: str) -> tuple[dict[str, Any], tuple[Issue, ...]]:
    """Load the header's YAML with every value as the text that stands there, so that a title `No` stays one."""
    try:
        fields = yaml.load(lines, Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but text, lists and dictionaries
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 2
        message = f"{place}, line {line}: the header is no YAML; put a value that holds ': ' or '#' in quotes"
        raise InputError(message) from error
    except RecursionError as error:
        message = f"{place}, line 2: the header is nested too deeply"
        raise InputError(message) from error
    if fields is None:
        return {}, ()
    if not isinstance(fields, dict):
        message = f"{place}, line 2: the header must hold lines of the form 'title: ...'"
        raise InputError(message)
    unknown = tuple(Issue(code="unknown_key", detail=str(name)[:80]) for name in fields if name not in _FIELDS)
    return fields, unknown


def _text(value: object, name: str, where: Callable[[str], str]) -> str | None:
    if value is None or value in _NOTHING:
        return None
    if isinstance(value, int) and name == "id" and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        message = f"{where(name)}: {name} must be text"
        raise InputError(message)
    return value.strip() or None if name != "id" else value


def _authors(value: object, where: Callable[[str], str]) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        message = f"{where('authors')}: authors must be a list of names"
        raise InputError(message)
    return tuple(name.strip() for name in names if name.strip() not in _NOTHING)


def _line_of(name: str, lines: str) -> int:
    """Find the line of the document that a header's field stands on; the header begins on the second."""
    numbered = enumerate(lines.splitlines(), start=2)
    return next((number for number, line in numbered if line.startswith(name)), 2)
