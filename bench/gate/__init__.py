"""Whether the extractor reads as well as it did: `python -m bench.gate [SET ...] [--full] [--pin]`.

`sets` says what is measured on which gold data, `measuring` reads and scores a set with the command that a user has,
`floors` holds today's figures against `floors.toml`. A floor belongs to the very data that it was measured on, which a
digest tells, and for the same data it only goes up. docs/quality.md says more.
"""
