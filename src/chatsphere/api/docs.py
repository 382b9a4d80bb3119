"""The API's own documentation: the OpenAPI document for programs, and a page of it for people."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from typing import Any

from flask import Blueprint, Response, render_template
from pydantic_core import to_json

from chatsphere.api.bodies import OFFSET, PIECE
from chatsphere.api.endpoint import registered
from chatsphere.api.openapi import document
from chatsphere.http.identity import house
from chatsphere.http.responses import Response as Answer

Json = dict[str, Any]

_METHODS = ("get", "post", "put", "patch", "delete")
_EXAMPLES = {"email": "ada@example.org", "password": "correct horse battery staple", "binary": "@photo.jpg"}
_BY_NAME = {
    "user_name": "ada",
    "display_name": "Ada",
    "login": "ada",
    "content": "Hello",
    "title": "Tea",
    "client_id": "0b2f-1",
    "role": "admin",
    "name": "my program",
}


def add_to(api: Blueprint) -> None:
    """Put both at their addresses."""
    for rule, view in (("/openapi.json", openapi), ("/docs", page)):
        api.add_url_rule(rule, view.__name__, view)


def openapi() -> Response:
    """The document."""
    return Answer(to_json(_document()), content_type="application/json")


def page() -> Response:
    """The page."""
    return Answer(_page_of(_document()))


@cache
def _document() -> Json:
    return document(registered, version("chatsphere"))


def _page_of(spec: Json) -> str:
    nouns = [{**tag, "operations": [*_operations(spec, tag["name"])]} for tag in spec["tags"]]
    settings = house().settings
    server = settings.base_url or f"http://127.0.0.1:{settings.port}"
    return render_template("api/docs.html", spec=spec, nouns=nouns, server=server)


def _operations(spec: Json, noun: str) -> list[Json]:
    return [
        {
            "id": operation["operationId"],
            "method": method.upper(),
            "path": path,
            "summary": operation["summary"],
            "parameters": operation["parameters"],
            "fields": _fields(spec, operation),
            "responses": operation["responses"],
            "curl": _curl(spec, method, path, operation),
        }
        for path, methods in spec["paths"].items()
        for method in _METHODS
        if (operation := methods.get(method)) and noun in operation["tags"]
    ]


def _body(spec: Json, operation: Json) -> tuple[str, Json]:
    for content_type, content in operation.get("requestBody", {"content": {}})["content"].items():
        reference = content["schema"].get("$ref", "")
        return content_type, spec["components"]["schemas"][reference.rpartition("/")[2]] if reference else {}
    return "", {}


def _fields(spec: Json, operation: Json) -> list[Json]:
    _, schema = _body(spec, operation)
    required = schema.get("required", [])
    return [
        {"name": name, "type": _type(field), "required": name in required}
        for name, field in schema.get("properties", {}).items()
    ]


def _type(schema: Json) -> str:
    """What a field holds, in a word or two."""
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " or ".join(schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return str({"binary": "file"}.get(schema.get("format", ""), schema.get("type", "any")))


def _curl(spec: Json, method: str, path: str, operation: Json) -> str:
    """One line that does it, for whoever has $TOKEN and the ids in shell variables."""
    said = ["curl"]
    if method != "get":
        said += ["-X", method.upper()]
    if "security" not in operation:
        said.append('-H "Authorization: Bearer $TOKEN"')
    content_type, schema = _body(spec, operation)
    if content_type == "application/json":
        said += ["--json", f"'{json.dumps(_example(schema))}'"]
    if content_type == PIECE:
        said.append(f'-H "Content-Type: {PIECE}" -H "{OFFSET}: 0" --data-binary @piece')
    for name, field in schema.get("properties", {}).items() if content_type.startswith("multipart") else ():
        if name in schema.get("required", []):
            said.append(f"-F {name}={_value(name, field.get('items', field))}")
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", f"${parameter['name'].upper()}")
    return " ".join([*said, f'"$SERVER{path}"'])


def _example(schema: Json) -> Json:
    required = schema.get("required") or list(schema.get("properties", {}))[:1]
    return {name: _value(name, schema["properties"][name]) for name in required}


def _value(name: str, schema: Json) -> Any:
    match schema.get("type"):
        case "array":
            return ["0190…"]
        case "integer":
            return 42
        case "boolean":
            return True
    return _EXAMPLES.get(schema.get("format", ""), _BY_NAME.get(name, "…"))
