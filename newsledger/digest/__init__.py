"""A day's rows made readable: `build_digest` chooses and verifies, `render_markdown` and `render_html` print."""

from newsledger.digest.build import build_digest
from newsledger.digest.model import Digest
from newsledger.digest.render import render_html, render_markdown

__all__ = ["Digest", "build_digest", "render_html", "render_markdown"]
