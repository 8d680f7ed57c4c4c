"""Whether two printed names name the same thing; `comparing.py` is the way in."""

from newsledger.extract.naming.comparing import SAME, similarity
from newsledger.extract.naming.forms import NameKind

__all__ = ["SAME", "NameKind", "similarity"]
