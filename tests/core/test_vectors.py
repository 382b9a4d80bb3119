"""The cases that the browser's reducer runs through, played here against the real core."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chatsphere import shapes
from chatsphere.core import conversations, log, messages, previews
from chatsphere.core.chat import Chat, Committed
from chatsphere.core.errors import NotFound
from chatsphere.core.previews import Card
from tests.cast import Person, join, refused

VECTORS = Path(__file__).parents[1] / "vectors"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(VECTORS.glob("*.json"))
    for case in json.loads(path.read_text())
]
# Times, hues, pictures and client ids are made up in the cases.
MADE_UP = {"hue", "image_url", "client_id", "created_at", "last_activity_at", "edited_at"}
TEA = "tea"
NOTHING = [("previews", []), ("reply_count", 0), ("last_reply", None)]


def _shows(one: Person, tea: str, message: int) -> None:
    url = one.chat.ask(previews.wanted, tea, message).url
    one.chat.do(previews.show, one.id, tea, message, url, Card("example.org", "Tea", "All about it"), None)


TO_MESSAGES: dict[str, Callable[[Person, str, dict[str, Any]], Any]] = {
    "post": lambda one, tea, step: one.says(step["content"], to=tea, reply_to=step["reply_to"]),
    "edit": lambda one, tea, step: one.edits(step["message"], tea, step["content"]),
    "react": lambda one, tea, step: one.reacts(step["emoji"], step["message"], of=tea),
    "unreact": lambda one, tea, step: one.takes_off(step["emoji"], step["message"], of=tea),
    "pin": lambda one, tea, step: one.pins(step["message"], of=tea),
    "unpin": lambda one, tea, step: one.unpins(step["message"], of=tea),
    "show": lambda one, tea, step: _shows(one, tea, step["message"]),
    "hide": lambda one, tea, step: one.chat.do(previews.remove, one.id, tea, step["message"]),
    "delete": lambda one, tea, step: one.takes_back(step["message"], of=tea),
}
TO_ALL: dict[str, Callable[[Person, str, Person, dict[str, Any]], Any]] = {
    "read": lambda one, tea, _other, step: one.reads(tea, step["seq"]),
    "rename": lambda one, tea, _other, step: one.chat.do(conversations.rename, one.id, tea, step["title"]),
    "light": lambda one, tea, _other, step: one.lights(tea, step["hue"]),
    "add": lambda one, tea, other, _step: one.brings(other, into=tea),
    "remove": lambda one, tea, other, _step: one.removes(other, of=tea),
    "role": lambda one, tea, other, step: one.makes(other, step["role"], of=tea),
    "end": lambda one, tea, _other, _step: one.deletes(tea),
}


class Play:
    """One case on the stage: who is who, where they talk, and what was heard while they did."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.cast: dict[str, Person] = {name: join(chat, name) for name in ("ada", "bo", "cy", "di")}
        self.tea = ""
        self.heard: list[dict[str, Any]] = []
        chat.on_commit(self._hear)

    def _hear(self, news: Committed) -> None:
        self.heard += [shapes.event(event) for event in news.events]
        self.heard += [
            {"type": "read", "conversation_id": mark.conversation_id, "user_id": mark.user_id, "seq": mark.seq}
            for mark in news.reads
        ]

    def act(self, step: dict[str, Any]) -> None:
        """Do one step."""
        one, do = self.cast[step["by"]], step["do"]
        if do == "start":
            self.tea = one.starts(*(self.cast[name] for name in step["with"]), title=step["title"])
        elif do in TO_MESSAGES:
            TO_MESSAGES[do](one, self.tea, step)
        else:
            TO_ALL[do](one, self.tea, self.cast.get(step.get("user", ""), one), step)

    def told(self, shown: Any) -> Any:
        """The same with the cast's names for ids, and without what is made up."""
        names = {one.id: name for name, one in self.cast.items()} | {self.tea: TEA}
        return _plain(shown, names)


def _plain(shown: Any, names: dict[str, str]) -> Any:
    match shown:
        case dict():
            return {
                key: bool(value) if key == "deleted_at" else _plain(value, names)
                for key, value in shown.items()
                # Most messages have no link and no answer, and cases say nothing of it.
                if key not in MADE_UP and (key, value) not in NOTHING
            }
        case list():
            return [_plain(one, names) for one in shown]
        case str():
            return names.get(shown, shown)
    return shown


@pytest.mark.parametrize("case", CASES)
def test_the_core_leads_where_the_vectors_say(chat: Chat, case: dict[str, Any]) -> None:
    play = Play(chat)
    for step in case["steps"]:
        play.act(step)
    if case["when"] == "late":
        play.heard = [shapes.event(event) for event in chat.ask(log.news, play.tea, 0)]
        for event in (*play.heard, *case["events"]):
            # What a conversation is described as late is as it is now, and no reducer may count on it.
            event.pop("conversation", None)
    assert play.told(play.heard) == play.told(case["events"])
    me, expected = play.cast[case["me"]], case["expected"]
    if expected["gone"]:
        refused(NotFound, me.looks_at, play.tea)
        return
    assert play.told(shapes.conversation(me.looks_at(play.tea))) == play.told(expected["conversation"])
    page = chat.ask(messages.page, me.id, play.tea, limit=100)
    assert play.told([shapes.message(one) for one in page.items]) == play.told(expected["messages"])
