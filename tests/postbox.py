"""A real mail server of the suite's own, that keeps what it is given."""

from __future__ import annotations

import datetime
import ipaddress
import re
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.services import free_port

USER, PASSWORD = "chat", "p@ss:word/+%"
ACCEPTED = "250 OK"


class Postbox:
    """Takes letters; `answers` are given to the next ones instead of a yes: to `RCPT` or to `DATA`."""

    def __init__(self) -> None:
        self.port = free_port()
        self.envelopes: list[Envelope] = []
        self.signed_in: list[bool] = []
        self.answers: dict[str, list[str]] = {"RCPT": [], "DATA": []}
        self._arrived = threading.Condition()

    @property
    def url(self) -> str:
        """Where it listens, without encryption."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def letters(self) -> list[EmailMessage]:
        """What it was given, oldest first."""
        return [message_from_bytes(one.content, policy=policy.default) for one in self.envelopes]  # type: ignore[arg-type]

    def to(self, address: str, count: int = 1, seconds: float = 15) -> list[EmailMessage]:
        """The letters to an address, waiting until there are so many."""
        deadline = time.monotonic() + seconds
        with self._arrived:
            while len(found := [one for one in self.letters if one["To"] == address]) < count:
                if not self._arrived.wait(deadline - time.monotonic()):
                    raise AssertionError(f"{len(found)} letters of {count} came for {address}")
        return found

    async def handle_RCPT(self, server: Any, session: Session, envelope: Envelope, address: str, options: Any) -> str:  # noqa: N802
        """Take a recipient, or refuse as a scene wants it."""
        if self.answers["RCPT"]:
            return self.answers["RCPT"].pop(0)
        envelope.rcpt_tos.append(address)
        return ACCEPTED

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a letter, or refuse as a scene wants it."""
        if self.answers["DATA"]:
            return self.answers["DATA"].pop(0)
        with self._arrived:
            self.envelopes.append(envelope)
            self.signed_in.append(bool(session.authenticated))
            self._arrived.notify_all()
        return ACCEPTED


def links_in(letter: EmailMessage) -> list[str]:
    """Every address of a page in a letter, as whoever reads its text sees it."""
    body = letter.get_body(("plain",))
    assert body is not None
    return re.findall(r"https?://\S+", body.get_content())


@contextmanager
def receiving(postbox: Postbox, **how: Any) -> Iterator[Postbox]:
    """The mail server, for a while; `how` is aiosmtpd's."""
    controller = Controller(postbox, hostname="127.0.0.1", port=postbox.port, **how)
    controller.start()
    try:
        yield postbox
    finally:
        controller.stop()


def only_the_user(server: Any, session: Any, envelope: Any, mechanism: str, auth: Any) -> AuthResult:
    """An authenticator that knows one name and password."""
    right = isinstance(auth, LoginPassword) and (auth.login, auth.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


class Authority:
    """A certificate authority of one's own, as a company or a home has it."""

    def __init__(self, folder: Path) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority of one's own")])
        self.file = folder / "authority.pem"
        basic = x509.BasicConstraints(ca=True, path_length=0)
        self.file.write_bytes(_pem(self._signed(self._name, self._key, basic, None)))
        self._folder = folder

    def context(self) -> ssl.SSLContext:
        """What a server on this machine is encrypted with."""
        key, here = ec.generate_private_key(ec.SECP256R1()), ipaddress.ip_address("127.0.0.1")
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        names = x509.SubjectAlternativeName([x509.IPAddress(here)])
        signed = self._signed(name, key, x509.BasicConstraints(ca=False, path_length=None), names)
        form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        chain = self._folder / "server.pem"
        chain.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain) + _pem(signed))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain)
        return context

    def _signed(
        self,
        name: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        basic: x509.BasicConstraints,
        names: x509.SubjectAlternativeName | None,
    ) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(hours=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(basic, critical=True)
        )
        if names:
            builder = builder.add_extension(names, critical=False)
        return builder.sign(self._key, hashes.SHA256())


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
