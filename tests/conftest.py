"""What all tests share: how tests that need more than the checkout are left out, and said to be."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.clients import can_be_had
from tests.webserver import SharedSite, Web, serve_shared, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

# Prefect reads these when it is imported: a home that is thrown away, no telemetry, nothing on the console.
_PREFECT_HOME = tempfile.TemporaryDirectory(prefix="newsledger-tests-")
os.environ.update(
    PREFECT_HOME=_PREFECT_HOME.name,
    PREFECT_SERVER_ANALYTICS_ENABLED="false",
    DO_NOT_TRACK="1",
    PREFECT_LOGGING_TO_API_ENABLED="false",
    PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL="CRITICAL",
)
for _name in ("PREFECT_API_URL", "PREFECT_PROFILE", "NEWSLEDGER_CONFIG"):
    os.environ.pop(_name, None)

# A job that was started in the background ignores Ctrl-C and hands that down; what is heeded here is usual there again.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The machine's load is no property of the code: no example fails for being slow. Half of the usual examples keep the
# suite within a quarter of an hour; those of every run are others.
settings.register_profile("newsledger", deadline=None, max_examples=50)
settings.load_profile("newsledger")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
# What a machine may lack, and how to tell.
NEEDS = {
    "needs_shared": SHARED.is_dir,
    "needs_browser": lambda: shutil.which("chromium") is not None,
    "needs_registry": can_be_had,
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, or one worker would be left alone with them."""
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, is_there in NEEDS.items():
        if item.get_closest_marker(marker) and not is_there():
            pytest.skip(f"this machine lacks what {marker} stands for")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many of them ran: a check that is left out is never left out quietly."""
    ran, left_out = Counter[str](), Counter[str]()
    for outcome, reports in terminalreporter.stats.items():
        for report in reports:
            for marker in NEEDS:
                if marker in getattr(report, "keywords", ()):
                    ran[marker] += outcome != "skipped" and getattr(report, "when", None) == "call"
                    left_out[marker] += outcome == "skipped"
    for marker in NEEDS:
        terminalreporter.write_line(f"{marker}: {ran[marker]} ran, {left_out[marker]} left out")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold sets beside the checkout; for tests marked needs_shared."""
    return SHARED


@pytest.fixture
def web() -> Iterator[Web]:
    """A real HTTP server on a local socket; the test sets its answers."""
    with serving() as server:
        yield server


@pytest.fixture(scope="session")
def shared_site(shared: Path) -> Iterator[SharedSite]:
    """The shared feeds and pages behind a real HTTP server; for tests marked needs_shared."""
    with serving() as server:
        yield serve_shared(server, shared / "data" / "feeds", shared / "data" / "pages")
