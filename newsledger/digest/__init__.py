"""Records made readable: a day's by `build_digest` and a renderer, an article's by `sheet_of` and `render_sheets`."""

from newsledger.digest.atom import render_atom
from newsledger.digest.build import build_digest
from newsledger.digest.heads import DayHead, head_from_json, head_of
from newsledger.digest.jsonform import render_json
from newsledger.digest.model import Digest
from newsledger.digest.render import Place, render_html, render_markdown
from newsledger.digest.sheet import Sheet, Table, sheet_of
from newsledger.digest.sheet_page import render_sheet, render_sheets

__all__ = [
    "DayHead",
    "Digest",
    "Place",
    "Sheet",
    "Table",
    "build_digest",
    "head_from_json",
    "head_of",
    "render_atom",
    "render_html",
    "render_json",
    "render_markdown",
    "render_sheet",
    "render_sheets",
    "sheet_of",
]
