"""Every page × everybody: who gets what. A route that is not in tests/web/routes.py fails."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from chatsphere.core import people
from chatsphere.core.chat import Tx
from chatsphere.core.tables import sessions
from chatsphere.house import House
from tests.api.cast import API, Cast, Person
from tests.web.routes import FORMS, PARTS, ROLES, ROUTES, Scene, table

LED = {"/login": "login", "/confirm": "confirm"}


@pytest.fixture
def cast(app: Flask, house: House) -> Cast:
    """Everybody; the first account, an administrator's, is taken."""
    everybody = Cast(app, house)
    everybody.on_stage["first"] = everybody.join("first")
    return everybody


@pytest.fixture
def scene(cast: Cast) -> Scene:
    who = {
        "guest": cast.nobody(),
        "disabled": cast.disabled,
        "token": cast.with_token(cast.join("robot", admin=True)),
        "user": cast.user,
        "fresh": cast.fresh,
        "admin": cast.join("admin", admin=True),
        "root": cast.join("root", admin=True),
    }
    cast.house.chat.do(people.disable, cast.disabled.id)
    for role in ("user", "admin"):
        cast.house.chat.do(lapse, who[role].id)
    return Scene(cast, who)


def lapse(tx: Tx, user_id: str) -> None:
    """It is a while since this user last showed that it is them."""
    tx.execute(
        update(sessions).where(sessions.c.user_id == user_id).values(confirmed_at=tx.now - timedelta(minutes=10))
    )


def asks(scene: Scene, route: str, person: Person) -> TestResponse:
    """Somebody asks for a route, with what belongs there."""
    method, rule = route.split()
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: PARTS.get(part[1], lambda _: "0" * 32)(scene), rule)
    form = FORMS.get(route, lambda scene, person: {})(scene, person) if method == "POST" else None
    headers = {"Accept": "text/html", **person.headers}
    return person.client.open(path, method=method, data=form, headers=headers)


def told(answer: TestResponse) -> str:
    """A status, or by its name the page that one is led to first."""
    if answer.status_code == 303:
        return LED.get(urlsplit(answer.headers["Location"]).path, "303")
    return str(answer.status_code)


def test_every_route_is_in_the_table_and_finds_its_place_in_it(app: Flask) -> None:
    there = {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        if not rule.rule.startswith(API)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert there == table().keys()
    assert ROUTES.split("\n")[1].split() == list(ROLES)
    in_order = sorted(table(), key=lambda route: route.split()[::-1])
    assert list(table()) == in_order
    assert FORMS.keys() <= table().keys()


@pytest.mark.parametrize("route", table())
def test_everybody_gets_what_is_theirs(scene: Scene, route: str) -> None:
    assert {role: told(asks(scene, route, scene.who[role])) for role in ROLES} == table()[route]


def test_a_program_is_nobody_on_pages_even_with_its_owner_s_cookie(scene: Scene) -> None:
    program = scene.cast.with_token(scene.who["root"])
    program.client.set_cookie("chatsphere", scene.who["root"].session.token)  # type: ignore[union-attr]
    assert told(asks(scene, "POST /settings/password", program)) == "login"
    assert program.get("/users/me").status_code == 200
