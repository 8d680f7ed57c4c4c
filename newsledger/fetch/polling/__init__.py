"""Asking the feeds: when, with which validators, and what each answer makes us remember."""
