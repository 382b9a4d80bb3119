"""An Internet of the suite's own: names, addresses, and servers behind them that say whatever they are told to."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from chatsphere.outside.fetch import Client

HOME = "93.184.215.14"
"""A public address that everything stands at unless a scene says otherwise."""

Says = Callable[[str], Iterable[bytes]]
"""From a request's head to what is sent back, piece by piece, until the other side hangs up."""


def answer(body: bytes | str, kind: str = "text/html; charset=utf-8", status: str = "200 OK", *more: str) -> bytes:
    """A whole answer."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(data)}", *more]
    return "\r\n".join([*lines, "", ""]).encode() + data


class Internet:
    """Names lead to addresses, addresses to servers; what was looked up, dialled and asked is remembered."""

    def __init__(self, folder: Path) -> None:
        self.names: dict[str, list[list[str]]] = {}
        self.says: dict[tuple[str, int], Says] = {}
        self.looked: list[str] = []
        self.dialled: list[tuple[str, int]] = []
        self.asked: list[str] = []
        self.over = threading.Event()
        self._pages: dict[str, bytes] = {}
        self._folder = folder
        self._secured: dict[int, ssl.SSLContext] = {}

    def name(self, host: str, *answers: list[str]) -> None:
        """The name leads to these addresses, each time it is looked up to the next list; the last stays."""
        self.names[host] = list(answers) or [[HOME]]

    def serve(self, says: Says, address: str = HOME, port: int = 80) -> None:
        """A server at an address."""
        self.says[address, port] = says

    def page(self, url: str, whole: bytes) -> None:
        """An answer to what is asked by http at this address, all of them on one server."""
        host, _, path = url.removeprefix("http://").partition("/")
        self.name(host)
        self._pages[f"{host}/{path}"] = whole
        self.serve(self._paged)

    def _paged(self, head: str) -> Iterable[bytes]:
        path = head.split(" ")[1]
        host = next(line[6:] for line in head.split("\r\n") if line.startswith("Host: "))
        return [self._pages.get(host + path, answer("", status="404 Not Found"))]

    def client(self, **how: object) -> Client:
        """The real client, on this Internet: all but the wires is as it is in a house."""
        return Client(resolve=self._resolve, dial=self._dial, **how)  # type: ignore[arg-type]

    def _resolve(self, host: str, _port: int) -> list[str]:
        self.looked.append(host)
        left = self.names.get(host)
        if left is None:
            raise OSError("no such name")
        return left.pop(0) if len(left) > 1 else left[0]

    def _dial(self, address: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append((address, port))
        if (address, port) not in self.says:
            raise ConnectionRefusedError
        ours, theirs = socket.socketpair()
        ours.settimeout(seconds)
        threading.Thread(target=self._answer, args=(theirs, address, port), daemon=True).start()
        return ours

    def _answer(self, line: socket.socket, address: str, port: int) -> None:
        with suppress(OSError), line:
            secured = self._secured[port].wrap_socket(line, server_side=True) if port in self._secured else line
            with secured:
                head = b""
                while b"\r\n\r\n" not in head and (piece := secured.recv(4096)):
                    head += piece
                self.asked.append(head.decode("latin-1"))
                for piece in self.says[address, port](head.decode("latin-1")):
                    secured.sendall(piece)

    def secure(self, *hosts: str) -> Callable[[], ssl.SSLContext]:
        """Servers at port 443 show a certificate for these names; returns what trusts it."""
        certificate = self._folder / "certificate.pem"
        certificate.write_bytes(_certificate(hosts))
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.load_cert_chain(certificate)
        self._secured[443] = server
        return lambda: ssl.create_default_context(cafile=str(certificate))


def _certificate(hosts: Iterable[str]) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "an Internet of our own")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + made.public_bytes(Encoding.PEM)


@contextmanager
def open_internet(folder: Path) -> Iterator[Internet]:
    """An Internet that lasts as long as a scene."""
    internet = Internet(folder)
    yield internet
    internet.over.set()
