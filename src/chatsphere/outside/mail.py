"""Mail: letters handed to a mail server, or shown to whoever runs ChatSphere in a terminal where there is none."""

from __future__ import annotations

import logging
import smtplib
import socket
import ssl
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid, parseaddr
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote, urlsplit

import idna

if TYPE_CHECKING:
    from chatsphere.settings import Settings

log = logging.getLogger(__name__)

PATIENCE = 20
"""Seconds to wait for each of the mail server's answers."""
WHOLE = 90
"""Seconds for all of a conversation with it: less than a job's lease, or another runner would begin the letter too."""
_NEVER = 500


class MailError(Exception):
    """The letter could not be handed over; it may be tried again."""


class MailRefused(MailError):
    """The letter could not be handed over and never will be: another try would end alike."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is read: to one address, as text and as HTML."""

    to: str
    subject: str
    text: str
    html: str


class Mail(Protocol):
    """Where letters go."""

    def send(self, letter: Letter) -> None:
        """Hand it over; raises MailError where that did not work."""


class _Bounded(smtplib.SMTP):
    """A conversation that is cut off when it takes too long in all: a server that drips is never late with a byte."""

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:
        self._over = threading.Event()
        threading.Thread(target=self._cut, daemon=True).start()
        try:
            return super().connect(host, port, source_address)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._over.set()
        super().close()

    def _cut(self) -> None:
        wait: float = WHOLE
        # More than once: in the middle of a handshake there is nothing to shut down.
        while not self._over.wait(wait):
            wait = 0.5
            with suppress(OSError):
                if self.sock is not None:
                    # Not the TLS socket's own, which would go on in the clear.
                    socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


class _BoundedInTls(_Bounded, smtplib.SMTP_SSL):
    """The same inside TLS."""


class SmtpMail:
    """Hands letters to a mail server: `smtp://` with STARTTLS where it is offered, `smtps://` inside TLS.

    Whose certificate is believed is the system's to say, or that of the file in SSL_CERT_FILE.
    """

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        self._inside_tls = parts.scheme == "smtps"
        self._host = parts.hostname or "localhost"
        self._port = parts.port or (465 if self._inside_tls else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._sender = sender

    def send(self, letter: Letter) -> None:
        """Hand it over and wait for the server's yes."""
        try:
            message = self._message(letter)
        except ValueError:
            raise MailRefused("no letter can have this address or this subject") from None
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            raise _failure(error, refused=False) from None
        try:
            # Said once more: no header is to be read for it in another way than it was meant.
            server.send_message(message, to_addrs=[message["To"].addresses[0].addr_spec])
        except (OSError, smtplib.SMTPException) as error:
            raise _failure(error, refused=_for_good(error)) from None
        finally:
            # Once it has said yes the letter is its own: however it parts from us, it must not get it again.
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _connected(self) -> smtplib.SMTP:
        safely = ssl.create_default_context()
        if self._inside_tls:
            return self._greeted(_BoundedInTls(self._host, self._port, timeout=PATIENCE, context=safely))
        return self._greeted(_Bounded(self._host, self._port, timeout=PATIENCE), safely)

    def _greeted(self, server: smtplib.SMTP, safely: ssl.SSLContext | None = None) -> smtplib.SMTP:
        try:
            server.ehlo_or_helo_if_needed()
            if safely and server.has_extn("starttls"):
                server.starttls(context=safely)
                server.ehlo()
            if self._user:
                self._sign_in(server)
        except BaseException:
            server.close()
            raise
        return server

    def _sign_in(self, server: smtplib.SMTP) -> None:
        encrypted = isinstance(server.sock, ssl.SSLSocket)
        if not encrypted and self._host not in ("localhost", "127.0.0.1", "::1"):
            raise MailError("the mail server offers no encryption, and the password is not sent without")
        server.login(self._user, self._password)

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = _recipient(letter.to)
        message["Subject"] = letter.subject
        message["Date"] = formatdate(localtime=False)
        message["Message-ID"] = make_msgid(domain=parseaddr(self._sender)[1].rpartition("@")[2])
        # So that no holiday note answers.
        message["Auto-Submitted"] = "auto-generated"
        # As ASCII: not every mail server on the way takes bytes of eight bits.
        message.set_content(letter.text, cte="quoted-printable")
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
        return message


def _recipient(address: str) -> Address:
    """One address and no more, else ValueError; its domain in the letters that every mail server knows."""
    name, _, domain = address.rpartition("@")
    whole = Address(username=name, domain=idna.encode(domain, uts46=True).decode())
    if parseaddr(whole.addr_spec) != ("", f"{name}@{whole.domain}"):
        raise ValueError("this is not one address")
    return whole


def _failure(error: Exception, *, refused: bool) -> MailError:
    # The error's own words may name the address, and they end up in a log.
    said = f"the mail server did not take it ({type(error).__name__})"
    return MailRefused(said) if refused else MailError(said)


def _for_good(error: Exception) -> bool:
    """Whether the server's no is to this letter and for ever: at 400 and more it wants to be asked again later."""
    if isinstance(error, smtplib.SMTPSenderRefused):
        # That is about us: whoever runs ChatSphere may set it right while the letter waits.
        return False
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= _NEVER for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= _NEVER
    # It cannot take an address with such letters in it.
    return isinstance(error, smtplib.SMTPNotSupportedError)


class TerminalMail:
    """Shows letters on standard output to whoever runs ChatSphere, who may pass them on.

    They let somebody in, so that no log may keep them: where no terminal is, but a file, say, they are not shown.
    """

    def send(self, letter: Letter) -> None:
        """Show it, or say that it could not be shown."""
        if not sys.stdout.isatty():
            log.warning(
                "a letter was not shown, for there is no terminal: set CHATSPHERE_SMTP_URL, "
                "or make a link to a new password with `chatsphere user reset-link`"
            )
            return
        line = "─" * 72
        words = ["", line, f"To: {letter.to}", f"Subject: {letter.subject}", "", letter.text.strip(), line]
        sys.stdout.write("\n".join(words) + "\n")
        sys.stdout.flush()


def open_mail(settings: Settings) -> Mail:
    """Where this installation's letters go."""
    if settings.smtp_url and settings.mail_from:
        return SmtpMail(settings.smtp_url, settings.mail_from)
    return TerminalMail()
