"""The blueprint of all pages, and what every template knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from chatsphere.http.identity import browsers_only, who

pages = Blueprint("pages", __name__)
V = TypeVar("V", bound=Callable[..., Any])

# Whoever got hold of a token could else give themself a key that outlives it.
pages.before_request(browsers_only)


def sets_up(view: V) -> V:
    """Mark a page that is there for whoever has to set up a second factor before anything else."""
    view.sets_up = True  # type: ignore[attr-defined]
    return view


def go(path: str) -> Response:
    """After a form: fetch this page."""
    return redirect(path, 303)


def sign_in_first() -> Response:
    """Whoever is not signed in comes back here once they are."""
    return go(f"/login?{urlencode({'next': request.full_path.rstrip('?')})}")


def wanted_page() -> str:
    """Where somebody wanted to go before they had to sign in: a path of ours, never another site."""
    path = request.values.get("next", "")
    local = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if local else "/"


def is_guest() -> bool:
    """Whether nobody is signed in here."""
    return who() is None


from chatsphere.web import (  # noqa: E402, F401 - they add their routes
    access,
    appearance,
    authenticators,
    confirm,
    conversation,
    data,
    devices,
    exports,
    factors,
    gallery,
    identities,
    installable,
    invitations,
    invite,
    landing,
    login,
    newcomers,
    passkeys,
    privacy,
    providers,
    recovery,
    register,
    reset,
    second,
    security,
    settings,
    tokens,
    wellknown,
)
from chatsphere.web.admin import (  # noqa: E402, F401 - the same
    audit,
    desk,
    invitations as all_invitations,
    overview,
    people,
    reports,
    retention,
    settings as admin_settings,
    storage,
)
