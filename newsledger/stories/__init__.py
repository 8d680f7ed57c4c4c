"""Which articles tell one story, which copy another, and from whom each has its news; see `tell_stories`."""

from newsledger.stories.telling import tell_stories

__all__ = ["tell_stories"]
