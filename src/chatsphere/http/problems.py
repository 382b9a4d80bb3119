"""Every refusal in the web's language: problem+json for programs, a page for whoever reads pages."""

from __future__ import annotations

import errno
import json
from typing import Any

import structlog
from flask import Flask, render_template, request
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError as NoneFree
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestedRangeNotSatisfiable

from chatsphere.core.errors import Invalid, NotFound, Refusal, TooMany, Unauthenticated, Unavailable
from chatsphere.core.phrases import phrase
from chatsphere.http.headers import request_id
from chatsphere.http.responses import Response
from chatsphere.http.words import spoken
from chatsphere.outside.storage import StorageError

log = structlog.get_logger("chatsphere.http")

# Something that we stand on does not answer, or has no room left.
_AWAY = (OperationalError, InterfaceError, NoneFree, StorageError)
# What the framework finds, in our words; its own sentences speak of "the server" and "the URL".
_SENTENCES = {
    400: (phrase("Not understood"), phrase("The request could not be read.")),
    405: (phrase("Not a method of this address"), phrase("This address exists, but it does not answer that method.")),
    413: (phrase("Too large"), phrase("That is more than is taken here.")),
    415: (phrase("Wrong kind of content"), phrase("That kind of content is not taken here.")),
    416: (phrase("Not within it"), phrase("The range asked for is not within what is there.")),
}
_BROKEN = phrase("Something broke"), phrase("It is not your fault, and it was written down.")


class BadRequest(Refusal):
    """The body is not what it says it is: JSON or multipart that cannot be parsed."""

    status, title = 400, phrase("Not understood")


class TooLarge(Refusal):
    """More than is taken here."""

    status, title = 413, phrase("Too large")


class WrongKind(Refusal):
    """The body is of another kind than what is taken here."""

    status, title = 415, phrase("Wrong kind of content")


def install(app: Flask) -> None:
    """Answer refusals, the framework's own errors and what nobody expected in one language."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, _framework)
    app.register_error_handler(Exception, _unexpected)


def refused(refusal: Refusal) -> Response:
    """The answer to a refusal, whoever raised it."""
    more: dict[str, Any] = {}
    if isinstance(refusal, Invalid) or refusal.errors:
        more["errors"] = [{"field": error.field, "message": error.message} for error in refusal.errors]
    answer = _answer(refusal.status, refusal.title, refusal.detail, refusal.type, **more)
    if isinstance(refusal, Unauthenticated):
        answer.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(refusal, TooMany | Unavailable):
        answer.headers["Retry-After"] = str(max(1, refusal.retry_after))
    return answer


def _framework(error: HTTPException) -> Response:
    if error.code == NotFound.status:
        return refused(NotFound())
    code = error.code or 500
    title, detail = _SENTENCES.get(code, (error.name, error.description or error.name))
    answer = _answer(code, title, detail)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    if isinstance(error, RequestedRangeNotSatisfiable):
        answer.headers["Content-Range"] = f"bytes */{error.length}"
    return answer


def _unexpected(error: Exception) -> Response:
    if isinstance(error, _AWAY) or getattr(error, "errno", None) == errno.ENOSPC:
        log.error("unavailable", request_id=request_id(), error=type(error).__name__)
        return refused(Unavailable("The server cannot store or read anything just now. Try again in a moment."))
    log.error("unexpected", request_id=request_id(), exc_info=error)
    return _answer(500, *_BROKEN, request_id=request_id())


def _answer(status: int, title: str, detail: str, kind: str = "about:blank", **more: Any) -> Response:
    problem = {"type": kind, "title": title, "status": status, "detail": detail, **more, **_said(detail, more)}
    if wants_page() and (page := _page(problem)):
        return Response(page, status, mimetype="text/html")
    return Response(json.dumps(problem, ensure_ascii=False), status, content_type="application/problem+json")


def _said(detail: str, more: dict[str, Any]) -> dict[str, str]:
    """The sentence once more in the reader's language, for whoever shows it to a person; programs go by the English."""
    errors = more.get("errors")
    sentence = errors[0]["message"] if errors else detail
    told = spoken(sentence)
    return {} if told == sentence else {"said": told}


def _page(problem: dict[str, Any]) -> str | None:
    try:
        return render_template("errors/problem.html", problem=problem)
    # What broke the page may break this one as well: then the plain words have to do.
    except Exception as error:
        log.error("unexpected", request_id=request_id(), exc_info=error)
        return None


def wants_page() -> bool:
    """Whether this is somebody reading pages rather than a program reading data."""
    return not request.path.startswith("/api/") and "text/html" in request.headers.get("Accept", "")
