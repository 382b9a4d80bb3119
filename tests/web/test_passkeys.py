"""Passkeys at the door: the right one lets in, and whatever is bent, repeated, copied or another's does not."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from chatsphere.core import challenges, passkeys, people
from chatsphere.core.chat import Tx
from chatsphere.core.tables import sessions
from chatsphere.house import House
from tests.web.authenticator import HERE, Device, asks, options
from tests.web.conftest import PASSWORD


@pytest.fixture
def ada(app: Flask) -> FlaskClient:
    """A browser at localhost, a name, where Ada has just signed up."""
    return signs_up(app, "ada")


@pytest.fixture
def device(ada: FlaskClient) -> Device:
    """A device of Ada's that has a passkey for her account."""
    return registers(ada, Device())


def signs_up(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    form = {"user_name": name, "email": f"{name}@example.org", "password": PASSWORD}
    assert client.post("/register", data=form, base_url=HERE).status_code == 303
    return client


def registers(client: FlaskClient, device: Device, name: str = "My phone") -> Device:
    made = device.creates(options(client, "/settings/passkeys"))
    answer = asks(client, "/settings/passkeys", {"credential": made, "name": name})
    assert answer.json == {"next": "/settings/security?done=passkeys#passkeys"}
    return device


def enters(client: FlaskClient, device: Device, **odd: Any) -> int:
    """Sign in without a name; the status."""
    said = device.uses(options(client, "/login/passkey"), **odd)
    return asks(client, "/login/passkey", {"credential": said}).status_code


def who(client: FlaskClient) -> str | None:
    answer = client.get("/api/v1/users/me", base_url=HERE)
    return answer.json["user_name"] if answer.status_code == 200 else None  # type: ignore[index]


def test_a_passkey_is_added_named_and_shown(ada: FlaskClient, device: Device) -> None:
    page = ada.get("/settings/security", base_url=HERE).text
    assert "<strong>My phone</strong>" in page
    assert "you have none: without one" in page
    asked = options(ada, "/settings/passkeys")
    assert asked["rp"] == {"name": "ChatSphere", "id": "localhost"}
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert [one["transports"] for one in asked["excludeCredentials"]] == [["usb"]]


def test_one_without_a_name_is_called_after_its_browser(ada: FlaskClient) -> None:
    registers(ada, Device(), " ")
    assert "<strong>A program</strong>" in ada.get("/settings/security", base_url=HERE).text


def test_it_signs_in_without_name_and_password(app: Flask, device: Device) -> None:
    guest = app.test_client()
    said = device.uses(options(guest, "/login/passkey"))
    answer = asks(guest, "/login/passkey?next=/settings", {"credential": said})
    assert answer.json == {"next": "/settings"}
    assert who(guest) == "ada"
    assert "last used" in guest.get("/settings/security", base_url=HERE).text
    elsewhere = app.test_client()
    said = device.uses(options(elsewhere, "/login/passkey"))
    assert asks(elsewhere, "/login/passkey?next=//evil.example", {"credential": said}).json == {"next": "/"}


def test_it_is_the_second_step_after_a_password(app: Flask, device: Device) -> None:
    guest = app.test_client()
    form = {"login": "ada", "password": PASSWORD, "next": "/settings"}
    assert guest.post("/login", data=form, base_url=HERE).headers["Location"] == "/login/second?next=%2Fsettings"
    assert "Use a passkey" in guest.get("/login/second", base_url=HERE).text
    asked = options(guest, "/login/second/passkey")
    assert len(asked["allowCredentials"]) == 1
    said = device.uses(asked, handle=None)
    assert who(guest) is None
    answer = asks(guest, "/login/second/passkey?next=/settings", {"credential": said})
    assert answer.json == {"next": "/settings"}
    assert who(guest) == "ada"


def test_anothers_passkey_does_not_take_the_second_step(app: Flask, device: Device) -> None:
    bos = registers(signs_up(app, "bo"), Device())
    guest = app.test_client()
    guest.post("/login", data={"login": "ada", "password": PASSWORD}, base_url=HERE)
    for made_for in (bos.handle, device.handle, None):
        said = bos.uses(options(guest, "/login/second/passkey"), handle=made_for)
        assert asks(guest, "/login/second/passkey", {"credential": said}).status_code == 401
    assert who(guest) is None


def test_without_a_sign_in_that_waits_there_is_no_second_step(app: Flask, device: Device) -> None:
    guest = app.test_client()
    assert asks(guest, "/login/second/passkey/options").status_code == 401
    said = device.uses(options(guest, "/login/passkey"))
    assert asks(guest, "/login/second/passkey", {"credential": said}).status_code == 401


def test_it_confirms_who_one_is(ada: FlaskClient, device: Device, house: House) -> None:
    house.chat.do(_long_ago)
    assert asks(ada, "/settings/passkeys/options").json["type"] == "/problems/confirm"  # type: ignore[index]
    assert "Confirm with a passkey" in ada.get("/confirm", base_url=HERE).text
    said = device.uses(options(ada, "/confirm/passkey"))
    answer = asks(ada, "/confirm/passkey?next=/settings/security", {"credential": said})
    assert answer.json == {"next": "/settings/security"}
    assert asks(ada, "/settings/passkeys/options").status_code == 200


def test_anothers_passkey_confirms_nothing(app: Flask, ada: FlaskClient, device: Device, house: House) -> None:
    bo = signs_up(app, "bo")
    bos = registers(bo, Device())
    house.chat.do(_long_ago)
    said = bos.uses(options(ada, "/confirm/passkey"))
    assert asks(ada, "/confirm/passkey", {"credential": said}).status_code == 401
    # Nor does an answer to what was asked of somebody else.
    said = device.uses(options(bo, "/confirm/passkey"))
    assert asks(ada, "/confirm/passkey", {"credential": said}).status_code == 401
    assert asks(ada, "/settings/passkeys/options").status_code == 403


@pytest.mark.parametrize(
    "odd",
    [
        {"origin": "https://localhost:8000"},
        {"origin": "http://localhost:8001"},
        {"origin": "http://evil.example"},
        {"site": "evil.example"},
        {"verified": False},
        {"present": False},
        {"type": "webauthn.create"},
        {"challenge": "c29tZXRoaW5nIGVsc2UgdGhhdCB3YXMgbmV2ZXIgYXNrZWQ"},
        {"handle": b"somebody else..."},
        {"handle": None},
        {"count": 1},
        {"count": 0},
        {"replaced": b"{}"},
        {"replaced": b"\xff"},
    ],
    ids=str,
)
def test_an_answer_that_is_bent_lets_nobody_in(app: Flask, device: Device, odd: dict[str, Any]) -> None:
    guest = app.test_client()
    assert enters(guest, device, **odd) == 401
    assert who(guest) is None
    assert enters(guest, device, count=10) == 200


@pytest.mark.parametrize(
    "odd",
    [
        {"origin": "http://evil.example"},
        {"site": "evil.example"},
        {"verified": False},
        {"type": "webauthn.get"},
        {"challenge": "c29tZXRoaW5nIGVsc2UgdGhhdCB3YXMgbmV2ZXIgYXNrZWQ"},
    ],
    ids=str,
)
def test_a_passkey_that_was_made_otherwise_is_not_kept(ada: FlaskClient, odd: dict[str, Any]) -> None:
    made = Device().creates(options(ada, "/settings/passkeys"), **odd)
    assert asks(ada, "/settings/passkeys", {"credential": made, "name": "x"}).status_code == 401
    assert "Remove x" not in ada.get("/settings/security", base_url=HERE).text


def _bend(where: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def bend(said: dict[str, Any]) -> None:
        *path, last = where.split(".")
        for part in path:
            said = said[part]
        said[last] = value

    return bend


@pytest.mark.parametrize(
    "bend",
    [
        _bend("response.signature", "AAAA"),
        _bend("response.signature", 5),
        _bend("response.authenticatorData", "AAAA"),
        _bend("response.clientDataJSON", "!"),
        _bend("response", None),
        _bend("rawId", "AAAA"),
        _bend("id", "AAAA"),
        _bend("type", "password"),
    ],
    ids=["signature", "no text", "data", "client", "response", "raw id", "id", "type"],
)
def test_json_that_was_tampered_with_lets_nobody_in(
    app: Flask, device: Device, bend: Callable[[dict[str, Any]], None]
) -> None:
    guest = app.test_client()
    said = copy.deepcopy(device.uses(options(guest, "/login/passkey")))
    bend(said)
    assert asks(guest, "/login/passkey", {"credential": said}).status_code == 401
    assert who(guest) is None


@pytest.mark.parametrize("body", [[], "x", 5, {"credential": []}, {"credential": "x"}, {"credential": None}, {}])
def test_what_is_no_answer_at_all_is_refused(app: Flask, device: Device, body: Any) -> None:
    assert asks(app.test_client(), "/login/passkey", body).status_code in (400, 401)


def test_an_answer_is_heard_once(app: Flask, device: Device) -> None:
    said = device.uses(options(app.test_client(), "/login/passkey"))
    assert [asks(app.test_client(), "/login/passkey", {"credential": said}).status_code for _ in range(2)] == [200, 401]


def test_a_challenge_is_used_up_by_an_answer_that_is_not_believed(app: Flask, device: Device) -> None:
    asked = options(app.test_client(), "/login/passkey")
    for said in (device.uses(asked, verified=False), device.uses(asked)):
        assert asks(app.test_client(), "/login/passkey", {"credential": said}).status_code == 401


def test_an_answer_for_one_thing_does_not_do_another(app: Flask, ada: FlaskClient, device: Device) -> None:
    asked = options(ada, "/confirm/passkey")
    guest = app.test_client()
    assert asks(guest, "/login/passkey", {"credential": device.uses(asked)}).status_code == 401
    asked = options(guest, "/login/passkey")
    assert asks(ada, "/confirm/passkey", {"credential": device.uses(asked)}).status_code == 401


def test_an_answer_comes_within_ten_minutes(
    app: Flask, device: Device, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = app.test_client()
    said = device.uses(options(guest, "/login/passkey"))
    clock = house.chat.clock
    monkeypatch.setattr(house.chat, "clock", lambda: clock() + challenges.LASTS + timedelta(seconds=1))
    answer = asks(guest, "/login/passkey", {"credential": said})
    assert answer.status_code == 401
    assert answer.json["detail"] == "That took too long. Please try again."  # type: ignore[index]


def test_a_copy_gives_itself_away(app: Flask, device: Device) -> None:
    thief = copy.deepcopy(device)
    assert enters(app.test_client(), device) == 200
    assert enters(app.test_client(), device) == 200
    answer = asks(
        guest := app.test_client(), "/login/passkey", {"credential": thief.uses(options(guest, "/login/passkey"))}
    )
    assert answer.status_code == 401
    assert "there may be a copy of it" in answer.json["detail"]  # type: ignore[index]
    assert who(guest) is None


def test_a_passkey_that_was_removed_lets_nobody_in(app: Flask, ada: FlaskClient, device: Device, house: House) -> None:
    [mine] = house.chat.ask(passkeys.mine, device.handle.hex())
    assert ada.post(f"/settings/passkeys/{mine.id}/end", base_url=HERE).status_code == 303
    assert enters(app.test_client(), device) == 401


@pytest.mark.parametrize("fate", ["disabled", "deleted"])
def test_an_account_that_is_closed_stays_closed(app: Flask, device: Device, house: House, fate: str) -> None:
    user_id = device.handle.hex()
    if fate == "disabled":
        house.chat.do(people.disable, user_id)
    else:
        house.chat.do(people.delete, user_id, user_id)
    guest = app.test_client()
    assert enters(guest, device) == 401
    assert who(guest) is None


def test_another_site_asks_in_vain(app: Flask, ada: FlaskClient, device: Device) -> None:
    for path in ("/settings/passkeys/options", "/login/passkey/options", "/confirm/passkey/options"):
        assert asks(ada, path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
        assert asks(ada, path, headers={"Sec-Fetch-Site": "same-site"}).status_code == 403


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://[::1]:8000", "http://evil.example:8000"])
def test_at_an_address_without_a_name_of_ours_there_are_no_passkeys(
    ada: FlaskClient, guest: FlaskClient, address: str
) -> None:
    answer = guest.post("/login/passkey/options", json={}, base_url=address)
    assert answer.status_code == 403
    assert "Sign in with a passkey" not in guest.get("/login", base_url=address).text
    assert "Sign in with a passkey" in guest.get("/login", base_url=HERE).text


def test_a_page_that_was_opened_by_a_number_says_where_passkeys_work(guest: FlaskClient) -> None:
    form = {"user_name": "bo", "email": "bo@example.org", "password": PASSWORD}
    guest.post("/register", data=form, base_url="http://127.0.0.1:8000")
    page = guest.get("/settings/security", base_url="http://127.0.0.1:8000").text
    assert '<a href="http://localhost:8000/settings/security#passkeys">' in page


def test_a_body_without_end_is_not_read(ada: FlaskClient) -> None:
    answer = asks(ada, "/login/passkey", {"credential": "x" * 70_000})
    assert answer.status_code == 413


def _long_ago(tx: Tx) -> None:
    tx.execute(update(sessions).values(confirmed_at=tx.now - timedelta(minutes=6)))
