"""The decisions and corrections that come along: each can be replayed, and its example is read as decided."""

from __future__ import annotations

from pathlib import Path

from flows.decisions import read_corrections, read_decisions, read_records, shows
from newsledger.extract.lexicon import load_lexicon
from newsledger.records.stories import StoryDecision

DECISIONS = Path(__file__).resolve().parent.parent.parent / "seeds" / "decisions.yaml"


def test_every_example_is_read_as_decided() -> None:
    lexicon = load_lexicon((), read_decisions(DECISIONS), (), read_corrections(DECISIONS))
    told = (one for one in read_records(DECISIONS) if not isinstance(one, StoryDecision))
    assert [one for one in told if one.example and not shows(one, lexicon)] == []
