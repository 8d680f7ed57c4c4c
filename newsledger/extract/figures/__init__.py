"""Numbers with what they count."""

from newsledger.extract.figures.finding import find_figures

__all__ = ["find_figures"]
