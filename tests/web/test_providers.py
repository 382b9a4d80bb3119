"""Signing in with an account elsewhere, against a provider that lies in every way it can: nobody gets in by a lie."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote_plus

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatsphere.core import logins, people
from chatsphere.house import House
from chatsphere.outside.openid import OpenIdProvider
from chatsphere.settings import Settings
from tests.hostile import (
    CLIENT_ID,
    CLIENT_SECRET,
    EC_KEY,
    RSA_KEY,
    SHORT_KEY,
    STRANGE_KEY,
    Hostile,
    hostile_provider,
    pem,
    public,
)
from tests.web.elsewhere import (
    FLOW,
    NEWCOMER,
    PAGE,
    SESSION,
    comes_in,
    everything,
    forgets,
    is_in,
    leaves,
    returns,
    round_trip,
)


@pytest.fixture
def settings(trusting: Settings) -> Settings:
    """The house trusts the hostile provider."""
    return trusting


# --- what is right


def test_whoever_comes_for_the_first_time_says_how_they_want_to_be_called(
    guest: FlaskClient, house: House, hostile: Hostile
) -> None:
    hostile.claims = {"name": "Eve Adams", "preferred_username": "éve"}
    assert round_trip(guest, hostile, next="/settings/devices").headers["Location"] == "/login/name"
    assert not is_in(guest)
    page = guest.get("/login/name").text
    assert 'value="eve"' in page
    assert 'value="Eve Adams"' in page
    done = guest.post("/login/name", data={"user_name": "Eve", "display_name": "Eve A."}, headers=PAGE)
    assert done.headers["Location"] == "/settings/devices"
    assert is_in(guest)
    login = house.chat.ask(logins.by_login, "EVE@example.org")
    assert login is not None
    assert (login.user.user_name, login.user.email_verified, login.password_hash) == ("Eve", True, None)


def test_whoever_comes_again_finds_their_account(app: Flask, house: House, hostile: Hostile) -> None:
    comes_in(app.test_client(), hostile)
    hostile.claims = {"email": "other@example.org", "email_verified": False}
    again = app.test_client()
    assert round_trip(again, hostile, next="/settings").headers["Location"] == "/settings"
    assert is_in(again)
    assert len(house.chat.ask(people.search, "").items) == 1


def test_the_provider_is_asked_with_pkce_state_and_nonce_and_told_the_secret_in_the_header(
    guest: FlaskClient, hostile: Hostile
) -> None:
    asked = leaves(guest, hostile)
    assert (asked["response_type"], asked["scope"]) == ("code", "openid email profile")
    assert asked["redirect_uri"] == "http://127.0.0.1:8000/login/oidc/callback"
    assert asked["code_challenge_method"] == "S256"
    assert min(len(asked["state"]), len(asked["nonce"])) >= 43
    returns(guest, asked["state"])
    given = hostile.asked[0]
    digest = hashlib.sha256(given["code_verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == asked["code_challenge"]
    secret = f"{quote_plus(CLIENT_ID)}:{quote_plus(CLIENT_SECRET)}"
    assert given["authorization"] == f"Basic {base64.b64encode(secret.encode()).decode()}"
    assert given["redirect_uri"] == asked["redirect_uri"]
    assert "client_secret" not in given


def test_a_provider_that_takes_the_secret_only_in_the_form_gets_it_there(guest: FlaskClient, hostile: Hostile) -> None:
    hostile.document = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert round_trip(guest, hostile).status_code == 303
    assert (hostile.asked[0]["client_secret"], hostile.asked[0]["authorization"]) == (CLIENT_SECRET, "")


def test_an_address_that_is_only_told_when_asked_once_more_is_asked_for(
    guest: FlaskClient, house: House, hostile: Hostile
) -> None:
    hostile.claims = {"email": ..., "email_verified": ...}
    hostile.userinfo = {"sub": "somebody", "email": "eve@example.org", "email_verified": True}
    comes_in(guest, hostile)
    before = everything(house)
    hostile.userinfo["sub"] = "somebody else"
    assert round_trip(guest, hostile).status_code == 403
    assert everything(house) == before


@pytest.mark.parametrize(
    ("key", "header"),
    [
        pytest.param(RSA_KEY, {"alg": "RS256", "kid": "one"}, id="rsa"),
        pytest.param(EC_KEY, {"alg": "ES256", "kid": "two"}, id="ec"),
        pytest.param(EC_KEY, {"alg": "ES256"}, id="the-only-one-of-its-kind"),
    ],
)
def test_every_key_of_the_provider_signs(guest: FlaskClient, hostile: Hostile, key: object, header: object) -> None:
    hostile.key, hostile.header = key, header  # type: ignore[assignment]
    assert round_trip(guest, hostile).status_code == 303


def test_a_provider_may_change_its_keys(app: Flask, house: House, hostile: Hostile) -> None:
    comes_in(app.test_client(), hostile)
    hostile.keys = [public(STRANGE_KEY, "three")]
    hostile.key, hostile.header = STRANGE_KEY, {"alg": "RS256", "kid": "three"}
    browser = app.test_client()
    # Only just read: whoever makes key ids up must not have them read on and on.
    assert round_trip(browser, hostile).status_code == 403
    forgets(house, read=time.monotonic() - 60)
    assert round_trip(browser, hostile).status_code == 303


# --- what is not

NOW = int(time.time())
LIES: dict[str, Callable[[Hostile], Hostile]] = {
    "nonce of another": lambda it: it.claims_that(nonce="n" * 43),
    "no nonce": lambda it: it.claims_that(nonce=...),
    "another issuer": lambda it: it.claims_that(iss="https://accounts.google.com"),
    "its issuer with a slash": lambda it: it.claims_that(iss=f"{it.issuer}/"),
    "no issuer": lambda it: it.claims_that(iss=...),
    "for somebody else": lambda it: it.claims_that(aud="somebody else"),
    "for nobody": lambda it: it.claims_that(aud=...),
    "for a part of us": lambda it: it.claims_that(aud=[CLIENT_ID[:4]]),
    "for several, not said to whom": lambda it: it.claims_that(aud=[CLIENT_ID, "other"]),
    "for several, given to another": lambda it: it.claims_that(aud=[CLIENT_ID, "other"], azp="other"),
    "given to another": lambda it: it.claims_that(azp="other"),
    "expired": lambda it: it.claims_that(exp=NOW - 3600),
    "no end": lambda it: it.claims_that(exp=...),
    "an end that is a word": lambda it: it.claims_that(exp="tomorrow"),
    "an end that is not a number": lambda it: it.claims_that(exp=float("nan")),
    "an end that never comes": lambda it: it.claims_that(exp=float("inf")),
    "an end that is true": lambda it: it.claims_that(exp=True),
    "made tomorrow": lambda it: it.claims_that(iat=NOW + 86400, exp=NOW + 90000),
    "never made": lambda it: it.claims_that(iat=...),
    "not valid yet": lambda it: it.claims_that(nbf=NOW + 86400),
    "nobody": lambda it: it.claims_that(sub=...),
    "somebody and a blank": lambda it: it.claims_that(sub="somebody "),
    "an empty somebody": lambda it: it.claims_that(sub=""),
    "a somebody who is a number": lambda it: it.claims_that(sub=7),
    "too long a somebody": lambda it: it.claims_that(sub="s" * 256),
    "a somebody in other letters": lambda it: it.claims_that(sub="sömebody"),
    "signed by a stranger": lambda it: it.signs(STRANGE_KEY),
    "signed by another of its keys": lambda it: it.signs(kid="two"),
    "a key that nobody has": lambda it: it.signs(kid="../../one"),
    "a key id that is a list": lambda it: it.signs(kid=["one"]),
    "a key that it brings along": lambda it: it.signs(
        STRANGE_KEY, kid=..., jwk=public(STRANGE_KEY, None), jku=it.issuer
    ),
    "a key that it brings along, by a name we know": lambda it: it.signs(STRANGE_KEY, jwk=public(STRANGE_KEY, "one")),
    "which of two keys is not said": lambda it: it.signs(kid=...).shows(public(STRANGE_KEY, "three")),
    "two keys of one name": lambda it: it.shows(public(STRANGE_KEY, "one")),
    "a key for secrets": lambda it: it.has(public(RSA_KEY, "one", use="enc")),
    "a key for another way": lambda it: it.has(public(RSA_KEY, "one", alg="RS512")),
    "a key that only signs": lambda it: it.has(public(RSA_KEY, "one", key_ops=["sign"])),
    "too short a key": lambda it: it.has(public(SHORT_KEY, "one")).signs(SHORT_KEY),
    "a key that is a word": lambda it: it.has({"kid": "one", "kty": "RSA", "n": "?", "e": 7}),
    "not signed": lambda it: it.signs(None, alg="none"),
    "not signed, spelled oddly": lambda it: it.signs(None, alg="nOnE"),
    "no way of signing": lambda it: it.signs(None, alg=...),
    "the public key taken for a secret": lambda it: it.signs(pem(RSA_KEY), alg="HS256"),
    "the client's secret": lambda it: it.signs(CLIENT_SECRET.encode(), alg="HS256"),
    "a key of the other kind": lambda it: it.signs(alg="ES256"),
    "the other kind of a key": lambda it: it.signs(EC_KEY, kid="two"),
    "something that we must know, and do not": lambda it: it.signs(crit=["exp"]),
    "no token": lambda it: it.answers(id_token=None),
    "a token that is a number": lambda it: it.answers(id_token=7),
    "a token of no parts": lambda it: it.answers(id_token="here"),
    "a token without an end": lambda it: it.answers(id_token="a" * 40_000),
    "a list": lambda it: it.answers(b"[1]"),
    "no JSON": lambda it: it.answers(b"<html>"),
    "too much": lambda it: it.answers(b" " * 600_000),
    "a no": lambda it: it.answers(b'{"error": "invalid_grant"}', status=400),
    "ask somewhere else": lambda it: it.answers(status=307, location=f"{it.issuer}/token2"),
    "look somewhere else": lambda it: it.answers(status=302, location=f"{it.issuer}/token2"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_lets_nobody_in(app: Flask, house: House, hostile: Hostile, lie: str) -> None:
    comes_in(app.test_client(), hostile)
    before, browser = everything(house), app.test_client()
    forgets(house)
    LIES[lie](hostile)
    answer = round_trip(browser, hostile)
    assert answer.status_code in (403, 503), answer.text
    assert "nothing has happened here" in answer.text or "does not answer" in answer.text
    assert browser.get_cookie(SESSION) is None
    assert browser.get_cookie(NEWCOMER) is None
    assert everything(house) == before
    assert not any("token2" in path for path in hostile.paths)


DOCUMENTS: dict[str, Callable[[Hostile], Hostile]] = {
    "of another issuer": lambda it: it.shows(issuer="https://accounts.google.com"),
    "of its issuer with a slash": lambda it: it.shows(issuer=f"{it.issuer}/"),
    "without an issuer": lambda it: it.shows(issuer=None),
    "that leads away without encryption": lambda it: it.shows(token_endpoint="http://other.example/token"),
    "that leads to a script": lambda it: it.shows(authorization_endpoint="javascript:alert(1)"),
    "that leads to another's name": lambda it: it.shows(jwks_uri="https://a@b.example/jwks"),
    "that leads nowhere": lambda it: it.shows(jwks_uri=["https://b.example/jwks"]),
}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_provider_that_says_such_things_of_itself_is_not_gone_to(
    guest: FlaskClient, hostile: Hostile, document: str
) -> None:
    DOCUMENTS[document](hostile)
    begun = guest.post("/login/oidc", headers=PAGE)
    answer = guest.get(begun.headers["Location"], headers=PAGE)
    assert answer.status_code == 503
    assert "http-equiv" not in answer.text


def test_a_provider_whose_answer_never_ends_is_not_waited_for(
    hostile: Hostile, house: House, guest: FlaskClient
) -> None:
    hostile.drips = True
    house.providers["oidc"] = OpenIdProvider("oidc", "Slow", hostile.issuer, CLIENT_ID, CLIENT_SECRET, patience=0.5)
    assert guest.get(guest.post("/login/oidc").headers["Location"]).status_code == 503


def test_a_provider_that_is_away_is_said_to_be(hostile: Hostile, guest: FlaskClient) -> None:
    hostile.stop()
    answer = guest.get(guest.post("/login/oidc").headers["Location"], headers=PAGE)
    assert answer.status_code == 503
    assert "Teahouse does not answer just now" in answer.text


# --- callbacks that are not this browser's


def test_a_callback_that_nobody_began_opens_nothing(guest: FlaskClient, house: House) -> None:
    for answer in (returns(guest, "s" * 43), returns(guest, "")):
        assert answer.status_code == 400
        assert "Back to signing in" in answer.text
    assert guest.get_cookie(SESSION) is None


@pytest.mark.parametrize("state", ["", "wrong", "é", "s" * 5000])
def test_a_callback_with_another_state_opens_nothing_and_ends_what_was_begun(
    guest: FlaskClient, hostile: Hostile, state: str
) -> None:
    right = leaves(guest, hostile)["state"]
    assert returns(guest, state).status_code == 400
    assert returns(guest, right).status_code == 400
    assert guest.get_cookie(SESSION) is None
    assert hostile.asked == []


def test_a_callback_of_another_browser_opens_nothing(app: Flask, hostile: Hostile) -> None:
    eve, victim = app.test_client(), app.test_client()
    state = leaves(eve, hostile)["state"]
    assert returns(victim, state).status_code == 400
    leaves(victim, hostile)
    assert returns(victim, state).status_code == 400
    assert victim.get_cookie(SESSION) is None
    assert hostile.asked == []


def test_a_callback_comes_once_even_with_an_old_cookie(app: Flask, hostile: Hostile) -> None:
    comes_in(app.test_client(), hostile)
    browser = app.test_client()
    state = leaves(browser, hostile)["state"]
    cookie = browser.get_cookie(FLOW)
    assert cookie is not None
    assert returns(browser, state).status_code == 303
    assert browser.get_cookie(FLOW) is None
    browser.delete_cookie(SESSION)
    browser.set_cookie(FLOW, cookie.value)
    assert returns(browser, state).status_code == 400
    assert browser.get_cookie(SESSION) is None


def test_a_cookie_of_ones_own_making_is_worth_nothing(guest: FlaskClient, hostile: Hostile) -> None:
    state = leaves(guest, hostile)["state"]
    cookie = guest.get_cookie(FLOW)
    assert cookie is not None
    guest.set_cookie(FLOW, cookie.value[:-4] + "AAAA")
    assert returns(guest, state).status_code == 400


def test_a_callback_that_comes_too_late_opens_nothing(guest: FlaskClient, house: House, hostile: Hostile) -> None:
    state = leaves(guest, hostile)["state"]
    clock = house.chat.clock
    house.chat.clock = lambda: clock() + timedelta(minutes=11)
    assert returns(guest, state).status_code == 400


def test_one_provider_s_answer_is_not_taken_for_another_s(app: Flask, house: House, hostile: Hostile) -> None:
    with hostile_provider() as other:
        house.providers["other"] = OpenIdProvider("other", "Other", other.issuer, CLIENT_ID, CLIENT_SECRET)
        browser = app.test_client()
        state = leaves(browser, hostile)["state"]
        assert returns(browser, state, provider="other").status_code == 400
        # Its token, signed by its own key of the same name, brought to the provider's callback.
        hostile.claims, hostile.keys = {"iss": other.issuer}, [public(STRANGE_KEY, "one")]
        assert round_trip(browser, hostile).status_code == 403
        assert other.asked == []


def test_an_answer_that_says_whose_it_is_has_to_be_this_provider_s(guest: FlaskClient, hostile: Hostile) -> None:
    state = leaves(guest, hostile)["state"]
    assert returns(guest, state, iss="https://other.example").status_code == 403
    assert returns(guest, leaves(guest, hostile)["state"], iss=hostile.issuer).status_code == 303


def test_a_provider_that_says_whose_its_answers_are_always_has_to(guest: FlaskClient, hostile: Hostile) -> None:
    hostile.document = {"authorization_response_iss_parameter_supported": True}
    assert round_trip(guest, hostile).status_code == 403


def test_another_site_cannot_begin_it(guest: FlaskClient) -> None:
    for path in ("/login/oidc", "/confirm/oidc", "/settings/identities/oidc/link"):
        assert guest.post(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    page = guest.get("/login/oidc", headers=PAGE | {"Sec-Fetch-Site": "cross-site"})
    assert "http-equiv" not in page.text
    assert "Continue with Teahouse" in page.text
    assert guest.get_cookie(FLOW) is None


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("access_denied", "You did not go on there"),
        ("server_error", "did not let you through"),
        ("<script>", "let you"),
    ],
)
def test_a_no_of_the_provider_s_is_said_kindly(guest: FlaskClient, hostile: Hostile, error: str, words: str) -> None:
    state = leaves(guest, hostile)["state"]
    answer = returns(guest, state, error=error, code="")
    assert answer.status_code == 403
    assert words in answer.text
    assert "<script>" not in answer.text
    assert hostile.asked == []


def test_a_provider_that_nobody_set_up_is_nowhere(guest: FlaskClient) -> None:
    assert "Google" not in guest.get("/login").text
    assert guest.post("/login/google").status_code == 404
    assert guest.get("/login/google/callback").status_code == 404
