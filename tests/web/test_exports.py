"""Exports by their page: asked for, waited for, fetched by their owner alone."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from chatsphere import jobs
from chatsphere.core import exports
from chatsphere.house import House
from tests.web.conftest import PASSWORD


def house_of(app: Flask) -> House:
    house: House = app.extensions["chatsphere"]
    return house


def address(page: str) -> str:
    return page.partition('href="/settings/data/export/')[2].partition('"')[0]


def test_an_export_is_asked_for_waited_for_and_fetched(app: Flask, ada: FlaskClient) -> None:
    assert ada.get("/settings/data/export").get_json() == {"state": None, "progress": 0}
    assert ada.post("/settings/export").headers["Location"] == "/settings/data?done=export#export"
    assert ada.get("/settings/data/export").get_json() == {"state": "waiting", "progress": 0}
    page = ada.get("/settings/data").text
    assert 'max="100" value="0"' in page
    assert ada.post("/settings/export").status_code == 409
    jobs.once(house_of(app), [exports.KIND])
    assert ada.get("/settings/data/export").get_json() == {"state": "done", "progress": 100}
    page = ada.get("/settings/data").text
    assert "Your export is ready" in page
    assert "It is here for 7 days" in page
    answer = ada.get(f"/settings/data/export/{address(page)}")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''chatsphere-ada-")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "index.html" in zipfile.ZipFile(io.BytesIO(answer.data)).namelist()


def test_an_export_is_its_owners_alone_and_asks_again_who_one_is(app: Flask, ada: FlaskClient) -> None:
    ada.post("/settings/export")
    jobs.once(house_of(app), [exports.KIND])
    path = f"/settings/data/export/{address(ada.get('/settings/data').text)}"
    bo = app.test_client()
    bo.post("/register", data={"user_name": "bo", "email": "bo@example.org", "password": PASSWORD})
    assert bo.get(path).status_code == 404
    assert app.test_client().get(path).status_code == 303
    clock = house_of(app).chat.clock
    house_of(app).chat.clock = lambda: clock() + timedelta(minutes=6)
    assert ada.get(path).headers["Location"] == "/confirm?next=%2Fsettings%2Fdata"
    assert ada.post("/settings/export").headers["Location"] == "/confirm?next=%2Fsettings%2Fdata"


def test_that_it_did_not_work_is_said(app: Flask, ada: FlaskClient) -> None:
    ada.post("/settings/export")
    house = house_of(app)
    house.arriving.rmdir()
    jobs.once(house, [exports.KIND])
    assert "It did not work at first, and is tried again." in ada.get("/settings/data").text
