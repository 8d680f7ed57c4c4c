"""The schema and the cookbook, written down for people."""
