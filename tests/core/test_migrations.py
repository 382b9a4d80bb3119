from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from chatsphere import migrations
from chatsphere.core import audit, links, log, messages
from chatsphere.core.chat import Chat
from chatsphere.core.database import open_engine
from chatsphere.core.tables import metadata
from tests import cast


@pytest.fixture(params=["sqlite", pytest.param("mariadb", marks=pytest.mark.servers)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("mariadb_url"))


def test_a_database_goes_up_and_down_with_people_in_it(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrations.upgrade(engine)
    chat = Chat(engine, secret=b"for tests only")
    people = cast.gather(chat)
    tea = people.ada.starts(people.bo)
    people.ada.says("hi", to=tea)
    first = chat.ask(log.epoch)
    migrations.upgrade(engine)
    assert chat.ask(messages.page, people.bo.id, tea).items[0].content == "hi"
    migrations.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrations.upgrade(engine)
    assert len(chat.ask(log.epoch)) == 16
    assert chat.ask(log.epoch) != first
    chat.close()


def test_newer_tables_come_and_go_while_people_stay(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrations.upgrade(engine)
    chat = Chat(engine, secret=b"for tests only")
    people = cast.gather(chat)
    tea = people.ada.starts(people.bo)
    people.ada.says("before", to=tea)
    chat.do(links.make, people.bo.id, links.RESET, links.RESET_FOR)
    chat.do(audit.record, people.ada.id, "user.promoted", people.bo.id)
    migrations.downgrade(engine, "0001")
    assert not {"links", "audit", "passkeys"} & set(inspect(engine).get_table_names())
    migrations.upgrade(engine)
    assert chat.ask(audit.count) == 0
    chat.do(audit.record, people.ada.id, "user.promoted", people.bo.id)
    token = chat.do(links.make, people.bo.id, links.RESET, links.RESET_FOR)
    assert chat.do(links.take, token, links.RESET).user_id == people.bo.id
    people.bo.says("after", to=tea)
    assert people.bo.sees(tea) == ["before", "after"]
    assert chat.ask(audit.verify).broken is None
    cast.replays(chat)
    chat.close()


def test_the_migrations_lead_to_the_tables_of_the_code(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrations.upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert migrations.at_head(engine)
    engine.dispose()


def test_many_processes_may_start_at_once(empty_url: str) -> None:
    engines = [open_engine(empty_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as starters:
        list(starters.map(migrations.upgrade, engines))
    assert all(migrations.at_head(engine) for engine in engines)
    for engine in engines:
        engine.dispose()


@pytest.mark.servers
def test_nobody_migrates_while_another_does(mariadb_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "PATIENCE", 1)
    engine = open_engine(mariadb_url)
    with engine.connect() as other:
        other.execute(text("SELECT GET_LOCK(:name, 0)"), {"name": migrations.LOCK})
        with pytest.raises(TimeoutError):
            migrations.upgrade(engine)
    migrations.upgrade(engine)
    assert migrations.at_head(engine)
    engine.dispose()
