"""What proxies say of a request: believed from the addresses in the settings, from nobody else."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

FORWARDED = "chatsphere.forwarded"
_HEADERS = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")


def behind(app: WSGIApplication, trusted: Iterable[object]) -> WSGIApplication:
    """The app, told the true address and scheme by trusted proxies."""
    networks = [ipaddress.ip_network(str(proxy), strict=False) for proxy in trusted]

    def passed_on(environ: WSGIEnvironment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ[FORWARDED] = any(name in environ for name in _HEADERS)
        if environ[FORWARDED] and _is_in(environ.get("REMOTE_ADDR", ""), networks):
            _believe(environ, networks)
        return app(environ, start_response)

    return passed_on


def _believe(environ: WSGIEnvironment, networks: list[Network]) -> None:
    hops = [hop.strip() for hop in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    # From the right: each hop was written by the one before it, so the first that is not ours is the client.
    for hop in reversed(hops):
        if not _is_address(hop):
            break
        environ["REMOTE_ADDR"] = hop
        if not _is_in(hop, networks):
            break
    if environ.get("HTTP_X_FORWARDED_PROTO") in ("http", "https"):
        environ["wsgi.url_scheme"] = environ["HTTP_X_FORWARDED_PROTO"]


def _is_in(address: str, networks: list[Network]) -> bool:
    return _is_address(address) and any(ipaddress.ip_address(address) in network for network in networks)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
