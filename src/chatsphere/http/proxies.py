"""Behind a proxy: the app is told the true address, and the scheme, by proxies that are trusted and by no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from chatsphere import addresses

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

FORWARDED = "chatsphere.forwarded"
# What says that somebody else asks than the peer; `Forwarded` is never believed, for nobody cleans it.
_HEADERS = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")


def behind(app: WSGIApplication, trusted: Iterable[object]) -> WSGIApplication:
    """The app, told the true address and scheme by trusted proxies."""
    networks = addresses.networks(trusted)

    def passed_on(environ: WSGIEnvironment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ[FORWARDED] = any(name in environ for name in _HEADERS)
        peer = environ.get("REMOTE_ADDR", "")
        environ["REMOTE_ADDR"] = addresses.client(peer, environ.get("HTTP_X_FORWARDED_FOR", ""), networks)
        scheme = environ.get("HTTP_X_FORWARDED_PROTO")
        if scheme in ("http", "https") and addresses.is_in(addresses.plain(peer), networks):
            environ["wsgi.url_scheme"] = scheme
        return app(environ, start_response)

    return passed_on
