"""Where one is signed in: each device said in words, and signed out one by one or all at once."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatsphere.core import audit, devices
from chatsphere.core.sessions import IDLE
from chatsphere.house import House
from chatsphere.http import agents
from tests.web.conftest import PASSWORD

MOZILLA = "Mozilla/5.0"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
CHROME = "Chrome/140.0.0.0 Safari/537.36"
WINDOWS = f"{MOZILLA} (Windows NT 10.0; Win64; x64) {WEBKIT}"
MAC = f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7)"
IPHONE = f"{MOZILLA} (iPhone; CPU iPhone OS 18_5 like Mac OS X) {APPLE}"
IPAD = f"{MOZILLA} (iPad; CPU OS 18_5 like Mac OS X) {APPLE}"
PHONE = f"{MOZILLA} (Linux; Android 16; K) {WEBKIT}"

AGENTS = [
    (f"{MOZILLA} (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/2010 Firefox/142.0", "Firefox on Windows", "computer"),
    (f"{MOZILLA} (X11; Linux x86_64; rv:142.0) Gecko/2010 Firefox/142.0", "Firefox on Linux", "computer"),
    (f"{MAC} {WEBKIT} {CHROME}", "Chrome on macOS", "computer"),
    (f"{MOZILLA} (X11; CrOS x86_64 14541.0.0) {WEBKIT} {CHROME}", "Chrome on ChromeOS", "computer"),
    (f"{WINDOWS} {CHROME} Edg/140.0.0.0", "Edge on Windows", "computer"),
    (f"{WINDOWS} {CHROME} OPR/124.0.0.0", "Opera on Windows", "computer"),
    (f"{MAC} {APPLE} Version/26.0 Safari/605.1.15", "Safari on macOS", "computer"),
    (f"{IPHONE} Version/18.5 Mobile/15E148 Safari/604.1", "Safari on iOS", "phone"),
    (f"{IPHONE} CriOS/140.0.7339.39 Mobile/15E148 Safari/604.1", "Chrome on iOS", "phone"),
    (f"{IPHONE} FxiOS/142.0 Mobile/15E148 Safari/605.1.15", "Firefox on iOS", "phone"),
    (f"{IPHONE} EdgiOS/140.0.0.0 Version/18.0 Mobile/15E148 Safari/604.1", "Edge on iOS", "phone"),
    (f"{IPAD} Version/18.5 Mobile/15E148 Safari/604.1", "Safari on iPadOS", "tablet"),
    (f"{PHONE} Chrome/140.0 Mobile Safari/537.36", "Chrome on Android", "phone"),
    (f"{PHONE} {CHROME}", "Chrome on an Android tablet", "tablet"),
    (f"{PHONE} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36", "Samsung Internet on Android", "phone"),
    (f"{PHONE} Chrome/140.0 Mobile Safari/537.36 EdgA/140.0.0.0", "Edge on Android", "phone"),
    (f"{MOZILLA} (Android 16; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0", "Firefox on Android", "phone"),
    (f"{MOZILLA} (Windows NT 10.0) A thing of its own", "A browser on Windows", "computer"),
    ("curl/8.5.0", "curl", "program"),
    ("python-requests/2.32.5", "Python", "program"),
    ("Python-urllib/3.11", "Python", "program"),
    ("Go-http-client/1.1", "Go", "program"),
    ("okhttp/5.1.0", "A program", "program"),
    ("Your account is at risk, call 555 now", "A program", "program"),
    ("", "A program", "program"),
    ("Mozilla/5.0", "A program", "program"),
    ("\x1b[31mred\x07 <b>", "A program", "program"),
    ("x" * 100_000, "A program", "program"),
]  # fmt: skip


@pytest.mark.parametrize(("agent", "words", "kind"), AGENTS, ids=[words[:40] for _, words, _ in AGENTS])
def test_what_somebody_signs_in_with_is_said_in_words(agent: str, words: str, kind: str) -> None:
    assert agents.spoken(agent) == words
    assert agents.kind(words) == kind


def signs_in(app: Flask, agent: str) -> FlaskClient:
    client = app.test_client()
    form = {"login": "ada", "password": PASSWORD}
    assert client.post("/login", data=form, headers={"User-Agent": agent}).status_code == 303
    return client


def places(client: FlaskClient) -> list[tuple[str, str]]:
    page = client.get("/settings/devices").text
    return re.findall(r"#([\w-]+)\"/></svg>\s*<div><strong>([^<]+)</strong>", page)


def is_in(client: FlaskClient) -> bool:
    return client.get("/api/v1/users/me").status_code == 200


def test_each_is_listed_with_what_it_is_this_one_first(app: Flask, ada: FlaskClient) -> None:
    signs_in(app, AGENTS[7][0])
    here = signs_in(app, AGENTS[0][0])
    found = places(here)
    assert found[0] == ("laptop", "Firefox on Windows")
    assert ("smartphone", "Safari on iOS") in found
    assert "This device" in here.get("/settings/devices").text
    assert here.get("/settings/devices").text.count("Last seen <time") == 2


def test_one_is_signed_out_or_all_others_are(app: Flask, ada: FlaskClient) -> None:
    phone, tablet = signs_in(app, AGENTS[7][0]), signs_in(app, AGENTS[13][0])
    made = ada.post("/settings/tokens", data={"name": "a bot"}).text
    bearer = {"Authorization": "Bearer " + made.split("<code>")[1].split("<")[0]}
    [there] = [one["id"] for one in ada.get("/api/v1/sessions").json if "tablet" in one["device"]]  # type: ignore[union-attr]
    assert ada.post(f"/settings/sessions/{there}/end").headers["Location"] == "/settings/devices?done=sessions#sessions"
    assert [is_in(one) for one in (ada, phone, tablet)] == [True, True, False]
    assert ada.post("/settings/sessions/end").status_code == 303
    assert [is_in(one) for one in (ada, phone, tablet)] == [True, False, False]
    assert "nowhere else" in ada.get("/settings/devices").text
    # A program is no device: it has a page of its own.
    assert app.test_client().get("/api/v1/users/me", headers=bearer).status_code == 200
    house: House = app.extensions["chatsphere"]
    last = house.chat.ask(audit.page, 1).items[0]
    assert (last.action, last.body) == ("sessions.ended", {"sessions": 1})


def test_a_device_that_was_signed_out_with_all_others_is_new_again(app: Flask, ada: FlaskClient) -> None:
    phone, house = signs_in(app, AGENTS[7][0]), app.extensions["chatsphere"]
    me = ada.get("/api/v1/users/me").json["id"]  # type: ignore[index]
    tokens = [client.get_cookie("chatsphere-device") for client in (ada, phone)]
    known = [house.chat.ask(devices.known, me, token.decoded_value) for token in tokens if token]
    assert known == [True, True]
    ada.post("/settings/sessions/end")
    known = [house.chat.ask(devices.known, me, token.decoded_value) for token in tokens if token]
    assert known == [True, False]


def test_how_long_ago_needs_no_time_zone(app: Flask, ada: FlaskClient) -> None:
    house: House = app.extensions["chatsphere"]
    phone, clock = signs_in(app, AGENTS[7][0]), house.chat.clock
    del phone
    for share, words in ((0, "just now"), (1 / 1000, "43 minutes ago"), (1 / 24, "1 day ago"), (0.5, "on ")):
        house.chat.clock = lambda share=share: clock() + IDLE * share  # type: ignore[misc]
        assert f">{words}" in ada.get("/settings/devices").text
