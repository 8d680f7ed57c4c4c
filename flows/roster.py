"""Feeds put into the configuration file as text, so that its comments and its form stay."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, get_args
from unicodedata import normalize

import yaml

from flows.config import config_path, parse_config
from flows.console import printable, say
from flows.files import write_whole
from newsledger.fetch.http.hosts import host_name
from newsledger.fetch.urls import canonical_url, host_of
from newsledger.records.config import Feed, SourceKind
from newsledger.records.errors import ConfigError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from newsledger.records.config import FeedType

_NO_NAME = re.compile(r"[^a-z0-9]+")
_PLAIN = re.compile(r"[a-z]+-[a-z-]+|(?!false)[a-z]{5,}[a-z0-9-]*")  # `no` and `null` mean something else to YAML
_DASH = re.compile(r"( *)-(?=\s)")
_LONGEST_ID = 40
_LONGEST_NAME = 80


def new_feed(  # noqa: PLR0913 - one for each setting
    known: Iterable[Feed],
    *,
    url: str,
    title: str | None,
    kind: str | None,
    type_: FeedType,
    language: str | None,
    feed_id: str | None = None,
) -> Feed | None:
    """Make the settings of a feed, with an id that no other has; None where its address is configured already."""
    known = list(known)
    if canonical_url(url) in {canonical_url(feed.url) for feed in known}:
        return None
    host = host_of(url).removeprefix("www.")
    name = printable((title or "").strip() or host)[:_LONGEST_NAME]
    ascii_name = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    ascii_host = host_name(url).removeprefix("www.")
    stem = feed_id or _stem(ascii_name) or _stem(ascii_host)
    taken, number, free = {feed.id for feed in known}, 1, stem
    while free in taken and not feed_id:
        number += 1
        free = f"{stem}-{number}"
    kinds: tuple[SourceKind, ...] = get_args(SourceKind)
    its_kind: SourceKind = next((one for one in kinds if one == kind), "independent")
    return Feed(id=free, name=name, url=url, kind=its_kind, type=type_, language=language or "en")


def _stem(name: str) -> str:
    return _NO_NAME.sub("-", name).strip("-")[:_LONGEST_ID].rstrip("-")


def blocks(feeds: Sequence[Feed]) -> str:
    """Write feeds as items of config.yaml's list; what is usual is left out."""
    lines = []
    for feed in feeds:
        lines += [f"  - id: {_quoted(feed.id)}", f"    name: {_quoted(feed.name)}", f"    url: {_quoted(feed.url)}"]
        lines += [f"    kind: {feed.kind}"]
        lines += [f"    type: {feed.type}"] if feed.type != "feed" else []
        lines += [f"    language: {_quoted(feed.language)}"] if feed.language != "en" else []
    return "".join(f"{line}\n" for line in lines)


def write_feeds(named: Path | None, feeds: Sequence[Feed]) -> None:
    """Append feeds to the configuration file, in one step.

    Raises InputError or ConfigError, and leaves the file as it was, where the outcome would be anything but the same
    configuration with these feeds at its end.
    """
    path = config_path(named)
    if path is None:
        message = "there is no configuration file to write to; copy the default config.yaml, or name one with --config"
        raise InputError(message)
    path = path.resolve()
    text = path.read_bytes().decode("utf-8")
    wanted = (*parse_config(text, str(path)).feeds, *feeds)
    changed = _append(text, blocks(feeds), str(path))
    try:
        is_right = parse_config(changed, str(path)).feeds == wanted
    except ConfigError as error:
        message = f"the feed can't be added: {error}"
        raise ConfigError(message) from error
    if not is_right:
        raise _by_hand(str(path))
    write_whole(path, changed)
    say(f"{path}: {', '.join(feed.id for feed in feeds)} added")


def _append(text: str, block: str, name: str) -> str:
    """Put a block behind the last item of `feeds`, indented as that one."""
    root = yaml.compose(text, yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise _by_hand(name)
    listed = next(value for key, value in root.value if key.value == "feeds")
    end = "\r\n" if "\r\n" in text else "\n"
    if not listed.value:
        new = f"{end}{block.replace(chr(10), end)}".removesuffix(end)
        return text[: listed.start_mark.index].rstrip(" ") + new + text[listed.end_mark.index :]
    if listed.flow_style:
        raise _by_hand(name)
    lines = text.splitlines(keepends=True)
    last = _last_line(text, listed)
    if not lines[last].endswith(("\n", "\r")):
        lines[last] += end
    dash = next(len(found[1]) for line in lines[listed.start_mark.line :] if (found := _DASH.match(line)))
    indented = [f"{' ' * dash}{line[2:]}{end}" for line in block.splitlines()]
    return "".join([*lines[: last + 1], *indented, *lines[last + 1 :]])


def _last_line(text: str, node: yaml.Node) -> int:
    """Tell in which line a list's last value ends; its own end lies behind the comments.

    Nodes don't tell it: the place of an alias is that of its anchor in them.
    """
    start, end = node.start_mark.index, node.end_mark.index
    *_, last = (
        token.end_mark
        for token in yaml.scan(text, yaml.SafeLoader)
        if start <= token.start_mark.index < token.end_mark.index <= end
    )
    return int(last.line) - int(last.column == 0)


def _quoted(text: str) -> str:
    """Write text so that YAML reads it as text: as JSON, unless it is plain."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(
        char if char.isprintable() else f"\\u{ord(char):04x}" for char in json.dumps(text, ensure_ascii=False)
    )


def _by_hand(name: str) -> InputError:
    return InputError(f"{name}: the list of feeds is in a form that can't be added to; put the block in by hand")
