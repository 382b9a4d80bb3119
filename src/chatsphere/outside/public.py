"""Which addresses are the Internet's: not this machine, not the network around it, by whatever spelling.

The library's `is_global` is not enough: on Python 3.11 it says yes to `::169.254.169.254` and `64:ff9b::a9fe:a9fe`.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_V4_SPECIAL = tuple(
    map(
        IPv4Network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
            *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        ),
    )
)
_V6_SPECIAL = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
_V6_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_6TO4 = IPv6Network("2002::/16")
# The last four bytes of these are an IPv4 address: mapped, compatible, translated, NAT64.
_V4_AT_THE_END = tuple(map(IPv6Network, ("::ffff:0:0/96", "::/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
_ISATAP = (b"\x00\x00\x5e\xfe", b"\x02\x00\x5e\xfe")


def is_public(text: str) -> bool:
    """Whether this address, and every IPv4 address inside it, is one of the Internet's; False for what is none."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return _public_v4(address)
    return _public_v6(address) and all(_public_v4(inner) for inner in _inside(address))


def _public_v4(address: IPv4Address) -> bool:
    return address.is_global and not any(address in network for network in _V4_SPECIAL)


def _public_v6(address: IPv6Address) -> bool:
    # A list of what is let through, not of what is not: of the rest of the space nothing is in use by the Internet.
    if address.scope_id is not None:
        return False
    usual = address in _V6_UNICAST and not any(address in network for network in _V6_SPECIAL)
    return usual or address in _NAT64


def _inside(address: IPv6Address) -> Iterator[IPv4Address]:
    if any(address in network for network in _V4_AT_THE_END) or address.packed[8:12] in _ISATAP:
        yield IPv4Address(address.packed[12:])
    if address in _6TO4:
        yield IPv4Address(address.packed[2:6])
