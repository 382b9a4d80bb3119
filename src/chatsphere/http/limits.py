"""How often is too often: per account and per address, on Redis where there is one, in memory where it is away."""

from __future__ import annotations

import hashlib
import ipaddress
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import flask
from flask import Flask, current_app, g, request
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded

from chatsphere.core import people
from chatsphere.core.errors import TooMany
from chatsphere.http.identity import me

if TYPE_CHECKING:
    from chatsphere.settings import Settings

Gate = Callable[[], None]


def install(app: Flask, settings: Settings) -> None:
    """Set up the limits of this app; with `settings.rate_limits` off every gate is open."""
    limiter = Limiter(
        address,
        app=app,
        enabled=settings.rate_limits,
        storage_uri=settings.redis_url or "memory://",
        # Without a time limit a Redis that hangs would hang every request with it.
        storage_options={"socket_timeout": 1, "socket_connect_timeout": 1} if settings.redis_url else {},
        in_memory_fallback_enabled=bool(settings.redis_url),
        key_prefix="chatsphere",
        strategy="fixed-window",
    )
    app.extensions["chatsphere.limiter"] = limiter
    app.extensions["chatsphere.gates"] = {
        "sign-up": [_gate(limiter, "sign-up", "240/minute", address)],
        "sign-in": [
            _gate(limiter, "sign-in", "240/minute", address),
            _gate(limiter, "sign-in-failures-here", "20/5 minutes", _login_here, deduct_when=_failed),
            _gate(limiter, "sign-in-failures", "100/5 minutes", _login, deduct_when=_failed),
        ],
        "reset": [
            _gate(limiter, "reset", "240/minute", address),
            _gate(limiter, "reset-failures", "20/5 minutes", address, deduct_when=_absent),
        ],
        "confirm": [_gate(limiter, "confirm", "20/5 minutes", me, deduct_when=_not_valid)],
        "post": [_gate(limiter, "post", "3000/minute", me)],
        "upload": [_gate(limiter, "upload", "300/minute", me)],
        "search": [_gate(limiter, "search", "600/minute", me)],
    }


def check(kind: str) -> None:
    """Count one more of this kind, and refuse where it is one too many."""
    gates: dict[str, list[Gate]] = current_app.extensions["chatsphere.gates"]
    try:
        for gate in gates[kind]:
            gate()
    except RateLimitExceeded:
        raise TooMany("That was too often. Wait a moment, then try again.", retry_after=_wait()) from None


def check_sign_in(login: str) -> None:
    """Count one more try to sign in as `login`; only failures count against the account."""
    g.login = login
    check("sign-in")


def address() -> str:
    """Where the request comes from; of IPv6 the network that one customer is given."""
    text = request.remote_addr or "unknown"
    try:
        number = ipaddress.ip_address(text)
    except ValueError:
        return text
    return str(ipaddress.ip_network((number, 64), strict=False)) if number.version == 6 else text


def _gate(
    limiter: Limiter,
    kind: str,
    rule: str,
    key: Callable[[], str],
    *,
    deduct_when: Callable[[flask.wrappers.Response], bool] | None = None,
) -> Gate:
    def gate() -> None:
        """Do nothing: passing through is what counts."""

    # Flask-Limiter knows limits by the qualified name of what they decorate.
    gate.__qualname__ = f"gate-{kind}"
    return limiter.shared_limit(rule, kind, key_func=key, deduct_when=deduct_when)(gate)


def _login() -> str:
    # As whoever looks the account up reads it: else blanks around a name would be tries without end.
    return hashlib.sha256(people.folded_login(str(g.login)).encode("utf-8", "replace")).hexdigest()[:32]


def _login_here() -> str:
    return f"{_login()}@{address()}"


def _failed(response: flask.wrappers.Response) -> bool:
    return response.status_code == 401


def _absent(response: flask.wrappers.Response) -> bool:
    return response.status_code == 404


def _not_valid(response: flask.wrappers.Response) -> bool:
    return response.status_code == 422


def _wait() -> int:
    limiter: Limiter = current_app.extensions["chatsphere.limiter"]
    limit = limiter.current_limit
    return max(1, int(limit.reset_at - time.time()) + 1) if limit else 60
