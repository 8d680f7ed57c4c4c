"""What a run fetches with: the policy, the clock, how names resolve, where raw answers are kept, what hosts said."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from newsledger.fetch.http.hosts import Hosts

if TYPE_CHECKING:
    import ssl
    from datetime import datetime

    from newsledger.fetch.archive import Archive
    from newsledger.records.config import FetchPolicy

# Gives the addresses of a host and port, as text; raises OSError where the name does not resolve.
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
# Look-ups may hang for many seconds each, and the loop's own few threads are needed for parsing.
_LOOK_UPS = ThreadPoolExecutor(64, thread_name_prefix="resolver")


async def ask_system(host: str, port: int) -> Sequence[str]:
    """Resolve a name as the system does."""
    look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await asyncio.get_running_loop().run_in_executor(_LOOK_UPS, look_up)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How to reach the network: politely by `policy`, at the times of `clock`, by the addresses that `resolve` gives.

    Raw answers go to `archive`, where there is one. `tls` says whom to trust, in place of the usual authorities.
    `hosts` is what the run has learnt of hosts, so each run has a network of its own, and one for all its parts.
    """

    policy: FetchPolicy
    clock: Callable[[], datetime]
    archive: Archive | None = None
    resolve: Resolver = ask_system
    tls: ssl.SSLContext | None = None
    hosts: Hosts = field(default_factory=Hosts, compare=False, repr=False)
