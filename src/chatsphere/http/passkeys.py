"""Passkeys at the door: what a browser is asked for, and whether what it answers is what it says.

The browser answers to a challenge of ours that is used up before the answer is looked at, so that none is heard twice.
It names the page that asked (its origin, which has to be ours to the letter) and is bound to our host's name (the
relying party's id, as the standard calls it). Whose a passkey is has been checked by the device, or it does not count.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

import structlog
import webauthn
from flask import request
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    options_to_json,
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from chatsphere.core import challenges, passkeys
from chatsphere.core.errors import Forbidden, NotFound, Unauthenticated
from chatsphere.core.passkeys import Credential, Passkey
from chatsphere.core.values import User
from chatsphere.http.identity import house

log = structlog.get_logger("chatsphere.passkeys")

T = TypeVar("T")

Purpose = Literal["passkey-in", "passkey-second", "passkey-confirm"]
"""What a challenge is for: signing in, the second step of it, showing once more who one is."""
_ADD = "passkey-add"
_TIMEOUT = int(challenges.LASTS.total_seconds() * 1000)
_SURE = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True)
class Site:
    """The name that passkeys are bound to here, and the origin of the pages that may use them."""

    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Used:
    """A passkey that has just shown that it is there, and its count; `passkeys.use` takes it from here."""

    passkey: Passkey
    sign_count: int


def site() -> Site | None:
    """Where this request finds passkeys; None where it finds none: browsers bind them to a name, and to a safe one."""
    settings = house().settings
    origin = settings.base_url or f"{request.scheme}://{request.host}"
    name = urlsplit(origin).hostname or ""
    safe = origin.startswith("https://") or name == "localhost"
    return Site(name, origin) if safe and not _is_number(name) and origin in settings.origins() else None


def creation(user: User) -> str:
    """What a browser needs to make a passkey for this user, in JSON."""
    mine = house().chat.ask(passkeys.mine, user.id)
    options = webauthn.generate_registration_options(
        rp_id=_here().name,
        rp_name="ChatSphere",
        user_id=bytes.fromhex(user.id),
        user_name=user.user_name,
        user_display_name=user.display_name,
        challenge=_begin(user.id, _ADD),
        timeout=_TIMEOUT,
        exclude_credentials=_described(mine),
        authenticator_selection=AuthenticatorSelectionCriteria(
            # Found without a name: then it is a way to sign in, and no password is needed.
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=_SURE,
        ),
    )
    return options_to_json(options)


def created(answer: Any, user_id: str) -> Credential:
    """The passkey that this user's browser has made; Unauthenticated where it is not what was asked for."""
    here = _here()
    said = _read(lambda: parse_registration_credential_json(answer))
    asked = _finish(said.response.client_data_json, _ADD, user_id)
    made = _read(
        lambda: webauthn.verify_registration_response(
            credential=said,
            expected_challenge=asked,
            expected_rp_id=here.name,
            expected_origin=here.origin,
            require_user_verification=True,
        )
    )
    transports = [one.value for one in said.response.transports or ()]
    return Credential(made.credential_id, made.credential_public_key, made.sign_count, transports)


def asking(purpose: Purpose, user_id: str | None = None) -> str:
    """What a browser needs to use a passkey of this user, or whichever it finds, in JSON."""
    known = house().chat.ask(passkeys.mine, user_id) if user_id else []
    options = webauthn.generate_authentication_options(
        rp_id=_here().name,
        challenge=_begin(user_id, purpose),
        timeout=_TIMEOUT,
        allow_credentials=_described(known),
        user_verification=_SURE,
    )
    return options_to_json(options)


def used(answer: Any, purpose: Purpose, user_id: str | None = None) -> Used:
    """The passkey that a browser has used, of this user if one is named; Unauthenticated where it is not believed."""
    here = _here()
    said = _read(lambda: parse_authentication_credential_json(answer))
    asked = _finish(said.response.client_data_json, purpose, user_id)
    passkey = _known(said.raw_id)
    owner, handle = bytes.fromhex(passkey.user_id), said.response.user_handle
    if user_id not in (None, passkey.user_id) or handle not in ((owner,) if user_id is None else (owner, None)):
        raise Unauthenticated("This passkey belongs to another account.")
    heard = _read(
        lambda: webauthn.verify_authentication_response(
            credential=said,
            expected_challenge=asked,
            expected_rp_id=here.name,
            expected_origin=here.origin,
            credential_public_key=passkey.public_key,
            # Compared by `passkeys.use`, in the statement that keeps the new one.
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    )
    return Used(passkey, heard.new_sign_count)


def _here() -> Site:
    here = site()
    if here is None:
        raise Forbidden("Passkeys do not work at this address: they need a name, and https.")
    return here


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _begin(user_id: str | None, purpose: str) -> bytes:
    # The token is the challenge: only its hash is kept, and the browser brings it back.
    return base64url_to_bytes(house().chat.do(challenges.begin, user_id, purpose))


def _finish(client_data: bytes, purpose: str, user_id: str | None) -> bytes:
    asked = _read(lambda: parse_client_data_json(client_data)).challenge
    try:
        begun = house().chat.do(challenges.finish, bytes_to_base64url(asked), purpose)
    except NotFound:
        raise Unauthenticated("That took too long. Please try again.") from None
    if begun.user_id != user_id:
        raise Unauthenticated("This was asked of somebody else.")
    return asked


def _known(credential_id: bytes) -> Passkey:
    try:
        return house().chat.ask(passkeys.find, credential_id)
    except NotFound:
        raise Unauthenticated("This passkey is not known here, or not any more.") from None


def _read(look: Callable[[], T]) -> T:
    try:
        return look()
    # The library raises a dozen kinds of its own, and on odder input those of CBOR, base64 and ASN.1 below it.
    except Exception as error:  # noqa: BLE001 - whatever it stumbles over is no passkey
        log.info("a passkey was not believed", reason=type(error).__name__)
        raise Unauthenticated("This passkey was not believed. Please try again.") from None


def _described(known: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=one.credential_id, transports=[AuthenticatorTransport(t) for t in one.transports]
        )
        for one in known
    ]
