"""Batches on their way in: placed beside what is stored, turned into rows, written in one transaction."""
