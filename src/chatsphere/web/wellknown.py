"""Addresses that programs know by themselves: whom to tell of a hole, where passwords and passkeys are changed."""

from __future__ import annotations

import json
from datetime import timedelta
from email.utils import parseaddr

from flask import request
from werkzeug.wrappers import Response

from chatsphere.core.errors import NotFound
from chatsphere.http.identity import house
from chatsphere.http.responses import Response as Answer
from chatsphere.settings import Settings
from chatsphere.web.pages import go, pages

# Said anew each time it is asked for, so it may be short: it is who runs this today.
_HOLDS = timedelta(days=90)
_WHERE = "/settings/security"


@pages.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Whom to tell of a hole (RFC 9116); nothing where nobody is named, for a contact is the point of it."""
    settings = house().settings
    contact = _contact(settings)
    if contact is None:
        raise NotFound
    expires = (house().chat.clock() + _HOLDS).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [f"Contact: {contact}", f"Expires: {expires}", "Preferred-Languages: en"]
    if settings.base_url:
        lines.append(f"Canonical: {settings.base_url}/.well-known/security.txt")
    return Answer("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@pages.get("/.well-known/change-password")
def change_password() -> Response:
    """Where password managers send people."""
    return go(_WHERE)


@pages.get("/.well-known/passkey-endpoints")
def passkey_endpoints() -> Response:
    """Where password managers send people who want a passkey, or look after those they have."""
    where = f"{house().settings.base_url or request.host_url.rstrip('/')}{_WHERE}"
    return Answer(json.dumps({"enroll": where, "manage": where}), content_type="application/json")


def _contact(settings: Settings) -> str | None:
    if settings.security_contact:
        return settings.security_contact
    _, sender = parseaddr(settings.mail_from or "")
    return f"mailto:{sender}" if sender else None
