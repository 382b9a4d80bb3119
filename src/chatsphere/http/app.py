"""The Flask app: pages and data over one house, answering in one manner whatever happens."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import flask
import structlog
from flask import Flask, Response, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from werkzeug.routing import BaseConverter

from chatsphere import api
from chatsphere.http import assets, headers, identity, limits, looks, metrics, packing, problems, proxies, words
from chatsphere.web.pages import pages

if TYPE_CHECKING:
    from chatsphere.house import House

log = structlog.get_logger("chatsphere.http")


class App(Flask):
    """Flask without what costs each request something and is nothing here."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Nothing of ours is a coroutine: it would look at each view and hook to see whether it is."""
        return func


class Flows(SecureCookieSessionInterface):
    """Flask's own session, which is there for round trips to other providers alone."""

    def open_session(self, app: Flask, request: flask.Request) -> SecureCookieSession | None:
        """Without its cookie there is nothing to read, and no key to be made for it."""
        if "HTTP_COOKIE" not in request.environ or not request.cookies.get(self.get_cookie_name(app)):
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Of one that nobody has looked at there is nothing to say, and no cookie to be described."""
        if session.accessed or session.modified or session:
            super().save_session(app, session, response)


class PlainConverter(BaseConverter):
    """A path part that is none of the words which have an address of their own below a conversation."""

    regex = r"(?!(?:messages|events|read|participants|files|pictures)$)[^/]+"
    # Werkzeug takes the slash in the pattern for one that may match, and would then let none follow.
    part_isolating = True


def create_app(house: House) -> Flask:
    """The WSGI app of this house."""
    app = App("chatsphere", static_folder=None)
    app.session_interface = Flows()
    app.extensions["chatsphere"] = house
    app.extensions["chatsphere.seen"] = {}
    app.secret_key = house.settings.secret_key
    app.config.update(MAX_FORM_MEMORY_SIZE=64 * 1024, MAX_CONTENT_LENGTH=None, SESSION_COOKIE_SAMESITE="Lax")
    # No other site may ask anything here, so there is nothing to say to OPTIONS.
    app.config.update(PROVIDE_AUTOMATIC_OPTIONS=False)
    app.config.update(SESSION_COOKIE_NAME=house.settings.flow_cookie, SESSION_COOKIE_SECURE=house.settings.secure)
    _route(app)
    headers.install(app)
    app.before_request(_begin)
    problems.install(app)
    limits.install(app, house.settings)
    metrics.install(app)
    app.after_request(_say)
    app.register_blueprint(api.blueprint())
    app.register_blueprint(api.health())
    app.register_blueprint(pages)
    assets.install(app)
    words.install(app)
    packing.install(app)
    looks.install(app)
    app.wsgi_app = proxies.behind(app.wsgi_app, house.settings.trusted_proxies)  # type: ignore[assignment, method-assign]
    return app


def _route(app: Flask) -> None:
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.url_map.redirect_defaults = False
    app.url_map.converters["plain"] = PlainConverter


def _begin() -> None:
    g.began = time.perf_counter()
    # The API asks this itself, after "who are you"; for pages there is nothing to ask before.
    if request.endpoint and not request.path.startswith("/api/"):
        # Another site's form must not sign anybody in either: what they write then would be in its owner's account.
        identity.refuse_cross_site(strangers_too=True)


def _say(response: Response) -> Response:
    """One line for each request: never its words, tokens or parameters."""
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    route = request.url_rule.rule if request.url_rule else None
    found = g.get("signed_in")
    metrics.count(request.method, route or "unknown", response.status_code, seconds)
    log.info(
        "request",
        request_id=headers.request_id(),
        user_id=found.user.id if found else None,
        method=request.method,
        route=route,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
    )
    return response
