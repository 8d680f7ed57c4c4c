"""Queries that must find nothing, what mends the rest, and taking articles out."""
