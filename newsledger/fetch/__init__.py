"""The network and files: feeds, their pages and a user's documents, made into articles."""

from newsledger.fetch.archive import Archive
from newsledger.fetch.documents import read_documents
from newsledger.fetch.http.network import Network
from newsledger.fetch.items.fetching import fetch_articles
from newsledger.fetch.items.filters import EntryFilter
from newsledger.fetch.items.rereading import is_read_alike, read_anew
from newsledger.fetch.items.selection import Choice, choose, without_forgotten
from newsledger.fetch.polling.polls import poll_feeds

__all__ = [
    "Archive",
    "Choice",
    "EntryFilter",
    "Network",
    "choose",
    "fetch_articles",
    "is_read_alike",
    "poll_feeds",
    "read_anew",
    "read_documents",
    "without_forgotten",
]
