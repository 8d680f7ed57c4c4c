"""Who said what: source, cue and content, and the chain of those who relay it."""

from newsledger.extract.statements.finding import find_statements

__all__ = ["find_statements"]
