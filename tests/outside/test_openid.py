"""Providers as they are set up: where people are sent, by which names, and where nobody is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from chatsphere.outside import openid
from chatsphere.outside.errand import fits
from chatsphere.outside.idtokens import Untrue
from chatsphere.outside.openid import GOOGLE, Away, Begun, OpenIdProvider, open_providers
from chatsphere.settings import Settings
from tests.hostile import CLIENT_ID, CLIENT_SECRET, Hostile, hostile_provider

BACK = "http://127.0.0.1:8000/login/x/callback"


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    """A provider that says what it is told to."""
    with hostile_provider() as provider:
        yield provider


def test_nobody_is_known_unless_it_was_set_up(make_settings: Callable[..., Settings]) -> None:
    assert open_providers(make_settings()) == {}
    google = open_providers(make_settings(google_client_id="a", google_client_secret="b"))["google"]
    assert (google.label, google.issuer) == ("Google", GOOGLE)
    client = {"oidc_client_id": "a", "oidc_client_secret": "b"}
    for name, label in ((None, "login.example.org"), ("Our Keycloak", "Our Keycloak")):
        settings = make_settings(oidc_issuer="https://login.example.org/realms/home", oidc_name=name, **client)
        assert open_providers(settings)["oidc"].label == label


def test_google_is_believed_by_both_of_its_names_and_by_no_other(
    hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Google itself is out of reach: its two names are put in the hostile provider's mouth."""
    monkeypatch.setitem(openid._SPELLINGS, hostile.issuer, (hostile.issuer, "accounts.google.com"))
    provider = OpenIdProvider("google", "Google", hostile.issuer, CLIENT_ID, CLIENT_SECRET)
    for name in (hostile.issuer, "accounts.google.com"):
        begun = _begun(provider, hostile)
        hostile.claims = {"iss": name}
        assert provider.finish(BACK, begun, {"code": "c", "state": "s"}).issuer == hostile.issuer
    hostile.claims = {"iss": "https://google.com"}
    with pytest.raises(Untrue):
        provider.finish(BACK, _begun(provider, hostile), {"code": "c", "state": "s"})


def _begun(provider: OpenIdProvider, hostile: Hostile) -> Begun:
    begun = provider.begin(BACK, "s")
    hostile.nonce = begun.nonce
    return begun


def test_google_is_asked_for_nothing_that_it_does_not_know(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openid, "GOOGLE", hostile.issuer)
    provider = OpenIdProvider("google", "Google", hostile.issuer, CLIENT_ID, CLIENT_SECRET)
    asked = parse_qs(urlsplit(provider.begin(BACK, "s", afresh=True).url).query)
    assert (asked["prompt"], "max_age" in asked, "access_type" in asked) == (["select_account"], False, False)


def test_a_provider_is_read_once_and_not_for_each_who_comes(hostile: Hostile) -> None:
    provider = OpenIdProvider("tea", "Tea", hostile.issuer, CLIENT_ID, CLIENT_SECRET)
    assert len({provider.begin(BACK, "s").nonce for _ in range(5)}) == 5
    assert hostile.paths == ["/.well-known/openid-configuration", "/jwks"]


def test_only_so_many_wait_for_a_provider_at_once(hostile: Hostile) -> None:
    provider = OpenIdProvider("tea", "Tea", hostile.issuer, CLIENT_ID, CLIENT_SECRET)
    provider._places.acquire()
    for _ in range(3):
        provider._places.acquire()
    with pytest.raises(Away):
        provider.begin(BACK, "s")


@pytest.mark.parametrize(
    ("url", "plain", "fit"),
    [
        ("https://login.example.org/token", False, True),
        ("https://127.0.0.1/token", False, True),
        ("http://127.0.0.1:9000/token", True, True),
        ("http://localhost:9000/token", True, True),
        ("http://[::1]:9000/token", True, True),
        ("http://127.0.0.1:9000/token", False, False),
        ("http://login.example.org/token", True, False),
        ("http://127.0.0.1.example.org/token", True, False),
        ("http://localhost@example.org/token", True, False),
        ("https://user@example.org/token", False, False),
        ("https:///token", False, False),
        ("https://[::1/token", False, False),
        ("file:///etc/passwd", True, False),
        ("javascript:alert(1)", True, False),
        ("https://example.org/a b", False, False),
        ("https://example.org/\n", False, False),
        ("", True, False),
    ],
)
def test_where_it_is_asked(url: str, plain: bool, fit: bool) -> None:
    assert fits(url, plain=plain) is fit
