"""How fast fetching is beside a bare loop that reads the same feeds and pages: `python -m bench.fetch`.

A local server answers for 500 invented hosts, 20 ms after each request; the hosts are resolved to it by an injected
resolver, and neither side waits between two requests to one host. Every run is a process of its own; all of them, the
server included, share two cores. A run that does not read every item and every page has no figures.

- `ours` is `poll_feeds` and `fetch_articles` as a user runs them, raw answers kept, robots.txt asked for.
- `bare` is what a script would do: httpx, a semaphore, feedparser and trafilatura called inside the loop. It is the
  reference, being the plainest.
- `threads` is `bare` with the parsers called by `asyncio.to_thread`, which the interpreter's lock leaves little of.
- `processes` is `ours` with pages read in a pool of two processes: what such a pool would bring.

Parsing is counted as processor time of the threads that parse, from the bytes of an answer to its items or its text.
"""
