"""Article text is hostile: what makes it harmless in Markdown, in HTML, in a link and in a shell."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from markupsafe import Markup

# Overrides, embeddings and isolates can make a line read differently from what it says: they are shown.
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
# These show nothing: marks, joiners, fillers, soft hyphens, tags, variation selectors beyond emoji's.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
# Control characters, lone surrogates and what is no character at all.
_BROKEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# More marks on one letter than any language needs paint over the lines around it.
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARKS = re.compile(f"({_MARK}{{3}}){_MARK}+")
_MARKDOWN_ALWAYS = re.compile(r"[\\`*\[\]<|~]|(?<!\w)_|_(?!\w)|(?<=\])\(|&(?=#?\w{1,31};)")
_MARKDOWN_AT_START = re.compile(r"^(?:[#>+=-]|\d{1,9}(?=[.)](?:\s|$)))")
_SPACE = re.compile(r"\s+")
# What browsers and mail programs agree on.
_LONGEST_URL = 2000
# A query longer than this is none that anybody reads.
_LONGEST_LISTING = 8000
_SAFE_IN_URL = ":/?#@!$&*+,;=%~-._"
_PLAIN_ID = re.compile(r"[\w.:-]{1,120}", re.ASCII)


def visible(text: str) -> str:
    """Put a text on one line and show what hides in it: what turns the reading direction becomes `⟨U+202E⟩`."""
    return _SPACE.sub(" ", _shown(text))


def clip(text: str, limit: int) -> str:
    """Cut a text to a readable length, at a space where there is one; `[…]` says that it goes on."""
    read = text[: 20 * limit]  # a text of megabytes is not read for the sake of its first line
    line = " ".join(read.split())
    if len(line) <= limit:
        return line if len(read) == len(text) else f"{line} […]"
    head = line[:limit]
    cut = head.rfind(" ")
    return f"{head[:cut] if cut > limit // 2 else head} […]"


def markdown(text: str) -> Markup:
    """Escape what Markdown (CommonMark, GitHub's form included) would take for more than text."""
    escaped = _MARKDOWN_ALWAYS.sub(lambda match: f"\\{match[0]}", visible(text))
    return Markup(_MARKDOWN_AT_START.sub(_start_escaped, escaped))  # noqa: S704 - escaped for Markdown just above


def code(text: str) -> Markup:
    """Make a text fit to stand between Markdown's backticks, where nothing but a backtick can be told from text."""
    return Markup(visible(text).replace("`", "'"))  # noqa: S704 - nothing else ends a code span


def listing(text: str, limit: int = _LONGEST_LISTING) -> str:
    """Show what hides in a text of several lines, such as a query, and keep its lines and spaces."""
    cut = text if len(text) <= limit else f"{text[:limit]}\n[…]"
    return "\n".join(_shown(line.expandtabs(4)).rstrip() for line in cut.splitlines())


def fenced(text: str, language: str = "sql") -> Markup:
    """Put a listing between fences of Markdown that nothing in it can close."""
    shown = listing(text)
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", shown)), 3)
    return Markup(f"{fence}{language}\n{shown}\n{fence}")  # noqa: S704 - the fence is longer than any run in it


def web_link(url: str | None) -> str | None:
    """Give a link that may be clicked: http or https, with a host, harmless in HTML and Markdown; or none."""
    if not url or len(url) > _LONGEST_URL or visible(url) != url or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return quote(url, safe=_SAFE_IN_URL)


def shell_safe(identifier: str) -> bool:
    """Tell whether an id may stand in a command that a reader pastes into a shell."""
    return _PLAIN_ID.fullmatch(identifier) is not None


def _shown(text: str) -> str:
    text = _TURNING.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)
    return _MARKS.sub(r"\1", _BROKEN.sub("\ufffd", _INVISIBLE.sub("", text)))


def _start_escaped(match: re.Match[str]) -> str:
    start = match[0]
    return f"{start}\\" if start.isdigit() else f"\\{start}"
