"""The request's own marks: its id, and the nonce that lets a page's own inline script run."""

from __future__ import annotations

import secrets

from flask import Flask, request

from chatsphere.http.identity import house
from chatsphere.http.responses import NONCE, REQUEST_ID, SECURE, Response


def install(app: Flask) -> None:
    """Give every request an id, every answer our headers and every template `csp_nonce()`."""
    app.response_class = Response
    app.before_request(_mark)
    app.add_template_global(csp_nonce)


def request_id() -> str:
    """The id of this request, as it stands in `X-Request-Id` and in the log."""
    return str(request.environ.get(REQUEST_ID, ""))


def csp_nonce() -> str:
    """This answer's nonce; asking for it is what makes it, and puts it into the policy."""
    if NONCE not in request.environ:
        request.environ[NONCE] = secrets.token_urlsafe(16)
    return str(request.environ[NONCE])


def _mark() -> None:
    request.environ[REQUEST_ID] = secrets.token_hex(8)
    request.environ[SECURE] = house().settings.secure
