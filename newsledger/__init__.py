"""The stages of the pipeline, left to right: fetch, extract, stories, digest; `records` is what they hand on."""

__version__ = "0.1.0"
