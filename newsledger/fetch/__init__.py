"""The network and files: feeds, their pages and a user's documents, made into articles."""

from newsledger.fetch.documents import read_documents
from newsledger.fetch.items.fetching import fetch_articles
from newsledger.fetch.items.selection import choose, settle
from newsledger.fetch.polling.polls import poll_feeds

__all__ = ["choose", "fetch_articles", "poll_feeds", "read_documents", "settle"]
