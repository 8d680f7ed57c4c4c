"""From what the feeds list to articles: which entries to fetch, and what became of each."""
