"""Who opens a socket, decided before it is opened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any

from chatsphere import addresses, policy
from chatsphere.core.errors import Forbidden, Refusal, SecondFactorMissing, Unauthenticated

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
    if found.lacks_factor:
        raise SecondFactorMissing("Set up a second factor first, in your settings.")
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


def address(scope: MutableMapping[str, Any], trusted: Sequence[addresses.Network]) -> str:
    """Whom limits count this handshake to: as over HTTP, what trusted proxies say is believed."""
    said = b",".join(value for name, value in scope["headers"] if name.lower() == b"x-forwarded-for")
    peer = (scope.get("client") or ("",))[0]
    return addresses.customer(addresses.client(peer, said.decode("latin-1"), trusted))


def cookie(header: str, name: str) -> str:
    """One cookie of a header; the others may be as odd as they like."""
    for part in header.split(";"):
        key, _, value = part.partition("=")
        if key.strip() == name:
            return value.strip().strip('"')
    return ""


async def refuse(send: Send, refusal: Refusal) -> None:
    """Answer with a problem instead of a socket."""
    headers, body = policy.refusal(refusal.status, refusal.title, refusal.detail, refusal.type)
    if refusal.status == Unauthenticated.status:
        headers.append((b"www-authenticate", b"Bearer"))
    if (retry_after := getattr(refusal, "retry_after", None)) is not None:
        headers.append((b"retry-after", str(max(1, retry_after)).encode()))
    await send({"type": "websocket.http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": body, "more_body": False})
