"""The administration's pages: what they say, what they refuse, and that they lead into nobody's conversations."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from PIL import Image
from sqlalchemy import update
from werkzeug.test import TestResponse

from chatsphere.cli import main
from chatsphere.core import audit, people, rules
from chatsphere.core.chat import Tx
from chatsphere.core.tables import sessions, users
from chatsphere.disclosure import disclose
from chatsphere.house import House
from chatsphere.settings import Settings, load
from tests.api.cast import Cast, Person

SECRETS = {
    "SECRET_KEY": "canary-" * 6,
    "DATABASE_URL": "mysql+pymysql://someone:canary1@127.0.0.1/chat?password=canary2",
    "REDIS_URL": "redis://:canary3@127.0.0.1:6379/0",
    "STORAGE_URL": "s3://bucket/prefix?region=x&endpoint=https://me:canary4@s3.example.org&secret=canary5",
    "GOOGLE_CLIENT_ID": "an id",
    "GOOGLE_CLIENT_SECRET": "canary6",
    "OIDC_ISSUER": "https://id.example.org",
    "OIDC_CLIENT_ID": "another",
    "OIDC_CLIENT_SECRET": "canary7",
    "SMTP_URL": "smtps://me:canary8@mail.example.org",
    "MAIL_FROM": "chat@example.org",
}


@pytest.fixture
def cast(app: Flask, house: House) -> Cast:
    """Root is the first, and an administrator."""
    everybody = Cast(app, house)
    everybody.on_stage["root"] = everybody.join("root", "Root", admin=True)
    return everybody


def opens(who: Person, path: str, status: int = 200) -> str:
    answer = who.client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == status, (path, answer.status_code)
    return answer.text


def does(who: Person, to: Person, deed: str, **form: str) -> TestResponse:
    return who.client.post(f"/admin/people/{to.id}/{deed}", data=form)


def told(cast: Cast) -> list[str]:
    return [one.action for one in cast.house.chat.ask(audit.page).items]


def lapse(cast: Cast, who: Person) -> None:
    """It is a while since they showed that it is them."""

    def change(tx: Tx) -> None:
        mine = sessions.c.user_id == who.id
        tx.execute(update(sessions).where(mine).values(confirmed_at=tx.now - timedelta(minutes=10)))

    cast.house.chat.do(change)


def test_people_are_listed_sifted_and_paged(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatsphere.web.admin.people._AT_ONCE", 2)
    for name in ("ada", "bo", "cy"):
        getattr(cast, name)
    page = opens(cast.root, "/admin/people")
    assert re.findall(r"<bdi>@(\w+)</bdi>", page) == ["ada", "bo"]
    [following] = re.findall(r'href="(/admin/people\?[^"]*after[^"]*)"', page)
    assert re.findall(r"<bdi>@(\w+)</bdi>", opens(cast.root, following.replace("&amp;", "&"))) == ["cy", "root"]
    assert re.findall(r"<bdi>@(\w+)</bdi>", opens(cast.root, "/admin/people?which=administrators")) == ["root"]
    assert "Nobody by that name" in opens(cast.root, "/admin/people?query=zed")
    assert "Nobody here" in opens(cast.root, "/admin/people?which=leaving")


def test_of_somebody_one_learns_neither_address_nor_device(cast: Cast) -> None:
    cast.bo.get("/users/me", headers={"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/128.0"})
    page = opens(cast.root, f"/admin/people/{cast.bo.id}")
    assert "not confirmed" in page
    assert cast.bo.user.email not in page  # type: ignore[operator]
    assert "127.0.0.1" not in page
    assert "1 device" in page


def test_who_is_disabled_is_out_at_once_and_everywhere(cast: Cast) -> None:
    program = cast.with_token(cast.bo)
    assert does(cast.root, cast.bo, "disable").status_code == 303
    assert [cast.bo.get("/users/me").status_code, program.get("/users/me").status_code] == [401, 401]
    assert "disabled" in opens(cast.root, f"/admin/people/{cast.bo.id}")
    does(cast.root, cast.bo, "enable")
    assert told(cast)[:2] == ["user.enabled", "user.disabled"]


def test_a_reset_link_is_shown_once_and_leads_in(cast: Cast, app: Flask) -> None:
    answer = does(cast.root, cast.bo, "reset-link")
    [link] = re.findall(r"http://[^<]*(/reset/[\w-]+)", answer.text)
    assert link not in opens(cast.root, f"/admin/people/{cast.bo.id}")
    assert app.test_client().post(link, data={"password": "nine silver kettles"}).status_code == 303


@pytest.mark.parametrize("deed", ["promote", "demote", "reset-link", "drop-factors", "delete"])
def test_what_matters_asks_again_and_leads_back(cast: Cast, deed: str) -> None:
    lapse(cast, cast.root)
    before = told(cast)
    answer = does(cast.root, cast.bo, deed, user_name="bo")
    assert answer.headers["Location"] == f"/confirm?next=%2Fadmin%2Fpeople%2F{cast.bo.id}"
    assert told(cast) == ["user.created", *before]


def test_deleting_takes_the_name(cast: Cast) -> None:
    wrong = does(cast.root, cast.bo, "delete", user_name="bob")
    assert (wrong.status_code, "Type bo to delete this account." in wrong.text) == (422, True)
    assert does(cast.root, cast.bo, "delete", user_name="BO").headers["Location"] == "/admin/people?done=delete"
    opens(cast.root, f"/admin/people/{cast.bo.id}", 404)
    assert "deleted the account of a deleted user" in opens(cast.root, "/admin/audit")


def test_nobody_does_it_to_themself_and_the_last_one_stays(cast: Cast) -> None:
    for deed in ("disable", "end-sessions", "reset-link", "drop-factors", "demote"):
        assert does(cast.root, cast.root, deed).status_code == 409
    assert does(cast.root, cast.root, "delete", user_name="root").status_code == 409
    does(cast.root, cast.bo, "promote")
    assert does(cast.root, cast.root, "demote").headers["Location"] == "/settings"
    opens(cast.root, "/admin", 403)


def test_the_log_names_people_in_sentences_and_is_checked_when_asked(cast: Cast) -> None:
    cast.house.chat.do(people.change, cast.bo.id, cast.bo.id, display_name="<b>Bo</b>")
    does(cast.root, cast.bo, "end-sessions")
    page = opens(cast.root, "/admin/audit")
    assert "Root</a> signed <a" in page
    assert "&lt;b&gt;Bo&lt;/b&gt;</a> out everywhere" in page
    assert "Every seal is right" not in page
    assert "Every seal is right" in opens(cast.root, "/admin/audit?check=1")
    assert re.findall(r"no\. (\d+)", opens(cast.root, f"/admin/audit?person={cast.bo.id}")) == ["3", "2"]


def test_a_rule_is_kept_after_what_would_go_was_shown(cast: Cast) -> None:
    tea = cast.ada.talks_to(cast.bo)
    cast.ada.says("an old word", to=tea)
    clock = cast.house.chat.clock
    cast.house.chat.clock = lambda: clock() + timedelta(days=8)
    assert "1 message would go" in opens(cast.root, "/admin/retention?keep=days&days=7")
    assert "Nothing would go now" in opens(cast.root, "/admin/retention?keep=days&days=9")
    assert cast.house.chat.ask(rules.retention_days) is None
    assert "Use 1 to 36,500 days." in opens(cast.root, "/admin/retention?keep=days&days=soon")
    assert "Nothing would go now" in opens(cast.root, f"/admin/retention/{tea}?keep=ever")
    cast.house.chat.clock = clock
    assert cast.root.client.post("/admin/retention", data={"keep": "days", "days": "7"}).status_code == 303
    assert cast.root.client.post(f"/admin/retention/{tea}", data={"keep": "ever"}).status_code == 303
    assert "Messages stay for 7 days" in opens(cast.root, "/admin/retention?done=rule")
    opens(cast.root, f"/admin/retention/{'0' * 32}", 404)


def test_a_second_factor_is_demanded_only_by_who_has_one(cast: Cast) -> None:
    form = {"second_factor": "everybody"}
    refused = cast.root.client.post("/admin/settings", data=form)
    assert (refused.status_code, "of your own first" in refused.text) == (409, True)

    def has_one(tx: Tx) -> None:
        tx.execute(update(users).where(users.c.id == cast.root.id).values(second_factor=True))
        tx.users.add(cast.root.id)
        tx.forgotten.add(f"user:{cast.root.id}")

    cast.house.chat.do(has_one)
    assert cast.root.client.post("/admin/settings", data=form).status_code == 303
    assert cast.house.chat.ask(rules.second_factor) == "everybody"


def test_no_secret_is_disclosed_and_each_setting_says_where_it_came_from(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("settings")
    (folder / "key").write_text(SECRETS["GOOGLE_CLIENT_SECRET"])
    (folder / ".env").write_text("CHATSPHERE_PORT=9000\nCHATSPHERE_SIGNUP=closed\n")
    spoken = {**SECRETS, "DATA_DIR": str(folder / "data"), "PORT": "9001"}
    del spoken["GOOGLE_CLIENT_SECRET"]
    spoken["GOOGLE_CLIENT_SECRET_FILE"] = str(folder / "key")
    shown = list(disclose(load({f"CHATSPHERE_{name}": text for name, text in spoken.items()}, folder / ".env")))
    assert "canary" not in repr(shown)
    values = {one.name.removeprefix("CHATSPHERE_"): (one.value, one.source) for one in shown}
    assert values.keys() == {name.upper() for name in Settings.model_fields}
    assert values["PORT"] == ("9001", "environment")
    assert values["SIGNUP"] == ("closed", ".env")
    assert values["HOST"] == ("127.0.0.1", "default")
    assert values["SECRET_KEY"] == ("set", "environment")
    assert values["GOOGLE_CLIENT_SECRET"] == ("set", "environment, from a file")
    assert values["DATABASE_URL"][0] == "mysql+pymysql://…@127.0.0.1/chat"
    assert values["STORAGE_URL"][0] == "s3://bucket/prefix?region=x&endpoint=https://…@s3.example.org"
    made = list(disclose(load({"CHATSPHERE_DATA_DIR": str(folder / "other")}, folder / "none")))
    assert {one.name: one.source for one in made}["CHATSPHERE_SECRET_KEY"] == "data folder"


def test_what_is_not_well_is_named_without_what_a_driver_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_settings: Settings) -> str:
        raise ConnectionError("canary: no answer from 10.0.0.7 for someone")

    monkeypatch.setattr("chatsphere.doctor._redis", away)
    page = opens(cast.root, "/admin")
    assert "<strong>Redis</strong>" in page
    assert "Cannot be used." in page
    assert "canary" not in page


# --- an administrator reads nobody's conversations


WORD, TITLE, FILE = "canaryword", "Canary title", "canary-file"


def picture(name: str) -> tuple[io.BytesIO, str]:
    data = io.BytesIO()
    Image.effect_mandelbrot((64, 48), (-2, -1.5, 1, 1.5), 20).convert("RGB").save(data, "PNG")
    data.seek(0)
    return data, name


@pytest.fixture
def secret(cast: Cast) -> dict[str, str]:
    """A group that Root is not in, and every id that belongs to it."""
    nest = cast.ada.talks_to(cast.bo, cast.cy, title=TITLE)
    said = cast.ada.says(f"{WORD} in the mine", to=nest)
    sent = cast.bo.sends(nest, picture(f"{FILE}.png"), alt=f"{WORD} described").json
    assert sent
    attachment = sent["attachments"][0]
    parts = attachment["url"].split("/")
    return {
        "conversation_id": nest,
        "message_id": str(said["id"]),
        "sender_id": cast.ada.id,
        "user_id": cast.ada.id,
        "user1_id": cast.ada.id,
        "user2_id": cast.bo.id,
        "file_id": attachment["id"],
        "attachment_id": attachment["id"],
        "rendition": attachment["renditions"][0]["url"].split("/")[-1],
        "name": parts[-1],
    }


def answers(cast: Cast, ids: dict[str, str], app: Flask) -> Iterator[tuple[str, TestResponse]]:
    """Every page and route there is, asked by Root with these ids filled in."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: ids.get(part[1], "0" * 32), rule.rule)
        for query in ("", "?by=conversation", f"?query={WORD}", "?keep=days&days=1"):
            if "GET" in (rule.methods or ()):
                yield f"GET {path}{query}", cast.root.client.get(path + query)
        # What changes comes last, and what would end the walk not at all.
        if "POST" in (rule.methods or ()) and path not in ("/logout",) and not path.startswith("/settings"):
            yield f"POST {path}", cast.root.client.post(path, data={"keep": "usual"})
    for method in ("POST", "PUT", "DELETE"):
        for rule in sorted(app.url_map.iter_rules(), key=str):
            if method in (rule.methods or ()) and "<conversation_id>" in rule.rule and "/api/" in rule.rule:
                path = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: ids.get(part[1], "0" * 32), rule.rule)
                yield f"{method} {path}", cast.root.client.open(path, method=method, json={})


def test_an_administrator_reads_nothing_of_a_conversation_they_are_not_in(
    cast: Cast, secret: dict[str, str], app: Flask
) -> None:
    nest = f"/api/v1/conversations/{secret['conversation_id']}"
    picture = cast.bo.client.get(f"{nest}/files/{secret['file_id']}").data
    assert picture.startswith(b"\x89PNG")
    asked = 0
    for what, answer in answers(cast, secret, app):
        asked += 1
        # What was searched for may stand in the field again; nothing else says it.
        said = answer.data.replace(f'value="{WORD}"'.encode(), b"").replace(f"query={WORD}".encode(), b"")
        assert not [one for one in (WORD, TITLE, FILE) if one.encode() in said], what
        assert said != picture, what
    assert asked > 150
    assert cast.root.get("/users/me").status_code == 200
    assert WORD in cast.bo.get(f"{nest}/messages").text


COMMANDS = [
    ("user", "list"),
    ("storage",),
    ("storage", "--by", "conversation"),
    ("retention", "show"),
    ("retention", "set", "30", "--dry-run"),
    ("retention", "apply", "--dry-run"),
    ("settings",),
    ("audit", "list"),
    ("audit", "verify"),
    ("doctor",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_command_tells_nothing_of_it_either(
    cast: Cast, secret: dict[str, str], house: House, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("CHATSPHERE_DATA_DIR", str(house.settings.data_dir))
    monkeypatch.setenv("CHATSPHERE_DATABASE_URL", house.settings.database_url)
    monkeypatch.setenv("CHATSPHERE_SECRET_KEY", house.settings.secret_key)
    monkeypatch.chdir(house.settings.data_dir)
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    assert result.output
    for canary in (WORD, TITLE, FILE):
        assert canary not in result.output


def test_a_page_about_nobody_is_not_found(cast: Cast) -> None:
    opens(cast.root, f"/admin/people/{'0' * 32}", 404)
