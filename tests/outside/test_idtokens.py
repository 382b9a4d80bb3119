"""ID tokens: of all that a provider could say, only what is exactly right passes."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from chatsphere.outside.idtokens import LEEWAY, Expected, Untrue, read
from tests.hostile import EC_KEY, RSA_KEY, public, token

ISSUER, US, NONCE = "https://tea.example", "us", "n-0S6_WzA2Mj"
EXPECTED = Expected((ISSUER,), US, NONCE)
KEYS = [public(EC_KEY, "one", use="sig", alg="ES256"), public(RSA_KEY, "two")]
NOW = int(time.time())
RIGHT: dict[str, Any] = {"iss": ISSUER, "aud": US, "sub": "somebody", "nonce": NONCE, "iat": NOW, "exp": NOW + 300}
HEADER = {"alg": "ES256", "kid": "one"}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)
near = st.sampled_from([ISSUER, ISSUER + "/", US, NONCE, [US], [US, "other"], [US, US], "", True, 1, NOW, NOW + 300.5])
near |= st.sampled_from([math.nan, math.inf, -math.inf])
claims = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("iss", "aud", "azp", "sub", "nonce", "iat", "exp", "nbf", "auth_time"), anything | near),
)


@pytest.fixture(scope="module", autouse=True)
def a_clock_that_stands() -> Iterator[None]:
    """The library asks the time itself; the suite may take longer to come here than a token holds."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("google.auth._helpers.utcnow", lambda: datetime.fromtimestamp(NOW, UTC))
        yield


def passes(said: dict[str, Any], header: dict[str, Any] = HEADER, keys: list[Any] = KEYS) -> bool:
    """Whether a token that says this is believed."""
    try:
        return bool(read(token(said, header, EC_KEY), keys, EXPECTED, NOW)["sub"] == said["sub"])
    except Untrue:
        return False


def is_time(value: object) -> bool:
    """Whether this is a moment."""
    return type(value) in (int, float) and math.isfinite(value)  # type: ignore[arg-type]


def is_right(said: dict[str, Any]) -> bool:
    """The same in other words: what OpenID Connect asks of a token that is for us, and no more."""
    audience = said.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    for_us = US in named and all(isinstance(one, str) for one in named)
    given_to_us = said["azp"] == US if said.get("azp") is not None else len(named) == 1
    times = [said[name] for name in ("iat", "exp", "nbf", "auth_time") if name in said]
    in_time = (
        {"iat", "exp"} <= said.keys()
        and all(map(is_time, times))
        and said["exp"] >= NOW - LEEWAY
        and max(said["iat"], said.get("nbf", said["iat"])) <= NOW + LEEWAY
    )
    subject = said.get("sub")
    somebody = isinstance(subject, str) and subject.isascii() and 0 < len(subject) < 256 and subject == subject.strip()
    named_right = (said.get("iss"), said.get("nonce")) == (ISSUER, NONCE)
    return bool(for_us and given_to_us and in_time and somebody and named_right)


def test_what_is_right_passes() -> None:
    for more in ({}, {"aud": [US]}, {"azp": US}, {"aud": [US, "other"], "azp": US}, {"nbf": NOW}, {"exp": NOW + 0.5}):
        assert passes(RIGHT | more)
    assert passes(RIGHT | {"sub": "s" * 255})


@given(changed=claims, dropped=st.sets(st.sampled_from(sorted(RIGHT)), max_size=2))
@settings(max_examples=400, deadline=None)
def test_of_all_claims_only_the_exact_right_ones_pass(changed: dict[str, Any], dropped: set[str]) -> None:
    said = {name: value for name, value in (RIGHT | changed).items() if name not in dropped}
    assert passes(said) == is_right(said)


@given(name=st.sampled_from(sorted(RIGHT)), value=anything | near)
@settings(max_examples=400, deadline=None)
def test_one_wrong_claim_is_one_too_many(name: str, value: object) -> None:
    said = RIGHT | {name: value}
    assert passes(said) == is_right(said)


@given(header=st.fixed_dictionaries({}, optional={"alg": anything, "kid": anything, "crit": anything, "typ": anything}))
@settings(max_examples=200, deadline=None)
def test_of_all_headers_only_those_pass_that_name_the_key_and_its_way(header: dict[str, Any]) -> None:
    said = HEADER | header
    right = said["alg"] == "ES256" and said["kid"] in ("one", None) and "crit" not in said
    assert passes(RIGHT, said) == right


@given(text=st.text(max_size=200) | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
@settings(max_examples=200, deadline=None)
def test_what_is_no_token_is_refused_and_breaks_nothing(text: str) -> None:
    for one in (text, f"{text}.{text}.{text}", f"e30.{text}.e30"):
        with pytest.raises(Untrue):
            read(one, KEYS, EXPECTED, NOW)


@given(keys=st.lists(anything, max_size=3))
@settings(max_examples=100, deadline=None)
def test_keys_that_are_none_verify_nothing(keys: list[Any]) -> None:
    assert not passes(RIGHT, keys=keys)
    assert passes(RIGHT, keys=[*keys, *KEYS])


@pytest.mark.parametrize(
    "change",
    [
        {"x": "AA"},
        {"crv": "P-384"},
        {"y": None},
        {"kty": "oct", "k": "AA"},
        {"alg": "ES384"},
        {"use": "enc"},
        {"key_ops": []},
    ],
)
def test_a_key_that_is_wrong_in_one_thing_verifies_nothing(change: dict[str, Any]) -> None:
    assert not passes(RIGHT, keys=[KEYS[0] | change])
