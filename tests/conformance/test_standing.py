"""What stands beside the nouns: status, health, metrics, and the documents."""

from __future__ import annotations

import re

import pytest
from openapi_spec_validator import validate

from tests.conformance.people import Person
from tests.conformance.routes import ALL
from tests.conformance.verdicts import done, problem


def test_the_status_is_ok(nobody: Person) -> None:
    assert done(nobody.get("/status")) == {"status": "OK"}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_it_is_alive_and_ready(nobody: Person, path: str) -> None:
    assert nobody.page(path).status_code == 200
    assert nobody.browser.head(path).status_code == 200


def test_metrics_are_for_this_machine_and_for_tokens(ada: Person, nobody: Person) -> None:
    counted = nobody.page("/metrics")
    assert counted.status_code == 200
    assert counted.headers["content-type"].startswith("text/plain")
    assert re.search(r"^# TYPE \S+ counter$", counted.text, re.MULTILINE)
    for forwarded in ({"X-Forwarded-For": "192.0.2.7"}, {"Forwarded": "for=192.0.2.7"}):
        problem(nobody.page("/metrics", headers=forwarded), 401)
        assert ada.program().page("/metrics", headers=forwarded).status_code == 200


def test_metrics_name_routes_and_nobody(ada: Person, tea: str) -> None:
    ada.looks_at(tea)
    text = ada.page("/metrics").text
    assert tea not in text
    assert ada.id not in text


def test_the_openapi_document_is_valid_and_knows_every_route(nobody: Person) -> None:
    document = done(nobody.get("/openapi.json"))
    assert document["openapi"].startswith("3.1")
    validate(document)
    known = {(method, _pattern(path)) for path, methods in document["paths"].items() for method in methods}
    for method, path in ALL:
        assert any(known_method == method.lower() and re.fullmatch(pattern, path) for known_method, pattern in known), (
            path
        )


def _pattern(path: str) -> str:
    """What a documented path stands for; a place in it takes any one part, the word `current` say."""
    return re.sub(r"\{\w+\}", "[^/]+", path.removeprefix("/api/v1").rstrip("/"))


def test_there_is_a_page_of_it_for_people(nobody: Person) -> None:
    page = nobody.get("/docs")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    for _, path in ALL:
        assert path.split("{")[0].removesuffix("current") in page.text


def test_answers_of_the_api_are_kept_by_nobody(ada: Person, tea: str) -> None:
    for path in ("/users/me", "/users", f"/conversations/{tea}", "/nope"):
        headers = ada.get(path).headers
        assert headers["cache-control"] == "no-store", path
        assert headers["x-content-type-options"] == "nosniff"
