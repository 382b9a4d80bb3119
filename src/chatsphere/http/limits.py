"""How often is too often: per account and per address. `GATES` says it; `check` is asked on every way in."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import flask
from flask import Flask, current_app, g, request
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded

from chatsphere import addresses
from chatsphere.core import devices, logins
from chatsphere.core.errors import TooMany
from chatsphere.http.identity import device_token, house, me
from chatsphere.outside.counts import SCHEME

if TYPE_CHECKING:
    from chatsphere.settings import Settings

Pass = Callable[[], None]
Counts = Callable[[flask.wrappers.Response], bool]


@dataclass(frozen=True, slots=True)
class Gate:
    """One limit: so many, by what they are counted, and which answers count (None: all)."""

    name: str
    rule: str
    by: Callable[[], str]
    counts: Counts | None = None


def address() -> str:
    """Where the request comes from; of IPv6 the network that one customer is given."""
    return addresses.customer(request.remote_addr or "")


def whose() -> str:
    """The account that is tried to get into, as whoever asks names it."""
    return str(g.whose)


def _whose_here() -> str:
    return f"{whose()}@{address()}"


def _whose_device() -> str:
    return f"{whose()}@{hashed(device_token())}"


def answered(*statuses: int) -> Counts:
    """Only what is answered like this counts."""
    return lambda response: response.status_code in statuses


_WRONG = answered(401, 422)

GATES: dict[str, tuple[Gate, ...]] = {
    # Names and addresses that are taken are told here, so not to whoever asks for many.
    "sign-up": (
        Gate("sign-up", "240/minute", address),
        Gate("sign-up-taken", "30/5 minutes", address, answered(409)),
    ),
    "sign-in": (Gate("sign-in", "240/minute", address),),
    # A browser that has been in this account before: strangers who guess at it from elsewhere do not keep it out.
    "guess-known": (Gate("guesses-known", "20/5 minutes", _whose_device, _WRONG),),
    "guess": (
        Gate("guesses-from", "120/5 minutes", address, _WRONG),
        Gate("guesses-here", "20/5 minutes", _whose_here, _WRONG),
        Gate("guesses", "100/hour", whose, _WRONG),
    ),
    # The second step. Six digits can be guessed by whoever knows the password, so there are fewer tries at them.
    "second-factor": (
        Gate("second-factor", "240/minute", address),
        Gate("second-factor-failures", "60/5 minutes", address, _WRONG),
    ),
    "code-known": (
        Gate("codes-known", "20/5 minutes", _whose_device, _WRONG),
        Gate("codes-known-today", "50/day", _whose_device, _WRONG),
    ),
    "code": (Gate("codes", "10/5 minutes", whose, _WRONG), Gate("codes-today", "50/day", whose, _WRONG)),
    # Links of every kind: looking is cheap, guessing at them is not.
    "link": (
        Gate("link", "240/minute", address),
        Gate("link-failures", "20/5 minutes", address, answered(404)),
    ),
    # Letters that anybody can have sent to somebody. What was refused has sent none.
    "letter": (Gate("letter", "30/5 minutes", address),),
    "letter-to": (Gate("letter-to", "5/hour", whose, answered(200, 201, 303)),),
    "provider": (
        Gate("provider", "120/minute", address),
        Gate("provider-failures", "30/5 minutes", address, answered(400, 401, 403, 422)),
    ),
    "passkey": (Gate("passkey", "120/minute", address),),
    # The right password takes as long to compare as a wrong one, so that neither is compared without end.
    "confirm": (
        Gate("confirm-all", "60/5 minutes", me),
        Gate("confirm", "20/5 minutes", me, _WRONG),
        Gate("confirm-long", "100/hour", me, _WRONG),
    ),
    "token": (Gate("token", "120/hour", me),),
    "invite": (Gate("invite", "120/hour", me),),
    "report": (Gate("report", "60/hour", me),),
    "export": (Gate("export", "10/hour", me),),
    "post": (Gate("post", "3000/minute", me),),
    "upload": (Gate("upload", "300/minute", me),),
    "piece": (Gate("piece", "3000/minute", me),),
    "draft": (Gate("draft", "600/minute", me),),
    "react": (Gate("react", "600/minute", me),),
    "forward": (Gate("forward", "60/minute", me),),
    "search": (Gate("search", "600/minute", me),),
    "gallery": (Gate("gallery", "600/minute", me),),
    # Each looks at ten thousand messages.
    "find": (Gate("find", "240/minute", me),),
}


def install(app: Flask, settings: Settings) -> None:
    """Set up the limits of this app; with `settings.rate_limits` off every gate is open."""
    limiter = Limiter(
        address,
        app=app,
        enabled=settings.rate_limits,
        storage_uri=f"{SCHEME}://",
        storage_options={"redis_url": settings.redis_url} if settings.redis_url else {},
        key_prefix="chatsphere",
        strategy="fixed-window",
    )
    app.extensions["chatsphere.limiter"] = limiter
    app.extensions["chatsphere.gates"] = {kind: [_pass(limiter, one) for one in ones] for kind, ones in GATES.items()}
    app.after_request(_settle)


def check(kind: str, of: str = "") -> None:
    """Count one more of this kind, and refuse where it is one too many; `of` names the account that it is about."""
    gates: dict[str, list[Pass]] = current_app.extensions["chatsphere.gates"]
    g.whose = of
    try:
        for gate in gates[kind]:
            gate()
    except RateLimitExceeded:
        g.retry_after = _wait()
        raise TooMany("That was too often. Wait a moment, then try again.", retry_after=g.retry_after) from None


def check_sign_in(login: str) -> None:
    """Count one more try to sign in as `login`; only failures count against the account."""
    check("sign-in")
    found = house().chat.ask(logins.by_login, login)
    # By what was typed and not by the account: else one name's limit would tell what the other name of it is.
    check_guess(found.user.id if found else "", f"login:{logins.folded_login(login)}")


def check_guess(user_id: str, of: str = "") -> None:
    """Count one more try to show that one is this user ("": nobody), by a password, say, or by a code."""
    check("guess-known" if _knows(user_id) else "guess", hashed(of or f"user:{user_id}"))


def check_code(user_id: str) -> None:
    """Count one more try at the six digits that this user's app shows; nothing longer, for nobody guesses that."""
    check("code-known" if _knows(user_id) else "code", hashed(f"user:{user_id}"))


def _knows(user_id: str) -> bool:
    # Nobody is looked up like anybody, so that it takes as long.
    return house().chat.ask(devices.known, user_id or "0" * 32, device_token())


def check_letter(address: str, *, by_newcomer: bool = False) -> None:
    """Count one more letter to whoever has this address or name, whether anybody has or not.

    How often newcomers come from one place is counted at sign-up.
    """
    if not by_newcomer:
        check("letter")
    check("letter-to", hashed(logins.folded_login(address)))


def hashed(text: str) -> str:
    """What stands for a name or a token in a counter's key."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _pass(limiter: Limiter, gate: Gate) -> Pass:
    def nothing() -> None:
        """Passing through is what counts."""

    # Flask-Limiter knows limits by the qualified name of what they decorate.
    nothing.__qualname__ = f"gate-{gate.name}"
    limited: Pass = limiter.shared_limit(gate.rule, gate.name, key_func=gate.by)(nothing)

    def passed() -> None:
        """Count first and take back after: many who come at once would else all see that there is room."""
        limited()
        if gate.counts and limiter.current_limit:
            g.setdefault("counted", []).append((limiter.current_limit, gate.counts))

    return passed


def _settle(response: flask.wrappers.Response) -> flask.wrappers.Response:
    """Take back what was counted for an answer that does not count; say when to come back, on a form's page too."""
    limiter: Limiter = current_app.extensions["chatsphere.limiter"]
    for limit, counts in g.pop("counted", []):
        if not counts(response):
            limiter.storage.incr(limit.key, limit.limit.get_expiry(), -1)
    if response.status_code == TooMany.status and "retry_after" in g:
        response.headers.setdefault("Retry-After", str(g.retry_after))
    return response


def _wait() -> int:
    limiter: Limiter = current_app.extensions["chatsphere.limiter"]
    limit = limiter.current_limit
    return max(1, int(limit.reset_at - time.time()) + 1) if limit else 60
