"""Tokens of programs: what ends them with a password, and who hears of them."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from chatsphere.core import audit, links, logins, roster, sessions
from chatsphere.core.tables import jobs
from chatsphere.house import House
from tests.web.conftest import PASSWORD

NEW = "eleven amber lanterns"


def ada_id(house: House) -> str:
    found = house.chat.ask(logins.by_login, "ada")
    assert found
    return found.user.id


@pytest.mark.parametrize(("ticked", "left"), [({"tokens": "end"}, 0), ({}, 1)])
def test_a_new_password_ends_tokens_unless_that_is_unticked(
    ada: FlaskClient, house: House, guest: FlaskClient, ticked: dict[str, str], left: int
) -> None:
    me = ada_id(house)

    def makes_one() -> None:
        house.chat.do(sessions.open, me, kind="token", name="script")

    def tokens() -> int:
        return len(house.chat.ask(sessions.mine, me, "token"))

    makes_one()
    assert re.search(r'<input type="checkbox" name="tokens" value="end" checked>', ada.get("/settings/security").text)
    form = {"current_password": PASSWORD, "password": NEW}
    assert ada.post("/settings/password", data=form | ticked).status_code == 303
    assert tokens() == left
    makes_one()
    link = house.chat.do(links.make, me, links.RESET, links.RESET_FOR)
    assert guest.post(f"/reset/{link}", data={"password": PASSWORD}).status_code == 303
    assert tokens() == 0
    makes_one()
    house.chat.do(roster.set_password, None, me, "hash")
    assert tokens() == 0


def test_of_a_token_there_is_a_letter_and_a_trace(ada: FlaskClient, house: House) -> None:
    assert ada.post("/settings/tokens", data={"name": "script"}).status_code == 200
    (token,) = house.chat.ask(sessions.mine, ada_id(house), "token")
    assert ada.delete(f"/api/v1/tokens/{token.id}").status_code == 204
    found = [one.action for one in house.chat.ask(audit.page).items if one.action.startswith("token")]
    assert found == ["token.deleted", "token.made"]
    bodies = house.chat.ask(lambda db: db.execute(select(jobs.c.body)).scalars().all())
    assert "token-made" in [json.loads(one).get("what") for one in bodies]
