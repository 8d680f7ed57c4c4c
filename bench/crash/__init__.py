"""Whether a run may end in any way: `python -m bench.crash [--rounds 50] [--seed 1]`.

The command that a user has, `newsledger run --plain`, runs in a folder of its own: each time with new documents in the
seed corpus and with a feed on a local server that lists new pages and forgets those of the time before.

- `kill`: it is ended by SIGKILL at a random moment.
- `full`: its disk, a small tmpfs, is filled before it starts or at a random moment. Left out, and said so, where no
  tmpfs can be mounted.
- `two writers`: two of them start at once.

After each the books are looked at: `checking` says what must hold. Then a run that nobody disturbs must make good what
was cut off, and the next one must find nothing to do.
"""
