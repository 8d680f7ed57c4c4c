"""Who did what to whom, and whether it happened."""

from newsledger.extract.events.finding import find_events

__all__ = ["find_events"]
