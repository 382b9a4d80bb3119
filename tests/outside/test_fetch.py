"""The client that goes out, on an Internet where every name, every redirect and every answer may be hostile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from chatsphere.outside.fetch import MOST_BYTES, Client, Unfit, split
from chatsphere.outside.public import is_public
from tests.internet import HOME, Internet, answer, open_internet

HTML = ("text/html",)
INSIDE = (
    *("127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    "0.0.0.0",  # noqa: S104 - judged, not bound
    *("192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "224.0.0.1", "239.255.255.250", "240.0.0.1"),
    *("255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1"),
    *("::127.0.0.1", "::169.254.169.254", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::8.8.8.8", "::ffff:0:10.0.0.1"),
    *("64:ff9b::a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b:1::8.8.8.8", "2002:7f00:1::", "2002:a9fe:a9fe::1"),
    *("2001::1", "2001:db8::1", "3fff::1", "5f00::1", "100::1", "4000::1", "2606:4700::5efe:10.0.0.1"),
    *("2606:4700::200:5efe:127.0.0.1", "localhost", "", "0x7f.1", "2130706433"),
)
OUTSIDE = ("93.184.215.14", "8.8.8.8", "192.0.1.1", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1")


@pytest.fixture
def internet(tmp_path: Path) -> Iterator[Internet]:
    """One for each scene."""
    with open_internet(tmp_path) as internet:
        yield internet


@pytest.mark.parametrize("address", INSIDE)
def test_no_spelling_of_an_address_inside_is_taken_for_one_outside(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_of_the_internet_are_gone_to(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_in_an_ipv6_one_is_never_judged_more_kindly_than_by_itself(address: object) -> None:
    if not is_public(str(address)):
        number = int(address)  # type: ignore[call-overload]
        top = f"{number >> 16:x}:{number & 0xFFFF:x}"
        for around in (f"::{address}", f"::ffff:{address}", f"::ffff:0:{address}", f"64:ff9b::{address}"):
            assert not is_public(around)
        assert not is_public(f"2002:{top}::1")
        assert not is_public(f"2606:4700::5efe:{address}")


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)", "//example.org"),
        *("http://example.org:8080/", "https://example.org:80/", "http://example.org:443/", "http://user@example.org/"),
        *(
            "http://user:word@example.org/",
            "http://@example.org/",
            "http://",
            "http:///path",
            "http://[::1",
            "http://a b/",
        ),
        *("http://example.org/\r\nX: y", "http://example.org\\@10.0.0.1/", "http://example.org/" + "a" * 2100),
        *("http://example.org:port/", "http://example.org:99999/", "http://\u2024/", "http://exa\u0000mple.org/"),
    ],
)
def test_an_address_that_is_not_plainly_a_page_is_not_asked(url: str) -> None:
    with pytest.raises(Unfit):
        split(url)


def test_a_page_is_fetched_without_a_word_about_who_asked(internet: Internet) -> None:
    internet.page("http://example.org/caf%C3%A9?q=%C3%BC", answer("<p>Hello"))
    found = internet.client().get("http://EXAMPLE.org./café?q=ü#below", HTML)
    assert (found.body, found.url, found.whole) == (b"<p>Hello", "http://example.org/caf%C3%A9?q=%C3%BC", True)
    assert (found.content_type, found.charset) == ("text/html", "utf-8")
    [head] = internet.asked
    sent = {line.split(":")[0].lower() for line in head.strip().split("\r\n")[1:]}
    assert sent == {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_names_in_any_script_are_asked_for_in_ascii(internet: Internet) -> None:
    internet.page("http://xn--bcher-kva.example/", answer("Bücher"))
    assert internet.client().get("http://Bücher.example", HTML).body == "Bücher".encode()


@pytest.mark.parametrize("address", INSIDE[:-4])
def test_a_name_that_leads_inside_is_never_dialled(internet: Internet, address: str) -> None:
    internet.name("inside.example", [address])
    internet.serve(lambda _: [answer("secret")], address)
    with pytest.raises(Unfit):
        internet.client().get("http://inside.example/", HTML)
    assert internet.dialled == []


def test_one_address_inside_among_several_spoils_the_name(internet: Internet) -> None:
    internet.name("mixed.example", [HOME, "10.0.0.5"])
    internet.serve(lambda _: [answer("hello")])
    with pytest.raises(Unfit):
        internet.client().get("http://mixed.example/", HTML)
    assert internet.dialled == []


def test_the_line_goes_to_the_address_that_was_checked_though_the_name_leads_elsewhere_by_then(
    internet: Internet,
) -> None:
    internet.name("rebinding.example", [HOME], ["127.0.0.1"])
    internet.serve(lambda _: [answer("from outside")])
    internet.serve(lambda _: [answer("from inside")], "127.0.0.1")
    assert internet.client().get("http://rebinding.example/", HTML).body == b"from outside"
    assert (internet.looked, internet.dialled) == (["rebinding.example"], [(HOME, 80)])
    with pytest.raises(Unfit):
        internet.client().get("http://rebinding.example/", HTML)
    assert internet.dialled == [(HOME, 80)]


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_an_address_instead_of_a_name_is_checked_like_one(host: str) -> None:
    """With the machine's own resolver, which reads all of these."""
    dialled: list[str] = []

    def dial(address: str, _port: int, _seconds: float) -> None:
        dialled.append(address)

    with pytest.raises(Unfit):
        Client(dial=dial).get(f"http://{host}/", HTML)  # type: ignore[arg-type]
    assert dialled == []


@pytest.mark.parametrize(
    "there",
    [
        *("http://127.0.0.1/", "http://inside.example/", "http://[::1]/", "//inside.example/x", "file:///etc/passwd"),
        *("http://example.org:8080/", "ftp://example.org/", "javascript:1", "", "http://user@example.org/"),
    ],
)
def test_a_redirect_is_judged_like_the_first_address(internet: Internet, there: str) -> None:
    internet.page("http://example.org/", answer("", "text/html", "302 Found", f"Location: {there}"))
    internet.name("inside.example", ["10.0.0.1"])
    internet.name("127.0.0.1", ["127.0.0.1"])
    internet.name("[::1]", ["::1"])
    with pytest.raises(Unfit):
        internet.client().get("http://example.org/", HTML)
    assert internet.dialled == [(HOME, 80)]


def test_three_redirects_are_followed_and_no_fourth(internet: Internet) -> None:
    for number in range(4):
        onward = answer("", "text/html", "301 Moved", f"Location: /{number + 1}")
        internet.page(f"http://example.org/{number}", onward)
    internet.page("http://example.org/4", answer("there"))
    assert internet.client().get("http://example.org/1", HTML).body == b"there"
    with pytest.raises(Unfit):
        internet.client().get("http://example.org/0", HTML)
    assert len(internet.asked) == 8


def _for_ever(internet: Internet, start: bytes, piece: bytes) -> Iterable[bytes]:
    yield start
    # Until the scene is over: it is the client that has to hang up.
    while not internet.over.wait(0.01):
        yield piece


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Slow: ", b"a"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n", b""),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_neither_silence_nor_a_byte_now_and_then_outlasts_the_time_there_is(
    internet: Internet, scheme: str, start: bytes, piece: bytes
) -> None:
    internet.name("slow.example")
    trusted = internet.secure("slow.example")
    internet.serve(lambda _: _for_ever(internet, start, piece), port={"http": 80, "https": 443}[scheme])
    with pytest.raises(Unfit):
        internet.client(patience=0.3, tls=trusted).get(f"{scheme}://slow.example/", HTML)


def test_a_name_server_that_never_answers_is_not_waited_for(internet: Internet) -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        internet.over.wait()
        return [HOME]

    with pytest.raises(Unfit):
        Client(resolve=resolve, patience=0.1).get("http://example.org/", HTML)


def test_an_endless_page_is_cut_and_says_so(internet: Internet) -> None:
    internet.name("endless.example")

    def says(_head: str) -> Iterable[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        while not internet.over.is_set():
            yield b"a" * 65536

    internet.serve(says)
    found = internet.client().get("http://endless.example/", HTML)
    assert (len(found.body), found.whole) == (MOST_BYTES, False)


@pytest.mark.parametrize(
    "whole",
    [
        answer("x", "application/pdf"),
        answer("x", "image/svg+xml"),
        answer("x", status="404 Not Found"),
        answer("x", status="206 Partial Content"),
        answer("x", "text/html", "200 OK", "Content-Encoding: gzip"),
        answer("x", "text/html", "302 Found"),
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"",
    ],
)
def test_an_answer_that_is_not_a_page_is_not_taken(internet: Internet, whole: bytes) -> None:
    internet.page("http://example.org/", whole)
    with pytest.raises(Unfit):
        internet.client().get("http://example.org/", HTML)


def test_by_https_only_who_shows_a_certificate_for_the_name_is_believed(internet: Internet) -> None:
    trusted = internet.secure("example.org")
    for name in ("example.org", "other.example"):
        internet.name(name)
    internet.serve(lambda _: [answer("sealed")], port=443)
    assert internet.client(tls=trusted).get("https://example.org/", HTML).body == b"sealed"
    with pytest.raises(Unfit):
        internet.client(tls=trusted).get("https://other.example/", HTML)
    with pytest.raises(Unfit):
        internet.client().get("https://example.org/", HTML)
    assert internet.dialled == [(HOME, 443)] * 3
