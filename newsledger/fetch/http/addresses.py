"""Which addresses may be asked: public ones, and those that the configuration lets through."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
# RFC 6052: what a NAT64 gateway turns into the IPv4 address in the last four bytes.
_NAT64 = IPv6Network("64:ff9b::/96")
# Not on the public internet either, though not every Python says so: IETF assignments, local NAT64, site-local, and
# the long abandoned form of IPv4 addresses.
_NEVER = (
    IPv4Network("192.0.0.0/24"),
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("fec0::/10"),
    IPv6Network("::/96"),
)


@dataclass(frozen=True, slots=True)
class AllowList:
    """The entries of `fetch.allow_addresses`: a host or address, a host:port, or a network in CIDR form."""

    hosts: frozenset[str]
    networks: tuple[IPv4Network | IPv6Network, ...]

    @classmethod
    def of(cls, entries: tuple[str, ...]) -> AllowList:
        """Read the entries; what is no network is taken as a host, with or without a port."""
        networks = tuple(network for entry in entries if (network := _network(entry)))
        return cls(frozenset(entry.lower() for entry in entries if not _network(entry)), networks)

    def covers(self, host: str, port: int, address: Address) -> bool:
        """Tell whether an entry names the host, the address, or a network that holds it."""
        names = {host, f"{host}:{port}", str(address), _bracketed(address, port)}
        return bool(names & self.hosts) or any(address in network for network in self.networks)


def refusal(address: Address) -> str | None:
    """Say why an address must not be asked: it, or the IPv4 address wrapped in it, is not on the public internet."""
    for inner in (address, *_wrapped(address)):
        if inner.is_multicast or not inner.is_global or any(inner in network for network in _NEVER):
            return f"{address} is {_kind(inner)}"
    return None


def _network(entry: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(entry, strict=False)
    except ValueError:
        return None


def _bracketed(address: Address, port: int) -> str:
    return f"[{address}]:{port}" if isinstance(address, IPv6Address) else f"{address}:{port}"


def _wrapped(address: Address) -> tuple[IPv4Address, ...]:
    """Unwrap what reaches an IPv4 host under an IPv6 address: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, IPv4Address):
        return ()
    nat64 = IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
    teredo = address.teredo[1] if address.teredo else None
    return tuple(inner for inner in (address.ipv4_mapped, address.sixtofour, teredo, nat64) if inner)


def _kind(address: Address) -> str:
    kinds = ("loopback", "link_local", "unspecified", "multicast", "private", "reserved")
    return next((kind.replace("_", "-") for kind in kinds if getattr(address, f"is_{kind}")), "not public")


def parse_address(text: str) -> Address:
    """Read an address as a resolver gives it, with or without a zone."""
    return ip_address(text.partition("%")[0])
