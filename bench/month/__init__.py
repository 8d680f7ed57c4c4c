"""A simulated month for the digest: `python -m bench.month [--days 30] [--articles 3000] [--seed 1]`.

Forty made-up sources tell a month of made-up stories of 2031: meetings that are held or called off, tolls that grow,
prices that two sides give differently, accusations and denials, drills, loans, strikes. Each story is told by several
outlets in words of their own, copied by others (cut, with another headline, with the lead swapped, re-worded), and
lies among local news that has nothing to do with it. Articles are changed without a word, feeds fall silent or fail.

Day by day it goes the way of a real run, with a clock that is the simulated one: the feeds list, the run chooses,
extracts, saves, finds the stories and publishes, and the digest of the day is written from the published copy. Only
the network is left out. Then each thing that was planted must stand in the right section of the right day, nothing may
be told twice, and what somebody falsifies in the published copy must be refused. All files lie in a temporary folder.
"""
