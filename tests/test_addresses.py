"""Where requests come from: only what trusted proxies wrote is believed, in whatever form they write it."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, strategies as some

from chatsphere.addresses import client, customer, networks, plain

PROXIES = networks(["10.0.0.0/8", "127.0.0.1", "2001:db8:ffff::/48"])


@pytest.mark.parametrize(
    ("peer", "said", "seen"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.7, 10.9.9.9", "203.0.113.9"),
        ("10.0.0.1", "10.0.0.9", "10.0.0.9"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", " , ,, ", "10.0.0.1"),
        ("203.0.113.9", "6.6.6.6", "203.0.113.9"),
        ("203.0.113.9", "10.0.0.1", "203.0.113.9"),
        ("10.0.0.1", "6.6.6.6, unknown", "10.0.0.1"),
        ("10.0.0.1", "6.6.6.6, _hidden, 10.0.0.7", "10.0.0.7"),
        ("10.0.0.1", "6.6.6.6, 010.0.0.1", "10.0.0.1"),
        ("10.0.0.1", "6.6.6.6, 1.2.3", "10.0.0.1"),
        ("10.0.0.1", "6.6.6.6, 0x7f.1", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
        ("10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("10.0.0.1", "[2001:db8::1]", "2001:db8::1"),
        ("10.0.0.1", "2001:DB8:0:0::1", "2001:db8::1"),
        ("10.0.0.1", "6.6.6.6, ::ffff:203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9, ::ffff:10.0.0.4", "203.0.113.9"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "6.6.6.6", "203.0.113.9"),
        ("2001:db8:ffff::1", "6.6.6.6", "6.6.6.6"),
        ("2001:db8:fffe::1", "6.6.6.6", "2001:db8:fffe::1"),
        ("10.0.0.1", "fe80::1%eth0", "fe80::1"),
        ("10.0.0.1", 'for="6.6.6.6";proto=https', "10.0.0.1"),
        ("10.0.0.1", "6.6.6.6\r\nX-Evil: 1", "10.0.0.1"),
        ("10.0.0.1", "\uff11.1.1.1", "10.0.0.1"),
        ("", "6.6.6.6", ""),
    ],
)
def test_who_asks(peer: str, said: str, seen: str) -> None:
    assert client(peer, said, PROXIES) == seen


def test_nobody_is_believed_where_no_proxy_is_trusted() -> None:
    assert client("127.0.0.1", "6.6.6.6", []) == "127.0.0.1"


def test_a_thousand_hops_are_read_from_the_right_and_no_further_than_the_client() -> None:
    forged = ", ".join(["6.6.6.6"] * 5000)
    assert client("10.0.0.1", f"{forged}, 203.0.113.9", PROXIES) == "203.0.113.9"
    assert client("10.0.0.1", ", ".join(["10.0.0.2"] * 5000), PROXIES) == "10.0.0.2"


@given(peer=some.ip_addresses(), said=some.text(max_size=200))
def test_whatever_a_stranger_writes_they_are_who_they_are(peer: ipaddress.IPv4Address, said: str) -> None:
    if not any(peer in network for network in PROXIES):
        assert client(str(peer), said, PROXIES) == plain(str(peer))


@given(real=some.ip_addresses(v=4), forged=some.text(max_size=200), hops=some.integers(0, 3))
def test_what_stands_left_of_the_client_is_never_seen(real: ipaddress.IPv4Address, forged: str, hops: int) -> None:
    if any(real in network for network in PROXIES):
        return
    said = ",".join([forged, str(real), *["10.0.0.2"] * hops])
    assert client("10.0.0.1", said, PROXIES) == str(real)


@given(some.text(max_size=60))
def test_what_is_seen_is_an_address_or_the_peer(said: str) -> None:
    seen = client("10.0.0.1", said, PROXIES)
    assert str(ipaddress.ip_address(seen)) == seen
    assert len(seen) <= 45


def test_a_customer_is_an_address_or_a_network_of_ipv6() -> None:
    assert customer("203.0.113.9") == "203.0.113.9"
    assert customer("2001:db8:1:2:3::4") == customer("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert customer("2001:db8:1:3::1") != customer("2001:db8:1:2::1")
    assert customer(plain("::ffff:203.0.113.9")) == "203.0.113.9"
    assert customer(plain("::ffff:203.0.113.8")) != customer(plain("::ffff:203.0.113.9"))
    assert customer("") == "unknown"
