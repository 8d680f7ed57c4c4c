"""How the store bears a million articles: `python -m bench.store [--articles 1000000] [--growth FILE.svg]`.

The articles are made up, the same ones on any machine: about 2 kB of words that follow Zipf's law, with the records
that extraction would find in them, 500 sources, and a year of days in the order of time. They go through the whole
save path, as a run's do: placed, made rows and columns of, written in one transaction a batch, with their feeds'
books. Beside it stands the limit: the same columns, made beforehand, put into empty tables by nothing but inserts.

Then it is asked what people ask: to save the same again, to be published, to be looked through for contradictions, and
every question of the cookbook, on the published copy, with a reader's settings, each in a process of its own for its
memory. Times are medians. All files lie in a temporary folder, or in `--folder`, where they stay.
"""
