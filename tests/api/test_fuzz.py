"""The document tells Schemathesis what to send, right and wrong; whatever comes, the API keeps its word.

Two people send it: Ada, whose conversation is named in half of the addresses, and Bo, who must never see it.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import booleans
from schemathesis import Case, GenerationMode
from schemathesis.checks import negative_data_rejection, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from chatsphere.api.endpoint import registered
from chatsphere.api.openapi import PATH_PART, PREFIX
from chatsphere.house import open_house
from chatsphere.http.app import create_app
from chatsphere.settings import Settings
from tests.api.cast import Cast

CHECKS = [
    not_a_server_error,
    negative_data_rejection,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]


class Stage:
    """A house with a conversation that two have, and programs of Ada, who is one of them, and Bo, who is not."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.ada, self.bo = cast.with_token(cast.ada), cast.with_token(cast.bo)
        self.tea = cast.ada.talks_to(cast.cy, title="Tea")
        self.file = cast.ada.sends(self.tea, (io.BytesIO(b"x"), "a.txt")).json["attachments"][0]["id"]  # type: ignore[index]

        self.upload = cast.ada.post("/uploads", {"conversation_id": self.tea, "length": 5}).json["id"]  # type: ignore[index]

    def fill(self, case: Case[Any]) -> None:
        """Put real names into an address, so that what is behind it is reached."""
        user = "me" if case.path.startswith("/api/v1/users") else self.cast.cy.id
        names = {
            "conversation_id": self.tea,
            "message_id": "2",
            "file_id": self.file,
            "upload_id": self.upload,
            "user_id": user,
            "sender_id": "me",
        }
        case.path_parameters = {name: names.get(name, value) for name, value in (case.path_parameters or {}).items()}


@pytest.fixture(scope="module")
def stage(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("fuzz")
    shutil.copyfile(migrated, folder / "chatsphere.db")
    house = open_house(Settings(data_dir=folder, secret_key="for-tests-only-" * 3, rate_limits=False))
    yield Stage(Cast(create_app(house), house))
    house.close()


@pytest.fixture(scope="module")
def api(stage: Stage) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", stage.cast.app)


@schemathesis.serializer("application/offset+octet-stream")
def _piece(_context: Any, value: Any) -> Any:
    """A piece of a file is bytes, whatever they are."""
    return value if isinstance(value, bytes) else str(value).encode()


OPERATIONS = [(one.method, PREFIX + PATH_PART.sub(r"{\1}", one.rule)) for one in registered]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_is_sent_the_api_keeps_its_word(
    api: Any, stage: Stage, method: str, path: str, mode: GenerationMode
) -> None:
    operation = api[path][method]

    @settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode), real=booleans())
    def send(case: Case[Any], real: bool) -> None:
        if real and method != "DELETE":
            stage.fill(case)
        for person in (stage.ada, stage.bo):
            answer = case.call_and_validate(headers=person.headers, checks=CHECKS)
            assert person is stage.ada or stage.tea not in str(answer.request.url) or answer.status_code >= 400

    try:
        send()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE, "there is nothing to send here"
