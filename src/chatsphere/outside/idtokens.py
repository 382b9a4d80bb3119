"""ID tokens: what an OpenID provider says about who has just signed in there, believed only where everything is right.

The signature is google-auth's to verify; which key it may be, and every claim, are ours to check: it leaves them open.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from google.auth import jwt

LEEWAY = 60
"""Seconds by which a provider's clock may differ from ours."""
LONGEST = 32 * 1024
"""Characters of a token."""
_KINDS = {"RS256": "RSA", "ES256": "EC"}
_FEWEST_BITS = 2048
_LONGEST_SUBJECT = 255


class Untrue(Exception):
    """What was said does not hold; the message is for the log, and names no value."""


class UnknownKey(Untrue):
    """The token is signed with a key that the provider has not shown us (yet)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token has to say to be meant for us, now and here. `issuers`: of one provider, in all its spellings."""

    issuers: Collection[str]
    client_id: str
    nonce: str


def read(token: str, keys: Sequence[object], expected: Expected, now: float) -> dict[str, Any]:
    """The claims of a token whose every part is right, else Untrue; `keys` are the provider's JSON Web Keys."""
    claims = _verified(token, keys)
    _check(claims, expected, now)
    return claims


def _verified(token: str, keys: Sequence[object]) -> dict[str, Any]:
    if len(token) > LONGEST or not token.isascii():
        raise Untrue("the token is no token")
    try:
        header = jwt.decode_header(token)
        key = _key_for(header, keys)
        return dict(jwt.decode(token, certs=key, clock_skew_in_seconds=LEEWAY))
    except Untrue:
        raise
    # Whatever is wrong with what a stranger sent: its claims may be of any type, and the library compares them.
    except Exception as error:  # noqa: BLE001
        raise Untrue(f"the token does not verify ({type(error).__name__})") from None


def _key_for(header: Mapping[str, Any], keys: Sequence[object]) -> bytes:
    """The one key that this token may be signed with; what it says of keys itself (`jwk`, `jku`, …) is not read."""
    algorithm, key_id = header.get("alg"), header.get("kid")
    # Never "none", and never one that takes the public key for a shared secret.
    if not isinstance(algorithm, str) or algorithm not in _KINDS or "crit" in header:
        raise Untrue("the token is signed in a way that is not taken")
    fitting = [key for key in keys if isinstance(key, dict) and _fits(key, algorithm)]
    if key_id is not None:
        fitting = [key for key in fitting if key.get("kid") == key_id]
    if len(fitting) != 1:
        raise UnknownKey("no key of the provider fits")
    return _pem(fitting[0])


def _fits(key: Mapping[str, Any], algorithm: str) -> bool:
    right_kind = key.get("kty") == _KINDS[algorithm] and key.get("alg", algorithm) == algorithm
    return right_kind and key.get("use", "sig") == "sig" and "verify" in key.get("key_ops", ["verify"])


def _pem(key: Mapping[str, Any]) -> bytes:
    public: rsa.RSAPublicKey | ec.EllipticCurvePublicKey
    try:
        if key["kty"] == "RSA":
            public = rsa.RSAPublicNumbers(_number(key["e"]), _number(key["n"])).public_key()
        else:
            public = ec.EllipticCurvePublicNumbers(_number(key["x"]), _number(key["y"]), _curve(key)).public_key()
    except (KeyError, TypeError, ValueError, UnsupportedAlgorithm):
        raise Untrue("the provider's key cannot be read") from None
    if isinstance(public, rsa.RSAPublicKey) and public.key_size < _FEWEST_BITS:
        raise Untrue("the provider's key is too short")
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _curve(key: Mapping[str, Any]) -> ec.EllipticCurve:
    if key["crv"] != "P-256":
        raise ValueError
    return ec.SECP256R1()


def _number(text: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def _check(claims: Mapping[str, Any], expected: Expected, now: float) -> None:
    """Everything that a right signature says nothing about."""
    if claims.get("iss") not in list(expected.issuers):
        raise Untrue("it is another provider's")
    _check_audience(claims, expected.client_id)
    _check_times(claims, now)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or nonce != expected.nonce:
        raise Untrue("it answers another question")
    if not _names_somebody(claims.get("sub")):
        raise Untrue("it names nobody")


def _names_somebody(subject: object) -> bool:
    fits = isinstance(subject, str) and subject.isascii() and 1 <= len(subject) <= _LONGEST_SUBJECT
    # Blanks at an end are what databases are of several minds about.
    return fits and subject == str(subject).strip()


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    audience, party = claims.get("aud"), claims.get("azp")
    named = audience if isinstance(audience, list) else [audience]
    if client_id not in named or not all(isinstance(one, str) for one in named):
        raise Untrue("it is meant for somebody else")
    # Where several are meant, whom it was given to has to be said, and has to be us.
    if (len(named) > 1 or party is not None) and party != client_id:
        raise Untrue("it was given to somebody else")


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    """The library compares `exp` and `iat` with the clock, but lets NaN pass, and does not know `nbf`."""
    times = {name: claims[name] for name in ("exp", "iat", "nbf", "auth_time") if name in claims}
    for name in times:
        if type(times[name]) not in (int, float) or not math.isfinite(times[name]):
            raise Untrue("its times are no times")
    if times.get("exp", -math.inf) + LEEWAY < now:
        raise Untrue("it has expired")
    if max(times.get("iat", math.inf), times.get("nbf", -math.inf)) - LEEWAY > now:
        raise Untrue("it is not valid yet")
