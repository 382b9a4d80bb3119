"""Our Response: where the policy is put on every answer that Flask gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flask

from chatsphere import policy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import WSGIEnvironment

NONCE = "chatsphere.nonce"
REQUEST_ID = "chatsphere.request_id"
SECURE = "chatsphere.secure"


class Response(flask.Response):
    """A Flask response that carries the whole policy, unless a view has said something stricter itself."""

    def get_wsgi_response(self, environ: WSGIEnvironment) -> tuple[Iterable[bytes], str, list[tuple[str, str]]]:
        """What leaves: the headers that the view set, then ours for what it left unsaid."""
        body, status, headers = super().get_wsgi_response(environ)
        # As a list: one by one, Werkzeug would look at each of them for each of ours.
        said = {name.lower() for name, _ in headers}
        secure = environ.get(SECURE) or environ.get("wsgi.url_scheme") == "https"
        ours = (
            *policy.ALWAYS,
            ("Content-Security-Policy", policy.content_security_policy(environ.get(NONCE, ""))),
            ("Cache-Control", "no-store"),
            *((policy.HTTPS_ONLY,) if secure else ()),
            *((("X-Request-Id", environ[REQUEST_ID]),) if REQUEST_ID in environ else ()),
        )
        return body, status, headers + [(name, value) for name, value in ours if name.lower() not in said]
