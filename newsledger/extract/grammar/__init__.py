"""Words, phrases, clauses, quotes and numbers of English: what statements and events are read by, without a parser."""
