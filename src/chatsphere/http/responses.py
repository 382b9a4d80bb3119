"""Our Response: the one place where the security headers of every answer are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flask
from werkzeug.datastructures import Headers

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

NONCE = "chatsphere.nonce"
REQUEST_ID = "chatsphere.request_id"

_POLICY = (
    "default-src 'none'; script-src 'self'{nonce}; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types chatsphere"
)
_PERMISSIONS = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), usb=()"
)
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    # Not no-referrer: under it browsers send `Origin: null` with our own forms.
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", _PERMISSIONS),
)


class Response(flask.Response):
    """A Flask response that carries the whole policy, unless a view has said something stricter itself."""

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """The headers as they leave: what the view set, then ours for what it left unsaid."""
        headers = super().get_wsgi_headers(environ)
        for name, value in _ALWAYS:
            headers.setdefault(name, value)
        headers.setdefault("Content-Security-Policy", content_security_policy(environ))
        headers.setdefault("Cache-Control", "no-store")
        if environ.get("wsgi.url_scheme") == "https":
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request_id := environ.get(REQUEST_ID):
            headers["X-Request-Id"] = request_id
        return headers


def content_security_policy(environ: WSGIEnvironment) -> str:
    """The policy of one answer; scripts in the page are allowed by its nonce, and only where a page asked for one."""
    nonce = environ.get(NONCE)
    return _POLICY.format(nonce=f" 'nonce-{nonce}'" if nonce else "")
