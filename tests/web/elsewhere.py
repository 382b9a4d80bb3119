"""The way to a provider and back, as a browser goes it; and what must not change by it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from chatsphere.core.chat import Db
from chatsphere.core.tables import identities, sessions, users
from chatsphere.house import House
from tests.hostile import Hostile

SESSION, FLOW, NEWCOMER = "chatsphere", "chatsphere-flow", "chatsphere-newcomer"
PAGE = {"Accept": "text/html"}


def leaves(browser: FlaskClient, hostile: Hostile, path: str = "/login/oidc", **form: str) -> dict[str, str]:
    """Press the button and go on: what the provider is asked."""
    begun = browser.post(path, data=form, headers=PAGE)
    assert begun.status_code == 303, begun.text
    page = browser.get(begun.headers["Location"], headers=PAGE)
    assert page.status_code == 200, page.text
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.text)
    assert found
    asked = {name: values[0] for name, values in parse_qs(urlsplit(unescape(found[1])).query).items()}
    hostile.nonce = asked["nonce"]
    return asked


def returns(browser: FlaskClient, state: str, provider: str = "oidc", **answer: str) -> TestResponse:
    """Come back from the provider."""
    query = {"code": "a code", "state": state} | answer
    site = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    return browser.get(f"/login/{provider}/callback", query_string=query, headers=PAGE | site)


def round_trip(browser: FlaskClient, hostile: Hostile, path: str = "/login/oidc", **form: str) -> TestResponse:
    """There and back."""
    return returns(browser, leaves(browser, hostile, path, **form)["state"])


def comes_in(browser: FlaskClient, hostile: Hostile, user_name: str = "eve") -> None:
    """Sign in for the first time, and say how one wants to be called."""
    assert round_trip(browser, hostile).headers["Location"] == "/login/name"
    named = browser.post("/login/name", data={"user_name": user_name, "display_name": "Eve"}, headers=PAGE)
    assert (named.status_code, named.headers["Location"]) == (303, "/")


def is_in(browser: FlaskClient) -> bool:
    """Whether somebody is signed in there."""
    return browser.get("/settings").status_code == 200


def everything(house: House) -> tuple[object, ...]:
    """All that must not change by a lie: accounts, what opens them, where they are signed in."""

    def look(db: Db) -> tuple[object, ...]:
        accounts = db.execute(select(users).order_by(users.c.id)).all()
        opening = db.execute(select(identities.c.id, identities.c.user_id)).all()
        return tuple(accounts), tuple(opening), db.execute(select(func.count()).select_from(sessions)).scalar_one()

    return house.chat.ask(look)


def forgets(house: House, *, read: float = -1e9) -> None:
    """What the house knows of the provider was read long ago, or then."""
    known = house.providers["oidc"]._known  # type: ignore[attr-defined]
    object.__setattr__(known, "at", read)
