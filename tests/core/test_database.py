from __future__ import annotations

import pytest
from sqlalchemy import text

from chatsphere.core.database import open_engine


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1)])
def test_sqlite_keeps_what_is_committed_and_nothing_that_is_deleted(
    sqlite_url: str, pragma: str, value: object
) -> None:
    engine = open_engine(sqlite_url)
    with engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value
    engine.dispose()
