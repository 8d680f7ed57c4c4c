"""The order in which an article is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsledger.extract.citations import find_citations
from newsledger.extract.document import read_document
from newsledger.extract.entities import find_entities
from newsledger.extract.events import find_events
from newsledger.extract.facts import complete, find_dateline, is_supported
from newsledger.extract.figures import find_figures
from newsledger.extract.lexicon import Lexicon, load_lexicon
from newsledger.extract.mentions import Mentions, used_only
from newsledger.extract.statements import find_statements
from newsledger.extract.times import find_times
from newsledger.extract.topics import find_topics
from newsledger.records.article import Issue
from newsledger.records.extraction import Extraction

if TYPE_CHECKING:
    from newsledger.records.article import Article
    from newsledger.records.extraction import Citation, Event, Figure, Statement

# Goes up with every change of what is extracted: stored records of another version are stale.
EXTRACTOR = "0.1.0+rules.1"


def extract(article: Article, lexicon: Lexicon | None = None) -> Extraction:
    """Read the facts out of an article.

    Never raises, whatever the text; the same article and lexicon give the same records. An article in a language
    that the extractor doesn't know keeps its text, is marked with the issue `unsupported_language` and has no records.
    """
    lexicon = lexicon or load_lexicon()
    document = read_document(article.text)
    dateline = find_dateline(document, article, lexicon)
    article = complete(article, dateline)
    if not is_supported(article):
        issue = Issue(code="unsupported_language", detail=article.language or "unknown")
        return Extraction(article=replace(article, issues=(*article.issues, issue)), extractor=EXTRACTOR)
    reference = dateline.date if dateline and dateline.date else article.published.date() if article.published else None
    times = find_times(document, reference)
    entities = find_entities(document, lexicon, reference)
    mentions = Mentions(entities)
    citations = find_citations(document, mentions, dateline)
    statements = find_statements(document, mentions, citations)
    figures = find_figures(document, times, mentions, statements, citations)
    events = find_events(document, mentions, times, statements, citations, reference)
    return Extraction(
        article=article,
        extractor=EXTRACTOR,
        sentences=document.sentences,
        dateline=dateline,
        entities=used_only(entities, _referenced(citations, statements, figures, events)),
        citations=citations,
        statements=statements,
        events=events,
        figures=figures,
        times=times,
        topics=find_topics(document, lexicon.topics),
    )


def _referenced(
    citations: tuple[Citation, ...],
    statements: tuple[Statement, ...],
    figures: tuple[Figure, ...],
    events: tuple[Event, ...],
) -> frozenset[str]:
    """Collect the ids of the entities that a record points at."""
    ids = {citation.source for citation in citations}
    for statement in statements:
        ids.update((*statement.via, statement.speaker or ""))
    for figure in figures:
        ids.update((*figure.about, figure.attributed_to or ""))
    for event in events:
        ids.update((*event.actors, *event.recipients, event.location or "", event.attributed_to or ""))
    return frozenset(ids)
