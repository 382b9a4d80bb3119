"""Who opens a socket, decided before it is opened."""

from __future__ import annotations

import json
import secrets
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Any

from chatsphere.core.errors import Forbidden, Refusal, Unauthenticated

if TYPE_CHECKING:
    from chatsphere.core.sessions import SignedIn
    from chatsphere.settings import Settings

Headers = Iterable[tuple[bytes, bytes]]
Find = Callable[[str], Awaitable["SignedIn | None"]]
Send = Callable[[Any], Awaitable[None]]


async def who(headers: Headers, settings: Settings, find: Find) -> SignedIn:
    """Who is there, by the `Authorization` header if there is one, else by the cookie of a page of ours."""
    found = await known(headers, settings, find)
    if found is None:
        raise Unauthenticated("Sign in first.")
    said = _said(headers)
    # Browsers send even strict cookies along from another port or subdomain; only `Origin` tells them apart.
    if "authorization" not in said and said.get("origin") not in settings.origins():
        raise Forbidden("This connection comes from another site.")
    return found


async def known(headers: Headers, settings: Settings, find: Find) -> SignedIn | None:
    """Whose token or cookie this is, whatever page it comes from."""
    said = _said(headers)
    if "authorization" in said:
        scheme, _, token = said["authorization"].partition(" ")
        found = await find(token.strip()) if scheme.lower() == "bearer" and token.strip() else None
    else:
        token = cookie(said.get("cookie", ""), settings.cookie_name)
        found = await find(token) if token else None
        if found is not None and found.session.kind != "session":
            found = None
    if found is None or found.user.is_disabled or found.user.is_deleted:
        return None
    return found


def _said(headers: Headers) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


def cookie(header: str, name: str) -> str:
    """One cookie of a header; the others may be as odd as they like."""
    for part in header.split(";"):
        key, _, value = part.partition("=")
        if key.strip() == name:
            return value.strip().strip('"')
    return ""


async def refuse(send: Send, refusal: Refusal) -> None:
    """Answer with a problem instead of a socket."""
    problem = {"type": refusal.type, "title": refusal.title, "status": refusal.status, "detail": refusal.detail}
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-request-id", secrets.token_hex(8).encode()),
    ]
    if refusal.status == Unauthenticated.status:
        headers.append((b"www-authenticate", b"Bearer"))
    if (retry_after := getattr(refusal, "retry_after", None)) is not None:
        headers.append((b"retry-after", str(max(1, retry_after)).encode()))
    await send({"type": "websocket.http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": json.dumps(problem).encode(), "more_body": False})
