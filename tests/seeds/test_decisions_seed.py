"""The decisions that come along: each can be replayed, and its example is read as decided."""

from __future__ import annotations

from pathlib import Path

from flows.decisions import read_decisions, shows
from newsledger.extract.lexicon import load_lexicon

DECISIONS = Path(__file__).resolve().parent.parent.parent / "seeds" / "decisions.yaml"


def test_every_example_is_read_as_decided() -> None:
    decisions = read_decisions(DECISIONS)
    lexicon = load_lexicon((), decisions)
    assert [one.entity for one in decisions if one.example and not shows(one, lexicon)] == []
