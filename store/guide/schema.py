"""docs/schema.md, made of the comments in the database: `python -m store.guide.schema > docs/schema.md`."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from store.database import connect_scratch
from store.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

_HEAD = """# The schema

Made from the comments in the database by `python -m store.guide.schema > docs/schema.md`; a test compares the two.

Every record carries `article_id`, `revision` and its span: `char_start` and `char_end` count Unicode code points of
`article_text.text` from 0, the end exclusive, so `substr(text, char_start + 1, char_end - char_start)` reads it again.
Names end in `_at` (UTC timestamp), `_date`, `_id`, or in their unit. Views begin with `v_`: they show the newest
revision only, and names instead of ids; macros are views with parameters. Query them with `newsledger sql "FROM ..."`.
"""
_COLUMNS = """
    SELECT column_name, data_type, is_nullable, coalesce(comment, '') FROM duckdb_columns()
    WHERE database_name = current_database() AND table_name = ? ORDER BY column_index
"""
_MACROS = """
    SELECT function_name, parameters, coalesce(comment, '') FROM duckdb_functions()
    WHERE database_name = current_database() AND NOT internal ORDER BY function_name
"""


@contextmanager
def present_schema() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give an empty database of the present schema, which is nowhere on a disk."""
    con = connect_scratch()
    try:
        migrate(con, Path(":memory:"))
        yield con
    finally:
        con.close()


def schema_markdown() -> str:
    """Describe every view and table of the present schema with their columns, and every macro with an example."""
    with present_schema() as con:
        sections = "\n".join((*_macros(con), *_sections(con)))
    return "\n".join((_HEAD, *_jumps(sections), "", sections))


def _jumps(sections: str) -> Iterator[str]:
    """List the headings, a line for each kind of thing, with links to them."""
    for kind in sections.split("\n## "):
        title, _, body = kind.removeprefix("## ").partition("\n")
        links = (
            f"[{heading.partition('(')[0]}](#{_anchor(heading)})"
            for heading in re.findall(r"^### (.+)$", body, re.MULTILINE)
        )
        yield f"- {title}: " + ", ".join(links)


def _anchor(heading: str) -> str:
    """Name a heading as GitHub does for links: in small letters, without the signs, a hyphen for each space."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _sections(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for title, catalogue, name in (
        ("Views", "duckdb_views()", "view_name"),
        ("Tables", "duckdb_tables()", "table_name"),
    ):
        yield f"## {title}\n"
        found = con.execute(
            f"SELECT {name}, coalesce(comment, '') FROM {catalogue} "  # noqa: S608 - ours
            f"WHERE database_name = current_database() AND NOT internal ORDER BY {name}"
        ).fetchall()
        for relation, comment in found:
            yield f"### {relation}\n\n{comment}\n\n| column | type | what it is |\n|---|---|---|"
            for column, kind, nullable, meaning in con.execute(_COLUMNS, [relation]).fetchall():
                bound = "" if nullable or title == "Views" else ", not null"
                yield f"| {column} | {kind}{bound} | {meaning} |"
            yield ""


def _macros(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    yield "## Macros\n"
    for name, parameters, comment in con.execute(_MACROS).fetchall():
        meaning, _, example = comment.partition(" Example: ")
        yield f"### {name}({', '.join(parameters)})\n\n{meaning}\n\n```sql\n{example}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(schema_markdown())
