"""A crawl over all that is ours, as everybody, with sense and with nonsense: no answer is without the policy."""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from chatsphere.house import House
from chatsphere.http.app import create_app
from tests.api.cast import PASSWORD, Cast
from tests.policies import faults

HTML = {"Accept": "text/html"}
# What somebody who is in would lose by it is tried on its own, at the end.
ENDS = ("/logout", "/settings/leave")
MOST = 400


class Links(HTMLParser):
    """Where a page leads: addresses to look at, and forms to send."""

    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.forms: list[tuple[str, str]] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((said.get("method", "get").upper(), said.get("action", "")))
        if tag == "a" and said.get("href"):
            self.hrefs.append(said["href"])
        if tag in ("link", "script", "img", "source", "use") and (found := said.get("href") or said.get("src")):
            self.loads.append(found)
        if said.get("formaction"):
            self.forms.append(("POST", said["formaction"]))


def faulty(answer: TestResponse) -> list[str]:
    path = urlsplit(answer.request.path).path
    return faults(dict(answer.headers), answer.status_code, is_static=path.startswith("/static/"))


@pytest.fixture
def cast(app: Flask, house: House) -> Cast:
    everybody = Cast(app, house)
    everybody.on_stage["root"] = everybody.join("root", admin=True)
    tea = everybody.ada.talks_to(everybody.root, everybody.bo, title="Tea")
    everybody.ada.sends(tea, (io.BytesIO(b"words"), "words.txt"), content="https://example.org and more")
    everybody.bo.says("<script>alert(1)</script>", tea)
    return everybody


def crawl(client: FlaskClient, *starts: str) -> Iterator[tuple[str, TestResponse]]:
    """Every answer that following links, loads and forms from here gives; forms are sent empty."""
    waiting = deque([("GET", start) for start in starts])
    seen = set(waiting)
    while waiting:
        method, path = waiting.popleft()
        answer = client.open(path, method=method, headers=HTML)
        yield f"{method} {path}", answer
        for following in _leads(path, answer):
            if following not in seen and not following[1].startswith(ENDS):
                assert len(seen) < MOST, "the crawl has no end"
                seen.add(following)
                waiting.append(following)


def _leads(path: str, answer: TestResponse) -> Iterator[tuple[str, str]]:
    if answer.status_code in (301, 302, 303, 307, 308):
        yield from _ours(path, "GET", answer.headers["Location"])
    if answer.mimetype != "text/html":
        return
    links = Links()
    links.feed(answer.text)
    for href in (*links.hrefs, *links.loads):
        yield from _ours(path, "GET", href)
    for method, action in links.forms:
        yield from _ours(path, method, action or path)


def _ours(path: str, method: str, href: str) -> Iterator[tuple[str, str]]:
    target = urlsplit(urldefrag(urljoin(f"http://localhost{path}", href)).url)
    if target.scheme in ("http", "https") and target.netloc == "localhost":
        yield method, f"{target.path}{'?' if target.query else ''}{target.query}"


@pytest.mark.parametrize("who", ["nobody", "ada", "root"])
def test_wherever_one_goes_from_the_first_page_every_answer_carries_the_policy(cast: Cast, who: str) -> None:
    client = cast.nobody().client if who == "nobody" else getattr(cast, who).client
    # The list of conversations is data in the page: nothing there leads to one before a script has run.
    room = cast.ada.get("/users/conversations/me").get_json()[0]["id"]
    answers = dict(crawl(client, "/", f"/c/{room}"))
    assert {one: found for one, answer in answers.items() if (found := faulty(answer))} == {}
    paths = {one.split()[1].split("?")[0] for one in answers}
    if who == "nobody":
        assert {"/", "/login", "/register"} <= paths
    else:
        assert {"/settings", "/settings/security", "/settings/devices"} <= paths
        assert answers[f"GET /c/{room}"].status_code == 200
    assert any(path.endswith(".css") for path in paths)
    for end in ENDS if who != "nobody" else ():
        assert faulty(client.post(end, data={"current_password": PASSWORD})) == []


@pytest.mark.parametrize("who", ["nobody", "root"])
def test_every_route_asked_for_nonsense_in_every_way_carries_the_policy(app: Flask, cast: Cast, who: str) -> None:
    client = cast.nobody().client if who == "nobody" else getattr(cast, who).client
    found: dict[str, list[str]] = {}
    for rule in app.url_map.iter_rules():
        if rule.rule in ENDS:
            continue
        path = re.sub(r"<[^>]+>", "n%00nsense" + "x" * 300, rule.rule)
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"):
            answer = client.open(path, method=method, headers=HTML, data=b"\xff nonsense", content_type="text/plain")
            assert answer.status_code < 500, (method, path, answer.status_code)
            if wrong := faulty(answer):
                found[f"{method} {path}"] = wrong
    assert found == {}


def test_what_is_not_modified_and_what_is_a_part_carries_it_too(cast: Cast) -> None:
    client = cast.ada.client
    conversation = cast.ada.get("/users/conversations/me").get_json()[0]["id"]
    said = cast.ada.get(f"/conversations/{conversation}/messages").get_json()
    file = next(one["attachments"][0]["url"] for one in said if one["attachments"])
    for path in (file, "/static/css/app.css", "/static/img/icons.svg"):
        whole = client.get(path)
        again = client.get(path, headers={"If-None-Match": whole.headers["ETag"]})
        assert (again.status_code, faulty(again)) == (304, [])
    part = client.get(file, headers={"Range": "bytes=0-1"})
    assert (part.status_code, faulty(part)) == (206, [])
    beyond = client.get(file, headers={"Range": "bytes=90-99"})
    assert (beyond.status_code, faulty(beyond)) == (416, [])


def _big(cast: Cast) -> TestResponse:
    return cast.ada.post("/conversations", data=b" " * 1_100_000, content_type="application/json")


PROVOKED: dict[str, tuple[int, Callable[[Cast], TestResponse]]] = {
    "not JSON": (400, lambda cast: cast.ada.post("/conversations", data=b"{", content_type="application/json")),
    "nobody": (401, lambda cast: cast.nobody().get("/users/me")),
    "another site": (403, lambda cast: cast.ada.client.post("/logout", headers={"Sec-Fetch-Site": "cross-site"})),
    "nowhere": (404, lambda cast: cast.ada.client.get("/nowhere", headers=HTML)),
    "nothing": (404, lambda cast: cast.ada.client.get("/static/nothing.css")),
    "no method": (405, lambda cast: cast.ada.client.delete("/login", headers=HTML)),
    "taken": (409, lambda cast: cast.ada.put("/users/me", {"user_name": "bo"})),
    "too large": (413, _big),
    "wrong kind": (415, lambda cast: cast.ada.post("/conversations", data=b"x", content_type="text/plain")),
    "invalid": (422, lambda cast: cast.ada.post("/conversations", {"participants": 3})),
    "redirect": (303, lambda cast: cast.nobody().client.get("/settings")),
}


@pytest.mark.parametrize("what", PROVOKED)
def test_every_kind_of_refusal_carries_it(cast: Cast, what: str) -> None:
    status, provoke = PROVOKED[what]
    answer = provoke(cast)
    assert (answer.status_code, faulty(answer)) == (status, [])


@pytest.mark.parametrize("path", ["/login", "/api/v1/sessions"])
def test_so_does_a_429(cast: Cast, path: str) -> None:
    wrong = {"login": "ada", "password": "not this one"}
    how = {"data": wrong} if path == "/login" else {"json": wrong}
    answers = [cast.nobody().client.post(path, headers=HTML, **how) for _ in range(21)]
    assert answers[-1].status_code == 429
    assert faulty(answers[-1]) == []


@pytest.mark.parametrize(
    ("status", "error"), [(500, LookupError("planted")), (503, OperationalError("x", {}, OSError()))]
)
@pytest.mark.parametrize("path", ["/settings", "/api/v1/users/me"])
def test_so_does_what_nobody_expected_even_where_the_page_of_it_breaks(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, path: str, status: int, error: Exception
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    client = cast.ada.client
    monkeypatch.setattr("chatsphere.core.sessions.find", broken)
    answer = client.get(path, headers=HTML)
    assert (answer.status_code, faulty(answer)) == (status, [])
    monkeypatch.setattr("chatsphere.http.problems.render_template", broken)
    answer = client.get(path, headers=HTML)
    assert (answer.status_code, faulty(answer)) == (status, [])


def test_over_https_browsers_are_told_to_stay_there_and_cookies_are_bound_to_this_host(house: House) -> None:
    house.settings = house.settings.model_copy(update={"base_url": "https://chat.example.org"})
    client = create_app(house).test_client()
    form = {"user_name": "ada", "email": "ada@example.org", "password": PASSWORD}
    answer = client.post("/register", data=form, headers=HTML)
    assert answer.status_code == 303
    assert faulty(answer) == []
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookies = [cookie for cookie in answer.headers.getlist("Set-Cookie") if "=;" not in cookie.split(" ")[0]]
    assert {cookie.split("=")[0] for cookie in cookies} == {"__Host-chatsphere", "__Host-chatsphere-device"}
    for cookie in cookies:
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= parts
        assert not any(part.startswith("domain") for part in parts)
    assert "Strict-Transport-Security" in client.get("/nowhere").headers


def test_over_http_nobody_is_told_so(guest: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in guest.get("/").headers
