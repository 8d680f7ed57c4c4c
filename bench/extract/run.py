"""One process that reads: `python -m bench.extract.run FIRST COUNT EVERY` prints JSON after every EVERY articles."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from bench.extract.stages import Watch
from bench.extract.texts import make_article
from flows.config import read_config
from flows.decisions import lexicon_of
from newsledger.extract import extract

_CONFIG = Path(__file__).resolve().parents[2] / "config.yaml"
_MIB = 1 << 20


def main() -> None:
    """Read the articles from FIRST on."""
    first, count, every = map(int, sys.argv[1:])
    lexicon = lexicon_of(read_config(_CONFIG))()
    watch = Watch()
    watch.start()
    extract(make_article(first), lexicon)
    watch.seconds.clear()
    clock = processor = 0.0
    words = 0
    for number in range(1, count + 1):
        article = make_article(first + number)
        words += len(article.text.split())
        began, spent = time.perf_counter(), time.process_time()
        extract(article, lexicon)
        clock, processor = clock + time.perf_counter() - began, processor + time.process_time() - spent
        if number % every == 0:
            told = {"articles": number, "words": words, "clock": clock, "processor": processor}
            print(json.dumps({**told, "stages": watch.seconds, "mib": _resident() / _MIB}), flush=True)


def _resident() -> int:
    """Say how many bytes of this process lie in memory."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    main()
