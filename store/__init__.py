"""The ledger itself: a DuckDB file with one writer, and the published copy that everybody queries.

This is the only room that imports duckdb and pyarrow; of ours it knows the records alone.
"""

from store.copies.backup import Backup, back_up
from store.copies.exporting import Export, export_parquet
from store.copies.publishing import publish
from store.diffs.totals import diff_of, total
from store.guide.cookbook import Question, find_question, load_questions
from store.ledger import Ledger, open_ledger
from store.lock import write_lock
from store.reading.days import days_with_articles, due_days, read_day, read_hits
from store.reading.loading import load_extractions
from store.reading.proposals import Proposal, read_named, read_proposals
from store.reading.query import QueryResult, run_query
from store.reading.status import RunStatus, Status, read_status
from store.reading.stored import read_articles, read_places
from store.reading.watching import watchable
from store.writing.placing import as_fetched

__all__ = [
    "Backup",
    "Export",
    "Ledger",
    "Proposal",
    "QueryResult",
    "Question",
    "RunStatus",
    "Status",
    "as_fetched",
    "back_up",
    "days_with_articles",
    "diff_of",
    "due_days",
    "export_parquet",
    "find_question",
    "load_extractions",
    "load_questions",
    "open_ledger",
    "publish",
    "read_articles",
    "read_day",
    "read_hits",
    "read_named",
    "read_places",
    "read_proposals",
    "read_status",
    "run_query",
    "total",
    "watchable",
    "write_lock",
]
