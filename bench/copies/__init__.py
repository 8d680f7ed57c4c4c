"""How well copies of a text are told from reports of the same events: `python -m bench.copies`."""
