"""The pages: their addresses, and the names by which people and programs find what to act on."""

from __future__ import annotations

import httpx
import pytest

from tests.conformance.house import House
from tests.conformance.html import Page
from tests.conformance.people import ABSENT, PASSWORD, Person, new_key
from tests.conformance.verdicts import done, problem

HERE = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}


def opens(who: Person, path: str) -> Page:
    """A page that is shown, with the policy that every page carries."""
    answer = who.page(path, headers=HERE)
    assert answer.status_code == 200, (path, answer.status_code)
    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    return Page(answer.text)


def test_the_landing_leads_in(nobody: Person) -> None:
    targets = [one.attributes.get("href", "") for one in opens(nobody, "/").elements if one.tag == "a"]
    assert any(target.startswith("/register") for target in targets)
    assert any(target.startswith("/login") for target in targets)


def signs_up(house: House, name: str) -> tuple[Person, httpx.Response]:
    """Somebody who has filled in the form, and where it led."""
    visitor = house.visitor()
    page = opens(visitor, "/register")
    form = page.form("Create account")
    sent = page.filled(form, User_name=name, Email=f"{name}@example.org", Password=PASSWORD)
    assert name in sent.values()
    assert PASSWORD in sent.values()
    answer = visitor.browser.post(form.attributes["action"], data=sent, headers=HERE)
    return visitor, answer


def test_registering_signs_in(house: House) -> None:
    name = new_key()
    visitor, answer = signs_up(house, name)
    assert answer.status_code == 303
    assert done(visitor.get("/users/me"))["user_name"] == name
    assert "New conversation" in opens(visitor, "/").names("button")


def test_registering_with_a_name_that_is_taken_says_so(house: House, ada: Person) -> None:
    visitor, answer = signs_up(house, ada.name)
    assert 400 <= answer.status_code < 500
    assert ada.name in answer.text
    assert PASSWORD not in answer.text
    problem(visitor.get("/users/me"), 401)


def test_signing_in_and_out(house: House, ada: Person) -> None:
    visitor = house.visitor()
    page = opens(visitor, "/login")
    form = page.form("Sign in")
    fields = [one for one in form.all() if page.role(one) == "textbox"]
    [field] = [one for one in fields if page.name(one) == "Password"]
    [login] = [one for one in fields if one is not field]
    sent = page.filled(form, Password=PASSWORD) | {login.attributes["name"]: ada.name}
    wrong = visitor.browser.post(
        form.attributes["action"], data=sent | {field.attributes["name"]: "nope"}, headers=HERE
    )
    assert wrong.status_code == 401
    assert visitor.browser.post(form.attributes["action"], data=sent, headers=HERE).status_code == 303
    assert done(visitor.get("/users/me"))["id"] == ada.id
    problem(visitor.page("/logout"), 405)
    assert visitor.browser.post("/logout", headers=HERE).status_code == 303
    problem(visitor.get("/users/me"), 401)


def test_no_other_site_signs_anybody_out(ada: Person, house: House) -> None:
    dee = house.newcomer()
    assert dee.browser.post("/logout", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    done(dee.get("/users/me"))


def test_the_app_names_what_people_act_on(ada: Person, bo: Person, tea: str) -> None:
    ada.says("hello", to=tea)
    page = opens(ada, f"/c/{tea}")
    assert {"New conversation", "Send", "Start"} <= set(page.names("button"))
    assert page.names("textbox").count("Message") == 1
    assert page.names("list").count("Messages") == 1
    assert "New conversation" in page.names("dialog")
    assert "People" in page.names("searchbox")
    assert "Pictures and files" in page.names("file")


@pytest.mark.parametrize("path", ["/", "/c/{tea}", "/c/{tea}?at=2", "/c/{tea}/", "/settings"])
def test_pages_open_for_whoever_is_signed_in(ada: Person, tea: str, path: str) -> None:
    ada.says("hello", to=tea)
    opens(ada, path.format(tea=tea))


@pytest.mark.parametrize("path", ["/c/{tea}", "/settings"])
def test_guests_are_asked_to_sign_in_first(nobody: Person, tea: str, path: str) -> None:
    answer = nobody.page(path.format(tea=tea), headers=HERE)
    assert answer.status_code in (302, 303)
    assert answer.headers["location"].startswith("/login")


def test_a_foreign_conversations_page_is_that_of_an_absent_one(eve: Person, tea: str) -> None:
    pages = [eve.page(f"/c/{one}", headers=HERE) for one in (tea, ABSENT)]
    assert [one.status_code for one in pages] == [404, 404]
    assert pages[0].headers["content-type"].startswith("text/html")
    assert tea not in pages[0].text
    assert "default-src 'none'" in pages[0].headers["content-security-policy"]


def test_a_closed_house_shows_no_form_to_sign_up(strict_house: House) -> None:
    visitor = strict_house.visitor()
    assert "Create account" not in opens(visitor, "/register").names("button")
    answer = visitor.browser.post("/register", data={"user_name": "x", "email": "x@example.org", "password": PASSWORD})
    assert answer.status_code in (403, 422)
