"""docs/asyncapi.yaml says what the frames are, no more and no less."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml  # type: ignore[import-untyped]
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from chatsphere import shapes
from chatsphere.core.errors import Invalid, TooMany
from chatsphere.core.values import Event, Message
from chatsphere.gateway import frames
from chatsphere.gateway.frames import ClientFrame
from chatsphere.gateway.wire import wrapped
from tests.gateway.conftest import unwrapped

DOCUMENT: dict[str, Any] = yaml.safe_load((Path(__file__).parents[2] / "docs" / "asyncapi.yaml").read_text())
MESSAGES: dict[str, Any] = DOCUMENT["components"]["messages"]
NOW = datetime(2026, 6, 14, 18, 20, 5, tzinfo=UTC)

TOLD = {
    "hello": frames.hello("ada", "session", "epoch"),
    "ok": frames.ok(1, 57),
    "error": frames.error(None, Invalid.field("content", "Too long.")),
    "wasRead": frames.read("tea", "ada", 41),
    "marked": frames.marked("tea", unread=True),
    "switched": frames.switched(presence=False, receipts=True),
    "isTyping": frames.typing("tea", "ada"),
    "presence": frames.presence("ada", online=True),
    "reset": frames.reset("tea", None),
    "pong": frames.pong(4),
    "event": shapes.event_frame(
        Event(
            "tea", 2, "message.posted", "ada", NOW,
            message=Message(2, "tea", "ada", None, "hi", "<p>hi</p>", (), None, (), NOW, None, None),
        )
    ),
}  # fmt: skip


def schema(name: str) -> dict[str, Any]:
    """A message's payload, with what it refers to."""
    return {**MESSAGES[name]["payload"], "components": DOCUMENT["components"]}


def named(operation: str) -> set[str]:
    """The messages of an operation."""
    return {one["$ref"].rsplit("/", 1)[1] for one in DOCUMENT["operations"][operation]["messages"]}


def test_every_frame_of_a_client_is_described() -> None:
    models = {model.__name__.lower(): model for model in get_args(get_args(ClientFrame)[0])}
    assert named("say") == models.keys()
    for name, model in models.items():
        described, meant = MESSAGES[name]["payload"], model.model_json_schema()
        assert described["properties"].keys() == meant["properties"].keys()
        assert set(described["required"]) == set(meant["required"])
        assert described["additionalProperties"] is meant["additionalProperties"] is False


@pytest.mark.parametrize("name", sorted(TOLD))
def test_every_frame_of_the_server_is_as_described(name: str) -> None:
    [frame] = unwrapped(wrapped(TOLD[name]))
    Draft202012Validator(schema(name)).validate(frame)


def test_nothing_else_is_described() -> None:
    assert named("hear") == TOLD.keys()
    assert named("say") | named("hear") == MESSAGES.keys() == DOCUMENT["channels"]["socket"]["messages"].keys()
    [limited] = unwrapped(wrapped(frames.error(3, TooMany())))
    Draft202012Validator(schema("error")).validate(limited)
