"""Who is asking: the cookie of a browser or the bearer token of a program, looked up once per request."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

from flask import Response, current_app, g, request

from chatsphere.core import devices, sessions
from chatsphere.core.errors import ConfirmNeeded, Forbidden, SecondFactorMissing, Unauthenticated

if TYPE_CHECKING:
    from chatsphere.core.sessions import Opened, SignedIn
    from chatsphere.core.values import User
    from chatsphere.house import House

_LONGEST = timedelta(days=180)
_DEVICE_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_SEEN_EVERY = timedelta(minutes=5)
_NEVER = datetime.min.replace(tzinfo=UTC)
_NOT_ASKED = object()
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def house() -> House:
    """The house this app was built over."""
    return cast("House", current_app.extensions["chatsphere"])


def who() -> SignedIn | None:
    """This request's session and user, or None; where `Authorization` is present it alone decides."""
    # Each word with `g` goes through Flask's proxy, and this is asked several times for each request.
    found = g.get("signed_in", _NOT_ASKED)
    if found is _NOT_ASKED:
        found = g.signed_in = _look_up()
    return cast("SignedIn | None", found)


def browsers_only() -> None:
    """Know nobody but browsers in this request: a program's token opens nothing here."""
    g.browsers_only = True


def signed_in() -> SignedIn:
    """This request's session and user; refuses whoever has none."""
    found = who()
    if found is None:
        raise Unauthenticated("Sign in first.")
    if found.lacks_factor and not g.get("setting_up"):
        raise SecondFactorMissing("Everybody like you needs a second factor here: set one up in your settings first.")
    return found


def lacks_factor() -> bool:
    """Whether whoever sits at this browser has to have a second factor, and has none; programs go on without."""
    found = who()
    return found is not None and found.lacks_factor


def set_up_first() -> None:
    """In this request whoever lacks a second factor may set one up."""
    g.setting_up = True


def viewer() -> User:
    """The user who is asking."""
    return signed_in().user


def me() -> str:
    """The id of the user who is asking."""
    return signed_in().user.id


def sign_in(response: Response, opened: Opened) -> None:
    """Put a newly opened session into the browser's cookie."""
    settings = house().settings
    response.set_cookie(
        settings.cookie_name,
        opened.token,
        max_age=_LONGEST,
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="Lax",
    )
    if token := g.get("device_token"):
        response.set_cookie(
            _device_cookie(),
            token,
            max_age=devices.FORGOTTEN_AFTER,
            path="/",
            secure=settings.secure,
            httponly=True,
            samesite="Lax",
        )


def device_token() -> str:
    """What this browser was given when somebody first signed in with it; empty where nobody has."""
    token = request.cookies.get(_device_cookie(), "")
    return token if _DEVICE_TOKEN.fullmatch(token) else ""


def _device_cookie() -> str:
    return f"{house().settings.cookie_name}-device"


def sign_out(response: Response) -> None:
    """Take the session's cookie out of the browser, and all that it has kept of us."""
    settings = house().settings
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.delete_cookie(settings.cookie_name, path="/", secure=settings.secure, httponly=True, samesite="Lax")


def refuse_cross_site(*, strangers_too: bool = False) -> None:
    """Refuse a change that comes from another site with our cookie; with `strangers_too`, without it as well."""
    if request.method in _SAFE_METHODS or not (strangers_too or _by_cookie()):
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        passes = site in ("same-origin", "none")
    else:
        passes = origin is None or origin in house().settings.origins()
    if not passes:
        raise Forbidden("This request came from another site.")


def require_confirmed() -> None:
    """Refuse a browser where it was last shown too long ago who sits there, for what it wants to change."""
    if not is_confirmed():
        raise ConfirmNeeded("Show once more that it is you, then try again.")


def is_confirmed() -> bool:
    """Whether it was shown in the last five minutes who sits there; a program with a token never has to."""
    session = signed_in().session
    return session.kind != "session" or house().chat.clock() - session.confirmed_at <= sessions.CONFIRMED_FOR


def _by_cookie() -> bool:
    return "Authorization" not in request.headers and house().settings.cookie_name in request.cookies


def _look_up() -> SignedIn | None:
    token = _token()
    found = house().chat.ask(sessions.find, token) if token else None
    if found is None or found.user.is_disabled or found.user.is_deleted:
        return None
    if (_by_cookie() or "browsers_only" in g) and found.session.kind != "session":
        return None
    _keep_fresh(found)
    return found


def _token() -> str:
    authorization = request.headers.get("Authorization")
    if authorization is None:
        return request.cookies.get(house().settings.cookie_name, "")
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _keep_fresh(found: SignedIn) -> None:
    """Note now and then that a session is in use; nobody waits for it."""
    now = house().chat.clock()
    if now - found.session.last_seen_at < _SEEN_EVERY:
        return
    seen: dict[str, datetime] = current_app.extensions["chatsphere.seen"]
    # The cached session may stay old for a while: without this each request would write.
    if now - seen.get(found.session.id, _NEVER) < _SEEN_EVERY:
        return
    if len(seen) > 10_000:
        seen.clear()
    seen[found.session.id] = now
    house().chat.send(sessions.seen, lambda outcome: None, found.session.id, request.remote_addr or "")
