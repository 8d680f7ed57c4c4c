"""The order in which an article is read."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from newsledger.extract.citations import find_citations
from newsledger.extract.correcting import correct
from newsledger.extract.corrections import mark
from newsledger.extract.decisions import digest
from newsledger.extract.document import read_document, set_apart
from newsledger.extract.entities import find_entities
from newsledger.extract.events import find_events
from newsledger.extract.facts import complete, find_dateline, find_heads, is_supported
from newsledger.extract.figures import find_figures
from newsledger.extract.grammar.reading import read as read_words
from newsledger.extract.lexicon import Lexicon, load_lexicon
from newsledger.extract.mentions import Mentions, referenced, used_only
from newsledger.extract.model.reading import read
from newsledger.extract.relevance import relevance
from newsledger.extract.statements import find_statements
from newsledger.extract.times import find_times
from newsledger.extract.topics import find_topics
from newsledger.records.article import Issue
from newsledger.records.extraction import Extraction
from newsledger.records.versions import Versions

if TYPE_CHECKING:
    from newsledger.extract.decisions import Decision
    from newsledger.records.article import Article
    from newsledger.records.config import TopicRule
    from newsledger.records.extraction import Entity

# Goes up with every change of what is extracted.
EXTRACTOR = "0.3.1+model.2"

# No news article is longer; what is behind this is a dump of something else.
LONGEST = 1_000_000
# The issues that extraction finds; read again, an article loses those that no longer hold.
OWN_ISSUES = ("empty_text", "text_too_long", "unsupported_language")


def extract(article: Article, lexicon: Lexicon | None = None) -> Extraction:
    """Read the facts out of an article.

    Never raises, whatever the text; the same article and lexicon give the same records. An article in a language
    that the extractor doesn't know keeps its text, is marked with the issue `unsupported_language` and has no records;
    so does an empty one, with `empty_text`. Of a text beyond LONGEST only the beginning is read (`text_too_long`).
    What people corrected in this article is corrected. Where the lexicon knows a dossier, the relevance of what was
    read is measured by it.
    """
    lexicon = lexicon or load_lexicon()
    found, _ = correct(_read(article, lexicon), lexicon.corrections.get(article.article_id, ()), lexicon.entries)
    measured = relevance(found, lexicon.watched) if lexicon.dossier and found.sentences else None
    return replace(found, extractor=_signed(article.article_id, lexicon), relevance=measured)


@lru_cache(maxsize=8)
def version(
    decisions: tuple[Decision, ...] = (), dossier: tuple[str, ...] = (), topics: tuple[TopicRule, ...] = ()
) -> str:
    """Name the extractor with a mark of what people set; stored records of another name are stale."""
    mark = digest(decisions, dossier, topics)
    return f"{EXTRACTOR}.{mark}" if mark else EXTRACTOR


def versions_of(lexicon: Lexicon) -> Versions:
    """Give what `extract` signs with where it reads with this lexicon."""
    own = {article_id: _signed(article_id, lexicon) for article_id in lexicon.corrections}
    return Versions(version(lexicon.decisions, lexicon.dossier, lexicon.topics), own)


def _signed(article_id: str, lexicon: Lexicon) -> str:
    name = version(lexicon.decisions, lexicon.dossier, lexicon.topics)
    corrections = lexicon.corrections.get(article_id)
    return f"{name}.{mark(corrections)}" if corrections else name


def _read(article: Article, lexicon: Lexicon) -> Extraction:
    article = replace(article, issues=tuple(issue for issue in article.issues if issue.code not in OWN_ISSUES))
    if not article.text.strip():
        return _without_records(article, "empty_text", "the article has no text")
    if len(article.text) > LONGEST:
        detail = f"only the first {LONGEST} of {len(article.text)} characters were read"
        article = _marked(article, "text_too_long", detail)
    document = read_document(article.text[:LONGEST])
    dateline = find_dateline(document, article, lexicon)
    document = set_apart(document, find_heads(document, lexicon))
    article = complete(article, dateline)
    if not is_supported(article):
        return _without_records(article, "unsupported_language", article.language or "unknown")
    reference = dateline.date if dateline and dateline.date else article.published.date() if article.published else None
    times = find_times(document, reference)
    model = read(document)
    entities = find_entities(document, lexicon, reference, model.spans("names"))
    mentions = Mentions(entities)
    citations = find_citations(document, mentions, dateline)
    reading = read_words(document)
    statements = find_statements(reading, mentions, citations, model)
    figures = find_figures(document, times, mentions, statements, citations)
    events = find_events(reading, mentions, times, statements, citations, reference, model)
    used = referenced(citations, statements, figures, events)
    return Extraction(
        article=article,
        extractor=EXTRACTOR,
        sentences=document.sentences,
        dateline=dateline,
        # Where nothing but counts is told, in a bare phrase ("two Chinese warplanes"), everybody stays.
        entities=_kept(entities, used, lexicon) if citations or statements or events else entities,
        citations=citations,
        statements=statements,
        events=events,
        figures=figures,
        times=times,
        topics=find_topics(document, lexicon.topics),
    )


def _marked(article: Article, code: str, detail: str) -> Article:
    return replace(article, issues=(*article.issues, Issue(code=code, detail=detail)))


def _without_records(article: Article, code: str, detail: str) -> Extraction:
    return Extraction(article=_marked(article, code, detail), extractor=EXTRACTOR)


def _kept(entities: tuple[Entity, ...], used: frozenset[str], lexicon: Lexicon) -> tuple[Entity, ...]:
    """Drop who has no name, no place in the registry and no record."""
    return used_only(entities, used | {entity.id for entity in entities if entity.id in lexicon.entries})
