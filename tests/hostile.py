"""A provider of our own that says whatever it is told to: a small server, and tokens signed in every wrong way."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CLIENT_ID, CLIENT_SECRET = "chatsphere-tests", "a secret: with/odd+signs"
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
RSA_KEY = rsa.generate_private_key(65537, 2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())
SHORT_KEY = rsa.generate_private_key(65537, 1024)  # noqa: S505 - that is what is wrong with it
STRANGE_KEY = rsa.generate_private_key(65537, 2048)


def coded(data: bytes | dict[str, Any]) -> str:
    """Base64 as tokens have it; a dictionary as JSON."""
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def public(key: Key, kid: str | None, **more: Any) -> dict[str, Any]:
    """The JSON Web Key of a key's public half."""
    named = {"kid": kid, **more} if kid is not None else more
    if isinstance(key, rsa.RSAPrivateKey):
        numbers = key.public_key().public_numbers()
        return {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e), **named}
    point = key.public_key().public_numbers()
    return {"kty": "EC", "crv": "P-256", "x": _number(point.x, 32), "y": _number(point.y, 32), **named}


def _number(number: int, size: int = 0) -> str:
    return coded(number.to_bytes(size or (number.bit_length() + 7) // 8))


def pem(key: Key) -> bytes:
    """The public half as everybody may read it; in key confusion it is taken for a shared secret."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def token(claims: dict[str, Any], header: dict[str, Any], key: Key | bytes | None) -> str:
    """A token signed with this key: of a secret (bytes) by HMAC, of None not at all."""
    said = f"{coded(header)}.{coded(claims)}"
    return f"{said}.{coded(_signature(said.encode(), key))}"


def _signature(said: bytes, key: Key | bytes | None) -> bytes:
    if key is None:
        return b""
    if isinstance(key, bytes):
        return hmac.digest(key, said, hashlib.sha256)
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(said, padding.PKCS1v15(), SHA256())
    r, s = decode_dss_signature(key.sign(said, ec.ECDSA(SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


class Hostile:
    """The provider: honest until told otherwise. `asked` holds what the token endpoint was sent."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.issuer = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.document: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {"alg": "RS256", "kid": "one"}
        self.key: Key | bytes | None = RSA_KEY
        self.keys: list[dict[str, Any]] = [public(RSA_KEY, "one", use="sig"), public(EC_KEY, "two")]
        self.said: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.nonce = ""
        self.status, self.location, self.body = 200, "", b""
        self.drips, self.stopped = False, threading.Event()
        self.asked: list[dict[str, str]] = []
        self.paths: list[str] = []

    def start(self) -> None:
        """Answer from now on."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Be away."""
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()

    def claims_that(self, **claims: Any) -> Self:
        """Say this in its tokens; `...` leaves a claim out."""
        self.claims.update(claims)
        return self

    def signs(self, *with_key: Key | bytes | None, **header: Any) -> Self:
        """Sign with this, saying this of it; `...` leaves a part out."""
        self.key = with_key[0] if with_key else self.key
        self.header.update(header)
        return self

    def answers(self, body: bytes = b"", status: int = 200, location: str = "", **said: Any) -> Self:
        """Answer so when asked for tokens, or with this among them."""
        self.body, self.status, self.location = body, status, location
        self.said.update(said)
        return self

    def has(self, *keys: dict[str, Any]) -> Self:
        """Show these keys, and no others."""
        self.keys = list(keys)
        return self

    def shows(self, *keys: dict[str, Any], **document: Any) -> Self:
        """Show these keys too, and say this of itself."""
        self.keys.extend(keys)
        self.document.update(document)
        return self

    def tokens(self) -> dict[str, Any]:
        """What the token endpoint gives."""
        now = int(time.time())
        honest = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": "somebody",
            "nonce": self.nonce,
            "iat": now,
            "exp": now + 300,
            "email": "eve@example.org",
            "email_verified": True,
        }
        claims = {name: value for name, value in (honest | self.claims).items() if value is not ...}
        header = {name: value for name, value in self.header.items() if value is not ...}
        return {"access_token": "x", "token_type": "Bearer", "id_token": token(claims, header, self.key)} | self.said

    def answer(self, path: str) -> dict[str, Any]:
        """What it says at an address."""
        if path == "/.well-known/openid-configuration":
            ends = {
                "authorization_endpoint": "/auth",
                "token_endpoint": "/token",
                "jwks_uri": "/jwks",
                "userinfo_endpoint": "/me",
            }
            return {"issuer": self.issuer, **{name: self.issuer + end for name, end in ends.items()}} | self.document
        return {"/jwks": {"keys": self.keys}, "/me": self.userinfo}.get(path) or self.tokens()


def _handler(hostile: Hostile) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hostile.paths.append(self.path)
            self._say(200, json.dumps(hostile.answer(self.path)).encode())

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            given = {"authorization": self.headers.get("Authorization", "")}
            hostile.asked.append(given | {name: values[0] for name, values in form.items()})
            self._say(hostile.status, hostile.body or json.dumps(hostile.answer("/token")).encode())

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            if status in (302, 307):
                self.send_header("Location", hostile.location)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            with suppress(OSError):
                while hostile.drips and not hostile.stopped.wait(0.02):
                    self.wfile.write(b" ")
                self.wfile.write(body)

        def log_message(self, *said: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def hostile_provider() -> Iterator[Hostile]:
    """One that answers while it is needed."""
    provider = Hostile()
    provider.start()
    yield provider
    provider.stop()
