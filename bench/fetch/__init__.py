"""How fast fetching is beside a bare loop that reads the same feeds and pages: `python -m bench.fetch`.

A local server answers for 500 invented hosts, 20 ms after each request; the hosts are resolved to it by an injected
resolver. Every run is a process of its own, and all of them, the server included, share two cores.

- `ours` is `poll_feeds` and `fetch_articles` as a user runs them, raw answers kept, robots.txt asked for.
- `bare` is what a script would do: httpx, a semaphore, feedparser and trafilatura called inside the loop. It is the
  reference, since it is faster than `threads`: two threads that parse hold each other up.
- `threads` is the same with the parsers called by `asyncio.to_thread`.
- `processes` is `ours` with pages read in a pool of two processes: what such a pool would bring.
"""
