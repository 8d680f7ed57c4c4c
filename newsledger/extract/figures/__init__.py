"""Numbers with what they count, and how two of them compare."""

from newsledger.extract.figures.comparing import Amount, agree, amount_of
from newsledger.extract.figures.finding import find_figures

__all__ = ["Amount", "agree", "amount_of", "find_figures"]
