"""Every route × everybody: who gets what. A route that is not in the table fails."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from chatsphere.core import people
from tests.api.cast import API, PASSWORD, Cast, Person
from tests.api.test_files import picture

# In this order, so that those who are refused have changed nothing before the others come.
ROLES = ("anonymous", "disabled", "stranger", "former", "member", "token", "admin", "owner", "root")
_numbers = itertools.count(1)


@dataclass
class Scene:
    """A group with everybody in their place, and Extra, who is in it too and whom things are done to."""

    cast: Cast
    who: dict[str, Person]
    tea: str
    said: dict[str, Any]

    @property
    def extra(self) -> Person:
        return self.cast.extra

    def newcomer(self) -> Person:
        """Somebody fresh in the group."""
        person = self.cast.join(f"new{next(_numbers)}")
        self.who["owner"].post(f"/conversations/{self.tea}/participants", {"user_ids": [person.id]})
        return person


@pytest.fixture
def scene(cast: Cast) -> Scene:
    owner, member, former, disabled = cast.owner, cast.member, cast.former, cast.disabled
    tea = owner.talks_to(cast.adele, member, former, disabled, cast.extra, title="Tea")
    owner.put(f"/conversations/{tea}/participants/{cast.adele.id}", {"role": "admin"})
    owner.delete(f"/conversations/{tea}/participants/{former.id}")
    said = cast.extra.sends(tea, (io.BytesIO(b"words"), "words.txt")).json
    cast.house.chat.do(people.disable, disabled.id)
    who = {
        "anonymous": cast.nobody(),
        "disabled": disabled,
        "stranger": cast.stranger,
        "former": former,
        "member": member,
        "token": cast.with_token(member),
        "admin": cast.adele,
        "owner": owner,
        "root": cast.root,
    }
    return Scene(cast, who, tea, dict(said))  # type: ignore[arg-type]


Ask = Callable[[Scene, Person], tuple[str, dict[str, Any]]]


def to(path: str, **how: Any) -> Ask:
    """A request for the same address, whoever asks."""

    def ask(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
        return path.format(tea=scene.tea, extra=scene.extra.id, said=scene.said["id"]), how

    return ask


def in_tea(below: str = "", **how: Any) -> Ask:
    return to("/conversations/{tea}" + below, **how)


def with_body(path: str, make: Callable[[Scene, Person], dict[str, Any]]) -> Ask:
    def ask(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
        return path.format(tea=scene.tea, extra=scene.extra.id), {"json": make(scene, person)}

    return ask


def to_file(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
    return scene.said["attachments"][0]["url"], {}


def to_rendition(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
    if not scene.said["attachments"][0]["renditions"]:
        scene.said = dict(scene.extra.sends(scene.tea, (picture(400, 300), "a.jpg")).json)  # type: ignore[arg-type]
    return scene.said["attachments"][0]["renditions"][0]["url"], {}


def remove_somebody(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
    return f"/conversations/{scene.tea}/participants/{scene.newcomer().id}", {}


def take_back(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
    said = scene.extra.says("a word", to=scene.tea)
    return f"/conversations/{scene.tea}/messages/{said['id']}", {}


def on_words(below: str, **how: Any) -> Ask:
    """A request about a message that Extra has just said."""

    def ask(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
        said = scene.extra.says("a word", to=scene.tea)
        return f"/conversations/{scene.tea}/messages/{said['id']}{below}", how

    return ask


def on_own_words(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
    """Whoever may speak says something of their own otherwise; the others try with Extra's."""
    answer = person.post(f"/conversations/{scene.tea}/messages", {"content": "a word"})
    said = answer.json if answer.status_code == 201 else scene.said
    assert said
    return f"/conversations/{scene.tea}/messages/{said['id']}", {"json": {"content": "another word"}}


def forward(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
    return f"/conversations/{scene.tea}/messages/{scene.said['id']}/forward", {
        "json": {"conversation_ids": [scene.tea]}
    }


def report(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
    said = scene.extra.says("a word", to=scene.tea)
    thing = {"kind": "message", "conversation_id": scene.tea, "message_id": said["id"]}
    return "/reports", {"json": {**thing, "reason": "other"}}


def direct(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
    scene.who["member"].talks_to(scene.extra)
    return f"/conversations/{scene.who['member'].id}/{scene.extra.id}", {}


def delete_somebody(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
    return f"/users/{scene.cast.join(f'gone{next(_numbers)}').id}", {}


def end_anothers(kind: str) -> Ask:
    def ask(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
        other = scene.cast.with_token(scene.extra) if kind == "tokens" else scene.cast.join(f"s{next(_numbers)}")
        assert other.session
        return f"/{kind}/{other.session.session.id}", {}

    return ask


def fresh(scene: Scene, person: Person) -> dict[str, Any]:
    name = f"fresh{next(_numbers)}"
    return {"user_name": name, "email": f"{name}@example.org", "password": PASSWORD}


def form(**parts: Any) -> dict[str, Any]:
    return {"data": parts, "content_type": "multipart/form-data"}


def album(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
    return f"/conversations/{scene.tea}/me/messages/file", form(file=(io.BytesIO(b"x"), "x.txt"))


def to_upload(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
    begun = scene.extra.post("/uploads", {"conversation_id": scene.tea, "length": 1}).json
    return f"/uploads/{begun['id']}", {}  # type: ignore[index]


def a_piece(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
    how = {"data": b"x", "content_type": "application/offset+octet-stream", "headers": {"Upload-Offset": "0"}}
    return to_upload(scene, person)[0], how


def portrait(scene: Scene, person: Person) -> tuple[str, dict[str, Any]]:
    return f"/users/{scene.extra.id}/upload", form(image=(io.BytesIO(b"x"), "x.jpg"))


def row(everybody: str) -> dict[str, int]:
    return dict(zip(ROLES, map(int, everybody.split()), strict=True))


#                  anonymous  disabled stranger former member token admin owner root
SEATED = row("     401        401      404      404    200    200   200   200   404")
SEATED_201 = row(" 401        401      404      404    201    201   201   201   404")
SEATED_204 = row(" 401        401      404      404    204    204   204   204   404")
MANAGING = row("   401        401      404      404    403    403   200   200   404")
MANAGING_204 = row("401       401      404      404    403    403   204   204   404")
OWNING = row("     401        401      404      404    403    403   403   200   404")
OWNING_204 = row(" 401        401      404      404    403    403   403   204   404")
SIGNED_IN = row("  401        401      200      200    200    200   200   200   200")
SIGNED_IN_201 = row("401      401      201      201    201    201   201   201   201")
OTHERS = row("     401        401      403      403    403    403   403   403   403")
ADMINISTRATOR = row("401      401      403      403    403    403   403   403   200")
ERASING = row("    401        401      403      403    403    403   403   403   204")
NOBODYS = row("    401        401      404      404    404    404   404   404   404")
NOT_ONES_OWN = row(" 401     401      404      404    403    403   403   403   404")
PAIR = row("       401        401      404      404    200    200   404   404   404")
OPEN = row("       200        200      200      200    200    200   200   200   200")
OPEN_201 = row("   201        201      201      201    201    201   201   201   201")

TABLE: dict[tuple[str, str], tuple[Ask, dict[str, int]]] = {
    ("GET", "/status"): (to("/status"), OPEN),
    ("GET", "/docs"): (to("/docs"), OPEN),
    ("GET", "/openapi.json"): (to("/openapi.json"), OPEN),
    ("GET", "/users"): (to("/users"), SIGNED_IN),
    ("POST", "/users"): (with_body("/users", fresh), OPEN_201),
    ("GET", "/users/<user_id>"): (to("/users/{extra}"), SIGNED_IN),
    ("PUT", "/users/<user_id>"): (to("/users/{extra}", json={"display_name": "X"}), ADMINISTRATOR),
    ("DELETE", "/users/<user_id>"): (delete_somebody, ERASING),
    ("GET", "/users/<user_id>/image"): (to("/users/{extra}/image"), SIGNED_IN),
    ("PUT", "/users/<user_id>/upload"): (portrait, OTHERS),
    ("GET", "/users/conversations/<user_id>"): (to("/users/conversations/{extra}"), OTHERS),
    ("POST", "/sessions"): (
        with_body("/sessions", lambda scene, person: {"login": scene.extra.user.user_name, "password": PASSWORD}),
        OPEN_201,
    ),
    ("GET", "/sessions"): (to("/sessions"), SIGNED_IN),
    ("DELETE", "/sessions/<session_id>"): (end_anothers("sessions"), NOBODYS),
    ("POST", "/tokens"): (to("/tokens", json={"name": "x"}), SIGNED_IN_201),
    ("GET", "/tokens"): (to("/tokens"), SIGNED_IN),
    ("DELETE", "/tokens/<token_id>"): (end_anothers("tokens"), NOBODYS),
    ("GET", "/contacts"): (to("/contacts"), SIGNED_IN),
    ("PUT", "/contacts/<user_id>"): (to("/contacts/{extra}", json={"muted": True}), SIGNED_IN),
    ("GET", "/privacy"): (to("/privacy"), SIGNED_IN),
    ("PUT", "/privacy"): (to("/privacy", json={"first_contact": "anyone"}), SIGNED_IN),
    ("POST", "/reports"): (report, SEATED_201),
    ("POST", "/conversations"): (
        with_body("/conversations", lambda scene, person: {"participants": [scene.extra.id], "title": "New"}),
        SIGNED_IN_201,
    ),
    ("GET", "/conversations/<conversation_id>"): (in_tea(), SEATED),
    ("PUT", "/conversations/<conversation_id>"): (in_tea(json={"title": "New"}), MANAGING),
    ("DELETE", "/conversations/<conversation_id>"): (in_tea(), OWNING_204),
    ("GET", "/conversations/<user1_id>/<plain:user2_id>"): (direct, PAIR),
    ("PUT", "/conversations/<conversation_id>/read"): (in_tea("/read", json={"seq": 2}), SEATED_204),
    ("POST", "/conversations/<conversation_id>/participants"): (
        with_body(
            "/conversations/{tea}/participants",
            lambda scene, person: {"user_ids": [scene.cast.join(f"in{next(_numbers)}").id]},
        ),
        MANAGING,
    ),
    ("PUT", "/conversations/<conversation_id>/participants/<user_id>"): (
        in_tea("/participants/{extra}", json={"role": "admin"}),
        OWNING,
    ),
    ("DELETE", "/conversations/<conversation_id>/participants/<user_id>"): (remove_somebody, MANAGING_204),
    ("GET", "/conversations/<conversation_id>/events"): (in_tea("/events"), SEATED),
    ("GET", "/conversations/<conversation_id>/score"): (in_tea("/score"), SEATED),
    ("GET", "/conversations/<conversation_id>/pictures"): (in_tea("/pictures"), SEATED),
    ("GET", "/pictures"): (to("/pictures"), SIGNED_IN),
    ("GET", "/search"): (to("/search?q=tea"), SIGNED_IN),
    ("GET", "/conversations/<conversation_id>/messages"): (in_tea("/messages"), SEATED),
    ("POST", "/conversations/<conversation_id>/messages"): (in_tea("/messages", json={"content": "hi"}), SEATED_201),
    ("GET", "/conversations/<conversation_id>/messages/<message_id>"): (in_tea("/messages/{said}"), SEATED),
    ("DELETE", "/conversations/<conversation_id>/messages/<message_id>"): (take_back, MANAGING_204),
    ("PUT", "/conversations/<conversation_id>/messages/<message_id>"): (on_own_words, SEATED),
    ("GET", "/conversations/<conversation_id>/messages/<message_id>/history"): (
        in_tea("/messages/{said}/history"),
        SEATED,
    ),
    ("GET", "/conversations/<conversation_id>/messages/<message_id>/replies"): (
        in_tea("/messages/{said}/replies"),
        SEATED,
    ),
    ("POST", "/conversations/<conversation_id>/messages/<message_id>/forward"): (forward, SEATED_201),
    ("PUT", "/conversations/<conversation_id>/messages/<message_id>/reactions/<emoji>"): (
        on_words("/reactions/👍"),
        SEATED,
    ),
    ("DELETE", "/conversations/<conversation_id>/messages/<message_id>/reactions/<emoji>"): (
        on_words("/reactions/👍"),
        SEATED_204,
    ),
    ("PUT", "/conversations/<conversation_id>/messages/<message_id>/pin"): (on_words("/pin"), SEATED),
    ("DELETE", "/conversations/<conversation_id>/messages/<message_id>/pin"): (on_words("/pin"), SEATED_204),
    ("GET", "/conversations/<conversation_id>/pins"): (in_tea("/pins"), SEATED),
    ("DELETE", "/conversations/<conversation_id>/messages/<message_id>/previews"): (
        in_tea("/messages/{said}/previews"),
        NOT_ONES_OWN,
    ),
    ("POST", "/conversations/<conversation_id>/<sender_id>/messages/file"): (album, SEATED_201),
    ("GET", "/drafts"): (to("/drafts"), SIGNED_IN),
    ("PUT", "/conversations/<conversation_id>/draft"): (in_tea("/draft", json={"content": "hm"}), SEATED_204),
    ("POST", "/uploads"): (
        with_body("/uploads", lambda scene, person: {"conversation_id": scene.tea, "length": 1}),
        SEATED_201,
    ),
    ("GET", "/uploads"): (to("/uploads"), SIGNED_IN),
    ("GET", "/uploads/<upload_id>"): (to_upload, NOBODYS),
    ("PATCH", "/uploads/<upload_id>"): (a_piece, NOBODYS),
    ("DELETE", "/uploads/<upload_id>"): (to_upload, NOBODYS),
    ("GET", "/conversations/<conversation_id>/files/<file_id>"): (to_file, SEATED),
    ("GET", "/conversations/<conversation_id>/files/<file_id>/<name>"): (to_rendition, SEATED),
}


def test_every_route_is_in_the_table(app: Flask) -> None:
    there = {
        (method, rule.rule.removeprefix(API))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(API)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert there == TABLE.keys()


@pytest.mark.parametrize("route", TABLE, ids=lambda route: f"{route[0]} {route[1]}")
def test_everybody_gets_what_is_theirs(scene: Scene, route: tuple[str, str]) -> None:
    ask, expected = TABLE[route]
    got = {}
    for role in ROLES:
        path, how = ask(scene, scene.who[role])
        answer = scene.who[role].ask(route[0], path, **how)
        got[role] = answer.status_code
        if answer.status_code >= 400:
            assert answer.content_type == "application/problem+json"
    assert got == expected


@pytest.mark.parametrize("route", [route for route in TABLE if "<conversation_id>" in route[1]], ids=str)
def test_whoever_has_no_seat_is_told_what_everybody_is_told_of_nothing(scene: Scene, route: tuple[str, str]) -> None:
    ask, _ = TABLE[route]
    path, how = ask(scene, scene.extra)
    nowhere = re.sub(scene.tea, "0" * 32, path)
    absent = scene.who["stranger"].ask(route[0], nowhere, **_again(how))
    for role in ("stranger", "former", "root"):
        foreign = scene.who[role].ask(route[0], path, **_again(how))
        assert foreign.status_code == absent.status_code == 404
        assert foreign.data == absent.data
        headers = {**foreign.headers}, {**absent.headers}
        assert {n: v for n, v in headers[0].items() if n != "X-Request-Id"} == {
            n: v for n, v in headers[1].items() if n != "X-Request-Id"
        }


def _again(how: dict[str, Any]) -> dict[str, Any]:
    """The same request once more; a form's streams are used up by being sent."""
    if "data" not in how:
        return how
    return form(**{name: (io.BytesIO(b"x"), value[1]) for name, value in how["data"].items()})
