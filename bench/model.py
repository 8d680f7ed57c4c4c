"""How fast the bundled model reads, and what it takes: `python -m bench.model`.

A fixed text is read in fresh processes: one alone, then one a core side by side. Prints medians, in word pieces a
second, the seconds until the first word is read, and the peak memory of a process.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys

ROUNDS = 5
# Written for this measurement: wire prose of ordinary length, repeated until reading it takes a while.
TEXT = (
    "The trade ministers of Latvia and Estonia met in Valmiera on Tuesday to discuss a rail link that both countries "
    "have planned since 2017. Minister Janis Ozols said after the talks that the tender would open in March, while his "
    "Estonian counterpart Liis Tamm warned that costs had risen by 14 percent to 2.3 billion euros. The operator, "
    "Baltic Northern Rail, declined to comment. According to the news agency LETA, the European Commission will decide "
    "on further grants by the end of the year.\n\n"
)
REPEATED = 160
PROGRAM = """
import json, resource, sys, time
started = time.perf_counter()
from newsledger.extract.document import read_document
from newsledger.extract.model.pieces import cut
from newsledger.extract.model.reading import read
read(read_document("A word."))
loaded = time.perf_counter() - started
document = read_document(sys.stdin.read())
pieces = len(cut(document.text).ids)
started = time.perf_counter()
read(document)
seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"loaded": loaded, "pace": pieces / seconds, "peak": peak}))
"""


def measure(processes: int) -> list[dict[str, float]]:
    """Read the text in so many processes at a time; give what each measured."""
    command = [sys.executable, "-c", PROGRAM]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    for process in running:
        if process.stdin:
            process.stdin.write(TEXT * REPEATED)
            process.stdin.close()
    return [json.loads(process.stdout.read()) for process in running if process.stdout and not process.wait()]


def main() -> None:
    """Print the medians."""
    cores = os.cpu_count() or 1
    for processes in dict.fromkeys((1, cores)):
        rounds = [measure(processes) for _ in range(ROUNDS)]
        pace = statistics.median(sum(one["pace"] for one in found) for found in rounds)
        loaded = statistics.median(one["loaded"] for found in rounds for one in found)
        peak = statistics.median(one["peak"] for found in rounds for one in found)
        print(
            f"{processes} process{'es' if processes > 1 else ''}: {pace:,.0f} pieces a second, "
            f"first word after {loaded:.2f} s, {peak:.0f} MiB at most each",
        )


if __name__ == "__main__":
    main()
