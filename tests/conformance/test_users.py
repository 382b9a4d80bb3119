"""Accounts: signing up, looking people up, changing oneself, going."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.house import House
from tests.conformance.people import ABSENT, PASSWORD, Json, Person, new_key
from tests.conformance.pictures import photo
from tests.conformance.shapes import ADMIN_ONESELF, ONESELF, TO_ADMIN, USER, fits
from tests.conformance.verdicts import done, problem


def account(**changes: Any) -> Json:
    """What somebody new fills in."""
    name = new_key()
    return {"user_name": name, "email": f"{name}@example.org", "password": PASSWORD} | changes


def test_signing_up_makes_an_account_and_signs_nobody_in(nobody: Person) -> None:
    given = account(display_name="Grace Hopper")
    answer = nobody.post("/users", given)
    made = done(answer, 201)
    fits({name: made[name] for name in USER}, USER)
    assert made.keys() <= ONESELF.keys()
    assert (made["user_name"], made["display_name"], made["is_deleted"]) == (given["user_name"], "Grace Hopper", False)
    assert "set-cookie" not in answer.headers
    problem(nobody.get("/users/me"), 401)
    assert nobody.signs_in(given["user_name"]).id == made["id"]


def test_whoever_gives_no_display_name_is_called_something_anyway(nobody: Person) -> None:
    assert 1 <= len(done(nobody.post("/users", account()), 201)["display_name"]) <= 64


def test_the_first_account_is_an_administrator_and_no_other(root: Person, ada: Person) -> None:
    assert done(root.get("/users/me"))["is_admin"] is True
    assert done(ada.get("/users/me"))["is_admin"] is False


@pytest.mark.parametrize("name", ["ab", "A-b_c.9", "x" * 32])
def test_names_that_are_taken_to_be_names(nobody: Person, name: str) -> None:
    assert done(nobody.post("/users", account(user_name=name)), 201)["user_name"] == name


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("user_name", bad) for bad in ("", "a", "x" * 33, "a b", "ünal", "a@b", "a/b", "ab\n", 12, None, ["ab"])),
        *(("email", bad) for bad in ("", "nope", "a@", "@b.c", "a b@example.org", 12, None)),
        *(("password", bad) for bad in ("", "x" * 9, "y" * 1025, "1234567890", "password123", 1234567890, None)),
        *(("display_name", bad) for bad in ("", "x" * 65, 12)),
        *((bad, True) for bad in ("is_admin", "nope")),
        ("id", ABSENT),
        ("created_at", "2026-01-01T00:00:00.000Z"),
    ],
)
def test_what_is_wrong_with_an_account_is_named(nobody: Person, field: str, value: Any) -> None:
    problem(nobody.post("/users", account(**{field: value})), 422, field)


def test_all_that_is_missing_is_named_at_once(nobody: Person) -> None:
    problem(nobody.post("/users", {}), 422, "user_name", "email", "password")
    problem(
        nobody.post("/users", account(user_name="!", password="short", nope=1)), 422, "user_name", "password", "nope"
    )


@pytest.mark.parametrize("password", ["gh7" * 3 + "x", "ab" * 512, "ŵörd wïth späces"])
def test_passwords_have_10_to_1024_characters_of_any_kind(nobody: Person, password: str) -> None:
    given = account(password=password)
    done(nobody.post("/users", given), 201)
    nobody.signs_in(given["user_name"], password)


def test_a_name_is_taken_whatever_its_case_and_so_is_an_address(nobody: Person) -> None:
    taken = account(user_name=f"Mixed{new_key()}")
    done(nobody.post("/users", taken), 201)
    problem(nobody.post("/users", account(user_name=taken["user_name"])), 409)
    problem(nobody.post("/users", account(user_name=taken["user_name"].upper())), 409)
    problem(nobody.post("/users", account(email=taken["email"])), 409)
    problem(nobody.post("/users", account(user_name=taken["user_name"], password="short")), 422, "password")


def test_oneself_and_administrators_are_told_more(ada: Person, bo: Person, root: Person) -> None:
    fits(done(ada.get("/users/me")), ONESELF)
    fits(done(ada.get(f"/users/{ada.id}")), ONESELF)
    fits(done(ada.get(f"/users/{bo.id}")), USER)
    fits(done(root.get(f"/users/{bo.id}")), TO_ADMIN)
    fits(done(root.get("/users/me")), ADMIN_ONESELF)
    for found in done(ada.get("/users", params={"limit": 100})):
        fits(found, ONESELF if found["id"] == ada.id else USER)


def test_people_are_listed_by_name_page_by_page(house: House, ada: Person) -> None:
    prefix = f"list{new_key()}"
    made = [house.newcomer(f"{prefix}{letter}") for letter in "bCad"]
    found, path = [], f"/users?query={prefix}&limit=2"
    while path:
        answer = ada.get(path)
        found += [one["user_name"] for one in done(answer)]
        path = answer.links.get("next", {}).get("url", "")
        assert not path or path.startswith("/api/v1/users?")
    assert found == sorted((one.name for one in made), key=str.casefold)


def test_a_query_matches_the_beginning_of_names(house: House, ada: Person) -> None:
    word = new_key().replace("-", "")
    zoe = house.newcomer(f"zoe{word}", display_name=f"Quinn{word}")

    def finds(query: str) -> bool:
        return zoe.id in [one["id"] for one in done(ada.get("/users", params={"query": query}))]

    assert finds(f"zoe{word}")
    assert finds(f"ZOE{word}")
    assert finds(f"Quinn{word}")
    assert finds(f"quinn{word}")
    assert not finds(f"oe{word}")
    assert not finds(f"uinn{word}")
    assert not finds("%")
    assert not finds("z_e")


def test_fifty_people_are_a_page_unless_told(ada: Person) -> None:
    assert len(done(ada.get("/users"))) <= 50
    answer = ada.get("/users", params={"limit": 1})
    assert len(done(answer)) == 1
    assert "next" in answer.links
    assert "next" not in ada.get("/users", params={"query": ada.name}).links


def test_one_changes_ones_names(house: House) -> None:
    dee = house.newcomer()
    name = new_key()
    changed = done(dee.put("/users/me", {"user_name": name, "display_name": "Dee Dee"}))
    fits(changed, ONESELF)
    assert (changed["user_name"], changed["display_name"]) == (name, "Dee Dee")
    assert done(dee.put(f"/users/{dee.id}", {"user_name": name.upper()}))["user_name"] == name.upper()
    assert done(dee.get("/users/me"))["user_name"] == name.upper()


def test_a_change_is_checked_as_signing_up_is(house: House, ada: Person) -> None:
    dee = house.newcomer()
    for field, value in (("user_name", "!"), ("display_name", ""), ("display_name", None), ("user_name", 7)):
        problem(dee.put("/users/me", {field: value}), 422, field)
    for field in ("id", "is_admin", "is_deleted", "created_at", "image_url", "hue", "email_verified", "nope"):
        problem(dee.put("/users/me", {field: True}), 422, field)
    problem(dee.put("/users/me", {"user_name": ada.name.upper()}), 409)
    problem(dee.put("/users/me", {"display_name": "Half", "user_name": ada.name}), 409)
    assert done(dee.get("/users/me"))["display_name"] != "Half"


def test_address_and_password_change_with_the_current_password_only(house: House) -> None:
    dee = house.newcomer()
    email, password = f"{new_key()}@example.org", "eight purple ducks"
    for change in ({"email": email}, {"password": password}):
        problem(dee.put("/users/me", change), 422, "current_password")
        problem(dee.put("/users/me", change | {"current_password": "not the one"}), 422, "current_password")
    assert done(dee.get("/users/me"))["email"] != email
    assert done(dee.put("/users/me", {"email": email, "current_password": PASSWORD}))["email"] == email
    done(dee.put("/users/me", {"password": password, "current_password": PASSWORD}))
    problem(house.visitor().post("/sessions", {"login": dee.name, "password": PASSWORD}), 401)
    assert dee.signs_in(email, password).id == dee.id


def test_a_new_password_and_address_are_checked(house: House, ada: Person) -> None:
    dee = house.newcomer()
    right = {"current_password": PASSWORD}
    problem(dee.put("/users/me", {"password": "short"} | right), 422, "password")
    problem(dee.put("/users/me", {"password": "1234567890"} | right), 422, "password")
    problem(dee.put("/users/me", {"email": "nope"} | right), 422, "email")
    taken = done(ada.get("/users/me"))["email"]
    problem(dee.put("/users/me", {"email": taken} | right), 409)


def test_a_new_password_ends_the_other_sessions(house: House) -> None:
    dee = house.newcomer()
    elsewhere = dee.again()
    ear, own_ear = elsewhere.listens(), dee.listens()
    done(dee.put("/users/me", {"password": "eight purple ducks", "current_password": PASSWORD}))
    problem(elsewhere.get("/users/me"), 401)
    assert ear.ending() == 4001
    own_ear.lives()
    assert [one["current"] for one in done(dee.get("/sessions"))] == [True]


def test_nobody_changes_another_but_an_administrator_may_change_names(house: House, ada: Person, root: Person) -> None:
    dee = house.newcomer()
    name = new_key()
    for who, change in (
        (ada, {"display_name": "Pwned"}),
        (root, {"email": "x@example.org", "current_password": PASSWORD}),
        (root, {"password": "eight purple ducks"}),
        (root, {"password": "short", "display_name": "Half"}),
    ):
        problem(who.put(f"/users/{dee.id}", change), 403)
    fits(done(root.put(f"/users/{dee.id}", {"user_name": name, "display_name": "Named"})), TO_ADMIN)
    seen = done(dee.get("/users/me"))
    assert (seen["user_name"], seen["display_name"]) == (name, "Named")
    problem(root.put(f"/users/{ABSENT}", {"display_name": "Nobody"}), 404)


def test_an_account_goes_and_leaves_its_words(house: House, ada: Person) -> None:
    dee = house.newcomer("leaver", display_name="Dee Leaver")
    email = done(dee.get("/users/me"))["email"]
    told = dee.says("remember me", to=dee.talks_to(ada))
    tea = ada.gathers(dee, title="With Dee")
    said = dee.says("and here", to=tea)
    ear, elsewhere = dee.listens(), dee.again()
    done(dee.delete("/users/me"), 204)
    assert ear.ending() == 4001
    for browser in (dee, elsewhere):
        problem(browser.get("/users/me"), 401)
    problem(house.visitor().post("/sessions", {"login": email, "password": PASSWORD}), 401)
    gone = done(ada.get(f"/users/{dee.id}"))
    fits(gone, USER)
    assert gone["is_deleted"] is True
    assert "eaver" not in f"{gone['display_name']} {gone['user_name']}"
    assert ada.get(f"/users/{dee.id}/image").status_code == 200
    assert ada.message(told["conversation_id"], told["id"])["content"] == "remember me"
    assert ada.message(tea, said["id"])["sender_id"] == dee.id
    done(house.visitor().post("/users", account(email=email, user_name=dee.name)), 201)


def test_a_picture_goes_with_its_account(house: House, ada: Person) -> None:
    dee = house.newcomer()
    url = done(dee.put("/users/me/upload", files=[("image", photo())]))["image_url"]
    picture = ada.get(url).content
    done(dee.delete("/users/me"), 204)
    assert ada.get(url).content != picture
    assert ada.get(f"/users/{dee.id}/image").content != picture


def test_a_group_outlives_its_owners_account(house: House, ada: Person) -> None:
    dee = house.newcomer()
    tea = dee.gathers(ada)
    said = dee.says("carry on", to=tea)
    done(dee.delete("/users/me"), 204)
    assert ada.message(tea, said["id"])["content"] == "carry on"
    assert ada.says("we do", to=tea)["id"] > said["id"]


def test_only_oneself_and_administrators_delete_an_account(house: House, ada: Person, root: Person) -> None:
    dee = house.newcomer()
    problem(ada.delete(f"/users/{dee.id}"), 403)
    problem(ada.delete(f"/users/{ABSENT}"), 404)
    done(root.delete(f"/users/{dee.id}"), 204)
    problem(dee.get("/users/me"), 401)
    assert done(ada.get(f"/users/{dee.id}"))["is_deleted"] is True


def test_a_token_is_gone_with_its_account(house: House) -> None:
    dee = house.newcomer()
    program = dee.program()
    ear = program.listens()
    done(dee.delete(f"/users/{dee.id}"), 204)
    problem(program.get("/users/me"), 401)
    assert ear.ending() == 4001


def test_ones_conversations_are_listed_to_oneself(ada: Person, bo: Person, root: Person) -> None:
    problem(ada.get(f"/users/conversations/{bo.id}"), 403)
    problem(root.get(f"/users/conversations/{bo.id}"), 403)
    problem(ada.get(f"/users/conversations/{ABSENT}"), 404)
    assert done(bo.get(f"/users/conversations/{bo.id}")) == done(bo.get("/users/conversations/me"))


def test_a_strict_house_lets_no_stranger_sign_up(strict_house: House) -> None:
    problem(strict_house.visitor().post("/users", account()), 403)
