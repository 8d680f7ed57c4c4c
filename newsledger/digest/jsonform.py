"""The digest as JSON: the model itself, field by field, for scripts and for the pages that list several days."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from newsledger.digest.lines import EventLine, Passage, StatementLine

if TYPE_CHECKING:
    from newsledger.digest.model import Digest

# Goes up whenever a field changes its meaning or goes.
FORMAT = 1


def render_json(digest: Digest) -> str:
    """Print a digest as one JSON object.

    Its keys are the fields of newsledger.digest.model.Digest. Days are ISO 8601 dates, moments are in UTC and end in Z,
    spans of time are seconds, decimals are strings. A passage has the `citation` under which it can be looked up; the
    subject of a glance line says whether it is an `event` or a `statement`.
    """
    return json.dumps(json_of(digest), ensure_ascii=False, indent=1) + "\n"


def json_of(digest: Digest) -> dict[str, Any]:
    """Give the object that `render_json` prints."""
    return {"format": FORMAT, **_plain(digest)}


def _plain(value: Any) -> Any:  # noqa: ANN401, PLR0911 - JSON has no narrower type; one answer a type
    if isinstance(value, str):
        # Lone surrogates, which no file can hold.
        return value.encode("utf-8", "replace").decode("utf-8")
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else str(value)
    if is_dataclass(value):
        return _kind_of(value) | {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    message = f"{type(value).__name__} has no form in JSON"
    raise TypeError(message)


def _kind_of(value: object) -> dict[str, str]:
    """Give what a reader of JSON could not tell from the fields."""
    if isinstance(value, Passage):
        return {"citation": value.citation}
    if isinstance(value, EventLine):
        return {"line": "event"}
    return {"line": "statement"} if isinstance(value, StatementLine) else {}
