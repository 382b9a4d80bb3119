"""Letters on their way to a real mail server: encrypted where it can be, whole, to one address, once."""

from __future__ import annotations

import logging
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from chatsphere.outside import mail
from chatsphere.outside.mail import Letter, MailError, MailRefused, SmtpMail, TerminalMail
from tests.postbox import PASSWORD, USER, Authority, Postbox, only_the_user, receiving

SENDER = "ChatSphere of Bücher & Co <chat@example.org>"
LETTER = Letter(
    "bo@example.org", "Grüße, 你好 🎉", "Hello Bo,\n\n.a line with a dot\n" + "long " * 400, "<p>Hello <b>Bö</b></p>"
)
NAMED = f"{USER}:{quote(PASSWORD, safe='')}@"


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """A mail server that offers nothing."""
    with receiving(Postbox()) as found:
        yield found


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """An authority that nobody believes yet."""
    return Authority(tmp_path)


def to(address: str) -> Letter:
    return Letter(address, "Hello", "Hello\n", "<p>Hello</p>")


@contextmanager
def listening(first_words: bytes) -> Iterator[str]:
    """Something that takes connections, says this and nothing more; what listens there."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def hold() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                connection.sendall(first_words)
                held.append(connection)

        threading.Thread(target=hold, daemon=True).start()
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        for connection in held:
            connection.close()


def test_a_letter_arrives_whole_as_text_and_as_html(postbox: Postbox) -> None:
    SmtpMail(postbox.url, SENDER).send(LETTER)
    [letter], [envelope] = postbox.letters, postbox.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("chat@example.org", ["bo@example.org"])
    assert (letter["Subject"], letter["To"], letter["From"]) == (LETTER.subject, LETTER.to, SENDER)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@example.org>")
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text
    assert html
    assert text.get_content().splitlines() == LETTER.text.splitlines()
    assert html.get_content().strip() == LETTER.html
    assert isinstance(envelope.content, bytes)
    assert envelope.content.isascii()
    assert max(map(len, envelope.content.splitlines())) < 1000


def test_it_is_encrypted_where_that_is_offered_and_signed_in_to(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    how = {"tls_context": authority.context(), "require_starttls": True, "auth_required": True}
    with receiving(Postbox(), authenticator=only_the_user, **how) as postbox:
        SmtpMail(f"smtp://{NAMED}127.0.0.1:{postbox.port}", SENDER).send(LETTER)
        assert postbox.signed_in == [True]
        with pytest.raises(MailError, match="SMTPAuthenticationError") as wrong:
            SmtpMail(f"smtp://{USER}:wrong@127.0.0.1:{postbox.port}", SENDER).send(LETTER)
        assert not isinstance(wrong.value, MailRefused)
        assert len(postbox.letters) == 1


def test_it_may_be_encrypted_from_the_first_byte(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with receiving(Postbox(), ssl_context=authority.context()) as postbox:
        SmtpMail(f"smtps://127.0.0.1:{postbox.port}", SENDER).send(LETTER)
        assert [one["To"] for one in postbox.letters] == [LETTER.to]


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(authority: Authority, scheme: str) -> None:
    context = authority.context()
    how = {"ssl_context": context} if scheme == "smtps" else {"tls_context": context}
    with receiving(Postbox(), **how) as postbox:
        with pytest.raises(MailError, match="SSLCertVerificationError"):
            SmtpMail(f"{scheme}://127.0.0.1:{postbox.port}", SENDER).send(LETTER)
        assert postbox.letters == []


def test_no_password_goes_to_another_machine_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    how = {"auth_require_tls": False, "auth_required": True, "authenticator": only_the_user}
    with receiving(Postbox(), **how) as postbox:
        # A name of this machine that does not look like one.
        lookup = socket.getaddrinfo
        monkeypatch.setattr(socket, "getaddrinfo", lambda host, *more: lookup("127.0.0.1", *more))
        with pytest.raises(MailError, match="offers no encryption"):
            SmtpMail(f"smtp://{NAMED}mail.example.org:{postbox.port}", SENDER).send(LETTER)
        SmtpMail(f"smtp://{NAMED}localhost:{postbox.port}", SENDER).send(LETTER)
        assert postbox.signed_in == [True]


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "for_good"), [("450 later", False), ("452 full", False), ("550 nobody here", True), ("554 no", True)]
)
def test_a_no_for_now_and_a_no_for_ever_are_told_apart(
    postbox: Postbox, stage: str, answer: str, for_good: bool
) -> None:
    postbox.answers[stage] = [answer]
    with pytest.raises(MailError) as refused:
        SmtpMail(postbox.url, SENDER).send(LETTER)
    assert isinstance(refused.value, MailRefused) == for_good
    assert "bo@" not in str(refused.value)
    assert refused.value.__cause__ is None
    SmtpMail(postbox.url, SENDER).send(LETTER)
    assert len(postbox.letters) == 1


def test_a_server_that_is_away_or_hangs_is_worth_another_try(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MailError, match="ConnectionRefusedError") as away:
        SmtpMail(f"smtp://127.0.0.1:{Postbox().port}", SENDER).send(LETTER)
    assert not isinstance(away.value, MailRefused)
    monkeypatch.setattr(mail, "PATIENCE", 0.2)
    for words in (b"", b"220 here\r\n"):
        with listening(words) as url, pytest.raises(MailError) as hanging:
            SmtpMail(url, SENDER).send(LETTER)
        assert not isinstance(hanging.value, MailRefused)
    with listening(b"554 go away\r\n") as url, pytest.raises(MailError) as closed:
        SmtpMail(url, SENDER).send(LETTER)
    assert not isinstance(closed.value, MailRefused)


def test_a_server_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "WHOLE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                while not connection.send(b"2") or not pause.wait(0.02):
                    pass

        pause = threading.Event()
        threading.Thread(target=drip, daemon=True).start()
        with pytest.raises(MailError):
            SmtpMail(f"smtp://127.0.0.1:{server.getsockname()[1]}", SENDER).send(LETTER)
        pause.set()


def test_what_a_server_says_in_parting_does_not_undo_its_yes(postbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    async def sulk(*_: object) -> str:
        return "421 not now"

    monkeypatch.setattr(postbox, "handle_QUIT", sulk, raising=False)
    SmtpMail(postbox.url, SENDER).send(LETTER)
    assert len(postbox.letters) == 1


@pytest.mark.parametrize(
    "address",
    [
        "bo@example.org\r\nBcc: eve@example.org",
        "bo@example.org\nRCPT TO:<eve@example.org>",
        "bo\r\n.\r\n@example.org",
        "bo@example.org>\r\nDATA",
    ],
)
def test_no_address_adds_a_line(postbox: Postbox, address: str) -> None:
    with pytest.raises(MailRefused):
        SmtpMail(postbox.url, SENDER).send(to(address))
    assert postbox.envelopes == []


@pytest.mark.parametrize(
    "address",
    [
        "bo,eve@example.org",
        "bo;eve@example.org",
        "<eve@example.org>,bo@example.org",
        "=?utf-8?q?eve=40x,?=@example.org",
        "a(b)c@example.org",
        '"bo"@example.org',
    ],
)
def test_no_address_becomes_two(postbox: Postbox, address: str) -> None:
    try:
        SmtpMail(postbox.url, SENDER).send(to(address))
    except MailRefused:
        assert postbox.envelopes == []
        return
    [envelope], [letter] = postbox.envelopes, postbox.letters
    assert len(envelope.rcpt_tos) == 1
    assert "eve@example.org" not in envelope.rcpt_tos
    assert [one.domain for one in letter["To"].addresses] == ["example.org"]


def test_no_subject_adds_a_line(postbox: Postbox) -> None:
    with pytest.raises(MailRefused):
        SmtpMail(postbox.url, SENDER).send(Letter("bo@example.org", "Hello\r\nBcc: eve@example.org", "", ""))
    assert postbox.envelopes == []


def test_an_address_in_other_letters_is_taken_where_the_server_knows_them() -> None:
    with receiving(Postbox(), enable_SMTPUTF8=True) as postbox:
        SmtpMail(postbox.url, SENDER).send(to("jürgen@bücher.example"))
        assert postbox.envelopes[0].rcpt_tos == ["jürgen@xn--bcher-kva.example"]
        assert postbox.envelopes[0].smtp_utf8


def test_where_it_does_not_know_them_nobody_tries_for_ever() -> None:
    with receiving(Postbox(), enable_SMTPUTF8=False) as postbox:
        with pytest.raises(MailRefused, match="SMTPNotSupportedError"):
            SmtpMail(postbox.url, SENDER).send(to("jürgen@example.org"))
        # A domain in other letters has a name in ours.
        SmtpMail(postbox.url, SENDER).send(to("bo@bücher.example"))
        assert postbox.envelopes[0].rcpt_tos == ["bo@xn--bcher-kva.example"]


def test_a_domain_is_asked_for_by_the_name_that_it_has_today() -> None:
    with receiving(Postbox()) as postbox:
        SmtpMail(postbox.url, SENDER).send(to("bo@faß.example"))
        assert postbox.envelopes[0].rcpt_tos == ["bo@xn--fa-hia.example"]


@pytest.mark.parametrize(
    "address", ["bo,eve@example.org", "bo@example.org,eve@example.org", "bo <eve@example.org>", "bo@a_b.example"]
)
def test_what_is_not_one_address_is_refused_for_good(address: str) -> None:
    with receiving(Postbox()) as postbox:
        with pytest.raises(MailRefused):
            SmtpMail(postbox.url, SENDER).send(to(address))
        assert postbox.envelopes == []


def test_without_a_mail_server_the_terminal_shows_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    TerminalMail().send(LETTER)
    shown = capsys.readouterr().out
    assert f"To: {LETTER.to}\nSubject: {LETTER.subject}\n\n{LETTER.text.strip()}\n" in shown
    assert "<b>" not in shown


def test_where_no_terminal_is_nothing_is_shown(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        TerminalMail().send(LETTER)
    assert "set CHATSPHERE_SMTP_URL" in caplog.text
    assert "bo@example.org" not in caplog.text + "".join(capfd.readouterr())
