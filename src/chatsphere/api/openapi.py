"""The OpenAPI 3.1 document, written from the registered endpoints, so that it cannot say other than what is done."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from chatsphere.api.bodies import OFFSET, PIECE
from chatsphere.api.endpoint import Body, Endpoint, Form, Piece, Query

Json = dict[str, Any]
PREFIX = "/api/v1"
TEMPLATE = "#/components/schemas/{model}"
PATH_PART = re.compile(r"<(?:\w+:)?(\w+)>")

_WHY = {
    400: "The body cannot be parsed.",
    401: "Nobody is signed in.",
    403: "The caller may not do this.",
    404: "It is not there, or not the caller's to know of.",
    409: "It conflicts with what is there.",
    413: "It is too large.",
    415: "The body is of another kind.",
    416: "The range is not within it.",
    422: "Fields or parameters are not valid; `errors` names each.",
    429: "That was too often; `Retry-After` says how long to wait.",
}
_TAGS = {
    "status": "Whether the server answers.",
    "users": "Accounts.",
    "sessions": "Where somebody is signed in.",
    "tokens": "How programs sign in.",
    "contacts": "Whom one has blocked or muted.",
    "privacy": "Who may write to one first.",
    "previews": "What the links of messages lead to.",
    "reports": "What the administrators are asked to look at.",
    "conversations": "Two or more users and their messages.",
    "participants": "The people of a conversation.",
    "messages": "What participants say.",
    "drafts": "What one has begun to say.",
    "uploads": "Files that come in pieces.",
    "edits": "Messages said otherwise, and what they said before.",
    "replies": "What answers a message.",
    "reactions": "One emoji on a message, or on one picture of it.",
    "pins": "Messages kept in sight for all.",
    "forwards": "Messages said again elsewhere.",
    "files": "The bytes of attachments.",
    "gallery": "Every picture that one may see.",
    "search": "Where words were said.",
    "score": "When how much was said in a conversation.",
    "events": "The numbered changes to a conversation.",
}

_OFFSET: Json = {
    "name": OFFSET,
    "in": "header",
    "required": True,
    "description": "From which byte of the file on the body belongs: as many as have arrived.",
    "schema": {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999},
}


class FieldProblem(BaseModel):
    """One field of what was sent, and what is wrong with it."""

    field: str
    message: str


class Problem(BaseModel):
    """Every error, as RFC 9457 has it; `said` is its sentence once more in the language of whoever reads it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []
    said: str = ""
    request_id: str = ""


def document(endpoints: Iterable[Endpoint], version: str) -> Json:
    """The whole document."""
    endpoints = list(endpoints)
    paths: dict[str, Json] = {}
    for one in endpoints:
        path = PREFIX + PATH_PART.sub(r"{\1}", one.rule)
        paths.setdefault(path, {})[one.method.lower()] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ChatSphere",
            "version": version,
            "summary": "Conversations, messages and pictures over HTTP.",
            "description": "A trailing slash never matters, and HEAD answers as GET.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/", "description": "This server"}],
        "tags": [{"name": name, "description": text} for name, text in _TAGS.items()],
        "security": [{"cookie": []}, {"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": _schemas(endpoints),
            "responses": {"Problem": {"description": "What went wrong.", "content": _problem()}},
            "securitySchemes": {
                "cookie": {"type": "apiKey", "in": "cookie", "name": "chatsphere"},
                "bearer": {"type": "http", "scheme": "bearer", "description": "A token from `POST /tokens`."},
            },
        },
    }


def _operation(one: Endpoint) -> Json:
    summary = (one.view.__doc__ or "").strip().partition("\n")[0]
    operation: Json = {
        "operationId": one.name,
        "tags": [one.name.partition("_")[0]],
        "summary": summary.rstrip("."),
        "parameters": [*_path_parameters(one.rule), *_query_parameters(one.of(Query))],
        "responses": _responses(one),
    }
    for kind, content_type in ((Body, "application/json"), (Form, "multipart/form-data")):
        if model := one.of(kind):
            content = {content_type: {"schema": {"$ref": TEMPLATE.format(model=model.__name__)}}}
            operation["requestBody"] = {"required": True, "content": content}
    if one.of(Piece):
        operation["requestBody"] = {"required": True, "content": {PIECE: {"schema": {}}}}
        operation["parameters"].append(_OFFSET)
    if one.open:
        operation["security"] = []
    return operation


def _path_parameters(rule: str) -> list[Json]:
    said = {"message_id": "The number of the message.", "name": "A rendition's name, such as `640.avif`."}
    me = "An id, or `me` for one's own."
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": said.get(name, me if "user" in name or "sender" in name else "An id."),
            "schema": {"type": "string", "minLength": 1},
        }
        for name in PATH_PART.findall(rule)
    ]


def _query_parameters(model: type[BaseModel] | None) -> list[Json]:
    if model is None:
        return []
    return [
        {"name": name, "in": "query", "description": schema.pop("description", name.capitalize()), "schema": schema}
        for name, schema in _plain(model.model_json_schema(ref_template=TEMPLATE))["properties"].items()
    ]


def _responses(one: Endpoint) -> Json:
    found: Json = {str(one.status): _success(one)}
    if 200 in one.also:
        found["200"] = _success(one) | {"description": "It was there before."}
    if one.view.__annotations__.get("return") == "Response":
        found |= {"206": found["200"] | {"description": "The range that was asked for."}}
        found |= {"304": {"description": "The caller has it already."}}
    refusals = {str(status): _refusal(status) for status in sorted(_refused(one))}
    return found | refusals | {"default": {"$ref": "#/components/responses/Problem"}}


def _success(one: Endpoint) -> Json:
    if one.returns is None:
        content = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
        return {"description": "Its bytes, with a strong ETag.", "content": content}
    if one.returns is type(None):
        return {"description": "Done."}
    schema = _reference(one.returns)
    answer: Json = {"description": "Done.", "content": {"application/json": {"schema": schema}}}
    query = one.of(Query)
    if schema.get("type") == "array" and query and "limit" in query.model_fields:
        link = {"description": 'Where the next page is: `<path>; rel="next"`.', "schema": {"type": "string"}}
        answer["headers"] = {"Link": link}
    return answer


def _reference(returns: Any) -> Json:
    if get_origin(returns) is list:
        return {"type": "array", "items": _reference(get_args(returns)[0])}
    return {"$ref": TEMPLATE.format(model=returns.__name__)}


def _refused(one: Endpoint) -> set[int]:
    statuses = {422, *one.also} - {200}
    if not one.open:
        statuses.add(401)
    if one.method != "GET":
        statuses.add(403)
    if PATH_PART.search(one.rule):
        statuses.add(404)
    if one.of(Piece):
        statuses |= {413, 415}
    if one.of(Body) or one.of(Form):
        statuses |= {400, 413, 415}
    if one.limit:
        statuses.add(429)
    if one.returns is None:
        statuses.add(416)
    return statuses


def _refusal(status: int) -> Json:
    return {"description": _WHY[status], "content": _problem()}


def _problem() -> Json:
    return {"application/problem+json": {"schema": {"$ref": TEMPLATE.format(model="Problem")}}}


def _schemas(endpoints: Iterable[Endpoint]) -> Json:
    taken: dict[Any, None] = {}
    for one in endpoints:
        for kind in (Body, Form):
            if model := one.of(kind):
                taken[model, "validation"] = None
        returns = get_args(one.returns)[0] if get_origin(one.returns) is list else one.returns
        if isinstance(returns, type) and issubclass(returns, BaseModel):
            taken[returns, "serialization"] = None
    taken[Problem, "validation"] = None
    _, found = models_json_schema(list(taken), ref_template=TEMPLATE)
    return {name: _plain(schema) for name, schema in sorted(found["$defs"].items())}


def _plain(schema: Any) -> Any:
    """A schema without pydantic's generated titles, and without defaults of fields that may not be null."""
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    nullable = any(part.get("type") == "null" for part in schema.get("anyOf", ()))
    return {
        name: _plain(part)
        for name, part in schema.items()
        if not (name == "title" and isinstance(part, str)) and not (name == "default" and part is None and not nullable)
    }
