"""The one client that goes where people's links lead: to the Internet and nowhere else, and not for long.

Everything it meets may be hostile: the address, the name server, each redirect, the answer. So the addresses behind a
name are looked up once, all of them checked, and the connection goes to one that was; nobody is asked again in between.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna
from requests.utils import DEFAULT_CA_BUNDLE_PATH

from chatsphere.outside.public import is_public

PATIENCE = 5.0
"""Seconds for everything together: names, redirects, the answer."""
MOST_BYTES = 1 << 20
MOST_REDIRECTS = 3
LONGEST_URL = 2048
_PIECE = 16 * 1024
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = (301, 302, 303, 307, 308)
_HEADERS = {"User-Agent": "ChatSphere (link preview)", "Accept-Encoding": "identity", "Connection": "close"}

Resolve = Callable[[str, int], list[str]]
"""From a host and a port to every address that stands behind it."""
Dial = Callable[[str, int, float], socket.socket]
"""A connection to an address and a port, within so many seconds."""


class Unfit(Exception):
    """The address, or what was found there, is not one that we take."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was found, and where in the end; `whole` says that nothing of it was cut off."""

    url: str
    content_type: str
    charset: str | None
    body: bytes
    whole: bool


def split(url: str) -> SplitResult:
    """The parts of an address that we would ask, its host as name servers know it; Unfit for any other."""
    if len(url) > LONGEST_URL or not url.isprintable() or " " in url or "\\" in url:
        raise Unfit
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        # A colon is an IPv6 address's, which the resolver reads; a name is spelled in ASCII first.
        known = host if ":" in host else idna.encode(host.removesuffix("."), uts46=True).decode()
    except (ValueError, UnicodeError):
        raise Unfit from None
    usual = _PORTS.get(parts.scheme)
    if not known or usual is None or port not in (None, usual) or "@" in parts.netloc:
        raise Unfit
    target = quote(parts.path, safe="/%:@!$&'()*+,;=~") or "/"
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    return SplitResult(parts.scheme, f"[{known}]" if ":" in known else known, target, query, "")


class Client:
    """Fetches, one thing at a time per caller; each redirect is judged as the first address was. Thread-safe."""

    def __init__(
        self,
        *,
        resolve: Resolve | None = None,
        dial: Dial | None = None,
        tls: Callable[[], ssl.SSLContext] | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._resolve = resolve or _resolved
        self._dial = dial or _dialled
        self._tls = tls or _trusting
        self._patience = patience

    def get(self, url: str, types: Collection[str]) -> Fetched:
        """What is at this address, if it is of one of these types; raises Unfit."""
        until = time.monotonic() + self._patience
        for _ in range(MOST_REDIRECTS + 1):
            parts = split(url)
            found = self._ask(parts, types, until)
            if isinstance(found, Fetched):
                return found
            url = urljoin(parts.geturl(), found)
        raise Unfit

    def _ask(self, parts: SplitResult, types: Collection[str], until: float) -> Fetched | str:
        """What is there, or where one is sent from there."""
        host, port = parts.hostname or "", _PORTS[parts.scheme]
        line = self._connect(self._addresses(host, port, until), port, until)
        if parts.scheme == "https":
            line = self._tls().wrap_socket(line, server_hostname=host, do_handshake_on_connect=False)
        # Neither silence nor a byte now and then keeps anybody waiting: at its time the line is cut.
        timer = threading.Timer(max(0.0, until - time.monotonic()), _cut, (line,))
        timer.daemon = True
        timer.start()
        try:
            with line:
                if isinstance(line, ssl.SSLSocket):
                    line.do_handshake()
                return _exchange(line, parts, types, until)
        except (OSError, http.client.HTTPException, ValueError):
            raise Unfit from None
        finally:
            timer.cancel()

    def _addresses(self, host: str, port: int, until: float) -> list[str]:
        found: list[str] = []

        def look() -> None:
            with suppress(OSError, UnicodeError):
                found.extend(self._resolve(host, port))

        # The library's resolver cannot be told how long to take.
        looking = threading.Thread(target=look, name="resolver", daemon=True)
        looking.start()
        looking.join(_left(until))
        addresses = list(dict.fromkeys(found))
        if looking.is_alive() or not addresses or not all(map(is_public, addresses)):
            raise Unfit
        return addresses

    def _connect(self, addresses: list[str], port: int, until: float) -> socket.socket:
        for address in addresses[:3]:
            with suppress(OSError):
                return self._dial(address, port, _left(until))
        raise Unfit


def _exchange(connection: socket.socket, parts: SplitResult, types: Collection[str], until: float) -> Fetched | str:
    asking = http.client.HTTPConnection(parts.netloc)
    asking.sock = connection
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    asking.request("GET", target, headers=_HEADERS | {"Accept": ", ".join(types)})
    with asking.getresponse() as answer:
        if answer.status in _REDIRECTS:
            return _location(answer)
        kind = answer.headers.get_content_type()
        coded = answer.headers.get("Content-Encoding", "identity").lower() != "identity"
        if answer.status != 200 or kind not in types or coded:
            raise Unfit
        body = _read(answer, until)
        charset = answer.headers.get_content_charset()
    return Fetched(parts.geturl(), kind, charset, bytes(body[:MOST_BYTES]), len(body) <= MOST_BYTES)


def _location(answer: http.client.HTTPResponse) -> str:
    location = answer.headers.get("Location")
    if not location:
        raise Unfit
    return location.encode("latin-1", "replace").decode("utf-8", "replace")


def _read(answer: http.client.HTTPResponse, until: float) -> bytearray:
    body = bytearray()
    while len(body) <= MOST_BYTES and (piece := answer.read1(_PIECE)):
        body += piece
    # A line that was cut looks like an answer's end.
    _left(until)
    return body


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise Unfit
    return left


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        # The plain socket's, also of a secured one: its own takes the encryption away under whoever reads.
        socket.socket.shutdown(line, socket.SHUT_RDWR)


@lru_cache(maxsize=1)
def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)
    context.load_default_certs()
    return context


def _resolved(host: str, port: int) -> list[str]:
    name = host.strip("[]")
    return [str(found[4][0]) for found in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]


def _dialled(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), seconds)
