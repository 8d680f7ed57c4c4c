"""Article in, records out: pure, deterministic, total. No clock, no network, no database."""

from newsledger.extract.pipeline import EXTRACTOR, extract, version, versions_of

__all__ = ["EXTRACTOR", "extract", "version", "versions_of"]
