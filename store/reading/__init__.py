"""What is stored on its way out: articles, days, proposals, the answers to queries."""
