"""What an article is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.extract.document import Document
    from newsledger.records.config import TopicRule
    from newsledger.records.extraction import Topic


def find_topics(document: Document, rules: tuple[TopicRule, ...]) -> tuple[Topic, ...]:
    """Find the topics whose words the text holds, the strongest first."""
    return ()
