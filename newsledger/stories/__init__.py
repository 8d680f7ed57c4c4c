"""Near-duplicates, story clusters and storylines. Empty until the digest tells stories."""
