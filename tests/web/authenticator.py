"""A device that makes and uses passkeys as browsers would have it, or otherwise where a scene wants it so."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HERE = "http://localhost:8000"
_PRESENT, _VERIFIED, _ATTESTED = 1, 4, 64


@dataclass
class Device:
    """One device with one passkey at most; what is different from a good one is said when it is asked."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: bytes = b""
    count: int = 0

    def creates(self, options: dict[str, Any], **odd: Any) -> dict[str, Any]:
        """A new passkey, as `PublicKeyCredential.toJSON` says it."""
        self.handle = _bytes(options["user"]["id"])
        self.count += 1
        attested = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + self._public()
        data = self._data(odd, _ATTESTED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = _client_data("webauthn.create", options, odd)
        return self._json(
            {"clientDataJSON": _text(said), "attestationObject": _text(attestation), "transports": ["usb"]}
        )

    def uses(self, options: dict[str, Any], **odd: Any) -> dict[str, Any]:
        """The passkey used, as `PublicKeyCredential.toJSON` says it."""
        self.count = odd.get("count", self.count + 1)
        said, data = _client_data("webauthn.get", options, odd), self._data(odd)
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        handle = odd.get("handle", self.handle)
        return self._json(
            {
                "clientDataJSON": _text(odd.get("replaced", said)),
                "authenticatorData": _text(data),
                "signature": _text(signed),
                "userHandle": None if handle is None else _text(handle),
            }
        )

    def _json(self, response: dict[str, Any]) -> dict[str, Any]:
        name = _text(self.credential_id)
        return {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}, "response": response}

    def _data(self, odd: dict[str, Any], flags: int = 0) -> bytes:
        flags |= (_PRESENT if odd.get("present", True) else 0) | (_VERIFIED if odd.get("verified", True) else 0)
        site = hashlib.sha256(odd.get("site", "localhost").encode()).digest()
        return site + bytes([flags]) + self.count.to_bytes(4, "big")

    def _public(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})


def _client_data(kind: str, options: dict[str, Any], odd: dict[str, Any]) -> bytes:
    said = {"type": kind, "challenge": options["challenge"], "origin": HERE, "crossOrigin": False}
    return json.dumps(said | {name: odd[name] for name in said if name in odd}).encode()


def asks(client: FlaskClient, path: str, body: Any = None, **how: Any) -> TestResponse:
    """What the page's script sends, from a page of this very address."""
    headers = {"Sec-Fetch-Site": "same-origin", **how.pop("headers", {})}
    return client.post(path, json={} if body is None else body, base_url=HERE, headers=headers, **how)


def options(client: FlaskClient, path: str) -> dict[str, Any]:
    """What the browser is to ask the device."""
    answer = asks(client, f"{path}/options")
    assert answer.status_code == 200, answer.text
    return dict(answer.json)  # type: ignore[arg-type]


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "===")
