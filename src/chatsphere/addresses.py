"""Where requests come from: what proxies say of it is believed from the addresses in the settings, from nobody else."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Some proxies write down the port as well.
_WITH_PORT = re.compile(r"\[(?P<six>[^\[\]]+)\](?::\d{1,5})?|(?P<four>[\d.]+):\d{1,5}", re.ASCII)


def networks(trusted: Iterable[object]) -> list[Network]:
    """The proxies of the settings, to be looked into."""
    return [ipaddress.ip_network(str(proxy), strict=False) for proxy in trusted]


def client(peer: str, forwarded_for: str, trusted: Sequence[Network]) -> str:
    """Who asks: the peer itself or, where it is a trusted proxy, whoever it says it asks for."""
    found = plain(peer)
    if not is_in(found, trusted):
        return found
    # From the right: each hop was written by the one before it, so the first that is not ours is the client.
    for hop in reversed(forwarded_for.split(",")):
        if not hop.strip():
            continue
        said = plain(hop.strip())
        if not _is_address(said):
            break
        found = said
        if not is_in(found, trusted):
            break
    return found


# Most who ask ask again.
@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """An address as it is written by itself; what is none stays as it is.

    Without its port and zone, and of IPv4 in IPv6, which a socket for both tells, what is in it: else everybody who
    comes by IPv4 would be of one IPv6 network, and no IPv4 network would hold a proxy.
    """
    found = _WITH_PORT.fullmatch(text)
    bare = (found["six"] or found["four"]) if found else text
    try:
        number = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return text
    return str((number.ipv4_mapped if number.version == 6 else None) or number)


def customer(address: str) -> str:
    """Whom limits count together: an address or, of IPv6, the network that one customer is given."""
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return address or "unknown"
    return str(ipaddress.ip_network((number, 64), strict=False)) if number.version == 6 else address


def is_in(address: str, trusted: Sequence[Network]) -> bool:
    """Whether this is one of the trusted proxies."""
    return bool(trusted) and _is_address(address) and any(ipaddress.ip_address(address) in one for one in trusted)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
