"""Copies of the ledger: the published one, backups, Parquet."""
