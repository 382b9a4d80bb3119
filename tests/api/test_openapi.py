"""The API's own documentation says what is there: all of it, and nothing else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.api.cast import Cast


@pytest.fixture
def document(cast: Cast) -> dict[str, Any]:
    answer = cast.nobody().get("/openapi.json")
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    return dict(answer.json)  # type: ignore[arg-type]


def routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and rule.endpoint not in ("api.openapi", "api.page")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_every_route_is_in_the_document_and_nothing_else(app: Flask, document: dict[str, Any]) -> None:
    written = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert written == routes(app)


def test_the_sixteen_are_there(app: Flask) -> None:
    there = {(method, re.sub(r"\{\w+\}", "{}", path.removeprefix("/api/v1"))) for method, path in routes(app)}
    assert there >= {
        ("GET", "/conversations/{}/messages"),
        ("POST", "/conversations/{}/messages"),
        ("DELETE", "/conversations/{}/messages/{}"),
        ("POST", "/conversations/{}/{}/messages/file"),
        ("GET", "/users/conversations/{}"),
        ("GET", "/conversations/{}/{}"),
        ("GET", "/conversations/{}"),
        ("DELETE", "/conversations/{}"),
        ("POST", "/conversations"),
        ("GET", "/users"),
        ("POST", "/users"),
        ("GET", "/users/{}"),
        ("PUT", "/users/{}"),
        ("DELETE", "/users/{}"),
        ("GET", "/users/{}/image"),
        ("PUT", "/users/{}/upload"),
    }


def test_operations_have_names_of_their_own_and_words(document: dict[str, Any]) -> None:
    operations = [one for methods in document["paths"].values() for one in methods.values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    assert all(one["summary"] and one["tags"][0] in {tag["name"] for tag in document["tags"]} for one in operations)


def test_the_page_shows_a_curl_line_for_every_operation(cast: Cast, document: dict[str, Any]) -> None:
    answer = cast.nobody().get("/docs/")
    assert answer.status_code == 200
    assert answer.content_type == "text/html; charset=utf-8"
    for path, methods in document["paths"].items():
        for one in methods.values():
            assert f'id="{one["operationId"]}"' in answer.text
            assert path in answer.text
    assert answer.text.count("<code>curl ") == sum(len(methods) for methods in document["paths"].values())
    assert "style=" not in answer.text
    assert "<script" not in answer.text
