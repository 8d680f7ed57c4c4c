"""The ledger itself: a DuckDB file with one writer, and the published copy that everybody queries.

This is the only room that imports duckdb and pyarrow; of ours it knows the records alone.
"""

from store.backup import Backup, back_up
from store.cookbook import Question, find_question, load_questions
from store.days import days_with_articles, read_day
from store.diffs import diff_of, total
from store.exporting import Export, export_parquet
from store.ledger import Ledger, open_ledger
from store.loading import load_extractions
from store.lock import write_lock
from store.placing import as_fetched
from store.proposals import Proposal, read_named, read_proposals
from store.publishing import publish
from store.query import QueryResult, run_query
from store.status import RunStatus, Status, read_status
from store.stored import read_articles

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
    "export_parquet",
    "find_question",
    "load_extractions",
    "load_questions",
    "open_ledger",
    "publish",
    "read_articles",
    "read_day",
    "read_named",
    "read_proposals",
    "read_status",
    "run_query",
    "total",
    "write_lock",
]
