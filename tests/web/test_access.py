"""By mail: an address is confirmed, and a new password found, by whoever reads the mail to it, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from urllib.parse import quote, urlsplit

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from chatsphere import jobs as runner
from chatsphere.core import authenticators, jobs, people, sessions
from chatsphere.core.tables import jobs as table, links as links_table, users
from chatsphere.house import House, open_house
from chatsphere.http.app import create_app
from chatsphere.settings import Settings
from tests.postbox import Postbox, links_in, receiving
from tests.web.conftest import PASSWORD

NEW = "eleven amber lanterns"


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """The mail server."""
    with receiving(Postbox()) as found:
        yield found


@pytest.fixture
def app(make_settings: Callable[..., Settings], postbox: Postbox) -> Iterator[Flask]:
    """The app over a house that sends its letters there."""
    house = open_house(make_settings(smtp_url=postbox.url, mail_from="chat@example.org"))
    yield create_app(house)
    house.close()


@pytest.fixture
def house(app: Flask) -> House:
    """What the pages stand over."""
    found: House = app.extensions["chatsphere"]
    return found


@pytest.fixture
def arrives(house: House, postbox: Postbox) -> Callable[..., EmailMessage]:
    """The last letter to an address once all are delivered: `arrives("ada@example.org", "Is this")`."""

    def arrive(address: str, subject: str) -> EmailMessage:
        while runner.once(house, [jobs.LETTER]):
            pass
        found = [one for one in postbox.letters if one["To"] == address and one["Subject"].startswith(subject)]
        return found[-1]

    return arrive


Arrives = Callable[..., EmailMessage]


def path(letter: EmailMessage, page: str) -> str:
    [link] = [link for link in links_in(letter) if f"/{page}/" in link]
    return urlsplit(link).path


def verified(client: FlaskClient) -> bool:
    return bool(client.get("/api/v1/users/me").json["email_verified"])  # type: ignore[index]


def signs_in(client: FlaskClient, password: str, login: str = "ada") -> int:
    return client.post("/login", data={"login": login, "password": password}).status_code


def changes(client: FlaskClient, email: str) -> int:
    return client.post("/settings/email", data={"email": email, "current_password": PASSWORD}).status_code


def waiting(house: House) -> int:
    letters = select(func.count()).select_from(table).where(table.c.kind == jobs.LETTER)
    return int(house.chat.ask(lambda db: db.execute(letters).scalar_one()))


def test_who_signs_up_is_asked_by_mail_and_confirms_signed_in_to_that_account_alone(
    ada: FlaskClient, guest: FlaskClient, arrives: Arrives
) -> None:
    link = path(arrives("ada@example.org", "Is this your address?"), "confirm-email")
    assert "not confirmed yet" in ada.get("/settings/security").text
    for _ in range(3):
        page = guest.get(link)
        assert page.status_code == 200
        assert "<b>ada</b>" in page.text
        assert "<b>ada@example.org</b>" in page.text
    assert guest.head(link).status_code == 200
    answer = guest.post(link)
    assert answer.headers["Location"] == f"/login?next={quote(link, safe='')}"
    assert signs_in(guest, NEW) == 401
    guest.post("/register", data={"user_name": "eve", "email": "eve@example.org", "password": PASSWORD})
    answer = guest.post(link)
    assert answer.status_code == 403
    assert "You are signed in as <b>eve</b>" in answer.text
    assert not verified(ada)
    assert not verified(guest)
    answer = ada.post(link)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/confirm-email")
    assert "Your address is confirmed" in ada.get("/confirm-email").text
    assert verified(ada)
    assert "not confirmed yet" not in ada.get("/settings/security").text
    assert [ada.get(link).status_code, ada.post(link).status_code] == [404, 404]


def test_who_signs_up_by_the_api_is_asked_too(guest: FlaskClient, arrives: Arrives) -> None:
    new = {"user_name": "eve", "email": "eve@example.org", "password": PASSWORD}
    assert guest.post("/api/v1/users", json=new).status_code == 201
    assert signs_in(guest, PASSWORD, "eve") == 303
    assert guest.post(path(arrives("eve@example.org", "Is this"), "confirm-email")).status_code == 303
    assert verified(guest)


def test_the_letter_comes_again_a_few_times_and_replaces_the_one_before(
    ada: FlaskClient, guest: FlaskClient, arrives: Arrives
) -> None:
    first = path(arrives("ada@example.org", "Is this"), "confirm-email")
    answers = [ada.post("/settings/email/confirm") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [303] * 4 + [429]
    assert "too often" in answers[-1].text
    assert "A letter is on its way" in ada.get(answers[0].headers["Location"]).text
    second = path(arrives("ada@example.org", "Is this"), "confirm-email")
    assert ada.post(first).status_code == 404
    assert ada.post(second).status_code == 303
    assert ada.post("/settings/email/confirm").status_code in (409, 429)


def test_another_address_is_not_confirmed_by_the_old_ones_link_and_the_old_one_hears_of_it(
    ada: FlaskClient, guest: FlaskClient, arrives: Arrives, postbox: Postbox
) -> None:
    old = path(arrives("ada@example.org", "Is this"), "confirm-email")
    assert changes(ada, "new@example.org") == 303
    new = path(arrives("new@example.org", "Is this"), "confirm-email")
    assert ada.post(old).status_code == 404
    assert not verified(ada)
    assert ada.post(new).status_code == 303
    assert verified(ada)
    # Kept as it is, it stays confirmed.
    assert changes(ada, "new@example.org") == 303
    assert verified(ada)
    assert changes(ada, "ada@example.org") == 303
    assert not verified(ada)
    told = arrives("new@example.org", "Something about your account has changed")
    assert "The e-mail address was changed" in str(told.get_body(("plain",)))
    assert "ada@example.org" not in told.as_string()


def test_a_forgotten_password_is_replaced_by_mail(
    app: Flask, ada: FlaskClient, guest: FlaskClient, arrives: Arrives
) -> None:
    assert '<a href="/forgot">' in guest.get("/login").text
    assert ada.post(path(arrives("ada@example.org", "Is this"), "confirm-email")).status_code == 303
    for login in ("ADA", " ada@example.org "):
        answer = guest.post("/forgot", data={"login": login})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/forgot?done=forgot")
    link = path(arrives("ada@example.org", "A new password"), "reset")
    assert guest.post(link, data={"password": NEW}).headers["Location"] == "/"
    assert guest.get("/api/v1/users/me").json["user_name"] == "ada"  # type: ignore[index]
    assert ada.get("/settings").status_code == 303
    assert signs_in(app.test_client(), PASSWORD) == 401
    assert signs_in(app.test_client(), NEW) == 303
    told = arrives("ada@example.org", "Something about your account has changed")
    assert "The password was changed." in str(told.get_body(("plain",)))


def test_nobody_can_tell_from_the_answer_or_the_work_whether_a_name_is_anybodys(
    ada: FlaskClient, guest: FlaskClient, house: House, arrives: Arrives, postbox: Postbox
) -> None:
    bo = house.chat.do(people.register, "bo", "bo@example.org", None, email_verified=True)
    gone = house.chat.do(people.register, "cy", "cy@example.org", None, email_verified=True)
    house.chat.do(people.disable, bo.id)
    house.chat.do(people.delete, gone.id, gone.id)
    arrives("ada@example.org", "Is this")
    postbox.envelopes.clear()
    house.chat.do(lambda tx: tx.execute(table.delete()))
    answers = []
    for login in ("ada", "nobody-here", "no@example.org", "bo", "cy@example.org", "é", "x" * 5000):
        answer = guest.post("/forgot", data={"login": login})
        answers.append((answer.status_code, answer.data, sorted(answer.headers.keys())))
        assert waiting(house) == len(answers)
    assert answers == [answers[0]] * len(answers)
    arrives("ada@example.org", "A new password")
    assert [one["To"] for one in postbox.letters] == ["ada@example.org"]


def test_too_many_letters_are_refused_alike_whether_the_name_is_anybodys(ada: FlaskClient, guest: FlaskClient) -> None:
    for login in ("ada", "nobody-here"):
        assert [guest.post("/forgot", data={"login": login}).status_code for _ in range(6)] == [303] * 5 + [429]
    refused = guest.post("/forgot", data={"login": "ADA "})
    assert refused.status_code == 429
    assert "too often" in refused.text
    assert int(refused.headers["Retry-After"]) > 0


def test_who_says_nothing_is_asked_again(guest: FlaskClient) -> None:
    answer = guest.post("/forgot", data={"login": "  "})
    assert answer.status_code == 422
    assert "is needed" in answer.text


def test_a_reset_by_mail_of_an_account_that_nobody_confirmed_leaves_its_maker_no_way_in(
    app: Flask, ada: FlaskClient, guest: FlaskClient, arrives: Arrives, house: House
) -> None:
    made = ada.post("/settings/tokens", data={"name": "a bot", "current_password": PASSWORD})
    token = re.search(r"cs_[\w-]+", made.text)
    assert token
    guest.post("/forgot", data={"login": "ada@example.org"})
    assert (
        guest.post(path(arrives("ada@example.org", "A new password"), "reset"), data={"password": NEW}).status_code
        == 303
    )
    bearer = {"Authorization": f"Bearer {token[0]}"}
    assert app.test_client().get("/api/v1/users/me", headers=bearer).status_code == 401
    assert ada.get("/settings").status_code == 303
    assert verified(guest)


def test_whoever_reads_the_mail_to_a_new_address_that_nobody_confirmed_gets_in_by_no_letter(
    ada: FlaskClient, guest: FlaskClient, arrives: Arrives, postbox: Postbox
) -> None:
    ada.post(path(arrives("ada@example.org", "Is this"), "confirm-email"))
    assert changes(ada, "eve@example.org") == 303
    guest.post("/forgot", data={"login": "eve@example.org"})
    link = path(arrives("ada@example.org", "A new password"), "reset")
    assert [one["Subject"] for one in postbox.letters if one["To"] == "eve@example.org"] == ["Is this your address?"]
    # The owner's own letter opens what is theirs, and nothing of it is begun anew.
    assert guest.post(link, data={"password": NEW}).status_code == 303
    assert not verified(guest)


def test_no_letter_takes_off_a_second_factor_not_even_where_nobody_confirmed_the_address(
    ada: FlaskClient, guest: FlaskClient, arrives: Arrives, house: House
) -> None:
    me = ada.get("/api/v1/users/me").json["id"]  # type: ignore[index]
    house.chat.do(authenticators.begin, me)
    house.chat.do(authenticators.confirm, me, pyotp.TOTP(house.chat.ask(authenticators.seed, me)).now())
    guest.post("/forgot", data={"login": "ada"})
    link = path(arrives("ada@example.org", "A new password"), "reset")
    answer = guest.post(link, data={"password": NEW})
    assert answer.headers["Location"].startswith("/login/second?")
    assert guest.get("/settings").status_code == 303
    assert house.chat.ask(people.find, me, me).second_factor
    assert not house.chat.ask(people.find, me, me).email_verified


def test_a_reset_by_mail_ends_programs_even_where_the_address_was_confirmed(
    app: Flask, ada: FlaskClient, guest: FlaskClient, arrives: Arrives
) -> None:
    made = ada.post("/settings/tokens", data={"name": "a bot", "current_password": PASSWORD})
    token = re.search(r"cs_[\w-]+", made.text)
    assert token
    ada.post(path(arrives("ada@example.org", "Is this"), "confirm-email"))
    guest.post("/forgot", data={"login": "ada"})
    guest.post(path(arrives("ada@example.org", "A new password"), "reset"), data={"password": NEW})
    bearer = {"Authorization": f"Bearer {token[0]}"}
    assert app.test_client().get("/api/v1/users/me", headers=bearer).status_code == 401


def test_a_link_to_an_address_one_has_no_more_sets_no_password(
    ada: FlaskClient, guest: FlaskClient, arrives: Arrives
) -> None:
    guest.post("/forgot", data={"login": "ada"})
    link = path(arrives("ada@example.org", "A new password"), "reset")
    assert changes(ada, "new@example.org") == 303
    assert guest.post(link, data={"password": NEW}).status_code == 404


def test_no_secret_waits_in_a_job_and_only_hashes_of_links_are_kept(
    ada: FlaskClient, guest: FlaskClient, house: House, arrives: Arrives
) -> None:
    guest.post("/forgot", data={"login": "ada@example.org"})
    bodies = house.chat.ask(lambda db: db.execute(select(table.c.body)).scalars().all())
    assert sorted(bodies) == ['{"letter": "confirm-email"}', '{"letter": "reset"}']
    assert house.chat.ask(lambda db: db.execute(select(links_table)).all()) == []
    token = path(arrives("ada@example.org", "A new password"), "reset").removeprefix("/reset/")
    assert token not in str(house.chat.ask(lambda db: db.execute(select(links_table)).all()))


def test_the_address_of_a_confirmation_is_kept_from_referrers_and_caches(
    ada: FlaskClient, guest: FlaskClient, arrives: Arrives
) -> None:
    link = path(arrives("ada@example.org", "Is this"), "confirm-email")
    answers = [guest.get(link), guest.delete(link), ada.post(link), guest.get(link)]
    assert [answer.status_code for answer in answers] == [200, 405, 303, 404]
    for answer in answers:
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"


def test_an_account_without_a_password_sets_one_once_it_is_confirmed(app: Flask, house: House) -> None:
    bo = house.chat.do(people.register, "bo", "bo@example.org", None, email_verified=True)
    opened = house.chat.do(sessions.open, bo.id)
    client = app.test_client()
    client.set_cookie("chatsphere", opened.token)
    page = client.get("/settings/security").text
    assert "Set a password</button>" in page
    assert "Current password" not in page
    clock = house.chat.clock
    house.chat.clock = lambda: clock() + sessions.CONFIRMED_FOR * 2
    answer = client.post("/settings/password", data={"password": NEW})
    assert answer.headers["Location"].startswith("/confirm?")
    assert client.put("/api/v1/users/me", json={"password": NEW}).json["type"].endswith("/confirm")  # type: ignore[index]
    house.chat.do(sessions.confirm, bo.id, opened.session.id)
    assert client.post("/settings/email", data={"email": "bo2@example.org"}).status_code == 303
    assert client.post("/settings/password", data={"password": NEW}).status_code == 303
    assert "Change password</button>" in client.get("/settings/security").text
    assert signs_in(app.test_client(), NEW, "bo") == 303
    # From here on it is asked for, however lately one has shown who one is.
    assert client.post("/settings/password", data={"password": PASSWORD}).status_code == 422
    assert client.put("/api/v1/users/me", json={"password": PASSWORD}).status_code == 422


def test_no_program_sets_the_first_password_of_an_account(app: Flask, house: House) -> None:
    bo = house.chat.do(people.register, "bo", "bo@example.org", None, email_verified=True)
    program = house.chat.do(sessions.open, bo.id, kind="token", name="a bot")
    bearer = {"Authorization": f"Bearer {program.token}"}
    for change in ({"password": NEW}, {"email": "eve@example.org"}, {"password": NEW, "current_password": ""}):
        assert app.test_client().put("/api/v1/users/me", json=change, headers=bearer).status_code == 403
    hashed = house.chat.ask(lambda db: db.execute(select(users.c.password_hash)).scalar_one())
    assert hashed is None


def test_to_one_address_a_few_letters_go_however_they_are_asked_for(
    ada: FlaskClient, guest: FlaskClient, postbox: Postbox
) -> None:
    assert [changes(ada, one) for one in ("eve@example.org", "ada@example.org") * 5] == [303] * 9 + [429]
    assert changes(ada, "bo@example.org") == 303
    change = {"email": "Eve@example.org", "current_password": PASSWORD}
    assert ada.put("/api/v1/users/me", json=change).status_code == 429
    new = {"user_name": "eve", "email": "eve@example.org", "password": PASSWORD}
    assert guest.post("/api/v1/users", json=new).status_code == 429
    assert guest.post("/register", data=new).status_code == 429
