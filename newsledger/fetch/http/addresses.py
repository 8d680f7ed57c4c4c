"""Which addresses may be asked: public ones, and those that the configuration lets through."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
# What reaches an IPv4 host, the one in the last four bytes: addresses mapped (RFC 4291), and through NAT64 (RFC 6052).
_WRAPPING = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
# The part of the IPv6 space that is given out at all.
_UNICAST = IPv6Network("2000::/3")
# Not on the public internet either, though not every Python says so: IETF assignments (Teredo among them), relays of
# 6to4 and 6to4 itself, which leads to any IPv4 address, and addresses for documentation.
_NEVER = (
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv6Network("2001::/23"),
    IPv6Network("2002::/16"),
    IPv6Network("3fff::/20"),
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
    inner = _unwrapped(address)
    is_given_out = isinstance(inner, IPv4Address) or inner in _UNICAST
    if is_given_out and inner.is_global and not inner.is_multicast and not any(inner in never for never in _NEVER):
        return None
    return f"{address} is {_kind(inner)}"


def _network(entry: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(entry, strict=False)
    except ValueError:
        return None


def _bracketed(address: Address, port: int) -> str:
    return f"[{address}]:{port}" if isinstance(address, IPv6Address) else f"{address}:{port}"


def _unwrapped(address: Address) -> Address:
    is_wrapping = any(address in network for network in _WRAPPING)
    return IPv4Address(int(address) & 0xFFFFFFFF) if is_wrapping else address


def _kind(address: Address) -> str:
    kinds = ("loopback", "link_local", "unspecified", "multicast", "private", "reserved")
    return next((kind.replace("_", "-") for kind in kinds if getattr(address, f"is_{kind}")), "not public")


def parse_address(text: str) -> Address:
    """Read an address as a resolver gives it, with or without a zone."""
    return ip_address(text.partition("%")[0])
