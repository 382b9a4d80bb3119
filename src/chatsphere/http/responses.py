"""Our Response: where the policy is put on every answer that Flask gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flask
from werkzeug.datastructures import Headers

from chatsphere import policy

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

NONCE = "chatsphere.nonce"
REQUEST_ID = "chatsphere.request_id"
SECURE = "chatsphere.secure"


class Response(flask.Response):
    """A Flask response that carries the whole policy, unless a view has said something stricter itself."""

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """The headers as they leave: what the view set, then ours for what it left unsaid."""
        headers = super().get_wsgi_headers(environ)
        for name, value in policy.ALWAYS:
            headers.setdefault(name, value)
        headers.setdefault("Content-Security-Policy", policy.content_security_policy(environ.get(NONCE, "")))
        headers.setdefault("Cache-Control", "no-store")
        if environ.get(SECURE) or environ.get("wsgi.url_scheme") == "https":
            headers.setdefault(*policy.HTTPS_ONLY)
        if request_id := environ.get(REQUEST_ID):
            headers["X-Request-Id"] = request_id
        return headers
