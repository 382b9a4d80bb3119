"""How an answer is judged: it is done, or it is exactly the problem that the contract names."""

from __future__ import annotations

from typing import Any

import httpx


def done(answer: httpx.Response, status: int = 200) -> Any:
    """The JSON of an answer with this status; None where it has no body."""
    assert answer.status_code == status, (answer.request.method, str(answer.url), answer.status_code, answer.text[:600])
    assert answer.headers.get("x-request-id")
    if status == 204:
        assert answer.content == b""
        return None
    assert answer.headers["content-type"] == "application/json", answer.headers["content-type"]
    return answer.json()


def problem(answer: httpx.Response, status: int, *fields: str, kind: str = "") -> dict[str, Any]:
    """The problem of an answer, which must be well-formed, of this status, and name exactly these fields."""
    assert answer.status_code == status, (answer.request.method, str(answer.url), answer.status_code, answer.text[:600])
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers.get("x-request-id")
    body = dict(answer.json())
    assert body.keys() == {"type", "title", "status", "detail"} | ({"errors"} if status == 422 else set()), body
    assert body["status"] == status
    assert all(isinstance(body[name], str) and body[name] for name in ("type", "title", "detail")), body
    assert body["type"].endswith(kind), body
    if status == 422:
        assert body["errors"], body
        assert all(error.keys() == {"field", "message"} and error["message"] for error in body["errors"]), body
    if fields:
        assert {error["field"] for error in body["errors"]} == set(fields), body
    if status == 429:
        assert int(answer.headers["retry-after"]) > 0
    return body


def nothing_here(answer: httpx.Response) -> bytes:
    """The body of the one 404 that absent and foreign things share."""
    problem(answer, 404)
    return answer.content
